use std::collections::BTreeSet;
use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::practice::now::DAY;
use crate::practice::progress::Attempt;

const NOW: Now = Now {
    secs: 20_000 * DAY + 9 * 3_600,
    offset_secs: 0,
};

fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(Catalog::built_in)
}

fn items() -> Vec<Item> {
    let items = along_the_path(catalog());
    items.into_iter().map(|(item, _)| item).collect()
}

fn review(item: &Item, at: u64, rating: Rating) -> Entry {
    Entry::Review {
        item: item.clone(),
        review: Review {
            at,
            rating,
            how: How::Oneself,
        },
        replaces: false,
    }
}

fn failed(item: &Item, at: u64) -> Entry {
    Entry::Attempt {
        item: item.clone(),
        attempt: Attempt {
            at,
            ..Attempt::default()
        },
    }
}

/// What somebody may have done: of each touched item some ratings, or a wrong answer today.
fn histories() -> impl Strategy<Value = Vec<Entry>> {
    let one = (
        any::<prop::sample::Index>(),
        0_u64..90,
        0_usize..5,
        1_usize..4,
    );
    prop::collection::vec(one, 0..60).prop_map(|touched| {
        let items = items();
        let mut entries = Vec::new();
        for (index, days_ago, what, times) in touched {
            let item = index.get(&items);
            for time in 0..times {
                let days = days_ago.saturating_sub(time as u64);
                let at = NOW.secs - days * DAY;
                entries.push(match Rating::ALL.get(what) {
                    Some(rating) => review(item, at, *rating),
                    None => failed(item, NOW.secs - 60),
                });
            }
        }
        entries
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_session_is_what_is_due_and_then_what_is_new_within_its_length(
        history in histories(),
        minutes in 1_u32..90,
    ) {
        let progress: Progress = history.iter().collect();
        let planned = plan(catalog(), &progress, NOW, minutes);
        prop_assert!(!planned.is_empty(), "there is always something new");

        let first_new = planned.iter().position(|p| p.why.is_new()).unwrap_or(planned.len());
        prop_assert!(planned.iter().skip(first_new).all(|p| p.why.is_new()));
        if first_new < planned.len() {
            let due = due(catalog(), &progress, NOW);
            prop_assert_eq!(due.len(), first_new, "new things come only when all that is due is in");
        }

        let total: u32 = planned.iter().map(|p| p.minutes).sum();
        prop_assert!(total <= minutes || planned.len() == 1, "{} of {}", total, minutes);

        let distinct: BTreeSet<&Item> = planned.iter().map(|p| &p.item).collect();
        prop_assert_eq!(distinct.len(), planned.len());

        prop_assert_eq!(plan(catalog(), &progress, NOW, minutes), planned);
    }

    #[test]
    fn no_two_of_a_pack_follow_each_other_where_that_can_be(packs in prop::collection::vec(0_u8..5, 0..30)) {
        let items: Vec<Planned> = packs.iter().enumerate().map(|(n, pack)| Planned {
            item: Item::card(format!("c{n}")),
            pack: pack.to_string(),
            why: Why::Unfinished,
            minutes: 1,
        }).collect();
        let placed = apart(items.clone());
        prop_assert_eq!(placed.len(), items.len());
        let count = |pack: &str| items.iter().filter(|p| p.pack == pack).count();
        let most = items.iter().map(|p| count(&p.pack)).max().unwrap_or(0);
        if most <= items.len().div_ceil(2) {
            for pair in placed.windows(2) {
                prop_assert_ne!(&pair[0].pack, &pair[1].pack);
            }
        }
    }
}

#[test]
fn new_things_come_along_the_learning_path() {
    let planned = plan(catalog(), &Progress::default(), NOW, 40);
    let order = items();
    let places: Vec<usize> = planned
        .iter()
        .map(|p| order.iter().position(|i| *i == p.item).expect("there"))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(places[0], 0);
}

#[test]
fn what_is_least_likely_known_comes_first() {
    let items = items();
    let (old, young) = (&items[0], &items[40]);
    let history = [
        review(old, NOW.secs - 60 * DAY, Rating::Good),
        review(young, NOW.secs - 3 * DAY, Rating::Good),
    ];
    let progress: Progress = history.iter().collect();
    let due = due(catalog(), &progress, NOW);
    let order: Vec<&Item> = due.iter().map(|p| &p.item).collect();
    assert_eq!(order, [old, young]);
    assert!(
        matches!(due[0].why, Why::Due { late_days: 58, .. }),
        "{:?}",
        due[0]
    );
}

#[test]
fn a_drill_left_with_a_wrong_answer_is_rated_the_day_after() {
    let item = Item::drill(&catalog().drills()[0].1.id);
    let mut progress = Progress::default();
    progress.apply(&failed(&item, NOW.secs));
    assert!(left_over(&progress, NOW).is_empty(), "the day is not over");
    assert_eq!(due(catalog(), &progress, NOW)[0].why, Why::Unfinished);

    let tomorrow = Now {
        secs: NOW.secs + DAY,
        ..NOW
    };
    let owed = left_over(&progress, tomorrow);
    assert_eq!(
        owed,
        [Entry::Review {
            item: item.clone(),
            review: Review {
                at: NOW.secs,
                rating: Rating::Again,
                how: How::Graded,
            },
            replaces: false,
        }]
    );
    progress.apply(&owed[0]);
    assert!(left_over(&progress, tomorrow).is_empty(), "once");
    assert!(matches!(
        due(catalog(), &progress, tomorrow)[0].why,
        Why::Due { .. }
    ));
}
