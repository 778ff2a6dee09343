//! The schema as plain values: what a data model says, apart from any engine or screen.
//!
//! [`Schema`] holds [`Table`]s and the [`Relation`]s between them. [`types`] names what a column
//! may hold, [`infer`] finds relations nobody declared, [`order`] says which table must come first.
//! Nothing here knows DuckDB, files or the window.

pub mod findings;
pub mod infer;
pub mod order;
mod relation;
mod table;
mod types;

pub use relation::{Cardinality, Relation, RelationOrigin};
pub use table::{
    Check, Column, Index, IndexPart, Key, KeyPart, PartitionKey, Physical, Table, View,
};
pub use types::{DataType, TypeKind};

use serde::{Deserialize, Serialize};

/// A data model: its tables in the order they were documented, and how they hang together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    pub tables: Vec<Table>,
    pub views: Vec<View>,
    /// Declared relations first, in the order of the tables they start from, then implied ones.
    pub relations: Vec<Relation>,
}

impl Schema {
    /// The table of that name; names compare without case, as SQL does for unquoted names.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|t| same_name(&t.name, name))
    }

    pub fn table_mut(&mut self, name: &str) -> Option<&mut Table> {
        self.tables.iter_mut().find(|t| same_name(&t.name, name))
    }

    /// Relations that start at this table (it holds the reference).
    pub fn relations_from<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Relation> {
        self.relations
            .iter()
            .filter(move |r| same_name(&r.from, table))
    }

    /// Relations that end at this table (its key is referred to).
    pub fn relations_to<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Relation> {
        self.relations
            .iter()
            .filter(move |r| same_name(&r.to, table))
    }

    /// How many rows may stand on each side of a relation, read from keys and NULLs.
    pub fn cardinality(&self, relation: &Relation) -> Cardinality {
        relation::cardinality(self, relation)
    }
}

/// Whether two SQL names mean the same thing when neither is quoted.
pub fn same_name(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}
