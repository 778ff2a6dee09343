//! Which columns of a table stand for the attributes of its entity, and which repeat others'.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{Copied, names_of, reference_names};
use super::names::{Likeness, Names};
use crate::catalog::{DesignDrill, Entity};
use crate::model::{Relation, Schema, Table, same_name};

/// How far copies are looked for, in references.
const FAR: usize = 2;

/// The columns of a table, as a drill speaks of them.
#[derive(Clone, Debug, Default)]
pub struct ColumnMatch {
    pub columns: BTreeMap<String, String>,
    pub copies: Vec<Copied>,
}

/// How many attributes of an entity a table has by their names, references among them.
pub fn overlap(drill: &DesignDrill, entity: &Entity, table: &Table, names: &Names<'_>) -> usize {
    let owners = owners(entity, table);
    let has = |attribute: &String| {
        table.columns.iter().any(|column| {
            likeness(drill, entity, attribute, &column.name, &owners, names)
                .is_some_and(|l| l > Likeness::Alike)
        })
    };
    let telling = |a: &&String| *a != "id";
    entity
        .attributes
        .keys()
        .filter(telling)
        .filter(|a| has(a))
        .count()
}

/// Matches the columns of a table that stands for an entity.
///
/// `table_of` tells the table of another entity.
pub fn columns(
    drill: &DesignDrill,
    entity: &str,
    table: &Table,
    schema: &Schema,
    table_of: &dyn Fn(&str) -> Option<String>,
    names: &Names<'_>,
) -> ColumnMatch {
    let Some(entity) = drill.entity(entity) else {
        return ColumnMatch::default();
    };
    let owners = owners(entity, table);
    let mut wishes: Vec<(u8, &String, &String)> = Vec::new();
    for attribute in entity.attributes.keys() {
        for column in &table.columns {
            let by_name = likeness(drill, entity, attribute, &column.name, &owners, names);
            let by_relation = leads(entity, attribute, table, &column.name, schema, table_of);
            let worth = match (by_name, by_relation) {
                (Some(likeness), Leads::Alone) => Some(11 + likeness as u8),
                (Some(likeness), _) => {
                    let is_key = attribute == "id" && is_own_key(table, &column.name);
                    Some(1 + likeness as u8 + if is_key { 5 } else { 0 })
                }
                (None, Leads::Alone) => Some(5),
                // A part of a composite reference may be another attribute's: those come first.
                (None, Leads::InPart) => Some(0),
                (None, Leads::Not) => None,
            };
            if let Some(worth) = worth {
                wishes.push((worth, attribute, &column.name));
            }
        }
    }
    wishes.sort_by_key(|(worth, _, _)| std::cmp::Reverse(*worth));
    let mut found = ColumnMatch::default();
    let mut taken: BTreeSet<&String> = BTreeSet::new();
    for (_, attribute, column) in wishes {
        if !found.columns.contains_key(attribute) && !taken.contains(column) {
            taken.insert(column);
            found.columns.insert(attribute.clone(), column.clone());
        }
    }
    name_the_key(drill, entity, &owners, names, &mut found.columns);
    let rest = table.columns.iter().filter(|c| !taken.contains(&c.name));
    let rest: Vec<&String> = rest.map(|c| &c.name).collect();
    found.copies = copies(drill, entity, &rest, names);
    found
}

/// A natural key tells rows apart and is a fact as well: `region_code` is the id of a region and
/// its code.
fn name_the_key(
    drill: &DesignDrill,
    entity: &Entity,
    owners: &[String],
    names: &Names<'_>,
    columns: &mut BTreeMap<String, String>,
) {
    let Some(key) = columns.get("id").cloned() else {
        return;
    };
    // `driver_id` says no more than that; a code or a number may be known outside.
    let words = names.words(&key);
    if !words.last().is_some_and(|w| w == "code" || w == "number") {
        return;
    }
    let fact = entity.attributes.keys().find(|attribute| {
        *attribute != "id"
            && !columns.contains_key(*attribute)
            && likeness(drill, entity, attribute, &key, owners, names)
                .is_some_and(|l| l >= Likeness::Listed)
    });
    if let Some(fact) = fact {
        columns.insert(fact.clone(), key);
    }
}

/// The names a column of the table may begin with.
fn owners(entity: &Entity, table: &Table) -> Vec<String> {
    let mut owners = names_of(entity);
    owners.push(table.name.clone());
    owners
}

fn is_own_key(table: &Table, column: &str) -> bool {
    let key = table.primary_key.as_ref();
    key.is_some_and(|k| k.is_exactly(&[column.to_owned()]))
}

