//! Grades an answer: runs it on every variant and says what it misses.

use std::time::Instant;

use super::compare::{Miss, MissKind, compare};
use super::ground::{Ground, Refusal};
use super::shrink::{Fault, counterexample};
use super::statement::one_select;
use super::verdict::{Finding, TextPlace, Verdict};
use crate::engine::{Answer, EngineError};
use crate::format::counted;

/// Kinds of errors that lie in the text and are the same on every data.
const OF_TEXT: [&str; 5] = ["Parser", "Binder", "Catalog", "Syntax", "Permission"];

/// Runs an answer on all variants of a drill.
///
/// Right answers take as long as they run; wrong ones up to half a second more, in which the
/// smallest data is looked for that shows the fault.
pub fn grade(ground: &Ground, text: &str) -> Verdict {
    let started = Instant::now();
    let mut verdict = Verdict {
        drill: ground.drill().to_owned(),
        ..Verdict::default()
    };
    let statement = one_select(text);
    verdict.findings.push(Finding {
        id: "statement".to_owned(),
        passed: statement.is_ok(),
        message: match &statement {
            Ok(_) => "one SELECT".to_owned(),
            Err(message) => message.clone(),
        },
    });
    match statement {
        Ok(sql) => try_all(ground, text, sql, &mut verdict),
        Err(message) => verdict.message = message,
    }
    verdict.elapsed_ms = started.elapsed().as_secs_f64() * 1e3;
    verdict
}

fn try_all(ground: &Ground, text: &str, sql: &str, verdict: &mut Verdict) {
    let demand = ground.demand();
    let mut faults: Vec<(usize, Fault)> = Vec::new();
    let mut answers: Vec<Answer> = Vec::new();
    for (index, variant) in ground.variants().iter().enumerate() {
        let mut finding = Finding {
            id: variant.id.clone(),
            ..Finding::default()
        };
        let refusal = match ground.answer(&variant.id, sql) {
            Ok(given) => {
                match compare(&variant.expected, &given, &demand) {
                    None => {
                        finding.passed = true;
                        finding.message =
                            format!("{}, as expected", counted(given.rows.len() as u64, "row"));
                    }
                    Some(miss) => {
                        finding.message.clone_from(&miss.message);
                        faults.push((index, Fault::Miss(miss)));
                    }
                }
                answers.push(given);
                verdict.findings.push(finding);
                continue;
            }
            Err(refusal) => refusal,
        };
        finding.message = refusal.message();
        verdict.findings.push(finding);
        let goes_on = refusal_of(&refusal, text, sql, verdict);
        if let Refusal::Failed(error) = refusal {
            faults.push((index, Fault::Error(error)));
        }
        if !goes_on {
            return;
        }
    }
    let all = ground.variants().len();
    verdict.score = (all - faults.len()) as f64 / all.max(1) as f64;
    verdict.passed = faults.is_empty();
    if verdict.passed {
        verdict.message = format!("Right on all {all} variants of the data");
        return;
    }
    let misses: Vec<&Miss> = faults.iter().filter_map(|(_, f)| f.miss()).collect();
    if let Some(miss) = headline(&misses) {
        verdict.miss = Some(miss.kind);
        verdict.message = told(ground, miss, &faults);
    }
    verdict.because = known_wrong(ground, &answers);
    verdict.counterexample = counterexample(ground, sql, faults);
}

/// The miss to speak of: a fault of columns before all others, of rows before one of order.
fn headline<'a>(misses: &[&'a Miss]) -> Option<&'a Miss> {
    let first = |is: &dyn Fn(MissKind) -> bool| misses.iter().copied().find(|m| is(m.kind));
    first(&|kind| kind.is_of_columns())
        .or_else(|| first(&|kind| kind == MissKind::Rows))
        .or_else(|| first(&|kind| !kind.is_of_order()))
        .or_else(|| first(&|kind| kind == MissKind::Order))
        .or_else(|| misses.first().copied())
}

/// The miss, and where only some variants show it, on which data.
fn told(ground: &Ground, miss: &Miss, faults: &[(usize, Fault)]) -> String {
    let variants = ground.variants();
    let is_everywhere = faults.len() == variants.len();
    let is_on_base = faults.iter().any(|(index, _)| *index == 0);
    if is_everywhere || is_on_base || miss.kind.is_of_columns() {
        return miss.message.clone();
    }
    let shows = |(_, fault): &&(usize, Fault)| fault.miss() == Some(miss);
    let text = faults
        .iter()
        .find(shows)
        .and_then(|(index, _)| variants.get(*index))
        .map_or("", |variant| variant.text.as_str());
    format!(
        "Right on the data as it is, but not with this: {text}. {}",
        miss.message
    )
}

/// Notes an answer that did not come. Says whether other variants are worth trying.
fn refusal_of(refusal: &Refusal, text: &str, sql: &str, verdict: &mut Verdict) -> bool {
    verdict.message = refusal.message();
    let Refusal::Failed(error) = refusal else {
        // The next variant would take as long, or have as many rows.
        return false;
    };
    if error.is_cancelled {
        verdict.was_stopped = true;
        return false;
    }
    verdict.place = place_in(text, sql, error);
    verdict.candidates.clone_from(&error.candidates);
    !error.kind.is_empty() && !OF_TEXT.contains(&error.kind.as_str())
}

/// The place of an error in the whole text, comments and semicolons included.
fn place_in(text: &str, sql: &str, error: &EngineError) -> Option<TextPlace> {
    let place = error.place.as_ref()?;
    let offset = text.find(sql)?;
    Some(TextPlace {
        start: offset + place.start,
        end: offset + place.end,
    })
}

/// Why the answer is wrong, if it gives the rows of a wrong answer of the drill everywhere.
fn known_wrong(ground: &Ground, answers: &[Answer]) -> Option<String> {
    // An answer that failed somewhere has fewer answers than there are variants.
    if answers.len() < ground.variants().len() {
        return None;
    }
    let demand = ground.demand();
    let gives_the_same = |wrong: &str| {
        ground
            .variants()
            .iter()
            .zip(answers)
            .all(|(variant, ours)| {
                ground
                    .answer(&variant.id, wrong)
                    .is_ok_and(|theirs| compare(&theirs, ours, &demand).is_none())
            })
    };
    ground
        .sql()
        .wrong
        .iter()
        .find(|wrong| gives_the_same(&wrong.sql))
        .map(|wrong| wrong.because.clone())
}
