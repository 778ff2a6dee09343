//! What went wrong, with the place in the text where DuckDB knows it.

use std::ops::Range;

use serde::Deserialize;

/// An error of the engine, told in one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct EngineError {
    /// `Binder`, `Parser`, `Constraint`, …; empty when it is not DuckDB's.
    pub kind: String,
    pub message: String,
    /// Bytes of the statement's text.
    pub place: Option<Range<usize>>,
    /// Names that may have been meant, best first.
    pub candidates: Vec<String>,
    pub is_cancelled: bool,
}

/// What DuckDB says with `errors_as_json`.
#[derive(Deserialize)]
struct Report {
    exception_type: String,
    exception_message: String,
    position: Option<String>,
    /// `[start,length]`.
    location: Option<String>,
    candidates: Option<String>,
}

impl EngineError {
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }

    pub fn cancelled() -> Self {
        Self {
            message: "Cancelled".to_owned(),
            is_cancelled: true,
            ..Self::default()
        }
    }

    /// Reads DuckDB's own report out of an error text.
    fn from_text(text: &str) -> Self {
        let Some(report) = Report::within(text) else {
            return Self::plain(text);
        };
        if report.exception_type == "INTERRUPT" || report.exception_type == "Interrupt" {
            return Self::cancelled();
        }
        if let Some(missing) = missing_clock(&report.exception_message) {
            return Self {
                place: report.place(),
                message: missing,
                kind: report.exception_type,
                ..Self::default()
            };
        }
        Self {
            place: report.place(),
            candidates: report
                .candidates
                .iter()
                .flat_map(|c| c.split(','))
                .map(|c| c.trim().to_owned())
                .filter(|c| !c.is_empty())
                .collect(),
            message: sentence(&report.exception_message),
            kind: report.exception_type,
            is_cancelled: false,
        }
    }

    fn plain(text: &str) -> Self {
        if text.contains("INTERRUPT") || text.contains("Interrupted") {
            return Self::cancelled();
        }
        let (kind, message) = text
            .split_once(" Error: ")
            .filter(|(kind, _)| kind.len() < 24)
            .unwrap_or(("", text));
        Self {
            kind: kind.to_owned(),
            message: sentence(message),
            ..Self::default()
        }
    }

    /// The same error with its place moved, for a statement cut out of a longer text.
    pub fn moved(mut self, map: impl Fn(Range<usize>) -> Option<Range<usize>>) -> Self {
        self.place = self.place.and_then(map);
        self
    }

    /// The line, from 1, its place is on.
    pub fn line_in(&self, sql: &str) -> Option<usize> {
        let start = self.place.as_ref()?.start.min(sql.len());
        Some(
            1 + sql.as_bytes()[..start]
                .iter()
                .filter(|b| **b == b'\n')
                .count(),
        )
    }
}

impl Report {
    /// The report in a text; where its message holds a report itself, that one.
    fn within(text: &str) -> Option<Self> {
        let report: Self = serde_json::from_str(&text[text.find('{')?..]).ok()?;
        Some(Self::within(&report.exception_message).unwrap_or(report))
    }

    fn place(&self) -> Option<Range<usize>> {
        let numbers: Vec<usize> = self
            .location
            .as_deref()
            .unwrap_or_default()
            .trim_matches(['[', ']'])
            .split(',')
            .filter_map(|n| n.trim().parse().ok())
            .collect();
        if let [start, length] = numbers.as_slice() {
            return Some(*start..start + (*length).max(1));
        }
        let start: usize = self.position.as_ref()?.parse().ok()?;
        Some(start..start + 1)
    }
}

/// DuckDB's hint lines ("Did you mean …") are offered as candidates, so the message is its
/// first paragraph; what it says of itself ("LINE 1: …") is shown in the editor instead.
fn sentence(message: &str) -> String {
    message
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .take_while(|l| {
            !l.starts_with("LINE ")
                && !l.starts_with("Did you mean")
                && !l.starts_with("Candidate bindings")
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// DuckDB keeps some functions of date and time zone in an extension, and advises to install it:
/// here nothing can be installed, so another way out is named.
fn missing_clock(message: &str) -> Option<String> {
    let name = message
        .strip_prefix("Scalar Function with name \"")?
        .split('"')
        .next()?;
    message.contains("exists in the icu extension").then(|| {
        format!(
            "{name} needs time zones, which this DuckDB comes without: write the date or moment, for example DATE '2026-06-30'"
        )
    })
}

impl From<duckdb::Error> for EngineError {
    fn from(error: duckdb::Error) -> Self {
        match error {
            duckdb::Error::DuckDBFailure(_, Some(text)) => Self::from_text(&text),
            other => Self::from_text(&other.to_string()),
        }
    }
}

impl From<std::io::Error> for EngineError {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string())
    }
}

impl From<arrow::error::ArrowError> for EngineError {
    fn from(error: arrow::error::ArrowError) -> Self {
        Self::new(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_gives_place_and_candidates() {
        let error = EngineError::from_text(
            r#"Catalog Error: {"exception_type":"Catalog","exception_message":"Table with name titel does not exist!\nDid you mean \"title\"?","type":"Table","name":"titel","location":"[14,5]","candidates":"title","position":"14","error_subtype":"MISSING_ENTRY"}"#,
        );
        assert_eq!(error.place, Some(14..19));
        assert_eq!(error.candidates, ["title"]);
        assert_eq!(error.message, "Table with name titel does not exist!");
        assert_eq!(error.line_in("select 1\nfrom\ntitel"), Some(3));
    }

    #[test]
    fn advice_that_cannot_be_followed_is_replaced() {
        let error = EngineError::from_text(
            r#"{"exception_type":"Catalog","exception_message":"Scalar Function with name \"today\" is not in the catalog, but it exists in the icu extension.\n\nPlease try installing and loading the icu extension","position":"7"}"#,
        );
        assert!(
            error.message.starts_with("today needs time zones"),
            "{}",
            error.message
        );
        assert!(!error.message.contains("installing"));
    }

    #[test]
    fn a_report_within_a_report_is_the_one_that_is_told() {
        let error = EngineError::from_text(
            r#"IO Error: {"exception_type":"IO","exception_message":"Async write failed for range [offset=1, size=2]: {\"exception_type\":\"IO\",\"exception_message\":\"Could not write file x: No space left on device\",\"errno\":\"28\"}"}"#,
        );
        assert_eq!(
            error.message,
            "Could not write file x: No space left on device"
        );
    }

    #[test]
    fn a_plain_text_keeps_its_kind_apart() {
        let error = EngineError::from_text("IO Error: Cannot open file \"x.duckdb\"\nLINE 1: …");
        assert_eq!(error.kind, "IO");
        assert_eq!(error.message, "Cannot open file \"x.duckdb\"");
    }
}
