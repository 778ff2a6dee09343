//! `@busy`: days and hours by weight, growth, and whole days at both ends.

use crate::support::{check_near, number, rows};

use super::*;

const WEEKDAY: [f64; 7] = [1.0, 2.0, 1.0, 2.0, 1.0, 4.0, 3.0];

/// 300,000 moments between two, as `visit(seen)`.
fn visits(start: &str, now: &str, growth: f64) -> Session {
    let recipe = format!(
        "now = '{now}'
         start = '{start}'
         largest = 'visit'
         [season]
         weekday = {WEEKDAY:?}
         hour = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 6, 6, 6, 6, 0, 0]
         growth = {growth}
         [[step]]
         table = 'visit'
         rows = {{ per = 1 }}
         columns = {{ seen = '@busy(@start, @now)' }}"
    );
    made("CREATE TABLE visit (seen TIMESTAMP)", &recipe, 300_000, 5)
}

/// Every full day has the share of its weekday, no day at an end more than the others.
fn check_days(start: &str, now: &str, tolerance: f64) {
    let session = visits(start, now, 0.0);
    let outside = number(
        &session,
        &format!(
            "SELECT count(*) FROM visit WHERE seen < TIMESTAMP '{start}' OR seen >= TIMESTAMP '{now}'"
        ),
    );
    assert_eq!(outside, 0.0, "{start} to {now}");
    let days = rows(
        &session,
        &format!(
            "SELECT d::DATE::VARCHAR, isodow(d), count(seen)
             FROM range(TIMESTAMP '{start}', TIMESTAMP '{now}', INTERVAL 1 DAY) AS r(d)
             LEFT JOIN visit ON date_trunc('day', seen) = d GROUP BY d ORDER BY d"
        ),
    );
    let weight = |day: &[String]| WEEKDAY[day[1].parse::<usize>().expect("1 to 7") - 1];
    let total: f64 = days.iter().map(|day| weight(day)).sum();
    for day in &days {
        let count: f64 = day[2].parse().expect("a count");
        let expected = 300_000.0 * weight(day) / total;
        assert!(
            (count / expected - 1.0).abs() < tolerance,
            "{start} to {now}: {day:?}, expected about {expected}"
        );
    }
}

#[test]
fn whole_weeks_have_their_days_by_weight() {
    check_days("2026-01-05 00:00:00", "2026-03-30 00:00:00", 0.1);
}

#[test]
fn no_day_near_a_partial_week_gets_a_double_share() {
    // From a Wednesday to a Thursday, a Saturday to a Tuesday, a Sunday to a Sunday. What the
    // partial weeks lack goes to the same weekdays of the others, one part in the number of weeks.
    check_days("2026-01-07 00:00:00", "2026-04-02 00:00:00", 0.2);
    check_days("2026-01-10 00:00:00", "2026-04-07 00:00:00", 0.2);
    check_days("2026-01-11 00:00:00", "2026-05-03 00:00:00", 0.2);
}

#[test]
fn weekdays_and_hours_follow_their_weights() {
    let session = visits("2026-01-07 00:00:00", "2026-06-25 00:00:00", 0.0);
    let share = |condition: &str| {
        number(
            &session,
            &format!("SELECT avg(CASE WHEN {condition} THEN 1 ELSE 0 END) FROM visit"),
        )
    };
    for (day, weight) in WEEKDAY.iter().enumerate() {
        let expected = weight / 14.0;
        let found = share(&format!("isodow(seen) = {}", day + 1));
        check_near(&format!("day {}", day + 1), found, expected, 0.01);
    }
    // 6 of 1, 6 of 2, 6 of 3, 4 of 6 and 2 of 0 make 60.
    check_near("night", share("hour(seen) < 6"), 6.0 / 60.0, 0.004);
    check_near(
        "morning",
        share("hour(seen) BETWEEN 6 AND 11"),
        12.0 / 60.0,
        0.004,
    );
    check_near("nine o'clock", share("hour(seen) = 9"), 2.0 / 60.0, 0.003);
    check_near(
        "evening",
        share("hour(seen) BETWEEN 18 AND 21"),
        24.0 / 60.0,
        0.005,
    );
    check_near("late", share("hour(seen) >= 22"), 0.0, 0.003);
    check_near(
        "first half of an hour",
        share("minute(seen) < 30"),
        0.5,
        0.005,
    );
}

#[test]
fn growth_moves_the_volume_to_the_end() {
    // With growth g a share g is the later of two moments: the first half gets g/4 + (1 - g)/2.
    for growth in [0.0, 0.5, 1.0] {
        let session = visits("2025-01-06 00:00:00", "2026-06-29 00:00:00", growth);
        let first_half = number(
            &session,
            "SELECT avg(CASE WHEN seen < TIMESTAMP '2025-10-02 12:00:00' THEN 1 ELSE 0 END) FROM visit",
        );
        let expected = growth / 4.0 + (1.0 - growth) / 2.0;
        check_near(&format!("growth {growth}"), first_half, expected, 0.02);
    }
}

#[test]
fn a_range_of_hours_is_filled_and_never_left() {
    for (start, now) in [
        ("2026-01-07 10:00:00", "2026-01-07 13:00:00"),
        ("2026-01-11 22:00:00", "2026-01-12 02:00:00"),
        ("2026-01-11 23:59:58", "2026-01-12 00:00:02"),
    ] {
        let session = visits(start, now, 0.5);
        let found = number(
            &session,
            &format!(
                "SELECT count(*) FROM visit WHERE seen >= TIMESTAMP '{start}' AND seen < TIMESTAMP '{now}'"
            ),
        );
        assert_eq!(found, 300_000.0, "{start} to {now}");
        let filled = number(
            &session,
            &format!(
                "SELECT epoch(max(seen) - min(seen)) / (epoch(TIMESTAMP '{now}') - epoch(TIMESTAMP '{start}')) FROM visit"
            ),
        );
        assert!(filled > 0.7, "{start} to {now}: {filled}");
    }
}
