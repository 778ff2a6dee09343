//! Proves a design: creates it, fills it and asks the business questions of it.

use super::fill::{Filled, fill};
use super::ground::{ANSWER, DesignGround};
use super::matching::Mapping;
use super::probe::words;
use super::rebuild::rebuild;
use crate::catalog::BusinessQuestion;
use crate::engine::{EngineError, TextTable};
use crate::practice::compare::{Demand, compare};

/// More tables than any design of a drill needs: the proof is left out.
pub const MOST_TABLES: usize = 200;
/// Rows of an answer that are kept to be shown.
const SHOWN: usize = 8;

/// What a proof says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proof {
    pub filled: Vec<Filled>,
    pub questions: Vec<QuestionOutcome>,
    /// Why there is no proof.
    pub failed: Option<String>,
    /// Somebody stopped it: this is no proof.
    pub was_stopped: bool,
}

/// What became of one business question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionOutcome {
    pub id: String,
    pub text: String,
    pub answered: bool,
    /// What the design answers, or which way is missing.
    pub message: String,
    pub expected: TextTable,
    pub given: TextTable,
}

/// Creates, fills and asks.
pub fn prove(ground: &DesignGround, mapping: &Mapping) -> Proof {
    let tables = mapping.schema.tables.len();
    if tables > MOST_TABLES {
        return without(
            ground,
            format!("{tables} tables are not tried: a design for this task has a dozen"),
        );
    }
    match try_all(ground, mapping) {
        Ok(proof) => proof,
        Err(error) => Proof {
            was_stopped: error.is_cancelled,
            ..without(ground, error.message)
        },
    }
}

/// All questions unanswered, for one reason.
fn without(ground: &DesignGround, reason: String) -> Proof {
    let unanswered = |q: &BusinessQuestion| QuestionOutcome {
        id: q.id.clone(),
        text: q.text.clone(),
        message: reason.clone(),
        ..QuestionOutcome::default()
    };
    Proof {
        questions: ground.design().questions.iter().map(unanswered).collect(),
        failed: Some(reason.clone()),
        ..Proof::default()
    }
}

fn try_all(ground: &DesignGround, mapping: &Mapping) -> Result<Proof, EngineError> {
    let filled = fill(ground, mapping)?;
    let told = rebuild(ground, mapping)?;
    let mut questions = Vec::new();
    for question in &ground.design().questions {
        let missing: Vec<&String> = question
            .needs
            .iter()
            .filter(|need| {
                let (entity, attribute) = need.split_once('.').unwrap_or((need, ""));
                told.get(entity)
                    .is_none_or(|attributes| !attributes.iter().any(|a| a == attribute))
            })
            .collect();
        questions.push(if missing.is_empty() {
            ask(ground, question, &filled)?
        } else {
            QuestionOutcome {
                id: question.id.clone(),
                text: question.text.clone(),
                message: missing_path(mapping, &missing),
                ..QuestionOutcome::default()
            }
        });
    }
    Ok(Proof {
        filled,
        questions,
        ..Proof::default()
    })
}

fn missing_path(mapping: &Mapping, missing: &[&String]) -> String {
    let one = |need: &&String| {
        let (entity, attribute) = need.split_once('.').unwrap_or((need, ""));
        match mapping.table(entity) {
            Some(table) => format!(
                "`{}` has no way to {}",
                table.name,
                match attribute {
                    "id" => "tell its rows apart".to_owned(),
                    attribute => format!("its {}", words(attribute)),
                }
            ),
            None => format!("no table tells of {}", words(entity)),
        }
    };
    let mut all: Vec<String> = missing.iter().map(one).collect();
    all.dedup();
    all.truncate(3);
    crate::format::sentence(&all.join("; "))
}

fn ask(
    ground: &DesignGround,
    question: &BusinessQuestion,
    filled: &[Filled],
) -> Result<QuestionOutcome, EngineError> {
    let mut outcome = QuestionOutcome {
        id: question.id.clone(),
        text: question.text.clone(),
        ..QuestionOutcome::default()
    };
    let Some(expected) = ground.expected(&question.id) else {
        return Ok(outcome);
    };
    outcome.expected = expected.first_rows(SHOWN);
    match ground.ask(ANSWER, &question.sql) {
        Ok(given) => {
            outcome.given = given.first_rows(SHOWN);
            match compare(expected, &given, &Demand::default()) {
                None => {
                    outcome.answered = true;
                    let rows = crate::format::counted(expected.rows.len() as u64, "row");
                    outcome.message =
                        format!("Answered from the filled design: {rows}, as expected");
                }
                Some(miss) => {
                    outcome.message =
                        format!("The filled design answers otherwise: {}", miss.message);
                    let refused = filled.iter().find_map(|f| {
                        let note = f.notes.iter().find(|n| n.contains("refuses"))?;
                        Some(format!(" (`{}`: {note})", f.table))
                    });
                    outcome.message.push_str(&refused.unwrap_or_default());
                }
            }
        }
        Err(error) if error.is_cancelled => return Err(error),
        Err(error) => {
            outcome.message = format!("The question cannot be asked of it: {}", error.message);
        }
    }
    Ok(outcome)
}
