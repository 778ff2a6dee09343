//! The facts of the four practices: boxes with names, (PK) and (FK), and what is said about them.

use super::checks::{
    check_condition, check_every_table_has_a_key, check_holds, check_keys, check_layout,
    check_no_index, check_related, check_relations, check_relations_of, check_tables, table,
};

#[test]
fn ecommerce_analytics_is_as_documented() {
    let id = "ecommerce_analytics";
    check_tables(
        id,
        &[
            "customer(customer_id, first_name, last_name, email, phone, city, state, country, customer_age, \
             updated_at, is_current)",
            "product(product_id, product_title, product_brand, product_category_id, unit_price, sku, \
             created_at, updated_at, is_current)",
            "campaign(campaign_id, campaign_name, campaign_start_time, campaign_end_time, campaign_description)",
            "order_line(line_item_id, order_id, order_time, customer_id, campaign_id, store_id, product_id, \
             product_category_id, count, amt, discount, unit_price_at_purchase, tax_amt, shipping_amt, line_number)",
            "inventory_event(inventory_event_id, event_type, event_time, store_id, product_id, \
             quantity_change, reference_order_id)",
            "inventory_snapshot(snapshot_date, store_id, product_id, quantity_on_hand)",
            "product_category(product_category_id, category_name, parent_category_id)",
        ],
    );
    check_keys(id, &["campaign(campaign_id)", "order_line(line_item_id)"]);
    check_relations_of(
        id,
        true,
        &["order_line"],
        &[
            "order_line(campaign_id) -> campaign(campaign_id)",
            "order_line(customer_id) -> customer(customer_id)",
            "order_line(product_category_id) -> product_category(product_category_id)",
            "order_line(product_id) -> product(product_id)",
        ],
    );
    // Drawn without a mark: the names say it.
    check_related(
        id,
        &[
            "inventory_event(product_id) -> product(product_id)",
            "inventory_snapshot(product_id) -> product(product_id)",
            "product(product_category_id) -> product_category(product_category_id)",
            "product_category(parent_category_id) -> product_category(product_category_id)",
        ],
    );
    check_no_index(id, &["customer", "product", "order_line"]);
    check_no_index(id, &["inventory_event", "inventory_snapshot"]);
}

#[test]
fn the_id_of_a_customer_or_product_is_in_the_key_and_may_repeat() {
    for (name, marked) in [("customer", "customer_id"), ("product", "product_id")] {
        let table = table("ecommerce_analytics", name);
        assert!(table.is_in_primary_key(marked), "{name}");
        assert!(!table.is_unique(&[marked.to_owned()]), "{name}");
    }
}

#[test]
fn social_analytics_is_as_documented() {
    let id = "social_analytics";
    check_tables(
        id,
        &[
            "user(user_id, status, name, email, phone, created_at, updated_at, is_current, last_active_date, \
             churned_date)",
            "content(content_id, content_type, content_name, content_desc, creator_id, created_at, updated_at, \
             is_current)",
            "campaign(campaign_id, campaign_type, campaign_name, campaign_desc, created_at, starttime, endtime)",
            "content_event(event_id, event_time, event_type, content_id, creator_id, viewer_id, device_id, \
             ip_address)",
            "ad_event(event_id, event_time, event_type, campaign_id, user_id, device_id, ip_address, revenue, cost)",
            "device(device_id, device_type, os)",
            "user_churn_stats(user_id, last_active_date, churned_flag, churned_date, resurrected_flag, period)",
        ],
    );
    check_keys(
        id,
        &[
            "user(user_id)",
            "content(content_id)",
            "campaign(campaign_id)",
            "content_event(event_id)",
            "ad_event(event_id)",
            "device(device_id)",
        ],
    );
    let drawn = [
        "user",
        "content",
        "campaign",
        "content_event",
        "ad_event",
        "device",
    ];
    check_relations_of(
        id,
        true,
        &drawn,
        &[
            "ad_event(campaign_id) -> campaign(campaign_id)",
            "ad_event(device_id) -> device(device_id)",
            "ad_event(user_id) -> user(user_id)",
            "content(creator_id) -> user(user_id)",
            "content_event(content_id) -> content(content_id)",
            "content_event(creator_id) -> user(user_id)",
            "content_event(device_id) -> device(device_id)",
            "content_event(viewer_id) -> user(user_id)",
        ],
    );
    check_related(id, &["user_churn_stats(user_id) -> user(user_id)"]);
    check_no_index(id, &drawn);
}

#[test]
fn events_of_social_analytics_are_partitioned_by_day() {
    let id = "social_analytics";
    check_layout(id, "content_event", &["partition day(event_time)"]);
    check_layout(id, "ad_event", &["partition day(event_time)"]);
    check_layout(id, "user_churn_stats", &[]);
}

