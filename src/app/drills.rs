//! Drills in the window: what is asked of their thread, and what becomes of its answers.

use std::sync::Arc;

use super::{App, WorkspaceKind};
use crate::practice::progress::{Attempt, Entry, How, Item, Rating, Review};
use crate::practice::schedule::rating_of;
use crate::practice::{PracticeJob, drill_minutes};
use crate::workspace::practice::{Outcome, PracticeAction, PracticePage};

impl App {
    /// Opens the drill a page had open, or one of the open pack where it has one.
    pub(super) fn open_some_drill(&mut self, page: PracticePage) {
        let practice = &self.state.practice;
        let current = practice.drill_of(page);
        let current = current.filter(|id| self.catalog.drill(id).is_some());
        let is_stale = practice.chosen_in != self.state.pack;
        let pack = self.state.pack.as_deref();
        let mut drills = self.catalog.drills();
        drills.retain(|(_, drill)| drill.is_design() == (page == PracticePage::Design));
        let mut of_pack = drills.iter().filter(|(p, _)| Some(p.id.as_str()) == pack);
        // The first that is not passed yet.
        let progress = self.logbook.progress();
        let is_new = |id: &str| progress.drill(id).is_none_or(|r| !r.has_passed());
        let next = of_pack.find(|(_, d)| is_new(&d.id));
        let next = next.or(drills.first()).map(|(_, d)| d.id.clone());
        let wanted = match current {
            Some(current) if !is_stale => Some(current.to_owned()),
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
        let state = &mut self.state.practice;
        if drill.is_design() {
            state.page = Some(PracticePage::Design);
            state.design = Some(id.to_owned());
        } else {
            state.page = Some(PracticePage::Sql);
            state.drill = Some(id.to_owned());
        }
        state.chosen_in = self.state.pack.clone();
        self.saver.changed();
        if !self.practice.turn_to(id, self.logbook.progress()) {
            return;
        }
        if drill.is_design() {
            self.open_design(pack, drill);
        } else if let Some(worker) = &self.drills {
            let lists = Arc::clone(&self.catalog.lists);
            worker.submit(PracticeJob::Open { pack, drill, lists });
        }
    }

    /// Writes down how long the open drill was looked at.
    pub(super) fn note_time(&mut self) {
        let id = self.practice.drill();
        if id.is_empty() || !self.is_drill_open() {
            return;
        }
        let item = Item::drill(id);
        let record = self.logbook.progress().record_or_empty(&item);
        let (is_open, noted) = (record.is_open(), record.seconds);
        if !is_open {
            self.practice.count_seconds();
            let total = self.practice.seconds;
            if total > noted {
                self.note(Entry::Seconds { item, total });
            }
        }
    }

    /// Takes the open drill from the start again.
    pub(super) fn begin_drill(&mut self) {
        let item = Item::drill(self.practice.drill());
        let at = self.now().secs;
        self.note(Entry::Begun { item, at });
        self.practice.begin_again();
    }

    /// Shows the solution of the open drill: it was not known.
    pub(super) fn give_up(&mut self) {
        let item = Item::drill(self.practice.drill());
        if self.logbook.progress().record_or_empty(&item).is_open() {
            return;
        }
        self.note_time();
        let at = self.now().secs;
        if let Some(session) = &mut self.state.practice.session {
            session.again(&item);
            self.saver.changed();
        }
        let review = Review {
            at,
            rating: Rating::Again,
            how: How::Graded,
        };
        let gave_up = Entry::GaveUp {
            item: item.clone(),
            at,
        };
        let rated = Entry::Review {
            item,
            review,
            replaces: false,
        };
        self.note_all(vec![gave_up, rated]);
    }

    /// Hands a wish on to the drills' thread.
    pub(super) fn ask_drills(&mut self, action: &PracticeAction) {
        let Some(worker) = &self.drills else { return };
        let drill = self.practice.drill().to_owned();
        let sql = self.practice.draft.clone();
        match action {
            PracticeAction::Run | PracticeAction::Submit => {
                self.practice.asked.clone_from(&sql);
                self.practice.outcome = Outcome::Nothing;
                worker.submit(match action {
                    PracticeAction::Run => PracticeJob::Run { drill, sql },
                    _ => PracticeJob::Submit { drill, sql },
                });
            }
            PracticeAction::MeasureWays => {
                let record = self
                    .logbook
                    .progress()
                    .record_or_empty(&Item::drill(&drill));
                let passed = record.round().iter().rev().find(|a| a.passed);
                let sql = passed.map(|a| a.text.clone());
                worker.submit(PracticeJob::Measure { drill, sql });
            }
            _ => worker.cancel(),
        }
    }

    /// Takes in everything the drills' thread has said since the last frame.
    pub(super) fn poll_drills(&mut self) {
        while let Some(event) = self.drills.as_ref().and_then(|w| w.poll()) {
            if let Some((drill, sql, verdict)) = self.practice.handle(event) {
                self.handed_in(&drill, sql, verdict.passed, verdict.score);
            }
        }
    }

    /// Writes an attempt down; the first right one of a round is rated.
    pub(super) fn handed_in(&mut self, drill: &str, text: String, passed: bool, score: f64) {
        let item = Item::drill(drill);
        let now = self.now();
        if self.practice.drill() == drill && self.is_drill_open() {
            self.practice.count_seconds();
        }
        let record = self.logbook.progress().record_or_empty(&item);
        let was_open = record.is_open();
        let is_on_screen = self.practice.drill() == drill;
        let seconds = if is_on_screen && !was_open {
            self.practice.seconds
        } else {
            record.seconds
        };
        let attempt = Attempt {
            at: now.secs,
            passed,
            score: if score.is_finite() { score } else { 0.0 },
            text,
            seconds,
            hints: record.hints,
        };
        let mut entries = vec![Entry::Attempt {
            item: item.clone(),
            attempt,
        }];
        if passed && !was_open {
            let minutes = self.catalog.drill(drill);
            let minutes = minutes.map_or(1, |(_, drill)| drill_minutes(drill));
            let review = Review {
                at: now.secs,
                rating: rating_of(record, seconds, minutes, now),
                how: How::Graded,
            };
            entries.push(Entry::Review {
                item,
                review,
                replaces: false,
            });
        }
        // With one write: there is no right answer without its rating.
        self.note_all(entries);
    }
}
