//! The parts of the documentation.

use crate::catalog::Pack;

/// A part of the documentation, in the order one reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    #[default]
    Purpose,
    Requirements,
    AccessPatterns,
    TradeOffs,
    Labs,
    Concepts,
    Reviews,
    Notes,
    Adaptations,
}

impl Section {
    pub const ALL: [Self; 9] = [
        Self::Purpose,
        Self::Requirements,
        Self::AccessPatterns,
        Self::TradeOffs,
        Self::Labs,
        Self::Concepts,
        Self::Reviews,
        Self::Notes,
        Self::Adaptations,
    ];

    /// The parts a pack has something to say in.
    pub fn of(pack: &Pack) -> Vec<Self> {
        Self::ALL
            .into_iter()
            .filter(|s| s.count(pack) > 0)
            .collect()
    }

    /// How many entries it has.
    pub fn count(self, pack: &Pack) -> usize {
        match self {
            Self::Purpose => 1,
            Self::Requirements => pack.requirements.len(),
            Self::AccessPatterns => pack.access_patterns.len(),
            Self::TradeOffs => pack.trade_offs.len(),
            Self::Labs => pack.labs.len(),
            Self::Concepts => pack.concepts.len(),
            Self::Reviews => pack.reviews.len(),
            Self::Notes => pack.notes.len(),
            Self::Adaptations => pack.script.adaptations.len(),
        }
    }

    /// As a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Purpose => "Purpose",
            Self::Requirements => "Requirements",
            Self::AccessPatterns => "Access patterns",
            Self::TradeOffs => "Trade-offs",
            Self::Labs => "Measured in labs",
            Self::Concepts => "Concepts",
            Self::Reviews => "What a reviewer would ask",
            Self::Notes => "Notes on tables and columns",
            Self::Adaptations => "Changed for DuckDB",
        }
    }

    /// For the table of contents.
    pub fn short(self) -> &'static str {
        match self {
            Self::AccessPatterns => "Access",
            Self::Reviews => "Review",
            Self::Labs => "Labs",
            Self::Notes => "Notes",
            Self::Adaptations => "DuckDB",
            other => other.title(),
        }
    }
}
