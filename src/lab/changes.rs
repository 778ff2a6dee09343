//! Changes made to every layout, what contradicts itself, and what goes wrong.

use std::time::{Duration, Instant};

use arrow::util::display::array_value_to_string;

use super::bench::{Bench, LabError};
use super::report::{AnomalyFigures, CheckFigures, CheckLayout, WriteFigures, WriteLayout};
use super::verdict;
use crate::catalog::{Anomaly, Check, Write};
use crate::ddl;
use crate::engine::Answer;
use crate::engine::EngineError;
use crate::measure::statistics::Comparison;
use crate::measure::{Effort, Spread, interleaved};

/// Rows of an anomaly that are kept to be shown.
const SHOWN: usize = 12;

/// The key of a change's parameters.
pub fn write_entry(id: &str) -> String {
    format!("write {id}")
}

/// The key of an anomaly's parameters.
pub fn anomaly_entry(id: &str) -> String {
    format!("anomaly {id}")
}

/// Makes a change in every layout, taken back each time, and measures it up to the commit.
///
/// The commit itself waits for the disk: instead of its time the bytes it writes are told, by
/// [`count_bytes`].
pub fn measure_write(
    bench: &Bench,
    write: &Write,
    effort: Effort,
) -> Result<WriteFigures, LabError> {
    let entry = write_entry(&write.id);
    let mut figures = WriteFigures {
        id: write.id.clone(),
        title: write.title.clone(),
        ..WriteFigures::default()
    };
    for layout in &bench.lab().layouts {
        let mut found = WriteLayout {
            id: layout.id.clone(),
            ..WriteLayout::default()
        };
        match write.statements.of(&layout.id) {
            Some(sql) => found.sql = bench.statement(&entry, &layout.id, sql)?,
            None => {
                let reason = write.statements.cannot.get(&layout.id).cloned();
                found.cannot = Some(reason.unwrap_or_default());
            }
        }
        figures.layouts.push(found);
    }
    let asked: Vec<usize> = (0..figures.layouts.len())
        .filter(|i| figures.layouts[*i].cannot.is_none())
        .collect();
    let mut rows = vec![0; figures.layouts.len()];
    let layouts = &figures.layouts;
    let times = interleaved(asked.len(), effort, &mut |thing| {
        let index = asked[thing];
        let layout = &layouts[index];
        bench.enter(&layout.id)?;
        bench.session().execute("BEGIN")?;
        let outcome = change(bench, &layout.sql);
        let undone = bench.session().execute("ROLLBACK");
        let (written, elapsed) =
            outcome.map_err(|err| bench.of_entry(err, Some(&layout.id), &entry))?;
        undone?;
        rows[index] = written;
        Ok(elapsed)
    })?;
    for (place, &index) in asked.iter().enumerate() {
        let layout = &mut figures.layouts[index];
        layout.rows_written = rows[index];
        layout.time = Spread::of(&times[place]);
        layout.against_first = if place == 0 {
            None
        } else {
            Comparison::of(&times[0], &times[place])
        };
    }
    figures.verdict = verdict::of_write(bench.lab(), &figures);
    Ok(figures)
}

/// Runs the statements of a change. Says how many rows they wrote, and how long it took.
fn change(bench: &Bench, sql: &str) -> Result<(u64, Duration), EngineError> {
    let statements = ddl::statements(sql);
    let started = Instant::now();
    let mut written = 0;
    for statement in statements {
        let told = bench.session().rows(statement)?;
        let count = told
            .iter()
            .find(|b| b.num_rows() == 1 && b.num_columns() == 1)
            .and_then(|b| array_value_to_string(b.column(0), 0).ok())
            .and_then(|text| text.parse::<u64>().ok());
        written += count.unwrap_or(0);
    }
    Ok((written, started.elapsed()))
}

