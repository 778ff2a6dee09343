//! Whether two names mean the same: words, short forms, plurals, common synonyms, slips of the pen.

use std::collections::BTreeSet;

use crate::catalog::Synonyms;

/// How alike two names must be to pass for a slip of the pen, as Jaro–Winkler similarity, 0 to 1.
/// Measured on pairs such as `custommer`/`customer` (0.97) and `order`/`holder` (0.82).
const ALIKE: f64 = 0.94;
/// Shorter names are too easily alike.
const LONG_ENOUGH: usize = 5;

/// How two names were found to mean the same; the later the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// All but a slip of the pen.
    Alike,
    /// A common synonym.
    Common,
    /// A name the drill lists.
    Listed,
    /// The very name.
    Same,
}

/// Compares names by a list of synonyms.
pub struct Names<'a> {
    synonyms: &'a Synonyms,
    tables: Vec<BTreeSet<String>>,
    columns: Vec<BTreeSet<String>>,
}

impl<'a> Names<'a> {
    pub fn new(synonyms: &'a Synonyms) -> Self {
        let mut names = Self {
            synonyms,
            tables: Vec::new(),
            columns: Vec::new(),
        };
        let keys = |names: &Self, groups: &[crate::catalog::Group]| {
            groups
                .iter()
                .map(|g| g.names.iter().map(|n| names.key(n)).collect())
                .collect()
        };
        names.tables = keys(&names, &synonyms.tables);
        names.columns = keys(&names, &synonyms.columns);
        names
    }

    /// The words of a name, whole, in the singular and in small letters.
    pub fn words(&self, name: &str) -> Vec<String> {
        split(name)
            .into_iter()
            .map(|word| {
                let word = self.synonyms.words.get(&word).cloned().unwrap_or(word);
                let one = singular(&word);
                self.synonyms.words.get(&one).cloned().unwrap_or(one)
            })
            .collect()
    }

    /// A name as it is compared.
    pub fn key(&self, name: &str) -> String {
        self.words(name).join("_")
    }

    /// The name of a table as it is compared: without `dim_`, `fact_` and the like.
    pub fn table_key(&self, name: &str) -> String {
        let words = self.words(name);
        let kept: Vec<&String> = words
            .iter()
            .filter(|w| !self.synonyms.affixes.contains(w))
            .collect();
        if kept.is_empty() {
            return words.join("_");
        }
        kept.into_iter().cloned().collect::<Vec<_>>().join("_")
    }

    /// Whether a table is called by one of these names; the first of them is the entity's own.
    pub fn table(&self, table: &str, listed: &[String]) -> Option<Likeness> {
        let key = self.table_key(table);
        let keys: Vec<String> = listed.iter().map(|n| self.table_key(n)).collect();
        likeness(&key, &keys, &self.tables)
    }

    /// Whether a column is called by one of these names, with or without the words of `owners`
    /// (the table's names) in front: `product_title` in `product`.
    pub fn column(&self, column: &str, listed: &[String], owners: &[String]) -> Option<Likeness> {
        let keys: Vec<String> = listed.iter().map(|n| self.key(n)).collect();
        let whole = likeness(&self.key(column), &keys, &self.columns);
        // The whole name says more than what is left of it: `user_name` may be a `username`.
        if whole >= Some(Likeness::Listed) {
            return Some(Likeness::Same);
        }
        let rests = self.column_keys(column, owners);
        let of_rest = rests.iter().skip(1);
        let of_rest = of_rest
            .filter_map(|key| likeness(key, &keys, &self.columns))
            .max();
        whole.max(of_rest.map(|l| l.min(Likeness::Listed)))
    }

    /// The name of a column, and what is left of it without the words of an owner.
    fn column_keys(&self, column: &str, owners: &[String]) -> Vec<String> {
        let key = self.key(column);
        let mut keys = vec![key.clone()];
        for owner in owners {
            let owner = self.table_key(owner);
            let rest = key.strip_prefix(&owner).and_then(|r| r.strip_prefix('_'));
            if let Some(rest) = rest.filter(|r| !r.is_empty()) {
                keys.push(rest.to_owned());
            }
        }
        keys
    }

    /// Whether a column names a row of an entity: `product_id`, `product`, `author_key`.
    pub fn reference(&self, column: &str, listed: &[String]) -> Option<Likeness> {
        let words = self.words(column);
        let (stem, is_marked) = match words.as_slice() {
            [stem @ .., last] if !stem.is_empty() && is_key_word(last) => (stem.join("_"), true),
            _ => (words.join("_"), false),
        };
        let keys: Vec<String> = listed
            .iter()
            .flat_map(|n| {
                let key = self.table_key(n);
                let plain = strip_key_word(&self.key(n));
                [key, plain]
            })
            .collect();
        // `title` alone may as well be the words on a poster: `title_id` says more.
        let most = if is_marked {
            Likeness::Same
        } else {
            Likeness::Common
        };
        likeness(&stem, &keys, &self.tables).map(|l| l.min(most))
    }

    /// Whether a column says which row it is: `id`, `uuid`, `product_id` in `product`.
    pub fn is_identifier(&self, column: &str, owners: &[String]) -> bool {
        self.column_keys(column, owners)
            .iter()
            .any(|key| key.split('_').all(is_key_word))
    }
}

/// `order_id` → `order`.
fn strip_key_word(key: &str) -> String {
    match key.rsplit_once('_') {
        Some((stem, last)) if is_key_word(last) => stem.to_owned(),
        _ => key.to_owned(),
    }
}

