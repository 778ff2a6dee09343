//! Column definitions and constraints → the model.

use sqlparser::ast::{
    ColumnDef, ColumnOption, Expr, ForeignKeyConstraint, IndexColumn, OrderBySort, SqlOption,
    TableConstraint, Value,
};

use crate::model::{Check, Column, Index, IndexPart, Key, KeyPart, Table};

use super::draft::Reference;
use super::names::{columns_of, path, strings};
use super::types;

/// A column and what was written behind it.
pub(super) struct ReadColumn {
    pub column: Column,
    pub is_key: bool,
    /// The name of a UNIQUE behind the column, where it has one.
    pub unique: Option<Option<String>>,
    pub checks: Vec<Check>,
    pub references: Vec<Reference>,
}

pub(super) fn column(definition: &ColumnDef, line: usize) -> ReadColumn {
    let mut read = ReadColumn {
        column: Column {
            name: definition.name.value.clone(),
            data_type: types::data_type(&definition.data_type),
            nullable: true,
            auto_increment: types::counts(&definition.data_type),
            ..Column::default()
        },
        is_key: false,
        unique: None,
        checks: Vec::new(),
        references: Vec::new(),
    };
    for option in &definition.options {
        let name = option.name.as_ref().map(|n| n.value.clone());
        apply_option(&mut read, &option.option, name, line);
    }
    read
}

pub(super) fn apply_option(
    read: &mut ReadColumn,
    option: &ColumnOption,
    name: Option<String>,
    line: usize,
) {
    let column = &mut read.column;
    match option {
        ColumnOption::Null => column.nullable = true,
        ColumnOption::NotNull => column.nullable = false,
        ColumnOption::Default(value) => set_default(column, value),
        ColumnOption::PrimaryKey(_) => read.is_key = true,
        ColumnOption::Unique(_) => read.unique = Some(name),
        ColumnOption::Check(constraint) => read.checks.push(check(name, &constraint.expr)),
        ColumnOption::ForeignKey(constraint) => {
            let mut reference = reference(constraint, line);
            reference.from_columns = vec![column.name.clone()];
            reference.name = reference.name.or(name);
            read.references.push(reference);
        }
        ColumnOption::Comment(text) => column.note = Some(text.clone()),
        ColumnOption::Options(options) => {
            column.note = description(options).or(column.note.take());
        }
        ColumnOption::Generated {
            generation_expr: Some(expression),
            ..
        }
        | ColumnOption::Materialized(expression)
        | ColumnOption::Alias(expression) => column.generated = Some(expression.to_string()),
        ColumnOption::Generated { .. } | ColumnOption::Identity(_) => {
            column.auto_increment = true;
            column.nullable = false;
        }
        ColumnOption::DialectSpecific(tokens) => {
            column.auto_increment |= tokens.iter().any(|t| {
                matches!(
                    t.to_string().to_ascii_uppercase().as_str(),
                    "AUTO_INCREMENT" | "AUTOINCREMENT"
                )
            });
        }
        _ => {}
    }
}

/// `nextval(…)` means that the engine counts; a MySQL `"text"` is text.
pub(super) fn set_default(column: &mut Column, value: &Expr) {
    let sql = value.to_string();
    if sql
        .trim_start_matches('(')
        .to_ascii_lowercase()
        .starts_with("nextval(")
    {
        column.auto_increment = true;
        column.default = None;
        return;
    }
    column.default = Some(match value {
        Expr::Identifier(ident) if ident.quote_style == Some('"') => {
            format!("'{}'", ident.value.replace('\'', "''"))
        }
        Expr::Value(value) => match &value.value {
            Value::DoubleQuotedString(text) => format!("'{}'", text.replace('\'', "''")),
            _ => sql,
        },
        _ => sql,
    });
}

/// `OPTIONS(description = 'text')` of BigQuery.
fn description(options: &[SqlOption]) -> Option<String> {
    options.iter().find_map(|option| match option {
        SqlOption::KeyValue {
            key,
            value: Expr::Value(value),
        } if key.value.eq_ignore_ascii_case("description") => value.value.clone().into_string(),
        _ => None,
    })
}

pub(super) fn check(name: Option<String>, expression: &Expr) -> Check {
    Check {
        name,
        sql: expression.to_string(),
        columns: columns_of(expression),
    }
}

fn reference(constraint: &ForeignKeyConstraint, line: usize) -> Reference {
    Reference {
        from: String::new(),
        from_columns: strings(&constraint.columns),
        to: path(&constraint.foreign_table),
        to_columns: strings(&constraint.referred_columns),
        name: constraint.name.as_ref().map(|n| n.value.clone()),
        on_delete: constraint.on_delete.as_ref().map(ToString::to_string),
        on_update: constraint.on_update.as_ref().map(ToString::to_string),
        line,
    }
}

