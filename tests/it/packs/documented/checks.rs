//! What a pack holds, set against what its document says.

use crowsfoot::engine::Session;
use crowsfoot::model::{Key, Relation, Table};

use crate::support::{built, pack, rows};

pub(super) fn table(id: &str, name: &str) -> &'static Table {
    let found = pack(id).schema.table(name);
    found.unwrap_or_else(|| unreachable!("{id} has no table {name}"))
}

/// The name in `table(…)`.
fn named(shown: &str) -> &str {
    shown.split('(').next().unwrap_or(shown)
}

/// `table(column, …)` of each table, in documented order.
///
/// Types are compared where they are given: `genre(genre_id INT, name STRING)`.
#[track_caller]
pub(super) fn check_tables(id: &str, expected: &[&str]) {
    let found: Vec<&str> = pack(id)
        .schema
        .tables
        .iter()
        .map(|table| table.name.as_str())
        .collect();
    let expected_names: Vec<&str> = expected.iter().map(|shown| named(shown)).collect();
    assert_eq!(found, expected_names);
    check_documented_tables(id, expected);
}

/// As `check_tables`; the pack may have more tables than these, but no more columns in them.
#[track_caller]
pub(super) fn check_documented_tables(id: &str, expected: &[&str]) {
    let mut found: Vec<String> = Vec::new();
    for table in &pack(id).schema.tables {
        let Some(shown) = expected.iter().find(|shown| named(shown) == table.name) else {
            continue;
        };
        // Only types are written in capitals.
        let is_typed = shown.contains(char::is_uppercase);
        let columns: Vec<String> = table
            .columns
            .iter()
            .map(|c| {
                if is_typed {
                    format!("{} {}", c.name, c.data_type)
                } else {
                    c.name.clone()
                }
            })
            .collect();
        found.push(format!("{}({})", table.name, columns.join(", ")));
    }
    assert_eq!(found, expected);
    // What is documented is what is built.
    let session = built(id, 100, 1, 1);
    for table in &pack(id).schema.tables {
        let documented: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        let columns = columns_in_duckdb(&session, &table.name);
        assert_eq!(columns, documented, "{}", table.name);
    }
}

/// The columns of a table or view as DuckDB has them.
pub(super) fn columns_in_duckdb(session: &Session, name: &str) -> Vec<String> {
    let sql = format!(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = '{name}' ORDER BY column_index"
    );
    rows(session, &sql)
        .into_iter()
        .map(|mut row| row.remove(0))
        .collect()
}

/// Whether the table has these columns, among others.
#[track_caller]
pub(super) fn check_holds(id: &str, name: &str, columns: &[&str]) {
    for column in columns {
        let found = table(id, name).column(column);
        assert!(found.is_some(), "{id}: {name} has no column {column}");
    }
}

/// `column type` as documented, for columns whose type matters.
#[track_caller]
pub(super) fn check_type(id: &str, name: &str, column: &str, documented: &str) {
    let column = table(id, name).column(column).expect("a column");
    assert_eq!(column.data_type.documented, documented);
}

#[track_caller]
pub(super) fn check_default(id: &str, name: &str, column: &str, documented: &str) {
    let column = table(id, name).column(column).expect("a column");
    let default = column.default.as_deref().unwrap_or("none");
    assert!(default.eq_ignore_ascii_case(documented), "{default}");
}

/// The condition is one of the CHECKs of the table.
#[track_caller]
pub(super) fn check_condition(id: &str, name: &str, documented: &str) {
    let checks = &table(id, name).checks;
    let found: Vec<&str> = checks.iter().map(|check| check.sql.as_str()).collect();
    assert!(found.contains(&documented), "{found:?}");
}

/// `table(a, b)` of each primary key; the name alone where none is documented.
#[track_caller]
pub(super) fn check_keys(id: &str, expected: &[&str]) {
    let found: Vec<String> = expected
        .iter()
        .map(|shown| {
            let table = table(id, named(shown));
            let key = table.primary_key.as_ref();
            format!(
                "{}{}",
                table.name,
                key.map_or_else(String::new, Key::to_sql)
            )
        })
        .collect();
    assert_eq!(found, expected);
}

/// Every table of the pack has a primary key.
#[track_caller]
pub(super) fn check_every_table_has_a_key(id: &str) {
    for table in &pack(id).schema.tables {
        assert!(table.primary_key.is_some(), "{id}: {}", table.name);
    }
}

