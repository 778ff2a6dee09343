//! The worker: jobs go in, events come out, rows arrive in between.

mod export;
mod integrity;
mod jobs;
mod places;
mod profile;
mod sandbox;
mod types;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crowsfoot::datagen::{Plan, PlannedStep};
use crowsfoot::engine::{
    Build, BuildJob, BuildReport, Cell, Engine, EngineError, Event, Job, ParameterValue, QueryId,
    QueryJob, QueryPurpose, QuerySummary, ResultStore, Settings, StopReason,
};

/// Long enough for anything here on a busy machine; nobody waits that long when all is well.
const PATIENCE: Duration = Duration::from_secs(60);
/// Runs for hours unless it is stopped, and gives its one row at the end.
const ENDLESS: &str = "SELECT count(*) FROM range(10000000) a, range(10000000) b \
                       WHERE (a.range * 7919 + b.range) % 1000003 = 17";

/// A worker with the pack `p` built: `nation(id, name)` of three rows.
struct Bench {
    engine: Engine,
    /// One message for each time the worker woke the window.
    wakes: Receiver<()>,
}

impl Bench {
    fn new() -> Self {
        let (sender, wakes) = channel();
        let wake = Arc::new(move || {
            sender.send(()).ok();
        });
        let settings = Settings {
            threads: Some(2),
            ..Settings::default()
        };
        let engine = Engine::start(settings, wake).expect("a thread");
        let bench = Self { engine, wakes };
        bench
            .build(
                "p",
                &[
                    "CREATE TABLE nation (id BIGINT PRIMARY KEY, name VARCHAR)",
                    "INSERT INTO nation VALUES (1, 'Kenya'), (2, 'Peru'), (3, 'Japan')",
                ],
            )
            .expect("the little pack can be built");
        bench
    }

    fn submit_build(&self, pack: &str, statements: &[&str]) {
        let steps = statements.iter().map(|sql| PlannedStep {
            id: "step".into(),
            table: "nation".into(),
            sql: (*sql).to_owned(),
            rows: None,
            drops: Vec::new(),
        });
        self.engine.submit(Job::Build(Box::new(BuildJob {
            pack: pack.into(),
            title: pack.to_uppercase(),
            build: Build {
                schema: Some(pack.into()),
                plan: Plan {
                    steps: steps.collect(),
                    cleanup: Vec::new(),
                },
                tables: vec!["nation".into()],
                ..Build::default()
            },
            scale: 3,
            seed: 1,
        })));
    }

    /// Builds a pack and waits for it.
    fn build(&self, pack: &str, statements: &[&str]) -> Result<BuildReport, EngineError> {
        self.submit_build(pack, statements);
        loop {
            match self.event() {
                Event::Built { report, .. } => return Ok(report),
                Event::BuildFailed { error, .. } => return Err(error),
                _ => {}
            }
        }
    }

    fn event(&self) -> Event {
        self.engine.wait(PATIENCE).expect("an event in time")
    }

    fn submit(&self, id: QueryId, sql: &str) -> Arc<ResultStore> {
        self.submit_with(id, QueryPurpose::Workbench, sql, &[])
    }

    fn submit_with(
        &self,
        id: QueryId,
        purpose: QueryPurpose,
        sql: &str,
        parameters: &[ParameterValue],
    ) -> Arc<ResultStore> {
        let store = Arc::new(ResultStore::default());
        self.engine.submit(Job::Query(Box::new(QueryJob {
            id,
            pack: "p".into(),
            purpose,
            sql: sql.into(),
            parameters: parameters.to_vec(),
            store: Arc::clone(&store),
        })));
        store
    }

    /// Waits until the query has begun.
    fn started(&self, wanted: QueryId) {
        while !matches!(self.event(), Event::QueryStarted { id } if id == wanted) {}
    }

    /// Waits for the end of the query.
    fn outcome(&self, wanted: QueryId) -> Result<QuerySummary, EngineError> {
        loop {
            match self.event() {
                Event::QueryDone { id, summary } if id == wanted => return Ok(summary),
                Event::QueryFailed { id, error } if id == wanted => return Err(error),
                _ => {}
            }
        }
    }

    /// Runs a statement to its end.
    fn run(&self, sql: &str) -> (Arc<ResultStore>, Result<QuerySummary, EngineError>) {
        let store = self.submit(1, sql);
        let outcome = self.outcome(1);
        (store, outcome)
    }

    /// The rows of a statement that must work, as text.
    #[track_caller]
    fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let (store, outcome) = self.run(sql);
        outcome.expect("the statement works");
        assert!(matches!(store.stopped(), Some((StopReason::Complete, _))));
        let columns = store.columns().len();
        (0..store.row_count())
            .map(|row| (0..columns).map(|c| text(&store, row, c)).collect())
            .collect()
    }

    /// The error of a statement that must fail.
    #[track_caller]
    fn error(&self, sql: &str) -> EngineError {
        let (store, outcome) = self.run(sql);
        let error = outcome.expect_err("the statement fails");
        assert_eq!(
            store.stopped().map(|(reason, _)| reason),
            Some(StopReason::Failed(error.clone())),
            "the store tells the same"
        );
        error
    }
}

fn text(store: &ResultStore, row: usize, column: usize) -> String {
    match store.value(row, column) {
        Cell::Text(text) => text,
        Cell::Null => "NULL".to_owned(),
        Cell::Unreadable => "UNREADABLE".to_owned(),
    }
}
