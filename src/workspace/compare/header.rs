//! The lab, the decision it is about, and its run.

use egui::{Align, Label, Layout, RichText, Ui};

use super::state::SaveForm;
use super::{Bench, Compare, CompareAction, CompareState, RunStatus, earlier};
use crate::lab::export::conditions;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, semibold, tokens, widgets};

/// Scales a lab can be measured at with one click.
const SCALES: [(u64, &str, &str); 4] = [
    (
        10_000,
        "10 k",
        "10,000 rows in the largest table of the model",
    ),
    (
        100_000,
        "100 k",
        "100,000 rows in the largest table of the model",
    ),
    (
        1_000_000,
        "1 M",
        "A million rows in the largest table of the model",
    ),
    (
        10_000_000,
        "10 M",
        "Ten million rows: minutes, and gigabytes on disk while it runs",
    ),
];

pub fn ui(ui: &mut Ui, compare: &mut Compare, state: &mut CompareState, bench: &Bench<'_>) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            run_button(ui, bench);
            save_menu(ui, compare, bench);
            if let Some(rows) = widgets::segmented(ui, state.rows, &SCALES) {
                bench.ask(CompareAction::SetRows(rows));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let title = RichText::new(&bench.lab.title).font(semibold(17.0));
                ui.add(Label::new(title).truncate());
            });
        });
    });
    let ink = tokens(ui).text_secondary;
    let question = RichText::new(&bench.lab.question).color(ink);
    ui.add(Label::new(question).wrap());
    ui.horizontal(|ui| {
        status(ui, compare, bench);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_open = state.diagrams_open;
            let name = if is_open {
                "Hide the diagrams"
            } else {
                "Show the diagrams"
            };
            if widgets::small_icon_button(ui, Sign::Network, name).clicked() {
                state.diagrams_open = !is_open;
                bench.ctx.actions.push(crate::workspace::Action::Changed);
            }
            let model = widgets::small_icon_button(ui, Sign::Table2, "Show the model in Explore");
            if model.clicked() {
                bench.ask(CompareAction::ShowModel);
            }
            earlier::menu(ui, compare);
        });
    });
}

fn run_button(ui: &mut Ui, bench: &Bench<'_>) {
    if bench.activity.is_some() {
        if widgets::primary_button(ui, Sign::Square, "Cancel", true)
            .on_hover_text("Stop measuring; the figures that are there stay (Esc)")
            .clicked()
        {
            bench.ask(CompareAction::Cancel);
        }
    } else if widgets::primary_button(ui, Sign::Play, "Measure", true)
        .on_hover_text("Build the layouts anew and measure again (Ctrl+Enter)")
        .clicked()
    {
        bench.ask(CompareAction::Run);
    }
}

fn save_menu(ui: &mut Ui, compare: &Compare, bench: &Bench<'_>) {
    let ink = tokens(ui).text_secondary;
    let font = egui::FontId::proportional(13.0);
    let label = icons::with_text(Sign::Download, "Save", font, ink);
    let is_there = compare.report.as_ref().is_some_and(|r| r.is_complete);
    let menu = ui.add_enabled_ui(is_there, |ui| {
        ui.menu_button(label, |ui| {
            for form in SaveForm::ALL {
                if ui.button(form.label()).clicked() {
                    bench.ask(CompareAction::Save(form));
                    ui.close();
                }
            }
        })
        .response
    });
    menu.inner.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, is_there, "Save the figures")
    });
}

/// What is measured, or what was measured and where.
fn status(ui: &mut Ui, compare: &Compare, bench: &Bench<'_>) {
    let t = tokens(ui);
    if let Some(activity) = bench.activity {
        widgets::progress(ui, Some(activity.fraction), 140.0);
        let elapsed = format::duration(activity.since.elapsed());
        widgets::faint(ui, format!("{} · {elapsed}", activity.detail));
        ui.ctx()
            .request_repaint_after(std::time::Duration::from_millis(200));
    }
    let Some(report) = &compare.report else {
        return;
    };
    match &compare.status {
        RunStatus::Failed(_) => {
            ui.label(
                RichText::new("The newest run failed")
                    .small()
                    .color(t.danger),
            );
        }
        RunStatus::Cancelled => {
            ui.label(
                RichText::new("Cancelled: these are the figures that were there")
                    .small()
                    .color(t.warning),
            );
        }
        _ => {}
    }
    let measured = conditions(report);
    let text = match (compare.is_preview, bench.activity.is_some()) {
        (true, true) => format!("First figures, small: {measured}"),
        _ => format!("Measured here with {measured}"),
    };
    let hint = "Medians of interleaved runs, one after the other on the same data. A ratio has an interval that covers the true one in 95 of 100 cases; only what lies outside of ± 5 % is called faster or slower.";
    widgets::faint(ui, text).on_hover_text(hint);
}
