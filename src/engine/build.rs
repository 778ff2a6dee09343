//! Makes the tables of a model, fills them, and proves what was not enforced on the way.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::datagen::Plan;
use crate::datagen::dialect::name as quoted;
use crate::ddl::{Constraint, DuckDbScript, Purpose};

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
    /// What is proven by query once all rows are there. Empty: the tables watch over their
    /// constraints themselves.
    pub proofs: Vec<Constraint>,
    pub tables: Vec<String>,
}

/// How it is made sure that the rows keep the constraints of the model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Integrity {
    /// The tables have their constraints, every row is checked as it comes in.
    #[default]
    Enforced,
    /// The tables have no constraints while they are filled (several times faster); queries
    /// prove them once all rows are there.
    Verified,
}

impl Build {
    /// Puts a model's script and its data plan together.
    ///
    /// With [`Integrity::Verified`] the script is one written without constraints.
    pub fn new(
        schema: Option<String>,
        script: &DuckDbScript,
        integrity: Integrity,
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
            proofs: match integrity {
                Integrity::Enforced => Vec::new(),
                Integrity::Verified => script.constraints.clone(),
            },
            tables,
        }
    }

    pub fn integrity(&self) -> Integrity {
        if self.proofs.is_empty() {
            Integrity::Enforced
        } else {
            Integrity::Verified
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
    pub integrity: Integrity,
    pub elapsed: Duration,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRows {
    pub table: String,
    pub rows: u64,
    /// Memory (and spilled memory) that filling the table took, its keys included, other
    /// indexes not. 0 where the rows went to a file.
    pub bytes: u64,
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
        let steps = build.plan.steps.len() + build.proofs.len() + 2;
        let mut step = 0;
        let mut begin = |label: &str| {
            let progress = BuildProgress {
                label: label.to_owned(),
                step,
                steps,
            };
            step += 1;
            if on_step(progress) {
                Ok(())
            } else {
                Err(EngineError::cancelled())
            }
        };
        begin("tables")?;
        if let Some(schema) = &build.schema {
            self.enter_schema(schema)?;
        }
        for sql in &build.before {
            self.execute(sql)
                .map_err(|err| in_statement(err, "making the tables", sql))?;
        }
        let mut bytes = BTreeMap::new();
        let mut held = self.bytes_held()?;
        for step in &build.plan.steps {
            begin(step.id.trim_start_matches('_'))?;
            self.execute(&step.sql).map_err(|err| EngineError {
                message: format!("filling {} (step {}): {}", step.table, step.id, err.message),
                place: None,
                ..err
            })?;
            let grown = self.bytes_held()?.saturating_sub(held);
            *bytes.entry(step.table.to_lowercase()).or_insert(0) += grown;
            for table in &step.drops {
                self.execute(&format!("DROP TABLE {}", quoted(table)))?;
            }
            held = self.bytes_held()?;
        }
        for proof in &build.proofs {
            begin(&format!("proof of the keys of {}", proof.table))?;
            self.prove(proof)?;
        }
        begin("indexes and views")?;
        for sql in build.plan.cleanup.iter().chain(&build.after) {
            self.execute(sql)
                .map_err(|err| in_statement(err, "making indexes and views", sql))?;
        }
        let mut tables = self.row_counts(&build.tables)?;
        for table in &mut tables {
            table.bytes = bytes.get(&table.table.to_lowercase()).copied().unwrap_or(0);
        }
        Ok(BuildReport {
            tables,
            integrity: build.integrity(),
            elapsed: started.elapsed(),
        })
    }

    /// What the tables of an instance in memory hold, in memory and spilled.
    fn bytes_held(&self) -> Result<u64, EngineError> {
        let held = self.count(
            "SELECT CAST(coalesce(sum(memory_usage_bytes + temporary_storage_bytes), 0) AS UBIGINT)
             FROM duckdb_memory() WHERE tag IN ('IN_MEMORY_TABLE', 'ART_INDEX')",
        )?;
        Ok(held.unwrap_or(0))
    }

    /// Fails when rows break the constraint.
    fn prove(&self, proof: &Constraint) -> Result<(), EngineError> {
        let broken = self
            .count(&proof.violations)
            .map_err(|err| in_statement(err, "proving the keys", &proof.violations))?;
        match broken {
            Some(0) => Ok(()),
            found => Err(EngineError::new(format!(
                "the table {} breaks {} in {} rows",
                proof.table,
                proof.shown,
                found.unwrap_or(0)
            ))),
        }
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
                    bytes: 0,
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
