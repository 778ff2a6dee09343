//! Turns a recipe and a model into the statements that fill the tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Schema, Table};

use super::builder::ColumnSet;
use super::expand::{Environment, Expander};
use super::frame::check_frame;
use super::kept::{kept_steps, kept_table};
use super::recipe::{Recipe, Step};
use super::{Lists, RecipeProblem, dialect};

/// The most rows the largest table may be asked for.
///
/// Row numbers of nested steps must stay below 2^63.
pub const MAX_SCALE: u64 = 10_000_000_000;

/// How much data, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Rows of the largest table, about. 1 to [`MAX_SCALE`].
    pub scale: u64,
    pub seed: u64,
}

/// The statements that fill all tables, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub steps: Vec<PlannedStep>,
    /// Statements to run at the end, also after a failure.
    pub cleanup: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStep {
    pub id: String,
    /// The table that gets the rows.
    pub table: String,
    pub sql: String,
    /// Known beforehand for steps with a number of rows.
    pub rows: Option<u64>,
    /// Temporary tables nobody reads after this step.
    pub drops: Vec<String>,
}

/// Compiles a recipe for a model, or lists everything that is wrong with it.
pub fn plan(
    recipe: &Recipe,
    schema: &Schema,
    lists: &Lists,
    request: Request,
) -> Result<Plan, Vec<RecipeProblem>> {
    let mut problems = check_frame(recipe, schema, request);
    if request.scale == 0 || request.scale > MAX_SCALE {
        return Err(problems);
    }
    let mut env = Environment {
        recipe,
        lists,
        seed: request.seed,
        scale: request.scale,
        kept: kept_steps(recipe),
        steps: BTreeMap::new(),
    };
    let mut plan = Plan::default();
    for (index, step) in recipe.steps.iter().enumerate() {
        let place = format!("step {} ({})", index + 1, step.id());
        match plan_step(&env, step, schema, &place) {
            Ok(mut planned) => plan.steps.append(&mut planned),
            Err(mut found) => problems.append(&mut found),
        }
        if step.is_temporary() {
            let drop = format!("DROP TABLE IF EXISTS {}", dialect::name(&step.table));
            if plan.cleanup.contains(&drop) {
                problems.push(RecipeProblem::new(
                    place.clone(),
                    format!(
                        "an earlier step makes {}: a temporary table has one step",
                        step.table
                    ),
                ));
            }
            plan.cleanup.push(drop);
        }
        // A filter or `distinct` drops rows, but their numbers stay valid draws.
        let rows = step.rows.map(|r| r.at(request.scale));
        if env
            .steps
            .insert(step.id().to_owned(), (step, rows))
            .is_some()
        {
            problems.push(RecipeProblem::new(
                place,
                format!("the id {} is taken: give this step an `id`", step.id()),
            ));
        }
    }
    for id in env.kept.keys() {
        let last = recipe
            .steps
            .iter()
            .rev()
            .find(|s| s.each.as_ref() == Some(id));
        let planned = last.and_then(|child| plan.steps.iter_mut().rfind(|s| s.id == child.id()));
        if let Some(step) = planned {
            step.drops.push(kept_table(id));
        }
    }
    if problems.is_empty() {
        Ok(plan)
    } else {
        Err(problems)
    }
}

