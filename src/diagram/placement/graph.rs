//! Boxes and lines as numbers: all that a placement looks at.

use crate::diagram::boxes::TableBox;
use crate::diagram::scene::Edge;

/// Width and height of a box, in points.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub w: f32,
    pub h: f32,
}

/// All lines between one pair of boxes, as one. Never a self-reference.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The referring box, by the first of the lines.
    pub child: usize,
    pub parent: usize,
    /// Where the line meets the box, measured from its top.
    pub child_dy: f32,
    pub parent_dy: f32,
    /// How many lines run between the two.
    pub lines: f32,
}

impl Link {
    pub fn touches(&self, node: usize) -> bool {
        self.child == node || self.parent == node
    }

    pub fn other(&self, node: usize) -> usize {
        if self.child == node {
            self.parent
        } else {
            self.child
        }
    }
}

/// Boxes with the lines between them.
pub struct Graph {
    pub sizes: Vec<Size>,
    pub links: Vec<Link>,
}

impl Graph {
    pub fn new(tables: &[TableBox], edges: &[Edge]) -> Self {
        let sizes = tables
            .iter()
            .map(|t| Size {
                w: t.rect.w,
                h: t.rect.h,
            })
            .collect();
        let mut links: Vec<Link> = Vec::new();
        let mut seen = std::collections::HashMap::new();
        for edge in edges.iter().filter(|e| e.from != e.to) {
            let pair = (edge.from.min(edge.to), edge.from.max(edge.to));
            let known = *seen.entry(pair).or_insert(links.len());
            if let Some(link) = links.get_mut(known) {
                link.lines += 1.0;
                continue;
            }
            links.push(Link {
                child: edge.from,
                parent: edge.to,
                child_dy: edge.from_dy,
                parent_dy: edge.to_dy,
                lines: 1.0,
            });
        }
        Self { sizes, links }
    }

    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Indexes of the links at each box.
    pub fn links_by_node(&self) -> Vec<Vec<usize>> {
        let mut by_node = vec![Vec::new(); self.len()];
        for (i, link) in self.links.iter().enumerate() {
            by_node[link.child].push(i);
            by_node[link.parent].push(i);
        }
        by_node
    }

    /// Connected parts, each in box order, in the order of their first box.
    pub fn components(&self) -> Vec<Vec<usize>> {
        let by_node = self.links_by_node();
        let mut seen = vec![false; self.len()];
        let mut parts = Vec::new();
        for start in 0..self.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let mut members = vec![start];
            let mut next = 0;
            while let Some(&node) = members.get(next) {
                next += 1;
                for &link in &by_node[node] {
                    let other = self.links[link].other(node);
                    if !seen[other] {
                        seen[other] = true;
                        members.push(other);
                    }
                }
            }
            members.sort_unstable();
            parts.push(members);
        }
        parts
    }

    /// The graph of some boxes only, renumbered in the order given.
    pub fn part(&self, members: &[usize]) -> Self {
        let mut renumbered = vec![None; self.len()];
        for (new, &old) in members.iter().enumerate() {
            renumbered[old] = Some(new);
        }
        let links = self
            .links
            .iter()
            .filter_map(|link| {
                Some(Link {
                    child: renumbered[link.child]?,
                    parent: renumbered[link.parent]?,
                    ..*link
                })
            })
            .collect();
        Self {
            sizes: members.iter().map(|&m| self.sizes[m]).collect(),
            links,
        }
    }
}
