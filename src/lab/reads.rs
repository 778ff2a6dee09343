//! A question asked of every layout: proven, explained, measured.

use super::bench::{Bench, LabError};
use super::report::{ReadFigures, ReadLayout};
use super::verdict;
use crate::catalog::Read;
use crate::engine::{Answer, EngineError, compare};
use crate::measure::statistics::Comparison;
use crate::measure::{Effort, Spread, interleaved};

/// The most rows an answer may have: beyond it reading them is all one measures.
pub const MAX_ANSWER_ROWS: usize = 100_000;

/// The key of a read's parameters.
pub fn entry(id: &str) -> String {
    format!("read {id}")
}

/// Proves that all layouts give one answer, says what DuckDB did for it, and measures it.
pub fn measure_read(bench: &Bench, read: &Read, effort: Effort) -> Result<ReadFigures, LabError> {
    let entry = entry(&read.id);
    let mut figures = prove_read(bench, read)?;
    let asked: Vec<usize> = (0..figures.layouts.len())
        .filter(|i| figures.layouts[*i].cannot.is_none())
        .collect();
    for &index in &asked {
        explain(bench, &entry, &mut figures.layouts[index])?;
    }
    let layouts = &figures.layouts;
    let times = interleaved(asked.len(), effort, &mut |thing| {
        let layout = &layouts[asked[thing]];
        bench.time(&entry, &layout.id, &layout.sql)
    })?;
    for (place, &index) in asked.iter().enumerate() {
        let layout = &mut figures.layouts[index];
        layout.time = Spread::of(&times[place]);
        layout.against_first = if place == 0 {
            None
        } else {
            Comparison::of(&times[0], &times[place])
        };
        layout.verdict = layout.against_first.map(|c| c.verdict());
    }
    figures.comparison = asked
        .get(1)
        .and_then(|&second| figures.layouts[second].against_first);
    figures.verdict = verdict::of_read(bench.lab(), &figures);
    Ok(figures)
}

/// Whether all layouts give one answer, or differ exactly where the lab says so.
pub fn prove_read(bench: &Bench, read: &Read) -> Result<ReadFigures, LabError> {
    let entry = entry(&read.id);
    let mut figures = ReadFigures {
        id: read.id.clone(),
        title: read.title.clone(),
        answers_equal: true,
        as_expected: true,
        ..ReadFigures::default()
    };
    let mut first: Option<Answer> = None;
    for layout in &bench.lab().layouts {
        let mut found = ReadLayout {
            id: layout.id.clone(),
            ..ReadLayout::default()
        };
        let Some(sql) = read.statements.of(&layout.id) else {
            let reason = read.statements.cannot.get(&layout.id).cloned();
            found.cannot = Some(reason.unwrap_or_default());
            figures.layouts.push(found);
            continue;
        };
        found.sql = bench.statement(&entry, &layout.id, sql)?;
        must_be_a_query(bench, &entry, &layout.id, &found.sql)?;
        let answer = bench.answer(&entry, &layout.id, &found.sql)?;
        if answer.rows.len() > MAX_ANSWER_ROWS {
            let err = EngineError::new(format!(
                "the answer has {} rows; a question of a lab has {MAX_ANSWER_ROWS} at most: add a LIMIT, or count",
                answer.rows.len()
            ));
            return Err(bench.of_entry(err, Some(&layout.id), &entry));
        }
        match &first {
            None => {
                figures.answer_rows = answer.rows.len();
                first = Some(answer);
            }
            Some(first) => {
                found.difference = compare(first, &answer, read.ordered);
                let announced = read.differs.contains_key(&layout.id);
                figures.answers_equal &= found.difference.is_none();
                figures.as_expected &= found.difference.is_some() == announced;
            }
        }
        figures.layouts.push(found);
    }
    Ok(figures)
}

/// Refuses what changes something, and several statements: as a part of a query neither is read.
fn must_be_a_query(bench: &Bench, entry: &str, layout: &str, sql: &str) -> Result<(), LabError> {
    bench.enter(layout)?;
    bench
        .session()
        .rows(&format!("SELECT * FROM (\n{sql}\n) LIMIT 0"))
        .map(drop)
        .map_err(|err| {
            let err = if err.kind == "Parser" {
                EngineError {
                    message: format!(
                        "a question is one SELECT and changes nothing ({})",
                        err.message
                    ),
                    ..err
                }
            } else {
                err
            };
            bench.of_entry(err, Some(layout), entry)
        })
}

/// The first run after opening, and the plan.
fn explain(bench: &Bench, entry: &str, layout: &mut ReadLayout) -> Result<(), LabError> {
    bench.reopen(&layout.id)?;
    layout.cold_ms = bench.time(entry, &layout.id, &layout.sql)?.as_secs_f64() * 1e3;
    bench.reopen(&layout.id)?;
    let plan = bench
        .session()
        .plan(&layout.sql)
        .map_err(|err| bench.of_entry(err, Some(&layout.id), entry))?;
    if let Some(plan) = &plan {
        layout.bytes_read = plan.bytes_read;
        layout.rows_scanned = plan.rows_scanned();
        (layout.row_groups_scanned, layout.row_groups) = plan.row_groups();
        layout.files = plan.files();
    }
    layout.plan = plan;
    Ok(())
}
