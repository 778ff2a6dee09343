//! What `cards.toml` says, card by card: one bad card does not take the others with it.

use toml::{Table, Value};

use super::Card;
use crate::catalog::problem::Reporter;
use crate::catalog::raw::{line_of, list, required, take};
use crate::catalog::see::{FORMS, See};

/// Reads the cards of a pack; reports what cannot be read and what is missing.
pub fn read(pack: &str, text: &str, reporter: &mut Reporter<'_>) -> Vec<Card> {
    let mut table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(err) => {
            let line = err.span().map(|span| line_of(text, span.start));
            reporter.report_at(line, "", err.message());
            return Vec::new();
        }
    };
    let entries = match table.remove("card") {
        None => Vec::new(),
        Some(Value::Array(entries)) => entries,
        Some(_) => {
            reporter.report("card", "is a list: write [[card]]");
            Vec::new()
        }
    };
    for key in table.keys() {
        reporter.report(key, "is no key of cards.toml");
    }
    let cards = entries
        .into_iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            let Value::Table(mut entry) = entry else {
                reporter.report(format!("card {}", index + 1), "is no table");
                return None;
            };
            let id: Option<String> = take(&mut entry, "id", reporter);
            let Some(id) = id.filter(|id| is_id(id)) else {
                reporter.report(
                    format!("card {}, id", index + 1),
                    "has small letters, digits and _ only",
                );
                return None;
            };
            let place = format!("card {id}");
            Some(reporter.within(&place, |reporter| card(id, pack, &mut entry, reporter)))
        });
    cards.collect()
}

fn card(id: String, pack: &str, table: &mut Table, reporter: &mut Reporter<'_>) -> Card {
    if !table.contains_key("kind") {
        reporter.report("kind", "is missing");
    }
    let card = Card {
        id,
        pack: pack.to_owned(),
        kind: take(table, "kind", reporter).unwrap_or_default(),
        question: required(table, "question", reporter),
        source: required(table, "source", reporter),
        minutes: take(table, "minutes", reporter),
        concepts: take(table, "concepts", reporter).unwrap_or_default(),
        answer: required(table, "answer", reporter),
        look_for: list(table, "look_for", reporter),
        follow_ups: take(table, "follow_ups", reporter).unwrap_or_default(),
        see: see(table, reporter),
    };
    if card.look_for.is_empty() {
        reporter.report("look_for", "an answer is held against one point or more");
    }
    if card.minutes == Some(0) {
        reporter.report("minutes", "is one or more");
    }
    for key in table.keys() {
        reporter.report(key, "is no key of a card");
    }
    card
}

/// The links of an entry that have one of the forms.
pub fn see(table: &mut Table, reporter: &mut Reporter<'_>) -> Vec<See> {
    let texts: Vec<String> = take(table, "see", reporter).unwrap_or_default();
    let links = texts.iter().filter_map(|text| {
        let see = See::parse(text);
        if see.is_none() {
            reporter.report("see", format!("a link is {FORMS}, not {text}"));
        }
        see
    });
    links.collect()
}

fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
