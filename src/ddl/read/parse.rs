//! One piece of SQL → its syntax tree, by the first dialect that understands it.

use sqlparser::ast::{Expr, Query, Statement};
use sqlparser::dialect::{
    AnsiDialect, BigQueryDialect, ClickHouseDialect, DatabricksDialect, Dialect, DuckDbDialect,
    GenericDialect, HiveDialect, MsSqlDialect, MySqlDialect, OracleDialect, PostgreSqlDialect,
    RedshiftSqlDialect, SQLiteDialect, SnowflakeDialect, SparkSqlDialect,
};
use sqlparser::parser::{Parser, ParserError};

use super::clause::Clause;
use super::lex::{Kind, unquote};

const DIALECTS: &[&dyn Dialect] = &[
    &GenericDialect {},
    &PostgreSqlDialect {},
    &MySqlDialect {},
    &SQLiteDialect {},
    &MsSqlDialect {},
    &BigQueryDialect,
    &DatabricksDialect,
    &HiveDialect {},
    &DuckDbDialect {},
    &SnowflakeDialect,
    &SparkSqlDialect,
    &ClickHouseDialect {},
    &RedshiftSqlDialect {},
    &OracleDialect {},
    &AnsiDialect {},
];

/// Tokens in a row without a comma, at one depth of brackets.
///
/// A chain `a + a + a + …` becomes a tree as deep as it is long, and walking it takes stack:
/// a longer one is refused before it is parsed.
const LONGEST_CHAIN: usize = 1500;

/// Why nothing could be made of a piece of SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// 1-based, in the whole text.
    pub line: usize,
    pub message: String,
}

/// Reads `before` + the clause + `after` as one statement.
pub(super) fn statement(
    before: &str,
    clause: Clause<'_>,
    after: &str,
) -> Result<Statement, Failure> {
    with_dialects(before, clause, after, |parser| {
        let statement = parser.parse_statement()?;
        Ok(statement)
    })
}

/// Reads the clause as a query.
pub(super) fn query(clause: Clause<'_>) -> Result<Box<Query>, Failure> {
    with_dialects("", clause, "", |parser| parser.parse_query())
}

/// Reads the clause as an expression.
pub(super) fn expression(clause: Clause<'_>) -> Result<Expr, Failure> {
    with_dialects("", clause, "", |parser| parser.parse_expr())
}

fn with_dialects<T>(
    before: &str,
    clause: Clause<'_>,
    after: &str,
    parse: impl Fn(&mut Parser<'_>) -> Result<T, ParserError>,
) -> Result<T, Failure> {
    let line = clause.line();
    if longest_chain(clause) > LONGEST_CHAIN {
        return Err(Failure {
            line,
            message: format!(
                "more than {LONGEST_CHAIN} words in a row without a comma are too long to read"
            ),
        });
    }
    let mut furthest: Option<(usize, usize, String)> = None;
    for dialect in DIALECTS {
        let sql = format!("{before}{}{after}", render(clause, *dialect));
        let parsed = Parser::new(*dialect)
            .try_with_sql(&sql)
            .and_then(|mut parser| {
                let tree = parse(&mut parser)?;
                parser.expect_token(&sqlparser::tokenizer::Token::EOF)?;
                Ok(tree)
            });
        match parsed {
            Ok(tree) => return Ok(tree),
            Err(error) => {
                let (line, column, message) = place_of(&error);
                if furthest
                    .as_ref()
                    .is_none_or(|f| (line, column) > (f.0, f.1))
                {
                    furthest = Some((line, column, message));
                }
            }
        }
    }
    let (error_line, _, message) = furthest.unwrap_or((1, 0, "cannot be read".to_owned()));
    Err(Failure {
        line: line + error_line.saturating_sub(1),
        message,
    })
}

/// The clause in the quotes of the dialect, with the lines it had.
fn render(clause: Clause<'_>, dialect: &dyn Dialect) -> String {
    let quote = if dialect.is_delimited_identifier_start('"') {
        '"'
    } else {
        '`'
    };
    clause.render_lines(|clause, at| {
        let source = clause.source(at);
        let Some(token) = clause.token(at) else {
            return String::new();
        };
        match token.kind {
            Kind::Text if token.has_escapes && source.contains('\\') => {
                quote_text(&unquote(source, true), dialect)
            }
            Kind::Quoted if source.starts_with('[') && at == 1 => bracketed_type(source),
            Kind::Quoted if !source.starts_with('"') => {
                let name = unquote(source, false);
                let doubled = name.replace(quote, &format!("{quote}{quote}"));
                format!("{quote}{doubled}{quote}")
            }
            _ => source.to_owned(),
        }
    })
}

/// In `[price] [decimal](10, 2)` the second name is a type: bare, so that it is understood.
fn bracketed_type(source: &str) -> String {
    let name = unquote(source, false);
    if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        name
    } else {
        format!("\"{name}\"")
    }
}

fn quote_text(text: &str, dialect: &dyn Dialect) -> String {
    let mut escaped = text.replace('\'', "''");
    if dialect.supports_string_literal_backslash_escape() {
        escaped = escaped.replace('\\', "\\\\");
    }
    format!("'{escaped}'")
}

/// Line, column and words of a parser's error.
fn place_of(error: &ParserError) -> (usize, usize, String) {
    let message = match error {
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message.clone(),
        ParserError::RecursionLimitExceeded => "is nested too deeply to read".to_owned(),
    };
    let Some((words, place)) = message.rsplit_once(" at Line: ") else {
        return (1, 0, plain_words(&message));
    };
    let mut numbers = place
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|n| n.parse().ok());
    let line = numbers.next().unwrap_or(1);
    let column = numbers.next().unwrap_or(0);
    (line, column, plain_words(words))
}

fn plain_words(message: &str) -> String {
    message
        .trim()
        .replace("Expected: ", "expected ")
        .replace(", found: EOF", ", but the statement ends")
        .replace(", found: ", ", found ")
        .replace("Unterminated", "unterminated")
}

/// The longest run of tokens without a comma at one depth of brackets.
fn longest_chain(clause: Clause<'_>) -> usize {
    let mut longest = 0;
    let mut open = vec![0_usize];
    for at in 0..clause.len() {
        match clause.source(at) {
            "(" | "[" | "{" => open.push(0),
            ")" | "]" | "}" if open.len() > 1 => {
                open.pop();
            }
            "," => {
                open.pop();
                open.push(0);
            }
            _ => {}
        }
        if let Some(chain) = open.last_mut() {
            *chain += 1;
            longest = longest.max(*chain);
        }
    }
    longest
}
