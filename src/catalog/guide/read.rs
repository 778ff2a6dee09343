//! What `guide.toml` says, entry by entry: one bad entry does not take the others with it.

use toml::{Table, Value};

use super::{Guide, GuideChoice, GuideDatabase, GuideStep, GuideTable, Leads};
use crate::catalog::cards::see;
use crate::catalog::problem::Reporter;
use crate::catalog::raw::{line_of, list, required, take};

/// Reads the guide; reports what cannot be read and what is missing.
pub fn read(text: &str, reporter: &mut Reporter<'_>) -> Guide {
    let mut table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(err) => {
            let line = err.span().map(|span| line_of(text, span.start));
            reporter.report_at(line, "", err.message());
            return Guide::default();
        }
    };
    let guide = Guide {
        title: required(&mut table, "title", reporter),
        intro: required(&mut table, "intro", reporter),
        source: required(&mut table, "source", reporter),
        start: required(&mut table, "start", reporter),
        steps: entries(&mut table, "step", reporter, step),
        databases: entries(&mut table, "database", reporter, database),
        tables: entries(&mut table, "table", reporter, comparison),
    };
    for key in table.keys() {
        reporter.report(key, "is no key of guide.toml");
    }
    guide
}

/// The entries of `[[kind]]`, each read with its id before the keys of its problems.
fn entries<T>(
    table: &mut Table,
    kind: &str,
    reporter: &mut Reporter<'_>,
    read: impl Fn(String, &mut Table, &mut Reporter<'_>) -> T,
) -> Vec<T> {
    let tables: Vec<Table> = list(table, kind, reporter);
    let entries = tables.into_iter().enumerate().map(|(index, mut entry)| {
        let id: Option<String> = take(&mut entry, "id", reporter);
        let place = match &id {
            Some(id) => format!("{kind} {id}"),
            None => format!("{kind} {}", index + 1),
        };
        reporter.within(&place, |reporter| {
            if id.is_none() {
                reporter.report("id", "is missing");
            }
            let value = read(id.unwrap_or_default(), &mut entry, reporter);
            for key in entry.keys() {
                reporter.report(key, format!("is no key of a {kind}"));
            }
            value
        })
    });
    entries.collect()
}

fn step(id: String, table: &mut Table, reporter: &mut Reporter<'_>) -> GuideStep {
    let choices: Vec<Table> = list(table, "choice", reporter);
    let choices = choices
        .into_iter()
        .enumerate()
        .filter_map(|(index, mut entry)| {
            let place = format!("choice {}", index + 1);
            reporter.within(&place, |reporter| choice(&mut entry, reporter))
        });
    let choices: Vec<GuideChoice> = choices.collect();
    if choices.is_empty() {
        reporter.report("choice", "is missing: write [[step.choice]]");
    }
    GuideStep {
        id,
        question: required(table, "question", reporter),
        why: required(table, "why", reporter),
        choices,
    }
}

fn choice(table: &mut Table, reporter: &mut Reporter<'_>) -> Option<GuideChoice> {
    let label = required(table, "label", reporter);
    let because = required(table, "because", reporter);
    let step: Option<String> = take(table, "step", reporter);
    let database: Option<String> = take(table, "database", reporter);
    for key in table.keys() {
        reporter.report(key, "is no key of a choice");
    }
    let leads = match (step, database) {
        (Some(step), None) => Leads::Step(step),
        (None, Some(database)) => Leads::Database(database),
        _ => {
            reporter.report("", "leads to one step or one database");
            return None;
        }
    };
    Some(GuideChoice {
        label,
        because,
        leads,
    })
}

fn database(id: String, table: &mut Table, reporter: &mut Reporter<'_>) -> GuideDatabase {
    GuideDatabase {
        id,
        title: required(table, "title", reporter),
        products: take(table, "products", reporter).unwrap_or_default(),
        says: required(table, "says", reporter),
        fits: take(table, "fits", reporter).unwrap_or_default(),
        avoid: take(table, "avoid", reporter).unwrap_or_default(),
        pattern: required(table, "pattern", reporter),
        counters: list(table, "counter", reporter),
        see: see(table, reporter),
    }
}

fn comparison(id: String, table: &mut Table, reporter: &mut Reporter<'_>) -> GuideTable {
    let rows = match table.remove("rows") {
        Some(Value::Array(rows)) => rows
            .into_iter()
            .enumerate()
            .filter_map(|(index, row)| match row.try_into() {
                Ok(cells) => Some(cells),
                Err(err) => {
                    reporter.report(format!("rows {}", index + 1), err.message());
                    None
                }
            })
            .collect(),
        _ => {
            reporter.report("rows", "is a list of lists of texts");
            Vec::new()
        }
    };
    GuideTable {
        id,
        title: required(table, "title", reporter),
        source: required(table, "source", reporter),
        columns: take(table, "columns", reporter).unwrap_or_default(),
        rows,
        mark: take(table, "mark", reporter).unwrap_or_default(),
        row_mark: take(table, "row_mark", reporter).unwrap_or_default(),
    }
}
