//! Which tables and columns of a design stand for the entities and attributes of a drill.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{self, ColumnMatch};
use super::names::{Likeness, Names};
use crate::catalog::{DesignDrill, Entity, Synonyms};
use crate::model::infer::can_meet;
use crate::model::{Relation, RelationOrigin, Schema, Table, same_name};

/// The share of an entity's attributes a table must have to be taken for it whatever its name.
const ENOUGH_COLUMNS: f64 = 0.6;
/// And how many of them at least.
const FEWEST_COLUMNS: usize = 3;

/// A design seen as the drill speaks of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    /// By the entity's id.
    pub entities: BTreeMap<String, EntityMatch>,
    /// The design, with relations its names give away besides the declared ones.
    pub schema: Schema,
}

/// The table that stands for an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityMatch {
    pub table: String,
    pub how: How,
    /// The columns of its attributes, by attribute.
    pub columns: BTreeMap<String, String>,
    /// Columns that repeat an attribute of another entity.
    pub copies: Vec<Copied>,
}

/// What a table was known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Name(Likeness),
    /// Most of its columns are those of the entity.
    Columns,
    /// It refers to both entities a junction connects.
    References,
}

/// A column that holds what belongs to another entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub column: String,
    /// Reference attributes that lead from the table's entity to the other.
    pub path: Vec<String>,
    pub entity: String,
    pub attribute: String,
}

impl Mapping {
    /// Matches a design with a drill.
    pub fn new(drill: &DesignDrill, schema: &Schema, synonyms: &Synonyms) -> Self {
        let names = Names::new(synonyms);
        let chosen = choose_tables(drill, schema, &names);
        let mut mapping = Self {
            entities: BTreeMap::new(),
            schema: schema.clone(),
        };
        add_named_references(&mut mapping.schema, drill, &chosen, &names);
        for (entity, table, how) in &chosen {
            let Some(found) = mapping.schema.table(table) else {
                continue;
            };
            let table_of = |id: &str| {
                let of = chosen.iter().find(|(e, _, _)| e == id);
                of.map(|(_, table, _)| table.clone())
            };
            let ColumnMatch { columns, copies } =
                columns::columns(drill, entity, found, &mapping.schema, &table_of, &names);
            mapping.entities.insert(
                entity.clone(),
                EntityMatch {
                    table: table.clone(),
                    how: *how,
                    columns,
                    copies,
                },
            );
        }
        mapping
    }

    /// The table of an entity.
    pub fn table(&self, entity: &str) -> Option<&Table> {
        self.schema.table(&self.entities.get(entity)?.table)
    }

    /// The column of an attribute in its entity's own table.
    pub fn column(&self, entity: &str, attribute: &str) -> Option<&str> {
        let columns = &self.entities.get(entity)?.columns;
        columns.get(attribute).map(String::as_str)
    }

    /// The attribute a column stands for: of a natural key the fact, not that it tells rows apart.
    pub fn attribute(&self, entity: &str, column: &str) -> Option<&str> {
        let columns = &self.entities.get(entity)?.columns;
        let mut all = columns.iter().filter(|(_, c)| same_name(c, column));
        let first = all.next()?;
        let fact = if first.0 == "id" { all.next() } else { None };
        Some(fact.unwrap_or(first).0.as_str())
    }

    /// The entity a table stands for.
    pub fn entity_of(&self, table: &str) -> Option<&str> {
        self.entities
            .iter()
            .find(|(_, m)| same_name(&m.table, table))
            .map(|(id, _)| id.as_str())
    }

    /// The column that tells the rows of an entity apart: that of `id`, or a one-column key.
    pub fn identity(&self, entity: &str) -> Option<Vec<String>> {
        let key = self.table(entity).and_then(|t| t.primary_key.as_ref());
        if let Some(columns) = key.and_then(|k| k.columns())
            && columns.len() == 1
        {
            return Some(columns);
        }
        if let Some(id) = self.column(entity, "id") {
            return Some(vec![id.to_owned()]);
        }
        key?.columns()
    }
}

