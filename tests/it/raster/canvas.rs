//! The picture being drawn: triangles and rectangles are split into spans of pixels and blended.
//!
//! Vertices are snapped to 1/256 pixel and edges evaluated in whole numbers, so that the top-left
//! rule gives every pixel on a shared edge to exactly one of the two triangles.

use std::ops::Range;

use egui::Rect;
use egui::epaint::Vertex;
use image::RgbaImage;

use super::texture::Texture;

/// The parts a pixel is divided into where vertices are snapped.
const ONE: i64 = 256;

/// The farthest a vertex may lie from the corner, in pixels; farther ones are pulled in.
const FARTHEST: f32 = 2_097_152.0;

/// What changes over a shape: four channels from 0 to 255, then the place in the texture.
type Varying = [f32; 6];

/// A vertex in snapped pixels.
#[derive(Clone, Copy)]
pub struct Point {
    x: i64,
    y: i64,
    varying: Varying,
}

impl Point {
    /// Places a vertex, given in points, among the pixels and texels; NaN becomes 0.
    pub fn new(vertex: &Vertex, pixels_per_point: f32, texture: &Texture) -> Self {
        let snap = |at: f32| {
            let pixels = (at * pixels_per_point).clamp(-FARTHEST, FARTHEST);
            (pixels * ONE as f32).round() as i64
        };
        let [r, g, b, a] = vertex.color.to_array().map(f32::from);
        let [u, v] = texture.texel(vertex.uv);
        Self {
            x: snap(vertex.pos.x),
            y: snap(vertex.pos.y),
            varying: [r, g, b, a, u, v],
        }
    }

    /// The vertex colour.
    fn color(&self) -> &[f32] {
        &self.varying[..4]
    }

    /// The place in the texture.
    fn texel(&self) -> [f32; 2] {
        [self.varying[4], self.varying[5]]
    }
}

/// A rectangle of whole pixels, the right and bottom borders excluded.
#[derive(Clone, Copy)]
pub struct Area {
    left: i64,
    top: i64,
    right: i64,
    bottom: i64,
}

impl Area {
    /// Rounds a rectangle to pixels as egui's renderers do and limits it to the canvas.
    pub fn clipped(pixels: Rect, canvas: &Canvas) -> Self {
        let round = |at: f32, most: usize| (at.round() as i64).clamp(0, most as i64);
        Self {
            left: round(pixels.min.x, canvas.width),
            top: round(pixels.min.y, canvas.height),
            right: round(pixels.max.x, canvas.width),
            bottom: round(pixels.max.y, canvas.height),
        }
    }

    /// Whether no pixel lies within.
    pub fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    /// The pixels within that have their centre between two snapped corners.
    fn between(self, least: (i64, i64), most: (i64, i64)) -> Self {
        Self {
            left: self.left.max(first_pixel(least.0)),
            top: self.top.max(first_pixel(least.1)),
            right: self.right.min(first_pixel(most.0)),
            bottom: self.bottom.min(first_pixel(most.1)),
        }
    }
}

/// The first pixel whose centre is not before a snapped coordinate.
fn first_pixel(at: i64) -> i64 {
    (at + ONE / 2 - 1).div_euclid(ONE)
}

/// The side of a triangle from one point to the next, positive on the inside.
struct Edge {
    origin: i64,
    step_x: i64,
    step_y: i64,
    /// The least value of a covered pixel: 0 on top and left sides, else 1.
    least: i64,
}

impl Edge {
    fn new(from: &Point, to: &Point) -> Self {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        Self {
            origin: dx * (ONE / 2 - from.y) - dy * (ONE / 2 - from.x),
            step_x: -dy * ONE,
            step_y: dx * ONE,
            least: i64::from(!(dy < 0 || dy == 0 && dx > 0)),
        }
    }

    /// The value at the centre of a pixel.
    fn at(&self, x: i64, y: i64) -> i64 {
        self.origin + self.step_x * x + self.step_y * y
    }

    /// Narrows a span of a row to the pixels on the inside.
    fn narrow(&self, span: &mut Range<i64>, y: i64) {
        let value = self.at(0, y) - self.least;
        if self.step_x > 0 {
            span.start = span.start.max(-value.div_euclid(self.step_x));
        } else if self.step_x < 0 {
            span.end = span.end.min(value.div_euclid(-self.step_x) + 1);
        } else if value < 0 {
            span.end = span.start;
        }
    }
}

/// How the pixels of a shape get their colour.
enum Paint<'a> {
    /// One colour.
    Plain([u8; 4]),
    /// The vertex colours, multiplied by one texel.
    Gradient([f32; 4]),
    /// The vertex colours, multiplied by the texture.
    Textured(&'a Texture),
}

impl<'a> Paint<'a> {
    /// The cheapest way to paint a shape, or none if it cannot be seen.
    fn choose(texture: &'a Texture, points: &[&Point]) -> Option<Self> {
        let (first, others) = points.split_first()?;
        let plain = others.iter().all(|point| point.color() == first.color());
        if plain && first.color() == [0.0; 4] {
            return None;
        }
        if others.iter().any(|point| point.texel() != first.texel()) {
            return Some(Self::Textured(texture));
        }
        let texel = texture.sample(first.texel());
        if plain && texel == [1.0; 4] {
            let [r, g, b, a, ..] = first.varying.map(|value| value as u8);
            return Some(Self::Plain([r, g, b, a]));
        }
        (texel != [0.0; 4]).then_some(Self::Gradient(texel))
    }
}

/// A picture in premultiplied gamma-space colours.
pub struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 4]>,
}

