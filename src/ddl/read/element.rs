//! One element of a table: a column or a constraint, as it stands between two commas.

use sqlparser::ast::{ColumnDef, DataType, Statement, TableConstraint};

use super::clause::Clause;
use super::lex::{Kind, Token};
use super::parse::{self, Failure};

pub(super) enum Element {
    Column(Box<ColumnDef>),
    Constraint(Box<TableConstraint>),
}

/// Reads the element as written, then without the words that say nothing about the model,
/// then with a type nobody knows taken by its name.
pub(super) fn read(clause: Clause<'_>) -> Result<Element, Failure> {
    if is_column_called_key(clause)
        && let Some(element) = by_name_only(clause).and_then(|sql| of_sql(&sql))
    {
        return Ok(element);
    }
    if let Some(element) = without_type(clause) {
        return Ok(element);
    }
    let first = match as_element(clause) {
        Ok(element) => return Ok(element),
        Err(failure) => failure,
    };
    let tidied = tidied(clause);
    let tidy = Clause {
        text: clause.text,
        tokens: &tidied,
    };
    if let Ok(element) = as_element(tidy) {
        return Ok(element);
    }
    untyped(tidy)
        .or_else(|| by_name_only(tidy))
        .and_then(|sql| of_sql(&sql))
        .ok_or(first)
}

fn as_element(clause: Clause<'_>) -> Result<Element, Failure> {
    let statement = parse::statement("CREATE TABLE t (", clause, "\n)")?;
    only_element(statement).ok_or_else(|| Failure {
        line: clause.line(),
        message: "expected a column or a constraint".to_owned(),
    })
}

fn only_element(statement: Statement) -> Option<Element> {
    let Statement::CreateTable(table) = statement else {
        return None;
    };
    match (table.columns.as_slice(), table.constraints.as_slice()) {
        ([column], []) => Some(Element::Column(Box::new(column.clone()))),
        ([], [constraint]) => Some(Element::Constraint(Box::new(constraint.clone()))),
        _ => None,
    }
}

/// `name NOT NULL`: SQLite needs no type, other parsers take NOT for one.
fn without_type(clause: Clause<'_>) -> Option<Element> {
    let opens_constraint = clause.says_any(0, OPENS_CONSTRAINT);
    if opens_constraint
        || clause.len() < 2
        || !clause.says_any(1, AFTER_TYPE)
        || clause.says(1, &["AS"])
    {
        return None;
    }
    let name = clause.name(0)?.replace('"', "\"\"");
    let sql = format!("\"{name}\" untyped {}", clause.from(1).to_sql());
    match of_sql(&sql)? {
        Element::Column(mut column) => {
            column.data_type = DataType::Unspecified;
            Some(Element::Column(column))
        }
        constraint @ Element::Constraint(_) => Some(constraint),
    }
}

const OPENS_CONSTRAINT: &[&str] = &[
    "CONSTRAINT",
    "PRIMARY",
    "UNIQUE",
    "FOREIGN",
    "CHECK",
    "KEY",
    "INDEX",
    "FULLTEXT",
    "SPATIAL",
    "EXCLUDE",
];

/// Reads an element of our own making.
fn of_sql(sql: &str) -> Option<Element> {
    let tokens: Vec<Token> = super::lex::Lexer::new(sql).collect();
    as_element(Clause {
        text: sql,
        tokens: &tokens,
    })
    .ok()
}

/// Whether the element is a column whose name also opens a constraint: `key varchar(255)`
/// is not an index over the column `255`.
fn is_column_called_key(clause: Clause<'_>) -> bool {
    clause.says_any(0, &["key", "index"])
        && clause.token(1).is_some_and(|t| t.kind == Kind::Word)
        && clause.source(2) == "("
        && clause.token(3).is_some_and(|t| t.kind == Kind::Number)
}

/// Words of engines that a model has no place for.
const NOISE: &[&str] = &[
    "CLUSTERED",
    "NONCLUSTERED",
    "ZEROFILL",
    "ROWGUIDCOL",
    "SPARSE",
    "PERSISTED",
    "ENABLE",
    "NOVALIDATE",
    "VALIDATE",
    "RELY",
    "NORELY",
    "STATIC",
    "VIRTUAL",
    "STORED",
    "DISTKEY",
    "SORTKEY",
];

fn tidied(clause: Clause<'_>) -> Vec<Token> {
    let is_constraint =
        clause.says_any(0, &["CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK"]);
    let mut kept = Vec::with_capacity(clause.len());
    let mut depth = 0_usize;
    let mut at = 0;
    while at < clause.len() {
        match clause.source(at) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_end = clause.says(at, &["WITH", "("])
            || clause.says(at, &["TABLESPACE"])
            || clause.says(at, &["USING", "INDEX"])
            || (clause.says(at, &["ON"])
                && clause.token(at + 1).is_some_and(|t| t.kind == Kind::Quoted));
        if depth == 0 && is_constraint && is_end {
            break;
        }
        let noise = if depth > 0 || at == 0 {
            0
        } else if clause.says(at, &["NOT", "FOR", "REPLICATION"]) {
            3
        } else if clause.says(at, &["ENCODE"]) || clause.says(at, &["CODEC"]) {
            2
        } else {
            usize::from(clause.says_any(at, NOISE))
        };
        if noise == 0 {
            kept.extend(clause.token(at));
        }
        at += noise.max(1);
    }
    kept
}

/// Words that end a type.
const AFTER_TYPE: &[&str] = &[
    "NOT",
    "NULL",
    "DEFAULT",
    "PRIMARY",
    "UNIQUE",
    "REFERENCES",
    "CHECK",
    "CONSTRAINT",
    "COMMENT",
    "COLLATE",
    "GENERATED",
    "AUTO_INCREMENT",
    "AUTOINCREMENT",
    "IDENTITY",
    "ENCODE",
    "OPTIONS",
    "AS",
];

/// Tokens of a type that is kept by its name.
const LONGEST_TYPE: usize = 200;

/// `tags frozen<list<text>> NOT NULL`: the type becomes a quoted name.
fn by_name_only(clause: Clause<'_>) -> Option<String> {
    let end = (1..clause.len())
        .find(|at| clause.says_any(*at, AFTER_TYPE))
        .unwrap_or(clause.len());
    let data_type = clause.range(1, end);
    let is_foreign = data_type
        .tokens
        .iter()
        .enumerate()
        .any(|(at, _)| matches!(data_type.source(at), "<" | "["));
    let is_endless = data_type.len() > LONGEST_TYPE;
    if is_endless || (!is_foreign && !is_column_called_key(clause)) {
        return None;
    }
    let name = clause.name(0)?.replace('"', "\"\"");
    let rest = clause.from(end).to_sql();
    let written = data_type.to_sql().replace('"', "\"\"");
    let written = if is_foreign {
        format!("\"{written}\"")
    } else {
        written
    };
    Some(format!("\"{name}\" {written} {rest}"))
}

/// `total AS (price * count)` of SQL Server has no type; one is put in to be read over.
fn untyped(clause: Clause<'_>) -> Option<String> {
    let (name, is_computed) = (clause.name(0)?, clause.says(1, &["AS", "("]));
    is_computed.then(|| {
        let name = name.replace('"', "\"\"");
        format!(
            "\"{name}\" unknown GENERATED ALWAYS {} STORED",
            clause.from(1).to_sql()
        )
    })
}
