//! Columns of boxes, with places kept free where lines pass through a column.

use super::graph::Graph;

/// Something that takes room in a column: a box, or a line passing by.
#[derive(Clone, Copy, Debug)]
pub struct Vertex {
    /// The box, or `None` for a line.
    pub node: Option<usize>,
    pub layer: usize,
    pub height: f32,
    /// Roughly where it should stand, in points: the start order of its column.
    pub hint: f32,
}

/// A piece of a line between neighbouring columns.
#[derive(Clone, Copy, Debug)]
pub struct Strand {
    pub left: usize,
    pub right: usize,
    /// Where it meets the vertices, from their tops.
    pub left_dy: f32,
    pub right_dy: f32,
    pub weight: f32,
}

/// Vertices in columns from left to right, and the strands between them.
pub struct Layers {
    /// The first `graph.len()` vertices are the boxes, in their order.
    pub vertices: Vec<Vertex>,
    /// Vertices of each column, top to bottom.
    pub columns: Vec<Vec<usize>>,
    pub strands: Vec<Strand>,
    /// Strands at each vertex, towards the left and towards the right.
    pub to_left: Vec<Vec<usize>>,
    pub to_right: Vec<Vec<usize>>,
}

/// Height of the place a passing line gets.
const PASSAGE_HEIGHT: f32 = 4.0;

impl Layers {
    /// Columns by rank (from 0, without gaps), each ordered by the hints.
    pub fn new(graph: &Graph, ranking: &[i32], hints: &[f32]) -> Self {
        let vertices = graph
            .sizes
            .iter()
            .enumerate()
            .map(|(node, size)| Vertex {
                node: Some(node),
                layer: ranking[node].max(0) as usize,
                height: size.h,
                hint: hints[node],
            })
            .collect();
        let column_count = ranking.iter().max().map_or(0, |r| *r as usize + 1);
        let mut layers = Self {
            vertices,
            columns: vec![Vec::new(); column_count],
            strands: Vec::new(),
            to_left: Vec::new(),
            to_right: Vec::new(),
        };
        for link in &graph.links {
            let (a, b) = ((link.child, link.child_dy), (link.parent, link.parent_dy));
            if ranking[a.0] < ranking[b.0] {
                layers.add_chain(a, b, link.lines);
            } else if ranking[a.0] > ranking[b.0] {
                layers.add_chain(b, a, link.lines);
            }
        }
        layers.index_strands();
        layers.order_by_hints();
        layers
    }

    fn add_chain(&mut self, start: (usize, f32), end: (usize, f32), lines: f32) {
        let (first, last) = (self.vertices[start.0], self.vertices[end.0]);
        let span = (last.layer - first.layer) as f32;
        let mut left = start;
        for layer in first.layer + 1..last.layer {
            let share = (layer - first.layer) as f32 / span;
            let passage = self.vertices.len();
            self.vertices.push(Vertex {
                node: None,
                layer,
                height: PASSAGE_HEIGHT,
                hint: first.hint + (last.hint - first.hint) * share,
            });
            self.add_strand(left, (passage, PASSAGE_HEIGHT / 2.0), lines);
            left = (passage, PASSAGE_HEIGHT / 2.0);
        }
        self.add_strand(left, end, lines);
    }

    fn add_strand(&mut self, left: (usize, f32), right: (usize, f32), lines: f32) {
        let passages = [left.0, right.0]
            .iter()
            .filter(|&&v| self.vertices[v].node.is_none())
            .count();
        let straightness = [1.0, 2.0, 6.0][passages];
        self.strands.push(Strand {
            left: left.0,
            right: right.0,
            left_dy: left.1,
            right_dy: right.1,
            weight: straightness * lines.min(2.0),
        });
    }

    fn index_strands(&mut self) {
        self.to_left = vec![Vec::new(); self.vertices.len()];
        self.to_right = vec![Vec::new(); self.vertices.len()];
        for (i, strand) in self.strands.iter().enumerate() {
            self.to_right[strand.left].push(i);
            self.to_left[strand.right].push(i);
        }
    }

    fn order_by_hints(&mut self) {
        for (i, vertex) in self.vertices.iter().enumerate() {
            self.columns[vertex.layer].push(i);
        }
        let vertices = &self.vertices;
        for column in &mut self.columns {
            column.sort_by(|&a, &b| {
                vertices[a]
                    .hint
                    .total_cmp(&vertices[b].hint)
                    .then(a.cmp(&b))
            });
        }
    }
}
