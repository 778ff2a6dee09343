//! What hangs together with one row: the rows it refers to, and those that refer to it.

use std::sync::Arc;

use crate::catalog::Pack;
use crate::engine::{Cell, ResultStore, StopReason};
use crate::model::{Relation, same_name};
use crate::workspace::{Condition, RowPlace};

/// Everything that hangs together with the selected row.
pub struct RowLinks {
    /// The row of the grid, from 0.
    pub row: usize,
    /// How the row is told from others: `id 42`.
    pub key: String,
    pub links: Vec<RowLink>,
    /// References to tables of other packs.
    pub external: Vec<ExternalLink>,
    /// Where the numbers of rows arrive; `None` before they were asked for.
    pub counts: Option<Arc<ResultStore>>,
}

/// One relation, seen from the row.
pub struct RowLink {
    /// The other table.
    pub table: String,
    pub direction: Direction,
    pub is_declared: bool,
    /// The columns that refer: of this row for a parent, of the other table for children.
    pub columns: Vec<String>,
    pub target: Target,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the row this one refers to.
    Parent,
    /// To the rows that refer to this one.
    Children,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Rows(RowPlace),
    /// A column of the reference is NULL: it refers to nothing.
    Null,
    /// Values of this type have no text that finds them again.
    Unreadable(String),
}

/// A reference into another pack, whose rows are not here.
pub struct ExternalLink {
    pub pack: String,
    pub table: String,
    /// `title_id = 42`.
    pub reference: String,
    pub is_null: bool,
}

/// What is known of the rows behind a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkCount {
    NotKnown,
    Rows(u64),
    Failed(String),
}

impl RowLinks {
    /// Reads the keys of a row and finds the relations that start or end at it.
    pub fn new(pack: &Pack, table: &str, store: &ResultStore, row: usize) -> Self {
        let values = RowValues::new(store, row);
        let schema = &pack.schema;
        let parents = schema
            .relations_from(table)
            .filter_map(|r| link(&values, r, Direction::Parent));
        let children = schema
            .relations_to(table)
            .filter_map(|r| link(&values, r, Direction::Children));
        let external = pack
            .external
            .iter()
            .filter(|e| same_name(&e.from, table))
            .map(|e| {
                let found: Vec<Option<String>> =
                    e.from_columns.iter().map(|c| values.text(c)).collect();
                let parts: Vec<String> = e
                    .from_columns
                    .iter()
                    .zip(&found)
                    .map(|(c, v)| format!("{c} = {}", v.as_deref().unwrap_or("NULL")))
                    .collect();
                ExternalLink {
                    pack: e.pack.clone(),
                    table: e.to.clone(),
                    reference: parts.join(" and "),
                    is_null: found.iter().any(Option::is_none),
                }
            })
            .collect();
        let key = schema
            .table(table)
            .and_then(|t| t.primary_key.as_ref()?.columns())
            .unwrap_or_default();
        let key: Vec<String> = key
            .iter()
            .filter_map(|c| Some(format!("{c} {}", values.text(c)?)))
            .collect();
        Self {
            row,
            key: key.join(", "),
            links: parents.chain(children).collect(),
            external,
            counts: None,
        }
    }

    /// One statement that counts the rows behind all links; `None` when no link leads to rows.
    pub fn count_sql(&self) -> Option<String> {
        let parts: Vec<String> = self
            .places()
            .map(|place| format!("({})", place.count_sql()))
            .collect();
        (!parts.is_empty()).then(|| format!("SELECT {}", parts.join(", ")))
    }

    fn places(&self) -> impl Iterator<Item = &RowPlace> {
        self.links.iter().filter_map(|link| match &link.target {
            Target::Rows(place) => Some(place),
            Target::Null | Target::Unreadable(_) => None,
        })
    }

