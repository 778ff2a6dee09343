//! Design drills: a schema, matched with what a task speaks of, graded and proven.
//!
//! [`names`] says whether two names mean the same, [`matching`] and [`columns`] which tables and
//! columns stand for what; [`probe`], [`keys`], [`paths`] and [`shape`] look for single things.
//! [`DesignGround`] holds the reference data, [`fill`] puts it into the design ([`coding`] says in
//! which form), [`held`] holds the design's keys against the rows, [`rebuild`] tells them again and
//! [`proof`] asks the business questions. [`check`] proves a drill itself.

mod check;
mod coding;
mod columns;
mod diff;
mod fill;
mod grade;
mod ground;
mod held;
mod keys;
mod matching;
mod names;
mod paths;
mod probe;
mod proof;
mod rebuild;
mod renamed;
mod shape;
pub mod steps;
mod worker;

pub use check::check_design;
pub use diff::{DesignDifference, TableDifference, difference, nearest};
pub use fill::Filled;
pub use grade::{DesignPoint, DesignVerdict, PASS, grade_design, read_design};
pub use ground::DesignGround;
pub use matching::{Copied, EntityMatch, How, Mapping};
pub use proof::{Proof, QuestionOutcome};
pub use worker::{Compared, DesignEvent, DesignJob, DesignWorker, Drawing, OpenDesign};
