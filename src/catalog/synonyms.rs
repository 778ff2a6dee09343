//! Names that mean the same in most designs.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Common synonyms for names of tables and columns, read from `assets/synonyms.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Synonyms {
    /// Words left out of names of tables.
    pub affixes: Vec<String>,
    /// Short forms of words.
    pub words: BTreeMap<String, String>,
    /// Names of tables that mean the same.
    pub tables: Vec<Group>,
    /// Names of columns that mean the same.
    pub columns: Vec<Group>,
}

/// Names that mean the same; a name may stand in several groups.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub names: Vec<String>,
}

impl Synonyms {
    /// Reads the file's text.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
