//! What to practise now: what is due first, then what is new along the learning path.

use std::cmp::Ordering;

use super::now::Now;
use super::progress::{Entry, How, Item, Progress, Rating, Review};
use super::schedule::Memory;
use crate::catalog::{Card, Catalog, Drill, LearningPath, Pack};

/// Minutes of a drill or a card that says nothing else.
const DRILL_MINUTES: u32 = 8;
const CARD_MINUTES: u32 = 3;

/// The lengths a session may have, in minutes.
pub const LENGTHS: [u32; 3] = [10, 20, 40];

/// A drill or a card as a session meets it.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    pub item: Item,
    /// The id of its pack.
    pub pack: String,
    pub why: Why,
    /// About how long it takes: of what comes back half of what it takes at first.
    pub minutes: u32,
}

/// Why something is in a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// It comes back: so many days late, and so likely still known.
    Due { late_days: u32, retrievability: f64 },
    /// A drill with a wrong answer and no right one since.
    Unfinished,
    /// Next on the learning path.
    New(LearningPath),
}

impl Why {
    pub fn is_new(self) -> bool {
        matches!(self, Self::New(_))
    }

    /// What is least likely known comes first; of the unfinished nobody knows.
    fn retrievability(self) -> f64 {
        match self {
            Self::Due { retrievability, .. } => retrievability,
            Self::Unfinished => 0.0,
            Self::New(_) => 1.0,
        }
    }
}

/// Minutes a drill takes at first.
pub fn drill_minutes(drill: &Drill) -> u32 {
    drill.minutes.unwrap_or(DRILL_MINUTES).max(1)
}

/// Minutes a card takes at first.
pub fn card_minutes(card: &Card) -> u32 {
    card.minutes.unwrap_or(CARD_MINUTES).max(1)
}

/// Minutes an item takes at first; `None` when the catalogue does not have it.
pub fn item_minutes(catalog: &Catalog, item: &Item) -> Option<u32> {
    match item {
        Item::Drill(id) => Some(drill_minutes(catalog.drill(id)?.1)),
        Item::Card(id) => Some(card_minutes(catalog.card(id)?.1)),
    }
}

/// All drills and cards along the learning path: by path and pack, cards and drills in turn, so
/// that what is answered aloud is soon done by hand. SQL drills by level, the design last.
pub fn along_the_path(catalog: &Catalog) -> Vec<(Item, &Pack)> {
    let mut items = Vec::new();
    for pack in &catalog.packs {
        let pack = pack.as_ref();
        let mut drills: Vec<&Drill> = pack.drills.iter().collect();
        drills.sort_by_key(|d| (d.is_design(), d.level, d.place));
        for turn in 0..pack.cards.len().max(drills.len()) {
            let card = pack.cards.get(turn).map(|c| Item::card(&c.id));
            let drill = drills.get(turn).map(|d| Item::drill(&d.id));
            items.extend(card.into_iter().chain(drill).map(|item| (item, pack)));
        }
    }
    items
}

/// A session of so many minutes. The first item is in it however long it takes, so that no
/// session is empty while something is there.
///
/// What is due comes first, least likely known first, no two of a pack in a row where that can
/// be. New things come only when all that is due has room, and only as many as fit.
pub fn plan(catalog: &Catalog, progress: &Progress, now: Now, minutes: u32) -> Vec<Planned> {
    let mut planned = Vec::new();
    let mut left = minutes;
    let mut is_all_in = true;
    let mut take = |item: Planned, planned: &mut Vec<Planned>| {
        let fits = item.minutes <= left || planned.is_empty();
        if fits {
            left = left.saturating_sub(item.minutes);
            planned.push(item);
        }
        fits
    };
    for item in due(catalog, progress, now) {
        if !take(item, &mut planned) {
            is_all_in = false;
            break;
        }
    }
    let mut planned = apart(planned);
    if is_all_in {
        for item in fresh(catalog, progress) {
            take(item, &mut planned);
        }
    }
    planned
}

/// All that is due by the end of the day, least likely known first.
pub fn due(catalog: &Catalog, progress: &Progress, now: Now) -> Vec<Planned> {
    let mut due: Vec<Planned> = along_the_path(catalog)
        .into_iter()
        .filter_map(|(item, pack)| {
            let record = progress.record(&item)?;
            let why = if record.unfinished().is_some() {
                Why::Unfinished
            } else {
                let memory = Memory::of(&record.reviews).filter(|m| m.is_due(now))?;
                let late = now.day() - now.day_of(memory.due_at);
                Why::Due {
                    late_days: u32::try_from(late).unwrap_or(0),
                    retrievability: memory.retrievability(now),
                }
            };
            Some(Planned {
                minutes: item_minutes(catalog, &item)?.div_ceil(2),
                pack: pack.id.clone(),
                item,
                why,
            })
        })
        .collect();
    // Stable: of equally likely ones the first on the path.
    due.sort_by(|a, b| {
        let (a, b) = (a.why.retrievability(), b.why.retrievability());
        a.partial_cmp(&b).unwrap_or(Ordering::Equal)
    });
    due
}

/// All that was never answered or rated, along the learning path.
pub fn fresh(catalog: &Catalog, progress: &Progress) -> Vec<Planned> {
    along_the_path(catalog)
        .into_iter()
        .filter(|(item, _)| !progress.record(item).is_some_and(|r| r.is_seen()))
        .filter_map(|(item, pack)| {
            Some(Planned {
                minutes: item_minutes(catalog, &item)?,
                pack: pack.id.clone(),
                item,
                why: Why::New(pack.path),
            })
        })
        .collect()
}

/// Ratings that are still owed: a drill that was left with a wrong answer on an earlier day was
/// not known then.
pub fn left_over(progress: &Progress, now: Now) -> Vec<Entry> {
    progress
        .records()
        .filter_map(|(item, record)| {
            let last = record.unfinished()?;
            (now.day_of(last.at) < now.day()).then(|| Entry::Review {
                item: item.clone(),
                review: Review {
                    at: last.at,
                    rating: Rating::Again,
                    how: How::Graded,
                },
                replaces: false,
            })
        })
        .collect()
}

/// The same items, no two of a pack in a row where that can be; else in the given order.
fn apart(items: Vec<Planned>) -> Vec<Planned> {
    let mut left = items;
    let mut placed: Vec<Planned> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let last = placed.last().map(|p| p.pack.clone());
        let count = |pack: &str| left.iter().filter(|p| p.pack == pack).count();
        // A pack that has more than half of what is left cannot wait any longer.
        let pressing = |p: &Planned| count(&p.pack) * 2 > left.len();
        let is_other = |p: &Planned| Some(&p.pack) != last.as_ref();
        let at = left.iter().position(|p| is_other(p) && pressing(p));
        let at = at.or_else(|| left.iter().position(is_other)).unwrap_or(0);
        placed.push(left.remove(at));
    }
    placed
}

#[cfg(test)]
mod tests;