type Chosen = Vec<(String, String, How)>;

/// The best table for each entity, each table for one.
fn choose_tables(drill: &DesignDrill, schema: &Schema, names: &Names<'_>) -> Chosen {
    let mut wishes: Vec<(f64, usize, usize, How)> = Vec::new();
    for (place, entity) in drill.entities.iter().enumerate() {
        let listed = names_of(entity);
        for (at, table) in schema.tables.iter().enumerate() {
            let overlap = columns::overlap(drill, entity, table, names);
            let share = overlap as f64 / entity.attributes.len().max(1) as f64;
            let wish = match names.table(&table.name, &listed) {
                Some(likeness) => {
                    let by_name = match likeness {
                        Likeness::Same => 4.0,
                        Likeness::Listed => 3.5,
                        Likeness::Common => 2.0,
                        Likeness::Alike => 1.5,
                    };
                    Some((by_name + 1.8 * share, How::Name(likeness)))
                }
                None if share >= ENOUGH_COLUMNS && overlap >= FEWEST_COLUMNS => {
                    Some((share, How::Columns))
                }
                None => None,
            };
            if let Some((worth, how)) = wish {
                wishes.push((worth, place, at, how));
            }
        }
    }
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut chosen: Chosen = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (_, place, at, how) in wishes {
        let (Some(entity), Some(table)) = (drill.entities.get(place), schema.tables.get(at)) else {
            continue;
        };
        if !taken.contains(&at) && chosen.iter().all(|(e, _, _)| *e != entity.id) {
            taken.insert(at);
            chosen.push((entity.id.clone(), table.name.clone(), how));
        }
    }
    junctions(drill, schema, names, &mut chosen, &mut taken);
    chosen
}

/// Junctions go by any name: what they refer to tells them.
fn junctions(
    drill: &DesignDrill,
    schema: &Schema,
    names: &Names<'_>,
    chosen: &mut Chosen,
    taken: &mut BTreeSet<usize>,
) {
    let missing: Vec<&Entity> = drill
        .entities
        .iter()
        .filter(|e| e.between.len() == 2 && chosen.iter().all(|(c, _, _)| *c != e.id))
        .collect();
    for entity in missing {
        let found = schema.tables.iter().enumerate().find(|(at, table)| {
            !taken.contains(at)
                && table.columns.len() <= entity.attributes.len() + 3
                && refers_to_all(drill, entity, table, schema, names, chosen)
        });
        if let Some((at, table)) = found {
            taken.insert(at);
            chosen.push((entity.id.clone(), table.name.clone(), How::References));
        }
    }
}

/// Whether a table refers to what a junction connects, each end by a column of its own.
fn refers_to_all(
    drill: &DesignDrill,
    junction: &Entity,
    table: &Table,
    schema: &Schema,
    names: &Names<'_>,
    chosen: &Chosen,
) -> bool {
    let mut used: Vec<&str> = Vec::new();
    junction.between.iter().all(|end| {
        let Some(entity) = drill.entity(end) else {
            return false;
        };
        let end_table = chosen.iter().find(|(e, _, _)| e == end).map(|c| &c.1);
        let column = table.columns.iter().find(|column| {
            let is_declared = schema.relations_from(&table.name).any(|r| {
                end_table.is_some_and(|t| same_name(t, &r.to))
                    && r.from_columns.iter().any(|c| same_name(c, &column.name))
            });
            let is_named = names
                .reference(&column.name, &names_of(entity))
                .is_some_and(|l| l > Likeness::Alike);
            !used.contains(&column.name.as_str()) && (is_declared || is_named)
        });
        column.is_some_and(|c| {
            used.push(&c.name);
            true
        })
    })
}

/// All names of an entity, its own first.
pub(super) fn names_of(entity: &Entity) -> Vec<String> {
    std::iter::once(&entity.id)
        .chain(&entity.names)
        .cloned()
        .collect()
}

