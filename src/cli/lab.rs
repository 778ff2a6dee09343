//! `crowsfoot lab`: runs labs and tells their figures.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use clap::Args;

use super::{Failure, Outcome};
use crate::catalog::{Catalog, Lab, Pack};
use crate::lab::{self, Effort, LabReport, LabRequest, Phase, Watcher, export};

#[derive(Debug, Args)]
pub struct LabArgs {
    /// Labs by id; none: all labs
    #[arg(value_name = "LAB")]
    named: Vec<String>,
    /// Rows of the largest table, about
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    rows: u64,
    /// The same seed gives the same rows
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// Runs of every statement; without it 7 to 31, as long as they are quick
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u64).range(1..=1_000))]
    runs: Option<u64>,
    /// Threads DuckDB works on; without it all cores but one
    #[arg(long, value_name = "T")]
    threads: Option<usize>,
    /// Ask the questions at all scales of the lab's sweep, up to --rows
    #[arg(long)]
    sweep: bool,
    /// All figures as JSON: one object for a lab, a list for several
    #[arg(long)]
    json: bool,
    /// Write the figures to a file as well: .md, .csv, .svg, .png or .json
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// List the labs instead of running them
    #[arg(long)]
    list: bool,
}

pub fn run(args: &LabArgs, catalog: &Catalog, out: &mut impl Write) -> Outcome {
    let chosen = chosen(&args.named, catalog)?;
    if args.list {
        return list(&chosen, out);
    }
    let mut reports = Vec::new();
    let mut failed = false;
    for (pack, lab) in &chosen {
        let lab = Arc::new((*lab).clone());
        for rows in scales(args, &lab) {
            match run_one(args, catalog, pack, &lab, rows) {
                Ok(report) => {
                    for (key, message) in lab::problems(&lab, &report) {
                        failed = true;
                        writeln!(
                            std::io::stderr(),
                            "crowsfoot: lab {}, {key}: {message}",
                            lab.id
                        )?;
                    }
                    if !args.json {
                        write!(out, "{}", export::text(&lab, &report))?;
                        out.flush()?;
                    }
                    reports.push((Arc::clone(&lab), report));
                }
                // The others are run all the same.
                Err(Failure::Failed(message)) if chosen.len() > 1 => {
                    writeln!(std::io::stderr(), "crowsfoot: {message}")?;
                    failed = true;
                }
                Err(failure) => return Err(failure),
            }
        }
    }
    if args.json {
        let all: Vec<&LabReport> = reports.iter().map(|(_, report)| report).collect();
        let text = match all.as_slice() {
            [one] => serde_json::to_string_pretty(one)?,
            several => serde_json::to_string_pretty(several)?,
        };
        writeln!(out, "{text}")?;
    }
    if let Some(path) = &args.out {
        export::write(path, &reports).map_err(Failure::Failed)?;
    }
    if failed {
        Err(Failure::ProblemsFound)
    } else {
        Ok(())
    }
}

fn scales(args: &LabArgs, lab: &Lab) -> Vec<u64> {
    if args.sweep {
        let mut scales = lab.sweep.clone();
        scales.retain(|rows| *rows <= args.rows);
        scales
    } else {
        vec![args.rows]
    }
}

fn run_one(
    args: &LabArgs,
    catalog: &Catalog,
    pack: &Pack,
    lab: &Arc<Lab>,
    rows: u64,
) -> Result<LabReport, Failure> {
    let mut request = LabRequest::new(rows, args.seed);
    request.threads = args.threads;
    request.reads_only = args.sweep;
    if let Some(runs) = args.runs {
        let runs = usize::try_from(runs).unwrap_or(usize::MAX);
        request.reads = Effort::Rounds(runs);
        request.writes = Effort::Rounds(runs);
    }
    let mut told = Told {
        lab: &lab.id,
        rows,
        started: Instant::now(),
    };
    let (_, report) = lab::run(pack, lab, &catalog.lists, &request, &mut told)?;
    Ok(report)
}

/// Says on stderr what is being done.
struct Told<'a> {
    lab: &'a str,
    rows: u64,
    started: Instant,
}

impl Watcher for Told<'_> {
    fn step(&mut self, phase: &Phase, fraction: f32, _report: &LabReport) -> bool {
        // Nobody reads it any more only when the terminal is gone.
        writeln!(
            std::io::stderr(),
            "{} ({} rows) {:6.1} s {:3.0} % {}",
            self.lab,
            self.rows,
            self.started.elapsed().as_secs_f64(),
            fraction * 100.0,
            phase.label()
        )
        .is_ok()
    }
}

fn chosen<'a>(
    names: &[String],
    catalog: &'a Catalog,
) -> Result<Vec<(&'a Arc<Pack>, &'a Lab)>, Failure> {
    if names.is_empty() {
        return Ok(catalog.labs());
    }
    names
        .iter()
        .map(|name| {
            catalog.lab(name).ok_or_else(|| {
                Failure::Usage(format!(
                    "there is no lab {name}: `crowsfoot lab --list` names all of them"
                ))
            })
        })
        .collect()
}

fn list(labs: &[(&Arc<Pack>, &Lab)], out: &mut impl Write) -> Outcome {
    for (pack, lab) in labs {
        writeln!(out, "{:<18} {:<24} {}", lab.id, pack.id, lab.question)?;
    }
    Ok(())
}
