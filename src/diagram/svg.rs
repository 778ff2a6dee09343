//! Scene → SVG text.

use std::fmt::Write as _;

use super::boxes::{
    BoxKind, KeyMarker, MARKER_WIDTH, NULLABLE_WIDTH, PADDING, Row, RowKind, TableBox,
};
use super::geometry::{Point, Rect};
use super::markers::MarkerShape;
use super::scene::{Edge, EdgeKind, Scene};
use super::text::{TextKind, estimate_width, fitted, shared_room};

/// The colours of a picture, as SVG writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    pub background: String,
    pub box_fill: String,
    pub box_border: String,
    pub header_fill: String,
    pub view_header_fill: String,
    pub header_text: String,
    pub text: String,
    /// Types, hints and constraints.
    pub muted_text: String,
    /// Between rows.
    pub row_line: String,
    pub primary_key: String,
    pub foreign_key: String,
    pub unique_key: String,
    pub relation: String,
    pub implied_relation: String,
    pub reads: String,
}

impl Palette {
    pub fn light() -> Self {
        Self {
            background: "#f7f8fa".into(),
            box_fill: "#ffffff".into(),
            box_border: "#c3cad6".into(),
            header_fill: "#e8edf6".into(),
            view_header_fill: "#ece8f6".into(),
            header_text: "#172033".into(),
            text: "#273146".into(),
            muted_text: "#6a7588".into(),
            row_line: "#eef1f5".into(),
            primary_key: "#a65d03".into(),
            foreign_key: "#2459c4".into(),
            unique_key: "#0b7a6b".into(),
            relation: "#53627c".into(),
            implied_relation: "#7f8ca3".into(),
            reads: "#8a78b8".into(),
        }
    }

    pub fn dark() -> Self {
        Self {
            background: "#14171d".into(),
            box_fill: "#1d222b".into(),
            box_border: "#3b4454".into(),
            header_fill: "#2a3342".into(),
            view_header_fill: "#352f4a".into(),
            header_text: "#f0f3f8".into(),
            text: "#d5dbe6".into(),
            muted_text: "#909bae".into(),
            row_line: "#262c37".into(),
            primary_key: "#f0b15a".into(),
            foreign_key: "#82aaff".into(),
            unique_key: "#5fd0bd".into(),
            relation: "#93a1b8".into(),
            implied_relation: "#74829a".into(),
            reads: "#9d8bd0".into(),
        }
    }
}

const MARGIN: f32 = 32.0;
const CORNER: f32 = 6.0;

/// A standalone SVG document, one unit per point.
pub fn to_svg(scene: &Scene, title: &str, palette: &Palette) -> String {
    let view = scene.bounds.grown(MARGIN, MARGIN);
    let mut svg = String::new();
    let mut writer = Writer {
        out: &mut svg,
        palette,
    };
    writer.document(scene, title, view);
    svg
}

/// The text with everything replaced that means something in XML.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // XML has no way to write most control characters.
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

struct Writer<'a> {
    out: &'a mut String,
    palette: &'a Palette,
}