/// Whether the column is that of the attribute, by name.
fn likeness(
    drill: &DesignDrill,
    entity: &Entity,
    attribute: &str,
    column: &str,
    owners: &[String],
    names: &Names<'_>,
) -> Option<Likeness> {
    let found = entity.attributes.get(attribute)?;
    if found.refers.is_some() {
        return names.reference(column, &reference_names(drill, entity, attribute));
    }
    let mut listed = vec![attribute.to_owned()];
    listed.extend(found.names.iter().cloned());
    let by_name = names.column(column, &listed, owners);
    if attribute == "id" && names.is_identifier(column, owners) {
        return by_name.max(Some(Likeness::Common));
    }
    // `id` means the row itself, whatever the group of names says.
    if names.is_identifier(column, &[]) && attribute != "id" {
        return by_name.filter(|l| *l >= Likeness::Listed);
    }
    by_name
}

/// How a column leads to another table.
enum Leads {
    Not,
    /// With other columns.
    InPart,
    Alone,
}

/// How a relation leads from the column to the table of what the attribute refers to.
fn leads(
    entity: &Entity,
    attribute: &str,
    table: &Table,
    column: &str,
    schema: &Schema,
    table_of: &dyn Fn(&str) -> Option<String>,
) -> Leads {
    let found = entity.attributes.get(attribute);
    let refers = found.and_then(|a| a.refers.as_ref());
    let Some(target) = refers.and_then(|id| table_of(id)) else {
        return Leads::Not;
    };
    let leads_there = |r: &&Relation| {
        same_name(&r.to, &target) && r.from_columns.iter().any(|c| same_name(c, column))
    };
    let relations = schema.relations_from(&table.name).filter(leads_there);
    match relations.map(|r| r.from_columns.len()).min() {
        None => Leads::Not,
        Some(1) => Leads::Alone,
        Some(_) => Leads::InPart,
    }
}

/// Columns that repeat what belongs to an entity the table refers to, as the drill sees it.
fn copies(
    drill: &DesignDrill,
    entity: &Entity,
    rest: &[&String],
    names: &Names<'_>,
) -> Vec<Copied> {
    let mut found: Vec<Copied> = Vec::new();
    let mut paths: Vec<(Vec<String>, &Entity)> = vec![(Vec::new(), entity)];
    for _ in 0..FAR {
        let mut further = Vec::new();
        for (path, from) in &paths {
            for (id, attribute) in &from.attributes {
                let Some(target) = attribute.refers.as_deref().and_then(|t| drill.entity(t)) else {
                    continue;
                };
                let mut path = path.clone();
                path.push(id.clone());
                for column in rest {
                    let is_found = found.iter().any(|c| c.column == **column);
                    if !is_found && let Some(attribute) = copied(target, id, column, names) {
                        found.push(Copied {
                            column: (*column).clone(),
                            path: path.clone(),
                            entity: target.id.clone(),
                            attribute,
                        });
                    }
                }
                further.push((path, target));
            }
        }
        paths = further;
    }
    found
}

/// The attribute of an entity that a column of another table repeats: with the entity's name in
/// front, or by a name only it has.
fn copied(target: &Entity, role: &str, column: &str, names: &Names<'_>) -> Option<String> {
    let mut prefixes = names_of(target);
    prefixes.push(role.to_owned());
    let key = names.key(column);
    let is_prefixed = prefixes
        .iter()
        .any(|p| key.starts_with(&format!("{}_", names.table_key(p))));
    target
        .attributes
        .iter()
        .filter(|(id, a)| a.refers.is_none() && *id != "id")
        .find(|(id, attribute)| {
            let mut listed = vec![(*id).clone()];
            listed.extend(attribute.names.iter().cloned());
            let likeness = names.column(column, &listed, &prefixes);
            match likeness {
                Some(l) if is_prefixed => l >= Likeness::Common,
                // `created_at` or `name` alone speak of the table they stand in.
                Some(l) => l >= Likeness::Listed && is_telling(&key),
                None => false,
            }
        })
        .map(|(id, _)| id.clone())
}

/// Whether a name alone says whose it is.
fn is_telling(attribute: &str) -> bool {
    ![
        "name",
        "title",
        "text",
        "status",
        "type",
        "kind",
        "description",
        "created_at",
        "updated_at",
        "amount",
        "price",
        "quantity",
        "time",
        "country",
        "region",
        "currency",
        "valid_from",
        "valid_to",
        "is_current",
        "start",
        "end",
        "version",
        "score",
        "rank",
        "day",
        "value",
        "code",
        "date",
        "number",
        "duration",
        "position",
        "state",
    ]
    .contains(&attribute)
}
