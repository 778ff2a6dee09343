//! The pages of Practice, with how far one is on each.

use egui::{Align, Label, Layout, RichText, Ui};

use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, tokens, widgets};
use crate::workspace::practice::{Agenda, Practice, PracticeAction, PracticePage, PracticeState};
use crate::workspace::{Action, Actions};

pub fn ui(ui: &mut Ui, practice: &Practice, state: &PracticeState, actions: &Actions) {
    ui.spacing_mut().item_spacing.y = 2.0;
    for page in PracticePage::ALL {
        let is_open = state.page() == page;
        let count = practice.agenda.as_ref().map(|agenda| count(page, agenda));
        if row(ui, page, is_open, &count.unwrap_or_default()).clicked() {
            actions.push(Action::Practice(PracticeAction::Page(page)));
        }
    }
}

fn row(ui: &mut Ui, page: PracticePage, is_open: bool, count: &str) -> egui::Response {
    let t = tokens(ui);
    let name = format!("{} {count}", page.title());
    widgets::list_row(ui, name.trim_end(), is_open, 30.0, |ui| {
        let ink = if is_open { t.accent } else { t.text_faint };
        ui.label(icons::rich(sign(page), 14.0, ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(count).small().color(t.text_faint));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let title = RichText::new(page.title()).font(medium(13.0));
                ui.add(Label::new(title).truncate());
            });
        });
    })
}

fn sign(page: PracticePage) -> Sign {
    match page {
        PracticePage::Today => Sign::CalendarCheck,
        PracticePage::Sql => Sign::SquareTerminal,
        PracticePage::Design => Sign::PencilRuler,
        PracticePage::Cards => Sign::Layers,
        PracticePage::Guide => Sign::Signpost,
    }
}

fn count(page: PracticePage, agenda: &Agenda) -> String {
    let of = |(done, all): (usize, usize)| match all {
        0 => String::new(),
        _ => format!("{done} of {all}"),
    };
    match page {
        PracticePage::Today => match agenda.standing.due_today() {
            0 => String::new(),
            due => format!("{due} due"),
        },
        PracticePage::Sql => of(agenda.sql),
        PracticePage::Design => of(agenda.design),
        PracticePage::Cards => of(agenda.cards),
        PracticePage::Guide => String::new(),
    }
}
