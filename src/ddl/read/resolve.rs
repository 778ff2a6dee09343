//! The end of reading: what could only be checked once every statement was seen.

use crate::model::infer::implied_relations;
use crate::model::{Key, KeyPart, Relation, RelationOrigin, Table, TypeKind, same_name};

use super::draft::{Draft, Reference};

pub(super) fn resolve(draft: &mut Draft) {
    resolve_types(draft);
    for at in 0..draft.schema.tables.len() {
        check_keys(draft, at);
    }
    resolve_references(draft);
    resolve_reads(draft);
    let implied = implied_relations(&draft.schema);
    draft.schema.relations.extend(implied);
}

/// Columns of a type that the text declares get its meaning.
fn resolve_types(draft: &mut Draft) {
    for column in draft.schema.tables.iter_mut().flat_map(|t| &mut t.columns) {
        if column.data_type.kind != TypeKind::Other {
            continue;
        }
        let documented = column.data_type.documented.as_str();
        let last = documented.rsplit('.').next().unwrap_or(documented);
        if let Some(declared) = draft.types.get(last) {
            column.data_type.kind = declared.kind.clone();
        }
    }
}

/// Keys and indexes over columns that do not exist are reported and left out.
fn check_keys(draft: &mut Draft, at: usize) {
    let Some(mut table) = draft.schema.tables.get(at).cloned() else {
        return;
    };
    let line = draft.line_of(&table.name);
    let mut missing: Vec<String> = Vec::new();
    if table.columns.is_empty() {
        return;
    }
    let columns = table.clone();
    let mut is_sound = |key: &Key, what: &str| {
        let unknown = unknown_column(&columns, key);
        missing.extend(unknown.iter().map(|c| {
            format!(
                "{what} of `{}` names `{c}`, which is no column of it",
                columns.name
            )
        }));
        unknown.is_none()
    };
    if table
        .primary_key
        .as_ref()
        .is_some_and(|k| !is_sound(k, "the primary key"))
    {
        table.primary_key = None;
    }
    table.uniques.retain(|k| is_sound(k, "a unique key"));
    table.indexes.retain(|index| {
        let unknown = index
            .parts
            .iter()
            .find(|p| is_plain_name(&p.sql) && columns.column(&p.sql).is_none());
        let shown = index.name.as_deref().unwrap_or("without a name");
        missing.extend(unknown.map(|p| {
            format!(
                "the index `{shown}` names `{}`, which is no column of `{}`",
                p.sql, columns.name
            )
        }));
        unknown.is_none()
    });
    if let Some(key) = &table.primary_key {
        for part in &key.parts {
            if let KeyPart::Column(name) = part
                && let Some(column) = table.columns.iter_mut().find(|c| same_name(&c.name, name))
            {
                column.nullable = false;
            }
        }
    }
    if let Some(place) = draft.schema.tables.get_mut(at) {
        *place = table;
    }
    for message in missing {
        draft.problem(line, message);
    }
}

fn unknown_column<'k>(table: &Table, key: &'k Key) -> Option<&'k String> {
    key.parts.iter().find_map(|part| match part {
        KeyPart::Column(name) => table.column(name).is_none().then_some(name),
        KeyPart::Expression { columns, .. } => columns.iter().find(|c| table.column(c).is_none()),
    })
}

fn is_plain_name(sql: &str) -> bool {
    sql.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// References become relations, in the order of the tables they start from.
fn resolve_references(draft: &mut Draft) {
    let references = std::mem::take(&mut draft.references);
    let order: Vec<String> = draft.schema.tables.iter().map(|t| t.name.clone()).collect();
    for table in &order {
        for reference in references.iter().filter(|r| same_name(&r.from, table)) {
            match relation_of(draft, reference) {
                Ok(relation) => draft.schema.relations.push(relation),
                Err(message) => draft.problem(reference.line, message),
            }
        }
    }
}

fn relation_of(draft: &Draft, reference: &Reference) -> Result<Relation, String> {
    let from = draft
        .schema
        .table(&reference.from)
        .ok_or("a reference starts nowhere")?;
    let shown = reference.to.join(".");
    let to = draft
        .resolve(&reference.to)
        .and_then(|name| draft.schema.table(&name))
        .ok_or_else(|| {
            format!(
                "`{}` refers to the table `{shown}`, which does not exist",
                from.name
            )
        })?;
    let from_columns = documented_names(from, &reference.from_columns).map_err(|c| {
        format!(
            "`{}` refers to `{shown}` by the column `{c}`, which it does not have",
            from.name
        )
    })?;
    let to_columns = if reference.to_columns.is_empty() {
        key_columns(to).ok_or_else(|| {
            format!(
                "`{}` refers to `{shown}` without naming columns, and `{shown}` has no primary key",
                from.name
            )
        })?
    } else {
        documented_names(to, &reference.to_columns).map_err(|c| {
            format!(
                "`{}` refers to `{shown}.{c}`, which does not exist",
                from.name
            )
        })?
    };
    if from_columns.len() != to_columns.len() {
        return Err(format!(
            "`{}` refers to `{shown}` with {} column{}, but names {} there",
            from.name,
            from_columns.len(),
            if from_columns.len() == 1 { "" } else { "s" },
            to_columns.len()
        ));
    }
    Ok(Relation {
        from: from.name.clone(),
        from_columns,
        to: to.name.clone(),
        to_columns,
        origin: RelationOrigin::Declared,
        name: reference.name.clone(),
        on_delete: reference.on_delete.clone(),
        on_update: reference.on_update.clone(),
    })
}

/// The names as the table writes them, or the first one it does not have.
///
/// A table whose columns only a query knows is taken at its word.
fn documented_names(table: &Table, names: &[String]) -> Result<Vec<String>, String> {
    names
        .iter()
        .map(|name| match table.column(name) {
            Some(column) => Ok(column.name.clone()),
            None if table.columns.is_empty() => Ok(name.clone()),
            None => Err(name.clone()),
        })
        .collect()
}

fn key_columns(table: &Table) -> Option<Vec<String>> {
    table.primary_key.as_ref()?.columns()
}

/// Views name what they read as the schema does.
fn resolve_reads(draft: &mut Draft) {
    let mut views = std::mem::take(&mut draft.schema.views);
    for read in views.iter_mut().flat_map(|v| &mut v.reads) {
        if let Some(name) = draft.resolve(std::slice::from_ref(read)) {
            *read = name;
        }
    }
    draft.schema.views = views;
}
