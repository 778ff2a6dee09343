//! The profile of a column, under its line in the inspector.

use egui::{CornerRadius, Frame, Margin, RichText, Stroke, Ui};

use super::{Look, Profiles, chart, fact, words};
use crate::engine::{ColumnProfile, EngineError};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, medium, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext};

pub fn ui(ui: &mut Ui, profiles: &Profiles, table: &str, column: &str, ctx: &WorkspaceContext<'_>) {
    let t = tokens(ui);
    Frame::new()
        .fill(t.raised)
        .stroke(Stroke::new(1.0, t.border))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            match profiles.column(table, column, ctx) {
                Look::Made(profile) => profile_ui(ui, profile, ctx),
                Look::Running => running(ui),
                Look::NoData => {
                    widgets::faint(ui, "Its values can be counted once the data is made");
                }
                Look::Failed(error) => failed(ui, error, table, column, ctx),
            }
        });
    ui.add_space(4.0);
}

fn running(ui: &mut Ui) {
    let ink = tokens(ui).accent;
    ui.horizontal(|ui| {
        ui.label(icons::rich(Sign::LoaderCircle, 13.0, ink));
        widgets::secondary(ui, "Counting its values…");
    });
}

fn failed(ui: &mut Ui, error: &EngineError, table: &str, column: &str, ctx: &WorkspaceContext<'_>) {
    let ink = tokens(ui).danger;
    if error.is_cancelled {
        widgets::secondary(ui, "Cancelled");
    } else {
        ui.label(RichText::new(&error.message).color(ink));
    }
    if widgets::text_button(ui, Sign::RotateCcw, "Count again", true).clicked() {
        ctx.actions.push(Action::Profile {
            table: table.to_owned(),
            column: Some(column.to_owned()),
        });
    }
}

fn profile_ui(ui: &mut Ui, profile: &ColumnProfile, ctx: &WorkspaceContext<'_>) {
    let rows = format::counted(profile.rows, "row");
    let title = RichText::new(format!("Values in {rows}")).font(medium(12.5));
    let name = format!("Copy the profile of {}", profile.column);
    let is_copied = widgets::title_row(ui, title, 22.0, |ui| {
        widgets::small_icon_button(ui, Sign::Copy, &name).clicked()
    });
    if is_copied {
        ctx.actions.push(Action::Copy {
            text: words::for_clipboard(profile),
            what: format!("The profile of {}", profile.column),
        });
    }
    if profile.rows == 0 {
        widgets::secondary(ui, "The table has no rows");
        return;
    }
    if let Some(histogram) = &profile.histogram {
        chart::histogram(ui, profile, histogram);
    }
    for (name, value) in words::facts(profile) {
        fact::ui(ui, name, &value, ctx);
    }
    top_values(ui, profile, ctx);
}

fn top_values(ui: &mut Ui, profile: &ColumnProfile, ctx: &WorkspaceContext<'_>) {
    if profile.top.is_skipped {
        widgets::faint(ui, "Most rows have a value of their own");
        return;
    }
    let most = profile.top.values.first().map_or(0, |(_, rows)| *rows);
    // A list of values that occur once says no more than "all different".
    let is_key = most <= 1 && profile.present > profile.top.values.len() as u64;
    if profile.top.values.is_empty() || is_key {
        return;
    }
    let all = profile
        .distinct
        .is_some_and(|d| d.value == profile.top.values.len() as u64);
    let title = match (all, profile.top.is_estimate) {
        (true, _) => "All values",
        (false, false) => "Most frequent values",
        (false, true) => "About the most frequent values",
    };
    ui.add_space(4.0);
    ui.label(RichText::new(title).font(medium(12.5)));
    chart::top_values(ui, profile, ctx);
}
