//! Tokens → statements, one at a time.
//!
//! A statement ends at its delimiter, at a line that says `GO`, or where the next statement
//! plainly begins, so that a forgotten semicolon or bracket costs one statement and not the file.

use super::lex::{Kind, Lexer, Token};

/// One statement with the comments around it.
#[derive(Debug)]
pub(super) struct Statement {
    /// Without comments.
    pub tokens: Vec<Token>,
    /// Above, inside and behind the statement, on its last line at most.
    pub comments: Vec<Token>,
    /// The line of the first token, 1-based.
    pub line: usize,
    /// The first words in capitals, at most sixteen.
    pub head: Vec<String>,
}

/// Tokens kept of a statement that is not schema: nobody reads its data.
const TOKENS_KEPT_OF_OTHERS: usize = 64;
const HEAD_WORDS: usize = 16;

pub(super) struct Splitter<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    delimiter: String,
}

impl<'a> Splitter<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            lexer: Lexer::new(text),
            delimiter: ";".to_owned(),
        }
    }

    fn source(&self, token: &Token) -> &'a str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }

    /// Passes over what stands between statements: psql's `\commands`, DELIMITER, `/`, `GO`.
    fn skip_client_lines(&mut self) {
        loop {
            self.lexer.skip_white_space();
            let rest = self.lexer.rest();
            let line = rest.lines().next().unwrap_or_default().trim();
            let word = line.split_whitespace().next().unwrap_or_default();
            if rest.starts_with('\\')
                || (self.lexer.is_on_fresh_line() && line == "/")
                || is_go(line)
            {
                self.lexer.skip_line();
            } else if word.eq_ignore_ascii_case("delimiter") {
                let line = self.lexer.skip_line();
                if let Some(delimiter) = line.split_whitespace().nth(1) {
                    delimiter.clone_into(&mut self.delimiter);
                }
            } else if rest.starts_with(&self.delimiter) {
                self.lexer.skip_bytes(self.delimiter.len());
            } else {
                return;
            }
        }
    }

    /// Whether a delimiter ends the statement here; passes over it.
    fn at_delimiter(&mut self, open_blocks: usize) -> bool {
        self.lexer.skip_white_space();
        let rest = self.lexer.rest();
        if rest.starts_with(&self.delimiter) && (open_blocks == 0 || self.delimiter != ";") {
            self.lexer.skip_bytes(self.delimiter.len());
            return true;
        }
        if !self.lexer.is_on_fresh_line() {
            return false;
        }
        let line = rest.lines().next().unwrap_or_default().trim();
        if is_go(line) || (line == "/" && open_blocks > 0) {
            self.lexer.skip_line();
            return true;
        }
        false
    }

    /// Rows of `COPY … FROM stdin` end at a line `\.`; without one they run to the end.
    fn skip_copied_rows(&mut self) {
        self.lexer.skip_line();
        while !self.lexer.rest().is_empty() {
            if self.lexer.skip_line() == "\\." {
                return;
            }
        }
    }

    fn comment_behind(&mut self) -> Option<Token> {
        let mut ahead = self.lexer.clone();
        let line = ahead.line();
        let token = ahead.next()?;
        if token.kind != Kind::Comment || token.line != line || token.first_on_line {
            return None;
        }
        self.lexer = ahead;
        Some(token)
    }
}

impl Iterator for Splitter<'_> {
    type Item = Statement;

    fn next(&mut self) -> Option<Statement> {
        self.lexer.strings_stay_in_statement = false;
        let mut statement = Statement {
            tokens: Vec::new(),
            comments: Vec::new(),
            line: 0,
            head: Vec::new(),
        };
        let mut blocks = Blocks::default();
        loop {
            if statement.tokens.is_empty() {
                self.skip_client_lines();
            } else if self.at_delimiter(blocks.open) {
                statement.comments.extend(self.comment_behind());
                break;
            } else if self.next_statement_begins(&statement) {
                break;
            }
            let Some(token) = self.lexer.next() else {
                break;
            };
            if token.kind == Kind::Comment {
                statement.comments.push(token);
                continue;
            }
            self.take(&mut statement, token);
            if is_routine(&statement.head) && token.kind == Kind::Word {
                blocks.see(self.source(&token));
            }
        }
        if statement.head.first().is_some_and(|w| w == "COPY") && self.copies_from_stdin(&statement)
        {
            self.skip_copied_rows();
        }
        (!statement.tokens.is_empty()).then_some(statement)
    }
}

