//! Whether an answer gives what was asked for, and how near it is where it does not.

use serde::{Deserialize, Serialize};

use super::fold::folded;
use crate::engine::{Answer, Row, TextTable, without};

/// Rows of a difference that are kept to be shown.
pub const SHOWN: usize = 20;

/// What of an answer's order is demanded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// Places of the columns rows are sorted by, the first key first. Empty: any order will do.
    pub order: Vec<usize>,
}

/// How an answer misses what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Miss {
    pub kind: MissKind,
    /// What is different, in one sentence without a full stop.
    pub message: String,
    /// Rows only the expected answer has, and rows only the given one has; the first of them.
    pub missing: TextTable,
    pub extra: TextTable,
}

/// What kind of miss it is; most of them are near ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissKind {
    /// Other columns.
    Columns,
    /// The right values under other names.
    ColumnNames,
    /// The right columns in another order.
    ColumnOrder,
    /// Other rows.
    Rows,
    /// The right rows but for capitals, accents or spaces of texts.
    Texts,
    /// The right rows but for those that tie with the last one.
    Cut,
    /// The right rows but for how often they are there.
    Repeats,
    /// The right rows in the wrong order.
    Order,
    /// The right order but for rows that are equal in the first keys.
    Ties,
}

impl MissKind {
    /// Whether the columns are at fault, whatever the rows are.
    pub fn is_of_columns(self) -> bool {
        matches!(self, Self::Columns | Self::ColumnNames | Self::ColumnOrder)
    }

    /// Whether the rows are right and only their order is not.
    pub fn is_of_order(self) -> bool {
        matches!(self, Self::Order | Self::Ties)
    }
}

/// Compares an answer with the expected one; `None` when it is as asked for.
///
/// Names of columns compare without case. Rows compare as a bag, and where an order is demanded,
/// the values of its keys must follow each other as expected; rows equal in all keys may stand in
/// any order.
pub fn compare(expected: &Answer, given: &Answer, demand: &Demand) -> Option<Miss> {
    let names = |answer: &Answer| -> Vec<String> {
        answer.columns.iter().map(|c| c.to_lowercase()).collect()
    };
    let (wanted, found) = (names(expected), names(given));
    if wanted != found {
        return Some(of_columns(expected, given, &wanted, &found, demand));
    }
    of_rows(expected, given, demand)
}

fn of_columns(
    expected: &Answer,
    given: &Answer,
    wanted: &[String],
    found: &[String],
    demand: &Demand,
) -> Miss {
    let miss = |kind, message| Miss {
        kind,
        message,
        missing: TextTable::default(),
        extra: TextTable::default(),
    };
    let columns = |answer: &Answer| answer.columns.join(", ");
    if wanted.len() != found.len() {
        return miss(
            MissKind::Columns,
            format!(
                "The columns are {} instead of {}",
                columns(given),
                columns(expected)
            ),
        );
    }
    let places: Option<Vec<usize>> = wanted
        .iter()
        .map(|name| found.iter().position(|f| f == name))
        .collect();
    if let Some(places) = places {
        let rest = match of_rows(expected, &arranged(given, &places), demand) {
            None => "only their order differs".to_owned(),
            Some(miss) => format!("and {}", lower_first(&miss.message)),
        };
        return miss(
            MissKind::ColumnOrder,
            format!(
                "The columns are {} instead of {}: {rest}",
                columns(given),
                columns(expected)
            ),
        );
    }
    let renamed: Vec<String> = wanted
        .iter()
        .zip(&expected.columns)
        .zip(found.iter().zip(&given.columns))
        .filter(|((wanted, _), (found, _))| wanted != found)
        .map(|((_, wanted), (_, found))| format!("{found} should be {wanted}"))
        .collect();
    let renamed = renamed.join(", ");
    match of_rows(expected, given, demand) {
        None => miss(
            MissKind::ColumnNames,
            format!("Only names of columns differ: {renamed}"),
        ),
        Some(_) => miss(
            MissKind::Columns,
            format!("Columns have other names: {renamed}"),
        ),
    }
}

fn of_rows(expected: &Answer, given: &Answer, demand: &Demand) -> Option<Miss> {
    let (wanted, found) = (by_value(&expected.rows), by_value(&given.rows));
    let missing = without(&wanted, &found);
    let extra = without(&found, &wanted);
    if missing.is_empty() && extra.is_empty() {
        let place = first_out_of_order(&wanted, &found, &demand.order)?;
        return Some(of_order(expected, &wanted, &found, demand, place));
    }
    let (kind, message) = if are_texts_alike(&missing, &extra) {
        (
            MissKind::Texts,
            "The rows are right but for capitals, accents or spaces of texts".to_owned(),
        )
    } else if are_cut_by_another_tie_break(&wanted, &missing, &extra, &demand.order) {
        let key = demand.order.first().and_then(|k| expected.columns.get(*k));
        let key = key.map_or("the first key", String::as_str);
        (
            MissKind::Cut,
            format!(
                "The rows are right but for the last places: among rows equal in {key} others were taken"
            ),
        )
    } else if has_same_rows(&wanted, &found) {
        (MissKind::Repeats, repeats(missing.len(), extra.len()))
    } else {
        (
            MissKind::Rows,
            counted(missing.len(), wanted.len(), extra.len(), found.len()),
        )
    };
    let table = |rows: Vec<&Row>, of: &Answer| TextTable {
        columns: of.columns.clone(),
        total: rows.len(),
        rows: rows.into_iter().take(SHOWN).cloned().collect(),
    };
    Some(Miss {
        kind,
        message,
        missing: table(missing, expected),
        extra: table(extra, given),
    })
}

