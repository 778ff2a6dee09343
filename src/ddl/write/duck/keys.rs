//! Which keys, checks and references DuckDB enforces, and why not the others.

use crate::model::{Check, Key, KeyPart, Relation, Table, same_name};

use super::super::dialect::DUCKDB;
use super::super::rewrite::{Place, expression};
use super::table::{can_be_indexed, type_name};
use super::{Writer, constraints};

/// The constraints of one table as DuckDB takes them.
#[derive(Default)]
pub(super) struct TableKeys {
    /// Words behind a column: `PRIMARY KEY`, `UNIQUE`.
    inline: Vec<(String, &'static str)>,
    /// Lines behind the columns.
    pub lines: Vec<String>,
    /// Keys with an expression: their name and parts.
    pub unique_indexes: Vec<(Option<String>, String)>,
}

const PRIMARY: &str = " PRIMARY KEY";
const UNIQUE: &str = " UNIQUE";

impl TableKeys {
    pub fn inline_for(&self, column: &str) -> Option<&'static str> {
        self.inline
            .iter()
            .find(|(c, _)| same_name(c, column))
            .map(|(_, words)| *words)
    }

    pub fn is_inline_primary(&self, column: &str) -> bool {
        self.inline_for(column) == Some(PRIMARY)
    }
}

impl Writer<'_> {
    pub(super) fn keys_of(&mut self, table: &Table) -> TableKeys {
        let mut keys = TableKeys::default();
        let mut seen: Vec<&Key> = Vec::new();
        let all = table
            .primary_key
            .iter()
            .map(|k| (k, PRIMARY))
            .chain(table.uniques.iter().map(|k| (k, UNIQUE)));
        for (key, words) in all {
            // The same columns twice say nothing new.
            if !seen.iter().any(|s| s.parts == key.parts) {
                seen.push(key);
                self.key(table, key, words, &mut keys);
            }
        }
        for check in &table.checks {
            self.check(table, check, &mut keys);
        }
        let schema = self.schema;
        for relation in schema
            .relations_from(&table.name)
            .filter(|r| r.is_declared())
        {
            self.reference(table, relation, &mut keys);
        }
        keys
    }

    fn key(&mut self, table: &Table, key: &Key, words: &'static str, keys: &mut TableKeys) {
        let shown = if words == PRIMARY {
            "The primary key"
        } else {
            "The unique key"
        };
        if let Some(reason) = why_not_unique(table, key) {
            let message = format!("{shown} `{}` is not enforced: {reason}", key.to_sql());
            self.adapt(&table.name, None, message);
            return;
        }
        if key.partition_parts > 0 {
            let message = format!(
                "The key `{}` became an ordinary primary key: DuckDB does not place rows by their first key columns",
                key.to_sql()
            );
            self.adapt(&table.name, None, message);
        }
        let columns = key.columns();
        if let Some(columns) = &columns {
            let parts: Vec<String> = columns.iter().map(|c| DUCKDB.name(c)).collect();
            let unique = constraints::unique(&table.name, words.trim(), &parts);
            self.script.constraints.push(unique);
        }
        match (columns.as_deref(), &key.name) {
            (Some([only]), None) => keys.inline.push((only.clone(), words)),
            (Some(columns), name) => {
                let named = name
                    .as_ref()
                    .map(|n| format!("CONSTRAINT {} ", DUCKDB.name(n)))
                    .unwrap_or_default();
                keys.lines.push(format!(
                    "{named}{} ({})",
                    words.trim(),
                    DUCKDB.names(columns)
                ));
            }
            (None, _) => self.key_on_expressions(table, key, shown, keys),
        }
    }

    fn key_on_expressions(&mut self, table: &Table, key: &Key, shown: &str, keys: &mut TableKeys) {
        let parts: Result<Vec<String>, String> = key.parts.iter().map(key_part).collect();
        let message = match parts {
            Ok(parts) => {
                let unique = constraints::unique(&table.name, UNIQUE.trim(), &parts);
                self.script.constraints.push(unique);
                keys.unique_indexes
                    .push((key.name.clone(), parts.join(", ")));
                let expressions: Vec<String> = key
                    .parts
                    .iter()
                    .filter_map(|p| match p {
                        KeyPart::Expression { sql, .. } => Some(format!("`{sql}`")),
                        KeyPart::Column(_) => None,
                    })
                    .collect();
                format!(
                    "The key on {} became a unique index: DuckDB keys take columns only",
                    expressions.join(" and ")
                )
            }
            Err(reason) => format!("{shown} `{}` is not enforced: {reason}", key.to_sql()),
        };
        self.adapt(&table.name, None, message);
    }

    fn check(&mut self, table: &Table, check: &Check, keys: &mut TableKeys) {
        let unknown = check
            .columns
            .iter()
            .find(|c| table.column(c).is_none() && !is_moment(c));
        let sql = expression(&check.sql, &DUCKDB, Place::Check).and_then(|sql| match unknown {
            Some(column) => Err(format!("`{column}` is no column of the table")),
            None => Ok(sql),
        });
        match sql {
            Ok(sql) => {
                let named = check
                    .name
                    .as_ref()
                    .map(|n| format!("CONSTRAINT {} ", DUCKDB.name(n)))
                    .unwrap_or_default();
                let proof = constraints::check(&table.name, &sql);
                self.script.constraints.push(proof);
                keys.lines.push(format!("{named}CHECK ({sql})"));
            }
            Err(reason) => {
                let message = format!("The check `{}` is not enforced: {reason}", check.sql);
                self.adapt(&table.name, None, message);
            }
        }
    }

    fn reference(&mut self, table: &Table, relation: &Relation, keys: &mut TableKeys) {
        let (from, to) = match self.enforceable(table, relation) {
            Ok(columns) => columns,
            Err(reason) => {
                let message = format!(
                    "The reference `{}` → `{}` is not enforced: {reason}",
                    relation.from_columns.join(", "),
                    relation.to
                );
                self.adapt(&table.name, single(&relation.from_columns), message);
                return;
            }
        };
        self.script.constraints.push(constraints::reference(
            &table.name,
            &from,
            &relation.to,
            &to,
        ));
        keys.lines.push(format!(
            "FOREIGN KEY ({}) REFERENCES {} ({})",
            DUCKDB.names(&from),
            DUCKDB.name(&relation.to),
            DUCKDB.names(&to)
        ));
        for (event, action) in [
            ("DELETE", &relation.on_delete),
            ("UPDATE", &relation.on_update),
        ] {
            if let Some(action) = action
                .as_ref()
                .filter(|a| !matches!(a.as_str(), "NO ACTION" | "RESTRICT"))
            {
                let message = format!(
                    "`ON {event} {action}` of `{}` → `{}` is left out: DuckDB refuses to change rows that are referred to",
                    relation.from_columns.join(", "),
                    relation.to
                );
                self.adapt(&table.name, single(&relation.from_columns), message);
            }
        }
    }

    /// The columns on both sides in the order of the parent's key, or why DuckDB cannot
    /// watch over the reference.
    fn enforceable(
        &self,
        table: &Table,
        relation: &Relation,
    ) -> Result<(Vec<String>, Vec<String>), String> {
        let parent = self
            .schema
            .table(&relation.to)
            .filter(|p| !p.columns.is_empty())
            .ok_or_else(|| format!("`{}` is not created by its columns", relation.to))?;
        if !relation.is_self_reference() && !self.is_created(&parent.name) {
            return Err(format!(
                "`{}` is created after `{}`, and DuckDB adds no references later",
                parent.name, table.name
            ));
        }
        let key = parent
            .primary_key
            .iter()
            .chain(&parent.uniques)
            .filter(|k| why_not_unique(parent, k).is_none())
            .filter_map(Key::columns)
            .find(|key| is_permutation(key, &relation.to_columns))
            .ok_or_else(|| {
                format!(
                    "`{}` has no enforced key on `{}`",
                    parent.name,
                    relation.to_columns.join(", ")
                )
            })?;
        let mut from = Vec::with_capacity(key.len());
        for column in &key {
            let pair = relation
                .to_columns
                .iter()
                .zip(&relation.from_columns)
                .find(|(to, _)| same_name(to, column));
            from.extend(pair.map(|(_, from)| from.clone()));
        }
        for (own, other) in from.iter().zip(&key) {
            check_types(table, own, parent, other)?;
        }
        Ok((from, key))
    }
}

