//! Which database? Question after question, to a kind of database and what to say of it.
//!
//! [`step`] is a question, [`result`] where the answers lead, [`tables`] compare the kinds.

mod result;
mod state;
mod step;
mod tables;

use egui::{CentralPanel, Frame, Key, Label, Margin, Modifiers, RichText, ScrollArea, Ui};

pub use state::GuideState;

use super::Practice;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext};

/// The widest a page may be, in points.
const PAGE_WIDTH: f32 = 900.0;

/// Draws the question one has come to, or where the answers led.
pub fn ui(
    ui: &mut Ui,
    practice: &mut Practice,
    state: &mut GuideState,
    ctx: &WorkspaceContext<'_>,
) {
    let guide = &ctx.catalog.guide;
    let before = state.clone();
    let is_free = ui.memory(|m| m.focused().is_none() && m.top_modal_layer().is_none());
    if is_free && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Backspace)) {
        state.back();
    }
    let panel = Frame::new().fill(tokens(ui).panel);
    CentralPanel::no_frame().frame(panel).show(ui, |ui| {
        ScrollArea::vertical()
            // Each step begins at its top.
            .id_salt(("guide", state.taken.len(), &state.database))
            .auto_shrink(false)
            .show(ui, |ui| {
                Frame::new()
                    .inner_margin(Margin {
                        left: 24,
                        right: 24,
                        top: 16,
                        bottom: 32,
                    })
                    .show(ui, |ui| {
                        ui.set_max_width(PAGE_WIDTH.min(ui.available_width()));
                        trail(ui, state, ctx);
                        if let Some(database) = state.database(guide) {
                            result::ui(ui, practice, database, ctx);
                            tables::ui(ui, guide, &database.id);
                        } else if let Some(step) = state.step(guide) {
                            step::ui(ui, guide, step, state);
                        } else {
                            widgets::secondary(ui, "The guide has no question");
                        }
                    });
            });
    });
    if *state != before {
        practice.counters.clear();
        ctx.actions.push(Action::Changed);
    }
}

/// The answers so far, each with its reason; a click goes back to its question.
fn trail(ui: &mut Ui, state: &mut GuideState, ctx: &WorkspaceContext<'_>) {
    let guide = &ctx.catalog.guide;
    let t = tokens(ui);
    if state.is_at_start() {
        return;
    }
    ui.horizontal(|ui| {
        if widgets::text_button(ui, Sign::ArrowLeft, "Back", true)
            .on_hover_text("To the question before (Backspace or Alt+Left)")
            .clicked()
        {
            state.back();
        }
        if widgets::text_button(ui, Sign::RotateCcw, "From the start", true).clicked() {
            *state = GuideState::default();
        }
    });
    ui.add_space(4.0);
    let mut back_to = None;
    for (place, (step, choice)) in state.answers(guide).into_iter().enumerate() {
        let name = format!("{}: {}", step.question, choice.label);
        let row = widgets::list_row(ui, &name, false, 42.0, |ui| {
            ui.label(icons::rich(Sign::CircleCheck, 14.0, t.success));
            ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space(3.0);
                let label = RichText::new(&choice.label).font(medium(13.0));
                ui.add(Label::new(label).truncate());
                let because = RichText::new(&choice.because).size(12.0);
                ui.add(Label::new(because.color(t.text_secondary)).truncate());
            });
        });
        let hint = format!("{}\n{}", step.question, choice.because);
        if row.on_hover_text(hint).clicked() {
            back_to = Some(place);
        }
    }
    if let Some(place) = back_to {
        state.back_to(place);
    }
    ui.add_space(10.0);
}
