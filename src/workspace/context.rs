//! What a screen can see, and what it can ask for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::RowPlace;
use super::compare::CompareAction;
use super::practice::PracticeAction;
use crate::catalog::{Catalog, Pack};
use crate::engine::{BuildReport, EngineError, ExportFormat};
use crate::practice::progress::Entry;

/// Read access to the world of the current frame.
pub struct WorkspaceContext<'a> {
    pub catalog: &'a Catalog,
    pub pack: &'a Arc<Pack>,
    pub data: &'a PackData,
    pub actions: &'a Actions,
}

/// The data of a pack: the last complete one stays readable while a newer one is made.
#[derive(Clone, Debug, Default)]
pub struct PackData {
    pub ready: Option<ReadyData>,
    pub status: DataStatus,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DataStatus {
    #[default]
    NotAsked,
    Making,
    Done,
    Cancelled,
    Failed(EngineError),
}

/// What was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadyData {
    pub rows: BTreeMap<String, u64>,
    /// Rows and bytes of each table, the time it took, and how the keys were kept.
    pub report: BuildReport,
    pub scale: u64,
    pub seed: u64,
}

impl PackData {
    /// Rows of a table, once they are there.
    pub fn rows_of(&self, table: &str) -> Option<u64> {
        self.ready.as_ref()?.rows.get(table).copied()
    }
}

/// What a screen asks the app to do, after the frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Show the first rows of a place below the diagram.
    Peek(RowPlace),
    /// The same along a reference: there is a way back.
    Follow(RowPlace),
    /// Count the rows that hang together with the selected one.
    CountLinks,
    /// Count what the values of a table, or of one of its columns, look like.
    Profile {
        table: String,
        column: Option<String>,
    },
    /// Run what the editor holds.
    RunQuery,
    Cancel,
    /// Make the data again.
    Generate,
    /// Open a query of the current pack in the editor, and run it.
    OpenQuery {
        name: String,
    },
    /// Open a pack and select a table in its diagram.
    OpenTable {
        pack: String,
        table: String,
    },
    /// Open a pack in Explore.
    OpenPack(String),
    /// Open a drill in Practice.
    OpenDrill(String),
    /// Open a card in Practice.
    OpenCard(String),
    /// Open a database of the guide in Practice.
    OpenGuide(String),
    /// Write down at once that something happened in Practice.
    Note(Entry),
    Practice(PracticeAction),
    /// Open a lab in Compare.
    OpenLab(String),
    Compare(CompareAction),
    Export(ExportFormat),
    ExportSvg,
    Copy {
        text: String,
        what: String,
    },
    /// Write the user's state soon.
    Changed,
}

/// Collects actions while the screens are drawn.
#[derive(Debug, Default)]
pub struct Actions(RefCell<Vec<Action>>);

impl Actions {
    pub fn push(&self, action: Action) {
        self.0.borrow_mut().push(action);
    }

    pub fn take(&self) -> Vec<Action> {
        self.0.take()
    }
}
