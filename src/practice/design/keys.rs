//! Keys, indexes and how tables are spread.

use super::probe::{Evidence, View, words};
use crate::model::{Column, Index, Table, TypeKind, same_name};

/// A primary key; with attributes, a primary or unique key of exactly these.
pub fn key(view: &View<'_>, entity: &str, attributes: &[String]) -> Evidence {
    let table = match view.table(entity) {
        Ok(table) => table,
        Err(evidence) => return evidence,
    };
    if attributes.is_empty() {
        return match &table.primary_key {
            Some(key) => Evidence::found(format!("`{}` PRIMARY KEY {}", table.name, key.to_sql())),
            None => Evidence::missing(format!("`{}` has no primary key", table.name)),
        };
    }
    let columns = match view.columns(entity, attributes) {
        Ok(columns) => names(&columns),
        Err(evidence) => return evidence,
    };
    if is_unique(table, &columns) {
        return Evidence::found(format!(
            "`{}` is unique by ({})",
            table.name,
            columns.join(", ")
        ));
    }
    Evidence::missing(format!(
        "nothing keeps ({}) unique in `{}`",
        columns.join(", "),
        table.name
    ))
}

/// The same, at least among some rows: also by a unique index with a WHERE.
pub fn unique_among(view: &View<'_>, entity: &str, attributes: &[String]) -> Evidence {
    let everywhere = key(view, entity, attributes);
    let (Ok(table), Ok(columns)) = (view.table(entity), view.columns(entity, attributes)) else {
        return everywhere;
    };
    let columns = names(&columns);
    let is_partial = |i: &&Index| i.unique && i.filter.is_some() && is_over(i, &columns);
    let filter = table
        .indexes
        .iter()
        .find(is_partial)
        .and_then(|i| i.filter.as_ref());
    match filter {
        Some(filter) if !everywhere.holds => Evidence::found(format!(
            "`{}` is unique by ({}) where {filter}",
            table.name,
            columns.join(", ")
        )),
        _ => everywhere,
    }
}

/// Whether an index is over these columns and no others.
fn is_over(index: &Index, columns: &[String]) -> bool {
    let is_one = |sql: &str| columns.iter().any(|c| same_name(c, bare(sql)));
    index.parts.len() == columns.len() && index.parts.iter().all(|p| is_one(&p.sql))
}

/// By the primary key, a UNIQUE constraint or a unique index without a WHERE.
pub fn is_unique(table: &Table, columns: &[String]) -> bool {
    let by_index = |i: &Index| i.unique && i.filter.is_none() && is_over(i, columns);
    table.is_unique(columns) || table.indexes.iter().any(by_index)
}

/// One column that says nothing about the entity.
pub fn surrogate(view: &View<'_>, entity: &str) -> Evidence {
    let table = match view.table(entity) {
        Ok(table) => table,
        Err(evidence) => return evidence,
    };
    let key = table.primary_key.as_ref().and_then(|k| k.columns());
    let Some([column]) = key.as_deref() else {
        return Evidence::missing(match &table.primary_key {
            Some(key) => format!("the key of `{}` is {}", table.name, key.to_sql()),
            None => format!("`{}` has no primary key", table.name),
        });
    };
    let place = format!("`{}.{column}`", table.name);
    // `id` is matched by its name; a column without a match says nothing of the entity either.
    let is_fact = view.mapping.entities.get(entity).is_some_and(|m| {
        m.columns
            .iter()
            .any(|(attribute, c)| attribute != "id" && same_name(c, column))
    });
    let is_plain = table.column(column).is_some_and(|c| {
        matches!(
            c.data_type.kind,
            TypeKind::Integer { .. } | TypeKind::Uuid | TypeKind::Text { .. } | TypeKind::Binary
        )
    });
    if is_fact || !is_plain {
        return Evidence::missing(format!(
            "the key of `{}` is {column}, a fact about the {} that can change",
            table.name,
            words(entity)
        ));
    }
    Evidence::found(place)
}

