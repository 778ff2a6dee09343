//! What the constraints promise, as queries that count the rows that break them.
//!
//! Large loads are several times faster without the indexes behind keys: the rows are then
//! proven by these queries afterwards.

use serde::{Deserialize, Serialize};

use super::super::dialect::DUCKDB;

/// A constraint DuckDB can enforce, and the query that proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    pub table: String,
    /// As one writes it: `PRIMARY KEY (a, b)`, `FOREIGN KEY (a) REFERENCES t (b)`.
    pub shown: String,
    /// Counts what breaks it, one number: 0 is proven.
    pub violations: String,
}

/// No two rows share the key. `parts` are written as SQL.
///
/// Rows with NULL in a part never collide; in a primary key `not_null` finds them.
pub(super) fn unique(table: &str, words: &str, parts: &[String]) -> Constraint {
    let key = parts.join(", ");
    let known: Vec<String> = parts.iter().map(|p| format!("{p} IS NOT NULL")).collect();
    Constraint {
        table: table.to_owned(),
        shown: format!("{words} ({key})"),
        violations: format!(
            "SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} GROUP BY {key} HAVING count(*) > 1)",
            DUCKDB.name(table),
            known.join(" AND ")
        ),
    }
}

/// No column of these is NULL. `None` when there are no columns.
pub(super) fn not_null(table: &str, columns: &[String]) -> Option<Constraint> {
    if columns.is_empty() {
        return None;
    }
    let missing: Vec<String> = columns
        .iter()
        .map(|c| format!("{} IS NULL", DUCKDB.name(c)))
        .collect();
    Some(Constraint {
        table: table.to_owned(),
        shown: format!("NOT NULL ({})", DUCKDB.names(columns)),
        violations: format!(
            "SELECT count(*) FROM {} WHERE {}",
            DUCKDB.name(table),
            missing.join(" OR ")
        ),
    })
}

/// The condition is true or unknown in every row.
pub(super) fn check(table: &str, condition: &str) -> Constraint {
    Constraint {
        table: table.to_owned(),
        shown: format!("CHECK ({condition})"),
        violations: format!(
            "SELECT count(*) FROM {} WHERE NOT ({condition})",
            DUCKDB.name(table)
        ),
    }
}

/// Every reference without a NULL finds its row.
pub(super) fn reference(table: &str, from: &[String], parent: &str, to: &[String]) -> Constraint {
    Constraint {
        table: table.to_owned(),
        shown: format!(
            "FOREIGN KEY ({}) REFERENCES {} ({})",
            DUCKDB.names(from),
            DUCKDB.name(parent),
            DUCKDB.names(to)
        ),
        violations: orphans(table, from, &[(parent, to)]),
    }
}

/// Counts the rows of `table` whose reference names a row that none of the parents has.
///
/// Several parents are one polymorphic reference: which of them is meant, another column says.
pub fn orphans(table: &str, from: &[String], parents: &[(&str, &[String])]) -> String {
    let mut conditions: Vec<String> = from
        .iter()
        .map(|c| format!("c.{} IS NOT NULL", DUCKDB.name(c)))
        .collect();
    conditions.extend(parents.iter().map(|(parent, to)| {
        let pairs: Vec<String> = from
            .iter()
            .zip(*to)
            .map(|(own, other)| format!("p.{} = c.{}", DUCKDB.name(other), DUCKDB.name(own)))
            .collect();
        format!(
            "NOT EXISTS (SELECT 1 FROM {} AS p WHERE {})",
            DUCKDB.name(parent),
            pairs.join(" AND ")
        )
    }));
    format!(
        "SELECT count(*) FROM {} AS c WHERE {}",
        DUCKDB.name(table),
        conditions.join(" AND ")
    )
}
