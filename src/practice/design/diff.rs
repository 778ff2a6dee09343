//! A design beside an accepted one: what both have, and what only one has.

use super::matching::Mapping;
use crate::catalog::{AcceptedDesign, DesignDrill, Synonyms};
use crate::model::{Schema, same_name};

use super::grade::read_design;

/// An accepted design and how a candidate's differs from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DesignDifference {
    pub title: String,
    pub note: String,
    pub sql: String,
    pub schema: Schema,
    /// Tables of the accepted design in its order, then those only the candidate has.
    pub tables: Vec<TableDifference>,
}

/// A table of one design or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableDifference {
    pub yours: Option<String>,
    pub theirs: Option<String>,
    /// Columns: yours and theirs; a pair means the same.
    pub columns: Vec<(Option<String>, Option<String>)>,
}

impl DesignDifference {
    /// How many tables and columns only one of the designs has; a table counts as three.
    pub fn distance(&self) -> usize {
        let of_table = |t: &TableDifference| {
            if t.yours.is_none() || t.theirs.is_none() {
                return 3;
            }
            let alone = |c: &&(Option<String>, Option<String>)| c.0.is_none() || c.1.is_none();
            t.columns.iter().filter(alone).count()
        };
        self.tables.iter().map(of_table).sum()
    }
}

/// The place of the accepted design nearest to a candidate's. `None`: there is none.
pub fn nearest(drill: &DesignDrill, text: &str, synonyms: &Synonyms) -> Option<usize> {
    (0..drill.accepted.len()).min_by_key(|&at| {
        let accepted = drill.accepted.get(at);
        accepted.map(|a| difference(drill, text, a, synonyms).distance())
    })
}

/// How a candidate's design differs from an accepted one.
pub fn difference(
    drill: &DesignDrill,
    text: &str,
    accepted: &AcceptedDesign,
    synonyms: &Synonyms,
) -> DesignDifference {
    let yours = Mapping::new(drill, &read_design(text).0, synonyms);
    let theirs = Mapping::new(drill, &read_design(&accepted.sql).0, synonyms);
    let mut tables = Vec::new();
    for table in &theirs.schema.tables {
        // The same entity, or a table nobody could place that has the same name.
        let same = match theirs.entity_of(&table.name) {
            Some(entity) => yours.table(entity),
            None => yours
                .schema
                .table(&table.name)
                .filter(|t| yours.entity_of(&t.name).is_none()),
        };
        let entity = theirs.entity_of(&table.name);
        tables.push(TableDifference {
            yours: same.map(|t| t.name.clone()),
            theirs: Some(table.name.clone()),
            columns: columns(
                entity,
                &yours,
                same.map(|t| t.name.as_str()),
                &theirs,
                &table.name,
            ),
        });
    }
    for table in &yours.schema.tables {
        let is_told = tables
            .iter()
            .any(|t| t.yours.as_ref().is_some_and(|y| same_name(y, &table.name)));
        if !is_told {
            let all = table.columns.iter().map(|c| (Some(c.name.clone()), None));
            tables.push(TableDifference {
                yours: Some(table.name.clone()),
                theirs: None,
                columns: all.collect(),
            });
        }
    }
    DesignDifference {
        title: accepted.title.clone(),
        note: accepted.note.clone(),
        sql: accepted.sql.clone(),
        schema: theirs.schema,
        tables,
    }
}

/// The columns of two tables that stand for the same.
fn columns(
    entity: Option<&str>,
    yours: &Mapping,
    your_table: Option<&str>,
    theirs: &Mapping,
    their_table: &str,
) -> Vec<(Option<String>, Option<String>)> {
    let all = |mapping: &Mapping, table: Option<&str>| -> Vec<String> {
        let found = table.and_then(|t| mapping.schema.table(t));
        found.map_or_else(Vec::new, |t| {
            t.columns.iter().map(|c| c.name.clone()).collect()
        })
    };
    let attribute = |mapping: &Mapping, column: &str| -> Option<String> {
        let found = mapping.entities.get(entity?)?;
        found
            .columns
            .iter()
            .find(|(_, c)| same_name(c, column))
            .map(|(a, _)| a.clone())
    };
    let mut left = all(yours, your_table);
    let mut pairs = Vec::new();
    for column in all(theirs, Some(their_table)) {
        let wanted = attribute(theirs, &column);
        let at = left.iter().position(|c| {
            same_name(c, &column) || (wanted.is_some() && attribute(yours, c) == wanted)
        });
        pairs.push((at.map(|at| left.remove(at)), Some(column)));
    }
    pairs.extend(left.into_iter().map(|c| (Some(c), None)));
    pairs
}
