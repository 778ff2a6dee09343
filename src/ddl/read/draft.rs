//! The schema while it is being read: tables found by their full names, references still open.

use std::collections::BTreeMap;

use crate::model::{DataType, Schema, Table, same_name};

use super::parse::Failure;
use super::{Problem, Skipped};

/// A reference as written; its target may come later in the text.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub from: String,
    pub from_columns: Vec<String>,
    pub to: Vec<String>,
    /// Empty: the primary key of the target.
    pub to_columns: Vec<String>,
    pub name: Option<String>,
    pub on_delete: Option<String>,
    pub on_update: Option<String>,
    pub line: usize,
}

/// Where a table of the draft comes from.
#[derive(Clone, Debug)]
struct Place {
    /// Schema and table, without the default schema.
    path: Vec<String>,
    /// The name in the draft.
    name: String,
    line: usize,
    was_dropped: bool,
}

#[derive(Default)]
pub(super) struct Draft {
    pub schema: Schema,
    pub references: Vec<Reference>,
    /// Types the text itself declares, by name in capitals.
    pub types: BTreeMap<String, DataType>,
    pub problems: Vec<Problem>,
    pub skipped: Vec<Skipped>,
    places: Vec<Place>,
    /// Partitions of other tables: no tables of their own.
    partitions: Vec<String>,
}

/// What became of a new table.
pub(super) enum Added {
    New(String),
    Duplicate { first_line: usize },
}

/// Schemas that need no mention.
const DEFAULT_SCHEMAS: &[&str] = &["public", "dbo", "main", "default"];

impl Draft {
    pub fn problem(&mut self, line: usize, message: impl Into<String>) {
        self.problems.push(Problem {
            line,
            message: message.into(),
        });
    }

    pub fn failure(&mut self, what: &str, failure: Failure) {
        self.problem(failure.line, format!("{what}: {}", failure.message));
    }

    pub fn skip(&mut self, line: usize, what: impl Into<String>) {
        self.skipped.push(Skipped {
            line,
            what: what.into(),
        });
    }

    /// Adds a table under its last name, or under its full one when that is taken.
    pub fn add_table(
        &mut self,
        path: &[String],
        line: usize,
        mut table: Table,
        replace: bool,
    ) -> Added {
        let path = without_default_schema(path);
        let known = self
            .places
            .iter()
            .position(|p| is_same_path(&p.path, &path));
        if let Some(place) = known.and_then(|at| self.places.get(at)) {
            if !place.was_dropped && !replace {
                return Added::Duplicate {
                    first_line: place.line,
                };
            }
            let name = place.name.clone();
            self.remove_table(&name);
        }
        let last = path.last().cloned().unwrap_or_default();
        let name = if self.schema.table(&last).is_some() {
            path.join(".")
        } else {
            last
        };
        table.name.clone_from(&name);
        self.schema.tables.push(table);
        self.places.push(Place {
            path,
            name: name.clone(),
            line,
            was_dropped: false,
        });
        Added::New(name)
    }

    fn remove_table(&mut self, name: &str) {
        self.schema.tables.retain(|t| !same_name(&t.name, name));
        self.places.retain(|p| !same_name(&p.name, name));
        self.references.retain(|r| !same_name(&r.from, name));
    }

    /// The name in the draft of the table a statement calls so.
    pub fn resolve(&self, path: &[String]) -> Option<String> {
        let path = without_default_schema(path);
        self.places
            .iter()
            .find(|p| is_same_path(&p.path, &path))
            .or_else(|| {
                let last = path.last()?;
                let mut called = self
                    .places
                    .iter()
                    .filter(|p| p.path.last().is_some_and(|n| same_name(n, last)));
                // `a.users` is not `b.users`, but a bare `users` may be either.
                let only = called.next()?;
                let is_vague = path.len() == 1 || only.path.len() == 1;
                (is_vague && (called.next().is_none() || path.len() == 1)).then_some(only)
            })
            .map(|p| p.name.clone())
    }

    pub fn table_mut(&mut self, path: &[String]) -> Option<&mut Table> {
        let name = self.resolve(path)?;
        self.schema.table_mut(&name)
    }

    pub fn line_of(&self, table: &str) -> usize {
        self.places
            .iter()
            .find(|p| same_name(&p.name, table))
            .map_or(0, |p| p.line)
    }

    pub fn mark_dropped(&mut self, path: &[String]) {
        let path = without_default_schema(path);
        for place in &mut self.places {
            place.was_dropped |= is_same_path(&place.path, &path);
        }
    }

    pub fn rename_table(&mut self, old: &str, new: &str) {
        if let Some(table) = self.schema.table_mut(old) {
            new.clone_into(&mut table.name);
        }
        for place in self.places.iter_mut().filter(|p| same_name(&p.name, old)) {
            new.clone_into(&mut place.name);
            place.path = vec![new.to_owned()];
        }
        for reference in &mut self.references {
            if same_name(&reference.from, old) {
                new.clone_into(&mut reference.from);
            }
            if reference.to.last().is_some_and(|last| same_name(last, old)) {
                reference.to = vec![new.to_owned()];
            }
        }
    }

    /// Notes the table as a partition of another; a table of that name is folded into it.
    pub fn add_partition(&mut self, parent: &[String], partition: &[String], bounds: &str) -> bool {
        let name = partition.last().cloned().unwrap_or_default();
        let Some(parent) = self.table_mut(parent) else {
            return false;
        };
        parent.physical.properties.push((
            "PARTITION".to_owned(),
            format!("{name} {bounds}").trim().to_owned(),
        ));
        if let Some(own) = self.resolve(partition) {
            self.remove_table(&own);
        }
        self.partitions.push(name);
        true
    }

    /// Whether the name is a view or a partition: known, but no table.
    pub fn is_known_otherwise(&self, path: &[String]) -> bool {
        let Some(last) = path.last() else {
            return false;
        };
        self.partitions.iter().any(|p| same_name(p, last))
            || self.schema.views.iter().any(|v| same_name(&v.name, last))
    }
}

fn without_default_schema(path: &[String]) -> Vec<String> {
    match path {
        [schema, rest @ ..]
            if !rest.is_empty() && DEFAULT_SCHEMAS.iter().any(|d| same_name(d, schema)) =>
        {
            rest.to_vec()
        }
        _ => path.to_vec(),
    }
}

fn is_same_path(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_name(a, b))
}
