//! What the worker is asked, and what it answers.

use std::sync::Arc;
use std::time::Duration;

use super::{Build, BuildReport, EngineError, Profile, ResultStore};

/// A wish. The newest of each kind wins: one that waits is replaced.
#[derive(Debug)]
pub enum Job {
    Build(Box<BuildJob>),
    Query(Box<QueryJob>),
    Profile(Box<ProfileJob>),
}

/// Makes and fills the tables of a pack in an instance of its own. The instance of an earlier
/// build stays until the new one is complete.
#[derive(Clone, Debug)]
pub struct BuildJob {
    pub pack: String,
    /// For the status line.
    pub title: String,
    pub build: Build,
    pub scale: u64,
    pub seed: u64,
}

/// Tells the queries of a session apart; counted up by whoever asks.
pub type QueryId = u64;

/// Runs a statement in the instance of a pack.
#[derive(Clone, Debug)]
pub struct QueryJob {
    pub id: QueryId,
    pub pack: String,
    pub purpose: QueryPurpose,
    /// With `$name` parameters.
    pub sql: String,
    pub parameters: Vec<ParameterValue>,
    /// Where the rows go.
    pub store: Arc<ResultStore>,
}

/// Whom a query serves; queries of different purposes do not replace each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryPurpose {
    /// What the user runs in the editor.
    Workbench,
    /// Rows of a table, below the diagram.
    Peek,
    /// How many rows hang together with the selected one.
    Links,
}

/// Counts what the values of a table look like. Gives way to queries, and goes on after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileJob {
    pub id: QueryId,
    pub pack: String,
    pub table: String,
    /// `None`: a line for each column of the table.
    pub column: Option<String>,
}

/// A parameter with its value, or the query that finds one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterValue {
    pub name: String,
    pub data_type: String,
    /// What the user typed; `None`: take the default.
    pub text: Option<String>,
    /// SQL of the default: a literal or a SELECT.
    pub default: String,
}

/// An answer of the worker.
#[derive(Clone, Debug)]
pub enum Event {
    BuildStarted {
        pack: String,
    },
    Built {
        pack: String,
        report: BuildReport,
        scale: u64,
        seed: u64,
    },
    BuildFailed {
        pack: String,
        error: EngineError,
    },
    QueryStarted {
        id: QueryId,
    },
    /// The defaults that were used, by parameter name.
    Defaults {
        id: QueryId,
        values: Vec<(String, String)>,
    },
    QueryDone {
        id: QueryId,
        summary: QuerySummary,
    },
    QueryFailed {
        id: QueryId,
        error: EngineError,
    },
    Profiled {
        id: QueryId,
        profile: Profile,
    },
    ProfileFailed {
        id: QueryId,
        error: EngineError,
    },
    /// The data of a pack nobody has looked at for long is gone, to give its memory back.
    Dropped {
        pack: String,
    },
}

/// How a query ended well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuerySummary {
    pub rows: usize,
    /// From the start of the statement to its first rows.
    pub first_rows: Duration,
    pub elapsed: Duration,
    /// The statement as it ran, values in place.
    pub sql: String,
}
