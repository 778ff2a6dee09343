//! Positions the user chose are kept, the others find room around them.

use std::collections::BTreeMap;

use super::graph::Graph;
use super::{COLUMN_GAP, ROW_GAP};
use crate::diagram::boxes::TableBox;
use crate::diagram::geometry::{Point, Rect};
use crate::model::same_name;

/// All corners, when every box is pinned and nothing is left to place.
pub fn all_pinned(
    tables: &[TableBox],
    pinned: &BTreeMap<String, (f32, f32)>,
) -> Option<Vec<Point>> {
    tables.iter().map(|t| pin_of(&t.name, pinned)).collect()
}

/// Moves pinned boxes to their corners and every other box to the nearest free spot to where
/// the placement wanted it. Where most boxes are pinned, that is seen from the pinned boxes it
/// hangs together with; otherwise boxes nobody touched stay where they would be without pins.
pub fn keep_pinned(
    tables: &[TableBox],
    graph: &Graph,
    mut corners: Vec<Point>,
    pinned: &BTreeMap<String, (f32, f32)>,
) -> Vec<Point> {
    let fixed: Vec<Option<Point>> = tables.iter().map(|t| pin_of(&t.name, pinned)).collect();
    if fixed.iter().all(Option::is_none) {
        return corners;
    }
    let is_mostly_pinned = 2 * fixed.iter().flatten().count() > fixed.len();
    let wanted = corners.clone();
    let mut taken: Vec<Rect> = Vec::new();
    for (node, pin) in fixed.iter().enumerate() {
        if let Some(pin) = pin {
            corners[node] = *pin;
            taken.push(rect_at(graph, node, *pin));
        }
    }
    for node in free_order(&wanted, &fixed) {
        let shift = if is_mostly_pinned {
            shift_of(graph, node, &wanted, &fixed)
        } else {
            Point::default()
        };
        let wish = Point::new(wanted[node].x + shift.x, wanted[node].y + shift.y);
        let corner = nearest_free(rect_at(graph, node, wish), &taken);
        corners[node] = corner;
        taken.push(rect_at(graph, node, corner));
    }
    corners
}

fn pin_of(name: &str, pinned: &BTreeMap<String, (f32, f32)>) -> Option<Point> {
    let exact = pinned.get(name);
    let found = exact.or_else(|| pinned.iter().find(|(n, _)| same_name(n, name)).map(|p| p.1));
    found
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .map(|&(x, y)| Point::new(x, y))
}

fn rect_at(graph: &Graph, node: usize, corner: Point) -> Rect {
    let size = graph.sizes[node];
    Rect::new(corner.x, corner.y, size.w, size.h)
}

/// Boxes without a pin, from the top left of the wanted picture.
fn free_order(wanted: &[Point], fixed: &[Option<Point>]) -> Vec<usize> {
    let mut free: Vec<usize> = (0..wanted.len()).filter(|&n| fixed[n].is_none()).collect();
    free.sort_by(|&a, &b| {
        let key = |n: usize| wanted[n].x + wanted[n].y;
        key(a).total_cmp(&key(b)).then(a.cmp(&b))
    });
    free
}

/// How far pinned neighbours (or else all pinned boxes) stand from where they were wanted.
fn shift_of(graph: &Graph, node: usize, wanted: &[Point], fixed: &[Option<Point>]) -> Point {
    let shifts = |nodes: &mut dyn Iterator<Item = usize>| -> Option<Point> {
        let (mut x, mut y, mut count) = (0.0, 0.0, 0.0);
        for n in nodes {
            if let Some(pin) = fixed[n] {
                x += pin.x - wanted[n].x;
                y += pin.y - wanted[n].y;
                count += 1.0;
            }
        }
        (count > 0.0).then(|| Point::new(x / count, y / count))
    };
    let mut neighbours = graph
        .links
        .iter()
        .filter(|l| l.touches(node))
        .map(|l| l.other(node));
    shifts(&mut neighbours)
        .or_else(|| shifts(&mut (0..wanted.len())))
        .unwrap_or_default()
}

/// The free corner nearest to the wish: the wish itself, or beside, above or below boxes.
fn nearest_free(wish: Rect, taken: &[Rect]) -> Point {
    let is_free = |r: &Rect| {
        !taken
            .iter()
            .any(|t| t.grown(COLUMN_GAP - 0.5, ROW_GAP - 0.5).overlaps(r))
    };
    let mut xs = vec![wish.x];
    let mut ys = vec![wish.y];
    for t in taken {
        xs.extend([t.x - COLUMN_GAP - wish.w, t.right() + COLUMN_GAP, t.x]);
        ys.extend([t.y - ROW_GAP - wish.h, t.bottom() + ROW_GAP, t.y]);
    }
    xs.sort_by(|a, b| (a - wish.x).abs().total_cmp(&(b - wish.x).abs()));
    ys.sort_by(|a, b| (a - wish.y).abs().total_cmp(&(b - wish.y).abs()));
    let mut best = (f32::INFINITY, Point::new(wish.x, wish.y));
    for &x in &xs {
        let aside = (x - wish.x).abs();
        // Sorted by distance: the first free height is the best of this column.
        let nearer = ys
            .iter()
            .take_while(|y| aside + (**y - wish.y).abs() < best.0);
        let free = nearer
            .copied()
            .find(|&y| is_free(&Rect::new(x, y, wish.w, wish.h)));
        if let Some(y) = free {
            best = (aside + (y - wish.y).abs(), Point::new(x, y));
        }
    }
    Point::new(best.1.x.round(), best.1.y.round())
}
