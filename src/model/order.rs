//! Which table must come first, so that every reference finds its target.

use super::{Schema, same_name};

/// Indexes into `schema.tables`, parents before children by declared relations.
///
/// Documented order is kept wherever references leave a choice. Tables in a cycle of
/// references come as late as possible, in documented order; a self-reference is no cycle.
pub fn parents_first(schema: &Schema) -> Vec<usize> {
    let waits_for = |index: usize| -> Vec<usize> {
        let table = &schema.tables[index];
        schema
            .relations_from(&table.name)
            .filter(|r| r.is_declared() && !r.is_self_reference())
            .filter_map(|r| schema.tables.iter().position(|t| same_name(&t.name, &r.to)))
            .collect()
    };
    let needs: Vec<Vec<usize>> = (0..schema.tables.len()).map(waits_for).collect();
    let mut ordered: Vec<usize> = Vec::with_capacity(needs.len());
    let mut placed = vec![false; needs.len()];
    while ordered.len() < needs.len() {
        let ready =
            (0..needs.len()).find(|&i| !placed[i] && needs[i].iter().all(|&parent| placed[parent]));
        // Only tables of a cycle, or behind one, are left: take the first as documented.
        let Some(next) = ready.or_else(|| placed.iter().position(|done| !done)) else {
            break;
        };
        placed[next] = true;
        ordered.push(next);
    }
    ordered
}
