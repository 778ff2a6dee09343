//! Cards: a question answered aloud, the model answer, and a rating by oneself.
//!
//! [`question`] is what is asked, with room for notes; [`answer`] what it is held against.

mod answer;
mod desk;
mod question;

use egui::{
    Align, CentralPanel, Frame, Key, Layout, Margin, Modifiers, Panel, RichText, ScrollArea, Ui,
};

pub use desk::CardDesk;

use super::{Practice, PracticeAction, PracticeState, PracticeView, rating};
use crate::catalog::{Card, Pack};
use crate::practice::interval_text;
use crate::practice::progress::{Entry, Item, Rating, Record};
use crate::practice::schedule::{Memory, intervals, suggested};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{medium, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext};

/// The widest a text may be and still be read line by line, in points.
const TEXT_WIDTH: f32 = 760.0;

/// The open card and everything around it.
struct Open<'a> {
    card: &'a Card,
    pack: &'a Pack,
    record: &'a Record,
    view: PracticeView<'a>,
    ctx: &'a WorkspaceContext<'a>,
    /// A session is going on: its bar leads on.
    is_in_session: bool,
}

impl Open<'_> {
    fn item(&self) -> Item {
        Item::card(&self.card.id)
    }

    fn note(&self, entry: Entry) {
        self.ctx.actions.push(Action::Note(entry));
    }

    fn ask(&self, action: PracticeAction) {
        self.ctx.actions.push(Action::Practice(action));
    }

    /// The ratings before the one that was given just now.
    fn reviews_before(&self, desk: &CardDesk) -> &[crate::practice::progress::Review] {
        let all = &self.record.reviews;
        let count = all.len() - usize::from(desk.is_rated).min(all.len());
        all.get(..count).unwrap_or_default()
    }
}

/// Draws the open card.
pub fn ui(
    ui: &mut Ui,
    practice: &mut Practice,
    state: &PracticeState,
    view: PracticeView<'_>,
    ctx: &WorkspaceContext<'_>,
) {
    let found = state.card.as_deref().and_then(|id| ctx.catalog.card(id));
    let Some((pack, card)) = found else {
        CentralPanel::default().show(ui, |ui| {
            widgets::empty_state(
                ui,
                Sign::Layers,
                "No card is open",
                "Pick one on the left (Ctrl+B shows the list)",
            );
        });
        return;
    };
    let record = view.progress.record_or_empty(&Item::card(&card.id));
    let desk = &mut practice.card;
    desk.turn_to(&card.id, record);
    let open = Open {
        card,
        pack,
        record,
        view,
        ctx,
        is_in_session: state.session.is_some(),
    };
    keys(ui, desk, &open);
    let panel = Frame::new().fill(tokens(ui).panel);
    Panel::bottom("card-rating")
        .frame(panel.inner_margin(Margin::symmetric(24, 10)))
        .show(ui, |ui| foot(ui, desk, &open));
    CentralPanel::no_frame().frame(panel).show(ui, |ui| {
        ScrollArea::vertical()
            .id_salt(("card", &card.id, desk.is_shown))
            .auto_shrink(false)
            .show(ui, |ui| {
                Frame::new()
                    .inner_margin(Margin {
                        left: 24,
                        right: 24,
                        top: 16,
                        bottom: 24,
                    })
                    .show(ui, |ui| {
                        ui.set_max_width(TEXT_WIDTH.min(ui.available_width()));
                        question::ui(ui, desk, &open);
                        if desk.is_shown {
                            answer::ui(ui, desk, &open);
                        }
                    });
            });
    });
}

/// Space or Enter goes on, 1 to 4 rate, while nothing else has the keyboard.
fn keys(ui: &Ui, desk: &mut CardDesk, open: &Open<'_>) {
    let is_busy = ui.memory(|m| m.focused().is_some() || m.top_modal_layer().is_some());
    if is_busy {
        return;
    }
    let goes_on = ui.input_mut(|i| {
        i.consume_key(Modifiers::NONE, Key::Space) || i.consume_key(Modifiers::NONE, Key::Enter)
    });
    if goes_on && desk.is_rated {
        open.ask(PracticeAction::Next);
    } else if goes_on {
        desk.is_shown = true;
    }
    if desk.is_shown {
        let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4];
        for (key, rating) in keys.into_iter().zip(Rating::ALL) {
            if ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)) {
                rate(desk, open, rating);
                return;
            }
        }
    }
}

fn rate(desk: &mut CardDesk, open: &Open<'_>, rating: Rating) {
    open.ask(PracticeAction::Rate {
        item: open.item(),
        rating,
        replaces: desk.is_rated,
    });
    desk.is_rated = true;
}

/// What leads on: the answer, the ratings, the next card.
fn foot(ui: &mut Ui, desk: &mut CardDesk, open: &Open<'_>) {
    if !desk.is_shown {
        let button = widgets::primary_button(ui, Sign::Eye, "Show the answer", true);
        if button.on_hover_text("Space or Enter").clicked() {
            desk.is_shown = true;
        }
        return;
    }
    let points = open.card.look_for.len();
    let given = desk.is_rated.then(|| open.record.reviews.last()).flatten();
    let lit = match given {
        Some(review) => review.rating,
        None => suggested(desk.ticked.len(), points),
    };
    let before = open.reviews_before(desk);
    ui.horizontal(|ui| {
        if let Some(rating) = rating::buttons(ui, intervals(before, open.view.now), Some(lit)) {
            rate(desk, open, rating);
        }
        ui.add_space(8.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let (head, under) = words(desk, open, given.is_some());
            ui.label(RichText::new(head).font(medium(13.0)));
            widgets::faint(ui, under);
        });
        if desk.is_rated && !open.is_in_session {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let next = widgets::primary_button(ui, Sign::ArrowRight, "Next card", true);
                if next.on_hover_text("Space or Enter").clicked() {
                    open.ask(PracticeAction::Next);
                }
            });
        }
    });
}

fn words(desk: &CardDesk, open: &Open<'_>, is_given: bool) -> (String, String) {
    let memory = Memory::of(&open.record.reviews).filter(|_| is_given);
    match memory {
        Some(memory) => {
            let secs = memory.due_at.saturating_sub(memory.reviewed_at);
            (
                format!("Comes back in {}", interval_text(secs)),
                "Another key changes it, Space goes on".to_owned(),
            )
        }
        None => (
            format!(
                "{} of {} points",
                desk.ticked.len(),
                open.card.look_for.len()
            ),
            "How well did you know it? Keys 1 to 4".to_owned(),
        ),
    }
}
