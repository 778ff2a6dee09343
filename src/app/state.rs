//! What survives a restart.

use std::collections::BTreeMap;

use egui::ThemePreference;
use serde::{Deserialize, Serialize};

use crate::workspace::compare::CompareState;
use crate::workspace::explore::{ExploreState, Panels};
use crate::workspace::practice::PracticeState;
use crate::workspace::query::QueryState;

/// Rows of the largest table a pack is opened with.
pub const DEFAULT_SCALE: u64 = 100_000;

/// The user's state. Every field has a default, so that an older file still reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppState {
    /// Counted up when the meaning of a field changes.
    pub version: u32,
    pub theme: ThemeChoice,
    pub workspace: WorkspaceKind,
    /// The id of the open pack.
    pub pack: Option<String>,
    pub library_open: bool,
    /// The panels of Explore.
    pub panels: Panels,
    /// Rows of the largest table.
    pub scale: u64,
    pub seed: u64,
    /// Width and height of the window, in points.
    pub window: Option<(f32, f32)>,
    pub packs: BTreeMap<String, SavedPack>,
    /// The labs.
    pub compare: CompareState,
    /// The drills.
    pub practice: PracticeState,
}

/// The version this program writes.
pub const VERSION: u32 = 1;

impl Default for AppState {
    fn default() -> Self {
        Self {
            version: VERSION,
            theme: ThemeChoice::System,
            workspace: WorkspaceKind::Explore,
            pack: None,
            library_open: true,
            panels: Panels::default(),
            scale: DEFAULT_SCALE,
            seed: 1,
            window: None,
            packs: BTreeMap::new(),
            compare: CompareState::default(),
            practice: PracticeState::default(),
        }
    }
}

/// What is kept of one pack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedPack {
    pub explore: ExploreState,
    pub query: QueryState,
}

/// Which screen is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkspaceKind {
    Explore,
    Query,
    Compare,
    Practice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    System,
    Light,
    Dark,
}

impl ThemeChoice {
    pub fn preference(self) -> ThemePreference {
        match self {
            Self::System => ThemePreference::System,
            Self::Light => ThemePreference::Light,
            Self::Dark => ThemePreference::Dark,
        }
    }
}
