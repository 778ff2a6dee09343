//! Rows on disk: batches written one behind the other, each readable alone.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

use arrow::ipc::reader::StreamReader;
use arrow::ipc::writer::StreamWriter;
use arrow::record_batch::RecordBatch;

use super::EngineError;

/// A temporary file of batches, gone with the value.
#[derive(Debug)]
pub(super) struct SpillFile {
    file: File,
    /// Bytes written so far.
    pub length: u64,
}

/// Where a batch stands in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spilled {
    offset: u64,
    length: usize,
}

impl SpillFile {
    pub fn new() -> Result<Self, EngineError> {
        let file = tempfile::tempfile().map_err(|err| {
            EngineError::new(format!("no temporary file for a large result: {err}"))
        })?;
        Ok(Self { file, length: 0 })
    }

    /// Appends a batch. A full disk leaves what was written before readable.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<Spilled, EngineError> {
        let mut bytes = Vec::new();
        let mut writer = StreamWriter::try_new(&mut bytes, &batch.schema())?;
        writer.write(batch)?;
        writer.finish()?;
        drop(writer);
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file
            .write_all(&bytes)
            .map_err(|err| EngineError::new(format!("writing a large result to disk: {err}")))?;
        let spilled = Spilled {
            offset: self.length,
            length: bytes.len(),
        };
        self.length += bytes.len() as u64;
        Ok(spilled)
    }

    pub fn read(&mut self, place: Spilled) -> Result<RecordBatch, EngineError> {
        let mut bytes = vec![0; place.length];
        self.file.seek(SeekFrom::Start(place.offset))?;
        self.file.read_exact(&mut bytes)?;
        let mut reader = StreamReader::try_new(bytes.as_slice(), None)?;
        match reader.next() {
            Some(batch) => Ok(batch?),
            None => Err(EngineError::new("a stored part of the result is empty")),
        }
    }
}
