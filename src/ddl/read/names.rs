//! Names inside syntax trees.

use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Ident, ObjectName, Query, Visit, Visitor};

use crate::model::same_name;

use super::clause::split_name;

/// The parts of a dotted name without quotes.
pub(in crate::ddl) fn path(name: &ObjectName) -> Vec<String> {
    name.0
        .iter()
        .flat_map(|part| match part.as_ident() {
            Some(ident) => split_name(ident.value.clone()),
            None => vec![part.to_string()],
        })
        .collect()
}

pub(super) fn strings(idents: &[Ident]) -> Vec<String> {
    idents.iter().map(|i| i.value.clone()).collect()
}

/// The columns an expression names, each once, in the order of the text.
pub(super) fn columns_of(expression: &Expr) -> Vec<String> {
    struct Columns(Vec<String>);
    impl Visitor for Columns {
        type Break = ();
        fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
            let ident = match expr {
                Expr::Identifier(ident) => Some(ident),
                Expr::CompoundIdentifier(parts) => parts.last(),
                _ => None,
            };
            if let Some(ident) = ident
                && !self.0.iter().any(|known| same_name(known, &ident.value))
            {
                self.0.push(ident.value.clone());
            }
            ControlFlow::Continue(())
        }
    }
    let mut columns = Columns(Vec::new());
    // The visitor never breaks.
    let _continue = expression.visit(&mut columns);
    columns.0
}

/// The tables and views a query reads, each once, in the order of the text.
pub(super) fn reads_of(query: &Query) -> Vec<Vec<String>> {
    #[derive(Default)]
    struct Reads {
        found: Vec<Vec<String>>,
        named_inside: Vec<String>,
    }
    impl Visitor for Reads {
        type Break = ();
        fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
            for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
                self.named_inside.push(cte.alias.name.value.clone());
            }
            ControlFlow::Continue(())
        }
        fn pre_visit_relation(&mut self, name: &ObjectName) -> ControlFlow<()> {
            let path = path(name);
            if !self.found.contains(&path) {
                self.found.push(path);
            }
            ControlFlow::Continue(())
        }
    }
    let mut reads = Reads::default();
    let _continue = query.visit(&mut reads);
    let Reads {
        found,
        named_inside,
    } = reads;
    found
        .into_iter()
        .filter(|path| match path.as_slice() {
            [only] => !named_inside.iter().any(|n| same_name(n, only)),
            _ => true,
        })
        .collect()
}
