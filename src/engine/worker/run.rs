//! The worker's own side: takes one wish after the other and answers.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use super::{Running, Shared, Slots, Wake, Work, lock};
use crate::engine::job::{
    BuildJob, Event, Job, ParameterValue, ProfileJob, QueryJob, QueryPurpose, QuerySummary,
};
use crate::engine::parameters::substitute;
use crate::engine::{BuildReport, EngineError, Profile, Session, Settings, StopReason};

/// Instances kept: the pack on screen and the ones looked at before it.
const KEPT_SESSIONS: usize = 3;
const NOT_MADE: &str = "The data of this model is not made yet";

pub(super) struct Worker {
    shared: Arc<Shared>,
    events: Sender<Event>,
    wake: Wake,
    settings: Settings,
    /// Built instances by pack, the most recently used last.
    sessions: VecDeque<(String, Session)>,
}

impl Worker {
    pub fn new(shared: Arc<Shared>, events: Sender<Event>, wake: Wake, settings: Settings) -> Self {
        Self {
            shared,
            events,
            wake,
            settings,
            sessions: VecDeque::new(),
        }
    }

    /// Works until it is time to go.
    pub fn run(mut self) {
        while let Some(job) = self.next_job() {
            match job {
                Job::Build(job) => self.build(*job),
                Job::Query(job) => self.query(*job),
                Job::Profile(job) => self.profile(*job),
            }
        }
    }

    /// Waits for a wish; `None` when it is time to go. Builds first: queries need their tables.
    /// Profiles last: they take the longest and are looked at last.
    fn next_job(&self) -> Option<Job> {
        let mut slots = lock(&self.shared.slots);
        slots.is_taken = false;
        loop {
            if slots.quit {
                return None;
            }
            if let Some(job) = Self::take(&mut slots) {
                slots.is_taken = true;
                return Some(job);
            }
            slots = self
                .shared
                .changed
                .wait(slots)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn take(slots: &mut Slots) -> Option<Job> {
        if let Some(job) = slots.build.take() {
            return Some(Job::Build(Box::new(job)));
        }
        let query = slots.peek.take().or_else(|| slots.links.take());
        if let Some(job) = query.or_else(|| slots.workbench.take()) {
            return Some(Job::Query(Box::new(job)));
        }
        let profile = slots.profile.take()?;
        Some(Job::Profile(Box::new(profile)))
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
        self.shared.gave_way.store(false, Ordering::SeqCst);
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
                    if let Some((pack, _)) = self.sessions.pop_front() {
                        self.send(Event::Dropped { pack });
                    }
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

    fn build_session(&self, job: &BuildJob) -> Result<(Session, BuildReport), EngineError> {
        let session = Session::in_memory(&self.settings)?;
        self.begin(Running {
            label: format!("Generating {}", job.title),
            detail: String::new(),
            since: Instant::now(),
            steps: Some((0, 1)),
            progress: session.progress(),
            interrupter: session.interrupter(),
            pack: job.pack.clone(),
            work: Work::Build,
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

    /// The instance of a pack, if there is one; used last, dropped last.
    fn session_of(&mut self, pack: &str) -> Option<&Session> {
        let at = self.sessions.iter().position(|(name, _)| name == pack)?;
        let entry = self.sessions.remove(at)?;
        self.sessions.push_back(entry);
        self.sessions.back().map(|(_, session)| session)
    }

    fn profile(&mut self, job: ProfileJob) {
        if self.session_of(&job.pack).is_none() {
            let error = EngineError::new(NOT_MADE);
            return self.send(Event::ProfileFailed { id: job.id, error });
        }
        let Some((_, session)) = self.sessions.back() else {
            return;
        };
        self.begin(Running {
            label: "Profiling".to_owned(),
            detail: match &job.column {
                Some(column) => format!("{}.{column}", job.table),
                None => job.table.clone(),
            },
            since: Instant::now(),
            steps: None,
            progress: session.progress(),
            interrupter: session.interrupter(),
            pack: job.pack.clone(),
            work: Work::Profile,
        });
        let outcome = match &job.column {
            Some(column) => session
                .column_profile(&job.table, column)
                .map(|profile| Profile::Column(Box::new(profile))),
            None => session.table_profile(&job.table).map(Profile::Table),
        };
        self.end();
        let id = job.id;
        match outcome {
            Ok(profile) => self.send(Event::Profiled { id, profile }),
            Err(error) if error.is_cancelled && self.shared.gave_way.load(Ordering::SeqCst) => {
                // A newer wish that came meanwhile stays.
                lock(&self.shared.slots).profile.get_or_insert(job);
            }
            Err(error) => self.send(Event::ProfileFailed { id, error }),
        }
    }

    fn query(&mut self, job: QueryJob) {
        if self.session_of(&job.pack).is_none() {
            let error = EngineError::new(NOT_MADE);
            job.store
                .stop(StopReason::Failed(error.clone()), Duration::ZERO);
            return self.send(Event::QueryFailed { id: job.id, error });
        }
        let Some((_, session)) = self.sessions.back() else {
            return;
        };
        self.begin(Running {
            label: match job.purpose {
                QueryPurpose::Workbench => "Running the query".to_owned(),
                QueryPurpose::Peek => "Reading rows".to_owned(),
                QueryPurpose::Links => "Counting related rows".to_owned(),
            },
            detail: String::new(),
            since: Instant::now(),
            steps: None,
            progress: session.progress(),
            interrupter: session.interrupter(),
            pack: job.pack.clone(),
            work: Work::Query(job.purpose),
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
