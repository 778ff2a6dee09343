//! Tells the entities of a drill from the tables of a design: views the questions are asked of.

use std::collections::BTreeMap;

use crate::catalog::{DesignDrill, Entity};
use crate::datagen::dialect::name as quoted;
use crate::engine::EngineError;
use crate::model::same_name;

use super::coding::Coding;
use super::ground::{ANSWER, DESIGN, DesignGround};
use super::matching::Mapping;

/// How far an attribute may stand from its entity, in references.
const FAR: usize = 3;

/// Makes a view for each entity the design tells of, with the attributes it can tell.
///
/// Returns the attributes of each.
pub fn rebuild(
    ground: &DesignGround,
    mapping: &Mapping,
) -> Result<BTreeMap<String, Vec<String>>, EngineError> {
    ground.session.execute(&format!(
        "DROP SCHEMA IF EXISTS {ANSWER} CASCADE; CREATE SCHEMA {ANSWER}; USE {ANSWER}"
    ))?;
    let mut told = BTreeMap::new();
    for entity in &ground.design().entities {
        let Some(view) = of_table(ground, mapping, entity)
            .or_else(|| of_copies(ground.design(), mapping, entity))
        else {
            continue;
        };
        ground.session.execute(&format!(
            "CREATE VIEW {} AS {}",
            quoted(&entity.id),
            view.sql
        ))?;
        told.insert(entity.id.clone(), view.attributes);
    }
    Ok(told)
}

struct View {
    sql: String,
    attributes: Vec<String>,
}

/// An entity with a table of its own; what it lacks is looked for along its references.
fn of_table(ground: &DesignGround, mapping: &Mapping, entity: &Entity) -> Option<View> {
    let table = mapping.table(&entity.id)?;
    let mut joins = Joins::default();
    let mut values = Vec::new();
    let mut attributes = Vec::new();
    for attribute in entity.attributes.keys() {
        let here = Place {
            entity: &entity.id,
            alias: "t",
        };
        let Some(sql) = find(ground, mapping, here, attribute, FAR, &mut joins) else {
            continue;
        };
        values.push(format!("{sql} AS {}", quoted(attribute)));
        attributes.push(attribute.clone());
    }
    if values.is_empty() {
        return None;
    }
    let sql = format!(
        "SELECT {} FROM {DESIGN}.{} AS t {}",
        values.join(", "),
        quoted(&table.name),
        joins.lines.join(" ")
    );
    Some(View { sql, attributes })
}

/// An entity without a table whose facts are repeated in another: the distinct ones.
fn of_copies(design: &DesignDrill, mapping: &Mapping, entity: &Entity) -> Option<View> {
    for (holder, found) in &mapping.entities {
        let copies: Vec<_> = found
            .copies
            .iter()
            .filter(|c| c.entity == entity.id && c.path.len() == 1)
            .collect();
        let holder = design.entity(holder)?;
        let Some(role) = copies.first().and_then(|c| c.path.first()) else {
            continue;
        };
        let leads = holder.attributes.get(role)?.refers.as_deref() == Some(&entity.id);
        let Some(key) = found.columns.get(role).filter(|_| leads) else {
            continue;
        };
        let mut values = vec![format!("{} AS id", quoted(key))];
        let mut attributes = vec!["id".to_owned()];
        for copy in copies {
            values.push(format!(
                "{} AS {}",
                quoted(&copy.column),
                quoted(&copy.attribute)
            ));
            attributes.push(copy.attribute.clone());
        }
        let sql = format!(
            "SELECT DISTINCT {} FROM {DESIGN}.{} WHERE {} IS NOT NULL",
            values.join(", "),
            quoted(&found.table),
            quoted(key)
        );
        return Some(View { sql, attributes });
    }
    None
}

#[derive(Default)]
struct Joins {
    lines: Vec<String>,
}

#[derive(Clone, Copy)]
struct Place<'a> {
    entity: &'a str,
    alias: &'a str,
}