fn check_types(table: &Table, own: &str, parent: &Table, other: &str) -> Result<(), String> {
    let (Some(own), Some(other)) = (table.column(own), parent.column(other)) else {
        return Err("a column of it is missing".to_owned());
    };
    if own.generated.is_some() {
        return Err(format!("`{}` is computed", own.name));
    }
    let (own_type, other_type) = (type_name(&own.data_type), type_name(&other.data_type));
    if own_type == other_type {
        return Ok(());
    }
    Err(format!(
        "`{}` is `{own_type}` and `{}.{}` is `{other_type}`",
        own.name, parent.name, other.name
    ))
}

fn is_permutation(a: &[String], b: &[String]) -> bool {
    a.len() == b.len()
        && a.iter().all(|x| b.iter().any(|y| same_name(x, y)))
        && b.iter().all(|y| a.iter().any(|x| same_name(x, y)))
}

/// Why DuckDB cannot watch over a key. `None`: it can.
fn why_not_unique(table: &Table, key: &Key) -> Option<String> {
    let names = key.columns().unwrap_or_default();
    let repeats = names
        .iter()
        .enumerate()
        .any(|(at, n)| names.iter().skip(at + 1).any(|m| same_name(n, m)));
    if repeats {
        return Some("a column stands in it twice".to_owned());
    }
    table
        .columns
        .iter()
        .filter(|c| key.names(&c.name))
        .find_map(|column| {
            if column.generated.is_some() {
                Some(format!("`{}` is computed", column.name))
            } else if can_be_indexed(&column.data_type) {
                None
            } else {
                Some(format!(
                    "DuckDB cannot index `{}`",
                    type_name(&column.data_type)
                ))
            }
        })
}

fn key_part(part: &KeyPart) -> Result<String, String> {
    match part {
        KeyPart::Column(name) => Ok(DUCKDB.name(name)),
        KeyPart::Expression { sql, .. } => {
            Ok(format!("({})", expression(sql, &DUCKDB, Place::Index)?))
        }
    }
}

/// `CURRENT_DATE` reads like a column.
fn is_moment(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("current_") || name == "localtimestamp"
}

fn single(columns: &[String]) -> Option<&str> {
    match columns {
        [one] => Some(one),
        _ => None,
    }
}
