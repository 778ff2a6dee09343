//! Texts of the documentation: Markdown with links, lists of tables, ways to a query.

use egui::{Color32, RichText, Role, Ui, WidgetInfo};

use super::Page;
use super::mentions::Mention;
use crate::catalog::Query;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{markdown_with_links, tokens, widgets};
use crate::workspace::Action;

impl Page<'_> {
    /// A Markdown text whose names of tables and columns are links.
    pub fn text(&mut self, ui: &mut Ui, text: &str) {
        let linked = self.names.link(text);
        let targets = linked.links.iter().map(|(target, _)| target.as_str());
        let clicked = markdown_with_links(ui, &linked.markdown, targets);
        if let Some(target) = clicked {
            self.clicked = linked
                .links
                .into_iter()
                .find(|(t, _)| *t == target)
                .map(|(_, mention)| mention);
        }
    }

    /// A text behind a sign, with its lines under each other.
    pub fn entry(&mut self, ui: &mut Ui, sign: Sign, ink: Color32, text: &str) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 7.0;
            ui.label(icons::rich(sign, 13.0, ink));
            ui.vertical(|ui| self.text(ui, text));
        });
    }

    /// Ways to tables.
    pub fn tables(&mut self, ui: &mut Ui, tables: &[String]) {
        if tables.is_empty() {
            return;
        }
        let t = tokens(ui);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            ui.label(icons::rich(Sign::Table2, 12.0, t.text_faint));
            for table in tables {
                let link = ui.link(RichText::new(table).size(12.0));
                link.widget_info(|| {
                    WidgetInfo::labeled(Role::Link, true, format!("Show the table {table}"))
                });
                if link.clicked() {
                    self.clicked = Some(Mention {
                        table: table.clone(),
                        column: None,
                    });
                }
            }
        });
    }

    /// A way to a query: opens it in Query, and runs it.
    pub fn query(&self, ui: &mut Ui, query: &Query) {
        let t = tokens(ui);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            ui.label(icons::rich(Sign::Play, 11.5, t.accent));
            let link = ui.add(egui::Link::new(RichText::new(&query.title).size(12.5)));
            link.widget_info(|| {
                WidgetInfo::labeled(Role::Link, true, format!("Open the query {}", query.title))
            });
            if link.on_hover_text(&query.question).clicked() {
                self.ctx.actions.push(Action::OpenQuery {
                    name: query.name.clone(),
                });
            }
        });
    }

    /// A faint line above a part of an entry.
    pub fn label(&self, ui: &mut Ui, text: &str) {
        ui.add_space(3.0);
        widgets::faint(ui, text);
    }
}
