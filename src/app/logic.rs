//! Runs commands and actions, and takes in what the worker says.

use egui::Context;

use super::data::GenerateForm;
use super::state::ThemeChoice;
use super::{App, Command, WorkspaceKind};
use crate::engine::ExportFormat;
use crate::practice::PracticeWorker;
use crate::practice::design::DesignWorker;
use crate::workspace::Action;
use crate::workspace::explore::{Camera, DetailChoice, Place, Selected};
use crate::workspace::practice::PracticeAction;

impl App {
    pub(super) fn open_first_pack(&mut self) {
        let known = self
            .state
            .pack
            .as_deref()
            .is_some_and(|id| self.catalog.pack(id).is_some());
        if !known {
            self.state.pack = self.catalog.packs.first().map(|p| p.id.clone());
        }
        self.generate_if_stale();
    }

    pub(super) fn open_pack(&mut self, id: &str) {
        if self.state.pack.as_deref() != Some(id) && self.catalog.pack(id).is_some() {
            self.state.pack = Some(id.to_owned());
            self.saver.changed();
            self.generate_if_stale();
        }
    }

    /// Fires the commands whose keys were pressed.
    pub(super) fn shortcuts(&mut self, ctx: &Context) {
        let typing = ctx.egui_wants_keyboard_input();
        let modal = self.palette.is_open
            || self.help_open
            || self.problems_open
            || self.generate_open.is_some();
        // Ctrl+Z also matches while Shift is held: the longer combination is asked first.
        let (with_shift, without): (Vec<Command>, Vec<Command>) = Command::ALL
            .into_iter()
            .partition(|c| c.shortcut().is_some_and(|s| s.modifiers.shift));
        for command in with_shift.into_iter().chain(without) {
            let Some(shortcut) = command.shortcut() else {
                continue;
            };
            let blocked = (command.yields_to_typing() && typing && ctx.text_edit_focused())
                || (modal && command != Command::Palette);
            if !blocked && ctx.input_mut(|i| i.consume_shortcut(&shortcut)) {
                self.run_command(ctx, command);
            }
        }
    }

