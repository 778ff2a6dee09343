//! One DuckDB instance and what can be done with it.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use duckdb::{AccessMode, Config, Connection, InterruptHandle};

use crate::ddl::{TokenKind, tokens};

use super::EngineError;
use super::zone::{batch_in_utc, schema_in_utc};

/// What an instance may use.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Threads DuckDB works on. `None`: all cores but one (at least one), so that a window
    /// beside it stays alive.
    pub threads: Option<usize>,
    /// DuckDB's form: `4GB`. `None`: DuckDB's default, 80 % of the memory.
    pub memory_limit: Option<String>,
    /// What the statements may reach.
    pub access: Access,
    /// Whether what is committed stays in the log until CHECKPOINT: so its bytes can be counted.
    pub keeps_log: bool,
}

/// What statements may reach outside the instance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// No files, no network, no extensions, and no way to change that.
    #[default]
    Nothing,
    /// Files below this folder only.
    Folder(PathBuf),
}

/// A DuckDB instance.
///
/// Larger-than-memory work spills to a temporary folder of its own, removed with the session.
pub struct Session {
    connection: Connection,
    /// Kept for its Drop: removes the folder.
    _spill_folder: Option<tempfile::TempDir>,
}

/// Stops what a session is doing, from another thread.
#[derive(Clone)]
pub struct Interrupter(Arc<InterruptHandle>);