    /// How many rows are behind a link.
    pub fn count(&self, link: usize) -> LinkCount {
        let Some(store) = &self.counts else {
            return LinkCount::NotKnown;
        };
        // The statement has a column only for links that lead to rows.
        let column = self
            .links
            .iter()
            .take(link)
            .filter(|l| matches!(l.target, Target::Rows(_)))
            .count();
        if store.row_count() > 0 {
            return match store.value(0, column) {
                Cell::Text(text) => text.parse().map_or(LinkCount::NotKnown, LinkCount::Rows),
                Cell::Null | Cell::Unreadable => LinkCount::NotKnown,
            };
        }
        match store.stopped() {
            Some((StopReason::Failed(error), _)) => LinkCount::Failed(error.message),
            Some((StopReason::Cancelled, _)) => LinkCount::Failed("Cancelled".to_owned()),
            _ => LinkCount::NotKnown,
        }
    }

    /// The place a reference of this column leads to, with its rows where they are counted.
    pub fn parent_of(&self, column: &str) -> Option<RowPlace> {
        let index = self.links.iter().position(|link| {
            link.direction == Direction::Parent && link.columns.iter().any(|c| same_name(c, column))
        })?;
        self.place(index)
    }

    /// Where a link leads, with its rows where they are counted.
    pub fn place(&self, link: usize) -> Option<RowPlace> {
        let Target::Rows(place) = &self.links.get(link)?.target else {
            return None;
        };
        let counted = match self.count(link) {
            LinkCount::Rows(rows) => Some(rows),
            LinkCount::NotKnown | LinkCount::Failed(_) => None,
        };
        Some(RowPlace {
            counted,
            ..place.clone()
        })
    }
}

/// A row of a result, by column name.
struct RowValues<'a> {
    store: &'a ResultStore,
    row: usize,
    /// Name and type.
    columns: Vec<(String, String)>,
}

impl<'a> RowValues<'a> {
    fn new(store: &'a ResultStore, row: usize) -> Self {
        let columns = store.columns();
        Self {
            store,
            row,
            columns: columns.into_iter().map(|c| (c.name, c.type_name)).collect(),
        }
    }

    fn index(&self, column: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|(name, _)| same_name(name, column))
    }

    fn type_of(&self, column: &str) -> Option<&str> {
        let (_, data_type) = self.columns.get(self.index(column)?)?;
        Some(data_type)
    }

    /// `None`: NULL, or no such column.
    fn text(&self, column: &str) -> Option<String> {
        match self.store.value(self.row, self.index(column)?) {
            Cell::Text(text) => Some(text),
            Cell::Null | Cell::Unreadable => None,
        }
    }
}

/// The relation from the row's side; `None` when the row lacks one of its columns.
fn link(values: &RowValues<'_>, relation: &Relation, direction: Direction) -> Option<RowLink> {
    let (own, table, theirs) = match direction {
        Direction::Parent => (&relation.from_columns, &relation.to, &relation.to_columns),
        Direction::Children => (&relation.to_columns, &relation.from, &relation.from_columns),
    };
    let types: Vec<&str> = own
        .iter()
        .map(|c| values.type_of(c))
        .collect::<Option<_>>()?;
    let found: Vec<Option<String>> = own.iter().map(|c| values.text(c)).collect();
    let target = if let Some(odd) = types.iter().find(|t| !has_text(t)) {
        Target::Unreadable((*odd).to_owned())
    } else if let Some(found) = found.into_iter().collect::<Option<Vec<String>>>() {
        let conditions = theirs.iter().zip(found).map(|(column, value)| Condition {
            column: column.clone(),
            value,
        });
        Target::Rows(RowPlace {
            table: table.clone(),
            conditions: conditions.collect(),
            counted: None,
        })
    } else {
        Target::Null
    };
    Some(RowLink {
        table: table.clone(),
        direction,
        is_declared: relation.is_declared(),
        columns: relation.from_columns.clone(),
        target,
    })
}

/// Whether the text of a value finds the same value again.
fn has_text(data_type: &str) -> bool {
    let odd = ["BLOB", "STRUCT", "MAP", "INTERVAL", "UNION"];
    !data_type.ends_with(']') && !odd.iter().any(|o| data_type.starts_with(o))
}
