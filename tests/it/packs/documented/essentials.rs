//! The facts of the essentials: posts, wide-column tables, entities of ticketing, the graph.

use super::checks::{
    check_condition, check_default, check_documented_tables, check_every_table_has_a_key,
    check_holds, check_indexes, check_keys, check_layout, check_no_index, check_relations,
    check_type, check_uniques, table,
};
use crate::support::{built, rows};

#[test]
fn posts_are_as_documented_normalized_and_denormalized() {
    let id = "posts";
    check_documented_tables(
        id,
        &[
            "users(id SERIAL, username VARCHAR(50), email VARCHAR(255), created_at TIMESTAMP)",
            "posts(id, user_id, content, created_at)",
            "likes(user_id, post_id, created_at)",
            // Both are called posts in the document.
            "posts_denormalized(id, user_id, username, email, content, created_at)",
            "posts_with_counter(id, content, like_count)",
        ],
    );
    check_keys(id, &["users(id)", "posts(id)", "likes(user_id, post_id)"]);
    check_uniques(id, "users", &["username", "email"]);
    for column in ["username", "email"] {
        let column = table(id, "users").column(column).expect("a column");
        assert!(!column.nullable, "{}", column.name);
    }
    check_default(id, "users", "created_at", "NOW()");
    check_relations(
        id,
        true,
        &[
            "likes(post_id) -> posts(id)",
            "likes(user_id) -> users(id)",
            "posts(user_id) -> users(id)",
        ],
    );
    check_relations(
        id,
        false,
        &[
            "posts_denormalized(id) -> posts(id)",
            "posts_denormalized(user_id) -> users(id)",
            "posts_with_counter(id) -> posts(id)",
        ],
    );
    check_indexes(
        id,
        &[
            "posts: created_at",
            "posts: user_id",
            "posts: user_id, created_at",
        ],
    );
}

#[test]
fn server_metrics_are_as_documented_with_their_partition_key() {
    let id = "server_metrics";
    check_documented_tables(
        id,
        &[
            "server_metrics(server_id TEXT, metric_date DATE, timestamp TIMESTAMP, metric_name TEXT, value DOUBLE)",
        ],
    );
    check_keys(
        id,
        &["server_metrics((server_id, metric_date), timestamp, metric_name)"],
    );
    check_layout(id, "server_metrics", &[]);
    check_no_index(id, &["server_metrics"]);
}

#[test]
fn series_are_a_metric_with_labels_and_points_of_time_and_value() {
    let id = "server_metrics";
    check_holds(id, "series", &["metric_name"]);
    check_holds(id, "series_label", &["label_name", "label_value"]);
    check_holds(id, "points", &["timestamp", "value"]);
}

#[test]
fn points_live_seven_days_minutes_thirty_and_hours_a_year() {
    let id = "server_metrics";
    check_layout(id, "points", &["604800 seconds"]);
    check_layout(id, "points_1m", &["2592000 seconds"]);
    check_layout(id, "points_1h", &["31536000 seconds"]);
    for name in ["points_1m", "points_1h"] {
        check_holds(id, name, &["avg_value", "min_value", "max_value"]);
    }
}

#[test]
fn messages_are_as_documented() {
    let id = "chat";
    check_documented_tables(
        id,
        &["messages(conversation_id TEXT, sent_at TIMESTAMP, sender_id TEXT, content TEXT)"],
    );
    check_keys(id, &["messages(conversation_id, sent_at)"]);
    check_layout(id, "messages", &[]);
    check_no_index(id, &["messages"]);
    check_relations(id, true, &[]);
}

#[test]
fn user_activity_is_as_documented_newest_first_in_a_partition() {
    let id = "user_activity";
    check_documented_tables(id, &["user_activity(user_id, timestamp, event_type, data)"]);
    check_keys(id, &["user_activity((user_id), timestamp)"]);
    check_layout(id, "user_activity", &["order timestamp DESC"]);
    check_no_index(id, &["user_activity"]);
    check_relations(id, true, &[]);
}

#[test]
fn sparse_columns_stand_as_columns_as_rows_and_as_a_document() {
    let id = "user_activity";
    let sparse = [
        "row_key", "name", "email", "phone", "twitter", "linkedin", "github", "blog",
    ];
    check_holds(id, "profile_columns", &sparse);
    check_keys(id, &["profile_columns(row_key)", "profile_json(row_key)"]);
    check_type(id, "profile_json", "data", "JSON");
    let rows = table(id, "profile_rows");
    assert!(rows.is_in_primary_key("row_key"));
    assert!(rows.is_in_primary_key("column_name"));
}

#[test]
fn ticketing_has_the_five_entities_each_with_an_id_of_its_own() {
    let id = "ticketing";
    check_keys(
        id,
        &[
            "users(id)",
            "events(id)",
            "venues(id)",
            "tickets(id)",
            "bookings(id)",
        ],
    );
    check_every_table_has_a_key(id);
}

#[test]
fn the_graph_has_the_documented_nodes_and_arrows() {
    let id = "social_graph";
    check_every_table_has_a_key(id);
    check_condition(id, "nodes", "label IN ('User', 'Post')");
    check_condition(id, "edges", "type IN ('FOLLOWS', 'POSTED', 'LIKED_BY')");
    check_relations(
        id,
        true,
        &["edges(from_id) -> nodes(id)", "edges(to_id) -> nodes(id)"],
    );
    // The planted arrows that go wrong are few.
    let directions = rows(
        &built(id, 2_000, 1, 2),
        "SELECT e.type, mode(f.label || ' to ' || t.label)
         FROM edges AS e JOIN nodes AS f ON f.id = e.from_id JOIN nodes AS t ON t.id = e.to_id
         GROUP BY e.type ORDER BY e.type",
    );
    assert_eq!(
        directions,
        [
            ["FOLLOWS", "User to User"],
            ["LIKED_BY", "Post to User"],
            ["POSTED", "User to Post"],
        ]
    );
}
