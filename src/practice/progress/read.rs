//! The bytes of a practice file, line by line.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Entry, VERSION};

/// The first line of the file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Header {
    /// Always `practice`.
    pub crowsfoot: String,
    pub version: u64,
}

impl Header {
    /// The line as this program writes it.
    pub fn line() -> Vec<u8> {
        format!("{{\"crowsfoot\":\"practice\",\"version\":{VERSION}}}\n").into_bytes()
    }
}

/// What the bytes say.
#[derive(Debug, Default)]
pub struct Reading {
    /// Whole lines that can be read, the header apart.
    pub lines: Vec<Line>,
    pub has_header: bool,
    /// Whole lines that cannot be read.
    pub broken: usize,
    /// Where the last line begins when it has no end and says nothing whole.
    pub torn_from: Option<usize>,
    /// The last line is whole but for its line feed.
    pub lacks_line_feed: bool,
    /// The version, when it is one this program does not know.
    pub newer: Option<u64>,
}

/// A line that can be read.
#[derive(Debug)]
pub struct Line {
    /// Its bytes, without the line feed.
    pub bytes: Range<usize>,
    pub entry: Entry,
}

/// Takes the file apart. Never fails: what cannot be read is counted.
pub fn read(bytes: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut start = 0;
    while start < bytes.len() {
        let feed = bytes.iter().skip(start).position(|b| *b == b'\n');
        let end = feed.map_or(bytes.len(), |feed| start + feed);
        let text = bytes.get(start..end).unwrap_or_default();
        let is_whole = reading.take(start, text);
        match (is_whole, feed) {
            (true, None) => reading.lacks_line_feed = true,
            (true, Some(_)) => {}
            (false, None) => reading.torn_from = Some(start),
            (false, Some(_)) => reading.broken += 1,
        }
        if reading.newer.is_some() {
            break;
        }
        start = end + 1;
    }
    reading
}

impl Reading {
    /// Reads one line; `false` when it says nothing.
    fn take(&mut self, start: usize, text: &[u8]) -> bool {
        if start == 0
            && let Ok(header) = serde_json::from_slice::<Header>(text)
            && header.crowsfoot == "practice"
        {
            self.has_header = true;
            self.newer = (header.version > VERSION).then_some(header.version);
            return true;
        }
        // An empty line is left where a line before it was not written to its end.
        if text.is_empty() {
            return true;
        }
        let Ok(entry) = serde_json::from_slice(text) else {
            return false;
        };
        let bytes = start..start + text.len();
        self.lines.push(Line { bytes, entry });
        true
    }
}
