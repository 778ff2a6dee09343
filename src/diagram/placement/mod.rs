//! Where the boxes stand.
//!
//! [`graph`] is what the placement needs to know. Each connected part is drawn by [`layered`];
//! [`pack`] puts the parts beside each other, and [`pinned`] keeps what the user placed.

mod coordinates;
mod graph;
mod layered;
mod layers;
mod order;
mod pack;
mod pinned;
mod random;
mod rank;

use std::collections::BTreeMap;

use super::boxes::TableBox;
use super::geometry::Point;
use super::scene::Edge;
use graph::Graph;

/// Least space between boxes of neighbouring columns, in points.
pub const COLUMN_GAP: f32 = 64.0;
/// Least space between boxes above each other.
pub const ROW_GAP: f32 = 28.0;
/// Width divided by height that a picture should have.
pub const ASPECT: f32 = 1.6;

/// Height in points of a picture that fits on any screen: nothing is won by making it smaller.
const SMALL_FRAME: f32 = 660.0;

/// Height of the smallest frame of the wanted aspect around a picture, in points.
pub fn frame_height(w: f32, h: f32) -> f32 {
    (w / ASPECT).max(h).max(SMALL_FRAME)
}

/// How bad some boxes look at some corners with their lines routed: lower is better.
pub type Judge<'a> = &'a dyn Fn(&[usize], &[Point]) -> f32;

/// Top-left corners for all boxes, in their order.
///
/// Pinned boxes stand exactly where they are pinned; the others never overlap anything. The
/// same boxes and lines give the same corners on any machine. `None`: cancelled.
pub fn place(
    tables: &[TableBox],
    edges: &[Edge],
    pinned: &BTreeMap<String, (f32, f32)>,
    judge: Judge<'_>,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Point>> {
    if let Some(corners) = pinned::all_pinned(tables, pinned) {
        return Some(corners);
    }
    let graph = Graph::new(tables, edges);
    let corners = place_parts(&graph, judge, cancelled)?;
    Some(pinned::keep_pinned(tables, &graph, corners, pinned))
}

/// Every connected part by itself, then all of them packed.
///
/// Layered drawing serves all sizes for now. Above about a hundred tables it becomes a strip:
/// a placement for large schemas belongs here, chosen by `part.len()`.
fn place_parts(
    graph: &Graph,
    judge: Judge<'_>,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Point>> {
    let mut parts = Vec::new();
    for members in graph.components() {
        let part = graph.part(&members);
        let finalists = layered::place(&part, cancelled)?;
        let corners = fairest(&members, finalists, judge, cancelled)?;
        parts.push(pack::Part::new(members, &part, corners));
    }
    Some(pack::pack(parts, graph.len()))
}

/// The drawing that looks best once its lines are routed.
fn fairest(
    members: &[usize],
    mut finalists: Vec<Vec<Point>>,
    judge: Judge<'_>,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Point>> {
    let mut best = 0;
    if finalists.len() > 1 {
        let mut least = f32::INFINITY;
        for (i, corners) in finalists.iter().enumerate() {
            if cancelled() {
                return None;
            }
            let badness = judge(members, corners);
            if badness < least {
                (best, least) = (i, badness);
            }
        }
    }
    Some(finalists.swap_remove(best))
}
