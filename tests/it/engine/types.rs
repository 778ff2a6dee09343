//! Every type DuckDB can produce: its name, its text, its order.

use std::ops::ControlFlow;

use crowsfoot::engine::row_order;

use super::*;
use crate::support;

/// SQL of a value that sorts first, one that sorts last, the name of the type, and the texts.
pub(super) const TYPES: &[(&str, &str, &str, &str, &str)] = &[
    ("false", "true", "BOOLEAN", "false", "true"),
    ("-3::TINYINT", "4::TINYINT", "TINYINT", "-3", "4"),
    ("-3::SMALLINT", "4::SMALLINT", "SMALLINT", "-3", "4"),
    ("-3", "4", "INTEGER", "-3", "4"),
    (
        "-3::BIGINT",
        "9223372036854775807",
        "BIGINT",
        "-3",
        "9223372036854775807",
    ),
    (
        "-170141183460469231731687303715884105727::HUGEINT",
        "99999999999999999999999999999999999999::HUGEINT",
        "HUGEINT",
        "-170141183460469231731687303715884105727",
        "99999999999999999999999999999999999999",
    ),
    ("3::UTINYINT", "200::UTINYINT", "UTINYINT", "3", "200"),
    (
        "3::USMALLINT",
        "65535::USMALLINT",
        "USMALLINT",
        "3",
        "65535",
    ),
    (
        "3::UINTEGER",
        "4294967295::UINTEGER",
        "UINTEGER",
        "3",
        "4294967295",
    ),
    (
        "3::UBIGINT",
        "18446744073709551615::UBIGINT",
        "UBIGINT",
        "3",
        "18446744073709551615",
    ),
    ("-1.5::FLOAT", "2.5::FLOAT", "FLOAT", "-1.5", "2.5"),
    ("-1.5::DOUBLE", "2.5::DOUBLE", "DOUBLE", "-1.5", "2.5"),
    (
        "-9.99::DECIMAL(4,2)",
        "10.00::DECIMAL(4,2)",
        "DECIMAL(4,2)",
        "-9.99",
        "10.00",
    ),
    (
        "-0.001::DECIMAL(18,3)",
        "12.5::DECIMAL(18,3)",
        "DECIMAL(18,3)",
        "-0.001",
        "12.500",
    ),
    (
        "1.5::DECIMAL(38,10)",
        "22::DECIMAL(38,10)",
        "DECIMAL(38,10)",
        "1.5000000000",
        "22.0000000000",
    ),
    ("'apple'", "'größe'", "VARCHAR", "apple", "größe"),
    (
        "DATE '1969-12-31'",
        "DATE '2026-07-01'",
        "DATE",
        "1969-12-31",
        "2026-07-01",
    ),
    (
        "TIME '08:30:00'",
        "TIME '21:05:09.5'",
        "TIME",
        "08:30:00",
        "21:05:09.500",
    ),
    (
        "TIMESTAMP '2025-01-01 00:00:00'",
        "TIMESTAMP '2026-07-01 12:34:56.789'",
        "TIMESTAMP",
        "2025-01-01 00:00:00",
        "2026-07-01 12:34:56.789",
    ),
    (
        "TIMESTAMP_S '2025-01-01 00:00:01'",
        "TIMESTAMP_S '2026-01-01 00:00:00'",
        "TIMESTAMP",
        "2025-01-01 00:00:01",
        "2026-01-01 00:00:00",
    ),
    (
        "TIMESTAMP_NS '2025-01-01 00:00:01'",
        "TIMESTAMP_NS '2026-01-01 00:00:00'",
        "TIMESTAMP",
        "2025-01-01 00:00:01",
        "2026-01-01 00:00:00",
    ),
    (
        "'550e8400-e29b-41d4-a716-446655440000'::UUID",
        "'f50e8400-e29b-41d4-a716-446655440000'::UUID",
        "VARCHAR",
        "550e8400-e29b-41d4-a716-446655440000",
        "f50e8400-e29b-41d4-a716-446655440000",
    ),
    (
        "'{\"a\": [1, null]}'::JSON",
        "'{\"b\": 2}'::JSON",
        "VARCHAR",
        "{\"a\": [1, null]}",
        "{\"b\": 2}",
    ),
    (
        "'low'::ENUM('low', 'mid', 'top')",
        "'top'::ENUM('low', 'mid', 'top')",
        "ENUM",
        "low",
        "top",
    ),
    ("[1, 2]", "[3, NULL]", "INTEGER[]", "[1, 2]", "[3, NULL]"),
    (
        "{'a': 1, 'b': 'x'}",
        "{'a': 2, 'b': NULL}",
        "STRUCT",
        "{a: 1, b: x}",
        "{a: 2, b: NULL}",
    ),
    ("MAP {'k': 1}", "MAP {'l': 2}", "MAP", "{k: 1}", "{l: 2}"),
    (
        "[1, 2]::INTEGER[2]",
        "[3, 4]::INTEGER[2]",
        "INTEGER[2]",
        "[1, 2]",
        "[3, 4]",
    ),
];

