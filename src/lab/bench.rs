//! The layouts of one lab, standing side by side.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use arrow::record_batch::RecordBatch;

use super::report::BuildFigures;
use crate::catalog::{Lab, Layout, Parameter};
use crate::datagen::dialect::name as quoted;
use crate::engine::{
    Access, Answer, Build, EngineError, Interrupter, Session, Settings, substitute, within,
};

/// An error of a lab, with the layout and the statement it is of.
pub type LabError = EngineError;

/// The database of the pack's own tables.
const BASE: &str = "base";
/// Where nothing is attached to: the database every session has.
const NOWHERE: &str = "memory";

/// A lab's layouts, each a DuckDB file of its own in a folder that is gone with the value.
///
/// Nothing outside that folder can be reached from any statement.
pub struct Bench {
    session: Session,
    lab: Arc<Lab>,
    /// What the parameters of an entry stand for, by `read latest`.
    values: BTreeMap<String, Vec<Value>>,
    stopped: Arc<AtomicBool>,
    /// Behind the session: removed when that has closed its files.
    folder: tempfile::TempDir,
}

/// Name, type and value of a parameter.
type Value = (String, String, Option<String>);

impl Bench {
    /// An empty bench.
    ///
    /// `threads` as in [`Settings`].
    pub fn new(lab: Arc<Lab>, threads: Option<usize>) -> Result<Self, LabError> {
        let folder = tempfile::Builder::new()
            .prefix("crowsfoot-lab-")
            .tempdir()
            .map_err(|err| {
                EngineError::new(format!("there is no temporary folder for the lab: {err}"))
            })?;
        let session = Session::in_memory(&Settings {
            threads,
            memory_limit: None,
            access: Access::Folder(folder.path().to_owned()),
            keeps_log: true,
        })?;
        Ok(Self {
            session,
            lab,
            values: BTreeMap::new(),
            stopped: Arc::default(),
            folder,
        })
    }

    pub fn session(&self) -> &Session {
        &self.session
    }

    /// A way to stop what the bench does, from another thread.
    pub fn stopper(&self) -> Stopper {
        Stopper {
            interrupter: self.session.interrupter(),
            stopped: Arc::clone(&self.stopped),
        }
    }

    /// Forgets that the bench was stopped, so that it can be used again.
    pub fn resume(&self) {
        self.stopped.store(false, Ordering::SeqCst);
    }

    pub fn lab(&self) -> &Arc<Lab> {
        &self.lab
    }

    /// Makes the pack's tables; `on_step` as in [`Session::build`].
    pub fn make_base(
        &self,
        build: &Build,
        on_step: &mut dyn FnMut(crate::engine::BuildProgress) -> bool,
    ) -> Result<(), LabError> {
        self.session
            .execute(&format!("ATTACH ':memory:' AS {BASE}; USE {BASE}"))?;
        self.session.build(build, on_step)?;
        Ok(())
    }

    /// Takes the pack's tables away, and gives their memory back.
    pub fn drop_base(&self) -> Result<(), LabError> {
        self.session
            .execute(&format!("USE {NOWHERE}; DETACH {BASE}"))
    }

    /// Runs a statement on the pack's own tables.
    pub fn on_base(&self, sql: &str) -> Result<Vec<RecordBatch>, LabError> {
        self.session.execute(&format!("USE {BASE}"))?;
        self.session.rows(sql)
    }

    /// One whole number from the pack's own tables.
    pub fn count_on_base(&self, sql: &str) -> Result<Option<i64>, LabError> {
        self.session.execute(&format!("USE {BASE}"))?;
        Ok(self.session.text_value(sql)?.and_then(|t| t.parse().ok()))
    }

    /// Finds the values of an entry's parameters in the pack's own tables.
    pub fn find_values(&mut self, entry: &str, parameters: &[Parameter]) -> Result<(), LabError> {
        self.session.execute(&format!("USE {BASE}"))?;
        let mut values = Vec::new();
        for parameter in parameters {
            let found = self
                .session
                .default_of(&parameter.data_type, &parameter.default)
                .map_err(|err| {
                    self.of_entry(err, None, &format!("{entry}, ${}", parameter.name))
                })?;
            if found.is_none() {
                let err = EngineError::new("the default finds no value");
                return Err(self.of_entry(err, None, &format!("{entry}, ${}", parameter.name)));
            }
            values.push((parameter.name.clone(), parameter.data_type.clone(), found));
        }
        self.values.insert(entry.to_owned(), values);
        Ok(())
    }

