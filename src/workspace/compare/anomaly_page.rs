//! What goes wrong, one step after the other: before, the change, what it left.

use egui::{RichText, Ui};

use super::overview::title;
use super::parts::statement;
use super::{Bench, Compare, parts};
use crate::catalog::Anomaly;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, medium, tokens, widgets};
use crate::workspace::text_table;

const STEPS: usize = 3;

pub fn ui(ui: &mut Ui, anomaly: &Anomaly, compare: &mut Compare, bench: &Bench<'_>) {
    parts::title(ui, &anomaly.title, &anomaly.text);
    widgets::faint(ui, format!("In {}", title(bench, &anomaly.layout)));
    ui.add_space(6.0);
    let report = compare.report.clone();
    let figures = report
        .as_ref()
        .and_then(|r| r.anomalies.iter().find(|a| a.id == anomaly.id));
    let Some(figures) = figures else {
        parts::waiting(ui, bench);
        return;
    };
    let shown = compare.anomaly_step;
    step(ui, 1, "Before: all is well", Sign::CircleCheck);
    statement(ui, "before", &figures.before_sql, None);
    text_table(ui, "before", &figures.before);
    if shown >= 1 {
        let rows = format::counted(figures.rows_changed, "row");
        step(
            ui,
            2,
            &format!("The change: {rows} written"),
            Sign::PencilLine,
        );
        statement(ui, "change", &figures.change_sql, None);
    }
    if shown >= 2 {
        step(ui, 3, "After: what it left behind", Sign::TriangleAlert);
        statement(ui, "after", &figures.after_sql, None);
        text_table(ui, "after", &figures.after);
        ui.add_space(6.0);
        parts::notice(ui, &anomaly.notice);
        widgets::faint(ui, "All of it was taken back afterwards");
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if shown + 1 < STEPS {
            let text = if shown == 0 {
                "Make the change"
            } else {
                "Look again"
            };
            if widgets::primary_button(ui, Sign::ArrowRight, text, true).clicked() {
                compare.anomaly_step += 1;
                compare.anomaly_grew = true;
            }
        }
        if shown > 0 && widgets::text_button(ui, Sign::Undo2, "From the start", true).clicked() {
            compare.anomaly_step = 0;
        }
    });
    // What is new stands below: the page follows, one frame later when it is as long as it gets.
    if compare.anomaly_grew && shown == compare.anomaly_step {
        compare.anomaly_grew = false;
        ui.scroll_to_cursor(Some(egui::Align::BOTTOM));
    }
}

fn step(ui: &mut Ui, number: usize, text: &str, sign: Sign) {
    let t = tokens(ui);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let ink = if number == 3 {
            t.warning
        } else {
            t.text_secondary
        };
        ui.label(icons::rich(sign, 14.0, ink));
        ui.label(RichText::new(format!("{number}. {text}")).font(medium(13.5)));
    });
}
