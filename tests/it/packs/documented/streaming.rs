//! The facts of the streaming service's tables.

use super::checks::{
    check_documented_tables, check_external, check_keys, check_layout, check_no_index,
    check_relations, check_tables,
};

#[test]
fn recommendations_are_as_documented() {
    let id = "recommendations";
    check_tables(
        id,
        &[
            "item_item_edge(src_title_id BIGINT, dst_title_id BIGINT, score DOUBLE, model VARCHAR, \
             model_version STRING, computed_at TIMESTAMP)",
            "personalized_recs(profile_id BIGINT, context STRING, rank INT, title_id BIGINT, score DOUBLE, \
             model STRING, model_version STRING, generated_at TIMESTAMP)",
            "feature_store_items(title_id BIGINT, embedding VECTOR(256))",
        ],
    );
    check_keys(
        id,
        &[
            "item_item_edge(src_title_id, dst_title_id, model, model_version)",
            "personalized_recs(profile_id, context, rank, generated_at)",
            "feature_store_items(title_id)",
        ],
    );
    check_relations(id, true, &[]);
    check_relations(
        id,
        false,
        &[
            "item_item_edge(dst_title_id) -> feature_store_items(title_id)",
            "item_item_edge(src_title_id) -> feature_store_items(title_id)",
            "personalized_recs(title_id) -> feature_store_items(title_id)",
        ],
    );
    check_external(
        id,
        &[
            "feature_store_items(title_id) -> content_catalog.title",
            "item_item_edge(dst_title_id) -> content_catalog.title",
            "item_item_edge(src_title_id) -> content_catalog.title",
            "personalized_recs(profile_id) -> viewing_history.profile",
            "personalized_recs(title_id) -> content_catalog.title",
        ],
    );
    for table in ["item_item_edge", "personalized_recs", "feature_store_items"] {
        check_layout(id, table, &[]);
        check_no_index(id, &[table]);
    }
}

#[test]
fn accounts_profiles_and_devices_are_as_documented() {
    let id = "accounts_devices";
    check_tables(
        id,
        &[
            "account(account_id BIGINT, created_at TIMESTAMP, home_country STRING, billing_currency STRING)",
            "profile(profile_id BIGINT, account_id BIGINT, name STRING, is_kids BOOLEAN, \
             language_pref STRING, created_at TIMESTAMP)",
            "device(device_id STRING, account_id BIGINT, device_type STRING, registered_at TIMESTAMP)",
            "profile_device_link(profile_id BIGINT, device_id STRING)",
        ],
    );
    check_keys(
        id,
        &[
            "account(account_id)",
            "profile(profile_id)",
            "device(device_id)",
            "profile_device_link(profile_id, device_id)",
        ],
    );
    check_relations(
        id,
        true,
        &[
            "device(account_id) -> account(account_id)",
            "profile(account_id) -> account(account_id)",
            "profile_device_link(device_id) -> device(device_id)",
            "profile_device_link(profile_id) -> profile(profile_id)",
        ],
    );
    check_relations(id, false, &[]);
    check_external(id, &[]);
    for table in ["account", "profile", "device", "profile_device_link"] {
        check_layout(id, table, &[]);
        check_no_index(id, &[table]);
    }
}

#[test]
fn billing_is_as_documented() {
    let id = "billing";
    check_tables(
        id,
        &[
            "plan(plan_id STRING, price_cents INT, currency STRING, max_screens INT, hdr BOOLEAN, \
             ads_supported BOOLEAN)",
            "subscription(subscription_id BIGINT, account_id BIGINT, plan_id STRING, status STRING, \
             start_date DATE, end_date DATE)",
            "promotion(promo_code STRING, discount_type STRING, discount_value DOUBLE, start_date DATE, \
             end_date DATE)",
            "subscription_event(event_id BIGINT, subscription_id BIGINT, event_time TIMESTAMP, \
             event_type STRING, old_plan_id STRING, new_plan_id STRING, note STRING)",
            "invoice(invoice_id BIGINT, account_id BIGINT, period_start DATE, period_end DATE, \
             amount_due_cents INT, currency STRING, promo_code STRING, created_at TIMESTAMP, status STRING)",
            "payment(payment_id BIGINT, invoice_id BIGINT, amount_cents INT, currency STRING, \
             method STRING, status STRING, created_at TIMESTAMP)",
        ],
    );
    check_keys(
        id,
        &[
            "plan(plan_id)",
            "subscription(subscription_id)",
            "promotion(promo_code)",
            "subscription_event(event_id)",
            "invoice(invoice_id)",
            "payment(payment_id)",
        ],
    );
    check_relations(
        id,
        true,
        &[
            "invoice(promo_code) -> promotion(promo_code)",
            "payment(invoice_id) -> invoice(invoice_id)",
            "subscription(plan_id) -> plan(plan_id)",
            "subscription_event(subscription_id) -> subscription(subscription_id)",
        ],
    );
    check_relations(
        id,
        false,
        &[
            "subscription_event(new_plan_id) -> plan(plan_id)",
            "subscription_event(old_plan_id) -> plan(plan_id)",
        ],
    );
    check_external(
        id,
        &[
            "invoice(account_id) -> accounts_devices.account",
            "subscription(account_id) -> accounts_devices.account",
        ],
    );
    for table in ["plan", "subscription", "subscription_event", "invoice"] {
        check_layout(id, table, &[]);
        check_no_index(id, &[table]);
    }
}

