//! Drills on a thread of their own: the window asks, the thread answers.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::statement::one_select;
use super::{Ground, Verdict, Ways, grade, measure_ways};
use crate::catalog::{Drill, Pack};
use crate::datagen::Lists;
use crate::diagram::{self, LayoutRequest, Scene};
use crate::engine::{Answer, EngineError, Interrupter};
use crate::model::same_name;

/// Calls after each event, so that a sleeping window looks.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

const MEASURING: &str = "Measuring";
/// The variant people look at and try their answers on.
const SHOWN: &str = "base";

/// A wish. The newest of each kind wins; one for another drill takes back all before it.
pub enum PracticeJob {
    /// Makes the data of a drill.
    Open {
        pack: Arc<Pack>,
        drill: Arc<Drill>,
        lists: Arc<Lists>,
    },
    /// Runs a text on the data that is shown.
    Run { drill: String, sql: String },
    /// Grades an answer.
    Submit { drill: String, sql: String },
    /// Measures the ways to answer a drill, the candidate's own among them.
    Measure { drill: String, sql: Option<String> },
}

/// An answer.
#[derive(Clone, Debug)]
pub enum PracticeEvent {
    /// The data of a drill is there.
    Ready {
        drill: String,
        shown: Arc<DrillData>,
    },
    Failed {
        drill: String,
        error: EngineError,
    },
    Ran {
        drill: String,
        outcome: Result<(Answer, Duration), EngineError>,
    },
    Graded {
        drill: String,
        /// What was graded.
        sql: String,
        verdict: Box<Verdict>,
    },
    Measured {
        drill: String,
        outcome: Result<Arc<Ways>, EngineError>,
    },
}

/// What is shown of a drill's data.
#[derive(Clone, Debug, Default)]
pub struct DrillData {
    /// The rows that are asked for, on the data that is shown.
    pub expected: Answer,
    /// Rows of each table.
    pub tables: Vec<(String, u64)>,
    /// The tables the task is about.
    pub scene: Scene,
}

#[derive(Default)]
struct Slots {
    open: Option<(Arc<Pack>, Arc<Drill>, Arc<Lists>)>,
    run: Option<(String, String)>,
    submit: Option<(String, String)>,
    measure: Option<(String, Option<String>)>,
    quit: bool,
}

#[derive(Default)]
struct Shared {
    slots: Mutex<Slots>,
    changed: Condvar,
    running: Mutex<Running>,
}

#[derive(Default)]
struct Running {
    /// What the thread does: `Grading`.
    label: Option<&'static str>,
    interrupter: Option<Interrupter>,
}

/// The thread as the window sees it.
pub struct PracticeWorker {
    shared: Arc<Shared>,
    events: Receiver<PracticeEvent>,
    thread: Option<JoinHandle<()>>,
}

impl PracticeWorker {
    /// Starts the thread.
    pub fn start(wake: Wake) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (events, receiver) = channel();
        let own = Own {
            shared: Arc::clone(&shared),
            events,
            wake,
            open: None,
            ground: None,
        };
        let thread = std::thread::Builder::new()
            .name("practice".to_owned())
            .spawn(move || own.work())?;
        Ok(Self {
            shared,
            events: receiver,
            thread: Some(thread),
        })
    }

    /// Asks for something; returns at once.
    pub fn submit(&self, job: PracticeJob) {
        let mut slots = lock(&self.shared.slots);
        match job {
            PracticeJob::Open { pack, drill, lists } => {
                slots.open = Some((pack, drill, lists));
                slots.run = None;
                slots.submit = None;
                slots.measure = None;
                self.interrupt();
            }
            PracticeJob::Run { drill, sql } => {
                slots.run = Some((drill, sql));
                self.give_way();
            }
            PracticeJob::Submit { drill, sql } => {
                slots.submit = Some((drill, sql));
                self.give_way();
            }
            PracticeJob::Measure { drill, sql } => slots.measure = Some((drill, sql)),
        }
        self.shared.changed.notify_one();
    }

    /// Stops what is running and takes back what waits.
    pub fn cancel(&self) {
        let mut slots = lock(&self.shared.slots);
        slots.run = None;
        slots.submit = None;
        slots.measure = None;
        self.interrupt();
    }

    /// A measurement takes seconds and can be repeated: an answer does not wait for it.
    fn give_way(&self) {
        if self.activity() == Some(MEASURING) {
            self.interrupt();
        }
    }

    fn interrupt(&self) {
        if let Some(interrupter) = &lock(&self.shared.running).interrupter {
            interrupter.interrupt();
        }
    }

    /// The next answer, if there is one.
    pub fn poll(&self) -> Option<PracticeEvent> {
        self.events.try_recv().ok()
    }

    /// The next answer, waiting for it. `None` after `timeout`, or when the thread is gone.
    pub fn wait(&self, timeout: Duration) -> Option<PracticeEvent> {
        self.events.recv_timeout(timeout).ok()
    }

    /// What is running now.
    pub fn activity(&self) -> Option<&'static str> {
        lock(&self.shared.running).label
    }

    /// Whether something is running or waits.
    pub fn is_busy(&self) -> bool {
        let slots = lock(&self.shared.slots);
        let waits = slots.open.is_some()
            || slots.run.is_some()
            || slots.submit.is_some()
            || slots.measure.is_some();
        waits || self.activity().is_some()
    }
}