impl Splitter<'_> {
    fn take(&mut self, statement: &mut Statement, token: Token) {
        if statement.tokens.is_empty() {
            statement.line = token.line;
        }
        if statement.head.len() < HEAD_WORDS
            && statement.head.len() == statement.tokens.len()
            && token.kind != Kind::Text
        {
            statement
                .head
                .push(self.source(&token).to_ascii_uppercase());
            self.lexer.strings_stay_in_statement = is_schema(&statement.head);
        }
        if is_schema(&statement.head) || statement.tokens.len() < TOKENS_KEPT_OF_OTHERS {
            statement.tokens.push(token);
        }
    }

    fn copies_from_stdin(&self, statement: &Statement) -> bool {
        statement
            .tokens
            .iter()
            .any(|t| self.source(t).eq_ignore_ascii_case("stdin"))
    }

    /// Whether the line that starts here opens another statement, although this one is not over.
    ///
    /// Bodies of routines hold whole statements, so there only a line without indent counts,
    /// behind a semicolon.
    fn next_statement_begins(&self, statement: &Statement) -> bool {
        if !self.lexer.is_on_fresh_line() {
            return false;
        }
        let rest = self.lexer.rest();
        if !starts_with_any(rest, &["create", "alter", "insert", "drop", "comment"]) {
            return false;
        }
        let words: Vec<String> = rest
            .lines()
            .next()
            .unwrap_or_default()
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|w| !w.is_empty())
            .take(2)
            .map(str::to_ascii_uppercase)
            .collect();
        let opens = match words.as_slice() {
            [first, second] if first == "CREATE" => CREATED.contains(&second.as_str()),
            [first, second] => matches!(
                (first.as_str(), second.as_str()),
                ("ALTER" | "DROP", "TABLE") | ("INSERT", "INTO") | ("COMMENT", "ON")
            ),
            _ => false,
        };
        if !opens {
            return false;
        }
        if !is_routine(&statement.head) {
            return true;
        }
        let before = self
            .text
            .get(..self.text.len() - rest.len())
            .unwrap_or_default();
        let unindented = before.is_empty() || before.ends_with('\n');
        unindented
            && statement
                .tokens
                .last()
                .is_some_and(|t| self.source(t) == ";")
    }
}

/// Words that may follow CREATE at the start of a statement.
const CREATED: &[&str] = &[
    "TABLE",
    "VIEW",
    "INDEX",
    "UNIQUE",
    "OR",
    "TEMP",
    "TEMPORARY",
    "MATERIALIZED",
    "TYPE",
    "EXTERNAL",
    "FUNCTION",
    "PROCEDURE",
    "TRIGGER",
    "SEQUENCE",
    "SCHEMA",
    "DATABASE",
    "EXTENSION",
    "GLOBAL",
    "LOCAL",
    "UNLOGGED",
    "TRANSIENT",
    "CLUSTERED",
    "NONCLUSTERED",
    "FULLTEXT",
    "DOMAIN",
    "FOREIGN",
];

fn starts_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    })
}

fn is_go(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words
        .next()
        .is_some_and(|w| w.trim_end_matches(';').eq_ignore_ascii_case("go"))
        && words.all(|w| w.chars().all(|c| c.is_ascii_digit()))
}

fn created(head: &[String]) -> Option<&str> {
    if head.first().is_none_or(|w| w != "CREATE") {
        return None;
    }
    head.iter()
        .skip(1)
        .map(String::as_str)
        .find(|w| OBJECTS.contains(w))
}

const OBJECTS: &[&str] = &[
    "TABLE",
    "VIEW",
    "INDEX",
    "TYPE",
    "DOMAIN",
    "FUNCTION",
    "PROCEDURE",
    "PROC",
    "TRIGGER",
    "PACKAGE",
    "EVENT",
];

/// Statements whose body may hold semicolons.
fn is_routine(head: &[String]) -> bool {
    matches!(
        created(head),
        Some("FUNCTION" | "PROCEDURE" | "PROC" | "TRIGGER" | "PACKAGE" | "EVENT")
    ) || (head.first().is_some_and(|w| w == "DECLARE"))
        || (head.first().is_some_and(|w| w == "CREATE")
            && head.iter().any(|w| w == "DEFINER")
            && created(head).is_none())
}

