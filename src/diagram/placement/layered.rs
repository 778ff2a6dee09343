//! One connected part in columns: candidates, then a search for fewer crossings.

use super::coordinates;
use super::graph::Graph;
use super::layers::Layers;
use super::order;
use super::random::Random;
use super::rank;
use super::{ASPECT, SMALL_FRAME, frame_height};
use crate::diagram::geometry::{Point, segments_cross};

/// How much work the search may do, in rough elementary steps. Not a time, because a time
/// would make the picture depend on the machine.
const SEARCH_WORK: usize = 60_000_000;
const MOST_TRIALS: usize = 4_000;
/// What a parent right of its child costs, in points of line length: readers expect to walk
/// from the left, but a fact table may well stand between its dimensions.
const BACKWARDS: f32 = 220.0;
/// Drawings a search remembers.
const RECORDS: usize = 8;
const SEED: u64 = 0x0C70_25F0;

/// The best drawings of a connected graph, best first, as corners of its boxes; never none.
/// `None`: cancelled.
pub fn place(graph: &Graph, cancelled: &dyn Fn() -> bool) -> Option<Vec<Vec<Point>>> {
    if graph.len() <= 1 {
        return Some(vec![vec![Point::default(); graph.len()]]);
    }
    let mut random = Random::new(SEED);
    let mut starts = Vec::new();
    for ranking in rank::rankings(graph) {
        for hints in start_hints(graph, &mut random) {
            if cancelled() {
                return None;
            }
            starts.push(Drawing::new(graph, ranking.clone(), &hints, 12));
        }
    }
    starts.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    starts.truncate(3);
    let trials = (SEARCH_WORK / work_of(graph)).min(MOST_TRIALS) / starts.len().max(1);
    let mut found = Vec::new();
    for start in starts {
        found.extend(search(graph, start, trials, &mut random, cancelled)?);
    }
    found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    found.dedup_by(|a, b| a.corners == b.corners);
    // What routing says must not bring back crossings between the tables themselves.
    let fewest = found.iter().map(|drawing| drawing.center_crossings).min();
    found.retain(|drawing| Some(drawing.center_crossings) == fewest);
    found.truncate(finalist_count(graph));
    Some(found.into_iter().map(|drawing| drawing.corners).collect())
}

/// How many drawings are worth routing before the choice. Routing large ones takes long.
fn finalist_count(graph: &Graph) -> usize {
    match graph.len() + graph.links.len() {
        0..=45 => 24,
        46..=70 => 8,
        71..=100 => 3,
        _ => 1,
    }
}

/// Documented order, and a few shuffles of it.
fn start_hints(graph: &Graph, random: &mut Random) -> Vec<Vec<f32>> {
    let documented: Vec<f32> = (0..graph.len()).map(|n| n as f32).collect();
    let shuffles = if graph.len() <= 60 { 4 } else { 1 };
    let mut all = vec![documented];
    for _ in 0..shuffles {
        all.push((0..graph.len()).map(|_| random.unit()).collect());
    }
    all
}

/// Steps one trial takes, roughly.
fn work_of(graph: &Graph) -> usize {
    let links = graph.links.len();
    (graph.len() + 3 * links) * 60 + links * (links + graph.len())
}

/// A complete drawing and what it costs.
#[derive(Clone)]
struct Drawing {
    ranking: Vec<i32>,
    corners: Vec<Point>,
    /// Middles of the boxes: the hints of the next drawing.
    middles: Vec<f32>,
    /// Crossings of straight lines between the middles of the boxes.
    center_crossings: usize,
    cost: f32,
}

impl Drawing {
    fn new(graph: &Graph, mut ranking: Vec<i32>, hints: &[f32], sweeps: usize) -> Self {
        rank::close_gaps(&mut ranking);
        let mut layers = Layers::new(graph, &ranking, hints);
        order::reduce_crossings(&mut layers, sweeps);
        let row_crossings = order::crossings(&layers);
        let corners = coordinates::corners(graph, &layers);
        let middles: Vec<f32> = corners
            .iter()
            .zip(&graph.sizes)
            .map(|(corner, size)| corner.y + size.h / 2.0)
            .collect();
        let center_crossings = center_crossings(graph, &corners);
        let crossings = 5_000.0 * center_crossings as f32 + 1_200.0 * row_crossings as f32;
        let cost = cost(graph, &ranking, &corners, crossings);
        Self {
            ranking,
            corners,
            middles,
            center_crossings,
            cost,
        }
    }
}

/// What makes a drawing bad, in points of line length.
fn cost(graph: &Graph, ranking: &[i32], corners: &[Point], crossings: f32) -> f32 {
    let mut cost = crossings + 500.0 * boxes_behind_lines(graph, corners) as f32;
    for link in &graph.links {
        let (child, parent) = (corners[link.child], corners[link.parent]);
        let rise = (child.y + link.child_dy - parent.y - link.parent_dy).abs();
        let columns = ranking[link.child] - ranking[link.parent];
        cost += rise + if rise < 0.5 { -40.0 } else { 0.0 };
        cost += 200.0 * (columns.abs() - 1).max(0) as f32;
        cost += if columns < 0 { BACKWARDS } else { 0.0 };
        cost += if columns == 0 { 500.0 + rise } else { 0.0 };
    }
    let (w, h) = extent(graph, corners);
    cost += 4.0 * frame_height(w, h) + 0.5 * (w / ASPECT + h);
    if frame_height(w, h) <= SMALL_FRAME {
        return cost;
    }
    // A strip is hard to read however few its crossings.
    let mismatch = (w / ASPECT / h).max(h * ASPECT / w);
    cost * (1.0 + 0.15 * (mismatch - 1.4).max(0.0))
}

