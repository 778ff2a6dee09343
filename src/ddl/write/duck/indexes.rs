//! CREATE INDEX for DuckDB.

use crate::model::{Index, IndexPart, Table};

use super::super::dialect::DUCKDB;
use super::super::rewrite::{Place, expression};
use super::table::{can_be_indexed, type_name};
use super::{Purpose, Writer, constraints, is_deferred};

impl Writer<'_> {
    pub(super) fn indexes(&mut self, table: &Table) {
        for index in &table.indexes {
            if is_deferred(table) {
                continue;
            }
            if index.unique && index.filter.is_none() {
                self.prove_unique(table, index);
            }
            if index.unique && !self.options.enforce {
                continue;
            }
            let shown = index.name.clone().unwrap_or_else(|| own_name(table, index));
            match parts(table, index) {
                Ok(parts) => self.index(table, index, &shown, &parts),
                Err(reason) => self.adapt(
                    &table.name,
                    None,
                    format!("The index `{shown}` is left out: {reason}"),
                ),
            }
        }
    }

    fn prove_unique(&mut self, table: &Table, index: &Index) {
        // What cannot be written is told where the index is made.
        let whole: Option<Vec<String>> = index.parts.iter().map(|p| part(table, p).ok()).collect();
        if let Some(parts) = whole.filter(|parts| !parts.is_empty()) {
            let proof = constraints::unique(&table.name, "UNIQUE", &parts);
            self.script.constraints.push(proof);
        }
    }

    fn index(&mut self, table: &Table, index: &Index, shown: &str, parts: &str) {
        let name = self.free_name(shown, &table.name);
        let is_partial = index.filter.is_some();
        // Unique only where the filter holds: over all rows that would refuse good ones.
        let unique = if index.unique && !is_partial {
            "UNIQUE "
        } else {
            ""
        };
        let sql = format!(
            "CREATE {unique}INDEX {} ON {} ({parts})",
            DUCKDB.name(&name),
            DUCKDB.name(&table.name)
        );
        self.push(&table.name, Purpose::Index, sql);
        if let Some(filter) = &index.filter {
            let message = if index.unique {
                format!(
                    "The unique index `{shown}` became an ordinary one: DuckDB cannot limit it to `{filter}`"
                )
            } else {
                format!(
                    "The index `{shown}` covers all rows, not only `{filter}`: DuckDB has no partial indexes"
                )
            };
            self.adapt(&table.name, None, message);
        }
        let method = index.method.as_deref().unwrap_or("btree");
        if !matches!(method, "btree" | "art") {
            let message = format!(
                "The {method} index `{shown}` became an ordinary one: DuckDB has one kind of index"
            );
            self.adapt(&table.name, None, message);
        }
    }
}

/// The parts of the index in DuckDB's words, or why it cannot have them.
fn parts(table: &Table, index: &Index) -> Result<String, String> {
    let mut parts = Vec::with_capacity(index.parts.len());
    for one in &index.parts {
        let sql = part(table, one)?;
        parts.push(if one.descending {
            format!("{sql} DESC")
        } else {
            sql
        });
    }
    if parts.is_empty() {
        return Err("it has no columns".to_owned());
    }
    Ok(parts.join(", "))
}

fn part(table: &Table, part: &IndexPart) -> Result<String, String> {
    match table.column(&part.sql) {
        Some(column) if !can_be_indexed(&column.data_type) => Err(format!(
            "DuckDB cannot index `{}`",
            type_name(&column.data_type)
        )),
        Some(column) => Ok(DUCKDB.name(&column.name)),
        None => Ok(format!("({})", key_expression(&part.sql)?)),
    }
}

fn key_expression(sql: &str) -> Result<String, String> {
    if sql.contains("->") {
        return Err(format!("DuckDB cannot index `{sql}`"));
    }
    let written = expression(sql, &DUCKDB, Place::Index)?;
    if written.contains("now()") || written.contains("today()") {
        return Err(format!("`{sql}` changes with time"));
    }
    Ok(written)
}

/// A name for an index without one: `orders_user_id_idx`.
fn own_name(table: &Table, index: &Index) -> String {
    let columns: Vec<String> = index
        .parts
        .iter()
        .map(|p| crate::ddl::names::cleaned(&p.sql))
        .collect();
    let name = format!(
        "{}_{}_idx",
        crate::ddl::names::cleaned(&table.name),
        columns.join("_")
    );
    name.chars().take(60).collect()
}