/// Types whose texts are Arrow's own: it is enough that they have one.
pub(super) const ODD_TYPES: &[(&str, &str)] = &[
    ("interval", "INTERVAL '3 months 2 days 01:02:03'"),
    ("short interval", "INTERVAL '5 minutes'"),
    ("blob", "'\\xAA\\x00\\xFF'::BLOB"),
    ("empty blob", "''::BLOB"),
    ("bit", "'010101'::BIT"),
    ("union", "union_value(num := 2)"),
    (
        "timestamp with zone",
        "TIMESTAMPTZ '2026-07-01 12:00:00+02'",
    ),
    ("time with zone", "TIMETZ '12:00:00+02'"),
    ("time in nanoseconds", "'12:00:00.123456789'::TIME_NS"),
    ("milliseconds", "TIMESTAMP_MS '2026-07-01 12:00:00.5'"),
    (
        "unsigned hugeint",
        "340282366920938463463374607431768211455::UHUGEINT",
    ),
    (
        "big number",
        "123456789012345678901234567890123456789012345::BIGNUM",
    ),
    ("infinite date", "'infinity'::DATE"),
    ("infinite timestamp", "'-infinity'::TIMESTAMP"),
    ("early date", "'0044-03-15 (BC)'::DATE"),
    ("infinite double", "'inf'::DOUBLE"),
    ("not a number", "'nan'::DOUBLE"),
    ("list of lists", "[[1, 2], [], NULL]"),
    ("list of structs", "[{'a': 1}, NULL]"),
    ("list of intervals", "[INTERVAL '1 day']"),
    ("list of blobs", "['\\xAA'::BLOB]"),
    ("list of decimals", "[1.25::DECIMAL(38,2)]"),
    ("list of enums", "['low'::ENUM('low', 'mid')]"),
    (
        "list of uuids",
        "['550e8400-e29b-41d4-a716-446655440000'::UUID]",
    ),
    ("empty list", "[]"),
    ("struct in struct", "{'a': {'b': [DATE '2026-07-01']}}"),
    ("struct of a map", "{'m': MAP {1: 'x'}}"),
    ("map of lists", "MAP {'k': [1, 2]}"),
    ("array of text", "['a', 'b']::VARCHAR[2]"),
    ("null", "NULL"),
    ("geometry-like text", "'POINT (1 2)'"),
    (
        "text with newlines and quotes",
        "'a\n\"b\", c;' || chr(0) || chr(8364)",
    ),
];

/// The result of a statement, run without the worker.
pub(super) fn stored(sql: &str) -> ResultStore {
    let session = support::session();
    let store = ResultStore::default();
    session
        .stream(sql, &mut |schema| store.set_schema(schema), &mut |batch| {
            store.push(batch)?;
            Ok(ControlFlow::Continue(()))
        })
        .unwrap_or_else(|error| unreachable!("{sql}: {error}"));
    store.stop(StopReason::Complete, Duration::ZERO);
    store
}

