//! Counts drawn to one scale: one row against fifty thousand must be felt.

use egui::{Align2, Color32, CornerRadius, FontId, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2};

use crate::ui_kit::{format, tokens};

/// The side of the largest field, in points.
const FIELD: f32 = 150.0;
/// A row is never drawn larger than this.
const LARGEST_CELL: f32 = 14.0;
/// Below this the rows of a field run into one.
const SMALLEST_GRID: f32 = 3.0;

/// A field of one small square for each row, as dense as the largest count of all needs.
///
/// `most` is that largest count: fields with the same one can be compared by eye.
pub fn field(ui: &mut Ui, name: &str, count: u64, most: u64, color: Color32) {
    let t = tokens(ui);
    let cell = cell_side(most);
    let size = Vec2::new(FIELD, FIELD + 20.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let rows = format::counted(count, "row");
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("{name}: {rows}")));
    let field = Rect::from_min_size(rect.left_top(), Vec2::splat(FIELD));
    let painter = ui.painter().with_clip_rect(field.intersect(ui.clip_rect()));
    painter.rect_filled(field, CornerRadius::same(4), t.canvas);
    let across = (FIELD / cell).floor().max(1.0) as u64;
    let (full, rest) = (count / across, count % across);
    let left = field.left_top();
    if cell >= SMALLEST_GRID {
        let gap = if cell > 5.0 { 1.0 } else { 0.6 };
        for number in 0..count.min(across * across) {
            let (x, y) = ((number % across) as f32, (number / across) as f32);
            let corner = pos2(left.x + x * cell, left.y + y * cell);
            let square = Rect::from_min_size(corner, Vec2::splat(cell - gap));
            painter.rect_filled(square, CornerRadius::ZERO, color);
        }
    } else {
        let block = Vec2::new(across as f32 * cell, full as f32 * cell);
        painter.rect_filled(Rect::from_min_size(left, block), CornerRadius::ZERO, color);
        let line = Vec2::new((rest as f32 * cell).max(1.0), cell.max(1.0));
        if rest > 0 {
            let corner = pos2(left.x, left.y + block.y);
            painter.rect_filled(Rect::from_min_size(corner, line), CornerRadius::ZERO, color);
        }
    }
    ui.painter().text(
        pos2(rect.left(), rect.bottom() - 8.0),
        Align2::LEFT_CENTER,
        rows,
        FontId::proportional(12.5),
        t.text,
    );
}

/// The side of the square of one row, in points, so that `most` of them fill the field.
fn cell_side(most: u64) -> f32 {
    let across = (most.max(1) as f32).sqrt().ceil();
    (FIELD / across).min(LARGEST_CELL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_count_fills_the_field_and_no_more() {
        for most in [1, 2, 10, 183, 51_227, 1_000_000] {
            let cell = cell_side(most);
            let across = (FIELD / cell + 1e-3).floor() as u64;
            let down = most.div_ceil(across);
            assert!(down as f32 * cell <= FIELD + 0.5, "{most}: {cell}");
        }
    }
}
