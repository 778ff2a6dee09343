//! Query: the questions of a model, an editor, and the rows that answer.

mod editor;
mod list;
mod model;
mod parameters;
mod results;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

pub use model::{Query, QueryState, Run, RunStatus, SCRATCH};

use super::WorkspaceContext;
use crate::ui_kit::tokens;

/// Draws the workspace into the space between the library and the status bar.
pub fn ui(ui: &mut Ui, query: &mut Query, state: &mut QueryState, ctx: &WorkspaceContext<'_>) {
    let t = tokens(ui);
    query.update(state, ctx);
    let panel = Frame::new().fill(t.panel);
    Panel::left("queries")
        .frame(panel.inner_margin(Margin::symmetric(8, 8)))
        .default_size(248.0)
        .size_range(180.0..=420.0)
        .show(ui, |ui| list::ui(ui, query, state, ctx));
    let height = ui.available_height();
    Panel::top("editor")
        .frame(panel)
        .resizable(true)
        .default_size((height * 0.52).max(220.0))
        .size_range(180.0..=(height - 120.0).max(181.0))
        .show(ui, |ui| editor::ui(ui, query, state, ctx));
    CentralPanel::no_frame()
        .frame(panel)
        .show(ui, |ui| results::ui(ui, query, state, ctx));
}
