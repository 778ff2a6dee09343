//! What the data of a pack adds up to, as stored in `fingerprint.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The tables of a pack at one scale and seed, in numbers: equal rows give equal numbers, on any
/// machine and with any number of threads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprint {
    /// The scale it was taken at.
    pub rows: u64,
    pub seed: u64,
    #[serde(default)]
    pub table: BTreeMap<String, TableFingerprint>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableFingerprint {
    pub rows: u64,
    /// The sum over all rows of 31 bits of an MD5 of the row's text: the order does not matter.
    pub checksum: u64,
    /// Different values of each column.
    pub distinct: BTreeMap<String, u64>,
    /// Of columns with numbers; of floating-point columns in thousandths.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sum: BTreeMap<String, String>,
}

impl Fingerprint {
    /// What is not as it was, one sentence each, with the table as key.
    pub fn differences(&self, now: &Self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (name, stored) in &self.table {
            match now.table.get(name) {
                None => found.push((name.clone(), "the model has no such table".to_owned())),
                Some(table) => {
                    if let Some(message) = stored.difference(table) {
                        found.push((name.clone(), message));
                    }
                }
            }
        }
        let new = now.table.keys().filter(|n| !self.table.contains_key(*n));
        found.extend(new.map(|n| (n.clone(), "the table has no stored fingerprint".to_owned())));
        found
    }
}

impl TableFingerprint {
    /// The first difference, the plainest first.
    fn difference(&self, now: &Self) -> Option<String> {
        if self.rows != now.rows {
            return Some(format!("{} rows, stored are {}", now.rows, self.rows));
        }
        let distinct = changed(&self.distinct, &now.distinct).map(|(column, then, now)| {
            format!("{column} has {now} different values, stored are {then}")
        });
        let sum = || {
            changed(&self.sum, &now.sum)
                .map(|(column, then, now)| format!("{column} adds up to {now}, stored is {then}"))
        };
        distinct.or_else(sum).or_else(|| {
            (self.checksum != now.checksum).then(|| {
                format!(
                    "the rows add up to the checksum {}, stored is {}",
                    now.checksum, self.checksum
                )
            })
        })
    }
}

/// The first column whose value is not the same.
fn changed<'a, T: PartialEq + ToString>(
    then: &'a BTreeMap<String, T>,
    now: &BTreeMap<String, T>,
) -> Option<(&'a str, String, String)> {
    then.iter().find_map(|(column, value)| {
        let found = now.get(column);
        (found != Some(value)).then(|| {
            let found = found.map_or_else(|| "none".to_owned(), T::to_string);
            (column.as_str(), value.to_string(), found)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(rows: u64, checksum: u64, distinct: u64, sum: &str) -> Fingerprint {
        let table = TableFingerprint {
            rows,
            checksum,
            distinct: [("id".to_owned(), distinct)].into(),
            sum: [("id".to_owned(), sum.to_owned())].into(),
        };
        Fingerprint {
            rows: 10,
            seed: 1,
            table: [("t".to_owned(), table)].into(),
        }
    }

    #[track_caller]
    fn check(now: &Fingerprint, expected: &[&str]) {
        let stored = print(3, 7, 3, "6");
        let found: Vec<String> = stored
            .differences(now)
            .into_iter()
            .map(|(table, message)| format!("{table}: {message}"))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_plainest_difference_is_told() {
        check(&print(3, 7, 3, "6"), &[]);
        check(&print(4, 8, 4, "10"), &["t: 4 rows, stored are 3"]);
        check(
            &print(3, 8, 2, "5"),
            &["t: id has 2 different values, stored are 3"],
        );
        check(&print(3, 8, 3, "7"), &["t: id adds up to 7, stored is 6"]);
        check(
            &print(3, 8, 3, "6"),
            &["t: the rows add up to the checksum 8, stored is 7"],
        );
    }

    #[test]
    fn a_table_that_went_or_came_is_a_difference() {
        let mut now = print(3, 7, 3, "6");
        if let Some(table) = now.table.remove("t") {
            now.table.insert("u".to_owned(), table);
        }
        check(
            &now,
            &[
                "t: the model has no such table",
                "u: the table has no stored fingerprint",
            ],
        );
    }

    #[test]
    fn it_is_written_and_read_back() {
        let stored = print(3, 7, 3, "6");
        let text = toml::to_string(&stored).expect("a text");
        assert_eq!(toml::from_str::<Fingerprint>(&text).expect(&text), stored);
    }
}
