//! The editor of an answer, and what can be done with it.

use egui::{Align, Frame, Id, Layout, Margin, RichText, Ui};

use crate::practice::progress::Entry;
use crate::ui_kit::code::CodeEditor;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{semibold, tokens, widgets};
use crate::workspace::highlight_sql;
use crate::workspace::practice::desk::Desk;
use crate::workspace::practice::{Outcome, Practice, PracticeAction};

pub fn ui(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    let t = tokens(ui);
    Frame::new()
        .inner_margin(Margin::symmetric(14, 8))
        .show(ui, |ui| head(ui, practice, desk));
    let is_same = practice.asked == practice.draft;
    let error = match &practice.outcome {
        Outcome::Failed(error) if is_same => error.place.clone(),
        Outcome::Graded(verdict) if is_same => verdict.place.map(|p| p.start..p.end),
        _ => None,
    };
    Frame::new().fill(t.raised).show(ui, |ui| {
        let editor = CodeEditor {
            id: Id::unique(format!("drill-{}", desk.drill.id)),
            name: "Answer editor",
            highlighter: &highlight_sql,
            error,
        };
        if editor.ui(ui, &mut practice.draft).changed() {
            note(practice, desk);
        }
    });
}

/// Writes the text down as it stands.
fn note(practice: &Practice, desk: &Desk<'_>) {
    desk.note(Entry::Draft {
        item: desk.item(),
        text: practice.draft.clone(),
    });
}

fn head(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Your answer").font(semibold(14.0)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if desk.activity_ui(ui) {
                return;
            }
            let is_ready = practice.data.is_some();
            if widgets::primary_button(ui, Sign::SendHorizontal, "Submit", is_ready)
                .on_hover_text("Grade the answer on all variants of the data (Ctrl+Shift+Enter)")
                .clicked()
            {
                desk.ask(PracticeAction::Submit);
            }
            if widgets::text_button(ui, Sign::Play, "Run", is_ready)
                .on_hover_text("See its rows, as often as you like (Ctrl+Enter)")
                .clicked()
            {
                desk.ask(PracticeAction::Run);
            }
            let last = desk.record().attempts.last();
            if let Some(last) = last.filter(|_| practice.draft.is_empty())
                && widgets::text_button(ui, Sign::History, "My last answer", true).clicked()
            {
                practice.draft.clone_from(&last.text);
                note(practice, desk);
            }
        });
    });
}
