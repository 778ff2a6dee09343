//! Steps whose rows are kept with their help columns while the groups of rows that belong to
//! them are made: making them a second time costs more than storing them for a while.

use std::collections::{BTreeMap, BTreeSet};

use super::recipe::{Recipe, Step};
use super::scan::{Piece, scan};

/// Stored steps that later steps have as their parent, by id, with the columns those ask for.
///
/// Temporary tables are kept anyway.
pub fn kept_steps(recipe: &Recipe) -> BTreeMap<String, BTreeSet<String>> {
    let mut kept: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for child in &recipe.steps {
        let parent = child.each.as_ref().and_then(|id| {
            let step = recipe.steps.iter().find(|s| s.id() == id)?;
            (!step.is_temporary() && step.query.is_none()).then_some(step)
        });
        if let Some(parent) = parent {
            kept.entry(parent.id().to_owned())
                .or_default()
                .extend(parent_columns(child));
        }
    }
    kept
}

/// The table a step is kept in.
pub fn kept_table(id: &str) -> String {
    format!("_kept_{id}")
}

/// Every `p.column` of a step.
fn parent_columns(step: &Step) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let expressions = step.columns.values().map(|e| e.sql());
    for sql in expressions
        .chain(step.times.clone())
        .chain(step.filter.clone())
    {
        collect(&sql, &mut found);
    }
    found
}

/// What cannot be read is told where the expression is expanded.
fn collect(sql: &str, found: &mut BTreeSet<String>) {
    let pieces = scan(sql).unwrap_or_default();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Macro { args, .. } => args.iter().for_each(|arg| collect(arg, found)),
            Piece::Name {
                text,
                after_dot: false,
                ..
            } if text == "p" => {
                if let (Some(Piece::Text(dot)), Some(Piece::Name { text: column, .. })) =
                    (pieces.get(index + 1), pieces.get(index + 2))
                    && dot == "."
                {
                    found.insert(column.clone());
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_is_kept_with_what_its_children_ask_for() {
        let recipe: Recipe = toml::from_str(
            r#"
            now = "2026-07-01 00:00:00"
            start = "2025-05-01 00:00:00"
            largest = "line"
            [[step]]
            table = "shop"
            rows = 3
            [[step]]
            table = "_draft"
            each = "shop"
            times = "p._size"
            at_most = 3
            [[step]]
            table = "orders"
            each = "_draft"
            times = "1"
            at_most = 1
            [[step]]
            table = "line"
            each = "orders"
            times = "@int(1, p._lines)"
            at_most = 9
            where = "p.paid"
            columns = { price = "@pick(1: p.price, 2: 3) + op.no" }
            "#,
        )
        .expect("a recipe");
        let kept: Vec<(String, Vec<String>)> = kept_steps(&recipe)
            .into_iter()
            .map(|(id, columns)| (id, columns.into_iter().collect()))
            .collect();
        assert_eq!(
            kept,
            [
                (
                    "orders".to_owned(),
                    vec!["_lines".to_owned(), "paid".to_owned(), "price".to_owned()]
                ),
                ("shop".to_owned(), vec!["_size".to_owned()]),
            ]
        );
    }
}
