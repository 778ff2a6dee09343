//! The facts of the documents: tables, columns, relations, hints, in their order.

mod checks;
mod essentials;
mod modeling;
mod practices;
mod scale;
mod streaming;

use crate::support::pack;

use checks::{
    check_default, check_external, check_indexes, check_keys, check_layout, check_relations,
    check_tables, check_type,
};

#[test]
fn the_content_catalog_is_as_documented() {
    let id = "content_catalog";
    check_tables(
        id,
        &[
            "title(title_id, type, release_date, maturity_rating, production_country, is_active)",
            "season(season_id, title_id, season_number)",
            "episode(episode_id, title_id, season_id, episode_number, duration_sec)",
            "genre(genre_id, name)",
            "title_genre(title_id, genre_id)",
            "localized_metadata(object_type, object_id, locale, localized_title, localized_description)",
        ],
    );
    check_relations(
        id,
        true,
        &[
            "episode(season_id) -> season(season_id)",
            "episode(title_id) -> title(title_id)",
            "season(title_id) -> title(title_id)",
            "title_genre(genre_id) -> genre(genre_id)",
            "title_genre(title_id) -> title(title_id)",
        ],
    );
    // The documented layout is said in words: nothing in the DDL.
    check_type(id, "title", "type", "STRING");
    check_type(id, "genre", "genre_id", "INT");
    check_default(id, "title", "is_active", "TRUE");
}

#[test]
fn the_viewing_history_is_as_documented() {
    let id = "viewing_history";
    check_tables(
        id,
        &[
            "account(account_id)",
            "profile(profile_id, account_id, maturity_setting, country_code)",
            "device(device_id, device_type, os_version)",
            "playback_session(session_id, profile_id, device_id, title_id, episode_id, started_at, ended_at)",
            "playback_event(session_id, event_time, event_type, position_sec, bitrate_kbps)",
            "resume_state(profile_id, title_id, episode_id, last_position_sec, last_update)",
        ],
    );
    check_relations(
        id,
        true,
        &[
            "playback_session(device_id) -> device(device_id)",
            "playback_session(profile_id) -> profile(profile_id)",
            "profile(account_id) -> account(account_id)",
        ],
    );
    check_relations(
        id,
        false,
        &[
            "playback_event(session_id) -> playback_session(session_id)",
            "resume_state(profile_id) -> profile(profile_id)",
        ],
    );
    check_external(
        id,
        &[
            "playback_session(episode_id) -> content_catalog.episode",
            "playback_session(title_id) -> content_catalog.title",
            "resume_state(episode_id) -> content_catalog.episode",
            "resume_state(title_id) -> content_catalog.title",
        ],
    );
    check_keys(
        id,
        &["resume_state(profile_id, COALESCE(episode_id, title_id))"],
    );
}

#[test]
fn engagement_is_as_documented_with_its_partition_and_cluster() {
    let id = "engagement";
    check_tables(
        id,
        &["app_event(profile_id, account_id, region, event_name, event_time, dt)"],
    );
    check_layout(
        id,
        "app_event",
        &["partition dt DATE", "cluster region, profile_id"],
    );
    // No key is documented, none is invented.
    check_keys(id, &["app_event"]);
    let views: Vec<&str> = pack(id)
        .schema
        .views
        .iter()
        .map(|v| v.name.as_str())
        .collect();
    assert_eq!(views, ["dau_by_region"]);
    assert_eq!(pack(id).schema.views[0].reads, ["app_event"]);
    check_type(id, "app_event", "dt", "DATE");
}

#[test]
fn twitter_is_as_documented() {
    let id = "twitter";
    check_tables(
        id,
        &[
            "users(id, username, email, display_name, bio, created_at)",
            "tweets(id, user_id, content, created_at, like_count, retweet_count)",
            "follows(follower_id, followee_id, created_at)",
            "likes(user_id, tweet_id, created_at)",
        ],
    );
    check_relations(
        id,
        true,
        &[
            "follows(followee_id) -> users(id)",
            "follows(follower_id) -> users(id)",
            "likes(tweet_id) -> tweets(id)",
            "likes(user_id) -> users(id)",
            "tweets(user_id) -> users(id)",
        ],
    );
    check_indexes(
        id,
        &[
            "follows: followee_id",
            "likes: tweet_id",
            "tweets: created_at",
            "tweets: user_id",
            "tweets: user_id, created_at",
            "users: username",
        ],
    );
}

#[test]
fn the_shop_is_as_documented() {
    let id = "shop";
    check_tables(
        id,
        &[
            "users(id, email, password_hash, created_at)",
            "categories(id, name)",
            "products(id, name, description, price, inventory_count, category_id, created_at)",
            "orders(id, user_id, status, total_amount, created_at)",
            "order_items(id, order_id, product_id, quantity, unit_price)",
            "payments(id, order_id, amount, status, payment_method, idempotency_key, created_at)",
        ],
    );
    check_relations(
        id,
        true,
        &[
            "order_items(order_id) -> orders(id)",
            "order_items(product_id) -> products(id)",
            "orders(user_id) -> users(id)",
            "payments(order_id) -> orders(id)",
            "products(category_id) -> categories(id)",
        ],
    );
    check_indexes(
        id,
        &[
            "order_items: order_id",
            "orders: created_at",
            "orders: user_id",
            "orders: user_id, created_at",
            "products: category_id",
        ],
    );
}
