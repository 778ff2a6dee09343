//! A report as Markdown: for a ticket, a wiki, a design document.

use std::fmt::Write;

use super::{conditions, milliseconds};
use crate::catalog::Lab;
use crate::format::{bytes, count, counted};
use crate::lab::LabReport;
use crate::lab::verdict::{self, title};

/// Tables of all figures, with the statements behind them.
pub fn markdown(lab: &Lab, report: &LabReport) -> String {
    let mut out = String::new();
    write_all(&mut out, lab, report).ok();
    out
}

fn write_all(out: &mut String, lab: &Lab, report: &LabReport) -> std::fmt::Result {
    writeln!(out, "# {}\n\n{}\n", lab.title, lab.question)?;
    let when = std::time::UNIX_EPOCH + std::time::Duration::from_secs(report.started_secs);
    writeln!(
        out,
        "Measured {} on {}; {} cores. Crowsfoot {}.\n",
        humantime::format_rfc3339_seconds(when),
        conditions(report),
        report.machine.cores,
        report.machine.crowsfoot
    )?;
    for layout in &lab.layouts {
        writeln!(out, "- **{}**: {}", layout.title, layout.summary)?;
    }
    if !report.reads.is_empty() {
        reads(out, lab, report)?;
    }
    if !report.writes.is_empty() {
        writes(out, lab, report)?;
    }
    if !report.builds.is_empty() {
        writeln!(
            out,
            "\n## Storage\n\n| layout | bytes | built in | tables |\n|---|---:|---:|---|"
        )?;
    }
    for build in &report.builds {
        let tables: Vec<String> = build
            .tables
            .iter()
            .map(|(table, rows)| format!("{table} ({})", count(*rows)))
            .collect();
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            cell(title(lab, &build.layout)),
            bytes(build.bytes),
            milliseconds(build.build_ms),
            cell(&tables.join(", "))
        )?;
    }
    if !report.checks.is_empty() {
        writeln!(
            out,
            "\n## Contradictions\n\n| check | layout | rows |\n|---|---|---:|"
        )?;
    }
    for check in &report.checks {
        for layout in &check.layouts {
            let found = layout.found.map_or("cannot".to_owned(), |n| n.to_string());
            writeln!(
                out,
                "| {} | {} | {found} |",
                cell(&check.title),
                cell(title(lab, &layout.id))
            )?;
        }
    }
    statements(out, lab, report)
}

fn reads(out: &mut String, lab: &Lab, report: &LabReport) -> std::fmt::Result {
    writeln!(
        out,
        "\n## Questions\n\n| question | layout | median | middle half | cold | rows scanned | row groups | from disk | against the first |\n|---|---|---:|---:|---:|---:|---:|---:|---|"
    )?;
    for read in &report.reads {
        for layout in &read.layouts {
            let name = cell(title(lab, &layout.id));
            if let Some(reason) = &layout.cannot {
                writeln!(
                    out,
                    "| {} | {name} | | | | | | | no answer: {} |",
                    cell(&read.title),
                    cell(reason)
                )?;
                continue;
            }
            let groups = layout.files.map_or_else(
                || format!("{}/{}", layout.row_groups_scanned, layout.row_groups),
                |(read, all)| format!("{read}/{all} files"),
            );
            writeln!(
                out,
                "| {} | {name} | {} | {} to {} | {} | {} | {groups} | {} | {} |",
                cell(&read.title),
                milliseconds(layout.time.median_ms),
                milliseconds(layout.time.low_ms),
                milliseconds(layout.time.high_ms),
                milliseconds(layout.cold_ms),
                count(layout.rows_scanned),
                bytes(layout.bytes_read),
                verdict::of_layout(layout).unwrap_or_default()
            )?;
        }
    }
    writeln!(
        out,
        "\nTimes are medians of {} or more interleaved runs on warm data; the ratio is the median of paired runs with its 95 % interval.",
        report
            .reads
            .iter()
            .flat_map(|r| &r.layouts)
            .map(|l| l.time.runs)
            .filter(|runs| *runs > 0)
            .min()
            .unwrap_or(0)
    )
}

fn writes(out: &mut String, lab: &Lab, report: &LabReport) -> std::fmt::Result {
    writeln!(
        out,
        "\n## Changes\n\n| change | layout | rows written | bytes written | median |\n|---|---|---:|---:|---:|"
    )?;
    for write in &report.writes {
        for layout in &write.layouts {
            let name = cell(title(lab, &layout.id));
            match &layout.cannot {
                Some(reason) => writeln!(
                    out,
                    "| {} | {name} | cannot: {} | | |",
                    cell(&write.title),
                    cell(reason)
                )?,
                None => writeln!(
                    out,
                    "| {} | {name} | {} | {} | {} |",
                    cell(&write.title),
                    counted(layout.rows_written, "row"),
                    bytes(layout.bytes_written),
                    milliseconds(layout.time.median_ms)
                )?,
            }
        }
    }
    Ok(())
}

fn statements(out: &mut String, lab: &Lab, report: &LabReport) -> std::fmt::Result {
    writeln!(out, "\n## Statements")?;
    for read in &report.reads {
        writeln!(out, "\n### {}", read.title)?;
        for layout in read.layouts.iter().filter(|l| !l.sql.is_empty()) {
            writeln!(
                out,
                "\n{}:\n\n```sql\n{}\n```",
                title(lab, &layout.id),
                layout.sql
            )?;
        }
    }
    Ok(())
}

/// A text that stays in its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
