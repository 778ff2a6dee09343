//! The state of Query: drafts and parameters that are kept, and the run on screen.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use serde::{Deserialize, Serialize};

use crate::catalog;
use crate::engine::{
    EngineError, Event, ParameterValue, QueryId, QueryJob, QueryPurpose, QuerySummary, ResultStore,
    row_order,
};
use crate::ui_kit::grid::GridState;
use crate::workspace::WorkspaceContext;

/// The key of the editor that belongs to no query of the pack.
pub const SCRATCH: &str = "";

/// What survives a restart, per pack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct QueryState {
    /// The query in the editor; [`SCRATCH`] for free SQL, `None`: the first of the pack.
    pub open: Option<String>,
    /// Edited texts by query; only those that differ from the pack's.
    pub drafts: BTreeMap<String, String>,
    /// Typed parameter values by query and parameter.
    pub parameters: BTreeMap<String, BTreeMap<String, String>>,
}

impl QueryState {
    /// The query of the pack that is in the editor.
    pub fn open_query<'a>(&self, pack: &'a catalog::Pack) -> Option<&'a catalog::Query> {
        match self.open.as_deref() {
            None => pack.queries.first(),
            Some(SCRATCH) => None,
            Some(name) => pack.query(name),
        }
    }

    pub fn key(&self, pack: &catalog::Pack) -> String {
        self.open_query(pack)
            .map_or_else(String::new, |q| q.name.clone())
    }

    /// The text in the editor.
    pub fn text(&self, pack: &catalog::Pack) -> String {
        let documented = self.open_query(pack).map_or("", |q| &q.sql);
        self.drafts
            .get(&self.key(pack))
            .map_or(documented, String::as_str)
            .to_owned()
    }

    /// Keeps an edit, or forgets it when it is the documented text again.
    pub fn set_text(&mut self, pack: &catalog::Pack, text: String) {
        let key = self.key(pack);
        let documented = self.open_query(pack).map_or("", |q| &q.sql);
        if text == documented {
            self.drafts.remove(&key);
        } else {
            self.drafts.insert(key, text);
        }
    }
}

/// A run of the editor's text.
pub struct Run {
    pub id: QueryId,
    /// Which query it was, by key.
    pub key: String,
    /// The text as it was run: places in errors speak of it.
    pub text: String,
    pub store: Arc<ResultStore>,
    pub status: RunStatus,
}

#[derive(Clone, Debug, PartialEq)]
pub enum RunStatus {
    Waiting,
    Running,
    Done(QuerySummary),
    Failed(EngineError),
}

/// What lives only while the window is open.
#[derive(Default)]
pub struct Query {
    pack: String,
    /// The newest run.
    pub run: Option<Run>,
    /// The last run that gave rows: shown until the newest has some.
    pub shown: Option<Run>,
    pub grid: GridState,
    pub(super) order: Option<Vec<u32>>,
    sorting: Option<Receiver<Result<Vec<u32>, EngineError>>>,
    pub(super) sort_error: Option<EngineError>,
    /// Values the defaults stood for, by query and parameter.
    pub(super) defaults: BTreeMap<(String, String), String>,
    pub(super) filter: String,
    pub(super) focus_editor: bool,
}

impl Query {
    pub(super) fn update(&mut self, state: &mut QueryState, ctx: &WorkspaceContext<'_>) {
        if self.pack != ctx.pack.id {
            *self = Self {
                pack: ctx.pack.id.clone(),
                ..Self::default()
            };
        }
        let known = |name: &str| name == SCRATCH || ctx.pack.query(name).is_some();
        if state.open.as_deref().is_some_and(|name| !known(name)) {
            state.open = None;
        }
        self.promote();
        if let Some(order) = self.sorting.as_ref().and_then(|r| r.try_recv().ok()) {
            self.sorting = None;
            match order {
                Ok(order) => self.order = Some(order),
                Err(error) => {
                    self.grid.sorted = None;
                    self.sort_error = Some(error);
                }
            }
        }
    }

