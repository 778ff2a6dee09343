//! What a reviewer would ask: the question first, the answer on demand, the repaired SQL.

use egui::Ui;

use super::{Page, Place};
use crate::catalog::Review;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{code, tokens, widgets};
use crate::workspace::{Action, highlight_sql};

impl Page<'_> {
    pub fn reviews(&mut self, ui: &mut Ui) {
        let pack = self.ctx.pack;
        let all_open = self.reading.open_reviews.len() >= pack.reviews.len();
        let text = if all_open {
            "Hide all answers"
        } else {
            "Show all answers"
        };
        if ui.link(egui::RichText::new(text).small()).clicked() {
            self.reading.open_reviews = if all_open {
                Default::default()
            } else {
                (0..pack.reviews.len()).collect()
            };
        }
        ui.add_space(2.0);
        for (index, review) in pack.reviews.iter().enumerate() {
            self.place(ui, Place::Review(index), |page, ui| {
                let is_open = page.reading.open_reviews.contains(&index);
                if widgets::disclosure_head(ui, &review.question, is_open).clicked() {
                    if is_open {
                        page.reading.open_reviews.remove(&index);
                    } else {
                        page.reading.open_reviews.insert(index);
                    }
                }
                if is_open {
                    ui.indent(("review", index), |ui| page.answer(ui, index, review));
                }
            });
            ui.add_space(3.0);
        }
    }

    fn answer(&mut self, ui: &mut Ui, index: usize, review: &Review) {
        self.text(ui, &review.answer);
        if let Some(sql) = &review.repaired {
            self.repaired(ui, index, sql.trim());
        }
        if let Some(query) = review.query.as_ref().and_then(|n| self.ctx.pack.query(n)) {
            self.label(ui, "See it in rows");
            self.query(ui, query);
        }
        let texts = [
            review.question.as_str(),
            review.answer.as_str(),
            review.repaired.as_deref().unwrap_or_default(),
        ];
        let tables = self.names.tables_in(&texts);
        self.tables(ui, &tables);
        ui.add_space(6.0);
    }

    fn repaired(&self, ui: &mut Ui, index: usize, sql: &str) {
        let t = tokens(ui);
        ui.add_space(3.0);
        let title = egui::RichText::new("Repaired").small().color(t.text_faint);
        let is_copied = widgets::title_row(ui, title, 20.0, |ui| {
            widgets::small_icon_button(ui, Sign::Copy, "Copy the repaired SQL").clicked()
        });
        if is_copied {
            self.ctx.actions.push(Action::Copy {
                text: sql.to_owned(),
                what: "The repaired SQL".to_owned(),
            });
        }
        code::code_card(ui, ("repaired", index), sql, &highlight_sql);
    }
}
