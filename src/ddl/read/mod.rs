//! SQL text of any dialect → model.
//!
//! [`split`] cuts the text into statements, [`clause`] and [`parse`] take one apart, [`table`],
//! [`alter`] and [`other`] put it into a [`draft`], and [`resolve`] checks what hangs together.
//! A statement that cannot be read is reported and costs nothing but itself; inside a table that
//! holds for each column and constraint.

mod alter;
mod clause;
mod column;
mod comments;
mod draft;
mod element;
pub(super) mod lex;
mod names;
mod other;
mod parse;
mod physical;
mod resolve;
mod split;
mod table;
mod types;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::model::Schema;

use clause::Clause;
use comments::Comments;
use draft::Draft;
use lex::Kind;
use split::{Splitter, Statement};

/// What a text says about a schema, and what it does not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    pub schema: Schema,
    /// What could not be read or does not fit together, in the order of the lines.
    pub problems: Vec<Problem>,
    /// Statements that are not schema, in the order of the text.
    pub skipped: Vec<Skipped>,
}

/// Something a reader of the text should know: one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// 1-based line of the text.
    pub line: usize,
    pub message: String,
}

/// A statement that says nothing about the schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// 1-based line where it starts.
    pub line: usize,
    /// Its first words in capitals: `INSERT`, `CREATE FUNCTION`.
    pub what: String,
}

/// Reads every table, key, relation, index, view and note the text declares.
///
/// Never fails: what cannot be read is in [`Reading::problems`]. A text that yields no table
/// and no view has at least one problem that says why.
pub fn read(sql: &str) -> Reading {
    let mut draft = Draft::default();
    for statement in Splitter::new(sql) {
        read_statement(&mut draft, sql, &statement);
    }
    resolve::resolve(&mut draft);
    let mut reading = Reading {
        schema: draft.schema,
        problems: draft.problems,
        skipped: draft.skipped,
    };
    explain_emptiness(sql, &mut reading);
    reading.problems.sort_by_key(|p| p.line);
    reading
}

fn read_statement(draft: &mut Draft, text: &str, statement: &Statement) {
    let clause = Clause {
        text,
        tokens: &statement.tokens,
    };
    let comments = Comments::new(text, &statement.comments);
    match subject(clause) {
        Subject::Table(at) => table::create(draft, clause, at, &comments),
        Subject::Index(at) => other::create_index(draft, clause, at, &comments),
        Subject::View(at) => other::create_view(draft, clause, at, &comments),
        Subject::Type(at) => other::create_type(draft, clause, at),
        Subject::Alter(at) => alter::alter(draft, clause, at),
        Subject::Comment => other::comment_on(draft, clause),
        Subject::DropTable(at) => drop_tables(draft, clause, at),
        Subject::Other(what) => draft.skip(statement.line, what),
        Subject::Unknown => {
            let words = if clause.says(0, &["CREATE"]) { 2 } else { 1 };
            let first: String = clause.range(0, words).to_sql().chars().take(40).collect();
            draft.problem(
                statement.line,
                format!("no SQL statement starts with `{first}`"),
            );
        }
    }
}

/// What a statement is about, and the place behind the word that says so.
enum Subject {
    Table(usize),
    Index(usize),
    View(usize),
    Type(usize),
    Alter(usize),
    Comment,
    DropTable(usize),
    /// Known, but no schema.
    Other(String),
    Unknown,
}

/// How far into a CREATE its object is looked for: MySQL puts a lot before VIEW.
const WORDS_BEFORE_OBJECT: usize = 24;

fn subject(clause: Clause<'_>) -> Subject {
    let first = clause.source(0).to_ascii_uppercase();
    match first.as_str() {
        "CREATE" => created(clause),
        "ALTER" if clause.says(1, &["TABLE"]) => Subject::Alter(2),
        "COMMENT" if clause.says(1, &["ON"]) => Subject::Comment,
        "DROP" if clause.says(1, &["TABLE"]) => Subject::DropTable(2),
        "ALTER" | "DROP" => {
            Subject::Other(format!("{first} {}", clause.source(1).to_ascii_uppercase()))
        }
        word if STARTERS.contains(&word) => Subject::Other(first),
        "(" => Subject::Other("SELECT".to_owned()),
        _ => Subject::Unknown,
    }
}

fn created(clause: Clause<'_>) -> Subject {
    let objects = (1..clause.len().min(WORDS_BEFORE_OBJECT))
        .filter(|at| clause.token(*at).is_some_and(|t| t.kind == Kind::Word));
    for at in objects {
        return match clause.source(at).to_ascii_uppercase().as_str() {
            "TABLE" => Subject::Table(at + 1),
            "VIEW" => Subject::View(at + 1),
            "INDEX" => Subject::Index(at + 1),
            "TYPE" | "DOMAIN" => Subject::Type(at + 1),
            "VIRTUAL" => Subject::Other("CREATE VIRTUAL TABLE".to_owned()),
            word if OTHER_OBJECTS.contains(&word) => Subject::Other(format!("CREATE {word}")),
            _ => continue,
        };
    }
    Subject::Unknown
}