/// Whether the reader wants every token of a statement that begins so.
fn is_schema(head: &[String]) -> bool {
    match head.first().map(String::as_str) {
        Some("CREATE") => !is_routine(head),
        Some("ALTER" | "COMMENT" | "DROP") => true,
        _ => false,
    }
}

/// Counts BEGIN … END in the body of a routine.
#[derive(Default)]
struct Blocks {
    open: usize,
    after_end: bool,
}

impl Blocks {
    fn see(&mut self, word: &str) {
        let word = word.to_ascii_uppercase();
        let closes_other = matches!(word.as_str(), "IF" | "LOOP" | "WHILE" | "REPEAT" | "FOR");
        if self.after_end && closes_other {
            // END IF closes an IF, which was never counted: take the END back.
            self.open += 1;
        } else if matches!(word.as_str(), "BEGIN" | "CASE") && !(self.after_end && word == "CASE") {
            self.open += 1;
        }
        self.after_end = word == "END";
        if self.after_end {
            self.open = self.open.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &str)]) {
        let found: Vec<(usize, String)> = Splitter::new(text)
            .map(|s| {
                (
                    s.line,
                    s.head.iter().take(3).cloned().collect::<Vec<_>>().join(" "),
                )
            })
            .collect();
        let expected: Vec<(usize, String)> = expected
            .iter()
            .map(|(l, s)| (*l, (*s).to_owned()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn semicolons_end_statements() {
        check("a b;\n\nc ';' d;e", &[(1, "A B"), (3, "C"), (3, "E")]);
        check(";;;", &[]);
        check("", &[]);
    }

    #[test]
    fn a_forgotten_semicolon_costs_nothing() {
        check(
            "CREATE TABLE a (x INT)\nCREATE TABLE b (y INT)",
            &[(1, "CREATE TABLE A"), (2, "CREATE TABLE B")],
        );
        check(
            "CREATE TABLE a (x INT,\nCREATE TABLE b (y INT);",
            &[(1, "CREATE TABLE A"), (2, "CREATE TABLE B")],
        );
    }

    #[test]
    fn an_unclosed_string_ends_with_its_statement() {
        check(
            "CREATE TABLE a (x TEXT DEFAULT 'oops);\nCREATE TABLE b (y TEXT DEFAULT 'z');",
            &[(1, "CREATE TABLE A"), (2, "CREATE TABLE B")],
        );
    }

    #[test]
    fn copied_rows_are_no_statements() {
        check(
            "COPY t (a) FROM stdin;\n1;2\n'\n\\.\n\nSELECT 1;",
            &[(1, "COPY T ("), (6, "SELECT 1")],
        );
    }

    #[test]
    fn routines_keep_their_semicolons() {
        check(
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET x = 1; END;\nSELECT 1",
            &[(1, "CREATE TRIGGER T"), (2, "SELECT 1")],
        );
        check(
            "CREATE FUNCTION f() RETURNS x AS $$ BEGIN; END; $$ LANGUAGE sql;\nSELECT 1",
            &[(1, "CREATE FUNCTION F"), (2, "SELECT 1")],
        );
        check(
            "DELIMITER //\nCREATE PROCEDURE p() BEGIN a; b; END //\nDELIMITER ;\nSELECT 1;",
            &[(2, "CREATE PROCEDURE P"), (4, "SELECT 1")],
        );
        check(
            "CREATE PROCEDURE p() BEGIN IF a THEN b; END IF; SELECT CASE WHEN 1 THEN 2 END; END;\nX",
            &[(1, "CREATE PROCEDURE P"), (2, "X")],
        );
    }

    #[test]
    fn go_lines_and_psql_commands_are_not_sql() {
        check(
            "SELECT 1\nGO\nSELECT 2\ngo 5\n",
            &[(1, "SELECT 1"), (3, "SELECT 2")],
        );
        check("\\connect x\nSELECT 1;", &[(2, "SELECT 1")]);
    }

    #[test]
    fn comments_go_with_their_statement() {
        let statements: Vec<Statement> =
            Splitter::new("-- above\nSELECT 1; -- behind\n-- next\nSELECT 2;").collect();
        let counts: Vec<usize> = statements.iter().map(|s| s.comments.len()).collect();
        assert_eq!(counts, [2, 1]);
    }
}
