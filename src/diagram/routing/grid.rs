//! Auxiliary lines between the boxes, and which pieces of them are free of boxes.

use super::Clearance;
use crate::diagram::geometry::{Point, Rect};

/// Distance of parallel tracks beside a box, in points.
const TRACK_X: f32 = 10.0;
const TRACK_Y: f32 = 9.0;

/// Vertical and horizontal lines whose crossings are the points a route may turn at.
pub struct Grid {
    pub xs: Vec<f32>,
    pub ys: Vec<f32>,
    pub clearance: Clearance,
    /// How much of the straight distance a search counts on. Above 0.8 routes may miss the best
    /// way, but are found much sooner.
    pub haste: f32,
    /// Whether the piece from a node to the next one on its right (below it) is blocked.
    right_blocked: Vec<bool>,
    down_blocked: Vec<bool>,
}

impl Grid {
    /// `heights` are rows lines start or end at, `kept` the lines that stay: all of these lie
    /// on grid lines exactly.
    pub fn new(boxes: &[Rect], heights: &[f32], kept: &[Vec<Point>], clearance: Clearance) -> Self {
        let is_small = boxes.len() <= 40;
        let (tracks_x, tracks_y) = if is_small { (16, 7) } else { (14, 3) };
        let kept_xs = kept.iter().flatten().map(|p| p.x);
        let kept_ys = kept.iter().flatten().map(|p| p.y);
        let beside = |track: usize| {
            let distance = clearance.sides + 6.0 + TRACK_X * track as f32;
            boxes
                .iter()
                .flat_map(move |b| [b.x - distance, b.right() + distance])
        };
        let around = |track: usize| {
            let distance = clearance.ends + 5.0 + TRACK_Y * track as f32;
            boxes
                .iter()
                .flat_map(move |b| [b.y - distance, b.bottom() + distance])
        };
        let mut xs = Lines::exactly(kept_xs);
        let mut ys = Lines::exactly(heights.iter().copied().chain(kept_ys));
        xs.add(beside(0), 3.0);
        ys.add(around(0), 3.0);
        for track in 1..tracks_x {
            xs.add(beside(track), 8.0);
        }
        for track in 1..tracks_y {
            ys.add(around(track), 8.0);
        }
        let mut grid = Self {
            right_blocked: vec![false; xs.0.len() * ys.0.len()],
            down_blocked: vec![false; xs.0.len() * ys.0.len()],
            xs: xs.0,
            ys: ys.0,
            clearance,
            haste: match boxes.len().max(heights.len() / 3) {
                0..=40 => 0.8,
                41..=80 => 1.0,
                81..=150 => 1.6,
                _ => 3.0,
            },
        };
        for table in boxes {
            grid.block(&table.grown(clearance.sides, clearance.ends));
        }
        grid
    }

    fn block(&mut self, area: &Rect) {
        const TOUCH: f32 = 0.01;
        let inner = |lines: &[f32], low: f32, high: f32| {
            let first = lines.partition_point(|&l| l <= low + TOUCH);
            let end = lines.partition_point(|&l| l < high - TOUCH);
            (first, end)
        };
        let (left, right) = inner(&self.xs, area.x, area.right());
        let (top, bottom) = inner(&self.ys, area.y, area.bottom());
        // Pieces that start before the area and end in or behind it are blocked as well.
        for row in top..bottom {
            for column in left.saturating_sub(1)..right {
                let node = self.node(column, row);
                self.right_blocked[node] = true;
            }
        }
        for row in top.saturating_sub(1)..bottom {
            for column in left..right {
                let node = self.node(column, row);
                self.down_blocked[node] = true;
            }
        }
    }

    pub fn width(&self) -> usize {
        self.xs.len()
    }

    pub fn node(&self, column: usize, row: usize) -> usize {
        row * self.xs.len() + column
    }

    pub fn point(&self, node: usize) -> Point {
        let width = self.width();
        Point::new(self.xs[node % width], self.ys[node / width])
    }

    pub fn node_count(&self) -> usize {
        self.xs.len() * self.ys.len()
    }

    /// Whether one may go from the node to the next on its right.
    pub fn is_open_right(&self, node: usize) -> bool {
        node % self.width() + 1 < self.width() && !self.right_blocked[node]
    }

    /// Whether one may go from the node to the next below it.
    pub fn is_open_down(&self, node: usize) -> bool {
        node + self.width() < self.node_count() && !self.down_blocked[node]
    }

    /// The first vertical line at or right of `x`.
    pub fn column_from(&self, x: f32) -> Option<usize> {
        let column = self.xs.partition_point(|&l| l < x - 0.01);
        (column < self.xs.len()).then_some(column)
    }

    /// The last vertical line at or left of `x`.
    pub fn column_up_to(&self, x: f32) -> Option<usize> {
        self.xs.partition_point(|&l| l <= x + 0.01).checked_sub(1)
    }

    /// The horizontal line at exactly that height.
    pub fn row_at(&self, y: f32) -> Option<usize> {
        position_of(&self.ys, y)
    }

    /// The vertical line at exactly that place.
    pub fn column_at(&self, x: f32) -> Option<usize> {
        position_of(&self.xs, x)
    }
}

fn position_of(lines: &[f32], wanted: f32) -> Option<usize> {
    let i = lines.partition_point(|&l| l < wanted - 0.01);
    lines.get(i).filter(|&&l| l <= wanted + 0.01).map(|_| i)
}

/// Sorted positions of parallel lines.
struct Lines(Vec<f32>);

impl Lines {
    fn exactly(positions: impl Iterator<Item = f32>) -> Self {
        let mut lines: Vec<f32> = positions.collect();
        lines.sort_by(f32::total_cmp);
        lines.dedup_by(|a, b| (*a - *b).abs() < 0.01);
        Self(lines)
    }

    /// Adds positions that keep a distance from all lines there are.
    fn add(&mut self, positions: impl Iterator<Item = f32>, distance: f32) {
        let candidates = Self::exactly(positions).0;
        let mut merged = Vec::with_capacity(self.0.len() + candidates.len());
        let mut old = self.0.iter().copied().peekable();
        for candidate in candidates {
            while let Some(line) = old.next_if(|&line| line <= candidate) {
                merged.push(line);
            }
            let far = |line: Option<&f32>| line.is_none_or(|l| (l - candidate).abs() >= distance);
            if far(merged.last()) && far(old.peek()) {
                merged.push(candidate);
            }
        }
        merged.extend(old);
        self.0 = merged;
    }
}
