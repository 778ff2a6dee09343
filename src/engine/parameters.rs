//! `$name` in a statement: found, and replaced by typed values.
//!
//! Values are put into the text rather than bound, so that what runs is what can be copied and
//! run elsewhere, and a plan is that of the values.

use std::ops::Range;

use crate::ddl::tokens;

use super::EngineError;

/// Gives the SQL type and the text of a parameter; a text of `None` is NULL, `None` altogether
/// a parameter nobody knows.
pub type ValueOf<'a> = &'a dyn Fn(&str) -> Option<(String, Option<String>)>;

/// A statement with its parameters replaced, and the way back for places in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Substituted {
    pub sql: String,
    /// For each replacement: its bytes in the original, and in `sql`.
    moved: Vec<(Range<usize>, Range<usize>)>,
}

impl Substituted {
    /// The bytes of the original text a place in `sql` came from.
    pub fn original(&self, place: Range<usize>) -> Range<usize> {
        self.original_at(place.start, false)..self.original_at(place.end, true)
    }

    fn original_at(&self, offset: usize, is_end: bool) -> usize {
        let mut shift = 0_isize;
        for (from, to) in &self.moved {
            if offset < to.start || (is_end && offset == to.start) {
                break;
            }
            if offset < to.end || (is_end && offset == to.end) {
                return if is_end { from.end } else { from.start };
            }
            shift = from.end as isize - to.end as isize;
        }
        offset.saturating_add_signed(shift)
    }
}

/// The distinct parameter names of a statement, in order of appearance.
pub fn names(sql: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (_, name) in places(sql) {
        if !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Replaces each `$name` by `CAST('value' AS TYPE)`.
///
/// A parameter nobody knows is an error that points at it.
pub fn substitute(sql: &str, value: ValueOf<'_>) -> Result<Substituted, EngineError> {
    let mut done = Substituted::default();
    let mut copied = 0;
    for (place, name) in places(sql) {
        let Some((data_type, text)) = value(name) else {
            return Err(EngineError {
                message: format!("there is no value for ${name}"),
                place: Some(place),
                ..EngineError::default()
            });
        };
        done.sql.push_str(&sql[copied..place.start]);
        let start = done.sql.len();
        done.sql.push_str(&literal(&data_type, text.as_deref()));
        copied = place.end;
        done.moved.push((place, start..done.sql.len()));
    }
    done.sql.push_str(&sql[copied..]);
    Ok(done)
}

/// A value as SQL of a type. Whole numbers and texts need no cast to be read well.
fn literal(data_type: &str, text: Option<&str>) -> String {
    let upper = data_type.to_ascii_uppercase();
    match text {
        None => format!("CAST(NULL AS {data_type})"),
        Some(number)
            if matches!(upper.as_str(), "BIGINT" | "INTEGER" | "INT")
                && number.parse::<i64>().is_ok() =>
        {
            number.to_owned()
        }
        Some(text) => {
            let quoted = format!("'{}'", text.replace('\'', "''"));
            match upper.as_str() {
                "VARCHAR" | "TEXT" | "STRING" => quoted,
                "DATE" | "TIMESTAMP" => format!("{upper} {quoted}"),
                _ => format!("CAST({quoted} AS {data_type})"),
            }
        }
    }
}

/// `$name` outside texts, quoted names and comments: the bytes, and the name.
fn places(sql: &str) -> Vec<(Range<usize>, &str)> {
    let tokens = tokens(sql);
    tokens
        .windows(2)
        .filter_map(|pair| {
            let [dollar, word] = pair else { return None };
            let name = sql.get(word.range())?;
            let is_parameter = sql.get(dollar.range()) == Some("$")
                && word.is_word()
                && dollar.range().end == word.range().start;
            is_parameter.then(|| (dollar.range().start..word.range().end, name))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str) -> Option<(String, Option<String>)> {
        match name {
            "id" => Some(("BIGINT".into(), Some("42".into()))),
            "day" => Some(("DATE".into(), Some("2026-06-30".into()))),
            "none" => Some(("DOUBLE".into(), None)),
            "name" => Some(("VARCHAR".into(), Some("O'Hara".into()))),
            _ => None,
        }
    }

    #[track_caller]
    fn check(sql: &str, expected: &str) {
        assert_eq!(
            substitute(sql, &known).map(|s| s.sql),
            Ok(expected.to_owned())
        );
    }

    #[test]
    fn values_take_their_type() {
        check("a = $id AND b < $day", "a = 42 AND b < DATE '2026-06-30'");
        check("$none", "CAST(NULL AS DOUBLE)");
        check("name = $name", "name = 'O''Hara'");
    }

    #[test]
    fn texts_comments_and_quoted_names_are_left_alone() {
        check("'$id' -- $id\n, \"$id\"", "'$id' -- $id\n, \"$id\"");
    }

    #[test]
    fn an_unknown_parameter_is_pointed_at() {
        let error = substitute("SELECT $nobody", &known).expect_err("unknown");
        assert_eq!(error.place, Some(7..14));
    }

    #[test]
    fn places_lead_back_to_the_text_as_written() {
        let sql = "SELECT $id, $day, x";
        let done = substitute(sql, &known).expect("known");
        let x = done.sql.len() - 1;
        assert_eq!(done.original(x..x + 1), sql.len() - 1..sql.len());
        let id = done.sql.find("42").expect("there");
        assert_eq!(done.original(id..id + 2), 7..10);
        let day = done.sql.find("DATE").expect("there");
        assert_eq!(done.original(day..day + 4), 12..16);
    }
}
