//! SQL text → tokens with their place, in any dialect and however broken.
//!
//! Only strings, quoted names, comments and words are told apart: enough to find where
//! statements and their clauses begin and end. Nothing is an error here. A quote that never
//! closes is a symbol, so that it cannot swallow the rest of a file.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ddl) enum Kind {
    Word,
    Number,
    /// `"name"`, `` `name` `` or `[name]`: the first character tells which.
    Quoted,
    /// `'text'` or `$$text$$`.
    Text,
    Symbol,
    Comment,
}

/// A token: what it is and where it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(in crate::ddl) struct Token {
    pub kind: Kind,
    /// Byte offsets into the whole text.
    pub start: usize,
    pub end: usize,
    /// 1-based.
    pub line: usize,
    /// Whether nothing but white space stands before it on its line.
    pub first_on_line: bool,
    /// Whether a backslash in this `'text'` takes away the meaning of the next character.
    pub has_escapes: bool,
}

/// Reads one token after another; cheap to hold, so a dump of any size needs no token list.
#[derive(Clone)]
pub(in crate::ddl) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    fresh_line: bool,
    backslash_escapes: bool,
    in_conditional: bool,
    /// Where a search for a closing mark ran to the end of the text in vain, per mark:
    /// keeps a text of many unclosed quotes from being read again and again.
    hopeless: Vec<&'static str>,
    previous_end: usize,
    /// While set, a string that runs over a line starting with CREATE TABLE is taken as unclosed.
    pub strings_stay_in_statement: bool,
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
            fresh_line: true,
            backslash_escapes: escapes_with_backslash(text),
            in_conditional: false,
            hopeless: Vec::new(),
            previous_end: 0,
            strings_stay_in_statement: false,
        }
    }

    pub fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub fn line(&self) -> usize {
        self.line
    }

    pub fn is_on_fresh_line(&self) -> bool {
        self.fresh_line
    }

    /// Goes on after `length` bytes, whatever they are.
    pub fn skip_bytes(&mut self, length: usize) {
        let passed = self.rest().get(..length).unwrap_or(self.rest());
        self.advance(passed);
    }

    /// Goes on at the next line and returns what was left of this one.
    pub fn skip_line(&mut self) -> &'a str {
        let rest = self.rest();
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        self.advance(line);
        line.trim()
    }

    pub fn skip_white_space(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start_matches(is_blank).len();
            self.advance(rest.get(..blank).unwrap_or_default());
            if !self.skip_conditional_mark() {
                return;
            }
        }
    }

    /// `/*!40101 SET … */` of a MySQL dump is code: only its marks are passed over.
    fn skip_conditional_mark(&mut self) -> bool {
        let rest = self.rest();
        if self.in_conditional && rest.starts_with("*/") {
            self.in_conditional = false;
            self.skip_bytes(2);
            return true;
        }
        let Some(inside) = rest.strip_prefix("/*!") else {
            return false;
        };
        let digits = inside.len()
            - inside
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        self.in_conditional = true;
        self.skip_bytes(3 + digits);
        true
    }

    fn advance(&mut self, passed: &str) {
        self.at += passed.len();
        self.line += passed.bytes().filter(|b| *b == b'\n').count();
        match passed.rfind('\n') {
            Some(newline) => {
                let tail = passed.get(newline..).unwrap_or_default();
                self.fresh_line = tail.chars().all(is_blank);
            }
            None if !passed.chars().all(is_blank) => self.fresh_line = false,
            None => {}
        }
    }

    fn token(&mut self, kind: Kind, length: usize, has_escapes: bool) -> Token {
        let token = Token {
            kind,
            start: self.at,
            end: self.at + length,
            line: self.line,
            first_on_line: self.fresh_line,
            has_escapes,
        };
        self.skip_bytes(length);
        self.previous_end = token.end;
        token
    }

    fn comment_length(&mut self, rest: &str) -> Option<usize> {
        let to_line_end = || rest.find(['\n', '\r']).unwrap_or(rest.len());
        if rest.starts_with("--") {
            return Some(to_line_end());
        }
        if let Some(after) = rest.strip_prefix('#') {
            let is_comment = self.fresh_line || after.starts_with([' ', '\t', '#', '\n', '\r']);
            return is_comment.then(to_line_end);
        }
        rest.strip_prefix("/*")
            .and_then(|inside| self.find(inside, "*/"))
            .map(|end| end + 4)
    }

    fn find(&mut self, text: &str, mark: &'static str) -> Option<usize> {
        if self.hopeless.contains(&mark) {
            return None;
        }
        let found = text.find(mark);
        if found.is_none() {
            self.hopeless.push(mark);
        }
        found
    }

    fn string_length(&mut self, rest: &str, has_escapes: bool) -> Option<usize> {
        if self.hopeless.contains(&"'") {
            return None;
        }
        let Some(length) = closing_quote(rest, '\'', has_escapes) else {
            self.hopeless.push("'");
            return None;
        };
        let runs_over = self.strings_stay_in_statement
            && rest
                .get(..length)
                .is_some_and(|text| text.lines().skip(1).any(starts_a_table));
        (!runs_over).then_some(length)
    }

    fn quoted_length(&mut self, rest: &str, first: char) -> Option<usize> {
        match first {
            // A name never runs over lines; MySQL's "text" is short as well.
            '"' | '`' => {
                let line_end = rest.find('\n').unwrap_or(rest.len());
                closing_quote(
                    rest.get(..line_end)?,
                    first,
                    first == '"' && self.backslash_escapes,
                )
            }
            '[' => bracket_name(rest),
            _ => None,
        }
    }

    fn dollar_length(&mut self, rest: &str) -> Option<usize> {
        let tag_end = rest.get(1..)?.find('$')? + 2;
        let tag = rest.get(..tag_end)?;
        let is_tag = tag
            .trim_matches('$')
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_');
        let starts_with_digit = tag.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        if !is_tag || starts_with_digit || tag_end > 64 {
            return None;
        }
        let inside = rest.get(tag_end..)?;
        Some(tag_end + inside.find(tag)? + tag_end)
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_white_space();
        let rest = self.rest();
        let first = rest.chars().next()?;
        if let Some(length) = self.comment_length(rest) {
            return Some(self.token(Kind::Comment, length, false));
        }
        if first == '\'' {
            let escapes = self.backslash_escapes || self.follows_escape_prefix();
            if let Some(length) = self.string_length(rest, escapes) {
                return Some(self.token(Kind::Text, length, escapes));
            }
        }
        if let Some(length) = self.quoted_length(rest, first) {
            return Some(self.token(Kind::Quoted, length, false));
        }
        if first == '$'
            && let Some(length) = self.dollar_length(rest)
        {
            return Some(self.token(Kind::Text, length, false));
        }
        let (kind, length) = plain_token(rest, first);
        Some(self.token(kind, length, false))
    }
}

