//! What earlier programs kept of drills in the file of the arrangement.

use serde::{Deserialize, Serialize};

use super::{Attempt, Entry, How, Item, Rating, Record, Review};

/// What was kept of one drill.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EarlierRecord {
    pub draft: String,
    pub hints: usize,
    pub seconds: u64,
    pub attempts: Vec<EarlierAttempt>,
    pub gave_up: bool,
}

/// What was kept of one answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EarlierAttempt {
    pub at_secs: u64,
    pub passed: bool,
    pub sql: String,
}

impl EarlierRecord {
    /// The record as entries, without what is there already: taking over may have been broken
    /// off.
    ///
    /// Drills that were passed or given up are rated as they would be now, so that they come
    /// back in time.
    pub(super) fn entries(&self, item: &Item, there: Option<&Record>, entries: &mut Vec<Entry>) {
        let none = Record::default();
        let there = there.unwrap_or(&none);
        let mut any_failed = false;
        for earlier in &self.attempts {
            let attempt = Attempt {
                at: earlier.at_secs,
                passed: earlier.passed,
                score: if earlier.passed { 1.0 } else { 0.0 },
                text: earlier.sql.clone(),
                ..Attempt::default()
            };
            let is_there = |a: &Attempt| a.at == attempt.at && a.text == attempt.text;
            if !there.attempts.iter().any(is_there) {
                entries.push(Entry::Attempt {
                    item: item.clone(),
                    attempt,
                });
            }
            any_failed |= !earlier.passed;
        }
        let item = || item.clone();
        if there.draft.is_empty() && !self.draft.is_empty() {
            let text = self.draft.clone();
            entries.push(Entry::Draft { item: item(), text });
        }
        if self.hints > there.hints {
            let shown = self.hints;
            entries.push(Entry::Hints {
                item: item(),
                shown,
            });
        }
        if self.seconds > there.seconds {
            let total = self.seconds;
            entries.push(Entry::Seconds {
                item: item(),
                total,
            });
        }
        let last_at = self.attempts.last().map_or(0, |a| a.at_secs);
        if self.gave_up && !there.gave_up {
            let at = last_at;
            entries.push(Entry::GaveUp { item: item(), at });
        }
        let passed = self.attempts.iter().find(|a| a.passed);
        let rated = match passed {
            _ if self.gave_up => Some((last_at, Rating::Again)),
            Some(passed) if self.hints > 0 || any_failed => Some((passed.at_secs, Rating::Hard)),
            Some(passed) => Some((passed.at_secs, Rating::Good)),
            None => None,
        };
        if let Some((at, rating)) = rated.filter(|_| there.reviews.is_empty()) {
            let how = How::Graded;
            entries.push(Entry::Review {
                item: item(),
                review: Review { at, rating, how },
                replaces: false,
            });
        }
    }
}
