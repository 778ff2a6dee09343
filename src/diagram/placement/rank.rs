//! Which column each box stands in, before any searching.

use super::graph::Graph;
use super::{ASPECT, COLUMN_GAP, ROW_GAP};

/// Several ways to rank the boxes of a connected graph. Parents come left of children, except
/// where a cycle is broken or a way puts nearness above direction.
pub fn rankings(graph: &Graph) -> Vec<Vec<i32>> {
    let links = acyclic(graph);
    let early = as_early_as_possible(graph.len(), &links);
    let late = as_late_as_possible(&early, &links);
    let balanced = balanced(&early, &links);
    let mut all = vec![balanced, early, late];
    all.extend(walks(graph));
    for way in 0..all.len().min(4) {
        all.push(split(graph, &all[way]));
    }
    for ranking in &mut all {
        close_gaps(ranking);
    }
    let mut distinct: Vec<Vec<i32>> = Vec::new();
    for ranking in all {
        if !distinct.contains(&ranking) {
            distinct.push(ranking);
        }
    }
    distinct
}

/// Renumbers the columns in use from 0, in order.
pub fn close_gaps(ranking: &mut [i32]) {
    let mut used: Vec<i32> = ranking.to_vec();
    used.sort_unstable();
    used.dedup();
    for rank in ranking {
        *rank = used.partition_point(|u| u < rank) as i32;
    }
}

/// (parent, child) pairs with those left out that would close a cycle.
fn acyclic(graph: &Graph) -> Vec<(usize, usize)> {
    let by_node = graph.links_by_node();
    let mut state = vec![0u8; graph.len()];
    let mut kept = Vec::new();
    // Tables without references first: a cycle is then entered where most hangs on it.
    let is_root = |node: usize| by_node[node].iter().all(|&l| graph.links[l].parent == node);
    let mut starts: Vec<usize> = (0..graph.len()).collect();
    starts.sort_by_key(|&node| !is_root(node));
    for start in starts {
        if state[start] != 0 {
            continue;
        }
        let mut stack = vec![(start, 0)];
        state[start] = 1;
        while let Some((node, next)) = stack.pop() {
            let Some(&link) = by_node[node].get(next) else {
                state[node] = 2;
                continue;
            };
            stack.push((node, next + 1));
            let child = graph.links[link].child;
            if child == node || state[child] == 1 {
                continue;
            }
            kept.push((node, child));
            if state[child] == 0 {
                state[child] = 1;
                stack.push((child, 0));
            }
        }
    }
    kept
}

fn as_early_as_possible(count: usize, links: &[(usize, usize)]) -> Vec<i32> {
    let mut rank = vec![0; count];
    // At most `count` rounds, because there is no cycle.
    for _ in 0..count {
        let mut changed = false;
        for &(parent, child) in links {
            if rank[child] <= rank[parent] {
                rank[child] = rank[parent] + 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    rank
}

fn as_late_as_possible(early: &[i32], links: &[(usize, usize)]) -> Vec<i32> {
    let last = early.iter().copied().max().unwrap_or(0);
    let mut rank = vec![last; early.len()];
    for _ in 0..early.len() {
        let mut changed = false;
        for &(parent, child) in links {
            if rank[parent] >= rank[child] {
                rank[parent] = rank[child] - 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    rank
}

/// Moves every box towards the middle of its neighbours while order allows, which shortens
/// lines like a network simplex does, without promising the least.
fn balanced(early: &[i32], links: &[(usize, usize)]) -> Vec<i32> {
    let mut rank = early.to_vec();
    let mut neighbours = vec![(Vec::new(), Vec::new()); early.len()];
    for &(parent, child) in links {
        neighbours[child].0.push(parent);
        neighbours[parent].1.push(child);
    }
    for _ in 0..8 {
        let before = rank.clone();
        for node in (0..rank.len()).rev() {
            let (parents, children) = &neighbours[node];
            let lowest = parents.iter().map(|&p| rank[p] + 1).max();
            let highest = children.iter().map(|&c| rank[c] - 1).min();
            rank[node] = match (lowest, highest) {
                (Some(low), Some(high)) if children.len() > parents.len() => high.max(low),
                (Some(low), _) => low,
                (None, Some(high)) => high,
                (None, None) => rank[node],
            };
        }
        if rank == before {
            break;
        }
    }
    rank
}

/// The ranking with every column that is much too tall for a picture of the wanted shape cut
/// into several, siblings together.
fn split(graph: &Graph, ranking: &[i32]) -> Vec<i32> {
    let area: f32 = graph
        .sizes
        .iter()
        .map(|s| (s.w + 1.5 * COLUMN_GAP) * (s.h + ROW_GAP))
        .sum();
    let tallest = 1.2 * (area / ASPECT).sqrt();
    let first_parent = |node: usize| {
        let parents = graph
            .links
            .iter()
            .filter(|l| l.child == node)
            .map(|l| l.parent);
        parents.min().unwrap_or(usize::MAX)
    };
    let mut order: Vec<(i32, usize, usize)> = (0..graph.len())
        .map(|node| (ranking[node], first_parent(node), node))
        .collect();
    order.sort_unstable();
    let mut cut = ranking.to_vec();
    let (mut column, mut height, mut rank) = (-1, 0.0, i32::MIN);
    for (old_rank, _, node) in order {
        let needed = graph.sizes[node].h + ROW_GAP;
        if old_rank != rank || height + needed > tallest {
            (column, height, rank) = (column + 1, 0.0, old_rank);
        }
        height += needed;
        cut[node] = column;
    }
    cut
}

/// Starting from well-connected boxes: parents one column to the left, children one to the
/// right, and so on outwards. Long lines become rare; some may run backwards.
fn walks(graph: &Graph) -> Vec<Vec<i32>> {
    let by_node = graph.links_by_node();
    let mut starts: Vec<usize> = (0..graph.len()).collect();
    starts.sort_by_key(|&n| std::cmp::Reverse(by_node[n].len()));
    starts.truncate(3);
    starts
        .into_iter()
        .map(|start| {
            let mut rank: Vec<Option<i32>> = vec![None; graph.len()];
            rank[start] = Some(0);
            let mut queue = std::collections::VecDeque::from([start]);
            while let Some(node) = queue.pop_front() {
                let here = rank[node].unwrap_or(0);
                for &link in &by_node[node] {
                    let link = graph.links[link];
                    let other = link.other(node);
                    if rank[other].is_none() {
                        let step = if link.parent == other { -1 } else { 1 };
                        rank[other] = Some(here + step);
                        queue.push_back(other);
                    }
                }
            }
            rank.into_iter().map(|r| r.unwrap_or(0)).collect()
        })
        .collect()
}
