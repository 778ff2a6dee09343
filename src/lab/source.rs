//! The pack's own tables, as far as a lab needs them.

use std::collections::BTreeSet;

use crate::catalog::{Lab, Pack, Parameter};
use crate::datagen::{Lists, Plan, Request};
use crate::ddl::{self, Purpose, tokens};
use crate::engine::{Build, EngineError, Integrity};
use crate::prepare;

/// The statements that make the tables a lab names, and what those are made from.
///
/// Constraints are neither enforced nor proven: the pack's own build does that, and here the
/// tables are only a source.
pub fn source_build(
    pack: &Pack,
    lab: &Lab,
    lists: &Lists,
    request: Request,
) -> Result<Build, EngineError> {
    let plan = prepare::plan_of(pack, lists, request)
        .map_err(|problems| prepare::recipe_error(pack, &problems))?;
    let script = ddl::to_duckdb_with(&pack.schema, ddl::Options { enforce: false });
    let views = script
        .statements
        .iter()
        .filter(|s| s.purpose == Purpose::View);
    let views: Vec<&str> = views.map(|s| s.sql.as_str()).collect();
    let mut needed = Needed::of(lab);
    needed.close_over(&plan, &views);
    let mut build = Build::new(None, &script, Integrity::Enforced, plan, Vec::new());
    build.plan.steps.retain(|step| needed.has(&step.table));
    build.after = views.iter().map(|sql| (*sql).to_owned()).collect();
    Ok(build)
}

/// Words that may name a table, in small letters.
struct Needed(BTreeSet<String>);

impl Needed {
    /// Every word of every statement of the lab.
    fn of(lab: &Lab) -> Self {
        let mut needed = Self(BTreeSet::new());
        for layout in &lab.layouts {
            needed
                .0
                .extend(layout.keeps.iter().map(|t| t.to_lowercase()));
            needed.add(&layout.build);
        }
        let defaults = |parameters: &[Parameter]| -> Vec<String> {
            parameters.iter().map(|p| p.default.clone()).collect()
        };
        let asked = lab.reads.iter().flat_map(|r| defaults(&r.parameters));
        let asked = asked.chain(lab.writes.iter().flat_map(|w| defaults(&w.parameters)));
        let asked = asked.chain(lab.anomalies.iter().flat_map(|a| defaults(&a.parameters)));
        for sql in asked {
            needed.add(&sql);
        }
        for sql in lab.checks.iter().flat_map(|c| c.planted.values()) {
            needed.add(sql);
        }
        for simulation in &lab.simulations {
            needed.add(&simulation.sql);
        }
        needed
    }

    fn add(&mut self, sql: &str) {
        for token in tokens(sql) {
            let word = sql.get(token.range()).unwrap_or_default();
            self.0.insert(word.trim_matches('"').to_lowercase());
        }
    }

    fn has(&self, table: &str) -> bool {
        self.0.contains(&table.to_lowercase())
    }

    /// Adds what the steps and views that are needed read themselves.
    fn close_over(&mut self, plan: &Plan, views: &[&str]) {
        loop {
            let before = self.0.len();
            for step in &plan.steps {
                if self.has(&step.table) {
                    self.add(&step.sql);
                }
            }
            for view in views {
                self.add(view);
            }
            if self.0.len() == before {
                return;
            }
        }
    }
}
