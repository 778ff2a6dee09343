//! Named queries: `queries.sql`.

use std::collections::BTreeSet;

use super::problem::Reporter;
use crate::ddl;

/// A question the model answers, and the SQL that answers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub name: String,
    pub title: String,
    pub question: String,
    /// Ids of requirements.
    pub answers: Vec<String>,
    pub parameters: Vec<Parameter>,
    /// Whether the order of rows is part of the answer.
    pub ordered: bool,
    /// No row is the healthy answer.
    pub may_be_empty: bool,
    pub notice: String,
    pub sql: String,
    /// Where the query starts in the file, from 1.
    pub line: usize,
}

/// A value a query asks for, used as `$name`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameter {
    pub name: String,
    /// A DuckDB type: `BIGINT`, `DATE`.
    pub data_type: String,
    /// SQL: a literal, or a SELECT of one value.
    pub default: String,
}

impl Parameter {
    /// Whether the default has to be asked of the data.
    pub fn default_is_query(&self) -> bool {
        let start = self.default.trim_start().to_ascii_uppercase();
        start.starts_with("SELECT") || start.starts_with("WITH")
    }
}

/// Reads all queries; what cannot be read is reported with its line.
pub(super) fn read(text: &str, reporter: &mut Reporter<'_>) -> Vec<Query> {
    let mut queries = Vec::new();
    let mut block = Block::default();
    for (index, line) in text.lines().enumerate() {
        let is_comment = line.trim_start().starts_with("--");
        let starts = key_of(line).is_some_and(|(key, _)| key == "name");
        if starts && !block.is_empty() {
            queries.extend(std::mem::take(&mut block).finish(reporter));
        }
        if is_comment && block.sql.trim().is_empty() {
            block.comment(index + 1, line, reporter);
        } else {
            block.sql.push_str(line);
            block.sql.push('\n');
        }
    }
    if !block.is_empty() {
        queries.extend(block.finish(reporter));
    }
    queries
}

/// The header lines and SQL of one query.
#[derive(Default)]
struct Block {
    line: usize,
    /// Key, value and line.
    header: Vec<(String, String, usize)>,
    sql: String,
}

impl Block {
    fn is_empty(&self) -> bool {
        self.header.is_empty() && self.sql.trim().is_empty()
    }

    fn comment(&mut self, line_number: usize, line: &str, reporter: &mut Reporter<'_>) {
        if let Some((key, value)) = key_of(line) {
            if self.header.is_empty() {
                self.line = line_number;
            }
            self.header.push((key, value, line_number));
            return;
        }
        let text = line.trim_start().trim_start_matches('-');
        if text.trim().is_empty() {
            return;
        }
        match self.header.last_mut() {
            Some((_, value, _)) if text.starts_with("  ") => {
                value.push(' ');
                value.push_str(text.trim());
            }
            // A comment before the first query introduces the file.
            None => {}
            Some(_) => reporter.report_at(
                Some(line_number),
                "",
                "a header line is `-- key: value`, or goes on indented by two spaces or more",
            ),
        }
    }

    fn finish(self, reporter: &mut Reporter<'_>) -> Option<Query> {
        let mut query = Query {
            line: self.line,
            sql: self.sql.trim().trim_end_matches(';').trim_end().to_owned(),
            ..Query::default()
        };
        for (key, value, line) in self.header {
            let yes = value == "yes";
            match key.as_str() {
                "name" => query.name = value,
                "title" => query.title = value,
                "question" => query.question = value,
                "notice" => query.notice = value,
                "answers" => {
                    query.answers = value.split(',').map(|a| a.trim().to_owned()).collect()
                }
                "ordered" => query.ordered = yes,
                "may_be_empty" => query.may_be_empty = yes,
                "param" => match parameter(&value) {
                    Some(parameter) => query.parameters.push(parameter),
                    None => reporter.report_at(
                        Some(line),
                        "param",
                        format!("a parameter is `name TYPE = default`, not `{value}`"),
                    ),
                },
                other => reporter.report_at(Some(line), other, "is no key of a query"),
            }
        }
        if query.name.is_empty() {
            reporter.report_at(
                Some(self.line.max(1)),
                "",
                "SQL without a `-- name:` line above it",
            );
            return None;
        }
        for (key, value) in [
            ("title", &query.title),
            ("question", &query.question),
            ("notice", &query.notice),
        ] {
            if value.is_empty() {
                reporter.report_at(
                    Some(query.line),
                    format!("query {}, {key}", query.name),
                    "is missing",
                );
            }
        }
        if query.sql.is_empty() {
            reporter.report_at(
                Some(query.line),
                format!("query {}", query.name),
                "has no SQL",
            );
            return None;
        }
        Some(query)
    }
}

/// `-- key: value` with a key of small letters.
fn key_of(line: &str) -> Option<(String, String)> {
    let text = line.strip_prefix("--")?.strip_prefix(' ')?;
    if text.starts_with(' ') {
        return None;
    }
    let (key, value) = text.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    is_key.then(|| (key.to_owned(), value.trim().to_owned()))
}

/// `name TYPE = default`.
pub(super) fn parameter(text: &str) -> Option<Parameter> {
    let (head, default) = text.split_once('=')?;
    let (name, data_type) = head.trim().split_once(char::is_whitespace)?;
    let valid = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (valid && !default.trim().is_empty()).then(|| Parameter {
        name: name.to_owned(),
        data_type: data_type.trim().to_owned(),
        default: default.trim().to_owned(),
    })
}

/// The names behind `$`, outside texts, quoted names and comments.
pub(super) fn used_parameters(sql: &str) -> BTreeSet<&str> {
    let tokens = ddl::tokens(sql);
    let pairs = tokens.iter().zip(tokens.iter().skip(1));
    pairs
        .filter(|(dollar, word)| {
            sql.get(dollar.range()) == Some("$")
                && word.is_word()
                && dollar.range().end == word.range().start
        })
        .filter_map(|(_, word)| sql.get(word.range()))
        .collect()
}