impl Drop for PracticeWorker {
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
    events: Sender<PracticeEvent>,
    wake: Wake,
    open: Option<(Arc<Pack>, Arc<Drill>, Arc<Lists>)>,
    ground: Option<Ground>,
}

impl Own {
    fn work(mut self) {
        while let Some(job) = self.next() {
            match job {
                PracticeJob::Open { pack, drill, lists } => self.open(pack, drill, lists),
                PracticeJob::Run { drill, sql } => self.run(drill, &sql),
                PracticeJob::Submit { drill, sql } => self.grade(drill, sql),
                PracticeJob::Measure { drill, sql } => self.measure(drill, sql.as_deref()),
            }
            *lock(&self.shared.running) = Running::default();
            (self.wake)();
        }
    }

    /// Waits for a wish: opening first, then a run, then an answer to grade.
    fn next(&self) -> Option<PracticeJob> {
        let mut slots = lock(&self.shared.slots);
        loop {
            if slots.quit {
                return None;
            }
            let opened = slots.open.take();
            let opened =
                opened.map(|(pack, drill, lists)| PracticeJob::Open { pack, drill, lists });
            let job = opened
                .or_else(|| {
                    let (drill, sql) = slots.run.take()?;
                    Some(PracticeJob::Run { drill, sql })
                })
                .or_else(|| {
                    let (drill, sql) = slots.submit.take()?;
                    Some(PracticeJob::Submit { drill, sql })
                })
                .or_else(|| {
                    let (drill, sql) = slots.measure.take()?;
                    Some(PracticeJob::Measure { drill, sql })
                });
            if let Some(job) = job {
                // Under the lock, so that nobody sees the thread idle in between.
                lock(&self.shared.running).label = Some(match &job {
                    PracticeJob::Open { .. } => "Making the data of the drill",
                    PracticeJob::Run { .. } => "Running",
                    PracticeJob::Submit { .. } => "Grading",
                    PracticeJob::Measure { .. } => MEASURING,
                });
                return Some(job);
            }
            slots = self
                .shared
                .changed
                .wait(slots)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn send(&self, event: PracticeEvent) {
        // Nobody listens any more only while the window closes.
        self.events.send(event).ok();
        (self.wake)();
    }

    fn open(&mut self, pack: Arc<Pack>, drill: Arc<Drill>, lists: Arc<Lists>) {
        self.ground = None;
        self.open = Some((Arc::clone(&pack), Arc::clone(&drill), Arc::clone(&lists)));
        match Ground::prepare(&pack, &drill, &lists) {
            Ok(ground) => {
                let base = ground.variant(SHOWN);
                let shown = DrillData {
                    expected: base.map(|v| v.expected.clone()).unwrap_or_default(),
                    tables: base.map(|v| v.tables.clone()).unwrap_or_default(),
                    scene: scene(&pack, &drill),
                };
                self.ground = Some(ground);
                self.send(PracticeEvent::Ready {
                    drill: drill.id.clone(),
                    shown: Arc::new(shown),
                });
            }
            Err(error) => self.send(PracticeEvent::Failed {
                drill: drill.id.clone(),
                error,
            }),
        }
    }

    /// The ground of a drill, ready to be interrupted.
    fn ground_of(&self, drill: &str) -> Option<&Ground> {
        let ground = self.ground.as_ref().filter(|g| g.drill() == drill)?;
        lock(&self.shared.running).interrupter = Some(ground.interrupter());
        Some(ground)
    }

    fn run(&self, drill: String, sql: &str) {
        let Some(ground) = self.ground_of(&drill) else {
            return;
        };
        let started = Instant::now();
        let outcome = one_select(sql)
            .map_err(EngineError::new)
            .and_then(|sql| {
                ground.answer(SHOWN, sql).map_err(|refusal| match refusal {
                    super::Refusal::Failed(error) => error,
                    other => EngineError::new(other.message()),
                })
            })
            .map(|answer| (answer, started.elapsed()));
        self.send(PracticeEvent::Ran { drill, outcome });
    }

    fn grade(&self, drill: String, sql: String) {
        let Some(ground) = self.ground_of(&drill) else {
            return;
        };
        let verdict = Box::new(grade(ground, &sql));
        self.send(PracticeEvent::Graded {
            drill,
            sql,
            verdict,
        });
    }

    fn measure(&self, drill: String, sql: Option<&str>) {
        let open = self.open.as_ref().filter(|(_, d, _)| d.id == drill);
        let Some((pack, found, lists)) = open else {
            return;
        };
        let mut started = |interrupter| {
            lock(&self.shared.running).interrupter = Some(interrupter);
        };
        let outcome = measure_ways(pack, found, lists, sql, &mut started).map(Arc::new);
        self.send(PracticeEvent::Measured { drill, outcome });
    }
}

/// The tables of a drill, drawn.
fn scene(pack: &Pack, drill: &Drill) -> Scene {
    let is_shown = |name: &str| drill.tables.iter().any(|t| same_name(t, name));
    let tables = pack.schema.tables.iter().map(|t| &t.name);
    let views = pack.schema.views.iter().map(|v| &v.name);
    let hidden = tables.chain(views).filter(|n| !is_shown(n)).cloned();
    let request = LayoutRequest {
        hidden: hidden.collect(),
        ..LayoutRequest::default()
    };
    diagram::layout(&pack.schema, &request, &|| false).unwrap_or_default()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
