//! The first rows of the selected table, below the diagram.

use egui::{Align, Layout, RichText, Ui};

use super::model::{Explore, ExploreState};
use crate::engine::StopReason;
use crate::ui_kit::grid::grid_ui;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{format, semibold, tokens, widgets};
use crate::workspace::{Action, DataStatus, StoredRows, WorkspaceContext};

pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    ctx: &WorkspaceContext<'_>,
) {
    let t = tokens(ui);
    let Some(peek) = &mut explore.peek else {
        return;
    };
    ui.horizontal(|ui| {
        ui.set_height(34.0);
        ui.add_space(14.0);
        ui.label(RichText::new(&peek.table).font(semibold(13.0)));
        widgets::faint(
            ui,
            extent(peek.store.row_count() as u64, ctx.data.rows_of(&peek.table)),
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(8.0);
            if widgets::icon_button(ui, Sign::X, "Close the rows").clicked() {
                state.rows_open = false;
                ctx.actions.push(Action::Changed);
            }
        });
    });
    if peek.store.columns().is_empty() {
        match (&ctx.data.status, peek.store.stopped()) {
            (DataStatus::Making, _) => {
                widgets::empty_state(ui, Sign::LoaderCircle, "The data is being made", "");
            }
            (_, Some((StopReason::Failed(error), _))) => {
                widgets::callout(ui, Sign::CircleAlert, t.danger, |ui| {
                    ui.label(&error.message);
                });
            }
            _ => widgets::empty_state(ui, Sign::LoaderCircle, "Reading rows…", ""),
        }
        return;
    }
    let source = StoredRows::new(&peek.store, None);
    grid_ui(ui, "First rows", &mut peek.grid, &source);
}

/// How many of the rows there are, said in full.
fn extent(shown: u64, all: Option<u64>) -> String {
    match all {
        Some(all) if all > shown => {
            format!(
                "first {} of {}",
                format::count(shown),
                format::counted(all, "row")
            )
        }
        _ => format!("all {}", format::counted(shown, "row")),
    }
}
