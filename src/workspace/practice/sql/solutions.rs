//! The reference and other ways, once the drill is passed or given up.

use super::ways;
use egui::{RichText, Ui};

use crate::ui_kit::code::code_card;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{markdown, medium, widgets};
use crate::workspace::highlight_sql;
use crate::workspace::practice::desk::Desk;
use crate::workspace::practice::{Practice, PracticeAction, rating};

pub fn ui(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    let record = desk.record();
    let Some(sql) = desk.drill.sql() else { return };
    if !record.is_open() {
        if !record.round().is_empty() {
            ui.add_space(10.0);
            let hint = "The drill counts as not known, and comes back soon";
            if widgets::text_button(ui, Sign::Eye, "Show the solution", true)
                .on_hover_text(hint)
                .clicked()
            {
                desk.ask(PracticeAction::GiveUp);
            }
        }
        return;
    }
    rating::of_drill(ui, desk);
    ui.add_space(4.0);
    widgets::section(ui, "What to take along");
    markdown(ui, &desk.drill.explain);
    ways::ui(ui, practice, desk);
    widgets::section(ui, "A solution");
    solution(ui, "reference", "Reference", &sql.reference);
    for (index, alternative) in sql.alternatives.iter().enumerate() {
        let salt = format!("alternative-{index}");
        solution(ui, &salt, &alternative.title, &alternative.sql);
    }
}

fn solution(ui: &mut Ui, salt: &str, title: &str, sql: &str) {
    ui.label(RichText::new(title).font(medium(13.0)));
    code_card(ui, ("solution", salt), sql.trim(), &highlight_sql);
    ui.add_space(6.0);
}
