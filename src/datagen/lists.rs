//! Word lists: the shared ones, and a recipe's own before them.

use std::collections::BTreeMap;

/// Looks words up by the list's name.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    shared: BTreeMap<String, Vec<String>>,
}

impl Lists {
    /// Lists from TOML text: `name = ["word", …]`.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        Ok(Self {
            shared: toml::from_str(text)?,
        })
    }

    /// The words of a list, the recipe's own first.
    pub fn get<'a>(
        &'a self,
        own: &'a BTreeMap<String, Vec<String>>,
        name: &str,
    ) -> Option<&'a [String]> {
        own.get(name)
            .or_else(|| self.shared.get(name))
            .map(Vec::as_slice)
    }

    /// All names, for messages.
    pub fn names<'a>(&'a self, own: &'a BTreeMap<String, Vec<String>>) -> Vec<&'a str> {
        let mut names: Vec<&str> = own
            .keys()
            .chain(self.shared.keys())
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}
