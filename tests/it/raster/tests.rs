//! What the renderer promises, tried on single meshes and on a whole harness.

use std::sync::Arc;

use egui::epaint::textures::TextureOptions;
use egui::epaint::{ImageDelta, Mesh, Vertex};
use egui::{Color32, ColorImage, Pos2, Rect, TextureId, TexturesDelta, pos2, vec2};
use egui_kittest::{Harness, TestRenderer as _};

use super::{Canvas, SoftwareRenderer};

const BLACK: [u8; 4] = [0, 0, 0, 255];
const RED: [u8; 4] = [255, 0, 0, 255];
const EVERYWHERE: Rect = Rect::EVERYTHING;

/// A renderer whose first texture has the given pixels.
fn renderer(size: [usize; 2], pixels: Vec<Color32>, options: TextureOptions) -> SoftwareRenderer {
    let mut renderer = SoftwareRenderer::default();
    let mut delta = TexturesDelta::default();
    delta.push(
        TextureId::default(),
        ImageDelta::full(ColorImage::new(size, pixels), options),
    );
    renderer.handle_delta(&mut delta);
    renderer
}

/// A renderer whose first texture is white.
fn white() -> SoftwareRenderer {
    renderer([1, 1], vec![Color32::WHITE], TextureOptions::LINEAR)
}

/// Triangles of one colour.
fn triangles(color: Color32, corners: &[(f32, f32)], indices: &[u32]) -> Mesh {
    Mesh {
        indices: indices.to_vec(),
        vertices: corners
            .iter()
            .map(|&(x, y)| Vertex::untextured(pos2(x, y), color))
            .collect(),
        texture_id: TextureId::default(),
    }
}

/// The pixels, row by row, of an 8 × 8 picture that shows the mesh within the clip rectangle.
fn draw(renderer: &SoftwareRenderer, mesh: &Mesh, clip: Rect, scale: f32) -> Vec<[u8; 4]> {
    let mut canvas = Canvas::new(8, 8);
    renderer.paint(&mut canvas, clip, scale, mesh).unwrap();
    let image = canvas.into_image().unwrap();
    image.pixels().map(|pixel| pixel.0).collect()
}

/// The indices of the pixels of an 8 × 8 picture within half-open columns and rows.
fn inside(left: usize, top: usize, right: usize, bottom: usize) -> impl Fn(usize) -> bool {
    move |index| (left..right).contains(&(index % 8)) && (top..bottom).contains(&(index / 8))
}

/// Asserts that exactly the chosen pixels are red and the others black.
#[track_caller]
fn assert_red(pixels: &[[u8; 4]], chosen: impl Fn(usize) -> bool) {
    for (index, pixel) in pixels.iter().enumerate() {
        let expected = if chosen(index) { RED } else { BLACK };
        assert_eq!(*pixel, expected, "at {}, {}", index % 8, index / 8);
    }
}

#[test]
fn rectangle_covers_exactly_its_pixels() {
    let mut mesh = Mesh::default();
    let rect = Rect::from_min_max(pos2(1.0, 2.0), pos2(5.0, 4.0));
    mesh.add_colored_rect(rect, Color32::RED);
    let pixels = draw(&white(), &mesh, EVERYWHERE, 1.0);
    assert_red(&pixels, inside(1, 2, 5, 4));
}

#[test]
fn triangles_of_a_rectangle_cover_its_pixels_in_either_winding() {
    let corners = [(1.0, 2.0), (5.0, 2.0), (5.0, 4.0), (1.0, 4.0)];
    for indices in [[0, 1, 2, 0, 2, 3], [0, 2, 1, 3, 2, 0]] {
        let mesh = triangles(Color32::RED, &corners, &indices);
        let pixels = draw(&white(), &mesh, EVERYWHERE, 1.0);
        assert_red(&pixels, inside(1, 2, 5, 4));
    }
}

#[test]
fn edges_through_pixel_centres_belong_to_the_left_and_top() {
    let corners = [(1.5, 1.5), (4.5, 1.5), (4.5, 4.5), (1.5, 4.5)];
    let mesh = triangles(Color32::RED, &corners, &[0, 1, 2, 0, 2, 3]);
    let pixels = draw(&white(), &mesh, EVERYWHERE, 1.0);
    assert_red(&pixels, inside(1, 1, 4, 4));
}

#[test]
fn shared_edge_is_blended_once() {
    let half = Color32::from_rgba_premultiplied(100, 50, 0, 128);
    let corners = [(0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0), (2.9, 5.3)];
    let fan = [0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4];
    for indices in [&[0, 1, 2, 0, 2, 3][..], &fan] {
        let mesh = triangles(half, &corners, indices);
        for pixel in draw(&white(), &mesh, EVERYWHERE, 1.0) {
            assert_eq!(pixel, [100, 50, 0, 255]);
        }
    }
}

#[test]
fn clip_is_respected_and_scaled() {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(
        Rect::from_min_size(Pos2::ZERO, vec2(9.0, 9.0)),
        Color32::RED,
    );
    let clip = Rect::from_min_max(pos2(1.0, 0.5), pos2(2.0, 3.0));
    assert_red(&draw(&white(), &mesh, clip, 1.0), inside(1, 1, 2, 3));
    assert_red(&draw(&white(), &mesh, clip, 2.0), inside(2, 1, 4, 6));
    let far = triangles(
        Color32::RED,
        &[(-1e9, -1e9), (1e9, -1e9), (0.0, 1e9)],
        &[0, 1, 2],
    );
    assert_red(&draw(&white(), &far, clip, 1.0), inside(1, 1, 2, 3));
}

