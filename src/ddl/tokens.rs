//! SQL text as tokens with their place, however broken it is: for colours and parameters.

use std::ops::Range;

use super::read::lex::{Kind, Lexer};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A bare word: a keyword or a name.
    Word,
    Number,
    /// A quoted name.
    Quoted,
    /// A text literal.
    Text,
    Symbol,
    Comment,
}

/// A token and its bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    kind: TokenKind,
    range: Range<usize>,
}

impl Token {
    pub fn kind(&self) -> TokenKind {
        self.kind
    }

    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }
}

/// All tokens of a text; never fails.
pub fn tokens(sql: &str) -> Vec<Token> {
    Lexer::new(sql)
        .map(|token| Token {
            kind: match token.kind {
                Kind::Word => TokenKind::Word,
                Kind::Number => TokenKind::Number,
                Kind::Quoted => TokenKind::Quoted,
                Kind::Text => TokenKind::Text,
                Kind::Symbol => TokenKind::Symbol,
                Kind::Comment => TokenKind::Comment,
            },
            range: token.start..token.end,
        })
        .collect()
}

/// The statements of a text that is well formed: its parts between semicolons, without those that
/// say nothing.
pub fn statements(sql: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut says_something = false;
    for token in tokens(sql) {
        if sql.get(token.range()) == Some(";") {
            if says_something {
                found.extend(sql.get(start..token.range().start).map(str::trim));
            }
            start = token.range().end;
            says_something = false;
        } else {
            says_something |= token.kind() != TokenKind::Comment;
        }
    }
    if says_something {
        found.extend(sql.get(start..).map(str::trim));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_end_at_semicolons_outside_of_texts_and_comments() {
        assert_eq!(
            statements("SELECT ';' AS a; -- b;\n; UPDATE t SET x = 1 ;\n-- the end"),
            ["SELECT ';' AS a", "UPDATE t SET x = 1"]
        );
        assert_eq!(statements(" ; "), Vec::<&str>::new());
    }
}
