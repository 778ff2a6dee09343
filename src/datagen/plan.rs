//! Turns a recipe and a model into the statements that fill the tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Schema, Table};

use super::builder::ColumnSet;
use super::expand::{Environment, Expander};
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
        steps: BTreeMap::new(),
    };
    let mut plan = Plan::default();
    for (index, step) in recipe.steps.iter().enumerate() {
        let place = format!("step {} ({})", index + 1, step.id());
        match plan_step(&env, step, schema, &place) {
            Ok(planned) => plan.steps.push(planned),
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
    if problems.is_empty() {
        Ok(plan)
    } else {
        Err(problems)
    }
}

/// What can be said without looking into a step.
fn check_frame(recipe: &Recipe, schema: &Schema, request: Request) -> Vec<RecipeProblem> {
    let mut problems = Vec::new();
    if request.scale == 0 || request.scale > MAX_SCALE {
        problems.push(RecipeProblem::new(
            "scale",
            format!(
                "a scale is from 1 to {MAX_SCALE} rows, not {}",
                request.scale
            ),
        ));
    }
    for (key, moment) in [("now", &recipe.now), ("start", &recipe.start)] {
        if !is_moment(moment) {
            problems.push(RecipeProblem::new(
                key,
                format!("a moment is written `2026-07-01 00:00:00`, not `{moment}`"),
            ));
        }
    }
    if recipe.start >= recipe.now {
        problems.push(RecipeProblem::new("start", "the start is not before now"));
    }
    if !(0.0..=1.0).contains(&recipe.season.growth) {
        problems.push(RecipeProblem::new(
            "season.growth",
            format!("growth is from 0 to 1, not {}", recipe.season.growth),
        ));
    }
    for (key, weights) in [
        ("season.weekday", recipe.season.weekday.as_slice()),
        ("season.hour", recipe.season.hour.as_slice()),
    ] {
        if weights.iter().any(|w| !w.is_finite() || *w < 0.0) || weights.iter().sum::<f64>() <= 0.0
        {
            problems.push(RecipeProblem::new(
                key,
                "weights are 0 or more, and not all 0",
            ));
        }
    }
    if schema.table(&recipe.largest).is_none() {
        problems.push(RecipeProblem::new(
            "largest",
            format!("the model has no table {}", recipe.largest),
        ));
    }
    let filled: BTreeSet<String> = recipe
        .steps
        .iter()
        .map(|s| s.table.to_lowercase())
        .collect();
    for table in &schema.tables {
        if !filled.contains(&table.name.to_lowercase()) {
            problems.push(RecipeProblem::new(
                "step",
                format!("no step fills the table {}", table.name),
            ));
        }
    }
    problems
}

/// `YYYY-MM-DD HH:MM:SS`, digit by digit, and a day the calendar has.
fn is_moment(text: &str) -> bool {
    let shape = "0000-00-00 00:00:00";
    let is_shaped = text.len() == shape.len()
        && text.chars().zip(shape.chars()).all(
            |(c, s)| {
                if s == '0' { c.is_ascii_digit() } else { c == s }
            },
        );
    let part = |range| text.get(range).and_then(|p: &str| p.parse::<u32>().ok());
    let parts = (part(0..4), part(5..7), part(8..10));
    let times = (part(11..13), part(14..16), part(17..19));
    let ((Some(year), Some(month), Some(day)), (Some(hour), Some(minute), Some(second))) =
        (parts, times)
    else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    is_shaped && (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 60
}

fn plan_step(
    env: &Environment<'_>,
    step: &Step,
    schema: &Schema,
    place: &str,
) -> Result<PlannedStep, Vec<RecipeProblem>> {
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
    let select = select(env, step, 0).map_err(|(key, message)| vec![problem(&key, message)])?;
    let sql = match table {
        Some(table) => {
            let columns: Vec<String> = table
                .columns
                .iter()
                .filter(|c| step.query.is_some() || step.columns.contains_key(&c.name))
                .filter(|c| c.generated.is_none())
                .map(|c| dialect::name(&c.name))
                .collect();
            let columns = columns.join(", ");
            format!(
                "INSERT INTO {} ({columns})\nSELECT {columns} FROM (\n{select}\n)",
                dialect::name(&step.table)
            )
        }
        None => {
            let columns = if step.query.is_some() {
                "*".to_owned()
            } else {
                std::iter::once("_i")
                    .chain(step.columns.keys().map(String::as_str))
                    .map(dialect::name)
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            format!(
                "CREATE OR REPLACE TEMP TABLE {} AS\nSELECT {columns} FROM (\n{select}\n)",
                dialect::name(&step.table)
            )
        }
    };
    Ok(PlannedStep {
        id: step.id().to_owned(),
        table: step.table.clone(),
        sql,
        rows: step.rows.map(|r| r.at(env.scale)),
    })
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
fn select(env: &Environment<'_>, step: &Step, depth: usize) -> Place<String> {
    let at = |key: &str| {
        let key = format!(", {key}");
        move |message: String| (key.clone(), message)
    };
    if depth > 8 {
        return Err(at("each")(
            "more than eight steps hang on each other".to_owned(),
        ));
    }
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
        (None, Some(parent)) => repeated(env, step, parent, &expander.parent_columns, depth)?,
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
    depth: usize,
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
    let parent_sql = if parent_step.is_temporary() {
        // It is there, help columns and all: reading is cheaper than making its rows again.
        format!("SELECT * FROM {}", dialect::name(&parent_step.table))
    } else if parent_step.query.is_some() {
        return Err(at(
            "each",
            format!(
                "{parent} is a query: only a temporary table (its name starts with _) with a column _i can be a parent"
            ),
        ));
    } else {
        select(env, parent_step, depth + 1).map_err(|(_, message)| at("each", message))?
    };
    let mut columns = vec!["_i AS \"_pi\"".to_owned()];
    columns.extend(wanted.iter().map(|c| {
        format!(
            "{} AS {}",
            dialect::name(c),
            dialect::name(&format!("p.{c}"))
        )
    }));
    let source = format!("SELECT {} FROM (\n{parent_sql}\n)", columns.join(", "));
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
