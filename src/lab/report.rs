//! What a run of a lab found.

use serde::{Deserialize, Serialize};

use super::{Comparison, Machine, Spread, Verdict};
use crate::catalog::ChartKind;
use crate::engine::{Plan, TextTable};

/// All figures of one run, filled phase by phase.
///
/// Written as JSON by the command line and kept on disk in the same form. Every field has a
/// default, so that an older file still reads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LabReport {
    pub lab: String,
    pub pack: String,
    /// Rows of the pack's largest table, about.
    pub rows: u64,
    pub seed: u64,
    /// Seconds since 1970, UTC.
    pub started_secs: u64,
    pub elapsed_ms: f64,
    pub machine: Machine,
    pub layouts: Vec<String>,
    pub builds: Vec<BuildFigures>,
    pub storage: Vec<TableBytes>,
    pub reads: Vec<ReadFigures>,
    pub writes: Vec<WriteFigures>,
    pub checks: Vec<CheckFigures>,
    pub anomalies: Vec<AnomalyFigures>,
    pub simulations: Vec<SimulationFigures>,
    /// Whether every phase was reached.
    pub is_complete: bool,
}

/// How a layout was made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BuildFigures {
    pub layout: String,
    pub build_ms: f64,
    /// All of its files.
    pub bytes: u64,
    /// Tables and views with their rows.
    pub tables: Vec<(String, u64)>,
    /// Files besides the database, for layouts on files.
    pub files: u64,
}

/// What a table takes on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableBytes {
    pub layout: String,
    /// A table, or [`TableBytes::FILES`], or [`TableBytes::REST`].
    pub table: String,
    pub bytes: u64,
}

impl TableBytes {
    /// Files besides the database.
    pub const FILES: &str = "files";
    /// Indexes, the catalogue and room between blocks.
    pub const REST: &str = "indexes and the rest";
}

/// A question, asked of each layout.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadFigures {
    pub id: String,
    pub title: String,
    pub answer_rows: usize,
    /// Whether all layouts that answer give the same answer.
    pub answers_equal: bool,
    /// Whether every difference is one the lab announces.
    pub as_expected: bool,
    pub layouts: Vec<ReadLayout>,
    /// Of the second layout that answers against the first.
    #[serde(flatten)]
    pub comparison: Option<Comparison>,
    /// In words.
    pub verdict: String,
}

/// One layout's answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadLayout {
    pub id: String,
    /// As it ran, values in place. Empty where the layout has no statement.
    pub sql: String,
    /// Why this layout has no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cannot: Option<String>,
    /// The first rows that differ from the first layout's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<super::Difference>,
    /// Milliseconds; warm, first row to last.
    #[serde(flatten)]
    pub time: Spread,
    /// The first run after the database was opened, when DuckDB holds none of its blocks.
    pub cold_ms: f64,
    pub rows_scanned: u64,
    pub row_groups_scanned: u64,
    pub row_groups: u64,
    /// Files read and files there, for layouts on files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<(u64, u64)>,
    /// Read from disk by the first run after opening.
    pub bytes_read: u64,
    /// Against the first layout that answers: how many times as long that one takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against_first: Option<Comparison>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
}

/// A change, made to each layout.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WriteFigures {
    pub id: String,
    pub title: String,
    pub layouts: Vec<WriteLayout>,
    pub verdict: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WriteLayout {
    pub id: String,
    pub sql: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cannot: Option<String>,
    pub rows_written: u64,
    /// What the commit added to the log, or to files.
    pub bytes_written: u64,
    /// Milliseconds, without the commit.
    #[serde(flatten)]
    pub time: Spread,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against_first: Option<Comparison>,
}

/// Rows that contradict each other, in each layout that can.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckFigures {
    pub id: String,
    pub title: String,
    pub layouts: Vec<CheckLayout>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckLayout {
    pub id: String,
    /// `None`: this layout cannot contradict itself.
    pub found: Option<i64>,
    pub expected: i64,
}

/// What went wrong, step by step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnomalyFigures {
    pub id: String,
    pub title: String,
    pub layout: String,
    /// The statements as they ran.
    pub before_sql: String,
    pub change_sql: String,
    pub after_sql: String,
    pub before: TextTable,
    pub rows_changed: u64,
    pub after: TextTable,
}

/// Values computed from the keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SimulationFigures {
    pub id: String,
    pub title: String,
    pub unit: String,
    pub chart: ChartKind,
    pub values: Vec<SimulatedValue>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SimulatedValue {
    /// Empty where there is one series only.
    pub series: String,
    pub label: String,
    pub value: f64,
}

impl LabReport {
    pub fn read(&self, id: &str) -> Option<&ReadFigures> {
        self.reads.iter().find(|r| r.id == id)
    }

    pub fn write(&self, id: &str) -> Option<&WriteFigures> {
        self.writes.iter().find(|w| w.id == id)
    }

    /// What all files of a layout take.
    pub fn bytes_of(&self, layout: &str) -> u64 {
        self.builds
            .iter()
            .find(|b| b.layout == layout)
            .map_or(0, |b| b.bytes)
    }
}

impl ReadFigures {
    pub fn layout(&self, id: &str) -> Option<&ReadLayout> {
        self.layouts.iter().find(|l| l.id == id)
    }
}

impl WriteFigures {
    pub fn layout(&self, id: &str) -> Option<&WriteLayout> {
        self.layouts.iter().find(|l| l.id == id)
    }
}
