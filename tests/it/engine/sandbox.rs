//! What a statement of a pack cannot reach.

use crowsfoot::engine::{Access, Session};

use super::*;
use crate::support;

/// A statement is refused, for the reason that it is not allowed (not for a wrong spelling).
#[track_caller]
fn check_refused(session: &Session, sql: &str) {
    let error = match session.rows(sql) {
        Err(error) => error,
        Ok(_) => unreachable!("{sql} should have been refused"),
    };
    let reasons = ["disabled", "locked", "not allowed", "cannot be", "Cannot"];
    let by_rule = error.kind == "Permission"
        || error.kind == "PERMISSION"
        || reasons.iter().any(|reason| error.message.contains(reason));
    assert!(by_rule, "{sql}: {error:?}");
}

#[test]
fn no_file_can_be_read() {
    let session = support::session();
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("a.csv");
    std::fs::write(&csv, "x\n1\n").expect("written");
    let csv = csv.display();
    for sql in [
        format!("SELECT * FROM read_csv('{csv}')"),
        format!("SELECT * FROM read_text('{csv}')"),
        format!("SELECT * FROM read_blob('{csv}')"),
        format!("SELECT * FROM read_json('{csv}')"),
        format!("SELECT * FROM read_parquet('{csv}')"),
        format!("SELECT * FROM '{csv}'"),
        format!("CREATE TABLE t AS FROM sniff_csv('{csv}')"),
        "SELECT * FROM glob('/etc/*')".to_owned(),
        "SELECT * FROM read_csv('https://example.org/a.csv')".to_owned(),
    ] {
        check_refused(&session, &sql);
    }
}

#[test]
fn no_file_can_be_written() {
    let session = support::session();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out");
    let path = path.display();
    session
        .execute("CREATE TABLE t (x INT); INSERT INTO t VALUES (1)")
        .expect("a table");
    for sql in [
        format!("COPY t TO '{path}.csv'"),
        format!("COPY t TO '{path}.parquet'"),
        format!("COPY (SELECT 1) TO '{path}.json'"),
        format!("EXPORT DATABASE '{path}'"),
        format!("ATTACH '{path}.duckdb' AS other"),
    ] {
        check_refused(&session, &sql);
    }
    let left = std::fs::read_dir(folder.path()).expect("readable").count();
    assert_eq!(left, 0, "nothing was written");
}

#[test]
fn no_data_can_be_imported() {
    let session = support::session();
    session.execute("CREATE TABLE t (x INT)").expect("a table");
    check_refused(&session, "COPY t FROM '/etc/passwd'");
    check_refused(&session, "IMPORT DATABASE '/tmp'");
}

#[test]
fn no_extension_can_be_loaded() {
    let session = support::session();
    for sql in [
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '/tmp/evil.duckdb_extension'",
        "INSTALL spatial FROM community",
    ] {
        check_refused(&session, sql);
    }
}

#[test]
fn no_setting_can_be_changed() {
    let session = support::session();
    for sql in [
        "SET enable_external_access = true",
        "SET threads = 64",
        "SET GLOBAL memory_limit = '1TB'",
        "SET lock_configuration = false",
        "SET allowed_directories = ['/']",
        "SET temp_directory = '/tmp/elsewhere'",
        "RESET memory_limit",
        "PRAGMA memory_limit = '1TB'",
        "PRAGMA enable_profiling",
        "SET allow_community_extensions = true",
    ] {
        check_refused(&session, sql);
    }
    let setting = |name: &str| {
        let sql = format!("SELECT current_setting('{name}')");
        session.text_value(&sql).expect("a setting")
    };
    assert_eq!(setting("enable_external_access").as_deref(), Some("false"));
    assert_eq!(setting("lock_configuration").as_deref(), Some("true"));
}

#[test]
fn the_environment_cannot_be_read() {
    let session = support::session();
    let error = session
        .rows("SELECT getenv('HOME')")
        .expect_err("getenv is a function of DuckDB's own shell only");
    assert!(error.message.contains("getenv"), "{error}");
}

#[test]
fn secrets_cannot_be_kept_on_disk() {
    let session = support::session();
    let sql = "CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')";
    assert!(session.execute(sql).is_err());
}

#[test]
fn a_folder_session_reaches_that_folder_only() {
    let inside = tempfile::tempdir().expect("a folder");
    let outside = tempfile::tempdir().expect("a folder");
    for folder in [&inside, &outside] {
        std::fs::write(folder.path().join("a.csv"), "x\n7\n").expect("written");
    }
    let session = Session::in_memory(&Settings {
        threads: Some(1),
        access: Access::Folder(inside.path().to_owned()),
        ..Settings::default()
    })
    .expect("DuckDB starts");
    let read = |path: &std::path::Path| {
        session.text_value(&format!("SELECT x FROM read_csv('{}')", path.display()))
    };
    assert_eq!(
        read(&inside.path().join("a.csv")).expect("allowed"),
        Some("7".to_owned())
    );
    let outside_file = outside.path().join("a.csv");
    assert!(read(&outside_file).is_err());
    let detour = inside
        .path()
        .join("..")
        .join(outside.path().file_name().expect("a name"))
        .join("a.csv");
    assert!(detour.exists(), "the detour leads there");
    assert!(read(&detour).is_err(), "and is refused");
    check_refused(&session, "SET allowed_directories = ['/']");
}

#[test]
fn work_larger_than_the_memory_limit_spills_and_comes_out_right() {
    let session = Session::in_memory(&Settings {
        threads: Some(2),
        memory_limit: Some("120MB".into()),
        ..Settings::default()
    })
    .expect("DuckDB starts");
    // 3 million rows of about 60 bytes: more than the limit, so the sort needs the disk.
    let found = support::rows(
        &session,
        "WITH t AS (SELECT md5(range::VARCHAR) || md5('x' || range) AS k FROM range(3000000)),
              s AS (SELECT k, row_number() OVER (ORDER BY k) AS place FROM t)
         SELECT count(*), count(DISTINCT place), min(place), max(place) FROM s",
    );
    assert_eq!(found, [["3000000", "3000000", "1", "3000000"]]);
}
