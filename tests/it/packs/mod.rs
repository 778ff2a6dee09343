//! The built-in packs hold what their documents say; half-right packs load what is right.

mod broken;
mod documented;
mod labs;
mod recipes;

use std::path::Path;

use crate::support::{catalog, pack};

/// Writes the files of a pack into a folder.
fn write_pack(folder: &Path, files: &[(&str, &str)]) {
    std::fs::create_dir_all(folder).expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("written");
    }
}

#[test]
fn the_catalogue_loads_with_no_problems() {
    assert_eq!(catalog().problems, []);
    let mut ids: Vec<&str> = crate::support::packs().collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        [
            "ab_testing",
            "accounts_devices",
            "billing",
            "chat",
            "commerce_core",
            "content_catalog",
            "ecommerce_analytics",
            "engagement",
            "event_pipeline",
            "governance",
            "metrics",
            "order_events",
            "posts",
            "recommendations",
            "ride_sharing",
            "server_metrics",
            "shop",
            "social_analytics",
            "social_graph",
            "streaming_quality",
            "ticketing",
            "twitter",
            "user_activity",
            "video_analytics",
            "viewing_history",
            "watch_history_sharding",
        ]
    );
}

#[test]
fn every_pack_says_what_it_is_for() {
    for pack in &catalog().packs {
        let id = &pack.id;
        for text in [&pack.title, &pack.summary, &pack.source, &pack.purpose] {
            assert!(!text.trim().is_empty(), "{id}");
        }
        assert!(!pack.requirements.is_empty(), "{id} has requirements");
        assert!(!pack.trade_offs.is_empty(), "{id} has trade-offs");
        assert!(!pack.reviews.is_empty(), "{id} has questions of a reviewer");
        assert!(!pack.concepts.is_empty(), "{id} has concepts");
        assert!(pack.recipe.is_some(), "{id} has a recipe");
        for requirement in &pack.requirements {
            let answered = pack
                .queries
                .iter()
                .any(|q| q.answers.contains(&requirement.id));
            assert!(answered, "{id}: {} has a query", requirement.id);
        }
    }
}

#[test]
fn every_adaptation_speaks_of_a_table_that_is_there() {
    for pack in &catalog().packs {
        for adaptation in &pack.script.adaptations {
            let known = pack.schema.table(&adaptation.table).is_some()
                || pack.schema.views.iter().any(|v| v.name == adaptation.table);
            assert!(known, "{}: {adaptation:?}", pack.id);
        }
    }
}

#[test]
fn every_query_that_must_exist_is_there() {
    for (id, names) in [
        (
            "content_catalog",
            &[
                "season-episodes",
                "localized-listing",
                "titles-by-genre",
                "movies-and-shows",
            ][..],
        ),
        (
            "viewing_history",
            &[
                "continue-watching",
                "rebuild-resume-state",
                "multi-device-history",
                "completion-rate",
            ],
        ),
        (
            "engagement",
            &[
                "dau-by-region",
                "stickiness",
                "build-one-day",
                "session-duration",
            ],
        ),
        (
            "twitter",
            &[
                "recent-tweets-of-author",
                "home-timeline-by-join",
                "home-timeline-by-fan-out",
                "who-follows-me",
                "who-liked-this",
                "counters-against-truth",
            ],
        ),
        (
            "shop",
            &[
                "orders-of-customer",
                "order-total-against-lines",
                "revenue-by-category",
                "charged-twice",
                "payment-by-idempotency-key",
                "low-stock",
            ],
        ),
    ] {
        for name in names {
            let found = pack(id).query(name).is_some();
            let all: Vec<&str> = pack(id).queries.iter().map(|q| q.name.as_str()).collect();
            assert!(found, "{id} has no query {name}: {all:?}");
        }
    }
}