/// Each of the columns is unique alone.
#[track_caller]
pub(super) fn check_uniques(id: &str, name: &str, columns: &[&str]) {
    for column in columns {
        let is_unique = table(id, name).is_unique(&[(*column).to_owned()]);
        assert!(is_unique, "{id}: {name}({column})");
    }
}

/// `from(columns) -> to(columns)` of some relations, sorted.
fn relations(id: &str, keep: impl Fn(&Relation) -> bool) -> Vec<String> {
    let mut found: Vec<String> = pack(id)
        .schema
        .relations
        .iter()
        .filter(|r| keep(r))
        .map(|r| {
            let (from, to) = (r.from_columns.join(", "), r.to_columns.join(", "));
            format!("{}({from}) -> {}({to})", r.from, r.to)
        })
        .collect();
    found.sort();
    found
}

/// The declared or implied relations of the pack.
#[track_caller]
pub(super) fn check_relations(id: &str, declared: bool, expected: &[&str]) {
    assert_eq!(relations(id, |r| r.is_declared() == declared), expected);
}

/// The declared or implied relations that start at these tables.
#[track_caller]
pub(super) fn check_relations_of(id: &str, declared: bool, tables: &[&str], expected: &[&str]) {
    let found = relations(id, |r| {
        r.is_declared() == declared && tables.contains(&r.from.as_str())
    });
    assert_eq!(found, expected);
}

/// Relations that are there, declared or implied, beside others.
#[track_caller]
pub(super) fn check_related(id: &str, expected: &[&str]) {
    let found = relations(id, |_| true);
    for relation in expected {
        assert!(
            found.iter().any(|f| f == relation),
            "{relation}: {found:#?}"
        );
    }
}

/// `from(columns) -> pack.table` of the relations to other packs, sorted.
#[track_caller]
pub(super) fn check_external(id: &str, expected: &[&str]) {
    let mut found: Vec<String> = pack(id)
        .external
        .iter()
        .map(|r| {
            let columns = r.from_columns.join(", ");
            format!("{}({columns}) -> {}.{}", r.from, r.pack, r.to)
        })
        .collect();
    found.sort();
    assert_eq!(found, expected);
}

/// How the table is laid out: `partition dt DATE`, `cluster a, b`, `256 buckets`,
/// `order timestamp DESC`, `604800 seconds`.
pub(super) fn layout(id: &str, name: &str) -> Vec<String> {
    let physical = &table(id, name).physical;
    let mut found: Vec<String> = Vec::new();
    for key in &physical.partition_by {
        let declares = key.declares.as_ref();
        let data_type = declares.map_or_else(String::new, |d| format!(" {d}"));
        found.push(format!("partition {}{data_type}", key.sql));
    }
    if !physical.cluster_by.is_empty() {
        found.push(format!("cluster {}", physical.cluster_by.join(", ")));
    }
    found.extend(physical.buckets.map(|n| format!("{n} buckets")));
    if !physical.clustering_order.is_empty() {
        found.push(format!("order {}", physical.clustering_order.join(", ")));
    }
    found.extend(physical.ttl_secs.map(|n| format!("{n} seconds")));
    found
}

#[track_caller]
pub(super) fn check_layout(id: &str, name: &str, expected: &[&str]) {
    assert_eq!(layout(id, name), expected, "{id}: {name}");
}

/// Where no index is documented, none is invented.
#[track_caller]
pub(super) fn check_no_index(id: &str, tables: &[&str]) {
    for name in tables {
        assert_eq!(table(id, name).indexes, [], "{id}: {name}");
    }
}

/// `table: columns` of each index, sorted; each is real in DuckDB as well.
#[track_caller]
pub(super) fn check_indexes(id: &str, expected: &[&str]) {
    let mut found: Vec<String> = Vec::new();
    for table in &pack(id).schema.tables {
        for index in &table.indexes {
            let parts: Vec<&str> = index.parts.iter().map(|p| p.sql.as_str()).collect();
            found.push(format!("{}: {}", table.name, parts.join(", ")));
        }
    }
    found.sort();
    assert_eq!(found, expected);
    let session = built(id, 100, 1, 1);
    let real = rows(
        &session,
        "SELECT table_name || ': ' || array_to_string(expressions::VARCHAR[], ', ') FROM duckdb_indexes() ORDER BY 1",
    );
    let real: Vec<String> = real
        .into_iter()
        .map(|mut row| row.remove(0).replace('"', ""))
        .collect();
    assert_eq!(real, expected);
}
