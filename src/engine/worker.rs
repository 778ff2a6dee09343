//! The one thread that talks to DuckDB.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::job::{BuildJob, Event, Job, ParameterValue, QueryJob, QueryPurpose, QuerySummary};
use super::parameters::substitute;
use super::session::Progress;
use super::{EngineError, Interrupter, Session, Settings, StopReason};

/// Instances kept: the pack on screen and the ones looked at before it.
const KEPT_SESSIONS: usize = 3;
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
}

/// One waiting wish of each kind.
#[derive(Default)]
struct Slots {
    build: Option<BuildJob>,
    workbench: Option<QueryJob>,
    peek: Option<QueryJob>,
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
    is_build: bool,
    purpose: Option<QueryPurpose>,
}

impl Engine {
    /// Starts the worker thread.
    pub fn start(settings: Settings, wake: Wake) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            slots: Mutex::default(),
            changed: Condvar::new(),
            status: Mutex::default(),
            cancelled: AtomicBool::new(false),
        });
        let (sender, events) = channel();
        let worker = Worker {
            shared: Arc::clone(&shared),
            events: sender.clone(),
            wake,
            settings,
            sessions: VecDeque::new(),
        };
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
    /// A wish of the same kind that still waits is dropped. A build of another pack, or a query
    /// of the same purpose, that is running already is interrupted: nobody waits for it any more.
    pub fn submit(&self, job: Job) {
        let mut slots = lock(&self.shared.slots);
        let status = lock(&self.shared.status);
        let supersedes = status.running.as_ref().is_some_and(|running| match &job {
            Job::Build(build) => running.is_build || running.pack != build.pack,
            Job::Query(query) => running.purpose == Some(query.purpose),
        });
        if supersedes {
            self.interrupt(&status);
        }
        match job {
            Job::Build(job) => slots.build = Some(*job),
            Job::Query(job) if job.purpose == QueryPurpose::Peek => slots.peek = Some(*job),
            Job::Query(job) => slots.workbench = Some(*job),
        }
        self.shared.changed.notify_one();
    }

    /// Stops what is running, and takes the user's waiting query back.
    pub fn cancel(&self) {
        let waiting = lock(&self.shared.slots).workbench.take();
        if let Some(job) = waiting {
            job.store.stop(StopReason::Cancelled, Duration::ZERO);
            let error = EngineError::cancelled();
            self.local
                .send(Event::QueryFailed { id: job.id, error })
                .ok();
        }
        self.interrupt(&lock(&self.shared.status));
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
            is_build: running.is_build,
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

struct Worker {
    shared: Arc<Shared>,
    events: Sender<Event>,
    wake: Wake,
    settings: Settings,
    /// Built instances by pack, the most recently used last.
    sessions: VecDeque<(String, Session)>,
}

impl Worker {
    fn run(mut self) {
        while let Some(job) = self.next_job() {
            match job {
                Job::Build(job) => self.build(*job),
                Job::Query(job) => self.query(*job),
            }
        }
    }

    /// Waits for a wish; `None` when it is time to go. Builds first: queries need their tables.
    fn next_job(&self) -> Option<Job> {
        let mut slots = lock(&self.shared.slots);
        loop {
            if slots.quit {
                return None;
            }
            if let Some(job) = slots.build.take() {
                return Some(Job::Build(Box::new(job)));
            }
            if let Some(job) = slots.peek.take().or_else(|| slots.workbench.take()) {
                return Some(Job::Query(Box::new(job)));
            }
            slots = self
                .shared
                .changed
                .wait(slots)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn send(&self, event: Event) {
        // Nobody listens any more only while the window closes.
        self.events.send(event).ok();
        (self.wake)();
    }

    fn begin(&self, running: Running) {
        let mut status = lock(&self.shared.status);
        // Under the lock, so that a cancel is of this job or of the one before, never between.
        self.shared.cancelled.store(false, Ordering::SeqCst);
        status.running = Some(running);
        status.begun += 1;
        drop(status);
        (self.wake)();
    }

    fn end(&self) {
        lock(&self.shared.status).running = None;
    }

    fn build(&mut self, job: BuildJob) {
        self.send(Event::BuildStarted {
            pack: job.pack.clone(),
        });
        let outcome = self.build_session(&job);
        self.end();
        match outcome {
            Ok((session, report)) => {
                self.sessions.retain(|(pack, _)| *pack != job.pack);
                self.sessions.push_back((job.pack.clone(), session));
                while self.sessions.len() > KEPT_SESSIONS {
                    self.sessions.pop_front();
                }
                self.send(Event::Built {
                    pack: job.pack,
                    report,
                    scale: job.scale,
                    seed: job.seed,
                });
            }
            Err(error) => self.send(Event::BuildFailed {
                pack: job.pack,
                error,
            }),
        }
    }

    fn build_session(&self, job: &BuildJob) -> Result<(Session, super::BuildReport), EngineError> {
        let session = Session::in_memory(&self.settings)?;
        self.begin(Running {
            label: format!("Generating {}", job.title),
            detail: String::new(),
            since: Instant::now(),
            steps: Some((0, 1)),
            progress: session.progress(),
            interrupter: session.interrupter(),
            pack: job.pack.clone(),
            is_build: true,
            purpose: None,
        });
        let report = session.build(&job.build, &mut |progress| {
            if let Some(running) = &mut lock(&self.shared.status).running {
                running.detail = progress.label;
                running.steps = Some((progress.step, progress.steps));
            }
            (self.wake)();
            !self.shared.cancelled.load(Ordering::SeqCst)
        })?;
        Ok((session, report))
    }

    fn query(&mut self, job: QueryJob) {
        // Used last, dropped last.
        if let Some(at) = self.sessions.iter().position(|(pack, _)| *pack == job.pack)
            && let Some(entry) = self.sessions.remove(at)
        {
            self.sessions.push_back(entry);
        }
        let session = match self.sessions.back() {
            Some((pack, session)) if *pack == job.pack => session,
            _ => {
                let error = EngineError::new("The data of this model is not made yet");
                job.store
                    .stop(StopReason::Failed(error.clone()), Duration::ZERO);
                self.send(Event::QueryFailed { id: job.id, error });
                return;
            }
        };
        self.begin(Running {
            label: match job.purpose {
                QueryPurpose::Workbench => "Running the query".to_owned(),
                QueryPurpose::Peek => "Reading rows".to_owned(),
            },
            detail: String::new(),
            since: Instant::now(),
            steps: None,
            progress: session.progress(),
            interrupter: session.interrupter(),
            pack: job.pack.clone(),
            is_build: false,
            purpose: Some(job.purpose),
        });
        self.send(Event::QueryStarted { id: job.id });
        let started = Instant::now();
        let outcome = self.run_query(session, &job, started);
        self.end();
        let (reason, mut event) = match outcome {
            Ok((reason, summary)) => (
                reason,
                Event::QueryDone {
                    id: job.id,
                    summary,
                },
            ),
            Err(error) if error.is_cancelled => (
                StopReason::Cancelled,
                Event::QueryFailed { id: job.id, error },
            ),
            Err(error) => (
                StopReason::Failed(error.clone()),
                Event::QueryFailed { id: job.id, error },
            ),
        };
        job.store.stop(reason, started.elapsed());
        if let Event::QueryDone { summary, .. } = &mut event {
            // Only now is the last part counted.
            summary.rows = job.store.row_count();
        }
        self.send(event);
    }

    fn run_query(
        &self,
        session: &Session,
        job: &QueryJob,
        started: Instant,
    ) -> Result<(StopReason, QuerySummary), EngineError> {
        if job.sql.trim().is_empty() {
            return Err(EngineError::new("There is no statement to run"));
        }
        let values = self.parameter_values(session, job)?;
        let statement = substitute(&job.sql, &|name| {
            values
                .iter()
                .find(|(n, _, _)| n == name)
                .map(|(_, data_type, text)| (data_type.clone(), text.clone()))
        })?;
        let mut first_rows = None;
        let mut reason = StopReason::Complete;
        let mut last_wake = Instant::now();
        session
            .stream(
                &statement.sql,
                &mut |schema| job.store.set_schema(schema),
                &mut |batch| {
                    first_rows.get_or_insert_with(|| started.elapsed());
                    if self.shared.cancelled.load(Ordering::SeqCst) {
                        return Err(EngineError::cancelled());
                    }
                    if !job.store.push(batch)? {
                        reason = StopReason::TooLarge(job.store.bytes_on_disk());
                        return Ok(ControlFlow::Break(()));
                    }
                    if last_wake.elapsed() > Duration::from_millis(30) {
                        last_wake = Instant::now();
                        (self.wake)();
                    }
                    Ok(ControlFlow::Continue(()))
                },
            )
            .map_err(|err| err.moved(|place| Some(statement.original(place))))?;
        let elapsed = started.elapsed();
        Ok((
            reason,
            QuerySummary {
                rows: job.store.row_count(),
                first_rows: first_rows.unwrap_or(elapsed),
                elapsed,
                sql: statement.sql,
            },
        ))
    }

    /// Name, type and text of every parameter; defaults that are queries are asked now.
    fn parameter_values(
        &self,
        session: &Session,
        job: &QueryJob,
    ) -> Result<Vec<(String, String, Option<String>)>, EngineError> {
        let mut defaults = Vec::new();
        let mut values = Vec::new();
        for parameter in &job.parameters {
            let ParameterValue {
                name,
                data_type,
                text,
                default,
            } = parameter;
            let text = match text {
                Some(text) => Some(text.clone()),
                None => {
                    let found =
                        session
                            .default_of(data_type, default)
                            .map_err(|err| EngineError {
                                message: format!("the default of ${name}: {}", err.message),
                                place: None,
                                ..err
                            })?;
                    defaults.push((name.clone(), found.clone().unwrap_or_default()));
                    found
                }
            };
            values.push((name.clone(), data_type.clone(), text));
        }
        if !defaults.is_empty() {
            self.send(Event::Defaults {
                id: job.id,
                values: defaults,
            });
        }
        Ok(values)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
