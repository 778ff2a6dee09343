//! Practice in the window, drills apart: its file, its pages, sessions and ratings.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::{App, WorkspaceKind};
use crate::catalog::Catalog;
use crate::practice::progress::{Entry, How, Item, Rating, Review};
use crate::practice::{Now, due, fresh, left_over, plan};
use crate::workspace::practice::{PracticeAction, PracticePage, Session};

/// The practice file beside the file of the arrangement.
pub(super) fn file_beside(state_file: &Path) -> PathBuf {
    state_file.with_file_name("practice.jsonl")
}

/// The present; `fixed` takes its place in tests, in a place without an offset from UTC.
pub(super) fn now(fixed: Option<u64>) -> Now {
    if let Some(secs) = fixed {
        return Now {
            secs,
            offset_secs: 0,
        };
    }
    let secs = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_secs());
    Now {
        secs,
        offset_secs: chrono::Local::now().offset().local_minus_utc(),
    }
}

impl App {
    /// Writes down that something happened.
    pub(super) fn note(&mut self, entry: Entry) {
        self.note_all(vec![entry]);
    }

    /// Writes several things down at once.
    pub(super) fn note_all(&mut self, entries: Vec<Entry>) {
        if let Some(problem) = self.logbook.note_all(entries) {
            self.notices.error(problem);
        }
    }

    /// Moves what earlier programs kept in the file of the arrangement into the practice file.
    pub(super) fn take_over_records(&mut self) {
        if self.state.practice.records.is_empty() {
            return;
        }
        let now_secs = self.now().secs;
        let records = self.state.practice.records.iter();
        let (is_kept, problem) = self.logbook.take_over(records, now_secs);
        if let Some(problem) = problem {
            self.notices.error(problem);
        }
        // Only what is in the one file goes from the other.
        if is_kept {
            self.state.practice.records.clear();
            self.saver.save(&self.state, &mut self.notices);
        }
    }

    /// Rates drills that were left with a wrong answer on an earlier day: once a day.
    pub(super) fn rate_what_was_left(&mut self) {
        let now = self.now();
        if self.rated_on == Some(now.day()) {
            return;
        }
        // A session that was left on an earlier day is over; one that runs past midnight is not.
        let is_start = self.rated_on.is_none();
        let session = &mut self.state.practice.session;
        let is_old = |s: &Session| now.day_of(s.started) < now.day();
        if is_start && session.as_ref().is_some_and(is_old) {
            *session = None;
            self.saver.changed();
        }
        self.rated_on = Some(now.day());
        let owed = left_over(self.logbook.progress(), now);
        if !owed.is_empty() {
            self.note_all(owed);
        }
    }

    /// Does what the pages of Practice ask for.
    pub(super) fn practice_action(&mut self, action: PracticeAction) {
        match action {
            PracticeAction::Draw { .. } | PracticeAction::CompareDesign => {
                self.ask_designs(&action);
            }
            PracticeAction::Submit | PracticeAction::Cancel if self.is_design_open() => {
                self.ask_designs(&action);
            }
            PracticeAction::Run
            | PracticeAction::Submit
            | PracticeAction::Cancel
            | PracticeAction::MeasureWays => self.ask_drills(&action),
            PracticeAction::GiveUp => self.give_up(),
            PracticeAction::Begin => self.begin_drill(),
            PracticeAction::Page(page) => self.open_page(page),
            PracticeAction::Start(minutes) => self.start_session_of(minutes),
            PracticeAction::Next => self.next_item(),
            PracticeAction::Resume => self.resume_session(),
            PracticeAction::End => self.end_session(),
            PracticeAction::Rate {
                item,
                rating,
                replaces,
            } => self.rate(item, rating, replaces),
        }
    }

    /// Goes to Practice, to the page that was open last.
    pub(super) fn open_practice(&mut self) {
        self.open_page(self.state.practice.page());
    }

    fn open_page(&mut self, page: PracticePage) {
        self.note_time();
        self.state.workspace = WorkspaceKind::Practice;
        self.state.practice.page = Some(page);
        match page {
            PracticePage::Sql | PracticePage::Design => self.open_some_drill(page),
            PracticePage::Cards => self.open_some_card(),
            PracticePage::Today | PracticePage::Guide => {}
        }
        self.saver.changed();
    }

    /// Opens the card that was open last, or the next one to answer.
    fn open_some_card(&mut self) {
        let open = self.state.practice.card.as_deref();
        let is_known = open.is_some_and(|id| self.catalog.card(id).is_some());
        if !is_known {
            self.state.practice.card = self.next_card();
        }
    }

    /// The next card to answer: what is due, then what is new, then the first of all.
    fn next_card(&self) -> Option<String> {
        let progress = self.logbook.progress();
        let open = self.state.practice.card.as_deref();
        let due = due(&self.catalog, progress, self.now());
        let cards = due.into_iter().chain(fresh(&self.catalog, progress));
        let mut cards = cards.filter_map(|planned| match planned.item {
            Item::Card(id) => Some(id).filter(|id| Some(id.as_str()) != open),
            Item::Drill(_) => None,
        });
        let first = || first_card(&self.catalog);
        cards.next().or_else(first)
    }

