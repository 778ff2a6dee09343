//! Practice: drills that are answered with SQL and really graded.
//!
//! [`drills`] is the list in the library's place, [`task`] what is wanted, [`answer`] the editor,
//! [`verdict`] what the grader says, and [`solutions`] what is shown afterwards.

mod answer;
mod drills;
mod solutions;
mod state;
mod task;
mod verdict;

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

pub use drills::drills_ui;
pub use state::{Attempt, DrillRecord, Outcome, Practice, PracticeAction, PracticeState};

use super::WorkspaceContext;
use crate::catalog::{Drill, Pack};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{tokens, widgets};

/// What the parts of the screen read.
struct Desk<'a> {
    drill: &'a Drill,
    pack: &'a Pack,
    /// What the thread does: `Grading`.
    activity: Option<&'static str>,
    ctx: &'a WorkspaceContext<'a>,
}

impl Desk<'_> {
    /// Asks the app for something.
    fn ask(&self, action: PracticeAction) {
        self.ctx.actions.push(super::Action::Practice(action));
    }

    fn changed(&self) {
        self.ctx.actions.push(super::Action::Changed);
    }
}

/// Draws the workspace into the space between the list of drills and the status bar.
pub fn ui(
    ui: &mut Ui,
    practice: &mut Practice,
    state: &mut PracticeState,
    activity: Option<&'static str>,
    ctx: &WorkspaceContext<'_>,
) {
    let t = tokens(ui);
    let found = state.drill.as_deref().and_then(|id| ctx.catalog.drill(id));
    let Some((pack, drill)) = found else {
        CentralPanel::default().show(ui, |ui| {
            widgets::empty_state(
                ui,
                Sign::Dumbbell,
                "No drill is open",
                "Pick one on the left (Ctrl+B shows the list)",
            );
        });
        return;
    };
    let desk = Desk {
        drill,
        pack,
        activity,
        ctx,
    };
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
                        .show(ui, |ui| task::ui(ui, practice, state, &desk));
                });
        });
    let height = ui.available_height();
    Panel::top("drill-editor")
        .frame(panel)
        .resizable(true)
        .default_size((height * 0.42).max(200.0))
        .size_range(150.0..=(height - 120.0).max(151.0))
        .show(ui, |ui| answer::ui(ui, practice, state, &desk));
    CentralPanel::no_frame().frame(panel).show(ui, |ui| {
        ScrollArea::vertical()
            .id_salt(("outcome", &drill.id))
            .auto_shrink(false)
            .show(ui, |ui| {
                Frame::new()
                    .inner_margin(Margin::symmetric(16, 10))
                    .show(ui, |ui| {
                        verdict::ui(ui, practice, state, &desk);
                        solutions::ui(ui, state, &desk);
                    });
            });
    });
}
