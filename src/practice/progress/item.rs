//! What is practised: a drill or a card.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A drill or a card, by id. Written as `drill:first_order` or `card:catalog_languages`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Item {
    Drill(String),
    Card(String),
}

impl Item {
    pub fn drill(id: impl Into<String>) -> Self {
        Self::Drill(id.into())
    }

    pub fn card(id: impl Into<String>) -> Self {
        Self::Card(id.into())
    }

    pub fn id(&self) -> &str {
        match self {
            Self::Drill(id) | Self::Card(id) => id,
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Drill(id) => write!(f, "drill:{id}"),
            Self::Card(id) => write!(f, "card:{id}"),
        }
    }
}

impl From<Item> for String {
    fn from(item: Item) -> Self {
        item.to_string()
    }
}

impl TryFrom<String> for Item {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("drill", id)) => Ok(Self::drill(id)),
            Some(("card", id)) => Ok(Self::card(id)),
            _ => Err(format!("{text} is neither a drill nor a card")),
        }
    }
}
