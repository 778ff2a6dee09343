//! What was done with one drill or card.

use std::collections::BTreeSet;

use super::{Attempt, Review};

/// What was done with one drill or card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The answer as it stands in the editor; of a card the notes.
    pub draft: String,
    /// The notes of a card from the time before.
    pub earlier_notes: String,
    /// Hints that were asked for, of three.
    pub hints: usize,
    /// Seconds it was open in this round, of a drill until it was passed.
    pub seconds: u64,
    /// Every answer that was handed in, oldest first, of all rounds.
    pub attempts: Vec<Attempt>,
    /// Whether the solution was looked at before the drill was passed in this round.
    pub gave_up: bool,
    /// The points of a card the answer had.
    pub ticked: BTreeSet<usize>,
    /// The follow-up questions that were answered.
    pub follow_ups: BTreeSet<usize>,
    /// How well it was known, oldest first.
    pub reviews: Vec<Review>,
    /// The first attempt of the round: a drill that comes back is tried from the start again.
    round_from: usize,
}

impl Record {
    /// Of something nothing was done with.
    pub const fn new() -> Self {
        Self {
            draft: String::new(),
            earlier_notes: String::new(),
            hints: 0,
            seconds: 0,
            attempts: Vec::new(),
            gave_up: false,
            ticked: BTreeSet::new(),
            follow_ups: BTreeSet::new(),
            reviews: Vec::new(),
            round_from: 0,
        }
    }

    /// Whether a drill was ever passed.
    pub fn has_passed(&self) -> bool {
        self.attempts.iter().any(|a| a.passed)
    }

    /// The attempts since the drill was begun last.
    pub fn round(&self) -> &[Attempt] {
        self.attempts.get(self.round_from..).unwrap_or_default()
    }

    /// Whether the drill was passed since it was begun last.
    pub fn has_passed_in_round(&self) -> bool {
        self.round().iter().any(|a| a.passed)
    }

    /// Whether the reference and other solutions may be shown.
    pub fn is_open(&self) -> bool {
        self.has_passed_in_round() || self.gave_up
    }

    /// Whether it was answered or rated at all.
    pub fn is_seen(&self) -> bool {
        self.gave_up || !self.attempts.is_empty() || !self.reviews.is_empty()
    }

    /// The last attempt when it failed, and nothing came after it.
    pub fn unfinished(&self) -> Option<&Attempt> {
        let last = self.round().last().filter(|_| !self.is_open())?;
        let is_rated = self.reviews.last().is_some_and(|r| r.at >= last.at);
        (!is_rated).then_some(last)
    }

    /// Moments something was answered or rated, in seconds since 1970.
    pub fn moments(&self) -> impl Iterator<Item = u64> {
        let attempts = self.attempts.iter().map(|a| a.at);
        attempts.chain(self.reviews.iter().map(|r| r.at))
    }

    pub(super) fn attempted(&mut self, attempt: Attempt) {
        self.hints = self.hints.max(attempt.hints);
        self.seconds = self.seconds.max(attempt.seconds);
        self.attempts.push(attempt);
    }

    pub(super) fn reviewed(&mut self, review: Review, replaces: bool, is_card: bool) {
        if replaces {
            self.reviews.pop();
        } else if is_card {
            // The next time one answers anew; what was written is held against it then.
            if !self.draft.is_empty() {
                self.earlier_notes = std::mem::take(&mut self.draft);
            }
            self.ticked.clear();
            self.follow_ups.clear();
            self.seconds = 0;
        }
        self.reviews.push(review);
    }

    pub(super) fn begin(&mut self) {
        self.round_from = self.attempts.len();
        self.draft.clear();
        self.hints = 0;
        self.seconds = 0;
        self.gave_up = false;
    }
}
