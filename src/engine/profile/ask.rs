//! Asks DuckDB for a profile, statement by statement.

use super::bins::{self, Scale, Span, Steps};
use super::sql::{self, Asked, TOP_VALUES};
use super::{
    Amount, ColumnKind, ColumnLine, ColumnProfile, Histogram, Lengths, Quartiles, Session,
    TableProfile, TopValues,
};
use crate::datagen::dialect::name as quoted;
use crate::engine::EngineError;
use crate::engine::result::{Cell, cell_text};

/// Rows up to which one column is counted value by value.
const EXACT_ROWS: u64 = 1_000_000;
/// Values up to which the lines of a whole table are counted one by one.
const EXACT_VALUES: u64 = 4_000_000;
/// Different values up to which the most frequent are found by counting all of them.
const COUNTED_VALUES: u64 = 1_000_000;
/// Different values up to which each is a bar of its own rather than a part of a step.
const FEW_VALUES: u64 = TOP_VALUES as u64;

/// One row of texts; `None` is NULL.
type Texts = Vec<Option<String>>;

impl Session {
    /// A line for each column of a table or view, in one statement.
    pub fn table_profile(&self, table: &str) -> Result<TableProfile, EngineError> {
        let columns = self.columns_of(table)?;
        let rows = self.rows_in(table)?;
        let is_exact = rows.saturating_mul(columns.len() as u64) <= EXACT_VALUES;
        let asked: Vec<Asked<'_>> = columns
            .iter()
            .map(|(column, data_type)| Asked {
                table,
                column,
                kind: ColumnKind::of(data_type),
                is_exact,
            })
            .collect();
        let texts = self.first_texts(&sql::lines(&asked, table))?;
        let rows = number(&texts, 0).unwrap_or(rows);
        let columns = asked
            .iter()
            .enumerate()
            .map(|(index, asked)| {
                let at = 1 + 4 * index;
                let present = number(&texts, at).unwrap_or(0);
                ColumnLine {
                    name: asked.column.to_owned(),
                    kind: asked.kind,
                    present,
                    distinct: amount(&texts, at + 1, present, asked.is_exact),
                    range: range(&texts, at + 2),
                }
            })
            .collect();
        Ok(TableProfile { rows, columns })
    }

