//! From DuckDB's Arrow batches to Polars frames, without copying where the types allow it.

use arrow::array::{Array, ArrayRef, StringBuilder};
use arrow::datatypes::DataType;
use arrow::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow::record_batch::RecordBatch;
use polars::prelude::{Column, DataFrame, PolarsError, Series};

use super::EngineError;
use super::result::{Cell, cell_text};

/// A Polars frame over the same rows.
///
/// Types Polars has no place for (intervals, maps, unions, wide decimals) come as text, as
/// they are shown in the grid. Columns of the same name get a number behind it.
pub fn data_frame(batch: &RecordBatch) -> Result<DataFrame, EngineError> {
    data_frame_with(batch, &|_| true)
}

/// The same, with the columns that do not fit as text too.
pub fn data_frame_with(
    batch: &RecordBatch,
    fits: &dyn Fn(&ArrayRef) -> bool,
) -> Result<DataFrame, EngineError> {
    let schema = batch.schema();
    let names = unique_names(schema.fields().iter().map(|f| f.name().as_str()));
    let columns = names
        .iter()
        .zip(batch.columns())
        .map(|(name, array)| {
            let column = if fits(array) {
                series(name, array)?
            } else {
                series(name, &as_text(array))?
            };
            Ok(Column::from(column))
        })
        .collect::<Result<Vec<Column>, EngineError>>()?;
    Ok(DataFrame::new(batch.num_rows(), columns)?)
}

/// One column as a Polars series.
pub fn series(name: &str, array: &ArrayRef) -> Result<Series, EngineError> {
    let array = if polars_knows(array.data_type()) {
        ArrayRef::clone(array)
    } else {
        as_text(array)
    };
    let data = array.to_data();
    let schema = FFI_ArrowSchema::try_from(data.data_type())?;
    let exported = FFI_ArrowArray::new(&data);
    // SAFETY: both crates define these structs by the Arrow C data interface, which fixes
    // their layout, so reading one as the other is sound. Ownership moves: arrow-rs's value is
    // forgotten and Polars calls its release function when it is done.
    #[expect(
        unsafe_code,
        reason = "the Arrow C data interface is the way between two Arrow crates"
    )]
    let imported = unsafe {
        let field = std::mem::transmute::<FFI_ArrowSchema, polars_arrow::ffi::ArrowSchema>(schema);
        let array = std::mem::transmute::<FFI_ArrowArray, polars_arrow::ffi::ArrowArray>(exported);
        let field = polars_arrow::ffi::import_field_from_c(&field)?;
        polars_arrow::ffi::import_array_from_c(array, field.dtype)?
    };
    Ok(Series::from_arrow(name.into(), imported)?)
}

/// Types that mean the same on both sides.
fn polars_knows(data_type: &DataType) -> bool {
    match data_type {
        DataType::Interval(_)
        | DataType::Map(_, _)
        | DataType::Union(_, _)
        | DataType::Decimal256(_, _)
        | DataType::ListView(_)
        | DataType::LargeListView(_)
        | DataType::RunEndEncoded(_, _) => false,
        DataType::List(f) | DataType::LargeList(f) | DataType::FixedSizeList(f, _) => {
            polars_knows(f.data_type())
        }
        DataType::Struct(fields) => fields.iter().all(|f| polars_knows(f.data_type())),
        _ => true,
    }
}

fn as_text(array: &ArrayRef) -> ArrayRef {
    let mut builder = StringBuilder::new();
    for row in 0..array.len() {
        match cell_text(array, row) {
            Cell::Text(text) => builder.append_value(text),
            Cell::Null | Cell::Unreadable => builder.append_null(),
        }
    }
    std::sync::Arc::new(builder.finish())
}

/// `a, a, b` → `a, a_2, b`: a frame's names are unique, a result's need not be.
pub fn unique_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for name in names {
        let mut candidate = name.to_owned();
        let mut number = 2;
        while taken.contains(&candidate) {
            candidate = format!("{name}_{number}");
            number += 1;
        }
        taken.push(candidate);
    }
    taken
}

impl From<PolarsError> for EngineError {
    fn from(error: PolarsError) -> Self {
        Self::new(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_names_are_numbered() {
        assert_eq!(
            unique_names(["a", "a", "a_2", "b", "a"].into_iter()),
            ["a", "a_2", "a_2_2", "b", "a_3"]
        );
    }
}
