//! What labs measure, measured: how often identical layouts look different, how often a known gap
//! is found, whether a repeated lab says the same, and what measuring adds to a statement.
//!
//! `cargo bench --bench labs`; `-- 20` for fewer trials.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crowsfoot::catalog::{Catalog, Lab, Layout, Pack, Read, Statements};
use crowsfoot::engine::{EngineError, Session, Settings};
use crowsfoot::lab::{Bench, Effort, LabReport, LabRequest, LabSubject, Verdict, run};
use crowsfoot::lab::{LabEvent, LabJob, LabWorker};
use crowsfoot::measure::interleaved;
use crowsfoot::measure::statistics::median;

const TRIALS: usize = 100;
/// As the window measures questions, with less patience, so that the trials end.
const EFFORT: Effort = Effort::Adaptive {
    min: 7,
    max: 31,
    time: Duration::from_millis(300),
};

fn main() -> Result<(), EngineError> {
    let trials = std::env::args()
        .skip(1)
        .find_map(|arg| arg.parse().ok())
        .unwrap_or(TRIALS);
    let catalog = Catalog::built_in();
    let Some(pack) = catalog.pack("engagement") else {
        return Err(EngineError::new("the pack engagement is missing"));
    };
    verdicts(&catalog, pack, trials)?;
    repeats(&catalog)?;
    overhead()?;
    opening(&catalog)
}

fn layout(id: &str, share: f64) -> Layout {
    Layout {
        id: id.to_owned(),
        build: format!(
            "CREATE TABLE app_event AS SELECT * FROM base.app_event ORDER BY event_time, profile_id;
             INSERT INTO app_event SELECT * FROM app_event WHERE hash(profile_id, event_time) % 1000 < {}",
            (share * 1_000.0) as u64
        ),
        ..Layout::default()
    }
}

/// Two layouts of which the second holds so many times the rows of the first.
fn pair(times: f64) -> Lab {
    let sql =
        "SELECT region, count(DISTINCT profile_id) AS profiles FROM app_event GROUP BY region";
    Lab {
        id: "pair".to_owned(),
        pack: "engagement".to_owned(),
        layouts: vec![layout("first", 0.0), layout("second", times - 1.0)],
        reads: vec![Read {
            id: "profiles".to_owned(),
            statements: Statements {
                sql: BTreeMap::from([("all".to_owned(), sql.to_owned())]),
                cannot: BTreeMap::new(),
            },
            ..Read::default()
        }],
        ..Lab::default()
    }
}

fn made(catalog: &Catalog, pack: &Pack, lab: Lab) -> Result<(Bench, String), EngineError> {
    let lab = Arc::new(lab);
    let request = LabRequest {
        reads: Effort::Rounds(1),
        reads_only: true,
        ..LabRequest::new(200_000, 1)
    };
    let (bench, report) = run(pack, &lab, &catalog.lists, &request, &mut ())?;
    let sql = report.reads[0].layouts[0].sql.clone();
    Ok((bench, sql))
}

/// How often a pair of layouts is judged how.
fn verdicts(catalog: &Catalog, pack: &Pack, trials: usize) -> Result<(), EngineError> {
    for (times, wanted) in [(1.0, Verdict::NoClearDifference), (1.5, Verdict::Slower)] {
        let (bench, sql) = made(catalog, pack, pair(times))?;
        let mut right = 0;
        let mut ratios = Vec::new();
        for _ in 0..trials {
            let ids = ["first", "second"];
            let found = interleaved(2, EFFORT, &mut |i| bench.time("a trial", ids[i], &sql))?;
            if let Some(c) = crowsfoot::lab::Comparison::of(&found[0], &found[1]) {
                right += usize::from(c.verdict() == wanted);
                ratios.push(1.0 / c.ratio);
            }
        }
        println!(
            "second layout with {times} times the rows: {right} of {trials} trials say {wanted:?} (limit 95 of 100), median ratio {:.2}",
            median(&ratios)
        );
    }
    Ok(())
}

