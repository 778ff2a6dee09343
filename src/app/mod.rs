//! The window: what is open, commands, persistence, and the wiring between screens and engine.
//!
//! [`state`] is what survives a restart, [`command`] the one list of things a user can do,
//! [`logic`] runs them, [`jobs`] asks the worker and takes in what it says, the rest draws.

mod command;
mod data;
mod designs;
mod dialogs;
mod drills;
mod generate_form;
mod jobs;
mod labs;
mod library;
mod logic;
mod palette;
mod persist;
mod practice_pages;
mod saving;
mod state;
mod status_bar;
mod top_bar;
mod window;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, Frame, Margin, Panel, Ui};

pub use command::Command;
pub use persist::state_file;
pub use state::{AppState, SavedPack, WorkspaceKind};
pub use window::{is_display_missing, run};

use crate::catalog::{Catalog, Pack};
use crate::engine::{Engine, QueryId, Settings};
use crate::lab::LabWorker;
use crate::practice::design::DesignWorker;
use crate::practice::progress::{Logbook, Progress};
use crate::practice::{Now, PracticeWorker};
use crate::ui_kit::{self, tokens};
use crate::workspace::compare::Compare;
use crate::workspace::explore::Explore;
use crate::workspace::practice::{Practice, PracticePage, PracticeView};
use crate::workspace::query::Query;
use crate::workspace::{
    Actions, DataStatus, PackData, WorkspaceContext, compare, explore, practice, query,
};

/// How the window is started.
#[derive(Clone, Debug, Default)]
pub struct AppOptions {
    /// Where the state is kept; `None`: nowhere.
    pub state_file: Option<PathBuf>,
    /// A folder of the user's own packs.
    pub packs_folder: Option<PathBuf>,
    /// A moment to take for the present, in seconds since 1970, for tests of what comes with time.
    pub now_secs: Option<u64>,
}

/// Everything behind the window.
pub struct App {
    catalog: Arc<Catalog>,
    state: AppState,
    explore: Explore,
    query: Query,
    data: BTreeMap<String, PackData>,
    engine: Option<Engine>,
    compare: Compare,
    labs: Option<LabWorker>,
    practice: Practice,
    drills: Option<PracticeWorker>,
    designs: Option<DesignWorker>,
    /// What was done in Practice, and the file it is kept in.
    logbook: Logbook,
    /// Where complete runs of labs are kept; `None`: nowhere.
    runs_folder: Option<PathBuf>,
    actions: Actions,
    palette: palette::Palette,
    notices: status_bar::Notices,
    saver: persist::Saver,
    next_id: QueryId,
    /// The pack the library has scrolled to.
    library_shows: Option<String>,
    problems_open: bool,
    help_open: bool,
    generate_open: Option<data::GenerateForm>,
    saves: saving::Saves,
    /// A file to write without asking where, for tests of saving.
    pub save_to: Option<PathBuf>,
    /// A moment to take for the present ([`AppOptions::now_secs`]).
    pub now_secs: Option<u64>,
    /// The day the ratings that were owed were last given.
    rated_on: Option<i64>,
}

impl App {
    /// Sets the look up, reads the state of the last session and starts the worker.
    pub fn new(ctx: &Context, options: &AppOptions) -> Self {
        ui_kit::install_fonts(ctx);
        ui_kit::apply(ctx);
        let catalog = match &options.packs_folder {
            Some(folder) => Catalog::with_folder(folder),
            None => Catalog::built_in(),
        };
        let mut notices = status_bar::Notices::default();
        let practice_file = options
            .state_file
            .as_deref()
            .map(practice_pages::file_beside);
        let now = practice_pages::now(options.now_secs);
        let (logbook, messages) = Logbook::open(practice_file.as_deref(), now.secs);
        for message in messages {
            notices.error(message);
        }
        let (saver, state) = persist::Saver::open(options.state_file.clone(), &mut notices);
        let wake = {
            let ctx = ctx.clone();
            Arc::new(move || ctx.request_repaint())
        };
        let labs = match LabWorker::start(Arc::clone(&wake) as _) {
            Ok(labs) => Some(labs),
            Err(err) => {
                notices.error(format!("Labs cannot be measured: {err}"));
                None
            }
        };
        let drills = match PracticeWorker::start(Arc::clone(&wake) as _) {
            Ok(drills) => Some(drills),
            Err(err) => {
                notices.error(format!("Drills cannot be graded: {err}"));
                None
            }
        };
        let designs = match DesignWorker::start(Arc::clone(&wake) as _) {
            Ok(designs) => Some(designs),
            Err(err) => {
                notices.error(format!("Designs cannot be graded: {err}"));
                None
            }
        };
        let engine = match Engine::start(Settings::default(), wake) {
            Ok(engine) => Some(engine),
            Err(err) => {
                notices.error(format!("The database could not be started: {err}"));
                None
            }
        };
        let mut app = Self {
            catalog: Arc::new(catalog),
            state,
            explore: Explore::default(),
            query: Query::default(),
            data: BTreeMap::new(),
            engine,
            compare: Compare::default(),
            labs,
            practice: Practice::default(),
            drills,
            designs,
            logbook,
            runs_folder: labs::runs_folder(options.state_file.as_deref()),
            actions: Actions::default(),
            palette: palette::Palette::default(),
            notices,
            saver,
            next_id: 1,
            library_shows: None,
            problems_open: false,
            help_open: false,
            generate_open: None,
            saves: saving::Saves::default(),
            save_to: None,
            now_secs: options.now_secs,
            rated_on: None,
        };
        app.take_over_records();
        app.rate_what_was_left();
        app.open_first_pack();
        match app.state.workspace {
            WorkspaceKind::Compare => app.open_compare(),
            WorkspaceKind::Practice => app.open_practice(),
            WorkspaceKind::Explore | WorkspaceKind::Query => {}
        }
        app
    }

