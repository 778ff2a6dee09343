//! Explore: the diagram of a model, what there is to know about each table, and its rows.

mod about;
mod camera;
mod canvas;
mod inspector;
mod layout_job;
mod model;
mod paint;
mod rows;
mod toolbar;

use egui::{CentralPanel, Frame, Panel, Ui};

pub use camera::Camera;
pub use model::{DetailChoice, Explore, ExploreState, Peek, Pins, Selected};

use super::WorkspaceContext;
use crate::ui_kit::tokens;

/// Draws the workspace into the space between the library and the status bar.
pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    ctx: &WorkspaceContext<'_>,
) {
    let t = tokens(ui);
    explore.update(state, ctx, ui.ctx());
    let panel = Frame::new().fill(t.panel);
    if state.inspector_open {
        Panel::right("inspector")
            .frame(panel.inner_margin(egui::Margin::symmetric(14, 10)))
            .default_size(340.0)
            .size_range(260.0..=560.0)
            .show(ui, |ui| inspector::ui(ui, explore, state, ctx));
    }
    Panel::top("explore-toolbar")
        .frame(panel.inner_margin(egui::Margin::symmetric(12, 6)))
        .exact_size(44.0)
        .show(ui, |ui| toolbar::ui(ui, explore, state, ctx));
    if state.rows_open && explore.peek.is_some() {
        Panel::bottom("rows")
            .frame(panel)
            .resizable(true)
            .default_size(230.0)
            .size_range(120.0..=520.0)
            .show(ui, |ui| {
                // While there is little to show the panel keeps its height all the same.
                ui.set_min_height(ui.available_height());
                rows::ui(ui, explore, state, ctx);
            });
    }
    CentralPanel::no_frame()
        .frame(Frame::new().fill(t.canvas))
        .show(ui, |ui| canvas::ui(ui, explore, state, ctx));
}
