//! Links from cards and the guide to what shows what they say.

use std::fmt;

use super::Catalog;

/// What a link may lead to, as it is written in the files.
pub(super) const FORMS: &str = "pack:ID, lab:ID, drill:ID, query:PACK/NAME or guide:DATABASE";

/// A link to something else of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum See {
    /// A pack, by id.
    Pack(String),
    /// A lab, by id.
    Lab(String),
    /// A drill of either kind, by id.
    Drill(String),
    /// A query of a pack, by name.
    Query { pack: String, name: String },
    /// A database of the guide, by id.
    Guide(String),
}

impl See {
    /// Reads `lab:localization`; `None` when it is none of the forms.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        if id.is_empty() {
            return None;
        }
        let owned = id.to_owned();
        match kind {
            "pack" => Some(Self::Pack(owned)),
            "lab" => Some(Self::Lab(owned)),
            "drill" => Some(Self::Drill(owned)),
            "query" => {
                let (pack, name) = id.split_once('/')?;
                Some(Self::Query {
                    pack: pack.to_owned(),
                    name: name.to_owned(),
                })
            }
            "guide" => Some(Self::Guide(owned)),
            _ => None,
        }
    }

    /// What it leads to is called; `None` when it is not there.
    pub fn title(&self, catalog: &Catalog) -> Option<String> {
        let title = match self {
            Self::Pack(id) => &catalog.pack(id)?.title,
            Self::Lab(id) => &catalog.lab(id)?.1.title,
            Self::Drill(id) => &catalog.drill(id)?.1.title,
            Self::Query { pack, name } => &catalog.pack(pack)?.query(name)?.title,
            Self::Guide(id) => &catalog.guide.database(id)?.title,
        };
        Some(title.clone())
    }

    /// The kind of what it leads to, in one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Pack(_) => "Model",
            Self::Lab(_) => "Lab",
            Self::Drill(_) => "Drill",
            Self::Query { .. } => "Query",
            Self::Guide(_) => "Database",
        }
    }
}

impl fmt::Display for See {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pack(id) => write!(f, "pack:{id}"),
            Self::Lab(id) => write!(f, "lab:{id}"),
            Self::Drill(id) => write!(f, "drill:{id}"),
            Self::Query { pack, name } => write!(f, "query:{pack}/{name}"),
            Self::Guide(id) => write!(f, "guide:{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_reads_as_it_is_written() {
        for text in [
            "pack:a",
            "lab:b",
            "drill:c",
            "query:a/by-day",
            "guide:document",
        ] {
            let see = See::parse(text).expect("a link");
            assert_eq!(see.to_string(), text);
        }
        for text in ["", "a", "song:a", "pack:", "query:a"] {
            assert_eq!(See::parse(text), None, "{text}");
        }
    }
}
