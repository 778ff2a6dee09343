//! The rows of the selected table, below the diagram, and the way along references through them.

mod header;
mod links;
mod links_ui;
mod trail;

use egui::{Frame, Margin, Panel, Ui};

pub use links::RowLinks;
pub use trail::{Peek, Rows};

use super::Panels;
use super::model::{Explore, ExploreState};
use crate::engine::StopReason;
use crate::ui_kit::grid::grid_ui;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{tokens, widgets};
use crate::workspace::{Action, DataStatus, StoredRows, WorkspaceContext};

/// Narrower than this the rows keep the room to themselves.
const ROOM_FOR_LINKS: f32 = 460.0;

pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    panels: &mut Panels,
    ctx: &WorkspaceContext<'_>,
) {
    header::ui(ui, &mut explore.rows, state, panels, ctx);
    if !has_rows(ui, &explore.rows, ctx) {
        return;
    }
    find_links(&mut explore.rows, ctx);
    if let Some(links) = &explore.rows.links
        && ui.available_width() > ROOM_FOR_LINKS
    {
        let room = ui.available_width();
        Panel::right("row-links")
            .frame(Frame::new().inner_margin(Margin::symmetric(10, 2)))
            .default_size(280.0)
            .size_range(190.0..=(room * 0.6).max(191.0))
            .show(ui, |ui| links_ui::ui(ui, links, ctx));
    }
    let Rows { shown, links, .. } = &mut explore.rows;
    let Some(peek) = shown else { return };
    let name = if peek.place.is_filtered() {
        format!("Rows of {}", peek.place.title())
    } else {
        "First rows".to_owned()
    };
    let source = StoredRows::new(&peek.store, None);
    let action = grid_ui(ui, &name, &mut peek.grid, &source);
    // Enter on a reference goes where it leads.
    if let (Some((row, column)), Some(links)) = (action.activated, links)
        && links.row == row
        && let Some(column) = peek.store.columns().get(column)
        && let Some(place) = links.parent_of(&column.name)
    {
        ctx.actions.push(Action::Follow(place));
    }
}

/// Whether there is something for the grid; else says what there is instead.
fn has_rows(ui: &mut Ui, rows: &Rows, ctx: &WorkspaceContext<'_>) -> bool {
    let t = tokens(ui);
    let Some(peek) = rows.shown() else {
        return false;
    };
    let stopped = peek.store.stopped();
    if let Some((StopReason::Failed(error), _)) = &stopped
        && peek.store.row_count() == 0
        && ctx.data.status != DataStatus::Making
    {
        Frame::new()
            .inner_margin(Margin::symmetric(14, 2))
            .show(ui, |ui| {
                widgets::callout(ui, Sign::CircleAlert, t.danger, |ui| {
                    ui.label(&error.message);
                });
            });
        return false;
    }
    if peek.store.columns().is_empty() {
        if ctx.data.status == DataStatus::Making {
            widgets::empty_state(ui, Sign::LoaderCircle, "The data is being made", "");
        } else if matches!(stopped, Some((StopReason::Cancelled, _))) {
            widgets::empty_state(ui, Sign::CircleStop, "Cancelled", "Select the table again");
        } else {
            widgets::empty_state(ui, Sign::LoaderCircle, "Reading rows…", "");
        }
        return false;
    }
    if peek.place.is_filtered() && peek.store.row_count() == 0 && stopped.is_some() {
        widgets::empty_state(
            ui,
            Sign::Unlink,
            &format!("No such row in {}", peek.place.table),
            &format!("None has {}", peek.place.filter_text()),
        );
        return false;
    }
    true
}

/// Follows the selection of the grid: what hangs together with the row, and how many.
fn find_links(rows: &mut Rows, ctx: &WorkspaceContext<'_>) {
    let Rows { shown, links, .. } = rows;
    let Some(peek) = shown else { return };
    let row = peek.grid.selection.map(|selection| selection.cursor.0);
    if links.as_ref().map(|l| l.row) == row {
        return;
    }
    *links = row
        .filter(|row| *row < peek.store.row_count())
        .map(|row| RowLinks::new(ctx.pack, &peek.place.table, &peek.store, row));
    if links.is_some() {
        ctx.actions.push(Action::CountLinks);
    }
}
