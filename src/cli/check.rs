//! `crowsfoot check`: loads packs with the loader of the window and proves that they work.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Args;

use super::{Failure, Outcome, source};
use crate::catalog::{Catalog, Pack, Problem, Query};
use crate::datagen::{Lists, Request};
use crate::engine::{EngineError, Session, substitute};
use crate::prepare;

/// Rows and seed of each round: small data finds empty answers, another seed finds luck.
const ROUNDS: [(u64, u64); 3] = [(1_000, 1), (1_000, 2), (100_000, 1)];
/// No query of a pack may take longer at 100,000 rows.
const SLOW: Duration = Duration::from_secs(2);

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Packs by id, or folders of packs; none: all packs
    // Not `packs`: clap knows arguments by name, and --packs is one.
    #[arg(value_name = "PACK|DIR")]
    named: Vec<String>,
    #[arg(long)]
    json: bool,
}

pub fn run(args: &CheckArgs, catalog: &Catalog, out: &mut impl Write) -> Outcome {
    let started = Instant::now();
    let chosen = chosen(&args.named, catalog)?;
    let mut problems = Vec::new();
    let mut packs = 0;
    for catalog in &chosen {
        problems.extend(catalog.problems.iter().cloned());
        for pack in &catalog.packs {
            packs += 1;
            check_pack(pack, &catalog.lists, &mut problems);
        }
    }
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&problems)?)?;
    } else {
        for problem in &problems {
            writeln!(out, "{problem}")?;
        }
    }
    writeln!(
        std::io::stderr(),
        "{packs} packs, {} problems, {:.1} s",
        problems.len(),
        started.elapsed().as_secs_f64()
    )?;
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::ProblemsFound)
    }
}

/// The packs that were named, with the problems of their loading.
fn chosen(names: &[String], catalog: &Catalog) -> Result<Vec<Catalog>, Failure> {
    if names.is_empty() {
        return Ok(vec![catalog.clone()]);
    }
    names
        .iter()
        .map(|name| {
            let path = Path::new(name);
            if let Some(pack) = catalog.pack(name) {
                Ok(Catalog {
                    packs: vec![pack.clone()],
                    problems: catalog
                        .problems
                        .iter()
                        .filter(|p| p.pack == *name)
                        .cloned()
                        .collect(),
                    lists: catalog.lists.clone(),
                })
            } else if path.join("pack.toml").is_file() || path.join("schema.sql").is_file() {
                Ok(Catalog::from_pack_folder(path))
            } else if path.is_dir() {
                Ok(Catalog::from_folder(path))
            } else {
                Err(Failure::Usage(format!("there is no pack or folder {name}")))
            }
        })
        .collect()
}

/// Makes the pack's tables and data at several scales and seeds, and runs every query.
pub fn check_pack(pack: &Pack, lists: &Lists, problems: &mut Vec<Problem>) {
    for (scale, seed) in ROUNDS {
        let before = problems.len();
        let mut report = |file: &str, key: String, line: Option<usize>, message: String| {
            problems.push(Problem {
                pack: pack.id.clone(),
                file: file.to_owned(),
                key,
                line,
                message: format!("{message} (rows {scale}, seed {seed})"),
            });
        };
        let request = Request { scale, seed };
        if let Err(found) = prepare::plan_of(pack, lists, request) {
            for problem in found {
                report("data.toml", problem.key, None, problem.message);
            }
        } else {
            match built(pack, lists, request) {
                Ok(session) => check_queries(&session, pack, &mut report),
                Err(error) => report("data.toml", String::new(), None, error.message),
            }
        }
        // The same fault at every scale is told once.
        if problems.len() > before {
            break;
        }
    }
}

fn built(pack: &Pack, lists: &Lists, request: Request) -> Result<Session, EngineError> {
    let build = prepare::build_of(pack, lists, request, Some(pack.id.clone()))?;
    let session = Session::in_memory(&source::all_cores())?;
    let report = session.build(&build, &mut |_| true)?;
    match report.tables.iter().find(|t| t.rows == 0) {
        Some(empty) => Err(EngineError::new(format!(
            "the table {} has no rows",
            empty.table
        ))),
        None => Ok(session),
    }
}

type Report<'a> = &'a mut dyn FnMut(&str, String, Option<usize>, String);

fn check_queries(session: &Session, pack: &Pack, report: Report<'_>) {
    for query in &pack.queries {
        let started = Instant::now();
        let outcome = run_query(session, query);
        let elapsed = started.elapsed();
        let mut tell = |message: String| {
            report(
                "queries.sql",
                format!("query {}", query.name),
                Some(query.line),
                message,
            );
        };
        match outcome {
            Err(error) => tell(error.message),
            Ok(0) if !query.may_be_empty => tell("the answer has no rows".to_owned()),
            Ok(_) if elapsed > SLOW => tell(format!("takes {:.1} s", elapsed.as_secs_f64())),
            Ok(_) => {}
        }
    }
}

/// Runs a query with its defaults; the number of rows.
fn run_query(session: &Session, query: &Query) -> Result<usize, EngineError> {
    let mut values = Vec::new();
    for parameter in &query.parameters {
        let value = session.default_of(&parameter.data_type, &parameter.default)?;
        if value.is_none() {
            return Err(EngineError::new(format!(
                "the default of ${} finds no value",
                parameter.name
            )));
        }
        values.push((parameter.name.clone(), parameter.data_type.clone(), value));
    }
    let statement = substitute(&query.sql, &|name| {
        values
            .iter()
            .find(|(n, _, _)| n == name)
            .map(|(_, data_type, value)| (data_type.clone(), value.clone()))
    })?;
    Ok(session
        .rows(&statement.sql)?
        .iter()
        .map(|batch| batch.num_rows())
        .sum())
}
