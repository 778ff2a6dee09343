//! Relations and reads → the lines between boxes, not yet routed.

use std::collections::HashMap;

use super::LayoutRequest;
use super::boxes::{RowKind, TableBox};
use super::markers::EndMarker;
use super::scene::{Edge, EdgeKind};
use crate::model::{Relation, Schema};

/// One edge per relation between shown tables, then one per table a shown view reads.
pub(super) fn links(schema: &Schema, request: &LayoutRequest, tables: &[TableBox]) -> Vec<Edge> {
    let index = BoxIndex::new(tables);
    let relations = schema
        .relations
        .iter()
        .enumerate()
        .filter(|(_, r)| r.is_declared() || request.implied_shown)
        .filter_map(|(i, r)| relation_edge(schema, tables, &index, i, r));
    let reads = schema
        .views
        .iter()
        .filter(|_| request.views_shown)
        .flat_map(|view| view.reads.iter().map(move |read| (&view.name, read)))
        .filter_map(|(view, read)| read_edge(tables, &index, view, read));
    let mut edges: Vec<Edge> = relations.chain(reads).collect();
    attach(tables, &mut edges);
    edges
}

/// Where the lines meet their boxes. A box without rows takes lines apart along its header:
/// those to each table it refers to, and those that refer to it, or their ends would be drawn
/// over each other.
fn attach(tables: &[TableBox], edges: &mut [Edge]) {
    let slots: Vec<Vec<Slot>> = (0..tables.len()).map(|t| slots(edges, t)).collect();
    let dy = |table: usize, row: Option<usize>, slot: Slot| {
        let middle = tables[table].port_y(row) - tables[table].rect.y;
        if tables[table].rows.is_empty() {
            middle + offset_of(&slots[table], slot)
        } else {
            middle
        }
    };
    for edge in edges {
        edge.from_dy = dy(edge.from, edge.from_row, Slot::RefersTo(edge.to));
        edge.to_dy = dy(edge.to, edge.to_row, Slot::IsReferredTo);
    }
}

/// Lines of a box that may share a place on its header.
#[derive(Clone, Copy, PartialEq)]
enum Slot {
    RefersTo(usize),
    IsReferredTo,
}

fn slots(edges: &[Edge], table: usize) -> Vec<Slot> {
    let mut slots = Vec::new();
    for edge in edges.iter().filter(|e| e.from == table) {
        if !slots.contains(&Slot::RefersTo(edge.to)) {
            slots.push(Slot::RefersTo(edge.to));
        }
    }
    if edges.iter().any(|e| e.to == table) {
        slots.push(Slot::IsReferredTo);
    }
    slots
}

/// How far below the middle of the header a slot is, in points.
fn offset_of(slots: &[Slot], slot: Slot) -> f32 {
    const WIDEST: f32 = 20.0;
    const STEP: f32 = 10.0;
    let gaps = slots.len().saturating_sub(1) as f32;
    let step = STEP.min(WIDEST / gaps.max(1.0)).floor();
    let at = slots.iter().position(|s| *s == slot).unwrap_or(0) as f32;
    step * (at - gaps / 2.0)
}

/// Boxes by lower-case name; the first of two tables of the same name is meant.
struct BoxIndex(HashMap<String, usize>);

impl BoxIndex {
    fn new(tables: &[TableBox]) -> Self {
        let mut by_name = HashMap::new();
        for (i, table) in tables.iter().enumerate() {
            by_name.entry(table.name.to_ascii_lowercase()).or_insert(i);
        }
        Self(by_name)
    }

    fn get(&self, name: &str) -> Option<usize> {
        self.0.get(&name.to_ascii_lowercase()).copied()
    }
}

fn relation_edge(
    schema: &Schema,
    tables: &[TableBox],
    index: &BoxIndex,
    relation_index: usize,
    relation: &Relation,
) -> Option<Edge> {
    let from = index.get(&relation.from)?;
    let to = index.get(&relation.to)?;
    let row =
        |table: usize, columns: &[String]| columns.iter().find_map(|c| tables[table].row_of(c));
    let cardinality = schema.cardinality(relation);
    Some(Edge {
        from,
        to,
        from_row: row(from, &relation.from_columns),
        to_row: row(to, &relation.to_columns),
        from_dy: 0.0,
        to_dy: 0.0,
        kind: if relation.is_declared() {
            EdgeKind::Declared
        } else {
            EdgeKind::Implied
        },
        relation: Some(relation_index),
        from_end: if cardinality.child_unique {
            EndMarker::One
        } else {
            EndMarker::Many
        },
        to_end: if cardinality.parent_optional {
            EndMarker::ZeroOrOne
        } else {
            EndMarker::One
        },
        points: Vec::new(),
    })
}

fn read_edge(tables: &[TableBox], index: &BoxIndex, view: &str, read: &str) -> Option<Edge> {
    let from = index.get(view)?;
    let to = index.get(read)?;
    let says = format!("reads {read}");
    (from != to).then(|| Edge {
        from,
        to,
        from_row: tables[from]
            .rows
            .iter()
            .position(|r| r.kind == RowKind::Reads && r.name == says),
        to_row: None,
        from_dy: 0.0,
        to_dy: 0.0,
        kind: EdgeKind::Reads,
        relation: None,
        from_end: EndMarker::None,
        to_end: EndMarker::Dot,
        points: Vec::new(),
    })
}