    /// The values of an entry's parameters, for one that is edited.
    pub fn copy_values(&mut self, from: &str, to: &str) {
        let values = self.values.get(from).cloned().unwrap_or_default();
        self.values.insert(to.to_owned(), values);
    }

    /// Makes a layout from the pack's tables. Says how long it took and what is in it.
    pub fn make_layout(&self, layout: &Layout) -> Result<BuildFigures, LabError> {
        let started = Instant::now();
        let files = self.files_of(&layout.id);
        std::fs::create_dir_all(&files)?;
        self.attach(&layout.id)?;
        self.enter(&layout.id)?;
        let of_layout = |err| self.of_entry(err, Some(&layout.id), "building it");
        for table in &layout.keeps {
            let name = quoted(table);
            self.session
                .execute(&format!(
                    "CREATE TABLE {name} AS SELECT * FROM {BASE}.{name}"
                ))
                .map_err(of_layout)?;
        }
        let build = self.with_folder(&layout.build, &layout.id);
        if !build.trim().is_empty() {
            self.session.execute(&build).map_err(of_layout)?;
        }
        self.session.execute("CHECKPOINT").map_err(of_layout)?;
        let build_ms = started.elapsed().as_secs_f64() * 1e3;
        let tables = self.table_rows(&layout.id)?;
        let (count, bytes) = size_of_folder(&files)?;
        Ok(BuildFigures {
            layout: layout.id.clone(),
            build_ms,
            bytes: bytes + std::fs::metadata(self.file_of(&layout.id))?.len(),
            tables,
            files: count,
        })
    }

    fn table_rows(&self, layout: &str) -> Result<Vec<(String, u64)>, LabError> {
        let names = self.session.text_values(&format!(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = '{layout}'
             UNION ALL SELECT view_name FROM duckdb_views()
             WHERE database_name = '{layout}' AND NOT internal"
        ))?;
        let names: Vec<String> = names.into_iter().flatten().collect();
        let counts = self.session.row_counts(&names)?;
        Ok(counts.into_iter().map(|t| (t.table, t.rows)).collect())
    }

    /// Makes the layout the one statements are about.
    ///
    /// Fails when the bench was stopped: DuckDB forgets an interrupt between two statements.
    pub fn enter(&self, layout: &str) -> Result<(), LabError> {
        if self.stopped.load(Ordering::SeqCst) {
            return Err(EngineError::cancelled());
        }
        self.session.execute(&format!("USE {}", quoted(layout)))
    }

    /// Closes the layout's database and opens it again: nothing of it is in DuckDB's memory then.
    ///
    /// What the system keeps of the file stays, so this is not as cold as a fresh machine.
    pub fn reopen(&self, layout: &str) -> Result<(), LabError> {
        self.close(layout)?;
        self.attach(layout)?;
        self.enter(layout)
    }

    fn attach(&self, layout: &str) -> Result<(), LabError> {
        let file = self.file_of(layout).display().to_string();
        self.session.execute(&format!(
            "ATTACH '{}' AS {}",
            file.replace('\'', "''"),
            quoted(layout)
        ))
    }

    pub(super) fn close(&self, layout: &str) -> Result<(), LabError> {
        self.session
            .execute(&format!("USE {NOWHERE}; DETACH {}", quoted(layout)))
    }

    /// Runs something on a layout and puts its database back as it was.
    ///
    /// For changes that are committed: the file is copied before and put back after.
    pub fn and_restore<T>(
        &self,
        layout: &str,
        work: impl FnOnce() -> Result<T, LabError>,
    ) -> Result<T, LabError> {
        let (file, copy) = (self.file_of(layout), self.folder.path().join("before"));
        self.close(layout)?;
        std::fs::copy(&file, &copy)?;
        self.attach(layout)?;
        self.enter(layout)?;
        let result = work();
        // An open transaction would keep the database from being closed.
        self.session.execute("ROLLBACK").ok();
        self.close(layout)?;
        std::fs::remove_file(self.log_of(layout)).ok();
        std::fs::rename(&copy, &file)?;
        self.attach(layout)?;
        result
    }

    /// An entry's statement as it runs on a layout.
    pub fn statement(&self, entry: &str, layout: &str, sql: &str) -> Result<String, LabError> {
        let values = self.values.get(entry);
        let sql = self.with_folder(sql, layout);
        let filled = substitute(&sql, &|name| {
            let (_, data_type, value) = values?.iter().find(|(n, _, _)| n == name)?;
            Some((data_type.clone(), value.clone()))
        })
        .map_err(|err| self.of_entry(err, Some(layout), entry))?;
        Ok(filled.sql)
    }

