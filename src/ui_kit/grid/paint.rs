//! Paints the part of a grid that is in view.

use egui::{
    Align2, CornerRadius, FontFamily, FontId, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2,
};

use super::{Geometry, GridColumn, GridSource, GridState, HEADER_HEIGHT, ROW_HEIGHT};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{Tokens, format, medium, tokens};

/// Numbers and moments in digits of one width, so that they line up.
pub fn cell_font(column: &GridColumn) -> FontId {
    let aligned = column.is_numeric
        || ["DATE", "TIME", "TIMESTAMP"]
            .iter()
            .any(|t| column.type_name.starts_with(t));
    if aligned {
        FontId::new(12.0, FontFamily::Monospace)
    } else {
        FontId::proportional(12.5)
    }
}

pub fn paint(
    ui: &mut Ui,
    name: &str,
    state: &GridState,
    geometry: &Geometry,
    source: &dyn GridSource,
) {
    let t = tokens(ui);
    ui.painter()
        .rect_filled(geometry.all, CornerRadius::ZERO, t.raised);
    let first = state.first_row.max(0.0) as usize;
    let last = (state.first_row + geometry.visible_rows).ceil() as usize;
    let rows = first..last.min(source.row_count());
    for row in rows {
        let top = geometry.body.top() + ((row as f64 - state.first_row) as f32) * ROW_HEIGHT;
        paint_row(ui, name, state, geometry, source, row, top);
    }
    paint_header(ui, state, geometry, source, t);
}

fn paint_row(
    ui: &mut Ui,
    name: &str,
    state: &GridState,
    geometry: &Geometry,
    source: &dyn GridSource,
    row: usize,
    top: f32,
) {
    let t = tokens(ui);
    let body = geometry.body;
    let line = Rect::from_min_size(
        pos2(geometry.all.left(), top),
        Vec2::new(geometry.all.width(), ROW_HEIGHT),
    );
    let below_header = Rect::from_min_max(pos2(geometry.all.left(), body.top()), body.max);
    let painter = ui
        .painter()
        .with_clip_rect(below_header.intersect(ui.clip_rect()));
    if row % 2 == 1 {
        painter.rect_filled(line, CornerRadius::ZERO, t.stripe);
    }
    painter.text(
        pos2(body.left() - 9.0, line.center().y),
        Align2::RIGHT_CENTER,
        format::count(row as u64 + 1),
        FontId::new(11.0, FontFamily::Monospace),
        t.text_faint,
    );
    let mut left = body.left() - state.scroll_x;
    for (column, head) in source.columns().iter().enumerate() {
        let width = state.widths.get(column).copied().unwrap_or(0.0);
        let cell = Rect::from_min_size(pos2(left, top), Vec2::new(width, ROW_HEIGHT));
        left += width;
        if cell.right() < body.left() {
            continue;
        }
        if cell.left() > body.right() {
            break;
        }
        let clip = cell.intersect(body).intersect(ui.clip_rect());
        let painter = ui.painter().with_clip_rect(clip);
        if state.selection.is_some_and(|s| s.contains(row, column)) {
            painter.rect_filled(cell, CornerRadius::ZERO, t.accent_soft);
        }
        let value = source.cell(row, column);
        let (text, ink) = match &value {
            Some(text) => (text.as_str(), t.text),
            None => ("NULL", t.text_faint),
        };
        let font = if value.is_none() {
            FontId::proportional(11.0)
        } else {
            cell_font(head)
        };
        if head.is_numeric {
            painter.text(
                pos2(cell.right() - 10.0, cell.center().y),
                Align2::RIGHT_CENTER,
                text,
                font,
                ink,
            );
        } else {
            painter.text(
                pos2(cell.left() + 10.0, cell.center().y),
                Align2::LEFT_CENTER,
                text,
                font,
                ink,
            );
        }
        if state.selection.is_some_and(|s| s.cursor == (row, column)) {
            let ring = cell.shrink(1.0);
            painter.rect_stroke(
                ring,
                CornerRadius::same(2),
                Stroke::new(1.5, t.accent),
                egui::StrokeKind::Inside,
            );
        }
        let spoken = format!("{} {}: {text}", head.name, row + 1);
        ui.interact(
            clip,
            ui.scope_id().with((name, row, column)),
            Sense::hover(),
        )
        .widget_info(|| WidgetInfo::labeled(Role::Cell, true, &spoken));
    }
}

