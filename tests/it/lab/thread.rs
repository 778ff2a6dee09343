//! The thread labs run on, as the window uses it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crowsfoot::lab::{LabEvent, LabJob, LabReport, LabRequest, LabSubject, LabWorker, OwnQuestion};

use super::{copies, quick};
use crate::support::catalog;

const PATIENCE: Duration = Duration::from_secs(60);

fn worker() -> LabWorker {
    LabWorker::start(Arc::new(|| {})).expect("a thread")
}

fn subject(id: &str) -> LabSubject {
    let lab = crowsfoot::catalog::Lab {
        id: id.to_owned(),
        ..copies()
    };
    LabSubject {
        pack: Arc::clone(catalog().pack("posts").expect("the pack")),
        lab: Arc::new(lab),
        lists: Arc::clone(&catalog().lists),
    }
}

fn run_job(id: &str, request: LabRequest) -> LabJob {
    LabJob::Run {
        subject: subject(id),
        request,
    }
}

/// Waits for an event and passes over all others.
#[track_caller]
fn wait<T>(worker: &LabWorker, wanted: impl Fn(LabEvent) -> Option<T>) -> T {
    loop {
        let event = worker.wait(PATIENCE).expect("an event in time");
        if let Some(found) = wanted(event) {
            return found;
        }
    }
}

/// Nothing more is done, a moment after the last answer.
#[track_caller]
fn check_rests(worker: &LabWorker) {
    let started = Instant::now();
    while worker.is_busy() {
        assert!(started.elapsed() < PATIENCE, "still at work");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn done(event: LabEvent) -> Option<Arc<LabReport>> {
    match event {
        LabEvent::Done { report } => Some(report),
        LabEvent::Failed { error, .. } => unreachable!("{error}"),
        _ => None,
    }
}

fn question(lab: &str, sql: &str) -> OwnQuestion {
    OwnQuestion {
        lab: lab.to_owned(),
        id: "own-1".to_owned(),
        title: "Mine".to_owned(),
        based_on: None,
        sql: BTreeMap::from([
            ("joined".to_owned(), sql.to_owned()),
            ("copied".to_owned(), sql.to_owned()),
        ]),
    }
}

fn answer(worker: &LabWorker) -> Result<Box<crowsfoot::lab::ReadFigures>, String> {
    wait(worker, |event| match event {
        LabEvent::Answered { outcome, .. } => Some(outcome.map_err(|e| e.message)),
        _ => None,
    })
}

#[test]
fn figures_come_while_a_lab_is_still_running_and_layouts_with_them() {
    let worker = worker();
    worker.submit(run_job("a", quick(1_000, 1)));
    let pictures = wait(&worker, |event| match event {
        LabEvent::Layouts { layouts, .. } => Some(layouts),
        _ => None,
    });
    let ids: Vec<&str> = pictures.iter().map(|p| p.layout.as_str()).collect();
    assert_eq!(ids, ["joined", "copied"]);
    let tables = |index: usize| -> Vec<String> {
        let tables = pictures[index].schema.tables.iter();
        tables.map(|t| t.name.clone()).collect()
    };
    assert_eq!(tables(1), ["users", "posts"]);
    assert!(!pictures[1].scene.tables.is_empty());
    let report = wait(&worker, done);
    assert!(report.is_complete);
}

#[test]
fn a_small_run_comes_first_where_the_wanted_one_is_large() {
    let worker = worker();
    worker.submit(run_job("a", quick(60_000, 1)));
    let (rows, is_preview) = wait(&worker, |event| match event {
        LabEvent::Progress { report, is_preview } if !report.reads.is_empty() => {
            Some((report.rows, is_preview))
        }
        _ => None,
    });
    assert_eq!((rows, is_preview), (10_000, true));
    assert_eq!(wait(&worker, done).rows, 60_000);
}

#[test]
fn the_newest_lab_wins() {
    let worker = worker();
    worker.submit(run_job("old", LabRequest::new(1_000_000, 1)));
    std::thread::sleep(Duration::from_millis(200));
    worker.submit(run_job("new", quick(1_000, 1)));
    assert_eq!(wait(&worker, done).lab, "new");
    check_rests(&worker);
}

#[test]
fn a_cancelled_run_says_so() {
    let worker = worker();
    worker.submit(run_job("a", LabRequest::new(3_000_000, 1)));
    wait(&worker, |event| {
        matches!(event, LabEvent::Progress { .. }).then_some(())
    });
    worker.cancel();
    let error = wait(&worker, |event| match event {
        LabEvent::Failed { error, .. } => Some(error),
        _ => None,
    });
    assert!(error.is_cancelled, "{error}");
    check_rests(&worker);
}

#[test]
fn a_question_of_ones_own_is_proven_and_measured_on_the_layouts_that_stand() {
    let worker = worker();
    worker.submit(run_job("a", quick(1_000, 1)));
    wait(&worker, done);
    worker.submit(LabJob::Ask(question(
        "a",
        "SELECT count(*) AS n FROM posts;",
    )));
    let figures = answer(&worker).expect("an answer");
    assert!(figures.answers_equal);
    assert_eq!(figures.layouts.len(), 2);
    assert!(figures.layouts.iter().all(|l| l.time.runs >= 7));
    worker.submit(LabJob::Ask(question("a", "DELETE FROM posts")));
    let message = answer(&worker).expect_err("refused");
    assert!(message.contains("one SELECT"), "{message}");
    worker.submit(LabJob::Ask(question(
        "a",
        "SELECT count(*) AS n FROM posts",
    )));
    assert!(answer(&worker).is_ok(), "the layouts are as they were");
}

#[test]
fn a_question_without_a_statement_for_a_layout_is_asked_of_the_others() {
    let worker = worker();
    worker.submit(run_job("a", quick(1_000, 1)));
    wait(&worker, done);
    let mut half = question("a", "SELECT count(*) AS n FROM posts");
    half.sql.insert("copied".to_owned(), "  ".to_owned());
    worker.submit(LabJob::Ask(half));
    let figures = answer(&worker).expect("an answer");
    assert!(figures.layouts[1].cannot.is_some());
    assert!(figures.comparison.is_none());
}

#[test]
fn a_question_of_a_lab_that_was_not_run_says_what_to_do() {
    let worker = worker();
    worker.submit(LabJob::Ask(question("a", "SELECT 1")));
    let message = answer(&worker).expect_err("no layouts");
    assert!(message.contains("run it first"), "{message}");
}

#[test]
fn a_sweep_gives_way_to_a_run_and_goes_on_after_it() {
    let worker = worker();
    let requests = [1_000, 2_000, 4_000].map(|rows| LabRequest {
        reads_only: true,
        ..quick(rows, 1)
    });
    worker.submit(LabJob::Sweep {
        subject: subject("a"),
        requests: requests.to_vec(),
    });
    worker.submit(run_job("b", quick(1_000, 1)));
    let (mut points, mut has_run) = (Vec::new(), false);
    while let Some(event) = worker.wait(PATIENCE) {
        match event {
            LabEvent::Swept { report } => points.push(report.rows),
            LabEvent::Done { report } => has_run |= report.lab == "b",
            LabEvent::SweepEnded { error, .. } => {
                assert_eq!(error, None);
                break;
            }
            _ => {}
        }
    }
    assert_eq!(points, [1_000, 2_000, 4_000]);
    assert!(has_run);
}
