//! Holds the keys, NOT NULL and references of a design against the rows that were put into it.

use crate::datagen::dialect::name as quoted;
use crate::engine::EngineError;
use crate::model::{KeyPart, Table, same_name};

use super::fill::Filled;
use super::ground::{DESIGN, DesignGround};
use super::matching::Mapping;

/// Takes out what the table's keys and NOT NULL would have refused, and says how much.
pub fn hold(ground: &DesignGround, table: &Table, filled: &mut Filled) -> Result<(), EngineError> {
    let name = format!("{DESIGN}.{}", quoted(&table.name));
    let keys = table.primary_key.iter().chain(&table.uniques);
    let by_index = table
        .indexes
        .iter()
        .filter(|i| i.unique && i.filter.is_none())
        .filter_map(|i| {
            let parts = i
                .parts
                .iter()
                .map(|p| table.column(p.sql.trim_matches('"')));
            let parts: Option<Vec<String>> = parts.map(|c| Some(c?.name.clone())).collect();
            parts
        });
    let lists = keys.filter_map(|k| {
        let parts = k.parts.iter().map(|p| match p {
            KeyPart::Column(c) => Some(c.clone()),
            KeyPart::Expression { .. } => None,
        });
        parts.collect::<Option<Vec<String>>>()
    });
    for columns in lists.chain(by_index) {
        let list: Vec<String> = columns.iter().map(|c| quoted(c)).collect();
        let list = list.join(", ");
        let is_given = columns
            .iter()
            .map(|c| format!("{} IS NOT NULL", quoted(c)))
            .collect::<Vec<_>>()
            .join(" AND ");
        let refused = ground.session.count(&format!(
            "SELECT count(*) FROM {name} WHERE {is_given} AND rowid NOT IN (SELECT min(rowid) FROM {name} GROUP BY {list})"
        ))?;
        if let Some(refused) = refused.filter(|n| *n > 0) {
            ground.session.execute(&format!(
                "DELETE FROM {name} WHERE {is_given} AND rowid NOT IN (SELECT min(rowid) FROM {name} GROUP BY {list})"
            ))?;
            filled.rows -= refused.min(filled.rows);
            filled.notes.push(format!(
                "the key ({}) refuses {refused} of {} rows",
                columns.join(", "),
                filled.offered
            ));
        }
    }
    for column in table.columns.iter().filter(|c| !c.nullable) {
        let sql = format!(
            "SELECT count(*) FROM {name} WHERE {} IS NULL",
            quoted(&column.name)
        );
        let refused = ground.session.count(&sql)?.unwrap_or_default();
        if refused > 0 {
            ground.session.execute(&format!(
                "DELETE FROM {name} WHERE {} IS NULL",
                quoted(&column.name)
            ))?;
            filled.rows -= refused.min(filled.rows);
            filled.notes.push(format!(
                "NOT NULL of {} refuses {refused} of {} rows",
                column.name, filled.offered
            ));
        }
    }
    Ok(())
}

/// Says how many rows point at nothing that is there.
pub fn orphans(
    ground: &DesignGround,
    mapping: &Mapping,
    index: usize,
    filled: &mut [Filled],
) -> Result<(), EngineError> {
    let Some(table) = filled.get(index).map(|f| f.table.clone()) else {
        return Ok(());
    };
    let mut notes = Vec::new();
    for relation in mapping
        .schema
        .relations_from(&table)
        .filter(|r| r.is_declared())
    {
        let parent_rows = filled
            .iter()
            .find(|f| same_name(&f.table, &relation.to))
            .map_or(0, |f| f.rows);
        if parent_rows == 0 || relation.from_columns.len() != relation.to_columns.len() {
            continue;
        }
        let pairs = relation.from_columns.iter().zip(&relation.to_columns);
        let meets: Vec<String> = pairs
            .map(|(f, t)| format!("p.{} = c.{}", quoted(t), quoted(f)))
            .collect();
        let given: Vec<String> = relation
            .from_columns
            .iter()
            .map(|c| format!("c.{} IS NOT NULL", quoted(c)))
            .collect();
        let sql = format!(
            "SELECT count(*) FROM {DESIGN}.{} AS c WHERE {} AND NOT EXISTS (SELECT 1 FROM {DESIGN}.{} AS p WHERE {})",
            quoted(&table),
            given.join(" AND "),
            quoted(&relation.to),
            meets.join(" AND ")
        );
        // Types that do not meet are told as a finding of the design.
        if let Ok(Some(count)) = ground.session.count(&sql)
            && count > 0
        {
            notes.push(format!("{count} rows point at no row of {}", relation.to));
        }
    }
    if let Some(one) = filled.get_mut(index) {
        one.notes.extend(notes);
    }
    Ok(())
}
