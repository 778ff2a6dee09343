//! What Practice is, until something was done.

use egui::{Label, RichText, Ui};

use super::{Page, items_and_minutes, queue, start_ui};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{tokens, widgets};
use crate::workspace::practice::PracticeState;

const LINES: [(Sign, &str); 3] = [
    (
        Sign::SquareTerminal,
        "Drills are graded for real: your SQL runs on data with ties, NULLs and missing rows, and a miss shows the smallest data that proves it",
    ),
    (
        Sign::Layers,
        "Cards are interview questions: answer aloud, hold your answer against a good one, and say how well you knew it",
    ),
    (
        Sign::CalendarCheck,
        "A session a day: what you are about to forget comes back first, then the next new things along the learning path",
    ),
];

pub fn ui(ui: &mut Ui, state: &mut PracticeState, page: &Page<'_>) {
    let t = tokens(ui);
    ui.add_space(6.0);
    for (sign, text) in LINES {
        ui.horizontal_top(|ui| {
            ui.label(icons::rich(sign, 16.0, t.accent));
            ui.add(Label::new(RichText::new(text).color(t.text_secondary)).wrap());
        });
    }
    ui.add_space(12.0);
    let minutes = state.minutes;
    start_ui(ui, state, page, "Start a session", minutes);
    let total = page.agenda.plan.iter().map(|p| p.minutes).sum();
    ui.add_space(8.0);
    widgets::section(ui, "Your first session");
    widgets::faint(ui, items_and_minutes(page.agenda.plan.len(), total));
    queue::rows(ui, page);
}
