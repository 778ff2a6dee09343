//! Errors point at the text as written; odd statements get an answer.

use super::*;

/// The error of a statement, the text it points at and what may have been meant.
#[track_caller]
fn check_place(sql: &str, parameters: &[ParameterValue], place: &str, candidate: Option<&str>) {
    let bench = Bench::new();
    bench.submit_with(1, QueryPurpose::Workbench, sql, parameters);
    let error = bench.outcome(1).expect_err("the statement fails");
    let range = error.place.clone().expect("the error has a place");
    assert_eq!(sql.get(range), Some(place), "{error:?}");
    if let Some(candidate) = candidate {
        assert!(error.candidates.iter().any(|c| c == candidate), "{error:?}");
    }
    assert!(!error.message.contains("LINE 1"), "{}", error.message);
    assert!(!error.message.contains('{'), "{}", error.message);
}

fn parameter(name: &str, data_type: &str, text: Option<&str>, default: &str) -> ParameterValue {
    ParameterValue {
        name: name.into(),
        data_type: data_type.into(),
        text: text.map(str::to_owned),
        default: default.into(),
    }
}

#[test]
fn a_wrong_table_is_pointed_at_with_what_may_have_been_meant() {
    check_place("SELECT *\nFROM natoin", &[], "natoin", Some("nation"));
}

#[test]
fn a_wrong_column_is_pointed_at_with_what_may_have_been_meant() {
    check_place("SELECT id, nmae FROM nation", &[], "nmae", Some("name"));
}

#[test]
fn letters_of_several_bytes_before_the_place_do_not_move_it() {
    check_place("SELECT 'größe ☃' AS x, nmae FROM nation", &[], "nmae", None);
}

#[test]
fn parameters_before_the_place_do_not_move_it() {
    let values = [
        parameter("day", "DATE", Some("2026-06-30"), "NULL"),
        parameter("a", "VARCHAR", Some("it's much longer than $a"), "''"),
    ];
    check_place(
        "SELECT $day, $a, nmae FROM nation WHERE id > 0",
        &values,
        "nmae",
        Some("name"),
    );
}

#[test]
fn a_value_of_the_wrong_type_points_at_its_parameter() {
    let bench = Bench::new();
    let sql = "SELECT name FROM nation WHERE id = year($day)";
    let values = [parameter("day", "DATE", Some("not one"), "NULL")];
    bench.submit_with(1, QueryPurpose::Workbench, sql, &values);
    let error = bench.outcome(1).expect_err("no date");
    assert!(error.message.contains("not one"), "{error:?}");
    if let Some(place) = error.place {
        assert_eq!(sql.get(place), Some("$day"));
    }
}

#[test]
fn a_parameter_without_a_value_is_pointed_at() {
    check_place(
        "SELECT $id, $nobody",
        &[parameter("id", "INT", Some("1"), "1")],
        "$nobody",
        None,
    );
}

#[test]
fn a_default_that_is_a_query_is_asked_and_told() {
    let bench = Bench::new();
    let values = [parameter(
        "who",
        "BIGINT",
        None,
        "SELECT max(id) FROM nation",
    )];
    let store = bench.submit_with(
        4,
        QueryPurpose::Workbench,
        "SELECT name FROM nation WHERE id = $who",
        &values,
    );
    let mut told = Vec::new();
    let summary = loop {
        match bench.event() {
            Event::Defaults { id: 4, values } => told = values,
            Event::QueryDone { id: 4, summary } => break summary,
            Event::QueryFailed { error, .. } => unreachable!("{error}"),
            _ => {}
        }
    };
    assert_eq!(told, [("who".to_owned(), "3".to_owned())]);
    assert_eq!(text(&store, 0, 0), "Japan");
    assert_eq!(summary.sql, "SELECT name FROM nation WHERE id = 3");
}

#[test]
fn a_default_that_fails_names_its_parameter() {
    let bench = Bench::new();
    let values = [parameter("who", "BIGINT", None, "SELECT idd FROM nation")];
    bench.submit_with(1, QueryPurpose::Workbench, "SELECT $who", &values);
    let error = bench.outcome(1).expect_err("no such column");
    assert!(error.message.contains("$who"), "{error}");
    assert_eq!(error.place, None, "the place would be in another text");
}

#[test]
fn a_syntax_error_has_a_place() {
    check_place("SELECT id FORM nation", &[], "nation", None);
}

#[test]
fn empty_statements_say_that_there_is_nothing_to_run() {
    let bench = Bench::new();
    for sql in ["", "  \n\t", ";", " ; ; "] {
        let (store, outcome) = bench.run(sql);
        let error = outcome.expect_err("nothing to run");
        assert!(!error.message.is_empty(), "for {sql:?}");
        assert_eq!(store.row_count(), 0);
    }
    assert_eq!(bench.rows("SELECT 1"), [["1"]], "the worker lives on");
}

#[test]
fn a_statement_of_comments_only_says_that_there_is_nothing_to_run() {
    let bench = Bench::new();
    for sql in ["-- only a remark", "/* only\na remark */", "-- a\n;-- b\n"] {
        let error = bench.error(sql);
        assert!(
            error.message.contains("no statement"),
            "for {sql:?}: {error}"
        );
    }
}

#[test]
fn of_several_statements_the_last_one_gives_the_rows() {
    let bench = Bench::new();
    let rows = bench
        .rows("CREATE TEMP TABLE t AS SELECT 41 AS x; UPDATE t SET x = x + 1; SELECT x FROM t;");
    assert_eq!(rows, [["42"]]);
}

#[test]
fn a_statement_without_rows_ends_well() {
    let bench = Bench::new();
    let (store, outcome) = bench.run("CREATE TEMP TABLE t (x INT)");
    outcome.expect("created");
    assert!(matches!(store.stopped(), Some((StopReason::Complete, _))));
    assert_eq!(bench.rows("SELECT * FROM t"), Vec::<Vec<String>>::new());
    let (store, outcome) = bench.run("SELECT * FROM nation WHERE false");
    assert_eq!(outcome.expect("no rows are fine").rows, 0);
    let names: Vec<String> = store.columns().into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["id", "name"], "the columns are there without rows");
}

#[test]
fn a_nul_character_is_refused_and_not_cut_off() {
    let bench = Bench::new();
    let error = bench.error("SELECT 1\0; DROP TABLE nation");
    assert!(error.message.contains("NUL"), "{error}");
    assert_eq!(bench.rows("SELECT count(*) FROM nation"), [["3"]]);
}

#[test]
fn a_late_error_keeps_the_rows_that_came_before_it() {
    let bench = Bench::new();
    let (store, outcome) = bench.run(
        "SELECT CASE WHEN range = 400000 THEN error('late') ELSE range END AS n FROM range(500000)",
    );
    let error = outcome.expect_err("a late error");
    assert!(error.message.contains("late"), "{error}");
    assert!(matches!(store.stopped(), Some((StopReason::Failed(_), _))));
    if store.row_count() > 0 {
        assert_eq!(text(&store, 0, 0), "0");
    }
    assert_eq!(bench.rows("SELECT 1"), [["1"]]);
}
