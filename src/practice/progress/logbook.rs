//! What was done, in memory and in the file at once.

use std::path::Path;

use super::{EarlierRecord, Entry, Item, Journal, Progress};

/// The progress and the file it is kept in.
#[derive(Default)]
pub struct Logbook {
    progress: Progress,
    journal: Journal,
    /// The last thing could not be written; that is told once.
    is_failing: bool,
}

impl Logbook {
    /// Reads the file, or begins it. `None`: nothing is kept. Returns also what the user has to
    /// know, a sentence each.
    pub fn open(path: Option<&Path>, now_secs: u64) -> (Self, Vec<String>) {
        let opened = path.map(|path| Journal::open(path, now_secs));
        let opened = opened.unwrap_or_default();
        let logbook = Self {
            progress: opened.entries.iter().collect(),
            journal: opened.journal,
            is_failing: false,
        };
        (logbook, opened.messages)
    }

    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Notes something that happened: in the file before this returns. Returns what to tell the
    /// user when it cannot be written, once until it can be again.
    pub fn note(&mut self, entry: Entry) -> Option<String> {
        self.note_all(vec![entry])
    }

    /// Notes several things with one write.
    pub fn note_all(&mut self, entries: Vec<Entry>) -> Option<String> {
        for entry in &entries {
            self.progress.apply(entry);
        }
        let was_failing = self.is_failing;
        match self.journal.append(&entries) {
            Ok(()) => {
                self.is_failing = false;
                None
            }
            Err(err) => {
                self.is_failing = true;
                (!was_failing).then(|| {
                    format!("Your practice cannot be saved now, and is tried again with the next answer: {err}")
                })
            }
        }
    }

    /// Takes over what an earlier program kept elsewhere; what is there already is not doubled.
    /// Returns whether it is in the file now, so that it may be removed from where it was; and
    /// what to tell.
    pub fn take_over<'a>(
        &mut self,
        records: impl Iterator<Item = (&'a String, &'a EarlierRecord)>,
        now_secs: u64,
    ) -> (bool, Option<String>) {
        let mut entries = Vec::new();
        for (id, record) in records {
            let item = Item::drill(id);
            record.entries(&item, self.progress.record(&item), &mut entries);
        }
        entries.push(Entry::TakenOver { at: now_secs });
        let problem = self.note_all(entries);
        (problem.is_none() && self.journal.is_kept(), problem)
    }
}
