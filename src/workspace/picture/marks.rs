//! Where rows of a box come from: bands, hatching, signs.

use egui::{Align2, Color32, CornerRadius, Painter, Rect, Shape, Stroke, Vec2, pos2};

use super::paint::RowMark;
use crate::ui_kit::{Tokens, semibold};

/// Distance of the hatch lines, in screen points.
const HATCH_STEP: f32 = 6.0;

/// A band at the left of a header, in the colour of the table's own values.
pub fn band(painter: &Painter, header: Rect, radius: u8, color: Color32) {
    let band = header.with_max_x(header.left() + 4.0);
    let corner = CornerRadius {
        nw: radius,
        ..CornerRadius::ZERO
    };
    painter.rect_filled(band, corner, color);
}

/// Ground and hatching of a row, below its text.
pub fn behind_row(painter: &Painter, rect: Rect, mark: RowMark, t: &Tokens) {
    let inside = rect.shrink2(Vec2::new(1.0, 0.5));
    if mark.is_read {
        painter.rect_filled(inside, CornerRadius::ZERO, t.accent_soft);
    }
    if let Some(color) = mark.derived {
        painter.rect_filled(inside, CornerRadius::ZERO, color.gamma_multiply(0.16));
    }
    if let Some(color) = mark.hatch {
        hatch(painter, inside, color);
    }
}

/// What stands over a row: a bar in the colour of where it comes from, a sign for what is derived.
pub fn beside_row(painter: &Painter, rect: Rect, mark: RowMark, t: &Tokens, zoom: f32) {
    if let Some(color) = mark.hatch.or(mark.derived).or(mark.moved) {
        let bar = Rect::from_min_max(
            pos2(rect.left() + 1.0, rect.top() + 1.0),
            pos2(rect.left() + 4.0, rect.bottom() - 1.0),
        );
        painter.rect_filled(bar, CornerRadius::ZERO, color);
    }
    if mark.derived.is_some() && zoom > 0.42 {
        painter.text(
            pos2(rect.right() - 4.0, rect.center().y),
            Align2::RIGHT_CENTER,
            "=",
            semibold((11.0 * zoom).max(8.0)),
            t.text_secondary,
        );
    }
}

fn hatch(painter: &Painter, rect: Rect, color: Color32) {
    let painter = painter.with_clip_rect(painter.clip_rect().intersect(rect));
    painter.rect_filled(rect, CornerRadius::ZERO, color.gamma_multiply(0.10));
    let stroke = Stroke::new(1.2, color.gamma_multiply(0.42));
    // From a fixed grid, so that the lines of neighbouring rows meet.
    let height = rect.height();
    let mut x = rect.left() - height;
    while x < rect.right() {
        painter.add(Shape::line_segment(
            [pos2(x, rect.bottom()), pos2(x + height, rect.top())],
            stroke,
        ));
        x += HATCH_STEP;
    }
}
