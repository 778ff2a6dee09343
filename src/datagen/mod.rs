//! From a recipe and a model to the SQL that makes the data.
//!
//! [`recipe`] is what `data.toml` says, [`plan()`] turns it into one statement per step,
//! [`expand`] writes the macros out, [`random`] holds the portable arithmetic behind every
//! draw, [`promises`] is what must be true of the rows. Nothing here runs anything: the engine does.
//!
//! Every value is a function of (seed, step, column, row), so any row can be made alone, on any
//! thread, with the same result.

mod arithmetic;
mod builder;
pub mod dialect;
mod expand;
mod frame;
mod kept;
mod lists;
mod plan;
mod promise;
pub mod random;
mod recipe;
mod scan;

pub use lists::Lists;
pub use plan::{MAX_SCALE, Plan, PlannedStep, Request, plan};
pub use promise::{Expectation, History, PlantedOrphans, Promise, promises};
pub use recipe::{Recipe, Rows, Season, Step};

/// Something wrong with a recipe, with the key where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipeProblem {
    /// Where: `step 3 (profile), columns.country`.
    pub key: String,
    pub message: String,
}

impl RecipeProblem {
    pub fn new(key: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            message: message.into(),
        }
    }
}
