//! Drills: questions somebody answers and the program grades.
//!
//! [`read()`] reads a drill's file, [`check`] links what it names. The format is documented beside
//! the packs, in `DRILLS.md`.

mod check;
mod check_design;
mod design;
mod read;

use serde::Deserialize;

pub(super) use check::{check_drills, check_ids};
pub use design::{
    AcceptedDesign, Attribute, BusinessQuestion, Constraint, DesignDrill, Entity, FollowUp, Probe,
    Subject, WrongDesign, subject,
};
pub(super) use read::read;

/// A task of a pack that is graded.
#[derive(Clone, Debug, PartialEq)]
pub struct Drill {
    /// The folder's name; unique over all packs.
    pub id: String,
    /// The id of the pack whose tables it is about.
    pub pack: String,
    pub title: String,
    /// 1: one table or a plain join, 2: grouping, outer joins, subqueries, 3: several steps.
    pub level: u8,
    /// The order within its pack, smallest first; drills without one come last.
    pub place: u32,
    pub concepts: Vec<String>,
    /// The id of the requirement of the pack it comes from.
    pub requirement: Option<String>,
    /// What the task is about: drawn beside the editor.
    pub tables: Vec<String>,
    /// Markdown.
    pub task: String,
    /// Time to aim for.
    pub minutes: Option<u32>,
    /// From a nudge to nearly the answer.
    pub hints: Vec<String>,
    /// Markdown, shown after success.
    pub explain: String,
    pub kind: DrillKind,
}

/// What has to be handed in, and what it is graded by.
#[derive(Clone, Debug, PartialEq)]
pub enum DrillKind {
    /// One SELECT.
    Sql(SqlDrill),
    /// A schema.
    Design(DesignDrill),
}

impl Drill {
    /// What a SQL drill is graded by; `None` for a drill of another kind.
    pub fn sql(&self) -> Option<&SqlDrill> {
        match &self.kind {
            DrillKind::Sql(sql) => Some(sql),
            DrillKind::Design(_) => None,
        }
    }

    /// What a design drill is graded by; `None` for a drill of another kind.
    pub fn design(&self) -> Option<&DesignDrill> {
        match &self.kind {
            DrillKind::Design(design) => Some(design),
            DrillKind::Sql(_) => None,
        }
    }

    /// Whether a model is designed rather than a question answered.
    pub fn is_design(&self) -> bool {
        self.sql().is_none()
    }
}

/// A question answered by one SELECT.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SqlDrill {
    /// The expected columns, in order.
    pub columns: Vec<DrillColumn>,
    /// What the order of rows is demanded by; empty: any order will do.
    pub order: Vec<OrderKey>,
    pub reference: String,
    /// Other right answers.
    pub alternatives: Vec<Alternative>,
    /// Typical wrong answers.
    pub wrong: Vec<WrongAnswer>,
    /// Data for faults the automatic variants cannot show.
    pub variants: Vec<DrillVariant>,
    /// Mutants of the reference that give the same rows on any data.
    pub equivalent: Vec<Equivalent>,
}

impl SqlDrill {
    /// The names of the expected columns.
    pub fn column_names(&self) -> Vec<String> {
        self.columns.iter().map(|c| c.name.clone()).collect()
    }

    /// The places of the order's keys among the columns; one that is no column has none.
    pub fn order_places(&self) -> Vec<usize> {
        let place = |key: &OrderKey| {
            let is_it = |c: &DrillColumn| c.name.eq_ignore_ascii_case(&key.column);
            self.columns.iter().position(is_it)
        };
        self.order.iter().filter_map(place).collect()
    }

    /// All statements of the drill, the reference first.
    pub fn statements(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.reference.as_str())
            .chain(self.alternatives.iter().map(|a| a.sql.as_str()))
            .chain(self.wrong.iter().map(|w| w.sql.as_str()))
    }
}

/// A column of the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrillColumn {
    pub name: String,
    pub text: String,
}

/// A column of the answer the rows are to be sorted by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderKey {
    pub column: String,
    pub descending: bool,
}

/// Another right answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    pub title: String,
    pub sql: String,
}

/// An answer people give, and why it is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrongAnswer {
    pub title: String,
    pub sql: String,
    #[serde(default)]
    pub because: String,
}

/// A change of the data that shows a fault.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrillVariant {
    pub id: String,
    pub text: String,
    /// Statements run on a copy of the data.
    pub sql: String,
}

/// A mutant that is no fault, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivalent {
    pub mutant: String,
    #[serde(default)]
    pub because: String,
}

/// A statement as it is shown: without what only the file needs.
fn statement(sql: &str) -> String {
    sql.trim().trim_end_matches(';').trim_end().to_owned()
}
