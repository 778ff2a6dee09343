//! Everything a design drill names is there.

use std::collections::BTreeSet;

use super::design::{Constraint, DesignDrill, Probe, Subject, subject};
use crate::catalog::problem::Reporter;

pub fn check_design(design: &DesignDrill, reporter: &mut Reporter<'_>) {
    if design.entities.is_empty() {
        reporter.report("entity", "name what the task speaks of: write [[entity]]");
    }
    unique("entity", design.entities.iter().map(|e| &e.id), reporter);
    for entity in &design.entities {
        let key = format!("entity {}", entity.id);
        let referred = entity.attributes.values().filter_map(|a| a.refers.as_ref());
        for other in referred.chain(&entity.between) {
            if design.entity(other).is_none() {
                reporter.report(&key, format!("there is no entity {other}"));
            }
        }
    }
    unique("question", design.questions.iter().map(|q| &q.id), reporter);
    for question in &design.questions {
        for need in &question.needs {
            if !is_there(design, need, true) {
                let message = format!("needs {need}, which is no entity.attribute");
                reporter.report(format!("question {}", question.id), message);
            }
        }
    }
    check_constraints(design, &design.constraints, "constraint", reporter);
    for follow_up in &design.follow_ups {
        let kind = format!("follow_up {}, constraint", follow_up.id);
        check_constraints(design, &follow_up.constraints, &kind, reporter);
        if follow_up.accepted.is_empty() {
            let key = format!("follow_up {}", follow_up.id);
            reporter.report(key, "has no accepted answer");
        }
    }
    let all = design.constraints.iter().map(|c| &c.id);
    let changed = design.follow_ups.iter().flat_map(|f| &f.constraints);
    unique("constraint", all.chain(changed.map(|c| &c.id)), reporter);
    check_designs(design, reporter);
}

fn check_designs(design: &DesignDrill, reporter: &mut Reporter<'_>) {
    if design.accepted.len() < 3 {
        reporter.report("accepted", "a drill has three accepted designs or more");
    }
    if design.wrong.len() < 5 {
        reporter.report("wrong", "a drill has five wrong designs or more");
    }
    unique(
        "accepted",
        design.accepted.iter().map(|d| &d.title),
        reporter,
    );
    unique("wrong", design.wrong.iter().map(|d| &d.title), reporter);
    for wrong in &design.wrong {
        let key = format!("wrong {}", wrong.title);
        if wrong.misses.is_empty() {
            reporter.report(&key, "says not which constraints it misses");
        }
        for id in &wrong.misses {
            if !design.constraints.iter().any(|c| c.id == *id) {
                reporter.report(&key, format!("there is no constraint {id}"));
            }
        }
    }
    let reachable = |c: &&Constraint| design.wrong.iter().any(|w| w.misses.contains(&c.id));
    for constraint in design.constraints.iter().filter(|c| !reachable(c)) {
        reporter.report(
            format!("constraint {}", constraint.id),
            "no wrong design misses it: nothing shows that it can be missed",
        );
    }
}

fn check_constraints(
    design: &DesignDrill,
    constraints: &[Constraint],
    kind: &str,
    reporter: &mut Reporter<'_>,
) {
    if constraints.is_empty() {
        reporter.report(kind, "is missing");
    }
    for constraint in constraints {
        let key = format!("{kind} {}", constraint.id);
        if constraint.look.is_empty() {
            reporter.report(&key, "looks for nothing");
        }
        if constraint.weight == 0 {
            reporter.report(&key, "is worth nothing: give it a weight");
        }
        for probe in &constraint.look {
            probe.walk(&mut |p| {
                if let Some(text) = p.subject()
                    && !is_known(design, p, text)
                {
                    reporter.report(&key, format!("{text} is nothing the drill names"));
                }
            });
        }
    }
}

fn is_known(design: &DesignDrill, probe: &Probe, text: &str) -> bool {
    let is_entity = |id: &str| design.entity(id).is_some();
    match (probe, subject(text)) {
        (Probe::Answers(id), _) => design.question(id).is_some(),
        (Probe::Single(_) | Probe::Connected(_), Some(Subject::Everything)) => true,
        (
            Probe::Refers(_)
            | Probe::Declared(_)
            | Probe::Reaches(_)
            | Probe::Junction(_)
            | Probe::JunctionOnce(_),
            Some(Subject::Pair(a, b)),
        ) => is_entity(&a) && is_entity(&b),
        (
            Probe::Table(_) | Probe::Surrogate(_) | Probe::History(_) | Probe::Single(_),
            Some(Subject::Entity { entity, attributes }),
        ) => attributes.is_empty() && is_entity(&entity),
        (Probe::Key(_), Some(Subject::Entity { entity, .. })) => {
            is_entity(&entity) && is_there(design, text, false)
        }
        (
            Probe::Column(_)
            | Probe::Known(_)
            | Probe::Index(_)
            | Probe::Partition(_)
            | Probe::Exact(_)
            | Probe::Moment(_)
            | Probe::Required(_)
            | Probe::Checked(_)
            | Probe::UniqueAmong(_)
            | Probe::OnlyAt(_),
            Some(Subject::Entity { .. }),
        ) => is_there(design, text, true),
        _ => false,
    }
}

/// Whether an entity has all the attributes a text names.
fn is_there(design: &DesignDrill, text: &str, is_attribute_needed: bool) -> bool {
    let Some(Subject::Entity { entity, attributes }) = subject(text) else {
        return false;
    };
    (!attributes.is_empty() || !is_attribute_needed)
        && design
            .entity(&entity)
            .is_some_and(|e| attributes.iter().all(|a| e.attributes.contains_key(a)))
}

fn unique<'a>(kind: &str, ids: impl Iterator<Item = &'a String>, reporter: &mut Reporter<'_>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id.to_lowercase()) {
            reporter.report(format!("{kind} {id}"), "is there twice");
        }
    }
}
