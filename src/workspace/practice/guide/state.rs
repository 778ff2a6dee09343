//! How far one has come in the guide.

use serde::{Deserialize, Serialize};

use crate::catalog::{Guide, GuideChoice, GuideDatabase, GuideStep, Leads};

/// The answers so far. They are read against the guide anew each time: where it has changed, the
/// path ends before the first answer that is no longer there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GuideState {
    /// The answer to each question, by place.
    pub taken: Vec<usize>,
    /// A database that was opened without questions.
    pub database: Option<String>,
}

impl GuideState {
    pub fn is_at_start(&self) -> bool {
        self.taken.is_empty() && self.database.is_none()
    }

    /// Opens a database without questions.
    pub fn open(&mut self, database: &str) {
        *self = Self {
            taken: Vec::new(),
            database: Some(database.to_owned()),
        };
    }

    /// Takes the last answer back.
    pub fn back(&mut self) {
        if self.database.take().is_none() {
            self.taken.pop();
        }
    }

    /// Goes back to the question at that place of the path.
    pub fn back_to(&mut self, place: usize) {
        self.database = None;
        self.taken.truncate(place);
    }

    /// The answers so far, each with its question.
    pub fn answers<'a>(&self, guide: &'a Guide) -> Vec<(&'a GuideStep, &'a GuideChoice)> {
        let mut step = guide.step(&guide.start);
        let mut answers = Vec::new();
        for place in &self.taken {
            let answer = step.and_then(|step| Some((step, step.choices.get(*place)?)));
            let Some((at, choice)) = answer else { break };
            answers.push((at, choice));
            step = match &choice.leads {
                Leads::Step(id) => guide.step(id),
                Leads::Database(_) => None,
            };
        }
        answers
    }

    /// The question one has come to; `None` when a database was reached.
    pub fn step<'a>(&self, guide: &'a Guide) -> Option<&'a GuideStep> {
        if self.database.is_some() {
            return None;
        }
        match self.answers(guide).last() {
            None => guide.step(&guide.start),
            Some((_, choice)) => match &choice.leads {
                Leads::Step(id) => guide.step(id),
                Leads::Database(_) => None,
            },
        }
    }

    /// The database one has come to.
    pub fn database<'a>(&self, guide: &'a Guide) -> Option<&'a GuideDatabase> {
        if let Some(id) = &self.database {
            return guide.database(id);
        }
        match &self.answers(guide).last()?.1.leads {
            Leads::Database(id) => guide.database(id),
            Leads::Step(_) => None,
        }
    }
}
