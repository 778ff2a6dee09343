//! What one machine cannot have, computed from the pack's keys, and drawn.

use egui::{RichText, Ui};
use egui_plot::{Legend, Line, Plot, PlotPoints};

use super::{Bench, Compare, parts};
use crate::catalog::{ChartKind, Simulation};
use crate::lab::{SimulatedValue, SimulationFigures};
use crate::ui_kit::bars::{Bar, bars_to};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, tokens, widgets};

pub fn ui(ui: &mut Ui, simulation: &Simulation, compare: &Compare, bench: &Bench<'_>) {
    parts::title(ui, &simulation.title, &simulation.text);
    let t = tokens(ui);
    ui.horizontal(|ui| {
        ui.label(icons::rich(Sign::FlaskConical, 13.0, t.hint));
        let text = "Simulated: computed from the keys of the generated rows, nothing of it was run on several machines";
        ui.label(RichText::new(text).small().color(t.text_secondary));
    });
    ui.add_space(6.0);
    let figures = compare
        .report
        .as_ref()
        .and_then(|r| r.simulations.iter().find(|s| s.id == simulation.id));
    let Some(figures) = figures else {
        parts::waiting(ui, bench);
        return;
    };
    parts::notice(ui, &simulation.notice);
    match figures.chart {
        ChartKind::Bars => bar_chart(ui, figures),
        ChartKind::Lines => line_chart(ui, figures),
    }
    ui.add_space(8.0);
    widgets::section(ui, "How it is computed");
    parts::statement(ui, "simulation", &simulation.sql, None);
}

/// The series in the order of the answer.
fn series(figures: &SimulationFigures) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for value in &figures.values {
        if !names.contains(&value.series.as_str()) {
            names.push(&value.series);
        }
    }
    names
}

fn of_series<'a>(
    figures: &'a SimulationFigures,
    name: &'a str,
) -> impl Iterator<Item = &'a SimulatedValue> {
    figures.values.iter().filter(move |v| v.series == name)
}

/// One group of bars for each series; all to one scale, so that groups can be compared.
fn bar_chart(ui: &mut Ui, figures: &SimulationFigures) {
    let t = tokens(ui);
    let names = series(figures);
    let most = figures.values.iter().map(|v| v.value).fold(0.0, f64::max);
    let across = if ui.available_width() > 640.0 && names.len() > 1 {
        2
    } else {
        1
    };
    for pair in names.chunks(across) {
        ui.columns(across, |columns| {
            for (column, name) in columns.iter_mut().zip(pair) {
                let index = names.iter().position(|n| n == name).unwrap_or(0);
                let color = t.series_color(index + 1);
                if !name.is_empty() {
                    widgets::section(column, name);
                }
                let values: Vec<f64> = of_series(figures, name).map(|v| v.value).collect();
                let shown: Vec<Bar> = of_series(figures, name)
                    .map(|value| Bar {
                        name: value.label.clone(),
                        color,
                        value: Some(value.value),
                        text: number(value.value, &figures.unit),
                        ..Bar::default()
                    })
                    .collect();
                bars_to(column, name, &shown, most);
                if values.len() > 2 {
                    widgets::faint(column, spread(&values));
                }
            }
        });
    }
}

/// How uneven the values are.
fn spread(values: &[f64]) -> String {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let most = values.iter().copied().fold(0.0, f64::max);
    if mean <= 0.0 {
        return String::new();
    }
    format!("the largest is {:.2} × the mean", most / mean)
}

fn line_chart(ui: &mut Ui, figures: &SimulationFigures) {
    let t = tokens(ui);
    let names = series(figures);
    let unit = figures.unit.clone();
    Plot::new(("simulation", &figures.id))
        .height(280.0)
        .legend(Legend::default())
        .allow_scroll(false)
        .allow_drag(false)
        .allow_zoom(false)
        .y_axis_label(unit)
        .show(ui, |plot| {
            for (index, name) in names.iter().enumerate() {
                let points: Vec<[f64; 2]> = of_series(figures, name)
                    .filter_map(|v| Some([v.label.parse().ok()?, v.value]))
                    .collect();
                let line = Line::new(*name, PlotPoints::from(points));
                plot.line(line.color(t.series_color(index + 1)).width(2.0));
            }
        });
}

fn number(value: f64, unit: &str) -> String {
    if unit.starts_with('%') {
        format!("{value:.1} %")
    } else if value.fract() == 0.0 && value >= 0.0 {
        format::count(value as u64)
    } else {
        format::number(value)
    }
}
