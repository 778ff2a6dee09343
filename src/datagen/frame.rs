//! What can be said of a recipe without looking into its steps.

use std::collections::BTreeSet;

use crate::model::Schema;

use super::plan::{MAX_SCALE, Request};
use super::{Recipe, RecipeProblem};

/// Faults of scale, moments, season and table names.
pub fn check_frame(recipe: &Recipe, schema: &Schema, request: Request) -> Vec<RecipeProblem> {
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
