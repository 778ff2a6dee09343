//! The lab at several scales: a curve for each layout, and where they cross.

use egui::{RichText, Ui};
use egui_plot::{GridMark, Legend, Line, MarkerShape, Plot, PlotPoints, Points};

use super::overview::title;
use super::parts::layout_color;
use super::{Bench, Compare, CompareAction, RunStatus, parts};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{format, tokens, widgets};

pub fn ui(ui: &mut Ui, compare: &mut Compare, bench: &Bench<'_>) {
    let scales: Vec<String> = bench
        .lab
        .sweep
        .iter()
        .map(|rows| format::short_count(*rows))
        .collect();
    let under = format!(
        "The questions of this lab at {} rows, in the background. Where a curve rises more slowly, more rows will make it win.",
        scales.join(", ")
    );
    parts::title(ui, "At other scales", &under);
    ui.add_space(6.0);
    controls(ui, compare, bench);
    if let RunStatus::Failed(error) = &compare.sweep_status {
        parts::failure(ui, error, bench);
    }
    if compare.sweep.is_empty() {
        return;
    }
    ui.add_space(8.0);
    let first = bench.lab.reads.first().map(|r| r.id.clone());
    let open = compare.sweep_read.clone().or(first).unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        for read in &bench.lab.reads {
            let is_open = read.id == open;
            if ui.selectable_label(is_open, &read.title).clicked() {
                compare.sweep_read = Some(read.id.clone());
            }
        }
    });
    chart(ui, compare, &open, bench);
    crossings(ui, compare, &open, bench);
    table(ui, compare, &open, bench);
}

fn controls(ui: &mut Ui, compare: &Compare, bench: &Bench<'_>) {
    ui.horizontal(|ui| {
        let is_running = compare.sweep_status == RunStatus::Running;
        if is_running {
            if widgets::text_button(ui, Sign::Square, "Cancel the sweep", true).clicked() {
                bench.ask(CompareAction::Cancel);
            }
            let all = bench.lab.sweep.len().max(1) as f32;
            let part = bench.activity.filter(|a| a.is_sweep).map_or(0.0, |a| a.fraction);
            let done = (compare.sweep.len() as f32 + part) / all;
            widgets::progress(ui, Some(done), 160.0);
            if let Some(activity) = bench.activity {
                widgets::faint(ui, &activity.detail);
            }
        } else {
            let text = if compare.sweep.is_empty() { "Sweep" } else { "Sweep again" };
            let hint = "Builds the layouts at each scale and asks all questions; the largest takes minutes and gigabytes on disk. Everything else can be used meanwhile";
            if widgets::primary_button(ui, Sign::ChartLine, text, true)
                .on_hover_text(hint)
                .clicked()
            {
                bench.ask(CompareAction::Sweep);
            }
        }
    });
}

/// Rows and milliseconds of a layout, where it has an answer.
fn points(compare: &Compare, read: &str, layout: &str) -> Vec<(u64, f64)> {
    let times = compare.sweep.iter().filter_map(|(rows, report)| {
        let time = report.read(read)?.layout(layout)?.time.median_ms;
        (time > 0.0).then_some((*rows, time))
    });
    times.collect()
}

fn chart(ui: &mut Ui, compare: &Compare, read: &str, bench: &Bench<'_>) {
    let t = tokens(ui);
    // Both axes count powers of ten: equal factors are equal distances.
    let label = |mark: GridMark, _: &std::ops::RangeInclusive<f64>| {
        if mark.value.fract().abs() < 1e-6 {
            time_label(10_f64.powf(mark.value))
        } else {
            String::new()
        }
    };
    let rows = |mark: GridMark, _: &std::ops::RangeInclusive<f64>| {
        if mark.value.fract().abs() < 1e-6 {
            format::short_count(10_f64.powf(mark.value).round() as u64)
        } else {
            String::new()
        }
    };
    let powers = |_: egui_plot::GridInput| -> Vec<GridMark> {
        (-3..12)
            .map(|power| GridMark {
                value: f64::from(power),
                step_size: 1.0,
            })
            .collect()
    };
    Plot::new(("sweep", &bench.lab.id, read))
        .height(300.0)
        .legend(Legend::default())
        .allow_scroll(false)
        .allow_drag(false)
        .allow_zoom(false)
        .x_grid_spacer(powers)
        .y_grid_spacer(powers)
        .x_axis_formatter(rows)
        .y_axis_formatter(label)
        .x_axis_label("rows in the largest table")
        .y_axis_label("median time")
        .show(ui, |plot| {
            for layout in &bench.lab.layouts {
                let color = layout_color(t, bench.lab, &layout.id);
                let curve: Vec<[f64; 2]> = points(compare, read, &layout.id)
                    .into_iter()
                    .map(|(rows, ms)| [(rows as f64).log10(), ms.log10()])
                    .collect();
                let line = Line::new(&layout.title, PlotPoints::from(curve.clone()));
                plot.line(line.color(color).width(2.0));
                let dots = Points::new(&layout.title, PlotPoints::from(curve));
                plot.points(dots.color(color).radius(4.0).shape(MarkerShape::Circle));
            }
        });
}