    /// All there is to say of one column.
    ///
    /// What cannot be said of its values is left out rather than an error; only a table or
    /// column that is not there, and a cancel, are errors.
    pub fn column_profile(&self, table: &str, column: &str) -> Result<ColumnProfile, EngineError> {
        let columns = self.columns_of(table)?;
        let (column, data_type) = columns
            .into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(column))
            .ok_or_else(|| EngineError::new(format!("{table} has no column {column}")))?;
        let asked = Asked {
            table,
            column: &column,
            kind: ColumnKind::of(&data_type),
            is_exact: self.rows_in(table)? <= EXACT_ROWS,
        };
        let texts = self.first_texts(&sql::basics(&asked))?;
        let rows = number(&texts, 0).unwrap_or(0);
        let present = number(&texts, 1).unwrap_or(0);
        let mut profile = ColumnProfile {
            table: table.to_owned(),
            column: column.clone(),
            kind: asked.kind,
            rows,
            present,
            distinct: amount(&texts, 2, present, asked.is_exact),
            range: range(&texts, 3),
            mean: None,
            quartiles: None,
            lengths: None,
            histogram: None,
            top: TopValues::default(),
            data_type,
        };
        if present > 0 {
            self.add_shape(&asked, &mut profile)?;
        }
        Ok(profile)
    }

    fn add_shape(&self, asked: &Asked<'_>, profile: &mut ColumnProfile) -> Result<(), EngineError> {
        if asked.kind.is_number() || asked.kind.is_moment() {
            let spread = said(self.first_texts(&sql::spread(asked)))?.unwrap_or_default();
            profile.quartiles = quartiles(&spread, asked);
            if asked.kind.is_number() {
                profile.mean = real(&spread, 7);
            }
            if profile.distinct.is_none_or(|d| d.value > FEW_VALUES) {
                profile.histogram = self.histogram(asked, &spread)?;
            }
        }
        if asked.kind.has_length() {
            profile.lengths =
                said(self.first_texts(&sql::lengths(asked)))?.and_then(|t| lengths(&t));
        }
        profile.top = self.top_values(asked, profile)?;
        Ok(())
    }

    fn histogram(
        &self,
        asked: &Asked<'_>,
        spread: &Texts,
    ) -> Result<Option<Histogram>, EngineError> {
        let Some(steps) = steps(asked.kind, spread) else {
            return Ok(None);
        };
        let Some(bars) = said(self.texts(&sql::histogram(asked, &steps)))? else {
            return Ok(None);
        };
        let mut histogram = Histogram {
            start: steps.start,
            step: steps.step,
            counts: vec![0; steps.count],
            below: 0,
            above: 0,
        };
        for bar in &bars {
            let (Some(place), Some(rows)) = (real(bar, 0), number(bar, 1)) else {
                continue;
            };
            if place < 0.0 {
                histogram.below += rows;
            } else {
                match histogram.counts.get_mut(place as usize) {
                    Some(count) => *count += rows,
                    None => histogram.above += rows,
                }
            }
        }
        Ok(Some(histogram))
    }

    fn top_values(
        &self,
        asked: &Asked<'_>,
        profile: &ColumnProfile,
    ) -> Result<TopValues, EngineError> {
        let Some(distinct) = profile.distinct.map(|d| d.value) else {
            return Ok(TopValues::default());
        };
        let is_counted = asked.is_exact || distinct <= COUNTED_VALUES;
        if !is_counted && distinct >= profile.present / 2 {
            return Ok(TopValues {
                is_skipped: true,
                ..TopValues::default()
            });
        }
        let sql = if is_counted {
            sql::top_values(asked)
        } else {
            sql::estimated_top_values(asked)
        };
        let rows = said(self.texts(&sql))?.unwrap_or_default();
        let values = rows
            .iter()
            .filter_map(|row| Some((row.first()?.clone()?, number(row, 1)?)))
            .collect();
        Ok(TopValues {
            values,
            is_estimate: !is_counted,
            is_skipped: false,
        })
    }

    /// Names and types of the columns of a table or view.
    fn columns_of(&self, table: &str) -> Result<Vec<(String, String)>, EngineError> {
        let sql = format!(
            "SELECT column_name, column_type FROM (DESCRIBE {})",
            quoted(table)
        );
        let rows = self.texts(&sql)?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let mut texts = row.into_iter().flatten();
                Some((texts.next()?, texts.next()?))
            })
            .collect())
    }

    fn rows_in(&self, table: &str) -> Result<u64, EngineError> {
        let rows = self.count(&format!("SELECT count(*) FROM {}", quoted(table)))?;
        Ok(rows.unwrap_or(0))
    }

    fn first_texts(&self, sql: &str) -> Result<Texts, EngineError> {
        Ok(self.texts(sql)?.into_iter().next().unwrap_or_default())
    }

    /// The rows of a small result as texts.
    fn texts(&self, sql: &str) -> Result<Vec<Texts>, EngineError> {
        let mut rows = Vec::new();
        for batch in self.rows(sql)? {
            for row in 0..batch.num_rows() {
                let cells = batch
                    .columns()
                    .iter()
                    .map(|column| match cell_text(column, row) {
                        Cell::Text(text) => Some(text),
                        Cell::Null | Cell::Unreadable => None,
                    });
                rows.push(cells.collect());
            }
        }
        Ok(rows)
    }
}

/// What could not be said is left out; a cancel is not.
fn said<T>(outcome: Result<T, EngineError>) -> Result<Option<T>, EngineError> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_cancelled => Err(error),
        Err(_) => Ok(None),
    }
}

fn number(texts: &Texts, at: usize) -> Option<u64> {
    texts.get(at)?.as_ref()?.parse().ok()
}

fn real(texts: &Texts, at: usize) -> Option<f64> {
    let value: f64 = texts.get(at)?.as_ref()?.parse().ok()?;
    value.is_finite().then_some(value)
}

/// An estimate may exceed what is possible.
fn amount(texts: &Texts, at: usize, present: u64, is_exact: bool) -> Option<Amount> {
    let value = number(texts, at)?;
    Some(Amount {
        value: value.min(present),
        is_estimate: !is_exact,
    })
}

fn range(texts: &Texts, at: usize) -> Option<(String, String)> {
    Some((texts.get(at)?.clone()?, texts.get(at + 1)?.clone()?))
}

fn quartiles(spread: &Texts, asked: &Asked<'_>) -> Option<Quartiles> {
    Some(Quartiles {
        first: spread.get(4)?.clone()?,
        median: spread.get(5)?.clone()?,
        third: spread.get(6)?.clone()?,
        is_estimate: !asked.is_exact,
    })
}

fn lengths(texts: &Texts) -> Option<Lengths> {
    Some(Lengths {
        shortest: number(texts, 0)?,
        mean: real(texts, 1)?,
        longest: number(texts, 2)?,
    })
}

fn steps(kind: ColumnKind, spread: &Texts) -> Option<Steps> {
    let span = Span {
        min: real(spread, 0)?,
        max: real(spread, 1)?,
        low: real(spread, 2)?,
        high: real(spread, 3)?,
    };
    let scale = match kind {
        ColumnKind::Integer => Scale::Whole,
        ColumnKind::Date => Scale::Seconds { days: true },
        ColumnKind::Timestamp | ColumnKind::Time => Scale::Seconds { days: false },
        _ => Scale::Real,
    };
    bins::steps(span, scale)
}
