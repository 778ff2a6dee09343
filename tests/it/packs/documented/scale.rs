//! The facts of the pipeline, the layouts and the guardrails of the streaming service,
//! most of which the documents give in words.

use super::checks::{
    check_condition, check_documented_tables, check_every_table_has_a_key, check_holds, check_keys,
    check_layout, check_related, check_relations_of, columns_in_duckdb, layout, table,
};
use crate::support::{built, pack, rows};

#[test]
fn bronze_takes_the_three_topics_by_day_and_has_no_key() {
    let id = "event_pipeline";
    let topics = rows(
        &built(id, 100, 1, 1),
        "SELECT DISTINCT topic FROM schema_version ORDER BY topic",
    );
    assert_eq!(
        topics,
        [["app_events"], ["billing_events"], ["playback_events"]]
    );
    for name in [
        "bronze_playback_events",
        "bronze_app_events",
        "bronze_billing_events",
    ] {
        check_keys(id, &[name]);
        check_holds(id, name, &["message_key", "payload", "dt"]);
        let layout = layout(id, name);
        assert!(
            layout.contains(&"partition dt DATE".to_owned()),
            "{layout:?}"
        );
    }
}

#[test]
fn messages_are_keyed_by_session_and_by_profile() {
    let session = built("event_pipeline", 2_000, 1, 2);
    for (silver, key, bronze) in [
        (
            "silver_playback_event",
            "session_id",
            "bronze_playback_events",
        ),
        ("silver_app_event", "profile_id", "bronze_app_events"),
    ] {
        let sql = format!(
            "SELECT count(*) > 0, count(m.message_key) = count(*) FROM {silver} AS s
             LEFT JOIN (SELECT DISTINCT message_key FROM {bronze}) AS m ON m.message_key = CAST(s.{key} AS VARCHAR)"
        );
        assert_eq!(rows(&session, &sql), [["true", "true"]], "{silver}");
    }
}

#[test]
fn silver_knows_an_event_by_session_and_time_and_joins_country_and_device() {
    let id = "event_pipeline";
    check_keys(id, &["silver_playback_event(session_id, event_time)"]);
    check_holds(
        id,
        "silver_playback_event",
        &["country_code", "device_id", "device_type"],
    );
    check_related(
        id,
        &[
            "silver_playback_event(country_code) -> dim_country(country_code)",
            "silver_playback_event(device_id) -> dim_device(device_id)",
        ],
    );
}

#[test]
fn gold_holds_the_documented_aggregates() {
    let id = "event_pipeline";
    check_documented_tables(
        id,
        &[
            "resume_state(profile_id BIGINT, title_id BIGINT, episode_id BIGINT, last_position_sec INT, \
             last_update TIMESTAMP)",
            "dau_by_region(dt, region, dau)",
            "qos_session_summary(session_id, start_time, end_time, rebuffer_count, rebuffer_time_sec, avg_bitrate)",
        ],
    );
    check_keys(
        id,
        &[
            "resume_state(profile_id, COALESCE(episode_id, title_id))",
            // What their queries group by.
            "dau_by_region(dt, region)",
            "qos_session_summary(session_id)",
        ],
    );
    check_layout(id, "resume_state", &[]);
}

#[test]
fn watch_history_keeps_the_tables_of_the_viewing_history() {
    let id = "watch_history_sharding";
    check_documented_tables(
        id,
        &[
            "account(account_id BIGINT)",
            "profile(profile_id BIGINT, account_id BIGINT, maturity_setting STRING, country_code STRING)",
            "playback_session(session_id STRING, profile_id BIGINT, device_id STRING, title_id BIGINT, \
             episode_id BIGINT, started_at TIMESTAMP, ended_at TIMESTAMP)",
            "playback_event(session_id STRING, event_time TIMESTAMP, event_type STRING, position_sec INT, \
             bitrate_kbps INT, dt DATE)",
        ],
    );
    check_keys(
        id,
        &[
            "account(account_id)",
            "profile(profile_id)",
            "playback_session(session_id)",
            "playback_event(session_id, event_time)",
        ],
    );
    let tables = ["account", "profile", "playback_session", "playback_event"];
    check_relations_of(
        id,
        true,
        &tables,
        &[
            "playback_session(profile_id) -> profile(profile_id)",
            "profile(account_id) -> account(account_id)",
        ],
    );
    check_related(
        id,
        &["playback_event(session_id) -> playback_session(session_id)"],
    );
}