/// Names a reference attribute goes by: its own and those of what it refers to, unless another
/// attribute of the entity refers to the same.
pub(super) fn reference_names(
    drill: &DesignDrill,
    entity: &Entity,
    attribute: &str,
) -> Vec<String> {
    let mut listed = vec![attribute.to_owned()];
    let Some(found) = entity.attributes.get(attribute) else {
        return listed;
    };
    listed.extend(found.names.iter().cloned());
    let same_target = |id: &&String| {
        let other = entity.attributes.get(*id);
        other.is_some_and(|o| o.refers == found.refers)
    };
    let is_alone = entity.attributes.keys().filter(same_target).count() == 1;
    if let Some(target) = found.refers.as_deref().and_then(|id| drill.entity(id))
        && is_alone
    {
        listed.extend(names_of(target));
    }
    listed
}

/// Adds what names give away (`author_id` to `users`) to the relations of a design.
fn add_named_references(
    schema: &mut Schema,
    drill: &DesignDrill,
    chosen: &Chosen,
    names: &Names<'_>,
) {
    let mut found: Vec<Relation> = Vec::new();
    for (id, table_name, _) in chosen {
        let (Some(entity), Some(table)) = (drill.entity(id), schema.table(table_name)) else {
            continue;
        };
        for (attribute, _) in entity.attributes.iter().filter(|(_, a)| a.refers.is_some()) {
            let target = entity
                .attributes
                .get(attribute)
                .and_then(|a| a.refers.as_ref());
            let Some((_, target_table, _)) =
                target.and_then(|t| chosen.iter().find(|(e, _, _)| e == t))
            else {
                continue;
            };
            let listed = reference_names(drill, entity, attribute);
            // Somebody said already how it gets there, unless several attributes lead there.
            let leading = |r: &&Relation| same_name(&r.to, target_table);
            let known = schema.relations_from(table_name).filter(leading).count();
            let wanted = entity
                .attributes
                .values()
                .filter(|a| a.refers.as_ref() == target);
            if known >= wanted.count() {
                continue;
            }
            let is_taken = |column: &str| {
                let all = schema.relations_from(table_name).chain(&found);
                all.filter(|r| same_name(&r.from, table_name))
                    .any(|r| r.from_columns.iter().any(|c| same_name(c, column)))
            };
            let own_key = |column: &str| {
                let key = table.primary_key.as_ref();
                key.is_some_and(|k| k.is_exactly(&[column.to_owned()]))
            };
            let candidates = table.columns.iter().filter(|c| !is_taken(&c.name));
            let key = schema
                .table(target_table)
                .and_then(|t| t.primary_key.as_ref()?.columns())
                .filter(|k| k.len() == 1);
            let key_kind = key.as_ref().and_then(|k| {
                let column = schema.table(target_table)?.column(k.first()?)?;
                Some(&column.data_type.kind)
            });
            let best = candidates
                .filter(|c| !own_key(&c.name))
                .filter_map(|c| Some((names.reference(&c.name, &listed)?, c)))
                // A bare name needs the type of a key: `title TEXT` is no reference to a title.
                .filter(|(likeness, c)| {
                    let meets = key_kind.is_some_and(|kind| can_meet(kind, &c.data_type.kind));
                    *likeness >= Likeness::Listed || meets
                })
                .filter(|(likeness, _)| *likeness > Likeness::Alike)
                .max_by_key(|(likeness, _)| *likeness);
            if let (Some((_, column)), Some(key)) = (best, key) {
                found.push(Relation {
                    from: table_name.clone(),
                    from_columns: vec![column.name.clone()],
                    to: target_table.clone(),
                    to_columns: key,
                    origin: RelationOrigin::Implied,
                    name: None,
                    on_delete: None,
                    on_update: None,
                });
            }
        }
    }
    schema.relations.extend(found);
}
