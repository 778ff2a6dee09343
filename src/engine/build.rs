//! Makes the tables of a model and fills them.

use std::time::{Duration, Instant};

use crate::datagen::Plan;
use crate::ddl::{DuckDbScript, Purpose};

use super::{EngineError, Session};

/// What to build: tables, then data, then what waits for the data.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// The DuckDB schema to build into; `None` for the default one.
    pub schema: Option<String>,
    /// Statements that make tables, sequences and types.
    pub before: Vec<String>,
    pub plan: Plan,
    /// Indexes and views: cheaper to make, or only possible, once the rows are there.
    pub after: Vec<String>,
    pub tables: Vec<String>,
}

impl Build {
    /// Puts a model's script and its data plan together.
    pub fn new(
        schema: Option<String>,
        script: &DuckDbScript,
        plan: Plan,
        tables: Vec<String>,
    ) -> Self {
        let (before, after) = script
            .statements
            .iter()
            .partition::<Vec<_>, _>(|s| !matches!(s.purpose, Purpose::Index | Purpose::View));
        let sql = |statements: Vec<&crate::ddl::Statement>| {
            statements.into_iter().map(|s| s.sql.clone()).collect()
        };
        Self {
            schema,
            before: sql(before),
            plan,
            after: sql(after),
            tables,
        }
    }
}

/// How far a build is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildProgress {
    /// The table being filled, or what else is being made.
    pub label: String,
    pub step: usize,
    pub steps: usize,
}

/// What was built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildReport {
    pub tables: Vec<TableRows>,
    pub elapsed: Duration,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRows {
    pub table: String,
    pub rows: u64,
}

impl Session {
    /// Builds all of it. On an error the instance is left half-built: throw it away.
    ///
    /// `on_step` is called before each step and may end the build by returning false.
    pub fn build(
        &self,
        build: &Build,
        on_step: &mut dyn FnMut(BuildProgress) -> bool,
    ) -> Result<BuildReport, EngineError> {
        let started = Instant::now();
        let steps = build.plan.steps.len() + 2;
        let mut begin = |label: &str, step: usize| {
            let progress = BuildProgress {
                label: label.to_owned(),
                step,
                steps,
            };
            if on_step(progress) {
                Ok(())
            } else {
                Err(EngineError::cancelled())
            }
        };
        begin("tables", 0)?;
        if let Some(schema) = &build.schema {
            self.enter_schema(schema)?;
        }
        for sql in &build.before {
            self.execute(sql)
                .map_err(|err| in_statement(err, "making the tables", sql))?;
        }
        for (index, step) in build.plan.steps.iter().enumerate() {
            begin(step.table.trim_start_matches('_'), index + 1)?;
            self.execute(&step.sql).map_err(|err| EngineError {
                message: format!("filling {} (step {}): {}", step.table, step.id, err.message),
                place: None,
                ..err
            })?;
        }
        begin("indexes and views", steps - 1)?;
        for sql in build.plan.cleanup.iter().chain(&build.after) {
            self.execute(sql)
                .map_err(|err| in_statement(err, "making indexes and views", sql))?;
        }
        Ok(BuildReport {
            tables: self.row_counts(&build.tables)?,
            elapsed: started.elapsed(),
        })
    }

    /// Makes a schema and puts it alone on the search path.
    pub fn enter_schema(&self, schema: &str) -> Result<(), EngineError> {
        let name = quoted(schema);
        self.execute(&format!("CREATE SCHEMA IF NOT EXISTS {name}; USE {name}"))
    }

    pub fn row_counts(&self, tables: &[String]) -> Result<Vec<TableRows>, EngineError> {
        tables
            .iter()
            .map(|table| {
                let rows = self.count(&format!("SELECT count(*) FROM {}", quoted(table)))?;
                Ok(TableRows {
                    table: table.clone(),
                    rows: rows.unwrap_or(0),
                })
            })
            .collect()
    }
}

fn in_statement(err: EngineError, what: &str, sql: &str) -> EngineError {
    let first_line = sql.lines().next().unwrap_or_default();
    EngineError {
        message: format!("{what}: {} (in `{first_line}`)", err.message),
        place: None,
        ..err
    }
}

/// A name in double quotes.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
