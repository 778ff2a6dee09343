//! Draws egui on the CPU, so that tests can make pictures without GPU, screen or Mesa.
//!
//! ```ignore
//! let mut harness = Harness::builder()
//!     .with_size(egui::vec2(1280.0, 800.0))
//!     .with_pixels_per_point(2.0)
//!     .renderer(SoftwareRenderer::default())
//!     .build_ui(|ui| {
//!         ui.label("Hello");
//!     });
//! harness.run();
//! harness.render()?.save("hello.png")?;
//! ```
//!
//! Colours are multiplied and blended in gamma space with 8 bits per channel, without dithering,
//! which is what egui's own test renderer does with its predictable options.

mod canvas;
#[cfg(test)]
mod tests;
mod texture;

use std::collections::{HashMap, HashSet};

use egui::epaint::{Mesh, Primitive};
use egui::{Context, FullOutput, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::RgbaImage;

use canvas::{Area, Canvas, Point};
use texture::Texture;

/// The longest side, in pixels, of a picture that is drawn.
const MAX_SIDE: f32 = 16_384.0;

/// A renderer for [`egui_kittest::Harness`] that rasterises meshes on the CPU onto opaque black.
///
/// It knows only textures that egui manages, filters them by their magnification option alone,
/// and refuses paint callbacks.
#[derive(Default)]
pub struct SoftwareRenderer {
    textures: HashMap<TextureId, Texture>,
    /// Textures to drop with the next change, because the last output may still show them.
    freed: HashSet<TextureId>,
    /// The first texture change that could not be made, which every later picture reports.
    fault: Option<String>,
}

impl SoftwareRenderer {
    /// Draws the part of one mesh that lies within a clip rectangle given in points.
    fn paint(
        &self,
        canvas: &mut Canvas,
        clip: Rect,
        pixels_per_point: f32,
        mesh: &Mesh,
    ) -> Result<(), String> {
        let area = Area::clipped(clip * pixels_per_point, canvas);
        if area.is_empty() || mesh.indices.is_empty() {
            return Ok(());
        }
        let id = mesh.texture_id;
        let texture = self
            .textures
            .get(&id)
            .ok_or_else(|| format!("a mesh shows texture {id:?}, which egui never sent"))?;
        let points: Vec<Point> = mesh
            .vertices
            .iter()
            .map(|vertex| Point::new(vertex, pixels_per_point, texture))
            .collect();
        let mut rest = mesh.indices.as_slice();
        while let [i, j, k, after @ ..] = rest {
            let triangle = [i, j, k].map(|index| points.get(*index as usize));
            let [Some(a), Some(b), Some(c)] = triangle else {
                return Err(format!("a mesh has no vertex for one of {i}, {j}, {k}"));
            };
            rest = after;
            if let [k2, j2, l, after @ ..] = rest
                && (k2, j2) == (k, j)
                && let Some(d) = points.get(*l as usize)
                && canvas.rectangle(area, texture, [a, b, c, d])
            {
                rest = after;
            } else {
                canvas.triangle(area, texture, [a, b, c]);
            }
        }
        Ok(())
    }
}

impl TestRenderer for SoftwareRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for id in self.freed.drain() {
            self.textures.remove(&id);
        }
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let done = match (change.pos, self.textures.get_mut(&id)) {
                    (None, _) => {
                        self.textures.insert(id, Texture::new(&change));
                        true
                    }
                    (Some(at), Some(texture)) => texture.update(at, &change),
                    (Some(_), None) => false,
                };
                if !done && self.fault.is_none() {
                    self.fault = Some(format!("egui changed texture {id:?} outside its bounds"));
                }
            }
        }
        self.freed.extend(delta.free.drain());
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let pixels_per_point = ctx.pixels_per_point();
        let size = (ctx.content_rect().size() * pixels_per_point).round();
        if !(size.min_elem() >= 1.0 && size.max_elem() <= MAX_SIDE) {
            return Err(format!("a picture of {} × {} pixels", size.x, size.y));
        }
        let mut canvas = Canvas::new(size.x as usize, size.y as usize);
        for clipped in ctx.tessellate(output.shapes.clone(), pixels_per_point) {
            match &clipped.primitive {
                Primitive::Mesh(mesh) => {
                    self.paint(&mut canvas, clipped.clip_rect, pixels_per_point, mesh)?;
                }
                Primitive::Callback(_) => {
                    return Err("a paint callback needs a GPU and cannot be drawn".to_owned());
                }
            }
        }
        canvas.into_image()
    }
}
