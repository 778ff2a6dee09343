//! Columns in order → positions: straight lines first, then little room.

use std::collections::BTreeSet;

use super::graph::Graph;
use super::layers::Layers;
use super::{COLUMN_GAP, ROW_GAP};
use crate::diagram::geometry::Point;

/// Room between a box and a line passing by, and between two such lines.
const PASSAGE_GAP: f32 = 14.0;
/// What every further line in the space between columns adds to it.
const TRACK_WIDTH: f32 = 10.0;
const WIDEST_GAP: f32 = 320.0;
/// A line whose ends differ by less is made straight when there is room.
const NEARLY_STRAIGHT: f32 = 48.0;

/// Top-left corners of all boxes, in box order.
pub fn corners(graph: &Graph, layers: &Layers) -> Vec<Point> {
    let mut tops = tops(layers);
    straighten(graph, layers, &mut tops);
    let lefts = column_lefts(graph, layers);
    (0..graph.len())
        .map(|node| Point::new(lefts[layers.vertices[node].layer], tops[node]))
        .collect()
}

fn column_lefts(graph: &Graph, layers: &Layers) -> Vec<f32> {
    let mut left = 0.0;
    let mut lefts = Vec::with_capacity(layers.columns.len());
    for (index, column) in layers.columns.iter().enumerate() {
        lefts.push(left);
        let widest = column
            .iter()
            .filter_map(|&v| layers.vertices[v].node)
            .map(|node| graph.sizes[node].w)
            .fold(0.0, f32::max);
        left += (widest + gap_behind(layers, index)).round();
    }
    lefts
}

/// Space right of a column: more where more different lines have to turn.
fn gap_behind(layers: &Layers, column: usize) -> f32 {
    let turning: BTreeSet<usize> = layers.columns[column]
        .iter()
        .flat_map(|&v| &layers.to_right[v])
        .map(|&s| layers.strands[s])
        // Lines to one box share a trunk, so the busier side counts once.
        .map(|s| {
            if layers.to_right[s.left].len() > layers.to_left[s.right].len() {
                s.left
            } else {
                s.right
            }
        })
        .collect();
    let tracks = turning.len().saturating_sub(1) as f32;
    (COLUMN_GAP + TRACK_WIDTH * tracks).min(WIDEST_GAP)
}

fn tops(layers: &Layers) -> Vec<f32> {
    let mut tops = vec![0.0; layers.vertices.len()];
    for column in &layers.columns {
        let start = -column_height(layers, column) / 2.0;
        settle(layers, column, &mut tops, &|_| (start, 1.0));
    }
    let count = layers.columns.len();
    for round in 0..10 {
        let sides = if round < 6 { round % 2 } else { 2 };
        for step in 0..count {
            let index = if round % 2 == 0 {
                step
            } else {
                count - 1 - step
            };
            let wish = wishes(layers, &layers.columns[index], &tops, sides);
            settle(layers, &layers.columns[index], &mut tops, &|i| wish[i]);
        }
    }
    for top in &mut tops {
        *top = top.round();
    }
    tops
}

fn column_height(layers: &Layers, column: &[usize]) -> f32 {
    let gaps: f32 = column.windows(2).map(|p| gap(layers, p[0], p[1])).sum();
    let heights: f32 = column.iter().map(|&v| layers.vertices[v].height).sum();
    gaps + heights
}

fn gap(layers: &Layers, upper: usize, lower: usize) -> f32 {
    let is_box = |v: usize| layers.vertices[v].node.is_some();
    if is_box(upper) && is_box(lower) {
        ROW_GAP
    } else {
        PASSAGE_GAP
    }
}

/// Where each vertex of a column would like its top, and how much: the mean of the lines to
/// the left (0), to the right (1) or both (2).
fn wishes(layers: &Layers, column: &[usize], tops: &[f32], sides: usize) -> Vec<(f32, f32)> {
    column
        .iter()
        .map(|&vertex| {
            let (mut sum, mut weight) = (0.0, 0.0);
            if sides != 1 {
                for strand in layers.to_left[vertex].iter().map(|&s| layers.strands[s]) {
                    sum += strand.weight * (tops[strand.left] + strand.left_dy - strand.right_dy);
                    weight += strand.weight;
                }
            }
            if sides != 0 {
                for strand in layers.to_right[vertex].iter().map(|&s| layers.strands[s]) {
                    sum += strand.weight * (tops[strand.right] + strand.right_dy - strand.left_dy);
                    weight += strand.weight;
                }
            }
            if weight > 0.0 {
                (sum / weight, weight)
            } else {
                (tops[vertex], 0.05)
            }
        })
        .collect()
}

