//! The arithmetic of draws as SQL text: uniforms, keys, powers, weighted choices.

use super::dialect;
use super::random::{PRIME, Salt};

/// The rounds of a salt with their column names quoted.
pub(super) fn quoted_rounds(salt: Salt, key: &str, name: &str) -> Vec<(String, String)> {
    let rounds = salt.columns(key, "\u{1}");
    rounds
        .into_iter()
        .map(|(column, sql)| {
            let sql = ["a", "b", "c"].iter().fold(sql, |sql, suffix| {
                sql.replace(
                    &format!("\u{1}{suffix}"),
                    &dialect::name(&format!("{name}{suffix}")),
                )
            });
            (column.replace('\u{1}', name), sql)
        })
        .collect()
}

/// Any whole number as a BIGINT key, 0 or more.
///
/// The cast comes first: in 32 bits the sum below would overflow.
pub(super) fn positive_key(sql: &str) -> String {
    format!("((CAST({sql} AS BIGINT) % {PRIME} + {PRIME}) % {PRIME})")
}

/// A draw as a DOUBLE in [0, 1).
pub(super) fn uniform(draw: &str) -> String {
    format!(
        "({} / {})",
        dialect::double(draw),
        dialect::double(&PRIME.to_string())
    )
}

/// A DOUBLE rounded down to a whole number.
pub(super) fn whole(sql: &str) -> String {
    format!("CAST(floor({sql}) AS BIGINT)")
}

/// 2^x to within 0.3 %, by multiplication alone beside an exact power of two.
pub(super) fn power_of_two(x: &str) -> String {
    let fraction = format!("({x} - floor({x}))");
    format!(
        "(power({}, floor({x})) * (1 + {fraction} * ({} + {} * {fraction})))",
        dialect::double("2"),
        dialect::double("0.6565"),
        dialect::double("0.3435")
    )
}

/// A moment between two, evenly; `from` itself when the range is empty.
pub(super) fn moment_between(from: &str, to: &str, draw: &str) -> String {
    format!(
        "({from} + {} * INTERVAL '1' SECOND)",
        whole(&format!(
            "{} * GREATEST(0, {})",
            uniform(draw),
            dialect::seconds_between(from, to)
        ))
    )
}

pub(super) fn numbered(weights: &[f64]) -> Vec<(f64, String)> {
    weights
        .iter()
        .enumerate()
        .map(|(i, &w)| (w, i.to_string()))
        .collect()
}

/// A CASE over a draw whose branches are as wide as their weights.
pub(super) fn weighted(draw: &str, choices: &[(f64, String)]) -> Result<String, String> {
    let total: f64 = choices.iter().map(|(w, _)| w).sum();
    if total <= 0.0 {
        return Err("the weights add up to nothing".to_owned());
    }
    let mut sum = 0.0;
    let mut branches = String::new();
    let mut left = choices.iter().filter(|(w, _)| *w > 0.0).peekable();
    while let Some((weight, value)) = left.next() {
        sum += weight;
        if left.peek().is_some() {
            let below = (sum / total * PRIME as f64).round();
            branches.push_str(&format!(" WHEN {draw} < {below} THEN {value}"));
        } else if branches.is_empty() {
            return Ok(value.clone());
        } else {
            branches.push_str(&format!(" ELSE {value}"));
        }
    }
    Ok(format!("(CASE{branches} END)"))
}
