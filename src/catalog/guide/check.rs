//! Every choice leads somewhere, every kind of database is reached, and no path goes in a circle.

use std::collections::BTreeSet;

use super::{Guide, GuideTable, Leads};
use crate::catalog::problem::Reporter;
use crate::catalog::see::See;

/// Reports what the guide names and does not have.
pub fn check(guide: &Guide, mut is_there: impl FnMut(&See) -> bool, reporter: &mut Reporter<'_>) {
    unique("step", guide.steps.iter().map(|s| &s.id), reporter);
    unique("database", guide.databases.iter().map(|d| &d.id), reporter);
    unique("table", guide.tables.iter().map(|t| &t.id), reporter);
    if guide.step(&guide.start).is_none() {
        reporter.report("start", format!("there is no step {}", guide.start));
    }
    for step in &guide.steps {
        for (index, choice) in step.choices.iter().enumerate() {
            let missing = match &choice.leads {
                Leads::Step(id) if guide.step(id).is_none() => format!("step {id}"),
                Leads::Database(id) if guide.database(id).is_none() => format!("database {id}"),
                _ => continue,
            };
            reporter.report(
                format!("step {}, choice {}", step.id, index + 1),
                format!("there is no {missing}"),
            );
        }
    }
    paths(guide, reporter);
    for database in &guide.databases {
        for see in database.see.iter().filter(|see| !is_there(see)) {
            reporter.report(
                format!("database {}, see", database.id),
                format!("there is no {see}"),
            );
        }
    }
    for table in &guide.tables {
        let place = format!("table {}", table.id);
        reporter.within(&place, |reporter| check_table(guide, table, reporter));
    }
}

/// Walks all paths from the start.
fn paths(guide: &Guide, reporter: &mut Reporter<'_>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut databases: BTreeSet<&str> = BTreeSet::new();
    let mut circles: BTreeSet<&str> = BTreeSet::new();
    // Each entry is a step and those before it on its path.
    let mut open: Vec<(&str, Vec<&str>)> = vec![(&guide.start, Vec::new())];
    while let Some((id, before)) = open.pop() {
        let Some(step) = guide.step(id) else { continue };
        if before.contains(&id) {
            circles.insert(id);
            continue;
        }
        // A step is walked once from each step before it that was not walked, so that a guide
        // of many paths is no work of their number.
        if !seen.insert(id) {
            continue;
        }
        for choice in &step.choices {
            match &choice.leads {
                Leads::Database(id) => {
                    databases.insert(id);
                }
                Leads::Step(next) => {
                    let mut before = before.clone();
                    before.push(id);
                    open.push((next, before));
                }
            }
        }
    }
    for id in circles {
        reporter.report(format!("step {id}"), "is reached again from itself");
    }
    for step in guide.steps.iter().filter(|s| !seen.contains(&*s.id)) {
        reporter.report(format!("step {}", step.id), "is reached by no choice");
    }
    for database in &guide.databases {
        if !databases.contains(&*database.id) {
            reporter.report(
                format!("database {}", database.id),
                "is reached by no choice",
            );
        }
    }
}

fn check_table(guide: &Guide, table: &GuideTable, reporter: &mut Reporter<'_>) {
    for (index, row) in table.rows.iter().enumerate() {
        if row.len() != table.columns.len() {
            reporter.report(
                format!("rows {}", index + 1),
                format!(
                    "has {} cells for {} columns",
                    row.len(),
                    table.columns.len()
                ),
            );
        }
    }
    for (key, marks, wanted) in [
        ("mark", &table.mark, table.columns.len()),
        ("row_mark", &table.row_mark, table.rows.len()),
    ] {
        if !marks.is_empty() && marks.len() != wanted {
            reporter.report(key, format!("has {} entries for {wanted}", marks.len()));
        }
        for id in marks.iter().filter(|id| !id.is_empty()) {
            if guide.database(id).is_none() {
                reporter.report(key, format!("there is no database {id}"));
            }
        }
    }
}

fn unique<'a>(kind: &str, ids: impl Iterator<Item = &'a String>, reporter: &mut Reporter<'_>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            reporter.report(format!("{kind} {id}"), "is there twice");
        }
    }
}
