//! What can be changed where: a walk through the statement that stops at one place and changes it.

use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, Distinct, DuplicateTreatment, Expr, Function, FunctionArg, FunctionArgExpr,
    FunctionArguments, Ident, JoinOperator, LimitClause, ObjectName, ObjectNamePart, OrderByExpr,
    OrderByKind, OrderBySort, Query, Select, SetExpr, SetOperator, SetQuantifier, Value,
    VisitorMut, WindowType, visit_expressions,
};

use super::Context;
use super::tested::Tested;

/// What was changed.
pub struct Change {
    pub label: &'static str,
    /// The part of the text it is about.
    pub part: Option<String>,
    /// False: it was left as it is.
    pub is_sensible: bool,
}

/// Counts places until the wanted one, and changes that.
pub struct Walk<'a> {
    left: usize,
    context: &'a Context<'a>,
    pub change: Option<Change>,
    depth: usize,
    /// For each SELECT around the place, a column that `COUNT(*)` could count instead.
    countable: Vec<Option<Expr>>,
    tested: &'a Tested,
}

type Flow = ControlFlow<()>;
const GO_ON: Flow = ControlFlow::Continue(());

impl<'a> Walk<'a> {
    pub fn to(wanted: usize, context: &'a Context<'a>, tested: &'a Tested) -> Self {
        Self {
            left: wanted,
            context,
            change: None,
            depth: 0,
            countable: Vec::new(),
            tested,
        }
    }

    /// Offers a place. When it is the wanted one, `apply` changes it (or says that it makes no
    /// sense) and the walk ends.
    fn place(
        &mut self,
        label: &'static str,
        part: Option<String>,
        apply: impl FnOnce() -> bool,
    ) -> Flow {
        if self.left > 0 {
            self.left -= 1;
            return GO_ON;
        }
        self.change = Some(Change {
            label,
            part,
            is_sensible: apply(),
        });
        ControlFlow::Break(())
    }

    /// Places in the predicates of a condition: each can be dropped.
    fn predicates(&mut self, condition: &mut Option<Expr>) -> Flow {
        let Some(whole) = condition else {
            return GO_ON;
        };
        let parts = conjunction(whole);
        for index in 0..parts.len() {
            let shown = parts.get(index).map(ToString::to_string);
            let rest = without(&parts, index);
            self.place("predicate dropped", shown, || {
                *condition = rest;
                true
            })?;
        }
        GO_ON
    }

    fn joins(&mut self, select: &mut Select) -> Flow {
        for join in select.from.iter_mut().flat_map(|f| &mut f.joins) {
            let shown = Some(join.relation.to_string());
            let operator = &mut join.join_operator;
            match operator.clone() {
                JoinOperator::Join(on) | JoinOperator::Inner(on) => {
                    self.place("INNER JOIN → LEFT JOIN", shown, || {
                        *operator = JoinOperator::Left(on);
                        true
                    })?;
                }
                JoinOperator::Left(on) | JoinOperator::LeftOuter(on) => {
                    self.place("LEFT JOIN → INNER JOIN", shown, || {
                        *operator = JoinOperator::Inner(on);
                        true
                    })?;
                }
                _ => {}
            }
            let (JoinOperator::Join(on)
            | JoinOperator::Inner(on)
            | JoinOperator::Left(on)
            | JoinOperator::LeftOuter(on)) = operator
            else {
                continue;
            };
            if let sqlparser::ast::JoinConstraint::On(condition) = on {
                let parts = conjunction(condition);
                for index in 0..parts.len() {
                    let Some(rest) = without(&parts, index) else {
                        // A join on nothing is another statement, and a slow one.
                        break;
                    };
                    let part = parts.get(index).map(ToString::to_string);
                    self.place("predicate dropped", part, || {
                        *condition = rest;
                        true
                    })?;
                }
            }
        }
        GO_ON
    }

    fn set_operations(&mut self, body: &mut SetExpr) -> Flow {
        let SetExpr::SetOperation {
            left,
            op,
            set_quantifier,
            right,
        } = body
        else {
            return GO_ON;
        };
        self.set_operations(left)?;
        if *op == SetOperator::Union {
            match set_quantifier {
                SetQuantifier::All => self.place("UNION ALL → UNION", None, || {
                    *set_quantifier = SetQuantifier::None;
                    true
                })?,
                SetQuantifier::None | SetQuantifier::Distinct => {
                    self.place("UNION → UNION ALL", None, || {
                        *set_quantifier = SetQuantifier::All;
                        true
                    })?;
                }
                _ => {}
            }
        }
        self.set_operations(right)
    }

