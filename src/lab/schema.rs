//! The schema of a layout, for its diagram.

use super::bench::{Bench, LabError};
use crate::catalog::Pack;
use crate::datagen::dialect::text;
use crate::ddl;
use crate::model::{Relation, RelationOrigin, Schema, Table, same_name};

/// The tables a layout really has, read from DuckDB.
///
/// What a table of the pack has of keys, and the pack's relations, hold here as well as far as
/// their columns are there: as implied, since the copies of a lab declare nothing. A key is left
/// out where the layout repeats its rows.
pub fn layout_schema(bench: &Bench, pack: &Pack, layout: &str) -> Result<Schema, LabError> {
    let lines = bench.session().text_values(&format!(
        "SELECT 'CREATE TABLE \"' || table_name || '\" (' || string_agg('\"' || column_name || '\" ' || data_type, ', ' ORDER BY column_index) || ');'
         FROM duckdb_columns()
         WHERE database_name = {} AND NOT internal
         GROUP BY table_name, table_oid ORDER BY table_oid",
        text(layout)
    ))?;
    let sql: Vec<String> = lines.into_iter().flatten().collect();
    let mut schema = ddl::read(&sql.join("\n")).schema;
    for table in &mut schema.tables {
        if let Some(known) = pack.schema.table(&table.name) {
            take_over(table, known);
        }
    }
    schema.tables.sort_by_key(|t| {
        let place = pack
            .schema
            .tables
            .iter()
            .position(|p| same_name(&p.name, &t.name));
        place.unwrap_or(usize::MAX)
    });
    schema.relations = relations(&schema, &pack.schema);
    Ok(schema)
}

/// Keys, types as documented and hints of the pack's table, where the columns are there.
fn take_over(table: &mut Table, known: &Table) {
    let has_all = |columns: &[String]| columns.iter().all(|c| table.column(c).is_some());
    let key = known.primary_key.clone();
    let key = key.filter(|k| k.columns().is_some_and(|c| has_all(&c)));
    table.primary_key = key;
    for column in &mut table.columns {
        if let Some(same) = known.column(&column.name) {
            column.nullable = same.nullable;
            if same.data_type.kind == column.data_type.kind {
                column.data_type = same.data_type.clone();
            }
        }
    }
}

/// The pack's relations between tables that are here, and what names give away.
fn relations(schema: &Schema, known: &Schema) -> Vec<Relation> {
    let has = |table: &str, columns: &[String]| {
        schema
            .table(table)
            .is_some_and(|t| columns.iter().all(|c| t.column(c).is_some()))
    };
    let mut found: Vec<Relation> = known
        .relations
        .iter()
        .filter(|r| has(&r.from, &r.from_columns) && has(&r.to, &r.to_columns))
        .map(|r| Relation {
            origin: RelationOrigin::Implied,
            ..r.clone()
        })
        .collect();
    for implied in crate::model::infer::implied_relations(schema) {
        let is_told = found
            .iter()
            .any(|r| same_name(&r.from, &implied.from) && r.from_columns == implied.from_columns);
        if !is_told {
            found.push(implied);
        }
    }
    found
}
