//! `crowsfoot generate`

use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::{DataArgs, Failure, Outcome, source};
use crate::catalog::{Catalog, Pack};
use crate::datagen::{Request, dialect};
use crate::engine::{BuildReport, ExportFormat, ResultStore, Session, StopReason, export};
use crate::prepare;

#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// The pack's id
    #[arg(value_name = "PACK")]
    pack: String,
    #[command(flatten)]
    data: DataArgs,
    /// A DuckDB file to make, or a folder to write one file per table to
    #[arg(long, value_name = "FILE.duckdb|DIR")]
    out: PathBuf,
    /// With a folder: parquet, csv or json
    #[arg(long, value_name = "FORMAT", default_value = "parquet")]
    format: ExportFormat,
}

pub fn run(args: &GenerateArgs, catalog: &Catalog) -> Outcome {
    let Some(pack) = catalog.pack(&args.pack) else {
        let known: Vec<&str> = catalog.packs.iter().map(|p| p.id.as_str()).collect();
        return Err(Failure::Usage(format!(
            "there is no pack {}; the packs are {}",
            args.pack,
            known.join(", ")
        )));
    };
    let started = Instant::now();
    let is_file = args
        .out
        .extension()
        .is_some_and(|e| e == "duckdb" || e == "db");
    let report = if is_file {
        into_file(args, catalog, pack)?
    } else {
        into_folder(args, catalog, pack)?
    };
    let mut err = std::io::stderr();
    for table in &report.tables {
        writeln!(
            err,
            "{:>14}  {}",
            crate::ui_kit::format::count(table.rows),
            table.table
        )?;
    }
    writeln!(
        err,
        "written to {} in {:.2} s",
        args.out.display(),
        started.elapsed().as_secs_f64()
    )?;
    Ok(())
}

fn build(
    session: &Session,
    args: &GenerateArgs,
    catalog: &Catalog,
    pack: &Pack,
) -> Result<BuildReport, Failure> {
    let request = Request {
        scale: args.data.rows,
        seed: args.data.seed,
    };
    let build = prepare::build_of(pack, &catalog.lists, request, None)?;
    Ok(session.build(&build, &mut |_| true)?)
}

/// Makes the file under another name and renames it, so that no half-made file is left.
fn into_file(args: &GenerateArgs, catalog: &Catalog, pack: &Pack) -> Result<BuildReport, Failure> {
    if args.out.exists() {
        return Err(Failure::Usage(format!(
            "{} exists already: choose another name or remove it first",
            args.out.display()
        )));
    }
    let folder = parent(&args.out);
    let work = tempfile::Builder::new()
        .prefix(".crowsfoot-")
        .tempdir_in(&folder)
        .map_err(|err| {
            Failure::Failed(format!("{} cannot be written to: {err}", folder.display()))
        })?;
    let half = work.path().join("data.duckdb");
    let session = Session::create_file(&half, &source::all_cores())?;
    let report = build(&session, args, catalog, pack)?;
    session.execute("CHECKPOINT")?;
    drop(session);
    std::fs::rename(&half, &args.out)?;
    Ok(report)
}

fn into_folder(
    args: &GenerateArgs,
    catalog: &Catalog,
    pack: &Pack,
) -> Result<BuildReport, Failure> {
    let taken = args
        .out
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_some());
    if taken || args.out.is_file() {
        return Err(Failure::Usage(format!(
            "{} is not an empty folder: choose another one",
            args.out.display()
        )));
    }
    let session = Session::in_memory(&source::all_cores())?;
    let report = build(&session, args, catalog, pack)?;
    let folder = parent(&args.out);
    std::fs::create_dir_all(&folder)?;
    let work = tempfile::Builder::new()
        .prefix(".crowsfoot-")
        .tempdir_in(&folder)?;
    for table in &report.tables {
        let path = work
            .path()
            .join(format!("{}.{}", table.table, args.format.extension()));
        write_table(&session, &table.table, &path, args.format)?;
    }
    if args.out.is_dir() {
        std::fs::remove_dir(&args.out)?;
    }
    // The name stays, the guard must not remove what it now stands for.
    std::fs::rename(work.keep(), &args.out)?;
    Ok(report)
}

fn write_table(session: &Session, table: &str, path: &Path, format: ExportFormat) -> Outcome {
    let store = ResultStore::default();
    let started = Instant::now();
    session.stream(
        &format!("SELECT * FROM {}", dialect::name(table)),
        &mut |schema| store.set_schema(schema),
        &mut |batch| {
            store.push(batch)?;
            Ok(ControlFlow::Continue(()))
        },
    )?;
    store.stop(StopReason::Complete, started.elapsed());
    export(&store, format, BufWriter::new(File::create(path)?))?;
    Ok(())
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}
