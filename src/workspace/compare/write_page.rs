//! One change: the rows and bytes each layout has to write for it.

use egui::Ui;

use super::overview::title;
use super::parts::{layout_color, layout_title, side_by_side, statement};
use super::read_page::milliseconds;
use super::{Bench, Compare, parts, to_scale};
use crate::catalog::Write;
use crate::lab::{WriteFigures, verdict};
use crate::ui_kit::bars::{Bar, bars};
use crate::ui_kit::{format, tokens, widgets};

pub fn ui(ui: &mut Ui, write: &Write, compare: &Compare, bench: &Bench<'_>) {
    parts::title(ui, &write.title, &write.text);
    let figures = compare.report.as_ref().and_then(|r| r.write(&write.id));
    let Some(figures) = figures else {
        ui.add_space(8.0);
        parts::waiting(ui, bench);
        ui.add_space(8.0);
        side_by_side(ui, bench.lab, |ui, layout| {
            layout_title(ui, bench.lab, layout);
            if let Some(sql) = write.statements.of(layout) {
                statement(ui, layout, sql, None);
            }
        });
        return;
    };
    parts::notice(ui, &write.notice);
    fields(ui, figures, bench);
    if ui.available_width() > 640.0 {
        ui.columns(2, |columns| {
            widgets::section(&mut columns[0], "Bytes the commit writes");
            byte_bars(&mut columns[0], figures, bench);
            widgets::section(&mut columns[1], "Time up to the commit");
            time_bars(&mut columns[1], figures, bench);
        });
    } else {
        widgets::section(ui, "Bytes the commit writes");
        byte_bars(ui, figures, bench);
        widgets::section(ui, "Time up to the commit");
        time_bars(ui, figures, bench);
    }
    widgets::section(ui, "The change, as each layout needs it");
    let first = figures.layouts.iter().find(|l| l.cannot.is_none());
    side_by_side(ui, bench.lab, |ui, id| {
        layout_title(ui, bench.lab, id);
        let Some(layout) = figures.layout(id) else {
            return;
        };
        match &layout.cannot {
            Some(reason) => {
                widgets::secondary(ui, format!("Cannot: {reason}"));
            }
            None => {
                let against = first.filter(|f| f.id != id).map(|f| f.sql.as_str());
                statement(ui, id, &layout.sql, against);
            }
        }
    });
}

/// Rows written, drawn to one scale.
fn fields(ui: &mut Ui, figures: &WriteFigures, bench: &Bench<'_>) {
    widgets::section(ui, "Rows written, one square each");
    let most = figures.layouts.iter().map(|l| l.rows_written).max();
    side_by_side(ui, bench.lab, |ui, id| {
        layout_title(ui, bench.lab, id);
        let Some(layout) = figures.layout(id) else {
            return;
        };
        match &layout.cannot {
            Some(reason) => {
                widgets::secondary(ui, format!("Cannot: {reason}"));
            }
            None => {
                let color = layout_color(tokens(ui), bench.lab, id);
                let name = title(bench, id);
                to_scale::field(ui, &name, layout.rows_written, most.unwrap_or(1), color);
            }
        }
    });
}

/// Rows written, as bars.
pub fn row_bars(ui: &mut Ui, figures: &WriteFigures, bench: &Bench<'_>) {
    let shown = of_layouts(ui, figures, bench, |layout| {
        (
            layout.rows_written as f64,
            format::counted(layout.rows_written, "row"),
            String::new(),
        )
    });
    bars(ui, &format!("Rows written by {}", figures.title), &shown);
}

fn byte_bars(ui: &mut Ui, figures: &WriteFigures, bench: &Bench<'_>) {
    let shown = of_layouts(ui, figures, bench, |layout| {
        let bytes = layout.bytes_written;
        (bytes as f64, format::bytes(bytes), String::new())
    });
    bars(ui, "Bytes written", &shown)
        .on_hover_text("What the commit added to the log of the database, or to its files");
}

fn time_bars(ui: &mut Ui, figures: &WriteFigures, bench: &Bench<'_>) {
    let shown = of_layouts(ui, figures, bench, |layout| {
        let words = layout.against_first.as_ref().map(verdict::of_comparison);
        let ms = layout.time.median_ms;
        (ms, milliseconds(ms), words.unwrap_or_default())
    });
    bars(ui, "Time of the change", &shown).on_hover_text(
        "Median of runs that were taken back. The commit itself waits for the disk and is left out",
    );
}

fn of_layouts(
    ui: &Ui,
    figures: &WriteFigures,
    bench: &Bench<'_>,
    value: impl Fn(&crate::lab::WriteLayout) -> (f64, String, String),
) -> Vec<Bar> {
    let t = tokens(ui);
    figures
        .layouts
        .iter()
        .map(|layout| {
            let name = title(bench, &layout.id);
            let color = layout_color(t, bench.lab, &layout.id);
            if layout.cannot.is_some() {
                return Bar {
                    name,
                    color,
                    text: "cannot".to_owned(),
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
        .collect()
}
