//! Everything a drill names is there, and nothing it needs is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::check_design::check_design;
use super::{Drill, DrillKind, SqlDrill};
use crate::catalog::drill_file;
use crate::catalog::pack::Pack;
use crate::catalog::problem::{Problem, Reporter};
use crate::model::same_name;

/// The automatic variants, and names a database has already.
const TAKEN: [&str; 14] = [
    "base",
    "seed",
    "reversed",
    "nulls",
    "ties",
    "unmatched",
    "duplicates",
    "few",
    "empty",
    "main",
    "temp",
    "memory",
    "system",
    "pg_catalog",
];

/// Reports what the drills of a pack name and do not have.
pub fn check_drills(pack: &Pack, problems: &mut Vec<Problem>) {
    for drill in &pack.drills {
        let file = drill_file(&drill.id);
        let mut reporter = Reporter {
            pack: &pack.id,
            file: &file,
            problems,
        };
        check_links(drill, pack, &mut reporter);
        match &drill.kind {
            DrillKind::Sql(sql) => check_sql(sql, &mut reporter),
            DrillKind::Design(design) => check_design(design, &mut reporter),
        }
    }
}

/// Reports drills of different packs that have the same id.
pub fn check_ids(packs: &[Arc<Pack>], problems: &mut Vec<Problem>) {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for drill in packs.iter().flat_map(|p| &p.drills) {
        if let Some(owner) = owners.insert(&drill.id, &drill.pack) {
            Reporter {
                pack: &drill.pack,
                file: &drill_file(&drill.id),
                problems,
            }
            .report("", format!("the id is taken by a drill of {owner}"));
        }
    }
}

fn check_links(drill: &Drill, pack: &Pack, reporter: &mut Reporter<'_>) {
    let has_table = |name: &str| {
        pack.schema.table(name).is_some()
            || pack.schema.views.iter().any(|v| same_name(&v.name, name))
    };
    for table in drill.tables.iter().filter(|t| !has_table(t)) {
        reporter.report("tables", format!("the model has no table {table}"));
    }
    if let Some(id) = &drill.requirement
        && !pack.requirements.iter().any(|r| r.id == *id)
    {
        reporter.report("requirement", format!("pack.toml has no requirement {id}"));
    }
    if drill.hints.len() != 3 && !drill.hints.is_empty() {
        reporter.report(
            "hints",
            format!("are three steps, not {}", drill.hints.len()),
        );
    }
}

fn check_sql(sql: &SqlDrill, reporter: &mut Reporter<'_>) {
    if sql.columns.is_empty() {
        reporter.report("column", "name the expected columns: write [[column]]");
    }
    unique("column", sql.columns.iter().map(|c| &c.name), reporter);
    for key in &sql.order {
        if !sql
            .columns
            .iter()
            .any(|c| c.name.eq_ignore_ascii_case(&key.column))
        {
            reporter.report(
                "order",
                format!("{} is no column of the answer", key.column),
            );
        }
    }
    if sql.alternatives.len() < 2 {
        reporter.report("alternative", "a drill has two other right answers or more");
    }
    if sql.wrong.len() < 3 {
        reporter.report("wrong", "a drill has three wrong answers or more");
    }
    for wrong in sql.wrong.iter().filter(|w| w.because.trim().is_empty()) {
        reporter.report(format!("wrong {}, because", wrong.title), "is missing");
    }
    unique(
        "alternative",
        sql.alternatives.iter().map(|a| &a.title),
        reporter,
    );
    unique("wrong", sql.wrong.iter().map(|w| &w.title), reporter);
    unique("variant", sql.variants.iter().map(|v| &v.id), reporter);
    unique(
        "equivalent",
        sql.equivalent.iter().map(|e| &e.mutant),
        reporter,
    );
    for variant in &sql.variants {
        let key = format!("variant {}", variant.id);
        let is_name = variant
            .id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && variant.id.starts_with(|c: char| c.is_ascii_lowercase());
        if !is_name {
            reporter.report(&key, "an id has small letters, digits and _ only");
        } else if TAKEN.contains(&variant.id.as_str()) {
            reporter.report(&key, "the id means something already: choose another");
        }
    }
    for equivalent in &sql.equivalent {
        if equivalent.because.trim().is_empty() {
            reporter.report(
                format!("equivalent {}, because", equivalent.mutant),
                "is missing",
            );
        }
    }
}

fn unique<'a>(kind: &str, ids: impl Iterator<Item = &'a String>, reporter: &mut Reporter<'_>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id.to_lowercase()) {
            reporter.report(format!("{kind} {id}"), "is there twice");
        }
    }
}
