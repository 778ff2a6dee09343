//! Creates a design in DuckDB and fills it with the reference data, as far as the mapping goes.

use crate::catalog::Entity;
use crate::datagen::dialect::name as quoted;
use crate::ddl::{self, Purpose};
use crate::engine::EngineError;
use crate::model::{Schema, Table, TypeKind, same_name};

use super::coding::Coding;
use super::ground::{DESIGN, DesignGround, REFERENCE, columns_of};
use super::held::{hold, orphans};
use super::matching::{EntityMatch, Mapping};

/// What became of one table of the design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    pub table: String,
    /// Rows that stand in it.
    pub rows: u64,
    /// Rows of the reference data for it.
    pub offered: u64,
    /// Why rows are missing, or why it stays empty.
    pub notes: Vec<String>,
}

/// Creates the tables of a design and fills them.
///
/// Keys, NOT NULL and references are held against the rows afterwards, so that it can be said
/// how many rows they refuse. Checks, defaults and computed columns of the design are left out:
/// nothing the candidate wrote is run but names and types.
pub fn fill(ground: &DesignGround, mapping: &Mapping) -> Result<Vec<Filled>, EngineError> {
    let session = &ground.session;
    session.execute(&format!(
        "DROP SCHEMA IF EXISTS {DESIGN} CASCADE; CREATE SCHEMA {DESIGN}; USE {DESIGN}"
    ))?;
    let plain = plain(&mapping.schema);
    let script = ddl::to_duckdb_with(&plain, ddl::Options { enforce: false });
    for statement in script
        .statements
        .iter()
        .filter(|s| s.purpose == Purpose::Table)
    {
        session.execute(&statement.sql)?;
    }
    let mut filled = Vec::new();
    for table in &plain.tables {
        let mut one = Filled {
            table: table.name.clone(),
            ..Filled::default()
        };
        match mapping.entity_of(&table.name) {
            None => one
                .notes
                .push("nothing in the reference data speaks of it: it stays empty".to_owned()),
            Some(entity) => fill_table(ground, mapping, entity, table, &mut one)?,
        }
        filled.push(one);
    }
    for one in &mut filled {
        if let Some(table) = mapping.schema.table(&one.table)
            && one.rows > 0
        {
            hold(ground, table, one)?;
        }
    }
    // Only now do all parents stand that will stand.
    for index in 0..filled.len() {
        orphans(ground, mapping, index, &mut filled)?;
    }
    Ok(filled)
}

/// The design as it can be created for any rows: names and types only.
fn plain(schema: &Schema) -> Schema {
    let mut plain = schema.clone();
    plain.views.clear();
    plain
        .tables
        .retain(|t| t.query.is_none() && !t.columns.is_empty());
    for table in &mut plain.tables {
        table.checks.clear();
        table.indexes.clear();
        table.physical = crate::model::Physical::default();
        for column in &mut table.columns {
            column.default = None;
            column.generated = None;
            column.auto_increment = false;
            match column.data_type.kind {
                TypeKind::Enum(_) | TypeKind::Json | TypeKind::Other => {
                    column.data_type.kind = TypeKind::Text { length: None };
                    column.data_type.documented = "TEXT".to_owned();
                }
                // The reference data is in UTC: a moment is the same with a zone or without.
                TypeKind::Timestamp { .. } => {
                    column.data_type.kind = TypeKind::Timestamp { with_zone: false };
                    column.data_type.documented = "TIMESTAMP".to_owned();
                }
                _ => {}
            }
        }
    }
    plain
}

