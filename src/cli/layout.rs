//! `crowsfoot layout`

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::{Failure, Outcome, source};
use crate::catalog::Catalog;
use crate::diagram::{LayoutRequest, json::to_json, layout, png, svg};

/// Sharp on screens of twice the density.
const PIXELS_PER_POINT: f32 = 2.0;

#[derive(Debug, Args)]
pub struct LayoutArgs {
    /// A pack, one or more .sql files, a DuckDB file, or a folder of CSV or Parquet files
    #[arg(required = true, value_name = "SOURCE")]
    source: Vec<String>,
    /// Positions and lines as JSON on stdout (the default)
    #[arg(long)]
    json: bool,
    /// The diagram as a picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// The diagram as a picture of pixels, two for each point
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    /// With --svg or --png: light on dark
    #[arg(long)]
    dark: bool,
}

pub fn run(args: &LayoutArgs, catalog: &Catalog, out: &mut impl Write) -> Outcome {
    let source = source::find(&args.source, catalog)?;
    let (schema, problems) = source.schema()?;
    for problem in &problems {
        writeln!(
            std::io::stderr(),
            "line {}: {}",
            problem.line,
            problem.message
        )?;
    }
    if schema.tables.is_empty() {
        return Err(Failure::Failed("there are no tables to place".to_owned()));
    }
    let started = Instant::now();
    let scene = layout(&schema, &LayoutRequest::default(), &|| false)
        .ok_or_else(|| Failure::Failed("the layout was cancelled".to_owned()))?;
    let elapsed_ms = started.elapsed().as_secs_f64() * 1e3;
    if args.svg.is_some() || args.png.is_some() {
        let palette = if args.dark {
            svg::Palette::dark()
        } else {
            svg::Palette::light()
        };
        let drawing = svg::to_svg(&scene, &source.name(), &palette);
        if let Some(path) = &args.svg {
            write_file(path, drawing.as_bytes())?;
        }
        if let Some(path) = &args.png {
            let picture = png::to_png(&drawing, PIXELS_PER_POINT)
                .map_err(|err| Failure::Failed(format!("{}: {err}", path.display())))?;
            write_file(path, &picture)?;
        }
    }
    if args.json || (args.svg.is_none() && args.png.is_none()) {
        writeln!(out, "{}", to_json(&scene, elapsed_ms))?;
    }
    Ok(())
}

fn write_file(path: &Path, bytes: &[u8]) -> Outcome {
    std::fs::write(path, bytes)
        .map_err(|err| Failure::Failed(format!("{} could not be written: {err}", path.display())))
}
