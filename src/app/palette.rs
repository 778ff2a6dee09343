//! Search everything: commands, packs, tables, columns and questions.

use egui::{Context, Key, Label, RichText, ScrollArea, TextEdit, Ui, Vec2};

use super::{App, Command};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, tokens, widgets};
use crate::workspace::Action;

/// Lines shown at once; more are reached by typing more.
const MAX_HITS: usize = 60;

/// The open palette.
#[derive(Default)]
pub struct Palette {
    pub is_open: bool,
    text: String,
    selected: usize,
    is_fresh: bool,
}

impl Palette {
    pub fn toggle(&mut self) {
        *self = Self {
            is_open: !self.is_open,
            is_fresh: true,
            ..Self::default()
        };
    }
}

/// Something that can be found.
struct Hit {
    sign: Sign,
    text: String,
    detail: String,
    /// Why it cannot be done now.
    obstacle: Option<&'static str>,
    target: Target,
}

enum Target {
    Command(Command),
    Pack(String),
    Table { pack: String, table: String },
    Question { pack: String, name: String },
}

impl App {
    pub(super) fn palette_ui(&mut self, ctx: &Context) {
        if !self.palette.is_open {
            return;
        }
        let hits = self.hits(&self.palette.text);
        let mut chosen = None;
        let modal = widgets::dialog(ctx, "palette", 600.0, |ui| {
            chosen = self.palette.ui(ui, &hits);
        });
        if modal.should_close() {
            self.palette.is_open = false;
        }
        if let Some(hit) = chosen.and_then(|index| hits.into_iter().nth(index)) {
            self.palette.is_open = false;
            self.go(ctx, hit.target);
        }
    }

    fn go(&mut self, ctx: &Context, target: Target) {
        match target {
            Target::Command(command) => self.run_command(ctx, command),
            Target::Pack(id) => self.open_pack(&id),
            Target::Table { pack, table } => self.open_table(&pack, table),
            Target::Question { pack, name } => {
                self.open_pack(&pack);
                self.actions.push(Action::OpenQuery { name });
                ctx.request_repaint();
            }
        }
    }

    /// What fits the text, best first. Without text: the commands and the packs.
    fn hits(&self, text: &str) -> Vec<Hit> {
        let words: Vec<String> = text
            .to_lowercase()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let mut scored: Vec<(u32, Hit)> = self
            .all_hits(!words.is_empty())
            .into_iter()
            .filter_map(|hit| Some((score(&hit.text, &hit.detail, &words)?, hit)))
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored
            .into_iter()
            .map(|(_, hit)| hit)
            .take(MAX_HITS)
            .collect()
    }

    fn all_hits(&self, with_details: bool) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self
            .catalog
            .packs
            .iter()
            .map(|pack| Hit {
                sign: Sign::BookOpen,
                text: pack.title.clone(),
                detail: pack.summary.clone(),
                obstacle: None,
                target: Target::Pack(pack.id.clone()),
            })
            .collect();
        hits.extend(
            Command::ALL
                .iter()
                .filter(|c| **c != Command::Palette)
                .map(|&command| Hit {
                    sign: command.sign(),
                    text: command.label().to_owned(),
                    detail: String::new(),
                    obstacle: self.obstacle(command),
                    target: Target::Command(command),
                }),
        );
        if with_details {
            for pack in &self.catalog.packs {
                pack_hits(pack, &mut hits);
            }
        }
        hits
    }
}

fn pack_hits(pack: &crate::catalog::Pack, hits: &mut Vec<Hit>) {
    let table_target = |table: &str| Target::Table {
        pack: pack.id.clone(),
        table: table.to_owned(),
    };
    for table in &pack.schema.tables {
        hits.push(Hit {
            sign: Sign::Table2,
            text: table.name.clone(),
            detail: format!("table of {}", pack.title),
            obstacle: None,
            target: table_target(&table.name),
        });
        hits.extend(table.columns.iter().map(|column| Hit {
            sign: Sign::Columns2,
            text: format!("{}.{}", table.name, column.name),
            detail: format!("{} · {}", column.data_type, pack.title),
            obstacle: None,
            target: table_target(&table.name),
        }));
    }
    hits.extend(pack.schema.views.iter().map(|view| Hit {
        sign: Sign::Eye,
        text: view.name.clone(),
        detail: format!("view of {}", pack.title),
        obstacle: None,
        target: table_target(&view.name),
    }));
    hits.extend(pack.queries.iter().map(|query| Hit {
        sign: Sign::CircleQuestionMark,
        text: query.title.clone(),
        detail: query.question.clone(),
        obstacle: None,
        target: Target::Question {
            pack: pack.id.clone(),
            name: query.name.clone(),
        },
    }));
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
                .hint_text("Search models, tables, columns, questions and commands")
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
            .max_height(420.0)
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
    let ink = if hit.obstacle.is_some() {
        t.text_faint
    } else {
        t.text
    };
    widgets::list_row(ui, &hit.text, is_selected, 30.0, |ui| {
        ui.label(icons::rich(hit.sign, 14.0, t.text_faint));
        ui.label(RichText::new(&hit.text).font(medium(13.0)).color(ink));
        let shortcut = match (&hit.target, hit.obstacle) {
            (_, Some(obstacle)) => obstacle.to_owned(),
            (Target::Command(command), None) => command
                .shortcut()
                .map_or_else(String::new, |s| ui.ctx().format_shortcut(&s)),
            _ => hit.detail.clone(),
        };
        let detail = RichText::new(shortcut).size(12.0).color(t.text_faint);
        ui.add(Label::new(detail).truncate().selectable(false));
    })
}

/// Every word must be found. The start of the name counts most, then the start of a word in it,
/// then the rest of the name, then the description.
fn score(text: &str, detail: &str, words: &[String]) -> Option<u32> {
    // Nothing typed: the models and then the commands, in their own order.
    if words.is_empty() {
        return Some(0);
    }
    let (text, detail) = (text.to_lowercase(), detail.to_lowercase());
    let mut total = 0;
    for word in words {
        total += if text.starts_with(word.as_str()) {
            100
        } else if text
            .split([' ', '_', '.'])
            .any(|part| part.starts_with(word.as_str()))
        {
            60
        } else if text.contains(word.as_str()) {
            30
        } else if detail.contains(word.as_str()) {
            10
        } else {
            return None;
        };
    }
    // Of equally good hits the shorter one is nearer to what was typed.
    Some(total * 100 + 99_u32.saturating_sub(text.len() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_start_of_a_name_beats_the_middle_and_the_description() {
        let of = |text, detail| score(text, detail, &words("play"));
        assert!(of("playback_event", "") > of("display", ""));
        assert!(of("next playback", "") > of("display", ""));
        assert!(of("display", "") > of("session", "of a player"));
        assert_eq!(of("session", "nothing"), None);
    }

    #[test]
    fn without_words_nothing_stands_before_anything_else() {
        assert_eq!(
            score("zoom in", "", &[]),
            score("content catalog", "films", &[])
        );
    }

    #[test]
    fn every_word_must_be_found() {
        assert!(score("resume_state.profile_id", "", &words("resume prof")).is_some());
        assert!(score("resume_state.profile_id", "", &words("resume zebra")).is_none());
    }
}
