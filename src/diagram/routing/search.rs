//! The cheapest way for one line along the grid (A*).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::grid::Grid;
use super::occupancy::{Occupancy, Use};
use super::ports::{Ends, Heading, Port};
use crate::diagram::geometry::Point;

// What a route is charged besides its length, in points of length.
const BEND: f32 = 45.0;
const CROSSING: f32 = 120.0;
/// A corner on another line, or a corner of another line on this one.
const TOUCH: f32 = 260.0;
/// Factors on the length that runs along, or close to, another line, and in the own trunk.
const TAKEN: f32 = 9.0;
const CLOSE: f32 = 5.0;
const OWN: f32 = 0.8;
const ENTRY: f32 = 60.0;

const NOBODY: u32 = u32::MAX;
const HEADINGS: [Heading; 4] = [Heading::Right, Heading::Left, Heading::Down, Heading::Up];

/// Buffers for many searches on one grid.
pub struct Search {
    /// Best cost so far by state (node × 4 + heading), valid where the stamp is current.
    cost: Vec<f32>,
    previous: Vec<u32>,
    stamp: Vec<u32>,
    current: u32,
    open: BinaryHeap<Reverse<(u32, u32)>>,
}

impl Search {
    pub fn new(grid: &Grid) -> Self {
        let states = grid.node_count() * 4 + 1;
        Self {
            cost: vec![0.0; states],
            previous: vec![NOBODY; states],
            stamp: vec![0; states],
            current: 0,
            open: BinaryHeap::new(),
        }
    }

    /// The corners from start to goal, including the points on the boxes.
    pub fn find(
        &mut self,
        grid: &Grid,
        occupancy: &Occupancy,
        ends: &Ends,
        net: u32,
    ) -> Option<Vec<Point>> {
        self.current += 1;
        self.open.clear();
        let field = Field {
            grid,
            occupancy,
            net,
        };
        // One state behind all goals, so that the cheaper side wins.
        let arrived = (grid.node_count() * 4) as u32;
        for start in &ends.starts {
            let state = state_of(start.node, start.outwards);
            let cost = stub_length(grid, start);
            self.reach(state, cost, cost + rest(grid, ends, start.node), NOBODY);
        }
        while let Some(Reverse((estimate, state))) = self.open.pop() {
            if state == arrived {
                return Some(self.corners(grid, ends, arrived));
            }
            let (node, heading) = split(state);
            let cost = self.cost[state as usize];
            if estimate > fixed(cost + rest(grid, ends, node)) {
                continue;
            }
            for goal in ends.goals.iter().filter(|g| g.node == node) {
                let inwards = opposite(goal.outwards);
                if heading != goal.outwards {
                    let end = cost + field.turn(node, heading, inwards) + stub_length(grid, goal);
                    self.reach(arrived, end, end, state);
                }
            }
            for next in HEADINGS {
                if next == opposite(heading) {
                    continue;
                }
                if let Some((other, piece)) = field.step(node, next) {
                    let total = cost + piece + field.turn(node, heading, next);
                    let estimate = total + rest(grid, ends, other);
                    self.reach(state_of(other, next), total, estimate, state);
                }
            }
        }
        None
    }

    fn reach(&mut self, state: u32, cost: f32, estimate: f32, from: u32) {
        let i = state as usize;
        if self.stamp[i] == self.current && self.cost[i] <= cost {
            return;
        }
        self.stamp[i] = self.current;
        self.cost[i] = cost;
        self.previous[i] = from;
        self.open.push(Reverse((fixed(estimate), state)));
    }

    fn corners(&self, grid: &Grid, ends: &Ends, arrived: u32) -> Vec<Point> {
        let mut states = Vec::new();
        let mut state = self.previous[arrived as usize];
        while state != NOBODY {
            states.push(state);
            state = self.previous[state as usize];
        }
        let nodes: Vec<usize> = states.iter().rev().map(|&s| split(s).0).collect();
        let mut points = Vec::with_capacity(nodes.len() + 2);
        if let (Some(&last_state), Some(&node)) = (states.last(), nodes.first()) {
            let heading = split(last_state).1;
            let start = ends
                .starts
                .iter()
                .find(|p| p.node == node && p.outwards == heading);
            points.extend(start.map(|p| p.point));
        }
        points.extend(nodes.iter().map(|&n| grid.point(n)));
        if let (Some(&first_state), Some(&node)) = (states.first(), nodes.last()) {
            let heading = split(first_state).1;
            let mut goals = ends
                .goals
                .iter()
                .filter(|p| p.node == node && p.outwards != heading);
            points.extend(goals.next().map(|p| p.point));
        }
        without_straight_corners(points)
    }
}

