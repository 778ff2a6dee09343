//! The recipes of the built-in packs.

use crate::support::{PACKS, built, number, pack, rows, value};

use super::*;

/// Count and checksum of every table of a pack.
fn checksums(session: &Session, id: &str) -> Vec<(String, String, String)> {
    let tables = pack(id).schema.tables.iter();
    tables
        .map(|table| {
            let sql = format!(
                "SELECT count(*), coalesce(sum(hash(t::VARCHAR)::HUGEINT), 0)::VARCHAR FROM {} AS t",
                table.name
            );
            let row = rows(session, &sql).remove(0);
            (table.name.clone(), row[0].clone(), row[1].clone())
        })
        .collect()
}

#[test]
fn a_seed_gives_the_same_rows_on_any_number_of_threads_and_another_seed_other_rows() {
    for id in PACKS {
        let one = checksums(&built(id, 8_000, 7, 1), id);
        let two = checksums(&built(id, 8_000, 7, 2), id);
        assert_eq!(one, two, "{id}: threads make no difference");
        let other = checksums(&built(id, 8_000, 8, 2), id);
        let largest = &pack(id).recipe.as_ref().expect("a recipe").largest;
        let of = |sums: &[(String, String, String)]| {
            let found = sums.iter().find(|(name, _, _)| name == largest);
            found.expect("the largest table").2.clone()
        };
        assert_ne!(of(&one), of(&other), "{id}: the seed makes a difference");
    }
}

#[test]
fn the_largest_table_has_the_rows_that_were_asked_for_and_nothing_is_later_than_now() {
    for id in PACKS {
        let session = built(id, 100_000, 1, 2);
        let recipe = pack(id).recipe.as_ref().expect("a recipe");
        let largest = number(
            &session,
            &format!("SELECT count(*) FROM {}", recipe.largest),
        );
        assert!(
            (85_000.0..=115_000.0).contains(&largest),
            "{id}: {} has {largest} rows",
            recipe.largest
        );
        for table in &pack(id).schema.tables {
            let count = number(&session, &format!("SELECT count(*) FROM {}", table.name));
            assert!(count > 0.0, "{id}: {} is empty", table.name);
            assert!(
                count <= largest,
                "{id}: {} is larger than {}",
                table.name,
                recipe.largest
            );
        }
        nothing_is_later_than_now(&session, id, &recipe.now);
        popular_rows_are_popular(&session, id);
    }
}

fn nothing_is_later_than_now(session: &Session, id: &str, now: &str) {
    let columns = rows(
        session,
        "SELECT table_name, column_name FROM duckdb_columns()
         WHERE NOT internal AND data_type IN ('TIMESTAMP', 'DATE', 'TIMESTAMP WITH TIME ZONE')",
    );
    assert!(!columns.is_empty(), "{id} has a moment somewhere");
    for column in columns {
        let late = format!(
            "SELECT count(*) FROM {} WHERE {} > TIMESTAMP '{now}'",
            column[0], column[1]
        );
        assert_eq!(value(session, &late), "0", "{id}: {column:?}");
    }
}

/// The share of the rows that speak of the most popular hundredth of another table.
fn popular_rows_are_popular(session: &Session, id: &str) {
    let (from, column, to) = match id {
        "content_catalog" => ("title_genre", "genre_id", "genre"),
        "engagement" => (
            "app_event",
            "profile_id",
            "(SELECT DISTINCT profile_id FROM app_event)",
        ),
        "shop" => ("order_items", "product_id", "products"),
        "twitter" => ("follows", "followee_id", "users"),
        _ => (
            "playback_session",
            "title_id",
            "(SELECT DISTINCT title_id FROM playback_session)",
        ),
    };
    let top = (number(session, &format!("SELECT count(*) FROM {to}")) / 100.0).ceil();
    let share = number(
        session,
        &format!(
            "SELECT (SELECT sum(n) FROM (SELECT count(*) AS n FROM {from} GROUP BY {column} ORDER BY n DESC LIMIT {top}))
             / (SELECT count(*) FROM {from})"
        ),
    );
    // An even spread would give one hundredth (of 24 genres: one twenty-fourth).
    let fair = if id == "content_catalog" {
        1.0 / 24.0
    } else {
        0.01
    };
    assert!(share > 3.0 * fair, "{id}: the top 1 % of {to} gets {share}");
}

#[test]
fn small_scales_and_large_seeds_can_be_built() {
    for id in PACKS {
        for (scale, seed) in [(1, 1), (50, u64::MAX), (999, 0)] {
            let session = built(id, scale, seed, 1);
            for table in &pack(id).schema.tables {
                let count = number(&session, &format!("SELECT count(*) FROM {}", table.name));
                assert!(count > 0.0, "{id} at {scale}: {} is empty", table.name);
            }
        }
    }
}
