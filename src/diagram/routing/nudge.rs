//! Spreads lines within the room they run through.
//!
//! The search decides beside what a line runs, and in which order; here its pieces move to the
//! middle of their room, and apart from each other, without changing that order.

use super::Clearance;
use super::search::without_straight_corners;
use crate::diagram::geometry::{Point, Rect};

/// Wanted distances of parallel lines in points: the first that fits is used.
const DISTANCES: [f32; 5] = [12.0, 10.0, 8.0, 5.0, 2.0];
/// How far a piece may move from where the search put it.
const FARTHEST: f32 = 140.0;
/// Sideways steps up to this length are removed where there is room.
const LONGEST_JOG: f32 = 40.0;
/// Least length of the piece between a box and the first corner, and between corners.
const STUB: f32 = 22.0;
const SHORTEST: f32 = 8.0;

/// One line and what may be done with it.
pub struct Run {
    pub points: Vec<Point>,
    /// Runs of the same net may lie on each other.
    pub net: u32,
    pub is_movable: bool,
}

/// Moves vertical pieces sideways, then horizontal ones up or down, then vertical ones again.
pub fn spread(runs: &mut [Run], boxes: &[Rect], clearance: Clearance) {
    let upright: Vec<Rect> = boxes
        .iter()
        .map(|b| b.grown(clearance.sides, clearance.ends))
        .collect();
    let turned: Vec<Rect> = upright
        .iter()
        .map(|b| Rect::new(b.y, b.x, b.h, b.w))
        .collect();
    spread_vertical(runs, &upright);
    turn(runs);
    spread_vertical(runs, &turned);
    turn(runs);
    spread_vertical(runs, &upright);
    for run in runs {
        run.points = without_straight_corners(std::mem::take(&mut run.points));
    }
}

/// Swaps x and y.
fn turn(runs: &mut [Run]) {
    for point in runs.iter_mut().flat_map(|r| &mut r.points) {
        *point = Point::new(point.y, point.x);
    }
}

/// Vertical pieces that lie on each other and belong to one net; they move as one.
struct Bundle {
    net: u32,
    x: f32,
    /// From its upper to its lower end.
    span: (f32, f32),
    /// Where it may stand.
    room: (f32, f32),
    /// Where it should stand at most or at least, because it is a detour around a box.
    wish: (f32, f32),
    /// Breaks ties between bundles at the same place: where its ends lead to.
    leads: f32,
    /// (run, index of the piece's first point)
    pieces: Vec<(usize, usize)>,
}

fn spread_vertical(runs: &mut [Run], obstacles: &[Rect]) {
    let mut bundles = without_jogs(runs, bundles(runs, obstacles));
    bundles.sort_by(|a, b| {
        a.x.total_cmp(&b.x)
            .then(a.leads.total_cmp(&b.leads))
            .then(a.pieces.cmp(&b.pieces))
    });
    for cluster in clusters(&bundles) {
        if let Some(places) = places(&bundles, &cluster) {
            for (&i, x) in cluster.iter().zip(places) {
                for &(run, piece) in &bundles[i].pieces {
                    runs[run].points[piece].x = x;
                    runs[run].points[piece + 1].x = x;
                }
            }
        }
    }
}

fn bundles(runs: &[Run], obstacles: &[Rect]) -> Vec<Bundle> {
    let mut pieces: Vec<Bundle> = Vec::new();
    for (r, run) in runs.iter().enumerate() {
        for (p, pair) in run.points.windows(2).enumerate() {
            if (pair[0].x - pair[1].x).abs() < 0.01 && (pair[0].y - pair[1].y).abs() > 0.01 {
                pieces.push(bundle_of(run, r, p, obstacles));
            }
        }
    }
    pieces.sort_by(|a, b| {
        a.net
            .cmp(&b.net)
            .then(a.x.total_cmp(&b.x))
            .then(a.span.0.total_cmp(&b.span.0))
    });
    let mut merged: Vec<Bundle> = Vec::new();
    for piece in pieces {
        match merged.last_mut() {
            Some(last)
                if last.net == piece.net
                    && (last.x - piece.x).abs() < 0.5
                    && piece.span.0 <= last.span.1 + 0.5 =>
            {
                last.join(piece);
            }
            _ => merged.push(piece),
        }
    }
    merged
}

