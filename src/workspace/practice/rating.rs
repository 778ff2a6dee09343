//! The four ratings, with the time until each brings the item back.

use egui::{Align2, CornerRadius, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};

use super::PracticeAction;
use super::desk::Desk;
use crate::practice::interval_text;
use crate::practice::progress::Rating;
use crate::practice::schedule::{Memory, intervals};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{Tokens, medium, tokens, widgets};

const SIZE: Vec2 = Vec2::new(92.0, 42.0);

/// Draws the buttons. Returns the rating that was clicked. `lit` stands out: what is suggested, or
/// was chosen.
pub fn buttons(ui: &mut Ui, intervals: [u64; 4], lit: Option<Rating>) -> Option<Rating> {
    let mut clicked = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (rating, secs) in Rating::ALL.into_iter().zip(intervals) {
            if button(ui, rating, &interval_text(secs), lit == Some(rating)) {
                clicked = Some(rating);
            }
        }
    });
    clicked
}

fn button(ui: &mut Ui, rating: Rating, interval: &str, is_lit: bool) -> bool {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(SIZE, Sense::click());
    let name = format!("{}, {interval}", rating.title());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_lit, &name));
    let (fill, edge) = match (is_lit, response.hovered()) {
        (true, _) => (t.accent_soft, t.accent),
        (false, true) => (t.hover, t.border_strong),
        (false, false) => (t.raised, t.border_strong),
    };
    let radius = CornerRadius::same(7);
    let stroke = Stroke::new(1.0, edge);
    ui.painter()
        .rect(rect, radius, fill, stroke, StrokeKind::Inside);
    widgets::focus_ring(ui, &response);
    let middle = rect.center();
    ui.painter().text(
        middle - Vec2::new(0.0, 8.0),
        Align2::CENTER_CENTER,
        rating.title(),
        medium(13.0),
        if is_lit { t.text } else { ink(t, rating) },
    );
    ui.painter().text(
        middle + Vec2::new(0.0, 9.0),
        Align2::CENTER_CENTER,
        interval,
        egui::FontId::proportional(11.5),
        if is_lit { t.text } else { t.text_faint },
    );
    response.clicked()
}

fn ink(t: &Tokens, rating: Rating) -> egui::Color32 {
    match rating {
        Rating::Again => t.danger,
        Rating::Hard => t.warning,
        Rating::Good => t.success,
        Rating::Easy => t.accent,
    }
}

/// When a solved drill comes back, and the ratings to think it over.
pub fn of_drill(ui: &mut Ui, desk: &Desk<'_>) {
    let record = desk.record();
    let Some(memory) = Memory::of(&record.reviews) else {
        return;
    };
    let before = record.reviews.len().saturating_sub(1);
    let before = record.reviews.get(..before).unwrap_or_default();
    let due_in = memory.due_at.saturating_sub(memory.reviewed_at);
    ui.add_space(6.0);
    widgets::section(ui, "When to see it again");
    widgets::secondary(
        ui,
        format!(
            "Rated {}: it comes back in {}. Choose another where you think otherwise",
            memory.rating.title(),
            interval_text(due_in)
        ),
    );
    if let Some(rating) = buttons(ui, intervals(before, desk.view.now), Some(memory.rating)) {
        desk.ask(PracticeAction::Rate {
            item: desk.item(),
            rating,
            replaces: true,
        });
    }
    ui.add_space(4.0);
    if widgets::text_button(ui, Sign::RotateCcw, "Try it from the start", true)
        .on_hover_text("An empty editor, no hints, and the clock at 0; your attempts stay")
        .clicked()
    {
        desk.ask(PracticeAction::Begin);
    }
}
