//! Schema → table boxes: what is written in each box and how large it is.

use super::geometry::Rect;
use super::{LayoutRequest, TextKind};
use crate::model::{Column, Key, KeyPart, Physical, Schema, Table, View, same_name};

/// Height of a column row, in points.
pub const ROW_HEIGHT: f32 = 20.0;
/// Height of a header without a hint line.
pub const HEADER_HEIGHT: f32 = 28.0;
/// What a hint line adds to the header.
pub const HINT_HEIGHT: f32 = 14.0;
/// Space between the box's side and its text.
pub const PADDING: f32 = 10.0;
/// Width of one key marker with the space behind it.
pub const MARKER_WIDTH: f32 = 26.0;
/// Room at the right end of a row for the nullable circle.
pub const NULLABLE_WIDTH: f32 = 12.0;
const NAME_TYPE_GAP: f32 = 18.0;
const MIN_WIDTH: f32 = 140.0;
const MAX_WIDTH: f32 = 360.0;

/// How much of a table is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// The header only.
    Names,
    /// Keys and references, and how many columns are left out.
    Keys,
    #[default]
    Full,
}

/// What a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxKind {
    Table,
    View,
}

/// The part a column plays in keys and references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMarker {
    Primary,
    /// Named inside an expression of the primary key.
    ExpressionKey,
    /// A declared reference.
    Foreign,
    /// A reference that only the names give away.
    ImpliedForeign,
    /// Unique by itself.
    Unique,
}

impl KeyMarker {
    /// The two letters drawn in front of the column.
    pub fn label(self) -> &'static str {
        match self {
            Self::Primary => "PK",
            Self::ExpressionKey => "ƒK",
            Self::Foreign | Self::ImpliedForeign => "FK",
            Self::Unique => "U",
        }
    }

    /// What the marker means, for a tooltip.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Primary => "Primary key",
            Self::ExpressionKey => "Part of a key expression",
            Self::Foreign => "Foreign key",
            Self::ImpliedForeign => "Implied reference, not declared",
            Self::Unique => "Unique",
        }
    }
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    Column,
    /// "12 more": the columns this detail leaves out.
    More,
    /// A key over an expression, or a unique key of several columns.
    Constraint,
    /// A table a view reads.
    Reads,
}

/// One line of a box below its header.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub kind: RowKind,
    /// The column's name, or the whole text of any other kind of row.
    pub name: String,
    /// The documented type; empty for other kinds.
    pub type_text: String,
    pub markers: Vec<KeyMarker>,
    pub nullable: bool,
}

impl Row {
    fn text(kind: RowKind, name: String) -> Self {
        Self {
            kind,
            name,
            type_text: String::new(),
            markers: Vec::new(),
            nullable: false,
        }
    }
}

/// A table or view as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct TableBox {
    pub name: String,
    pub kind: BoxKind,
    /// The small second line of the header: "partitioned by dt", "view".
    pub hint: Option<String>,
    pub rows: Vec<Row>,
    /// Where the box stands. The corner is 0, 0 until it has been placed.
    pub rect: Rect,
    /// Room left of the column names for key markers; the same for all rows.
    pub marker_width: f32,
}

impl TableBox {
    pub fn header_height(&self) -> f32 {
        HEADER_HEIGHT
            + if self.hint.is_some() {
                HINT_HEIGHT
            } else {
                0.0
            }
    }

    pub fn header_rect(&self) -> Rect {
        Rect::new(self.rect.x, self.rect.y, self.rect.w, self.header_height())
    }

    /// Where a row is drawn; rows beyond the last one continue below the box.
    pub fn row_rect(&self, row: usize) -> Rect {
        let y = self.rect.y + self.header_height() + ROW_HEIGHT * row as f32;
        Rect::new(self.rect.x, y, self.rect.w, ROW_HEIGHT)
    }

    /// The height at which lines of a row leave the box; `None` is the header.
    pub fn port_y(&self, row: Option<usize>) -> f32 {
        match row {
            Some(row) => self.row_rect(row).center().y,
            None => self.rect.y + self.header_height() / 2.0,
        }
    }

    /// The row of a column, when this detail shows it.
    pub fn row_of(&self, column: &str) -> Option<usize> {
        self.rows
            .iter()
            .position(|r| r.kind == RowKind::Column && same_name(&r.name, column))
    }
}

/// The boxes of all tables and views that are not hidden, in documented order, unplaced.
pub fn boxes(
    schema: &Schema,
    request: &LayoutRequest,
    measure: &dyn Fn(&str, TextKind) -> f32,
) -> Vec<TableBox> {
    let is_shown = |name: &str| !request.hidden.iter().any(|h| same_name(h, name));
    let tables = schema.tables.iter().map(|table| {
        let hint = table_hint(table);
        (
            &table.name,
            BoxKind::Table,
            hint,
            table_rows(schema, table, request),
        )
    });
    let views = schema
        .views
        .iter()
        .filter(|_| request.views_shown)
        .map(|view| {
            let hint = if view.materialized {
                "materialized view"
            } else {
                "view"
            };
            (
                &view.name,
                BoxKind::View,
                Some(hint.to_owned()),
                view_rows(view, request.detail),
            )
        });
    tables
        .chain(views)
        .filter(|(name, ..)| is_shown(name))
        .map(|(name, kind, hint, rows)| sized_box(name.clone(), kind, hint, rows, measure))
        .collect()
}

