//! The DDL of the documents: read, written for DuckDB, and run there.

use crowsfoot::ddl::{self, Reading};
use crowsfoot::engine::Session;

use crate::support::{refused, rows, session};

/// Reads a text without problems and builds it in DuckDB.
#[track_caller]
fn built(sql: &str) -> (Reading, Session) {
    let reading = ddl::read(sql);
    assert_eq!(reading.problems, []);
    let session = ran(&reading);
    (reading, session)
}

#[track_caller]
fn ran(reading: &Reading) -> Session {
    let session = session();
    for statement in ddl::to_duckdb(&reading.schema).statements {
        if let Err(error) = session.execute(&statement.sql) {
            unreachable!("{error} in\n{}", statement.sql);
        }
    }
    session
}

/// `name type` of each column of a table in DuckDB.
fn columns(session: &Session, table: &str) -> Vec<String> {
    rows(
        session,
        &format!(
            "SELECT column_name || ' ' || data_type FROM duckdb_columns()
             WHERE table_name = '{table}' ORDER BY column_index"
        ),
    )
    .into_iter()
    .map(|mut row| row.remove(0))
    .collect()
}

/// What the translation told of a table.
fn adaptations(reading: &Reading, table: &str) -> String {
    ddl::to_duckdb(&reading.schema)
        .adaptations
        .into_iter()
        .filter(|a| a.table == table)
        .map(|a| a.message)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_partition_clause_may_declare_its_column_and_a_view_reads_it() {
    let (reading, session) = built(
        "CREATE TABLE app_event (
           profile_id BIGINT, account_id BIGINT,
           region STRING,                      -- e.g. a country
           event_name STRING, event_time TIMESTAMP
         ) PARTITIONED BY (dt DATE)            -- of the event
         CLUSTER BY (region, profile_id);
         CREATE OR REPLACE VIEW dau_by_region AS
         SELECT dt, region, COUNT(DISTINCT profile_id) AS dau FROM app_event GROUP BY dt, region;",
    );
    assert_eq!(
        columns(&session, "app_event"),
        [
            "profile_id BIGINT",
            "account_id BIGINT",
            "region VARCHAR",
            "event_name VARCHAR",
            "event_time TIMESTAMP",
            "dt DATE"
        ]
    );
    let told = adaptations(&reading, "app_event");
    assert!(
        told.contains("partitioning by `dt`")
            && told.contains("clustering by `region, profile_id`"),
        "{told}"
    );
    session
        .execute(
            "INSERT INTO app_event VALUES (1, 1, 'US', 'login', NULL, '2026-01-01'),
             (1, 1, 'US', 'login', NULL, '2026-01-01'), (2, 1, 'US', 'login', NULL, '2026-01-01')",
        )
        .expect("rows");
    assert_eq!(
        rows(&session, "SELECT region, dau FROM dau_by_region"),
        [["US", "2"]]
    );
}

#[test]
fn partitions_by_a_column_and_event_tables_run() {
    let (reading, session) = built(
        "CREATE TABLE assignment (
           exp_id STRING, unit_id STRING, variant_id STRING, assigned_at TIMESTAMP,
           PRIMARY KEY (exp_id, unit_id)
         ) PARTITIONED BY (exp_id);
         CREATE TABLE qos_event (
           session_id STRING, event_time TIMESTAMP, q_event STRING, position_sec INT,
           bitrate_kbps INT, cdn STRING, error_code STRING NULL,
           PRIMARY KEY (session_id, event_time)
         ) PARTITIONED BY (dt DATE);",
    );
    assert_eq!(columns(&session, "assignment").len(), 4, "no column twice");
    assert_eq!(
        columns(&session, "qos_event").last().map(String::as_str),
        Some("dt DATE")
    );
    assert_eq!(
        reading
            .schema
            .table("assignment")
            .expect("read")
            .physical
            .partition_by
            .len(),
        1
    );
    let insert = "INSERT INTO assignment VALUES ('e', 'u', 'a', NULL)";
    session.execute(insert).expect("a row");
    assert!(refused(&session, insert).message.contains("Duplicate key"));
}

