//! The recipes of the built-in packs.

use crowsfoot::catalog::Fingerprint;
use crowsfoot::datagen::{self, Recipe, Request};
use crowsfoot::engine::Session;
use crowsfoot::prepare;

use crate::support::{built, number, pack, packs, rows};

/// What the tables of a pack add up to.
fn print_of(id: &str, scale: u64, seed: u64, threads: usize) -> Fingerprint {
    let session = built(id, scale, seed, threads);
    prepare::fingerprint(&session, pack(id), Request { scale, seed }).expect("a fingerprint")
}

#[test]
fn a_seed_gives_the_same_rows_on_any_number_of_threads_and_another_seed_other_rows() {
    for id in packs() {
        // Enough rows for several row groups: fewer would all be made by one thread.
        let one = print_of(id, 300_000, 7, 1);
        let four = print_of(id, 300_000, 7, 4);
        assert_eq!(
            one.differences(&four),
            [],
            "{id}: threads make no difference"
        );
        let other = print_of(id, 300_000, 8, 4);
        let largest = &pack(id).recipe.as_ref().expect("a recipe").largest;
        assert_ne!(
            one.table[largest].checksum, other.table[largest].checksum,
            "{id}: the seed makes a difference"
        );
    }
}

/// The queries of a pack whose answer has no row although it should have some.
fn unanswered(session: &Session, id: &str) -> Vec<String> {
    let mut silent = Vec::new();
    for query in pack(id).queries.iter().filter(|q| !q.may_be_empty) {
        let answer = prepare::answer(session, query)
            .unwrap_or_else(|err| unreachable!("{id}, {}: {err}", query.name));
        if answer.iter().all(|batch| batch.num_rows() == 0) {
            silent.push(query.name.clone());
        }
    }
    silent
}

#[test]
fn the_rows_of_every_pack_are_those_whose_fingerprint_is_stored_and_answer_every_query() {
    for id in packs() {
        let stored = pack(id).fingerprint.as_ref().expect("a stored fingerprint");
        assert_eq!(
            stored.table.len(),
            pack(id).schema.tables.len(),
            "{id}: every table is in it"
        );
        let session = built(id, stored.rows, stored.seed, 2);
        let request = Request {
            scale: stored.rows,
            seed: stored.seed,
        };
        let now = prepare::fingerprint(&session, pack(id), request).expect("a fingerprint");
        assert_eq!(stored.differences(&now), [], "{id}");
        assert!(
            unanswered(&session, id).is_empty(),
            "{id}: {:?}",
            unanswered(&session, id)
        );
    }
}

#[test]
fn a_thousand_rows_answer_every_query() {
    for id in packs() {
        let silent = unanswered(&built(id, 1_000, 2, 2), id);
        assert!(silent.is_empty(), "{id}: {silent:?}");
    }
}

#[test]
fn the_largest_table_has_the_rows_that_were_asked_for() {
    for id in packs() {
        let stored = pack(id).fingerprint.as_ref().expect("a stored fingerprint");
        let largest = &pack(id).recipe.as_ref().expect("a recipe").largest;
        let rows = stored.table[largest].rows as f64 / stored.rows as f64;
        assert!((0.88..=1.12).contains(&rows), "{id}: {rows} of {largest}");
        for (name, table) in &stored.table {
            assert!(table.rows > 0, "{id}: {name} is empty");
            assert!(
                table.rows <= stored.table[largest].rows,
                "{id}: {name} is larger than {largest}"
            );
        }
    }
}

#[test]
fn every_promise_about_the_rows_is_kept_at_other_seeds() {
    for id in packs() {
        let recipe = pack(id).recipe.as_ref().expect("a recipe");
        let promises = datagen::promises(recipe, &pack(id).schema).expect("promises");
        let shapes = promises.iter().filter(|p| !p.is_exact).count();
        assert!(shapes >= 3, "{id} has {shapes} expectations");
        let session = built(id, Recipe::EXPECT_FROM, 11, 2);
        for promise in promises {
            let found = number(&session, &promise.sql);
            assert!(
                (promise.low..=promise.high).contains(&found),
                "{id}: {}: {found}, promised is {} to {}",
                promise.text,
                promise.low,
                promise.high
            );
        }
    }
}

#[test]
fn no_event_is_later_than_now() {
    for id in packs() {
        let session = built(id, 20_000, 1, 2);
        let recipe = pack(id).recipe.as_ref().expect("a recipe");
        let columns = rows(
            &session,
            &format!(
                "SELECT column_name FROM duckdb_columns() WHERE table_name = '{}'
                 AND data_type IN ('TIMESTAMP', 'DATE', 'TIMESTAMP WITH TIME ZONE')",
                recipe.largest
            ),
        );
        for column in columns {
            let late = format!(
                "SELECT count(*) FROM {} WHERE \"{}\" > TIMESTAMP '{}'",
                recipe.largest, column[0], recipe.now
            );
            assert_eq!(number(&session, &late), 0.0, "{id}: {column:?}");
        }
    }
}

#[test]
fn tiny_scales_and_large_seeds_can_be_built() {
    for id in packs() {
        let largest = &pack(id).recipe.as_ref().expect("a recipe").largest;
        for (scale, seed) in [(1, 1), (100, u64::MAX)] {
            // What is derived from a handful of rows may have none itself.
            let session = built(id, scale, seed, 1);
            let count = number(&session, &format!("SELECT count(*) FROM {largest}"));
            assert!(
                scale == 1 || count > 0.0,
                "{id} at {scale}: {largest} is empty"
            );
        }
        let session = built(id, 999, 0, 1);
        for table in &pack(id).schema.tables {
            let count = number(
                &session,
                &format!("SELECT count(*) FROM \"{}\"", table.name),
            );
            assert!(count > 0.0, "{id}: {} is empty", table.name);
        }
    }
}
