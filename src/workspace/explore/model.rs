//! The state of Explore: what survives a restart, and what does not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::docs::{Place, Reading};
use super::layout_job::LayoutJob;
use super::profile::Profiles;
use super::rows::Rows;
use crate::diagram::{Detail, LayoutRequest, Point, Scene};
use crate::workspace::picture::Camera;
use crate::workspace::{Action, RowPlace, WorkspaceContext};

/// Top-left corners the user chose, by table.
pub type Pins = BTreeMap<String, (f32, f32)>;

/// What survives a restart, per pack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExploreState {
    pub detail: DetailChoice,
    pub implied_shown: bool,
    pub pinned: Pins,
    /// `None`: fit the diagram.
    pub camera: Option<Camera>,
    pub selected: Option<Selected>,
}

impl Default for ExploreState {
    fn default() -> Self {
        Self {
            detail: DetailChoice::Full,
            implied_shown: true,
            pinned: Pins::new(),
            camera: None,
            selected: None,
        }
    }
}

/// [`Detail`] as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DetailChoice {
    Names,
    Keys,
    Full,
}

impl From<DetailChoice> for Detail {
    fn from(choice: DetailChoice) -> Self {
        match choice {
            DetailChoice::Names => Self::Names,
            DetailChoice::Keys => Self::Keys,
            DetailChoice::Full => Self::Full,
        }
    }
}

/// What the inspector speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selected {
    Table(String),
    Column {
        table: String,
        column: String,
    },
    /// Index into the schema's relations.
    Relation(usize),
}

impl Selected {
    /// The column it is.
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::Column { column, .. } => Some(column),
            Self::Table(_) | Self::Relation(_) => None,
        }
    }

    /// The table it is, or belongs to.
    pub fn table(&self) -> Option<&str> {
        match self {
            Self::Table(table) | Self::Column { table, .. } => Some(table),
            Self::Relation(_) => None,
        }
    }
}

/// What lives only while the window is open.
#[derive(Default)]
pub struct Explore {
    pub(super) pack: String,
    pub scene: Option<Scene>,
    request: Option<LayoutRequest>,
    job: Option<LayoutJob>,
    pub(super) hovered_table: Option<usize>,
    pub(super) hovered_edge: Option<usize>,
    /// The table being dragged, and where inside it the pointer holds it, in scene points.
    pub(super) drag: Option<(usize, Point)>,
    undo: Vec<Pins>,
    redo: Vec<Pins>,
    pub rows: Rows,
    pub profiles: Profiles,
    pub(super) reading: Reading,
    /// Of the panel in the last frame, in points; 0 before it was shown.
    pub(super) documentation_width: f32,
    /// Bring the selected table into view when the scene is there.
    pub reveal_selected: bool,
    /// Bring the selected column into view in the inspector.
    pub reveal_column: bool,
}

impl Explore {
    /// Follows the pack and the settings: starts a layout when they differ from what is shown.
    pub(super) fn update(
        &mut self,
        state: &mut ExploreState,
        ctx: &WorkspaceContext<'_>,
        egui: &egui::Context,
    ) {
        if self.pack != ctx.pack.id {
            *self = Self {
                pack: ctx.pack.id.clone(),
                // Counted once for each model, and a place to read may wait for its model.
                profiles: std::mem::take(&mut self.profiles),
                reading: std::mem::take(&mut self.reading).in_pack(&ctx.pack.id),
                reveal_selected: self.reveal_selected,
                reveal_column: self.reveal_column,
                ..Self::default()
            };
        }
        self.drop_stale_selection(state, ctx);
        let wanted = request(state);
        if self.request.as_ref() != Some(&wanted) && self.drag.is_none() {
            let running = self.job.as_ref().is_some_and(|job| job.request == wanted);
            if !running {
                let egui = egui.clone();
                self.job = LayoutJob::start(ctx.pack, wanted, move || egui.request_repaint()).ok();
            }
        }
        self.take_layout();
        self.follow_selection(state, ctx);
    }

    /// A selection from an earlier session may name what the model no longer has.
    fn drop_stale_selection(&self, state: &mut ExploreState, ctx: &WorkspaceContext<'_>) {
        let schema = &ctx.pack.schema;
        let stale = match &state.selected {
            None => false,
            Some(Selected::Relation(index)) => *index >= schema.relations.len(),
            Some(Selected::Table(name)) => {
                schema.table(name).is_none() && !schema.views.iter().any(|v| v.name == *name)
            }
            Some(Selected::Column { table, column }) => {
                schema.table(table).and_then(|t| t.column(column)).is_none()
            }
        };
        if stale {
            state.selected = None;
        }
    }

    fn take_layout(&mut self) {
        let Some(job) = &self.job else { return };
        match job.poll() {
            Ok(None) => {}
            Ok(Some(scene)) if job.pack == self.pack => {
                self.request = Some(job.request.clone());
                self.scene = Some(scene);
                self.job = None;
            }
            Ok(Some(_)) | Err(()) => self.job = None,
        }
    }

    /// Keeps the rows below the diagram on the selected table.
    fn follow_selection(&mut self, state: &ExploreState, ctx: &WorkspaceContext<'_>) {
        let Some(table) = state.selected.as_ref().and_then(Selected::table) else {
            return;
        };
        let shown = self.rows.shown().is_some_and(|p| p.place.table == table);
        if !shown && ctx.data.ready.is_some() {
            ctx.actions.push(Action::Peek(RowPlace::all(table)));
        }
    }

    /// Opens the documentation of a pack at a place, as soon as the pack is on screen.
    pub fn read(&mut self, pack: &str, place: Place) {
        self.reading.go_in(pack, place);
    }

    pub fn is_laying_out(&self) -> bool {
        self.job.is_some()
    }

    /// Remembers the arrangement before a change.
    pub(super) fn before_move(&mut self, state: &ExploreState) {
        self.undo.push(state.pinned.clone());
        self.redo.clear();
    }

    /// The arrangement after a drag: every table stays where it is seen now.
    pub(super) fn pin(&mut self, state: &mut ExploreState, table: usize) {
        let Some(scene) = &self.scene else { return };
        if let Some(moved) = scene.tables.get(table) {
            state
                .pinned
                .insert(moved.name.clone(), (moved.rect.x, moved.rect.y));
        }
        // Also the others: the next layout must not rearrange what the user is looking at.
        for other in &scene.tables {
            state
                .pinned
                .entry(other.name.clone())
                .or_insert((other.rect.x, other.rect.y));
        }
        self.request = Some(request(state));
    }

    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    pub fn undo(&mut self, state: &mut ExploreState) {
        if let Some(pins) = self.undo.pop() {
            self.redo.push(std::mem::replace(&mut state.pinned, pins));
        }
    }

    pub fn redo(&mut self, state: &mut ExploreState) {
        if let Some(pins) = self.redo.pop() {
            self.undo.push(std::mem::replace(&mut state.pinned, pins));
        }
    }

    /// Gives the arrangement back to the program; can be undone.
    pub fn arrange_again(&mut self, state: &mut ExploreState) {
        if !state.pinned.is_empty() {
            self.before_move(state);
            state.pinned.clear();
            state.camera = None;
        }
    }
}

fn request(state: &ExploreState) -> LayoutRequest {
    LayoutRequest {
        detail: state.detail.into(),
        implied_shown: state.implied_shown,
        pinned: state.pinned.clone(),
        ..LayoutRequest::default()
    }
}
