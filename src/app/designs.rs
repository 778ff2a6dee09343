//! Design drills in the window: what is asked of their thread, and what becomes of its answers.

use std::sync::Arc;

use super::App;
use crate::catalog::{Drill, Pack};
use crate::practice::design::{DesignJob, DesignVerdict, OpenDesign};
use crate::practice::progress::{Entry, Item};
use crate::workspace::practice::{PracticeAction, PracticePage};

impl App {
    /// Has the reference data of a design drill made.
    pub(super) fn open_design(&mut self, pack: Arc<Pack>, drill: Arc<Drill>) {
        let Some(worker) = &self.designs else { return };
        worker.submit(DesignJob::Open(OpenDesign {
            pack,
            drill,
            lists: Arc::clone(&self.catalog.lists),
            synonyms: Arc::clone(&self.catalog.synonyms),
        }));
    }

    /// Whether a design drill is on screen.
    pub(super) fn is_design_open(&self) -> bool {
        self.is_drill_open() && self.state.practice.page() == PracticePage::Design
    }

    /// Hands a wish on to the designs' thread.
    pub(super) fn ask_designs(&mut self, action: &PracticeAction) {
        let Some(worker) = &self.designs else { return };
        let text = self.practice.draft.clone();
        let designing = &self.practice.designing;
        match action {
            PracticeAction::Submit if !designing.is_ready || text.trim().is_empty() => {}
            PracticeAction::Submit => {
                let drill = self.catalog.drill(self.practice.drill());
                let design = drill.and_then(|(_, drill)| drill.design());
                let follow_up = designing.follow_up.and_then(|at| {
                    let follow_up = design?.follow_ups.get(at)?;
                    Some(follow_up.id.clone())
                });
                worker.submit(DesignJob::Check { text, follow_up });
            }
            PracticeAction::Draw { is_anew } => worker.submit(DesignJob::Draw {
                text,
                is_anew: *is_anew,
            }),
            PracticeAction::CompareDesign => worker.submit(DesignJob::Compare {
                text,
                accepted: designing.accepted,
            }),
            _ => worker.cancel(),
        }
    }

    /// Takes in everything the designs' thread has said since the last frame.
    pub(super) fn poll_designs(&mut self) {
        while let Some(event) = self.designs.as_ref().and_then(|w| w.poll()) {
            let drill = self.practice.drill().to_owned();
            if let Some((drill, text, verdict)) = self.practice.designing.handle(event, &drill) {
                self.design_graded(&drill, text, &verdict);
            }
        }
    }

    fn design_graded(&mut self, drill: &str, text: String, verdict: &DesignVerdict) {
        self.handed_in(drill, text, verdict.passed, verdict.score);
        let Some(id) = verdict.follow_up.as_deref().filter(|_| verdict.passed) else {
            return;
        };
        let found = self.catalog.drill(drill);
        let place = found.and_then(|(_, drill)| {
            let follow_ups = &drill.design()?.follow_ups;
            follow_ups.iter().position(|f| f.id == id)
        });
        let item = Item::drill(drill);
        let mut done = self
            .logbook
            .progress()
            .record_or_empty(&item)
            .follow_ups
            .clone();
        if place.is_some_and(|place| done.insert(place)) {
            self.note(Entry::FollowUps { item, done });
        }
    }
}
