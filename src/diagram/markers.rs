//! Crow's foot notation as plain strokes, so that every painter draws the same ends.

use super::geometry::Point;

/// What stands at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndMarker {
    None,
    /// A small filled dot: what a view reads.
    Dot,
    /// A bar: exactly one.
    One,
    /// A bar and a circle: one or none.
    ZeroOrOne,
    /// A crow's foot: any number.
    Many,
}

/// One stroke of a marker, in scene space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MarkerShape {
    Line {
        a: Point,
        b: Point,
    },
    /// An open circle: filled with the background, so that the line does not show inside.
    Circle {
        center: Point,
        radius: f32,
    },
    /// A filled circle in the line's colour.
    Disc {
        center: Point,
        radius: f32,
    },
}

/// How far the longest marker reaches from the box, in points.
pub const MARKER_LENGTH: f32 = 18.0;
const FOOT_LENGTH: f32 = 11.0;
const FOOT_SPREAD: f32 = 5.5;
const BAR_DISTANCE: f32 = 7.0;
const BAR_HALF: f32 = 5.0;
const CIRCLE_RADIUS: f32 = 3.5;

/// The strokes of a marker at `tip` (on the box's side) of a line that comes from `next`.
pub fn marker_shapes(marker: EndMarker, tip: Point, next: Point) -> Vec<MarkerShape> {
    let along = |distance: f32, across: f32| {
        let (dx, dy) = (next.x - tip.x, next.y - tip.y);
        let length = (dx * dx + dy * dy).sqrt().max(1e-3);
        let (ux, uy) = (dx / length, dy / length);
        Point::new(
            tip.x + ux * distance - uy * across,
            tip.y + uy * distance + ux * across,
        )
    };
    let bar = |distance: f32| MarkerShape::Line {
        a: along(distance, -BAR_HALF),
        b: along(distance, BAR_HALF),
    };
    match marker {
        EndMarker::None => Vec::new(),
        EndMarker::Dot => vec![MarkerShape::Disc {
            center: tip,
            radius: 2.5,
        }],
        EndMarker::One => vec![bar(BAR_DISTANCE)],
        EndMarker::ZeroOrOne => vec![
            bar(BAR_DISTANCE),
            MarkerShape::Circle {
                center: along(BAR_DISTANCE + 2.0 + CIRCLE_RADIUS, 0.0),
                radius: CIRCLE_RADIUS,
            },
        ],
        EndMarker::Many => [-FOOT_SPREAD, FOOT_SPREAD]
            .into_iter()
            .map(|spread| MarkerShape::Line {
                a: along(FOOT_LENGTH, 0.0),
                b: along(0.0, spread),
            })
            .collect(),
    }
}
