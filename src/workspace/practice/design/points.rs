//! What was looked for, where it was found, and why it matters.

use egui::{Align, Label, Layout, RichText, Ui};

use super::{Desk, Practice};
use crate::practice::design::{DesignPoint, DesignVerdict};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{markdown, medium, semibold, tokens, widgets};
use crate::workspace::practice::rating;

pub fn ui(ui: &mut Ui, practice: &Practice, desk: &Desk<'_>) {
    let Some(verdict) = &practice.designing.verdict else {
        widgets::secondary(
            ui,
            "Check looks for what the task asks for under any sensible name, gives points for it, and says where it was found.",
        );
        return;
    };
    head(ui, verdict);
    if desk.record().is_open() {
        rating::of_drill(ui, desk);
    }
    if practice.designing.graded != practice.draft {
        widgets::faint(ui, "You have changed the design since: check it again");
    }
    let (missed, found): (Vec<&DesignPoint>, Vec<&DesignPoint>) =
        verdict.points.iter().partition(|p| !p.passed);
    if !missed.is_empty() {
        widgets::section(ui, "Missing");
        missed.iter().for_each(|p| point(ui, p));
    }
    if !found.is_empty() {
        widgets::section(ui, "Found");
        found.iter().for_each(|p| point(ui, p));
    }
    let unknown: Vec<String> = verdict
        .matched
        .iter()
        .filter(|(_, entity)| entity.is_none())
        .map(|(table, _)| format!("`{table}`"))
        .collect();
    if !unknown.is_empty() {
        widgets::section(ui, "Not known to the drill");
        markdown(
            ui,
            &format!(
                "{}: neither asked for nor held against you.",
                unknown.join(", ")
            ),
        );
    }
}

fn head(ui: &mut Ui, verdict: &DesignVerdict) {
    let t = tokens(ui);
    let (sign, ink, word) = if verdict.passed {
        (Sign::CircleCheck, t.success, "Passed")
    } else {
        (Sign::CircleX, t.danger, "Not yet")
    };
    ui.horizontal(|ui| {
        ui.label(icons::rich(sign, 20.0, ink));
        ui.label(RichText::new(word).font(semibold(17.0)).color(ink));
        let points = format!("{:.0} of 100", verdict.score * 100.0);
        ui.label(RichText::new(points).font(semibold(17.0)));
    });
    markdown(ui, &verdict.message);
    for (line, problem) in &verdict.problems {
        widgets::secondary(ui, format!("Line {line}: {problem}"));
    }
}

fn point(ui: &mut Ui, point: &DesignPoint) {
    let t = tokens(ui);
    let (sign, ink) = if point.passed {
        (Sign::Check, t.success)
    } else {
        (Sign::X, t.danger)
    };
    ui.horizontal_top(|ui| {
        ui.label(icons::rich(sign, 14.0, ink));
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let worth = match (point.must, point.passed) {
                (true, false) => format!("{:.0}, must", point.worth),
                _ => format!("{:.0}", point.worth),
            };
            widgets::faint(ui, worth);
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.add(Label::new(RichText::new(&point.text).font(medium(13.0))).wrap());
                let place = if point.passed {
                    point.place.clone()
                } else {
                    format!("Missing: {}", point.place)
                };
                markdown(ui, &place);
                if !point.passed || point.is_new {
                    ui.add(Label::new(RichText::new(&point.why).color(t.text_secondary)).wrap());
                }
            });
        });
    });
    ui.add_space(5.0);
}
