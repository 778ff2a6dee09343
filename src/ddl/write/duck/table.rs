//! CREATE TABLE for DuckDB.

use crate::model::{Column, DataType, Table, TypeKind};

use super::super::dialect::DUCKDB;
use super::super::rewrite::{Place, default_value, expression};
use super::keys::TableKeys;
use super::{Purpose, Writer, constraints};

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        self.adapt_types(table);
        let documented = self.keys_of(table);
        self.not_null_of(table);
        let keys = if self.options.enforce {
            documented
        } else {
            TableKeys::default()
        };
        let mut lines: Vec<String> = Vec::with_capacity(table.columns.len());
        for column in &table.columns {
            lines.push(self.column(table, column, &keys));
        }
        lines.extend(keys.lines.iter().cloned());
        let name = DUCKDB.name(&table.name);
        let sql = format!("CREATE TABLE {name} (\n  {}\n)", lines.join(",\n  "));
        self.push(&table.name, Purpose::Table, sql);
        self.created.push(table.name.clone());
        self.adapt_physical(table);
        for (name, parts) in keys.unique_indexes {
            let wanted =
                name.unwrap_or_else(|| format!("{}_key", crate::ddl::names::cleaned(&table.name)));
            let index = self.free_name(&wanted, &table.name);
            let sql = format!(
                "CREATE UNIQUE INDEX {} ON {} ({parts})",
                DUCKDB.name(&index),
                DUCKDB.name(&table.name)
            );
            self.push(&table.name, Purpose::Index, sql);
        }
    }

    fn not_null_of(&mut self, table: &Table) {
        let columns: Vec<String> = table
            .columns
            .iter()
            .filter(|c| !c.nullable && c.generated.is_none())
            .map(|c| c.name.clone())
            .collect();
        self.script
            .constraints
            .extend(constraints::not_null(&table.name, &columns));
    }

    fn column(&mut self, table: &Table, column: &Column, keys: &TableKeys) -> String {
        let name = DUCKDB.name(&column.name);
        if let Some(generated) = self.generated(table, column) {
            // Without a documented type the expression says what it is.
            let is_typed = !column.data_type.documented.is_empty();
            let data_type = if is_typed {
                type_name(&column.data_type)
            } else {
                String::new()
            };
            return format!("{name} {data_type}{generated}");
        }
        let mut line = format!("{name} {}", type_name(&column.data_type));
        if let Some(words) = keys.inline_for(&column.name) {
            line.push_str(words);
        }
        let is_key = keys.is_inline_primary(&column.name);
        if self.options.enforce && !column.nullable && !is_key {
            line.push_str(" NOT NULL");
        }
        if let Some(default) = self.default(table, column) {
            line.push_str(&format!(" DEFAULT {default}"));
        }
        line
    }

    fn generated(&mut self, table: &Table, column: &Column) -> Option<String> {
        let sql = column.generated.as_ref()?;
        match expression(sql, &DUCKDB, Place::Index) {
            Ok(sql) => Some(format!(" GENERATED ALWAYS AS ({sql})")),
            Err(reason) => {
                let message = format!(
                    "`{}` became an ordinary column, not `{sql}`: {reason}",
                    column.name
                );
                self.adapt(&table.name, Some(&column.name), message);
                None
            }
        }
    }

    fn default(&mut self, table: &Table, column: &Column) -> Option<String> {
        if column.auto_increment
            && matches!(
                column.data_type.kind,
                TypeKind::Integer { .. } | TypeKind::Decimal { .. }
            )
        {
            return Some(self.sequence(table, column));
        }
        let sql = column.default.as_ref()?;
        match default_value(column, sql, &DUCKDB) {
            // An operator needs brackets, a value and a call do not.
            Ok(value) if value.contains(' ') && !value.starts_with('\'') => {
                Some(format!("({value})"))
            }
            Ok(value) => Some(value),
            Err(reason) => {
                let message = format!(
                    "The default `{sql}` of `{}` is left out: {reason}",
                    column.name
                );
                self.adapt(&table.name, Some(&column.name), message);
                None
            }
        }
    }

    fn sequence(&mut self, table: &Table, column: &Column) -> String {
        let cleaned = crate::ddl::names::cleaned(&format!("{}_{}_seq", table.name, column.name));
        let name = self.free_name(&cleaned.to_ascii_lowercase(), &table.name);
        self.push(
            &table.name,
            Purpose::Sequence,
            format!("CREATE SEQUENCE {name}"),
        );
        let message = format!("`{}` counts with the sequence `{name}`", column.name);
        self.adapt(&table.name, Some(&column.name), message);
        format!("nextval('{name}')")
    }
}

/// The type DuckDB keeps the column in. Nested types it reads as written.
pub(super) fn type_name(data_type: &DataType) -> String {
    if is_nested(data_type) {
        return data_type.documented.clone();
    }
    DUCKDB.type_name(data_type)
}

pub(super) fn is_nested(data_type: &DataType) -> bool {
    let documented = data_type.documented.as_str();
    data_type.kind == TypeKind::Other
        && ["STRUCT(", "MAP(", "UNION("]
            .iter()
            .any(|start| documented.starts_with(start))
        && !documented.contains(['<', ':', '\'', '"'])
}

/// Whether DuckDB can look values of the type up: keys and indexes need it.
pub(super) fn can_be_indexed(data_type: &DataType) -> bool {
    !is_nested(data_type)
        && !matches!(
            data_type.kind,
            TypeKind::Vector { .. } | TypeKind::Array(_) | TypeKind::Interval
        )
}
