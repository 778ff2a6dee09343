//! The day's session: its items and why they are in it.

use egui::{Align, Color32, Label, Layout, RichText, Ui};

use super::{Page, items_and_minutes, start_ui};
use crate::practice::progress::Item;
use crate::practice::{Planned, Why};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{Tokens, format, medium, tokens, widgets};
use crate::workspace::Action;
use crate::workspace::practice::{PracticeAction, PracticeState, Session};

pub fn ui(ui: &mut Ui, state: &mut PracticeState, page: &Page<'_>) {
    if let Some(session) = &state.session {
        going_on(ui, session, page);
        return;
    }
    let agenda = page.agenda;
    let minutes = state.minutes;
    if agenda.plan.is_empty() {
        all_done(ui, state, page);
        return;
    }
    let total = agenda.plan.iter().map(|p| p.minutes).sum();
    let mut words = items_and_minutes(agenda.plan.len(), total);
    let done = agenda.standing.done_today;
    if done > 0 {
        let done = format::counted(done.into(), "item");
        words = format!("{words} · {done} done today");
    }
    widgets::secondary(ui, words);
    ui.add_space(6.0);
    let left = agenda.minutes_left.min(minutes);
    start_ui(ui, state, page, "Start the session", left);
    ui.add_space(8.0);
    rows(ui, page);
    let planned = agenda.plan.iter().filter(|p| !p.why.is_new()).count();
    let more = (agenda.standing.due_today() as usize).saturating_sub(planned);
    if more > 0 {
        ui.add_space(4.0);
        let more = match more {
            1 => "1 more is due".to_owned(),
            more => format!("{more} more are due"),
        };
        widgets::faint(ui, format!("{more}: a longer session has room for it"));
    }
}

/// The items of the plan; a click opens one without a session.
pub fn rows(ui: &mut Ui, page: &Page<'_>) {
    ui.spacing_mut().item_spacing.y = 2.0;
    for planned in &page.agenda.plan {
        row(ui, planned, page);
    }
}

fn row(ui: &mut Ui, planned: &Planned, page: &Page<'_>) {
    let t = tokens(ui);
    let Some((sign, title)) = look(&planned.item, page) else {
        return;
    };
    let (why, ink) = reason(t, planned.why);
    let name = format!("{title}, {why}");
    let row = widgets::list_row(ui, &name, false, 42.0, |ui| {
        ui.label(icons::rich(sign, 16.0, t.accent));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let minutes = format!("{} min", planned.minutes);
            ui.label(RichText::new(minutes).size(12.0).color(t.text_faint));
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space(3.0);
                let title = RichText::new(&title).font(medium(13.0));
                ui.add(Label::new(title).truncate());
                let why = RichText::new(&why).size(11.5).color(ink);
                ui.add(Label::new(why).truncate());
            });
        });
    });
    if row.on_hover_text(&title).clicked() {
        page.ctx.actions.push(match &planned.item {
            Item::Drill(id) => Action::OpenDrill(id.clone()),
            Item::Card(id) => Action::OpenCard(id.clone()),
        });
    }
}

fn look(item: &Item, page: &Page<'_>) -> Option<(Sign, String)> {
    let catalog = page.ctx.catalog;
    match item {
        Item::Drill(id) => {
            let (_, drill) = catalog.drill(id)?;
            let sign = if drill.is_design() {
                Sign::PencilRuler
            } else {
                Sign::SquareTerminal
            };
            Some((sign, drill.title.clone()))
        }
        Item::Card(id) => Some((Sign::Layers, catalog.card(id)?.1.question.clone())),
    }
}

/// Why an item is there, in words.
fn reason(t: &Tokens, why: Why) -> (String, Color32) {
    match why {
        Why::Due { late_days: 0, .. } => ("due today".to_owned(), t.text_faint),
        Why::Due { late_days: 1, .. } => ("due since yesterday".to_owned(), t.warning),
        Why::Due { late_days, .. } => (format!("due for {late_days} days"), t.warning),
        Why::Unfinished => ("not right yet".to_owned(), t.warning),
        Why::New(path) => (format!("new: {}", path.title()), t.text_faint),
    }
}

fn going_on(ui: &mut Ui, session: &Session, page: &Page<'_>) {
    let t = tokens(ui);
    ui.add_space(4.0);
    widgets::callout(ui, Sign::CalendarCheck, t.accent, |ui| {
        let text = format!(
            "A session is going on: {} of {}, {} min left",
            session.at + 1,
            session.queue.len(),
            session.minutes_left()
        );
        ui.label(text);
        ui.horizontal(|ui| {
            if widgets::primary_button(ui, Sign::Play, "Go on", true).clicked() {
                page.ask(PracticeAction::Resume);
            }
            if widgets::text_button(ui, Sign::Square, "End", true).clicked() {
                page.ask(PracticeAction::End);
            }
        });
    });
}

/// Nothing is left of the day's session: what comes tomorrow.
fn all_done(ui: &mut Ui, state: &mut PracticeState, page: &Page<'_>) {
    let t = tokens(ui);
    let standing = &page.agenda.standing;
    ui.add_space(4.0);
    widgets::callout(ui, Sign::CircleCheck, t.success, |ui| {
        let items = format::counted(standing.done_today.into(), "item");
        let minutes = standing.minutes_today;
        ui.label(
            RichText::new(format!("Done for today: {items}, about {minutes} min"))
                .font(medium(14.0)),
        );
        let mut tomorrow = match standing.forecast[1] {
            0 => "Nothing comes back tomorrow".to_owned(),
            1 => "1 item comes back tomorrow".to_owned(),
            count => format!("{count} items come back tomorrow"),
        };
        if let Some(Why::New(path)) = page.agenda.next_new.as_ref().map(|p| p.why) {
            tomorrow.push_str(&format!("; next on the path: {}", path.title()));
        }
        widgets::secondary(ui, tomorrow);
    });
    ui.add_space(8.0);
    let due = standing.due_today();
    if due > 0 {
        let due = format::counted(due.into(), "item");
        widgets::secondary(ui, format!("{due} would still be due today"));
    }
    if due > 0 || page.agenda.next_new.is_some() {
        let minutes = state.minutes;
        start_ui(ui, state, page, "One more session", minutes);
    }
}