/// Words that make a name that of a key.
pub fn is_key_word(word: &str) -> bool {
    [
        "id",
        "key",
        "uuid",
        "guid",
        "sk",
        "pk",
        "fk",
        "code",
        "reference",
        "number",
        "surrogate",
        "identifier",
    ]
    .contains(&word)
}

fn likeness(key: &str, listed: &[String], groups: &[BTreeSet<String>]) -> Option<Likeness> {
    if key.is_empty() {
        return None;
    }
    if listed.first().is_some_and(|l| l == key) {
        return Some(Likeness::Same);
    }
    if listed.iter().any(|l| l == key) {
        return Some(Likeness::Listed);
    }
    let is_common = groups
        .iter()
        .any(|g| g.contains(key) && listed.iter().any(|l| g.contains(l)));
    if is_common {
        return Some(Likeness::Common);
    }
    let is_alike = key.len() >= LONG_ENOUGH
        && listed
            .iter()
            .any(|l| l.len() >= LONG_ENOUGH && strsim::jaro_winkler(l, key) >= ALIKE);
    is_alike.then_some(Likeness::Alike)
}

/// `OrderLine`, `order_line`, `ORDER-LINE`, `orderLine` → order, line.
fn split(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = name.chars().collect();
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            words.push(std::mem::take(&mut word));
            continue;
        }
        let before = at.checked_sub(1).and_then(|i| letters.get(i));
        let after = letters.get(at + 1);
        let starts = letter.is_uppercase()
            && (before.is_some_and(|c| c.is_lowercase() || c.is_numeric())
                || (before.is_some_and(|c| c.is_uppercase())
                    && after.is_some_and(|c| c.is_lowercase())));
        if starts {
            words.push(std::mem::take(&mut word));
        }
        word.extend(letter.to_lowercase());
    }
    words.push(word);
    words.retain(|w| !w.is_empty());
    words
}

/// The singular of an English word, well enough to compare names by: both sides pass through it.
fn singular(word: &str) -> String {
    let cut = |end: &str, with: &str| {
        word.strip_suffix(end)
            .filter(|stem| stem.len() >= 2)
            .map(|stem| format!("{stem}{with}"))
    };
    if word == "people" {
        return "person".to_owned();
    }
    if ["ss", "us", "is", "series", "news"]
        .iter()
        .any(|e| word.ends_with(e))
        || word.len() < 4
    {
        return word.to_owned();
    }
    cut("ies", "y")
        .or_else(|| cut("sses", "ss"))
        .or_else(|| cut("xes", "x"))
        .or_else(|| cut("ches", "ch"))
        .or_else(|| cut("shes", "sh"))
        .or_else(|| cut("uses", "us"))
        .or_else(|| cut("s", ""))
        .unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn table(name: &str, listed: &[&str]) -> Option<Likeness> {
        let catalog = Catalog::built_in();
        let listed: Vec<String> = listed.iter().map(|s| (*s).to_owned()).collect();
        Names::new(&catalog.synonyms).table(name, &listed)
    }

    fn column(name: &str, listed: &[&str], owner: &str) -> Option<Likeness> {
        let catalog = Catalog::built_in();
        let listed: Vec<String> = listed.iter().map(|s| (*s).to_owned()).collect();
        Names::new(&catalog.synonyms).column(name, &listed, &[owner.to_owned()])
    }

    #[test]
    fn case_plural_and_affixes_change_no_name_of_a_table() {
        for name in [
            "order_line",
            "OrderLines",
            "ORDER_LINES",
            "fact_order_line",
            "orderLine",
        ] {
            assert_eq!(table(name, &["order_line"]), Some(Likeness::Same), "{name}");
        }
    }

    #[test]
    fn common_synonyms_and_slips_are_known_and_strangers_are_not() {
        assert_eq!(table("line_items", &["order_line"]), Some(Likeness::Common));
        assert_eq!(
            table("sale", &["order_line", "sale"]),
            Some(Likeness::Listed)
        );
        assert_eq!(table("custommers", &["customer"]), Some(Likeness::Alike));
        assert_eq!(table("holder", &["order"]), None);
        assert_eq!(table("payments", &["order"]), None);
    }

    #[test]
    fn a_column_may_carry_the_name_of_its_table() {
        assert_eq!(
            column("product_title", &["title"], "product"),
            Some(Likeness::Listed)
        );
        assert_eq!(
            column("user_name", &["name"], "user"),
            Some(Likeness::Listed)
        );
        assert_eq!(
            column("user_name", &["username", "user_name"], "user"),
            Some(Likeness::Same)
        );
        assert_eq!(
            column("qty", &["quantity"], "order_line"),
            Some(Likeness::Same)
        );
        assert_eq!(
            column("created", &["created_at"], "user"),
            Some(Likeness::Common)
        );
        assert_eq!(column("weight", &["quantity"], "order_line"), None);
    }

    #[test]
    fn words_are_told_apart_in_any_spelling() {
        assert_eq!(split("HTTPServerID2"), ["http", "server", "id2"]);
        assert_eq!(split("_a__b-"), ["a", "b"]);
        assert_eq!(singular("categories"), "category");
        assert_eq!(singular("addresses"), "address");
        assert_eq!(singular("status"), "status");
        assert_eq!(singular("viewing"), "viewing");
    }
}
