//! Crowsfoot: a desktop data-modeling explorer.
//!
//! The modules in reading order; a lower one never names a higher one, and a test keeps it so:
//!
//! 0. [`format`](mod@format): numbers and times for people
//! 1. [`model`]: the schema as values
//! 2. [`ddl`]: SQL text to model and back
//! 3. [`datagen`]: recipes to the SQL that makes the data
//! 4. [`catalog`]: packs, read, linked and checked
//! 5. [`engine`]: DuckDB behind one worker thread
//! 6. [`diagram`]: boxes, placement, lines; SVG
//! 7. [`prepare`]: from a pack to what the engine builds
//! 8. [`measure`](mod@measure): times taken in turn, and what they support
//! 9. [`lab`]: layouts and workloads, measured
//! 10. [`practice`]: drills and cards, answered, graded and repeated
//! 11. [`ui_kit`]: colours, fonts, grid, code editor
//! 12. [`workspace`]: the screens
//! 13. [`app`]: the window
//! 14. [`cli`]: the same library without a window

pub mod app;
pub mod catalog;
pub mod cli;
pub mod datagen;
pub mod ddl;
pub mod diagram;
pub mod engine;
pub mod format;
pub mod lab;
pub mod measure;
pub mod model;
pub mod practice;
pub mod prepare;
pub mod ui_kit;
pub mod workspace;
