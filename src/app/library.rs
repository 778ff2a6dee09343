//! The packs, along the learning path; in Compare the labs, in Practice its pages.

use egui::{Label, RichText, ScrollArea, Ui};

use super::{App, WorkspaceKind};
use crate::catalog::LearningPath;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, tokens, widgets};
use crate::workspace::DataStatus;
use crate::workspace::compare::labs_ui;
use crate::workspace::practice::{self, PracticeView};

impl App {
    pub(super) fn library_ui(&mut self, ui: &mut Ui) {
        if self.state.workspace == WorkspaceKind::Compare {
            let shown = &mut self.compare.listed;
            labs_ui(ui, &self.catalog, &self.state.compare, shown, &self.actions);
            return;
        }
        if self.state.workspace == WorkspaceKind::Practice {
            let view = PracticeView {
                progress: self.logbook.progress(),
                now: self.now(),
                activity: None,
            };
            practice::library_ui(
                ui,
                &mut self.practice,
                &self.state.practice,
                view,
                &self.catalog,
                &self.actions,
            );
            return;
        }
        let t = tokens(ui);
        let mut chosen = None;
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for path in LearningPath::ALL {
                let packs: Vec<_> = self
                    .catalog
                    .packs
                    .iter()
                    .filter(|p| p.path == path)
                    .collect();
                if packs.is_empty() {
                    continue;
                }
                widgets::section(ui, path.title());
                for pack in packs {
                    let is_open = self.state.pack.as_deref() == Some(&pack.id);
                    let status = self.data.get(&pack.id).map(|d| &d.status);
                    let row = widgets::list_row(ui, &pack.title, is_open, 32.0, |ui| {
                        let ink = if is_open { t.accent } else { t.text_faint };
                        ui.label(icons::rich(Sign::Table2, 14.0, ink));
                        let count = pack.schema.tables.len().to_string();
                        let room = ui.available_width() - 26.0;
                        ui.scope(|ui| {
                            ui.set_max_width(room);
                            let name = RichText::new(&pack.title).font(medium(13.0));
                            ui.add(Label::new(name).truncate().selectable(false));
                        });
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            match status {
                                Some(DataStatus::Failed(_)) => {
                                    ui.label(icons::rich(Sign::CircleAlert, 13.0, t.danger));
                                }
                                _ => {
                                    ui.label(RichText::new(count).small().color(t.text_faint));
                                }
                            }
                        });
                    });
                    // Opened from elsewhere (search, a restart), it may lie below the edge.
                    if is_open && self.library_shows.as_ref() != Some(&pack.id) {
                        self.library_shows = Some(pack.id.clone());
                        row.scroll_to_me(None);
                    }
                    if row.on_hover_text(&pack.summary).clicked() {
                        chosen = Some(pack.id.clone());
                    }
                }
            }
        });
        if let Some(id) = chosen {
            self.open_pack(&id);
        }
    }
}
