//! Copies, history, several values in a column, tables that stand alone.

use super::probe::{Evidence, View, words};
use crate::model::findings::{self, FindingKind};
use crate::model::{Table, same_name};

/// No other table repeats an attribute.
pub fn only_at(view: &View<'_>, entity: &str, attribute: &str) -> Evidence {
    let copies = view.mapping.entities.values().find_map(|found| {
        let copied = found
            .copies
            .iter()
            .find(|c| c.entity == entity && c.attribute == attribute)?;
        Some(format!("`{}.{}`", found.table, copied.column))
    });
    match copies {
        Some(place) => Evidence::missing(format!(
            "{place} repeats the {} of {}: it has to be changed in many rows",
            words(attribute),
            words(entity)
        )),
        // Where nobody keeps it, nobody repeats it.
        None => match view.columns(entity, &[attribute.to_owned()]) {
            Ok(_) => Evidence::found(format!("in one place: {}", place(view, entity, attribute))),
            Err(_) => Evidence::found(format!("no table repeats the {}", words(attribute))),
        },
    }
}

fn place(view: &View<'_>, entity: &str, attribute: &str) -> String {
    let found = view.mapping.entities.get(entity);
    let table = found.map_or("", |m| m.table.as_str());
    let column = view.mapping.column(entity, attribute).unwrap_or_default();
    format!("`{table}.{column}`")
}

/// Words of columns that say since when a row holds, and until when or whether it still does.
const SINCE: [&str; 8] = [
    "valid_from",
    "effective_from",
    "effective_date",
    "start_date",
    "start_time",
    "started_at",
    "valid_since",
    "from_date",
];
const UNTIL: [&str; 13] = [
    "valid_to",
    "effective_to",
    "end_date",
    "end_time",
    "ended_at",
    "valid_until",
    "to_date",
    "is_current",
    "is_latest",
    "current_flag",
    "version",
    "expires_at",
    "is_active",
];
/// Those of them that speak of nothing else.
const VALID: [&str; 4] = [
    "valid_from",
    "valid_since",
    "effective_from",
    "effective_date",
];
/// Words of tables that keep earlier states.
const PAST: [&str; 9] = [
    "history", "version", "change", "log", "audit", "event", "period", "snapshot", "archive",
];

/// Earlier states of an entity are kept: in its own table, or in one beside it.
pub fn history(view: &View<'_>, entity: &str) -> Evidence {
    let table = match view.table(entity) {
        Ok(table) => table,
        Err(evidence) => return evidence,
    };
    let has = |table: &Table, names: &[&str]| {
        table
            .columns
            .iter()
            .find(|c| names.iter().any(|n| plain(&c.name).ends_with(&plain(n))))
            .map(|c| c.name.clone())
    };
    if let (Some(since), Some(until)) = (has(table, &SINCE), has(table, &UNTIL)) {
        return Evidence::found(format!(
            "`{}` keeps versions by {since} and {until}",
            table.name
        ));
    }
    let beside = view.mapping.schema.tables.iter().find(|other| {
        let name = other.name.to_lowercase();
        // What stands for something else of the task keeps its own rows, not the past of this.
        let is_other = view.mapping.entity_of(&other.name).is_some();
        let is_past = (!is_other && PAST.iter().any(|w| name.contains(w)))
            || (has(other, &VALID).is_some() && has(other, &UNTIL).is_some());
        let refers = view
            .mapping
            .schema
            .relations_from(&other.name)
            .any(|r| same_name(&r.to, &table.name));
        is_past && refers && !same_name(&other.name, &table.name)
    });
    match beside {
        Some(other) => Evidence::found(format!("`{}` keeps what `{}` was", other.name, table.name)),
        None => Evidence::missing(format!(
            "a change of `{}` overwrites what was there",
            table.name
        )),
    }
}

/// `ValidFrom` and `valid_from` alike.
fn plain(name: &str) -> String {
    name.to_lowercase().replace('_', "")
}

/// No column holds several values.
pub fn single(view: &View<'_>, entity: &str) -> Evidence {
    let only = match entity {
        "*" => None,
        entity => match view.table(entity) {
            Ok(table) => Some(table.name.clone()),
            Err(evidence) => return evidence,
        },
    };
    let found = findings::findings(&view.mapping.schema)
        .into_iter()
        .find(|f| {
            matches!(
                f.kind,
                FindingKind::ListColumn | FindingKind::NumberedColumns
            ) && only.as_ref().is_none_or(|t| same_name(t, &f.table))
        });
    match found {
        Some(finding) => Evidence::missing(finding.message),
        None => Evidence::found("every column holds one value"),
    }
}

/// Every table hangs together with another.
pub fn connected(view: &View<'_>) -> Evidence {
    let schema = &view.mapping.schema;
    let alone: Vec<String> = findings::findings(schema)
        .into_iter()
        .filter(|f| f.kind == FindingKind::Alone)
        .map(|f| format!("`{}`", f.table))
        .collect();
    if schema.tables.is_empty() {
        return Evidence::missing("there is no table");
    }
    if alone.is_empty() {
        return Evidence::found("every table is connected");
    }
    Evidence::missing(format!(
        "{} hangs together with no other table",
        alone.join(", ")
    ))
}
