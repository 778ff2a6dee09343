//! Which columns conditions test: a row that passes has no NULL in them, as a rule.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, JoinConstraint, JoinOperator, Select, Statement, Visit, Visitor, visit_expressions,
};

/// Names of columns, in small letters.
#[derive(Debug, Default)]
pub struct Tested {
    /// In WHERE, QUALIFY and FILTER.
    pub in_filters: BTreeSet<String>,
    /// In ON.
    pub in_joins: BTreeSet<String>,
}

impl Tested {
    /// All of a statement, wherever they stand in it: a name means one thing in it, as a rule.
    pub fn of(statement: &Statement) -> Self {
        let mut tested = Self::default();
        // The visitor below never breaks off.
        let _: ControlFlow<()> = Visit::visit(statement, &mut tested);
        tested
    }
}

impl Visitor for Tested {
    type Break = ();

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        for condition in select.selection.iter().chain(&select.qualify) {
            collect(condition, &mut self.in_filters);
        }
        for join in select.from.iter().flat_map(|f| &f.joins) {
            if let JoinOperator::Join(JoinConstraint::On(on))
            | JoinOperator::Inner(JoinConstraint::On(on))
            | JoinOperator::Left(JoinConstraint::On(on))
            | JoinOperator::LeftOuter(JoinConstraint::On(on)) = &join.join_operator
            {
                collect(on, &mut self.in_joins);
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::Function(function) = expr
            && let Some(filter) = &function.filter
        {
            collect(filter, &mut self.in_filters);
        }
        ControlFlow::Continue(())
    }
}

fn collect(condition: &Expr, names: &mut BTreeSet<String>) {
    let _: ControlFlow<()> = visit_expressions(condition, |expr| {
        let name = match expr {
            Expr::Identifier(name) => Some(name),
            Expr::CompoundIdentifier(parts) => parts.last(),
            _ => None,
        };
        names.extend(name.map(|n| n.value.to_lowercase()));
        ControlFlow::Continue(())
    });
}
