//! What the parts of a drill's screen read, and how they ask for something.

use super::{PracticeAction, PracticeView};
use crate::catalog::{Drill, Pack};
use crate::practice::progress::{Entry, Item, Record};
use crate::workspace::{Action, WorkspaceContext};

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

    /// Asks the app for something.
    pub fn ask(&self, action: PracticeAction) {
        self.ctx.actions.push(Action::Practice(action));
    }

    /// Writes down that something happened, before the frame ends.
    pub fn note(&self, entry: Entry) {
        self.ctx.actions.push(Action::Note(entry));
    }
}
