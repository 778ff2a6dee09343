//! The rows of one result: the first in memory, the rest on disk, readable while they arrive.

use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use arrow::array::{Array, Date32Array, UnionArray};
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, SchemaRef};
use arrow::record_batch::RecordBatch;
use arrow::util::display::{ArrayFormatter, FormatOptions};

use super::EngineError;
use super::spill::{SpillFile, Spilled};

/// Bytes of rows kept in memory; later rows go to disk.
const MEMORY_BUDGET: usize = 128 << 20;
/// Bytes of rows written to disk before a result is cut off, visibly.
const DISK_BUDGET: u64 = 16 << 30;
/// Rows of a stored part. Small enough to read within a frame, large enough to be worth it.
const PART_ROWS: usize = 16_384;
/// Parts read back from disk that stay in memory: what a screen shows, and its neighbours.
const CACHED_PARTS: usize = 6;
/// Characters of a value shown in a cell; the whole value is there for copying.
const CELL_CHARS: usize = 400;

/// A result as it arrives. Shared by the worker, which adds rows, and the window, which reads.
#[derive(Debug, Default)]
pub struct ResultStore {
    inner: Mutex<Inner>,
}

/// A column of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultColumn {
    pub name: String,
    /// In DuckDB's words, as near as Arrow tells.
    pub type_name: String,
    /// Whether values are numbers, and stand to the right.
    pub is_numeric: bool,
}

/// One value, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Null,
    Text(String),
    /// The rows of this part could not be read back.
    Unreadable,
}

/// Why no more rows arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// All rows are here.
    Complete,
    Cancelled,
    /// The result outgrew the disk budget, in bytes.
    TooLarge(u64),
    Failed(EngineError),
}

#[derive(Debug, Default)]
struct Inner {
    columns: Vec<ResultColumn>,
    schema: Option<SchemaRef>,
    parts: Vec<Part>,
    /// Batches waiting to make a part of decent size.
    pending: Vec<RecordBatch>,
    pending_rows: usize,
    rows: usize,
    memory_bytes: usize,
    spill: Option<SpillFile>,
    /// Most recently used last.
    cache: Vec<(usize, RecordBatch)>,
    stopped: Option<(StopReason, Duration)>,
}

#[derive(Debug)]
struct Part {
    first_row: usize,
    rows: usize,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Memory(RecordBatch),
    Disk(Spilled),
}

impl ResultStore {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A poisoned lock means a panic while adding rows; what is there is still sound.
        self.inner
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Called once, before any rows.
    pub fn set_schema(&self, schema: SchemaRef) {
        let mut inner = self.lock();
        inner.columns = schema
            .fields()
            .iter()
            .map(|f| ResultColumn {
                name: f.name().clone(),
                type_name: type_name(f.data_type()),
                is_numeric: f.data_type().is_numeric(),
            })
            .collect();
        inner.schema = Some(schema);
    }

    /// Adds rows. The first batch is readable at once, later ones as a part fills up.
    ///
    /// Returns false when the result has outgrown the disk budget and reading should end.
    pub fn push(&self, batch: RecordBatch) -> Result<bool, EngineError> {
        let mut inner = self.lock();
        inner.pending_rows += batch.num_rows();
        inner.pending.push(batch);
        if inner.parts.is_empty() || inner.pending_rows >= PART_ROWS {
            inner.flush()?;
        }
        Ok(inner.spill.as_ref().is_none_or(|s| s.length < DISK_BUDGET))
    }

    /// Called once at the end, however it came.
    pub fn stop(&self, reason: StopReason, elapsed: Duration) {
        let mut inner = self.lock();
        let reason = match inner.flush() {
            Ok(()) => reason,
            Err(err) => StopReason::Failed(err),
        };
        inner.stopped = Some((reason, elapsed));
    }

    pub fn columns(&self) -> Vec<ResultColumn> {
        self.lock().columns.clone()
    }

    pub fn schema(&self) -> Option<SchemaRef> {
        self.lock().schema.clone()
    }

    /// Rows that can be read now.
    pub fn row_count(&self) -> usize {
        self.lock().rows
    }

    /// Why it ended and after how long; `None` while rows arrive.
    pub fn stopped(&self) -> Option<(StopReason, Duration)> {
        self.lock().stopped.clone()
    }

    /// Bytes of rows on disk.
    pub fn bytes_on_disk(&self) -> u64 {
        self.lock().spill.as_ref().map_or(0, |s| s.length)
    }

