//! Keys, checks and references of a table.

use crate::model::{Key, Relation, Table, TypeKind, same_name};

use super::super::dialect::Id;
use super::super::rewrite::{Place, expression};
use super::Writer;

impl Writer<'_> {
    pub(super) fn constraints(
        &mut self,
        table: &Table,
        lines: &mut Vec<String>,
        remarks: &mut Vec<String>,
    ) {
        let counted = table.columns.iter().any(|c| self.counts_as_key(table, c));
        if let Some(key) = table.primary_key.as_ref().filter(|_| !counted) {
            self.key(key, "PRIMARY KEY", lines, remarks);
        }
        for key in &table.uniques {
            self.key(key, "UNIQUE", lines, remarks);
        }
        for check in &table.checks {
            match expression(&check.sql, self.dialect, Place::Check) {
                Ok(sql) => lines.push(format!(
                    "{}CHECK ({sql})",
                    self.constraint(check.name.as_deref())
                )),
                Err(reason) => remarks.push(format!("CHECK ({}) is left out: {reason}", check.sql)),
            }
        }
        let schema = self.schema;
        for relation in schema
            .relations_from(&table.name)
            .filter(|r| r.is_declared())
        {
            let words = self.reference(relation);
            let is_there = relation.is_self_reference()
                || self.created.iter().any(|c| same_name(c, &relation.to));
            if !self.has_key_for(relation) {
                remarks.push(format!("{words} is left out: there is no such key"));
            } else if !self.has_fitting_types(relation) {
                remarks.push(format!("{words} is left out: the types differ"));
            } else if is_there || self.dialect.refers_ahead() {
                lines.push(words);
            } else if self.dialect.adds_references_later() {
                let name = self.dialect.name(&table.name);
                self.late
                    .push(format!("ALTER TABLE {name} ADD {words};\n\n"));
            }
        }
    }

    /// PostgreSQL and MySQL refer to keys only.
    pub(super) fn has_key_for(&self, relation: &Relation) -> bool {
        self.dialect.id == Id::Sqlite
            || self
                .schema
                .table(&relation.to)
                .is_some_and(|t| t.is_unique(&relation.to_columns))
    }

    /// MySQL wants the same type on both sides, PostgreSQL one it can compare.
    pub(super) fn has_fitting_types(&self, relation: &Relation) -> bool {
        let pairs = relation.from_columns.iter().zip(&relation.to_columns);
        let (Some(from), Some(to)) = (
            self.schema.table(&relation.from),
            self.schema.table(&relation.to),
        ) else {
            return false;
        };
        self.dialect.id == Id::Sqlite
            || pairs.into_iter().all(|(own, other)| {
                let (Some(own), Some(other)) = (from.column(own), to.column(other)) else {
                    return false;
                };
                let (own, other) = (&own.data_type, &other.data_type);
                let both_text = matches!(
                    (&own.kind, &other.kind),
                    (TypeKind::Text { .. }, TypeKind::Text { .. })
                );
                let both_whole = matches!(
                    (&own.kind, &other.kind),
                    (TypeKind::Integer { .. }, TypeKind::Integer { .. })
                );
                both_text
                    || (both_whole && self.dialect.id == Id::Postgres)
                    || self.dialect.type_name(own) == self.dialect.type_name(other)
            })
    }

    pub(super) fn constraint(&self, name: Option<&str>) -> String {
        name.map(|n| format!("CONSTRAINT {} ", self.dialect.name(n)))
            .unwrap_or_default()
    }

    pub(super) fn key(
        &self,
        key: &Key,
        words: &str,
        lines: &mut Vec<String>,
        remarks: &mut Vec<String>,
    ) {
        match key.columns() {
            Some(columns) => {
                let name = self.constraint(key.name.as_deref());
                lines.push(format!("{name}{words} ({})", self.dialect.names(&columns)));
            }
            None => remarks.push(format!("{words} {} is a unique index below", key.to_sql())),
        }
    }

    pub(super) fn reference(&self, relation: &Relation) -> String {
        let dialect = self.dialect;
        let action = |event: &str, action: &Option<String>| {
            action
                .as_ref()
                .map(|a| format!(" ON {event} {a}"))
                .unwrap_or_default()
        };
        format!(
            "{}FOREIGN KEY ({}) REFERENCES {} ({}){}{}",
            self.constraint(relation.name.as_deref()),
            dialect.names(&relation.from_columns),
            dialect.name(&relation.to),
            dialect.names(&relation.to_columns),
            action("DELETE", &relation.on_delete),
            action("UPDATE", &relation.on_update),
        )
    }

    /// Keys and references in words, for an engine that has none.
    pub(super) fn informational(&self, table: &Table) -> Vec<String> {
        let key = table
            .primary_key
            .iter()
            .map(|k| format!("PRIMARY KEY {}", k.to_sql()));
        let uniques = table
            .uniques
            .iter()
            .map(|k| format!("UNIQUE {}", k.to_sql()));
        let checks = table.checks.iter().map(|c| format!("CHECK ({})", c.sql));
        let references = self
            .schema
            .relations_from(&table.name)
            .filter(|r| r.is_declared())
            .map(|r| self.reference(r));
        key.chain(uniques).chain(checks).chain(references).collect()
    }
}