impl Interrupter {
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl Session {
    /// An empty instance in memory.
    pub fn in_memory(settings: &Settings) -> Result<Self, EngineError> {
        let (config, folder) = config(settings)?;
        let connection = Connection::open_in_memory_with_flags(config)?;
        Self::set_up(connection, folder, &settings.access)
    }

    /// A new DuckDB file. Fails when it exists: nothing is overwritten.
    pub fn create_file(path: &Path, settings: &Settings) -> Result<Self, EngineError> {
        if path.exists() {
            return Err(EngineError::new(format!(
                "{} exists already: choose another name or remove it first",
                path.display()
            )));
        }
        let (config, folder) = config(settings)?;
        let connection = Connection::open_with_flags(path, config)?;
        Self::set_up(connection, folder, &settings.access)
    }

    /// An existing DuckDB file, read-only.
    pub fn open_file(path: &Path, settings: &Settings) -> Result<Self, EngineError> {
        if !path.is_file() {
            return Err(EngineError::new(format!(
                "there is no file {}",
                path.display()
            )));
        }
        let (config, folder) = config(settings)?;
        let config = config.access_mode(AccessMode::ReadOnly)?;
        let connection = Connection::open_with_flags(path, config).map_err(|err| {
            let err = EngineError::from(err);
            if err.message.contains("lock") {
                EngineError::new(format!(
                    "{} is in use by another program: close it there, or copy the file",
                    path.display()
                ))
            } else {
                err
            }
        })?;
        Self::set_up(connection, folder, &settings.access)
    }

    fn set_up(
        connection: Connection,
        folder: Option<tempfile::TempDir>,
        access: &Access,
    ) -> Result<Self, EngineError> {
        if let Access::Folder(path) = access {
            // A list cannot be given before the instance is open, nor after external access is off.
            let path = path.display().to_string().replace('\'', "''");
            connection.execute_batch(&format!(
                "SET allowed_directories = ['{path}']; SET enable_external_access = false"
            ))?;
        }
        // Both are settings of a connection, not of the instance; they must come before the lock.
        connection.set_query_progress_tracking(true)?;
        connection.execute_batch("SET lock_configuration = true")?;
        Ok(Self {
            connection,
            _spill_folder: folder,
        })
    }

    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.connection.interrupt_handle())
    }

    /// How far the running statement is, asked from another thread.
    pub fn progress(&self) -> Progress {
        Progress(Arc::new(self.connection.progress_handle()))
    }

    /// Runs statements whose rows nobody wants.
    pub fn execute(&self, sql: &str) -> Result<(), EngineError> {
        Ok(self.connection.execute_batch(sql)?)
    }

    /// Runs statements and hands the rows of the last one over, batch by batch.
    ///
    /// `on_columns` is called once before the first batch; `on_rows` may stop the reading.
    pub fn stream(
        &self,
        sql: &str,
        on_columns: &mut dyn FnMut(SchemaRef),
        on_rows: &mut dyn FnMut(RecordBatch) -> Result<ControlFlow<()>, EngineError>,
    ) -> Result<(), EngineError> {
        if sql.contains('\0') {
            return Err(EngineError::new("the text holds a NUL character"));
        }
        if says_nothing(sql) {
            return Err(EngineError::new("There is no statement to run"));
        }
        let mut statement = self.connection.prepare(sql)?;
        let mut batches = statement.stream_arrow([])?;
        let schema = schema_in_utc(&batches.get_schema());
        on_columns(Arc::clone(&schema));
        for batch in &mut batches {
            if on_rows(batch_in_utc(batch?, &schema)?)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// All rows of a small result.
    pub fn rows(&self, sql: &str) -> Result<Vec<RecordBatch>, EngineError> {
        let mut rows = Vec::new();
        self.stream(sql, &mut |_| {}, &mut |batch| {
            rows.push(batch);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    /// The first value of the first row as text; `None` when there is no row or it is NULL.
    pub fn text_value(&self, sql: &str) -> Result<Option<String>, EngineError> {
        Ok(self.text_values(sql)?.into_iter().next().flatten())
    }

    /// The first column of all rows of a small result as text; NULL is `None`.
    pub fn text_values(&self, sql: &str) -> Result<Vec<Option<String>>, EngineError> {
        let mut values = Vec::new();
        for batch in self.rows(sql)?.iter().filter(|b| b.num_columns() > 0) {
            let column = batch.column(0);
            for row in 0..batch.num_rows() {
                values.push(if column.is_null(row) {
                    None
                } else {
                    Some(arrow::util::display::array_value_to_string(column, row)?)
                });
            }
        }
        Ok(values)
    }

    /// The value a parameter's default (a literal or a SELECT) stands for, as text of its type.
    pub fn default_of(
        &self,
        data_type: &str,
        default: &str,
    ) -> Result<Option<String>, EngineError> {
        self.text_value(&format!("SELECT CAST(({default}) AS {data_type})"))
    }

    /// A whole number from a query of one value. `None` when there is none.
    pub fn count(&self, sql: &str) -> Result<Option<u64>, EngineError> {
        Ok(self.text_value(sql)?.and_then(|text| text.parse().ok()))
    }
}

/// A view on the progress of a session's running statement.
#[derive(Clone)]
pub struct Progress(Arc<duckdb::ProgressHandle>);

impl Progress {
    /// 0 to 1; `None` when DuckDB cannot tell, which is not the same as 0.
    pub fn fraction(&self) -> Option<f32> {
        let percentage = self.0.query_progress().percentage()?;
        Some((percentage / 100.0).clamp(0.0, 1.0) as f32)
    }
}

/// All cores but one, at least one.
fn default_threads() -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get().saturating_sub(1).max(1))
}

fn config(settings: &Settings) -> Result<(Config, Option<tempfile::TempDir>), EngineError> {
    let threads = settings.threads.unwrap_or_else(default_threads).max(1);
    let mut config = Config::default()
        .with("errors_as_json", "true")?
        .with("autoinstall_known_extensions", "false")?
        .with("autoload_known_extensions", "false")?
        .with("threads", threads.to_string())?;
    if let Some(limit) = &settings.memory_limit {
        config = config.max_memory(limit)?;
    }
    // Without a folder to spill to, large work fails with a clear message instead.
    let folder = tempfile::Builder::new().prefix("crowsfoot-").tempdir().ok();
    let spill = folder.as_ref().map(|f| f.path().display().to_string());
    if let Some(path) = &spill {
        config = config.with("temp_directory", path)?;
    }
    if settings.keeps_log {
        config = config.with("wal_autocheckpoint", "1TB")?;
    }
    if settings.access == Access::Nothing {
        config = config.enable_external_access(false)?;
    }
    Ok((config, folder))
}

/// Whether a text has comments and semicolons at most.
fn says_nothing(sql: &str) -> bool {
    tokens(sql)
        .iter()
        .all(|token| token.kind() == TokenKind::Comment || sql.get(token.range()) == Some(";"))
}
