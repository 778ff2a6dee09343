//! The automatic variants of a drill's data, as SQL over the rows of `base`.

use crate::datagen::dialect::name as quoted;
use crate::model::{Schema, Table, same_name};

/// A way to change the rows so that a fault shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Automatic {
    /// The pack at 1,000 rows, seed 1.
    Base,
    /// The same at seed 2.
    Seed,
    /// Every table stored in reverse order.
    Reversed,
    /// Every nullable column NULL in every seventh row.
    Nulls,
    /// Numbers and moments that are in no key made coarse in every second row.
    Ties,
    /// Of every table that refers to others a third of the rows gone, and what hung on them.
    Unmatched,
    /// Every fifth row a second time in tables without a key.
    Duplicates,
    /// Three rows of every table without parents, and what hangs on them.
    Few,
    /// No rows.
    Empty,
}

impl Automatic {
    pub const ALL: [Self; 9] = [
        Self::Base,
        Self::Seed,
        Self::Reversed,
        Self::Nulls,
        Self::Ties,
        Self::Unmatched,
        Self::Duplicates,
        Self::Few,
        Self::Empty,
    ];

    /// Also the name of its DuckDB schema.
    pub fn id(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Seed => "seed",
            Self::Reversed => "reversed",
            Self::Nulls => "nulls",
            Self::Ties => "ties",
            Self::Unmatched => "unmatched",
            Self::Duplicates => "duplicates",
            Self::Few => "few",
            Self::Empty => "empty",
        }
    }

    /// For people.
    pub fn text(self) -> &'static str {
        match self {
            Self::Base => "the data as it is",
            Self::Seed => "other data of the same kind",
            Self::Reversed => "rows stored in reverse order",
            Self::Nulls => "NULL wherever a column allows it",
            Self::Ties => "many equal numbers and moments",
            Self::Unmatched => "rows that nothing refers to",
            Self::Duplicates => "rows of tables without a key twice",
            Self::Few => "a handful of rows",
            Self::Empty => "no rows at all",
        }
    }
}

/// A column of a table as DuckDB made it.
#[derive(Clone, Debug)]
pub struct StoredColumn {
    pub name: String,
    pub data_type: String,
}

/// The query over a table of `base` (or, for [`Automatic::Seed`], the other seed) that gives the
/// variant's rows.
pub fn rows_of(
    variant: Automatic,
    table: &Table,
    columns: &[StoredColumn],
    source: &str,
    schema: &Schema,
) -> String {
    let from = format!("{}.{}", quoted(source), quoted(&table.name));
    let all = |rest: &str| format!("SELECT * FROM {from}{rest}");
    match variant {
        Automatic::Base | Automatic::Seed => all(""),
        Automatic::Reversed => all(" ORDER BY rowid DESC"),
        Automatic::Nulls => {
            let one = |(index, c): (usize, &StoredColumn)| {
                let name = quoted(&c.name);
                if table.column(&c.name).is_none_or(|c| c.nullable) {
                    let shift = 3 * index;
                    format!(
                        "CASE WHEN (rowid + {shift}) % 7 = 0 THEN NULL ELSE {name} END AS {name}"
                    )
                } else {
                    name
                }
            };
            let list: Vec<String> = columns.iter().enumerate().map(one).collect();
            format!("SELECT {} FROM {from}", list.join(", "))
        }
        Automatic::Ties => {
            let one = |c: &StoredColumn| {
                let name = quoted(&c.name);
                let coarse = (!is_in_key(table, &c.name, schema))
                    .then(|| coarse(&name, &c.data_type))
                    .flatten();
                match coarse {
                    Some(coarse) => format!(
                        "CASE WHEN rowid % 2 = 0 THEN CAST({coarse} AS {}) ELSE {name} END AS {name}",
                        c.data_type
                    ),
                    None => name,
                }
            };
            let list: Vec<String> = columns.iter().map(one).collect();
            format!("SELECT {} FROM {from}", list.join(", "))
        }
        Automatic::Unmatched if has_parents(table, schema) => all(" WHERE rowid % 3 <> 0"),
        Automatic::Duplicates if !has_key(table) => {
            format!("SELECT * FROM {from} UNION ALL SELECT * FROM {from} WHERE rowid % 5 = 0")
        }
        Automatic::Few if !has_parents(table, schema) => all(" WHERE rowid < 3"),
        Automatic::Unmatched | Automatic::Duplicates | Automatic::Few => all(""),
        Automatic::Empty => all(" WHERE false"),
    }
}

/// Statements that delete rows whose parents are gone, one for each reference.
pub fn without_orphans(schema: &Schema) -> Vec<String> {
    schema
        .relations
        .iter()
        .filter(|r| r.is_declared() && !r.is_self_reference())
        .filter(|r| !r.to_columns.is_empty())
        .map(|r| {
            let pairs: Vec<String> = r
                .from_columns
                .iter()
                .zip(&r.to_columns)
                .map(|(a, b)| format!("p.{} = c.{}", quoted(b), quoted(a)))
                .collect();
            let known: Vec<String> = r
                .from_columns
                .iter()
                .map(|a| format!("c.{} IS NOT NULL", quoted(a)))
                .collect();
            format!(
                "DELETE FROM {} AS c WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS p WHERE {})",
                quoted(&r.from),
                known.join(" AND "),
                quoted(&r.to),
                pairs.join(" AND ")
            )
        })
        .collect()
}

/// A value shared by many; `None` for types that stay as they are.
fn coarse(name: &str, data_type: &str) -> Option<String> {
    match data_type {
        "TIMESTAMP" => Some(format!("date_trunc('week', {name})")),
        "DATE" => Some(format!("date_trunc('month', {name})")),
        "BIGINT" | "INTEGER" | "SMALLINT" | "DOUBLE" | "FLOAT" => {
            Some(format!("floor({name} / 4) * 4"))
        }
        _ if data_type.starts_with("DECIMAL") => Some(format!("floor({name} / 4) * 4")),
        _ => None,
    }
}

fn has_key(table: &Table) -> bool {
    table.primary_key.is_some() || !table.uniques.is_empty()
}

/// Whether the column is part of a key, or refers to one.
fn is_in_key(table: &Table, column: &str, schema: &Schema) -> bool {
    table.is_in_primary_key(column)
        || table.uniques.iter().any(|key| key.names(column))
        || schema
            .relations_from(&table.name)
            .any(|r| r.is_declared() && r.from_columns.iter().any(|c| same_name(c, column)))
}

fn has_parents(table: &Table, schema: &Schema) -> bool {
    schema
        .relations_from(&table.name)
        .any(|r| r.is_declared() && !r.is_self_reference())
}
