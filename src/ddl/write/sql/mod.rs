//! CREATE statements for PostgreSQL, MySQL, SQLite and Spark.
//!
//! One writer for all: what differs in words is in [`Dialect`], what differs in ability is
//! asked of it. What a dialect cannot say stands in the text as a comment.

mod columns;
mod constraints;
mod indexes;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::model::order::parents_first;
use crate::model::{Schema, Table, TypeKind};

use super::dialect::{Dialect, Id};
use columns::enum_name;

pub(super) fn write(schema: &Schema, dialect: &Dialect) -> String {
    let mut writer = Writer {
        schema,
        dialect,
        created: Vec::new(),
        late: Vec::new(),
        index_names: BTreeSet::new(),
    };
    let mut sql = String::new();
    for table in parents_first(schema)
        .into_iter()
        .filter_map(|at| schema.tables.get(at))
    {
        if !table.columns.is_empty() {
            sql.push_str(&writer.table(table));
            writer.created.push(table.name.clone());
        }
    }
    for table in schema.tables.iter().filter(|t| !t.columns.is_empty()) {
        for index in writer.indexes(table) {
            sql.push_str(&index);
        }
    }
    for statement in &writer.late {
        sql.push_str(statement);
    }
    sql.push_str(&writer.queries());
    sql
}

/// What a dialect can do beyond names and types.
impl Dialect {
    fn has_keys(&self) -> bool {
        self.id != Id::Spark
    }

    fn adds_references_later(&self) -> bool {
        matches!(self.id, Id::Postgres | Id::MySql)
    }

    /// SQLite looks a reference up when a row is written, not when the table is made.
    fn refers_ahead(&self) -> bool {
        self.id == Id::Sqlite
    }

    fn has_partial_indexes(&self) -> bool {
        matches!(self.id, Id::Postgres | Id::Sqlite)
    }

    fn has_inline_comments(&self) -> bool {
        matches!(self.id, Id::MySql | Id::Spark)
    }
}

struct Writer<'a> {
    schema: &'a Schema,
    dialect: &'a Dialect,
    created: Vec<String>,
    /// References that close a cycle.
    late: Vec<String>,
    /// Names of indexes, in lower case: most engines want them unlike each other.
    index_names: BTreeSet<String>,
}

impl Writer<'_> {
    fn table(&mut self, table: &Table) -> String {
        let dialect = self.dialect;
        let mut sql = String::new();
        if let Some(note) = &table.note
            && !dialect.has_inline_comments()
            && dialect.id != Id::Postgres
        {
            sql.push_str(&comment_lines(note));
        }
        sql.push_str(&self.enum_types(table));
        let mut remarks = Vec::new();
        let mut lines: Vec<String> = table
            .columns
            .iter()
            .map(|c| self.column(table, c, &mut remarks))
            .collect();
        if dialect.has_keys() {
            self.constraints(table, &mut lines, &mut remarks);
        } else {
            remarks.extend(self.informational(table));
        }
        for remark in remarks {
            sql.push_str(&comment_lines(&remark));
        }
        let _infallible = write!(
            sql,
            "CREATE TABLE {} (\n  {}\n){};\n\n",
            dialect.name(&table.name),
            lines.join(",\n  "),
            self.tail(table)
        );
        if dialect.id == Id::Postgres {
            sql.push_str(&self.comments(table));
        }
        sql
    }

    /// PostgreSQL has no nameless ENUM.
    fn enum_types(&self, table: &Table) -> String {
        let mut sql = String::new();
        if self.dialect.id != Id::Postgres {
            return sql;
        }
        for column in &table.columns {
            if let TypeKind::Enum(values) = &column.data_type.kind {
                let values: Vec<String> = values.iter().map(|v| self.dialect.text(v)).collect();
                let name = self.dialect.name(&enum_name(table, column));
                let _infallible =
                    writeln!(sql, "CREATE TYPE {name} AS ENUM ({});\n", values.join(", "));
            }
        }
        sql
    }

    /// What stands behind the closing bracket.
    fn tail(&self, table: &Table) -> String {
        let dialect = self.dialect;
        let mut tail = String::new();
        if dialect.id == Id::Spark {
            let keys: Vec<&str> = table
                .physical
                .partition_by
                .iter()
                .map(|k| k.sql.as_str())
                .collect();
            let columns: Option<Vec<String>> = keys
                .iter()
                .map(|k| Some(table.column(k)?.name.clone()))
                .collect();
            if let Some(columns) =
                columns.filter(|c| !c.is_empty() && c.len() < table.columns.len())
            {
                let _infallible = write!(tail, "\nPARTITIONED BY ({})", dialect.names(&columns));
            }
        }
        if dialect.has_inline_comments()
            && let Some(note) = &table.note
        {
            let equals = if dialect.id == Id::MySql { "=" } else { " " };
            let _infallible = write!(tail, "\nCOMMENT{equals}{}", dialect.text(note));
        }
        tail
    }

    fn comments(&self, table: &Table) -> String {
        let dialect = self.dialect;
        let name = dialect.name(&table.name);
        let mut sql = String::new();
        if let Some(note) = &table.note {
            let _infallible = writeln!(sql, "COMMENT ON TABLE {name} IS {};\n", dialect.text(note));
        }
        for column in &table.columns {
            if let Some(note) = &column.note {
                let column = dialect.name(&column.name);
                let _infallible = writeln!(
                    sql,
                    "COMMENT ON COLUMN {name}.{column} IS {};\n",
                    dialect.text(note)
                );
            }
        }
        sql
    }
}

fn comment_lines(text: &str) -> String {
    text.lines().map(|line| format!("-- {line}\n")).collect()
}
