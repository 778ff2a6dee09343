//! What the grader says of an answer.

use serde::{Deserialize, Serialize};

use super::compare::{Miss, MissKind};
use crate::engine::TextTable;

/// The verdict on one answer.
///
/// Written as JSON by the command line and kept in the same form. Every field has a default, so
/// that an older one still reads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Verdict {
    pub drill: String,
    pub passed: bool,
    /// The share of variants on which the answer is right, 0 to 1.
    pub score: f64,
    /// The statement first, then each variant it was tried on.
    pub findings: Vec<Finding>,
    /// The one thing to know, in a sentence without a full stop.
    pub message: String,
    /// What kind of miss it is; `None` when it passed, or gave no answer to compare.
    pub miss: Option<MissKind>,
    /// Why the answer is wrong, where it is a wrong answer the drill knows.
    pub because: Option<String>,
    pub counterexample: Option<Counterexample>,
    /// The part of the text DuckDB complains about.
    pub place: Option<TextPlace>,
    /// Names DuckDB suggests instead, best first.
    pub candidates: Vec<String>,
    /// Somebody stopped the grading: this is no verdict.
    pub was_stopped: bool,
    pub elapsed_ms: f64,
}

/// One thing that was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Finding {
    /// `statement`, or the id of a variant.
    pub id: String,
    pub passed: bool,
    pub message: String,
}

/// Bytes of the answer's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPlace {
    pub start: usize,
    pub end: usize,
}

/// The smallest data found on which the answer is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counterexample {
    /// The variant its rows were taken from.
    pub variant: String,
    pub variant_text: String,
    /// The tables the answer and the reference read, with the rows that are left.
    pub tables: Vec<NamedTable>,
    pub expected: TextTable,
    pub given: TextTable,
    /// Rows only the expected answer has, and rows only the given one has.
    pub missing: TextTable,
    pub extra: TextTable,
    /// What is different here, or the error the answer ends with.
    pub message: String,
}

/// A table and some of its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NamedTable {
    pub name: String,
    pub rows: TextTable,
}

impl Counterexample {
    pub(super) fn tell(&mut self, miss: Miss) {
        self.message = miss.message;
        self.missing = miss.missing;
        self.extra = miss.extra;
    }
}
