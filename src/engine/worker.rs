//! The one thread that talks to DuckDB.

mod run;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::job::{BuildJob, Event, Job, ProfileJob, QueryJob, QueryPurpose};
use super::session::Progress;
use super::{EngineError, Interrupter, Settings, StopReason};
use run::Worker;

/// How often an interrupt is repeated until it has worked.
const INSIST_EVERY: Duration = Duration::from_millis(10);

/// Calls after each event, so that a sleeping window looks.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The worker as the window sees it.
pub struct Engine {
    shared: Arc<Shared>,
    events: Receiver<Event>,
    /// For events that do not come from the worker.
    local: Sender<Event>,
    thread: Option<JoinHandle<()>>,
}

/// What the worker is doing.
#[derive(Clone)]
pub struct Activity {
    /// `Generating Shop`, `Running the query`.
    pub label: String,
    /// What exactly: the table being filled.
    pub detail: String,
    pub since: Instant,
    /// 0 to 1; `None` when nobody can tell.
    pub fraction: Option<f32>,
    pub is_build: bool,
}

struct Shared {
    slots: Mutex<Slots>,
    changed: Condvar,
    status: Mutex<Status>,
    cancelled: AtomicBool,
    /// The running profile was interrupted only to let a query pass.
    gave_way: AtomicBool,
}

/// One waiting wish of each kind.
#[derive(Default)]
struct Slots {
    build: Option<BuildJob>,
    workbench: Option<QueryJob>,
    peek: Option<QueryJob>,
    links: Option<QueryJob>,
    profile: Option<ProfileJob>,
    /// A wish was taken and is not answered yet.
    is_taken: bool,
    quit: bool,
}

/// What runs now, for the status line and for Cancel.
#[derive(Default)]
struct Status {
    running: Option<Running>,
    /// How many jobs have begun: tells the running one from those before it.
    begun: u64,
}

struct Running {
    label: String,
    detail: String,
    since: Instant,
    /// Steps done and in all, for builds.
    steps: Option<(usize, usize)>,
    progress: Progress,
    interrupter: Interrupter,
    pack: String,
    work: Work,
}

/// What kind of job is running.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    Build,
    Query(QueryPurpose),
    Profile,
}

impl Engine {
    /// Starts the worker thread.
    pub fn start(settings: Settings, wake: Wake) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            slots: Mutex::default(),
            changed: Condvar::new(),
            status: Mutex::default(),
            cancelled: AtomicBool::new(false),
            gave_way: AtomicBool::new(false),
        });
        let (sender, events) = channel();
        let worker = Worker::new(Arc::clone(&shared), sender.clone(), wake, settings);
        let thread = std::thread::Builder::new()
            .name("duckdb-worker".to_owned())
            .spawn(move || worker.run())?;
        Ok(Self {
            shared,
            events,
            local: sender,
            thread: Some(thread),
        })
    }

    /// Asks for something; returns at once.
    ///
    /// A wish of the same kind that still waits is dropped. A build of another pack, a query of
    /// the same purpose, or a profile that is running already is interrupted: nobody waits for it
    /// any more. A profile that is in the way of a query goes on after it.
    pub fn submit(&self, job: Job) {
        let mut slots = lock(&self.shared.slots);
        let status = lock(&self.shared.status);
        if let Some(running) = &status.running {
            let gives_way = running.work == Work::Profile && matches!(job, Job::Query(_));
            let is_obsolete = match (&job, running.work) {
                (Job::Build(_), Work::Build | Work::Profile) | (Job::Profile(_), Work::Profile) => {
                    true
                }
                (Job::Build(build), _) => running.pack != build.pack,
                (Job::Query(query), work) => work == Work::Query(query.purpose),
                (Job::Profile(_), _) => false,
            };
            if gives_way || is_obsolete {
                self.shared.gave_way.store(gives_way, Ordering::SeqCst);
                self.interrupt(&status);
            }
        }
        match job {
            Job::Build(job) => slots.build = Some(*job),
            Job::Profile(job) => slots.profile = Some(*job),
            Job::Query(job) => match job.purpose {
                QueryPurpose::Workbench => slots.workbench = Some(*job),
                QueryPurpose::Peek => slots.peek = Some(*job),
                QueryPurpose::Links => slots.links = Some(*job),
            },
        }
        self.shared.changed.notify_one();
    }

    /// Stops what is running, and takes the user's waiting query and profile back.
    pub fn cancel(&self) {
        let mut slots = lock(&self.shared.slots);
        let (query, profile) = (slots.workbench.take(), slots.profile.take());
        drop(slots);
        let error = EngineError::cancelled();
        if let Some(job) = query {
            job.store.stop(StopReason::Cancelled, Duration::ZERO);
            let (id, error) = (job.id, error.clone());
            self.local.send(Event::QueryFailed { id, error }).ok();
        }
        if let Some(job) = profile {
            let id = job.id;
            self.local.send(Event::ProfileFailed { id, error }).ok();
        }
        let status = lock(&self.shared.status);
        self.shared.gave_way.store(false, Ordering::SeqCst);
        self.interrupt(&status);
    }

    /// Whether there is something [`Engine::cancel`] would stop.
    pub fn is_busy(&self) -> bool {
        lock(&self.shared.slots).workbench.is_some() || lock(&self.shared.status).running.is_some()
    }

    fn interrupt(&self, status: &Status) {
        let Some(running) = &status.running else {
            return;
        };
        let is_repeated = self.shared.cancelled.swap(true, Ordering::SeqCst);
        running.interrupter.interrupt();
        if is_repeated {
            return;
        }
        // DuckDB forgets an interrupt that comes between two statements or before the first.
        let shared = Arc::clone(&self.shared);
        let job = status.begun;
        std::thread::Builder::new()
            .name("duckdb-cancel".to_owned())
            .spawn(move || {
                loop {
                    std::thread::sleep(INSIST_EVERY);
                    let status = lock(&shared.status);
                    match &status.running {
                        Some(running) if status.begun == job => running.interrupter.interrupt(),
                        _ => return,
                    }
                }
            })
            .ok();
    }

    /// Whether a wish waits or is being worked on. Between the two there is no moment in which
    /// [`Engine::activity`] has nothing to tell and this says no.
    pub fn has_work(&self) -> bool {
        let slots = lock(&self.shared.slots);
        slots.is_taken
            || slots.build.is_some()
            || slots.workbench.is_some()
            || slots.peek.is_some()
            || slots.links.is_some()
            || slots.profile.is_some()
    }

    /// The next answer, if there is one.
    pub fn poll(&self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    /// The next answer, waiting for it. `None` after `timeout`, or when the worker is gone.
    pub fn wait(&self, timeout: Duration) -> Option<Event> {
        self.events.recv_timeout(timeout).ok()
    }

    /// What is running now.
    pub fn activity(&self) -> Option<Activity> {
        let status = lock(&self.shared.status);
        let running = status.running.as_ref()?;
        let within = running.progress.fraction();
        let fraction = match running.steps {
            Some((step, steps)) => {
                Some((step as f32 + within.unwrap_or(0.0)) / steps.max(1) as f32)
            }
            None => within,
        };
        Some(Activity {
            label: running.label.clone(),
            detail: running.detail.clone(),
            since: running.since,
            fraction,
            is_build: running.work == Work::Build,
        })
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        lock(&self.shared.slots).quit = true;
        self.cancel();
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
