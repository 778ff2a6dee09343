//! The practice file: lines are only ever added, each at the moment something happens.
//!
//! A line is handed to the system whole before the frame ends, so that a killed program loses
//! nothing; attempts and reviews are also forced to the disk. The file is mended and written anew
//! only by a window that has it alone.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Entry;
use super::compact::{is_worth_it, needed};
use super::lock::Lock;
use super::read::{Header, Line, Reading, read};

/// The version of the file this program writes.
pub const VERSION: u64 = 1;

/// The file, open for adding to it; or nothing, and then nothing is kept.
#[derive(Default)]
pub struct Journal {
    file: Option<File>,
    /// Bytes that could not be written yet: whole lines.
    pending: Vec<u8>,
    /// The file ends within a line: the next one begins on a line of its own.
    is_mid_line: bool,
    /// Held until the window closes.
    _lock: Option<Lock>,
}

/// What opening the file gave.
#[derive(Default)]
pub struct Opened {
    pub journal: Journal,
    /// All that is in the file, oldest first.
    pub entries: Vec<Entry>,
    /// What the user has to know, a sentence each without a full stop.
    pub messages: Vec<String>,
}

impl Journal {
    /// Opens the file, or makes it. Never fails: what is wrong is told, and practising goes on.
    ///
    /// `now_secs` names what is kept aside.
    pub fn open(path: &Path, now_secs: u64) -> Opened {
        let mut opened = Opened::default();
        if let Err(message) = opened.open(path, now_secs) {
            opened.messages.push(message);
            opened.journal = Self::default();
        }
        opened
    }

    /// Whether what is added is kept.
    pub fn is_kept(&self) -> bool {
        self.file.is_some()
    }

    /// Adds lines, all at once. After an error they are kept and written with the next ones.
    pub fn append<'a>(&mut self, entries: impl IntoIterator<Item = &'a Entry>) -> io::Result<()> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        let mut is_dear = false;
        for entry in entries {
            is_dear |= entry.is_dear();
            serde_json::to_writer(&mut self.pending, entry)?;
            self.pending.push(b'\n');
        }
        if self.is_mid_line && !self.pending.starts_with(b"\n") {
            self.pending.insert(0, b'\n');
        }
        let (written, result) = write(file, &self.pending);
        // What is left begins with a whole line: of one that is half written the whole again.
        let rest = self.pending.get(..written).unwrap_or_default();
        let whole = rest
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        self.is_mid_line = whole < written || (self.is_mid_line && written == 0);
        self.pending.drain(..whole);
        result?;
        if is_dear {
            file.sync_data()?;
        }
        Ok(())
    }
}

/// Writes as much as there is room for. Returns how many bytes that was.
fn write(file: &mut File, bytes: &[u8]) -> (usize, io::Result<()>) {
    let mut written = 0;
    while let Some(rest) = bytes.get(written..).filter(|rest| !rest.is_empty()) {
        match file.write(rest) {
            Ok(0) => return (written, Err(io::ErrorKind::WriteZero.into())),
            Ok(count) => written += count,
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            Err(err) => return (written, Err(err)),
        }
    }
    (written, Ok(()))
}

impl Opened {
    fn open(&mut self, path: &Path, now_secs: u64) -> Result<(), String> {
        let unsaved = |err: &dyn std::fmt::Display| {
            format!(
                "Practice cannot be saved to {}, so nothing of this session is kept: {err}",
                path.display()
            )
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|err| unsaved(&err))?;
        }
        let mut lock = Lock::take(&path.with_extension("lock"));
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(err) if err.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(err) => return Err(unsaved(&err)),
        };
        let reading = read(&bytes);
        if let Some(version) = reading.newer {
            return Err(format!(
                "{} was written by a newer version ({version}): it is left alone, and nothing of this session is kept",
                path.display()
            ));
        }
        let mended = if lock.is_alone {
            self.mend(path, &bytes, &reading, now_secs)
        } else {
            Ok(())
        };
        // Another window may be in the middle of its line.
        let is_mid_line = !lock.is_alone && bytes.last().is_some_and(|b| *b != b'\n');
        self.entries = reading.lines.into_iter().map(|line| line.entry).collect();
        mended.map_err(|err| unsaved(&err))?;
        let file = OpenOptions::new().create(true).append(true).open(path);
        let mut file = file.map_err(|err| unsaved(&err))?;
        if bytes.is_empty() {
            file.write_all(&Header::line())
                .map_err(|err| unsaved(&err))?;
        }
        lock.share();
        self.journal = Journal {
            file: Some(file),
            is_mid_line,
            _lock: Some(lock),
            ..Journal::default()
        };
        Ok(())
    }

    /// Keeps aside what cannot be read, and leaves a file of whole lines.
    fn mend(
        &mut self,
        path: &Path,
        bytes: &[u8],
        reading: &Reading,
        now_secs: u64,
    ) -> io::Result<()> {
        if let Some(torn) = reading.torn_from.and_then(|from| bytes.get(from..)) {
            let aside = keep_aside(path, "torn", now_secs, torn)?;
            self.messages.push(format!(
                "The last entry of your practice was only half written: what was there of it is kept as {}",
                aside.display()
            ));
        }
        if reading.broken > 0 {
            let aside = keep_aside(path, "broken", now_secs, bytes)?;
            let lines = crate::format::counted(reading.broken as u64, "line");
            self.messages.push(format!(
                "{lines} of your practice could not be read, the rest is here: the file as it was is kept as {}",
                aside.display()
            ));
        }
        let needed = needed(&reading.lines);
        let is_headless = !reading.has_header && !bytes.is_empty();
        if reading.broken > 0 || is_headless || is_worth_it(&reading.lines, &needed) {
            let kept = reading.lines.iter().zip(&needed);
            let kept = kept.filter(|(_, needed)| **needed).map(|(line, _)| line);
            return write_anew(path, bytes, kept);
        }
        if let Some(from) = reading.torn_from {
            let file = OpenOptions::new().write(true).open(path)?;
            file.set_len(from as u64)?;
        } else if reading.lacks_line_feed {
            let mut file = OpenOptions::new().append(true).open(path)?;
            file.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// Writes a file of those lines beside the old one and puts it in its place.
fn write_anew<'a>(
    path: &Path,
    bytes: &[u8],
    lines: impl Iterator<Item = &'a Line>,
) -> io::Result<()> {
    let mut text = Header::line();
    for line in lines {
        text.extend(bytes.get(line.bytes.clone()).unwrap_or_default());
        text.push(b'\n');
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&text)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|err| err.error)?;
    Ok(())
}

/// Writes bytes to a file beside, which takes no other's place. Returns its name.
fn keep_aside(path: &Path, why: &str, now_secs: u64, bytes: &[u8]) -> io::Result<PathBuf> {
    let mut number = 1;
    loop {
        let again = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let aside = path.with_extension(format!("{why}-{now_secs}{again}.jsonl"));
        match OpenOptions::new().create_new(true).write(true).open(&aside) {
            Ok(mut file) => {
                file.write_all(bytes)?;
                file.sync_all()?;
                return Ok(aside);
            }
            Err(err) if err.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(err) => return Err(err),
        }
    }
}

#[cfg(test)]
mod tests;
