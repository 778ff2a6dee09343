//! From a pack to what the engine builds: the same for the window, the command line and tests.

use crate::catalog::Pack;
use crate::datagen::{self, Lists, RecipeProblem, Request};
use crate::engine::{Build, EngineError};

/// The statements that make and fill the tables of a pack.
///
/// `schema` is the DuckDB schema to build into; `None` for the default one. Fails with all
/// problems of the recipe in one message; [`plan_of`] gives them one by one.
pub fn build_of(
    pack: &Pack,
    lists: &Lists,
    request: Request,
    schema: Option<String>,
) -> Result<Build, EngineError> {
    let plan = plan_of(pack, lists, request).map_err(|problems| {
        let lines: Vec<String> = problems
            .iter()
            .map(|p| {
                let key = if p.key.is_empty() {
                    String::new()
                } else {
                    format!("{}: ", p.key)
                };
                format!("{}/data.toml: {key}{}", pack.id, p.message)
            })
            .collect();
        EngineError::new(lines.join("\n"))
    })?;
    let tables = pack.schema.tables.iter().map(|t| t.name.clone()).collect();
    Ok(Build::new(schema, &pack.script, plan, tables))
}

/// The plan of a pack's recipe. A pack whose recipe could not be read has one problem.
pub fn plan_of(
    pack: &Pack,
    lists: &Lists,
    request: Request,
) -> Result<datagen::Plan, Vec<RecipeProblem>> {
    match &pack.recipe {
        Some(recipe) => datagen::plan(recipe, &pack.schema, lists, request),
        None => Err(vec![RecipeProblem::new(
            "",
            "there is no recipe to make data from",
        )]),
    }
}
