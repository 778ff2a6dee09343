//! What a careful reader would say of a schema.

use crowsfoot::model::findings::{FindingKind, findings};

fn check(sql: &str, expected: &[(FindingKind, &str)]) {
    let mut schema = crowsfoot::ddl::read(sql).schema;
    let implied = crowsfoot::model::infer::implied_relations(&schema);
    schema.relations.extend(implied);
    let found: Vec<(FindingKind, String)> = findings(&schema)
        .into_iter()
        .map(|f| (f.kind, f.columns.join(",")))
        .collect();
    let expected: Vec<(FindingKind, String)> = expected
        .iter()
        .map(|(kind, columns)| (*kind, (*columns).to_owned()))
        .collect();
    assert_eq!(found, expected, "{sql}");
}

const USERS: &str = "CREATE TABLE users (id BIGINT PRIMARY KEY, email TEXT NOT NULL UNIQUE);";

#[test]
fn a_sound_schema_has_no_findings() {
    check(
        &format!(
            "{USERS} CREATE TABLE posts (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL REFERENCES users(id), body TEXT); CREATE INDEX i ON posts (user_id);"
        ),
        &[],
    );
}

#[test]
fn a_table_without_a_key_is_found() {
    check(
        "CREATE TABLE t (a INT NOT NULL)",
        &[(FindingKind::NoKey, "")],
    );
    check("CREATE TABLE t (a INT NOT NULL UNIQUE)", &[]);
}

#[test]
fn a_reference_without_an_index_or_without_a_constraint_is_found() {
    check(
        &format!(
            "{USERS} CREATE TABLE posts (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL REFERENCES users(id));"
        ),
        &[(FindingKind::UnindexedReference, "user_id")],
    );
    check(
        &format!(
            "{USERS} CREATE TABLE posts (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL); CREATE INDEX i ON posts (user_id, id);"
        ),
        &[(FindingKind::UndeclaredReference, "user_id")],
    );
}

#[test]
fn several_values_in_a_column_and_numbered_columns_are_found() {
    check(
        "CREATE TABLE t (id INT PRIMARY KEY, genre_ids TEXT)",
        &[(FindingKind::ListColumn, "genre_ids")],
    );
    check(
        "CREATE TABLE t (id INT PRIMARY KEY, tags TEXT[])",
        &[(FindingKind::ListColumn, "tags")],
    );
    check(
        "CREATE TABLE t (id INT PRIMARY KEY, phone1 TEXT, phone2 TEXT)",
        &[(FindingKind::NumberedColumns, "phone1,phone2")],
    );
}

#[test]
fn money_as_float_and_time_as_text_are_found() {
    check(
        "CREATE TABLE t (id INT PRIMARY KEY, unit_price DOUBLE)",
        &[(FindingKind::MoneyAsFloat, "unit_price")],
    );
    check(
        "CREATE TABLE t (id INT PRIMARY KEY, created_at VARCHAR(20))",
        &[(FindingKind::TimeAsText, "created_at")],
    );
}

#[test]
fn a_table_that_stands_alone_and_types_that_do_not_meet_are_found() {
    check(
        &format!("{USERS} CREATE TABLE log (id BIGINT PRIMARY KEY, text TEXT);"),
        &[(FindingKind::Alone, ""), (FindingKind::Alone, "")],
    );
    check(
        &format!(
            "{USERS} CREATE TABLE posts (id BIGINT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id)); CREATE INDEX i ON posts (user_id);"
        ),
        &[(FindingKind::ReferenceType, "user_id")],
    );
}