impl Writer<'_> {
    /// Appends a line. Writing to a string cannot fail, so there is no error to pass on.
    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        self.out.write_fmt(text).unwrap_or_default();
        self.out.push('\n');
    }

    fn document(&mut self, scene: &Scene, title: &str, view: Rect) {
        let Rect { x, y, w, h } = view;
        self.line(format_args!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="{x} {y} {w} {h}" font-family="Inter, system-ui, sans-serif" role="img">"#
        ));
        self.line(format_args!("<title>{}</title>", escaped(title)));
        let background = &self.palette.background;
        self.line(format_args!(
            r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{background}"/>"#
        ));
        for edge in &scene.edges {
            self.edge(scene, edge);
        }
        for table in &scene.tables {
            self.table(table);
        }
        // Above the boxes' borders, so that feet and dots meet them.
        for edge in &scene.edges {
            self.markers(edge);
        }
        self.line(format_args!("</svg>"));
    }

    fn edge(&mut self, scene: &Scene, edge: &Edge) {
        if edge.points.len() < 2 {
            return;
        }
        let (width, dash) = match edge.kind {
            EdgeKind::Declared => (1.5, ""),
            EdgeKind::Implied => (1.4, r#" stroke-dasharray="6 4""#),
            EdgeKind::Reads => (1.1, r#" stroke-dasharray="1.5 3.5" stroke-linecap="round""#),
        };
        let color = self.edge_color(edge.kind);
        let path = rounded_path(&edge.points);
        let says = match edge.kind {
            EdgeKind::Declared => "refers to",
            EdgeKind::Implied => "seems to refer to",
            EdgeKind::Reads => "reads",
        };
        let from = escaped(&scene.tables[edge.from].name);
        let to = escaped(&scene.tables[edge.to].name);
        self.line(format_args!(
            r#"<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}" stroke-linejoin="round"{dash}><title>{from} {says} {to}</title></path>"#
        ));
    }

    fn edge_color(&self, kind: EdgeKind) -> String {
        match kind {
            EdgeKind::Declared => self.palette.relation.clone(),
            EdgeKind::Implied => self.palette.implied_relation.clone(),
            EdgeKind::Reads => self.palette.reads.clone(),
        }
    }

    fn markers(&mut self, edge: &Edge) {
        let color = self.edge_color(edge.kind);
        let background = self.palette.background.clone();
        for shape in edge.marker_shapes() {
            match shape {
                MarkerShape::Line { a, b } => self.line(format_args!(
                    r#"<path d="M{} {}L{} {}" stroke="{color}" stroke-width="1.5" stroke-linecap="round"/>"#,
                    a.x, a.y, b.x, b.y
                )),
                MarkerShape::Circle { center, radius } => self.line(format_args!(
                    r#"<circle cx="{}" cy="{}" r="{radius}" fill="{background}" stroke="{color}" stroke-width="1.5"/>"#,
                    center.x, center.y
                )),
                MarkerShape::Disc { center, radius } => self.line(format_args!(
                    r#"<circle cx="{}" cy="{}" r="{radius}" fill="{color}"/>"#,
                    center.x, center.y
                )),
            }
        }
    }

    fn table(&mut self, table: &TableBox) {
        let Rect { x, y, w, h } = table.rect;
        let palette = self.palette;
        self.line(format_args!("<g><title>{}</title>", escaped(&table.name)));
        self.line(format_args!(
            r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{CORNER}" fill="{}"/>"#,
            palette.box_fill
        ));
        self.header(table);
        for (i, row) in table.rows.iter().enumerate() {
            self.row(row, table.row_rect(i), table.marker_width, i > 0);
        }
        self.line(format_args!(
            r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{CORNER}" fill="none" stroke="{}"/>"#,
            palette.box_border
        ));
        self.line(format_args!("</g>"));
    }

    fn header(&mut self, table: &TableBox) {
        let Rect { x, y, w, h } = table.header_rect();
        let palette = self.palette;
        let fill = match table.kind {
            BoxKind::Table => &palette.header_fill,
            BoxKind::View => &palette.view_header_fill,
        };
        let path = if table.rows.is_empty() {
            format!(
                r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{CORNER}" fill="{fill}"/>"#
            )
        } else {
            let (right, bottom, r) = (x + w, y + h, CORNER);
            format!(
                r#"<path d="M{x} {bottom}V{}Q{x} {y} {} {y}H{}Q{right} {y} {right} {}V{bottom}Z" fill="{fill}"/>"#,
                y + r,
                x + r,
                right - r,
                y + r
            )
        };
        self.line(format_args!("{path}"));
        if !table.rows.is_empty() {
            self.line(format_args!(
                r#"<path d="M{x} {b}H{}" stroke="{}"/>"#,
                x + w,
                palette.box_border,
                b = y + h
            ));
        }
        let left = x + PADDING;
        let room = w - 2.0 * PADDING;
        let (header, hint) = (palette.header_text.clone(), palette.muted_text.clone());
        self.text(
            Point::new(left, y + 19.0),
            &table.name,
            TextKind::Header,
            &header,
            room,
        );
        if let Some(text) = &table.hint {
            self.text(
                Point::new(left, y + 34.0),
                text,
                TextKind::Hint,
                &hint,
                room,
            );
        }
    }

    fn row(&mut self, row: &Row, area: Rect, marker_width: f32, has_line_above: bool) {
        let palette = self.palette;
        if has_line_above {
            self.line(format_args!(
                r#"<path d="M{} {y}H{}" stroke="{}"/>"#,
                area.x + 1.0,
                area.right() - 1.0,
                palette.row_line,
                y = area.y
            ));
        }
        let baseline = area.y + 14.3;
        let left = area.x + PADDING;
        let muted = palette.muted_text.clone();
        if row.kind != RowKind::Column {
            let room = area.w - 2.0 * PADDING;
            self.text(
                Point::new(left, baseline),
                &row.name,
                TextKind::Type,
                &muted,
                room,
            );
            return;
        }
        for (i, marker) in row.markers.iter().enumerate() {
            let corner = Point::new(left + MARKER_WIDTH * i as f32, area.y + 3.5);
            self.key_marker(*marker, corner);
        }
        let type_right = area.right() - PADDING - NULLABLE_WIDTH;
        let name_left = left + marker_width;
        let room = type_right - name_left;
        let (name_room, type_room) = shared_room(
            estimate_width(&row.name, TextKind::Name),
            estimate_width(&row.type_text, TextKind::Type),
            room,
        );
        let color = palette.text.clone();
        self.text(
            Point::new(name_left, baseline),
            &row.name,
            TextKind::Name,
            &color,
            name_room,
        );
        let type_text = escaped(&fitted(&row.type_text, TextKind::Type, type_room + 1.0));
        self.line(format_args!(
            r#"<text x="{type_right}" y="{baseline}" font-size="{}" fill="{muted}" text-anchor="end">{type_text}</text>"#,
            TextKind::Type.size()
        ));
        if row.nullable {
            self.line(format_args!(
                r#"<circle cx="{}" cy="{}" r="2.5" fill="none" stroke="{muted}"><title>May be NULL</title></circle>"#,
                area.right() - PADDING - 2.5, area.center().y
            ));
        }
    }

    fn key_marker(&mut self, marker: KeyMarker, corner: Point) {
        let palette = self.palette;
        let (color, dash) = match marker {
            KeyMarker::Primary | KeyMarker::ExpressionKey => (&palette.primary_key, ""),
            KeyMarker::Foreign => (&palette.foreign_key, ""),
            KeyMarker::ImpliedForeign => (&palette.foreign_key, r#" stroke-dasharray="2 2""#),
            KeyMarker::Unique => (&palette.unique_key, ""),
        };
        // A filled badge for the key itself, outlined ones for the rest.
        let fill_opacity = if marker == KeyMarker::Primary {
            0.16
        } else {
            0.0
        };
        self.line(format_args!(
            r#"<rect x="{}" y="{}" width="21" height="13" rx="3" fill="{color}" fill-opacity="{fill_opacity}" stroke="{color}" stroke-opacity="0.7"{dash}><title>{}</title></rect>"#,
            corner.x, corner.y, marker.meaning()
        ));
        self.line(format_args!(
            r#"<text x="{}" y="{}" font-size="9" font-weight="600" fill="{color}" text-anchor="middle">{}</text>"#,
            corner.x + 10.5, corner.y + 9.8, marker.label()
        ));
    }

    fn text(&mut self, at: Point, text: &str, kind: TextKind, color: &str, room: f32) {
        let weight = match kind {
            TextKind::Header => r#" font-weight="600""#,
            _ => "",
        };
        self.line(format_args!(
            r#"<text x="{}" y="{}" font-size="{}" fill="{color}"{weight}>{}</text>"#,
            at.x,
            at.y,
            kind.size(),
            escaped(&fitted(text, kind, room))
        ));
    }
}

/// The line as an SVG path with slightly rounded corners.
fn rounded_path(points: &[Point]) -> String {
    const RADIUS: f32 = 5.0;
    let towards = |from: Point, to: Point, distance: f32| {
        let length = (to.x - from.x).abs() + (to.y - from.y).abs();
        let share = distance / length.max(1e-3);
        Point::new(
            from.x + (to.x - from.x) * share,
            from.y + (to.y - from.y) * share,
        )
    };
    let length = |a: Point, b: Point| (a.x - b.x).abs() + (a.y - b.y).abs();
    let mut path = String::new();
    if let Some(first) = points.first() {
        path = format!("M{} {}", first.x, first.y);
    }
    for three in points.windows(3) {
        let (a, corner, b) = (three[0], three[1], three[2]);
        let radius = RADIUS
            .min(length(a, corner) / 2.0)
            .min(length(corner, b) / 2.0);
        let (start, end) = (towards(corner, a, radius), towards(corner, b, radius));
        path += &format!(
            "L{} {}Q{} {} {} {}",
            start.x, start.y, corner.x, corner.y, end.x, end.y
        );
    }
    if let Some(last) = points.last() {
        path += &format!("L{} {}", last.x, last.y);
    }
    path
}