fn fill_table(
    ground: &DesignGround,
    mapping: &Mapping,
    id: &str,
    table: &Table,
    filled: &mut Filled,
) -> Result<(), EngineError> {
    let (Some(entity), Some(found)) = (ground.design().entity(id), mapping.entities.get(id)) else {
        return Ok(());
    };
    if entity.rows.is_none() {
        filled
            .notes
            .push("the reference data has no rows for it: it stays empty".to_owned());
        return Ok(());
    }
    let stored = columns_of(&ground.session, DESIGN, &table.name)?;
    let mut source = Source::new(entity);
    let mut names = Vec::new();
    let mut values = Vec::new();
    for column in &table.columns {
        let data_type = stored.get(&column.name).map_or("VARCHAR", String::as_str);
        let is_key = table.is_in_primary_key(&column.name);
        let value = value_of(ground, mapping, &mut source, found, table, &column.name);
        let value = match value {
            Some(Value::Identity(sql)) => identity_as(&sql, &column.data_type.kind, data_type),
            Some(Value::Fact(sql)) => {
                let coding = mapping
                    .attribute(id, &column.name)
                    .map_or(Coding::Plain, |attribute| {
                        Coding::of(ground, mapping, id, attribute, &column.name)
                    });
                format!("TRY_CAST({} AS {data_type})", coding.encoded(&sql))
            }
            // A key of its own that the data has no word for.
            // So is one that is unique by itself: the same value everywhere would be refused.
            None if is_key || table.is_unique(std::slice::from_ref(&column.name)) => {
                identity_as("row_number() OVER ()", &column.data_type.kind, data_type)
            }
            None if column.nullable => continue,
            None => neutral(&column.data_type.kind, data_type),
        };
        // A DEFAULT is what the database would write: its value is not run, only its presence counts.
        let documented = mapping.schema.table(&table.name);
        let has_default = documented
            .and_then(|t| t.column(&column.name))
            .is_some_and(|c| c.default.is_some() && !c.nullable);
        let value = if has_default {
            let instead = neutral(&column.data_type.kind, data_type);
            format!("coalesce({value}, {instead})")
        } else {
            value
        };
        names.push(quoted(&column.name));
        values.push(value);
    }
    if names.is_empty() {
        filled.notes.push("no column of it is known".to_owned());
        return Ok(());
    }
    ground.session.execute(&format!(
        "INSERT INTO {DESIGN}.{} ({}) SELECT {} FROM {}",
        quoted(&table.name),
        names.join(", "),
        values.join(", "),
        source.sql()
    ))?;
    let count = |schema: &str, name: &str| {
        let sql = format!("SELECT count(*) FROM {schema}.{}", quoted(name));
        ground.session.count(&sql).map(Option::unwrap_or_default)
    };
    filled.offered = count(REFERENCE, id)?;
    filled.rows = count(DESIGN, &table.name)?;
    Ok(())
}

/// Where a value comes from.
enum Value {
    /// It tells rows apart: any type will do, as long as equal stays equal.
    Identity(String),
    Fact(String),
}

/// The rows of an entity, joined with those it refers to as far as they are asked for.
struct Source<'a> {
    entity: &'a Entity,
    /// Paths of reference attributes; the alias of the n-th is `j<n>`.
    paths: Vec<(Vec<String>, String)>,
}

impl<'a> Source<'a> {
    fn new(entity: &'a Entity) -> Self {
        Self {
            entity,
            paths: Vec::new(),
        }
    }

    /// The alias of what a path leads to.
    fn alias(&mut self, ground: &DesignGround, path: &[String]) -> Option<String> {
        if path.is_empty() {
            return Some("e".to_owned());
        }
        if let Some(at) = self.paths.iter().position(|(p, _)| p == path) {
            return Some(format!("j{at}"));
        }
        let (last, before) = path.split_last()?;
        let parent = self.alias(ground, before)?;
        let from = entity_at(ground, self.entity, before)?;
        let target = from.attributes.get(last)?.refers.clone()?;
        if !ground.has(&from.id, last) || !ground.has(&target, "id") {
            return None;
        }
        let alias = format!("j{}", self.paths.len());
        let join = format!(
            "LEFT JOIN {REFERENCE}.{} AS {alias} ON {alias}.id = {parent}.{}",
            quoted(&target),
            quoted(last)
        );
        self.paths.push((path.to_vec(), join));
        Some(alias)
    }

    fn sql(&self) -> String {
        let mut sql = format!("{REFERENCE}.{} AS e", quoted(&self.entity.id));
        for (_, join) in &self.paths {
            sql.push(' ');
            sql.push_str(join);
        }
        sql
    }
}

/// The entity a path of reference attributes leads to.
fn entity_at<'a>(
    ground: &'a DesignGround,
    from: &'a Entity,
    path: &[String],
) -> Option<&'a Entity> {
    path.iter().try_fold(from, |entity, step| {
        let target = entity.attributes.get(step)?.refers.as_deref()?;
        ground.design().entity(target)
    })
}

