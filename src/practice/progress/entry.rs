//! One thing that happened, as a line of the practice file.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Item;

/// A line of the practice file. What was done is all lines one after the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Entry {
    /// The text of an answer, or of notes, as it stands now.
    Draft { item: Item, text: String },
    /// An answer that was graded.
    Attempt {
        item: Item,
        #[serde(flatten)]
        attempt: Attempt,
    },
    /// How well something was known.
    Review {
        item: Item,
        #[serde(flatten)]
        review: Review,
        /// It takes the place of the review before it: the user thought again.
        #[serde(default)]
        replaces: bool,
    },
    /// How many hints were shown.
    Hints { item: Item, shown: usize },
    /// How long it was open in this round, in all.
    Seconds { item: Item, total: u64 },
    /// The solution was looked at before the drill was passed.
    GaveUp { item: Item, at: u64 },
    /// A drill is tried from the start again.
    Begun { item: Item, at: u64 },
    /// The points of a card the answer had.
    Ticked { item: Item, points: BTreeSet<usize> },
    /// The follow-up questions that were answered.
    FollowUps { item: Item, done: BTreeSet<usize> },
    /// A session was started, of so many minutes.
    Session { at: u64, minutes: u32 },
    /// What an earlier program kept elsewhere is here now.
    TakenOver { at: u64 },
    /// Something a later program of the same version writes: it stays in the file.
    #[serde(other)]
    Unknown,
}

impl Entry {
    /// Whether it must survive a power failure, not only the end of the program.
    pub fn is_dear(&self) -> bool {
        matches!(
            self,
            Self::Attempt { .. } | Self::Review { .. } | Self::TakenOver { .. }
        )
    }
}

/// An answer that was handed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attempt {
    /// Seconds since 1970, UTC.
    pub at: u64,
    pub passed: bool,
    /// 0 to 1.
    pub score: f64,
    /// SQL, or the statements of a design.
    pub text: String,
    /// How long the drill was open until then, in this round.
    pub seconds: u64,
    /// How many hints had been shown.
    pub hints: usize,
}

/// How well something was known, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Seconds since 1970, UTC.
    pub at: u64,
    pub rating: Rating,
    pub how: How,
}

/// The four answers of spaced repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    Again,
    Hard,
    Good,
    Easy,
}

impl Rating {
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// As it stands on a button.
    pub fn title(self) -> &'static str {
        match self {
            Self::Again => "Again",
            Self::Hard => "Hard",
            Self::Good => "Good",
            Self::Easy => "Easy",
        }
    }
}

/// Who said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The program, by an answer it graded.
    Graded,
    /// The user.
    #[serde(rename = "self")]
    Oneself,
}