/// Joins two bundles of a net with only a short piece between them, where one place suits both.
fn without_jogs(runs: &[Run], mut bundles: Vec<Bundle>) -> Vec<Bundle> {
    for (r, run) in runs.iter().enumerate() {
        for p in 1..run.points.len().saturating_sub(2) {
            let jog = (run.points[p].x - run.points[p + 1].x).abs();
            let of_piece =
                |piece: usize| bundles.iter().position(|b| b.pieces.contains(&(r, piece)));
            if !(0.01..LONGEST_JOG).contains(&jog) {
                continue;
            }
            if let (Some(a), Some(b)) = (of_piece(p - 1), of_piece(p + 1))
                && a != b
                && is_joinable(&bundles, a, b)
            {
                let gone = bundles.swap_remove(a.max(b));
                bundles[a.min(b)].join(gone);
            }
        }
    }
    bundles
}

/// Whether two bundles have a place in common with nobody standing between them.
fn is_joinable(bundles: &[Bundle], a: usize, b: usize) -> bool {
    let (first, second) = (&bundles[a], &bundles[b]);
    let low = first
        .room
        .0
        .max(second.room.0)
        .max(first.wish.0)
        .max(second.wish.0);
    let high = first
        .room
        .1
        .min(second.room.1)
        .min(first.wish.1)
        .min(second.wish.1);
    let (left, right) = (first.x.min(second.x), first.x.max(second.x));
    let is_between = |other: &Bundle| {
        let is_inside = other.x >= left.min(high) - 1.0 && other.x <= right.max(low) + 1.0;
        other.net != first.net && is_inside && (must_part(other, first) || must_part(other, second))
    };
    low <= high && !bundles.iter().any(is_between)
}

impl Bundle {
    fn join(&mut self, other: Self) {
        self.span = (self.span.0.min(other.span.0), self.span.1.max(other.span.1));
        self.x = self
            .x
            .max(other.room.0.max(other.wish.0))
            .min(other.room.1.min(other.wish.1));
        self.room = (self.room.0.max(other.room.0), self.room.1.min(other.room.1));
        self.wish = (self.wish.0.max(other.wish.0), self.wish.1.min(other.wish.1));
        self.leads += other.leads;
        self.pieces.extend(other.pieces);
    }
}

fn bundle_of(run: &Run, r: usize, p: usize, obstacles: &[Rect]) -> Bundle {
    let (a, b) = (run.points[p], run.points[p + 1]);
    let span = (a.y.min(b.y), a.y.max(b.y));
    let before = p.checked_sub(1).map(|i| run.points[i].x);
    let behind = run.points.get(p + 2).map(|n| n.x);
    let (room, wish) = match (before, behind) {
        (Some(before), Some(behind)) if run.is_movable => {
            let margin = |is_end: bool| if is_end { STUB } else { SHORTEST };
            let neighbours = [
                (before, margin(p == 1)),
                (behind, margin(p + 3 == run.points.len())),
            ];
            let room = free_room(a.x, span, obstacles);
            (room, wish_between(a.x, &neighbours))
        }
        // An end on a box, or a line that stays.
        _ => ((a.x, a.x), (a.x, a.x)),
    };
    Bundle {
        net: run.net,
        x: a.x,
        span,
        room,
        wish,
        leads: before.unwrap_or(a.x) + behind.unwrap_or(a.x) - 2.0 * a.x,
        pieces: vec![(r, p)],
    }
}

/// How far a vertical piece can move to both sides before it comes too near to a box.
fn free_room(x: f32, span: (f32, f32), obstacles: &[Rect]) -> (f32, f32) {
    let mut room = (x - FARTHEST, x + FARTHEST);
    for o in obstacles {
        if o.y < span.1 - 0.01 && o.bottom() > span.0 + 0.01 {
            if o.right() <= x + 0.01 {
                room.0 = room.0.max(o.right());
            } else if o.x >= x - 0.01 {
                room.1 = room.1.min(o.x);
            } else {
                // Routed with less clearance than usual: better left where it is.
                return (x, x);
            }
        }
    }
    room
}

