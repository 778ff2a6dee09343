//! The data: the same seed gives the same rows, and they look as the recipe says.

mod constraints;
mod macros;
mod packs;
mod rhythm;
mod steps;

use crowsfoot::datagen::{Lists, Recipe, Request, plan};
use crowsfoot::ddl;
use crowsfoot::engine::{Build, Integrity, Session};

use crate::support;

/// Builds a recipe of a test.
fn made(schema: &str, recipe: &str, scale: u64, seed: u64) -> Session {
    let reading = ddl::read(schema);
    assert_eq!(reading.problems, []);
    let recipe: Recipe = toml::from_str(recipe).expect("a recipe");
    let lists = Lists::from_toml("colour = ['red', 'green', 'blue']").expect("a list");
    let request = Request { scale, seed };
    let plan = plan(&recipe, &reading.schema, &lists, request)
        .unwrap_or_else(|problems| unreachable!("{problems:?}"));
    let tables = reading.schema.tables.iter().map(|t| t.name.clone());
    let build = Build::new(
        None,
        &ddl::to_duckdb(&reading.schema),
        Integrity::Enforced,
        plan,
        tables.collect(),
    );
    let session = support::session();
    session
        .build(&build, &mut |_| true)
        .unwrap_or_else(|error| unreachable!("{error}"));
    session
}
