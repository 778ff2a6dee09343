//! The question, a clock, and room for notes.

use egui::{Label, RichText, TextEdit, Ui, Vec2};

use super::{CardDesk, Open};
use crate::practice::card_minutes;
use crate::practice::progress::Entry;
use crate::ui_kit::{format, semibold, tokens, widgets};

pub fn ui(ui: &mut Ui, desk: &mut CardDesk, open: &Open<'_>) {
    let t = tokens(ui);
    let card = open.card;
    ui.horizontal_wrapped(|ui| {
        widgets::badge(ui, card.kind.title(), t.accent);
        for concept in &card.concepts {
            widgets::badge(ui, concept, t.text_secondary);
        }
    });
    ui.add_space(4.0);
    ui.add(Label::new(RichText::new(&card.question).font(semibold(22.0))).wrap());
    clock(ui, desk, open);
    ui.add_space(8.0);
    let hint = if desk.is_shown {
        "No notes"
    } else {
        "Answer aloud, as in the interview. Room for notes, where you like"
    };
    let field = TextEdit::multiline(&mut desk.notes)
        .hint_text(hint)
        .desired_width(f32::INFINITY)
        .desired_rows(if desk.is_shown { 2 } else { 6 })
        .margin(Vec2::new(10.0, 8.0))
        // Not after it was rated: then the notes are those of the next time.
        .interactive(!desk.is_rated);
    let field = ui.add(field);
    field.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::MultilineTextInput, true, "Your notes")
    });
    if field.changed() {
        open.note(Entry::Draft {
            item: open.item(),
            text: desk.notes.clone(),
        });
    }
}

/// How long one is thinking, against the time to answer in.
fn clock(ui: &mut Ui, desk: &mut CardDesk, open: &Open<'_>) {
    let seconds = desk.seconds();
    let aim = format::counted(card_minutes(open.card).into(), "minute");
    let spent = format!("{}:{:02}", seconds / 60, seconds % 60);
    let text = if desk.is_shown {
        format!("Answered in {spent}, {aim} to aim for")
    } else {
        ui.ctx()
            .request_repaint_after(std::time::Duration::from_secs(1));
        format!("{spent}, {aim} to aim for")
    };
    widgets::faint(
        ui,
        format!("{text} · {} · {}", open.pack.title, open.card.source),
    );
}
