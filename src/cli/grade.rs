//! `crowsfoot grade`: grades an answer to a drill.

use std::io::{Read, Write};
use std::sync::Arc;

use clap::Args;

use super::grade_design as grade_design_text;
use super::{Failure, Outcome};
use crate::catalog::{Catalog, DesignDrill, Drill, Pack};
use crate::engine::TextTable;
use crate::practice::design::{DesignGround, grade_design};
use crate::practice::{self, Counterexample, Ground, Verdict};

#[derive(Debug, Args)]
pub struct GradeArgs {
    /// The drill, by id
    #[arg(value_name = "DRILL", required_unless_present = "list")]
    drill: Option<String>,
    /// A file with one SELECT, or the statements of a design; `-` reads it from stdin
    #[arg(value_name = "ANSWER.sql", required_unless_present = "list")]
    answer: Option<String>,
    /// Grade a design under this change of the requirements
    #[arg(long, value_name = "ID")]
    follow_up: Option<String>,
    /// The whole verdict as JSON
    #[arg(long)]
    json: bool,
    /// List the drills instead of grading
    #[arg(long)]
    list: bool,
}

pub fn run(args: &GradeArgs, catalog: &Catalog, out: &mut impl Write) -> Outcome {
    let (Some(id), Some(file)) = (&args.drill, &args.answer) else {
        return list(&catalog.drills(), out);
    };
    if args.list {
        return list(&catalog.drills(), out);
    }
    let (pack, drill) = catalog.drill(id).ok_or_else(|| {
        Failure::Usage(format!(
            "there is no drill {id}: `crowsfoot grade --list` names all of them"
        ))
    })?;
    let text = read(file)?;
    if let Some(design) = drill.design() {
        check_follow_up(design, args)?;
        return grade_as_design(pack, drill, &text, args, catalog, out);
    }
    if args.follow_up.is_some() {
        return Err(Failure::Usage(format!(
            "{id} is a SQL drill: only designs have follow-ups"
        )));
    }
    let ground = Ground::prepare(pack, drill, &catalog.lists)
        .map_err(|err| Failure::Failed(format!("drill {id}: {}", err.message)))?;
    let verdict = practice::grade(&ground, &text);
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&verdict)?)?;
    } else {
        tell(&verdict, out)?;
    }
    if verdict.passed {
        Ok(())
    } else {
        Err(Failure::ProblemsFound)
    }
}

fn check_follow_up(design: &DesignDrill, args: &GradeArgs) -> Outcome {
    let Some(id) = &args.follow_up else {
        return Ok(());
    };
    let ids: Vec<&str> = design.follow_ups.iter().map(|f| f.id.as_str()).collect();
    if ids.contains(&id.as_str()) {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "the drill has no follow-up {id}; there are {}",
        ids.join(", ")
    )))
}

fn grade_as_design(
    pack: &Pack,
    drill: &Drill,
    text: &str,
    args: &GradeArgs,
    catalog: &Catalog,
    out: &mut impl Write,
) -> Outcome {
    let ground = DesignGround::prepare(pack, drill, &catalog.lists)
        .map_err(|err| Failure::Failed(format!("drill {}: {}", drill.id, err.message)))?;
    let follow_up = args.follow_up.as_deref();
    let verdict = grade_design(&ground, text, follow_up, &catalog.synonyms);
    if args.json {
        let json = grade_design_text::as_json(&verdict);
        writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
    } else {
        grade_design_text::tell(&verdict, out)?;
    }
    if verdict.passed {
        Ok(())
    } else {
        Err(Failure::ProblemsFound)
    }
}

fn read(file: &str) -> Result<String, Failure> {
    let bytes = if file == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    let bytes = bytes.map_err(|err| Failure::Usage(format!("{file} cannot be read: {err}")))?;
    String::from_utf8(bytes).map_err(|_| Failure::Usage(format!("{file} is no UTF-8 text")))
}

fn list(drills: &[(&Arc<Pack>, &Drill)], out: &mut impl Write) -> Outcome {
    for (pack, drill) in drills {
        writeln!(
            out,
            "{:<28} {:<24} {} {}",
            drill.id, pack.id, drill.level, drill.title
        )?;
    }
    Ok(())
}

fn tell(verdict: &Verdict, out: &mut impl Write) -> std::io::Result<()> {
    let word = if verdict.passed {
        "passed"
    } else {
        "not passed"
    };
    writeln!(out, "{}: {word}. {}", verdict.drill, verdict.message)?;
    if let Some(because) = &verdict.because {
        writeln!(out, "{because}")?;
    }
    for finding in &verdict.findings {
        let mark = if finding.passed { "ok" } else { "no" };
        writeln!(out, "  {mark}  {:<12} {}", finding.id, finding.message)?;
    }
    if let Some(counterexample) = &verdict.counterexample {
        tell_counterexample(counterexample, out)?;
    }
    Ok(())
}

fn tell_counterexample(found: &Counterexample, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(
        out,
        "\nThe smallest data that shows it (from {}: {})",
        found.variant, found.variant_text
    )?;
    for table in &found.tables {
        write_table(&table.name, &table.rows, out)?;
    }
    write_table("expected", &found.expected, out)?;
    if found.given.columns.is_empty() {
        return writeln!(out, "\nThe answer fails: {}", found.message);
    }
    write_table("your answer", &found.given, out)?;
    writeln!(out, "\n{}", found.message)
}

fn write_table(title: &str, table: &TextTable, out: &mut impl Write) -> std::io::Result<()> {
    let shown = |value: Option<&String>| value.map_or("NULL", String::as_str).to_owned();
    let widths: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let values = table.rows.iter().map(|row| {
                shown(row.get(index).and_then(Option::as_ref))
                    .chars()
                    .count()
            });
            values.chain([name.chars().count()]).max().unwrap_or(0)
        })
        .collect();
    let line = |cells: Vec<String>| -> String {
        let padded = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        padded.collect::<Vec<_>>().join("  ")
    };
    let count = crate::format::counted(table.total as u64, "row");
    writeln!(out, "\n{title} ({count})")?;
    writeln!(out, "  {}", line(table.columns.clone()).trim_end())?;
    for row in &table.rows {
        let cells = row.iter().map(|v| shown(v.as_ref())).collect();
        writeln!(out, "  {}", line(cells).trim_end())?;
    }
    if table.total > table.rows.len() {
        writeln!(out, "  … {} more", table.total - table.rows.len())?;
    }
    Ok(())
}
