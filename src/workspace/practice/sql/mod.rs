//! Drills that are answered with SQL and really graded.
//!
//! [`task`] is what is wanted, [`answer`] the editor, [`verdict`] what the grader says, and
//! [`solutions`] and [`ways`] what is shown afterwards.

mod answer;
mod solutions;
mod task;
mod verdict;
mod ways;

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

use super::Practice;
use super::desk::Desk;
use crate::ui_kit::tokens;

/// Draws the screen of a SQL drill.
pub fn ui(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    let t = tokens(ui);
    let drill = desk.drill;
    let panel = Frame::new().fill(t.panel);
    let width = ui.available_width();
    Panel::left("drill-task")
        .frame(panel)
        .default_size((width * 0.42).clamp(280.0, 560.0))
        .size_range(240.0..=(width - 320.0).max(241.0))
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt(("task", &drill.id))
                .auto_shrink(false)
                .show(ui, |ui| {
                    Frame::new()
                        .inner_margin(Margin {
                            left: 16,
                            right: 16,
                            top: 10,
                            bottom: 24,
                        })
                        .show(ui, |ui| task::ui(ui, practice, desk));
                });
        });
    let height = ui.available_height();
    Panel::top("drill-editor")
        .frame(panel)
        .resizable(true)
        .default_size((height * 0.42).max(200.0))
        .size_range(150.0..=(height - 120.0).max(151.0))
        .show(ui, |ui| answer::ui(ui, practice, desk));
    CentralPanel::no_frame().frame(panel).show(ui, |ui| {
        ScrollArea::vertical()
            .id_salt(("outcome", &drill.id))
            .auto_shrink(false)
            .show(ui, |ui| {
                Frame::new()
                    .inner_margin(Margin::symmetric(16, 10))
                    .show(ui, |ui| {
                        verdict::ui(ui, practice, desk);
                        solutions::ui(ui, practice, desk);
                    });
            });
    });
}