#[test]
fn a_table_made_of_a_function_over_events_keeps_its_query() {
    let reading = ddl::read(
        "CREATE TABLE qos_session_summary AS
         SELECT session_id, MIN(event_time) AS start_time,
           SUM(CASE WHEN q_event='BUFFERING_START' THEN 1 ELSE 0 END) AS rebuffer_count
         FROM transform_qos_events(/* window/pairs */)
         GROUP BY session_id;",
    );
    assert_eq!(reading.problems, []);
    let table = reading.schema.table("qos_session_summary").expect("read");
    assert!(
        table
            .query
            .as_deref()
            .is_some_and(|q| q.contains("transform_qos_events"))
    );
    // DuckDB has no such function: whatever is written for it, it must run.
    drop(ran(&reading));
}

#[test]
fn an_embedding_becomes_an_array_of_fixed_length() {
    let (reading, session) = built(
        "CREATE TABLE feature_store_items (
           title_id BIGINT PRIMARY KEY,
           embedding VECTOR(256)     -- opaque
         );",
    );
    assert_eq!(
        columns(&session, "feature_store_items"),
        ["title_id BIGINT", "embedding FLOAT[256]"]
    );
    let told = adaptations(&reading, "feature_store_items");
    assert!(
        told.contains("VECTOR(256)") && told.contains("FLOAT[256]"),
        "{told}"
    );
}

#[test]
fn a_key_on_an_expression_is_enforced() {
    let (reading, session) = built(
        "CREATE TABLE resume_state (
           profile_id BIGINT, title_id BIGINT, episode_id BIGINT NULL,
           last_position_sec INT, last_update TIMESTAMP,
           PRIMARY KEY (profile_id, COALESCE(episode_id, title_id))
         );",
    );
    session
        .execute("INSERT INTO resume_state VALUES (1, 7, NULL, 0, NULL), (1, 7, 8, 0, NULL)")
        .expect("a movie and an episode");
    let twice = "INSERT INTO resume_state VALUES (1, 9, 7, 0, NULL)";
    assert!(refused(&session, twice).message.contains("Duplicate key"));
    assert!(adaptations(&reading, "resume_state").contains("unique index"));
}

#[test]
fn wide_column_keys_run_as_plain_keys_and_keep_their_partition() {
    let (reading, session) = built(
        "CREATE TABLE server_metrics (
           server_id TEXT, metric_date DATE, timestamp TIMESTAMP, metric_name TEXT, value DOUBLE,
           PRIMARY KEY ((server_id, metric_date), timestamp, metric_name)
         );
         CREATE TABLE messages (
           conversation_id TEXT, sent_at TIMESTAMP, sender_id TEXT, content TEXT,
           PRIMARY KEY (conversation_id, sent_at)
         );
         CREATE TABLE user_activity (
           user_id TEXT, timestamp TIMESTAMP, event_type TEXT, data TEXT,
           PRIMARY KEY (user_id, timestamp)
         ) WITH CLUSTERING ORDER BY (timestamp DESC);",
    );
    let key = reading
        .schema
        .table("server_metrics")
        .and_then(|t| t.primary_key.clone());
    let key = key.expect("a key");
    assert_eq!(key.partition_parts, 2);
    assert_eq!(
        key.to_sql(),
        "((server_id, metric_date), timestamp, metric_name)"
    );
    let insert = "INSERT INTO server_metrics VALUES ('s', '2026-01-01', '2026-01-01', 'cpu', 1)";
    session.execute(insert).expect("a row");
    assert!(refused(&session, insert).message.contains("Duplicate key"));
    let activity = reading.schema.table("user_activity").expect("read");
    assert_eq!(activity.physical.clustering_order, ["timestamp DESC"]);
}

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

const DUMP: &str = r#"--
-- PostgreSQL database dump
--
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA app;
ALTER SCHEMA app OWNER TO postgres;
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;
CREATE TYPE app.order_status AS ENUM (
    'pending',
    'paid; or not'
);
CREATE FUNCTION app.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  CREATE TABLE trap (x int);
  NEW.updated_at = now(); RETURN NEW;
