//! Grades a design: reads it, matches it, looks for each constraint and proves it.

use std::time::Instant;

use super::ground::DesignGround;
use super::matching::Mapping;
use super::probe::{View, any, words};
use super::proof::{Proof, prove};
use crate::catalog::{Constraint, FollowUp, Synonyms};
use crate::ddl;
use crate::model::findings::{Finding, findings};
use crate::model::{Schema, infer};

/// A design passes from this share of the points, if it has all that it must have.
pub const PASS: f64 = 0.8;

/// The verdict on a design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DesignVerdict {
    pub drill: String,
    /// The follow-up it was graded under.
    pub follow_up: Option<String>,
    pub passed: bool,
    /// The share of the points, 0 to 1.
    pub score: f64,
    /// In the order of the drill.
    pub points: Vec<DesignPoint>,
    /// The one thing to know, in a sentence without a full stop.
    pub message: String,
    /// What could not be read: line, from 1, and a sentence.
    pub problems: Vec<(usize, String)>,
    pub findings: Vec<Finding>,
    /// Tables and what they were taken for.
    pub matched: Vec<(String, Option<String>)>,
    pub proof: Proof,
    pub elapsed_ms: f64,
}

/// One constraint, looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DesignPoint {
    pub id: String,
    pub passed: bool,
    /// Points of 100.
    pub worth: f64,
    pub must: bool,
    /// What was looked for.
    pub text: String,
    /// Where it was found, or what is missing.
    pub place: String,
    /// Why it matters in an interview.
    pub why: String,
    /// Whether a follow-up asks for it.
    pub is_new: bool,
}

/// A design as text, read as the grader reads it.
pub fn read_design(text: &str) -> (Schema, Vec<(usize, String)>) {
    if ddl::statements(text).is_empty() {
        return (Schema::default(), Vec::new());
    }
    let reading = ddl::read(text);
    let mut problems: Vec<(usize, String)> = reading
        .problems
        .into_iter()
        .map(|p| (p.line, p.message))
        .collect();
    // A table that is dropped is gone from the schema: nothing is left out.
    let left_out = reading
        .skipped
        .into_iter()
        .filter(|s| s.what != "DROP TABLE");
    for skipped in left_out {
        problems.push((
            skipped.line,
            format!("{} is no part of a design: it is left out", skipped.what),
        ));
    }
    let mut schema = reading.schema;
    schema.relations.extend(infer::implied_relations(&schema));
    problems.sort_by_key(|(line, _)| *line);
    (schema, problems)
}

/// Grades a design, under a follow-up where one is asked.
pub fn grade_design(
    ground: &DesignGround,
    text: &str,
    follow_up: Option<&str>,
    synonyms: &Synonyms,
) -> DesignVerdict {
    let started = Instant::now();
    let (schema, problems) = read_design(text);
    let mut verdict = grade_schema(ground, &schema, follow_up, synonyms);
    verdict.problems = problems;
    verdict.message = message(&verdict, &schema);
    verdict.elapsed_ms = started.elapsed().as_secs_f64() * 1e3;
    verdict
}

/// [`grade_design`] of a design that was read already.
pub(super) fn grade_schema(
    ground: &DesignGround,
    schema: &Schema,
    follow_up: Option<&str>,
    synonyms: &Synonyms,
) -> DesignVerdict {
    let drill = ground.design();
    let follow_up = follow_up.and_then(|id| drill.follow_ups.iter().find(|f| f.id == id));
    let mapping = Mapping::new(drill, schema, synonyms);
    let proof = if schema.tables.is_empty() {
        Proof::default()
    } else {
        prove(ground, &mapping)
    };
    let view = View {
        drill,
        mapping: &mapping,
        outcomes: &proof.questions,
    };
    let points = points(&view, follow_up);
    let score: f64 = points
        .iter()
        .filter(|p| p.passed)
        .map(|p| p.worth)
        .sum::<f64>()
        / 100.0;
    let is_complete = points.iter().all(|p| p.passed || !(p.must || p.is_new));
    let matched = mapping.schema.tables.iter();
    DesignVerdict {
        drill: ground.drill().to_owned(),
        follow_up: follow_up.map(|f| f.id.clone()),
        passed: score + 1e-9 >= PASS && is_complete,
        score,
        findings: findings(&mapping.schema),
        matched: matched
            .map(|t| (t.name.clone(), mapping.entity_of(&t.name).map(words)))
            .collect(),
        proof,
        points,
        ..DesignVerdict::default()
    }
}

/// Every constraint with what was found; nothing is found in a design without tables.
fn points(view: &View<'_>, follow_up: Option<&FollowUp>) -> Vec<DesignPoint> {
    let all: Vec<&Constraint> = view.drill.constraints_with(follow_up).collect();
    let total: u32 = all.iter().map(|c| c.weight).sum();
    let is_empty = view.mapping.schema.tables.is_empty();
    all.into_iter()
        .map(|constraint| {
            let evidence = any(view, &constraint.look);
            DesignPoint {
                id: constraint.id.clone(),
                passed: evidence.holds && !is_empty,
                worth: 100.0 * f64::from(constraint.weight) / f64::from(total.max(1)),
                must: constraint.must,
                text: constraint.text.clone(),
                place: if is_empty {
                    "there is no table".to_owned()
                } else {
                    evidence.place
                },
                why: constraint.why.clone(),
                is_new: follow_up
                    .is_some_and(|f| f.constraints.iter().any(|c| c.id == constraint.id)),
            }
        })
        .collect()
}

fn message(verdict: &DesignVerdict, schema: &Schema) -> String {
    if schema.tables.is_empty() {
        return match verdict.problems.first() {
            Some((line, problem)) => format!("No table could be read: line {line}: {problem}"),
            None => "There is no table yet: write CREATE TABLE name (…)".to_owned(),
        };
    }
    let score = (verdict.score * 100.0).round();
    let missed: Vec<&DesignPoint> = verdict.points.iter().filter(|p| !p.passed).collect();
    let gravest = missed.iter().max_by(|a, b| {
        (a.must, a.worth)
            .partial_cmp(&(b.must, b.worth))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    match gravest {
        None => format!("{score:.0} of 100 points: everything that was looked for is there"),
        Some(point) if verdict.passed => {
            format!("{score:.0} of 100 points; the largest gap: {}", point.place)
        }
        Some(point) if point.must => {
            format!(
                "{score:.0} of 100 points, and it cannot go without this: {}",
                point.place
            )
        }
        Some(point) => format!("{score:.0} of 100 points; first of all: {}", point.place),
    }
}
