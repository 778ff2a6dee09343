//! Rows of a table: all of them, or those a reference leads to.

use crate::datagen::dialect::name as quoted;

/// Rows of a table, and by which values they were chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowPlace {
    pub table: String,
    /// Empty: all rows.
    pub conditions: Vec<Condition>,
    /// How many rows there are, where they were counted on the way here.
    pub counted: Option<u64>,
}

/// A column and the value it must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub column: String,
    /// As text; DuckDB reads it as the type of the column.
    pub value: String,
}

impl RowPlace {
    /// All rows of a table.
    pub fn all(table: impl Into<String>) -> Self {
        Self {
            table: table.into(),
            ..Self::default()
        }
    }

    pub fn is_filtered(&self) -> bool {
        !self.conditions.is_empty()
    }

    /// The conditions for people: `order_id = 42 and line = 1`.
    pub fn filter_text(&self) -> String {
        let parts: Vec<String> = self
            .conditions
            .iter()
            .map(|c| format!("{} = {}", c.column, shortened(&c.value)))
            .collect();
        parts.join(" and ")
    }

    /// The place for people: `order_items where order_id = 42`.
    pub fn title(&self) -> String {
        if self.is_filtered() {
            format!("{} where {}", self.table, self.filter_text())
        } else {
            self.table.clone()
        }
    }

    /// The statement that reads the first rows.
    pub fn first_rows_sql(&self, limit: u64) -> String {
        format!("SELECT * {} LIMIT {limit}", self.rows_sql())
    }

    /// The statement that counts the rows.
    pub fn count_sql(&self) -> String {
        format!("SELECT count(*) {}", self.rows_sql())
    }

    fn rows_sql(&self) -> String {
        let mut sql = format!("FROM {}", quoted(&self.table));
        for (index, condition) in self.conditions.iter().enumerate() {
            let word = if index == 0 { "WHERE" } else { "AND" };
            let value = condition.value.replace('\'', "''");
            sql.push_str(&format!(
                " {word} {} = '{value}'",
                quoted(&condition.column)
            ));
        }
        sql
    }
}

/// A value as far as a heading has room for it.
fn shortened(value: &str) -> String {
    const CHARS: usize = 32;
    let line = value.lines().next().unwrap_or_default();
    match line.char_indices().nth(CHARS) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None if line.len() < value.len() => format!("{line}…"),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(conditions: &[(&str, &str)]) -> RowPlace {
        RowPlace {
            table: "order items".into(),
            conditions: conditions
                .iter()
                .map(|(column, value)| Condition {
                    column: (*column).into(),
                    value: (*value).into(),
                })
                .collect(),
            counted: None,
        }
    }

    #[test]
    fn values_and_names_cannot_break_out_of_the_statement() {
        assert_eq!(
            place(&[("a\"b", "it's"), ("n", "7")]).first_rows_sql(10),
            "SELECT * FROM \"order items\" WHERE \"a\"\"b\" = 'it''s' AND \"n\" = '7' LIMIT 10"
        );
        assert_eq!(
            place(&[]).count_sql(),
            "SELECT count(*) FROM \"order items\""
        );
    }

    #[test]
    fn a_place_says_what_it_shows() {
        assert_eq!(
            place(&[("a", "1"), ("b", "2")]).title(),
            "order items where a = 1 and b = 2"
        );
        let long = place(&[("a", &"ö".repeat(100))]);
        assert_eq!(long.filter_text(), format!("a = {}…", "ö".repeat(32)));
    }
}
