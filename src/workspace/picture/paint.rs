//! Strokes and text of a diagram; what is out of view is not tessellated.

use egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2,
    pos2,
};

use super::camera::Camera;
use super::marks;
use crate::diagram::boxes::{MARKER_WIDTH, NULLABLE_WIDTH, PADDING};
use crate::diagram::markers::MarkerShape;
use crate::diagram::{self, BoxKind, Edge, EdgeKind, KeyMarker, Row, RowKind, Scene, TableBox};
use crate::ui_kit::{Tokens, format, medium, semibold};

/// Below this zoom column text is a grey line: it could not be read, and it costs the most.
const ROW_TEXT_ZOOM: f32 = 0.42;
/// Below this zoom rows are not drawn at all.
const ROWS_ZOOM: f32 = 0.2;
/// What is not looked at while something is.
const DIMMED: f32 = 0.35;

/// What stands out in this frame, and what is marked.
pub struct Look<'a> {
    pub t: &'a Tokens,
    pub selected_table: Option<usize>,
    pub hovered_table: Option<usize>,
    /// Tables that are not dimmed; `None`: nothing is.
    pub lit: Option<Vec<usize>>,
    /// For each line, whether it stands out.
    pub front: Vec<bool>,
    /// Rows of each table, where they are known.
    pub rows: Vec<Option<u64>>,
    /// For each table; empty where nothing is marked.
    pub marks: Vec<TableMarks>,
}

/// Where a table and its rows come from, and what is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableMarks {
    /// A band on the header in the colour of the table's own.
    pub band: Option<Color32>,
    /// For each row of the box.
    pub rows: Vec<RowMark>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RowMark {
    /// Copied: hatched in the colour of the table it comes from.
    pub hatch: Option<Color32>,
    /// Moved here out of another table: a bar in its colour.
    pub moved: Option<Color32>,
    /// Computed from other values: a tinted ground with a sign.
    pub derived: Option<Color32>,
    /// Read by what is looked at.
    pub is_read: bool,
}

impl Look<'_> {
    fn table_opacity(&self, table: usize) -> f32 {
        match &self.lit {
            Some(lit) if !lit.contains(&table) && self.selected_table != Some(table) => DIMMED,
            _ => 1.0,
        }
    }

    fn edge_stands_out(&self, index: usize) -> bool {
        self.front.get(index).copied().unwrap_or(false)
    }

    fn mark(&self, table: usize, row: usize) -> RowMark {
        let marks = self.marks.get(table);
        marks
            .and_then(|m| m.rows.get(row))
            .copied()
            .unwrap_or_default()
    }
}

/// Paints a scene into a part of the window, on its ground.
pub fn paint(painter: &Painter, canvas: Rect, camera: &Camera, scene: &Scene, look: &Look<'_>) {
    let painter = painter.with_clip_rect(canvas);
    ground(&painter, canvas, camera, look.t);
    let brush = Brush {
        painter: &painter,
        canvas,
        camera,
        look,
    };
    let (front, back): (Vec<usize>, Vec<usize>) =
        (0..scene.edges.len()).partition(|&i| look.edge_stands_out(i));
    let order: Vec<usize> = back.into_iter().chain(front).collect();
    for &index in &order {
        brush.edge(index, &scene.edges[index]);
    }
    for (index, table) in scene.tables.iter().enumerate() {
        brush.table(index, table);
    }
    // Ends last: they reach to the box's edge and must not be cut by it.
    if camera.zoom >= ROWS_ZOOM {
        for &index in &order {
            brush.markers(index, &scene.edges[index]);
        }
    }
}

/// A grid of dots that moves with the picture, so that one sees oneself move.
fn ground(painter: &Painter, canvas: Rect, camera: &Camera, t: &Tokens) {
    let mut step = 24.0 * camera.zoom;
    while step < 18.0 {
        step *= 2.0;
    }
    let origin = camera.screen_from_scene(canvas, diagram::Point::new(0.0, 0.0));
    let first = |origin: f32, edge: f32| edge + (origin - edge).rem_euclid(step);
    let mut y = first(origin.y, canvas.top());
    while y < canvas.bottom() {
        let mut x = first(origin.x, canvas.left());
        while x < canvas.right() {
            painter.rect_filled(
                Rect::from_center_size(pos2(x, y), Vec2::splat(1.6)),
                CornerRadius::ZERO,
                t.canvas_dot,
            );
            x += step;
        }
        y += step;
    }
}

struct Brush<'a> {
    painter: &'a Painter,
    canvas: Rect,
    camera: &'a Camera,
    look: &'a Look<'a>,
}

