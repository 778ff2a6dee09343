//! Everything a lab names is there.

use std::collections::BTreeSet;

use super::{EVERY_LAYOUT, Lab, Layout, OriginKind, Statements};
use crate::catalog::pack::Pack;
use crate::catalog::problem::{Problem, Reporter};
use crate::catalog::queries::used_parameters;
use crate::catalog::{Parameter, lab_file};

/// Names in statements that the runner fills in.
const GIVEN: [&str; 1] = ["dir"];

/// Reports what the labs of a pack name and do not have.
pub fn check_labs(pack: &Pack, problems: &mut Vec<Problem>) {
    for lab in &pack.labs {
        let file = lab_file(&lab.id);
        let mut reporter = Reporter {
            pack: &pack.id,
            file: &file,
            problems,
        };
        check_layouts(lab, pack, &mut reporter);
        check_entries(lab, &mut reporter);
    }
}

fn check_layouts(lab: &Lab, pack: &Pack, reporter: &mut Reporter<'_>) {
    if lab.layouts.len() < 2 {
        reporter.report("layout", "a lab compares two layouts or more");
    }
    unique(
        "layout",
        lab.layouts.iter().map(|l| l.id.as_str()),
        reporter,
    );
    for layout in &lab.layouts {
        let key = format!("layout {}", layout.id);
        let is_name = layout
            .id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && layout.id.starts_with(|c: char| c.is_ascii_lowercase());
        if !is_name || [EVERY_LAYOUT, "base", "memory", "temp", "system"].contains(&&*layout.id) {
            reporter.report(
                &key,
                "an id has small letters, digits and _ only, and is none of all, base, memory, temp, system",
            );
        }
        for table in layout
            .keeps
            .iter()
            .filter(|t| pack.schema.table(t).is_none())
        {
            reporter.report(
                format!("{key}, keeps"),
                format!("the model has no table {table}"),
            );
        }
        if layout.keeps.is_empty() && layout.build.is_empty() {
            reporter.report(&key, "keeps no table and builds none");
        }
        check_notes(&key, layout, pack, reporter);
    }
}

fn check_notes(key: &str, layout: &Layout, pack: &Pack, reporter: &mut Reporter<'_>) {
    for note in &layout.notes {
        let key = format!("{key}, note on {}", note.table);
        match (&note.from, note.kind) {
            (None, OriginKind::Plain) => {}
            (None, _) => reporter.report(key, "say where it comes from: from = \"table.column\""),
            (Some(from), _) => {
                let (table, column) = match from.split_once('.') {
                    Some((table, column)) => (table, Some(column)),
                    None => (from.as_str(), None),
                };
                let found = pack.schema.table(table);
                let is_there = found.is_some_and(|t| column.is_none_or(|c| t.column(c).is_some()));
                if !is_there {
                    reporter.report(key, format!("the model has no {from}"));
                }
            }
        }
    }
}

fn check_entries(lab: &Lab, reporter: &mut Reporter<'_>) {
    if lab.reads.len() < 3 {
        reporter.report("read", "a lab asks three questions or more");
    }
    unique("read", lab.reads.iter().map(|e| e.id.as_str()), reporter);
    unique("write", lab.writes.iter().map(|e| e.id.as_str()), reporter);
    unique("check", lab.checks.iter().map(|e| e.id.as_str()), reporter);
    unique(
        "anomaly",
        lab.anomalies.iter().map(|e| e.id.as_str()),
        reporter,
    );
    unique(
        "simulation",
        lab.simulations.iter().map(|e| e.id.as_str()),
        reporter,
    );
    for read in &lab.reads {
        let key = format!("read {}", read.id);
        check_statements(lab, &key, &read.statements, true, reporter);
        check_parameters(
            &key,
            &read.parameters,
            read.statements.sql.values(),
            reporter,
        );
        known(
            lab,
            &format!("{key}, differs"),
            read.differs.keys(),
            reporter,
        );
    }
    for write in &lab.writes {
        let key = format!("write {}", write.id);
        check_statements(lab, &key, &write.statements, true, reporter);
        check_parameters(
            &key,
            &write.parameters,
            write.statements.sql.values(),
            reporter,
        );
    }
    for check in &lab.checks {
        let key = format!("check {}", check.id);
        check_statements(lab, &key, &check.statements, false, reporter);
        check_parameters(&key, &[], check.statements.sql.values(), reporter);
        known(
            lab,
            &format!("{key}, planted"),
            check.planted.keys(),
            reporter,
        );
    }
    for anomaly in &lab.anomalies {
        let key = format!("anomaly {}", anomaly.id);
        known(lab, &format!("{key}, layout"), [&anomaly.layout], reporter);
        let texts = [&anomaly.before, &anomaly.change, &anomaly.after];
        check_parameters(&key, &anomaly.parameters, texts, reporter);
    }
}

fn check_statements(
    lab: &Lab,
    key: &str,
    statements: &Statements,
    for_each: bool,
    reporter: &mut Reporter<'_>,
) {
    let named = statements.sql.keys().filter(|k| *k != EVERY_LAYOUT);
    known(lab, &format!("{key}, sql"), named, reporter);
    known(
        lab,
        &format!("{key}, cannot"),
        statements.cannot.keys(),
        reporter,
    );
    for layout in lab.layouts.iter().filter(|_| for_each) {
        let reason = statements.cannot.get(&layout.id);
        match (statements.of(&layout.id), reason) {
            (None, None) => reporter.report(
                key,
                format!(
                    "has no statement for {0}: write sql.{0}, or why there is none as cannot.{0}",
                    layout.id
                ),
            ),
            (Some(_), Some(_)) => reporter.report(
                format!("{key}, cannot"),
                format!("{} has a statement as well", layout.id),
            ),
            _ => {}
        }
    }
}

fn known<'a>(
    lab: &Lab,
    key: &str,
    layouts: impl IntoIterator<Item = &'a String>,
    reporter: &mut Reporter<'_>,
) {
    for layout in layouts {
        if lab.layout(layout).is_none() {
            reporter.report(key, format!("the lab has no layout {layout}"));
        }
    }
}

fn check_parameters<'a>(
    key: &str,
    parameters: &[Parameter],
    statements: impl IntoIterator<Item = &'a String>,
    reporter: &mut Reporter<'_>,
) {
    let used: BTreeSet<&str> = statements
        .into_iter()
        .flat_map(|sql| used_parameters(sql))
        .filter(|name| !GIVEN.contains(name))
        .collect();
    for name in &used {
        if !parameters.iter().any(|p| p.name == *name) {
            reporter.report(key, format!("uses ${name}, which no param declares"));
        }
    }
    for parameter in parameters {
        if !used.contains(parameter.name.as_str()) {
            reporter.report(key, format!("does not use ${}", parameter.name));
        }
    }
}

fn unique<'a>(kind: &str, ids: impl Iterator<Item = &'a str>, reporter: &mut Reporter<'_>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            reporter.report(format!("{kind} {id}"), "the id is taken by an earlier one");
        }
    }
}