/// Whether two runs of a lab give ratios whose intervals overlap.
fn repeats(catalog: &Catalog) -> Result<(), EngineError> {
    let Some((pack, lab)) = catalog.lab("star_vs_wide") else {
        return Err(EngineError::new("the lab star_vs_wide is missing"));
    };
    let lab = Arc::new(lab.clone());
    let request = LabRequest {
        reads_only: true,
        ..LabRequest::new(100_000, 1)
    };
    let once = || -> Result<LabReport, EngineError> {
        Ok(run(pack, &lab, &catalog.lists, &request, &mut ())?.1)
    };
    let first = once()?;
    let (mut all, mut overlapping) = (0, 0);
    for _ in 0..10 {
        let again = once()?;
        for (a, b) in first.reads.iter().zip(&again.reads) {
            for (a, b) in a.layouts.iter().zip(&b.layouts) {
                if let (Some(a), Some(b)) = (a.against_first, b.against_first) {
                    all += 1;
                    let overlap = a.ratio_low <= b.ratio_high && b.ratio_low <= a.ratio_high;
                    overlapping += usize::from(overlap);
                }
            }
        }
    }
    println!(
        "star_vs_wide repeated ten times: {overlapping} of {all} intervals overlap that of the first run ({:.2}, limit 0.90)",
        f64::from(overlapping as u32) / f64::from(all.max(1) as u32)
    );
    Ok(())
}

/// What a measured statement takes against the same read by the driver alone.
fn overhead() -> Result<(), EngineError> {
    let lab = Arc::new(Lab {
        id: "overhead".to_owned(),
        layouts: vec![layout("first", 0.0)],
        ..Lab::default()
    });
    let bench = Bench::new(lab, Some(1))?;
    bench.session().execute("ATTACH ':memory:' AS first; USE first; CREATE TABLE t AS SELECT i, hash(i) AS h FROM range(4000000) r(i)")?;
    let sql = "SELECT h % 1000 AS k, count(*), sum(h % 7), max(i) FROM t GROUP BY ALL";
    let bare = |session: &Session| -> Result<Duration, EngineError> {
        let started = Instant::now();
        session.stream(sql, &mut |_| {}, &mut |_| Ok(ControlFlow::Continue(())))?;
        Ok(started.elapsed())
    };
    let (mut measured, mut alone) = (Vec::new(), Vec::new());
    for _ in 0..31 {
        // From asking to having the figure, everything around the statement included.
        let started = Instant::now();
        bench.time("a trial", "first", sql)?;
        measured.push(started.elapsed().as_secs_f64());
        alone.push(bare(bench.session())?.as_secs_f64());
    }
    println!(
        "a statement of {:.1} ms: measuring adds {:+.2} % (limit 2 %)",
        median(&alone) * 1e3,
        (median(&measured) / median(&alone) - 1.0) * 100.0
    );
    // The session of a lab against a plain one, so that nothing of its settings costs time.
    let plain = Session::in_memory(&Settings {
        threads: Some(1),
        ..Settings::default()
    })?;
    plain.execute("CREATE TABLE t AS SELECT i, hash(i) AS h FROM range(4000000) r(i)")?;
    let times: Vec<f64> = (0..15)
        .map(|_| bare(&plain).map(|d| d.as_secs_f64()))
        .collect::<Result<_, _>>()?;
    println!(
        "the same in a plain session: {:.1} ms",
        median(&times) * 1e3
    );
    Ok(())
}

/// How long until the first figures of a lab at a million rows, and until all.
fn opening(catalog: &Catalog) -> Result<(), EngineError> {
    for (pack, lab) in catalog.labs() {
        let worker = LabWorker::start(Arc::new(|| {}))?;
        let subject = LabSubject {
            pack: Arc::clone(pack),
            lab: Arc::new(lab.clone()),
            lists: Arc::clone(&catalog.lists),
        };
        let started = Instant::now();
        let request = LabRequest::new(1_000_000, 1);
        worker.submit(LabJob::Run { subject, request });
        let (mut first, mut first_full) = (None, None);
        while let Some(event) = worker.wait(Duration::from_secs(300)) {
            match event {
                LabEvent::Progress { report, is_preview } if !report.reads.is_empty() => {
                    let now = started.elapsed().as_secs_f64();
                    first.get_or_insert(now);
                    if !is_preview {
                        first_full.get_or_insert(now);
                    }
                }
                LabEvent::Done { .. } => break,
                LabEvent::Failed { error, .. } => return Err(error),
                _ => {}
            }
        }
        println!(
            "{:<16} first figures after {:4.1} s (limit 5), of a million rows after {:4.1} s, all after {:4.1} s (limit 60)",
            lab.id,
            first.unwrap_or(f64::NAN),
            first_full.unwrap_or(f64::NAN),
            started.elapsed().as_secs_f64()
        );
    }
    Ok(())
}