#[test]
fn playback_events_lie_by_day_and_session_and_once_more_in_256_buckets() {
    let id = "watch_history_sharding";
    check_layout(
        id,
        "playback_event",
        &["partition dt DATE", "cluster session_id"],
    );
    let bucketed = "playback_event_bucketed";
    check_layout(id, bucketed, &["cluster profile_id", "256 buckets"]);
    // What is bucketed is the event with the profile that it is joined and summed by.
    let event = table(id, "playback_event");
    let copied: Vec<&str> = event.columns.iter().map(|c| c.name.as_str()).collect();
    let copied: Vec<&str> = copied.into_iter().filter(|c| *c != "dt").collect();
    check_holds(id, bucketed, &copied);
    check_related(
        id,
        &["playback_event_bucketed(profile_id) -> profile(profile_id)"],
    );
}

#[test]
fn every_documented_shard_key_can_be_compared() {
    let id = "watch_history_sharding";
    let columns = columns_in_duckdb(&built(id, 100, 1, 1), "profile_placement");
    for key in ["shard_by_profile", "shard_by_account", "shard_by_region"] {
        assert!(columns.contains(&key.to_owned()), "{key}: {columns:?}");
    }
    // Consistent hashing, and hot keys: the profile with a salt.
    check_holds(id, "shard_ring", &["from_point", "to_point", "shard_id"]);
    check_holds(id, "salted_key", &["profile_id", "salts"]);
}

#[test]
fn personal_data_stand_in_the_vault_only_and_are_reached_by_a_surrogate() {
    let id = "governance";
    let personal = ["email", "payment_token"];
    check_holds(id, "pii_vault", &personal);
    for table in &pack(id).schema.tables {
        for column in personal {
            let is_there = table.column(column).is_some();
            assert_eq!(is_there, table.name == "pii_vault", "{}", table.name);
        }
    }
    check_related(id, &["account(pii_key) -> pii_vault(pii_key)"]);
}

#[test]
fn plans_and_regions_keep_their_history() {
    let id = "governance";
    let history = ["effective_from", "effective_to", "is_current"];
    check_holds(id, "dim_plan", &history);
    check_holds(id, "dim_account", &history);
    check_holds(id, "dim_account", &["account_id", "plan_id", "region"]);
    // Several versions of one thing: its own id cannot be the key.
    for (name, own) in [("dim_plan", "plan_id"), ("dim_account", "account_id")] {
        let table = table(id, name);
        assert!(table.primary_key.is_some(), "{name}");
        assert!(!table.is_unique(&[own.to_owned()]), "{name}({own})");
    }
}

#[test]
fn expectations_fail_open_or_closed_by_table() {
    let id = "governance";
    check_keys(id, &["data_contract(table_name)"]);
    check_condition(
        id,
        "data_contract",
        "on_failure IN ('fail_open', 'fail_closed')",
    );
    check_related(
        id,
        &[
            "expectation(table_name) -> data_contract(table_name)",
            "expectation_result(expectation_id) -> expectation(expectation_id)",
        ],
    );
}

#[test]
fn backfills_name_their_partitions_and_leave_a_lineage() {
    let id = "governance";
    check_holds(id, "backfill_run", &["table_name", "dt_from", "dt_to"]);
    check_keys(id, &["backfill_partition(backfill_id, dt)"]);
    check_related(
        id,
        &["backfill_partition(backfill_id) -> backfill_run(backfill_id)"],
    );
    check_every_table_has_a_key(id);
}
