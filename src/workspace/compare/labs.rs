//! The labs, by topic: what Compare shows in the library's place.

use egui::{Label, RichText, ScrollArea, Ui};

use super::CompareState;
use crate::catalog::{Catalog, LabTopic};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, tokens, widgets};
use crate::workspace::{Action, Actions};

/// Draws the list; a click opens a lab.
///
/// `shown` is the lab the list has scrolled to.
pub fn labs_ui(
    ui: &mut Ui,
    catalog: &Catalog,
    state: &CompareState,
    shown: &mut String,
    actions: &Actions,
) {
    let t = tokens(ui);
    let labs = catalog.labs();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for topic in LabTopic::ALL {
            let of_topic: Vec<_> = labs.iter().filter(|(_, l)| l.topic == topic).collect();
            if of_topic.is_empty() {
                continue;
            }
            widgets::section(ui, topic.title());
            for (pack, lab) in of_topic {
                let is_open = state.lab.as_deref() == Some(&lab.id);
                let row = widgets::list_row(ui, &lab.title, is_open, 32.0, |ui| {
                    let ink = if is_open { t.accent } else { t.text_faint };
                    ui.label(icons::rich(Sign::FlaskConical, 14.0, ink));
                    let name = RichText::new(&lab.title).font(medium(13.0));
                    ui.add(Label::new(name).truncate().selectable(false));
                });
                // Opened from elsewhere (search, a restart), it may lie below the edge.
                if is_open && *shown != lab.id {
                    shown.clone_from(&lab.id);
                    row.scroll_to_me(None);
                }
                let row = row.on_hover_text(format!("{}\n{}", lab.question, pack.title));
                if row.clicked() {
                    actions.push(Action::OpenLab(lab.id.clone()));
                }
            }
        }
        if labs.is_empty() {
            widgets::faint(ui, "No pack has a lab");
        }
    });
}