/// Commits every change once and counts the bytes that go into the log, the database and other
/// files; the databases are put back as they were.
pub fn count_bytes(bench: &Bench, writes: &mut [WriteFigures]) -> Result<(), LabError> {
    for layout in &bench.lab().layouts {
        let of_layout = |w: &WriteFigures| {
            w.layout(&layout.id)
                .filter(|l| l.cannot.is_none())
                .map(|l| l.sql.clone())
        };
        if writes.iter().all(|w| of_layout(w).is_none()) {
            continue;
        }
        bench.and_restore(&layout.id, || {
            for write in writes.iter_mut() {
                let Some(sql) = of_layout(write) else {
                    continue;
                };
                let before = bench.written(&layout.id)?;
                bench.session().execute("BEGIN")?;
                change(bench, &sql).map_err(|err| {
                    bench.of_entry(err, Some(&layout.id), &write_entry(&write.id))
                })?;
                bench.session().execute("COMMIT")?;
                let bytes = bench.written(&layout.id)?.since(&before);
                if let Some(found) = write.layouts.iter_mut().find(|l| l.id == layout.id) {
                    found.bytes_written = bytes;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Counts what contradicts itself in every layout that can.
pub fn run_check(
    bench: &Bench,
    check: &Check,
    planted: &dyn Fn(&str) -> Option<i64>,
) -> Result<CheckFigures, LabError> {
    let entry = format!("check {}", check.id);
    let mut figures = CheckFigures {
        id: check.id.clone(),
        title: check.title.clone(),
        ..CheckFigures::default()
    };
    for layout in &bench.lab().layouts {
        let mut found = CheckLayout {
            id: layout.id.clone(),
            found: None,
            expected: planted(&layout.id).unwrap_or(0),
        };
        if let Some(sql) = check.statements.of(&layout.id) {
            let sql = bench.statement(&entry, &layout.id, sql)?;
            let answer = bench.answer(&entry, &layout.id, &sql)?;
            let number = answer.rows.first().and_then(|row| row.first()?.as_ref());
            let Some(number) = number.and_then(|text| text.parse().ok()) else {
                let err = EngineError::new("a check gives one whole number");
                return Err(bench.of_entry(err, Some(&layout.id), &entry));
            };
            found.found = Some(number);
        }
        figures.layouts.push(found);
    }
    Ok(figures)
}

/// Lets something go wrong, shows it, and takes it back.
pub fn play_anomaly(bench: &Bench, anomaly: &Anomaly) -> Result<AnomalyFigures, LabError> {
    let entry = anomaly_entry(&anomaly.id);
    let layout = &anomaly.layout;
    let statement = |sql: &str| bench.statement(&entry, layout, sql);
    let (before_sql, change_sql, after_sql) = (
        statement(&anomaly.before)?,
        statement(&anomaly.change)?,
        statement(&anomaly.after)?,
    );
    bench.enter(layout)?;
    bench.session().execute("BEGIN")?;
    let played = play(
        bench,
        layout,
        &entry,
        [&before_sql, &change_sql, &after_sql],
    );
    bench.session().execute("ROLLBACK")?;
    let (before, rows_changed, after) = played?;
    Ok(AnomalyFigures {
        id: anomaly.id.clone(),
        title: anomaly.title.clone(),
        layout: layout.clone(),
        before: before.first_rows(SHOWN),
        after: after.first_rows(SHOWN),
        before_sql,
        change_sql,
        after_sql,
        rows_changed,
    })
}

/// Before, change, after: the answers, and how many rows were changed.
fn play(
    bench: &Bench,
    layout: &str,
    entry: &str,
    [before, changing, after]: [&str; 3],
) -> Result<(Answer, u64, Answer), LabError> {
    let before = bench.answer(entry, layout, before)?;
    let (rows, _) =
        change(bench, changing).map_err(|err| bench.of_entry(err, Some(layout), entry))?;
    let after = bench.answer(entry, layout, after)?;
    Ok((before, rows, after))
}
