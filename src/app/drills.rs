//! Drills in the window: what is asked of their thread, and what becomes of its answers.

use std::sync::Arc;

use super::{App, WorkspaceKind};
use crate::practice::PracticeJob;
use crate::workspace::practice::{Outcome, PracticeAction};

impl App {
    /// Goes to Practice, on a drill of the open pack where it has one.
    pub(super) fn open_practice(&mut self) {
        self.state.workspace = WorkspaceKind::Practice;
        let practice = &self.state.practice;
        let current = practice.drill.clone();
        let current = current.filter(|id| self.catalog.drill(id).is_some());
        let is_stale = practice.chosen_in != self.state.pack;
        let pack = self.state.pack.as_deref();
        let drills = self.catalog.drills();
        let mut of_pack = drills.iter().filter(|(p, _)| Some(p.id.as_str()) == pack);
        // The first that is not passed yet.
        let is_new = |id: &str| practice.record(id).is_none_or(|r| !r.has_passed());
        let next = of_pack.find(|(_, d)| is_new(&d.id));
        let next = next.or(drills.first()).map(|(_, d)| d.id.clone());
        let wanted = match current {
            Some(current) if !is_stale => Some(current),
            _ => next,
        };
        if let Some(id) = wanted {
            self.open_drill(&id);
        }
    }

    /// Opens a drill and has its data made.
    pub(super) fn open_drill(&mut self, id: &str) {
        let Some((pack, drill)) = self.catalog.drill(id) else {
            return;
        };
        let (pack, drill) = (Arc::clone(pack), Arc::new(drill.clone()));
        self.state.workspace = WorkspaceKind::Practice;
        self.note_time();
        self.state.practice.drill = Some(id.to_owned());
        self.state.practice.chosen_in = self.state.pack.clone();
        self.saver.changed();
        if self.practice.turn_to(id)
            && let Some(worker) = &self.drills
        {
            let lists = Arc::clone(&self.catalog.lists);
            worker.submit(PracticeJob::Open { pack, drill, lists });
        }
    }

    /// Adds the time the open drill was looked at to its record.
    fn note_time(&mut self) {
        let seconds = self.practice.take_seconds();
        let id = self.practice.drill().to_owned();
        if seconds > 0 && !id.is_empty() {
            let record = self.state.practice.record_mut(&id);
            if !record.is_open() {
                record.seconds += seconds;
            }
        }
    }

    pub(super) fn practice_action(&mut self, action: &PracticeAction) {
        let Some(worker) = &self.drills else { return };
        let drill = self.practice.drill().to_owned();
        let sql = self.state.practice.record_mut(&drill).draft.clone();
        match action {
            PracticeAction::Cancel => worker.cancel(),
            PracticeAction::Run | PracticeAction::Submit => {
                self.practice.asked.clone_from(&sql);
                self.practice.outcome = Outcome::Nothing;
                worker.submit(match action {
                    PracticeAction::Run => PracticeJob::Run { drill, sql },
                    _ => PracticeJob::Submit { drill, sql },
                });
            }
        }
    }

    /// Takes in everything the drills' thread has said since the last frame.
    pub(super) fn poll_drills(&mut self) {
        while let Some(event) = self.drills.as_ref().and_then(|w| w.poll()) {
            if let Some((drill, sql, verdict)) = self.practice.handle(event) {
                self.state.practice.graded(&drill, &sql, &verdict);
                // At once, not in a moment: an attempt is not made twice.
                self.saver.save(&self.state, &mut self.notices);
            }
        }
    }
}