END;
$$;
CREATE TABLE app.customer (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    joined timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE app.customer OWNER TO postgres;
CREATE SEQUENCE app.customer_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER TABLE ONLY app.customer ALTER COLUMN id SET DEFAULT nextval('app.customer_id_seq'::regclass);
CREATE TABLE app.purchase (
    id integer NOT NULL,
    customer_id bigint NOT NULL,
    status app.order_status DEFAULT 'pending'::app.order_status,
    total numeric(10,2),
    tags text[],
    CONSTRAINT positive CHECK ((total >= (0)::numeric))
);
COPY app.customer (id, name, joined) FROM stdin;
1	O'Hara; CREATE TABLE trap (x int);	2026-01-01 00:00:00+00
2	"quoted	2026-01-02 00:00:00+00
\.

COPY app.purchase (id, customer_id, status, total, tags) FROM stdin;
\.

ALTER TABLE ONLY app.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY app.purchase
    ADD CONSTRAINT purchase_pkey PRIMARY KEY (id);
CREATE INDEX purchase_customer ON app.purchase USING btree (customer_id);
CREATE TRIGGER touch BEFORE UPDATE ON app.purchase FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE ONLY app.purchase
    ADD CONSTRAINT purchase_customer_fkey FOREIGN KEY (customer_id) REFERENCES app.customer(id) ON DELETE CASCADE;
GRANT SELECT ON TABLE app.customer TO reader;
REVOKE ALL ON TABLE app.purchase FROM PUBLIC;
COMMENT ON COLUMN app.customer.name IS 'as on the passport';
"#;

#[test]
fn a_dirty_dump_gives_its_tables_and_keys_and_nothing_of_its_rows() {
    let (reading, session) = built(DUMP);
    let names: Vec<&str> = reading
        .schema
        .tables
        .iter()
        .map(|t| t.name.as_str())
        .collect();
    assert_eq!(names, ["customer", "purchase"], "no trap is a table");
    assert!(!reading.skipped.is_empty(), "what was skipped is told");
    assert_eq!(
        columns(&session, "purchase"),
        [
            "id INTEGER",
            "customer_id BIGINT",
            "status ENUM('pending', 'paid; or not')",
            "total DECIMAL(10,2)",
            "tags VARCHAR[]"
        ]
    );
    let customer = reading.schema.table("customer").expect("read");
    let name = customer.column("name").expect("read");
    assert_eq!(name.note.as_deref(), Some("as on the passport"));
    let insert = "INSERT INTO customer (id, name) VALUES (1, 'x')";
    session.execute(insert).expect("a row");
    assert!(refused(&session, insert).message.contains("Duplicate key"));
    let purchase = |customer: i32, total: i32| {
        format!("INSERT INTO purchase (id, customer_id, total) VALUES (1, {customer}, {total})")
    };
    assert!(
        refused(&session, &purchase(2, 1))
            .message
            .contains("does not exist")
    );
    assert!(
        refused(&session, &purchase(1, -1))
            .message
            .contains("CHECK")
    );
    session.execute(&purchase(1, 1)).expect("a row");
    assert_eq!(rows(&session, "SELECT status FROM purchase"), [["pending"]]);
}

#[test]
fn a_dump_with_a_broken_table_keeps_the_others_and_tells_the_line() {
    let sql = "CREATE TABLE a (x INT PRIMARY KEY);\nCREATE TABLE b (\n  x INT REFERENCES a(x)\nCREATE TABLE c (x INT REFERENCES a);\n%%% noise %%%;\nCREATE TABLE d (x INT REFERENCES b(x));";
    let reading = ddl::read(sql);
    let names: Vec<&str> = reading
        .schema
        .tables
        .iter()
        .map(|t| t.name.as_str())
        .collect();
    assert_eq!(names, ["a", "c", "d"]);
    let lines: Vec<usize> = reading.problems.iter().map(|p| p.line).collect();
    assert_eq!(lines, [2, 5, 6], "{:?}", reading.problems);
    let session = ran(&reading);
    assert!(
        refused(&session, "INSERT INTO c VALUES (5)")
            .message
            .contains("does not exist")
    );
    session
        .execute("INSERT INTO d VALUES (5)")
        .expect("its reference led nowhere");
}

#[test]
fn a_text_without_any_table_says_why_and_runs_as_nothing() {
    for sql in ["", "hello", "SELECT 1;", "-- only a remark"] {
        let reading = ddl::read(sql);
        assert!(!reading.problems.is_empty(), "{sql:?}");
        assert!(ddl::to_duckdb(&reading.schema).statements.is_empty());
    }
}
