//! Purpose, requirements, access patterns, trade-offs, concepts, notes and adaptations.

use egui::{RichText, Role, Ui, WidgetInfo};

use super::{Page, Place};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, tokens};
use crate::workspace::Action;

impl Page<'_> {
    pub fn purpose(&mut self, ui: &mut Ui) {
        let pack = self.ctx.pack;
        ui.add_space(4.0);
        if !pack.summary.is_empty() {
            ui.label(RichText::new(&pack.summary).font(medium(13.5)));
            ui.add_space(4.0);
        }
        self.text(ui, &pack.purpose);
    }

    /// What must be answered, and the queries that do.
    pub fn requirements(&mut self, ui: &mut Ui) {
        let pack = self.ctx.pack;
        let ink = tokens(ui).success;
        for requirement in &pack.requirements {
            let place = Place::Requirement(requirement.id.clone());
            self.place(ui, place, |page, ui| {
                page.entry(ui, Sign::CircleCheck, ink, &requirement.text);
                ui.indent(("queries", &requirement.id), |ui| {
                    for query in &pack.queries {
                        if query.answers.contains(&requirement.id) {
                            page.query(ui, query);
                        }
                    }
                });
            });
        }
    }

    pub fn access_patterns(&mut self, ui: &mut Ui) {
        let ink = tokens(ui).text_faint;
        for pattern in &self.ctx.pack.access_patterns {
            self.entry(ui, Sign::Route, ink, &pattern.text);
            ui.indent(("served", &pattern.text), |ui| {
                self.text(ui, &format!("Served by {}", pattern.served_by));
            });
            ui.add_space(2.0);
        }
    }

    pub fn trade_offs(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        for trade_off in &self.ctx.pack.trade_offs {
            ui.label(RichText::new(&trade_off.choice).font(medium(13.0)));
            self.entry(ui, Sign::Plus, t.success, &trade_off.gain);
            self.entry(ui, Sign::Minus, t.warning, &trade_off.cost);
            ui.add_space(6.0);
        }
    }

    /// The experiments on this model's rows.
    pub fn labs(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        for lab in &self.ctx.pack.labs {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 5.0;
                ui.label(icons::rich(Sign::FlaskConical, 12.0, t.accent));
                let link = ui.add(egui::Link::new(RichText::new(&lab.title).size(12.5)));
                link.widget_info(|| {
                    WidgetInfo::labeled(Role::Link, true, format!("Open the lab {}", lab.title))
                });
                if link.on_hover_text(&lab.summary).clicked() {
                    self.ctx.actions.push(Action::OpenLab(lab.id.clone()));
                }
            });
            ui.indent(("lab", &lab.id), |ui| self.text(ui, &lab.question));
            ui.add_space(4.0);
        }
    }

    pub fn concepts(&mut self, ui: &mut Ui) {
        for concept in &self.ctx.pack.concepts {
            self.place(ui, Place::Concept(concept.name.clone()), |page, ui| {
                ui.label(RichText::new(&concept.name).font(medium(13.0)));
                page.text(ui, &concept.text);
                page.tables(ui, &concept.tables);
            });
            ui.add_space(6.0);
        }
    }

    /// Remarks, table by table.
    pub fn notes(&mut self, ui: &mut Ui) {
        let pack = self.ctx.pack;
        let mut tables: Vec<&str> = Vec::new();
        for note in &pack.notes {
            if !tables.iter().any(|t| t.eq_ignore_ascii_case(&note.table)) {
                tables.push(&note.table);
            }
        }
        for table in tables {
            self.tables(ui, &[table.to_owned()]);
            let of_it = pack
                .notes
                .iter()
                .filter(|n| n.table.eq_ignore_ascii_case(table));
            ui.indent(("notes", table), |ui| {
                for note in of_it {
                    let text = match &note.column {
                        Some(column) => format!("**{column}**: {}", note.text),
                        None => note.text.clone(),
                    };
                    self.text(ui, &text);
                }
            });
            ui.add_space(4.0);
        }
    }

    /// What the translation to DuckDB changed, table by table.
    pub fn adaptations(&mut self, ui: &mut Ui) {
        let pack = self.ctx.pack;
        let mut tables: Vec<&str> = Vec::new();
        for adaptation in &pack.script.adaptations {
            if !tables.contains(&adaptation.table.as_str()) {
                tables.push(&adaptation.table);
            }
        }
        for table in tables {
            if !table.is_empty() {
                self.tables(ui, &[table.to_owned()]);
            }
            ui.indent(("adaptations", table), |ui| {
                for adaptation in pack.script.adaptations.iter().filter(|a| a.table == table) {
                    self.text(ui, &adaptation.message);
                }
            });
            ui.add_space(4.0);
        }
    }
}
