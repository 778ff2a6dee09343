//! Pieces several pages share.

use egui::{Color32, CornerRadius, Frame, Label, Margin, RichText, ScrollArea, Sense, Ui, Vec2};

use super::{Bench, diff};
use crate::catalog::Lab;
use crate::engine::EngineError;
use crate::ui_kit::code::code_block_marked;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{Tokens, markdown, medium, semibold, tokens, widgets};
use crate::workspace::highlight_sql;

/// The colour of a layout, the same everywhere.
pub fn layout_color(t: &Tokens, lab: &Lab, layout: &str) -> Color32 {
    let index = lab.layouts.iter().position(|l| l.id == layout);
    t.series_color(index.unwrap_or(0))
}

/// A title, and what stands under it.
pub fn title(ui: &mut Ui, text: &str, under: &str) {
    ui.label(RichText::new(text).font(semibold(16.0)));
    if !under.is_empty() {
        let ink = tokens(ui).text_secondary;
        ui.add(Label::new(RichText::new(under).color(ink)).wrap());
    }
}

/// A dot in a layout's colour and its title.
pub fn layout_title(ui: &mut Ui, lab: &Lab, layout: &str) {
    let t = tokens(ui);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::new(10.0, 16.0), Sense::hover());
        ui.painter()
            .circle_filled(rect.center(), 4.5, layout_color(t, lab, layout));
        let title = lab.layout(layout).map_or(layout, |l| l.title.as_str());
        let text = RichText::new(title).font(medium(13.0));
        ui.add(Label::new(text).truncate());
    });
}

/// What the author wants one to see.
pub fn notice(ui: &mut Ui, text: &str) {
    if text.is_empty() {
        return;
    }
    let t = tokens(ui);
    ui.horizontal_top(|ui| {
        ui.label(icons::rich(Sign::Lightbulb, 14.0, t.warning));
        ui.vertical(|ui| markdown(ui, text));
    });
}

/// One column for each layout, side by side, as wide as each other.
pub fn side_by_side(ui: &mut Ui, lab: &Lab, mut one: impl FnMut(&mut Ui, &str)) {
    let count = lab.layouts.len().max(1);
    ui.columns(count, |columns| {
        for (column, layout) in columns.iter_mut().zip(&lab.layouts) {
            // Columns justify what is in them, and so their texts: not wanted here.
            let from_left = egui::Layout::top_down(egui::Align::Min);
            column.push_id(&layout.id, |ui| {
                ui.with_layout(from_left, |ui| one(ui, &layout.id));
            });
        }
    });
}

/// A statement to read, with what it has and another has not on a ground of its own.
pub fn statement(ui: &mut Ui, salt: &str, sql: &str, against: Option<&str>) {
    let t = tokens(ui);
    let marks = against.map_or_else(Vec::new, |other| diff::only_here(sql, other));
    Frame::new()
        .fill(t.raised)
        .stroke(egui::Stroke::new(1.0, t.border))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ScrollArea::horizontal()
                .id_salt(("statement", salt))
                .show(ui, |ui| {
                    code_block_marked(ui, sql, &highlight_sql, &marks);
                });
        });
}

/// What went wrong, with a way to copy it.
pub fn failure(ui: &mut Ui, error: &EngineError, bench: &Bench<'_>) {
    let t = tokens(ui);
    widgets::callout(ui, Sign::CircleAlert, t.danger, |ui| {
        ui.add(Label::new(&error.message).wrap());
        if widgets::text_button(ui, Sign::Copy, "Copy the message", true).clicked() {
            bench.ctx.actions.push(crate::workspace::Action::Copy {
                text: error.message.clone(),
                what: "The message".to_owned(),
            });
        }
    });
}

/// Stands where figures will be.
pub fn waiting(ui: &mut Ui, bench: &Bench<'_>) {
    match bench.activity {
        Some(activity) => {
            ui.horizontal(|ui| {
                widgets::progress(ui, Some(activity.fraction), 120.0);
                widgets::secondary(ui, &activity.detail);
            });
        }
        None => {
            widgets::secondary(ui, "Not measured yet: run the lab with Ctrl+Enter");
        }
    }
}
