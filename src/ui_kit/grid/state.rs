//! What a grid remembers between frames.

use egui::{FontId, Pos2, Ui};

use super::{Geometry, GridSource, HEADER_HEIGHT};
use crate::ui_kit::medium;

/// Rows looked at to find how wide a column wants to be.
const SAMPLED_ROWS: usize = 60;
const MIN_WIDTH: f32 = 48.0;
const MAX_FITTED_WIDTH: f32 = 380.0;
/// The most cells one copy puts on the clipboard.
pub const MAX_COPIED_CELLS: usize = 2_000_000;

/// Scroll position, column widths and selection.
#[derive(Clone, Debug, Default)]
pub struct GridState {
    /// The row at the top edge, with the part of it that is scrolled away.
    pub first_row: f64,
    pub scroll_x: f32,
    pub widths: Vec<f32>,
    pub selection: Option<Selection>,
    /// The column rows are sorted by, and whether upwards.
    pub sorted: Option<(usize, bool)>,
    pub(super) resizing: Option<usize>,
    /// Which scrollbar the pointer holds: vertical or not.
    pub(super) dragging_bar: Option<bool>,
    /// Rows that were there when widths were last fitted.
    fitted_rows: usize,
}

/// A block of cells from `anchor` to `cursor`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    pub anchor: (usize, usize),
    pub cursor: (usize, usize),
}

impl Selection {
    pub fn rows(&self) -> std::ops::RangeInclusive<usize> {
        self.anchor.0.min(self.cursor.0)..=self.anchor.0.max(self.cursor.0)
    }

    pub fn columns(&self) -> std::ops::RangeInclusive<usize> {
        self.anchor.1.min(self.cursor.1)..=self.anchor.1.max(self.cursor.1)
    }

    pub fn contains(&self, row: usize, column: usize) -> bool {
        self.rows().contains(&row) && self.columns().contains(&column)
    }
}

impl GridState {
    /// Gives columns a width once, and again when the first rows arrive.
    pub(super) fn fit_columns(&mut self, ui: &Ui, source: &dyn GridSource) {
        let columns = source.columns().len();
        let rows = source.row_count();
        let first_rows = self.fitted_rows == 0 && rows > 0;
        if self.widths.len() == columns && !first_rows {
            return;
        }
        self.widths = (0..columns).map(|c| fitted_width(ui, c, source)).collect();
        self.fitted_rows = rows;
    }

    pub(super) fn fit_column(&mut self, ui: &Ui, column: usize, source: &dyn GridSource) {
        if let Some(width) = self.widths.get_mut(column) {
            *width = fitted_width(ui, column, source);
        }
    }

    pub(super) fn clamp(&mut self, rows: usize, geometry: &Geometry) {
        let last = (rows as f64 - geometry.visible_rows).max(0.0);
        self.first_row = self.first_row.clamp(0.0, last);
        let last_x = (geometry.content_width - geometry.body.width()).max(0.0);
        self.scroll_x = self.scroll_x.clamp(0.0, last_x);
    }

    pub fn select(&mut self, row: usize, column: usize, extend: bool) {
        let anchor = match self.selection {
            Some(selection) if extend => selection.anchor,
            _ => (row, column),
        };
        self.selection = Some(Selection {
            anchor,
            cursor: (row, column),
        });
    }

    pub(super) fn select_all(&mut self, source: &dyn GridSource) {
        if source.row_count() > 0 && !source.columns().is_empty() {
            self.selection = Some(Selection {
                anchor: (0, 0),
                cursor: (source.row_count() - 1, source.columns().len() - 1),
            });
        }
    }

    pub(super) fn move_cursor(
        &mut self,
        down: i64,
        right: i64,
        extend: bool,
        source: &dyn GridSource,
        geometry: &Geometry,
    ) {
        let (rows, columns) = (source.row_count(), source.columns().len());
        if rows == 0 || columns == 0 {
            return;
        }
        let (row, column) = self.selection.map_or((0, 0), |s| s.cursor);
        let row = row.saturating_add_signed(down as isize).min(rows - 1);
        let column = column
            .saturating_add_signed(right as isize)
            .min(columns - 1);
        self.select(row, column, extend);
        self.reveal(row, column, geometry);
    }

    /// Scrolls as little as needed to show a cell.
    fn reveal(&mut self, row: usize, column: usize, geometry: &Geometry) {
        let row = row as f64;
        self.first_row = self
            .first_row
            .min(row)
            .max(row + 1.0 - geometry.visible_rows);
        let left: f32 = self.widths.iter().take(column).sum();
        let right = left + self.widths.get(column).copied().unwrap_or(0.0);
        self.scroll_x = self.scroll_x.max(right - geometry.body.width()).min(left);
    }

    /// The selection as tab-separated lines, with a head when there is more than one row, and
    /// the number of cells. At most [`MAX_COPIED_CELLS`].
    pub fn selected_text(&self, source: &dyn GridSource) -> (String, usize) {
        let Some(selection) = self.selection else {
            return (String::new(), 0);
        };
        let columns: Vec<usize> = selection.columns().collect();
        let mut lines = Vec::new();
        if selection.rows().count() > 1 {
            let names = columns.iter().filter_map(|&c| source.columns().get(c));
            lines.push(names.map(|c| c.name.clone()).collect::<Vec<_>>().join("\t"));
        }
        let mut cells = 0;
        for row in selection.rows() {
            if cells + columns.len() > MAX_COPIED_CELLS || row >= source.row_count() {
                break;
            }
            let values: Vec<String> = columns
                .iter()
                .map(|&c| {
                    source
                        .full_cell(row, c)
                        .unwrap_or_default()
                        .replace(['\t', '\n', '\r'], " ")
                })
                .collect();
            cells += values.len();
            lines.push(values.join("\t"));
        }
        (lines.join("\n"), cells)
    }

    /// The column whose right edge is under the pointer, in the head.
    pub(super) fn edge_at(&self, geometry: &Geometry, pos: Pos2) -> Option<usize> {
        let top = geometry.all.top();
        if pos.y < top || pos.y > top + HEADER_HEIGHT || pos.x < geometry.body.left() {
            return None;
        }
        let mut right = geometry.body.left() - self.scroll_x;
        self.widths.iter().position(|width| {
            right += width;
            (pos.x - right).abs() < 4.0
        })
    }

    pub(super) fn resize(&mut self, column: usize, by: f32) {
        if let Some(width) = self.widths.get_mut(column) {
            *width = (*width + by).max(MIN_WIDTH);
        }
    }
}

fn fitted_width(ui: &Ui, column: usize, source: &dyn GridSource) -> f32 {
    let Some(head) = source.columns().get(column) else {
        return MIN_WIDTH;
    };
    let width = |text: &str, font: FontId| {
        ui.painter()
            .layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER)
            .size()
            .x
    };
    let font = super::paint::cell_font(head);
    let widest = (0..source.row_count().min(SAMPLED_ROWS))
        .filter_map(|row| source.cell(row, column))
        .map(|text| width(&text, font.clone()))
        .fold(
            width(&head.name, medium(12.5)).max(width(&head.type_name, FontId::proportional(10.5))),
            f32::max,
        );
    (widest + 26.0).clamp(MIN_WIDTH, MAX_FITTED_WIDTH).ceil()
}