/// A key or an index that starts with the attributes.
pub fn index(view: &View<'_>, entity: &str, attributes: &[String]) -> Evidence {
    let (table, columns) = match (view.table(entity), view.columns(entity, attributes)) {
        (Ok(table), Ok(columns)) => (table, names(&columns)),
        (Err(evidence), _) | (_, Err(evidence)) => return evidence,
    };
    let starts = |parts: &[String]| {
        parts.len() >= columns.len() && parts.iter().zip(&columns).all(|(p, c)| same_name(p, c))
    };
    let keys = table.primary_key.iter().chain(&table.uniques);
    if let Some(found) = keys.filter_map(|k| k.columns()).find(|k| starts(k)) {
        return Evidence::found(format!("key ({}) of `{}`", found.join(", "), table.name));
    }
    let of_index = |index: &Index| -> Vec<String> {
        index
            .parts
            .iter()
            .map(|p| bare(&p.sql).to_owned())
            .collect()
    };
    let indexes = table.indexes.iter().filter(|i| i.filter.is_none());
    if let Some(found) = indexes.map(of_index).find(|i| starts(i)) {
        return Evidence::found(format!("index ({}) on `{}`", found.join(", "), table.name));
    }
    let clustered: Vec<String> = table
        .physical
        .cluster_by
        .iter()
        .map(|c| bare(c).to_owned())
        .collect();
    if starts(&clustered) {
        return Evidence::found(format!(
            "`{}` clustered by ({})",
            table.name,
            clustered.join(", ")
        ));
    }
    Evidence::missing(format!(
        "no key or index of `{}` starts with ({})",
        table.name,
        columns.join(", ")
    ))
}

/// The table is cut into parts by the attribute: partitions, buckets, shards, a partition key.
pub fn partition(view: &View<'_>, entity: &str, attribute: &str) -> Evidence {
    let table = match view.table(entity) {
        Ok(table) => table,
        Err(evidence) => return evidence,
    };
    let column = view.mapping.column(entity, attribute);
    let physical = &table.physical;
    let by_key = table.primary_key.iter().flat_map(|k| {
        let parts = k.columns().unwrap_or_default();
        parts.into_iter().take(k.partition_parts)
    });
    let clauses = physical
        .partition_by
        .iter()
        .map(|p| p.sql.clone())
        .chain(physical.cluster_by.iter().cloned())
        .chain(by_key)
        .chain(physical.properties.iter().map(|(k, v)| format!("{k} {v}")));
    for clause in clauses {
        let words: Vec<String> = clause
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .map(str::to_lowercase)
            .collect();
        let is_named = column.is_some_and(|c| words.contains(&c.to_lowercase()));
        // `PARTITIONED BY (dt DATE)` declares its own column: the day of the moment.
        let is_day = [
            "dt",
            "day",
            "days",
            "event_date",
            "date",
            "month",
            "months",
            "to_days",
        ]
        .iter()
        .any(|d| words.iter().any(|w| w == d));
        let is_moment = column.and_then(|c| table.column(c)).is_some_and(|c| {
            matches!(
                c.data_type.kind,
                TypeKind::Timestamp { .. } | TypeKind::Date
            )
        });
        if is_named || (is_day && is_moment) {
            return Evidence::found(format!("`{}` is spread by {clause}", table.name));
        }
    }
    Evidence::missing(format!(
        "`{}` is not partitioned, clustered or bucketed by {}",
        table.name,
        words(attribute)
    ))
}

/// A part of an index without its quotes and direction.
fn bare(sql: &str) -> &str {
    let first = sql.split_whitespace().next().unwrap_or(sql);
    first.trim_matches(|c| c == '"' || c == '`' || c == '[' || c == ']')
}

fn names(columns: &[&Column]) -> Vec<String> {
    columns.iter().map(|c| c.name.clone()).collect()
}
