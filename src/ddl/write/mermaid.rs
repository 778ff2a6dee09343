//! Mermaid's `erDiagram`.

use std::fmt::Write as _;

use crate::ddl::names::cleaned;
use crate::model::{Column, Relation, Schema, Table};

pub(super) fn write(schema: &Schema) -> String {
    let mut diagram = String::from("erDiagram\n");
    for table in &schema.tables {
        diagram.push_str(&self::table(schema, table));
    }
    for relation in &schema.relations {
        diagram.push_str(&line(schema, relation));
    }
    diagram
}

/// Mermaid knows no escapes: quotes and line ends become spaces.
fn quoted(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c == '"' || c.is_control() { ' ' } else { c })
        .collect();
    format!("\"{plain}\"")
}

fn entity(name: &str) -> String {
    // A quoted entity may be called anything, but not nothing.
    if name.trim().is_empty() {
        quoted("_")
    } else {
        quoted(&name.replace(['%', '\\'], "_"))
    }
}

fn table(schema: &Schema, table: &Table) -> String {
    if table.columns.is_empty() {
        return format!("  {}\n", entity(&table.name));
    }
    let mut diagram = format!("  {} {{\n", entity(&table.name));
    for column in &table.columns {
        let note = column
            .note
            .as_deref()
            .map(|n| format!(" {}", quoted(n)))
            .unwrap_or_default();
        let _infallible = writeln!(
            diagram,
            "    {} {}{}{note}",
            data_type(column),
            word(&column.name),
            keys(schema, table, column)
        );
    }
    diagram.push_str("  }\n");
    diagram
}

/// A type or name of an attribute: one word that starts with a letter.
fn word(name: &str) -> String {
    let word = cleaned(name);
    if word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        word
    } else {
        format!("c{word}")
    }
}

fn data_type(column: &Column) -> String {
    let documented = column.data_type.documented.as_str();
    let base: String = documented.chars().take_while(|c| *c != '(').collect();
    let size: String = documented
        .chars()
        .skip_while(|c| *c != '(')
        .filter(|c| !c.is_whitespace())
        .collect();
    let is_size = size
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '(' | ')'));
    let base = if base.trim().is_empty() {
        "unknown".to_owned()
    } else {
        word(base.trim())
    };
    if is_size {
        format!("{base}{size}")
    } else {
        base
    }
}

fn keys(schema: &Schema, table: &Table, column: &Column) -> String {
    let only = std::slice::from_ref(&column.name);
    let refers = schema.relations_from(&table.name).any(|r| {
        r.from_columns
            .iter()
            .any(|c| c.eq_ignore_ascii_case(&column.name))
    });
    let is_unique = table.uniques.iter().any(|k| k.is_exactly(only));
    let keys: Vec<&str> = [
        (table.is_in_primary_key(&column.name), "PK"),
        (refers, "FK"),
        (is_unique, "UK"),
    ]
    .into_iter()
    .filter_map(|(has, key)| has.then_some(key))
    .collect();
    if keys.is_empty() {
        String::new()
    } else {
        format!(" {}", keys.join(", "))
    }
}

/// The parent stands left. A dotted line is implied by names and enforced by nobody.
fn line(schema: &Schema, relation: &Relation) -> String {
    let cardinality = schema.cardinality(relation);
    let parent = if cardinality.parent_optional {
        "|o"
    } else {
        "||"
    };
    let child = if cardinality.child_unique { "o|" } else { "o{" };
    let dash = if relation.is_declared() { "--" } else { ".." };
    format!(
        "  {} {parent}{dash}{child} {} : {}\n",
        entity(&relation.to),
        entity(&relation.from),
        quoted(&relation.from_columns.join(", "))
    )
}