/// A piece between a line from the left and one to the right keeps both of some length; one
/// with both on the same side is a detour and should not become longer.
fn wish_between(x: f32, neighbours: &[(f32, f32); 2]) -> (f32, f32) {
    let mut wish = (f32::NEG_INFINITY, f32::INFINITY);
    for &(end, margin) in neighbours {
        if end < x {
            wish.0 = wish.0.max((end + margin).min(x));
        } else {
            wish.1 = wish.1.min((end - margin).max(x));
        }
    }
    if wish.1 == f32::INFINITY {
        wish.1 = x;
    }
    if wish.0 == f32::NEG_INFINITY {
        wish.0 = x;
    }
    wish
}

fn must_part(a: &Bundle, b: &Bundle) -> bool {
    const BESIDE: f32 = 6.0;
    a.span.0 < b.span.1 + BESIDE && b.span.0 < a.span.1 + BESIDE
}

/// Bundles that hang together because they run beside each other within reach, in order.
fn clusters(bundles: &[Bundle]) -> Vec<Vec<usize>> {
    // Each bundle points to an earlier one of its cluster, the first one to itself.
    let mut leader: Vec<usize> = (0..bundles.len()).collect();
    fn first(leader: &mut [usize], mut i: usize) -> usize {
        while leader[i] != i {
            leader[i] = leader[leader[i]];
            i = leader[i];
        }
        i
    }
    for j in 0..bundles.len() {
        for i in 0..j {
            let is_near = bundles[i].room.1 + DISTANCES[0] > bundles[j].room.0;
            if is_near && must_part(&bundles[i], &bundles[j]) {
                let (a, b) = (first(&mut leader, i), first(&mut leader, j));
                leader[a.max(b)] = a.min(b);
            }
        }
    }
    let mut found: Vec<Vec<usize>> = vec![Vec::new(); bundles.len()];
    for i in 0..bundles.len() {
        found[first(&mut leader, i)].push(i);
    }
    found.retain(|c| !c.is_empty());
    found
}

/// New places for the bundles of a cluster, or `None` when they do not fit.
fn places(bundles: &[Bundle], cluster: &[usize]) -> Option<Vec<f32>> {
    for keeps_wishes in [true, false] {
        let rooms: Vec<(f32, f32)> = cluster
            .iter()
            .map(|&i| room_of(&bundles[i], keeps_wishes))
            .collect();
        // Rather leave the wishes than squeeze lines together.
        let distances = if keeps_wishes {
            &DISTANCES[..2]
        } else {
            &DISTANCES[..]
        };
        for &distance in distances {
            if let Some(places) = places_at(bundles, cluster, &rooms, distance) {
                return Some(places);
            }
        }
    }
    None
}

fn room_of(bundle: &Bundle, keeps_wishes: bool) -> (f32, f32) {
    let (low, high) = bundle.room;
    let room = if keeps_wishes {
        (low.max(bundle.wish.0), high.min(bundle.wish.1))
    } else {
        (low, high)
    };
    if room.0 <= room.1 {
        room
    } else {
        (bundle.x, bundle.x)
    }
}

/// The middle between the leftmost and the rightmost solution: always a solution itself.
fn places_at(
    bundles: &[Bundle],
    cluster: &[usize],
    rooms: &[(f32, f32)],
    distance: f32,
) -> Option<Vec<f32>> {
    let is_fixed = |k: usize| rooms[k].0 == rooms[k].1;
    let parts = |i: usize, j: usize| {
        must_part(&bundles[cluster[i]], &bundles[cluster[j]]) && !(is_fixed(i) && is_fixed(j))
    };
    let mut low: Vec<f32> = rooms.iter().map(|r| r.0).collect();
    let mut high: Vec<f32> = rooms.iter().map(|r| r.1).collect();
    for j in 0..cluster.len() {
        for i in 0..j {
            if parts(i, j) {
                low[j] = low[j].max(low[i] + distance);
            }
        }
        if low[j] > high[j] + 0.01 {
            return None;
        }
    }
    for i in (0..cluster.len()).rev() {
        for j in i + 1..cluster.len() {
            if parts(i, j) {
                high[i] = high[i].min(high[j] - distance);
            }
        }
        if low[i] > high[i] + 0.01 {
            return None;
        }
    }
    Some(low.iter().zip(&high).map(|(l, h)| (l + h) / 2.0).collect())
}
