//! What a statement has and another has not.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::ddl::{TokenKind, tokens};

/// Bytes of the words of `sql` that `other` does not have at that place; neighbours together.
///
/// Words compare without case; comments and white space do not count.
pub fn only_here(sql: &str, other: &str) -> Vec<Range<usize>> {
    let (here, there) = (words(sql), words(other));
    let texts = |words: &[(Range<usize>, String)]| -> Vec<String> {
        words.iter().map(|(_, text)| text.clone()).collect()
    };
    let ops = capture_diff_slices(Algorithm::Patience, &texts(&there), &texts(&here));
    let mut marks: Vec<Range<usize>> = Vec::new();
    for op in ops {
        let (DiffOp::Insert {
            new_index, new_len, ..
        }
        | DiffOp::Replace {
            new_index, new_len, ..
        }) = op
        else {
            continue;
        };
        let part = here.get(new_index..new_index + new_len).unwrap_or_default();
        for (range, _) in part {
            match marks.last_mut() {
                // Only over blanks: a mark over line ends would look torn.
                Some(last) if is_blank(sql, last.end..range.start) => last.end = range.end,
                _ => marks.push(range.clone()),
            }
        }
    }
    marks
}

fn words(sql: &str) -> Vec<(Range<usize>, String)> {
    tokens(sql)
        .into_iter()
        .filter(|token| token.kind() != TokenKind::Comment)
        .map(|token| {
            let text = sql.get(token.range()).unwrap_or_default();
            let text = if token.is_word() {
                text.to_lowercase()
            } else {
                text.to_owned()
            };
            (token.range(), text)
        })
        .collect()
}

fn is_blank(sql: &str, range: Range<usize>) -> bool {
    sql.get(range)
        .is_some_and(|gap| gap.chars().all(|c| c == ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, other: &str, expected: &[&str]) {
        let marks = only_here(sql, other);
        let texts: Vec<&str> = marks.into_iter().map(|m| &sql[m]).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn a_join_stands_out_against_the_copy() {
        check(
            "SELECT p.id, u.name FROM posts p JOIN users u ON u.id = p.user_id",
            "SELECT p.id, p.name FROM posts p",
            &["u", "JOIN users u ON u.id = p.user_id"],
        );
        check(
            "SELECT p.id, p.name FROM posts p",
            "SELECT p.id, u.name FROM posts p JOIN users u ON u.id = p.user_id",
            &["p"],
        );
    }

    #[test]
    fn case_white_space_and_comments_make_no_difference() {
        check("select  a\nfrom t -- all", "SELECT a FROM t", &[]);
    }

    #[test]
    fn texts_count_letter_by_letter() {
        check("SELECT 'a'", "SELECT 'A'", &["'a'"]);
    }
}