fn value_of(
    ground: &DesignGround,
    mapping: &Mapping,
    source: &mut Source<'_>,
    found: &EntityMatch,
    table: &Table,
    column: &str,
) -> Option<Value> {
    let entity = source.entity;
    let attribute = mapping.attribute(&entity.id, column);
    // A part of a reference holds what the column it points at holds.
    if let Some(value) = through_reference(ground, mapping, source, table, column) {
        return Some(value);
    }
    let is_own_key = table.is_in_primary_key(column);
    let own_id = || {
        let is_alone = table
            .primary_key
            .as_ref()
            .is_some_and(|k| k.parts.len() == 1);
        (is_own_key && is_alone && ground.has(&entity.id, "id"))
            .then(|| Value::Identity("e.id".to_owned()))
    };
    if let Some(attribute) = attribute {
        if !ground.has(&entity.id, attribute) {
            return own_id();
        }
        let sql = format!("e.{}", quoted(attribute));
        let is_reference = entity
            .attributes
            .get(attribute)
            .is_some_and(|a| a.refers.is_some());
        return Some(if is_reference || attribute == "id" {
            Value::Identity(sql)
        } else {
            Value::Fact(sql)
        });
    }
    if let Some(copy) = found.copies.iter().find(|c| same_name(&c.column, column)) {
        let alias = source.alias(ground, &copy.path)?;
        if !ground.has(&copy.entity, &copy.attribute) {
            return None;
        }
        return Some(Value::Fact(format!("{alias}.{}", quoted(&copy.attribute))));
    }
    (is_own_key && ground.has(&entity.id, "id")).then(|| Value::Identity("e.id".to_owned()))
}

/// The value of a column that is part of a reference to another matched table.
fn through_reference(
    ground: &DesignGround,
    mapping: &Mapping,
    source: &mut Source<'_>,
    table: &Table,
    column: &str,
) -> Option<Value> {
    let entity = source.entity;
    // The narrowest: a wider one may be NULL where this one is not.
    let relation = mapping
        .schema
        .relations_from(&table.name)
        .filter(|r| r.from_columns.iter().any(|c| same_name(c, column)))
        .min_by_key(|r| r.from_columns.len())?;
    let place = relation
        .from_columns
        .iter()
        .position(|c| same_name(c, column))?;
    let target_column = relation.to_columns.get(place)?;
    let target = mapping.entity_of(&relation.to)?;
    // Which attribute of ours leads there: by the column's own match, or the only one that does.
    let found = mapping.entities.get(&entity.id)?;
    let leads = |attribute: &&String| {
        let of = entity.attributes.get(*attribute);
        of.is_some_and(|a| a.refers.as_deref() == Some(target))
    };
    let by_match = found
        .columns
        .iter()
        .find(|(a, c)| relation.from_columns.iter().any(|f| same_name(f, c)) && leads(a))
        .map(|(a, _)| a.clone());
    let own = by_match.or_else(|| entity.attributes.keys().find(leads).cloned())?;
    if !ground.has(&entity.id, &own) {
        return None;
    }
    match mapping.attribute(target, target_column) {
        // A key of the parent's own that stands for its id.
        None | Some("id") => Some(Value::Identity(format!("e.{}", quoted(&own)))),
        Some(attribute) => {
            let alias = source.alias(ground, std::slice::from_ref(&own))?;
            let refers = ground
                .design()
                .entity(target)
                .and_then(|e| e.attributes.get(attribute))
                .is_some_and(|a| a.refers.is_some());
            let sql = format!("{alias}.{}", quoted(attribute));
            Some(match ground.has(target, attribute) {
                true if refers => Value::Identity(sql),
                true => Value::Fact(sql),
                // The parent's key is filled with its id as well.
                false => Value::Identity(format!("e.{}", quoted(&own))),
            })
        }
    }
}

/// An identity in a column's type: equal stays equal, different stays different.
fn identity_as(sql: &str, kind: &TypeKind, data_type: &str) -> String {
    match kind {
        TypeKind::Uuid => format!("CAST(md5(CAST({sql} AS VARCHAR)) AS UUID)"),
        // Texts have no number of their own: one below 2^31, by hash.
        TypeKind::Integer { .. } => format!(
            "CASE WHEN ({sql}) IS NOT NULL THEN coalesce(TRY_CAST({sql} AS {data_type}), TRY_CAST(hash({sql}) % 2147483647 AS {data_type})) END"
        ),
        _ => format!("TRY_CAST({sql} AS {data_type})"),
    }
}

/// A value for a column that must hold one and that the data has no word for.
fn neutral(kind: &TypeKind, data_type: &str) -> String {
    let value = match kind {
        TypeKind::Boolean => "false",
        TypeKind::Integer { .. } | TypeKind::Decimal { .. } | TypeKind::Float { .. } => "0",
        TypeKind::Date | TypeKind::Timestamp { .. } => "'2026-01-01'",
        TypeKind::Time => "'00:00:00'",
        TypeKind::Uuid => "'00000000-0000-4000-8000-000000000000'",
        TypeKind::Text { .. } | TypeKind::Enum(_) => "''",
        _ => return "NULL".to_owned(),
    };
    format!("TRY_CAST({value} AS {data_type})")
}
