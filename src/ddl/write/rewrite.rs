//! Expressions and queries of a document → the words of one dialect.

use std::ops::ControlFlow;

use sqlparser::ast::{
    Array, BinaryOperator, CastKind, DataType as Ast, DateTimeField, Expr, Function,
    FunctionArguments, Ident, Interval, ObjectName, ObjectNamePart, Query, Value, VisitMut,
    VisitorMut,
};

use crate::ddl::read;
use crate::model::{Column, TypeKind};

use super::dialect::{Dialect, Id};
use super::functions;

/// Where an expression is to stand: engines allow less in some places than in others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Default,
    Check,
    Index,
    Query,
}

/// The expression in this dialect, or why it cannot be said.
pub(super) fn expression(sql: &str, dialect: &Dialect, place: Place) -> Result<String, String> {
    let mut tree = read::expression(sql).ok_or("it cannot be read")?;
    let mut writer = Rewriter {
        dialect,
        place,
        obstacle: None,
    };
    // The visitor never breaks: it remembers the first obstacle.
    let _continue = tree.visit(&mut writer);
    match writer.obstacle {
        Some(obstacle) => Err(obstacle),
        None => Ok(without_brackets(&tree).to_string()),
    }
}

/// The query in this dialect. `table_name` says what a table it reads is called, if there is one.
pub(super) fn query(
    sql: &str,
    dialect: &Dialect,
    table_name: impl Fn(&[String]) -> Option<String>,
) -> Result<String, String> {
    let mut tree = read::query(sql).ok_or("its query cannot be read")?;
    let mut named_inside = Vec::new();
    let mut relations = Relations {
        dialect,
        table_name,
        named_inside: &mut named_inside,
        obstacle: None,
    };
    let _continue = tree.visit(&mut relations);
    if let Some(obstacle) = relations.obstacle {
        return Err(obstacle);
    }
    let mut writer = Rewriter {
        dialect,
        place: Place::Query,
        obstacle: None,
    };
    let _continue = tree.visit(&mut writer);
    match writer.obstacle {
        Some(obstacle) => Err(obstacle),
        None => Ok(tree.to_string()),
    }
}

/// The default of a column in this dialect, or why it cannot be said.
pub(super) fn default_value(
    column: &Column,
    sql: &str,
    dialect: &Dialect,
) -> Result<String, String> {
    let inner = sql.trim_matches(['(', ')', '\'']);
    if sql.contains('\'') && inner.starts_with("0000-00-00") {
        return Err("there is no such day".to_owned());
    }
    let is_boolean = column.data_type.kind == TypeKind::Boolean;
    match sql.trim_matches(['(', ')', '\'', 'b', 'B']) {
        // MySQL and SQL Server write a boolean as a number, a text or a bit.
        "0" if is_boolean => Ok("FALSE".to_owned()),
        "1" if is_boolean => Ok("TRUE".to_owned()),
        _ => expression(sql, dialect, Place::Default),
    }
}

fn without_brackets(expression: &Expr) -> &Expr {
    match expression {
        Expr::Nested(inner) => without_brackets(inner),
        other => other,
    }
}

struct Rewriter<'a> {
    dialect: &'a Dialect,
    place: Place,
    obstacle: Option<String>,
}

