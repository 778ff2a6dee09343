//! Connected parts beside each other, and single tables in rows below.

use super::graph::Graph;
use super::{ASPECT, COLUMN_GAP, ROW_GAP};
use crate::diagram::geometry::Point;

/// Space between parts that have nothing to do with each other.
const PART_GAP: f32 = 64.0;

/// A connected part with the corners of its boxes, from 0, 0.
pub struct Part {
    members: Vec<usize>,
    corners: Vec<Point>,
    w: f32,
    h: f32,
}

impl Part {
    pub fn new(members: Vec<usize>, graph: &Graph, mut corners: Vec<Point>) -> Self {
        let left = corners.iter().map(|c| c.x).fold(f32::INFINITY, f32::min);
        let top = corners.iter().map(|c| c.y).fold(f32::INFINITY, f32::min);
        let (mut w, mut h) = (0.0f32, 0.0f32);
        for (corner, size) in corners.iter_mut().zip(&graph.sizes) {
            corner.x -= left;
            corner.y -= top;
            w = w.max(corner.x + size.w);
            h = h.max(corner.y + size.h);
        }
        Self {
            members,
            corners,
            w,
            h,
        }
    }

    fn is_single(&self) -> bool {
        self.members.len() == 1
    }
}

/// Corners of all boxes: parts on shelves, the largest first, then single tables on shelves
/// below in documented order. The width is the one that comes nearest to the wanted aspect.
pub fn pack(parts: Vec<Part>, count: usize) -> Vec<Point> {
    let (singles, mut joined): (Vec<Part>, Vec<Part>) =
        parts.into_iter().partition(Part::is_single);
    joined.sort_by(|a, b| (b.w * b.h).total_cmp(&(a.w * a.h)));
    let best = shelf_widths(&joined, &singles)
        .into_iter()
        .map(|width| arrange(&joined, &singles, width))
        .min_by(|a, b| a.badness().total_cmp(&b.badness()));
    let mut corners = vec![Point::default(); count];
    let Some(best) = best else {
        return corners;
    };
    for (part, origin) in joined.iter().chain(&singles).zip(best.origins) {
        for (&member, corner) in part.members.iter().zip(&part.corners) {
            corners[member] =
                Point::new((origin.x + corner.x).round(), (origin.y + corner.y).round());
        }
    }
    corners
}

struct Arrangement {
    origins: Vec<Point>,
    w: f32,
    h: f32,
}

impl Arrangement {
    /// The height of the smallest frame of the wanted aspect around it.
    fn badness(&self) -> f32 {
        (self.w / ASPECT).max(self.h) + 0.05 * (self.w / ASPECT + self.h)
    }
}

/// Every width at which a shelf could end, within reason.
fn shelf_widths(joined: &[Part], singles: &[Part]) -> Vec<f32> {
    let mut widths = Vec::new();
    for (group, gap) in [(joined, PART_GAP), (singles, COLUMN_GAP)] {
        for start in 0..group.len().min(4) {
            let mut width = 0.0;
            for part in group.iter().skip(start).take(40) {
                width += part.w;
                widths.push(width);
                width += gap;
            }
        }
    }
    let widest = joined
        .iter()
        .chain(singles)
        .map(|p| p.w)
        .fold(0.0, f32::max);
    widths.retain(|w| *w >= widest);
    widths.push(widest);
    widths
}

fn arrange(joined: &[Part], singles: &[Part], width: f32) -> Arrangement {
    let mut all = Arrangement {
        origins: Vec::new(),
        w: 0.0,
        h: 0.0,
    };
    shelve(&mut all, joined, width, (PART_GAP, PART_GAP));
    if !joined.is_empty() && !singles.is_empty() {
        all.h += PART_GAP - ROW_GAP;
    }
    shelve(&mut all, singles, width, (COLUMN_GAP, ROW_GAP));
    all
}

fn shelve(all: &mut Arrangement, parts: &[Part], width: f32, gap: (f32, f32)) {
    let (mut x, mut shelf_top, mut shelf_height) = (0.0, all.h, 0.0f32);
    if all.h > 0.0 {
        shelf_top += gap.1;
    }
    for part in parts {
        if x > 0.0 && x + part.w > width {
            shelf_top += shelf_height + gap.1;
            (x, shelf_height) = (0.0, 0.0);
        }
        all.origins.push(Point::new(x, shelf_top));
        x += part.w + gap.0;
        shelf_height = shelf_height.max(part.h);
        all.w = all.w.max(x - gap.0);
        all.h = all.h.max(shelf_top + part.h);
    }
}