/// The SQL of an attribute, seen from an entity's table.
fn find(
    ground: &DesignGround,
    mapping: &Mapping,
    at: Place<'_>,
    attribute: &str,
    far: usize,
    joins: &mut Joins,
) -> Option<String> {
    let design = ground.design();
    let entity = design.entity(at.entity)?;
    if attribute == "id" {
        let identity = mapping.identity(at.entity)?;
        return Some(tuple(at.alias, &identity));
    }
    if let Some(column) = mapping.column(at.entity, attribute) {
        let target = entity
            .attributes
            .get(attribute)
            .and_then(|a| a.refers.as_deref());
        if let Some(target) = target
            && let Some(sql) = reference(mapping, at, column, target, joins)
        {
            return Some(sql);
        }
        let value = format!("{}.{}", at.alias, quoted(column));
        let coding = Coding::of(ground, mapping, at.entity, attribute, column);
        return Some(coding.decoded(&value));
    }
    if far == 0 {
        return None;
    }
    // Along references: first those of the drill, then those of the design.
    let steps: Vec<(String, String)> = entity
        .attributes
        .iter()
        .filter_map(|(id, a)| Some((id.clone(), a.refers.clone()?)))
        .collect();
    for (step, target) in steps {
        let is_there = design
            .entity(&target)
            .is_some_and(|t| t.attributes.contains_key(attribute));
        let Some(column) = mapping.column(at.entity, &step) else {
            continue;
        };
        if mapping.entities.contains_key(&target)
            && (is_there || far > 1)
            && let Some(alias) = join(mapping, at, column, &target, joins)
        {
            let next = Place {
                entity: &target,
                alias: &alias,
            };
            if let Some(sql) = find(ground, mapping, next, attribute, far - 1, joins) {
                return Some(sql);
            }
        }
    }
    None
}

/// The identity of what a reference column points at, where it does not hold it itself.
fn reference(
    mapping: &Mapping,
    at: Place<'_>,
    column: &str,
    target: &str,
    joins: &mut Joins,
) -> Option<String> {
    let table = mapping.table(at.entity)?;
    let parent = mapping.table(target)?;
    let mut relations = mapping.schema.relations_from(&table.name);
    let relation = relations.find(|r| {
        same_name(&r.to, &parent.name) && r.from_columns.iter().any(|c| same_name(c, column))
    })?;
    let identity = mapping.identity(target)?;
    let points_at_identity = relation.to_columns.len() == identity.len()
        && relation
            .to_columns
            .iter()
            .all(|c| identity.iter().any(|i| same_name(i, c)));
    if points_at_identity {
        // In the order of the identity, so that both sides read alike.
        let ours: Option<Vec<String>> = identity
            .iter()
            .map(|i| {
                let place = relation.to_columns.iter().position(|c| same_name(c, i))?;
                relation.from_columns.get(place).cloned()
            })
            .collect();
        return Some(tuple(at.alias, &ours?));
    }
    let alias = join(mapping, at, column, target, joins)?;
    Some(tuple(&alias, &identity))
}

/// Joins the table a reference column points at, and tells its alias.
fn join(
    mapping: &Mapping,
    at: Place<'_>,
    column: &str,
    target: &str,
    joins: &mut Joins,
) -> Option<String> {
    let (table, parent) = (mapping.table(at.entity)?, mapping.table(target)?);
    let mut relations = mapping.schema.relations_from(&table.name);
    let relation = relations.find(|r| {
        same_name(&r.to, &parent.name) && r.from_columns.iter().any(|c| same_name(c, column))
    })?;
    let alias = format!("j{}", joins.lines.len());
    let meets: Vec<String> = relation
        .from_columns
        .iter()
        .zip(&relation.to_columns)
        .map(|(f, t)| format!("{alias}.{} = {}.{}", quoted(t), at.alias, quoted(f)))
        .collect();
    joins.lines.push(format!(
        "LEFT JOIN {DESIGN}.{} AS {alias} ON {}",
        quoted(&parent.name),
        meets.join(" AND ")
    ));
    Some(alias)
}

/// One column as it is, several as one text.
fn tuple(alias: &str, columns: &[String]) -> String {
    let names: Vec<String> = columns
        .iter()
        .map(|c| format!("{alias}.{}", quoted(c)))
        .collect();
    match names.as_slice() {
        [one] => one.clone(),
        // NULL where any part is: such a reference points nowhere.
        several => {
            let parts = several.iter().map(|c| format!("CAST({c} AS VARCHAR)"));
            format!("({})", parts.collect::<Vec<_>>().join(" || '|' || "))
        }
    }
}
