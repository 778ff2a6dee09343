//! The whole lab on one page: all questions, changes and sizes, and what they mean.

use egui::{Label, RichText, Ui};

use super::parts::{layout_color, layout_title, side_by_side};
use super::read_page::time_bars;
use super::write_page::row_bars;
use super::{Bench, Compare, CompareState, Item, RunStatus, earlier, parts};
use crate::lab::LabReport;
use crate::ui_kit::bars::{Bar, bars};
use crate::ui_kit::{format, markdown, medium, tokens, widgets};
use crate::workspace::Action;

pub fn ui(ui: &mut Ui, compare: &mut Compare, state: &mut CompareState, bench: &Bench<'_>) {
    let lab = bench.lab;
    if let RunStatus::Failed(error) = &compare.status {
        parts::failure(ui, error, bench);
        ui.add_space(8.0);
    }
    side_by_side(ui, lab, |ui, id| {
        layout_title(ui, lab, id);
        if let Some(layout) = lab.layout(id) {
            let ink = tokens(ui).text_secondary;
            ui.add(Label::new(RichText::new(&layout.summary).color(ink)).wrap());
        }
    });
    ui.add_space(6.0);
    widgets::section(ui, "What to look at");
    markdown(ui, &lab.expect);
    let Some(report) = compare.report.clone() else {
        ui.add_space(10.0);
        parts::waiting(ui, bench);
        texts(ui, bench);
        return;
    };
    let mut open = None;
    if !report.reads.is_empty() {
        widgets::section(ui, "Time of each question, warm");
    }
    earlier::remark(ui, compare);
    for read in &report.reads {
        if entry_link(ui, &read.title) {
            open = Some(Item::Read(read.id.clone()));
        }
        time_bars(ui, read, compare, bench);
        ui.add_space(4.0);
    }
    if report.reads.len() < lab.reads.len() {
        parts::waiting(ui, bench);
    }
    if !report.writes.is_empty() {
        widgets::section(ui, "Rows written by each change");
    }
    for write in &report.writes {
        if entry_link(ui, &write.title) {
            open = Some(Item::Write(write.id.clone()));
        }
        row_bars(ui, write, bench);
        ui.add_space(4.0);
    }
    storage(ui, &report, compare, bench);
    texts(ui, bench);
    if let Some(item) = open {
        state.open_item(&lab.id, item);
        bench.ctx.actions.push(Action::Changed);
    }
}

fn entry_link(ui: &mut Ui, title: &str) -> bool {
    let text = RichText::new(title).font(medium(13.0));
    ui.add(egui::Link::new(text)).clicked()
}

/// Bytes of each layout, and what takes them.
fn storage(ui: &mut Ui, report: &LabReport, compare: &Compare, bench: &Bench<'_>) {
    if report.builds.is_empty() {
        return;
    }
    widgets::section(ui, "Storage");
    let t = tokens(ui);
    let first = report.builds.first().map_or(0, |b| b.bytes);
    let shown: Vec<Bar> = report
        .builds
        .iter()
        .map(|build| {
            let beside = compare
                .beside
                .as_ref()
                .map(|r| r.bytes_of(&build.layout) as f64);
            let ratio = build.bytes as f64 / first.max(1) as f64;
            let note = if build.bytes == first {
                String::new()
            } else {
                format!("{ratio:.2} × the first")
            };
            Bar {
                name: title(bench, &build.layout),
                color: layout_color(t, bench.lab, &build.layout),
                value: Some(build.bytes as f64),
                earlier: beside.filter(|b| *b > 0.0),
                text: format::bytes(build.bytes),
                note,
                ..Bar::default()
            }
        })
        .collect();
    bars(ui, "Storage", &shown);
    side_by_side(ui, bench.lab, |ui, layout| {
        let build = report.builds.iter().find(|b| b.layout == layout);
        if let Some(build) = build {
            let ms = std::time::Duration::from_secs_f64(build.build_ms / 1e3);
            let files = if build.files > 0 {
                format!(", {}", format::counted(build.files, "file"))
            } else {
                String::new()
            };
            widgets::faint(ui, format!("built in {}{files}", format::duration(ms)));
        }
        for table in report.storage.iter().filter(|s| s.layout == layout) {
            let rows = build
                .and_then(|b| b.tables.iter().find(|(name, _)| *name == table.table))
                .map_or_else(String::new, |(_, rows)| {
                    format!(", {}", format::counted(*rows, "row"))
                });
            let text = format!("{}: {}{rows}", table.table, format::bytes(table.bytes));
            widgets::secondary(ui, text);
        }
    });
}

fn texts(ui: &mut Ui, bench: &Bench<'_>) {
    widgets::section(ui, "Why it comes out like this here");
    markdown(ui, &bench.lab.why);
    widgets::section(ui, "What other systems do instead");
    markdown(ui, &bench.lab.elsewhere);
    ui.add_space(8.0);
    widgets::faint(ui, format!("From: {}", bench.lab.source));
}

/// The title of a layout.
pub fn title(bench: &Bench<'_>, layout: &str) -> String {
    let found = bench.lab.layout(layout);
    found.map_or_else(|| layout.to_owned(), |l| l.title.clone())
}
