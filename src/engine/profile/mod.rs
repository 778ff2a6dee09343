//! Profiles: what the values of a table's columns look like, counted by DuckDB.
//!
//! [`Session::table_profile`] gives a line for each column in one statement,
//! [`Session::column_profile`] all there is to say of one column in at most four. Small tables
//! are counted exactly; for larger ones the distinct values and the quantiles are estimated, and
//! every estimate says that it is one.

mod ask;
mod bins;
mod kind;
mod sql;

pub use kind::ColumnKind;

use super::Session;

/// What was asked for: one column, or all columns of a table in brief.
#[derive(Clone, Debug, PartialEq)]
pub enum Profile {
    Table(TableProfile),
    Column(Box<ColumnProfile>),
}

/// A line for each column of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableProfile {
    pub rows: u64,
    /// In the order of the table.
    pub columns: Vec<ColumnLine>,
}

impl TableProfile {
    /// The line of a column; names compare without case.
    pub fn column(&self, name: &str) -> Option<&ColumnLine> {
        self.columns
            .iter()
            .find(|c| c.name.eq_ignore_ascii_case(name))
    }
}

/// A column in brief.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnLine {
    pub name: String,
    pub kind: ColumnKind,
    /// Rows with a value.
    pub present: u64,
    /// `None`: the type has no equality DuckDB can count by.
    pub distinct: Option<Amount>,
    /// The smallest and the largest value as text; `None` without values or without an order.
    pub range: Option<(String, String)>,
}

/// All there is to say of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnProfile {
    pub table: String,
    pub column: String,
    /// In DuckDB's words.
    pub data_type: String,
    pub kind: ColumnKind,
    pub rows: u64,
    /// Rows with a value.
    pub present: u64,
    /// `None`: the type has no equality DuckDB can count by.
    pub distinct: Option<Amount>,
    /// The smallest and the largest value as text; `None` without values or without an order.
    pub range: Option<(String, String)>,
    /// Of finite numbers only.
    pub mean: Option<f64>,
    pub quartiles: Option<Quartiles>,
    /// Characters of texts, elements of lists.
    pub lengths: Option<Lengths>,
    /// `None` where equal steps say nothing: few different values, or no order.
    pub histogram: Option<Histogram>,
    pub top: TopValues,
}

impl ColumnProfile {
    /// Rows without a value.
    pub fn nulls(&self) -> u64 {
        self.rows.saturating_sub(self.present)
    }
}

/// A count, and whether it was estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    pub value: u64,
    pub is_estimate: bool,
}

/// The values below which a quarter, a half and three quarters of all lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quartiles {
    pub first: String,
    pub median: String,
    pub third: String,
    pub is_estimate: bool,
}

/// How long texts and lists are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lengths {
    pub shortest: u64,
    pub mean: f64,
    pub longest: u64,
}

/// Rows by equal steps of the value.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// The lower edge of the first step. Seconds since 1970 for dates and moments, seconds
    /// since midnight for times.
    pub start: f64,
    pub step: f64,
    /// Rows in each step; the upper edge belongs to the next one.
    pub counts: Vec<u64>,
    /// Rows below the first step: far from the rest, and left out so that the rest can be seen.
    pub below: u64,
    /// Rows above the last step.
    pub above: u64,
}

/// The most frequent values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopValues {
    /// Value and rows, most frequent first. Long values are cut.
    pub values: Vec<(String, u64)>,
    /// Found by an estimate: another value may be as frequent. The counts are exact.
    pub is_estimate: bool,
    /// Not looked for: nearly every row has a value of its own.
    pub is_skipped: bool,
}