    /// A value shortened for a cell.
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        match self.value(row, column) {
            Cell::Text(text) => Cell::Text(shortened(&text)),
            other => other,
        }
    }

    /// The whole value as text.
    pub fn value(&self, row: usize, column: usize) -> Cell {
        let mut inner = self.lock();
        let Some((batch, at)) = inner.batch_of(row) else {
            return Cell::Unreadable;
        };
        let Some(array) = batch.columns().get(column) else {
            return Cell::Unreadable;
        };
        cell_text(array, at)
    }

    /// Hands all rows over, part by part, in order. For export and sorting; not for the window.
    pub fn for_each_part(
        &self,
        take: &mut dyn FnMut(&RecordBatch) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let count = self.lock().parts.len();
        for index in 0..count {
            let batch = self.lock().part(index)?;
            take(&batch)?;
        }
        Ok(())
    }
}

impl Inner {
    fn flush(&mut self) -> Result<(), EngineError> {
        let pending = std::mem::take(&mut self.pending);
        self.pending_rows = 0;
        let Some(first) = pending.first() else {
            return Ok(());
        };
        // A copy, even of one batch: slices would keep the buffers of the whole chunk alive.
        let batch = concat_batches(&first.schema(), &pending)?;
        if batch.num_rows() == 0 {
            return Ok(());
        }
        let bytes = batch.get_array_memory_size();
        let rows = batch.num_rows();
        let place = if self.memory_bytes + bytes <= MEMORY_BUDGET {
            self.memory_bytes += bytes;
            Place::Memory(batch)
        } else {
            if self.spill.is_none() {
                self.spill = Some(SpillFile::new()?);
            }
            match &mut self.spill {
                Some(spill) => Place::Disk(spill.write(&batch)?),
                None => Place::Memory(batch),
            }
        };
        self.parts.push(Part {
            first_row: self.rows,
            rows,
            place,
        });
        self.rows += rows;
        Ok(())
    }

    fn batch_of(&mut self, row: usize) -> Option<(RecordBatch, usize)> {
        let index = self.parts.partition_point(|p| p.first_row + p.rows <= row);
        let first_row = self.parts.get(index)?.first_row;
        let batch = self.part(index).ok()?;
        Some((batch, row - first_row))
    }

    fn part(&mut self, index: usize) -> Result<RecordBatch, EngineError> {
        let spilled = match &self.parts.get(index).map(|p| &p.place) {
            Some(Place::Memory(batch)) => return Ok(batch.clone()),
            Some(Place::Disk(spilled)) => *spilled,
            None => return Err(EngineError::new("there is no such part of the result")),
        };
        if let Some(at) = self.cache.iter().position(|(i, _)| *i == index) {
            let entry = self.cache.remove(at);
            let batch = entry.1.clone();
            self.cache.push(entry);
            return Ok(batch);
        }
        let spill = self
            .spill
            .as_mut()
            .ok_or_else(|| EngineError::new("the rows on disk are gone"))?;
        let batch = spill.read(spilled)?;
        if self.cache.len() >= CACHED_PARTS {
            self.cache.remove(0);
        }
        self.cache.push((index, batch.clone()));
        Ok(batch)
    }
}

/// Formats one value. Values Arrow cannot format say so instead of failing.
pub(super) fn cell_text(array: &dyn Array, row: usize) -> Cell {
    if row >= array.len() {
        return Cell::Unreadable;
    }
    if array.is_null(row) || *array.data_type() == DataType::Null {
        return Cell::Null;
    }
    // A union is never NULL itself: the member it holds is.
    if let Some(union) = array.as_any().downcast_ref::<UnionArray>() {
        return cell_text(&union.value(row), 0);
    }
    let options = FormatOptions::new()
        .with_null("NULL")
        .with_timestamp_format(Some("%Y-%m-%d %H:%M:%S%.f"))
        .with_timestamp_tz_format(Some("%Y-%m-%d %H:%M:%S%.f%:z"));
    match ArrayFormatter::try_new(array, &options) {
        Ok(formatter) => formatter
            .value(row)
            .try_to_string()
            .or_else(|err| infinite(array, row).map(str::to_owned).ok_or(err))
            .map_or(Cell::Unreadable, Cell::Text),
        Err(_) => Cell::Unreadable,
    }
}

/// DuckDB's infinite dates and moments, which no calendar has.
fn infinite(array: &dyn Array, row: usize) -> Option<&'static str> {
    let (value, infinity) = match array.data_type() {
        DataType::Date32 => {
            let dates = array.as_any().downcast_ref::<Date32Array>()?;
            (i64::from(dates.value(row)), i64::from(i32::MAX))
        }
        DataType::Timestamp(_, _) => {
            let data = array.to_data();
            let values = data.buffers().first()?.typed_data::<i64>();
            (*values.get(data.offset() + row)?, i64::MAX)
        }
        _ => return None,
    };
    match value {
        value if value == infinity => Some("infinity"),
        value if value == -infinity => Some("-infinity"),
        _ => None,
    }
}

