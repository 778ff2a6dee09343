//! Colours for SQL, from the tokens of the DDL reader.

use std::ops::Range;

use sqlparser::keywords::ALL_KEYWORDS;

use crate::ddl::{TokenKind, tokens};
use crate::ui_kit::code::CodeClass;

/// Words SQL knows but nobody reads as keywords: they are common column names.
const PLAIN_WORDS: [&str; 16] = [
    "NAME",
    "TYPE",
    "STATUS",
    "TITLE",
    "POSITION",
    "SEASON",
    "SCORE",
    "VALUE",
    "DT",
    "ID",
    "KEY",
    "ROLE",
    "REGION",
    "CONTENT",
    "SESSION_ID",
    "LOCALE",
];

/// Splits SQL into coloured ranges, however broken it is.
pub fn highlight_sql(sql: &str) -> Vec<(Range<usize>, CodeClass)> {
    let tokens = tokens(sql);
    let mut ranges = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        let range = token.range();
        let Some(text) = sql.get(range.clone()) else {
            continue;
        };
        let class = match token.kind() {
            TokenKind::Comment => CodeClass::Comment,
            TokenKind::Text => CodeClass::Text,
            TokenKind::Number => CodeClass::Number,
            TokenKind::Word => {
                let after = sql.get(range.end..).unwrap_or_default();
                let behind_dollar = index > 0
                    && tokens.get(index - 1).is_some_and(|before| {
                        before.range().end == range.start && sql.get(before.range()) == Some("$")
                    });
                word_class(text, after, behind_dollar)
            }
            TokenKind::Symbol if text == "$" => CodeClass::Parameter,
            TokenKind::Quoted | TokenKind::Symbol => CodeClass::Plain,
        };
        ranges.push((range, class));
    }
    ranges
}

fn word_class(word: &str, after: &str, behind_dollar: bool) -> CodeClass {
    if behind_dollar {
        return CodeClass::Parameter;
    }
    let upper = word.to_ascii_uppercase();
    let is_keyword = ALL_KEYWORDS.binary_search(&upper.as_str()).is_ok()
        && !PLAIN_WORDS.contains(&upper.as_str());
    let calls = after.starts_with('(');
    match (is_keyword, calls) {
        // `count(` is a function, `IN (` and `AS (` are not.
        (_, true) => CodeClass::Function,
        // A keyword in small letters is one only where it cannot be a name.
        (true, false) => CodeClass::Keyword,
        (false, false) => CodeClass::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, piece: &str, expected: CodeClass) {
        let at = sql.find(piece).expect("piece is in the text");
        let class = highlight_sql(sql)
            .into_iter()
            .find(|(range, _)| range.contains(&at))
            .map_or(CodeClass::Plain, |(_, class)| class);
        assert_eq!(class, expected, "{piece} in {sql}");
    }

    #[test]
    fn words_are_told_apart_by_what_stands_behind_them() {
        check("SELECT count(*) FROM t", "SELECT", CodeClass::Keyword);
        check("SELECT count(*) FROM t", "count", CodeClass::Function);
        check("SELECT title FROM t", "title", CodeClass::Plain);
        check("WHERE a = $profile", "profile", CodeClass::Parameter);
        check("WHERE a = 'x' -- why", "why", CodeClass::Comment);
        check("WHERE a = 'x'", "'x'", CodeClass::Text);
    }

    #[test]
    fn broken_text_still_has_colours() {
        check("SELECT 'unclosed", "SELECT", CodeClass::Keyword);
    }
}
