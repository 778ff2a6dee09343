//! Cards: questions an interviewer asks, answered aloud and judged by oneself.
//!
//! [`read()`] reads a pack's `cards.toml`, [`check`] links what the cards name. The format is
//! documented beside the packs, in `CARDS.md`.

mod check;
mod read;

use serde::Deserialize;

use super::See;

pub(super) use check::{check_ids, check_links};
pub(super) use read::{read, see};

/// A question of a pack, with a model answer to hold one's own against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Unique over the cards, drills and labs of all packs.
    pub id: String,
    /// The id of the pack it belongs to.
    pub pack: String,
    pub kind: CardKind,
    pub question: String,
    /// Which document and section it comes from.
    pub source: String,
    /// Time to answer in.
    pub minutes: Option<u32>,
    pub concepts: Vec<String>,
    /// Markdown.
    pub answer: String,
    /// What a good answer has in it.
    pub look_for: Vec<LookFor>,
    /// What an interviewer asks next.
    pub follow_ups: Vec<String>,
    pub see: Vec<See>,
}

/// What a card is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    #[default]
    Question,
    TradeOff,
    Pitfall,
    Phrasing,
    ShardKey,
    Takeaway,
}

impl CardKind {
    /// As a label.
    pub fn title(self) -> &'static str {
        match self {
            Self::Question => "Interview question",
            Self::TradeOff => "Trade-off",
            Self::Pitfall => "Pitfall",
            Self::Phrasing => "How to say it",
            Self::ShardKey => "Shard key",
            Self::Takeaway => "Takeaway",
        }
    }
}

/// A point a good answer makes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LookFor {
    pub area: Area,
    pub text: String,
}

/// What an interviewer judges an answer by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    Requirements,
    Design,
    Performance,
    Communication,
    Adaptability,
}

impl Area {
    pub const ALL: [Self; 5] = [
        Self::Requirements,
        Self::Design,
        Self::Performance,
        Self::Communication,
        Self::Adaptability,
    ];

    /// As a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Requirements => "Requirements",
            Self::Design => "Design",
            Self::Performance => "Performance and scale",
            Self::Communication => "Communication",
            Self::Adaptability => "Adaptability",
        }
    }
}