    pub(super) fn open_card(&mut self, id: &str) {
        if self.catalog.card(id).is_none() {
            return;
        }
        self.note_time();
        self.state.workspace = WorkspaceKind::Practice;
        self.state.practice.page = Some(PracticePage::Cards);
        self.state.practice.card = Some(id.to_owned());
        self.saver.changed();
    }

    pub(super) fn open_guide(&mut self, database: &str) {
        self.note_time();
        self.state.workspace = WorkspaceKind::Practice;
        self.state.practice.page = Some(PracticePage::Guide);
        self.state.practice.guide.open(database);
        self.practice.counters.clear();
        self.saver.changed();
    }

    /// Starts a session of the day's length, less what was done today; of the whole length when
    /// the day's is done.
    pub(super) fn start_session(&mut self) {
        let minutes = self.state.practice.minutes;
        let left = self.practice.agenda.as_ref().map(|a| a.minutes_left);
        self.start_session_of(left.filter(|left| *left > 0).unwrap_or(minutes));
    }

    fn start_session_of(&mut self, minutes: u32) {
        let now = self.now();
        let progress = self.logbook.progress();
        let planned = plan(&self.catalog, progress, now, minutes);
        let session = Session::start(&planned, progress, now.secs);
        self.practice.ended = None;
        if session.is_none() {
            self.notices.say("Nothing is due, and everything was tried");
            return;
        }
        self.state.practice.session = session;
        let at = now.secs;
        self.note(Entry::Session { at, minutes });
        self.meet_current();
    }

    /// Goes on in the session; without one, to the next card.
    fn next_item(&mut self) {
        let progress = self.logbook.progress();
        match &mut self.state.practice.session {
            Some(session) => {
                if session.advance(progress).is_some() {
                    self.meet_current();
                } else {
                    self.end_session();
                }
            }
            None => {
                if let Some(id) = self.next_card() {
                    self.practice.card.reset();
                    self.open_card(&id);
                }
            }
        }
        self.saver.changed();
    }

    /// Opens the item the session has come to, to be answered anew.
    fn meet_current(&mut self) {
        let session = self.state.practice.session.as_ref();
        match session.and_then(Session::current).cloned() {
            Some(Item::Card(id)) => {
                self.practice.card.reset();
                self.open_card(&id);
            }
            Some(Item::Drill(id)) => {
                self.open_drill(&id);
                // What comes back is tried from the start: its solution is no longer shown.
                if self
                    .logbook
                    .progress()
                    .drill(&id)
                    .is_some_and(|r| r.is_open())
                {
                    self.begin_drill();
                }
            }
            None => self.end_session(),
        }
    }

    /// Opens the item the session has come to, as it was left.
    fn resume_session(&mut self) {
        let session = self.state.practice.session.as_ref();
        match session.and_then(Session::current).cloned() {
            Some(Item::Card(id)) => self.open_card(&id),
            Some(Item::Drill(id)) => self.open_drill(&id),
            None => self.end_session(),
        }
    }

    /// Ends the session and says what was done in it.
    fn end_session(&mut self) {
        self.note_time();
        let Some(session) = self.state.practice.session.take() else {
            return;
        };
        let now = self.now();
        let done = self.logbook.progress().records().filter(|(_, record)| {
            let is_since = |at: u64| at >= session.started;
            record.moments().any(is_since)
        });
        let items = crate::format::counted(done.count() as u64, "item");
        let minutes = now.secs.saturating_sub(session.started);
        let minutes = minutes.div_ceil(60).max(1);
        let minutes = crate::format::counted(minutes, "minute");
        self.practice.ended = Some(format!("Session ended: {items} in {minutes}"));
        self.open_page(PracticePage::Today);
    }

    /// Rates an item. What was not known comes once more in the same session.
    fn rate(&mut self, item: Item, rating: Rating, replaces: bool) {
        let (at, how) = (self.now().secs, How::Oneself);
        if let Some(session) = &mut self.state.practice.session {
            if rating == Rating::Again {
                session.again(&item);
            } else if replaces {
                session.not_again(&item);
            }
        }
        self.note(Entry::Review {
            item,
            review: Review { at, rating, how },
            replaces,
        });
        self.saver.changed();
    }

    /// Whether a drill is on screen.
    pub(super) fn is_drill_open(&self) -> bool {
        let page = self.state.practice.page();
        self.state.workspace == WorkspaceKind::Practice
            && matches!(page, PracticePage::Sql | PracticePage::Design)
    }

    /// Whether a card is on screen.
    pub(super) fn is_card_open(&self) -> bool {
        self.state.workspace == WorkspaceKind::Practice
            && self.state.practice.page() == PracticePage::Cards
            && self.state.practice.card.is_some()
    }

    pub(super) fn has_next_item(&self) -> bool {
        self.state.practice.session.is_some() || self.is_card_open()
    }

    /// Whether an answer of the guide can be taken back.
    pub(super) fn is_guide_back_possible(&self) -> bool {
        self.state.practice.page() == PracticePage::Guide
            && !self.state.practice.guide.is_at_start()
    }
}

fn first_card(catalog: &Catalog) -> Option<String> {
    let cards = catalog.cards();
    cards.first().map(|(_, card)| card.id.clone())
}