fn time_label(ms: f64) -> String {
    match ms {
        t if t < 1.0 => format!("{:.0} µs", t * 1e3),
        t if t < 1_000.0 => format!("{t:.0} ms"),
        t => format!("{:.0} s", t / 1e3),
    }
}

/// Where a layout overtakes the first, read off between two measured scales.
fn crossings(ui: &mut Ui, compare: &Compare, read: &str, bench: &Bench<'_>) {
    let Some(first) = bench.lab.layouts.first() else {
        return;
    };
    let base = points(compare, read, &first.id);
    for layout in bench.lab.layouts.iter().skip(1) {
        let other = points(compare, read, &layout.id);
        let text = match crossing(&base, &other) {
            Some(rows) => format!(
                "{} and {} cross at about {} rows",
                first.title,
                layout.title,
                format::short_count(rows)
            ),
            None if other.len() > 1 => {
                format!("{} and {} do not cross here", first.title, layout.title)
            }
            None => continue,
        };
        widgets::secondary(ui, text);
    }
}

/// Rows at which two curves cross, by straight lines between measured points in powers of ten.
fn crossing(a: &[(u64, f64)], b: &[(u64, f64)]) -> Option<u64> {
    let gaps: Vec<(f64, f64)> = a
        .iter()
        .filter_map(|(rows, ms)| {
            let (_, other) = b.iter().find(|(r, _)| r == rows)?;
            Some(((*rows as f64).log10(), ms.log10() - other.log10()))
        })
        .collect();
    gaps.windows(2).find_map(|pair| {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        // A few per cent either way are no crossing.
        let is_clear = y0.abs().min(y1.abs()) > 0.02;
        (is_clear && y0.signum() != y1.signum()).then(|| {
            let x = x0 + (x1 - x0) * y0 / (y0 - y1);
            10_f64.powf(x).round() as u64
        })
    })
}

fn table(ui: &mut Ui, compare: &Compare, read: &str, bench: &Bench<'_>) {
    ui.add_space(6.0);
    let t = tokens(ui);
    egui::Grid::new(("sweep-table", read))
        .striped(true)
        .spacing([26.0, 4.0])
        .show(ui, |ui| {
            ui.label(RichText::new("rows").color(t.text_secondary));
            for layout in &bench.lab.layouts {
                ui.label(RichText::new(title(bench, &layout.id)).color(t.text_secondary));
            }
            ui.end_row();
            for (rows, report) in &compare.sweep {
                ui.label(format::count(*rows));
                for layout in &bench.lab.layouts {
                    let time = report
                        .read(read)
                        .and_then(|r| r.layout(&layout.id))
                        .filter(|l| l.cannot.is_none());
                    ui.label(time.map_or("no answer".to_owned(), |l| {
                        super::read_page::milliseconds(l.time.median_ms)
                    }));
                }
                ui.end_row();
            }
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_cross_between_the_points_where_the_order_turns() {
        let flat = [(10_000, 2.0), (100_000, 2.0), (1_000_000, 2.0)];
        let steep = [(10_000, 0.2), (100_000, 2.0 * 0.5), (1_000_000, 20.0)];
        let rows = crossing(&steep, &flat).expect("they cross");
        assert!((100_000..1_000_000).contains(&rows), "{rows}");
        assert_eq!(crossing(&flat, &flat), None);
        assert_eq!(crossing(&flat[..1], &steep[..1]), None);
    }
}
