//! A grid over any number of rows: only what is in view is asked for and painted.
//!
//! Scrolls by row number in 64 bits rather than by a pixel offset in 32: at five million rows a
//! 32-bit offset no longer tells one row from the next.

mod paint;
mod state;

use egui::{Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

pub use state::{GridState, Selection};

use super::format;

/// The rows a grid shows.
pub trait GridSource {
    fn columns(&self) -> &[GridColumn];
    fn row_count(&self) -> usize;
    /// The value as text; `None` for NULL.
    fn cell(&self, row: usize, column: usize) -> Option<String>;
    /// The whole value, for copying.
    fn full_cell(&self, row: usize, column: usize) -> Option<String> {
        self.cell(row, column)
    }
}

/// A column's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridColumn {
    pub name: String,
    pub type_name: String,
    /// Numbers stand to the right.
    pub is_numeric: bool,
}

/// What the user did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridAction {
    /// The head of this column was clicked.
    pub sort_by: Option<usize>,
    /// The selection was asked for as text.
    pub copied_cells: Option<usize>,
    /// Enter or a double click on this row and column.
    pub activated: Option<(usize, usize)>,
}

pub(super) const ROW_HEIGHT: f32 = 24.0;
pub(super) const HEADER_HEIGHT: f32 = 42.0;
const SCROLLBAR: f32 = 10.0;

/// Where the parts of the grid are, in screen space.
pub(super) struct Geometry {
    pub all: Rect,
    /// The cells, without head, gutter and scrollbars.
    pub body: Rect,
    pub visible_rows: f64,
    pub content_width: f32,
}

/// Draws the grid into all the space there is.
pub fn grid_ui(
    ui: &mut Ui,
    name: &str,
    state: &mut GridState,
    source: &dyn GridSource,
) -> GridAction {
    state.fit_columns(ui, source);
    // Not an id by position: what comes and goes beside the grid must not take the keyboard away.
    let (_, all) = ui.allocate_space(ui.available_size());
    let id = ui.scope_id().with("grid");
    let response = ui.interact(all, id, Sense::click_and_drag());
    response.widget_info(|| {
        let rows = format::counted(source.row_count() as u64, "row");
        WidgetInfo::labeled(Role::Grid, true, format!("{name}, {rows}"))
    });
    let geometry = Geometry::new(all, state, source.row_count());
    let mut action = GridAction::default();
    wheel(ui, &response, state);
    keys(ui, &response, state, &geometry, source, &mut action);
    pointer(ui, &response, state, &geometry, source, &mut action);
    state.clamp(source.row_count(), &geometry);
    paint::paint(ui, name, state, &geometry, source);
    scrollbars(ui, &response, state, &geometry, source.row_count());
    action
}

impl Geometry {
    fn new(all: Rect, state: &GridState, rows: usize) -> Self {
        let digits = format::count(rows as u64).len() as f32;
        let gutter = (digits * 7.4 + 18.0).max(36.0);
        let body = Rect::from_min_max(
            all.min + Vec2::new(gutter, HEADER_HEIGHT),
            all.max - Vec2::splat(SCROLLBAR),
        );
        Self {
            all,
            visible_rows: f64::from((body.height() / ROW_HEIGHT).max(1.0)),
            content_width: state.widths.iter().sum(),
            body,
        }
    }

    /// The column and its left edge at a screen position.
    pub(super) fn column_at(&self, state: &GridState, x: f32) -> Option<(usize, f32)> {
        let mut left = self.body.left() - state.scroll_x;
        for (index, width) in state.widths.iter().enumerate() {
            if x >= left && x < left + width {
                return Some((index, left));
            }
            left += width;
        }
        None
    }
}

fn wheel(ui: &Ui, response: &Response, state: &mut GridState) {
    if !response.contains_pointer() {
        return;
    }
    let delta = ui.input(|i| i.smooth_scroll_delta);
    state.first_row -= f64::from(delta.y / ROW_HEIGHT);
    state.scroll_x -= delta.x;
}

fn keys(
    ui: &Ui,
    response: &Response,
    state: &mut GridState,
    geometry: &Geometry,
    source: &dyn GridSource,
    action: &mut GridAction,
) {
    if !response.has_focus() {
        return;
    }
    ui.memory_mut(|m| {
        m.set_focus_lock_filter(
            response.id,
            egui::EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..Default::default()
            },
        );
    });
    let page = geometry.visible_rows as i64 - 1;
    let rows = source.row_count() as i64;
    let columns = source.columns().len() as i64;
    let moves = ui.input(|i| {
        use egui::Key;
        let far = i.modifiers.command;
        [
            (Key::ArrowUp, (if far { -rows } else { -1 }, 0)),
            (Key::ArrowDown, (if far { rows } else { 1 }, 0)),
            (Key::ArrowLeft, (0, if far { -columns } else { -1 })),
            (Key::ArrowRight, (0, if far { columns } else { 1 })),
            (Key::PageUp, (-page, 0)),
            (Key::PageDown, (page, 0)),
            (Key::Home, (if far { -rows } else { 0 }, -columns)),
            (Key::End, (if far { rows } else { 0 }, columns)),
        ]
        .into_iter()
        .filter(|(key, _)| i.key_pressed(*key))
        .map(|(_, step)| (step, i.modifiers.shift))
        .next()
    });
    if let Some(((down, right), extend)) = moves {
        state.move_cursor(down, right, extend, source, geometry);
    }
    if ui.input(|i| i.modifiers.is_none() && i.key_pressed(egui::Key::Enter)) {
        action.activated = state.selection.map(|selection| selection.cursor);
    }
    if ui.input(|i| i.modifiers.command && i.key_pressed(egui::Key::A)) {
        state.select_all(source);
    }
    if ui.input(|i| i.events.iter().any(|e| matches!(e, egui::Event::Copy))) {
        let (text, cells) = state.selected_text(source);
        if cells > 0 {
            ui.ctx().copy_text(text);
            action.copied_cells = Some(cells);
        }
    }
}