impl Canvas {
    /// An opaque black picture.
    pub fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            pixels: vec![[0, 0, 0, 255]; width * height],
        }
    }

    /// The finished picture; it stays opaque, so that premultiplied and plain alpha are the same.
    pub fn into_image(self) -> Result<RgbaImage, String> {
        let (width, height) = (self.width as u32, self.height as u32);
        RgbaImage::from_raw(width, height, self.pixels.into_flattened())
            .ok_or_else(|| format!("a picture of {width} × {height} pixels does not fit"))
    }

    /// Draws a triangle of either winding.
    pub fn triangle(&mut self, area: Area, texture: &Texture, [a, b, c]: [&Point; 3]) {
        let size = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        let [b, c] = if size < 0 { [c, b] } else { [b, c] };
        let area = area.between(
            (a.x.min(b.x).min(c.x), a.y.min(b.y).min(c.y)),
            (a.x.max(b.x).max(c.x), a.y.max(b.y).max(c.y)),
        );
        if size == 0 || area.is_empty() {
            return;
        }
        let Some(paint) = Paint::choose(texture, &[a, b, c]) else {
            return;
        };
        let edges = [Edge::new(b, c), Edge::new(c, a), Edge::new(a, b)];
        let mix = |weights: [i64; 3]| -> Varying {
            let [i, j, k] = weights.map(|weight| weight as f64 / size.abs() as f64);
            std::array::from_fn(|part| {
                let of = |point: &Point| f64::from(point.varying[part]);
                (of(a) * i + of(b) * j + of(c) * k) as f32
            })
        };
        let step = mix([edges[0].step_x, edges[1].step_x, edges[2].step_x]);
        for y in area.top..area.bottom {
            let mut span = area.left..area.right;
            for edge in &edges {
                edge.narrow(&mut span, y);
            }
            if !span.is_empty() {
                let x = span.start;
                let start = || mix([edges[0].at(x, y), edges[1].at(x, y), edges[2].at(x, y)]);
                self.span(&paint, y, span, start, &step);
            }
        }
    }

    /// Draws four corners, row by row, if they form an upright rectangle of one colour whose
    /// texture is upright too, and says whether they do.
    pub fn rectangle(&mut self, area: Area, texture: &Texture, corners: [&Point; 4]) -> bool {
        let [a, b, c, d] = corners;
        let upright = (a.x, a.y, b.x, c.y) == (c.x, b.y, d.x, d.y) && a.x < b.x && a.y < c.y;
        let [s, t, u, v] = corners.map(Point::texel);
        let upright = upright && (s[0], s[1], t[0], u[1]) == (u[0], t[1], v[0], v[1]);
        if !upright || [b, c, d].iter().any(|point| point.color() != a.color()) {
            return false;
        }
        let area = area.between((a.x, a.y), (d.x, d.y));
        if area.is_empty() {
            return true;
        }
        let Some(paint) = Paint::choose(texture, &corners) else {
            return true;
        };
        let mut step = [0.0; 6];
        step[4] = (v[0] - s[0]) * ONE as f32 / (d.x - a.x) as f32;
        step[5] = (v[1] - s[1]) * ONE as f32 / (d.y - a.y) as f32;
        let centre = |pixel: i64, from: i64| (pixel * ONE + ONE / 2 - from) as f32 / ONE as f32;
        let mut start = a.varying;
        start[4] += step[4] * centre(area.left, a.x);
        let down = std::mem::take(&mut step[5]);
        for y in area.top..area.bottom {
            start[5] = s[1] + down * centre(y, a.y);
            self.span(&paint, y, area.left..area.right, || start, &step);
        }
        true
    }

    /// Draws the pixels of a row that lie in a span within the canvas.
    fn span(
        &mut self,
        paint: &Paint<'_>,
        y: i64,
        span: Range<i64>,
        start: impl FnOnce() -> Varying,
        step: &Varying,
    ) {
        let row = y as usize * self.width;
        let pixels = &mut self.pixels[row + span.start as usize..row + span.end as usize];
        let along = |start: Varying, step: &Varying, index: usize| -> Varying {
            std::array::from_fn(|part| start[part] + step[part] * index as f32)
        };
        match paint {
            Paint::Plain(color) if color[3] == 255 => pixels.fill(*color),
            Paint::Plain(color) => {
                let keep = 255 - u32::from(color[3]);
                for pixel in pixels {
                    for (channel, &add) in pixel.iter_mut().zip(color) {
                        let kept = (u32::from(*channel) * keep + 127) / 255;
                        *channel = add.saturating_add(kept as u8);
                    }
                }
            }
            Paint::Gradient(texel) => {
                let start = start();
                for (index, pixel) in pixels.iter_mut().enumerate() {
                    blend(pixel, &along(start, step, index), *texel);
                }
            }
            Paint::Textured(texture) => {
                let start = start();
                for (index, pixel) in pixels.iter_mut().enumerate() {
                    let varying = along(start, step, index);
                    let texel = texture.sample([varying[4], varying[5]]);
                    if texel != [0.0; 4] {
                        blend(pixel, &varying, texel);
                    }
                }
            }
        }
    }
}

/// Lays a premultiplied colour, multiplied by a texel, over a pixel.
fn blend(pixel: &mut [u8; 4], color: &Varying, texel: [f32; 4]) {
    let keep = 1.0 - color[3] * texel[3] * (1.0 / 255.0);
    for (index, channel) in pixel.iter_mut().enumerate() {
        *channel = (color[index] * texel[index] + f32::from(*channel) * keep + 0.5) as u8;
    }
}
