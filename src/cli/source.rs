//! What a command works on: a pack, SQL files, a DuckDB file, or a folder of data files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{DataArgs, Failure};
use crate::catalog::{Catalog, Pack};
use crate::datagen::Request;
use crate::ddl::{self, Problem};
use crate::engine::{Access, EngineError, Session, Settings};
use crate::model::Schema;
use crate::prepare;

/// A source as it was named.
pub enum Source {
    Pack(Arc<Pack>),
    Sql(Vec<PathBuf>),
    DuckDb(PathBuf),
    Folder(PathBuf),
}

/// Decides what the names mean. Several names are SQL files.
pub fn find(names: &[String], catalog: &Catalog) -> Result<Source, Failure> {
    if let [name] = names {
        if let Some(pack) = catalog.pack(name) {
            return Ok(Source::Pack(Arc::clone(pack)));
        }
        let path = PathBuf::from(name);
        if path.is_dir() {
            return Ok(Source::Folder(path));
        }
        let is_sql = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("sql"));
        if path.is_file() && !is_sql {
            return Ok(Source::DuckDb(path));
        }
        if !path.exists() {
            return Err(unknown(name, catalog));
        }
    }
    let paths: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
    match paths.iter().find(|p| !p.is_file()) {
        Some(missing) => Err(unknown(&missing.display().to_string(), catalog)),
        None => Ok(Source::Sql(paths)),
    }
}

fn unknown(name: &str, catalog: &Catalog) -> Failure {
    let packs: Vec<&str> = catalog.packs.iter().map(|p| p.id.as_str()).collect();
    Failure::Usage(format!(
        "there is no pack, file or folder {name}; the packs are {}",
        packs.join(", ")
    ))
}

impl Source {
    /// For titles.
    pub fn name(&self) -> String {
        match self {
            Self::Pack(pack) => pack.title.clone(),
            Self::Sql(paths) => paths.first().map_or_else(String::new, |p| stem(p)),
            Self::DuckDb(path) | Self::Folder(path) => stem(path),
        }
    }

    /// The model, and what could not be read of it.
    pub fn schema(&self) -> Result<(Schema, Vec<Problem>), Failure> {
        match self {
            Self::Pack(pack) => Ok((pack.schema.clone(), Vec::new())),
            Self::Sql(paths) => {
                let mut text = String::new();
                for path in paths {
                    text.push_str(&read(path)?);
                    text.push('\n');
                }
                Ok(read_ddl(&text))
            }
            Self::DuckDb(path) => Ok(read_ddl(&described(&Session::open_file(
                path,
                &Settings::default(),
            )?)?)),
            Self::Folder(path) => {
                let session = folder_session(path)?;
                Ok(read_ddl(&described_views(&session)?))
            }
        }
    }

    /// An instance in which the tables can be queried.
    pub fn session(&self, catalog: &Catalog, data: DataArgs) -> Result<Session, Failure> {
        match self {
            Self::Pack(pack) => {
                let request = Request {
                    scale: data.rows,
                    seed: data.seed,
                };
                let build =
                    prepare::build_of(pack, &catalog.lists, request, Some(pack.id.clone()))?;
                let session = Session::in_memory(&all_cores())?;
                session.build(&build, &mut |_| true)?;
                Ok(session)
            }
            Self::Sql(_) => {
                let (schema, _) = self.schema()?;
                let session = Session::in_memory(&all_cores())?;
                for statement in ddl::to_duckdb(&schema).statements {
                    session.execute(&statement.sql)?;
                }
                Ok(session)
            }
            Self::DuckDb(path) => Ok(Session::open_file(path, &all_cores())?),
            Self::Folder(path) => folder_session(path),
        }
    }
}

/// Nothing else needs the machine while a command runs.
pub fn all_cores() -> Settings {
    Settings {
        threads: std::thread::available_parallelism()
            .ok()
            .map(std::num::NonZero::get),
        ..Settings::default()
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path)
        .map_err(|err| Failure::Failed(format!("{} cannot be read: {err}", path.display())))?;
    // Old dumps are often in another encoding: names are ASCII, so the schema survives.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn read_ddl(text: &str) -> (Schema, Vec<Problem>) {
    let reading = ddl::read(text);
    (reading.schema, reading.problems)
}

/// The DDL of a database, as DuckDB writes it.
fn described(session: &Session) -> Result<String, EngineError> {
    let mut text = String::new();
    for query in [
        "SELECT string_agg(sql, ';\n' ORDER BY table_oid) FROM duckdb_tables() WHERE NOT internal",
        "SELECT string_agg(sql, ';\n' ORDER BY index_oid) FROM duckdb_indexes() WHERE sql IS NOT NULL",
        "SELECT string_agg(sql, ';\n' ORDER BY view_oid) FROM duckdb_views() WHERE NOT internal",
    ] {
        if let Some(sql) = session.text_value(query)? {
            text.push_str(&sql);
            text.push_str(";\n");
        }
    }
    Ok(text)
}

/// Views over files have no DDL of their own: their columns are asked for.
fn described_views(session: &Session) -> Result<String, EngineError> {
    let query = "SELECT string_agg(ddl, ';\n') FROM (
        SELECT 'CREATE TABLE \"' || replace(table_name, '\"', '\"\"') || '\" (' ||
               string_agg('\"' || replace(column_name, '\"', '\"\"') || '\" ' || data_type, ', ' ORDER BY column_index) || ')' AS ddl
        FROM duckdb_columns() WHERE NOT internal GROUP BY table_name ORDER BY table_name)";
    Ok(session.text_value(query)?.unwrap_or_default())
}

/// An instance with a view for each data file of a folder.
fn folder_session(folder: &Path) -> Result<Session, Failure> {
    let full = folder
        .canonicalize()
        .map_err(|err| Failure::Failed(format!("{} cannot be read: {err}", folder.display())))?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(&full)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| reader_of(path).is_some())
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Failure::Usage(format!(
            "{} holds no pack, and no .csv or .parquet files",
            folder.display()
        )));
    }
    let session = Session::in_memory(&Settings {
        access: Access::Folder(full),
        ..all_cores()
    })?;
    for file in files {
        let Some(reader) = reader_of(&file) else {
            continue;
        };
        let name = stem(&file).replace('"', "\"\"");
        let path = file.display().to_string().replace('\'', "''");
        session
            .execute(&format!(
                "CREATE VIEW \"{name}\" AS SELECT * FROM {reader}('{path}')"
            ))
            .map_err(|err| Failure::Failed(format!("{}: {err}", file.display())))?;
    }
    Ok(session)
}

fn reader_of(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "csv" => Some("read_csv"),
        "parquet" => Some("read_parquet"),
        _ => None,
    }
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|s| s.to_string_lossy().into_owned())
        .unwrap_or_default()
}
