//! What Practice shows in the library's place: its pages, and below them what the open page has.

mod cards;
mod databases;
mod drills;
mod pages;

use egui::{Align, Label, Layout, Response, RichText, ScrollArea, Ui};

use super::{Practice, PracticePage, PracticeState, PracticeView};
use crate::catalog::Catalog;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, tokens, widgets};
use crate::workspace::Actions;

/// Draws the pages and the list of the open one.
pub fn library_ui(
    ui: &mut Ui,
    practice: &mut Practice,
    state: &PracticeState,
    view: PracticeView<'_>,
    catalog: &Catalog,
    actions: &Actions,
) {
    practice.refresh(catalog, view, state.minutes);
    pages::ui(ui, practice, state, actions);
    let page = state.page();
    if page == PracticePage::Today {
        return;
    }
    ui.add_space(6.0);
    ui.separator();
    // Each page keeps its own place.
    ScrollArea::vertical()
        .id_salt(("practice-list", page))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let mut list = List {
                catalog,
                state,
                view,
                shown: &mut practice.listed,
                actions,
            };
            match page {
                PracticePage::Today => {}
                PracticePage::Sql => list.by_level(ui),
                PracticePage::Design => list.designs(ui),
                PracticePage::Cards => list.cards(ui),
                PracticePage::Guide => list.databases(ui),
            }
        });
}

/// What the lists read, and where they have scrolled to.
struct List<'a> {
    catalog: &'a Catalog,
    state: &'a PracticeState,
    view: PracticeView<'a>,
    /// The id of the row that was scrolled to.
    shown: &'a mut String,
    actions: &'a Actions,
}

impl List<'_> {
    /// A line with a sign, a name and what is fainter below it. `id` is scrolled to when it is
    /// opened from elsewhere.
    fn row(
        &mut self,
        ui: &mut Ui,
        id: &str,
        title: &str,
        under: &str,
        (sign, ink): (Sign, egui::Color32),
        is_open: bool,
    ) -> Response {
        let t = tokens(ui);
        let row = widgets::list_row(ui, title, is_open, 40.0, |ui| {
            ui.label(icons::rich(sign, 14.0, ink));
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space(2.0);
                let name = RichText::new(title).font(medium(13.0));
                ui.add(Label::new(name).truncate());
                let under = RichText::new(under).size(11.0).color(t.text_faint);
                ui.add(Label::new(under).truncate());
            });
        });
        // Opened from elsewhere (search, a session, a restart), it may lie below the edge.
        if is_open && *self.shown != id {
            *self.shown = id.to_owned();
            row.scroll_to_me(None);
        }
        row
    }
}
