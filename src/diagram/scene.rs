//! The finished picture: boxes where they stand and lines as they run.

use super::boxes::TableBox;
use super::geometry::{Point, Rect, segments_cross};
use super::markers::{EndMarker, MarkerShape, marker_shapes};
use crate::model::same_name;

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// A declared reference: a solid line.
    Declared,
    /// A reference the names give away: a dashed line.
    Implied,
    /// A view reads a table: a thin dotted line.
    Reads,
}

/// A line from the referring table (or the view) to the table it refers to.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Index into [`Scene::tables`]; the same as `to` for a self-reference.
    pub from: usize,
    pub to: usize,
    /// Rows the line is attached to; `None` is the header.
    pub from_row: Option<usize>,
    pub to_row: Option<usize>,
    /// How far below the tops of the two boxes the line meets them, in points.
    pub from_dy: f32,
    pub to_dy: f32,
    pub kind: EdgeKind,
    /// Index into the schema's relations; `None` for what a view reads.
    pub relation: Option<usize>,
    pub from_end: EndMarker,
    pub to_end: EndMarker,
    /// Corners of the line, from the referring row to the referenced one. Horizontal and
    /// vertical pieces only, at least two points once routed.
    pub points: Vec<Point>,
}

impl Edge {
    /// The strokes of both ends; empty until the line has been routed.
    pub fn marker_shapes(&self) -> Vec<MarkerShape> {
        let [first, second, ..] = self.points.as_slice() else {
            return Vec::new();
        };
        let [.., before, last] = self.points.as_slice() else {
            return Vec::new();
        };
        let mut shapes = marker_shapes(self.from_end, *first, *second);
        shapes.extend(marker_shapes(self.to_end, *last, *before));
        shapes
    }
}

/// A diagram, ready to be painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Tables in documented order, then views.
    pub tables: Vec<TableBox>,
    pub edges: Vec<Edge>,
    /// Around all boxes and lines; empty for an empty schema.
    pub bounds: Rect,
}

impl Scene {
    pub(super) fn new(tables: Vec<TableBox>, edges: Vec<Edge>) -> Self {
        let mut scene = Self {
            tables,
            edges,
            bounds: Rect::default(),
        };
        scene.update_bounds();
        scene
    }

    pub(super) fn update_bounds(&mut self) {
        let points = self.edges.iter().flat_map(|e| &e.points);
        let of_points = points.map(|p| Rect::new(p.x, p.y, 0.0, 0.0));
        let of_tables = self.tables.iter().map(|t| t.rect);
        self.bounds = of_tables
            .chain(of_points)
            .reduce(|a, b| a.union(&b))
            .unwrap_or_default();
    }

    /// The box of that name; names compare without case.
    pub fn table_index(&self, name: &str) -> Option<usize> {
        self.tables.iter().position(|t| same_name(&t.name, name))
    }

    /// Tables a line leads to from this one, each once, in scene order, without itself.
    pub fn neighbours(&self, table: usize) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .edges
            .iter()
            .filter_map(|e| match (e.from == table, e.to == table) {
                (true, false) => Some(e.to),
                (false, true) => Some(e.from),
                _ => None,
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// How many pairs of routed lines cross. Lines that share a piece do not cross there.
    pub fn crossings(&self) -> usize {
        let pieces: Vec<(usize, Point, Point)> = self
            .edges
            .iter()
            .enumerate()
            .flat_map(|(i, e)| e.points.windows(2).map(move |p| (i, p[0], p[1])))
            .collect();
        let mut count = 0;
        for (i, (edge, a, b)) in pieces.iter().enumerate() {
            for (other, c, d) in &pieces[i + 1..] {
                count += usize::from(edge != other && segments_cross(*a, *b, *c, *d));
            }
        }
        count
    }

    /// Some of the tables at other places, with the lines between them, not yet routed.
    pub(super) fn part(&self, members: &[usize], corners: &[Point]) -> Self {
        let new_index = |old: usize| members.iter().position(|&m| m == old);
        let tables = members
            .iter()
            .zip(corners)
            .map(|(&member, corner)| {
                let mut table = self.tables[member].clone();
                (table.rect.x, table.rect.y) = (corner.x, corner.y);
                table
            })
            .collect();
        let edges = self
            .edges
            .iter()
            .filter_map(|edge| {
                Some(Edge {
                    from: new_index(edge.from)?,
                    to: new_index(edge.to)?,
                    ..edge.clone()
                })
            })
            .collect();
        Self::new(tables, edges)
    }

    /// Indexes of the lines that start or end at this table.
    pub fn edges_of(&self, table: usize) -> impl Iterator<Item = usize> {
        self.edges
            .iter()
            .enumerate()
            .filter(move |(_, e)| e.from == table || e.to == table)
            .map(|(i, _)| i)
    }

    /// Puts a table's top-left corner somewhere else. The lines stay: see [`super::reroute`].
    pub fn move_table(&mut self, table: usize, corner: Point) {
        if let Some(moved) = self.tables.get_mut(table) {
            moved.rect.x = corner.x;
            moved.rect.y = corner.y;
        }
    }
}
