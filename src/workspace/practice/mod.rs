//! Practice: drills that are really graded, cards one answers aloud, and a guide to databases;
//! put together to a session a day.
//!
//! [`list`] stands in the library's place, [`today`] is the session and how far one is, [`sql`]
//! and [`design`] are the two kinds of drills, [`cards`] and [`guide`] what their names say.
//! [`session`] walks through a session, [`rating`] and [`links`] are pieces several pages share.

mod agenda;
mod cards;
mod design;
mod desk;
mod guide;
mod links;
mod list;
mod rating;
mod session;
mod sql;
mod state;
mod today;

use egui::{CentralPanel, Ui};

pub use agenda::Agenda;
pub use cards::CardDesk;
pub use design::Designing;
pub use guide::GuideState;
pub use list::library_ui;
pub use session::{Queued, Session};
pub use state::{Outcome, Practice, PracticeAction, PracticePage, PracticeState, PracticeView};

use super::WorkspaceContext;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::widgets;
use desk::Desk;

/// Draws the workspace into the space between the list and the status bar.
pub fn ui(
    ui: &mut Ui,
    practice: &mut Practice,
    state: &mut PracticeState,
    view: PracticeView<'_>,
    ctx: &WorkspaceContext<'_>,
) {
    practice.refresh(ctx.catalog, view, state.minutes);
    match state.page() {
        PracticePage::Today => today::ui(ui, practice, state, view, ctx),
        PracticePage::Guide => guide::ui(ui, practice, &mut state.guide, ctx),
        PracticePage::Cards => {
            session::bar_ui(ui, state, view, ctx);
            cards::ui(ui, practice, state, view, ctx);
        }
        page @ (PracticePage::Sql | PracticePage::Design) => {
            session::bar_ui(ui, state, view, ctx);
            let id = state.drill_of(page);
            let Some((pack, drill)) = id.and_then(|id| ctx.catalog.drill(id)) else {
                no_drill_ui(ui);
                return;
            };
            let desk = Desk {
                drill,
                pack,
                view,
                ctx,
            };
            if drill.is_design() {
                design::ui(ui, practice, &desk);
            } else {
                sql::ui(ui, practice, &desk);
            }
        }
    }
}

fn no_drill_ui(ui: &mut Ui) {
    CentralPanel::default().show(ui, |ui| {
        widgets::empty_state(
            ui,
            Sign::Dumbbell,
            "No drill is open",
            "Pick one on the left (Ctrl+B shows the list)",
        );
    });
}
