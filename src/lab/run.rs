//! A lab, from the pack's rows to the last figure.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::bench::{Bench, LabError};
use super::changes::{
    anomaly_entry, count_bytes, measure_write, play_anomaly, run_check, write_entry,
};
use super::reads::{entry, measure_read};
use super::report::{LabReport, TableBytes};
use super::simulate::simulate;
use super::source::source_build;
use super::storage::storage;
use super::{Machine, layout_schema};
use crate::catalog::{Lab, Pack};
use crate::datagen::{Lists, Request};
use crate::engine::EngineError;
use crate::measure::Effort;
use crate::model::Schema;

/// What to run, and how thoroughly.
#[derive(Clone, Debug, PartialEq)]
pub struct LabRequest {
    /// Rows of the pack's largest table, about.
    pub rows: u64,
    pub seed: u64,
    /// Threads DuckDB works on. `None`: all cores but one.
    pub threads: Option<usize>,
    pub reads: Effort,
    pub writes: Effort,
    /// Questions and their times only: what a sweep needs.
    pub reads_only: bool,
}

impl LabRequest {
    pub fn new(rows: u64, seed: u64) -> Self {
        Self {
            rows,
            seed,
            threads: None,
            reads: Effort::READS,
            writes: Effort::WRITES,
            reads_only: false,
        }
    }
}

/// What a run is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// A table of the pack.
    Source(String),
    Values,
    Simulation(String),
    Layout(String),
    Storage,
    Read(String),
    Write(String),
    Check(String),
    Anomaly(String),
    Bytes,
    Done,
}

impl Phase {
    /// For the status line.
    pub fn label(&self) -> String {
        match self {
            Self::Source(table) => format!("making {table}"),
            Self::Values => "finding values to ask for".to_owned(),
            Self::Simulation(title) => format!("simulating: {title}"),
            Self::Layout(title) => format!("building the layout {title}"),
            Self::Storage => "weighing the tables".to_owned(),
            Self::Read(title) => format!("asking: {title}"),
            Self::Write(title) => format!("changing: {title}"),
            Self::Check(title) => format!("checking: {title}"),
            Self::Anomaly(title) => format!("playing: {title}"),
            Self::Bytes => "counting the bytes of changes".to_owned(),
            Self::Done => "done".to_owned(),
        }
    }
}

/// Who looks on while a lab runs.
pub trait Watcher {
    /// The bench stands, and can be interrupted from now on.
    fn started(&mut self, _bench: &Bench) {}

    /// Before each step: how far the run is (0 to 1) and what it has found. False ends it.
    fn step(&mut self, _phase: &Phase, _fraction: f32, _report: &LabReport) -> bool {
        true
    }

    /// All layouts are built: what tables each has.
    fn layouts(&mut self, _schemas: Vec<(String, Schema)>) {}
}

/// Nobody looks on.
impl Watcher for () {}

/// Runs a lab and returns its bench, for more questions, and its figures.
///
/// Fails with the lab, the layout and the statement in the message; nothing stays behind then.
pub fn run(
    pack: &Pack,
    lab: &Arc<Lab>,
    lists: &Lists,
    request: &LabRequest,
    watcher: &mut dyn Watcher,
) -> Result<(Bench, LabReport), LabError> {
    let mut bench = Bench::new(Arc::clone(lab), request.threads)?;
    watcher.started(&bench);
    let started = Instant::now();
    let mut steps = Steps {
        done: 0,
        all: steps_of(lab, request),
        report: LabReport {
            lab: lab.id.clone(),
            pack: pack.id.clone(),
            rows: request.rows,
            seed: request.seed,
            started_secs: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |d| d.as_secs()),
            machine: Machine::here(bench.session()),
            layouts: lab.layouts.iter().map(|l| l.id.clone()).collect(),
            ..LabReport::default()
        },
        started,
        watcher,
    };
    make_source(&bench, pack, lab, lists, request, &mut steps)?;
    let planted = ask_base(&mut bench, lab, request, &mut steps)?;
    make_layouts(&bench, pack, lab, &mut steps)?;
    for read in &lab.reads {
        steps.begin(&Phase::Read(read.title.clone()))?;
        let figures = measure_read(&bench, read, request.reads)?;
        steps.report.reads.push(figures);
    }
    if !request.reads_only {
        make_changes(&bench, lab, request, &planted, &mut steps)?;
    }
    steps.report.is_complete = true;
    steps.begin(&Phase::Done)?;
    Ok((bench, steps.report))
}

struct Steps<'a> {
    done: usize,
    all: usize,
    report: LabReport,
    started: Instant,
    watcher: &'a mut dyn Watcher,
}