fn plan_step(
    env: &Environment<'_>,
    step: &Step,
    schema: &Schema,
    place: &str,
) -> Result<Vec<PlannedStep>, Vec<RecipeProblem>> {
    let problem = |key: &str, message: String| RecipeProblem::new(format!("{place}{key}"), message);
    let table = schema.table(&step.table);
    if table.is_none() && !step.is_temporary() {
        return Err(vec![problem(
            "",
            format!("the model has no table {}", step.table),
        )]);
    }
    if let Some(name) = step.columns.keys().find(|n| is_reserved(n)) {
        return Err(vec![problem(
            &format!(", columns.{name}"),
            "the names _i, _n, _pi, _times, _first and _h1, _h2, … are the compiler's own: choose another".to_owned(),
        )]);
    }
    if let Some(table) = table {
        let found = check_columns(step, table, &problem);
        if !found.is_empty() {
            return Err(found);
        }
    }
    let select = select(env, step).map_err(|(key, message)| vec![problem(&key, message)])?;
    let planned = |table: &str, sql: String| PlannedStep {
        id: step.id().to_owned(),
        table: table.to_owned(),
        sql,
        rows: step.rows.map(|r| r.at(env.scale)),
        drops: Vec::new(),
    };
    let Some(table) = table else {
        let columns = if step.query.is_some() {
            "*".to_owned()
        } else {
            names(
                std::iter::once("_i")
                    .chain(step.columns.keys().map(String::as_str))
                    .collect(),
            )
        };
        let sql = create_temporary(&step.table, &columns, &select);
        return Ok(vec![planned(&step.table, sql)]);
    };
    let stored: Vec<&str> = table
        .columns
        .iter()
        .filter(|c| step.query.is_some() || step.columns.contains_key(&c.name))
        .filter(|c| c.generated.is_none())
        .map(|c| c.name.as_str())
        .collect();
    let insert = |source: &str| {
        let (table, columns) = (dialect::name(&step.table), names(stored.clone()));
        format!("INSERT INTO {table} ({columns})\nSELECT {columns} FROM {source}")
    };
    let Some(wanted) = env.kept.get(step.id()) else {
        return Ok(vec![planned(
            &step.table,
            insert(&format!("(\n{select}\n)")),
        )]);
    };
    let kept = kept_table(step.id());
    let mut columns: BTreeSet<&str> = stored.iter().copied().collect();
    columns.insert("_i");
    columns.extend(
        wanted
            .iter()
            .map(String::as_str)
            .filter(|c| step.columns.contains_key(*c)),
    );
    let create = create_temporary(&kept, &names(columns.into_iter().collect()), &select);
    Ok(vec![
        planned(&kept, create),
        planned(&step.table, insert(&dialect::name(&kept))),
    ])
}

fn create_temporary(table: &str, columns: &str, select: &str) -> String {
    format!(
        "CREATE OR REPLACE TEMP TABLE {} AS\nSELECT {columns} FROM (\n{select}\n)",
        dialect::name(table)
    )
}

fn names(columns: Vec<&str>) -> String {
    let quoted: Vec<String> = columns.into_iter().map(dialect::name).collect();
    quoted.join(", ")
}

/// Names the compiler gives to columns of its own.
fn is_reserved(name: &str) -> bool {
    let is_helper = name
        .strip_prefix("_h")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    is_helper || matches!(name, "_i" | "_n" | "_pi" | "_times" | "_first")
}

fn check_columns(
    step: &Step,
    table: &Table,
    problem: &dyn Fn(&str, String) -> RecipeProblem,
) -> Vec<RecipeProblem> {
    let mut found = Vec::new();
    for name in step.columns.keys().filter(|n| !n.starts_with('_')) {
        if !table.columns.iter().any(|c| c.name == *name) {
            found.push(problem(
                &format!(", columns.{name}"),
                format!("the table {} has no column {name}", table.name),
            ));
        }
    }
    if step.query.is_some() {
        return found;
    }
    for column in &table.columns {
        let needed = !column.nullable
            && column.default.is_none()
            && column.generated.is_none()
            && !column.auto_increment;
        if needed && !step.columns.contains_key(&column.name) {
            found.push(problem(
                ", columns",
                format!("{} is NOT NULL and gets no value", column.name),
            ));
        }
    }
    found
}

type Place<T> = Result<T, (String, String)>;

