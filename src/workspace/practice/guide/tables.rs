//! Tables that compare the kinds of databases; what is about the one on screen stands out.

use std::sync::Arc;

use egui::{
    CornerRadius, FontId, Galley, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
};

use crate::catalog::{Guide, GuideTable};
use crate::ui_kit::{medium, tokens, widgets};

/// Around the words of a cell, in points.
const PADDING: Vec2 = Vec2::new(10.0, 6.0);
/// The first column says what a row is about, and has less to say.
const FIRST_SHARE: f32 = 0.8;

/// Draws all tables.
pub fn ui(ui: &mut Ui, guide: &Guide, database: &str) {
    for table in &guide.tables {
        widgets::section(ui, &table.title);
        table_ui(ui, table, database);
        widgets::faint(ui, &table.source);
    }
}

fn table_ui(ui: &mut Ui, table: &GuideTable, database: &str) {
    let t = tokens(ui);
    let widths = widths(ui.available_width(), table.columns.len());
    let spacing = ui.spacing().item_spacing.y;
    ui.spacing_mut().item_spacing.y = 0.0;
    let marked = |marks: &[String], place: usize| marks.get(place).is_some_and(|m| m == database);
    let columns: Vec<bool> = (0..table.columns.len())
        .map(|place| marked(&table.mark, place))
        .collect();
    let mut all = Rect::NOTHING;
    let head = row_ui(ui, &table.columns, &widths, &columns, RowKind::Head);
    all = all.union(head);
    for (place, row) in table.rows.iter().enumerate() {
        let kind = RowKind::Body {
            is_marked: marked(&table.row_mark, place),
        };
        all = all.union(row_ui(ui, row, &widths, &columns, kind));
    }
    ui.painter().rect_stroke(
        all,
        CornerRadius::same(6),
        Stroke::new(1.0, t.border),
        StrokeKind::Inside,
    );
    ui.spacing_mut().item_spacing.y = spacing;
}

#[derive(Clone, Copy, PartialEq)]
enum RowKind {
    Head,
    Body { is_marked: bool },
}

fn row_ui(ui: &mut Ui, cells: &[String], widths: &[f32], columns: &[bool], kind: RowKind) -> Rect {
    let t = tokens(ui);
    let is_head = kind == RowKind::Head;
    let is_row_marked = kind == RowKind::Body { is_marked: true };
    let galleys: Vec<Arc<Galley>> = cells
        .iter()
        .zip(widths)
        .enumerate()
        .map(|(place, (text, width))| {
            let font = if is_head || place == 0 {
                medium(12.5)
            } else {
                FontId::proportional(12.5)
            };
            let is_marked = is_row_marked || columns.get(place).is_some_and(|m| *m);
            let ink = if is_head || place == 0 || is_marked {
                t.text
            } else {
                t.text_secondary
            };
            ui.painter()
                .layout(text.clone(), font, ink, width - 2.0 * PADDING.x)
        })
        .collect();
    let tallest = galleys.iter().map(|g| g.size().y).fold(0.0, f32::max);
    let size = Vec2::new(widths.iter().sum(), tallest + 2.0 * PADDING.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, cells.join(" · ")));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if is_head {
        painter.rect_filled(rect, CornerRadius::ZERO, t.header);
    }
    if is_row_marked {
        painter.rect_filled(rect, CornerRadius::ZERO, t.accent_soft);
    }
    let mut left = rect.left();
    for (place, width) in widths.iter().enumerate() {
        let cell = Rect::from_min_size(pos2(left, rect.top()), Vec2::new(*width, rect.height()));
        if columns.get(place).is_some_and(|m| *m) {
            painter.rect_filled(cell, CornerRadius::ZERO, t.accent_soft);
        }
        if let Some(galley) = galleys.get(place) {
            painter.galley(cell.min + PADDING, Arc::clone(galley), t.text);
        }
        left += width;
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, t.border));
    rect
}

/// Columns of equal width, the first a little narrower.
fn widths(all: f32, count: usize) -> Vec<f32> {
    let shares = count.saturating_sub(1) as f32 + FIRST_SHARE;
    let one = (all / shares).floor();
    (0..count)
        .map(|place| {
            if place == 0 {
                (one * FIRST_SHARE).floor()
            } else {
                one
            }
        })
        .collect()
}
