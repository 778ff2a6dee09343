//! One question: what it costs in each layout, how it is asked, and what DuckDB did for it.

use std::time::Duration;

use egui::{RichText, Ui};

use super::overview::title;
use super::parts::{layout_color, layout_title, side_by_side, statement};
use super::{Bench, Compare, CompareState, earlier, parts};
use crate::catalog::Read;
use crate::lab::{ReadFigures, ReadLayout, verdict};
use crate::ui_kit::bars::{Bar, bars};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, tokens, widgets};
use crate::workspace::{Action, plan_tree, text_table};

pub fn ui(
    ui: &mut Ui,
    read: &Read,
    compare: &mut Compare,
    state: &mut CompareState,
    bench: &Bench<'_>,
) {
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() - 150.0).max(200.0);
        ui.vertical(|ui| {
            ui.set_width(width);
            parts::title(ui, &read.title, &read.question);
        });
        if widgets::text_button(ui, Sign::PencilLine, "Change it", true)
            .on_hover_text("Make a question of your own from this one")
            .clicked()
        {
            state.add_own(bench.lab, Some(&read.id));
            bench.ctx.actions.push(Action::Changed);
        }
    });
    let figures = compare
        .report
        .as_ref()
        .and_then(|r| r.read(&read.id))
        .cloned();
    let Some(figures) = figures else {
        ui.add_space(8.0);
        parts::waiting(ui, bench);
        ui.add_space(8.0);
        side_by_side(ui, bench.lab, |ui, layout| {
            layout_title(ui, bench.lab, layout);
            if let Some(sql) = read.statements.of(layout) {
                statement(ui, layout, sql, None);
            }
        });
        return;
    };
    parts::notice(ui, &read.notice);
    figures_ui(ui, &figures, compare, bench);
    for (layout, why) in &read.differs {
        widgets::secondary(ui, format!("{}: {why}", title(bench, layout)));
    }
}

