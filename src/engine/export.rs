//! Writes a result as CSV, JSON or Parquet, part by part.

use std::io::Write;
use std::str::FromStr;

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
        flatten(frame)?;
        *rows += frame.height();
        CsvWriter::new(&mut out)
            .include_header(header)
            .finish(frame)?;
        header = false;
        Ok(())
    };
    store.for_each_part(&mut |batch| write(&mut frame::data_frame(batch)?, &mut rows))?;
    if rows == 0
        && let Some(mut empty) = empty_frame(store)?
    {
        write(&mut empty, &mut rows)?;
    }
    Ok(rows)
}

/// CSV has no nested values: they are written as their text.
fn flatten(frame: &mut DataFrame) -> Result<(), EngineError> {
    let nested: Vec<usize> = frame
        .columns()
        .iter()
        .enumerate()
        .filter(|(_, c)| c.dtype().is_nested() || c.dtype().is_binary())
        .map(|(i, _)| i)
        .collect();
    for index in nested {
        let column = &frame.columns()[index];
        let name = column.name().clone();
        let texts: Vec<Option<String>> = (0..column.len())
            .map(|row| {
                column
                    .get(row)
                    .map(|v| (!v.is_null()).then(|| v.to_string()))
            })
            .collect::<Result<_, _>>()?;
        let text = polars::prelude::Column::new(name, texts);
        frame.replace_column(index, text)?;
    }
    Ok(())
}

fn json(store: &ResultStore, mut out: impl Write + Send) -> Result<usize, EngineError> {
    let mut rows = 0;
    out.write_all(b"[")?;
    store.for_each_part(&mut |batch| {
        let mut frame = frame::data_frame(batch)?;
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
    let Some(empty) = empty_frame(store)? else {
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
fn empty_frame(store: &ResultStore) -> Result<Option<DataFrame>, EngineError> {
    store
        .schema()
        .map(|schema| frame::data_frame(&arrow::record_batch::RecordBatch::new_empty(schema)))
        .transpose()
}
