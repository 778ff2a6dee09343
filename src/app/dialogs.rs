//! Windows over the window: the shortcuts, the problems.

use egui::{Context, RichText, ScrollArea, Ui};
use egui_extras::{Column, TableBuilder};

use super::{App, Command};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{semibold, tokens, widgets};

impl App {
    pub(super) fn overlays_ui(&mut self, ctx: &Context) {
        self.poll_saves();
        self.palette_ui(ctx);
        self.generate_dialog(ctx);
        self.help_dialog(ctx);
        self.problems_dialog(ctx);
    }

    fn help_dialog(&mut self, ctx: &Context) {
        if !self.help_open {
            return;
        }
        let modal = widgets::dialog(ctx, "help", 430.0, |ui| {
            ui.label(RichText::new("Keyboard shortcuts").font(semibold(16.0)));
            ui.add_space(6.0);
            shortcut_table(ui);
            ui.add_space(8.0);
            widgets::faint(
                ui,
                "In the diagram: drag to move, wheel to zoom, double click to come near. In the grid: arrows, Shift to extend, Ctrl+C to copy.",
            );
            ui.add_space(6.0);
            ui.button("Close").clicked()
        });
        if modal.inner || modal.should_close() {
            self.help_open = false;
        }
    }

    fn problems_dialog(&mut self, ctx: &Context) {
        if !self.problems_open {
            return;
        }
        let text: Vec<String> = self
            .catalog
            .problems
            .iter()
            .map(ToString::to_string)
            .collect();
        let modal = widgets::dialog(ctx, "problems", 640.0, |ui| {
            ui.label(RichText::new("Problems in the packs").font(semibold(16.0)));
            widgets::secondary(
                ui,
                "What could be read is loaded; these parts were left out",
            );
            ui.add_space(6.0);
            ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
                for line in &text {
                    ui.label(RichText::new(line).size(12.5));
                }
            });
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                if widgets::text_button(ui, Sign::Copy, "Copy all", true).clicked() {
                    ui.ctx().copy_text(text.join("\n"));
                }
                ui.button("Close").clicked()
            })
            .inner
        });
        if modal.inner || modal.should_close() {
            self.problems_open = false;
        }
    }
}

fn shortcut_table(ui: &mut Ui) {
    let t = tokens(ui);
    let commands = Command::ALL
        .iter()
        .filter_map(|c| Some((c.label(), c.shortcut()?)));
    TableBuilder::new(ui)
        .striped(true)
        .max_scroll_height(460.0)
        .column(Column::remainder())
        .column(Column::exact(130.0))
        .body(|mut body| {
            for (label, shortcut) in commands {
                body.row(24.0, |mut row| {
                    row.col(|ui| {
                        ui.label(label);
                    });
                    row.col(|ui| {
                        let keys = ui.ctx().format_shortcut(&shortcut);
                        ui.label(
                            RichText::new(keys)
                                .monospace()
                                .size(12.0)
                                .color(t.text_secondary),
                        );
                    });
                });
            }
        });
}
