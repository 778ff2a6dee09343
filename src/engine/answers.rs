//! Answers as text, and whether two of them are the same rows.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Float32Type, Float64Type, Schema};
use arrow::record_batch::RecordBatch;
use serde::{Deserialize, Serialize};

use super::{EngineError, Session};

/// Rows of a difference that are kept to be shown.
const SHOWN: usize = 5;
/// Digits of floating-point numbers that are compared: sums in another order differ behind them.
const DIGITS: usize = 9;

/// The values of a row; `None` is NULL.
pub type Row = Vec<Option<String>>;

/// An answer as text, value by value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// A few rows as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextTable {
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// All rows there are, of which the first are shown.
    pub total: usize,
}

/// How an answer differs from the one it is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Difference {
    /// What is different, in one sentence.
    pub message: String,
    /// Rows only the expected answer has, and rows only this one has; the first of them.
    pub missing: TextTable,
    pub extra: TextTable,
}

impl Answer {
    /// Reads all rows of a result.
    pub fn from_batches(batches: &[RecordBatch]) -> Result<Self, EngineError> {
        let mut answer = Self::default();
        for batch in batches {
            answer.columns = names(&batch.schema());
            answer.push(batch)?;
        }
        Ok(answer)
    }

    fn push(&mut self, batch: &RecordBatch) -> Result<(), EngineError> {
        for row in 0..batch.num_rows() {
            let values = batch.columns().iter().map(|column| value(column, row));
            self.rows.push(values.collect::<Result<_, _>>()?);
        }
        Ok(())
    }

    /// The first rows.
    pub fn first_rows(&self, most: usize) -> TextTable {
        TextTable {
            columns: self.columns.clone(),
            rows: self.rows.iter().take(most).cloned().collect(),
            total: self.rows.len(),
        }
    }
}

impl Session {
    /// The answer of a statement, its columns also where it has no rows.
    ///
    /// Reading stops at the first batch beyond `most` rows: whoever gets more than that knows
    /// that there may be others.
    pub fn answer(&self, sql: &str, most: usize) -> Result<Answer, EngineError> {
        let mut answer = Answer::default();
        let mut columns = Vec::new();
        self.stream(sql, &mut |schema| columns = names(&schema), &mut |batch| {
            answer.push(&batch)?;
            Ok(if answer.rows.len() > most {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            })
        })?;
        answer.columns = columns;
        Ok(answer)
    }
}

fn names(schema: &Schema) -> Vec<String> {
    schema.fields().iter().map(|f| f.name().clone()).collect()
}

fn value(column: &dyn Array, row: usize) -> Result<Option<String>, EngineError> {
    if column.is_null(row) {
        return Ok(None);
    }
    let float = match column.data_type() {
        DataType::Float64 => Some(column.as_primitive::<Float64Type>().value(row)),
        DataType::Float32 => Some(f64::from(column.as_primitive::<Float32Type>().value(row))),
        _ => None,
    };
    if let Some(float) = float {
        return Ok(Some(rounded(float)));
    }
    let text = arrow::util::display::array_value_to_string(column, row)?;
    // 12.50 and 12.5 are one number; of texts every character counts.
    Ok(Some(match column.data_type() {
        DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..)
            if text.contains('.') =>
        {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => text,
    }))
}

/// A floating-point number in [`DIGITS`] digits; whole numbers as whole numbers.
fn rounded(value: f64) -> String {
    let text = format!("{value:.*e}", DIGITS - 1);
    match text.parse::<f64>() {
        Ok(0.0) => "0".to_owned(),
        Ok(short) => short.to_string(),
        Err(_) => text,
    }
}

