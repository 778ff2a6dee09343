//! The statements of the design.

use egui::{Align, Frame, Id, Layout, Margin, RichText, Ui};

use super::Practice;
use crate::practice::progress::Entry;
use crate::ui_kit::code::CodeEditor;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{semibold, tokens, widgets};
use crate::workspace::highlight_sql;
use crate::workspace::practice::PracticeAction;
use crate::workspace::practice::desk::Desk;

pub fn ui(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    let t = tokens(ui);
    Frame::new()
        .inner_margin(Margin::symmetric(14, 8))
        .show(ui, |ui| head(ui, practice, desk));
    // A line that cannot be read is marked, once the drawing has caught up with the editor.
    let drawing = practice.designing.drawing.as_ref();
    let error = drawing
        .filter(|d| d.text == practice.draft)
        .and_then(|d| d.problems.first())
        .and_then(|(line, _)| range_of_line(&practice.draft, *line));
    Frame::new().fill(t.raised).show(ui, |ui| {
        let editor = CodeEditor {
            id: Id::unique(format!("design-{}", desk.drill.id)),
            name: "Design editor",
            highlighter: &highlight_sql,
            error,
        };
        if editor.ui(ui, &mut practice.draft).changed() {
            desk.note(Entry::Draft {
                item: desk.item(),
                text: practice.draft.clone(),
            });
        }
    });
    if practice.designing.drawn.as_ref() != Some(&practice.draft) {
        let is_anew = practice.designing.drawn.is_none();
        practice.designing.drawn = Some(practice.draft.clone());
        desk.ask(PracticeAction::Draw { is_anew });
    }
}

/// The bytes of a line, counted from 1, without its blanks.
fn range_of_line(text: &str, line: usize) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    for (index, content) in text.split_inclusive('\n').enumerate() {
        if index + 1 == line {
            let inner = content.trim();
            let from = start + content.find(inner).unwrap_or(0);
            return (!inner.is_empty()).then(|| from..from + inner.len());
        }
        start += content.len();
    }
    None
}

fn head(ui: &mut Ui, practice: &Practice, desk: &Desk<'_>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Your design").font(semibold(14.0)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if desk.activity_ui(ui) {
                return;
            }
            let is_ready = practice.designing.is_ready && !practice.draft.trim().is_empty();
            let text = match practice.designing.follow_up {
                Some(_) => "Check the change",
                None => "Check",
            };
            if widgets::primary_button(ui, Sign::ListChecks, text, is_ready)
                .on_hover_text("Look for what the task asks, fill the tables and ask the questions of them (Ctrl+Shift+Enter)")
                .clicked()
            {
                desk.ask(PracticeAction::Submit);
            }
        });
    });
    if let Some(error) = &practice.designing.failed {
        let t = tokens(ui);
        widgets::callout(ui, Sign::CircleAlert, t.danger, |ui| {
            ui.label(format!("The drill cannot be prepared: {}", error.message));
        });
    }
}
