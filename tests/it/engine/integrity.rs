//! Builds that enforce their constraints, and builds that prove them afterwards.

use crowsfoot::datagen::{Plan, PlannedStep};
use crowsfoot::ddl::{self, Options};
use crowsfoot::engine::{Build, BuildReport, EngineError, Integrity};

use crate::support::{session, value};

const SCHEMA: &str = "
    CREATE TABLE nation (id INT PRIMARY KEY, name TEXT NOT NULL, CHECK (id > 0));
    CREATE TABLE city (id INT PRIMARY KEY, nation_id INT REFERENCES nation, UNIQUE (nation_id, id));";
const NATIONS: &str = "INSERT INTO nation VALUES (1, 'a'), (2, 'b')";

fn build_with(integrity: Integrity, statements: &[&str]) -> Result<BuildReport, EngineError> {
    let schema = ddl::read(SCHEMA).schema;
    let enforce = integrity == Integrity::Enforced;
    let script = ddl::to_duckdb_with(&schema, Options { enforce });
    let steps = statements.iter().map(|sql| PlannedStep {
        id: "step".into(),
        table: if sql.contains("nation V") {
            "nation"
        } else {
            "city"
        }
        .into(),
        sql: (*sql).to_owned(),
        rows: None,
        drops: Vec::new(),
    });
    let plan = Plan {
        steps: steps.collect(),
        cleanup: Vec::new(),
    };
    let tables = vec!["nation".to_owned(), "city".to_owned()];
    let build = Build::new(None, &script, integrity, plan, tables);
    session().build(&build, &mut |_| true)
}

/// Rows that break a constraint are found either way.
#[track_caller]
fn check_refused(statement: &str, proof: &str) {
    for integrity in [Integrity::Enforced, Integrity::Verified] {
        let outcome = build_with(integrity, &[NATIONS, statement]);
        let error = outcome.expect_err("the rows break a constraint");
        if integrity == Integrity::Verified {
            assert_eq!(error.message, proof);
        }
    }
}

#[test]
fn good_rows_pass_both_ways_and_the_report_says_which() {
    for integrity in [Integrity::Enforced, Integrity::Verified] {
        let report = build_with(
            integrity,
            &[NATIONS, "INSERT INTO city VALUES (1, 1), (2, 1), (3, NULL)"],
        )
        .expect("a build");
        assert_eq!(report.integrity, integrity);
        let rows: Vec<u64> = report.tables.iter().map(|t| t.rows).collect();
        assert_eq!(rows, [2, 3]);
    }
}

#[test]
fn a_duplicate_key_is_found() {
    check_refused(
        "INSERT INTO city VALUES (1, 1), (1, 2)",
        "the table city breaks PRIMARY KEY (id) in 1 rows",
    );
}

#[test]
fn an_orphan_is_found() {
    check_refused(
        "INSERT INTO city VALUES (1, 1), (2, 9), (3, 8)",
        "the table city breaks FOREIGN KEY (nation_id) REFERENCES nation (id) in 2 rows",
    );
}

#[test]
fn a_missing_value_and_a_broken_check_are_found() {
    check_refused(
        "INSERT INTO nation VALUES (3, NULL)",
        "the table nation breaks NOT NULL (id, name) in 1 rows",
    );
    check_refused(
        "INSERT INTO nation VALUES (-3, 'c')",
        "the table nation breaks CHECK (id > 0) in 1 rows",
    );
}

#[test]
fn a_build_says_what_its_tables_take() {
    let report = build_with(
        Integrity::Verified,
        &[
            NATIONS,
            "INSERT INTO city SELECT i, 1 + i % 2 FROM range(1, 200001) AS r(i)",
        ],
    )
    .expect("a build");
    let city = report
        .tables
        .iter()
        .find(|t| t.table == "city")
        .expect("city");
    // Two columns of four bytes for each row, and little beside them.
    assert!(
        (1_600_000..4_000_000).contains(&city.bytes),
        "{} bytes",
        city.bytes
    );
}

#[test]
fn steps_and_proofs_are_told_one_by_one_and_can_be_stopped() {
    let schema = ddl::read(SCHEMA).schema;
    let script = ddl::to_duckdb_with(&schema, Options { enforce: false });
    let build = Build::new(
        None,
        &script,
        Integrity::Verified,
        Plan::default(),
        Vec::new(),
    );
    let session = session();
    let mut told = Vec::new();
    session
        .build(&build, &mut |progress| {
            assert_eq!(progress.step, told.len());
            assert_eq!(progress.steps, build.proofs.len() + 2);
            told.push(progress.label);
            true
        })
        .expect("a build");
    assert!(
        told.contains(&"proof of the keys of city".to_owned()),
        "{told:?}"
    );
    assert_eq!(value(&session, "SELECT count(*) FROM city"), "0");
    let stopped = crate::support::session().build(&build, &mut |progress| progress.step < 3);
    assert!(stopped.expect_err("stopped").is_cancelled);
}