    fn sorting(&mut self, keys: &mut [OrderByExpr]) -> Flow {
        for key in keys {
            let shown = Some(key.expr.to_string());
            let sort = &mut key.options.sort;
            match sort {
                Some(OrderBySort::Desc) => self.place("DESC → ASC", shown, || {
                    *sort = Some(OrderBySort::Asc);
                    true
                })?,
                Some(OrderBySort::Asc) | None => self.place("ASC → DESC", shown, || {
                    *sort = Some(OrderBySort::Desc);
                    true
                })?,
                Some(_) => {}
            }
        }
        GO_ON
    }

    fn limit(&mut self, query: &mut Query) -> Flow {
        let Some(LimitClause::LimitOffset {
            limit: Some(Expr::Value(value)),
            ..
        }) = &mut query.limit_clause
        else {
            return GO_ON;
        };
        let Value::Number(text, _) = &mut value.value else {
            return GO_ON;
        };
        let Ok(number) = text.parse::<u64>() else {
            return GO_ON;
        };
        self.place("LIMIT n → n+1", Some(text.clone()), || {
            *text = (number + 1).to_string();
            true
        })
    }

    fn comparison(&mut self, expr: &mut Expr) -> Flow {
        let shown = Some(expr.to_string());
        let Expr::BinaryOp { left, op, right } = expr else {
            return GO_ON;
        };
        let are_columns = is_column(left) && is_column(right);
        let (label, other, is_sensible) = match op {
            BinaryOperator::Lt => ("< → <=", BinaryOperator::LtEq, true),
            BinaryOperator::LtEq => ("<= → <", BinaryOperator::Lt, true),
            BinaryOperator::Gt => ("> → >=", BinaryOperator::GtEq, true),
            BinaryOperator::GtEq => (">= → >", BinaryOperator::Gt, true),
            // Between two columns it is a join: its opposite pairs all others, and nobody writes it.
            BinaryOperator::Eq => ("= → <>", BinaryOperator::NotEq, !are_columns),
            BinaryOperator::NotEq => ("<> → =", BinaryOperator::Eq, true),
            _ => return GO_ON,
        };
        self.place(label, shown, || {
            if is_sensible {
                *op = other;
            }
            is_sensible
        })
    }

    fn function(&mut self, function: &mut Function) -> Flow {
        let function_text = function.to_string();
        let shown = Some(function_text.clone());
        let name = function.name.to_string().to_uppercase();
        let swap = match name.as_str() {
            "SUM" => Some(("SUM → AVG", "AVG")),
            "AVG" => Some(("AVG → SUM", "SUM")),
            "MIN" => Some(("MIN → MAX", "MAX")),
            "MAX" => Some(("MAX → MIN", "MIN")),
            _ => None,
        };
        if let Some((label, other)) = swap {
            let place = &mut function.name;
            self.place(label, shown.clone(), || {
                *place = named(other);
                true
            })?;
        }
        if let FunctionArguments::List(list) = &mut function.args {
            if list.duplicate_treatment == Some(DuplicateTreatment::Distinct) {
                let treatment = &mut list.duplicate_treatment;
                self.place("DISTINCT dropped", shown.clone(), || {
                    *treatment = None;
                    true
                })?;
            } else if name == "COUNT" && list.args.len() == 1 {
                // A filter tests its columns, so that none of them is NULL in rows it lets through.
                let column = self.countable.last().cloned().flatten();
                let column = column.filter(|_| function.filter.is_none());
                let argument = &mut list.args[0];
                if matches!(argument, FunctionArg::Unnamed(FunctionArgExpr::Wildcard)) {
                    let shown = match &column {
                        Some(column) => Some(format!("{function_text} → COUNT({column})")),
                        None => shown,
                    };
                    self.place("COUNT(*) → COUNT(col)", shown, || match column {
                        Some(column) => {
                            *argument = FunctionArg::Unnamed(FunctionArgExpr::Expr(column));
                            true
                        }
                        None => false,
                    })?;
                } else {
                    self.place("COUNT(col) → COUNT(*)", shown, || {
                        *argument = FunctionArg::Unnamed(FunctionArgExpr::Wildcard);
                        true
                    })?;
                }
            }
        }
        if let Some(WindowType::WindowSpec(window)) = &mut function.over {
            self.sorting(&mut window.order_by)?;
        }
        GO_ON
    }

