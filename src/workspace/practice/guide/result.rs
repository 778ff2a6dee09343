//! Where the answers led: a kind of database, and how to speak of it.

use egui::{Align, Color32, Label, Layout, RichText, Ui};

use crate::catalog::{Counter, GuideDatabase};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{markdown, semibold, tokens, widgets};
use crate::workspace::WorkspaceContext;
use crate::workspace::practice::{Practice, links};

pub fn ui(
    ui: &mut Ui,
    practice: &mut Practice,
    database: &GuideDatabase,
    ctx: &WorkspaceContext<'_>,
) {
    let t = tokens(ui);
    ui.add(Label::new(RichText::new(&database.title).font(semibold(22.0))).wrap());
    ui.horizontal_wrapped(|ui| {
        for product in &database.products {
            widgets::badge(ui, product, t.text_secondary);
        }
    });
    ui.add_space(6.0);
    widgets::callout(ui, Sign::Quote, t.accent, |ui| {
        ui.add(Label::new(&database.says).wrap());
    });
    ui.columns(2, |columns| {
        let sides = [
            ("Fits", Sign::Check, t.success, &database.fits),
            ("Avoid it for", Sign::X, t.danger, &database.avoid),
        ];
        for (column, (title, sign, ink, points)) in columns.iter_mut().zip(sides) {
            // Columns justify what is in them, and so their texts: not wanted here.
            column.with_layout(Layout::top_down(Align::Min), |ui| {
                widgets::section(ui, title);
                points.iter().for_each(|text| point(ui, sign, ink, text));
            });
        }
    });
    widgets::section(ui, "How data is laid out in it");
    markdown(ui, &database.pattern);
    if !database.counters.is_empty() {
        widgets::section(ui, "What may be held against it");
        for (index, counter) in database.counters.iter().enumerate() {
            disclosure(ui, practice, index, counter);
        }
    }
    links::ui(ui, "Shown in", &database.see, ctx);
}

fn point(ui: &mut Ui, sign: Sign, ink: Color32, text: &str) {
    ui.horizontal_top(|ui| {
        ui.label(icons::rich(sign, 14.0, ink));
        ui.add(Label::new(text).wrap());
    });
}

/// A counter-question: one thinks first, and looks at the answer then.
fn disclosure(ui: &mut Ui, practice: &mut Practice, index: usize, counter: &Counter) {
    let is_open = practice.counters.contains(&index);
    if widgets::disclosure_head(ui, &counter.question, is_open).clicked() {
        if is_open {
            practice.counters.remove(&index);
        } else {
            practice.counters.insert(index);
        }
    }
    if is_open {
        ui.horizontal_top(|ui| {
            ui.add_space(19.0);
            ui.vertical(|ui| markdown(ui, &counter.answer));
        });
    }
}
