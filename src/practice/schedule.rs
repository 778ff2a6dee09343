//! When something comes back: FSRS-6 over the reviews of an item, with its default parameters.
//!
//! What is remembered of an item is a function of its reviews alone, and of nothing that is kept
//! beside them.

use std::sync::LazyLock;

use fsrs::{DEFAULT_PARAMETERS, FSRS, FSRS6_DEFAULT_DECAY, MemoryState, current_retrievability};

use super::now::{DAY, Now};
use super::progress::{Rating, Record, Review};

/// How likely something is still known when it comes back, 0 to 1.
///
/// 0.9 is what FSRS takes where nothing else is wished, and Anki with it: higher asks much more
/// often for little more, lower forgets what an interview is about to ask
/// (<https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Optimal-Retention>).
pub const DESIRED_RETENTION: f32 = 0.9;

/// What was not known comes back after ten minutes, in the same session.
pub const AGAIN_SECS: u64 = 600;

/// No interval is longer, in days: a hundred years.
const LONGEST_DAYS: f32 = 36_500.0;

static MODEL: LazyLock<FSRS> = LazyLock::new(|| {
    // The default parameters are ones the crate takes, so that its own default is never made.
    FSRS::new(&DEFAULT_PARAMETERS).unwrap_or_default()
});

/// What is remembered of an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    state: MemoryState,
    /// The last review, in seconds since 1970.
    pub reviewed_at: u64,
    pub rating: Rating,
    /// When it comes back, in seconds since 1970.
    pub due_at: u64,
}

impl Memory {
    /// What the reviews add up to, oldest first; `None` without any.
    pub fn of(reviews: &[Review]) -> Option<Self> {
        let mut memory: Option<Self> = None;
        for review in reviews {
            let (state, interval) = next(memory.as_ref(), review.at, review.rating)?;
            memory = Some(Self {
                state,
                reviewed_at: review.at,
                rating: review.rating,
                due_at: review.at.saturating_add(interval),
            });
        }
        memory
    }

    /// How likely it is still known, 0 to 1. A clock that was set back counts as no time.
    pub fn retrievability(&self, now: Now) -> f64 {
        let elapsed = now.secs.saturating_sub(self.reviewed_at) as f32 / DAY as f32;
        let value = current_retrievability(self.state, elapsed, FSRS6_DEFAULT_DECAY);
        f64::from(value).clamp(0.0, 1.0)
    }

    /// Whether it comes back by the end of the user's day: a session in the morning has what was
    /// learned on the evening before.
    pub fn is_due(&self, now: Now) -> bool {
        now.day_of(self.due_at) <= now.day()
    }

    /// Whether it can be relied on: known at the last review, and since then not likely forgotten.
    pub fn is_known(&self, now: Now) -> bool {
        self.rating != Rating::Again && self.retrievability(now) >= f64::from(DESIRED_RETENTION)
    }
}

/// Seconds until the item comes back after each of the four ratings, if it is rated now.
pub fn intervals(reviews: &[Review], now: Now) -> [u64; 4] {
    let memory = Memory::of(reviews);
    Rating::ALL.map(|rating| {
        next(memory.as_ref(), now.secs, rating).map_or(AGAIN_SECS, |(_, interval)| interval)
    })
}

/// The state after a review, and the seconds until the next. `None` only if the model refuses
/// the state, which it does for none it made.
fn next(memory: Option<&Memory>, at: u64, rating: Rating) -> Option<(MemoryState, u64)> {
    let elapsed = memory.map_or(0, |memory| elapsed_days(memory.reviewed_at, at));
    let state = memory.map(|memory| memory.state);
    let states = MODEL.next_states(state, DESIRED_RETENTION, elapsed).ok()?;
    let state = match rating {
        Rating::Again => return Some((states.again.memory, AGAIN_SECS)),
        Rating::Hard => states.hard,
        Rating::Good => states.good,
        Rating::Easy => states.easy,
    };
    let days = state.interval.round().clamp(1.0, LONGEST_DAYS);
    Some((state.memory, days as u64 * DAY))
}

/// Days between two reviews, as the model counts them: the nearest number of 24 hours.
///
/// Not the next lower number: who practises every evening does so some minutes earlier on every
/// second day, and that is a day all the same. A clock that was set back counts as no time.
pub fn elapsed_days(from: u64, to: u64) -> u32 {
    let days = to.saturating_sub(from).saturating_add(DAY / 2) / DAY;
    u32::try_from(days).unwrap_or(u32::MAX)
}

/// The rating of a drill that was just passed for the first time since it was begun.
///
/// Good when it was the first answer, without hints and in the time to aim for; Easy when that
/// took less than half the time; Hard after a wrong answer on the same day, with hints, or over
/// time. Looking at the solution is Again, and so is a day that ends without a right answer
/// ([`super::left_over`]). A wrong answer alone rates nothing: it may be followed by a right one.
///
/// `seconds` is how long it was open, `minutes` the time to aim for. The record may lack the
/// right answer yet, so that both can be written down at once.
pub fn rating_of(record: &Record, seconds: u64, minutes: u32, now: Now) -> Rating {
    let failed_today = record
        .round()
        .iter()
        .any(|a| !a.passed && now.day_of(a.at) == now.day());
    let aim = u64::from(minutes) * 60;
    if failed_today || record.hints > 0 || seconds > aim {
        Rating::Hard
    } else if seconds.saturating_mul(2) < aim {
        Rating::Easy
    } else {
        Rating::Good
    }
}

/// The rating a card's answer deserves by the points it had: under 40 % of them Again, under
/// 65 % Hard, under 95 % Good, else Easy. The user has the last word.
pub fn suggested(ticked: usize, points: usize) -> Rating {
    if points == 0 {
        return Rating::Good;
    }
    let share = ticked as f64 / points as f64;
    match share {
        share if share < 0.40 => Rating::Again,
        share if share < 0.65 => Rating::Hard,
        share if share < 0.95 => Rating::Good,
        _ => Rating::Easy,
    }
}

#[cfg(test)]
mod tests;
