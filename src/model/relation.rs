//! How tables hang together.

use serde::{Deserialize, Serialize};

use super::{Schema, same_name};

/// A reference from the columns of one table to the key of another (or of itself).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    pub from: String,
    pub from_columns: Vec<String>,
    pub to: String,
    pub to_columns: Vec<String>,
    pub origin: RelationOrigin,
    /// The constraint's name, where it has one.
    pub name: Option<String>,
    /// `CASCADE`, `SET NULL`, …: as written.
    pub on_delete: Option<String>,
    pub on_update: Option<String>,
}

impl Relation {
    pub fn is_declared(&self) -> bool {
        self.origin == RelationOrigin::Declared
    }

    /// Whether the table refers to itself.
    pub fn is_self_reference(&self) -> bool {
        same_name(&self.from, &self.to)
    }
}

/// Where we know a relation from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelationOrigin {
    /// REFERENCES or FOREIGN KEY: the engine can enforce it.
    Declared,
    /// The column names the key of another table, and nothing enforces it.
    Implied,
}

/// How many rows stand on each side of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cardinality {
    /// A child may stand alone: a referring column is nullable.
    pub parent_optional: bool,
    /// A parent has at most one child: the referring columns are unique.
    pub child_unique: bool,
}

/// A child is "one" when its referring columns are a key; the parent is optional when a
/// referring column may be NULL. An implied relation is judged by the same columns.
pub(super) fn cardinality(schema: &Schema, relation: &Relation) -> Cardinality {
    let Some(child) = schema.table(&relation.from) else {
        return Cardinality {
            parent_optional: true,
            child_unique: false,
        };
    };
    Cardinality {
        parent_optional: relation
            .from_columns
            .iter()
            .any(|name| child.column(name).is_none_or(|c| c.nullable)),
        child_unique: child.is_unique(&relation.from_columns),
    }
}
