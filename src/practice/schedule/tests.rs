use super::*;
use crate::practice::progress::{Attempt, Entry, How, Item, Progress};

const START: u64 = 20_000 * DAY + 20 * 3_600;

fn at(secs: u64) -> Now {
    Now {
        secs,
        offset_secs: 0,
    }
}

fn reviews(list: &[(u64, Rating)]) -> Vec<Review> {
    let one = |(at, rating): &(u64, Rating)| Review {
        at: *at,
        rating: *rating,
        how: How::Oneself,
    };
    list.iter().map(one).collect()
}

#[test]
fn the_first_intervals_are_those_of_the_model() {
    let first = intervals(&[], at(START));
    assert_eq!(first, [AGAIN_SECS, DAY, 2 * DAY, 8 * DAY]);
}

#[test]
fn intervals_grow_with_every_good_review_and_fall_after_a_lapse() {
    let mut list = vec![(START, Rating::Good)];
    let mut last = 0;
    for _ in 0..6 {
        let memory = Memory::of(&reviews(&list)).expect("reviewed");
        let interval = memory.due_at - memory.reviewed_at;
        assert!(interval > last, "{interval} after {last}");
        last = interval;
        list.push((memory.due_at, Rating::Good));
    }
    let (at, _) = list.pop().expect("one more");
    list.push((at, Rating::Again));
    list.push((at + AGAIN_SECS, Rating::Good));
    let lapsed = Memory::of(&reviews(&list)).expect("reviewed");
    assert!(lapsed.due_at - lapsed.reviewed_at < last / 2);
}

#[test]
fn better_ratings_never_come_back_sooner() {
    let mut list = Vec::new();
    for step in 0..8 {
        let now = at(START + step * 5 * DAY);
        let [again, hard, good, easy] = intervals(&reviews(&list), now);
        assert!(again <= hard && hard <= good && good <= easy, "{step}");
        list.push((now.secs, Rating::ALL[step as usize % 4]));
    }
}

#[test]
fn likely_known_falls_to_nine_tenths_by_the_day_it_comes_back() {
    let memory = Memory::of(&reviews(&[(START, Rating::Easy)])).expect("reviewed");
    assert!((memory.retrievability(at(START)) - 1.0).abs() < 1e-6);
    let then = memory.retrievability(at(memory.due_at));
    assert!((0.88..=0.92).contains(&then), "{then}");
    assert!(memory.is_known(at(START + DAY)));
    assert!(!memory.is_known(at(START + 30 * DAY)));
}

#[test]
fn what_was_not_known_is_not_known_though_it_was_seen_just_now() {
    let memory = Memory::of(&reviews(&[(START, Rating::Again)])).expect("reviewed");
    assert!(!memory.is_known(at(START)));
    assert_eq!(memory.due_at, START + AGAIN_SECS);
    assert!(memory.is_due(at(START)), "in the same session");
}

#[test]
fn a_morning_session_has_what_was_learned_the_evening_before() {
    let memory = Memory::of(&reviews(&[(START, Rating::Hard)])).expect("reviewed");
    assert_eq!(memory.due_at, START + DAY);
    assert!(!memory.is_due(at(START + 3 * 3_600)));
    assert!(memory.is_due(at(START + 12 * 3_600)));
}

#[test]
fn a_practice_some_minutes_earlier_than_the_day_before_counts_a_day() {
    assert_eq!(elapsed_days(START, START + DAY - 600), 1);
    assert_eq!(elapsed_days(START, START + 600), 0);
    assert_eq!(elapsed_days(START, START + 10 * DAY + 600), 10);
}

#[test]
fn a_clock_that_was_set_back_breaks_nothing() {
    assert_eq!(elapsed_days(START, START - 100 * DAY), 0);
    assert_eq!(elapsed_days(0, u64::MAX), u32::MAX);
    let list = reviews(&[
        (START, Rating::Good),
        (START - 50 * DAY, Rating::Good),
        (0, Rating::Easy),
        (u64::MAX, Rating::Good),
    ]);
    let memory = Memory::of(&list).expect("reviewed");
    let known = memory.retrievability(at(START));
    assert!((0.0..=1.0).contains(&known));
    for now in [0, START, u64::MAX] {
        intervals(&list, at(now));
        assert!(memory.due_at >= memory.reviewed_at);
    }
}

#[test]
fn what_is_remembered_is_a_function_of_the_reviews() {
    let list = reviews(&[(START, Rating::Good), (START + 3 * DAY, Rating::Hard)]);
    assert_eq!(Memory::of(&list), Memory::of(&list.clone()));
    assert_eq!(Memory::of(&[]), None);
}

/// A record of attempts at those seconds after the start, with hints and seconds on the clock.
fn drilled(attempts: &[(u64, bool)], hints: usize, seconds: u64) -> Record {
    let item = Item::drill("d");
    let mut progress = Progress::default();
    for (after, passed) in attempts {
        progress.apply(&Entry::Attempt {
            item: item.clone(),
            attempt: Attempt {
                at: START + after,
                passed: *passed,
                seconds,
                hints,
                ..Attempt::default()
            },
        });
    }
    progress.record_or_empty(&item).clone()
}

#[test]
fn a_drill_is_rated_by_hints_time_and_wrong_answers() {
    let now = at(START + 60);
    for (record, rating) in [
        (drilled(&[(0, true)], 0, 200), Rating::Easy),
        (drilled(&[(0, true)], 0, 400), Rating::Good),
        (drilled(&[(0, true)], 0, 601), Rating::Hard),
        (drilled(&[(0, true)], 1, 100), Rating::Hard),
        (drilled(&[(0, false), (9, true)], 0, 100), Rating::Hard),
    ] {
        assert_eq!(
            rating_of(&record, record.seconds, 10, now),
            rating,
            "{record:?}"
        );
    }
    // Yesterday's wrong answer was rated yesterday.
    let now = at(START + DAY);
    let record = drilled(&[(0, false), (DAY, true)], 0, 400);
    assert_eq!(rating_of(&record, record.seconds, 10, now), Rating::Good);
}

#[test]
fn a_cards_rating_is_suggested_by_the_points_its_answer_had() {
    for (ticked, points, rating) in [
        (0, 0, Rating::Good),
        (0, 10, Rating::Again),
        (3, 10, Rating::Again),
        (4, 10, Rating::Hard),
        (6, 10, Rating::Hard),
        (7, 10, Rating::Good),
        (9, 10, Rating::Good),
        (10, 10, Rating::Easy),
    ] {
        assert_eq!(suggested(ticked, points), rating, "{ticked} of {points}");
    }
}
