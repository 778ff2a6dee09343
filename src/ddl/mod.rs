//! SQL text ⇄ model.
//!
//! [`read`](fn@read) takes a dump or a document of any common dialect and keeps every table it
//! understands. [`to_duckdb`] writes the statements that build the model in DuckDB and says what
//! had to change; [`write`](fn@write) writes it in other dialects and diagram languages.
//! Nothing here runs SQL or opens files.

mod names;
mod read;
mod tokens;
mod write;

pub use read::{Problem, Reading, Skipped, read};
pub use tokens::{Token, TokenKind, statements, tokens};
pub use write::{
    Adaptation, Constraint, DuckDbScript, Options, Purpose, Statement, Target, UnknownTarget,
    orphans, to_duckdb, to_duckdb_with, to_json, write,
};