/// Compares two answers: as bags, or row by row where the order is part of the answer.
///
/// Names of columns compare without case. `None`: they are the same.
pub fn compare(expected: &Answer, found: &Answer, is_ordered: bool) -> Option<Difference> {
    let names = |answer: &Answer| -> Vec<String> {
        answer.columns.iter().map(|c| c.to_lowercase()).collect()
    };
    // An answer without rows may come without columns.
    if names(expected) != names(found) && !expected.rows.is_empty() && !found.rows.is_empty() {
        return Some(Difference {
            message: format!(
                "the columns are {} instead of {}",
                found.columns.join(", "),
                expected.columns.join(", ")
            ),
            ..Difference::default()
        });
    }
    let missing = without(&expected.rows, &found.rows);
    let extra = without(&found.rows, &expected.rows);
    if missing.is_empty() && extra.is_empty() {
        let place = expected
            .rows
            .iter()
            .zip(&found.rows)
            .position(|(a, b)| a != b);
        let place = place.filter(|_| is_ordered)?;
        return Some(Difference {
            message: format!("the same rows in another order, from row {} on", place + 1),
            ..Difference::default()
        });
    }
    let table = |rows: Vec<&Row>, of: &Answer| TextTable {
        columns: of.columns.clone(),
        total: rows.len(),
        rows: rows.into_iter().take(SHOWN).cloned().collect(),
    };
    Some(Difference {
        message: format!(
            "{} of {} rows are missing, {} of {} are others",
            missing.len(),
            expected.rows.len(),
            extra.len(),
            found.rows.len()
        ),
        missing: table(missing, expected),
        extra: table(extra, found),
    })
}

/// Rows of the one that the other does not have as often, in their order.
pub fn without<'a>(these: &'a [Row], those: &[Row]) -> Vec<&'a Row> {
    let mut left: BTreeMap<&Row, usize> = BTreeMap::new();
    for row in those {
        *left.entry(row).or_default() += 1;
    }
    these
        .iter()
        .filter(|row| match left.get_mut(row) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Settings;

    fn answer(sql: &str) -> Answer {
        let session = Session::in_memory(&Settings::default()).expect("DuckDB starts");
        Answer::from_batches(&session.rows(sql).expect("rows")).expect("an answer")
    }

    #[track_caller]
    fn check(expected: &str, found: &str, is_ordered: bool, message: Option<&str>) {
        let difference = compare(&answer(expected), &answer(found), is_ordered);
        assert_eq!(difference.map(|d| d.message).as_deref(), message);
    }

    #[test]
    fn rows_count_as_often_as_they_stand_there() {
        let twice = "SELECT unnest([1, 1, 2]) AS a";
        check(twice, "SELECT unnest([2, 1, 1]) AS A", false, None);
        check(
            twice,
            "SELECT unnest([1, 2, 2]) AS a",
            false,
            Some("1 of 3 rows are missing, 1 of 3 are others"),
        );
    }

    #[test]
    fn order_counts_only_where_it_is_asked_for() {
        let (up, down) = ("SELECT unnest([1, 2]) a", "SELECT unnest([2, 1]) a");
        check(up, down, false, None);
        check(
            up,
            down,
            true,
            Some("the same rows in another order, from row 1 on"),
        );
    }

    #[test]
    fn numbers_compare_by_value() {
        check(
            "SELECT 0.1::DOUBLE + 0.2 AS x",
            "SELECT 0.3::DOUBLE AS x",
            true,
            None,
        );
        check(
            "SELECT 12.50 AS x",
            "SELECT 12.5::DECIMAL(9,4) AS x",
            true,
            None,
        );
        check("SELECT 100.00 AS x", "SELECT 100.0 AS x", true, None);
        check(
            "SELECT 1.5::DOUBLE AS x",
            "SELECT 1.5000001::DOUBLE AS x",
            true,
            Some("1 of 1 rows are missing, 1 of 1 are others"),
        );
    }

    #[test]
    fn null_is_not_a_text() {
        check(
            "SELECT NULL::VARCHAR AS x",
            "SELECT 'NULL' AS x",
            true,
            Some("1 of 1 rows are missing, 1 of 1 are others"),
        );
    }

    #[test]
    fn other_columns_are_said_by_name() {
        check(
            "SELECT 1 AS a, 2 AS b",
            "SELECT 1 AS a",
            true,
            Some("the columns are a instead of a, b"),
        );
    }
}