impl Lexer<'_> {
    /// PostgreSQL's `E'…'`.
    fn follows_escape_prefix(&self) -> bool {
        self.previous_end == self.at
            && self
                .text
                .get(..self.at)
                .and_then(|before| before.get(before.len().checked_sub(1)?..))
                .is_some_and(|letter| letter.eq_ignore_ascii_case("e"))
            && self.at.checked_sub(2).is_none_or(|two_before| {
                self.text
                    .as_bytes()
                    .get(two_before)
                    .is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'_')
            })
    }
}

fn plain_token(rest: &str, first: char) -> (Kind, usize) {
    let length_while =
        |belongs: fn(char) -> bool| rest.len() - rest.trim_start_matches(belongs).len();
    if first.is_ascii_digit() {
        let belongs = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
        (Kind::Number, length_while(belongs))
    } else if first.is_alphabetic() || matches!(first, '_' | '@' | '#') {
        let belongs = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '#');
        (Kind::Word, length_while(belongs))
    } else {
        (Kind::Symbol, first.len_utf8())
    }
}

/// White space and the marks editors leave behind: byte order mark, zero-width and NUL.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0')
}

/// The length of a quoted piece with both its quotes. A doubled quote stands for itself.
fn closing_quote(rest: &str, quote: char, has_escapes: bool) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && has_escapes {
            chars.next();
        } else if c == quote {
            match chars.peek() {
                Some((_, next)) if *next == quote => {
                    chars.next();
                }
                _ => return Some(at + c.len_utf8()),
            }
        }
    }
    None
}

/// `[name]` of SQL Server, but neither `[]`, `[3]` nor the list `['a', 'b']`.
fn bracket_name(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('[')?;
    let length = inside.find([']', '\n', '\'', ',', '('])?;
    let name = inside.get(..length)?;
    let closes = inside.get(length..)?.starts_with(']');
    let starts_like_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    (closes && starts_like_name).then_some(length + 2)
}

