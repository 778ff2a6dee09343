//! What the user did in Practice, and the file it is kept in.
//!
//! [`Entry`] is one thing that happened; [`Progress`] is what all of them add up to. [`read`] takes
//! the lines of a file apart, [`compact`] finds those that say nothing any more, [`Journal`] holds
//! the file, and a [`Logbook`] holds both sides. [`takeover`] reads what earlier programs kept in
//! the file of the arrangement.

mod compact;
mod entry;
mod item;
mod journal;
mod lock;
mod logbook;
mod read;
mod record;
mod takeover;

use std::collections::BTreeMap;

pub use entry::{Attempt, Entry, How, Rating, Review};
pub use item::Item;
pub use journal::{Journal, Opened, VERSION};
pub use logbook::Logbook;
pub use record::Record;
pub use takeover::{EarlierAttempt, EarlierRecord};

/// What was done, all together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    items: BTreeMap<Item, Record>,
    /// When sessions were started, and how many minutes they were to take.
    pub sessions: Vec<(u64, u32)>,
    /// Counted up with everything that changes what is due, or known.
    revision: u64,
}

impl Progress {
    /// What was done with a drill or a card; `None` when nothing was.
    pub fn record(&self, item: &Item) -> Option<&Record> {
        self.items.get(item)
    }

    /// The same, or an empty record.
    pub fn record_or_empty(&self, item: &Item) -> &Record {
        static EMPTY: Record = Record::new();
        self.record(item).unwrap_or(&EMPTY)
    }

    /// What was done with a drill.
    pub fn drill(&self, id: &str) -> Option<&Record> {
        self.record(&Item::drill(id))
    }

    /// What was done with a card.
    pub fn card(&self, id: &str) -> Option<&Record> {
        self.record(&Item::card(id))
    }

    /// Everything something was done with.
    pub fn records(&self) -> impl Iterator<Item = (&Item, &Record)> {
        self.items.iter()
    }

    /// Whether nothing was answered or rated yet.
    pub fn is_new(&self) -> bool {
        !self.items.values().any(Record::is_seen)
    }

    /// Equal numbers mean that plans and sums made of the progress are still right.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes in one more thing that happened.
    pub fn apply(&mut self, entry: &Entry) {
        match entry {
            Entry::Draft { item, text } => self.at(item).draft.clone_from(text),
            Entry::Attempt { item, attempt } => {
                self.at(item).attempted(attempt.clone());
                self.revision += 1;
            }
            Entry::Review {
                item,
                review,
                replaces,
            } => {
                let is_card = matches!(item, Item::Card(_));
                self.at(item).reviewed(*review, *replaces, is_card);
                self.revision += 1;
            }
            Entry::Hints { item, shown } => self.at(item).hints = *shown,
            Entry::Seconds { item, total } => self.at(item).seconds = *total,
            Entry::GaveUp { item, .. } => {
                self.at(item).gave_up = true;
                self.revision += 1;
            }
            Entry::Begun { item, .. } => {
                self.at(item).begin();
                self.revision += 1;
            }
            Entry::Ticked { item, points } => self.at(item).ticked.clone_from(points),
            Entry::FollowUps { item, done } => self.at(item).follow_ups.clone_from(done),
            Entry::Session { at, minutes } => self.sessions.push((*at, *minutes)),
            Entry::TakenOver { .. } | Entry::Unknown => {}
        }
    }

    fn at(&mut self, item: &Item) -> &mut Record {
        self.items.entry(item.clone()).or_default()
    }
}

impl<'a> FromIterator<&'a Entry> for Progress {
    fn from_iter<T: IntoIterator<Item = &'a Entry>>(entries: T) -> Self {
        let mut progress = Self::default();
        for entry in entries {
            progress.apply(entry);
        }
        progress
    }
}
