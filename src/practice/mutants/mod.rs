//! Small faults of a statement: each changes one thing, as people get it wrong.
//!
//! A drill whose data lets one of them live cannot tell a right answer from a wrong one.
//! [`sites`] says what can be changed where, [`tested`] which columns cannot be NULL there.

mod sites;
mod tested;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use sqlparser::ast::{Statement, VisitMut};
use sqlparser::dialect::{Dialect, DuckDbDialect, GenericDialect};
use sqlparser::parser::Parser;

use sites::Walk;
use tested::Tested;

/// A statement with one fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// What was changed, and which place of that kind counted from 1: `< → <= (2)`.
    pub name: String,
    /// The same with the part of the text, for people.
    pub shown: String,
    /// `None`: a change that makes no sense in this place. It has a number all the same, so that
    /// the numbers of the others are those of the text.
    pub sql: Option<String>,
}

/// What decides which changes make sense.
pub struct Context<'a> {
    /// Whether the order of rows is demanded: only then sorting is worth changing.
    pub is_ordered: bool,
    /// Whether a column of that name may be NULL in some table.
    pub is_nullable: &'a dyn Fn(&str) -> bool,
}

/// The statement as it is written back, and all of its mutants in the order of the text.
pub fn mutants(sql: &str, context: &Context<'_>) -> Result<(String, Vec<Mutant>), String> {
    let statement = parse(sql)?;
    let tested = Tested::of(&statement);
    let mut found: Vec<Mutant> = Vec::new();
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    for wanted in 0.. {
        let mut changed = statement.clone();
        let mut walk = Walk::to(wanted, context, &tested);
        let reached = matches!(
            VisitMut::visit(&mut changed, &mut walk),
            ControlFlow::Break(())
        );
        let Some(change) = walk.change.filter(|_| reached) else {
            break;
        };
        let number = seen.entry(change.label).or_default();
        *number += 1;
        let name = format!("{} ({number})", change.label);
        found.push(Mutant {
            shown: match change.part {
                Some(part) => format!("{name}: {part}"),
                None => name.clone(),
            },
            name,
            sql: change.is_sensible.then(|| changed.to_string()),
        });
    }
    Ok((statement.to_string(), found))
}

/// Reads one statement, in whichever dialect reads it.
fn parse(sql: &str) -> Result<Statement, String> {
    let dialects: [&dyn Dialect; 2] = [&DuckDbDialect {}, &GenericDialect {}];
    let mut first_error = None;
    for dialect in dialects {
        match Parser::parse_sql(dialect, sql) {
            Ok(mut statements) if statements.len() == 1 => return Ok(statements.remove(0)),
            Ok(_) => return Err("it is not one statement".to_owned()),
            Err(err) => {
                first_error.get_or_insert(err.to_string());
            }
        }
    }
    Err(first_error.unwrap_or_default())
}

#[cfg(test)]
mod tests;
