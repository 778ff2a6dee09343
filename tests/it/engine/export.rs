//! Results as CSV, JSON and Parquet.

use crowsfoot::engine::{ExportFormat, export};

use super::types::{ODD_TYPES, TYPES, stored};
use super::*;
use crate::support;

fn written(store: &ResultStore, format: ExportFormat) -> Result<Vec<u8>, EngineError> {
    let mut bytes = Vec::new();
    let rows = export(store, format, &mut bytes)?;
    assert_eq!(rows, store.row_count());
    Ok(bytes)
}

/// Reads a file back with DuckDB.
fn read_back(bytes: &[u8], format: ExportFormat, select: &str) -> Vec<Vec<String>> {
    use crowsfoot::engine::{Access, Session};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("a.{}", format.extension()));
    std::fs::write(&path, bytes).expect("written");
    let session = Session::in_memory(&Settings {
        access: Access::Folder(folder.path().to_owned()),
        ..Settings::default()
    })
    .expect("DuckDB starts");
    let reader = match format {
        ExportFormat::Csv => format!("read_csv('{}', all_varchar = true)", path.display()),
        ExportFormat::Json => format!("read_json('{}')", path.display()),
        ExportFormat::Parquet => format!("read_parquet('{}')", path.display()),
    };
    support::rows(&session, &format!("SELECT {select} FROM {reader}"))
}

const FORMATS: [ExportFormat; 3] = [ExportFormat::Csv, ExportFormat::Json, ExportFormat::Parquet];

#[test]
fn every_type_can_be_written_in_every_format() {
    let usual = TYPES.iter().map(|t| (t.2, t.0));
    for (name, sql) in usual.chain(ODD_TYPES.iter().copied()) {
        let store = stored(&format!(
            "SELECT 1 AS n, {sql} AS v UNION ALL SELECT 2, NULL"
        ));
        for format in FORMATS {
            let bytes = written(&store, format)
                .unwrap_or_else(|error| unreachable!("{name} as {format:?}: {error}"));
            let rows = read_back(&bytes, format, "n, v IS NULL");
            let null = if name == "null" { "true" } else { "false" };
            assert_eq!(rows.len(), 2, "{name} as {format:?}");
            // CSV cannot tell an empty text from NULL, JSON has no such numbers.
            let is_lost = match format {
                ExportFormat::Csv => name == "empty blob",
                ExportFormat::Json => name == "infinite double" || name == "not a number",
                ExportFormat::Parquet => false,
            };
            if !is_lost {
                assert!(
                    rows.contains(&vec!["1".to_owned(), null.to_owned()]),
                    "{name} as {format:?}: {rows:?}"
                );
            }
            assert!(
                rows.contains(&vec!["2".to_owned(), "true".to_owned()]),
                "{name} as {format:?}: {rows:?}"
            );
        }
    }
}

#[test]
fn values_survive_parquet_with_their_types() {
    let store = stored(
        "SELECT 12.34::DECIMAL(10,2) AS amount, DATE '2026-07-01' AS day,
                TIMESTAMP '2026-07-01 12:34:56.789' AS moment, [1, 2] AS list, true AS yes",
    );
    let bytes = written(&store, ExportFormat::Parquet).expect("written");
    let found = read_back(
        &bytes,
        ExportFormat::Parquet,
        "amount::VARCHAR, day::VARCHAR, moment::VARCHAR, list::VARCHAR, yes::VARCHAR,
         typeof(amount), typeof(day), typeof(list)",
    );
    assert_eq!(
        found,
        [[
            "12.34",
            "2026-07-01",
            "2026-07-01 12:34:56.789",
            "[1, 2]",
            "true",
            "DECIMAL(10,2)",
            "DATE",
            "INTEGER[]"
        ]]
    );
}

#[test]
fn csv_quotes_what_needs_it_and_leaves_null_empty() {
    let store = stored("SELECT 'a,b' AS \"x,y\", 'say \"hi\"' AS q, NULL AS n, 1.5 AS d");
    let bytes = written(&store, ExportFormat::Csv).expect("written");
    assert_eq!(
        String::from_utf8(bytes).expect("UTF-8"),
        "\"x,y\",q,n,d\n\"a,b\",\"say \"\"hi\"\"\",,1.5\n"
    );
}

#[test]
fn json_is_an_array_of_objects_also_over_several_parts() {
    let store = stored("SELECT range AS n, 'x' || range AS t FROM range(40000)");
    let bytes = written(&store, ExportFormat::Json).expect("written");
    let json: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    let rows = json.as_array().expect("an array");
    assert_eq!(rows.len(), 40_000);
    assert_eq!(rows[39_999]["n"], 39_999);
    assert_eq!(rows[17]["t"], "x17");
}

#[test]
fn a_result_without_rows_still_has_its_columns() {
    let store = stored("SELECT 1 AS a, 'x' AS b WHERE false");
    let csv = written(&store, ExportFormat::Csv).expect("written");
    assert_eq!(String::from_utf8(csv).expect("UTF-8"), "a,b\n");
    let json = written(&store, ExportFormat::Json).expect("written");
    assert_eq!(String::from_utf8(json).expect("UTF-8").trim(), "[]");
    let parquet = written(&store, ExportFormat::Parquet).expect("written");
    assert!(read_back(&parquet, ExportFormat::Parquet, "a, b").is_empty());
}

#[test]
fn nested_values_and_bytes_are_texts_where_a_format_has_no_place_for_them() {
    let store = stored("SELECT [1, NULL] AS l, {'a': 'x'} AS s, '\\xAA\\x0F'::BLOB AS b");
    let csv = written(&store, ExportFormat::Csv).expect("written");
    let csv = String::from_utf8(csv).expect("UTF-8");
    assert_eq!(csv, "l,s,b\n\"[1, NULL]\",{a: x},aa0f\n");
    let json = written(&store, ExportFormat::Json).expect("written");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(
        json,
        serde_json::json!([{"l": [1, null], "s": {"a": "x"}, "b": "aa0f"}])
    );
    let empty = stored("SELECT [1] AS l, 'x'::BLOB AS b WHERE false");
    let csv = written(&empty, ExportFormat::Csv).expect("written");
    assert_eq!(String::from_utf8(csv).expect("UTF-8"), "l,b\n");
}

#[test]
fn columns_of_the_same_name_are_all_written() {
    let store = stored("SELECT 1 AS a, 2 AS a, 3 AS \"A\"");
    let csv = written(&store, ExportFormat::Csv).expect("written");
    assert_eq!(String::from_utf8(csv).expect("UTF-8"), "a,a_2,A\n1,2,3\n");
}
