//! Model → text: DuckDB, other dialects, diagram languages.

mod dbml;
mod dialect;
mod duck;
mod functions;
mod json;
mod markdown;
mod mermaid;
mod rewrite;
mod sql;
mod target;
mod words;

#[cfg(test)]
mod tests;

pub use duck::{
    Adaptation, Constraint, DuckDbScript, Options, Purpose, Statement, orphans, to_duckdb,
    to_duckdb_with,
};
pub use json::to_json;
pub use target::{Target, UnknownTarget, write};

use crate::model::{Key, KeyPart};

/// The parts of a key as SQL, one by one.
fn key_parts(key: &Key) -> Vec<String> {
    key.parts
        .iter()
        .map(|part| match part {
            KeyPart::Column(name) => name.clone(),
            KeyPart::Expression { sql, .. } => sql.clone(),
        })
        .collect()
}
