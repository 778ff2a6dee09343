//! `crowsfoot query`

use std::io::Write;
use std::ops::ControlFlow;
use std::str::FromStr;
use std::time::Instant;

use arrow::record_batch::RecordBatch;
use arrow::util::pretty::pretty_format_batches;
use clap::Args;

use super::{DataArgs, Failure, Outcome, source};
use crate::catalog::Catalog;
use crate::engine::{EngineError, ExportFormat, ResultStore, StopReason, export};

/// Rows printed as a table; the rest is announced, not silently dropped.
const TABLE_ROWS: usize = 10_000;

#[derive(Debug, Args)]
pub struct QueryArgs {
    /// A pack, a .sql file, a DuckDB file, or a folder of CSV or Parquet files
    #[arg(value_name = "SOURCE")]
    source: String,
    /// The statement; it may begin with a comment
    #[arg(value_name = "SQL", allow_hyphen_values = true)]
    sql: String,
    /// table, csv, json or parquet
    #[arg(long, default_value = "table", value_name = "FORMAT")]
    format: OutputFormat,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Clone, Copy, Debug)]
enum OutputFormat {
    Table,
    Export(ExportFormat),
}

impl FromStr for OutputFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.eq_ignore_ascii_case("table") {
            return Ok(Self::Table);
        }
        text.parse()
            .map(Self::Export)
            .map_err(|_| format!("there is no format {text}: table, csv, json or parquet"))
    }
}

pub fn run(args: &QueryArgs, catalog: &Catalog, out: impl Write + Send) -> Outcome {
    let source = source::find(std::slice::from_ref(&args.source), catalog)?;
    let session = source.session(catalog, args.data)?;
    let store = ResultStore::default();
    let started = Instant::now();
    let mut complete = true;
    session
        .stream(
            &args.sql,
            &mut |schema| store.set_schema(schema),
            &mut |batch| {
                complete = store.push(batch)?;
                Ok(if complete {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                })
            },
        )
        .map_err(|err| explained(&err, &args.sql))?;
    store.stop(StopReason::Complete, started.elapsed());
    if !complete {
        return Err(Failure::Failed(
            "the result is too large to be kept: add LIMIT or aggregate".to_owned(),
        ));
    }
    match args.format {
        OutputFormat::Table => table(&store, out),
        OutputFormat::Export(format) => {
            export(&store, format, out)?;
            Ok(())
        }
    }
}

/// An error with the line it points at and what may have been meant.
fn explained(err: &EngineError, sql: &str) -> Failure {
    let place = err
        .line_in(sql)
        .map_or_else(String::new, |line| format!("line {line}: "));
    let hint = match err.candidates.as_slice() {
        [] => String::new(),
        names => format!(" (did you mean {}?)", names.join(" or ")),
    };
    Failure::Failed(format!("{place}{}{hint}", err.message))
}

fn table(store: &ResultStore, mut out: impl Write) -> Outcome {
    let mut batches: Vec<RecordBatch> = Vec::new();
    let mut rows = 0;
    store.for_each_part(&mut |batch| {
        let take = batch.num_rows().min(TABLE_ROWS - rows);
        if take > 0 {
            batches.push(batch.slice(0, take));
            rows += take;
        }
        Ok(())
    })?;
    if batches.is_empty()
        && let Some(schema) = store.schema()
    {
        batches.push(RecordBatch::new_empty(schema));
    }
    writeln!(out, "{}", pretty_format_batches(&batches)?)?;
    let all = store.row_count();
    if all > rows {
        writeln!(
            std::io::stderr(),
            "{rows} of {all} rows are shown; --format csv writes all of them"
        )?;
    }
    Ok(())
}
