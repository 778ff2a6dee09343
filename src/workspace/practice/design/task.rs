//! The task as an interviewer puts it: the time, the steps, what is said when asked, hints and
//! follow-ups.

use egui::{Label, RichText, Ui};

use super::Practice;
use crate::catalog::DesignDrill;
use crate::practice::design::steps::{STEPS, step_at};
use crate::practice::progress::Entry;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, markdown, medium, semibold, tokens, widgets};
use crate::workspace::practice::desk::Desk;

/// Minutes where a drill names none: the upper end of the budget for a schema.
const BUDGET: u32 = 10;

pub fn ui(ui: &mut Ui, practice: &mut Practice, design: &DesignDrill, desk: &Desk<'_>) {
    let t = tokens(ui);
    ui.add(Label::new(RichText::new(&desk.drill.title).font(semibold(18.0))).wrap());
    clock(ui, practice, desk);
    ui.add_space(4.0);
    markdown(ui, &desk.drill.task);
    given(ui, practice, design);
    steps(ui, practice, desk);
    hints(ui, desk);
    follow_ups(ui, practice, design, desk);
    if !desk.record().is_open() {
        return;
    }
    widgets::section(ui, "Concepts");
    let concepts = RichText::new(desk.drill.concepts.join(" · ")).color(t.text_secondary);
    ui.add(Label::new(concepts).wrap());
}

fn budget_secs(desk: &Desk<'_>) -> u64 {
    u64::from(desk.drill.minutes.unwrap_or(BUDGET)) * 60
}

/// The time against the budget: a bar, and the clock.
fn clock(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    let record = desk.record();
    let spent = desk.clock(ui, practice);
    let (seconds, budget) = (practice.seconds, budget_secs(desk));
    let text = if record.has_passed_in_round() {
        format!("Passed after {spent}")
    } else if seconds > budget {
        format!("{spent}: over the {} of an interview", minutes(budget))
    } else {
        format!("{spent} of {}", minutes(budget))
    };
    ui.horizontal(|ui| {
        widgets::faint(ui, format!("{text} · Level {}", desk.drill.level));
    });
    let share = seconds as f32 / budget.max(1) as f32;
    widgets::progress(ui, Some(share.min(1.0)), ui.available_width());
}

fn minutes(seconds: u64) -> String {
    format::counted(seconds / 60, "minute")
}

/// What the interviewer says when asked: a candidate has to ask.
fn given(ui: &mut Ui, practice: &mut Practice, design: &DesignDrill) {
    let designing = &mut practice.designing;
    ui.add_space(8.0);
    let title = "Ask back: volumes, rules, consistency";
    if widgets::disclosure_head(ui, title, designing.is_given_open).clicked() {
        designing.is_given_open = !designing.is_given_open;
    }
    if designing.is_given_open {
        for fact in &design.given {
            ui.horizontal_top(|ui| {
                let t = tokens(ui);
                ui.label(icons::rich(Sign::MessageCircle, 13.0, t.text_faint));
                ui.add(Label::new(fact).wrap());
            });
        }
    }
}

/// The eight steps; the one to be at is marked by the clock, and ticks are the candidate's own.
fn steps(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    let record = desk.record();
    let title = format!("Eight steps, {} done", record.ticked.len());
    let designing = &mut practice.designing;
    if widgets::disclosure_head(ui, &title, designing.are_steps_open).clicked() {
        designing.are_steps_open = !designing.are_steps_open;
    }
    if !designing.are_steps_open {
        return;
    }
    let t = tokens(ui);
    let budget = budget_secs(desk);
    let at = step_at(practice.seconds, budget);
    for (index, step) in STEPS.iter().enumerate() {
        let mut is_done = record.ticked.contains(&index);
        ui.horizontal_top(|ui| {
            let is_at = index == at && !record.is_open();
            let ink = if is_at { t.accent } else { t.text };
            let name = RichText::new(step.title).font(medium(13.0)).color(ink);
            let text = ui.checkbox(&mut is_done, name).on_hover_text(step.text);
            if text.changed() {
                let mut points = record.ticked.clone();
                if !points.remove(&index) {
                    points.insert(index);
                }
                desk.note(Entry::Ticked {
                    item: desk.item(),
                    points,
                });
            }
            let seconds = budget * u64::from(step.share) / 100;
            widgets::faint(ui, format!("{}:{:02}", seconds / 60, seconds % 60));
        });
        if index == at && !record.is_open() {
            ui.indent(("step", index), |ui| widgets::secondary(ui, step.text));
        }
    }
}

fn hints(ui: &mut Ui, desk: &Desk<'_>) {
    let t = tokens(ui);
    let hints = &desk.drill.hints;
    let shown = desk.record().hints;
    widgets::section(ui, "Hints");
    for hint in hints.iter().take(shown) {
        ui.horizontal_top(|ui| {
            ui.label(icons::rich(Sign::Lightbulb, 13.0, t.warning));
            ui.vertical(|ui| markdown(ui, hint));
        });
    }
    if shown < hints.len() {
        let text = format!("Show hint {} of {}", shown + 1, hints.len());
        if widgets::text_button(ui, Sign::Lightbulb, &text, true).clicked() {
            desk.note(Entry::Hints {
                item: desk.item(),
                shown: shown + 1,
            });
        }
    }
}

/// Changes of the requirements; one is taken on, the design changed and checked again.
fn follow_ups(ui: &mut Ui, practice: &mut Practice, design: &DesignDrill, desk: &Desk<'_>) {
    if design.follow_ups.is_empty() {
        return;
    }
    let t = tokens(ui);
    let record = desk.record();
    widgets::section(ui, "Then the interviewer says");
    if !record.is_open() {
        widgets::faint(ui, "Follow-ups come once the design stands: check it first");
        return;
    }
    for (index, follow_up) in design.follow_ups.iter().enumerate() {
        let is_on = practice.designing.follow_up == Some(index);
        let is_done = record.follow_ups.contains(&index);
        let (sign, ink) = match (is_done, is_on) {
            (true, _) => (Sign::CircleCheck, t.success),
            (false, true) => (Sign::CircleDot, t.accent),
            (false, false) => (Sign::Circle, t.text_faint),
        };
        let row = widgets::list_row(ui, &follow_up.title, is_on, 30.0, |ui| {
            ui.label(icons::rich(sign, 14.0, ink));
            ui.add(Label::new(RichText::new(&follow_up.title).font(medium(13.0))).truncate());
        });
        if row.clicked() {
            practice.designing.follow_up = (!is_on).then_some(index);
        }
        if !is_on {
            continue;
        }
        ui.indent(("follow-up", index), |ui| {
            markdown(ui, &follow_up.text);
            if practice.designing.hinted.contains(&index) {
                ui.horizontal_top(|ui| {
                    ui.label(icons::rich(Sign::Lightbulb, 13.0, t.warning));
                    ui.vertical(|ui| markdown(ui, &follow_up.hint));
                });
            } else if widgets::text_button(ui, Sign::Lightbulb, "A hint", true).clicked() {
                practice.designing.hinted.insert(index);
            }
            if is_done {
                markdown(ui, &follow_up.explain);
            } else {
                widgets::faint(ui, "Change your design and check it again");
            }
        });
    }
}
