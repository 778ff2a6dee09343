//! The kinds of databases the guide leads to.

use egui::Ui;

use super::List;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{tokens, widgets};
use crate::workspace::Action;

impl List<'_> {
    pub(super) fn databases(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        let catalog = self.catalog;
        let open = self.state.guide.database(&catalog.guide);
        widgets::section(ui, "Where the questions lead");
        for database in &catalog.guide.databases {
            let is_open = open.is_some_and(|open| open.id == database.id);
            let ink = if is_open { t.accent } else { t.text_faint };
            let under = database.products.join(", ");
            let look = (Sign::Database, ink);
            let row = self.row(ui, &database.id, &database.title, &under, look, is_open);
            if row.clicked() {
                self.actions.push(Action::OpenGuide(database.id.clone()));
            }
        }
    }
}