    /// Why a command cannot run now; `None` when it can.
    pub(super) fn obstacle(&self, command: Command) -> Option<&'static str> {
        let in_query = self.state.workspace == WorkspaceKind::Query;
        let in_explore = self.state.workspace == WorkspaceKind::Explore;
        let in_compare = self.state.workspace == WorkspaceKind::Compare;
        let in_practice = self.state.workspace == WorkspaceKind::Practice;
        match command {
            Command::SubmitAnswer if !self.is_drill_open() => Some("Only on a drill in Practice"),
            Command::RunQuery if self.is_design_open() => Some("A design is checked, not run"),
            Command::RunQuery if in_practice && self.is_drill_open() => None,
            Command::EndSession if self.state.practice.session.is_none() => {
                Some("No session is going on")
            }
            Command::NextItem if !in_practice || !self.has_next_item() => {
                Some("Only in a session, and on cards")
            }
            Command::ShowAnswer if !self.is_card_open() => Some("Only on a card in Practice"),
            Command::RowsBack if in_practice => match self.is_guide_back_possible() {
                true => None,
                false => Some("No question was answered"),
            },
            Command::Cancel if !self.is_cancellable() => Some("Nothing is running"),
            Command::RunLab | Command::SweepLab if !in_compare => Some("Only in Compare"),
            Command::RunQuery if !in_query && !in_compare => Some("Only in Query and Compare"),
            Command::NextQuestion | Command::PreviousQuestion if !in_query => Some("Only in Query"),
            Command::SaveCsv | Command::SaveJson | Command::SaveParquet
                if self.query.shown.is_none() =>
            {
                Some("There is no result yet")
            }
            Command::FitDiagram
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::ShowNames
            | Command::ShowKeys
            | Command::ShowColumns
            | Command::ToggleImplied
            | Command::ArrangeAgain
            | Command::ToggleInspector
            | Command::ToggleRows
            | Command::ToggleDocumentation
                if !in_explore =>
            {
                Some("Only in Explore")
            }
            Command::Undo if in_compare && self.compare.removed.is_none() => {
                Some("Nothing to bring back")
            }
            Command::Undo if !in_compare && (!in_explore || !self.explore.can_undo()) => {
                Some("Nothing to undo")
            }
            Command::Redo if !in_explore || !self.explore.can_redo() => Some("Nothing to redo"),
            Command::RowsBack if !in_explore || !self.explore.rows.can_go_back() => {
                Some("No reference was followed")
            }
            Command::RowsForward if !in_explore || !self.explore.rows.can_go_forward() => {
                Some("Nothing to go forward to")
            }
            Command::Problems if self.catalog.problems.is_empty() => Some("There are none"),
            _ => None,
        }
    }

    pub(super) fn run_command(&mut self, ctx: &Context, command: Command) {
        if self.obstacle(command).is_some() {
            return;
        }
        let in_compare = self.state.workspace == WorkspaceKind::Compare;
        let in_practice = self.state.workspace == WorkspaceKind::Practice;
        match command {
            Command::Practice => self.open_practice(),
            Command::SubmitAnswer => self.practice_action(PracticeAction::Submit),
            Command::RunQuery if in_practice => self.practice_action(PracticeAction::Run),
            Command::Cancel if in_practice => self.practice_action(PracticeAction::Cancel),
            Command::PracticePage(page) => self.practice_action(PracticeAction::Page(page)),
            Command::StartSession => self.start_session(),
            Command::NextItem => self.practice_action(PracticeAction::Next),
            Command::EndSession => self.practice_action(PracticeAction::End),
            Command::ShowAnswer => self.practice.card.is_shown = true,
            Command::RowsBack if in_practice => {
                self.state.practice.guide.back();
                self.saver.changed();
            }
            Command::Palette => self.palette.toggle(),
            Command::Explore => self.state.workspace = WorkspaceKind::Explore,
            Command::Query => self.open_query_workspace(),
            Command::Compare => self.open_compare(),
            Command::RunQuery | Command::RunLab if in_compare => self.run_lab(),
            Command::SweepLab => self.sweep_lab(),
            Command::RunQuery => self.run_query(),
            Command::Undo if in_compare => self.restore_own(),
            Command::Cancel if in_compare => self.cancel_labs(),
            Command::Cancel => {
                if let Some(engine) = &self.engine {
                    engine.cancel();
                }
            }
            Command::NextQuestion => self.step_question(1),
            Command::PreviousQuestion => self.step_question(-1),
            Command::Generate => self.generate_open = Some(GenerateForm::new(&self.state)),
            Command::SaveCsv => self.save_result(ctx, ExportFormat::Csv),
            Command::SaveJson => self.save_result(ctx, ExportFormat::Json),
            Command::SaveParquet => self.save_result(ctx, ExportFormat::Parquet),
            Command::SaveSvg => self.save_svg(ctx),
            Command::ToggleTheme => {
                let dark = ctx.global_style().visuals.dark_mode;
                self.state.theme = if dark {
                    ThemeChoice::Light
                } else {
                    ThemeChoice::Dark
                };
            }
            Command::ToggleLibrary => self.state.library_open = !self.state.library_open,
            Command::Problems => self.problems_open = true,
            Command::Help => self.help_open = true,
            Command::ToggleInspector => {
                self.state.panels.inspector_open = !self.state.panels.inspector_open;
            }
            Command::ToggleRows => self.state.panels.rows_open = !self.state.panels.rows_open,
            Command::ToggleDocumentation => {
                let width = ctx.content_rect().width();
                self.state.panels.toggle_documentation(width);
            }
            other => self.diagram_command(other),
        }
        self.saver.changed();
    }

    fn diagram_command(&mut self, command: Command) {
        let Some(pack) = self.pack() else { return };
        let state = &mut self.state.packs.entry(pack.id.clone()).or_default().explore;
        let zoom = |camera: &mut Option<Camera>, factor: f32| {
            if let Some(camera) = camera {
                camera.zoom_by(factor);
            }
        };
        match command {
            Command::FitDiagram => state.camera = None,
            Command::ZoomIn => zoom(&mut state.camera, 1.25),
            Command::ZoomOut => zoom(&mut state.camera, 0.8),
            Command::ShowNames => state.detail = DetailChoice::Names,
            Command::ShowKeys => state.detail = DetailChoice::Keys,
            Command::ShowColumns => state.detail = DetailChoice::Full,
            Command::ToggleImplied => state.implied_shown = !state.implied_shown,
            Command::ArrangeAgain => self.explore.arrange_again(state),
            Command::Undo => self.explore.undo(state),
            Command::Redo => self.explore.redo(state),
            Command::RowsBack | Command::RowsForward => {
                let rows = &mut self.explore.rows;
                let table = match command {
                    Command::RowsBack => rows.go_back(),
                    _ => rows.go_forward(),
                };
                if let Some(table) = table {
                    state.selected = Some(Selected::Table(table.to_owned()));
                }
            }
            _ => {}
        }
    }

    /// Whether Cancel would stop something on this screen.
    fn is_cancellable(&self) -> bool {
        if self.state.workspace == WorkspaceKind::Practice {
            self.drills.as_ref().is_some_and(PracticeWorker::is_busy)
                || self.designs.as_ref().is_some_and(DesignWorker::is_busy)
        } else if self.state.workspace == WorkspaceKind::Compare {
            self.labs.as_ref().is_some_and(|w| w.is_busy())
        } else {
            self.engine.as_ref().is_some_and(|e| e.is_busy())
        }
    }

    fn open_query_workspace(&mut self) {
        self.state.workspace = WorkspaceKind::Query;
        // A first visit shows an answer rather than an empty grid.
        if self.query.newest().is_none() {
            self.run_query();
        }
    }

    fn step_question(&mut self, by: isize) {
        let Some(pack) = self.pack() else { return };
        let state = &mut self.state.packs.entry(pack.id.clone()).or_default().query;
        let at = pack.queries.iter().position(|q| q.name == state.key(&pack));
        let next = match at {
            Some(at) => at.saturating_add_signed(by),
            None => 0,
        };
        if let Some(query) = pack.queries.get(next) {
            state.open = Some(query.name.clone());
            self.run_query();
        }
    }

    /// Does what the screens asked for in this frame.
    pub(super) fn run_actions(&mut self, ctx: &Context) {
        for action in self.actions.take() {
            match action {
                Action::Peek(place) => self.show_rows(place),
                Action::Follow(place) => self.follow(place),
                Action::CountLinks => self.count_links(),
                Action::Profile { table, column } => self.profile(table, column),
                Action::RunQuery => self.run_query(),
                Action::Cancel => self.run_command(ctx, Command::Cancel),
                Action::Generate => self.generate(),
                Action::OpenQuery { name } => {
                    if let Some(pack) = self.pack() {
                        let saved = self.state.packs.entry(pack.id.clone()).or_default();
                        saved.query.open = Some(name);
                        self.state.workspace = WorkspaceKind::Query;
                        self.run_query();
                    }
                    self.saver.changed();
                }
                Action::OpenTable { pack, table } => self.open_table(&pack, table),
                Action::OpenPack(id) => {
                    self.open_pack(&id);
                    self.state.workspace = WorkspaceKind::Explore;
                    self.saver.changed();
                }
                Action::OpenDrill(id) => self.open_drill(&id),
                Action::OpenCard(id) => self.open_card(&id),
                Action::OpenGuide(id) => self.open_guide(&id),
                Action::Note(entry) => self.note(entry),
                Action::Practice(action) => self.practice_action(action),
                Action::OpenLab(id) => self.open_lab(&id),
                Action::Compare(action) => self.compare_action(ctx, action),
                Action::Export(format) => self.save_result(ctx, format),
                Action::ExportSvg => self.save_svg(ctx),
                Action::Copy { text, what } => {
                    ctx.copy_text(text);
                    self.notices.say(format!("{what} is on the clipboard"));
                }
                Action::Changed => self.saver.changed(),
            }
        }
        if let Some(due) = self.saver.due_in() {
            ctx.request_repaint_after(due);
        }
    }

    pub(super) fn open_table(&mut self, pack: &str, table: String) {
        self.select_in(pack, Selected::Table(table));
    }

    /// Opens a pack and selects something in its diagram.
    pub(super) fn select_in(&mut self, pack: &str, selected: Selected) {
        self.open_pack(pack);
        self.state.workspace = WorkspaceKind::Explore;
        if selected.column().is_some() {
            // The column is found in the inspector.
            self.state.panels.inspector_open = true;
            self.explore.reveal_column = true;
        }
        let saved = self.state.packs.entry(pack.to_owned()).or_default();
        saved.explore.selected = Some(selected);
        self.explore.reveal_selected = true;
        self.saver.changed();
    }

    /// Opens the documentation of a pack at a place.
    pub(super) fn read_in(&mut self, pack: &str, place: Place) {
        self.open_pack(pack);
        self.state.workspace = WorkspaceKind::Explore;
        self.state.panels.documentation_open = Some(true);
        self.explore.read(pack, place);
        self.saver.changed();
    }
}