/// Puts a constraint into the table; a reference is handed back, its target may come later.
///
/// Errors with a sentence about a second primary key.
pub(super) fn apply_constraint(
    table: &mut Table,
    constraint: &TableConstraint,
    line: usize,
    note: Option<String>,
) -> Result<Option<Reference>, String> {
    match constraint {
        TableConstraint::PrimaryKey(key) => {
            let name = key.name.as_ref().map(|n| n.value.clone());
            set_primary_key(table, self::key(name, &key.columns))?;
        }
        TableConstraint::Unique(unique) => {
            let name = unique.name.as_ref().or(unique.index_name.as_ref());
            let key = key(name.map(|n| n.value.clone()), &unique.columns);
            table.uniques.push(key);
        }
        TableConstraint::Check(constraint) => {
            let name = constraint.name.as_ref().map(|n| n.value.clone());
            table.checks.push(check(name, &constraint.expr));
        }
        TableConstraint::ForeignKey(constraint) => return Ok(Some(reference(constraint, line))),
        TableConstraint::Index(index) => table.indexes.push(Index {
            name: index.name.as_ref().map(|n| n.value.clone()),
            parts: index.columns.iter().map(index_part).collect(),
            method: index
                .index_type
                .as_ref()
                .map(|m| m.to_string().to_ascii_lowercase()),
            note,
            ..Index::default()
        }),
        TableConstraint::FulltextOrSpatial(index) => table.indexes.push(Index {
            name: index.opt_index_name.as_ref().map(|n| n.value.clone()),
            parts: index.columns.iter().map(index_part).collect(),
            method: Some(
                if index.fulltext {
                    "fulltext"
                } else {
                    "spatial"
                }
                .to_owned(),
            ),
            note,
            ..Index::default()
        }),
        // An exclusion has no place in the model: kept as words.
        TableConstraint::Exclude(exclude) => {
            table
                .physical
                .properties
                .push(("EXCLUDE".to_owned(), exclude.to_string()));
        }
        TableConstraint::PrimaryKeyUsingIndex(using) => {
            if let Some(key) = key_of_index(table, &using.index_name.value) {
                set_primary_key(table, key)?;
            }
        }
        TableConstraint::UniqueUsingIndex(using) => {
            let key = key_of_index(table, &using.index_name.value);
            table.uniques.extend(key);
        }
    }
    Ok(None)
}

/// Sets the primary key unless the table has another one already.
pub(super) fn set_primary_key(table: &mut Table, key: Key) -> Result<(), String> {
    match &table.primary_key {
        Some(first) if first.parts != key.parts => Err(format!(
            "`{}` has a primary key {} already; {} is left out",
            table.name,
            first.to_sql(),
            key.to_sql()
        )),
        Some(_) => Ok(()),
        None => {
            table.primary_key = Some(key);
            Ok(())
        }
    }
}

fn key_of_index(table: &Table, name: &str) -> Option<Key> {
    let index = table
        .indexes
        .iter()
        .find(|i| i.name.as_deref() == Some(name))?;
    Some(Key {
        name: Some(name.to_owned()),
        ..Key::of(index.parts.iter().map(|p| p.sql.clone()))
    })
}

fn key(name: Option<String>, columns: &[IndexColumn]) -> Key {
    let mut key = Key {
        name,
        ..Key::default()
    };
    for (at, column) in columns.iter().enumerate() {
        match &column.column.expr {
            // `((a, b), c)`: the inner brackets are the partition key of a wide-column store.
            Expr::Tuple(parts) if at == 0 => {
                key.partition_parts = parts.len();
                key.parts.extend(parts.iter().map(key_part));
            }
            Expr::Nested(inner) if at == 0 && matches!(**inner, Expr::Identifier(_)) => {
                key.partition_parts = 1;
                key.parts.push(key_part(inner));
            }
            expression => key.parts.push(key_part(expression)),
        }
    }
    key
}

fn key_part(expression: &Expr) -> KeyPart {
    match column_name(expression) {
        Some(name) => KeyPart::Column(name),
        None => KeyPart::Expression {
            sql: expression.to_string(),
            columns: columns_of(expression),
        },
    }
}

/// The column of `name` and of MySQL's `name(10)`, which takes its first 10 characters.
fn column_name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Identifier(ident) => Some(ident.value.clone()),
        Expr::Function(function) => {
            let sql = expression.to_string();
            let length = sql.split_once('(')?.1.strip_suffix(')')?;
            let is_length = !length.is_empty() && length.chars().all(|c| c.is_ascii_digit());
            is_length.then(|| path(&function.name).pop()).flatten()
        }
        _ => None,
    }
}

pub(super) fn index_part(column: &IndexColumn) -> IndexPart {
    let expression = &column.column.expr;
    IndexPart {
        sql: column_name(expression).unwrap_or_else(|| without_brackets(expression)),
        descending: matches!(column.column.options.sort, Some(OrderBySort::Desc)),
    }
}

fn without_brackets(expression: &Expr) -> String {
    match expression {
        Expr::Nested(inner) => inner.to_string(),
        other => other.to_string(),
    }
}