fn of_order(
    expected: &Answer,
    wanted: &[Row],
    found: &[Row],
    demand: &Demand,
    place: usize,
) -> Miss {
    // How many of the keys the given order keeps.
    let kept = (1..demand.order.len())
        .rev()
        .find(|kept| first_out_of_order(wanted, found, &demand.order[..*kept]).is_none());
    let name = |place: &usize| expected.columns.get(*place).map_or("", String::as_str);
    let names = |places: &[usize]| places.iter().map(name).collect::<Vec<_>>().join(", ");
    let (kind, message) = match kept {
        Some(kept) => (
            MissKind::Ties,
            format!(
                "The rows are right and sorted by {}, but rows equal in that are not sorted by {}",
                names(&demand.order[..kept]),
                names(&demand.order[kept..])
            ),
        ),
        None => (
            MissKind::Order,
            format!(
                "The rows are right, their order is not: it differs from row {} on",
                place + 1
            ),
        ),
    };
    Miss {
        kind,
        message,
        missing: TextTable::default(),
        extra: TextTable::default(),
    }
}

/// The first row whose keys are not those of the expected row in its place.
fn first_out_of_order(wanted: &[Row], found: &[Row], keys: &[usize]) -> Option<usize> {
    wanted
        .iter()
        .zip(found)
        .position(|(a, b)| keys.iter().any(|key| a.get(*key) != b.get(*key)))
}

fn are_texts_alike(missing: &[&Row], extra: &[&Row]) -> bool {
    let fold = |rows: &[&Row]| -> Vec<Row> {
        let one = |row: &&Row| row.iter().map(|v| v.as_deref().map(folded)).collect();
        rows.iter().map(one).collect()
    };
    let (missing, extra) = (fold(missing), fold(extra));
    missing.len() == extra.len() && without(&missing, &extra).is_empty()
}

/// Whether all rows that differ are equal to the last expected one in the first key, and are
/// other ones by the keys: a limit was drawn through rows that tie.
fn are_cut_by_another_tie_break(
    wanted: &[Row],
    missing: &[&Row],
    extra: &[&Row],
    order: &[usize],
) -> bool {
    let ([first, _, ..], Some(last)) = (order, wanted.last()) else {
        return false;
    };
    let keys = |row: &Row| -> Row { order.iter().filter_map(|k| row.get(*k)).cloned().collect() };
    missing.len() == extra.len()
        && missing
            .iter()
            .chain(extra)
            .all(|row| row.get(*first) == last.get(*first))
        && missing
            .iter()
            .all(|m| extra.iter().all(|e| keys(m) != keys(e)))
}

/// Whether both have the same rows, if not as often.
fn has_same_rows(wanted: &[Row], found: &[Row]) -> bool {
    let set = |rows: &[Row]| {
        rows.iter()
            .cloned()
            .collect::<std::collections::BTreeSet<_>>()
    };
    set(wanted) == set(found)
}

fn repeats(missing: usize, extra: usize) -> String {
    match (missing, extra) {
        (0, extra) => format!("The rows are right, but some come too often: {extra} too many"),
        (missing, 0) => format!("The rows are right, but some come too seldom: {missing} too few"),
        _ => "The rows are right, but some come too often and others too seldom".to_owned(),
    }
}

fn counted(missing: usize, wanted: usize, extra: usize, found: usize) -> String {
    match (missing, extra) {
        (0, extra) => format!("{extra} of {found} rows should not be there"),
        (missing, 0) => format!("{missing} of {wanted} rows are missing"),
        _ => format!(
            "{missing} of {wanted} rows are missing, {extra} of {found} should not be there"
        ),
    }
}

/// Columns in the expected order.
fn arranged(answer: &Answer, places: &[usize]) -> Answer {
    let one = |row: &Row| {
        places
            .iter()
            .map(|place| row.get(*place).cloned().flatten())
            .collect()
    };
    Answer {
        columns: Vec::new(),
        rows: answer.rows.iter().map(one).collect(),
    }
}

/// A moment at midnight and its date are one value, whichever type it has.
fn by_value(rows: &[Row]) -> Vec<Row> {
    let one = |value: &Option<String>| {
        value.as_ref().map(|text| {
            let date = text.strip_suffix("T00:00:00").filter(|d| d.len() == 10);
            date.unwrap_or(text).to_owned()
        })
    };
    rows.iter().map(|r| r.iter().map(one).collect()).collect()
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests;
