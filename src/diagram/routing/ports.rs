//! Where lines leave and reach boxes.

use std::collections::HashMap;

use super::grid::Grid;
use crate::diagram::boxes::TableBox;
use crate::diagram::geometry::{Point, Rect};
use crate::diagram::scene::Edge;

/// Which way a line runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    Right,
    Left,
    Down,
    Up,
}

/// One side of a row: the point on the box and the grid point in front of it.
#[derive(Clone, Copy, Debug)]
pub struct Port {
    pub point: Point,
    pub node: usize,
    /// The way a line leaves the box here.
    pub outwards: Heading,
}

/// Both ends of a line, with the sides they may use.
pub struct Ends {
    pub starts: Vec<Port>,
    pub goals: Vec<Port>,
}

/// The ends of all lines of a scene.
pub struct Ports {
    lines: Vec<LineEnds>,
}

struct LineEnds {
    from: usize,
    from_y: f32,
    to: usize,
    to_y: f32,
    net: u32,
    length: f32,
}

impl Ports {
    pub fn new(tables: &[TableBox], edges: &[Edge]) -> Self {
        let mut nets = HashMap::new();
        let lines = edges
            .iter()
            .map(|edge| {
                let next = nets.len() as u32;
                let net = *nets.entry((edge.to, edge.to_row)).or_insert(next);
                let (from, to) = (&tables[edge.from], &tables[edge.to]);
                let (from_y, to_y) = (from.rect.y + edge.from_dy, to.rect.y + edge.to_dy);
                let across = (from.rect.center().x - to.rect.center().x).abs();
                LineEnds {
                    from: edge.from,
                    from_y,
                    to: edge.to,
                    to_y,
                    net,
                    length: across + (from_y - to_y).abs(),
                }
            })
            .collect();
        Self { lines }
    }

    /// Lines with the same number end at the same row and may share their way.
    pub fn net(&self, line: usize) -> u32 {
        self.lines[line].net
    }

    pub fn heights(&self, lines: &[usize]) -> Vec<f32> {
        lines
            .iter()
            .flat_map(|&l| [self.lines[l].from_y, self.lines[l].to_y])
            .collect()
    }

    /// Short lines have the least choice, so they choose first.
    pub fn shortest_first(&self, lines: &[usize]) -> Vec<usize> {
        let mut order = lines.to_vec();
        order.sort_by(|&a, &b| {
            let (a_length, b_length) = (self.lines[a].length, self.lines[b].length);
            a_length.total_cmp(&b_length).then(a.cmp(&b))
        });
        order
    }

    pub fn ends(&self, line: usize, boxes: &[Rect], grid: &Grid) -> Ends {
        let line = &self.lines[line];
        Ends {
            starts: sides(line.from, line.from_y, boxes, grid),
            goals: sides(line.to, line.to_y, boxes, grid),
        }
    }
}

/// The sides of a box from which the row can be reached.
fn sides(table: usize, y: f32, boxes: &[Rect], grid: &Grid) -> Vec<Port> {
    let rect = boxes[table];
    let reach = grid.clearance.sides;
    let right = Point::new(rect.right(), y);
    let left = Point::new(rect.x, y);
    let ports = [
        (right, Heading::Right, grid.column_from(right.x + reach)),
        (left, Heading::Left, grid.column_up_to(left.x - reach)),
    ];
    ports
        .into_iter()
        .filter_map(|(point, outwards, column)| {
            let (column, row) = (column?, grid.row_at(y)?);
            let before = Point::new(grid.xs[column], y);
            let is_free = boxes.iter().enumerate().all(|(other, b)| {
                other == table || !b.grown(1.0, 1.0).is_entered_by(point, before)
            });
            is_free.then(|| Port {
                point,
                node: grid.node(column, row),
                outwards,
            })
        })
        .collect()
}

/// A plain line for boxes so close that there is no way around: it may touch them.
pub fn direct(tables: &[TableBox], edge: &Edge) -> Vec<Point> {
    let (from, to) = (&tables[edge.from], &tables[edge.to]);
    let (from_y, to_y) = (from.rect.y + edge.from_dy, to.rect.y + edge.to_dy);
    if edge.from == edge.to {
        let (x, out) = (from.rect.right(), from.rect.right() + 24.0);
        return vec![
            Point::new(x, from_y),
            Point::new(out, from_y),
            Point::new(out, to_y),
            Point::new(x, to_y),
        ];
    }
    let (a, b) = if from.rect.center().x < to.rect.center().x {
        (from.rect.right(), to.rect.x)
    } else {
        (from.rect.x, to.rect.right())
    };
    let middle = (a + b) / 2.0;
    vec![
        Point::new(a, from_y),
        Point::new(middle, from_y),
        Point::new(middle, to_y),
        Point::new(b, to_y),
    ]
}
