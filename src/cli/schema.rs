//! `crowsfoot schema`

use std::io::Write;

use clap::Args;

use super::{Failure, Outcome, source};
use crate::catalog::Catalog;
use crate::ddl::{self, Target};

#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// A pack, one or more .sql files, a DuckDB file, or a folder of CSV or Parquet files
    #[arg(required = true, value_name = "SOURCE")]
    source: Vec<String>,
    /// duckdb, postgres, mysql, sqlite, spark, dbml, mermaid, markdown or json
    #[arg(long, value_name = "LANGUAGE", default_value = "duckdb")]
    to: Target,
}

pub fn run(args: &SchemaArgs, catalog: &Catalog, out: &mut impl Write) -> Outcome {
    let (schema, problems) = source::find(&args.source, catalog)?.schema()?;
    let text = match args.to {
        Target::Json => ddl::to_json(&schema, &problems),
        target => ddl::write(&schema, target),
    };
    writeln!(out, "{}", text.trim_end())?;
    for problem in &problems {
        writeln!(
            std::io::stderr(),
            "line {}: {}",
            problem.line,
            problem.message
        )?;
    }
    if schema.tables.is_empty() {
        return Err(Failure::ProblemsFound);
    }
    Ok(())
}