/// Puts a column as near to its wishes as order and gaps allow.
///
/// Least squares under "each below the one before": neighbours in conflict are pooled and
/// move as a block (pool adjacent violators).
fn settle(layers: &Layers, column: &[usize], tops: &mut [f32], wish: &dyn Fn(usize) -> (f32, f32)) {
    struct Block {
        sum: f32,
        weight: f32,
        members: usize,
    }
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(column.len());
    let mut blocks: Vec<Block> = Vec::with_capacity(column.len());
    for (i, &vertex) in column.iter().enumerate() {
        if i > 0 {
            let above = column[i - 1];
            offset += layers.vertices[above].height + gap(layers, above, vertex);
        }
        offsets.push(offset);
        let (top, weight) = wish(i);
        blocks.push(Block {
            sum: (top - offset) * weight,
            weight,
            members: 1,
        });
        while let [.., before, last] = blocks.as_slice() {
            if before.sum / before.weight <= last.sum / last.weight {
                break;
            }
            let merged = Block {
                sum: before.sum + last.sum,
                weight: before.weight + last.weight,
                members: before.members + last.members,
            };
            blocks.truncate(blocks.len() - 2);
            blocks.push(merged);
        }
    }
    let mut i = 0;
    for block in blocks {
        for _ in 0..block.members {
            tops[column[i]] = block.sum / block.weight + offsets[i];
            i += 1;
        }
    }
}

/// Removes small jogs: a box moves so that a nearly straight line becomes straight, as long as
/// it keeps its distance from those above and below and more lines gain than lose.
fn straighten(graph: &Graph, layers: &Layers, tops: &mut [f32]) {
    let by_node = graph.links_by_node();
    for _ in 0..4 {
        for column in &layers.columns {
            for (i, &vertex) in column.iter().enumerate() {
                let Some(node) = layers.vertices[vertex].node else {
                    continue;
                };
                let shifts: Vec<f32> = by_node[node]
                    .iter()
                    .filter(|&&l| {
                        let other = graph.links[l].other(node);
                        layers.vertices[other].layer != layers.vertices[node].layer
                    })
                    .map(|&l| shift_to_straighten(graph, tops, node, l))
                    .collect();
                let straight_after =
                    |shift: f32| shifts.iter().filter(|s| (**s - shift).abs() < 0.5).count();
                let straight_now = straight_after(0.0);
                let (lowest, highest) = free_tops(layers, tops, column, i);
                let best = shifts
                    .iter()
                    .copied()
                    .filter(|s| s.abs() < NEARLY_STRAIGHT && straight_after(*s) > straight_now)
                    .filter(|s| (lowest..=highest).contains(&(tops[vertex] + s)))
                    .min_by(|a, b| a.abs().total_cmp(&b.abs()));
                tops[vertex] += best.unwrap_or(0.0);
            }
        }
    }
}

/// Between which tops a vertex can move without its neighbours in the column.
fn free_tops(layers: &Layers, tops: &[f32], column: &[usize], i: usize) -> (f32, f32) {
    let vertex = column[i];
    let lowest = i.checked_sub(1).map_or(f32::NEG_INFINITY, |above| {
        let above = column[above];
        tops[above] + layers.vertices[above].height + gap(layers, above, vertex)
    });
    let highest = column.get(i + 1).map_or(f32::INFINITY, |&below| {
        tops[below] - layers.vertices[vertex].height - gap(layers, vertex, below)
    });
    (lowest, highest)
}

/// How far a box would have to move for the line to become straight.
fn shift_to_straighten(graph: &Graph, tops: &[f32], node: usize, link: usize) -> f32 {
    let link = graph.links[link];
    let fall = tops[link.parent] + link.parent_dy - tops[link.child] - link.child_dy;
    if link.child == node { fall } else { -fall }
}
