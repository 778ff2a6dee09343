//! The model answer, the points of a good one, what is asked next, and where it is shown.

use std::collections::BTreeSet;

use egui::{Align, Checkbox, CornerRadius, Frame, Label, Layout, Margin, RichText, Stroke, Ui};

use super::{CardDesk, Open};
use crate::catalog::Area;
use crate::practice::progress::Entry;
use crate::ui_kit::{markdown, medium, tokens, widgets};
use crate::workspace::practice::links;

pub fn ui(ui: &mut Ui, desk: &mut CardDesk, open: &Open<'_>) {
    earlier_notes(ui, open);
    widgets::section(ui, "A good answer");
    boxed(ui, |ui| markdown(ui, &open.card.answer));
    points(ui, desk, open);
    follow_ups(ui, desk, open);
    links::ui(ui, "Shown in", &open.card.see, open.ctx);
}

fn boxed(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let t = tokens(ui);
    Frame::new()
        .fill(t.raised)
        .stroke(Stroke::new(1.0, t.border))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(16, 12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            contents(ui);
        });
}

fn earlier_notes(ui: &mut Ui, open: &Open<'_>) {
    let notes = &open.record.earlier_notes;
    if !notes.is_empty() {
        widgets::section(ui, "Your notes of the time before");
        let text = RichText::new(notes).color(tokens(ui).text_secondary);
        ui.add(Label::new(text).wrap());
    }
}

/// What was in one's own answer: the more of it, the better it was known.
fn points(ui: &mut Ui, desk: &mut CardDesk, open: &Open<'_>) {
    widgets::section(ui, "What was in your answer?");
    let mut is_changed = false;
    for area in Area::ALL {
        let points = open.card.look_for.iter().enumerate();
        let mut points = points.filter(|(_, point)| point.area == area).peekable();
        if points.peek().is_none() {
            continue;
        }
        ui.add_space(2.0);
        ui.label(RichText::new(area.title()).font(medium(13.0)));
        for (index, point) in points {
            is_changed |= tick(ui, &mut desk.ticked, index, &point.text);
        }
    }
    // Once it is rated, ticks would be those of the next time.
    if is_changed && !desk.is_rated {
        open.note(Entry::Ticked {
            item: open.item(),
            points: desk.ticked.clone(),
        });
    }
}

fn follow_ups(ui: &mut Ui, desk: &mut CardDesk, open: &Open<'_>) {
    if open.card.follow_ups.is_empty() {
        return;
    }
    widgets::section(ui, "What may be asked next");
    let mut is_changed = false;
    for (index, question) in open.card.follow_ups.iter().enumerate() {
        is_changed |= tick(ui, &mut desk.follow_ups, index, question);
    }
    if is_changed && !desk.is_rated {
        open.note(Entry::FollowUps {
            item: open.item(),
            done: desk.follow_ups.clone(),
        });
    }
}

/// A line that can be ticked. Returns whether it was just now.
fn tick(ui: &mut Ui, ticked: &mut BTreeSet<usize>, index: usize, text: &str) -> bool {
    let mut is_on = ticked.contains(&index);
    let label = RichText::new(text).color(tokens(ui).text_secondary);
    let layout = Layout::left_to_right(Align::Min);
    let response = ui.with_layout(layout, |ui| ui.add(Checkbox::new(&mut is_on, label)));
    let response = response.inner;
    // What was clicked gives the keyboard back: 1 to 4 are for the ratings.
    if response.clicked() {
        response.surrender_focus();
    }
    if response.changed() {
        if is_on {
            ticked.insert(index);
        } else {
            ticked.remove(&index);
        }
    }
    response.changed()
}
