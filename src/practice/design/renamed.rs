//! A design under other names: a grade must not hang on them.

use std::collections::BTreeMap;

use super::matching::{Mapping, names_of, reference_names};
use super::names::Names;
use crate::catalog::{DesignDrill, Entity, Synonyms};
use crate::model::{Key, KeyPart, Schema, same_name};

/// New names, by the old ones in small letters.
#[derive(Default)]
struct Renaming {
    tables: BTreeMap<String, String>,
    /// By table and column.
    columns: BTreeMap<(String, String), String>,
}

/// A design with its tables and columns under other names that mean the same: those the drill
/// lists and common synonyms, a different one each round. Round 0 only changes the spelling
/// (`OrderLines`, `unitPrice`).
pub fn renamed(drill: &DesignDrill, schema: &Schema, synonyms: &Synonyms, round: usize) -> Schema {
    let mapping = Mapping::new(drill, schema, synonyms);
    let names = Names::new(synonyms);
    let mut renaming = Renaming::default();
    for (id, found) in &mapping.entities {
        let (Some(entity), Some(table)) = (drill.entity(id), schema.table(&found.table)) else {
            continue;
        };
        let name = match round {
            0 if found.table.ends_with('s') => camel(&found.table),
            0 => camel(&format!("{}s", found.table)),
            round => other_table(drill, entity, &names, synonyms, round)
                .unwrap_or_else(|| found.table.clone()),
        };
        renaming.tables.insert(found.table.to_lowercase(), name);
        let mut taken: Vec<String> = table.columns.iter().map(|c| c.name.clone()).collect();
        for (attribute, column) in &found.columns {
            let new = match round {
                0 => camel(column),
                round => other_column(drill, entity, attribute, &names, synonyms, round)
                    .unwrap_or_else(|| column.clone()),
            };
            let is_free = !taken
                .iter()
                .any(|t| same_name(t, &new) && !same_name(t, column));
            if is_free {
                taken.push(new.clone());
                let key = (found.table.to_lowercase(), column.to_lowercase());
                renaming.columns.insert(key, new);
            }
        }
    }
    apply(schema, &renaming)
}

/// Another name of an entity that no other entity goes by.
fn other_table(
    drill: &DesignDrill,
    entity: &Entity,
    names: &Names<'_>,
    synonyms: &Synonyms,
    round: usize,
) -> Option<String> {
    let own = names_of(entity);
    let common = synonyms
        .tables
        .iter()
        .filter(|g| g.names.contains(&entity.id))
        .flat_map(|g| &g.names);
    let mut all: Vec<String> = own.iter().chain(common).cloned().collect();
    all.retain(|name| {
        let is_other = |e: &&Entity| e.id != entity.id;
        let mut others = drill.entities.iter().filter(is_other);
        others.all(|e| names.table(name, &names_of(e)).is_none())
    });
    pick(&all, round)
}

/// Another name of an attribute that no other attribute of the entity goes by.
fn other_column(
    drill: &DesignDrill,
    entity: &Entity,
    attribute: &str,
    names: &Names<'_>,
    synonyms: &Synonyms,
    round: usize,
) -> Option<String> {
    let found = entity.attributes.get(attribute)?;
    if found.refers.is_some() {
        let listed: Vec<String> = reference_names(drill, entity, attribute)
            .iter()
            .map(|n| format!("{}_id", names.table_key(n)))
            .collect();
        let is_alone = |name: &String| {
            let others = entity.attributes.iter().filter(|(id, _)| *id != attribute);
            let mut others = others.filter(|(_, a)| a.refers.is_some());
            others.all(|(id, _)| {
                names
                    .reference(name, &reference_names(drill, entity, id))
                    .is_none()
            })
        };
        let listed: Vec<String> = listed.into_iter().filter(is_alone).collect();
        return pick(&listed, round);
    }
    let listed = |id: &str| -> Vec<String> {
        let own = entity.attributes.get(id).map(|a| a.names.clone());
        std::iter::once(id.to_owned())
            .chain(own.unwrap_or_default())
            .collect()
    };
    let own = listed(attribute);
    let common = synonyms
        .columns
        .iter()
        .filter(|g| g.names.iter().any(|n| n == attribute))
        .flat_map(|g| &g.names);
    let mut all: Vec<String> = own.iter().chain(common).cloned().collect();
    all.retain(|name| {
        let mut others = entity.attributes.iter().filter(|(id, _)| *id != attribute);
        others.all(|(id, a)| a.refers.is_some() || names.column(name, &listed(id), &[]).is_none())
    });
    pick(&all, round)
}

fn pick(names: &[String], round: usize) -> Option<String> {
    (!names.is_empty()).then(|| names.get(round % names.len()).cloned())?
}

/// `order_line` → `OrderLine`.
fn camel(name: &str) -> String {
    name.split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            })
        })
        .collect()
}

fn apply(schema: &Schema, renaming: &Renaming) -> Schema {
    let table_name = |name: &str| {
        let new = renaming.tables.get(&name.to_lowercase());
        new.cloned().unwrap_or_else(|| name.to_owned())
    };
    let column_name = |table: &str, name: &str| {
        let new = renaming
            .columns
            .get(&(table.to_lowercase(), name.to_lowercase()));
        new.cloned().unwrap_or_else(|| name.to_owned())
    };
    let mut renamed = schema.clone();
    for table in &mut renamed.tables {
        let old = table.name.clone();
        let column = |name: &str| column_name(&old, name);
        table.name = table_name(&old);
        for one in &mut table.columns {
            one.name = column(&one.name);
        }
        let keys = table.primary_key.iter_mut().chain(&mut table.uniques);
        keys.for_each(|key| rename_key(key, &column));
        for check in &mut table.checks {
            check.columns = check.columns.iter().map(|c| column(c)).collect();
        }
        for part in table.indexes.iter_mut().flat_map(|i| &mut i.parts) {
            part.sql = column(&part.sql);
        }
        for key in &mut table.physical.partition_by {
            key.sql = each_word(&key.sql, &column);
        }
        for key in &mut table.physical.cluster_by {
            *key = each_word(key, &column);
        }
    }
    for relation in &mut renamed.relations {
        let from = relation.from.clone();
        let to = relation.to.clone();
        relation.from_columns = relation
            .from_columns
            .iter()
            .map(|c| column_name(&from, c))
            .collect();
        relation.to_columns = relation
            .to_columns
            .iter()
            .map(|c| column_name(&to, c))
            .collect();
        relation.from = table_name(&from);
        relation.to = table_name(&to);
    }
    renamed
}

/// An expression with each of its words renamed: `TO_DAYS(event_time)`.
fn each_word(sql: &str, rename: &dyn Fn(&str) -> String) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut renamed = String::new();
    let mut word = String::new();
    for letter in sql.chars() {
        if is_word(letter) {
            word.push(letter);
        } else {
            renamed.push_str(&rename(&std::mem::take(&mut word)));
            renamed.push(letter);
        }
    }
    renamed.push_str(&rename(&word));
    renamed
}

fn rename_key(key: &mut Key, column: &dyn Fn(&str) -> String) {
    for part in &mut key.parts {
        match part {
            KeyPart::Column(name) => *name = column(name),
            KeyPart::Expression { columns, .. } => {
                *columns = columns.iter().map(|c| column(c)).collect();
            }
        }
    }
}
