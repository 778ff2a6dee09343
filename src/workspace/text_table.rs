//! A few rows of text, as a small table.

use egui::{RichText, ScrollArea, Ui, Vec2};

use crate::engine::TextTable;
use crate::ui_kit::{medium, tokens, widgets};

/// Draws the rows there are, and says how many more there would be. `salt` tells it apart from
/// other tables on the screen.
pub fn text_table(ui: &mut Ui, salt: &str, table: &TextTable) {
    let t = tokens(ui);
    if table.rows.is_empty() {
        widgets::faint(ui, "no rows");
        return;
    }
    ScrollArea::horizontal()
        .id_salt(("rows", salt))
        .show(ui, |ui| {
            egui::Grid::new(("rows-grid", salt))
                .striped(true)
                .spacing(Vec2::new(18.0, 4.0))
                .show(ui, |ui| {
                    for column in &table.columns {
                        let text = RichText::new(column).font(medium(12.0));
                        ui.label(text.color(t.text_secondary));
                    }
                    ui.end_row();
                    for row in &table.rows {
                        for value in row {
                            match value {
                                Some(text) => {
                                    let short: String = text.chars().take(80).collect();
                                    ui.label(RichText::new(short).size(12.5));
                                }
                                None => {
                                    ui.label(RichText::new("NULL").size(12.5).color(t.text_faint));
                                }
                            }
                        }
                        ui.end_row();
                    }
                });
        });
    if table.total > table.rows.len() {
        widgets::faint(ui, format!("{} of {} rows", table.rows.len(), table.total));
    }
}
