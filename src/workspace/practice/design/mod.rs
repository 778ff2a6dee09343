//! Drills whose answer is a model: not drawn yet.

use egui::{CentralPanel, Ui};

use super::Practice;
use super::desk::Desk;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::widgets;

/// Draws the screen of a design drill.
pub fn ui(ui: &mut Ui, _practice: &mut Practice, desk: &Desk<'_>) {
    CentralPanel::default().show(ui, |ui| {
        widgets::empty_state(
            ui,
            Sign::PencilRuler,
            &desk.drill.title,
            "Designs cannot be answered here yet",
        );
    });
}
