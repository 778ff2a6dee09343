//! What a reviewer would say of the tables, as one types.

use egui::{Label, RichText, Ui};

use super::Practice;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{markdown, tokens, widgets};

pub fn ui(ui: &mut Ui, practice: &Practice) {
    let t = tokens(ui);
    let Some(drawing) = &practice.designing.drawing else {
        widgets::secondary(
            ui,
            "Write the first table: what there is to say of it comes here.",
        );
        return;
    };
    if practice.draft.trim().is_empty() {
        widgets::secondary(
            ui,
            "Missing keys, references that point nowhere, lists in columns: found while you type, and no points are lost by them.",
        );
        return;
    }
    for (line, problem) in &drawing.problems {
        ui.horizontal_top(|ui| {
            ui.label(icons::rich(Sign::CircleX, 14.0, t.danger));
            ui.add(Label::new(format!("Line {line}: {problem}")).wrap());
        });
    }
    for finding in &drawing.findings {
        let (sign, ink) = if finding.kind.is_grave() {
            (Sign::TriangleAlert, t.warning)
        } else {
            (Sign::Info, t.text_faint)
        };
        ui.horizontal_top(|ui| {
            ui.label(icons::rich(sign, 14.0, ink));
            ui.vertical(|ui| {
                markdown(ui, &finding.message);
                ui.add(Label::new(RichText::new(finding.advice).color(t.text_secondary)).wrap());
            });
        });
        ui.add_space(3.0);
    }
    if drawing.problems.is_empty() && drawing.findings.is_empty() {
        ui.horizontal(|ui| {
            ui.label(icons::rich(Sign::CircleCheck, 14.0, t.success));
            ui.label(
                "Nothing to say of the tables themselves. Check says whether they fit the task.",
            );
        });
    }
}
