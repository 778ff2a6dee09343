//! What is under the pointer.

use super::geometry::{Point, distance_to_segment};
use super::scene::Scene;

impl Scene {
    /// The table at a point. Where moved tables overlap, the one painted last.
    pub fn table_at(&self, p: Point) -> Option<usize> {
        self.tables.iter().rposition(|t| t.rect.contains(p))
    }

    /// The table and row at a point; `None` inside a header.
    pub fn row_at(&self, p: Point) -> Option<(usize, usize)> {
        let table = self.table_at(p)?;
        let rows = 0..self.tables[table].rows.len();
        rows.into_iter()
            .find(|&row| self.tables[table].row_rect(row).contains(p))
            .map(|row| (table, row))
    }

    /// The nearest line within `tolerance` points.
    pub fn edge_at(&self, p: Point, tolerance: f32) -> Option<usize> {
        let near = |points: &[Point]| {
            points
                .windows(2)
                .map(|pair| distance_to_segment(p, pair[0], pair[1]))
                .fold(f32::INFINITY, f32::min)
        };
        self.edges
            .iter()
            .enumerate()
            .map(|(i, edge)| (i, near(&edge.points)))
            .filter(|(_, distance)| *distance <= tolerance)
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(i, _)| i)
    }
}
