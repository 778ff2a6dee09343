//! Writes a result as CSV, JSON or Parquet, part by part.

use std::io::Write;
use std::str::FromStr;

use arrow::array::{Array, ArrayData, ArrayRef};
use arrow::datatypes::{DataType, TimeUnit};
use polars::prelude::{CsvWriter, DataFrame, JsonFormat, JsonWriter, ParquetWriter, SerWriter};

use super::{EngineError, ResultStore, frame};

/// A format a result can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    Csv,
    /// An array of objects.
    Json,
    Parquet,
}

impl ExportFormat {
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Parquet => "parquet",
        }
    }
}

impl FromStr for ExportFormat {
    type Err = EngineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            "parquet" => Ok(Self::Parquet),
            other => Err(EngineError::new(format!(
                "there is no format {other}: csv, json or parquet"
            ))),
        }
    }
}

/// Writes every row of a result. One part of it is in memory at a time.
///
/// Returns the number of rows written. A result without rows still gets its columns.
pub fn export(
    store: &ResultStore,
    format: ExportFormat,
    out: impl Write + Send,
) -> Result<usize, EngineError> {
    match format {
        ExportFormat::Csv => csv(store, out),
        ExportFormat::Json => json(store, out),
        ExportFormat::Parquet => parquet(store, out),
    }
}

fn csv(store: &ResultStore, mut out: impl Write + Send) -> Result<usize, EngineError> {
    let mut rows = 0;
    let mut header = true;
    let mut write = |frame: &mut DataFrame, rows: &mut usize| -> Result<(), EngineError> {
        *rows += frame.height();
        CsvWriter::new(&mut out)
            .include_header(header)
            .finish(frame)?;
        header = false;
        Ok(())
    };
    store.for_each_part(&mut |batch| {
        write(&mut frame::data_frame_with(batch, &fits_csv)?, &mut rows)
    })?;
    if rows == 0
        && let Some(mut empty) = empty_frame(store, &fits_csv)?
    {
        write(&mut empty, &mut rows)?;
    }
    Ok(rows)
}

/// CSV has no nested values: they are written as their text, as the grid shows it.
fn fits_csv(array: &ArrayRef) -> bool {
    !array.data_type().is_nested() && fits_json(array)
}

/// Bytes are written as hexadecimal digits, and days no calendar has as the words for them.
fn fits_json(array: &ArrayRef) -> bool {
    has_text(&array.to_data())
}

/// Whether Polars can write all of the values as text.
fn has_text(data: &ArrayData) -> bool {
    // A little less than the 262,000 years that Polars counts in either direction.
    const DAYS: u32 = 95_000_000;
    let has_own = match data.data_type() {
        DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::FixedSizeBinary(_) => false,
        DataType::Date32 => data
            .buffer::<i32>(0)
            .iter()
            .take(data.len())
            .all(|day| day.unsigned_abs() <= DAYS),
        DataType::Timestamp(unit, _) => {
            let per_second = match unit {
                TimeUnit::Second => 1,
                TimeUnit::Millisecond => 1_000,
                TimeUnit::Microsecond => 1_000_000,
                TimeUnit::Nanosecond => 1_000_000_000,
            };
            data.buffer::<i64>(0)
                .iter()
                .take(data.len())
                .all(|moment| (moment / per_second / 86_400).unsigned_abs() <= u64::from(DAYS))
        }
        _ => true,
    };
    has_own && data.child_data().iter().all(has_text)
}

fn json(store: &ResultStore, mut out: impl Write + Send) -> Result<usize, EngineError> {
    let mut rows = 0;
    out.write_all(b"[")?;
    store.for_each_part(&mut |batch| {
        let mut frame = frame::data_frame_with(batch, &fits_json)?;
        let mut text = Vec::new();
        JsonWriter::new(&mut text)
            .with_json_format(JsonFormat::Json)
            .finish(&mut frame)?;
        // Each part is an array of its own: the brackets between them go.
        let inner = text.trim_ascii();
        let inner = inner.strip_prefix(b"[").unwrap_or(inner);
        let inner = inner.strip_suffix(b"]").unwrap_or(inner);
        if rows > 0 {
            out.write_all(b",")?;
        }
        out.write_all(inner)?;
        rows += frame.height();
        Ok(())
    })?;
    out.write_all(b"]\n")?;
    Ok(rows)
}

fn parquet<W: Write + Send>(store: &ResultStore, out: W) -> Result<usize, EngineError> {
    let Some(empty) = empty_frame(store, &|_| true)? else {
        return Ok(0);
    };
    let mut writer = ParquetWriter::new(out).batched(empty.schema())?;
    let mut rows = 0;
    store.for_each_part(&mut |batch| {
        let frame = frame::data_frame(batch)?;
        writer.write_batch(&frame)?;
        rows += frame.height();
        Ok(())
    })?;
    writer.finish()?;
    Ok(rows)
}

/// The columns of a result without rows; `None` for a statement without columns.
fn empty_frame(
    store: &ResultStore,
    fits: &dyn Fn(&ArrayRef) -> bool,
) -> Result<Option<DataFrame>, EngineError> {
    store
        .schema()
        .map(|schema| {
            frame::data_frame_with(&arrow::record_batch::RecordBatch::new_empty(schema), fits)
        })
        .transpose()
}
