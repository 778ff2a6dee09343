//! What the parts of a drill's screen read, and how they ask for something.

use std::time::Duration;

use egui::Ui;

use super::{Practice, PracticeAction, PracticeView};
use crate::catalog::{Drill, Pack};
use crate::practice::progress::{Entry, Item, Record};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::widgets;
use crate::workspace::{Action, WorkspaceContext};

/// Seconds between two entries of how long the drill is open.
const CLOCK_NOTED: u64 = 15;

/// The open drill and everything around it.
pub struct Desk<'a> {
    pub drill: &'a Drill,
    pub pack: &'a Pack,
    pub view: PracticeView<'a>,
    pub ctx: &'a WorkspaceContext<'a>,
}

impl Desk<'_> {
    pub fn item(&self) -> Item {
        Item::drill(&self.drill.id)
    }

    /// What was done with the drill; an empty record when nothing was.
    pub fn record(&self) -> &Record {
        self.view.progress.record_or_empty(&self.item())
    }

    /// Lets the clock of the drill go on, and writes it down now and then. Says the time as one
    /// reads it.
    pub fn clock(&self, ui: &Ui, practice: &mut Practice) -> String {
        let record = self.record();
        if record.is_open() {
            practice.since = None;
        } else {
            practice.count_seconds();
            // Often enough for a clock, not so often that the file is full of it.
            if practice.seconds >= record.seconds + CLOCK_NOTED {
                self.note(Entry::Seconds {
                    item: self.item(),
                    total: practice.seconds,
                });
            }
            ui.ctx().request_repaint_after(Duration::from_secs(1));
        }
        let seconds = practice.seconds;
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }

    /// What is going on, with a way to stop it, from the right. Says whether anything is.
    pub fn activity_ui(&self, ui: &mut Ui) -> bool {
        let Some(activity) = self.view.activity else {
            return false;
        };
        if widgets::text_button(ui, Sign::Square, "Cancel", true).clicked() {
            self.ask(PracticeAction::Cancel);
        }
        widgets::faint(ui, format!("{activity}…"));
        true
    }

    /// Asks the app for something.
    pub fn ask(&self, action: PracticeAction) {
        self.ctx.actions.push(Action::Practice(action));
    }

    /// Writes down that something happened, before the frame ends.
    pub fn note(&self, entry: Entry) {
        self.ctx.actions.push(Action::Note(entry));
    }
}