impl Brush<'_> {
    fn pos(&self, p: diagram::Point) -> Pos2 {
        self.camera.screen_from_scene(self.canvas, p)
    }

    /// A font size on screen, in half points: fewer sizes, fewer glyphs to make.
    fn size(&self, points: f32) -> f32 {
        ((points * self.camera.zoom * 2.0).round() / 2.0).max(1.0)
    }

    fn edge(&self, index: usize, edge: &Edge) {
        let stroke = self.edge_stroke(index, edge);
        let points: Vec<Pos2> = edge.points.iter().map(|p| self.pos(*p)).collect();
        if !Rect::from_points(&points)
            .expand(12.0)
            .intersects(self.canvas)
        {
            return;
        }
        match edge.kind {
            EdgeKind::Declared => {
                self.painter.add(Shape::line(
                    rounded(&points, 7.0 * self.camera.zoom),
                    stroke,
                ));
            }
            EdgeKind::Implied => {
                self.painter
                    .extend(Shape::dashed_line(&points, stroke, 6.0, 4.0));
            }
            EdgeKind::Reads => {
                let radius = stroke.width * 0.7;
                self.painter
                    .extend(Shape::dotted_line(&points, stroke.color, 5.0, radius));
            }
        }
    }

    fn edge_stroke(&self, index: usize, edge: &Edge) -> Stroke {
        let t = self.look.t;
        let stands_out = self.look.edge_stands_out(index);
        let color = match (stands_out, edge.kind) {
            (true, _) => t.edge_highlight,
            (false, EdgeKind::Declared) => t.edge,
            (false, _) => t.edge_implied,
        };
        let is_dimmed = self.look.lit.is_some() && !stands_out;
        let width = if stands_out { 2.0 } else { 1.3 } * self.camera.zoom.clamp(0.6, 1.4);
        Stroke::new(
            width,
            color.gamma_multiply(if is_dimmed { DIMMED } else { 1.0 }),
        )
    }

    fn markers(&self, index: usize, edge: &Edge) {
        let stroke = self.edge_stroke(index, edge);
        for shape in edge.marker_shapes() {
            match shape {
                MarkerShape::Line { a, b } => {
                    self.painter
                        .line_segment([self.pos(a), self.pos(b)], stroke);
                }
                MarkerShape::Circle { center, radius } => {
                    let radius = radius * self.camera.zoom;
                    self.painter
                        .circle(self.pos(center), radius, self.look.t.canvas, stroke);
                }
                MarkerShape::Disc { center, radius } => {
                    let radius = radius * self.camera.zoom;
                    self.painter
                        .circle_filled(self.pos(center), radius, stroke.color);
                }
            }
        }
    }

    fn table(&self, index: usize, table: &TableBox) {
        let t = self.look.t;
        let rect = self.camera.screen_rect(self.canvas, table.rect);
        if !rect.expand(4.0).intersects(self.canvas) {
            return;
        }
        let opacity = self.look.table_opacity(index);
        let fade = |color: Color32| color.gamma_multiply(opacity);
        let radius = (7.0 * self.camera.zoom).clamp(2.0, 10.0) as u8;
        let is_selected = self.look.selected_table == Some(index);
        let is_hovered = self.look.hovered_table == Some(index);
        // Opaque ground first: a dimmed box must not let lines through.
        self.painter
            .rect_filled(rect, CornerRadius::same(radius), t.canvas);
        self.painter
            .rect_filled(rect, CornerRadius::same(radius), fade(t.raised));
        let header = self.camera.screen_rect(self.canvas, table.header_rect());
        let round_below = if table.rows.is_empty() { radius } else { 0 };
        self.painter.rect_filled(
            header,
            CornerRadius {
                nw: radius,
                ne: radius,
                sw: round_below,
                se: round_below,
            },
            fade(if is_selected { t.accent_soft } else { t.header }),
        );
        if let Some(band) = self.look.marks.get(index).and_then(|m| m.band) {
            marks::band(self.painter, header, radius, fade(band));
        }
        self.header(index, table, header, opacity);
        if self.camera.zoom >= ROWS_ZOOM {
            for (number, row) in table.rows.iter().enumerate() {
                let rect = self.camera.screen_rect(self.canvas, table.row_rect(number));
                let mark = self.look.mark(index, number);
                marks::behind_row(&self.painter.with_clip_rect(self.canvas), rect, mark, t);
                self.row(table, row, rect, opacity);
                marks::beside_row(self.painter, rect, mark, t, self.camera.zoom);
            }
        }
        let (width, color) = match (is_selected, is_hovered) {
            (true, _) => (2.0, t.accent),
            (false, true) => (1.5, t.accent),
            (false, false) => (1.0, fade(t.border_strong)),
        };
        let stroke = Stroke::new(width, color);
        self.painter
            .rect_stroke(rect, CornerRadius::same(radius), stroke, StrokeKind::Middle);
    }

    fn header(&self, index: usize, table: &TableBox, header: Rect, opacity: f32) {
        let t = self.look.t;
        let zoom = self.camera.zoom;
        let painter = self
            .painter
            .with_clip_rect(header.shrink2(Vec2::new(2.0, 0.0)).intersect(self.canvas));
        let left = header.left() + PADDING * zoom;
        // Far away, the name is drawn larger than to scale while it fits its box.
        let far = zoom < ROW_TEXT_ZOOM;
        let size = self.size(if far {
            13.5 * (ROW_TEXT_ZOOM / zoom).min(1.6)
        } else {
            13.5
        });
        let name_y = if table.hint.is_some() {
            header.top() + 15.0 * zoom
        } else {
            header.center().y
        };
        let name = painter.text(
            pos2(left, name_y),
            Align2::LEFT_CENTER,
            &table.name,
            semibold(size),
            t.text.gamma_multiply(opacity),
        );
        if far {
            return;
        }
        if let Some(rows) = self.look.rows.get(index).copied().flatten() {
            let text = format::short_count(rows);
            let right = pos2(header.right() - PADDING * zoom, name_y);
            let galley =
                painter.layout_no_wrap(text, FontId::proportional(self.size(11.0)), t.text_faint);
            // The count gives way to a long name.
            if right.x - galley.size().x > name.right() + 6.0 * zoom {
                let corner = right - Vec2::new(galley.size().x, galley.size().y / 2.0);
                painter.galley(corner, galley, t.text_faint.gamma_multiply(opacity));
            }
        }
        if let Some(hint) = &table.hint {
            let ink = if table.kind == BoxKind::View {
                t.text_secondary
            } else {
                t.hint
            };
            painter.text(
                pos2(left, header.bottom() - 11.0 * zoom),
                Align2::LEFT_CENTER,
                hint,
                FontId::proportional(self.size(11.0)),
                ink.gamma_multiply(opacity),
            );
        }
    }

    fn row(&self, table: &TableBox, row: &Row, rect: Rect, opacity: f32) {
        let t = self.look.t;
        let zoom = self.camera.zoom;
        if !rect.intersects(self.canvas) {
            return;
        }
        let left = rect.left() + PADDING * zoom;
        let name_left = left
            + if row.kind == RowKind::Column {
                table.marker_width * zoom
            } else {
                0.0
            };
        if zoom < ROW_TEXT_ZOOM {
            let line = Rect::from_min_max(
                pos2(left, rect.center().y - 1.5 * zoom),
                pos2(left + rect.width() * 0.55, rect.center().y + 1.5 * zoom),
            );
            self.painter
                .rect_filled(line, CornerRadius::ZERO, t.border.gamma_multiply(opacity));
            return;
        }
        let painter = self
            .painter
            .with_clip_rect(rect.shrink2(Vec2::new(3.0, 0.0)).intersect(self.canvas));
        for (place, marker) in row.markers.iter().enumerate() {
            let x = left + MARKER_WIDTH * zoom * place as f32;
            self.marker(&painter, *marker, pos2(x, rect.center().y), opacity);
        }
        let (font, ink) = match row.kind {
            RowKind::Column if row.markers.contains(&KeyMarker::Primary) => {
                (medium(self.size(12.5)), t.text)
            }
            RowKind::Column => (FontId::proportional(self.size(12.5)), t.text),
            _ => (FontId::proportional(self.size(11.5)), t.text_secondary),
        };
        let middle = rect.center().y;
        painter.text(
            pos2(name_left, middle),
            Align2::LEFT_CENTER,
            &row.name,
            font,
            ink.gamma_multiply(opacity),
        );
        if row.kind != RowKind::Column {
            return;
        }
        let right = rect.right() - (PADDING + NULLABLE_WIDTH) * zoom;
        painter.text(
            pos2(right, middle),
            Align2::RIGHT_CENTER,
            &row.type_text,
            FontId::proportional(self.size(11.5)),
            t.text_faint.gamma_multiply(opacity),
        );
        if row.nullable {
            let center = pos2(rect.right() - PADDING * zoom, middle);
            let stroke = Stroke::new(1.0, t.text_faint.gamma_multiply(opacity));
            painter.circle_stroke(center, 3.0 * zoom, stroke);
        }
    }

    fn marker(&self, painter: &Painter, marker: KeyMarker, left: Pos2, opacity: f32) {
        let t = self.look.t;
        let ink = match marker {
            KeyMarker::Primary | KeyMarker::ExpressionKey => t.key_primary,
            KeyMarker::Foreign => t.key_foreign,
            KeyMarker::ImpliedForeign => t.text_faint,
            KeyMarker::Unique => t.key_unique,
        };
        painter.text(
            left,
            Align2::LEFT_CENTER,
            marker.label(),
            semibold(self.size(10.0)),
            ink.gamma_multiply(opacity),
        );
    }
}

/// The same line with its corners rounded by at most `radius` screen points.
fn rounded(points: &[Pos2], radius: f32) -> Vec<Pos2> {
    let Some((&first, &last)) = points.first().zip(points.last()) else {
        return Vec::new();
    };
    let mut line = vec![first];
    for corner in points.windows(3) {
        let (into, out) = (corner[0] - corner[1], corner[2] - corner[1]);
        let r = radius.min(into.length() / 2.0).min(out.length() / 2.0);
        let (from, to) = (
            corner[1] + into.normalized() * r,
            corner[1] + out.normalized() * r,
        );
        // A quadratic curve in four pieces is smooth at these sizes.
        for step in 0..=4 {
            let s = step as f32 / 4.0;
            let a = from.lerp(corner[1], s);
            let b = corner[1].lerp(to, s);
            line.push(a.lerp(b, s));
        }
    }
    line.push(last);
    line
}
