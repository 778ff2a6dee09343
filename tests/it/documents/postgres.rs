//! Types, defaults, partitions and references as PostgreSQL writes them.

use super::*;

#[test]
fn postgres_types_defaults_and_later_columns_run() {
    let (reading, session) = built(
        "CREATE TABLE users (
           user_id UUID PRIMARY KEY, email VARCHAR(255) UNIQUE NOT NULL,
           password_hash VARCHAR(255) NOT NULL, created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
           last_login TIMESTAMP, status VARCHAR(20) DEFAULT 'active', profile JSONB
         );
         CREATE TABLE orders (
           order_id UUID PRIMARY KEY, user_id UUID REFERENCES users(user_id),
           status VARCHAR(50) DEFAULT 'pending', total_amount DECIMAL(10,2)
         );
         CREATE TABLE order_items (
           order_id UUID REFERENCES orders(order_id), product_id UUID,
           quantity INTEGER, unit_price DECIMAL(10,2),
           PRIMARY KEY (order_id, product_id)
         );
         ALTER TABLE users ADD COLUMN phone VARCHAR(20) DEFAULT NULL;
         ALTER TABLE users ADD COLUMN order_count INTEGER DEFAULT 0;
         ALTER TABLE users ADD COLUMN lifetime_value DECIMAL(10,2) DEFAULT 0.00;",
    );
    session
        .execute(
            "INSERT INTO users (user_id, email, password_hash, profile)
             VALUES ('550e8400-e29b-41d4-a716-446655440000', 'a@b', 'x', '{\"name\": \"Jo\"}')",
        )
        .expect("a row");
    assert_eq!(
        rows(
            &session,
            "SELECT status, order_count, lifetime_value::VARCHAR, phone, profile->>'name',
                    created_at IS NOT NULL FROM users"
        ),
        [["active", "0", "0.00", "NULL", "Jo", "true"]]
    );
    assert!(adaptations(&reading, "users").contains("JSONB"));
    let orphan = "INSERT INTO orders (order_id, user_id) VALUES (uuid(), uuid())";
    assert!(refused(&session, orphan).message.contains("does not exist"));
}

#[test]
fn counted_keys_count_and_now_is_a_default() {
    let (_, session) = built(
        "CREATE TABLE users (
           id SERIAL PRIMARY KEY, email VARCHAR(255) NOT NULL UNIQUE,
           username VARCHAR(50) NOT NULL UNIQUE, created_at TIMESTAMP DEFAULT NOW()
         );",
    );
    session
        .execute("INSERT INTO users (email, username) VALUES ('a', 'a'), ('b', 'b')")
        .expect("rows");
    assert_eq!(
        rows(
            &session,
            "SELECT id, created_at IS NULL FROM users ORDER BY id"
        ),
        [["1", "false"], ["2", "false"]]
    );
}

#[test]
fn range_partitions_belong_to_their_table_and_a_materialized_view_runs() {
    let (reading, session) = built(
        "CREATE TABLE metrics (
           id BIGSERIAL, user_id UUID, metric_type VARCHAR(50), value DECIMAL, recorded_at TIMESTAMP
         ) PARTITION BY RANGE (recorded_at);
         CREATE TABLE metrics_2024_01 PARTITION OF metrics
         FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
         CREATE MATERIALIZED VIEW hourly_metrics AS
         SELECT user_id, metric_type, DATE_TRUNC('hour', recorded_at) as hour,
                COUNT(*) as event_count, AVG(value) as avg_value
         FROM metrics WHERE recorded_at >= CURRENT_DATE - INTERVAL '7 days'
         GROUP BY user_id, metric_type, DATE_TRUNC('hour', recorded_at);
         SELECT cron.schedule('refresh', '0 * * * *', 'REFRESH MATERIALIZED VIEW hourly_metrics;');",
    );
    assert_eq!(reading.skipped.len(), 1, "{:?}", reading.skipped);
    session
        .execute("INSERT INTO metrics (metric_type, value, recorded_at) VALUES ('cpu', 1.5, now())")
        .expect("a row");
    assert_eq!(
        rows(
            &session,
            "SELECT metric_type, event_count FROM hourly_metrics"
        ),
        [["cpu", "1"]]
    );
}

#[test]
fn today_is_a_default_a_check_and_a_filter() {
    let (_, session) = built(
        "CREATE TABLE visit (id INT, on_day DATE DEFAULT CURRENT_DATE, at_moment TIMESTAMP DEFAULT LOCALTIMESTAMP,
           CHECK (on_day <= CURRENT_DATE));
         CREATE VIEW recent AS SELECT id FROM visit WHERE on_day >= CURRENT_DATE - INTERVAL '7 days';",
    );
    session
        .execute(
            "INSERT INTO visit (id) VALUES (1); INSERT INTO visit VALUES (2, '2001-01-01', NULL)",
        )
        .expect("rows");
    assert_eq!(rows(&session, "SELECT id FROM recent"), [["1"]]);
    let future = "INSERT INTO visit VALUES (3, '2999-01-01', NULL)";
    assert!(refused(&session, future).message.contains("CHECK"));
}

#[test]
fn tables_may_refer_ahead_to_themselves_and_in_a_circle() {
    let (_, session) = built(
        "CREATE TABLE employee (id INT PRIMARY KEY, boss_id INT REFERENCES employee(id),
                                team_id INT REFERENCES team(id));
         CREATE TABLE team (id INT PRIMARY KEY, lead_id INT REFERENCES employee(id));",
    );
    assert_eq!(columns(&session, "employee").len(), 3);
    assert_eq!(columns(&session, "team").len(), 2);
    let orphan = "INSERT INTO employee VALUES (1, 99, NULL)";
    assert!(refused(&session, orphan).message.contains("does not exist"));
}

#[test]
fn slowly_changing_rows_may_repeat_their_business_key() {
    let (_, session) = built(
        "CREATE TABLE customer (customer_id BIGINT, first_name TEXT, email TEXT,
           updated_at TIMESTAMP, is_current BOOLEAN);
         CREATE TABLE order_line (line_item_id BIGINT PRIMARY KEY, order_id BIGINT,
           customer_id BIGINT, campaign_id BIGINT, \"count\" INT, amt NUMERIC(10,2));",
    );
    session
        .execute(
            "INSERT INTO customer VALUES (1, 'A', 'a', NULL, false), (1, 'A', 'b', NULL, true)",
        )
        .expect("two versions");
    session
        .execute("INSERT INTO order_line (line_item_id, \"count\") VALUES (1, 2)")
        .expect("a column may be called count");
}
