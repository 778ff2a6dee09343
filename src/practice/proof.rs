//! Proves a drill: right answers pass, wrong ones are refused, and no small fault goes unseen.

use std::time::{Duration, Instant};

use super::compare::compare;
use super::ground::Ground;
use super::mutants::{Context, Mutant, mutants};
use super::statement::one_select;
use crate::catalog::{Drill, Pack, SqlDrill};
use crate::datagen::Lists;

/// The most rows a reference may give: an answer somebody can look through.
const READABLE_ROWS: usize = 2_000;
/// How long preparing the variants of a drill may take, on a busy machine.
const SLOW: Duration = Duration::from_secs(5);

/// Everything wrong with a drill, by key; empty when it can be trusted.
pub fn prove(pack: &Pack, drill: &Drill, lists: &Lists) -> Vec<(String, String)> {
    let Some(sql) = drill.sql() else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    let mut report = |key: String, message: String| problems.push((key, message));
    for (key, text) in keys(sql) {
        if let Err(message) = one_select(text) {
            report(key, message);
        }
    }
    let started = Instant::now();
    let ground = match Ground::prepare(pack, drill, lists) {
        Ok(ground) => ground,
        Err(error) => {
            report(String::new(), error.message);
            return problems;
        }
    };
    let elapsed = started.elapsed();
    if elapsed > SLOW {
        report(
            String::new(),
            format!("its variants take {:.1} s to make", elapsed.as_secs_f64()),
        );
    }
    check_reference(&ground, &mut report);
    check_answers(&ground, &mut report);
    check_mutants(&ground, pack, &mut report);
    problems
}

/// All statements with the key they stand under.
fn keys(sql: &SqlDrill) -> Vec<(String, &str)> {
    let mut keys = vec![("reference".to_owned(), sql.reference.as_str())];
    keys.extend(
        sql.alternatives
            .iter()
            .map(|a| (format!("alternative {}", a.title), a.sql.as_str())),
    );
    keys.extend(
        sql.wrong
            .iter()
            .map(|w| (format!("wrong {}", w.title), w.sql.as_str())),
    );
    keys
}

fn check_reference(ground: &Ground, report: &mut impl FnMut(String, String)) {
    let mut told = |message: String| report("reference".to_owned(), message);
    let Some(base) = ground.variant("base") else {
        return;
    };
    let wanted = ground.sql().column_names();
    let is_same = wanted.len() == base.expected.columns.len()
        && wanted
            .iter()
            .zip(&base.expected.columns)
            .all(|(a, b)| a.eq_ignore_ascii_case(b));
    if !is_same {
        told(format!(
            "its columns are {}, not {}",
            base.expected.columns.join(", "),
            wanted.join(", ")
        ));
    }
    match base.expected.rows.len() {
        0 => told("it gives no rows".to_owned()),
        rows if rows > READABLE_ROWS => told(format!(
            "it gives {rows} rows: an answer has {READABLE_ROWS} at most"
        )),
        _ => {}
    }
    let reversed = ground.variant("reversed");
    if let Some(reversed) = reversed
        && compare(&base.expected, &reversed.expected, &ground.demand()).is_some()
    {
        told("it depends on the order rows are stored in".to_owned());
    }
}

fn check_answers(ground: &Ground, report: &mut impl FnMut(String, String)) {
    for right in &ground.sql().alternatives {
        let key = format!("alternative {}", right.title);
        if let Some((variant, message)) = first_fault(ground, &right.sql) {
            report(key, format!("on the variant {variant}: {message}"));
        }
    }
    for wrong in &ground.sql().wrong {
        let key = format!("wrong {}", wrong.title);
        let error = ground.variants().iter().find_map(|variant| {
            let refusal = ground.answer(&variant.id, &wrong.sql).err()?;
            Some((variant, refusal))
        });
        if let Some((variant, refusal)) = error {
            report(
                key,
                format!(
                    "on the variant {} it fails instead of giving other rows: {}",
                    variant.id,
                    refusal.message()
                ),
            );
        } else if first_fault(ground, &wrong.sql).is_none() {
            report(key, "passes on all variants".to_owned());
        }
    }
}

/// The first variant on which a statement is not as expected, and why. Small variants come first.
fn first_fault(ground: &Ground, sql: &str) -> Option<(String, String)> {
    let demand = ground.demand();
    let mut variants: Vec<_> = ground.variants().iter().collect();
    variants.sort_by_key(|v| v.tables.iter().map(|(_, rows)| rows).sum::<u64>());
    variants
        .into_iter()
        .find_map(|variant| match ground.answer(&variant.id, sql) {
            Ok(given) => {
                let miss = compare(&variant.expected, &given, &demand)?;
                Some((variant.id.clone(), miss.message))
            }
            Err(refusal) => Some((variant.id.clone(), refusal.message())),
        })
}

fn check_mutants(ground: &Ground, pack: &Pack, report: &mut impl FnMut(String, String)) {
    let is_nullable = |name: &str| {
        let columns = pack.schema.tables.iter().filter_map(|t| t.column(name));
        columns.into_iter().any(|c| c.nullable)
    };
    let context = Context {
        is_ordered: !ground.sql().order.is_empty(),
        is_nullable: &is_nullable,
    };
    let (written_back, found) = match mutants(&ground.sql().reference, &context) {
        Ok(found) => found,
        Err(message) => {
            report(
                "reference".to_owned(),
                format!("no mutants can be made of it: {message}"),
            );
            return;
        }
    };
    if let Some((variant, message)) = first_fault(ground, &written_back) {
        report(
            "reference".to_owned(),
            format!(
                "no mutants can be made of it: written back it is another statement (on {variant}: {message})"
            ),
        );
        return;
    }
    let listed = |mutant: &Mutant| {
        let equivalent = &ground.sql().equivalent;
        equivalent.iter().any(|e| e.mutant.trim() == mutant.name)
    };
    for mutant in &found {
        let Some(sql) = &mutant.sql else {
            continue;
        };
        match (first_fault(ground, sql), listed(mutant)) {
            (None, false) => report(
                "reference".to_owned(),
                format!("no variant kills the mutant {}", mutant.shown),
            ),
            (Some((variant, message)), true) => report(
                format!("equivalent {}", mutant.name),
                format!("the variant {variant} kills it: {message}"),
            ),
            _ => {}
        }
    }
    for equivalent in &ground.sql().equivalent {
        if !found.iter().any(|m| m.name == equivalent.mutant.trim()) {
            let names: Vec<&str> = found.iter().map(|m| m.name.as_str()).collect();
            report(
                format!("equivalent {}", equivalent.mutant),
                format!(
                    "the reference has no such mutant; there are {}",
                    names.join(", ")
                ),
            );
        }
    }
}