impl VisitorMut for Rewriter<'_> {
    type Break = ();

    /// Names that stand in quotes, aliases too, get the quotes of this dialect.
    fn pre_visit_ident(&mut self, ident: &mut Ident) -> ControlFlow<()> {
        if ident.quote_style.is_some() {
            ident.quote_style = Some(self.dialect.quote);
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        match expr {
            Expr::Identifier(ident) if self.place == Place::Default => {
                let name = ident.value.to_ascii_lowercase();
                match functions::moment(&name, self.dialect.id, self.place) {
                    Some(call) => *expr = bare(call),
                    None => self.obstacle("a default names no column"),
                }
            }
            Expr::Identifier(ident) => self.rename(ident),
            Expr::CompoundIdentifier(parts) => {
                parts.iter_mut().for_each(|ident| self.rename(ident))
            }
            Expr::Value(value) => self.restate(&mut value.value),
            Expr::Cast { .. } => self.recast(expr),
            Expr::Interval(interval) => self.interval(interval),
            Expr::AnyOp { .. } => any_of_list_is_in(expr),
            Expr::Function(function) => {
                if let Some(name) = self.call(function) {
                    *expr = name;
                }
            }
            Expr::Subquery(_) | Expr::InSubquery { .. } | Expr::Exists { .. }
                if self.place != Place::Query =>
            {
                self.obstacle("it asks a query");
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

impl Rewriter<'_> {
    fn obstacle(&mut self, reason: &str) {
        self.obstacle.get_or_insert_with(|| reason.to_owned());
    }

    fn rename(&self, ident: &mut Ident) {
        let is_bare = self.dialect.name(&ident.value) == ident.value;
        // In a query a quoted name may be a text of MySQL or an alias: it keeps its quotes.
        ident.quote_style = match ident.quote_style {
            None if is_bare => None,
            Some(_) if is_bare && self.place != Place::Query => None,
            _ => Some(self.dialect.quote),
        };
    }

    /// Texts of all kinds become plain ones.
    fn restate(&self, value: &mut Value) {
        let plain = match value {
            Value::NationalStringLiteral(text)
            | Value::EscapedStringLiteral(text)
            | Value::SingleQuotedString(text) => Some(text.clone()),
            Value::DollarQuotedString(text) => Some(text.value.clone()),
            _ => None,
        };
        if let Some(mut text) = plain {
            text = text.replace('\0', "");
            if self.dialect.backslash_escapes {
                text = text.replace('\\', "\\\\");
            }
            *value = Value::SingleQuotedString(text);
        }
    }

    /// `'a'::text` is `'a'`; other casts name the type in this dialect.
    fn recast(&mut self, expr: &mut Expr) {
        let Expr::Cast {
            kind,
            expr: inner,
            data_type,
            format,
            ..
        } = expr
        else {
            return;
        };
        let meaning = read::type_kind(data_type);
        let is_text_literal = matches!(without_brackets(inner), Expr::Value(v)
            if matches!(v.value, Value::SingleQuotedString(_) | Value::Null));
        let says_nothing = match meaning {
            TypeKind::Other => true,
            TypeKind::Text { .. } | TypeKind::Json | TypeKind::Enum(_) => is_text_literal,
            TypeKind::Array(_) => !matches!(self.dialect.id, Id::DuckDb | Id::Postgres),
            _ => false,
        };
        if says_nothing {
            let inner = std::mem::replace(inner.as_mut(), Expr::Value(Value::Null.into()));
            *expr = inner;
            return;
        }
        let name = match (self.dialect.id, &meaning) {
            (Id::MySql, TypeKind::Integer { .. }) => "SIGNED".to_owned(),
            (Id::MySql, TypeKind::Text { .. }) => "CHAR".to_owned(),
            (_, meaning) => self.dialect.kind_name(meaning),
        };
        *data_type = Ast::Custom(
            ObjectName(vec![ObjectNamePart::Identifier(Ident::new(name))]),
            Vec::new(),
        );
        *format = None;
        if *kind == CastKind::DoubleColon && self.dialect.id != Id::Postgres {
            *kind = CastKind::Cast;
        }
    }

    /// `INTERVAL '7 days'` is `INTERVAL '7' DAY` where an interval needs a unit.
    fn interval(&mut self, interval: &mut Interval) {
        if self.dialect.id == Id::Sqlite {
            self.obstacle("SQLite has no intervals");
        }
        let Expr::Value(value) = interval.value.as_ref() else {
            return;
        };
        let Value::SingleQuotedString(text) = &value.value else {
            return;
        };
        let needs_unit = matches!(self.dialect.id, Id::MySql | Id::Spark);
        let (Some((number, unit)), None, true) = (
            text.trim().split_once(' '),
            &interval.leading_field,
            needs_unit,
        ) else {
            return;
        };
        let unit = unit.trim().to_ascii_uppercase();
        let unit = unit.strip_suffix('S').unwrap_or(&unit);
        if number.parse::<i64>().is_err() || !unit.chars().all(|c| c.is_ascii_alphabetic()) {
            self.obstacle("its interval is of several units");
            return;
        }
        interval.leading_field = Some(DateTimeField::Custom(Ident::new(unit)));
        *interval.value = Expr::Value(Value::SingleQuotedString(number.to_owned()).into());
    }

    /// The function under the name this dialect knows; an unknown one is an obstacle.
    fn call(&mut self, function: &mut Function) -> Option<Expr> {
        let path = read::path(&function.name);
        let name = path
            .last()
            .map(|n| n.to_ascii_lowercase())
            .unwrap_or_default();
        let has_arguments =
            matches!(&function.args, FunctionArguments::List(list) if !list.args.is_empty());
        if !has_arguments && let Some(call) = functions::moment(&name, self.dialect.id, self.place)
        {
            return Some(bare(call));
        }
        if path.len() > 1 || !functions::is_known(self.dialect.id, &name) {
            let engine = self.dialect.engine;
            self.obstacle(&format!("{engine} has no function `{}`", path.join(".")));
        }
        None
    }
}

/// A call such as `now()` or `CURRENT_DATE`, written as it stands.
fn bare(sql: &str) -> Expr {
    Expr::Identifier(Ident::new(sql))
}

/// `x = ANY (ARRAY['a', 'b'])`, as PostgreSQL dumps `x IN ('a', 'b')`.
fn any_of_list_is_in(expr: &mut Expr) {
    let Expr::AnyOp {
        left,
        compare_op: BinaryOperator::Eq,
        right,
        ..
    } = expr
    else {
        return;
    };
    let mut list = right.as_ref();
    while let Expr::Nested(inner) | Expr::Cast { expr: inner, .. } = list {
        list = inner;
    }
    if let Expr::Array(Array { elem, .. }) = list {
        *expr = Expr::InList {
            expr: left.clone(),
            list: elem.clone(),
            negated: false,
        };
    }
}

struct Relations<'a, F> {
    dialect: &'a Dialect,
    table_name: F,
    named_inside: &'a mut Vec<String>,
    obstacle: Option<String>,
}

impl<F: Fn(&[String]) -> Option<String>> VisitorMut for Relations<'_, F> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<()> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.named_inside
                .push(cte.alias.name.value.to_ascii_lowercase());
        }
        ControlFlow::Continue(())
    }

    fn post_visit_relation(&mut self, name: &mut ObjectName) -> ControlFlow<()> {
        let path = read::path(name);
        let is_local = matches!(path.as_slice(), [only] if self.named_inside.contains(&only.to_ascii_lowercase()));
        if is_local {
            return ControlFlow::Continue(());
        }
        let Some(known) = (self.table_name)(&path) else {
            let reason = format!(
                "its query reads `{}`, which is no table of the schema",
                path.join(".")
            );
            self.obstacle.get_or_insert(reason);
            return ControlFlow::Continue(());
        };
        let written = self.dialect.name(&known);
        let ident = if written == known {
            Ident::new(known)
        } else {
            Ident::with_quote(self.dialect.quote, known)
        };
        *name = ObjectName(vec![ObjectNamePart::Identifier(ident)]);
        ControlFlow::Continue(())
    }
}
