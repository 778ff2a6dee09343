//! Whether a text is one SELECT, said before anything runs.

use crate::ddl::{TokenKind, statements, tokens};

/// Words a statement that only reads may begin with.
const READS: [&str; 5] = ["SELECT", "WITH", "FROM", "VALUES", "TABLE"];
/// Words that begin a change, also behind a WITH.
const CHANGES: [&str; 7] = [
    "INSERT", "UPDATE", "DELETE", "MERGE", "CREATE", "DROP", "ALTER",
];

/// The statement of an answer; an error, in one sentence, when it is not one SELECT.
///
/// This only words the common mistakes: that nothing is changed is kept by the engine, which
/// runs answers in transactions that read only.
pub fn one_select(text: &str) -> Result<&str, String> {
    if text.contains('\0') {
        return Err("The text holds a NUL character".to_owned());
    }
    let found = statements(text);
    let statement = match found.as_slice() {
        [] if text.trim().is_empty() => return Err("There is no statement yet".to_owned()),
        [] => return Err("There are only comments, and no statement".to_owned()),
        [one] => *one,
        several => {
            return Err(format!(
                "There are {} statements: an answer is one SELECT",
                several.len()
            ));
        }
    };
    let words = outer_words(statement);
    let first = words.first().map(String::as_str).unwrap_or_default();
    let begins_in_parentheses = first.is_empty();
    if !begins_in_parentheses && !READS.contains(&first) {
        return Err(if CHANGES.contains(&first) {
            format!("{first} changes the data: an answer is one SELECT")
        } else {
            format!("An answer is one SELECT; this begins with {first}")
        });
    }
    match words.iter().find(|w| CHANGES[..4].contains(&w.as_str())) {
        Some(word) if first == "WITH" => {
            Err(format!("{word} changes the data: an answer is one SELECT"))
        }
        _ => Ok(statement),
    }
}

/// Bare words outside of parentheses, in capitals. The first is empty when the statement begins
/// with a parenthesis.
fn outer_words(sql: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut words = Vec::new();
    for token in tokens(sql) {
        let text = sql.get(token.range()).unwrap_or_default();
        match token.kind() {
            TokenKind::Comment => continue,
            TokenKind::Symbol if text == "(" => {
                if words.is_empty() {
                    words.push(String::new());
                }
                depth += 1;
            }
            TokenKind::Symbol if text == ")" => depth = depth.saturating_sub(1),
            TokenKind::Word if depth == 0 => words.push(text.to_ascii_uppercase()),
            _ if words.is_empty() => words.push(text.to_owned()),
            _ => {}
        }
    }
    words
}

/// The words of a statement, bare or quoted, in small letters: names of tables are among them.
pub fn words(sql: &str) -> Vec<String> {
    let of_names = |kind| matches!(kind, TokenKind::Word | TokenKind::Quoted);
    tokens(sql)
        .into_iter()
        .filter(|token| of_names(token.kind()))
        .filter_map(|token| sql.get(token.range()))
        .map(|word| word.trim_matches('"').replace("\"\"", "\"").to_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, &str>) {
        assert_eq!(
            one_select(text),
            expected.map_err(str::to_owned),
            "of {text}"
        );
    }

    #[test]
    fn every_form_of_a_select_is_taken() {
        for text in [
            "SELECT 1",
            "select 1",
            "WITH a AS (SELECT 1) SELECT * FROM a",
            "FROM t",
            "(SELECT 1) UNION (SELECT 2)",
            "VALUES (1)",
            "TABLE t",
            "SELECT \"update\" FROM \"delete\"",
            "SELECT ';' AS x",
        ] {
            check(text, Ok(text));
        }
        check("-- why\nSELECT 1;\n-- end", Ok("-- why\nSELECT 1"));
    }

    #[test]
    fn a_text_without_a_statement_is_told_as_such() {
        check("", Err("There is no statement yet"));
        check(" \n\t", Err("There is no statement yet"));
        let comments = "There are only comments, and no statement";
        check("-- SELECT 1", Err(comments));
        check("/* SELECT 1 */ ;", Err(comments));
    }

    #[test]
    fn several_statements_are_counted() {
        check(
            "SELECT 1; SELECT 2",
            Err("There are 2 statements: an answer is one SELECT"),
        );
        check(
            "SELECT 1; DROP TABLE t",
            Err("There are 2 statements: an answer is one SELECT"),
        );
    }

    #[test]
    fn what_changes_something_is_named() {
        check(
            "DELETE FROM t",
            Err("DELETE changes the data: an answer is one SELECT"),
        );
        check(
            "create table x as select 1",
            Err("CREATE changes the data: an answer is one SELECT"),
        );
        check(
            "WITH a AS (SELECT 1) DELETE FROM t",
            Err("DELETE changes the data: an answer is one SELECT"),
        );
        check(
            "PRAGMA database_list",
            Err("An answer is one SELECT; this begins with PRAGMA"),
        );
        check(
            "EXPLAIN SELECT 1",
            Err("An answer is one SELECT; this begins with EXPLAIN"),
        );
        check("42", Err("An answer is one SELECT; this begins with 42"));
    }

    #[test]
    fn words_are_names_without_their_quotes() {
        assert_eq!(
            words("SELECT \"A b\", c FROM T -- d\n WHERE x = 'e'"),
            ["select", "a b", "c", "from", "t", "where", "x"]
        );
    }
}
