//! One question of the guide, and its answers to choose from.

use egui::{CornerRadius, Label, RichText, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};

use super::GuideState;
use crate::catalog::{Guide, GuideStep};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{markdown, medium, semibold, tokens, widgets};

/// Around the words of a choice, in points.
const PADDING: Vec2 = Vec2::new(16.0, 13.0);

pub fn ui(ui: &mut Ui, guide: &Guide, step: &GuideStep, state: &mut GuideState) {
    if state.is_at_start() {
        ui.label(RichText::new(&guide.title).font(semibold(18.0)));
        markdown(ui, &guide.intro);
        ui.add_space(10.0);
    }
    ui.add(Label::new(RichText::new(&step.question).font(semibold(22.0))).wrap());
    ui.add_space(2.0);
    markdown(ui, &step.why);
    ui.add_space(8.0);
    for (place, choice) in step.choices.iter().enumerate() {
        if row(ui, &choice.label).clicked() {
            let taken = state.answers(guide).len();
            state.taken.truncate(taken);
            state.taken.push(place);
        }
    }
    ui.add_space(6.0);
    widgets::faint(ui, &guide.source);
}

/// A large row as tall as its words.
fn row(ui: &mut Ui, text: &str) -> egui::Response {
    let t = tokens(ui);
    let width = ui.available_width();
    let room = width - 2.0 * PADDING.x - 28.0;
    let galley = ui
        .painter()
        .layout(text.to_owned(), medium(14.0), t.text, room);
    let size = Vec2::new(width, galley.size().y + 2.0 * PADDING.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    let (fill, edge) = if response.hovered() {
        (t.hover, t.accent)
    } else {
        (t.raised, t.border_strong)
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(8),
        fill,
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
    widgets::focus_ring(ui, &response);
    ui.painter().galley(rect.min + PADDING, galley, t.text);
    ui.painter().text(
        rect.right_center() - Vec2::new(PADDING.x, 0.0),
        egui::Align2::RIGHT_CENTER,
        icons::sign(Sign::ArrowRight),
        icons::font(15.0),
        t.text_faint,
    );
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
