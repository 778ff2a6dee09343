//! The order of boxes within their columns, for few crossings.

use super::layers::{Layers, Strand};

/// Where each vertex stands in its column.
fn positions(layers: &Layers) -> Vec<f32> {
    let mut position = vec![0.0; layers.vertices.len()];
    for column in &layers.columns {
        for (i, &vertex) in column.iter().enumerate() {
            position[vertex] = i as f32;
        }
    }
    position
}

/// The place of a strand's end in its column: lines of one box are ordered by their rows.
fn end_place(layers: &Layers, position: &[f32], vertex: usize, dy: f32) -> f32 {
    position[vertex] + 0.9 * dy / layers.vertices[vertex].height.max(1.0)
}

fn ends(layers: &Layers, position: &[f32], strand: &Strand) -> (f32, f32) {
    (
        end_place(layers, position, strand.left, strand.left_dy),
        end_place(layers, position, strand.right, strand.right_dy),
    )
}

/// How many pairs of strands cross, by rows.
pub fn crossings(layers: &Layers) -> usize {
    let position = positions(layers);
    let mut gaps: Vec<Vec<(f32, f32)>> = vec![Vec::new(); layers.columns.len()];
    for strand in &layers.strands {
        gaps[layers.vertices[strand.left].layer].push(ends(layers, &position, strand));
    }
    gaps.iter_mut().map(|gap| inversions(gap)).sum()
}

fn inversions(gap: &mut [(f32, f32)]) -> usize {
    gap.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut count = 0;
    // Right ends seen so far, sorted: those below the next one are crossed by it.
    let mut seen: Vec<f32> = Vec::with_capacity(gap.len());
    let mut same_start = 0;
    for i in 0..gap.len() {
        if i > 0 && gap[i].0 > gap[i - 1].0 {
            same_start = i;
        }
        let right = gap[i].1;
        let below = seen.len() - seen.partition_point(|&s| s <= right);
        let own = gap[same_start..i].iter().filter(|s| s.1 > right).count();
        count += below - own;
        let at = seen.partition_point(|&s| s <= right);
        seen.insert(at, right);
    }
    count
}

/// Sweeps over the columns and keeps the best order seen.
pub fn reduce_crossings(layers: &mut Layers, sweeps: usize) -> usize {
    let mut best = layers.columns.clone();
    let mut fewest = crossings(layers);
    for sweep in 0..sweeps {
        if fewest == 0 {
            break;
        }
        sort_by_neighbours(layers, sweep % 2 == 0);
        swap_neighbours(layers);
        let count = crossings(layers);
        if count < fewest {
            fewest = count;
            best.clone_from(&layers.columns);
        }
    }
    layers.columns = best;
    fewest
}

fn sort_by_neighbours(layers: &mut Layers, rightwards: bool) {
    let count = layers.columns.len();
    let mut position = positions(layers);
    let sequence: Vec<usize> = if rightwards {
        (1..count).collect()
    } else {
        (0..count.saturating_sub(1)).rev().collect()
    };
    for index in sequence {
        let mut column = std::mem::take(&mut layers.columns[index]);
        let mut keyed: Vec<(f32, usize)> = column
            .iter()
            .map(|&v| (mean_place(layers, &position, v, rightwards), v))
            .collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (i, (_, vertex)) in keyed.into_iter().enumerate() {
            column[i] = vertex;
            position[vertex] = i as f32;
        }
        layers.columns[index] = column;
    }
}

fn mean_place(layers: &Layers, position: &[f32], vertex: usize, of_left: bool) -> f32 {
    let strands = if of_left {
        &layers.to_left[vertex]
    } else {
        &layers.to_right[vertex]
    };
    if strands.is_empty() {
        return position[vertex];
    }
    let sum: f32 = strands
        .iter()
        .map(|&s| {
            let (left, right) = ends(layers, position, &layers.strands[s]);
            if of_left { left } else { right }
        })
        .sum();
    sum / strands.len() as f32
}

/// Swaps vertices above each other where that alone saves crossings.
fn swap_neighbours(layers: &mut Layers) {
    let mut position = positions(layers);
    for index in 0..layers.columns.len() {
        for _ in 0..3 {
            let mut changed = false;
            for i in 1..layers.columns[index].len() {
                let (upper, lower) = (layers.columns[index][i - 1], layers.columns[index][i]);
                let now = pair_crossings(layers, &position, upper, lower);
                let swapped = pair_crossings(layers, &position, lower, upper);
                if swapped < now {
                    layers.columns[index].swap(i - 1, i);
                    position[upper] = i as f32;
                    position[lower] = (i - 1) as f32;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
    }
}

/// Crossings between the strands of two vertices of a column when the first stands above.
fn pair_crossings(layers: &Layers, position: &[f32], upper: usize, lower: usize) -> usize {
    let left = |s: &usize| ends(layers, position, &layers.strands[*s]).0;
    let right = |s: &usize| ends(layers, position, &layers.strands[*s]).1;
    let count = |a: &[usize], b: &[usize], far: &dyn Fn(&usize) -> f32| -> usize {
        a.iter()
            .map(|s| b.iter().filter(|t| far(t) < far(s)).count())
            .sum()
    };
    count(&layers.to_left[upper], &layers.to_left[lower], &left)
        + count(&layers.to_right[upper], &layers.to_right[lower], &right)
}
