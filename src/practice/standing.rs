//! How far one is: by topic, by day, and what is to come.

use std::collections::BTreeSet;

use super::now::{DAY, Now};
use super::plan::{along_the_path, due, item_minutes};
use super::progress::Progress;
use super::schedule::Memory;
use crate::catalog::{Catalog, LearningPath};

/// Days the forecast looks ahead, today included.
pub const FORECAST_DAYS: usize = 7;

/// How far one is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// Topics that have something to practise, along the learning path.
    pub topics: Vec<Topic>,
    /// Days in a row with practice, up to today or yesterday.
    pub streak: u32,
    /// How many items are due on each day from today on; what is late counts today.
    pub forecast: [u32; FORECAST_DAYS],
    /// How many items were answered or rated today, and about how long that takes.
    pub done_today: u32,
    pub minutes_today: u32,
}

/// One part of the learning path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    pub path: LearningPath,
    pub items: u32,
    /// Answered or rated at least once.
    pub seen: u32,
    /// Known now ([`Memory::is_known`]).
    pub known: u32,
    /// Due by the end of the day.
    pub due: u32,
}

impl Standing {
    /// Counts everything. Takes a moment that grows with the catalogue and the reviews: keep it.
    pub fn of(catalog: &Catalog, progress: &Progress, now: Now) -> Self {
        let mut standing = Self {
            streak: streak(progress, now),
            ..Self::default()
        };
        let due: BTreeSet<_> = due(catalog, progress, now)
            .into_iter()
            .map(|p| p.item)
            .collect();
        standing.forecast[0] = due.len() as u32;
        for path in LearningPath::ALL {
            let mut topic = Topic {
                path,
                ..Topic::default()
            };
            let items = along_the_path(catalog);
            for (item, _) in items.into_iter().filter(|(_, pack)| pack.path == path) {
                topic.items += 1;
                topic.due += u32::from(due.contains(&item));
                let Some(record) = progress.record(&item) else {
                    continue;
                };
                topic.seen += u32::from(record.is_seen());
                let memory = Memory::of(&record.reviews);
                topic.known += u32::from(memory.is_some_and(|m| m.is_known(now)));
                if let Some(memory) = memory.filter(|_| !due.contains(&item)) {
                    let ahead = now.day_of(memory.due_at) - now.day();
                    let day = usize::try_from(ahead).ok();
                    if let Some(count) = day.and_then(|day| standing.forecast.get_mut(day)) {
                        *count += 1;
                    }
                }
                if record.moments().any(|at| now.day_of(at) == now.day()) {
                    standing.done_today += 1;
                    let minutes = item_minutes(catalog, &item).unwrap_or(0);
                    let is_old = record.moments().any(|at| now.day_of(at) < now.day());
                    standing.minutes_today += if is_old { minutes.div_ceil(2) } else { minutes };
                }
            }
            if topic.items > 0 {
                standing.topics.push(topic);
            }
        }
        standing
    }

    /// How many are due by the end of the day.
    pub fn due_today(&self) -> u32 {
        self.forecast[0]
    }
}

/// Days in a row with practice. A day that is not over yet breaks nothing.
fn streak(progress: &Progress, now: Now) -> u32 {
    let days: BTreeSet<i64> = progress
        .records()
        .flat_map(|(_, record)| record.moments())
        .map(|at| now.day_of(at))
        .collect();
    let today = now.day();
    let mut day = if days.contains(&today) {
        today
    } else {
        today - 1
    };
    let mut streak = 0;
    while days.contains(&day) {
        streak += 1;
        day -= 1;
    }
    streak
}

/// Seconds as one word: `10 min`, `4 d`, `3 mo`, `2 y`.
pub fn interval_text(secs: u64) -> String {
    let days = secs / DAY;
    match days {
        0 if secs < 3_600 => format!("{} min", secs.div_ceil(60)),
        0 => format!("{} h", secs / 3_600),
        1..=59 => format!("{days} d"),
        60..=699 => format!("{} mo", days / 30),
        _ => format!("{} y", days / 365),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::progress::{Entry, How, Item, Rating, Review};

    const NOW: Now = Now {
        secs: 20_000 * DAY + 9 * 3_600,
        offset_secs: 0,
    };

    fn reviewed(days_ago: &[u64], rating: Rating) -> (Catalog, Progress) {
        let catalog = Catalog::built_in();
        let mut progress = Progress::default();
        let drills = catalog.drills();
        for (days_ago, (_, drill)) in days_ago.iter().zip(drills) {
            progress.apply(&Entry::Review {
                item: Item::drill(&drill.id),
                review: Review {
                    at: NOW.secs - days_ago * DAY,
                    rating,
                    how: How::Graded,
                },
                replaces: false,
            });
        }
        (catalog, progress)
    }

    #[test]
    fn a_streak_goes_up_to_today_or_yesterday_and_no_further() {
        for (days_ago, streak) in [
            (&[0, 1, 2][..], 3),
            (&[1, 2, 4], 2),
            (&[2, 3], 0),
            (&[0], 1),
            (&[], 0),
        ] {
            let (_, progress) = reviewed(days_ago, Rating::Good);
            assert_eq!(super::streak(&progress, NOW), streak, "{days_ago:?}");
        }
    }

    #[test]
    fn what_is_late_counts_today_and_the_rest_on_its_day() {
        // Good brings back after two days, for the first time.
        let (catalog, progress) = reviewed(&[0, 1, 1, 2, 30], Rating::Good);
        let standing = Standing::of(&catalog, &progress, NOW);
        assert_eq!(standing.forecast, [2, 2, 1, 0, 0, 0, 0]);
        assert_eq!(standing.due_today(), 2);
        assert_eq!(standing.done_today, 1);
        let sum = |count: fn(&Topic) -> u32| standing.topics.iter().map(count).sum::<u32>();
        assert_eq!((sum(|t| t.seen), sum(|t| t.due)), (5, 2));
        assert_eq!(
            sum(|t| t.known),
            4,
            "after two days it is nine tenths likely"
        );
        let all = along_the_path(&catalog).len() as u32;
        assert_eq!(sum(|t| t.items), all);
    }

    #[test]
    fn intervals_are_one_word_each() {
        for (secs, text) in [
            (600, "10 min"),
            (7_200, "2 h"),
            (DAY, "1 d"),
            (59 * DAY, "59 d"),
            (90 * DAY, "3 mo"),
            (800 * DAY, "2 y"),
        ] {
            assert_eq!(interval_text(secs), text);
        }
    }
}
