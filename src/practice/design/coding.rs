//! Columns that hold a value in another form than the reference data has it.

use super::ground::DesignGround;
use super::matching::Mapping;
use crate::model::TypeKind;

/// How a column holds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// As the reference data has it.
    Plain,
    /// `price_cents INTEGER` for 12.99.
    Hundredths,
    /// `date_key INTEGER`: 20260701 for a day.
    DayNumber,
}

impl Coding {
    /// What the names and types of a column say.
    pub fn of(
        ground: &DesignGround,
        mapping: &Mapping,
        entity: &str,
        attribute: &str,
        column: &str,
    ) -> Self {
        let is_whole = mapping
            .table(entity)
            .and_then(|t| t.column(column))
            .is_some_and(|c| matches!(c.data_type.kind, TypeKind::Integer { .. }));
        let reference = ground.columns.get(entity).and_then(|c| c.get(attribute));
        let Some(reference) = reference.filter(|_| is_whole) else {
            return Self::Plain;
        };
        let name = column.to_lowercase();
        let is_named = ["cents", "minor", "pence"].iter().any(|w| name.contains(w));
        let has_fraction = ["DECIMAL", "DOUBLE", "FLOAT"]
            .iter()
            .any(|t| reference.starts_with(t));
        if reference == "DATE" {
            Self::DayNumber
        } else if is_named && has_fraction {
            Self::Hundredths
        } else {
            Self::Plain
        }
    }

    /// The column's form of a value of the reference data.
    pub fn encoded(self, sql: &str) -> String {
        match self {
            Self::Plain => sql.to_owned(),
            Self::Hundredths => format!("round({sql} * 100)"),
            Self::DayNumber => format!("strftime({sql}, '%Y%m%d')"),
        }
    }

    /// A value of the column as the reference data has it.
    pub fn decoded(self, sql: &str) -> String {
        match self {
            Self::Plain => sql.to_owned(),
            Self::Hundredths => format!("CAST({sql} AS DECIMAL(18, 2)) / 100"),
            Self::DayNumber => {
                format!("CAST(strptime(CAST({sql} AS VARCHAR), '%Y%m%d') AS DATE)")
            }
        }
    }
}