fn sized_box(
    name: String,
    kind: BoxKind,
    hint: Option<String>,
    rows: Vec<Row>,
    measure: &dyn Fn(&str, TextKind) -> f32,
) -> TableBox {
    let markers = rows.iter().map(|r| r.markers.len()).max().unwrap_or(0);
    let marker_width = MARKER_WIDTH * markers as f32;
    let header = measure(&name, TextKind::Header);
    let hint_width = hint.as_ref().map_or(0.0, |h| measure(h, TextKind::Hint));
    let widest_row = rows
        .iter()
        .map(|row| row_width(row, marker_width, measure))
        .fold(0.0, f32::max);
    let content = header.max(hint_width).max(widest_row) + 2.0 * PADDING;
    let width = ((content / 4.0).ceil() * 4.0).clamp(MIN_WIDTH, MAX_WIDTH);
    let mut table = TableBox {
        name,
        kind,
        hint,
        rows,
        rect: Rect::new(0.0, 0.0, width, 0.0),
        marker_width,
    };
    table.rect.h = table.header_height() + ROW_HEIGHT * table.rows.len() as f32;
    table
}

fn row_width(row: &Row, marker_width: f32, measure: &dyn Fn(&str, TextKind) -> f32) -> f32 {
    match row.kind {
        RowKind::Column => {
            let name = measure(&row.name, TextKind::Name);
            let type_text = measure(&row.type_text, TextKind::Type);
            marker_width + name + NAME_TYPE_GAP + type_text + NULLABLE_WIDTH
        }
        RowKind::More | RowKind::Constraint | RowKind::Reads => measure(&row.name, TextKind::Type),
    }
}

fn table_rows(schema: &Schema, table: &Table, request: &LayoutRequest) -> Vec<Row> {
    if request.detail == Detail::Names {
        return Vec::new();
    }
    let mut rows: Vec<Row> = table
        .columns
        .iter()
        .map(|column| column_row(schema, table, column, request))
        .collect();
    if request.detail == Detail::Keys {
        let all = rows.len();
        rows.retain(|row| !row.markers.is_empty());
        let left_out = all - rows.len();
        if left_out > 0 {
            rows.push(Row::text(RowKind::More, format!("{left_out} more")));
        }
    } else {
        rows.extend(constraint_rows(table));
    }
    rows
}

fn column_row(schema: &Schema, table: &Table, column: &Column, request: &LayoutRequest) -> Row {
    Row {
        kind: RowKind::Column,
        name: column.name.clone(),
        type_text: column.data_type.documented.clone(),
        markers: key_markers(schema, table, column, request),
        nullable: column.nullable,
    }
}

fn key_markers(
    schema: &Schema,
    table: &Table,
    column: &Column,
    request: &LayoutRequest,
) -> Vec<KeyMarker> {
    let mut markers = Vec::new();
    if let Some(key) = &table.primary_key {
        if is_plain_part(key, &column.name) {
            markers.push(KeyMarker::Primary);
        } else if key.names(&column.name) {
            markers.push(KeyMarker::ExpressionKey);
        }
    }
    let refers = |declared: bool| {
        schema.relations_from(&table.name).any(|r| {
            r.is_declared() == declared && r.from_columns.iter().any(|c| same_name(c, &column.name))
        })
    };
    if refers(true) {
        markers.push(KeyMarker::Foreign);
    } else if request.implied_shown && refers(false) {
        markers.push(KeyMarker::ImpliedForeign);
    }
    let alone = std::slice::from_ref(&column.name);
    if table.uniques.iter().any(|key| key.is_exactly(alone)) {
        markers.push(KeyMarker::Unique);
    }
    markers
}

fn is_plain_part(key: &Key, column: &str) -> bool {
    key.parts
        .iter()
        .any(|part| matches!(part, KeyPart::Column(name) if same_name(name, column)))
}

/// Keys that markers in front of single columns cannot tell.
fn constraint_rows(table: &Table) -> Vec<Row> {
    let primary = table
        .primary_key
        .iter()
        .filter(|key| key.columns().is_none() || key.partition_parts > 0)
        .map(|key| format!("PK {}", key.to_sql()));
    let uniques = table
        .uniques
        .iter()
        .filter(|key| key.parts.len() > 1 || key.columns().is_none())
        .map(|key| format!("Unique {}", key.to_sql()));
    primary
        .chain(uniques)
        .map(|text| Row::text(RowKind::Constraint, text))
        .collect()
}

fn view_rows(view: &View, detail: Detail) -> Vec<Row> {
    if detail == Detail::Names {
        return Vec::new();
    }
    view.reads
        .iter()
        .map(|name| Row::text(RowKind::Reads, format!("reads {name}")))
        .collect()
}

fn table_hint(table: &Table) -> Option<String> {
    let made = table.query.as_ref().map(|_| "made by a query".to_owned());
    let parts: Vec<String> = made
        .into_iter()
        .chain(physical_hints(&table.physical))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn physical_hints(physical: &Physical) -> Vec<String> {
    let mut hints = Vec::new();
    if !physical.partition_by.is_empty() {
        let keys: Vec<&str> = physical
            .partition_by
            .iter()
            .map(|k| k.sql.as_str())
            .collect();
        hints.push(format!("partitioned by {}", keys.join(", ")));
    }
    if !physical.cluster_by.is_empty() {
        hints.push(format!("clustered by {}", physical.cluster_by.join(", ")));
    }
    if let Some(buckets) = physical.buckets {
        hints.push(format!("{buckets} buckets"));
    }
    if !physical.clustering_order.is_empty() {
        hints.push(format!(
            "ordered by {}",
            physical.clustering_order.join(", ")
        ));
    }
    if let Some(secs) = physical.ttl_secs {
        hints.push(format!("kept {}", lifetime(secs)));
    }
    hints
}

/// Whole days where they are, otherwise seconds.
fn lifetime(secs: u64) -> String {
    const DAY: u64 = 86_400;
    match secs {
        DAY => "1 day".to_owned(),
        s if s >= DAY && s.is_multiple_of(DAY) => format!("{} days", s / DAY),
        s => format!("{s} s"),
    }
}
