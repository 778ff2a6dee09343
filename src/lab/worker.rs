//! Labs on a thread of their own: the window asks, the thread answers.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::bench::{Bench, LabError, Stopper};
use super::reads::{entry, measure_read};
use super::report::{LabReport, ReadFigures};
use super::run::{LabRequest, Phase, Watcher, run};
use crate::catalog::{Lab, Pack, Read, Statements};
use crate::datagen::Lists;
use crate::diagram::{self, LayoutRequest, Scene};
use crate::engine::EngineError;
use crate::measure::Effort;
use crate::model::Schema;

/// How long one statement of the user's own may take.
const OWN_LIMIT: Duration = Duration::from_secs(60);
/// Above this many rows a small run comes first, so that figures are there within seconds.
const PREVIEW_ABOVE: u64 = 50_000;
const PREVIEW_ROWS: u64 = 10_000;

/// Calls after each event, so that a sleeping window looks.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// A lab and what it is made from.
#[derive(Clone)]
pub struct LabSubject {
    pub pack: Arc<Pack>,
    pub lab: Arc<Lab>,
    pub lists: Arc<Lists>,
}

/// A wish. The newest of each kind wins.
pub enum LabJob {
    /// Takes a lab through all phases, and keeps its layouts for questions.
    Run {
        subject: LabSubject,
        request: LabRequest,
    },
    /// Asks a question of the layouts of the last run.
    Ask(OwnQuestion),
    /// Runs the questions at several scales, one after the other; gives way to the others.
    Sweep {
        subject: LabSubject,
        requests: Vec<LabRequest>,
    },
}

/// A question of the user's own, or an edited one of the lab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnQuestion {
    pub lab: String,
    /// Tells it apart from the lab's own questions.
    pub id: String,
    pub title: String,
    /// The question of the lab whose parameters it uses.
    pub based_on: Option<String>,
    /// By layout; a layout without one has no answer.
    pub sql: BTreeMap<String, String>,
}

/// A layout's tables, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutPicture {
    pub layout: String,
    pub schema: Schema,
    pub scene: Scene,
}

