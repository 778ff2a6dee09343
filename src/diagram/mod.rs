//! Entity-relationship diagrams as values.
//!
//! [`boxes`] turns a schema into table boxes, [`links`] into the lines between them, [`placement`]
//! says where the boxes stand, [`routing`] leads the lines around them, and [`scene`] is the
//! finished picture that [`svg`], [`png`] and [`json`] write and the window paints.
//! All lengths are points at zoom 1, in scene space: x grows to the right, y downwards.

pub mod boxes;
pub mod geometry;
mod hit;
pub mod json;
mod links;
pub mod markers;
pub mod placement;
pub mod png;
pub mod routing;
pub mod scene;
pub mod svg;
#[cfg(test)]
mod tests;
pub mod text;

pub use boxes::{BoxKind, Detail, KeyMarker, Row, RowKind, TableBox};
pub use geometry::{Point, Rect};
pub use markers::EndMarker;
pub use routing::reroute;
pub use scene::{Edge, EdgeKind, Scene};
pub use text::{TextKind, estimate_width};

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Schema;

/// Everything a layout depends on besides the schema: equal requests give equal pictures.
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutRequest {
    pub detail: Detail,
    /// Top-left corners the user chose, by table name. Kept exactly.
    pub pinned: BTreeMap<String, (f32, f32)>,
    /// Tables and views left out, with their lines.
    pub hidden: BTreeSet<String>,
    /// Whether relations nobody declared are drawn and influence the placement.
    pub implied_shown: bool,
    pub views_shown: bool,
}

impl Default for LayoutRequest {
    fn default() -> Self {
        Self {
            detail: Detail::Full,
            pinned: BTreeMap::new(),
            hidden: BTreeSet::new(),
            implied_shown: true,
            views_shown: true,
        }
    }
}

/// Draws a schema with the built-in text widths, so that every caller gets the same boxes.
///
/// `cancelled` is asked often, also from inside loops; `None` means that it said yes.
pub fn layout(
    schema: &Schema,
    request: &LayoutRequest,
    cancelled: &dyn Fn() -> bool,
) -> Option<Scene> {
    layout_measured(schema, request, &estimate_width, cancelled)
}

/// [`layout`] with the caller's own text widths in points.
pub fn layout_measured(
    schema: &Schema,
    request: &LayoutRequest,
    measure: &dyn Fn(&str, TextKind) -> f32,
    cancelled: &dyn Fn() -> bool,
) -> Option<Scene> {
    let mut tables = boxes::boxes(schema, request, measure);
    let edges = links::links(schema, request, &tables);
    let judge = |members: &[usize], corners: &[Point]| {
        let part = Scene::new(tables.clone(), edges.clone()).part(members, corners);
        routed_badness(part)
    };
    let corners = placement::place(&tables, &edges, &request.pinned, &judge, cancelled)?;
    for (table, corner) in tables.iter_mut().zip(corners) {
        table.rect.x = corner.x;
        table.rect.y = corner.y;
    }
    let mut scene = Scene::new(tables, edges);
    routing::route_all(&mut scene, cancelled)?;
    Some(scene)
}

/// How bad a part looks with its lines: crossings first, then bends and length.
fn routed_badness(mut part: Scene) -> f32 {
    if routing::route_all(&mut part, &|| false).is_none() {
        return f32::INFINITY;
    }
    let crossings = part.crossings() as f32;
    let bends: usize = part
        .edges
        .iter()
        .map(|e| e.points.len().saturating_sub(2))
        .sum();
    let length: f32 = part
        .edges
        .iter()
        .flat_map(|e| e.points.windows(2))
        .map(|p| (p[0].x - p[1].x).abs() + (p[0].y - p[1].y).abs())
        .sum();
    let backwards = part
        .edges
        .iter()
        .filter(|e| part.tables[e.to].rect.x > part.tables[e.from].rect.x)
        .count();
    let Rect { w, h, .. } = part.bounds;
    let frame = placement::frame_height(w, h);
    2_000.0 * crossings + 60.0 * bends as f32 + length + 220.0 * backwards as f32 + 4.0 * frame
}
