//! References between tables, and how far they lead.

use std::collections::BTreeSet;

use super::keys::is_unique;
use super::probe::{Evidence, View, words};
use crate::model::{Relation, same_name};

/// How many references a path may have.
const FAR: usize = 3;

/// A reference from one entity to another.
pub fn refers(view: &View<'_>, from: &str, to: &str, is_declared: bool) -> Evidence {
    let (child, parent) = match (view.table(from), view.table(to)) {
        (Ok(child), Ok(parent)) => (child, parent),
        (Err(evidence), _) | (_, Err(evidence)) => return evidence,
    };
    let schema = &view.mapping.schema;
    let mut all = schema
        .relations_from(&child.name)
        .filter(|r| same_name(&r.to, &parent.name));
    let found = all.find(|r| !is_declared || r.is_declared());
    match found {
        Some(relation) => Evidence::found(told(relation)),
        None if is_declared && refers(view, from, to, false).holds => Evidence::missing(format!(
            "`{}` names a row of `{}` without REFERENCES: nothing stops a row that points nowhere",
            child.name, parent.name
        )),
        None => Evidence::missing(format!(
            "`{}` does not refer to `{}`",
            child.name, parent.name
        )),
    }
}

/// A path over references from one entity to another.
pub fn reaches(view: &View<'_>, from: &str, to: &str) -> Evidence {
    let (child, parent) = match (view.table(from), view.table(to)) {
        (Ok(child), Ok(parent)) => (child, parent),
        (Err(evidence), _) | (_, Err(evidence)) => return evidence,
    };
    match path(view, &child.name, &parent.name) {
        Some(path) => Evidence::found(format!("`{}`", path.join("` → `"))),
        None => Evidence::missing(format!(
            "no references lead from `{}` to `{}`",
            child.name, parent.name
        )),
    }
}

/// The tables from one to another along references, both ends included.
fn path(view: &View<'_>, from: &str, to: &str) -> Option<Vec<String>> {
    let mut paths = vec![vec![from.to_owned()]];
    let mut seen: BTreeSet<String> = BTreeSet::from([from.to_lowercase()]);
    for _ in 0..FAR {
        let mut further = Vec::new();
        for path in &paths {
            let Some(last) = path.last() else { continue };
            for relation in view.mapping.schema.relations_from(last) {
                if !seen.insert(relation.to.to_lowercase()) {
                    continue;
                }
                let mut longer = path.clone();
                longer.push(relation.to.clone());
                if same_name(&relation.to, to) {
                    return Some(longer);
                }
                further.push(longer);
            }
        }
        paths = further;
    }
    None
}

/// Whether an attribute can be read from the entity's table or along its references.
pub fn known(view: &View<'_>, entity: &str, attribute: &str) -> Evidence {
    let table = match view.table(entity) {
        Ok(table) => table,
        Err(evidence) => return evidence,
    };
    if let Some(column) = view.mapping.column(entity, attribute) {
        return Evidence::found(format!("`{}.{column}`", table.name));
    }
    // The same fact may stand with another entity this one leads to.
    for (other, found) in &view.mapping.entities {
        if let Some(column) = found.columns.get(attribute)
            && other != entity
            && let Some(path) = path(view, &table.name, &found.table)
        {
            return Evidence::found(format!("`{}`.{column}", path.join("` → `")));
        }
    }
    Evidence::missing(format!(
        "`{}` has no column for {}, and no reference of it leads to one",
        table.name,
        words(attribute)
    ))
}

/// A table that refers to both entities and is neither.
pub fn junction(view: &View<'_>, a: &str, b: &str, is_once: bool) -> Evidence {
    let (first, second) = match (view.table(a), view.table(b)) {
        (Ok(first), Ok(second)) => (first, second),
        (Err(evidence), _) | (_, Err(evidence)) => return evidence,
    };
    let schema = &view.mapping.schema;
    let to = |table: &str, target: &str| -> Vec<Relation> {
        let all = schema.relations_from(table);
        all.filter(|r| same_name(&r.to, target)).cloned().collect()
    };
    let is_self = same_name(&first.name, &second.name);
    let mut between = None;
    for table in &schema.tables {
        let is_end = same_name(&table.name, &first.name) || same_name(&table.name, &second.name);
        let (left, right) = (to(&table.name, &first.name), to(&table.name, &second.name));
        let connects = if is_self {
            left.len() >= 2
        } else {
            !left.is_empty() && !right.is_empty()
        };
        if is_end || !connects {
            continue;
        }
        let ends = if is_self {
            left.iter()
                .take(2)
                .flat_map(|r| r.from_columns.clone())
                .collect::<Vec<_>>()
        } else {
            left.iter()
                .take(1)
                .chain(right.iter().take(1))
                .flat_map(|r| r.from_columns.clone())
                .collect()
        };
        if is_unique(table, &ends) || !is_once {
            return Evidence::found(format!("table `{}` between them", table.name));
        }
        // Rather of a table the task speaks of than of one beside it.
        if between.is_none() || view.mapping.entity_of(&table.name).is_some() {
            between = Some((table.name.clone(), ends));
        }
    }
    Evidence::missing(match between {
        Some((table, ends)) => {
            let narrower = ends.iter().find(|end| {
                let table = schema.table(&table);
                table.is_some_and(|t| is_unique(t, std::slice::from_ref(end)))
            });
            match narrower {
                Some(end) => format!(
                    "in `{table}` each {end} can stand only once: the pair ({}) is to be unique, not one of them",
                    ends.join(", ")
                ),
                None => format!(
                    "in `{table}` the same pair ({}) can stand twice",
                    ends.join(", ")
                ),
            }
        }
        None => format!(
            "no table stands between `{}` and `{}`",
            first.name, second.name
        ),
    })
}

fn told(relation: &Relation) -> String {
    format!(
        "`{}`({}) → `{}`{}",
        relation.from,
        relation.from_columns.join(", "),
        relation.to,
        if relation.is_declared() {
            ""
        } else {
            ", by its name only"
        }
    )
}
