//! Which pieces of the grid lines run along, or close to.

use super::grid::Grid;
use crate::diagram::geometry::Point;

/// Lines of different relations closer than this, in points, are hard to tell apart.
const CLOSE: f32 = 7.5;
const FREE: u32 = u32::MAX;
const SEVERAL: u32 = u32::MAX - 1;

#[derive(Clone, Copy)]
struct Piece {
    net: u32,
    count: i32,
}

impl Piece {
    const EMPTY: Self = Self {
        net: FREE,
        count: 0,
    };

    /// Nets that leave a shared piece are not told apart: it stays shared until it is empty.
    fn change(&mut self, net: u32, by: i32) {
        if self.net == FREE {
            self.net = net;
        } else if self.net != net {
            self.net = SEVERAL;
        }
        self.count += by;
        if self.count <= 0 {
            *self = Self::EMPTY;
        }
    }

    fn is_foreign(self, net: u32) -> bool {
        self.net != FREE && self.net != net
    }
}

/// What lines already drawn take up.
pub struct Occupancy {
    right: Vec<Piece>,
    down: Vec<Piece>,
    close_right: Vec<Piece>,
    close_down: Vec<Piece>,
}

/// How a piece of the grid is used by others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Free,
    /// By a line of the same net.
    Own,
    /// Another net runs within a few points.
    Close,
    /// Another net runs along it.
    Taken,
}

impl Occupancy {
    pub fn new(grid: &Grid) -> Self {
        let empty = vec![Piece::EMPTY; grid.node_count()];
        Self {
            right: empty.clone(),
            down: empty.clone(),
            close_right: empty.clone(),
            close_down: empty,
        }
    }

    /// Adds (1) or removes (-1) a line whose corners lie on the grid, apart from its ends.
    pub fn mark(&mut self, grid: &Grid, points: &[Point], net: u32, by: i32) {
        for pair in points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if (a.y - b.y).abs() < 0.01 {
                let columns = (
                    grid.column_from(a.x.min(b.x)),
                    grid.column_up_to(a.x.max(b.x)),
                );
                if let ((Some(first), Some(last)), Some(row)) = (columns, grid.row_at(a.y)) {
                    self.mark_row(grid, row, first..last, net, by);
                }
            } else {
                let rows = (grid.row_at(a.y.min(b.y)), grid.row_at(a.y.max(b.y)));
                if let ((Some(first), Some(last)), Some(column)) = (rows, grid.column_at(a.x)) {
                    self.mark_column(grid, column, first..last, net, by);
                }
            }
        }
    }

    fn mark_row(
        &mut self,
        grid: &Grid,
        row: usize,
        columns: std::ops::Range<usize>,
        net: u32,
        by: i32,
    ) {
        for column in columns.clone() {
            self.right[grid.node(column, row)].change(net, by);
        }
        for near in close_lines(&grid.ys, row) {
            for column in columns.clone() {
                self.close_right[grid.node(column, near)].change(net, by);
            }
        }
    }

    fn mark_column(
        &mut self,
        grid: &Grid,
        column: usize,
        rows: std::ops::Range<usize>,
        net: u32,
        by: i32,
    ) {
        for row in rows.clone() {
            self.down[grid.node(column, row)].change(net, by);
        }
        for near in close_lines(&grid.xs, column) {
            for row in rows.clone() {
                self.close_down[grid.node(near, row)].change(net, by);
            }
        }
    }

    /// The piece from a node to the next one on its right.
    pub fn use_right(&self, node: usize, net: u32) -> Use {
        use_of(self.right[node], self.close_right[node], net)
    }

    /// The piece from a node to the next one below it.
    pub fn use_down(&self, node: usize, net: u32) -> Use {
        use_of(self.down[node], self.close_down[node], net)
    }

    /// How many of the two pieces across a line's direction are used at a node.
    pub fn across(&self, grid: &Grid, node: usize, is_horizontal: bool) -> usize {
        let used = |piece: Option<&Piece>| usize::from(piece.is_some_and(|p| p.net != FREE));
        if is_horizontal {
            let above = node
                .checked_sub(grid.width())
                .and_then(|n| self.down.get(n));
            used(above) + used(self.down.get(node))
        } else {
            let left = node.checked_sub(1).and_then(|n| self.right.get(n));
            used(left) + used(self.right.get(node))
        }
    }

    /// How many of the four pieces at a node belong to other nets.
    pub fn foreign_around(&self, grid: &Grid, node: usize, net: u32) -> usize {
        let foreign = |piece: Option<&Piece>| usize::from(piece.is_some_and(|p| p.is_foreign(net)));
        let above = node
            .checked_sub(grid.width())
            .and_then(|n| self.down.get(n));
        let left = node.checked_sub(1).and_then(|n| self.right.get(n));
        foreign(above)
            + foreign(self.down.get(node))
            + foreign(left)
            + foreign(self.right.get(node))
    }

    /// Whether a line crosses, overlaps or comes close to others. Not counting itself: take it
    /// out first.
    pub fn is_disturbed(&self, grid: &Grid, points: &[Point], net: u32) -> bool {
        points.windows(2).any(|pair| {
            let (a, b) = (pair[0], pair[1]);
            let is_horizontal = (a.y - b.y).abs() < 0.01;
            let range = if is_horizontal {
                (
                    grid.column_from(a.x.min(b.x)),
                    grid.column_up_to(a.x.max(b.x)),
                    grid.row_at(a.y),
                )
            } else {
                (
                    grid.row_at(a.y.min(b.y)),
                    grid.row_at(a.y.max(b.y)),
                    grid.column_at(a.x),
                )
            };
            let (Some(first), Some(last), Some(line)) = range else {
                return false;
            };
            (first..=last).any(|i| {
                if is_horizontal {
                    let node = grid.node(i, line);
                    let used = i < last && self.use_right(node, net).is_foreign();
                    used || self.foreign_around(grid, node, net) > 0
                } else {
                    let node = grid.node(line, i);
                    let used = i < last && self.use_down(node, net).is_foreign();
                    used || self.foreign_around(grid, node, net) > 0
                }
            })
        })
    }
}

impl Use {
    fn is_foreign(self) -> bool {
        matches!(self, Self::Close | Self::Taken)
    }
}

fn use_of(own: Piece, close: Piece, net: u32) -> Use {
    if own.is_foreign(net) {
        Use::Taken
    } else if close.is_foreign(net) {
        Use::Close
    } else if own.net == net {
        Use::Own
    } else {
        Use::Free
    }
}

/// Indexes of other lines so near that two routes on both would seem one.
fn close_lines(lines: &[f32], index: usize) -> impl Iterator<Item = usize> {
    let here = lines[index];
    let first = lines.partition_point(|&l| l <= here - CLOSE);
    let end = lines.partition_point(|&l| l < here + CLOSE);
    (first..end).filter(move |&i| i != index)
}
