//! Explore: the diagram of a model, what there is to know about it, and its rows.
//!
//! [`canvas`] is the diagram, [`docs`] the documentation beside it, [`inspector`] speaks of what
//! is selected, [`profile`] of the values in it, [`rows`] shows rows and follows references.

mod canvas;
mod docs;
mod inspector;
mod layout_job;
mod look;
mod model;
mod panels;
mod profile;
mod rows;
mod toolbar;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

pub use super::picture::Camera;
pub use docs::Place;
pub use model::{DetailChoice, Explore, ExploreState, Pins, Selected};
pub use panels::Panels;
pub use profile::Profiles;
pub use rows::{Peek, Rows};

use super::WorkspaceContext;
use crate::ui_kit::tokens;

/// The diagram keeps at least this width beside the documentation.
const DIAGRAM_WIDTH: f32 = 220.0;

/// Draws the workspace into the space between the library and the status bar.
pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    panels: &mut Panels,
    ctx: &WorkspaceContext<'_>,
) {
    let t = tokens(ui);
    explore.update(state, ctx, ui.ctx());
    let panel = Frame::new().fill(t.panel);
    let window_width = ui.ctx().content_rect().width();
    if panels.inspector_open {
        Panel::right("inspector")
            .frame(panel.inner_margin(Margin::symmetric(14, 10)))
            .default_size(340.0)
            .size_range(260.0..=560.0)
            .show(ui, |ui| inspector::ui(ui, explore, state, panels, ctx));
    }
    Panel::top("explore-toolbar")
        .frame(panel.inner_margin(Margin::symmetric(12, 6)))
        .exact_size(44.0)
        .show(ui, |ui| toolbar::ui(ui, explore, state, panels, ctx));
    if panels.rows_open && explore.rows.is_open() {
        Panel::bottom("rows")
            .frame(panel)
            .resizable(true)
            .default_size(230.0)
            .size_range(120.0..=520.0)
            .show(ui, |ui| {
                // While there is little to show the panel keeps its height all the same.
                ui.set_min_height(ui.available_height());
                rows::ui(ui, explore, state, panels, ctx);
            });
    }
    if panels.is_documentation_open(window_width) {
        let widest = (ui.available_width() - DIAGRAM_WIDTH).max(261.0);
        let shown = Panel::left("documentation")
            .frame(panel)
            .default_size(
                panels
                    .documentation_width
                    .min(widest)
                    .min(window_width * 0.3),
            )
            .size_range(260.0..=widest.clamp(261.0, 760.0))
            .show(ui, |ui| docs::ui(ui, explore, state, panels, ctx));
        // Only what the user drags: a small window presses the panel, and that is no wish.
        let width = shown.response.rect.width();
        let before = std::mem::replace(&mut explore.documentation_width, width);
        let is_dragging = ui.input(|i| i.pointer.any_down());
        if is_dragging && before > 0.0 && (before - width).abs() > 0.5 {
            panels.documentation_width = width;
            ctx.actions.push(super::Action::Changed);
        }
    }
    CentralPanel::no_frame()
        .frame(Frame::new().fill(t.canvas))
        .show(ui, |ui| canvas::ui(ui, explore, state, ctx));
}
