//! What `data.toml` says, as values.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::promise::{Expectation, History, PlantedOrphans};

/// A recipe: the steps that fill the tables of one pack, parents first.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The newest moment of the data, `YYYY-MM-DD HH:MM:SS`.
    pub now: String,
    /// Where the history begins, in the same form.
    pub start: String,
    /// The table whose rows the scale counts.
    pub largest: String,
    #[serde(default)]
    pub season: Season,
    /// Word lists of this recipe; they win over shared ones of the same name.
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<String>>,
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// Tables whose rows are versions: proven not to overlap.
    #[serde(default)]
    pub history: Vec<History>,
    /// References that find no row on purpose.
    #[serde(default)]
    pub orphans: Vec<PlantedOrphans>,
    /// What the distributions must look like at [`Recipe::EXPECT_FROM`] rows and more.
    #[serde(default)]
    pub expect: Vec<Expectation>,
}

impl Recipe {
    /// The scale from which on chance is even enough for expectations to hold.
    pub const EXPECT_FROM: u64 = 100_000;
}

/// The rhythm of `@busy`: relative weights, and how the volume grows.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Season {
    /// Monday first.
    pub weekday: [f64; 7],
    /// Midnight first.
    pub hour: [f64; 24],
    /// 0: level. 1: from nothing at the start to twice the mean at the end.
    pub growth: f64,
}

impl Default for Season {
    fn default() -> Self {
        Self {
            weekday: [0.85, 0.84, 0.88, 0.93, 1.12, 1.26, 1.12],
            hour: [
                3.0, 2.0, 1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0, 6.0, 6.0, 6.0, 6.0,
                7.0, 8.0, 10.0, 12.0, 13.0, 12.0, 9.0, 6.0,
            ],
            growth: 0.5,
        }
    }
}

/// One step: the rows of one table, or a share of them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Step {
    pub table: String,
    /// Needed when a table has several steps. Default: the table's name.
    pub id: Option<String>,
    pub rows: Option<Rows>,
    /// The id of an earlier step: a group of rows for each of its rows.
    pub each: Option<String>,
    /// With `each`: how many rows, as an SQL expression.
    pub times: Option<String>,
    /// With `each`: the bound of `times`.
    pub at_most: Option<u32>,
    /// A whole SELECT instead of a row source and columns.
    pub query: Option<String>,
    pub columns: BTreeMap<String, Expression>,
    /// Rows to keep, as an SQL expression over the columns.
    #[serde(rename = "where")]
    pub filter: Option<String>,
    /// Of rows equal in these columns the first is kept.
    pub distinct: Vec<String>,
    /// Why it is made so, for the reader of the recipe.
    pub note: Option<String>,
}

impl Step {
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.table)
    }

    /// Whether the step fills a table that only other steps read.
    pub fn is_temporary(&self) -> bool {
        self.table.starts_with('_')
    }
}

/// A number of rows, fixed or growing with the scale.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Rows {
    Fixed(u64),
    PerScale(PerScale),
}

/// `per` rows for each row of scale, within bounds.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerScale {
    pub per: f64,
    pub min: Option<u64>,
    pub max: Option<u64>,
}

impl Rows {
    /// The number of rows at a scale (rows of the largest table).
    pub fn at(self, scale: u64) -> u64 {
        match self {
            Self::Fixed(rows) => rows,
            Self::PerScale(PerScale { per, min, max }) => {
                // Scales stay below 2^53, where a float still counts every row.
                let rows = (scale as f64 * per).round().max(0.0) as u64;
                rows.max(min.unwrap_or(0)).min(max.unwrap_or(u64::MAX))
            }
        }
    }
}

/// An SQL expression; plain TOML numbers and booleans are taken as literals.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Expression {
    Sql(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
}

impl Expression {
    pub fn sql(&self) -> String {
        match self {
            Self::Sql(sql) => sql.clone(),
            Self::Integer(n) => n.to_string(),
            Self::Float(x) => x.to_string(),
            Self::Boolean(b) => b.to_string(),
        }
    }
}
