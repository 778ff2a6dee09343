//! What several tests need: sessions, built packs, and results as text.

use std::sync::OnceLock;

use arrow::util::display::array_value_to_string;
use crowsfoot::catalog::{Catalog, Pack};
use crowsfoot::datagen::Request;
use crowsfoot::engine::{EngineError, Session, Settings};
use crowsfoot::prepare;

/// The ids of all built-in packs.
pub fn packs() -> impl Iterator<Item = &'static str> {
    catalog().packs.iter().map(|p| p.id.as_str())
}

/// The packs of the program, read once.
pub fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(Catalog::built_in)
}

pub fn pack(id: &str) -> &'static Pack {
    catalog().pack(id).expect("a built-in pack")
}

/// An empty instance on so many threads.
pub fn session_on(threads: usize) -> Session {
    Session::in_memory(&Settings {
        threads: Some(threads),
        ..Settings::default()
    })
    .expect("DuckDB starts")
}

pub fn session() -> Session {
    session_on(2)
}

/// A pack, made and filled in an instance of its own.
pub fn built(id: &str, scale: u64, seed: u64, threads: usize) -> Session {
    let request = Request { scale, seed };
    let build = prepare::build_of(pack(id), &catalog().lists, request, None).expect("a plan");
    let session = session_on(threads);
    session
        .build(&build, &mut |_| true)
        .expect("the pack can be built");
    session
}

/// All rows as text; NULL is `NULL`.
pub fn rows(session: &Session, sql: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let batches = session
        .rows(sql)
        .unwrap_or_else(|err| unreachable!("{err} in {sql}"));
    for batch in batches {
        for row in 0..batch.num_rows() {
            let cells = batch.columns().iter().map(|column| {
                if column.is_null(row) {
                    "NULL".to_owned()
                } else {
                    array_value_to_string(column, row).expect("a value with a text")
                }
            });
            rows.push(cells.collect());
        }
    }
    rows
}

/// The one value of a query.
pub fn value(session: &Session, sql: &str) -> String {
    let rows = rows(session, sql);
    assert_eq!(rows.len(), 1, "one row from {sql}");
    rows[0][0].clone()
}

pub fn number(session: &Session, sql: &str) -> f64 {
    let text = value(session, sql);
    text.parse()
        .unwrap_or_else(|_| unreachable!("{text} is no number, from {sql}"))
}

/// The error of a statement that must be refused.
#[track_caller]
pub fn refused(session: &Session, sql: &str) -> EngineError {
    match session.execute(sql) {
        Err(error) => error,
        Ok(()) => unreachable!("{sql} should have been refused"),
    }
}

/// Whether two numbers are as near as that.
#[track_caller]
pub fn check_near(what: &str, found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{what}: {found}, expected {expected} ± {tolerance}"
    );
}
