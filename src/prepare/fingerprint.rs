//! What the rows of a built pack add up to.

use std::collections::BTreeMap;

use crate::catalog::{Fingerprint, Pack, TableFingerprint};
use crate::datagen::Request;
use crate::datagen::dialect::name as quoted;
use crate::engine::{EngineError, Session};
use crate::model::{Column, Table, TypeKind};

/// Takes the fingerprint of the tables of a pack in a session that holds them.
pub fn fingerprint(
    session: &Session,
    pack: &Pack,
    request: Request,
) -> Result<Fingerprint, EngineError> {
    let mut table = BTreeMap::new();
    for one in &pack.schema.tables {
        table.insert(one.name.clone(), of_table(session, one)?);
    }
    Ok(Fingerprint {
        rows: request.scale,
        seed: request.seed,
        table,
    })
}

fn of_table(session: &Session, table: &Table) -> Result<TableFingerprint, EngineError> {
    let mut asked = vec!["count(*)".to_owned(), checksum(table)];
    asked.extend(
        table
            .columns
            .iter()
            .map(|c| format!("count(DISTINCT {})", quoted(&c.name))),
    );
    let numbers: Vec<&Column> = table.columns.iter().filter(|c| sum(c).is_some()).collect();
    asked.extend(numbers.iter().filter_map(|c| sum(c)));
    let select: Vec<String> = asked
        .iter()
        .map(|a| format!("CAST({a} AS VARCHAR)"))
        .collect();
    let list = format!(
        "SELECT unnest(n) FROM (SELECT [{}] AS n FROM {})",
        select.join(", "),
        quoted(&table.name)
    );
    let mut answers = session.text_values(&list)?.into_iter();
    let mut next = || answers.next().flatten();
    let rows = number(next())?;
    let checksum = number(next())?;
    let mut distinct = BTreeMap::new();
    for column in &table.columns {
        distinct.insert(column.name.clone(), number(next())?);
    }
    let mut sums = BTreeMap::new();
    for column in numbers {
        // The sum of no rows, or of NULLs alone, is NULL.
        let text = next().unwrap_or_else(|| "0".to_owned());
        sums.insert(column.name.clone(), text);
    }
    Ok(TableFingerprint {
        rows,
        checksum,
        distinct,
        sum: sums,
    })
}

/// Only sums of whole numbers do not depend on the order, so the engine's threads cannot show.
fn checksum(table: &Table) -> String {
    if table.columns.is_empty() {
        return "0".to_owned();
    }
    let parts: Vec<String> = table
        .columns
        .iter()
        .map(|c| format!("coalesce(CAST({} AS VARCHAR), '~')", quoted(&c.name)))
        .collect();
    format!(
        "coalesce(sum(md5_number_lower(concat_ws('|', {})) % 2147483647), 0)",
        parts.join(", ")
    )
}

fn sum(column: &Column) -> Option<String> {
    let name = quoted(&column.name);
    match column.data_type.kind {
        TypeKind::Integer { .. } | TypeKind::Decimal { .. } => Some(format!("sum({name})")),
        TypeKind::Float { .. } => Some(format!("sum(CAST(round({name} * 1000) AS HUGEINT))")),
        _ => None,
    }
}

fn number(text: Option<String>) -> Result<u64, EngineError> {
    text.and_then(|t| t.parse().ok())
        .ok_or_else(|| EngineError::new("a count of the fingerprint is no whole number"))
}
