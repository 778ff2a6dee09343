//! Each macro of a recipe gives what its table in assets/packs/README.md says.

use crate::support::{check_near, number, rows, value};

use super::*;

pub(super) const FRAME: &str =
    "now = '2026-07-01 00:00:00'\nstart = '2025-05-01 00:00:00'\nlargest = 't'\n";

/// 100,000 rows of one column `v` of a type, made by an expression.
pub(super) fn column(data_type: &str, expression: &str) -> Session {
    let recipe = format!(
        "{FRAME}[[step]]\ntable = 't'\nrows = {{ per = 1 }}\n[step.columns]\nid = '@row'\nv = \"{expression}\""
    );
    made(
        &format!("CREATE TABLE t (id BIGINT, v {data_type})"),
        &recipe,
        100_000,
        3,
    )
}

/// What SQL over `v` finds in such a column.
#[track_caller]
fn check(data_type: &str, expression: &str, sql: &str, expected: f64, tolerance: f64) {
    let session = column(data_type, expression);
    let found = number(&session, &format!("SELECT {sql} FROM t"));
    check_near(
        &format!("{sql} of {expression}"),
        found,
        expected,
        tolerance,
    );
}

#[test]
fn rows_are_numbered_from_one() {
    let session = column("BIGINT", "@row");
    assert_eq!(
        rows(
            &session,
            "SELECT count(*), min(v), max(v), count(DISTINCT v) FROM t"
        ),
        [["100000", "1", "100000", "100000"]]
    );
}

#[test]
fn null_has_its_share() {
    check(
        "INT",
        "@null(0.2, 1)",
        "avg(CASE WHEN v IS NULL THEN 1 ELSE 0 END)",
        0.2,
        0.007,
    );
    check("INT", "@null(0, 1)", "count(v)", 100_000.0, 0.0);
    check("INT", "@null(1, 1)", "count(v)", 0.0, 0.0);
}

#[test]
fn chance_is_true_as_often_as_it_says() {
    check("BOOLEAN", "@chance(0.3)", "avg(v::INT)", 0.3, 0.008);
}

#[test]
fn picks_follow_their_weights_whatever_they_add_up_to() {
    let session = column("TEXT", "@pick(3: 'a', 2: 'b', 0: 'never', 0.5: 'c')");
    for (word, weight) in [("a", 3.0), ("b", 2.0), ("never", 0.0), ("c", 0.5)] {
        let found = number(
            &session,
            &format!("SELECT count(*) FILTER (v = '{word}') / count(*) FROM t"),
        );
        check_near(word, found, weight / 5.5, 0.008);
    }
}

#[test]
fn uniform_draws_fill_the_interval() {
    check("DOUBLE", "@u", "avg(v)", 0.5, 0.005);
    check(
        "DOUBLE",
        "@u",
        "stddev_pop(v)",
        (1.0_f64 / 12.0).sqrt(),
        0.003,
    );
    check(
        "DOUBLE",
        "@u",
        "(min(v) >= 0 AND max(v) < 1)::INT",
        1.0,
        0.0,
    );
}

#[test]
fn two_draws_are_independent_and_the_same_tag_is_the_same_draw() {
    check(
        "DOUBLE",
        "@u - @u",
        "stddev_pop(v)",
        (1.0_f64 / 6.0).sqrt(),
        0.005,
    );
    check("DOUBLE", "@u(x) - @u(x)", "max(abs(v))", 0.0, 0.0);
    check(
        "DOUBLE",
        "@u(x) - @u(y)",
        "stddev_pop(v)",
        (1.0_f64 / 6.0).sqrt(),
        0.005,
    );
}

#[test]
fn whole_numbers_include_both_ends_evenly() {
    let session = column("INT", "@int(-2, 2)");
    let counts = rows(&session, "SELECT v, count(*) FROM t GROUP BY v ORDER BY v");
    let values: Vec<&str> = counts.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(values, ["-2", "-1", "0", "1", "2"]);
    for row in &counts {
        check_near(&row[0], row[1].parse().expect("a count"), 20_000.0, 700.0);
    }
}

#[test]
fn skew_piles_up_at_the_low_end() {
    // The mean of u to the power p is 1 / (p + 1).
    check("DOUBLE", "@skew(10, 20, 1)", "avg(v)", 15.0, 0.05);
    check("DOUBLE", "@skew(10, 20, 3)", "avg(v)", 12.5, 0.05);
    check(
        "DOUBLE",
        "@skew(10, 20, 3)",
        "(min(v) >= 10 AND max(v) < 20)::INT",
        1.0,
        0.0,
    );
}

