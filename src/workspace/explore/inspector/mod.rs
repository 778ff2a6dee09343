//! What there is to know about the selected table, view or relation, or of the model in brief.

mod columns;
mod overview;
mod relation;
mod table;
mod view;

use egui::{Label, RichText, ScrollArea, Ui};

use super::Panels;
use super::model::{Explore, ExploreState, Selected};
use crate::model::same_name;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{semibold, tokens, widgets};
use crate::workspace::WorkspaceContext;

pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    panels: &mut Panels,
    ctx: &WorkspaceContext<'_>,
) {
    let selected = state.selected.clone();
    // Text to read, not controls to hit: rows as tall as their letters.
    ui.spacing_mut().interact_size.y = 18.0;
    ui.spacing_mut().item_spacing.y = 4.0;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| match selected {
            None => overview::ui(ui, explore, state, panels, ctx),
            Some(Selected::Relation(index)) => match ctx.pack.schema.relations.get(index) {
                Some(relation) => relation::ui(ui, explore, state, ctx, relation),
                None => overview::ui(ui, explore, state, panels, ctx),
            },
            Some(Selected::Table(name) | Selected::Column { table: name, .. }) => {
                let schema = &ctx.pack.schema;
                if let Some(table) = schema.table(&name) {
                    table::ui(ui, explore, state, panels, ctx, table);
                } else if let Some(view) = schema.views.iter().find(|v| same_name(&v.name, &name)) {
                    view::ui(ui, explore, state, ctx, view);
                }
            }
        });
}

fn heading(ui: &mut Ui, state: &mut ExploreState, name: &str, sub: &str) {
    let title = RichText::new(name).font(semibold(16.0));
    let is_closed = widgets::title_row(ui, title, 24.0, |ui| {
        widgets::icon_button(ui, Sign::X, "Back to the model").clicked()
    });
    if is_closed {
        state.selected = None;
    }
    widgets::faint(ui, sub);
}

/// A line that selects another table.
fn jump(ui: &mut Ui, explore: &mut Explore, state: &mut ExploreState, table: &str, text: &str) {
    let t = tokens(ui);
    let row = widgets::list_row(ui, text, false, 26.0, |ui| {
        ui.label(icons::rich(Sign::ArrowRight, 13.0, t.text_faint));
        ui.add(Label::new(text).truncate().selectable(false));
    });
    if row.clicked() {
        state.selected = Some(Selected::Table(table.to_owned()));
        explore.reveal_selected = true;
    }
}

fn bullet(ui: &mut Ui, text: &str) {
    let t = tokens(ui);
    ui.horizontal_top(|ui| {
        ui.label(RichText::new("·").color(t.text_faint));
        ui.add(Label::new(RichText::new(text).color(t.text_secondary)).wrap());
    });
}
