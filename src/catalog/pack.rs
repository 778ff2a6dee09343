//! A pack, linked and ready to use.

use serde::{Deserialize, Serialize};

use crate::datagen::Recipe;
use crate::ddl::{Adaptation, DuckDbScript};
use crate::model::Schema;

use super::{Card, Drill, Fingerprint, Lab, Origin, Query};

/// One documented data model.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The folder's name, and the name of the DuckDB schema.
    pub id: String,
    pub origin: Origin,
    pub title: String,
    pub summary: String,
    /// Which document and section it comes from.
    pub source: String,
    pub path: LearningPath,
    /// The order within its part of the path, smallest first; packs without one come last.
    pub place: u32,
    /// Markdown.
    pub purpose: String,
    pub requirements: Vec<Requirement>,
    pub access_patterns: Vec<AccessPattern>,
    pub trade_offs: Vec<TradeOff>,
    pub concepts: Vec<Concept>,
    pub reviews: Vec<Review>,
    pub notes: Vec<Note>,
    /// References to tables of other packs.
    pub external: Vec<ExternalRelation>,
    pub schema: Schema,
    /// The statements that make the model in DuckDB.
    pub script: DuckDbScript,
    /// `None`: the recipe could not be read (or there is none), the tables stay empty.
    pub recipe: Option<Recipe>,
    /// What the rows add up to; `None` where nothing is stored.
    pub fingerprint: Option<Fingerprint>,
    pub queries: Vec<Query>,
    pub labs: Vec<Lab>,
    /// By place, then title.
    pub drills: Vec<Drill>,
    /// As they stand in the file.
    pub cards: Vec<Card>,
    /// schema.sql as written.
    pub documented_sql: String,
}

impl Pack {
    pub fn query(&self, name: &str) -> Option<&Query> {
        self.queries.iter().find(|q| q.name == name)
    }

    /// What the translation to DuckDB changed in a table.
    pub fn adaptations_of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Adaptation> {
        self.script
            .adaptations
            .iter()
            .filter(move |a| a.table.eq_ignore_ascii_case(table))
    }

    /// Notes on a table as a whole (`column` is `None`) or on one of its columns.
    pub fn notes_on<'a>(
        &'a self,
        table: &'a str,
        column: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Note> {
        self.notes.iter().filter(move |n| {
            n.table.eq_ignore_ascii_case(table)
                && n.column.as_deref().map(str::to_lowercase) == column.map(str::to_lowercase)
        })
    }
}

/// Where a pack stands on the learning path, first things first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LearningPath {
    CoreEntities,
    Relationships,
    EventStreaming,
    Scalability,
    #[default]
    RealProblems,
}

impl LearningPath {
    pub const ALL: [Self; 5] = [
        Self::CoreEntities,
        Self::Relationships,
        Self::EventStreaming,
        Self::Scalability,
        Self::RealProblems,
    ];

    /// As a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::CoreEntities => "Core entities",
            Self::Relationships => "Relationships",
            Self::EventStreaming => "Event streaming",
            Self::Scalability => "Scalability",
            Self::RealProblems => "Real problems",
        }
    }
}

/// What the model must answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    pub id: String,
    pub text: String,
}

/// How the data is read, and by what it is served.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessPattern {
    pub text: String,
    pub served_by: String,
}

/// A choice of the model, what it gains and what it costs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TradeOff {
    pub choice: String,
    pub gain: String,
    pub cost: String,
}

/// A term, and where the model shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    pub name: String,
    pub text: String,
    #[serde(default)]
    pub tables: Vec<String>,
}

/// What a reviewer would ask: the fault of the documented form and its repair.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    pub question: String,
    pub answer: String,
    /// SQL of the repaired form.
    pub repaired: Option<String>,
    /// The name of a query that shows the difference in rows.
    pub query: Option<String>,
}

/// A remark on a table or a column.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    pub table: String,
    pub column: Option<String>,
    pub text: String,
}

/// Columns that refer to a table of another pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalRelation {
    pub from: String,
    pub from_columns: Vec<String>,
    /// The id of the other pack.
    pub pack: String,
    pub to: String,
    pub to_columns: Vec<String>,
}
