//! Reports written down: for a terminal, as Markdown, CSV, JSON and as a picture.

mod csv;
mod markdown;
mod picture;
mod text;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub use csv::csv;
pub use markdown::markdown;
pub use picture::picture;
pub use text::text;

use super::LabReport;
use crate::catalog::Lab;
use crate::diagram::png::to_png;
use crate::format;

/// Pixels a point of a picture gets.
const PICTURE_SCALE: f32 = 2.0;

/// Writes reports into a file whose name says the form. Fails with one sentence.
pub fn write(path: &Path, reports: &[(Arc<Lab>, LabReport)]) -> Result<(), String> {
    let form = path
        .extension()
        .map(|e| e.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let bytes = match form.as_str() {
        "md" => joined(reports, "\n", markdown).into_bytes(),
        "csv" => csv(reports).into_bytes(),
        "json" => {
            let all: Vec<&LabReport> = reports.iter().map(|(_, report)| report).collect();
            serde_json::to_vec_pretty(&all).map_err(|err| err.to_string())?
        }
        "svg" | "png" => {
            let [(lab, report)] = reports else {
                return Err("a picture shows one run of one lab: name it".to_owned());
            };
            let svg = picture(lab, report);
            if form == "svg" {
                svg.into_bytes()
            } else {
                to_png(&svg, PICTURE_SCALE).map_err(|err| err.to_string())?
            }
        }
        _ => {
            return Err(format!(
                "{} ends in none of .md, .csv, .json, .svg and .png",
                path.display()
            ));
        }
    };
    std::fs::write(path, bytes)
        .map_err(|err| format!("{} could not be written: {err}", path.display()))
}

fn joined(
    reports: &[(Arc<Lab>, LabReport)],
    between: &str,
    one: fn(&Lab, &LabReport) -> String,
) -> String {
    let all: Vec<String> = reports.iter().map(|(lab, r)| one(lab, r)).collect();
    all.join(between)
}

/// `100,000 rows, seed 1, 1 thread, DuckDB 2.0.0, linux x86_64`.
pub fn conditions(report: &LabReport) -> String {
    let machine = &report.machine;
    let threads = format::counted(machine.threads as u64, "thread");
    format!(
        "{} rows, seed {}, {threads}, DuckDB {}, {}",
        format::count(report.rows),
        report.seed,
        machine.duckdb,
        machine.system
    )
}

/// A time in milliseconds, for people.
pub fn milliseconds(ms: f64) -> String {
    format::duration(Duration::from_secs_f64(ms.max(0.0) / 1e3))
}