#[test]
fn every_type_has_its_name_and_shows_as_text() {
    for (first, last, name, first_text, last_text) in TYPES {
        let sql = format!("SELECT {first} AS v UNION ALL SELECT {last} UNION ALL SELECT NULL");
        let store = stored(&sql);
        assert_eq!(store.columns()[0].type_name, *name, "{first}");
        let mut texts: Vec<String> = (0..3).map(|row| text(&store, row, 0)).collect();
        let mut expected = vec![*first_text, *last_text, "NULL"];
        texts.sort();
        expected.sort_unstable();
        assert_eq!(texts, expected, "{first}");
    }
}

#[test]
fn every_type_sorts_with_nulls_last_both_ways() {
    for (first, last, _, first_text, last_text) in TYPES {
        let sql = format!(
            "SELECT v FROM (SELECT NULL AS v, 1 AS n UNION ALL SELECT {last}, 2 \
             UNION ALL SELECT {first}, 3 UNION ALL SELECT NULL, 4) ORDER BY n"
        );
        let store = stored(&sql);
        for (descending, expected) in [
            (false, [*first_text, *last_text, "NULL", "NULL"]),
            (true, [*last_text, *first_text, "NULL", "NULL"]),
        ] {
            let order = row_order(&store, 0, descending)
                .unwrap_or_else(|error| unreachable!("{first}: {error}"));
            let texts: Vec<String> = order
                .iter()
                .map(|row| text(&store, *row as usize, 0))
                .collect();
            assert_eq!(texts, expected, "{first}, descending: {descending}");
        }
    }
}

#[test]
fn odd_types_show_as_text_and_sort() {
    for (name, sql) in ODD_TYPES {
        let store = stored(&format!("SELECT {sql} AS v UNION ALL SELECT NULL"));
        assert_eq!(store.row_count(), 2, "{name}");
        let shown: Vec<Cell> = (0..2).map(|row| store.value(row, 0)).collect();
        assert!(!shown.contains(&Cell::Unreadable), "{name}: {shown:?}");
        assert!(shown.contains(&Cell::Null), "{name}: {shown:?}");
        let order =
            row_order(&store, 0, false).unwrap_or_else(|error| unreachable!("{name}: {error}"));
        assert_eq!(order.len(), 2, "{name}");
        if *name != "null" {
            let last = order[1] as usize;
            assert_eq!(store.value(last, 0), Cell::Null, "{name}: NULLs last");
        }
    }
}

#[test]
fn equal_values_keep_their_order_and_parts_are_sorted_as_one() {
    // 60,000 rows are several stored parts.
    let store = stored("SELECT range % 3 AS k, range AS n FROM range(60000)");
    let order = row_order(&store, 0, true).expect("sortable");
    assert_eq!(order.len(), 60_000);
    let first: Vec<u32> = order[..3].to_vec();
    assert_eq!(first, [2, 5, 8]);
    assert_eq!(order[20_000], 1);
    assert_eq!(order[40_000], 0);
    assert_eq!(order[59_999], 59_997);
}

#[test]
fn an_empty_result_sorts_to_nothing_and_a_missing_column_is_an_error() {
    let store = stored("SELECT 1 AS x WHERE false");
    assert_eq!(row_order(&store, 0, false), Ok(Vec::new()));
    let store = stored("SELECT 1 AS x");
    assert!(row_order(&store, 7, false).is_err());
}

#[test]
fn a_long_or_many_lined_value_is_shortened_in_its_cell_and_whole_in_its_value() {
    let store = stored("SELECT repeat('x', 5000) AS a, 'one' || chr(10) || 'two' AS b");
    assert_eq!(text(&store, 0, 0).len(), 5000);
    let Cell::Text(short) = store.cell(0, 0) else {
        unreachable!("a text")
    };
    assert!(short.ends_with('…') && short.chars().count() < 1000);
    assert_eq!(store.cell(0, 1), Cell::Text("one…".into()));
    assert_eq!(text(&store, 0, 1), "one\ntwo");
}
