//! Builds the SELECT of one step: columns over columns, in as few nested levels as they need.

use std::collections::BTreeMap;

use super::dialect;

/// Named SQL expressions over a base query and over each other.
#[derive(Debug, Default)]
pub struct ColumnSet {
    columns: Vec<(String, String)>,
    known: BTreeMap<String, usize>,
}

impl ColumnSet {
    /// Adds a column. A name that is there already is left as it is.
    pub fn add(&mut self, name: &str, sql: String) {
        if !self.contains(name) {
            self.known.insert(name.to_owned(), self.columns.len());
            self.columns.push((name.to_owned(), sql));
        }
    }

    pub fn contains(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// The base query with every column added, each level reading the one inside it.
    ///
    /// Fails with the names of a cycle.
    pub fn over(&self, base: String) -> Result<String, String> {
        let mut sql = base;
        for level in self.levels()? {
            let columns: Vec<String> = level
                .iter()
                .map(|&index| {
                    let (name, sql) = &self.columns[index];
                    format!("{sql} AS {}", dialect::name(name))
                })
                .collect();
            sql = format!("SELECT *,\n  {}\nFROM (\n{sql}\n)", columns.join(",\n  "));
        }
        Ok(sql)
    }

    /// Column indexes by the level at which all they refer to is there.
    fn levels(&self) -> Result<Vec<Vec<usize>>, String> {
        let needs: Vec<Vec<usize>> = self
            .columns
            .iter()
            .map(|(_, sql)| {
                quoted_names(sql)
                    .iter()
                    .filter_map(|name| self.known.get(name).copied())
                    .collect()
            })
            .collect();
        let mut done = vec![false; self.columns.len()];
        let mut levels = Vec::new();
        while done.contains(&false) {
            let ready: Vec<usize> = (0..done.len())
                .filter(|&i| !done[i] && needs[i].iter().all(|&need| done[need]))
                .collect();
            if ready.is_empty() {
                let stuck: Vec<&str> = (0..done.len())
                    .filter(|&i| !done[i] && !self.columns[i].0.starts_with("_h"))
                    .map(|i| self.columns[i].0.as_str())
                    .collect();
                return Err(format!(
                    "the columns refer to each other in a circle: {}",
                    stuck.join(", ")
                ));
            }
            for &i in &ready {
                done[i] = true;
            }
            levels.push(ready);
        }
        Ok(levels)
    }
}

/// Names in double quotes, outside text literals.
pub fn quoted_names(sql: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut open: Option<(char, String)> = None;
    for c in sql.chars() {
        match open.take() {
            Some(('"', name)) if c == '"' => names.push(name),
            Some((quote, _)) if c == quote => {}
            Some((quote, mut name)) => {
                name.push(c);
                open = Some((quote, name));
            }
            None if c == '\'' || c == '"' => open = Some((c, String::new())),
            None => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_in_the_first_level_that_has_all_they_need() {
        let mut set = ColumnSet::default();
        set.add("c", "\"b\" + 1".into());
        set.add("b", "\"a\" + 1".into());
        set.add("a", "\"_i\"".into());
        set.add("d", "'\"b\"'".into());
        assert_eq!(set.levels(), Ok(vec![vec![2, 3], vec![1], vec![0]]));
    }

    #[test]
    fn a_circle_is_named() {
        let mut set = ColumnSet::default();
        set.add("a", "\"b\"".into());
        set.add("b", "\"a\"".into());
        assert!(set.over(String::new()).is_err_and(|e| e.contains("a, b")));
    }
}
