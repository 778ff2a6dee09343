//! Search everything: commands, and all models with their tables, columns, queries and texts.

mod index;
mod score;

use egui::{Align, Context, Key, Label, Layout, RichText, ScrollArea, TextEdit, Ui, Vec2};

use super::App;
use crate::ui_kit::icons;
use crate::ui_kit::{medium, tokens, widgets};
use crate::workspace::Action;
use crate::workspace::explore::Selected;
use index::{Entry, Index, Kind, Target};

/// Of the list of hits, in points.
const LIST_HEIGHT: f32 = 420.0;

/// The open palette.
#[derive(Default)]
pub struct Palette {
    pub is_open: bool,
    text: String,
    selected: usize,
    is_fresh: bool,
    /// Made when it is first needed: the catalogue does not change while the window is open.
    index: Option<Index>,
    /// What was asked of the index, and what it found.
    found: Option<((String, String), Vec<usize>)>,
}

impl Palette {
    pub fn toggle(&mut self) {
        *self = Self {
            is_open: !self.is_open,
            is_fresh: true,
            index: self.index.take(),
            ..Self::default()
        };
    }
}

/// An entry on screen.
struct Hit {
    entry: Entry,
    /// Why it cannot be done now.
    obstacle: Option<&'static str>,
}

impl App {
    pub(super) fn palette_ui(&mut self, ctx: &Context) {
        if !self.palette.is_open {
            return;
        }
        let hits = self.hits();
        let mut chosen = None;
        let modal = widgets::dialog(ctx, "palette", 680.0, |ui| {
            chosen = self.palette.ui(ui, &hits);
        });
        if modal.should_close() {
            self.palette.is_open = false;
        }
        if let Some(hit) = chosen.and_then(|index| hits.into_iter().nth(index)) {
            self.palette.is_open = false;
            self.go(ctx, hit.entry);
        }
    }

    /// Where a hit leads.
    fn go(&mut self, ctx: &Context, entry: Entry) {
        let Entry { pack, target, .. } = entry;
        match target {
            Target::Command(command) => self.run_command(ctx, command),
            Target::Pack => self.open_pack(&pack),
            Target::Table(table) => self.open_table(&pack, table),
            Target::Column { table, column } => {
                self.select_in(&pack, Selected::Column { table, column });
            }
            Target::Query(name) => {
                self.open_pack(&pack);
                self.actions.push(Action::OpenQuery { name });
                ctx.request_repaint();
            }
            Target::Lab(id) => self.open_lab(&id),
            Target::Drill(id) => self.open_drill(&id),
            Target::Card(id) => self.open_card(&id),
            Target::Database(id) => self.open_guide(&id),
            Target::Read(place) => self.read_in(&pack, place),
        }
    }

    /// What fits the text, best first. Asked again only when the question is another.
    fn hits(&mut self) -> Vec<Hit> {
        let pack = self.state.pack.clone().unwrap_or_default();
        let question = (self.palette.text.clone(), pack);
        let index = self
            .palette
            .index
            .get_or_insert_with(|| Index::new(&self.catalog));
        if self.palette.found.as_ref().map(|(q, _)| q) != Some(&question) {
            let found = index.find(&question.0, &question.1);
            self.palette.found = Some((question, found));
        }
        let found = self.palette.found.iter().flat_map(|(_, found)| found);
        let entries: Vec<Entry> = found.filter_map(|i| index.entry(*i).cloned()).collect();
        entries
            .into_iter()
            .map(|entry| Hit {
                obstacle: match entry.target {
                    Target::Command(command) => self.obstacle(command),
                    _ => None,
                },
                entry,
            })
            .collect()
    }
}

impl Palette {
    /// Returns the index of the hit that was chosen.
    fn ui(&mut self, ui: &mut Ui, hits: &[Hit]) -> Option<usize> {
        let (up, down, enter) = ui.input_mut(|i| {
            (
                i.consume_key(egui::Modifiers::NONE, Key::ArrowUp),
                i.consume_key(egui::Modifiers::NONE, Key::ArrowDown),
                i.key_pressed(Key::Enter),
            )
        });
        let field = ui.add(
            TextEdit::singleline(&mut self.text)
                .hint_text("Search models, tables, columns, queries, concepts and commands")
                .desired_width(f32::INFINITY)
                .margin(Vec2::new(10.0, 8.0)),
        );
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search"));
        if self.is_fresh {
            field.request_focus();
            self.is_fresh = false;
        }
        if field.changed() {
            self.selected = 0;
        }
        self.selected = match (up, down) {
            (true, _) => self.selected.saturating_sub(1),
            (_, true) => self.selected + 1,
            _ => self.selected,
        }
        .min(hits.len().saturating_sub(1));
        ui.add_space(4.0);
        if hits.is_empty() {
            widgets::secondary(ui, "Nothing has these words");
            return None;
        }
        let mut chosen = None;
        ScrollArea::vertical()
            .max_height(LIST_HEIGHT)
            // Not what the dialog happens to be as high as: it grows with the list.
            .min_scrolled_height(LIST_HEIGHT)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                for (index, hit) in hits.iter().enumerate() {
                    let row = hit_ui(ui, hit, index == self.selected);
                    if (up || down) && index == self.selected {
                        row.scroll_to_me(None);
                    }
                    if row.clicked() && hit.obstacle.is_none() {
                        chosen = Some(index);
                    }
                }
            });
        let can = hits
            .get(self.selected)
            .is_some_and(|hit| hit.obstacle.is_none());
        if enter && can {
            chosen = Some(self.selected);
        }
        chosen
    }
}

fn hit_ui(ui: &mut Ui, hit: &Hit, is_selected: bool) -> egui::Response {
    let t = tokens(ui);
    let entry = &hit.entry;
    let ink = if hit.obstacle.is_some() {
        t.text_faint
    } else {
        t.text
    };
    let sign = match entry.target {
        Target::Command(command) => command.sign(),
        _ => entry.kind.sign(),
    };
    widgets::list_row(ui, &entry.spoken(), is_selected, 30.0, |ui| {
        ui.label(icons::rich(sign, 14.0, t.text_faint));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let end = RichText::new(end_text(ui, hit))
                .size(11.5)
                .color(t.text_faint);
            ui.add(Label::new(end).selectable(false));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let name = RichText::new(&entry.text).font(medium(13.0)).color(ink);
                ui.add(Label::new(name).truncate().selectable(false));
                let detail = RichText::new(&entry.detail).size(12.0).color(t.text_faint);
                ui.add(Label::new(detail).truncate().selectable(false));
            });
        });
    })
}

/// Kind and model, the keys of a command, or why it cannot run.
fn end_text(ui: &Ui, hit: &Hit) -> String {
    match (&hit.entry.target, hit.obstacle) {
        (_, Some(obstacle)) => obstacle.to_owned(),
        (Target::Command(command), None) => command
            .shortcut()
            .map_or_else(String::new, |s| ui.ctx().format_shortcut(&s)),
        _ if matches!(hit.entry.kind, Kind::Model | Kind::Database) => {
            hit.entry.kind.text().to_owned()
        }
        _ => format!("{} · {}", hit.entry.kind.text(), hit.entry.pack_title),
    }
}
