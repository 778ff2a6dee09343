//! Which part of a scene the canvas shows, and how large.

use egui::{Pos2, Rect, Vec2, pos2};
use serde::{Deserialize, Serialize};

use crate::diagram;

pub const MIN_ZOOM: f32 = 0.05;
pub const MAX_ZOOM: f32 = 3.0;
/// Space left around a fitted scene, in screen points.
const FIT_MARGIN: f32 = 36.0;
/// Small scenes are not blown up beyond this.
const MAX_FITTED_ZOOM: f32 = 1.25;

/// The scene point in the middle of the canvas, and screen points per scene point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    pub center: (f32, f32),
    pub zoom: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            center: (0.0, 0.0),
            zoom: 1.0,
        }
    }
}

impl Camera {
    /// Shows all of `bounds`.
    pub fn fit(bounds: diagram::Rect, canvas: Rect) -> Self {
        Self::fit_within(bounds, canvas, FIT_MARGIN)
    }

    /// Shows all of `bounds` with a margin in screen points.
    pub fn fit_within(bounds: diagram::Rect, canvas: Rect, margin: f32) -> Self {
        let room = canvas.size() - Vec2::splat(2.0 * margin);
        let zoom = (room.x / bounds.w.max(1.0)).min(room.y / bounds.h.max(1.0));
        let center = bounds.center();
        Self {
            center: (center.x, center.y),
            zoom: zoom.clamp(MIN_ZOOM, MAX_FITTED_ZOOM),
        }
    }

    pub fn screen_from_scene(&self, canvas: Rect, p: diagram::Point) -> Pos2 {
        canvas.center() + Vec2::new(p.x - self.center.0, p.y - self.center.1) * self.zoom
    }

    pub fn scene_from_screen(&self, canvas: Rect, p: Pos2) -> diagram::Point {
        let offset = (p - canvas.center()) / self.zoom;
        diagram::Point::new(self.center.0 + offset.x, self.center.1 + offset.y)
    }

    pub fn screen_rect(&self, canvas: Rect, r: diagram::Rect) -> Rect {
        let min = self.screen_from_scene(canvas, diagram::Point::new(r.x, r.y));
        Rect::from_min_size(min, Vec2::new(r.w, r.h) * self.zoom)
    }

    /// Moves the picture by a screen distance.
    pub fn pan(&mut self, delta: Vec2) {
        self.center.0 -= delta.x / self.zoom;
        self.center.1 -= delta.y / self.zoom;
    }

    /// Zooms so that the scene point under `fixed` stays where it is.
    pub fn zoom_at(&mut self, canvas: Rect, fixed: Pos2, factor: f32) {
        let before = self.scene_from_screen(canvas, fixed);
        self.zoom = (self.zoom * factor).clamp(MIN_ZOOM, MAX_ZOOM);
        let after = self.scene_from_screen(canvas, fixed);
        self.center.0 += before.x - after.x;
        self.center.1 += before.y - after.y;
    }

    /// Zooms around the middle.
    pub fn zoom_by(&mut self, factor: f32) {
        self.zoom_at(
            Rect::from_center_size(pos2(0.0, 0.0), Vec2::ZERO),
            pos2(0.0, 0.0),
            factor,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canvas() -> Rect {
        Rect::from_min_size(pos2(100.0, 50.0), Vec2::new(800.0, 600.0))
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let mut camera = Camera {
            center: (40.0, -20.0),
            zoom: 0.7,
        };
        let pointer = pos2(333.0, 222.0);
        let before = camera.scene_from_screen(canvas(), pointer);
        camera.zoom_at(canvas(), pointer, 1.7);
        let after = camera.scene_from_screen(canvas(), pointer);
        assert!((before.x - after.x).abs() < 1e-3 && (before.y - after.y).abs() < 1e-3);
    }

    #[test]
    fn a_fitted_scene_lies_inside_the_canvas() {
        let bounds = diagram::Rect::new(-500.0, 20.0, 4000.0, 900.0);
        let camera = Camera::fit(bounds, canvas());
        assert!(canvas().contains_rect(camera.screen_rect(canvas(), bounds)));
    }

    #[test]
    fn zoom_stays_within_its_limits() {
        let mut camera = Camera::default();
        camera.zoom_by(1e9);
        assert_eq!(camera.zoom, MAX_ZOOM);
        camera.zoom_by(1e-9);
        assert_eq!(camera.zoom, MIN_ZOOM);
    }
}
