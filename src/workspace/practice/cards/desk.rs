//! What of the open card lives only while it is on screen.

use std::collections::BTreeSet;
use std::time::Instant;

use crate::practice::progress::Record;

/// The open card.
#[derive(Default)]
pub struct CardDesk {
    card: String,
    /// The notes. Every change of them is noted before the frame ends.
    pub notes: String,
    /// Whether the answer is shown.
    pub is_shown: bool,
    /// Whether it was rated since it was opened.
    pub is_rated: bool,
    pub ticked: BTreeSet<usize>,
    pub follow_ups: BTreeSet<usize>,
    /// When it was opened, and how long it took until the answer was shown, in seconds.
    since: Option<Instant>,
    seconds: u64,
}

impl CardDesk {
    /// Turns to a card: nothing of another one stays.
    pub fn turn_to(&mut self, card: &str, record: &Record) {
        if self.card == card {
            return;
        }
        *self = Self {
            card: card.to_owned(),
            notes: record.draft.clone(),
            ticked: record.ticked.clone(),
            follow_ups: record.follow_ups.clone(),
            since: Some(Instant::now()),
            ..Self::default()
        };
    }

    /// Has the card begin anew, also when it is the one that is open.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Seconds from the question to the answer.
    pub fn seconds(&mut self) -> u64 {
        if let Some(since) = self.since {
            self.seconds = since.elapsed().as_secs();
            if self.is_shown {
                self.since = None;
            }
        }
        self.seconds
    }
}
