//! What to do now and how far one is, made once and kept until something changes.

use crate::catalog::Catalog;
use crate::practice::progress::{Item, Progress, Record};
use crate::practice::schedule::Memory;
use crate::practice::{Now, Planned, Standing, fresh, plan};

/// What to do now and how far one is.
pub struct Agenda {
    key: (u64, u64, u32),
    pub standing: Standing,
    /// What is left of the day's session.
    pub plan: Vec<Planned>,
    /// Minutes left of the day's session; 0: it is done.
    pub minutes_left: u32,
    /// The first thing that was never tried, along the learning path.
    pub next_new: Option<Planned>,
    /// SQL drills that were passed, of so many; and the same of designs.
    pub sql: (usize, usize),
    pub design: (usize, usize),
    /// Cards that are known now, of so many.
    pub cards: (usize, usize),
}

impl Agenda {
    /// Makes it; a day's session is to take so many minutes.
    pub fn of(catalog: &Catalog, progress: &Progress, now: Now, minutes: u32) -> Self {
        let standing = Standing::of(catalog, progress, now);
        let minutes_left = minutes.saturating_sub(standing.minutes_today);
        let plan = if minutes_left > 0 {
            plan(catalog, progress, now, minutes_left)
        } else {
            Vec::new()
        };
        let passed = |wanted: bool| {
            let drills = catalog.drills().into_iter();
            let drills = drills.filter(|(_, d)| d.is_design() == wanted);
            let drills: Vec<_> = drills.map(|(_, d)| progress.drill(&d.id)).collect();
            let passed = drills.iter().flatten().filter(|r| r.has_passed());
            (passed.count(), drills.len())
        };
        let cards = catalog.cards();
        let is_known = |record: &Record| {
            Memory::of(&record.reviews).is_some_and(|memory| memory.is_known(now))
        };
        let known = cards
            .iter()
            .filter_map(|(_, c)| progress.record(&Item::card(&c.id)))
            .filter(|record| is_known(record))
            .count();
        Self {
            key: key(progress, now, minutes),
            standing,
            plan,
            minutes_left,
            next_new: fresh(catalog, progress).into_iter().next(),
            sql: passed(false),
            design: passed(true),
            cards: (known, cards.len()),
        }
    }

    /// Whether it still holds.
    pub fn is_of(&self, progress: &Progress, now: Now, minutes: u32) -> bool {
        self.key == key(progress, now, minutes)
    }
}

/// Everything an agenda depends on. What is due changes with the minute at most.
fn key(progress: &Progress, now: Now, minutes: u32) -> (u64, u64, u32) {
    (progress.revision(), now.secs / 60, minutes)
}