#[test]
fn experiments_are_as_documented_and_assignments_are_partitioned() {
    let id = "ab_testing";
    // The pack repeats the profiles that are assigned.
    check_documented_tables(
        id,
        &[
            "experiment(exp_id STRING, name STRING, start_time TIMESTAMP, end_time TIMESTAMP, \
             unit STRING, primary_kpi STRING)",
            "variant(exp_id STRING, variant_id STRING, traffic_pct DOUBLE)",
            "assignment(exp_id STRING, unit_id STRING, variant_id STRING, assigned_at TIMESTAMP)",
            "kpi_outcome(exp_id STRING, unit_id STRING, metric_date DATE, kpi_name STRING, kpi_value DOUBLE)",
        ],
    );
    check_keys(
        id,
        &[
            "experiment(exp_id)",
            "variant(exp_id, variant_id)",
            "assignment(exp_id, unit_id)",
            "kpi_outcome(exp_id, unit_id, metric_date, kpi_name)",
        ],
    );
    check_relations(id, true, &["variant(exp_id) -> experiment(exp_id)"]);
    check_relations(
        id,
        false,
        &[
            "assignment(exp_id) -> experiment(exp_id)",
            "assignment(exp_id, variant_id) -> variant(exp_id, variant_id)",
            "kpi_outcome(exp_id) -> experiment(exp_id)",
            "kpi_outcome(exp_id, unit_id) -> assignment(exp_id, unit_id)",
        ],
    );
    check_layout(id, "experiment", &[]);
    check_layout(id, "variant", &[]);
    check_layout(id, "assignment", &["partition exp_id"]);
    check_layout(id, "kpi_outcome", &[]);
    check_no_index(id, &["experiment", "variant", "assignment", "kpi_outcome"]);
}

#[test]
fn streaming_quality_is_as_documented_with_its_partition() {
    let id = "streaming_quality";
    // The first three are those of the viewing history.
    check_tables(
        id,
        &[
            "profile(profile_id BIGINT, account_id BIGINT, maturity_setting STRING, country_code STRING)",
            "device(device_id STRING, device_type STRING, os_version STRING)",
            "playback_session(session_id STRING, profile_id BIGINT, device_id STRING, title_id BIGINT, \
             episode_id BIGINT, started_at TIMESTAMP, ended_at TIMESTAMP)",
            "qos_event(session_id STRING, event_time TIMESTAMP, q_event STRING, position_sec INT, \
             bitrate_kbps INT, cdn STRING, error_code STRING, dt DATE)",
            "qos_session_summary(session_id, start_time, end_time, rebuffer_count, rebuffer_time_sec, avg_bitrate)",
        ],
    );
    check_keys(
        id,
        &[
            "profile(profile_id)",
            "device(device_id)",
            "playback_session(session_id)",
            "qos_event(session_id, event_time)",
            // The query that makes it groups by it.
            "qos_session_summary(session_id)",
        ],
    );
    check_relations(
        id,
        true,
        &[
            "playback_session(device_id) -> device(device_id)",
            "playback_session(profile_id) -> profile(profile_id)",
        ],
    );
    check_relations(
        id,
        false,
        &[
            "qos_event(session_id) -> playback_session(session_id)",
            "qos_session_summary(session_id) -> playback_session(session_id)",
        ],
    );
    check_external(
        id,
        &[
            "playback_session(episode_id) -> content_catalog.episode",
            "playback_session(title_id) -> content_catalog.title",
            "profile(account_id) -> viewing_history.account",
        ],
    );
    check_layout(id, "qos_event", &["partition dt DATE"]);
    check_layout(id, "qos_session_summary", &[]);
    check_no_index(id, &["qos_event", "qos_session_summary"]);
}
