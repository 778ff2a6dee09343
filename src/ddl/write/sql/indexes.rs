//! What follows the tables: indexes, views and tables made by a query.

use crate::ddl::names::cleaned;
use crate::model::{Index, Key, KeyPart, Schema, Table, TypeKind, same_name};

use super::super::dialect::Id;
use super::super::rewrite::{self, Place, expression};
use super::{Writer, comment_lines};

impl Writer<'_> {
    pub(super) fn indexes(&mut self, table: &Table) -> Vec<String> {
        if !self.dialect.has_keys() {
            return Vec::new();
        }
        let mut written = Vec::new();
        let keys = table.primary_key.iter().chain(&table.uniques);
        for key in keys.filter(|k| k.columns().is_none()) {
            let own_name = format!("{}_key", cleaned(&table.name));
            let name = self.free_name(key.name.as_ref().unwrap_or(&own_name), table);
            written.push((
                "unique key",
                name.clone(),
                self.key_index(table, key, &name),
            ));
        }
        for (at, index) in table.indexes.iter().enumerate() {
            let own_name = format!("{}_idx{}", cleaned(&table.name), at + 1);
            let name = self.free_name(index.name.as_ref().unwrap_or(&own_name), table);
            written.push(("index", name.clone(), self.index(table, index, &name)));
        }
        written
            .into_iter()
            .map(|(what, name, sql)| match sql {
                Ok(sql) => format!("{sql};\n\n"),
                Err(reason) => {
                    comment_lines(&format!("the {what} {name} is left out: {reason}")) + "\n"
                }
            })
            .collect()
    }

    fn free_name(&mut self, wanted: &str, table: &Table) -> String {
        let fallback = format!("{}_{wanted}", cleaned(&table.name));
        let numbered = (2_usize..).map(|n| format!("{fallback}_{n}"));
        let name = [wanted.to_owned(), fallback.clone()]
            .into_iter()
            .chain(numbered)
            .find(|name| !self.index_names.contains(&name.to_ascii_lowercase()))
            .unwrap_or(fallback);
        self.index_names.insert(name.to_ascii_lowercase());
        name
    }

    pub(super) fn key_index(&self, table: &Table, key: &Key, name: &str) -> Result<String, String> {
        let parts = key.parts.iter().map(|part| match part {
            KeyPart::Column(name) => self.index_part(table, name, false),
            KeyPart::Expression { sql, .. } => self.index_part(table, sql, false),
        });
        let parts = parts.collect::<Result<Vec<String>, String>>()?;
        Ok(format!(
            "CREATE UNIQUE INDEX {} ON {} ({})",
            self.dialect.name(name),
            self.dialect.name(&table.name),
            parts.join(", ")
        ))
    }

    pub(super) fn index_part(
        &self,
        table: &Table,
        sql: &str,
        descending: bool,
    ) -> Result<String, String> {
        let dialect = self.dialect;
        let unindexed = |kind: &TypeKind| {
            matches!(
                kind,
                TypeKind::Json | TypeKind::Array(_) | TypeKind::Vector { .. }
            )
        };
        let words = match table.column(sql) {
            Some(column) if dialect.id == Id::MySql && unindexed(&column.data_type.kind) => {
                return Err(format!(
                    "MySQL does not index {}",
                    dialect.type_name(&column.data_type)
                ));
            }
            Some(column) => dialect.name(&column.name),
            None => format!("({})", expression(sql, dialect, Place::Index)?),
        };
        Ok(if descending {
            format!("{words} DESC")
        } else {
            words
        })
    }

    pub(super) fn index(&self, table: &Table, index: &Index, name: &str) -> Result<String, String> {
        let dialect = self.dialect;
        let parts = index
            .parts
            .iter()
            .map(|p| self.index_part(table, &p.sql, p.descending));
        let parts = parts.collect::<Result<Vec<String>, String>>()?;
        let filter = match &index.filter {
            Some(filter) if dialect.has_partial_indexes() => {
                format!(" WHERE {}", expression(filter, dialect, Place::Check)?)
            }
            Some(_) if index.unique => return Err("it is unique for some rows only".to_owned()),
            _ => String::new(),
        };
        let method = index.method.as_deref().unwrap_or_default();
        let is_fulltext = dialect.id == Id::MySql && method == "fulltext";
        let kind = match (index.unique, is_fulltext) {
            (true, _) => "UNIQUE ",
            (false, true) => "FULLTEXT ",
            (false, false) => "",
        };
        let using = if dialect.id == Id::Postgres && POSTGRES_METHODS.contains(&method) {
            format!(" USING {method}")
        } else {
            String::new()
        };
        Ok(format!(
            "CREATE {kind}INDEX {} ON {}{using} ({}){filter}",
            dialect.name(name),
            dialect.name(&table.name),
            parts.join(", ")
        ))
    }

    /// Tables made by a query and views, as far as the dialect can be told them.
    pub(super) fn queries(&self) -> String {
        let dialect = self.dialect;
        let tables = self.schema.tables.iter().filter(|t| t.columns.is_empty());
        let made = tables.filter_map(|t| Some(("TABLE", &t.name, t.query.as_ref()?, false)));
        let views = self
            .schema
            .views
            .iter()
            .map(|v| ("VIEW", &v.name, &v.sql, v.materialized));
        let mut sql = String::new();
        for (what, name, query, materialized) in made.chain(views) {
            let is_kept = materialized && dialect.id == Id::Postgres;
            let kind = if is_kept { "MATERIALIZED VIEW" } else { what };
            let quoted = dialect.name(name);
            sql.push_str(
                &match rewrite::query(query, dialect, |path| known_name(self.schema, path)) {
                    Ok(words) => format!("CREATE {kind} {quoted} AS {words};\n\n"),
                    Err(reason) => {
                        comment_lines(&format!("{kind} {name} is left out: {reason}")) + "\n"
                    }
                },
            );
        }
        sql
    }
}

/// Index methods PostgreSQL has without an extension.
const POSTGRES_METHODS: &[&str] = &["btree", "hash", "gin", "gist", "spgist", "brin"];

fn known_name(schema: &Schema, path: &[String]) -> Option<String> {
    let last = path.last()?;
    let view = schema
        .views
        .iter()
        .find(|v| same_name(&v.name, last))
        .map(|v| v.name.clone());
    schema.table(last).map(|t| t.name.clone()).or(view)
}
