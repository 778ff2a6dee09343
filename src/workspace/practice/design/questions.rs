//! The business questions, asked of the design after it was filled with the reference data.

use egui::{Label, RichText, Ui};

use super::Practice;
use crate::practice::design::Proof;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, markdown, medium, tokens, widgets};
use crate::workspace::text_table;

pub fn ui(ui: &mut Ui, practice: &mut Practice) {
    let Some(verdict) = practice.designing.verdict.clone() else {
        widgets::secondary(
            ui,
            "Check creates your tables, fills them with the rows of the reference and asks the questions of the task. What cannot be answered shows which way is missing.",
        );
        return;
    };
    let t = tokens(ui);
    let proof = &verdict.proof;
    for (index, question) in proof.questions.iter().enumerate() {
        let (sign, ink) = if question.answered {
            (Sign::CircleCheck, t.success)
        } else {
            (Sign::CircleX, t.danger)
        };
        let is_open = practice.designing.open_questions.contains(&index);
        ui.horizontal_top(|ui| {
            ui.label(icons::rich(sign, 15.0, ink));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.add(Label::new(RichText::new(&question.text).font(medium(13.0))).wrap());
                markdown(ui, &question.message);
                if question.expected.columns.is_empty() {
                    return;
                }
                let title = match question.answered {
                    true => "Rows",
                    false => "Expected and given rows",
                };
                ui.push_id(("question", index), |ui| {
                    if widgets::disclosure_head(ui, title, is_open).clicked() {
                        let open = &mut practice.designing.open_questions;
                        if !open.remove(&index) {
                            open.insert(index);
                        }
                    }
                    if is_open {
                        text_table(ui, "expected-rows", &question.expected);
                        if !question.answered {
                            widgets::faint(ui, "From your design");
                            text_table(ui, "given-rows", &question.given);
                        }
                    }
                });
            });
        });
        ui.add_space(5.0);
    }
    filled(ui, proof);
}

/// What stands in each table, and what its keys refused.
fn filled(ui: &mut Ui, proof: &Proof) {
    if proof.filled.is_empty() {
        return;
    }
    let t = tokens(ui);
    widgets::section(ui, "How your tables were filled");
    for table in &proof.filled {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&table.table).monospace());
            let rows = format::counted(table.rows, "row");
            if table.rows < table.offered {
                let of = format!("{rows} of {}", format::count(table.offered));
                ui.label(RichText::new(of).color(t.danger));
            } else {
                widgets::faint(ui, rows);
            }
            for note in &table.notes {
                widgets::secondary(ui, note);
            }
        });
    }
}
