//! Orthogonal lines from row to row, around all boxes.
//!
//! [`grid`] draws auxiliary lines between the boxes, [`search`] finds a way along them for one
//! line after the other (avoiding what [`occupancy`] says is taken), and [`nudge`] spreads the
//! lines within the room they run through. Lines to the same row may share a trunk.

mod grid;
mod nudge;
mod occupancy;
mod ports;
mod search;

use super::geometry::{Point, Rect};
use super::scene::Scene;
use grid::Grid;
use occupancy::Occupancy;
use ports::Ports;
use search::Search;

/// Room a line keeps from boxes, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clearance {
    /// Left and right of a box: room for the markers and a bit of line.
    sides: f32,
    /// Above and below a box.
    ends: f32,
}

/// Tried one after the other: boxes pushed close together leave less room.
const CLEARANCES: [Clearance; 3] = [
    Clearance {
        sides: 22.0,
        ends: 9.0,
    },
    Clearance {
        sides: 10.0,
        ends: 5.0,
    },
    Clearance {
        sides: 3.0,
        ends: 2.0,
    },
];

/// Routes every line anew. `None`: cancelled; the lines are then in an undefined state.
pub(super) fn route_all(scene: &mut Scene, cancelled: &dyn Fn() -> bool) -> Option<()> {
    let all: Vec<usize> = (0..scene.edges.len()).collect();
    route(scene, all, cancelled)
}

/// Routes the lines of moved tables anew, and those a moved table now stands in the way of.
///
/// For dragging: the others stay as they are, so that the picture does not flicker.
pub fn reroute(scene: &mut Scene, moved: &[usize]) {
    let stands_in_way = |points: &[Point], table: usize| {
        let rect = scene.tables[table].rect.grown(4.0, 4.0);
        points
            .windows(2)
            .any(|pair| rect.is_entered_by(pair[0], pair[1]))
    };
    let moved: Vec<usize> = moved
        .iter()
        .copied()
        .filter(|&t| t < scene.tables.len())
        .collect();
    let lines: Vec<usize> = (0..scene.edges.len())
        .filter(|&i| {
            let edge = &scene.edges[i];
            edge.points.len() < 2
                || moved.iter().any(|&table| {
                    edge.from == table || edge.to == table || stands_in_way(&edge.points, table)
                })
        })
        .collect();
    // Never cancelled, so there is nothing to hear about.
    route(scene, lines, &|| false).unwrap_or_default();
}

fn route(scene: &mut Scene, mut lines: Vec<usize>, cancelled: &dyn Fn() -> bool) -> Option<()> {
    for &line in &lines {
        scene.edges[line].points.clear();
    }
    let routed = lines.clone();
    for clearance in CLEARANCES {
        if !lines.is_empty() {
            lines = route_with(scene, &lines, clearance, cancelled)?;
        }
    }
    for line in lines {
        let edge = &scene.edges[line];
        scene.edges[line].points = ports::direct(&scene.tables, edge);
    }
    nudge_lines(scene, &routed);
    scene.update_bounds();
    Some(())
}

/// Routes some lines around all boxes and the lines that are there; returns those that found
/// no way with this clearance.
fn route_with(
    scene: &mut Scene,
    lines: &[usize],
    clearance: Clearance,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<usize>> {
    let boxes: Vec<Rect> = scene.tables.iter().map(|t| t.rect).collect();
    let ports = Ports::new(&scene.tables, &scene.edges);
    let kept: Vec<Vec<Point>> = scene.edges.iter().map(|e| e.points.clone()).collect();
    let grid = Grid::new(&boxes, &ports.heights(lines), &kept, clearance);
    let mut occupancy = Occupancy::new(&grid);
    for (i, points) in kept.iter().enumerate() {
        occupancy.mark(&grid, points, ports.net(i), 1);
    }
    let mut search = Search::new(&grid);
    let order = ports.shortest_first(lines);
    let mut paths: Vec<Option<Vec<Point>>> = vec![None; scene.edges.len()];
    // Mending takes as long as routing, so large scenes get less of it.
    let rounds = match boxes.len().max(lines.len()) {
        0..=120 => 3,
        121..=250 => 2,
        _ => 1,
    };
    for round in 0..rounds {
        for &line in &order {
            if cancelled() {
                return None;
            }
            let net = ports.net(line);
            if let Some(path) = &paths[line] {
                // Later rounds only mend what got into the way of something.
                occupancy.mark(&grid, path, net, -1);
                if !occupancy.is_disturbed(&grid, path, net) {
                    occupancy.mark(&grid, path, net, 1);
                    continue;
                }
            } else if round > 0 {
                continue;
            }
            let found = search.find(&grid, &occupancy, &ports.ends(line, &boxes, &grid), net);
            if found.is_some() {
                paths[line] = found;
            }
            if let Some(path) = &paths[line] {
                occupancy.mark(&grid, path, net, 1);
            }
        }
    }
    let mut failed = Vec::new();
    for &line in lines {
        match paths[line].take() {
            Some(path) => scene.edges[line].points = path,
            None => failed.push(line),
        }
    }
    Some(failed)
}

fn nudge_lines(scene: &mut Scene, lines: &[usize]) {
    let boxes: Vec<Rect> = scene.tables.iter().map(|t| t.rect).collect();
    let ports = Ports::new(&scene.tables, &scene.edges);
    let mut is_movable = vec![false; scene.edges.len()];
    for &line in lines {
        is_movable[line] = true;
    }
    let mut runs: Vec<nudge::Run> = scene
        .edges
        .iter_mut()
        .enumerate()
        .map(|(i, edge)| nudge::Run {
            points: std::mem::take(&mut edge.points),
            net: ports.net(i),
            is_movable: is_movable[i],
        })
        .collect();
    nudge::spread(&mut runs, &boxes, CLEARANCES[0]);
    for (edge, run) in scene.edges.iter_mut().zip(runs) {
        edge.points = run.points;
    }
}
