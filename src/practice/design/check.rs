//! Proves a design drill: right designs pass, wrong ones miss exactly what they are said to miss,
//! other names change nothing, and every follow-up can be answered.

use std::collections::BTreeSet;

use super::grade::{DesignVerdict, grade_design, grade_schema, read_design};
use super::ground::{DesignGround, REFERENCE};
use super::renamed::renamed;
use crate::catalog::{DesignDrill, Drill, Pack, Synonyms};
use crate::datagen::Lists;
use crate::datagen::dialect::name as quoted;

/// What accepted designs but the reference reach at least.
const ACCEPTED: f64 = 0.9;
/// What other names may change, as a share of the points.
const BY_NAMES: f64 = 0.05;
/// How often the names are changed.
const ROUNDS: usize = 5;
/// The most rows of a business question: an answer somebody can look through.
const READABLE_ROWS: usize = 1_000;

/// Everything wrong with a design drill, by key; empty when it can be trusted.
pub fn check_design(
    pack: &Pack,
    drill: &Drill,
    lists: &Lists,
    synonyms: &Synonyms,
) -> Vec<(String, String)> {
    let mut problems = Vec::new();
    let mut report = |key: String, message: String| problems.push((key, message));
    if !drill.minutes.is_some_and(|m| (5..=10).contains(&m)) {
        report(
            "minutes".to_owned(),
            "a design has 5 to 10 minutes".to_owned(),
        );
    }
    let ground = match DesignGround::prepare(pack, drill, lists) {
        Ok(ground) => ground,
        Err(error) => {
            report(String::new(), error.message);
            return problems;
        }
    };
    check_questions(&ground, &mut report);
    check_accepted(&ground, synonyms, &mut report);
    check_wrong(&ground, synonyms, &mut report);
    check_follow_ups(&ground, synonyms, &mut report);
    problems
}

fn check_questions(ground: &DesignGround, report: &mut impl FnMut(String, String)) {
    for question in &ground.design().questions {
        let mut told = |message: String| report(format!("question {}", question.id), message);
        match ground.expected(&question.id).map_or(0, |a| a.rows.len()) {
            0 => told("it has no rows on the reference data".to_owned()),
            rows if rows > READABLE_ROWS => {
                told(format!("it has {rows} rows: {READABLE_ROWS} at most"));
            }
            _ => {}
        }
        if let Err(message) = needs_are_all(ground, &question.needs, &question.sql) {
            told(format!("needs: {message}"));
        }
    }
}

/// The question can be asked where only what it needs is there.
fn needs_are_all(ground: &DesignGround, needs: &[String], sql: &str) -> Result<(), String> {
    const ONLY: &str = "needed";
    let run = |sql: &str| ground.session.execute(sql).map_err(|e| e.message);
    run(&format!(
        "DROP SCHEMA IF EXISTS {ONLY} CASCADE; CREATE SCHEMA {ONLY}"
    ))?;
    for entity in &ground.design().entities {
        let of_entity: Vec<String> = needs
            .iter()
            .filter_map(|n| n.split_once('.'))
            .filter(|(e, _)| *e == entity.id)
            .map(|(_, a)| quoted(a))
            .collect();
        if !of_entity.is_empty() {
            run(&format!(
                "CREATE VIEW {ONLY}.{id} AS SELECT {} FROM {REFERENCE}.{id}",
                of_entity.join(", "),
                id = quoted(&entity.id)
            ))?;
        }
    }
    ground.ask(ONLY, sql).map(|_| ()).map_err(|e| e.message)
}

fn missed(verdict: &DesignVerdict) -> Vec<String> {
    let missed = verdict.points.iter().filter(|p| !p.passed);
    missed.map(|p| format!("{} ({})", p.id, p.place)).collect()
}

fn check_accepted(
    ground: &DesignGround,
    synonyms: &Synonyms,
    report: &mut impl FnMut(String, String),
) {
    for (place, accepted) in ground.design().accepted.iter().enumerate() {
        let mut told = |message: String| report(format!("accepted {}", accepted.title), message);
        let verdict = grade_design(ground, &accepted.sql, None, synonyms);
        for (line, problem) in &verdict.problems {
            told(format!("line {line}: {problem}"));
        }
        let least = if place == 0 { 1.0 } else { ACCEPTED };
        if verdict.score + 1e-9 < least || !verdict.passed {
            told(format!(
                "it reaches {:.0} of 100 points; it misses {}",
                verdict.score * 100.0,
                missed(&verdict).join("; ")
            ));
        }
        if let Some(reason) = &verdict.proof.failed {
            told(format!("it cannot be proven: {reason}"));
        }
        let (schema, _) = read_design(&accepted.sql);
        for round in 0..ROUNDS {
            let other = renamed(ground.design(), &schema, synonyms, round);
            let again = grade_schema(ground, &other, None, synonyms);
            if (again.score - verdict.score).abs() > BY_NAMES {
                let names: Vec<&str> = other.tables.iter().map(|t| t.name.as_str()).collect();
                told(format!(
                    "under other names ({}) it reaches {:.0} instead of {:.0} points; it misses {}",
                    names.join(", "),
                    again.score * 100.0,
                    verdict.score * 100.0,
                    missed(&again).join("; ")
                ));
            }
        }
    }
}

fn check_wrong(
    ground: &DesignGround,
    synonyms: &Synonyms,
    report: &mut impl FnMut(String, String),
) {
    for wrong in &ground.design().wrong {
        let verdict = grade_design(ground, &wrong.sql, None, synonyms);
        let ids = |ids: Vec<&String>| ids.into_iter().cloned().collect::<BTreeSet<String>>();
        let wanted = ids(wrong.misses.iter().collect());
        let found = ids(verdict
            .points
            .iter()
            .filter(|p| !p.passed)
            .map(|p| &p.id)
            .collect());
        if wanted != found {
            let also: Vec<String> = missed(&verdict)
                .into_iter()
                .filter(|m| !wanted.iter().any(|w| m.starts_with(&format!("{w} ("))))
                .collect();
            let not: Vec<&String> = wanted.difference(&found).collect();
            report(
                format!("wrong {}", wrong.title),
                format!(
                    "it also misses [{}] and does not miss {not:?}",
                    also.join("; ")
                ),
            );
        }
    }
}

fn check_follow_ups(
    ground: &DesignGround,
    synonyms: &Synonyms,
    report: &mut impl FnMut(String, String),
) {
    let design: &DesignDrill = ground.design();
    let Some(reference) = design.accepted.first() else {
        return;
    };
    for follow_up in &design.follow_ups {
        let key = format!("follow_up {}", follow_up.id);
        let before = grade_design(ground, &reference.sql, Some(&follow_up.id), synonyms);
        if before.points.iter().filter(|p| p.is_new).all(|p| p.passed) {
            report(
                key.clone(),
                "the reference answers it already: nothing is asked".to_owned(),
            );
        }
        for (place, change) in follow_up.accepted.iter().enumerate() {
            let text = format!("{}\n{change}", reference.sql);
            let after = grade_design(ground, &text, Some(&follow_up.id), synonyms);
            for (line, problem) in &after.problems {
                report(
                    key.clone(),
                    format!("accepted {}: line {line}: {problem}", place + 1),
                );
            }
            let misses = missed(&after);
            if !misses.is_empty() {
                report(
                    key.clone(),
                    format!("accepted {} misses {}", place + 1, misses.join("; ")),
                );
            }
        }
    }
}
