//! DBML, the language of dbdiagram.io.

use std::fmt::Write as _;

use crate::ddl::names::cleaned;
use crate::model::{Column, Index, Key, KeyPart, Relation, Schema, Table, TypeKind};

pub(super) fn write(schema: &Schema) -> String {
    let mut dbml = String::new();
    for table in &schema.tables {
        dbml.push_str(&enums(table));
        dbml.push_str(&self::table(table));
    }
    for relation in &schema.relations {
        dbml.push_str(&reference(schema, relation));
    }
    dbml
}

/// A name in double quotes unless it is a plain word. DBML knows no escape: a quote inside is lost.
fn name(name: &str) -> String {
    if cleaned(name) == name {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace(['"', '\n'], " "))
    }
}

fn text(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('\'', "\\'")
        .replace('\n', " ");
    format!("'{escaped}'")
}

fn enum_name(table: &Table, column: &Column) -> String {
    cleaned(&format!("{}_{}", table.name, column.name))
}

fn enums(table: &Table) -> String {
    let mut dbml = String::new();
    for column in &table.columns {
        if let TypeKind::Enum(values) = &column.data_type.kind {
            let values: String = values.iter().map(|v| format!("  {}\n", name(v))).collect();
            let _infallible = writeln!(dbml, "Enum {} {{\n{values}}}\n", enum_name(table, column));
        }
    }
    dbml
}

fn table(table: &Table) -> String {
    let mut dbml = format!("Table {} {{\n", name(&table.name));
    for column in &table.columns {
        dbml.push_str(&self::column(table, column));
    }
    let indexes = indexes(table);
    if !indexes.is_empty() {
        let _infallible = write!(dbml, "\n  Indexes {{\n{indexes}  }}\n");
    }
    if let Some(note) = &table.note {
        let _infallible = write!(dbml, "\n  Note: {}\n", text(note));
    }
    dbml.push_str("}\n\n");
    dbml
}

fn column(table: &Table, column: &Column) -> String {
    let data_type = match &column.data_type.kind {
        TypeKind::Enum(_) => enum_name(table, column),
        _ if column.data_type.documented.is_empty() => "unknown".to_owned(),
        _ if column.data_type.documented.contains(' ') => name(&column.data_type.documented),
        _ => column.data_type.documented.clone(),
    };
    let only = std::slice::from_ref(&column.name);
    let mut settings = Vec::new();
    if table
        .primary_key
        .as_ref()
        .is_some_and(|k| k.is_exactly(only))
    {
        settings.push("pk".to_owned());
    } else if !column.nullable {
        settings.push("not null".to_owned());
    }
    if table.uniques.iter().any(|k| k.is_exactly(only)) {
        settings.push("unique".to_owned());
    }
    if column.auto_increment {
        settings.push("increment".to_owned());
    }
    if let Some(default) = &column.default {
        settings.push(format!("default: `{}`", default.replace('`', "")));
    }
    if let Some(note) = &column.note {
        settings.push(format!("note: {}", text(note)));
    }
    let settings = if settings.is_empty() {
        String::new()
    } else {
        format!(" [{}]", settings.join(", "))
    };
    format!("  {} {data_type}{settings}\n", name(&column.name))
}

/// Keys of several columns and secondary indexes.
fn indexes(table: &Table) -> String {
    let mut dbml = String::new();
    let keys = table
        .primary_key
        .iter()
        .map(|k| (k, "pk"))
        .chain(table.uniques.iter().map(|k| (k, "unique")));
    for (key, setting) in keys {
        let is_single = matches!(key.parts.as_slice(), [KeyPart::Column(_)]);
        if !is_single {
            let _infallible = writeln!(dbml, "    ({}) [{setting}]", key_parts(key));
        }
    }
    for index in &table.indexes {
        let _infallible = writeln!(
            dbml,
            "    ({}){}",
            index_parts(table, index),
            index_settings(index)
        );
    }
    dbml
}

fn key_parts(key: &Key) -> String {
    let parts: Vec<String> = key
        .parts
        .iter()
        .map(|part| match part {
            KeyPart::Column(column) => name(column),
            KeyPart::Expression { sql, .. } => expression(sql),
        })
        .collect();
    parts.join(", ")
}

fn index_parts(table: &Table, index: &Index) -> String {
    let parts: Vec<String> = index
        .parts
        .iter()
        .map(|p| {
            table
                .column(&p.sql)
                .map_or_else(|| expression(&p.sql), |c| name(&c.name))
        })
        .collect();
    parts.join(", ")
}

fn expression(sql: &str) -> String {
    format!("`{}`", sql.replace(['`', '\n'], " "))
}

fn index_settings(index: &Index) -> String {
    let mut settings = Vec::new();
    if index.unique {
        settings.push("unique".to_owned());
    }
    // The two methods DBML has words for.
    if let Some(method) = index
        .method
        .as_deref()
        .filter(|m| matches!(*m, "btree" | "hash"))
    {
        settings.push(format!("type: {method}"));
    }
    if let Some(index_name) = &index.name {
        settings.push(format!("name: {}", text(index_name)));
    }
    if let Some(note) = &index.note {
        settings.push(format!("note: {}", text(note)));
    }
    if settings.is_empty() {
        String::new()
    } else {
        format!(" [{}]", settings.join(", "))
    }
}

/// `>` many to one, `-` one to one. An implied reference is drawn dashed by a comment only:
/// DBML has no word for it.
fn reference(schema: &Schema, relation: &Relation) -> String {
    let side = |table: &str, columns: &[String]| {
        let names: Vec<String> = columns.iter().map(|c| name(c)).collect();
        match names.as_slice() {
            [one] => format!("{}.{one}", name(table)),
            several => format!("{}.({})", name(table), several.join(", ")),
        }
    };
    let arrow = if schema.cardinality(relation).child_unique {
        "-"
    } else {
        ">"
    };
    let action = |event: &str, action: &Option<String>| {
        action
            .as_ref()
            .map(|a| format!("{event}: {}", a.to_ascii_lowercase()))
    };
    let actions: Vec<String> = [
        action("delete", &relation.on_delete),
        action("update", &relation.on_update),
    ]
    .into_iter()
    .flatten()
    .collect();
    let settings = if actions.is_empty() {
        String::new()
    } else {
        format!(" [{}]", actions.join(", "))
    };
    let implied = if relation.is_declared() {
        ""
    } else {
        " // implied by the names"
    };
    format!(
        "Ref: {} {arrow} {}{settings}{implied}\n",
        side(&relation.from, &relation.from_columns),
        side(&relation.to, &relation.to_columns)
    )
}