fn paint_header(
    ui: &mut Ui,
    state: &GridState,
    geometry: &Geometry,
    source: &dyn GridSource,
    t: &Tokens,
) {
    let header = Rect::from_min_size(
        geometry.all.min,
        Vec2::new(geometry.all.width(), HEADER_HEIGHT),
    );
    ui.painter()
        .rect_filled(header, CornerRadius::ZERO, t.header);
    ui.painter().hline(
        header.x_range(),
        header.bottom(),
        Stroke::new(1.0, t.border),
    );
    let mut left = geometry.body.left() - state.scroll_x;
    let heads = Rect::from_min_max(pos2(geometry.body.left(), header.top()), header.max);
    for (column, head) in source.columns().iter().enumerate() {
        let width = state.widths.get(column).copied().unwrap_or(0.0);
        let cell = Rect::from_min_size(pos2(left, header.top()), Vec2::new(width, HEADER_HEIGHT));
        left += width;
        if cell.right() < heads.left() || cell.left() > heads.right() {
            continue;
        }
        let painter = ui
            .painter()
            .with_clip_rect(cell.intersect(heads).intersect(ui.clip_rect()));
        let (x, top, bottom) = if head.is_numeric {
            (cell.right() - 10.0, Align2::RIGHT_TOP, Align2::RIGHT_BOTTOM)
        } else {
            (cell.left() + 10.0, Align2::LEFT_TOP, Align2::LEFT_BOTTOM)
        };
        let name = painter.text(
            pos2(x, cell.top() + 6.0),
            top,
            &head.name,
            medium(12.5),
            t.text,
        );
        if let Some((_, ascending)) = state.sorted.filter(|(by, _)| *by == column) {
            let sign = if ascending {
                Sign::ArrowUp
            } else {
                Sign::ArrowDown
            };
            let (at, align) = if head.is_numeric {
                (
                    name.left_center() - Vec2::new(4.0, 0.0),
                    Align2::RIGHT_CENTER,
                )
            } else {
                (
                    name.right_center() + Vec2::new(4.0, 0.0),
                    Align2::LEFT_CENTER,
                )
            };
            painter.text(at, align, icons::sign(sign), icons::font(12.0), t.accent);
        }
        painter.text(
            pos2(x, cell.bottom() - 5.0),
            bottom,
            &head.type_name,
            FontId::proportional(10.5),
            t.text_faint,
        );
        painter.vline(
            cell.right() - 0.5,
            cell.y_range().shrink(8.0),
            Stroke::new(1.0, t.border_strong),
        );
        let spoken = format!("Sort by {}", head.name);
        ui.interact(
            cell.intersect(heads),
            ui.scope_id().with(("head", column)),
            Sense::hover(),
        )
        .widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &spoken));
    }
    ui.painter().vline(
        geometry.body.left() - 0.5,
        geometry.all.y_range(),
        Stroke::new(1.0, t.border),
    );
}

/// Where the handle of a scrollbar is.
pub fn handle(track: Rect, share: f32, part: f32, is_vertical: bool) -> Rect {
    let length = if is_vertical {
        track.height()
    } else {
        track.width()
    };
    let size = (length * share.clamp(0.0, 1.0)).max(28.0).min(length);
    let start = (length - size) * part.clamp(0.0, 1.0);
    if is_vertical {
        Rect::from_min_size(
            track.min + Vec2::new(2.0, start),
            Vec2::new(track.width() - 4.0, size),
        )
    } else {
        Rect::from_min_size(
            track.min + Vec2::new(start, 2.0),
            Vec2::new(size, track.height() - 4.0),
        )
    }
}

pub fn scrollbar(ui: &Ui, handle: Rect, is_held: bool) {
    let t = tokens(ui);
    let fill = if is_held {
        t.text_faint
    } else {
        t.border_strong
    };
    ui.painter()
        .rect_filled(handle, CornerRadius::same(3), fill);
}