fn shortened(text: &str) -> String {
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    let cut = line.char_indices().nth(CELL_CHARS).map(|(i, _)| i);
    match cut {
        Some(at) => format!("{}…", &line[..at]),
        None if line.len() < text.len() => format!("{line}…"),
        None => line.to_owned(),
    }
}

/// An Arrow type in DuckDB's words.
pub(super) fn type_name(data_type: &DataType) -> String {
    match data_type {
        DataType::Boolean => "BOOLEAN".into(),
        DataType::Int8 => "TINYINT".into(),
        DataType::Int16 => "SMALLINT".into(),
        DataType::Int32 => "INTEGER".into(),
        DataType::Int64 => "BIGINT".into(),
        DataType::UInt8 => "UTINYINT".into(),
        DataType::UInt16 => "USMALLINT".into(),
        DataType::UInt32 => "UINTEGER".into(),
        DataType::UInt64 => "UBIGINT".into(),
        DataType::Float32 => "FLOAT".into(),
        DataType::Float64 => "DOUBLE".into(),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => "VARCHAR".into(),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => "BLOB".into(),
        DataType::Date32 | DataType::Date64 => "DATE".into(),
        DataType::Time32(_) | DataType::Time64(_) => "TIME".into(),
        DataType::Timestamp(_, None) => "TIMESTAMP".into(),
        DataType::Timestamp(_, Some(_)) => "TIMESTAMPTZ".into(),
        DataType::Interval(_) | DataType::Duration(_) => "INTERVAL".into(),
        DataType::Decimal128(38, 0) => "HUGEINT".into(),
        DataType::Decimal128(p, s) => format!("DECIMAL({p},{s})"),
        DataType::List(f) | DataType::LargeList(f) | DataType::ListView(f) => {
            format!("{}[]", type_name(f.data_type()))
        }
        DataType::FixedSizeList(f, n) => format!("{}[{n}]", type_name(f.data_type())),
        DataType::Struct(_) => "STRUCT".into(),
        DataType::Map(_, _) => "MAP".into(),
        DataType::Dictionary(_, value) => match value.as_ref() {
            DataType::Utf8 => "ENUM".into(),
            other => type_name(other),
        },
        other => other.to_string().to_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{Int64Array, StringArray};
    use arrow::datatypes::{Field, Schema};

    use super::*;

    fn batch(from: i64, rows: i64) -> RecordBatch {
        let schema = Arc::new(Schema::new(vec![
            Field::new("n", DataType::Int64, true),
            Field::new("t", DataType::Utf8, true),
        ]));
        let numbers: Vec<Option<i64>> = (from..from + rows)
            .map(|n| (n % 7 != 3).then_some(n))
            .collect();
        let texts: Vec<String> = (from..from + rows)
            .map(|n| format!("{n} {}", "x".repeat(200)))
            .collect();
        RecordBatch::try_new(
            schema,
            vec![
                Arc::new(Int64Array::from(numbers)),
                Arc::new(StringArray::from(texts)),
            ],
        )
        .expect("valid")
    }

    #[test]
    fn the_first_rows_can_be_read_before_the_rest_is_there() {
        let store = ResultStore::default();
        store.set_schema(batch(0, 1).schema());
        assert!(store.push(batch(0, 10)).expect("room"));
        assert_eq!(store.row_count(), 10);
        assert_eq!(store.cell(4, 0), Cell::Text("4".into()));
        assert_eq!(store.cell(3, 0), Cell::Null);
        assert_eq!(store.stopped(), None);
    }

    #[test]
    fn rows_beyond_the_memory_budget_are_read_back_from_disk() {
        let store = ResultStore::default();
        store.set_schema(batch(0, 1).schema());
        let (size, count) = (20_000, 60);
        for part in 0..count {
            store.push(batch(part * size, size)).expect("room");
        }
        store.stop(StopReason::Complete, Duration::ZERO);
        assert!(store.bytes_on_disk() > 0, "the test must reach the disk");
        let rows = (size * count) as usize;
        assert_eq!(store.row_count(), rows);
        for row in [0, 1, rows / 2, rows - 1, 5, rows - 20_001] {
            let Cell::Text(text) = store.cell(row, 1) else {
                panic!("row {row} cannot be read");
            };
            assert!(text.starts_with(&format!("{row} ")), "row {row}: {text}");
        }
        assert_eq!(store.cell(rows, 0), Cell::Unreadable);
    }

    #[test]
    fn long_and_many_lined_values_are_shortened_for_cells_only() {
        assert_eq!(shortened("one\ntwo"), "one…");
        assert_eq!(shortened(&"x".repeat(1000)).chars().count(), CELL_CHARS + 1);
        assert_eq!(shortened("plain"), "plain");
    }
}
