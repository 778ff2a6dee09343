//! The drills, by level: what Practice shows in the library's place.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui};

use super::{DrillRecord, PracticeState};
use crate::catalog::Catalog;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, tokens, widgets};
use crate::workspace::{Action, Actions};

const LEVELS: [(u8, &str); 3] = [
    (1, "Level 1: one step"),
    (2, "Level 2: groups and outer joins"),
    (3, "Level 3: windows, several steps"),
];

/// Draws the list; a click opens a drill.
///
/// `shown` is the drill the list has scrolled to.
pub fn drills_ui(
    ui: &mut Ui,
    catalog: &Catalog,
    state: &PracticeState,
    shown: &mut String,
    actions: &Actions,
) {
    let t = tokens(ui);
    let drills = catalog.drills();
    let passed = drills
        .iter()
        .filter(|(_, d)| state.record(&d.id).is_some_and(DrillRecord::has_passed))
        .count();
    widgets::faint(ui, format!("{passed} of {} drills passed", drills.len()));
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (level, title) in LEVELS {
            let of_level: Vec<_> = drills.iter().filter(|(_, d)| d.level == level).collect();
            if of_level.is_empty() {
                continue;
            }
            widgets::section(ui, title);
            for (pack, drill) in of_level {
                let is_open = state.drill.as_deref() == Some(&drill.id);
                let (sign, ink) = match state.record(&drill.id) {
                    Some(r) if r.has_passed() => (Sign::CircleCheck, t.success),
                    Some(r) if !r.attempts.is_empty() => (Sign::CircleDashed, t.warning),
                    _ => (Sign::Circle, t.text_faint),
                };
                let row = widgets::list_row(ui, &drill.title, is_open, 40.0, |ui| {
                    ui.label(icons::rich(sign, 14.0, ink));
                    ui.with_layout(Layout::top_down(Align::Min), |ui| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        let name = RichText::new(&drill.title).font(medium(13.0));
                        ui.add(Label::new(name).truncate());
                        let model = RichText::new(&pack.title).size(11.0).color(t.text_faint);
                        ui.add(Label::new(model).truncate());
                    });
                });
                // Opened from elsewhere (search, a restart), it may lie below the edge.
                if is_open && *shown != drill.id {
                    shown.clone_from(&drill.id);
                    row.scroll_to_me(None);
                }
                if row.on_hover_text(drill.concepts.join(", ")).clicked() {
                    actions.push(Action::OpenDrill(drill.id.clone()));
                }
            }
        }
        if drills.is_empty() {
            widgets::faint(ui, "No pack has a drill");
        }
    });
}
