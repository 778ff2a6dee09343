//! The ways to answer a drill, measured beside each other: times, rows looked at, plans.

use std::time::Duration;

use egui::{Label, Ui};

use crate::lab::verdict::of_comparison;
use crate::practice::{Way, Ways};
use crate::ui_kit::bars::{Bar, bars};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{format, tokens, widgets};
use crate::workspace::plan_tree;
use crate::workspace::practice::desk::Desk;
use crate::workspace::practice::{Practice, PracticeAction};

pub fn ui(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    widgets::section(ui, "The ways compared");
    // Once, as soon as they may be seen; it takes seconds and gives way to everything else.
    if !practice.ways_asked && practice.data.is_some() && desk.view.activity.is_none() {
        practice.ways_asked = true;
        desk.ask(PracticeAction::MeasureWays);
    }
    match practice.ways.clone() {
        None => {
            widgets::secondary(ui, "Being measured on more rows than you were graded on…");
        }
        Some(Err(error)) => {
            let text = if error.is_cancelled {
                "The measurement was stopped".to_owned()
            } else {
                format!("They cannot be measured: {}", error.message)
            };
            ui.add(Label::new(text).wrap());
            again(ui, practice, desk);
        }
        Some(Ok(ways)) => {
            figures(ui, &ways);
            plans(ui, practice, &ways);
            again(ui, practice, desk);
        }
    }
}

fn again(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    if widgets::text_button(
        ui,
        Sign::RotateCw,
        "Measure again",
        desk.view.activity.is_none(),
    )
    .clicked()
    {
        practice.ways = None;
        practice.ways_asked = false;
    }
}

fn figures(ui: &mut Ui, ways: &Ways) {
    let t = tokens(ui);
    let all: Vec<Bar> = ways
        .ways
        .iter()
        .enumerate()
        .map(|(index, way)| Bar {
            name: way.title.clone(),
            color: t.series_color(index),
            value: way.cannot.is_none().then_some(way.spread.median_ms),
            spread: Some((way.spread.low_ms, way.spread.high_ms)),
            text: match &way.cannot {
                Some(reason) => reason.clone(),
                None => format::duration(Duration::from_secs_f64(
                    (way.spread.median_ms / 1e3).max(0.0),
                )),
            },
            note: way
                .against_first
                .as_ref()
                .map_or_else(String::new, of_comparison),
            ..Bar::default()
        })
        .collect();
    bars(ui, "Time of each way", &all);
    let first = ways.ways.first().map_or("", |w| w.title.as_str());
    widgets::faint(
        ui,
        format!(
            "Medians of interleaved runs on one thread, over {}; the others against “{first}”",
            format::counted(ways.rows, "row")
        ),
    );
}

/// Of each way, what DuckDB did for it.
fn plans(ui: &mut Ui, practice: &mut Practice, ways: &Ways) {
    for (index, way) in ways.ways.iter().enumerate() {
        let Some(plan) = &way.plan else { continue };
        let is_open = practice.plans_shown.contains(&index);
        if widgets::disclosure_head(ui, &summary(way), is_open).clicked()
            && !practice.plans_shown.remove(&index)
        {
            practice.plans_shown.insert(index);
        }
        if is_open {
            ui.push_id(("plan", index), |ui| plan_tree(ui, &way.title, plan));
        }
    }
}

/// `Plan of With NOT EXISTS: 7 operators, 120,000 rows looked at`.
fn summary(way: &Way) -> String {
    let Some(plan) = &way.plan else {
        return String::new();
    };
    let operators = plan.root.all().len() as u64;
    format!(
        "Plan of {}: {}, {} looked at",
        way.title,
        format::counted(operators, "operator"),
        format::counted(plan.rows_scanned(), "row")
    )
}