#[test]
fn normal_numbers_have_their_mean_and_deviation_and_bounds() {
    let session = column("DOUBLE", "@normal(50, 10)");
    let of = |sql: &str| number(&session, &format!("SELECT {sql} FROM t"));
    check_near("mean", of("avg(v)"), 50.0, 0.15);
    check_near("deviation", of("stddev_pop(v)"), 10.0, 0.1);
    check_near("skewness", of("skewness(v)"), 0.0, 0.04);
    check_near(
        "within one deviation",
        of("avg((abs(v - 50) < 10)::INT)"),
        0.683,
        0.02,
    );
    assert!(of("max(abs(v - 50))") <= 42.5, "six uniforms are bounded");
}

#[test]
fn log_normal_numbers_have_their_median_and_sigma() {
    let session = column("DOUBLE", "@lognormal(100, 0.5)");
    let of = |sql: &str| number(&session, &format!("SELECT {sql} FROM t"));
    check_near("median", of("median(v)"), 100.0, 1.0);
    check_near("sigma", of("stddev_pop(ln(v))"), 0.5, 0.008);
    // exp(sigma² / 2) times the median.
    check_near("mean", of("avg(v)"), 113.3, 1.5);
    assert!(of("min(v)") > 0.0);
}

#[test]
fn uuids_look_like_uuids_and_never_repeat() {
    let session = column("TEXT", "@uuid");
    assert_eq!(
        number(&session, "SELECT count(DISTINCT v) FROM t"),
        100_000.0
    );
    let shape = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";
    let wrong = format!("SELECT count(*) FROM t WHERE NOT regexp_matches(v, '{shape}')");
    assert_eq!(value(&session, &wrong), "0");
    let readable = number(&session, "SELECT count(v::UUID) FROM t");
    assert_eq!(readable, 100_000.0);
}

#[test]
fn items_come_from_the_list_and_a_number_goes_round() {
    let session = column("TEXT", "@item(colour)");
    let counts = rows(&session, "SELECT v, count(*) FROM t GROUP BY v ORDER BY v");
    let words: Vec<&str> = counts.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(words, ["blue", "green", "red"]);
    for row in &counts {
        check_near(&row[0], row[1].parse().expect("a count"), 33_333.0, 800.0);
    }
    let session = column("TEXT", "@item(colour, @row - 5)");
    assert_eq!(
        rows(&session, "SELECT v FROM t WHERE id <= 6 ORDER BY id"),
        [["blue"], ["red"], ["green"], ["blue"], ["red"], ["green"]],
        "row 5 is word 0; below it goes round backwards"
    );
}

#[test]
fn moments_and_days_stay_in_their_range() {
    let (from, to) = (
        "TIMESTAMP '2026-01-01 06:00:00'",
        "TIMESTAMP '2026-01-03 06:00:00'",
    );
    let session = column("TIMESTAMP", &format!("@moment({from}, {to})"));
    let of = |sql: &str| number(&session, &format!("SELECT {sql} FROM t"));
    assert_eq!(
        of(&format!("count(*) FILTER (v >= {from} AND v < {to})")),
        100_000.0
    );
    check_near(
        "first day",
        of("avg((v < TIMESTAMP '2026-01-02 06:00:00')::INT)"),
        0.5,
        0.008,
    );
    let session = column("DATE", "@day(DATE '2026-02-27', DATE '2026-03-02')");
    let days = rows(
        &session,
        "SELECT v::VARCHAR, count(*) FROM t GROUP BY v ORDER BY v",
    );
    let names: Vec<&str> = days.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["2026-02-27", "2026-02-28", "2026-03-01"]);
    for day in &days {
        check_near(&day[0], day[1].parse().expect("a count"), 33_333.0, 800.0);
    }
}

#[test]
fn constants_are_the_recipe_s_own() {
    let session = column(
        "TEXT",
        "@now || '|' || @start || '|' || @today || '|' || @scale",
    );
    assert_eq!(
        value(&session, "SELECT DISTINCT v FROM t"),
        "2026-07-01 00:00:00|2025-05-01 00:00:00|2026-07-01|100000"
    );
}

#[test]
fn equal_numbers_give_equal_hashes_and_others_do_not() {
    let session = column("DOUBLE", "@hash(@row % 1000)");
    assert_eq!(number(&session, "SELECT count(DISTINCT v) FROM t"), 1000.0);
    assert_eq!(
        number(
            &session,
            "SELECT max(n) FROM (SELECT count(DISTINCT v) AS n FROM t GROUP BY id % 1000)"
        ),
        1.0
    );
    check("DOUBLE", "@hash(-@row)", "avg(v)", 0.5, 0.005);
}
