//! A session: item after item, with a slim bar that says where one is.

use egui::{Align, Frame, Layout, Margin, Panel, RichText, Ui};
use serde::{Deserialize, Serialize};

use super::{PracticeAction, PracticeState, PracticeView};
use crate::practice::Planned;
use crate::practice::progress::{Item, Progress};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext};

/// A session that is going on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    pub queue: Vec<Queued>,
    /// The place in the queue one has come to.
    pub at: usize,
    /// Seconds since 1970.
    pub started: u64,
    /// How often the item had been rated when one came to it.
    reviews_before: usize,
}

/// An item of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Queued {
    pub item: Item,
    /// About how long it takes.
    pub minutes: u32,
}

impl Session {
    /// Begins with the first item; `None` when nothing is planned.
    pub fn start(planned: &[Planned], progress: &Progress, now_secs: u64) -> Option<Self> {
        let queue = planned.iter().map(|planned| Queued {
            item: planned.item.clone(),
            minutes: planned.minutes,
        });
        let mut session = Self {
            queue: queue.collect(),
            started: now_secs,
            ..Self::default()
        };
        session.arrive(progress);
        (!session.queue.is_empty()).then_some(session)
    }

    /// The item one has come to; `None` past the last.
    pub fn current(&self) -> Option<&Item> {
        self.queue.get(self.at).map(|queued| &queued.item)
    }

    /// Whether the item was rated since one came to it.
    pub fn is_current_done(&self, progress: &Progress) -> bool {
        self.current()
            .is_some_and(|item| progress.record_or_empty(item).reviews.len() > self.reviews_before)
    }

    /// Goes on. Returns the next item, or `None` at the end.
    pub fn advance(&mut self, progress: &Progress) -> Option<&Item> {
        self.at += 1;
        self.arrive(progress);
        self.current()
    }

    /// Has an item that was not known come once more at the end; only once.
    pub fn again(&mut self, item: &Item) {
        let is_there = |queued: &Queued| queued.item == *item;
        let ahead = self.queue.get(self.at + 1..).unwrap_or_default();
        if !ahead.iter().any(is_there)
            && let Some(queued) = self.queue.iter().find(|q| is_there(q)).cloned()
        {
            self.queue.push(queued);
        }
    }

    /// Takes that back: the item was known after all.
    pub fn not_again(&mut self, item: &Item) {
        let from = self.at + 1;
        let mut place = 0;
        self.queue.retain(|queued| {
            place += 1;
            place <= from || queued.item != *item
        });
    }

    /// About how long the rest takes, with the item one has come to.
    pub fn minutes_left(&self) -> u32 {
        self.queue.iter().skip(self.at).map(|q| q.minutes).sum()
    }

    fn arrive(&mut self, progress: &Progress) {
        self.reviews_before = self
            .current()
            .map_or(0, |item| progress.record_or_empty(item).reviews.len());
    }
}

/// The bar above an item, while a session is going on.
pub fn bar_ui(
    ui: &mut Ui,
    state: &PracticeState,
    view: PracticeView<'_>,
    ctx: &WorkspaceContext<'_>,
) {
    let Some(session) = &state.session else {
        return;
    };
    let t = tokens(ui);
    let frame = Frame::new()
        .fill(t.header)
        .inner_margin(Margin::symmetric(14, 0));
    let ask = |action| ctx.actions.push(Action::Practice(action));
    Panel::top("session-bar")
        .frame(frame)
        .exact_size(38.0)
        .show(ui, |ui| {
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.label(icons::rich(Sign::CalendarCheck, 15.0, t.accent));
                let place = format!("{} of {}", session.at + 1, session.queue.len());
                ui.label(RichText::new(place).font(medium(13.0)));
                let left = format!("{} min left", session.minutes_left());
                ui.label(RichText::new(left).color(t.text_secondary));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if widgets::text_button(ui, Sign::Square, "End", true)
                        .on_hover_text("End the session; what was rated stays")
                        .clicked()
                    {
                        ask(PracticeAction::End);
                    }
                    if state.open_item().as_ref() != session.current() {
                        if widgets::primary_button(ui, Sign::Undo2, "Back to the session", true)
                            .clicked()
                        {
                            ask(PracticeAction::Resume);
                        }
                    } else if session.is_current_done(view.progress) {
                        if widgets::primary_button(ui, Sign::ArrowRight, "Next", true)
                            .on_hover_text("The next item of the session (Alt+N)")
                            .clicked()
                        {
                            ask(PracticeAction::Next);
                        }
                    } else if widgets::text_button(ui, Sign::SkipForward, "Skip", true)
                        .on_hover_text("Leave it for another day (Alt+N)")
                        .clicked()
                    {
                        ask(PracticeAction::Next);
                    }
                });
            });
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(ids: &[&str]) -> Session {
        let queue = ids.iter().map(|id| Queued {
            item: Item::card(*id),
            minutes: 3,
        });
        Session {
            queue: queue.collect(),
            ..Session::default()
        }
    }

    #[test]
    fn what_was_not_known_comes_once_more_at_the_end() {
        let progress = Progress::default();
        let mut session = session(&["a", "b"]);
        session.again(&Item::card("a"));
        session.again(&Item::card("a"));
        assert_eq!(session.queue.len(), 3);
        assert_eq!(session.advance(&progress), Some(&Item::card("b")));
        assert_eq!(session.minutes_left(), 6);
        assert_eq!(session.advance(&progress), Some(&Item::card("a")));
        assert_eq!(session.advance(&progress), None);
    }

    #[test]
    fn a_rating_that_is_thought_over_takes_the_second_try_back() {
        let mut session = session(&["a", "b"]);
        session.again(&Item::card("a"));
        session.not_again(&Item::card("a"));
        assert_eq!(session.queue.len(), 2);
        assert_eq!(session.current(), Some(&Item::card("a")));
    }
}
