//! Rows that contradict each other, in each layout that can.

use egui::{RichText, Ui};

use super::parts::{layout_title, side_by_side, statement};
use super::{Bench, Compare, parts};
use crate::catalog::Check;
use crate::lab::CheckLayout;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, semibold, tokens, widgets};

pub fn ui(ui: &mut Ui, check: &Check, compare: &Compare, bench: &Bench<'_>) {
    parts::title(ui, &check.title, &check.text);
    ui.add_space(8.0);
    let figures = compare
        .report
        .as_ref()
        .and_then(|r| r.checks.iter().find(|c| c.id == check.id));
    if figures.is_none() {
        parts::waiting(ui, bench);
        ui.add_space(8.0);
    }
    side_by_side(ui, bench.lab, |ui, id| {
        layout_title(ui, bench.lab, id);
        let found = figures.and_then(|f| f.layouts.iter().find(|l| l.id == id));
        if let Some(layout) = found {
            number(ui, layout);
        }
        match check.statements.of(id) {
            Some(sql) => statement(ui, id, sql, None),
            None => {
                widgets::secondary(ui, "Holds each fact once: there is nothing to contradict");
            }
        }
    });
}

fn number(ui: &mut Ui, layout: &CheckLayout) {
    let t = tokens(ui);
    let Some(found) = layout.found else { return };
    let (sign, ink, text) = match (found, found == layout.expected) {
        (0, true) => (Sign::CircleCheck, t.success, "nothing contradicts itself"),
        (_, true) => (
            Sign::TriangleAlert,
            t.warning,
            "exactly as many as the data was made with",
        ),
        (_, false) => (Sign::CircleAlert, t.danger, "not what was expected"),
    };
    ui.horizontal(|ui| {
        ui.label(icons::rich(sign, 18.0, ink));
        let number = format::count(found.unsigned_abs());
        ui.label(RichText::new(number).font(semibold(20.0)));
    });
    let expected = if found == layout.expected {
        String::new()
    } else {
        format!(": {} expected", layout.expected)
    };
    widgets::secondary(ui, format!("{text}{expected}"));
}
