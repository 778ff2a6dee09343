//! The model → statements that DuckDB 2.0 runs, and what had to change on the way.
//!
//! [`table`] writes a table, [`keys`] decides which keys and references DuckDB can enforce,
//! [`indexes`] writes indexes, [`constraints`] the queries that prove what is not enforced,
//! [`adapt`] words what a reader should know. Views come last.

mod adapt;
mod constraints;
mod indexes;
mod keys;
mod table;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::order::parents_first;
use crate::model::{Schema, Table, View, same_name};

use super::dialect::DUCKDB;
use super::rewrite;

pub use constraints::{Constraint, orphans};

/// The statements that build a schema in DuckDB, in the order to run them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DuckDbScript {
    pub statements: Vec<Statement>,
    /// What the translation changed or left out, table by table in documented order.
    pub adaptations: Vec<Adaptation>,
    /// Every constraint DuckDB can enforce, with the query that proves it: needed where the
    /// statements were written without ([`Options::enforce`]).
    pub constraints: Vec<Constraint>,
}

impl DuckDbScript {
    /// All statements as one text, each ended by a semicolon.
    pub fn to_sql(&self) -> String {
        self.statements
            .iter()
            .map(|s| format!("{};\n\n", s.sql))
            .collect()
    }
}

/// One statement, without a semicolon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The table or view it belongs to.
    pub table: Option<String>,
    pub sql: String,
    pub purpose: Purpose,
}

/// What a statement is for: a big load runs indexes and deferred statements after the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// CREATE SEQUENCE, before the table that counts with it.
    Sequence,
    /// CREATE TABLE.
    Table,
    /// CREATE INDEX, also a unique one that stands for a key on an expression.
    Index,
    /// CREATE VIEW.
    View,
    /// CREATE TABLE … AS a query over other tables: empty unless those have rows.
    Deferred,
}

/// What a reader of the original should know about its DuckDB form: one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adaptation {
    /// The table or view.
    pub table: String,
    pub column: Option<String>,
    pub message: String,
}

/// How a script is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether keys, NOT NULL, CHECK, REFERENCES and unique indexes are written. Without them
    /// big loads are faster, and rows that break them can be loaded on purpose.
    pub enforce: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { enforce: true }
    }
}

/// Writes the schema for DuckDB with all constraints it can enforce.
pub fn to_duckdb(schema: &Schema) -> DuckDbScript {
    to_duckdb_with(schema, Options::default())
}

/// Writes the schema for DuckDB: parents before children, then indexes, then views.
pub fn to_duckdb_with(schema: &Schema, options: Options) -> DuckDbScript {
    let mut writer = Writer {
        schema,
        options,
        script: DuckDbScript::default(),
        created: Vec::new(),
        names_taken: taken_names(schema),
    };
    for table in parents_first(schema)
        .into_iter()
        .filter_map(|at| schema.tables.get(at))
    {
        if !is_deferred(table) {
            writer.table(table);
        }
    }
    for table in &schema.tables {
        writer.indexes(table);
    }
    writer.views_and_queries();
    writer.in_documented_order();
    writer.script
}

/// Whether only a query knows the columns of the table.
fn is_deferred(table: &Table) -> bool {
    table.columns.is_empty()
}

/// Names of tables, views, indexes and sequences, in lower case: DuckDB keeps some of them
/// apart, a reader does not.
fn taken_names(schema: &Schema) -> BTreeSet<String> {
    let tables = schema.tables.iter().map(|t| &t.name);
    let views = schema.views.iter().map(|v| &v.name);
    tables
        .chain(views)
        .map(|n| n.to_ascii_lowercase())
        .collect()
}

struct Writer<'a> {
    schema: &'a Schema,
    options: Options,
    script: DuckDbScript,
    /// Tables and views the script has created so far.
    created: Vec<String>,
    names_taken: BTreeSet<String>,
}