#[test]
fn video_analytics_is_as_documented() {
    let id = "video_analytics";
    check_tables(
        id,
        &[
            "user(user_id, name, email, signup_date)",
            "device(device_id, device_type, os, app_version)",
            "date(date_key, calendar_date, day_of_week, month, year)",
            "genre(genre_id, genre_name)",
            "creator(creator_id, creator_name)",
            "content(content_id, title, genre_id, creator_id, release_date, content_type)",
            // As drawn, with the duration_seconds of the list where that list has it.
            "viewing_event(event_id, date_key, time_key, user_id, content_id, device_id, session_id, \
             event_time, viewing_duration, action_type, position_seconds, duration_seconds, is_recommended, \
             completion_percentage)",
            "recommendation_event(rec_event_id, date_key, user_id, content_id, recommendation_algorithm, \
             was_clicked, was_watched, rec_shown_time)",
            "streaming_quality_event(quality_event_id, date_key, time_key, user_id, content_id, device_id, \
             buffering_instances, average_bitrate, stream_start_time, stream_end_time, quality_change_type)",
            "time(time_key, hour, minute, second)",
            "viewing_fact(date_key, time_key, user_key, content_key, device_key, viewing_duration, \
             completion_percentage, is_recommended)",
        ],
    );
    check_keys(
        id,
        &[
            "user(user_id)",
            "device(device_id)",
            "date(date_key)",
            "genre(genre_id)",
            "creator(creator_id)",
            "content(content_id)",
            "viewing_event(event_id)",
            "recommendation_event(rec_event_id)",
            "streaming_quality_event(quality_event_id)",
            "time(time_key)",
        ],
    );
    check_relations(
        id,
        true,
        &[
            "content(creator_id) -> creator(creator_id)",
            "content(genre_id) -> genre(genre_id)",
            "recommendation_event(content_id) -> content(content_id)",
            "recommendation_event(date_key) -> date(date_key)",
            "recommendation_event(user_id) -> user(user_id)",
            "streaming_quality_event(content_id) -> content(content_id)",
            "streaming_quality_event(date_key) -> date(date_key)",
            "streaming_quality_event(device_id) -> device(device_id)",
            "streaming_quality_event(time_key) -> time(time_key)",
            "streaming_quality_event(user_id) -> user(user_id)",
            "viewing_event(content_id) -> content(content_id)",
            "viewing_event(date_key) -> date(date_key)",
            "viewing_event(device_id) -> device(device_id)",
            "viewing_event(time_key) -> time(time_key)",
            "viewing_event(user_id) -> user(user_id)",
            "viewing_fact(content_key) -> content(content_id)",
            "viewing_fact(date_key) -> date(date_key)",
            "viewing_fact(device_key) -> device(device_id)",
            "viewing_fact(time_key) -> time(time_key)",
            "viewing_fact(user_key) -> user(user_id)",
        ],
    );
    check_relations(id, false, &[]);
    check_no_index(id, &["viewing_event", "viewing_fact", "content"]);
}

#[test]
fn flags_of_video_analytics_are_0_or_1() {
    for (name, column) in [
        ("viewing_event", "is_recommended"),
        ("recommendation_event", "was_clicked"),
        ("recommendation_event", "was_watched"),
        ("viewing_fact", "is_recommended"),
    ] {
        check_condition("video_analytics", name, &format!("{column} IN (0, 1)"));
    }
}

#[test]
fn the_viewing_fact_has_a_row_for_a_user_a_content_and_a_day() {
    let fact = table("video_analytics", "viewing_fact");
    for column in ["date_key", "user_key", "content_key"] {
        assert!(fact.is_in_primary_key(column), "{column}");
    }
}

#[test]
fn ride_sharing_holds_what_its_requirements_measure() {
    let id = "ride_sharing";
    // Distance, duration and fare by city and time.
    let measures = ["distance_km", "duration_seconds", "fare_amount"];
    check_holds(id, "trip", &measures);
    check_holds(id, "trip", &["city_id", "requested_at"]);
    // Performance and earnings of drivers.
    check_holds(id, "trip", &["driver_key", "driver_rating"]);
    check_holds(id, "driver_ledger", &["driver_id", "amount"]);
    // Supply and demand now.
    check_holds(id, "driver_presence", &["driver_id", "zone_id", "state"]);
    check_holds(id, "quote", &["rider_id", "pickup_zone_id", "quoted_at"]);
    // What surge pricing does.
    check_holds(id, "surge_window", &["zone_id", "applied_multiplier"]);
    check_holds(id, "trip", &["surge_multiplier", "surge_amount"]);
    // Who comes back, and how often.
    check_holds(id, "rider", &["signed_up_at"]);
    check_related(
        id,
        &[
            "trip(city_id) -> city(city_id)",
            "trip(driver_key) -> driver(driver_key)",
            "trip(rider_id) -> rider(rider_id)",
        ],
    );
    check_every_table_has_a_key(id);
}