const OTHER_OBJECTS: &[&str] = &[
    "FUNCTION",
    "PROCEDURE",
    "PROC",
    "TRIGGER",
    "PACKAGE",
    "EVENT",
    "SEQUENCE",
    "SCHEMA",
    "DATABASE",
    "EXTENSION",
    "ROLE",
    "USER",
    "LOGIN",
    "POLICY",
    "RULE",
    "AGGREGATE",
    "CAST",
    "OPERATOR",
    "COLLATION",
    "SERVER",
    "LANGUAGE",
    "PUBLICATION",
    "SUBSCRIPTION",
    "SYNONYM",
    "MACRO",
    "SECRET",
    "TABLESPACE",
    "KEYSPACE",
    "CATALOG",
    "STAGE",
    "STREAM",
    "TASK",
    "WAREHOUSE",
    "STATISTICS",
    "PARTITION",
    "TEXT",
    "CONVERSION",
    "ACCESS",
    "TRANSFORM",
    "FILE",
    "MODEL",
    "DICTIONARY",
    "PIPE",
    "RESOURCE",
    "DIRECTORY",
    "PROFILE",
    "FULLTEXT",
    "XML",
    "ASSEMBLY",
];

/// Words that start a statement and say nothing about the schema.
const STARTERS: &[&str] = &[
    "ABORT",
    "ANALYZE",
    "ATTACH",
    "BEGIN",
    "CACHE",
    "CALL",
    "CHECKPOINT",
    "CLOSE",
    "CLUSTER",
    "COMMIT",
    "COPY",
    "DEALLOCATE",
    "DECLARE",
    "DEFINE",
    "DELETE",
    "DENY",
    "DESC",
    "DESCRIBE",
    "DETACH",
    "DISCARD",
    "DO",
    "END",
    "EXEC",
    "EXECUTE",
    "EXIT",
    "EXPLAIN",
    "EXPORT",
    "FETCH",
    "FLUSH",
    "FROM",
    "GO",
    "GRANT",
    "HANDLER",
    "IF",
    "IMPORT",
    "INSERT",
    "INSTALL",
    "KILL",
    "LISTEN",
    "LOAD",
    "LOCK",
    "MERGE",
    "MOVE",
    "NOTIFY",
    "OPEN",
    "OPTIMIZE",
    "PERFORM",
    "PRAGMA",
    "PREPARE",
    "PRINT",
    "PROMPT",
    "PURGE",
    "QUIT",
    "RAISERROR",
    "REASSIGN",
    "REFRESH",
    "REINDEX",
    "RELEASE",
    "REM",
    "RENAME",
    "REPAIR",
    "REPLACE",
    "RESET",
    "RESTORE",
    "RETURN",
    "REVOKE",
    "ROLLBACK",
    "SAVEPOINT",
    "SECURITY",
    "SELECT",
    "SET",
    "SHOW",
    "SPOOL",
    "START",
    "SUMMARIZE",
    "TABLE",
    "THROW",
    "TRUNCATE",
    "UNLISTEN",
    "UNLOCK",
    "UPDATE",
    "UPSERT",
    "USE",
    "VACUUM",
    "VALUES",
    "WAITFOR",
    "WHENEVER",
    "WHILE",
    "WITH",
];

/// A dropped table stays in the model, where scripts clean up behind themselves,
/// but may be created again.
fn drop_tables(draft: &mut Draft, clause: Clause<'_>, at: usize) {
    let at = at
        + if clause.says(at, &["IF", "EXISTS"]) {
            2
        } else {
            0
        };
    for name in clause.from(at).list() {
        if let Some((path, _)) = name.path(0) {
            draft.mark_dropped(&path);
        }
    }
    draft.skip(clause.line(), "DROP TABLE");
}

/// A text without a schema says why, in one sentence.
fn explain_emptiness(sql: &str, reading: &mut Reading) {
    if !reading.schema.tables.is_empty() || !reading.schema.views.is_empty() {
        return;
    }
    let message = if sql.chars().all(char::is_whitespace) {
        "the text is empty".to_owned()
    } else if !reading.problems.is_empty() {
        "nothing in the text could be read as a table or view".to_owned()
    } else if reading.skipped.is_empty() {
        "the text holds only comments".to_owned()
    } else {
        let mut kinds: Vec<&str> = Vec::new();
        for skipped in &reading.skipped {
            if !kinds.contains(&skipped.what.as_str()) {
                kinds.push(&skipped.what);
            }
        }
        let shown = kinds.iter().take(4).copied().collect::<Vec<_>>().join(", ");
        let more = if kinds.len() > 4 { ", …" } else { "" };
        format!("the text creates no table or view: it holds only {shown}{more}")
    };
    reading.problems.insert(0, Problem { line: 1, message });
}

/// Reads one expression, comments aside.
pub(super) fn expression(sql: &str) -> Option<sqlparser::ast::Expr> {
    parsed(sql, parse::expression)
}

/// Reads one query, comments aside.
pub(super) fn query(sql: &str) -> Option<Box<sqlparser::ast::Query>> {
    parsed(sql, parse::query)
}

fn parsed<T>(sql: &str, parse: fn(Clause<'_>) -> Result<T, parse::Failure>) -> Option<T> {
    let tokens: Vec<lex::Token> = lex::Lexer::new(sql)
        .filter(|t| t.kind != Kind::Comment)
        .collect();
    parse(Clause {
        text: sql,
        tokens: &tokens,
    })
    .ok()
}

pub(super) use names::path;
pub(super) use types::kind as type_kind;
