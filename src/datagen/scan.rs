//! Reads an SQL expression of a recipe just far enough: text, literals, names and macros.

/// A piece of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Anything that is neither of the others, literals and quoted names included.
    Text(String),
    /// A bare name. `after_dot`: it follows a dot; `before_paren`: it calls a function.
    Name {
        text: String,
        after_dot: bool,
        before_paren: bool,
    },
    /// `@name` or `@name(args)`; arguments are unread SQL.
    Macro { name: String, args: Vec<String> },
}

/// Splits an expression into pieces, or says what cannot be read.
pub fn scan(sql: &str) -> Result<Vec<Piece>, String> {
    let chars: Vec<char> = sql.chars().collect();
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        match c {
            '\'' | '"' => {
                let end = end_of_quote(&chars, at)
                    .ok_or_else(|| format!("the text after {c} is not closed"))?;
                text.extend(&chars[at..end]);
                at = end;
            }
            '@' => {
                let start = at + 1;
                let end = end_of_name(&chars, start);
                if end == start {
                    return Err("a single @ is no macro".to_owned());
                }
                let name: String = chars[start..end].iter().collect();
                let (args, end) =
                    arguments(&chars, end).map_err(|err| format!("@{name}: {err}"))?;
                flush(&mut text, &mut pieces);
                pieces.push(Piece::Macro { name, args });
                at = end;
            }
            c if c.is_alphabetic() || c == '_' => {
                let end = end_of_name(&chars, at);
                let after_dot = at > 0 && chars[at - 1] == '.';
                flush(&mut text, &mut pieces);
                pieces.push(Piece::Name {
                    text: chars[at..end].iter().collect(),
                    after_dot,
                    before_paren: chars[end..]
                        .iter()
                        .find(|c| !c.is_whitespace())
                        .is_some_and(|&c| c == '('),
                });
                at = end;
            }
            c => {
                text.push(c);
                at += 1;
                // `1e5` and `0x1f` are numbers, not names.
                if c.is_ascii_digit() {
                    let end = end_of_name(&chars, at);
                    text.extend(&chars[at..end]);
                    at = end;
                }
            }
        }
    }
    flush(&mut text, &mut pieces);
    Ok(pieces)
}

/// Splits at a separator that stands outside quotes and brackets.
pub fn split_top(sql: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_i32;
    let mut quote = None;
    for c in sql.chars() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, c) if c == separator && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts.iter().map(|p| p.trim().to_owned()).collect()
}

fn flush(text: &mut String, pieces: &mut Vec<Piece>) {
    if !text.is_empty() {
        pieces.push(Piece::Text(std::mem::take(text)));
    }
}

fn end_of_name(chars: &[char], from: usize) -> usize {
    from + chars[from.min(chars.len())..]
        .iter()
        .take_while(|c| c.is_alphanumeric() || **c == '_')
        .count()
}

/// The index behind the closing quote; a doubled quote is part of the text.
fn end_of_quote(chars: &[char], from: usize) -> Option<usize> {
    let quote = chars[from];
    let mut at = from + 1;
    while at < chars.len() {
        if chars[at] == quote {
            if chars.get(at + 1) != Some(&quote) {
                return Some(at + 1);
            }
            at += 1;
        }
        at += 1;
    }
    None
}

/// The arguments in brackets directly behind a macro's name, and the index behind them.
fn arguments(chars: &[char], from: usize) -> Result<(Vec<String>, usize), String> {
    if chars.get(from) != Some(&'(') {
        return Ok((Vec::new(), from));
    }
    let mut depth = 0_i32;
    let mut at = from;
    while let Some(&c) = chars.get(at) {
        match c {
            '\'' | '"' => {
                at = end_of_quote(chars, at)
                    .ok_or_else(|| format!("the text after {c} is not closed"))?;
                continue;
            }
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            let inner: String = chars[from + 1..at - 1].iter().collect();
            let args = if inner.trim().is_empty() {
                Vec::new()
            } else {
                split_top(&inner, ',')
            };
            return Ok((args, at));
        }
    }
    Err("the bracket is not closed".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_macros(sql: &str, expected: &[(&str, &[&str])]) {
        let found: Vec<(String, Vec<String>)> = scan(sql)
            .expect("readable")
            .into_iter()
            .filter_map(|p| match p {
                Piece::Macro { name, args } => Some((name, args)),
                _ => None,
            })
            .collect();
        let expected: Vec<(String, Vec<String>)> = expected
            .iter()
            .map(|(n, a)| ((*n).to_owned(), a.iter().map(|s| (*s).to_owned()).collect()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn arguments_split_at_commas_outside_brackets_and_quotes() {
        check_macros(
            "1 + @int(1, least(2, 3))",
            &[("int", &["1", "least(2, 3)"])],
        );
        check_macros(
            "@pick(1: 'a,b', 2: 'c)')",
            &[("pick", &["1: 'a,b'", "2: 'c)'"])],
        );
        check_macros("@row", &[("row", &[])]);
    }

    #[test]
    fn an_at_sign_in_a_text_is_no_macro() {
        check_macros("'a@example.com' || @u", &[("u", &[])]);
    }

    #[test]
    fn unclosed_brackets_and_quotes_are_refused() {
        assert!(scan("@int(1, 2").is_err());
        assert!(scan("'abc").is_err());
        assert!(scan("a @ b").is_err());
    }

    #[test]
    fn numbers_with_letters_are_not_names() {
        let names = scan("1e5 + x2").expect("readable");
        assert_eq!(
            names
                .iter()
                .filter(|p| matches!(p, Piece::Name { .. }))
                .count(),
            1
        );
    }
}
