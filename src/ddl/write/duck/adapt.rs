//! What a reader should know about types and physical design that DuckDB has no words for.

use crate::model::{Column, Physical, Table, TypeKind};

use super::Writer;
use super::table::{is_nested, type_name};

impl Writer<'_> {
    /// One sentence per documented type of the table, however many columns have it.
    pub(super) fn adapt_types(&mut self, table: &Table) {
        let mut told: Vec<&str> = Vec::new();
        for column in &table.columns {
            let documented = column.data_type.documented.as_str();
            if told.contains(&documented) || is_same_in_duckdb(column) {
                continue;
            }
            told.push(documented);
            let count = table
                .columns
                .iter()
                .filter(|c| c.data_type == column.data_type)
                .count();
            let became = type_name(&column.data_type);
            if documented.is_empty() {
                self.adapt_untyped(table);
                continue;
            }
            let why = why(column);
            let message = if count > 1 {
                format!("`{documented}` became `{became}` in {count} columns{why}")
            } else {
                format!("`{documented}` became `{became}`{why}")
            };
            let only = (count == 1).then_some(column.name.as_str());
            self.adapt(&table.name, only, message);
        }
    }

    /// A computed column takes the type of its expression, others become text.
    fn adapt_untyped(&mut self, table: &Table) {
        let untyped: Vec<&str> = table
            .columns
            .iter()
            .filter(|c| c.data_type.documented.is_empty() && c.generated.is_none())
            .map(|c| c.name.as_str())
            .collect();
        if !untyped.is_empty() {
            let names = untyped.join("`, `");
            let message = format!("The document names no type of `{names}`: taken as `VARCHAR`");
            self.adapt(&table.name, None, message);
        }
    }

    /// One sentence per clause that is kept as a hint.
    pub(super) fn adapt_physical(&mut self, table: &Table) {
        for key in table
            .physical
            .partition_by
            .iter()
            .filter(|k| k.declares.is_some())
        {
            let message = format!(
                "`{}` was added as a column: the partition clause declares it",
                key.sql
            );
            self.adapt(&table.name, Some(&key.sql), message);
        }
        for message in hints(&table.physical) {
            self.adapt(&table.name, None, message);
        }
    }
}

fn hints(physical: &Physical) -> Vec<String> {
    let mut hints = Vec::new();
    if !physical.partition_by.is_empty() {
        let keys: Vec<&str> = physical
            .partition_by
            .iter()
            .map(|k| k.sql.as_str())
            .collect();
        hints.push(format!(
            "The partitioning by `{}` is kept as a hint: a DuckDB table has no partitions",
            keys.join(", ")
        ));
    }
    let buckets = physical
        .buckets
        .map(|n| format!(" into {n} buckets"))
        .unwrap_or_default();
    if !physical.cluster_by.is_empty() {
        hints.push(format!(
            "The clustering by `{}`{buckets} is kept as a hint: DuckDB keeps rows in the order they were written",
            physical.cluster_by.join(", ")
        ));
    }
    if !physical.clustering_order.is_empty() {
        hints.push(format!(
            "The order `{}` is kept as a hint: a query has to sort",
            physical.clustering_order.join(", ")
        ));
    }
    if let Some(seconds) = physical.ttl_secs {
        hints.push(format!(
            "Rows stay after {}: DuckDB has no time to live",
            duration(seconds)
        ));
    }
    let excluded = physical
        .properties
        .iter()
        .filter(|(name, _)| name == "EXCLUDE");
    hints.extend(
        excluded.map(|(_, sql)| format!("`{sql}` is not enforced: DuckDB has no exclusion")),
    );
    hints
}

fn duration(seconds: u64) -> String {
    let (number, unit) = match seconds {
        s if s > 0 && s.is_multiple_of(86_400) => (s / 86_400, "day"),
        s if s > 0 && s.is_multiple_of(3600) => (s / 3600, "hour"),
        s => (s, "second"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

fn why(column: &Column) -> &'static str {
    match &column.data_type.kind {
        TypeKind::Other => ": DuckDB has no such type",
        TypeKind::Decimal {
            precision: None, ..
        } => ": DuckDB needs a precision",
        TypeKind::Decimal {
            precision: Some(39..),
            ..
        } => ": DuckDB has at most 38 digits",
        _ => "",
    }
}

/// Names DuckDB takes as well, or that differ in no way a reader would notice.
const SAME: &[&str] = &[
    "BIGINT",
    "BLOB",
    "BOOL",
    "BOOLEAN",
    "CHAR",
    "CHARACTER",
    "CHARACTER VARYING",
    "DATE",
    "DATETIME",
    "DEC",
    "DECIMAL",
    "DOUBLE",
    "DOUBLE PRECISION",
    "ENUM",
    "FLOAT",
    "FLOAT4",
    "FLOAT8",
    "HUGEINT",
    "INT",
    "INT2",
    "INT4",
    "INT8",
    "INTEGER",
    "INTERVAL",
    "JSON",
    "NUMERIC",
    "REAL",
    "SMALLINT",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "TIMESTAMPTZ",
    "TIMESTAMP WITH TIME ZONE",
    "TIMESTAMP WITHOUT TIME ZONE",
    "TIME WITHOUT TIME ZONE",
    "TINYINT",
    "UBIGINT",
    "UHUGEINT",
    "UINTEGER",
    "USMALLINT",
    "UTINYINT",
    "UUID",
    "VARCHAR",
];

/// Serial types are told with the sequence that counts for them.
const TOLD_ELSEWHERE: &[&str] = &[
    "SERIAL",
    "BIGSERIAL",
    "SMALLSERIAL",
    "SERIAL2",
    "SERIAL4",
    "SERIAL8",
];

fn is_same_in_duckdb(column: &Column) -> bool {
    let documented = column.data_type.documented.as_str();
    if is_nested(&column.data_type) || documented == type_name(&column.data_type) {
        return true;
    }
    if let TypeKind::Decimal { precision, .. } = column.data_type.kind {
        return precision.is_some_and(|p| p <= 38);
    }
    let base = documented.split('(').next().unwrap_or_default().trim();
    // `TIMESTAMP(3) WITH TIME ZONE` has its size in the middle.
    let tail = documented
        .rsplit(')')
        .next()
        .filter(|_| documented.contains(')'))
        .unwrap_or_default();
    let whole = format!("{base}{tail}");
    let element = base.trim_end_matches("[]");
    column.data_type.kind != TypeKind::Other
        && (SAME.contains(&whole.as_str())
            || SAME.contains(&element)
            || TOLD_ELSEWHERE.contains(&base))
        && !is_boolean_in_disguise(column)
}

/// `TINYINT(1)` is a boolean, which its name does not say.
fn is_boolean_in_disguise(column: &Column) -> bool {
    column.data_type.kind == TypeKind::Boolean && !column.data_type.documented.starts_with("BOOL")
}
