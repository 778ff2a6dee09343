//! The look of the program: tokens, fonts, icons and a few pieces used everywhere.
//!
//! Knows egui and nothing of models, packs or queries. Colours come from [`Tokens`] by meaning,
//! so that both themes stay in step; screens name no raw colour.

pub mod bars;
pub mod code;
mod fonts;
pub mod grid;
pub mod icons;
mod markdown;
mod theme;
pub mod widgets;

pub use crate::format;
pub use fonts::{install_fonts, medium, semibold};
pub use markdown::{markdown, markdown_with_links};
pub use theme::{Tokens, apply, tokens};