impl LayoutPicture {
    fn of((layout, schema): (String, Schema)) -> Self {
        let request = LayoutRequest::default();
        // Layouts of labs are small: nobody has to cancel this.
        let scene = diagram::layout(&schema, &request, &|| false).unwrap_or_default();
        Self {
            layout,
            schema,
            scene,
        }
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub enum LabEvent {
    /// What has been found so far. A small run may come before the one that was asked for.
    Progress {
        report: Arc<LabReport>,
        is_preview: bool,
    },
    /// The tables of each layout.
    Layouts {
        lab: String,
        layouts: Arc<Vec<LayoutPicture>>,
    },
    Done {
        report: Arc<LabReport>,
    },
    Failed {
        lab: String,
        error: LabError,
    },
    Answered {
        lab: String,
        id: String,
        outcome: Result<Box<ReadFigures>, LabError>,
    },
    /// A point of the sweep.
    Swept {
        report: Arc<LabReport>,
    },
    SweepEnded {
        lab: String,
        /// `None`: all points are there.
        error: Option<LabError>,
    },
}

/// What the thread is doing.
#[derive(Clone, Debug, PartialEq)]
pub struct LabActivity {
    pub lab: String,
    /// `Measuring The author's name in every post`.
    pub label: String,
    pub detail: String,
    pub since: Instant,
    /// 0 to 1.
    pub fraction: f32,
    pub is_sweep: bool,
}

#[derive(Default)]
struct Slots {
    run: Option<(LabSubject, LabRequest)>,
    ask: Option<OwnQuestion>,
    sweep: VecDeque<LabRequest>,
    swept: Option<LabSubject>,
    quit: bool,
}

impl Slots {
    fn stop_sweep(&mut self) {
        self.sweep.clear();
        self.swept = None;
    }
}

#[derive(Default)]
struct Status {
    activity: Option<LabActivity>,
    stopper: Option<Stopper>,
    /// Why the running work was stopped.
    stopped: Option<StopCause>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StopCause {
    Cancelled,
    /// Something newer came; a sweep goes on after it.
    GaveWay,
}

#[derive(Default)]
struct Shared {
    slots: Mutex<Slots>,
    changed: Condvar,
    status: Mutex<Status>,
}

/// The thread as the window sees it.
pub struct LabWorker {
    shared: Arc<Shared>,
    events: Receiver<LabEvent>,
    thread: Option<JoinHandle<()>>,
}

impl LabWorker {
    /// Starts the thread.
    pub fn start(wake: Wake) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (events, receiver) = channel();
        let own = Own {
            shared: Arc::clone(&shared),
            events,
            wake,
            bench: None,
        };
        let thread = std::thread::Builder::new()
            .name("lab".to_owned())
            .spawn(move || own.work())?;
        Ok(Self {
            shared,
            events: receiver,
            thread: Some(thread),
        })
    }

    /// Asks for something; returns at once. What is running gives way.
    pub fn submit(&self, job: LabJob) {
        let mut slots = lock(&self.shared.slots);
        match job {
            LabJob::Run { subject, request } => {
                slots.run = Some((subject, request));
                slots.ask = None;
            }
            LabJob::Ask(question) => slots.ask = Some(question),
            LabJob::Sweep { subject, requests } => {
                slots.sweep = requests.into();
                slots.swept = Some(subject);
            }
        }
        self.stop(StopCause::GaveWay);
        self.shared.changed.notify_one();
    }

    /// Stops what is running and takes back what waits.
    pub fn cancel(&self) {
        let mut slots = lock(&self.shared.slots);
        slots.run = None;
        slots.ask = None;
        slots.stop_sweep();
        self.stop(StopCause::Cancelled);
    }

    fn stop(&self, cause: StopCause) {
        let mut status = lock(&self.shared.status);
        if status.activity.is_none() {
            return;
        }
        status.stopped = Some(cause);
        if let Some(stopper) = &status.stopper {
            stopper.stop();
        }
    }

    /// The next answer, if there is one.
    pub fn poll(&self) -> Option<LabEvent> {
        self.events.try_recv().ok()
    }

    /// The next answer, waiting for it. `None` after `timeout`, or when the thread is gone.
    pub fn wait(&self, timeout: Duration) -> Option<LabEvent> {
        self.events.recv_timeout(timeout).ok()
    }

    /// What is running now.
    pub fn activity(&self) -> Option<LabActivity> {
        lock(&self.shared.status).activity.clone()
    }

    /// Whether something is running or waits.
    pub fn is_busy(&self) -> bool {
        let slots = lock(&self.shared.slots);
        slots.run.is_some()
            || slots.ask.is_some()
            || !slots.sweep.is_empty()
            || lock(&self.shared.status).activity.is_some()
    }
}

impl Drop for LabWorker {
    fn drop(&mut self) {
        lock(&self.shared.slots).quit = true;
        self.cancel();
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// The thread's own side.
struct Own {
    shared: Arc<Shared>,
    events: Sender<LabEvent>,
    wake: Wake,
    /// The layouts of the last complete run.
    bench: Option<Bench>,
}

impl Own {
    fn work(mut self) {
        while let Some(job) = self.next() {
            match job {
                LabJob::Run { subject, request } => self.run(&subject, &request),
                LabJob::Ask(question) => self.ask(&question),
                LabJob::Sweep { subject, requests } => {
                    for request in requests {
                        self.sweep(&subject, request);
                    }
                }
            }
            lock(&self.shared.status).activity = None;
            (self.wake)();
        }
    }

    /// Waits for a wish: runs first, then questions, then one point of the sweep.
    fn next(&self) -> Option<LabJob> {
        let mut slots = lock(&self.shared.slots);
        loop {
            if slots.quit {
                return None;
            }
            // What is begun is begun under the lock, so that nobody sees the thread idle in between.
            if let Some((subject, request)) = slots.run.take() {
                self.begin(&subject.lab, "Measuring", false);
                return Some(LabJob::Run { subject, request });
            }
            if let Some(question) = slots.ask.take() {
                let lab = self.bench.as_ref().map(|b| Arc::clone(b.lab()));
                self.begin(&lab.unwrap_or_default(), "Asking", false);
                return Some(LabJob::Ask(question));
            }
            if let Some(subject) = slots.swept.clone()
                && let Some(request) = slots.sweep.pop_front()
            {
                self.begin(&subject.lab, "Sweeping", true);
                return Some(LabJob::Sweep {
                    subject,
                    requests: vec![request],
                });
            }
            slots = self
                .shared
                .changed
                .wait(slots)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn send(&self, event: LabEvent) {
        // Nobody listens any more only while the window closes.
        self.events.send(event).ok();
        (self.wake)();
    }

    fn begin(&self, lab: &Lab, verb: &str, is_sweep: bool) {
        let mut status = lock(&self.shared.status);
        // What came after the end of the work before was meant for that.
        status.stopped = None;
        status.activity = Some(LabActivity {
            lab: lab.id.clone(),
            label: format!("{verb} {}", lab.title),
            detail: String::new(),
            since: Instant::now(),
            fraction: 0.0,
            is_sweep,
        });
        drop(status);
        (self.wake)();
    }

    /// Ends the work; says why it was stopped, if it was. It still counts as running until what it
    /// found has been sent.
    fn end(&self) -> Option<StopCause> {
        let mut status = lock(&self.shared.status);
        status.stopper = None;
        status.stopped.take()
    }

    fn run(&mut self, subject: &LabSubject, request: &LabRequest) {
        // Its files go before new ones come.
        self.bench = None;
        let small = LabRequest {
            rows: PREVIEW_ROWS.min(request.rows),
            reads: Effort::Rounds(crate::measure::MIN_ROUNDS),
            reads_only: true,
            ..request.clone()
        };
        let preview = if request.rows > PREVIEW_ABOVE {
            self.watched(subject, &small, true).map(drop)
        } else {
            Ok(())
        };
        let outcome = preview.and_then(|()| self.watched(subject, request, false));
        let stopped = self.end();
        let lab = subject.lab.id.clone();
        match outcome {
            Ok((bench, report)) => {
                self.bench = Some(bench);
                let report = Arc::new(report);
                self.send(LabEvent::Done { report });
            }
            // Something newer answers instead.
            Err(_) if stopped == Some(StopCause::GaveWay) => {}
            Err(error) => self.send(LabEvent::Failed { lab, error }),
        }
    }

    fn watched(
        &self,
        subject: &LabSubject,
        request: &LabRequest,
        is_preview: bool,
    ) -> Result<(Bench, LabReport), LabError> {
        let mut told = Told {
            own: self,
            lab: &subject.lab.id,
            is_preview,
            is_sweep: false,
            told: 0,
        };
        run(
            &subject.pack,
            &subject.lab,
            &subject.lists,
            request,
            &mut told,
        )
    }

    fn sweep(&mut self, subject: &LabSubject, request: LabRequest) {
        let mut told = Told {
            own: self,
            lab: &subject.lab.id,
            is_preview: false,
            is_sweep: true,
            told: 0,
        };
        let outcome = run(
            &subject.pack,
            &subject.lab,
            &subject.lists,
            &request,
            &mut told,
        );
        let stopped = self.end();
        let mut error = None;
        match outcome {
            Ok((_, report)) => self.send(LabEvent::Swept {
                report: Arc::new(report),
            }),
            Err(_) if stopped == Some(StopCause::GaveWay) => {
                // Another sweep may have come: this point is none of it.
                let mut slots = lock(&self.shared.slots);
                let is_same = slots
                    .swept
                    .as_ref()
                    .is_some_and(|s| s.lab.id == subject.lab.id)
                    && !slots.sweep.contains(&request);
                if is_same {
                    slots.sweep.push_front(request);
                }
            }
            Err(err) => error = Some(err),
        }
        let mut slots = lock(&self.shared.slots);
        if error.is_some() {
            slots.stop_sweep();
        }
        let has_ended = slots.sweep.is_empty();
        if has_ended {
            slots.swept = None;
        }
        drop(slots);
        if has_ended {
            let lab = subject.lab.id.clone();
            self.send(LabEvent::SweepEnded { lab, error });
        }
    }

    fn ask(&mut self, question: &OwnQuestion) {
        let outcome = match &mut self.bench {
            Some(bench) if bench.lab().id == question.lab => {
                prepare_question(bench, question);
                Ok(())
            }
            _ => Err(EngineError::new(
                "the layouts of this lab are not there: run it first",
            )),
        };
        let outcome = outcome.and_then(|()| {
            let Some(bench) = &self.bench else {
                return Err(EngineError::cancelled());
            };
            let stopper = bench.stopper();
            lock(&self.shared.status).stopper = Some(stopper.clone());
            let read = read_of(question, bench.lab());
            let (outcome, is_late) =
                stopper.within(OWN_LIMIT, || measure_read(bench, &read, Effort::READS));
            bench.resume();
            match outcome {
                Err(_) if is_late => Err(EngineError::new(format!(
                    "the question was stopped after {} s: make it smaller, for example by a WHERE or a LIMIT inside",
                    OWN_LIMIT.as_secs()
                ))),
                other => other,
            }
        });
        self.end();
        self.send(LabEvent::Answered {
            lab: question.lab.clone(),
            id: question.id.clone(),
            outcome: outcome.map(Box::new),
        });
    }
}

fn prepare_question(bench: &mut Bench, question: &OwnQuestion) {
    if let Some(read) = &question.based_on {
        bench.copy_values(&entry(read), &entry(&question.id));
    }
}

/// The question as the lab would have it.
fn read_of(question: &OwnQuestion, lab: &Lab) -> Read {
    let given = |layout: &str| {
        question
            .sql
            .get(layout)
            .filter(|sql| !sql.trim().is_empty())
    };
    let mut statements = Statements::default();
    for layout in &lab.layouts {
        match given(&layout.id) {
            Some(sql) => statements.sql.insert(
                layout.id.clone(),
                sql.trim().trim_end_matches(';').to_owned(),
            ),
            None => statements.cannot.insert(
                layout.id.clone(),
                "no statement was written for it".to_owned(),
            ),
        };
    }
    Read {
        id: question.id.clone(),
        title: question.title.clone(),
        statements,
        ..Read::default()
    }
}

/// Passes on what a run finds.
struct Told<'a> {
    own: &'a Own,
    lab: &'a str,
    is_preview: bool,
    is_sweep: bool,
    /// Figures that have been passed on.
    told: usize,
}

impl Watcher for Told<'_> {
    fn started(&mut self, bench: &Bench) {
        let mut status = lock(&self.own.shared.status);
        let stopper = bench.stopper();
        // A cancel that came between two benches.
        if status.stopped.is_some() {
            stopper.stop();
        }
        status.stopper = Some(stopper);
    }

    fn step(&mut self, phase: &Phase, fraction: f32, report: &LabReport) -> bool {
        let mut status = lock(&self.own.shared.status);
        if let Some(activity) = &mut status.activity {
            activity.detail = phase.label();
            activity.fraction = fraction;
        }
        let goes_on = status.stopped.is_none();
        drop(status);
        let figures = report.builds.len()
            + report.storage.len()
            + report.reads.len()
            + report.writes.len()
            + report.checks.len()
            + report.anomalies.len()
            + report.simulations.len();
        if figures != self.told && !self.is_sweep {
            self.told = figures;
            self.own.send(LabEvent::Progress {
                report: Arc::new(report.clone()),
                is_preview: self.is_preview,
            });
        } else {
            (self.own.wake)();
        }
        goes_on
    }

    fn layouts(&mut self, schemas: Vec<(String, Schema)>) {
        if !self.is_sweep {
            let layouts = schemas.into_iter().map(LayoutPicture::of).collect();
            self.own.send(LabEvent::Layouts {
                lab: self.lab.to_owned(),
                layouts: Arc::new(layouts),
            });
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
