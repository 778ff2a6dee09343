//! What `drill.toml` says, entry by entry: one bad entry does not take the others with it.

use toml::Table;

use super::{
    Alternative, DesignDrill, Drill, DrillKind, DrillVariant, Equivalent, OrderKey, SqlDrill,
    WrongAnswer, statement,
};
use crate::catalog::problem::Reporter;
use crate::catalog::raw::{line_of, list, required, take};

/// Reads a drill; reports what cannot be read and what is missing. `None` when it is no TOML or
/// of a kind nobody knows.
pub fn read(id: &str, pack: &str, text: &str, reporter: &mut Reporter<'_>) -> Option<Drill> {
    let mut table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(err) => {
            let line = err.span().map(|span| line_of(text, span.start));
            reporter.report_at(line, "", err.message());
            return None;
        }
    };
    let kind = required(&mut table, "kind", reporter);
    let kind = match kind.as_str() {
        "sql" => DrillKind::Sql(sql(&mut table, reporter)),
        "design" => DrillKind::Design(design(&mut table, reporter)),
        "" => return None,
        other => {
            reporter.report("kind", format!("is sql or design, not {other}"));
            return None;
        }
    };
    let drill = Drill {
        id: id.to_owned(),
        pack: pack.to_owned(),
        title: required(&mut table, "title", reporter),
        level: level(&mut table, reporter),
        place: take(&mut table, "place", reporter).unwrap_or(u32::MAX),
        concepts: texts(&mut table, "concepts", reporter),
        requirement: take(&mut table, "requirement", reporter),
        // A design drill does not show the tables it is about.
        tables: match kind {
            DrillKind::Sql(_) => texts(&mut table, "tables", reporter),
            DrillKind::Design(_) => take(&mut table, "tables", reporter).unwrap_or_default(),
        },
        task: required(&mut table, "task", reporter),
        minutes: take(&mut table, "minutes", reporter),
        hints: texts(&mut table, "hints", reporter),
        explain: required(&mut table, "explain", reporter),
        kind,
    };
    for key in table.keys() {
        reporter.report(key, "is no key of drill.toml");
    }
    Some(drill)
}

fn sql(table: &mut Table, reporter: &mut Reporter<'_>) -> SqlDrill {
    let order: Vec<String> = take(table, "order", reporter).unwrap_or_default();
    let alternatives: Vec<Alternative> = list(table, "alternative", reporter);
    let wrong: Vec<WrongAnswer> = list(table, "wrong", reporter);
    let variants: Vec<DrillVariant> = list(table, "variant", reporter);
    let equivalent: Vec<Equivalent> = list(table, "equivalent", reporter);
    SqlDrill {
        columns: list(table, "column", reporter),
        order: order
            .iter()
            .filter_map(|text| order_key(text, reporter))
            .collect(),
        reference: statement(&required(table, "reference", reporter)),
        alternatives: alternatives
            .into_iter()
            .map(|a| Alternative {
                sql: statement(&a.sql),
                ..a
            })
            .collect(),
        wrong: wrong
            .into_iter()
            .map(|w| WrongAnswer {
                sql: statement(&w.sql),
                ..w
            })
            .collect(),
        variants,
        equivalent,
    }
}

fn design(table: &mut Table, reporter: &mut Reporter<'_>) -> DesignDrill {
    DesignDrill {
        given: texts(table, "given", reporter),
        entities: list(table, "entity", reporter),
        constraints: list(table, "constraint", reporter),
        questions: list(table, "question", reporter),
        accepted: list(table, "accepted", reporter),
        wrong: list(table, "wrong", reporter),
        follow_ups: list(table, "follow_up", reporter),
    }
    .trimmed()
}

fn level(table: &mut Table, reporter: &mut Reporter<'_>) -> u8 {
    let level = take(table, "level", reporter);
    match level {
        Some(level @ 1..=3) => level,
        _ => {
            reporter.report("level", "is 1, 2 or 3");
            1
        }
    }
}

/// A list of texts that must not be empty.
fn texts(table: &mut Table, key: &str, reporter: &mut Reporter<'_>) -> Vec<String> {
    let was_there = table.contains_key(key);
    let texts: Option<Vec<String>> = take(table, key, reporter);
    // A list that cannot be read was told already.
    if !was_there || texts.as_ref().is_some_and(Vec::is_empty) {
        reporter.report(key, "is missing");
    }
    texts.unwrap_or_default()
}

/// `column`, `column ASC` or `column DESC`.
fn order_key(text: &str, reporter: &mut Reporter<'_>) -> Option<OrderKey> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (column, descending) = match words.as_slice() {
        [column] => (column, false),
        [column, word] if word.eq_ignore_ascii_case("ASC") => (column, false),
        [column, word] if word.eq_ignore_ascii_case("DESC") => (column, true),
        _ => {
            reporter.report(
                "order",
                format!("a key is `column` or `column DESC`, not `{text}`"),
            );
            return None;
        }
    };
    Some(OrderKey {
        column: (*column).to_owned(),
        descending,
    })
}
