//! The DDL of the documents: read, written for DuckDB, and run there.

mod dump;
mod postgres;

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
