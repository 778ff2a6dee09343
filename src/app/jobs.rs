//! Jobs for the worker, and what becomes of its answers.

use super::{App, WorkspaceKind};
use crate::engine::{EngineError, Event, Job, QueryId};
use crate::workspace::explore::Selected;
use crate::workspace::{DataStatus, ReadyData, RowPlace};

impl App {
    pub(super) fn run_query(&mut self) {
        let (Some(pack), Some(engine)) = (self.pack(), &self.engine) else {
            return;
        };
        let state = &self.state.packs.entry(pack.id.clone()).or_default().query;
        let job = self.query.start(self.next_id, &pack, state);
        self.next_id += 1;
        engine.submit(Job::Query(Box::new(job)));
    }

    /// A number for a new job, and the id of the open pack.
    fn next_job(&mut self) -> Option<(QueryId, String)> {
        let pack = self.pack()?.id.clone();
        self.next_id += 1;
        Some((self.next_id - 1, pack))
    }

    fn submit(&self, job: Job) {
        if let Some(engine) = &self.engine {
            engine.submit(job);
        }
    }

    pub(super) fn show_rows(&mut self, place: RowPlace) {
        if let Some((id, pack)) = self.next_job() {
            let job = self.explore.rows.open(id, &pack, place);
            self.submit(Job::Query(Box::new(job)));
        }
    }

    /// Rows a reference leads to. Their table is the selected one then, so that diagram and
    /// inspector come along.
    pub(super) fn follow(&mut self, place: RowPlace) {
        if let Some((id, pack)) = self.next_job() {
            let saved = self.state.packs.entry(pack.clone()).or_default();
            let selected = &mut saved.explore.selected;
            // A filter on the table that is selected already leaves its column open.
            if selected.as_ref().and_then(Selected::table) != Some(&place.table) {
                *selected = Some(Selected::Table(place.table.clone()));
                self.explore.reveal_selected = true;
            }
            self.state.panels.rows_open = true;
            let job = self.explore.rows.follow(id, &pack, place);
            self.submit(Job::Query(Box::new(job)));
            self.saver.changed();
        }
    }

    pub(super) fn count_links(&mut self) {
        if let Some((id, pack)) = self.next_job()
            && let Some(job) = self.explore.rows.count_links(id, &pack)
        {
            self.submit(Job::Query(Box::new(job)));
        }
    }

    pub(super) fn profile(&mut self, table: String, column: Option<String>) {
        if let Some((id, pack)) = self.next_job() {
            let job = self.explore.profiles.start(id, &pack, table, column);
            self.submit(Job::Profile(Box::new(job)));
        }
    }

    /// Takes in everything the worker has said since the last frame.
    pub(super) fn poll_engine(&mut self) {
        while let Some(event) = self.engine.as_ref().and_then(|e| e.poll()) {
            match event {
                Event::BuildStarted { pack } => {
                    self.data.entry(pack).or_default().status = DataStatus::Making;
                }
                Event::Built {
                    pack,
                    report,
                    scale,
                    seed,
                } => {
                    let data = self.data.entry(pack.clone()).or_default();
                    data.status = DataStatus::Done;
                    data.ready = Some(ReadyData {
                        rows: report
                            .tables
                            .iter()
                            .map(|t| (t.table.clone(), t.rows))
                            .collect(),
                        report,
                        scale,
                        seed,
                    });
                    self.after_build(&pack);
                }
                Event::Dropped { pack } => self.data_dropped(&pack),
                profiled @ (Event::Profiled { .. } | Event::ProfileFailed { .. }) => {
                    self.explore.profiles.handle(profiled);
                }
                Event::BuildFailed { pack, error } => self.build_failed(pack, error),
                other => self.query.handle(&other),
            }
        }
    }

    /// The earlier data is still there: its scale and seed are the ones in force again, so that
    /// other packs are not made at a scale that was just given up.
    fn build_failed(&mut self, pack: String, error: EngineError) {
        let data = self.data.entry(pack).or_default();
        if let Some(ready) = &data.ready {
            self.state.scale = ready.scale;
            self.state.seed = ready.seed;
        }
        data.status = if error.is_cancelled {
            DataStatus::Cancelled
        } else {
            DataStatus::Failed(error)
        };
    }

    /// The worker keeps the data of few packs: this one's is made again when it is opened.
    fn data_dropped(&mut self, pack: &str) {
        self.explore.profiles.forget(pack);
        if let Some(data) = self.data.get_mut(pack) {
            data.ready = None;
            if data.status != DataStatus::Making {
                data.status = DataStatus::NotAsked;
            }
        }
        if self.state.pack.as_deref() == Some(pack) {
            self.generate_if_stale();
        }
    }

    /// New rows: what is on screen is read again.
    fn after_build(&mut self, pack: &str) {
        self.explore.profiles.forget(pack);
        if self.state.pack.as_deref() != Some(pack) {
            return;
        }
        if let Some((id, pack)) = self.next_job()
            && let Some(job) = self.explore.rows.read_again(id, &pack)
        {
            self.submit(Job::Query(Box::new(job)));
        }
        if self.state.workspace == WorkspaceKind::Query {
            self.run_query();
        }
    }
}