    fn with_folder(&self, sql: &str, layout: &str) -> String {
        let folder = self.files_of(layout).display().to_string();
        sql.replace("$dir", &folder.replace('\'', "''"))
    }

    /// All rows of a statement on a layout.
    pub fn answer(&self, entry: &str, layout: &str, sql: &str) -> Result<Answer, LabError> {
        self.enter(layout)?;
        let batches = self
            .session
            .rows(sql)
            .map_err(|err| self.of_entry(err, Some(layout), entry))?;
        Answer::from_batches(&batches)
    }

    /// Reads all rows of a statement and says how long that took.
    pub fn time(&self, entry: &str, layout: &str, sql: &str) -> Result<Duration, LabError> {
        self.enter(layout)?;
        let started = Instant::now();
        self.session
            .stream(sql, &mut |_| {}, &mut |_| {
                Ok(std::ops::ControlFlow::Continue(()))
            })
            .map_err(|err| self.of_entry(err, Some(layout), entry))?;
        Ok(started.elapsed())
    }

    /// The error with the lab, the layout and the entry it is of.
    pub fn of_entry(&self, err: LabError, layout: Option<&str>, entry: &str) -> LabError {
        if err.is_cancelled {
            return err;
        }
        let layout = layout.map_or_else(String::new, |l| format!(", layout {l}"));
        EngineError {
            message: format!("lab {}{layout}, {entry}: {}", self.lab.id, err.message),
            place: None,
            ..err
        }
    }

    fn file_of(&self, layout: &str) -> PathBuf {
        self.folder.path().join(format!("{layout}.duckdb"))
    }

    fn log_of(&self, layout: &str) -> PathBuf {
        self.folder.path().join(format!("{layout}.duckdb.wal"))
    }

    /// All files of a layout, as they are now.
    pub(super) fn written(&self, layout: &str) -> Result<Written, LabError> {
        let size = |path: &Path| std::fs::metadata(path).map_or(0, |m| m.len());
        Ok(Written {
            // Large inserts put whole blocks into the database and only name them in the log.
            database: size(&self.log_of(layout)) + size(&self.file_of(layout)),
            files: files_below(&self.files_of(layout))?,
        })
    }

    /// The layout's folder of files, `$dir` in its statements.
    pub fn files_of(&self, layout: &str) -> PathBuf {
        self.folder.path().join(format!("{layout}_files"))
    }

    /// Where the bench stands, for tests of what is left behind.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Stops a bench, from another thread.
#[derive(Clone)]
pub struct Stopper {
    interrupter: Interrupter,
    stopped: Arc<AtomicBool>,
}

impl Stopper {
    /// Ends the running statement, and lets no other begin.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.interrupter.interrupt();
    }

    /// Runs something on the bench, and stops it when it takes longer than the limit.
    ///
    /// The second value says whether it was stopped for that.
    pub fn within<T>(&self, limit: Duration, work: impl FnOnce() -> T) -> (T, bool) {
        within(limit, || self.stop(), work)
    }
}

/// What the files of a layout are at one moment.
pub(super) struct Written {
    database: u64,
    files: Files,
}

/// Bytes and time of the last change of each file.
type Files = BTreeMap<PathBuf, (u64, SystemTime)>;

impl Written {
    /// Bytes written since an earlier moment: what the database has grown by, and all files that
    /// are new or were written again.
    pub fn since(&self, before: &Self) -> u64 {
        let files = self.files.iter();
        let changed = files.filter(|(path, file)| before.files.get(*path) != Some(file));
        let files: u64 = changed.map(|(_, (bytes, _))| bytes).sum();
        self.database.saturating_sub(before.database) + files
    }
}

/// All files below a folder.
fn files_below(folder: &Path) -> Result<Files, LabError> {
    let mut found = Files::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(files_below(&entry.path())?);
        } else {
            let about = entry.metadata()?;
            found.insert(entry.path(), (about.len(), about.modified()?));
        }
    }
    Ok(found)
}

/// How many files there are below a folder, and their bytes.
pub(super) fn size_of_folder(folder: &Path) -> Result<(u64, u64), LabError> {
    let files = files_below(folder)?;
    let bytes = files.values().map(|(bytes, _)| bytes).sum();
    Ok((files.len() as u64, bytes))
}
