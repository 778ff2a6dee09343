//! Recipes with faults: every one is told, none runs.

use crowsfoot::datagen::{Lists, MAX_SCALE, Recipe, Request, plan};
use crowsfoot::ddl;

const SCHEMA: &str = "CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT NOT NULL, price INT);";
const FRAME: &str =
    "now = '2026-07-01 00:00:00'\nstart = '2025-05-01 00:00:00'\nlargest = 'item'\n";
const STEP: &str = "[[step]]\ntable = 'item'\nrows = 10\n[step.columns]\nid = '@row'\n";

/// `key: message` of each problem says its parts.
#[track_caller]
fn check(recipe: &str, scale: u64, expected: &[&str]) {
    let schema = ddl::read(SCHEMA).schema;
    let recipe: Recipe = toml::from_str(recipe).expect("a recipe");
    let lists = Lists::from_toml("word = ['a']\nnothing = []").expect("a list");
    let found = match plan(&recipe, &schema, &lists, Request { scale, seed: 1 }) {
        Ok(_) => Vec::new(),
        Err(problems) => problems,
    };
    let told: Vec<String> = found
        .iter()
        .map(|p| format!("{}: {}", p.key, p.message))
        .collect();
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        for part in expected.split('…') {
            assert!(told.contains(part), "{told}\nshould say {part}");
        }
    }
}

/// A recipe of one step whose price is made so.
#[track_caller]
fn check_price(expression: &str, expected: &str) {
    let recipe = format!("{FRAME}{STEP}name = \"'x'\"\nprice = \"{expression}\"\n");
    check(
        &recipe,
        10,
        &[&format!("step 1 (item), columns.price: …{expected}")],
    );
}

#[test]
fn a_right_recipe_has_no_problems() {
    check(
        &format!("{FRAME}{STEP}name = \"@item(word)\"\nprice = 7\n"),
        10,
        &[],
    );
}

#[test]
fn an_unknown_column_is_told() {
    check(
        &format!("{FRAME}{STEP}name = \"'x'\"\ncolour = 1\nsize = 2\n"),
        10,
        &[
            "step 1 (item), columns.colour: …no column colour",
            "columns.size",
        ],
    );
}

#[test]
fn a_column_that_needs_a_value_and_gets_none_is_told() {
    check(
        &format!("{FRAME}{STEP}"),
        10,
        &["step 1 (item), columns: name is NOT NULL"],
    );
}

#[test]
fn unknown_macros_lists_and_steps_are_told() {
    check_price("@unheard(1)", "@unheard: there is no such macro");
    check_price("@int(1)", "@int: there is no such macro with 1 argument");
    check_price("@item(unheard)", "no list unheard");
    check_price("@item(nothing)", "the list nothing is empty");
    check_price("@any(unheard)", "no step unheard");
    check_price("@value(item, 3)", "@value(step.column, row)");
    check_price("p.id", "p.id needs a step with `each`");
    check_price("@n", "only a step with `each`");
    check_price("@ 1", "a single @");
    check_price("@int(1, 2", "not closed");
    check_price("'open", "not closed");
}

#[test]
fn weights_that_do_not_add_up_are_told() {
    check_price("@pick(0: 1, 0: 2)", "add up to nothing");
    check_price("@pick(-1: 1, 2: 2)", "`weight: value`");
    check_price("@pick(1, 2)", "`weight: value`");
    check_price("@pick(x: 1)", "`weight: value`");
    check_price("@skew(0, 1, 9)", "from 1 to 8");
    check_price("@skew(0, 1, x)", "from 1 to 8");
}

#[test]
fn columns_in_a_circle_are_named() {
    let recipe = format!("{FRAME}{STEP}name = 'CAST(price AS TEXT)'\nprice = 'length(name)'\n");
    check(
        &recipe,
        10,
        &["step 1 (item), columns: …in a circle: name, price"],
    );
    let recipe = format!("{FRAME}{STEP}name = \"'x'\"\nprice = 'price + 1'\n");
    check(&recipe, 10, &["in a circle: price"]);
}

