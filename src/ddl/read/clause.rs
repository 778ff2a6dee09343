//! A run of tokens, and the questions a reader asks about it.

use super::lex::{Kind, Token, unquote};

/// Tokens of one statement or of a part of it, together with the text they stand in.
#[derive(Clone, Copy)]
pub(super) struct Clause<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
}

impl<'a> Clause<'a> {
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The line it starts on, 1-based; 0 when it is empty.
    pub fn line(&self) -> usize {
        self.tokens.first().map_or(0, |t| t.line)
    }

    pub fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// The token as written; empty behind the end.
    pub fn source(&self, at: usize) -> &'a str {
        self.token(at)
            .and_then(|t| self.text.get(t.start..t.end))
            .unwrap_or_default()
    }

    /// Whether the bare words stand here, in any case.
    pub fn says(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, word)| {
            self.token(at + i)
                .is_some_and(|t| t.kind != Kind::Quoted && t.kind != Kind::Text)
                && self.source(at + i).eq_ignore_ascii_case(word)
        })
    }

    pub fn says_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.says(at, &[word]))
    }

    /// The name at this place without its quotes, if a name can stand here.
    pub fn name(&self, at: usize) -> Option<String> {
        let token = self.token(at)?;
        match token.kind {
            Kind::Word => Some(self.source(at).to_owned()),
            Kind::Quoted => Some(unquote(self.source(at), false)),
            _ => None,
        }
    }

    /// The meaning of a string, word or number.
    pub fn value(&self, at: usize) -> Option<String> {
        let token = self.token(at)?;
        match token.kind {
            Kind::Text => Some(unquote(self.source(at), token.has_escapes)),
            Kind::Number => Some(self.source(at).to_owned()),
            _ => self.name(at),
        }
    }

    /// A dotted name and the place behind it.
    pub fn path(&self, at: usize) -> Option<(Vec<String>, usize)> {
        let mut path = split_name(self.name(at)?);
        let mut next = at + 1;
        while self.source(next) == "." {
            // `db..table` of SQL Server leaves the schema out.
            if let Some(name) = self.name(next + 1) {
                path.extend(split_name(name));
                next += 1;
            }
            next += 1;
        }
        Some((path, next))
    }

    pub fn from(&self, start: usize) -> Clause<'a> {
        self.range(start, self.len())
    }

    pub fn range(&self, start: usize, end: usize) -> Clause<'a> {
        Clause {
            text: self.text,
            tokens: self.tokens.get(start..end.max(start)).unwrap_or_default(),
        }
    }

    /// The place of the bracket that closes the one at `open`.
    pub fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for at in open..self.len() {
            match self.source(at) {
                "(" => depth += 1,
                ")" => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// What stands inside the brackets that open here, and the place behind them.
    pub fn brackets(&self, open: usize) -> Option<(Clause<'a>, usize)> {
        if self.source(open) != "(" {
            return None;
        }
        let close = self.closing(open)?;
        Some((self.range(open + 1, close), close + 1))
    }

    /// The parts between commas, leaving commas inside brackets and `MAP<a, b>` alone.
    pub fn list(&self) -> Vec<Clause<'a>> {
        let mut parts = Vec::new();
        let mut start = 0;
        let mut depth = Depth::default();
        for at in 0..self.len() {
            depth.see(self, at);
            if depth.is_outside() && self.source(at) == "," {
                parts.push(self.range(start, at));
                start = at + 1;
            }
        }
        parts.push(self.from(start));
        parts
    }

    /// The first place outside brackets where the words stand.
    pub fn find(&self, words: &[&str]) -> Option<usize> {
        let mut depth = Depth::default();
        (0..self.len()).find(|at| {
            depth.see(self, *at);
            depth.is_outside() && self.says(*at, words)
        })
    }

    /// As written, from the first to the last token, with the comments between them.
    pub fn as_written(&self) -> &'a str {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => self.text.get(first.start..last.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// As written but without comments, each gap one space.
    pub fn to_sql(self) -> String {
        self.render(|clause, at| clause.source(at).to_owned(), " ")
    }

    /// Token by token, keeping the lines: comments and gaps become white space.
    pub fn render_lines(&self, write: impl Fn(&Clause<'a>, usize) -> String) -> String {
        self.render(write, "\n")
    }

    fn render(&self, write: impl Fn(&Clause<'a>, usize) -> String, newline: &str) -> String {
        let mut sql = String::new();
        let mut end = self.tokens.first().map_or(0, |t| t.start);
        for (at, token) in self.tokens.iter().enumerate() {
            let gap = self.text.get(end..token.start).unwrap_or_default();
            let lines = gap.bytes().filter(|b| *b == b'\n').count();
            if lines > 0 && newline == "\n" {
                sql.push_str(&newline.repeat(lines));
            } else if !gap.is_empty() {
                sql.push(' ');
            }
            sql.push_str(&write(self, at));
            end = token.end;
        }
        sql
    }
}

/// BigQuery puts a whole path in one pair of quotes: `` `project.data.table` ``.
pub(super) fn split_name(name: String) -> Vec<String> {
    let parts: Vec<String> = name.split('.').map(str::to_owned).collect();
    if parts.iter().any(String::is_empty) {
        vec![name]
    } else {
        parts
    }
}

/// How deep in brackets a walk over tokens is.
#[derive(Default)]
struct Depth {
    round: usize,
    angle: usize,
}

impl Depth {
    fn is_outside(&self) -> bool {
        self.round == 0 && self.angle == 0
    }

    fn see(&mut self, clause: &Clause<'_>, at: usize) {
        match clause.source(at) {
            "(" | "[" | "{" => self.round += 1,
            ")" | "]" | "}" => self.round = self.round.saturating_sub(1),
            "<" if self.angle > 0 || opens_type(clause, at) => self.angle += 1,
            ">" => self.angle = self.angle.saturating_sub(1),
            _ => {}
        }
    }
}

fn opens_type(clause: &Clause<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        clause.says_any(
            before,
            &[
                "map", "struct", "array", "list", "set", "row", "tuple", "frozen", "vector",
            ],
        )
    })
}