/// Figures, statements and plans of a question, the lab's or the user's own.
pub fn figures_ui(ui: &mut Ui, figures: &ReadFigures, compare: &Compare, bench: &Bench<'_>) {
    proof(ui, figures, bench);
    earlier::remark(ui, compare);
    ui.add_space(4.0);
    widgets::section(ui, "Time, warm");
    time_bars(ui, figures, compare, bench);
    if ui.available_width() > 640.0 {
        ui.columns(2, |columns| {
            widgets::section(&mut columns[0], "Rows looked at");
            count_bars(&mut columns[0], "Rows looked at", figures, bench, scanned);
            widgets::section(&mut columns[1], "Read from disk when cold");
            count_bars(&mut columns[1], "Read from disk", figures, bench, from_disk);
        });
    } else {
        widgets::section(ui, "Rows looked at");
        count_bars(ui, "Rows looked at", figures, bench, scanned);
        widgets::section(ui, "Read from disk when cold");
        count_bars(ui, "Read from disk", figures, bench, from_disk);
    }
    widgets::section(ui, "The question, as each layout is asked");
    let first = figures.layouts.iter().find(|l| l.cannot.is_none());
    side_by_side(ui, bench.lab, |ui, id| {
        layout_title(ui, bench.lab, id);
        let Some(layout) = figures.layout(id) else {
            return;
        };
        if let Some(reason) = &layout.cannot {
            widgets::secondary(ui, format!("No answer: {reason}"));
            return;
        }
        // The first is marked against the second, the others against the first.
        let second = figures.layouts.iter().filter(|l| l.cannot.is_none()).nth(1);
        let is_first = first.is_some_and(|f| f.id == id);
        let against = if is_first { second } else { first };
        let sql = &layout.sql;
        statement(ui, id, sql, against.map(|l| l.sql.as_str()));
        copy_button(ui, sql, bench);
    });
    widgets::section(ui, "What DuckDB did");
    side_by_side(ui, bench.lab, |ui, id| {
        let Some(layout) = figures.layout(id) else {
            return;
        };
        if layout.cannot.is_some() {
            return;
        }
        widgets::faint(ui, cold_line(layout));
        let Some(plan) = &layout.plan else {
            widgets::secondary(
                ui,
                "DuckDB tells no plan: it answers from what it knows of the table",
            );
            return;
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        plan_tree(ui, &title(bench, id), plan);
    });
}

fn copy_button(ui: &mut Ui, sql: &str, bench: &Bench<'_>) {
    if widgets::small_icon_button(ui, Sign::Copy, "Copy the statement").clicked() {
        bench.ctx.actions.push(Action::Copy {
            text: sql.to_owned(),
            what: "The statement".to_owned(),
        });
    }
}

/// Whether the layouts give one answer.
fn proof(ui: &mut Ui, figures: &ReadFigures, bench: &Bench<'_>) {
    let t = tokens(ui);
    let rows = format::counted(figures.answer_rows as u64, "row");
    let (sign, ink, text) = match (figures.answers_equal, figures.as_expected) {
        (true, true) => (
            Sign::CircleCheck,
            t.success,
            format!("Every layout that answers gives the same {rows}"),
        ),
        (false, true) => (
            Sign::TriangleAlert,
            t.warning,
            "The answers differ, and that is the lesson of it".to_owned(),
        ),
        (true, false) => (
            Sign::TriangleAlert,
            t.warning,
            "The answers were to differ, and do not at this scale".to_owned(),
        ),
        (false, false) => (
            Sign::CircleAlert,
            t.danger,
            "The answers differ: the times compare different questions".to_owned(),
        ),
    };
    ui.horizontal(|ui| {
        ui.label(icons::rich(sign, 14.0, ink));
        ui.label(RichText::new(text).color(t.text_secondary));
    });
    for layout in &figures.layouts {
        let Some(difference) = &layout.difference else {
            continue;
        };
        let id = ("difference", &figures.id, &layout.id);
        ui.push_id(id, |ui| {
            widgets::secondary(
                ui,
                format!("{}: {}", title(bench, &layout.id), difference.message),
            );
            if !difference.missing.rows.is_empty() {
                widgets::faint(ui, "only in the first layout's answer");
                text_table(ui, "missing", &difference.missing);
            }
            if !difference.extra.rows.is_empty() {
                widgets::faint(ui, "only in this one");
                text_table(ui, "extra", &difference.extra);
            }
        });
    }
}

/// Medians with their middle half, and what they support against the first.
pub fn time_bars(ui: &mut Ui, read: &ReadFigures, compare: &Compare, bench: &Bench<'_>) {
    let t = tokens(ui);
    let shown: Vec<Bar> = read
        .layouts
        .iter()
        .map(|layout| {
            let name = title(bench, &layout.id);
            let color = layout_color(t, bench.lab, &layout.id);
            if layout.cannot.is_some() {
                return Bar {
                    name,
                    color,
                    text: "no answer".to_owned(),
                    ..Bar::default()
                };
            }
            let earlier = compare
                .beside
                .as_ref()
                .and_then(|r| r.read(&read.id)?.layout(&layout.id))
                .map(|l| l.time.median_ms)
                .filter(|ms| *ms > 0.0);
            Bar {
                name,
                color,
                value: Some(layout.time.median_ms),
                spread: Some((layout.time.low_ms, layout.time.high_ms)),
                earlier,
                text: milliseconds(layout.time.median_ms),
                note: verdict::of_layout(layout).unwrap_or_default(),
            }
        })
        .collect();
    let label = format!("Time of {}", read.title);
    let runs = read.layouts.iter().map(|l| l.time.runs).max().unwrap_or(0);
    bars(ui, &label, &shown).on_hover_text(format!(
        "Median of {runs} runs; the thin line is the middle half of them. Behind it how much faster or slower than the first layout, with the interval that covers the true ratio in 95 of 100 cases."
    ));
}

fn scanned(layout: &ReadLayout) -> (f64, String, String) {
    let note = match layout.files {
        Some((read, all)) => format!("{read} of {all} files"),
        None if layout.row_groups > 0 => format!(
            "{} of {}",
            layout.row_groups_scanned,
            format::counted(layout.row_groups, "row group")
        ),
        None => String::new(),
    };
    let text = format::short_count(layout.rows_scanned);
    (layout.rows_scanned as f64, text, note)
}

fn from_disk(layout: &ReadLayout) -> (f64, String, String) {
    let text = format::bytes(layout.bytes_read);
    (layout.bytes_read as f64, text, String::new())
}

fn count_bars(
    ui: &mut Ui,
    label: &str,
    read: &ReadFigures,
    bench: &Bench<'_>,
    value: fn(&ReadLayout) -> (f64, String, String),
) {
    let t = tokens(ui);
    let shown: Vec<Bar> = read
        .layouts
        .iter()
        .map(|layout| {
            let name = title(bench, &layout.id);
            let color = layout_color(t, bench.lab, &layout.id);
            if layout.cannot.is_some() {
                return Bar {
                    name,
                    color,
                    text: "no answer".to_owned(),
                    ..Bar::default()
                };
            }
            let (value, text, note) = value(layout);
            Bar {
                name,
                color,
                value: Some(value),
                text,
                note,
                ..Bar::default()
            }
        })
        .collect();
    bars(ui, label, &shown);
}

fn cold_line(layout: &ReadLayout) -> String {
    format!("first run after opening: {}", milliseconds(layout.cold_ms))
}

/// A time for people.
pub fn milliseconds(ms: f64) -> String {
    format::duration(Duration::from_secs_f64(ms.max(0.0) / 1e3))
}
