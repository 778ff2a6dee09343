//! What `lab.toml` says, entry by entry: one bad entry does not take the others with it.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Table;

use super::{
    Anomaly, Check, DEFAULT_SWEEP, Lab, LabTopic, Layout, Read, Simulation, Statements, Write,
};
use crate::catalog::Parameter;
use crate::catalog::problem::Reporter;
use crate::catalog::queries::parameter;
use crate::catalog::raw::{line_of, list, required, take};

/// An entry with a statement for each layout, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    id: String,
    title: String,
    #[serde(default)]
    question: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    ordered: bool,
    #[serde(default)]
    param: Vec<String>,
    #[serde(default)]
    notice: String,
    sql: BTreeMap<String, String>,
    #[serde(default)]
    cannot: BTreeMap<String, String>,
    #[serde(default)]
    differs: BTreeMap<String, String>,
    #[serde(default)]
    planted: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnomaly {
    id: String,
    title: String,
    layout: String,
    text: String,
    #[serde(default)]
    param: Vec<String>,
    before: String,
    change: String,
    after: String,
    notice: String,
}

/// Reads a lab; reports what cannot be read and what is missing. `None` when it is no TOML.
pub fn read(id: &str, pack: &str, text: &str, reporter: &mut Reporter<'_>) -> Option<Lab> {
    let mut table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(err) => {
            let line = err.span().map(|span| line_of(text, span.start));
            reporter.report_at(line, "", err.message());
            return None;
        }
    };
    let topic: Option<LabTopic> = take(&mut table, "topic", reporter);
    let reads: Vec<RawEntry> = list(&mut table, "read", reporter);
    let writes: Vec<RawEntry> = list(&mut table, "write", reporter);
    let checks: Vec<RawEntry> = list(&mut table, "check", reporter);
    let anomalies: Vec<RawAnomaly> = list(&mut table, "anomaly", reporter);
    let simulations: Vec<Simulation> = list(&mut table, "simulation", reporter);
    let layouts: Vec<Layout> = list(&mut table, "layout", reporter);
    let mut sweep: Vec<u64> =
        take(&mut table, "sweep", reporter).unwrap_or_else(|| DEFAULT_SWEEP.to_vec());
    sweep.sort_unstable();
    let lab = Lab {
        id: id.to_owned(),
        pack: pack.to_owned(),
        title: required(&mut table, "title", reporter),
        question: required(&mut table, "question", reporter),
        summary: required(&mut table, "summary", reporter),
        source: required(&mut table, "source", reporter),
        topic: topic.unwrap_or_default(),
        place: take(&mut table, "place", reporter).unwrap_or(u32::MAX),
        concepts: take(&mut table, "concepts", reporter).unwrap_or_default(),
        sweep,
        expect: required(&mut table, "expect", reporter),
        why: required(&mut table, "why", reporter),
        elsewhere: required(&mut table, "elsewhere", reporter),
        layouts: layouts.into_iter().map(trimmed).collect(),
        reads: reads.into_iter().map(|e| read_of(e, reporter)).collect(),
        writes: writes.into_iter().map(|e| write_of(e, reporter)).collect(),
        checks: checks.into_iter().map(|e| check_of(e, reporter)).collect(),
        anomalies: anomalies
            .into_iter()
            .map(|e| anomaly_of(e, reporter))
            .collect(),
        simulations: simulations
            .into_iter()
            .map(|s| Simulation {
                sql: statement(&s.sql),
                ..s
            })
            .collect(),
    };
    if topic.is_none() {
        reporter.report(
            "topic",
            "is one of copies, precomputed, history, shape, storage, distribution",
        );
    }
    for key in table.keys() {
        reporter.report(key, "is no key of lab.toml");
    }
    Some(lab)
}

fn trimmed(layout: Layout) -> Layout {
    Layout {
        build: layout.build.trim().to_owned(),
        ..layout
    }
}

fn read_of(entry: RawEntry, reporter: &mut Reporter<'_>) -> Read {
    let key = format!("read {}", entry.id);
    not_here(&key, "text", !entry.text.is_empty(), reporter);
    not_here(&key, "planted", !entry.planted.is_empty(), reporter);
    must_be(&key, "question", &entry.question, reporter);
    must_be(&key, "notice", &entry.notice, reporter);
    Read {
        parameters: parameters(&key, &entry.param, reporter),
        id: entry.id,
        title: entry.title,
        question: entry.question,
        ordered: entry.ordered,
        notice: entry.notice,
        statements: statements(entry.sql, entry.cannot),
        differs: entry.differs,
    }
}

fn write_of(entry: RawEntry, reporter: &mut Reporter<'_>) -> Write {
    let key = format!("write {}", entry.id);
    not_here(&key, "question", !entry.question.is_empty(), reporter);
    not_here(&key, "ordered", entry.ordered, reporter);
    not_here(&key, "differs", !entry.differs.is_empty(), reporter);
    not_here(&key, "planted", !entry.planted.is_empty(), reporter);
    must_be(&key, "text", &entry.text, reporter);
    must_be(&key, "notice", &entry.notice, reporter);
    Write {
        parameters: parameters(&key, &entry.param, reporter),
        id: entry.id,
        title: entry.title,
        text: entry.text,
        notice: entry.notice,
        statements: statements(entry.sql, entry.cannot),
    }
}

fn check_of(entry: RawEntry, reporter: &mut Reporter<'_>) -> Check {
    let key = format!("check {}", entry.id);
    not_here(&key, "question", !entry.question.is_empty(), reporter);
    not_here(&key, "ordered", entry.ordered, reporter);
    not_here(&key, "param", !entry.param.is_empty(), reporter);
    not_here(&key, "differs", !entry.differs.is_empty(), reporter);
    must_be(&key, "text", &entry.text, reporter);
    Check {
        id: entry.id,
        title: entry.title,
        text: entry.text,
        statements: statements(entry.sql, entry.cannot),
        planted: entry.planted,
    }
}

fn anomaly_of(entry: RawAnomaly, reporter: &mut Reporter<'_>) -> Anomaly {
    let key = format!("anomaly {}", entry.id);
    Anomaly {
        parameters: parameters(&key, &entry.param, reporter),
        id: entry.id,
        title: entry.title,
        layout: entry.layout,
        text: entry.text,
        before: statement(&entry.before),
        change: statement(&entry.change),
        after: statement(&entry.after),
        notice: entry.notice,
    }
}

fn statements(sql: BTreeMap<String, String>, cannot: BTreeMap<String, String>) -> Statements {
    Statements {
        sql: sql
            .into_iter()
            .map(|(layout, sql)| (layout, statement(&sql)))
            .collect(),
        cannot,
    }
}

/// A statement as it is shown: without what only the file needs.
fn statement(sql: &str) -> String {
    sql.trim().trim_end_matches(';').trim_end().to_owned()
}

fn parameters(key: &str, texts: &[String], reporter: &mut Reporter<'_>) -> Vec<Parameter> {
    let mut found = Vec::new();
    for text in texts {
        match parameter(text) {
            Some(parameter) => found.push(parameter),
            None => reporter.report(
                format!("{key}, param"),
                format!("a parameter is `name TYPE = default`, not `{text}`"),
            ),
        }
    }
    found
}

fn not_here(key: &str, field: &str, is_there: bool, reporter: &mut Reporter<'_>) {
    if is_there {
        reporter.report(format!("{key}, {field}"), "has no place in this entry");
    }
}

fn must_be(key: &str, field: &str, text: &str, reporter: &mut Reporter<'_>) {
    if text.trim().is_empty() {
        reporter.report(format!("{key}, {field}"), "is missing");
    }
}