fn starts_a_table(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words
        .next()
        .is_some_and(|w| w.eq_ignore_ascii_case("create") || w.eq_ignore_ascii_case("alter"))
        && words
            .next()
            .is_some_and(|w| w.eq_ignore_ascii_case("table"))
}

/// Whether `\'` is a quote inside a string. Standard SQL says no, MySQL, BigQuery and Spark yes.
fn escapes_with_backslash(text: &str) -> bool {
    text.contains('\\')
        && (text.contains('`') || text.contains("ENGINE=") || text.contains("AUTO_INCREMENT"))
}

/// The meaning of a quoted name or text: without its quotes, escapes resolved.
pub(in crate::ddl) fn unquote(source: &str, has_escapes: bool) -> String {
    let Some(first) = source.chars().next() else {
        return String::new();
    };
    if first == '$' {
        let tag = source
            .get(1..)
            .and_then(|s| s.find('$'))
            .map_or(0, |at| at + 2);
        let end = source.len().saturating_sub(tag);
        return source.get(tag..end).unwrap_or_default().to_owned();
    }
    let inner = source
        .get(1..source.len().saturating_sub(1))
        .unwrap_or_default();
    let mut plain = String::with_capacity(inner.len());
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if has_escapes => plain.extend(chars.next().map(unescape)),
            _ if c == first && chars.peek() == Some(&first) => {
                chars.next();
                plain.push(c);
            }
            _ => plain.push(c),
        }
    }
    plain
}

fn unescape(c: char) -> char {
    match c {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(Kind, &str)]) {
        let found: Vec<(Kind, &str)> = Lexer::new(text)
            .map(|t| (t.kind, text.get(t.start..t.end).unwrap_or_default()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_numbers_and_symbols_come_apart() {
        check(
            "a_1 <> 2.5",
            &[
                (Kind::Word, "a_1"),
                (Kind::Symbol, "<"),
                (Kind::Symbol, ">"),
                (Kind::Number, "2.5"),
            ],
        );
    }

    #[test]
    fn a_semicolon_in_a_string_is_text() {
        check("'a;''b'", &[(Kind::Text, "'a;''b'")]);
        check("$x$ ; $$ $x$", &[(Kind::Text, "$x$ ; $$ $x$")]);
    }

    #[test]
    fn a_backslash_is_plain_text_outside_mysql() {
        check(r"'a\' b", &[(Kind::Text, r"'a\'"), (Kind::Word, "b")]);
        check(
            r"`c` 'a\' b'",
            &[(Kind::Quoted, "`c`"), (Kind::Text, r"'a\' b'")],
        );
        check(r"E'a\' b'", &[(Kind::Word, "E"), (Kind::Text, r"'a\' b'")]);
    }

    #[test]
    fn an_unclosed_quote_does_not_swallow_the_rest() {
        check(
            "'a ; b",
            &[
                (Kind::Symbol, "'"),
                (Kind::Word, "a"),
                (Kind::Symbol, ";"),
                (Kind::Word, "b"),
            ],
        );
    }

    #[test]
    fn brackets_are_names_only_around_a_name() {
        check(
            "[my name] int[3]",
            &[
                (Kind::Quoted, "[my name]"),
                (Kind::Word, "int"),
                (Kind::Symbol, "["),
                (Kind::Number, "3"),
                (Kind::Symbol, "]"),
            ],
        );
    }

    #[test]
    fn the_inside_of_a_conditional_comment_is_code() {
        check(
            "/*!40101 SET x */; /* no */",
            &[
                (Kind::Word, "SET"),
                (Kind::Word, "x"),
                (Kind::Symbol, ";"),
                (Kind::Comment, "/* no */"),
            ],
        );
    }

    #[test]
    fn tokens_know_their_line() {
        let lines: Vec<usize> = Lexer::new("a\n'x\ny' b\r\nc").map(|t| t.line).collect();
        assert_eq!(lines, [1, 2, 3, 4]);
    }

    #[test]
    fn unquoting_resolves_doubled_quotes_and_escapes() {
        assert_eq!(unquote("'it''s'", false), "it's");
        assert_eq!(unquote(r"'it\'s\n'", true), "it's\n");
        assert_eq!(unquote("[a b]", false), "a b");
        assert_eq!(unquote("$q$it's$q$", false), "it's");
        assert_eq!(unquote("'", false), "");
    }
}
