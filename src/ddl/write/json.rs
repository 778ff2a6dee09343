//! The model as JSON, for other programs.

use serde_json::{Value, json};

use crate::ddl::Problem;
use crate::model::{Relation, Schema, Table, View};

/// The schema and what was wrong with its text, indented by two spaces.
///
/// Names and types are as documented. `primary_key` is empty without one; a part that is an
/// expression stands there as SQL.
pub fn to_json(schema: &Schema, problems: &[Problem]) -> String {
    let document = json!({
        "tables": schema.tables.iter().map(table).collect::<Vec<_>>(),
        "views": schema.views.iter().map(view).collect::<Vec<_>>(),
        "relations": schema.relations.iter().map(relation).collect::<Vec<_>>(),
        "problems": problems.iter().map(problem).collect::<Vec<_>>(),
    });
    format!("{document:#}")
}

fn table(table: &Table) -> Value {
    let columns: Vec<Value> = table
        .columns
        .iter()
        .map(|c| {
            json!({
                "name": c.name,
                "type": c.data_type.documented,
                "nullable": c.nullable,
                "default": c.default,
                "note": c.note,
            })
        })
        .collect();
    json!({
        "name": table.name,
        "columns": columns,
        "primary_key": table.primary_key.as_ref().map(super::key_parts).unwrap_or_default(),
        "uniques": table.uniques.iter().map(super::key_parts).collect::<Vec<_>>(),
        "checks": table.checks.iter().map(|c| &c.sql).collect::<Vec<_>>(),
        "note": table.note,
    })
}

fn view(view: &View) -> Value {
    json!({
        "name": view.name,
        "sql": view.sql,
        "materialized": view.materialized,
        "reads": view.reads,
    })
}

fn relation(relation: &Relation) -> Value {
    json!({
        "from": relation.from,
        "from_columns": relation.from_columns,
        "to": relation.to,
        "to_columns": relation.to_columns,
        "declared": relation.is_declared(),
    })
}

fn problem(problem: &Problem) -> Value {
    json!({ "line": problem.line, "message": problem.message })
}
