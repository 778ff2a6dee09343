//! The guide: which kind of database a question leads to, step by step.
//!
//! [`read()`] reads `guide.toml`, [`check()`] links what it names. There is one guide, built into
//! the program.

mod check;
mod read;

use super::See;

pub(super) use check::check;
pub(super) use read::read;

/// Questions that lead to a kind of database, and what is to be said of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    pub title: String,
    pub intro: String,
    /// Which document and section it comes from.
    pub source: String,
    /// The id of the first step.
    pub start: String,
    pub steps: Vec<GuideStep>,
    pub databases: Vec<GuideDatabase>,
    pub tables: Vec<GuideTable>,
}

impl Guide {
    /// The step of that id.
    pub fn step(&self, id: &str) -> Option<&GuideStep> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The kind of database of that id.
    pub fn database(&self, id: &str) -> Option<&GuideDatabase> {
        self.databases.iter().find(|database| database.id == id)
    }
}

/// A question of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideStep {
    pub id: String,
    pub question: String,
    /// Markdown: why it is asked.
    pub why: String,
    pub choices: Vec<GuideChoice>,
}

/// An answer to a step's question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideChoice {
    pub label: String,
    /// Why it leads where it leads.
    pub because: String,
    pub leads: Leads,
}

/// Where a choice leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// Another step, by id.
    Step(String),
    /// A database, by id.
    Database(String),
}

/// A kind of database, and how to speak of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuideDatabase {
    pub id: String,
    pub title: String,
    pub products: Vec<String>,
    /// What to say in an interview.
    pub says: String,
    pub fits: Vec<String>,
    pub avoid: Vec<String>,
    /// Markdown: how data is laid out in it.
    pub pattern: String,
    pub counters: Vec<Counter>,
    pub see: Vec<See>,
}

/// What an interviewer holds against the choice, and what to answer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    pub question: String,
    pub answer: String,
}

/// A table that compares databases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuideTable {
    pub id: String,
    pub title: String,
    /// Which document and section it comes from.
    pub source: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// The database each column is about, "" for none; empty when columns are about none.
    pub mark: Vec<String>,
    /// The same of rows.
    pub row_mark: Vec<String>,
}
