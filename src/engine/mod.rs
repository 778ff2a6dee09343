//! DuckDB behind one worker thread.
//!
//! A [`Session`] is one DuckDB instance and what can be done with it, synchronously; the command
//! line uses it as it is. [`Engine`] puts sessions on a worker thread: a closed [`Job`] goes in,
//! closed [`Event`]s come out, and rows arrive in a [`ResultStore`] the window reads while they
//! are still coming. The window thread never touches DuckDB.

mod answers;
mod build;
mod clock;
mod error;
mod export;
mod frame;
mod job;
mod order;
mod parameters;
mod plan;
mod profile;
mod result;
mod session;
mod spill;
mod worker;
mod zone;

pub use answers::{Answer, Difference, Row, TextTable, compare, without};
pub use build::{Build, BuildProgress, BuildReport, Integrity, TableRows};
pub use clock::within;
pub use error::EngineError;
pub use export::{ExportFormat, export};
pub use job::{
    BuildJob, Event, Job, ParameterValue, ProfileJob, QueryId, QueryJob, QueryPurpose, QuerySummary,
};
pub use order::row_order;
pub use parameters::{Substituted, names as parameter_names, substitute};
pub use plan::{Plan, PlanNode};
pub use profile::{
    Amount, ColumnKind, ColumnLine, ColumnProfile, Histogram, Lengths, Profile, Quartiles,
    TableProfile, TopValues,
};
pub use result::{Cell, ResultColumn, ResultStore, StopReason};
pub use session::{Access, Interrupter, Session, Settings};
pub use worker::{Activity, Engine};