fn pointer(
    ui: &Ui,
    response: &Response,
    state: &mut GridState,
    geometry: &Geometry,
    source: &dyn GridSource,
    action: &mut GridAction,
) {
    let Some(pos) = response.interact_pointer_pos() else {
        if let Some(pos) = response.hover_pos()
            && state.edge_at(geometry, pos).is_some()
        {
            ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeHorizontal);
        }
        state.resizing = None;
        return;
    };
    if response.drag_started()
        && let Some(origin) = ui.input(|i| i.pointer.press_origin())
    {
        state.resizing = state.edge_at(geometry, origin);
    }
    if let Some(column) = state.resizing {
        state.resize(column, response.drag_delta().x);
        ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeHorizontal);
        return;
    }
    let on_press = response.is_pointer_button_down_on();
    if geometry.body.contains(pos) && on_press && state.dragging_bar.is_none() {
        response.request_focus();
        let row = state.first_row + f64::from((pos.y - geometry.body.top()) / ROW_HEIGHT);
        let row = row.max(0.0) as usize;
        if let Some((column, _)) = geometry.column_at(state, pos.x)
            && row < source.row_count()
        {
            let extend = ui.input(|i| i.modifiers.shift) || response.dragged();
            state.select(row, column, extend);
        }
    }
    if response.double_clicked() && geometry.body.contains(pos) {
        action.activated = state.selection.map(|selection| selection.cursor);
    }
    let in_header = pos.y < geometry.body.top() && pos.x > geometry.body.left();
    if response.clicked() && in_header {
        action.sort_by = geometry.column_at(state, pos.x).map(|(column, _)| column);
    }
    if response.double_clicked()
        && let Some(column) = state.edge_at(geometry, pos)
    {
        state.fit_column(ui, column, source);
    }
}

/// Draws both scrollbars and follows their handles.
fn scrollbars(
    ui: &Ui,
    response: &Response,
    state: &mut GridState,
    geometry: &Geometry,
    rows: usize,
) {
    let body = geometry.body;
    let track_y = Rect::from_min_max(
        egui::pos2(geometry.all.right() - SCROLLBAR, body.top()),
        egui::pos2(geometry.all.right(), body.bottom()),
    );
    let track_x = Rect::from_min_max(
        egui::pos2(body.left(), geometry.all.bottom() - SCROLLBAR),
        egui::pos2(body.right(), geometry.all.bottom()),
    );
    let last_row = (rows as f64 - geometry.visible_rows).max(0.0);
    let last_x = (geometry.content_width - body.width()).max(0.0);
    let share_y = (geometry.visible_rows / rows.max(1) as f64) as f32;
    let share_x = body.width() / geometry.content_width.max(1.0);
    let part_y = if last_row > 0.0 {
        (state.first_row / last_row) as f32
    } else {
        0.0
    };
    let part_x = if last_x > 0.0 {
        state.scroll_x / last_x
    } else {
        0.0
    };
    let handle_y = paint::handle(track_y, share_y, part_y, true);
    let handle_x = paint::handle(track_x, share_x, part_x, false);
    let pressed_at = ui.input(|i| i.pointer.press_origin());
    if !response.is_pointer_button_down_on() {
        state.dragging_bar = None;
    } else if state.dragging_bar.is_none()
        && let Some(origin) = pressed_at
    {
        state.dragging_bar = match () {
            () if track_y.contains(origin) => Some(true),
            () if track_x.contains(origin) => Some(false),
            () => None,
        };
    }
    if let (Some(vertical), Some(pos)) = (state.dragging_bar, response.interact_pointer_pos()) {
        if vertical {
            let room = (track_y.height() - handle_y.height()).max(1.0);
            let part = (pos.y - track_y.top() - handle_y.height() / 2.0) / room;
            state.first_row = f64::from(part.clamp(0.0, 1.0)) * last_row;
        } else {
            let room = (track_x.width() - handle_x.width()).max(1.0);
            let part = (pos.x - track_x.left() - handle_x.width() / 2.0) / room;
            state.scroll_x = part.clamp(0.0, 1.0) * last_x;
        }
    }
    if last_row > 0.0 {
        paint::scrollbar(ui, handle_y, state.dragging_bar == Some(true));
    }
    if last_x > 0.0 {
        paint::scrollbar(ui, handle_x, state.dragging_bar == Some(false));
    }
}