/// Drops points in the middle of a straight piece.
pub fn without_straight_corners(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    let same = |a: f32, b: f32| (a - b).abs() < 0.01;
    for point in points {
        if kept
            .last()
            .is_some_and(|l| same(l.x, point.x) && same(l.y, point.y))
        {
            continue;
        }
        if let [.., before, last] = kept.as_slice() {
            let in_column = same(before.x, last.x) && same(last.x, point.x);
            let in_row = same(before.y, last.y) && same(last.y, point.y);
            if in_column || in_row {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}

/// What going somewhere costs one net.
struct Field<'a> {
    grid: &'a Grid,
    occupancy: &'a Occupancy,
    net: u32,
}

impl Field<'_> {
    /// The next node that way and what the piece to it costs.
    fn step(&self, node: usize, heading: Heading) -> Option<(usize, f32)> {
        let width = self.grid.width();
        let (other, low) = match heading {
            Heading::Right => (node + 1, node),
            Heading::Down => (node + width, node),
            Heading::Left if !node.is_multiple_of(width) => (node - 1, node - 1),
            Heading::Up if node >= width => (node - width, node - width),
            _ => return None,
        };
        let (is_open, used) = if is_horizontal(heading) {
            (
                self.grid.is_open_right(low),
                self.occupancy.use_right(low, self.net),
            )
        } else {
            (
                self.grid.is_open_down(low),
                self.occupancy.use_down(low, self.net),
            )
        };
        if !is_open {
            return None;
        }
        let (a, b) = (self.grid.point(node), self.grid.point(other));
        let length = (a.x - b.x).abs() + (a.y - b.y).abs();
        let cost = match used {
            Use::Free => length,
            Use::Own => OWN * length,
            Use::Close => CLOSE * length + ENTRY / 4.0,
            Use::Taken => TAKEN * length + ENTRY,
        };
        Some((other, cost))
    }

    /// What passing a node costs, straight on or turning.
    fn turn(&self, node: usize, from: Heading, to: Heading) -> f32 {
        if from == to {
            return match self.occupancy.across(self.grid, node, is_horizontal(from)) {
                0 => 0.0,
                1 => CROSSING,
                _ => CROSSING,
            };
        }
        if self.occupancy.foreign_around(self.grid, node, self.net) > 0 {
            BEND + TOUCH
        } else {
            BEND
        }
    }
}

fn is_horizontal(heading: Heading) -> bool {
    matches!(heading, Heading::Right | Heading::Left)
}

fn opposite(heading: Heading) -> Heading {
    match heading {
        Heading::Right => Heading::Left,
        Heading::Left => Heading::Right,
        Heading::Down => Heading::Up,
        Heading::Up => Heading::Down,
    }
}

fn state_of(node: usize, heading: Heading) -> u32 {
    (node * 4 + heading as usize) as u32
}

fn split(state: u32) -> (usize, Heading) {
    (state as usize / 4, HEADINGS[state as usize % 4])
}

fn stub_length(grid: &Grid, port: &Port) -> f32 {
    (grid.point(port.node).x - port.point.x).abs()
}

/// About what is left to go: a lower bound in small scenes.
fn rest(grid: &Grid, ends: &Ends, node: usize) -> f32 {
    let here = grid.point(node);
    let nearest = ends
        .goals
        .iter()
        .map(|goal| {
            let there = grid.point(goal.node);
            (there.x - here.x).abs() + (there.y - here.y).abs()
        })
        .fold(f32::INFINITY, f32::min);
    grid.haste * nearest
}

/// Costs as whole numbers, so that ties are broken the same way everywhere.
fn fixed(cost: f32) -> u32 {
    (cost * 16.0) as u32
}