    fn may_be_null(&self, column: &str) -> bool {
        let name = column.to_lowercase();
        (self.context.is_nullable)(column)
            && !self.tested.in_filters.contains(&name)
            && !self.tested.in_joins.contains(&name)
    }

    /// A column of the SELECT that can be NULL where it is counted: of the far side of an outer
    /// join, or one the model lets be NULL and no condition tests.
    fn countable_in(&self, select: &Select) -> Option<Expr> {
        let far: Vec<String> = select
            .from
            .iter()
            .flat_map(|f| &f.joins)
            .filter(|j| {
                matches!(
                    j.join_operator,
                    JoinOperator::Left(_) | JoinOperator::LeftOuter(_)
                )
            })
            .map(|j| alias_of(&j.relation.to_string()))
            .collect();
        let mut by_name = None;
        let found = visit_expressions(select, |expr| {
            match expr {
                Expr::CompoundIdentifier(parts) => {
                    let [qualifier, name] = parts.as_slice() else {
                        return ControlFlow::Continue(());
                    };
                    if far.contains(&qualifier.value.to_lowercase())
                        && !self.tested.in_filters.contains(&name.value.to_lowercase())
                    {
                        return ControlFlow::Break(expr.clone());
                    }
                    if by_name.is_none() && self.may_be_null(&name.value) {
                        by_name = Some(expr.clone());
                    }
                }
                Expr::Identifier(name) if by_name.is_none() && self.may_be_null(&name.value) => {
                    by_name = Some(expr.clone());
                }
                _ => {}
            }
            ControlFlow::Continue(())
        });
        match found {
            ControlFlow::Break(expr) => Some(expr),
            ControlFlow::Continue(()) => by_name,
        }
    }
}

impl VisitorMut for Walk<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &mut Query) -> Flow {
        self.depth += 1;
        self.set_operations(&mut query.body)
    }

    fn post_visit_query(&mut self, query: &mut Query) -> Flow {
        self.depth -= 1;
        // Below the outermost query, an order means something only where rows are cut off.
        let is_sorted_for_something =
            query.limit_clause.is_some() || (self.depth == 0 && self.context.is_ordered);
        if let Some(order) = query.order_by.as_mut().filter(|_| is_sorted_for_something)
            && let OrderByKind::Expressions(keys) = &mut order.kind
        {
            self.sorting(keys)?;
        }
        self.limit(query)
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> Flow {
        self.countable.push(self.countable_in(select));
        if select.distinct == Some(Distinct::Distinct) {
            let place = &mut select.distinct;
            self.place("DISTINCT dropped", None, || {
                *place = None;
                true
            })?;
        }
        self.joins(select)?;
        self.predicates(&mut select.selection)?;
        self.predicates(&mut select.having)?;
        self.predicates(&mut select.qualify)
    }

    fn post_visit_select(&mut self, _select: &mut Select) -> Flow {
        self.countable.pop();
        GO_ON
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> Flow {
        if let Expr::Function(function) = expr {
            return self.function(function);
        }
        self.comparison(expr)
    }
}

/// The parts of `a AND b AND c`.
fn conjunction(expr: &Expr) -> Vec<Expr> {
    match expr {
        Expr::BinaryOp {
            left,
            op: BinaryOperator::And,
            right,
        } => [conjunction(left), conjunction(right)].concat(),
        other => vec![other.clone()],
    }
}

/// The conjunction of all parts but one; `None` when that was the only one.
fn without(parts: &[Expr], index: usize) -> Option<Expr> {
    let others = parts.iter().enumerate().filter(|(i, _)| *i != index);
    others
        .map(|(_, part)| part.clone())
        .reduce(|left, right| Expr::BinaryOp {
            left: Box::new(left),
            op: BinaryOperator::And,
            right: Box::new(right),
        })
}

fn is_column(expr: &Expr) -> bool {
    matches!(expr, Expr::Identifier(_) | Expr::CompoundIdentifier(_))
}

fn named(function: &str) -> ObjectName {
    ObjectName(vec![ObjectNamePart::Identifier(Ident::new(function))])
}

/// The name a table goes by: the last word of `orders AS o`.
fn alias_of(relation: &str) -> String {
    let last = relation.rsplit([' ', '.']).next().unwrap_or(relation);
    last.trim_matches('"').to_lowercase()
}