    /// The pack on screen; `None` only when not one could be loaded.
    fn pack(&self) -> Option<Arc<Pack>> {
        self.catalog
            .pack(self.state.pack.as_deref()?)
            .map(Arc::clone)
    }

    /// Draws one frame and then does what was asked for in it.
    pub fn frame_ui(&mut self, ui: &mut Ui) {
        ui.ctx().set_theme(self.state.theme.preference());
        self.poll_engine();
        self.poll_labs();
        self.poll_drills();
        self.poll_designs();
        self.rate_what_was_left();
        self.shortcuts(ui.ctx());
        let t = tokens(ui);
        let bar = Frame::new()
            .fill(t.panel)
            .inner_margin(Margin::symmetric(12, 0));
        Panel::top("top-bar")
            .frame(bar)
            .exact_size(46.0)
            .show(ui, |ui| self.top_bar_ui(ui));
        Panel::bottom("status-bar")
            .frame(bar)
            .exact_size(30.0)
            .show(ui, |ui| self.status_bar_ui(ui));
        if self.state.library_open {
            Panel::left("library")
                .frame(
                    Frame::new()
                        .fill(t.panel)
                        .inner_margin(Margin::symmetric(8, 8)),
                )
                .default_size(228.0)
                .size_range(170.0..=360.0)
                .show(ui, |ui| self.library_ui(ui));
        }
        self.workspace_ui(ui);
        self.overlays_ui(ui.ctx());
        self.run_actions(ui.ctx());
        self.saver.save_if_due(&self.state, &mut self.notices);
    }

    fn workspace_ui(&mut self, ui: &mut Ui) {
        let Some(pack) = self.pack() else {
            egui::CentralPanel::default().show(ui, |ui| {
                ui_kit::widgets::empty_state(
                    ui,
                    ui_kit::icons::Sign::PackageOpen,
                    "No model could be loaded",
                    "The problems are listed in the status bar",
                );
            });
            return;
        };
        let data = self.data.entry(pack.id.clone()).or_default();
        let ctx = WorkspaceContext {
            catalog: &self.catalog,
            pack: &pack,
            data,
            actions: &self.actions,
        };
        let saved = self.state.packs.entry(pack.id.clone()).or_default();
        match self.state.workspace {
            WorkspaceKind::Explore => {
                let panels = &mut self.state.panels;
                explore::ui(ui, &mut self.explore, &mut saved.explore, panels, &ctx);
            }
            WorkspaceKind::Query => query::ui(ui, &mut self.query, &mut saved.query, &ctx),
            WorkspaceKind::Compare => {
                let activity = self.labs.as_ref().and_then(|w| w.activity());
                let state = &mut self.state.compare;
                compare::ui(ui, &mut self.compare, state, activity.as_ref(), &ctx);
            }
            WorkspaceKind::Practice => {
                let activity = if self.state.practice.page() == PracticePage::Design {
                    self.designs.as_ref().and_then(DesignWorker::activity)
                } else {
                    self.drills.as_ref().and_then(PracticeWorker::activity)
                };
                let view = PracticeView {
                    progress: self.logbook.progress(),
                    now: practice_pages::now(self.now_secs),
                    activity,
                };
                let state = &mut self.state.practice;
                practice::ui(ui, &mut self.practice, state, view, &ctx);
            }
        }
    }

    /// Whether nothing is under way: no data, query, layout or file.
    pub fn is_idle(&self) -> bool {
        let making = self.data.values().any(|d| d.status == DataStatus::Making);
        let busy = self.engine.as_ref().is_some_and(Engine::has_work);
        !making
            && !busy
            && !self.explore.is_laying_out()
            && !self.query.is_running()
            && !self.explore.profiles.is_running()
            && !self.saves.is_busy()
            && !self.labs.as_ref().is_some_and(|w| w.is_busy())
            && !self.drills.as_ref().is_some_and(PracticeWorker::is_busy)
            && !self.designs.as_ref().is_some_and(DesignWorker::is_busy)
    }

    /// What is kept for the next start.
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// What was done in Practice.
    pub fn progress(&self) -> &Progress {
        self.logbook.progress()
    }

    /// The present, and the user's midnight.
    fn now(&self) -> Now {
        practice_pages::now(self.now_secs)
    }

    /// How many problems the packs have.
    pub fn problem_count(&self) -> usize {
        self.catalog.problems.len()
    }

    /// The message in the status bar.
    pub fn notice(&self) -> Option<&str> {
        self.notices.newest().map(|notice| notice.text.as_str())
    }

    /// Writes the state now. Called when the window closes.
    pub fn save_now(&mut self) {
        self.saver.save(&self.state, &mut self.notices);
    }
}