    /// The newest run takes the screen as soon as it has rows, or ended well without any: until
    /// then the last good rows stay.
    fn promote(&mut self) {
        let is_ready = self.run.as_ref().is_some_and(|run| {
            let ended_well = matches!(run.status, RunStatus::Done(_));
            !run.store.columns().is_empty() && (run.store.row_count() > 0 || ended_well)
        });
        if is_ready {
            self.shown = self.run.take();
            self.grid = GridState::default();
            self.order = None;
            self.sorting = None;
            self.sort_error = None;
        }
    }

    /// The newest run, wherever it is.
    pub fn newest(&self) -> Option<&Run> {
        self.run.as_ref().or(self.shown.as_ref())
    }

    pub fn is_running(&self) -> bool {
        self.newest()
            .is_some_and(|run| matches!(run.status, RunStatus::Waiting | RunStatus::Running))
    }

    /// The job for what the editor holds.
    pub fn start(&mut self, id: QueryId, pack: &catalog::Pack, state: &QueryState) -> QueryJob {
        if self.pack != pack.id {
            *self = Self {
                pack: pack.id.clone(),
                ..Self::default()
            };
        }
        let key = state.key(pack);
        let text = state.text(pack);
        let store = Arc::new(ResultStore::default());
        // A run that never got columns has nothing worth keeping.
        self.run = Some(Run {
            id,
            key: key.clone(),
            text: text.clone(),
            store: Arc::clone(&store),
            status: RunStatus::Waiting,
        });
        let typed = state.parameters.get(&key);
        let parameters = state
            .open_query(pack)
            .map(|q| q.parameters.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|p| ParameterValue {
                name: p.name.clone(),
                data_type: p.data_type.clone(),
                text: typed
                    .and_then(|t| t.get(&p.name))
                    .filter(|t| !t.is_empty())
                    .cloned(),
                default: p.default.clone(),
            })
            .collect();
        QueryJob {
            id,
            pack: pack.id.clone(),
            purpose: QueryPurpose::Workbench,
            sql: text,
            parameters,
            store,
        }
    }

    /// Takes in what the worker says of a run.
    pub fn handle(&mut self, event: &Event) {
        let (id, status) = match event {
            Event::QueryStarted { id } => (*id, RunStatus::Running),
            Event::QueryDone { id, summary } => (*id, RunStatus::Done(summary.clone())),
            Event::QueryFailed { id, error } => (*id, RunStatus::Failed(error.clone())),
            Event::Defaults { id, values } => {
                let key = self
                    .newest()
                    .filter(|run| run.id == *id)
                    .map(|run| run.key.clone());
                for (name, value) in values {
                    if let Some(key) = &key {
                        self.defaults
                            .insert((key.clone(), name.clone()), value.clone());
                    }
                }
                return;
            }
            _ => return,
        };
        for run in self
            .run
            .iter_mut()
            .chain(&mut self.shown)
            .filter(|run| run.id == id)
        {
            run.status = status.clone();
        }
    }

    /// Sorts the rows on screen by a column, on a thread of its own: up, down, as they came.
    pub(super) fn sort_by(&mut self, column: usize, wake: impl Fn() + Send + 'static) {
        let Some(run) = &self.shown else { return };
        self.sort_error = None;
        self.grid.sorted = match self.grid.sorted {
            Some((by, true)) if by == column => Some((column, false)),
            Some((by, false)) if by == column => None,
            _ => Some((column, true)),
        };
        let Some((_, ascending)) = self.grid.sorted else {
            self.order = None;
            self.sorting = None;
            return;
        };
        let (sender, receiver) = channel();
        let store = Arc::clone(&run.store);
        let started = std::thread::Builder::new()
            .name("sort".to_owned())
            .spawn(move || {
                sender.send(row_order(&store, column, !ascending)).ok();
                wake();
            });
        self.sorting = started.is_ok().then_some(receiver);
    }

    pub(super) fn is_sorting(&self) -> bool {
        self.sorting.is_some()
    }
}
