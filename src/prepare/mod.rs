//! From a pack to what the engine builds: the same for the window, the command line and tests.

mod fingerprint;
mod preview;

use arrow::record_batch::RecordBatch;

use crate::catalog::{Pack, Query};
use crate::datagen::{self, Lists, RecipeProblem, Request};
use crate::ddl::{self, Purpose};
use crate::engine::{Build, EngineError, Integrity, Session, substitute};

pub use fingerprint::fingerprint;
pub use preview::{Preview, TablePreview, preview};

/// The largest scale whose constraints are enforced while rows come in; above it they are
/// verified by query afterwards, which makes the rows several times faster.
pub const ENFORCED_UP_TO: u64 = 200_000;

/// How the constraints are kept at a scale.
pub fn integrity_at(scale: u64) -> Integrity {
    if scale <= ENFORCED_UP_TO {
        Integrity::Enforced
    } else {
        Integrity::Verified
    }
}

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
    let plan = plan_of(pack, lists, request).map_err(|problems| recipe_error(pack, &problems))?;
    let tables = pack.schema.tables.iter().map(|t| t.name.clone()).collect();
    let integrity = integrity_at(request.scale);
    let free;
    let script = match integrity {
        Integrity::Enforced => &pack.script,
        Integrity::Verified => {
            free = ddl::to_duckdb_with(&pack.schema, ddl::Options { enforce: false });
            &free
        }
    };
    Ok(Build::new(schema, script, integrity, plan, tables))
}

/// The same without keys and indexes: the rows and the views over them, for those who copy or
/// measure them. Several times faster, and nothing watches over the rows.
pub fn rows_alone(
    pack: &Pack,
    lists: &Lists,
    request: Request,
    schema: Option<String>,
) -> Result<Build, EngineError> {
    let plan = plan_of(pack, lists, request).map_err(|problems| recipe_error(pack, &problems))?;
    let script = ddl::to_duckdb_with(&pack.schema, ddl::Options { enforce: false });
    let tables = pack.schema.tables.iter().map(|t| t.name.clone()).collect();
    let mut build = Build::new(schema, &script, Integrity::Enforced, plan, tables);
    let views = pack.script.statements.iter();
    let views = views.filter(|s| s.purpose == Purpose::View);
    build.after = views.map(|s| s.sql.clone()).collect();
    Ok(build)
}

/// All problems of a recipe in one message, a line each.
pub fn recipe_error(pack: &Pack, problems: &[RecipeProblem]) -> EngineError {
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

/// The answer of a named query with the defaults of its parameters.
///
/// Fails when a default finds no value: such a default is a fault of the pack.
pub fn answer(session: &Session, query: &Query) -> Result<Vec<RecordBatch>, EngineError> {
    let mut values = Vec::new();
    for parameter in &query.parameters {
        let value = session.default_of(&parameter.data_type, &parameter.default)?;
        if value.is_none() {
            return Err(EngineError::new(format!(
                "the default of ${} finds no value",
                parameter.name
            )));
        }
        values.push((parameter.name.clone(), parameter.data_type.clone(), value));
    }
    let statement = substitute(&query.sql, &|name| {
        values
            .iter()
            .find(|(n, _, _)| n == name)
            .map(|(_, data_type, value)| (data_type.clone(), value.clone()))
    })?;
    session.rows(&statement.sql)
}
