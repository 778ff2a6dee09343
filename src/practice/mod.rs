//! Practice: drills, answered and graded.
//!
//! [`Ground`] holds the variants of a drill's data in a locked DuckDB; [`grade()`] runs an answer
//! on all of them and says in a [`Verdict`] what it misses, with the smallest data that shows it.
//! [`compare`] decides what the same answer is, [`statement`] what an answer may be, [`mutants`]
//! makes small faults, and [`prove`] holds a drill to seeing all of them. [`design`] does the same
//! for drills that are answered with a schema.
//!
//! What was done is kept by [`progress`], [`schedule`] says when it comes back, [`plan()`] makes a
//! session of it, and a [`Standing`] says how far one is. None of them asks a clock.

pub mod compare;
pub mod design;
mod fold;
mod grade;
mod ground;
pub mod mutants;
mod now;
mod plan;
pub mod progress;
mod proof;
pub mod schedule;
mod shrink;
mod standing;
pub mod statement;
mod variants;
mod verdict;
mod ways;
mod worker;

pub use compare::{Demand, Miss, MissKind};
pub use grade::grade;
pub use ground::{Ground, MOST_ROWS, Refusal, TIME_LIMIT, Variant};
pub use now::{DAY, Now};
pub use plan::{
    LENGTHS, Planned, Why, along_the_path, card_minutes, drill_minutes, due, fresh, item_minutes,
    left_over, plan,
};
pub use proof::prove;
pub use standing::{FORECAST_DAYS, Standing, Topic, interval_text};
pub use verdict::{Counterexample, Finding, NamedTable, TextPlace, Verdict};
pub use ways::{SCALE as WAYS_SCALE, Way, Ways, YOURS, measure as measure_ways};
pub use worker::{DrillData, PracticeEvent, PracticeJob, PracticeWorker};