impl Steps<'_> {
    fn begin(&mut self, phase: &Phase) -> Result<(), LabError> {
        self.report.elapsed_ms = self.started.elapsed().as_secs_f64() * 1e3;
        let fraction = self.done as f32 / self.all.max(1) as f32;
        self.done += 1;
        self.look(phase, fraction)
    }

    fn look(&mut self, phase: &Phase, fraction: f32) -> Result<(), LabError> {
        if self.watcher.step(phase, fraction.min(1.0), &self.report) {
            Ok(())
        } else {
            Err(EngineError::cancelled())
        }
    }
}

/// Making the pack's tables counts as this many steps.
const SOURCE_STEPS: usize = 4;

fn steps_of(lab: &Lab, request: &LabRequest) -> usize {
    let always = SOURCE_STEPS + lab.layouts.len() + lab.reads.len() + 3;
    if request.reads_only {
        always
    } else {
        always
            + lab.writes.len()
            + lab.checks.len()
            + lab.anomalies.len()
            + lab.simulations.len()
            + 1
    }
}

fn make_source(
    bench: &Bench,
    pack: &Pack,
    lab: &Lab,
    lists: &Lists,
    request: &LabRequest,
    steps: &mut Steps<'_>,
) -> Result<(), LabError> {
    let wanted = Request {
        scale: request.rows,
        seed: request.seed,
    };
    let build = source_build(pack, lab, lists, wanted)?;
    let all = steps.all as f32;
    bench
        .make_base(&build, &mut |progress| {
            let part = progress.step as f32 / progress.steps.max(1) as f32;
            let fraction = part * SOURCE_STEPS as f32 / all;
            steps.look(&Phase::Source(progress.label), fraction).is_ok()
        })
        .map_err(|err| bench.of_entry(err, None, "making the tables of its pack"))?;
    steps.done = SOURCE_STEPS;
    Ok(())
}

/// What must be contradictory on purpose, by check and layout.
type Planted = BTreeMap<(String, String), i64>;

/// Everything that is asked of the pack's own tables.
fn ask_base(
    bench: &mut Bench,
    lab: &Lab,
    request: &LabRequest,
    steps: &mut Steps<'_>,
) -> Result<Planted, LabError> {
    steps.begin(&Phase::Values)?;
    for read in &lab.reads {
        bench.find_values(&entry(&read.id), &read.parameters)?;
    }
    let mut planted = Planted::new();
    if request.reads_only {
        return Ok(planted);
    }
    for write in &lab.writes {
        bench.find_values(&write_entry(&write.id), &write.parameters)?;
    }
    for anomaly in &lab.anomalies {
        bench.find_values(&anomaly_entry(&anomaly.id), &anomaly.parameters)?;
    }
    for check in &lab.checks {
        for (layout, sql) in &check.planted {
            let number = bench.count_on_base(sql).map_err(|err| {
                bench.of_entry(err, Some(layout), &format!("check {}, planted", check.id))
            })?;
            planted.insert((check.id.clone(), layout.clone()), number.unwrap_or(0));
        }
    }
    for simulation in &lab.simulations {
        steps.begin(&Phase::Simulation(simulation.title.clone()))?;
        steps.report.simulations.push(simulate(bench, simulation)?);
    }
    Ok(planted)
}

fn make_layouts(
    bench: &Bench,
    pack: &Pack,
    lab: &Lab,
    steps: &mut Steps<'_>,
) -> Result<(), LabError> {
    for layout in &lab.layouts {
        steps.begin(&Phase::Layout(layout.title.clone()))?;
        steps.report.builds.push(bench.make_layout(layout)?);
    }
    bench.drop_base()?;
    steps.begin(&Phase::Storage)?;
    let mut weighed: Vec<TableBytes> = Vec::new();
    for build in &steps.report.builds {
        weighed.extend(storage(bench, build)?);
    }
    steps.report.storage = weighed;
    let mut schemas = Vec::new();
    for layout in &lab.layouts {
        schemas.push((layout.id.clone(), layout_schema(bench, pack, &layout.id)?));
    }
    steps.watcher.layouts(schemas);
    Ok(())
}

fn make_changes(
    bench: &Bench,
    lab: &Lab,
    request: &LabRequest,
    planted: &Planted,
    steps: &mut Steps<'_>,
) -> Result<(), LabError> {
    for write in &lab.writes {
        steps.begin(&Phase::Write(write.title.clone()))?;
        let figures = measure_write(bench, write, request.writes)?;
        steps.report.writes.push(figures);
    }
    for check in &lab.checks {
        steps.begin(&Phase::Check(check.title.clone()))?;
        let expected = |layout: &str| planted.get(&(check.id.clone(), layout.to_owned())).copied();
        let figures = run_check(bench, check, &expected)?;
        steps.report.checks.push(figures);
    }
    for anomaly in &lab.anomalies {
        steps.begin(&Phase::Anomaly(anomaly.title.clone()))?;
        steps.report.anomalies.push(play_anomaly(bench, anomaly)?);
    }
    steps.begin(&Phase::Bytes)?;
    count_bytes(bench, &mut steps.report.writes)
}
