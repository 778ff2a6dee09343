//! What `pack.toml` says, entry by entry: one bad entry does not take the others with it.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::pack::{AccessPattern, Concept, LearningPath, Note, Requirement, Review, TradeOff};
use super::problem::Reporter;

/// `pack.toml` as far as it could be read.
#[derive(Debug, Default)]
pub struct RawPack {
    pub title: Option<String>,
    pub summary: String,
    pub source: String,
    pub path: LearningPath,
    pub place: Option<u32>,
    pub purpose: String,
    pub requirements: Vec<Requirement>,
    pub access_patterns: Vec<AccessPattern>,
    pub trade_offs: Vec<TradeOff>,
    pub concepts: Vec<Concept>,
    pub reviews: Vec<Review>,
    pub notes: Vec<Note>,
    pub relations: Vec<RawRelation>,
    pub not_relations: Vec<RawRelation>,
}

/// `table(column, …)` at both ends.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRelation {
    pub from: String,
    pub to: String,
    pub pack: Option<String>,
}

/// Reads `pack.toml`; reports what cannot be read and what is missing.
pub fn read(text: &str, reporter: &mut Reporter<'_>) -> RawPack {
    let mut table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(err) => {
            let line = err.span().map(|span| line_of(text, span.start));
            reporter.report_at(line, "", err.message());
            return RawPack::default();
        }
    };
    let raw = RawPack {
        title: take(&mut table, "title", reporter),
        summary: required(&mut table, "summary", reporter),
        source: required(&mut table, "source", reporter),
        path: take(&mut table, "path", reporter).unwrap_or_default(),
        place: take(&mut table, "place", reporter),
        purpose: required(&mut table, "purpose", reporter),
        requirements: list(&mut table, "requirement", reporter),
        access_patterns: list(&mut table, "access_pattern", reporter),
        trade_offs: list(&mut table, "trade_off", reporter),
        concepts: list(&mut table, "concept", reporter),
        reviews: list(&mut table, "review", reporter),
        notes: list(&mut table, "note", reporter),
        relations: list(&mut table, "relation", reporter),
        not_relations: list(&mut table, "not_a_relation", reporter),
    };
    if raw.title.is_none() {
        reporter.report("title", "is missing");
    }
    for key in table.keys() {
        reporter.report(key, "is no key of pack.toml");
    }
    raw
}

/// The line, from 1, of a byte offset.
pub fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|b| *b == b'\n').count()
}

/// A text that must be there.
pub fn required(table: &mut Table, key: &str, reporter: &mut Reporter<'_>) -> String {
    if !table.contains_key(key) {
        reporter.report(key, "is missing");
    }
    take(table, key, reporter).unwrap_or_default()
}

/// The value of a key that may be there.
pub fn take<T: DeserializeOwned>(
    table: &mut Table,
    key: &str,
    reporter: &mut Reporter<'_>,
) -> Option<T> {
    match table.remove(key)?.try_into() {
        Ok(value) => Some(value),
        Err(err) => {
            reporter.report(key, err.message());
            None
        }
    }
}

/// The entries of `[[key]]` that can be read.
pub fn list<T: DeserializeOwned>(
    table: &mut Table,
    key: &str,
    reporter: &mut Reporter<'_>,
) -> Vec<T> {
    match table.remove(key) {
        None => Vec::new(),
        Some(Value::Array(entries)) => entries
            .into_iter()
            .enumerate()
            .filter_map(|(index, entry)| match entry.try_into() {
                Ok(value) => Some(value),
                Err(err) => {
                    reporter.report(format!("{key} {}", index + 1), err.message());
                    None
                }
            })
            .collect(),
        Some(_) => {
            reporter.report(key, format!("is a list: write [[{key}]]"));
            Vec::new()
        }
    }
}
