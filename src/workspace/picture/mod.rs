//! Diagrams on screen: which part is shown, and how it is painted.
//!
//! Knows scenes and colours, and nothing of what a screen does with them.

mod camera;
mod marks;
mod paint;

pub use camera::{Camera, MAX_ZOOM, MIN_ZOOM};
pub use paint::{Look, RowMark, TableMarks, paint};
