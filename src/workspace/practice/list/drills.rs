//! The drills: those of SQL by level, designs along the learning path.

use std::sync::Arc;

use egui::Ui;

use super::List;
use crate::catalog::{Drill, LearningPath, Pack};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{tokens, widgets};
use crate::workspace::Action;

const LEVELS: [(u8, &str); 3] = [
    (1, "Level 1: one step"),
    (2, "Level 2: groups and outer joins"),
    (3, "Level 3: windows, several steps"),
];

impl List<'_> {
    /// The SQL drills.
    pub(super) fn by_level(&mut self, ui: &mut Ui) {
        let mut drills = self.catalog.drills();
        drills.retain(|(_, drill)| !drill.is_design());
        for (level, title) in LEVELS {
            let of_level = |(_, d): &(&Arc<Pack>, &Drill)| d.level == level;
            self.group(ui, title, drills.iter().copied().filter(of_level));
        }
        if drills.is_empty() {
            widgets::faint(ui, "No pack has a SQL drill");
        }
    }

    /// The design drills.
    pub(super) fn designs(&mut self, ui: &mut Ui) {
        let mut drills = self.catalog.drills();
        drills.retain(|(_, drill)| drill.is_design());
        for path in LearningPath::ALL {
            let of_path = |(p, _): &(&Arc<Pack>, &Drill)| p.path == path;
            self.group(ui, path.title(), drills.iter().copied().filter(of_path));
        }
        if drills.is_empty() {
            widgets::faint(ui, "No pack has a design drill");
        }
    }

    fn group<'a>(
        &mut self,
        ui: &mut Ui,
        title: &str,
        drills: impl Iterator<Item = (&'a Arc<Pack>, &'a Drill)>,
    ) {
        let mut drills = drills.peekable();
        if drills.peek().is_some() {
            widgets::section(ui, title);
        }
        for (pack, drill) in drills {
            self.drill(ui, pack, drill);
        }
    }

    fn drill(&mut self, ui: &mut Ui, pack: &Pack, drill: &Drill) {
        let t = tokens(ui);
        let open = self.state.drill_of(self.state.page());
        let is_open = open == Some(&*drill.id);
        let look = match self.view.progress.drill(&drill.id) {
            Some(r) if r.has_passed() => (Sign::CircleCheck, t.success),
            Some(r) if r.is_seen() => (Sign::CircleDashed, t.warning),
            _ => (Sign::Circle, t.text_faint),
        };
        let row = self.row(ui, &drill.id, &drill.title, &pack.title, look, is_open);
        if row.on_hover_text(drill.concepts.join(", ")).clicked() {
            self.actions.push(Action::OpenDrill(drill.id.clone()));
        }
    }
}
