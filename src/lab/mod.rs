//! Labs, run: the rows of a pack in several layouts, asked the same and changed the same.
//!
//! [`Bench`] holds the layouts of one lab, each a DuckDB file of its own in a temporary folder;
//! [`run()`] takes a lab through all phases and fills a [`LabReport`]; statements run in
//! interleaved rounds ([`crate::measure`]), [`verdict`] puts into words what the rounds support.
//! [`LabWorker`] does it on a thread of its own, [`export`] writes a report down, [`kept`] keeps it.

mod bench;
mod changes;
pub mod export;
pub mod kept;
mod machine;
pub mod proof;
mod reads;
mod report;
mod run;
mod schema;
mod simulate;
mod source;
mod storage;
pub mod verdict;
mod worker;

pub use crate::engine::{Answer, Difference, TextTable, compare};
pub use crate::measure::{Comparison, Effort, Spread, Verdict};
pub use bench::{Bench, LabError, Stopper};
pub use machine::Machine;
pub use proof::problems;
pub use report::{
    AnomalyFigures, BuildFigures, CheckFigures, CheckLayout, LabReport, ReadFigures, ReadLayout,
    SimulatedValue, SimulationFigures, TableBytes, WriteFigures, WriteLayout,
};
pub use run::{LabRequest, Phase, Watcher, run};
pub use schema::layout_schema;
pub use worker::{
    LabActivity, LabEvent, LabJob, LabSubject, LabWorker, LayoutPicture, OwnQuestion,
};
