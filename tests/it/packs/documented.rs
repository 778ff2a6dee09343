//! The facts of the documents: tables, columns, relations, hints, in their order.

use crate::support::{built, pack, rows};

/// `table(column, …)` of each table, in documented order.
#[track_caller]
fn check_tables(id: &str, expected: &[&str]) {
    let found: Vec<String> = pack(id)
        .schema
        .tables
        .iter()
        .map(|table| {
            let columns: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
            format!("{}({})", table.name, columns.join(", "))
        })
        .collect();
    assert_eq!(found, expected);
    // What is documented is what is built.
    let session = built(id, 100, 1, 1);
    for table in &pack(id).schema.tables {
        let sql = format!(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = '{}' ORDER BY column_index",
            table.name
        );
        let columns: Vec<String> = rows(&session, &sql)
            .into_iter()
            .map(|mut r| r.remove(0))
            .collect();
        let documented: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(columns, documented, "{}", table.name);
    }
}

/// `from(columns) -> to(columns)` of the declared or implied relations, sorted.
#[track_caller]
fn check_relations(id: &str, declared: bool, expected: &[&str]) {
    let mut found: Vec<String> = pack(id)
        .schema
        .relations
        .iter()
        .filter(|r| r.is_declared() == declared)
        .map(|r| {
            let (from, to) = (r.from_columns.join(", "), r.to_columns.join(", "));
            format!("{}({from}) -> {}({to})", r.from, r.to)
        })
        .collect();
    found.sort();
    assert_eq!(found, expected);
}

/// `column type` as documented, for columns whose type matters.
#[track_caller]
fn check_type(id: &str, table: &str, column: &str, documented: &str) {
    let table = pack(id).schema.table(table).expect("a table");
    let column = table.column(column).expect("a column");
    assert_eq!(column.data_type.documented, documented);
}

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
    let title = pack(id).schema.table("title").expect("a table");
    let active = title.column("is_active").expect("a column");
    assert_eq!(
        active.default.as_deref().map(str::to_uppercase).as_deref(),
        Some("TRUE")
    );
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
    let mut external: Vec<String> = pack(id)
        .external
        .iter()
        .map(|r| {
            format!(
                "{}({}) -> {}.{}",
                r.from,
                r.from_columns.join(", "),
                r.pack,
                r.to
            )
        })
        .collect();
    external.sort();
    assert_eq!(
        external,
        [
            "playback_session(episode_id) -> content_catalog.episode",
            "playback_session(title_id) -> content_catalog.title",
            "resume_state(episode_id) -> content_catalog.episode",
            "resume_state(title_id) -> content_catalog.title",
        ]
    );
    let key = pack(id)
        .schema
        .table("resume_state")
        .and_then(|t| t.primary_key.clone());
    let sql = key.expect("a key").to_sql();
    assert_eq!(sql, "(profile_id, COALESCE(episode_id, title_id))");
}

#[test]
fn engagement_is_as_documented_with_its_partition_and_cluster() {
    let id = "engagement";
    check_tables(
        id,
        &["app_event(profile_id, account_id, region, event_name, event_time, dt)"],
    );
    let table = pack(id).schema.table("app_event").expect("a table");
    let partitions: Vec<&str> = table
        .physical
        .partition_by
        .iter()
        .map(|p| p.sql.as_str())
        .collect();
    assert_eq!(partitions, ["dt"]);
    assert_eq!(table.physical.cluster_by, ["region", "profile_id"]);
    assert_eq!(
        table.primary_key, None,
        "none is documented, none is invented"
    );
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

/// `table: columns` of each index, sorted; each is real in DuckDB as well.
#[track_caller]
fn check_indexes(id: &str, expected: &[&str]) {
    let mut found: Vec<String> = Vec::new();
    for table in &pack(id).schema.tables {
        for index in &table.indexes {
            let parts: Vec<&str> = index.parts.iter().map(|p| p.sql.as_str()).collect();
            found.push(format!("{}: {}", table.name, parts.join(", ")));
        }
    }
    found.sort();
    assert_eq!(found, expected);
    let session = built(id, 100, 1, 1);
    let real = rows(
        &session,
        "SELECT table_name || ': ' || array_to_string(expressions::VARCHAR[], ', ') FROM duckdb_indexes() ORDER BY 1",
    );
    let real: Vec<String> = real
        .into_iter()
        .map(|mut row| row.remove(0).replace('"', ""))
        .collect();
    assert_eq!(real, expected);
}
