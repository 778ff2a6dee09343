//! Relations that nobody declared but the names give away.

use super::{Relation, RelationOrigin, Schema, Table, TypeKind, same_name};

/// Finds columns that name another table's key without REFERENCES.
///
/// A column implies a relation when it bears the exact name of the single-column primary key
/// of one other table and that name is not just `id`, or when it is called `<table>_id` and
/// that table (singular or plural) has a single-column key. Columns already in a declared
/// relation, and types that cannot meet, are left alone. When several tables fit, the one
/// whose own name is in the column's name wins, otherwise none: a wrong line is worse than
/// a missing one.
pub fn implied_relations(schema: &Schema) -> Vec<Relation> {
    let mut found = Vec::new();
    for table in &schema.tables {
        for column in &table.columns {
            let declared = schema
                .relations_from(&table.name)
                .any(|r| r.from_columns.iter().any(|c| same_name(c, &column.name)));
            let own_key = table
                .primary_key
                .as_ref()
                .is_some_and(|k| k.is_exactly(std::slice::from_ref(&column.name)));
            if declared || (own_key && !is_named_after_other(schema, table, &column.name)) {
                continue;
            }
            let Some((target, key)) = target_of(schema, table, &column.name) else {
                continue;
            };
            let target_kind = target.column(&key).map(|c| &c.data_type.kind);
            if !target_kind.is_some_and(|kind| can_meet(kind, &column.data_type.kind)) {
                continue;
            }
            found.push(Relation {
                from: table.name.clone(),
                from_columns: vec![column.name.clone()],
                to: target.name.clone(),
                to_columns: vec![key],
                origin: RelationOrigin::Implied,
                name: None,
                on_delete: None,
                on_update: None,
            });
        }
    }
    found
}

/// A key column may itself be a reference (a summary per session): only when another table
/// carries the name.
fn is_named_after_other(schema: &Schema, table: &Table, column: &str) -> bool {
    stem(column).is_some_and(|stem| {
        !is_called(&table.name, stem) && schema.tables.iter().any(|t| is_called(&t.name, stem))
    })
}

fn target_of<'a>(schema: &'a Schema, from: &Table, column: &str) -> Option<(&'a Table, String)> {
    let stem = stem(column)?;
    let keyed: Vec<(&Table, String)> = schema
        .tables
        .iter()
        .filter(|t| !same_name(&t.name, &from.name))
        .filter_map(|t| single_key(t).map(|key| (t, key)))
        .filter(|(t, key)| {
            (same_name(key, column) && !same_name(key, "id"))
                || (is_called(&t.name, stem) && (same_name(key, "id") || same_name(key, column)))
        })
        .collect();
    match keyed.as_slice() {
        [one] => Some(one.clone()),
        several => several
            .iter()
            .find(|(t, _)| is_called(&t.name, stem))
            .cloned(),
    }
}

/// `user_id` → `user`. Columns that do not look like a reference have no stem.
fn stem(column: &str) -> Option<&str> {
    ["_id", "_code", "_key", "_uuid"].iter().find_map(|suffix| {
        let cut = column.len().checked_sub(suffix.len())?;
        let (head, tail) = column.split_at_checked(cut)?;
        (!head.is_empty() && tail.eq_ignore_ascii_case(suffix)).then_some(head)
    })
}

/// Whether the table is called that, in the singular or plural, alone or as its last word:
/// `playback_session` is called `session`.
fn is_called(table: &str, stem: &str) -> bool {
    let table = table.to_ascii_lowercase();
    let stem = stem.to_ascii_lowercase();
    let plurals = [
        stem.clone(),
        format!("{stem}s"),
        format!("{stem}es"),
        stem.strip_suffix('y')
            .map_or_else(String::new, |s| format!("{s}ies")),
    ];
    plurals
        .iter()
        .filter(|p| !p.is_empty())
        .any(|p| table == *p || table.ends_with(&format!("_{p}")))
}

fn single_key(table: &Table) -> Option<String> {
    let columns = table.primary_key.as_ref()?.columns()?;
    match columns.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// Whether values of the two types can be equal without a cast a reader would have to write.
pub fn can_meet(a: &TypeKind, b: &TypeKind) -> bool {
    use TypeKind::{Integer, Text, Uuid};
    matches!(
        (a, b),
        (Integer { .. }, Integer { .. }) | (Text { .. } | Uuid, Text { .. } | Uuid)
    ) || a == b
}
