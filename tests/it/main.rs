//! The library through its public face: one binary, so that DuckDB is linked once.
#![expect(
    clippy::expect_used,
    reason = "a test fails by panicking, also in the functions it shares with others"
)]

mod architecture;
mod cli;
mod documents;
mod engine;
mod findings;
mod generation;
mod lab;
mod packs;
mod practice;
mod raster;
mod support;
mod window;
