//! The cards, along the learning path.

use egui::Ui;

use super::List;
use crate::catalog::LearningPath;
use crate::practice::schedule::Memory;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{tokens, widgets};
use crate::workspace::Action;

impl List<'_> {
    pub(super) fn cards(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        let cards = self.catalog.cards();
        for path in LearningPath::ALL {
            let mut of_path = cards.iter().filter(|(p, _)| p.path == path).peekable();
            if of_path.peek().is_some() {
                widgets::section(ui, path.title());
            }
            for (pack, card) in of_path {
                let is_open = self.state.card.as_deref() == Some(&*card.id);
                let record = self.view.progress.card(&card.id);
                let memory = record.and_then(|r| Memory::of(&r.reviews));
                let look = match memory {
                    Some(memory) if memory.is_known(self.view.now) => {
                        (Sign::CircleCheck, t.success)
                    }
                    Some(_) => (Sign::CircleDashed, t.warning),
                    None => (Sign::Circle, t.text_faint),
                };
                let under = format!("{} · {}", card.kind.title(), pack.title);
                let row = self.row(ui, &card.id, &card.question, &under, look, is_open);
                if row.on_hover_text(&card.question).clicked() {
                    self.actions.push(Action::OpenCard(card.id.clone()));
                }
            }
        }
        if cards.is_empty() {
            widgets::faint(ui, "No pack has a card");
        }
    }
}