impl Writer<'_> {
    fn push(&mut self, table: &str, purpose: Purpose, sql: String) {
        self.script.statements.push(Statement {
            table: Some(table.to_owned()),
            sql,
            purpose,
        });
    }

    fn adapt(&mut self, table: &str, column: Option<&str>, message: String) {
        let adaptation = Adaptation {
            table: table.to_owned(),
            column: column.map(str::to_owned),
            message,
        };
        if !self.script.adaptations.contains(&adaptation) {
            self.script.adaptations.push(adaptation);
        }
    }

    fn is_created(&self, name: &str) -> bool {
        self.created.iter().any(|c| same_name(c, name))
    }

    /// The name, or one like it that nothing else has.
    fn free_name(&mut self, wanted: &str, owner: &str) -> String {
        let fallback = format!("{}_{wanted}", crate::ddl::names::cleaned(owner));
        let numbered = (2_usize..).map(|n| format!("{fallback}_{n}"));
        let name = [wanted.to_owned(), fallback.clone()]
            .into_iter()
            .chain(numbered)
            .find(|n| !self.names_taken.contains(&n.to_ascii_lowercase()))
            .unwrap_or(fallback);
        self.names_taken.insert(name.to_ascii_lowercase());
        name
    }

    /// Views, and tables made by a query, each after what it reads.
    fn views_and_queries(&mut self) {
        let schema = self.schema;
        let tables = schema
            .tables
            .iter()
            .filter(|t| is_deferred(t))
            .map(Later::Table);
        let mut waiting: Vec<Later<'_>> =
            tables.chain(schema.views.iter().map(Later::View)).collect();
        loop {
            let mut left = Vec::new();
            for later in &waiting {
                match self.query_of(later) {
                    Ok(query) => self.create_later(later, &query),
                    Err(_) => left.push(*later),
                }
            }
            let is_stuck = left.len() == waiting.len();
            waiting = left;
            if is_stuck {
                break;
            }
        }
        for later in waiting {
            let reason = self.query_of(&later).err().unwrap_or_default();
            self.adapt(
                later.name(),
                None,
                format!("{} is left out: {reason}", later.shown()),
            );
        }
    }

    fn query_of(&self, later: &Later<'_>) -> Result<String, String> {
        let sql = later.query().ok_or("no column of it is known")?;
        rewrite::query(sql, &DUCKDB, |path| {
            let full = path.join(".");
            let last = path.last().map(String::as_str).unwrap_or_default();
            self.created
                .iter()
                .find(|c| same_name(c, &full))
                .or_else(|| self.created.iter().find(|c| same_name(c, last)))
                .cloned()
        })
    }

    fn create_later(&mut self, later: &Later<'_>, query: &str) {
        let name = DUCKDB.name(later.name());
        match later {
            Later::Table(table) => {
                self.push(
                    &table.name,
                    Purpose::Deferred,
                    format!("CREATE TABLE {name} AS {query}"),
                );
            }
            Later::View(view) => {
                self.push(
                    &view.name,
                    Purpose::View,
                    format!("CREATE VIEW {name} AS {query}"),
                );
                if view.materialized {
                    let message =
                        "The materialized view became a view: it is computed each time it is read";
                    self.adapt(&view.name, None, message.to_owned());
                }
            }
        }
        self.created.push(later.name().to_owned());
    }

    /// The script is written parents first, but read as documented.
    fn in_documented_order(&mut self) {
        let names: Vec<&str> = self.schema.tables.iter().map(|t| t.name.as_str()).collect();
        self.script.adaptations.sort_by_key(|a| {
            names
                .iter()
                .position(|n| *n == a.table)
                .unwrap_or(names.len())
        });
    }
}

/// What can only be created once the tables are there.
#[derive(Clone, Copy)]
enum Later<'a> {
    Table(&'a Table),
    View(&'a View),
}

impl<'a> Later<'a> {
    fn name(&self) -> &'a str {
        match self {
            Later::Table(table) => &table.name,
            Later::View(view) => &view.name,
        }
    }

    fn query(&self) -> Option<&'a str> {
        match self {
            Later::Table(table) => table.query.as_deref(),
            Later::View(view) => Some(&view.sql),
        }
    }

    fn shown(&self) -> &'static str {
        match self {
            Later::Table(_) => "The table",
            Later::View(_) => "The view",
        }
    }
}