fn extent(graph: &Graph, corners: &[Point]) -> (f32, f32) {
    let (mut right, mut top, mut bottom) = (0.0f32, f32::INFINITY, f32::NEG_INFINITY);
    for (corner, size) in corners.iter().zip(&graph.sizes) {
        right = right.max(corner.x + size.w);
        top = top.min(corner.y);
        bottom = bottom.max(corner.y + size.h);
    }
    (right, bottom - top)
}

fn middle(graph: &Graph, corners: &[Point], node: usize) -> Point {
    let (corner, size) = (corners[node], graph.sizes[node]);
    Point::new(corner.x + size.w / 2.0, corner.y + size.h / 2.0)
}

/// Crossings of straight lines between the middles of the boxes.
fn center_crossings(graph: &Graph, corners: &[Point]) -> usize {
    let lines: Vec<(Point, Point)> = graph
        .links
        .iter()
        .map(|l| {
            (
                middle(graph, corners, l.child),
                middle(graph, corners, l.parent),
            )
        })
        .collect();
    let mut count = 0;
    for (i, (a, b)) in lines.iter().enumerate() {
        let (low, high) = (a.y.min(b.y), a.y.max(b.y));
        for (c, d) in &lines[i + 1..] {
            if c.y.max(d.y) < low || c.y.min(d.y) > high {
                continue;
            }
            count += usize::from(segments_cross(*a, *b, *c, *d));
        }
    }
    count
}

/// How often a straight line between the middles of two boxes runs behind a third: the routed
/// line will have to go around it.
fn boxes_behind_lines(graph: &Graph, corners: &[Point]) -> usize {
    let mut count = 0;
    for link in &graph.links {
        let (a, b) = (
            middle(graph, corners, link.child),
            middle(graph, corners, link.parent),
        );
        let (left, right) = (a.x.min(b.x), a.x.max(b.x));
        let (top, bottom) = (a.y.min(b.y), a.y.max(b.y));
        for (node, (corner, size)) in corners.iter().zip(&graph.sizes).enumerate() {
            let is_apart = corner.x > right
                || corner.x + size.w < left
                || corner.y > bottom
                || corner.y + size.h < top;
            if !is_apart && !link.touches(node) {
                let far = Point::new(corner.x + size.w, corner.y + size.h);
                let (up, down) = (Point::new(far.x, corner.y), Point::new(corner.x, far.y));
                let is_behind =
                    segments_cross(a, b, *corner, far) || segments_cross(a, b, up, down);
                count += usize::from(is_behind);
            }
        }
    }
    count
}

/// Small random changes, kept when they pay; slightly worse ones are kept early on. Returns
/// the last few records, the best last.
fn search(
    graph: &Graph,
    start: Drawing,
    trials: usize,
    random: &mut Random,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Drawing>> {
    let by_node = graph.links_by_node();
    let mut current = start.clone();
    let mut records = vec![start];
    for trial in 0..trials {
        if cancelled() {
            return None;
        }
        let (ranking, hints, sweeps) = changed(graph, &by_node, &current, random);
        let next = Drawing::new(graph, ranking, &hints, sweeps);
        let left = 1.0 - trial as f32 / trials as f32;
        let allowed = 600.0 * left * left * random.unit() * random.unit();
        if next.cost < current.cost + allowed {
            current = next;
            if records.last().is_none_or(|best| current.cost < best.cost) {
                if records.len() == RECORDS {
                    records.remove(0);
                }
                records.push(current.clone());
            }
        }
    }
    Some(records)
}

/// A neighbouring arrangement: ranking, hints, and how many sweeps to tidy it with.
fn changed(
    graph: &Graph,
    by_node: &[Vec<usize>],
    drawing: &Drawing,
    random: &mut Random,
) -> (Vec<i32>, Vec<f32>, usize) {
    let mut ranking = drawing.ranking.clone();
    let mut hints = drawing.middles.clone();
    let node = random.below(graph.len());
    match random.below(10) {
        // To a column beside one of its neighbours, at that neighbour's height.
        0..=3 => {
            let links = &by_node[node];
            if let Some(&link) = links.get(random.below(links.len())) {
                let other = graph.links[link].other(node);
                let side = [-1, 1, 1, 0][random.below(4)];
                let is_parent = graph.links[link].parent == other;
                ranking[node] = ranking[other] + if is_parent { side } else { -side };
                hints[node] = hints[other] + 300.0 * (random.unit() - 0.5);
            }
            (ranking, hints, random.below(3) * 2)
        }
        // Two boxes of a column change places.
        4..=6 => {
            let column: Vec<usize> = (0..graph.len())
                .filter(|&n| n != node && ranking[n] == ranking[node])
                .collect();
            if let Some(&other) = column.get(random.below(column.len())) {
                hints.swap(node, other);
            }
            (ranking, hints, random.below(2))
        }
        // Somewhere else in its column.
        7..=8 => {
            let target = random.below(graph.len());
            hints[node] = hints[target] + random.unit() - 0.5;
            (ranking, hints, random.below(2))
        }
        // A box takes its single-link neighbours along to another column.
        _ => {
            let step = if random.below(2) == 0 { -1 } else { 1 };
            ranking[node] += step;
            for &link in &by_node[node] {
                let other = graph.links[link].other(node);
                if by_node[other].len() == 1 {
                    ranking[other] += step;
                }
            }
            (ranking, hints, 4)
        }
    }
}
