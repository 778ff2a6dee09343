//! What the grader says: passed, or the smallest data that shows why not.

use egui::{Label, RichText, Ui};

use crate::engine::{EngineError, TextTable};
use crate::practice::{Counterexample, Verdict};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, semibold, tokens, widgets};
use crate::workspace::practice::desk::Desk;
use crate::workspace::practice::{Outcome, Practice};
use crate::workspace::text_table;

/// Rows of a free run that are shown.
const SHOWN: usize = 100;

pub fn ui(ui: &mut Ui, practice: &Practice, desk: &Desk<'_>) {
    match &practice.outcome {
        Outcome::Nothing => {
            let is_tried = !desk.record().round().is_empty();
            let text = if is_tried {
                "Run it, or submit it again"
            } else {
                "Run shows the rows of your statement; Submit grades it on variants of the data with ties, NULLs, missing and repeated rows"
            };
            widgets::secondary(ui, text);
        }
        Outcome::Rows(answer, elapsed) => {
            let rows = format::counted(answer.rows.len() as u64, "row");
            widgets::secondary(
                ui,
                format!("{rows} in {}, not graded", format::duration(*elapsed)),
            );
            let table = TextTable {
                columns: answer.columns.clone(),
                rows: answer.rows.iter().take(SHOWN).cloned().collect(),
                total: answer.rows.len(),
            };
            text_table(ui, "run", &table);
        }
        Outcome::Failed(error) => failed(ui, error),
        Outcome::Graded(verdict) => graded(ui, verdict),
    }
}

fn failed(ui: &mut Ui, error: &EngineError) {
    let t = tokens(ui);
    if error.is_cancelled {
        widgets::secondary(ui, "Cancelled");
        return;
    }
    widgets::callout(ui, Sign::CircleAlert, t.danger, |ui| {
        ui.add(Label::new(&error.message).wrap());
        candidates(ui, &error.candidates);
    });
}

fn candidates(ui: &mut Ui, candidates: &[String]) {
    if !candidates.is_empty() {
        let names: Vec<&str> = candidates.iter().map(|c| c.trim_matches('"')).collect();
        widgets::secondary(ui, format!("Did you mean {}?", names.join(", ")));
    }
}

fn graded(ui: &mut Ui, verdict: &Verdict) {
    let t = tokens(ui);
    let (sign, ink, head) = if verdict.was_stopped {
        (Sign::CircleStop, t.text_secondary, "Not graded")
    } else if verdict.passed {
        (Sign::CircleCheck, t.success, "Passed")
    } else {
        (Sign::CircleX, t.danger, "Not yet")
    };
    ui.horizontal(|ui| {
        ui.label(icons::rich(sign, 20.0, ink));
        ui.label(RichText::new(head).font(semibold(17.0)).color(ink));
    });
    ui.add(Label::new(&verdict.message).wrap());
    candidates(ui, &verdict.candidates);
    if let Some(because) = &verdict.because {
        ui.horizontal_top(|ui| {
            ui.label(icons::rich(Sign::Lightbulb, 14.0, t.warning));
            ui.add(Label::new(because).wrap());
        });
    }
    if let Some(example) = &verdict.counterexample {
        counterexample(ui, example);
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        for finding in verdict.findings.iter().filter(|f| f.id != "statement") {
            let (sign, ink) = if finding.passed {
                (Sign::Check, t.success)
            } else {
                (Sign::X, t.danger)
            };
            let font = egui::FontId::proportional(12.0);
            let text = icons::with_text(sign, &finding.id, font, ink);
            ui.add(Label::new(text).extend())
                .on_hover_text(&finding.message);
        }
    });
}

/// The smallest data found on which the answer is wrong, and what it gives there.
fn counterexample(ui: &mut Ui, example: &Counterexample) {
    widgets::section(ui, "The smallest data that shows it");
    widgets::faint(
        ui,
        format!(
            "Taken from the variant {}: {}",
            example.variant, example.variant_text
        ),
    );
    for table in &example.tables {
        ui.label(RichText::new(&table.name).monospace());
        text_table(ui, &format!("example-{}", table.name), &table.rows);
    }
    ui.columns(2, |columns| {
        let sides = [
            ("Expected", "expected-there", &example.expected),
            ("Yours", "given-there", &example.given),
        ];
        for (column, (title, salt, rows)) in columns.iter_mut().zip(sides) {
            let from_left = egui::Layout::top_down(egui::Align::Min);
            column.with_layout(from_left, |ui| {
                widgets::section(ui, title);
                text_table(ui, salt, rows);
            });
        }
    });
    widgets::secondary(ui, &example.message);
}