#[test]
fn scales_that_cannot_be_are_told() {
    let recipe = format!("{FRAME}{STEP}name = \"'x'\"\n");
    check(&recipe, 0, &["scale: …not 0"]);
    check(&recipe, 1_000_000_000_000, &["scale: …10000000000"]);
    check(&recipe, MAX_SCALE + 1, &["scale: "]);
    check(&recipe, MAX_SCALE, &[]);
    check(&recipe, 1, &[]);
}

#[test]
fn the_frame_is_checked_all_at_once() {
    let recipe = format!(
        "now = 'tomorrow'\nstart = '2025-05-01'\nlargest = 'nothing'\n[season]\nweekday = [0, 0, 0, 0, 0, 0, 0]\nhour = [{}]\ngrowth = 2\n[[step]]\ntable = 'elsewhere'\nrows = 1\ncolumns = {{}}\n",
        ["-1"; 24].join(", ")
    );
    check(
        &recipe,
        10,
        &[
            "now: …tomorrow",
            "start: …2025-05-01",
            "season.growth: ",
            "season.weekday: ",
            "season.hour: ",
            "largest: …nothing",
            "step: no step fills the table item",
            "step 1 (elsewhere): …no table elsewhere",
        ],
    );
    let late = format!("{FRAME}{STEP}name = \"'x'\"\n").replace("2025-05-01", "2027-01-01");
    check(&late, 10, &["start: the start is not before now"]);
}

#[test]
fn a_moment_that_no_calendar_has_is_told() {
    let recipe = format!("{FRAME}{STEP}name = \"'x'\"\n").replace("2026-07-01", "2026-13-41");
    check(&recipe, 10, &["now: …2026-13-41"]);
}

#[test]
fn steps_of_a_wrong_shape_are_told() {
    let step = |body: &str| format!("{FRAME}[[step]]\ntable = 'item'\n{body}\n");
    let columns = "columns = { id = '@row', name = \"'x'\" }";
    check(
        &step(columns),
        10,
        &["step 1 (item), rows: …`rows`, `each` and `query`"],
    );
    check(
        &step(&format!("rows = 1\nquery = 'SELECT 1'\n{columns}")),
        10,
        &["query: …not both"],
    );
    check(
        &step(&format!(
            "each = 'nobody'\ntimes = '1'\nat_most = 1\n{columns}"
        )),
        10,
        &["each: no step nobody"],
    );
    check(
        &step(&format!("rows = 1\ndistinct = ['colour']\n{columns}")),
        10,
        &["distinct: …colour"],
    );
    check(
        &step(&format!("rows = 1\nwhere = '@unheard'\n{columns}")),
        10,
        &["where: @unheard"],
    );
    check(&step("query = 'SELECT @u'"), 10, &["query: @u needs a row"]);
    let twice = format!("{STEP}name = \"'x'\"\n");
    check(
        &format!("{FRAME}{twice}{twice}"),
        10,
        &["step 2 (item): the id item is taken"],
    );
    let child = |rest: &str| {
        format!(
            "{FRAME}[[step]]\ntable = '_p'\nrows = 1\ncolumns = {{ x = 1 }}\n[[step]]\ntable = 'item'\neach = '_p'\n{rest}\n{columns}\n"
        )
    };
    check(&child("times = '1'"), 10, &["times: …at_most"]);
    check(&child("times = '1'\nat_most = 0"), 10, &["at_most: "]);
    check(
        &child("times = 'p.y'\nat_most = 1"),
        10,
        &["times: …no column y"],
    );
    check(&child("times = '1'\nat_most = 2"), 10, &[]);
}

#[test]
fn names_of_the_compiler_are_told() {
    for name in ["_i", "_n", "_pi", "_times", "_first", "_h1"] {
        let recipe = format!("{FRAME}{STEP}name = \"'x'\"\n{name} = 1\n");
        check(
            &recipe,
            10,
            &[&format!("columns.{name}: …the compiler's own")],
        );
    }
}

#[test]
fn a_step_without_rows_at_a_small_scale_cannot_be_picked_from() {
    let recipe = format!(
        "{FRAME}[[step]]\ntable = '_p'\nrows = {{ per = 0.001 }}\ncolumns = {{ x = 1 }}\n{STEP}name = \"'x'\"\nprice = '@any(_p)'\n"
    );
    check(&recipe, 10, &["columns.price: …no rows at this scale"]);
    check(&recipe, 10_000, &[]);
}
