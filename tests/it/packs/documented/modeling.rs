//! The facts of the commerce core, the time series and the event store.

use super::checks::{
    check_condition, check_default, check_documented_tables, check_external, check_holds,
    check_keys, check_layout, check_relations, check_relations_of, check_type, check_uniques,
    table,
};
use crate::support::{built, number, value};

#[test]
fn the_commerce_core_is_as_documented() {
    let id = "commerce_core";
    check_documented_tables(
        id,
        &[
            // The last three are added by documented ALTER TABLE statements.
            "users(user_id UUID, email VARCHAR(255), password_hash VARCHAR(255), created_at TIMESTAMP, \
             last_login TIMESTAMP, status VARCHAR(20), profile JSONB, phone VARCHAR(20), order_count INTEGER, \
             lifetime_value DECIMAL(10, 2))",
            "orders(order_id UUID, user_id UUID, status VARCHAR(50), total_amount DECIMAL(10, 2), \
             created_at TIMESTAMP, updated_at TIMESTAMP)",
            "order_items(order_id UUID, product_id UUID, quantity INTEGER, unit_price DECIMAL(10, 2))",
        ],
    );
    check_keys(
        id,
        &[
            "users(user_id)",
            "orders(order_id)",
            "order_items(order_id, product_id)",
        ],
    );
    let tables = ["users", "orders", "order_items"];
    check_relations_of(
        id,
        true,
        &tables,
        &[
            "order_items(order_id) -> orders(order_id)",
            "orders(user_id) -> users(user_id)",
        ],
    );
    check_relations_of(
        id,
        false,
        &tables,
        &["order_items(product_id) -> products(product_id)"],
    );
    check_type(id, "products", "attributes", "JSONB");
    check_default(id, "products", "attributes", "'{}'");
}

#[test]
fn users_and_orders_have_the_documented_constraints_and_defaults() {
    let id = "commerce_core";
    check_uniques(id, "users", &["email"]);
    let users = table(id, "users");
    let required: Vec<&str> = users
        .columns
        .iter()
        .filter(|c| !c.nullable)
        .map(|c| c.name.as_str())
        .collect();
    assert_eq!(required, ["user_id", "email", "password_hash"]);
    check_default(id, "users", "created_at", "CURRENT_TIMESTAMP");
    check_default(id, "users", "status", "'active'");
    check_default(id, "users", "phone", "NULL");
    check_default(id, "users", "order_count", "0");
    check_default(id, "users", "lifetime_value", "0.00");
    check_default(id, "orders", "status", "'pending'");
    check_default(id, "orders", "created_at", "CURRENT_TIMESTAMP");
    check_default(id, "orders", "updated_at", "CURRENT_TIMESTAMP");
}

#[test]
fn the_entities_and_relations_the_commerce_core_names_have_tables() {
    let id = "commerce_core";
    check_condition(
        id,
        "user_roles",
        "role IN ('customer', 'vendor', 'administrator')",
    );
    check_holds(id, "inventory", &["warehouse_id", "quantity_on_hand"]);
    check_holds(id, "payments", &["order_id", "payment_method_id"]);
    for name in ["warehouses", "suppliers", "payment_methods", "promotions"] {
        assert!(table(id, name).primary_key.is_some(), "{name}");
    }
    // Many to many.
    check_keys(
        id,
        &[
            "product_categories(product_id, category_id)",
            "wishlist_items(user_id, product_id)",
            "order_promotions(order_id, promotion_id)",
        ],
    );
    check_relations_of(
        id,
        true,
        &["product_categories", "wishlist_items", "order_promotions"],
        &[
            "order_promotions(order_id) -> orders(order_id)",
            "order_promotions(promotion_id) -> promotions(promotion_id)",
            "product_categories(category_id) -> categories(category_id)",
            "product_categories(product_id) -> products(product_id)",
            "wishlist_items(product_id) -> products(product_id)",
            "wishlist_items(user_id) -> users(user_id)",
        ],
    );
}

#[test]
fn a_user_document_embeds_profile_orders_and_items() {
    let session = built("commerce_core", 2_000, 1, 2);
    for path in [
        "_id",
        "schema_version",
        "email",
        "created_at",
        "last_login",
        "status",
        "profile.name",
        "profile.phone",
        "profile.preferences.newsletter",
        "profile.preferences.notifications",
        "recent_orders[0].order_id",
        "recent_orders[0].status",
        "recent_orders[0].total_amount",
        "recent_orders[0].created_at",
        "recent_orders[0].items[0].product_id",
        "recent_orders[0].items[0].name",
        "recent_orders[0].items[0].quantity",
        "recent_orders[0].items[0].unit_price",
    ] {
        let sql = format!(
            "SELECT count(*) FROM user_documents WHERE json_extract_string(body, '$.{path}') IS NOT NULL"
        );
        assert!(number(&session, &sql) > 0.0, "no document has {path}");
    }
    let version =
        "SELECT DISTINCT json_extract_string(body, '$.schema_version') FROM user_documents";
    assert_eq!(value(&session, version), "2.1");
}

#[test]
fn metrics_are_as_documented_and_partitioned_by_month() {
    let id = "metrics";
    check_documented_tables(
        id,
        &[
            "metrics(id BIGSERIAL, user_id UUID, metric_type VARCHAR(50), value DECIMAL, recorded_at TIMESTAMP)",
            "hourly_metrics(user_id, metric_type, hour, event_count, avg_value, max_value, min_value)",
        ],
    );
    // No key is documented, none is invented.
    check_keys(id, &["metrics", "hourly_metrics"]);
    check_relations(id, true, &[]);
    check_relations(id, false, &[]);
    check_external(
        id,
        &[
            "hourly_metrics(user_id) -> commerce_core.users",
            "metrics(user_id) -> commerce_core.users",
        ],
    );
    check_layout(id, "metrics", &["partition recorded_at"]);
    let properties = &table(id, "metrics").physical.properties;
    let first: Vec<String> = properties
        .iter()
        .take(3)
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    assert_eq!(
        first,
        [
            "PARTITION BY RANGE",
            "PARTITION metrics_2024_01 FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
            "PARTITION metrics_2024_02 FOR VALUES FROM ('2024-02-01') TO ('2024-03-01')",
        ]
    );
}

#[test]
fn the_event_store_holds_what_the_write_model_appends() {
    let id = "order_events";
    check_holds(
        id,
        "event_store",
        &["order_id", "type", "data", "timestamp"],
    );
    assert!(table(id, "event_store").is_in_primary_key("order_id"));
    // Creating an order appends two events, in this order.
    let session = built(id, 2_000, 1, 2);
    let others = "SELECT count(*) FROM event_store
        WHERE (type = 'OrderCreated') <> (version = 1) OR (type = 'InventoryReserved') <> (version = 2)";
    assert_eq!(number(&session, others), 0.0);
    let alone =
        "SELECT count(*) FROM (SELECT 1 FROM event_store GROUP BY order_id HAVING count(*) < 2)";
    assert_eq!(number(&session, alone), 0.0);
}

#[test]
fn the_read_models_are_found_as_documented() {
    let id = "order_events";
    // History by user, newest first; a summary by order.
    check_holds(id, "order_history", &["user_id", "created_at"]);
    check_keys(id, &["order_summaries(order_id)"]);
}