#[test]
fn blending_is_premultiplied_and_colours_without_alpha_add() {
    let mut mesh = Mesh::default();
    let bounds = Rect::from_min_size(Pos2::ZERO, vec2(8.0, 8.0));
    mesh.add_colored_rect(bounds, Color32::from_gray(100));
    mesh.add_colored_rect(bounds, Color32::from_rgba_premultiplied(60, 0, 0, 51));
    mesh.add_colored_rect(bounds, Color32::from_rgba_premultiplied(0, 5, 250, 0));
    let pixels = draw(&white(), &mesh, EVERYWHERE, 1.0);
    assert!(pixels.iter().all(|pixel| *pixel == [140, 85, 255, 255]));
}

#[test]
fn vertex_colours_are_interpolated_at_pixel_centres() {
    let mut mesh = triangles(
        Color32::BLACK,
        &[(0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0)],
        &[0, 1, 2, 0, 2, 3],
    );
    mesh.vertices[1].color = Color32::from_rgb(160, 0, 0);
    mesh.vertices[2].color = Color32::from_rgb(160, 0, 0);
    for (index, pixel) in draw(&white(), &mesh, EVERYWHERE, 1.0).iter().enumerate() {
        assert_eq!(*pixel, [(index % 8) as u8 * 20 + 10, 0, 0, 255]);
    }
}

#[test]
fn textures_are_filtered_by_their_options() {
    let two = vec![Color32::BLACK, Color32::WHITE];
    let mut mesh = Mesh::default();
    let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    mesh.add_rect_with_uv(
        Rect::from_min_size(Pos2::ZERO, vec2(8.0, 8.0)),
        uv,
        Color32::WHITE,
    );
    let row = |options| {
        let pixels = draw(
            &renderer([2, 1], two.clone(), options),
            &mesh,
            EVERYWHERE,
            1.0,
        );
        (0..8).map(|x| pixels[24 + x][0]).collect::<Vec<_>>()
    };
    assert_eq!(
        row(TextureOptions::NEAREST),
        [0, 0, 0, 0, 255, 255, 255, 255]
    );
    assert_eq!(
        row(TextureOptions::LINEAR),
        [0, 0, 32, 96, 159, 223, 255, 255]
    );
    assert_eq!(
        row(TextureOptions::LINEAR_REPEAT),
        [96, 32, 32, 96, 159, 223, 223, 159]
    );
}

#[test]
fn textures_are_updated_in_part_and_freed_after_the_next_change() {
    let mut renderer = renderer([2, 2], vec![Color32::BLACK; 4], TextureOptions::NEAREST);
    let id = TextureId::default();
    let mut delta = TexturesDelta::default();
    let part = ColorImage::filled([1, 2], Color32::RED);
    delta.push(
        id,
        ImageDelta::partial([1, 0], part.clone(), TextureOptions::NEAREST),
    );
    delta.free(id);
    renderer.handle_delta(&mut delta);
    let mut mesh = Mesh::default();
    let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    mesh.add_rect_with_uv(
        Rect::from_min_size(Pos2::ZERO, vec2(8.0, 8.0)),
        uv,
        Color32::WHITE,
    );
    assert_red(&draw(&renderer, &mesh, EVERYWHERE, 1.0), inside(4, 0, 8, 8));
    renderer.handle_delta(&mut TexturesDelta::default());
    let lost = renderer.paint(&mut Canvas::new(8, 8), EVERYWHERE, 1.0, &mesh);
    assert!(lost.is_err());
    delta.push(
        id,
        ImageDelta::partial([1, 0], part, TextureOptions::NEAREST),
    );
    renderer.handle_delta(&mut delta);
    assert!(renderer.fault.is_some());
}

#[test]
fn harness_is_drawn_at_its_scale() {
    let mut harness = Harness::builder()
        .with_size(vec2(40.0, 30.0))
        .with_pixels_per_point(2.0)
        .renderer(SoftwareRenderer::default())
        .build_ui(|ui| {
            let painter = ui.ctx().debug_painter();
            painter.rect_filled(Rect::EVERYTHING, 0.0, Color32::BLUE);
            let square = Rect::from_min_size(pos2(10.0, 10.0), vec2(5.0, 5.0));
            painter.rect_filled(square, 0.0, Color32::RED);
        });
    harness.run();
    let image = harness.render().unwrap();
    assert_eq!(image.dimensions(), (80, 60));
    for (x, y, pixel) in image.enumerate_pixels() {
        let red = (20..30).contains(&x) && (20..30).contains(&y);
        let expected = if red { RED } else { [0, 0, 255, 255] };
        assert_eq!(pixel.0, expected, "at {x}, {y}");
    }
}

#[test]
fn paint_callbacks_are_refused() {
    let mut harness = Harness::builder()
        .renderer(SoftwareRenderer::default())
        .build_ui(|ui| {
            ui.painter().add(egui::PaintCallback {
                rect: ui.max_rect(),
                callback: Arc::new(()),
            });
        });
    harness.run();
    assert!(harness.render().unwrap_err().contains("paint callback"));
}
