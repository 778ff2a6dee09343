//! The textures egui has sent, and how a colour is read from them.

use egui::epaint::{ImageData, ImageDelta};
use egui::{Color32, TextureFilter, TextureOptions, TextureWrapMode};

/// The steps between two texels that bilinear filtering distinguishes, as on common GPUs.
const STEPS: i32 = 256;

/// A texture held in memory as premultiplied gamma-space colours.
pub struct Texture {
    size: [usize; 2],
    pixels: Vec<Color32>,
    options: TextureOptions,
}

impl Texture {
    /// Takes the whole texture from a change.
    pub fn new(change: &ImageDelta) -> Self {
        let ImageData::Color(image) = &change.image;
        Self {
            size: image.size,
            pixels: image.pixels.clone(),
            options: change.options,
        }
    }

    /// Overwrites the part at `at` and says whether it lay within the texture.
    pub fn update(&mut self, at: [usize; 2], change: &ImageDelta) -> bool {
        let ImageData::Color(image) = &change.image;
        let [width, height] = image.size;
        if at[0] + width > self.size[0] || at[1] + height > self.size[1] {
            return false;
        }
        self.options = change.options;
        if width > 0 {
            for (row, source) in image.pixels.chunks_exact(width).enumerate() {
                let start = (at[1] + row) * self.size[0] + at[0];
                self.pixels[start..start + width].copy_from_slice(source);
            }
        }
        true
    }

    /// Turns a normalised coordinate into texels.
    pub fn texel(&self, uv: egui::Pos2) -> [f32; 2] {
        [uv.x * self.size[0] as f32, uv.y * self.size[1] as f32]
    }

    /// The colour at a place given in texels, each channel from 0 to 1.
    pub fn sample(&self, [x, y]: [f32; 2]) -> [f32; 4] {
        if self.options.magnification == TextureFilter::Nearest {
            return self.at(x.floor() as i32, y.floor() as i32).map(unit);
        }
        let steps = STEPS as f32;
        let x = (x * steps).round() as i32 - STEPS / 2;
        let y = (y * steps).round() as i32 - STEPS / 2;
        let (column, row) = (x.div_euclid(STEPS), y.div_euclid(STEPS));
        let (right, down) = (x.rem_euclid(STEPS), y.rem_euclid(STEPS));
        let first = self.at(column, row);
        if right == 0 && down == 0 {
            return first.map(unit);
        }
        let taps = [
            (first, (STEPS - right) * (STEPS - down)),
            (self.at(column + 1, row), right * (STEPS - down)),
            (self.at(column, row + 1), (STEPS - right) * down),
            (self.at(column + 1, row + 1), right * down),
        ];
        std::array::from_fn(|channel| {
            let sum: i32 = taps
                .iter()
                .map(|(color, weight)| i32::from(color[channel]) * weight)
                .sum();
            sum as f32 * (1.0 / (255.0 * steps * steps))
        })
    }

    /// The texel in a column and row, wrapped where it lies outside, or nothing if there is none.
    fn at(&self, column: i32, row: i32) -> [u8; 4] {
        let wrap = |index: i32, count: usize| {
            let count = count as i32;
            match self.options.wrap_mode {
                TextureWrapMode::ClampToEdge => index.clamp(0, (count - 1).max(0)),
                TextureWrapMode::Repeat => index.rem_euclid(count.max(1)),
                TextureWrapMode::MirroredRepeat => {
                    let phase = index.rem_euclid((2 * count).max(1));
                    phase.min((2 * count - 1 - phase).max(0))
                }
            }
        };
        let [width, height] = self.size;
        let index = wrap(row, height) as usize * width + wrap(column, width) as usize;
        self.pixels
            .get(index)
            .map_or([0; 4], |color| color.to_array())
    }
}

/// A channel from 0 to 255 as a share of 1.
fn unit(channel: u8) -> f32 {
    f32::from(channel) * (1.0 / 255.0)
}
