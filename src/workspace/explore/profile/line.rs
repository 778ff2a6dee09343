//! A column in one faint line.

use egui::{Label, RichText, Ui};

use super::{Profiles, words};
use crate::ui_kit::tokens;
use crate::workspace::WorkspaceContext;

/// The line of a column under its name, once it is known.
pub fn ui(ui: &mut Ui, profiles: &Profiles, table: &str, column: &str, ctx: &WorkspaceContext<'_>) {
    let Some(lines) = profiles.lines(table, ctx) else {
        return;
    };
    if let Some(line) = lines.column(column) {
        let ink = tokens(ui).hint;
        let text = RichText::new(words::line(line, lines.rows))
            .small()
            .color(ink);
        ui.add(Label::new(text).truncate());
    }
}
