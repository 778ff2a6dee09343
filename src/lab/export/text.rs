//! A report for a terminal.

use std::fmt::Write;

use super::{conditions, milliseconds};
use crate::catalog::Lab;
use crate::format::{bytes, count, counted};
use crate::lab::LabReport;
use crate::lab::report::{ReadLayout, WriteLayout};
use crate::lab::verdict;

/// All figures, a line for each layout.
pub fn text(lab: &Lab, report: &LabReport) -> String {
    let mut out = String::new();
    write_all(&mut out, lab, report).ok();
    out
}

fn write_all(out: &mut String, lab: &Lab, report: &LabReport) -> std::fmt::Result {
    writeln!(out, "{}: {} ({})", lab.id, lab.title, conditions(report))?;
    let width = lab.layouts.iter().map(|l| l.id.len()).max().unwrap_or(0);
    for read in &report.reads {
        let equal = match (read.answers_equal, read.as_expected) {
            (true, true) => "same answer everywhere",
            (false, true) => "answers differ, on purpose",
            (_, false) => "ANSWERS DIFFER",
        };
        writeln!(
            out,
            "\n  read {}: {} ({}, {equal})",
            read.id,
            read.title,
            counted(read.answer_rows as u64, "row")
        )?;
        for layout in &read.layouts {
            writeln!(out, "    {:width$}  {}", layout.id, of_read(layout))?;
            if let Some(difference) = layout.difference.as_ref().filter(|_| !read.as_expected) {
                writeln!(out, "    {:width$}  {}", "", difference.message)?;
            }
        }
    }
    for write in &report.writes {
        writeln!(out, "\n  change {}: {}", write.id, write.title)?;
        for layout in &write.layouts {
            writeln!(out, "    {:width$}  {}", layout.id, of_write(layout))?;
        }
    }
    if !report.builds.is_empty() {
        writeln!(out, "\n  storage")?;
    }
    for build in &report.builds {
        let tables: Vec<String> = build
            .tables
            .iter()
            .map(|(table, rows)| format!("{table} {}", count(*rows)))
            .collect();
        writeln!(
            out,
            "    {:width$}  {:>9}  built in {}  ({})",
            build.layout,
            bytes(build.bytes),
            milliseconds(build.build_ms),
            tables.join(", ")
        )?;
    }
    for check in &report.checks {
        writeln!(out, "\n  check {}: {}", check.id, check.title)?;
        for layout in &check.layouts {
            let found = match layout.found {
                None => "cannot contradict itself".to_owned(),
                Some(found) if found == layout.expected => found.to_string(),
                Some(found) => format!("{found}, EXPECTED {}", layout.expected),
            };
            writeln!(out, "    {:width$}  {found}", layout.id)?;
        }
    }
    for anomaly in &report.anomalies {
        writeln!(
            out,
            "\n  anomaly {}: {} ({} changed in {})",
            anomaly.id,
            anomaly.title,
            counted(anomaly.rows_changed, "row"),
            anomaly.layout
        )?;
    }
    for simulation in &report.simulations {
        writeln!(
            out,
            "\n  simulation {}: {} ({} values, in {})",
            simulation.id,
            simulation.title,
            simulation.values.len(),
            simulation.unit
        )?;
    }
    writeln!(out)
}

fn of_read(layout: &ReadLayout) -> String {
    if let Some(reason) = &layout.cannot {
        return format!("no answer: {reason}");
    }
    let groups = match layout.files {
        Some((read, all)) => format!("{read}/{all} files"),
        None => format!(
            "{}/{} row groups",
            layout.row_groups_scanned, layout.row_groups
        ),
    };
    format!(
        "{:>8} ({} to {}, {} runs)  cold {:>8}  {} rows scanned  {groups}  {} from disk  {}",
        milliseconds(layout.time.median_ms),
        milliseconds(layout.time.low_ms),
        milliseconds(layout.time.high_ms),
        layout.time.runs,
        milliseconds(layout.cold_ms),
        count(layout.rows_scanned),
        bytes(layout.bytes_read),
        verdict::of_layout(layout).unwrap_or_default()
    )
}

fn of_write(layout: &WriteLayout) -> String {
    if let Some(reason) = &layout.cannot {
        return format!("cannot: {reason}");
    }
    let against = layout.against_first.as_ref().map(verdict::of_comparison);
    format!(
        "{:>12} written  {:>9}  {:>8} ({} to {})  {}",
        counted(layout.rows_written, "row"),
        bytes(layout.bytes_written),
        milliseconds(layout.time.median_ms),
        milliseconds(layout.time.low_ms),
        milliseconds(layout.time.high_ms),
        against.unwrap_or_default()
    )
}