/// The SELECT of a step: `_i`, its columns and help columns.
fn select(env: &Environment<'_>, step: &Step) -> Place<String> {
    let at = |key: &str| {
        let key = format!(", {key}");
        move |message: String| (key.clone(), message)
    };
    if let Some(query) = &step.query {
        if step.rows.is_some() || step.each.is_some() || !step.columns.is_empty() {
            return Err(at("query")(
                "a step has a `query`, or a row source with columns, not both".to_owned(),
            ));
        }
        return Expander::new(env, step, "\"_i\"")
            .query(query)
            .map_err(at("query"));
    }
    let mut expander = Expander::new(env, step, "\"_i\"");
    for (name, expression) in &step.columns {
        let sql = expander
            .expression(name, &expression.sql())
            .map_err(at(&format!("columns.{name}")))?;
        expander.columns.add(name, sql);
    }
    let filter = step
        .filter
        .as_ref()
        .map(|sql| expander.expression("where", sql).map_err(at("where")))
        .transpose()?;
    let base = match (step.rows, &step.each) {
        (Some(rows), None) => dialect::row_source(rows.at(env.scale)),
        (None, Some(parent)) => repeated(env, step, parent, &expander.parent_columns)?,
        _ => {
            return Err(at("rows")(
                "a step needs one of `rows`, `each` and `query`".to_owned(),
            ));
        }
    };
    let unknown: Vec<String> = step
        .distinct
        .iter()
        .filter(|c| !step.columns.contains_key(*c))
        .cloned()
        .collect();
    if !unknown.is_empty() {
        return Err(at("distinct")(format!(
            "the step has no column {}",
            unknown.join(", ")
        )));
    }
    let mut sql = expander.columns.over(base).map_err(at("columns"))?;
    if let Some(filter) = filter {
        sql = format!("SELECT * FROM (\n{sql}\n) WHERE {filter}");
    }
    if !step.distinct.is_empty() {
        let keys: Vec<String> = step.distinct.iter().map(|c| dialect::name(c)).collect();
        sql = format!(
            "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY {} ORDER BY _i) AS _first FROM (\n{sql}\n)) WHERE _first = 1",
            keys.join(", ")
        );
    }
    Ok(sql)
}

/// A group of rows for each row of the parent step.
fn repeated(
    env: &Environment<'_>,
    step: &Step,
    parent: &str,
    parent_columns: &BTreeSet<String>,
) -> Place<String> {
    let at = |key: &str, message: String| (format!(", {key}"), message);
    let Some((parent_step, _)) = env.steps.get(parent).copied() else {
        return Err(at(
            "each",
            format!("no step {parent} stands before this one"),
        ));
    };
    let (Some(times), Some(at_most)) = (&step.times, step.at_most) else {
        return Err(at(
            "times",
            "a step with `each` needs `times` and `at_most`".to_owned(),
        ));
    };
    if at_most == 0 {
        return Err(at("at_most", "at_most is 1 or more".to_owned()));
    }
    let mut expander = Expander::new(env, step, "\"_pi\"");
    let times = expander
        .expression("times", times)
        .map_err(|message| at("times", message))?;
    let mut wanted = parent_columns.clone();
    wanted.extend(expander.parent_columns.iter().cloned());
    expander
        .columns
        .add("_times", format!("LEAST({at_most}, GREATEST(0, {times}))"));
    if parent_step.query.is_some() && !parent_step.is_temporary() {
        return Err(at(
            "each",
            format!(
                "{parent} is a query: only a temporary table (its name starts with _) with a column _i can be a parent"
            ),
        ));
    }
    let parent_table = if parent_step.is_temporary() {
        parent_step.table.clone()
    } else {
        kept_table(parent)
    };
    let mut columns = vec!["_i AS \"_pi\"".to_owned()];
    columns.extend(wanted.iter().map(|c| {
        format!(
            "{} AS {}",
            dialect::name(c),
            dialect::name(&format!("p.{c}"))
        )
    }));
    let source = format!(
        "SELECT {} FROM {}",
        columns.join(", "),
        dialect::name(&parent_table)
    );
    let counted = expander
        .columns
        .over(source)
        .map_err(|message| at("times", message))?;
    let repeated = dialect::repeat_rows(&counted, "\"_times\"");
    let mut carried = vec!["_pi".to_owned(), "_n".to_owned(), "_times".to_owned()];
    carried.extend(wanted.iter().map(|c| format!("p.{c}")));
    let carried: Vec<String> = carried.iter().map(|c| dialect::name(c)).collect();
    let mut numbered = ColumnSet::default();
    numbered.add("_i", format!("\"_pi\" * {at_most} + \"_n\""));
    numbered
        .over(format!(
            "SELECT {} FROM (\n{repeated}\n)",
            carried.join(", ")
        ))
        .map_err(|message| at("each", message))
}
