//! Reports as CSV: one line for each figure, for a spreadsheet.

use std::sync::Arc;

use crate::catalog::Lab;
use crate::lab::LabReport;

const HEAD: &str = "lab,rows,seed,kind,entry,layout,figure,value";

/// All figures of all reports in long form. Times in milliseconds, sizes in bytes.
pub fn csv(reports: &[(Arc<Lab>, LabReport)]) -> String {
    let mut lines = Lines(vec![HEAD.to_owned()]);
    for (_, report) in reports {
        lines.report(report);
    }
    lines.0.join("\n") + "\n"
}

struct Lines(Vec<String>);

impl Lines {
    fn report(&mut self, report: &LabReport) {
        for read in &report.reads {
            for layout in read.layouts.iter().filter(|l| l.cannot.is_none()) {
                let at = ("read", read.id.as_str(), layout.id.as_str());
                for (figure, value) in [
                    ("median_ms", layout.time.median_ms),
                    ("low_ms", layout.time.low_ms),
                    ("high_ms", layout.time.high_ms),
                    ("runs", layout.time.runs as f64),
                    ("cold_ms", layout.cold_ms),
                    ("rows_scanned", layout.rows_scanned as f64),
                    ("row_groups_scanned", layout.row_groups_scanned as f64),
                    ("row_groups", layout.row_groups as f64),
                    ("bytes_read", layout.bytes_read as f64),
                ] {
                    self.line(report, at, figure, value);
                }
                if let Some(ratio) = &layout.against_first {
                    self.line(report, at, "ratio", ratio.ratio);
                    self.line(report, at, "ratio_low", ratio.ratio_low);
                    self.line(report, at, "ratio_high", ratio.ratio_high);
                }
            }
        }
        for write in &report.writes {
            for layout in write.layouts.iter().filter(|l| l.cannot.is_none()) {
                let at = ("write", write.id.as_str(), layout.id.as_str());
                self.line(report, at, "rows_written", layout.rows_written as f64);
                self.line(report, at, "bytes_written", layout.bytes_written as f64);
                self.line(report, at, "median_ms", layout.time.median_ms);
            }
        }
        for build in &report.builds {
            self.line(
                report,
                ("build", "", &build.layout),
                "build_ms",
                build.build_ms,
            );
        }
        for table in &report.storage {
            let at = ("storage", table.table.as_str(), table.layout.as_str());
            self.line(report, at, "bytes", table.bytes as f64);
        }
        for check in &report.checks {
            for layout in &check.layouts {
                if let Some(found) = layout.found {
                    self.line(
                        report,
                        ("check", &check.id, &layout.id),
                        "found",
                        found as f64,
                    );
                }
            }
        }
        for simulation in &report.simulations {
            for value in &simulation.values {
                let label = format!("{} {}", value.series, value.label);
                self.line(
                    report,
                    ("simulation", &simulation.id, ""),
                    label.trim(),
                    value.value,
                );
            }
        }
    }

    fn line(&mut self, report: &LabReport, at: (&str, &str, &str), figure: &str, value: f64) {
        let (kind, entry, layout) = at;
        self.0.push(format!(
            "{},{},{},{kind},{},{},{},{value}",
            quoted(&report.lab),
            report.rows,
            report.seed,
            quoted(entry),
            quoted(layout),
            quoted(figure)
        ));
    }
}

/// As RFC 4180 wants texts with commas, quotes or line breaks.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::TableBytes;

    #[test]
    fn every_line_has_a_place_for_every_column() {
        let report = LabReport {
            lab: "copies".to_owned(),
            rows: 1_000,
            seed: 7,
            storage: vec![TableBytes {
                layout: "wide".to_owned(),
                table: "a, \"b\"".to_owned(),
                bytes: 12,
            }],
            ..LabReport::default()
        };
        let text = csv(&[(Arc::default(), report)]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [HEAD, "copies,1000,7,storage,\"a, \"\"b\"\"\",wide,bytes,12"]
        );
    }
}
