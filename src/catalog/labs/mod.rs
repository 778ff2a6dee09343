//! Labs: the same rows laid out in several ways, and what is asked of each.
//!
//! [`read()`] reads a lab's file, [`check`] links what it names. The format is documented beside
//! the packs, in `LABS.md`.

mod check;
mod read;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Parameter;

pub(super) use check::check_labs;
pub(super) use read::read;

/// Scales of the sweep where a lab names none.
pub const DEFAULT_SWEEP: [u64; 4] = [10_000, 100_000, 1_000_000, 10_000_000];
/// The key of a statement that fits every layout not named.
pub const EVERY_LAYOUT: &str = "all";

/// A decision about a model, as an experiment: two or more layouts of the pack's rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lab {
    /// The folder's name; unique over all packs.
    pub id: String,
    /// The id of the pack whose rows are laid out.
    pub pack: String,
    pub title: String,
    /// The decision, as one question.
    pub question: String,
    pub summary: String,
    /// Which document and section it comes from.
    pub source: String,
    pub topic: LabTopic,
    /// The order within its topic, smallest first; labs without one come last.
    pub place: u32,
    pub concepts: Vec<String>,
    /// Rows of the pack's largest table at each point of the sweep, ascending.
    pub sweep: Vec<u64>,
    /// Markdown: what to look at.
    pub expect: String,
    /// Markdown: why it comes out like this on a columnar engine.
    pub why: String,
    /// Markdown: what a row store or a cluster would do instead.
    pub elsewhere: String,
    /// Two or more; ratios are against the first.
    pub layouts: Vec<Layout>,
    pub reads: Vec<Read>,
    pub writes: Vec<Write>,
    pub checks: Vec<Check>,
    pub anomalies: Vec<Anomaly>,
    pub simulations: Vec<Simulation>,
}

impl Lab {
    pub fn layout(&self, id: &str) -> Option<&Layout> {
        self.layouts.iter().find(|l| l.id == id)
    }
}

/// What a lab is about, in the order labs are listed.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum LabTopic {
    #[default]
    Copies,
    Precomputed,
    History,
    Shape,
    Storage,
    Distribution,
}

impl LabTopic {
    pub const ALL: [Self; 6] = [
        Self::Copies,
        Self::Precomputed,
        Self::History,
        Self::Shape,
        Self::Storage,
        Self::Distribution,
    ];

    /// As a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Copies => "Copies or joins",
            Self::Precomputed => "Answers made beforehand",
            Self::History => "History and events",
            Self::Shape => "Rows, columns, documents",
            Self::Storage => "Files, order, indexes",
            Self::Distribution => "Keys and shards",
        }
    }
}

/// One way to lay the rows out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Also the name of its database.
    pub id: String,
    pub title: String,
    pub summary: String,
    /// Tables of the pack taken as they are.
    #[serde(default)]
    pub keeps: Vec<String>,
    /// Statements that make the other tables; may be empty.
    #[serde(default)]
    pub build: String,
    #[serde(default, rename = "note")]
    pub notes: Vec<LayoutNote>,
}

/// Where a table or column of a layout comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutNote {
    pub table: String,
    pub column: Option<String>,
    #[serde(default)]
    pub kind: OriginKind,
    /// `table` or `table.column` of the pack.
    pub from: Option<String>,
    pub text: String,
}

impl LayoutNote {
    /// The table of the pack the values come from.
    pub fn from_table(&self) -> Option<&str> {
        let from = self.from.as_deref()?;
        Some(from.split_once('.').map_or(from, |(table, _)| table))
    }
}

/// How a part of a layout is made from the pack's tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginKind {
    /// The same values a second time.
    Copied,
    /// Computed from other values.
    Derived,
    /// Moved out of a table that held it.
    Split,
    /// A remark only.
    #[default]
    Plain,
}

/// A statement for each layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statements {
    /// By layout, or [`EVERY_LAYOUT`].
    pub sql: BTreeMap<String, String>,
    /// Layouts that have no statement, and why.
    pub cannot: BTreeMap<String, String>,
}

impl Statements {
    /// The statement of a layout; `None` where it has none.
    pub fn of(&self, layout: &str) -> Option<&str> {
        let own = self.sql.get(layout).or_else(|| {
            let is_left_out = self.cannot.contains_key(layout);
            self.sql.get(EVERY_LAYOUT).filter(|_| !is_left_out)
        });
        own.map(String::as_str)
    }

    /// Whether all layouts run the very same text.
    pub fn is_one_for_all(&self) -> bool {
        self.sql.len() == 1 && self.sql.contains_key(EVERY_LAYOUT)
    }
}

/// A question every layout answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub id: String,
    pub title: String,
    pub question: String,
    /// Whether the order of rows is part of the answer.
    pub ordered: bool,
    pub parameters: Vec<Parameter>,
    pub notice: String,
    pub statements: Statements,
    /// Layouts whose answer is another one on purpose, and why.
    pub differs: BTreeMap<String, String>,
}

/// A change every layout has to make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Write {
    pub id: String,
    pub title: String,
    pub text: String,
    pub parameters: Vec<Parameter>,
    pub notice: String,
    pub statements: Statements,
}

/// One number for each layout: rows that contradict each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    pub id: String,
    pub title: String,
    pub text: String,
    /// Layouts that cannot contradict themselves have none.
    pub statements: Statements,
    /// What the number must be, asked of the pack's own tables; 0 where a layout has none.
    pub planted: BTreeMap<String, String>,
}

/// What goes wrong in one layout, step by step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anomaly {
    pub id: String,
    pub title: String,
    pub layout: String,
    pub text: String,
    pub parameters: Vec<Parameter>,
    /// Shows that all is well.
    pub before: String,
    /// The change somebody forgot half of.
    pub change: String,
    /// Reveals it.
    pub after: String,
    pub notice: String,
}

/// What one machine cannot have, computed from the pack's keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Simulation {
    pub id: String,
    pub title: String,
    pub text: String,
    /// Of the values: `rows`, `% of keys`.
    pub unit: String,
    #[serde(default)]
    pub chart: ChartKind,
    pub notice: String,
    /// Columns `label` and `value`, and `series` where there are several.
    pub sql: String,
}

/// How a simulation is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// One bar a label, in the order of the answer.
    #[default]
    Bars,
    /// Labels are numbers: a line for each series.
    Lines,
}
