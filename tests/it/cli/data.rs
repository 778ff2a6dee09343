//! `crowsfoot generate` and `crowsfoot query` on every kind of source.

use super::*;

/// What stands in a folder, hidden files included.
fn entries(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("readable");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// The answer of a query as CSV.
#[track_caller]
fn csv(args: &[&str]) -> String {
    let mut all = vec!["query"];
    all.extend(args);
    all.extend(["--format", "csv"]);
    run(&all).well().text()
}

#[test]
fn generate_makes_a_database_file_that_can_be_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("t.duckdb");
    let done = run(&[
        "generate",
        "twitter",
        "--rows",
        "2000",
        "--seed",
        "4",
        "--out",
        path(&file),
    ])
    .well();
    assert_eq!(done.text(), "");
    assert!(
        done.stderr.contains("likes") && done.stderr.contains("t.duckdb"),
        "{}",
        done.stderr
    );
    assert_eq!(entries(folder.path()), ["t.duckdb"], "nothing else is left");
    let count = "SELECT count(*) AS n, count(DISTINCT tweet_id) AS t, sum(user_id) AS u FROM likes";
    let in_file = csv(&[path(&file), count]);
    let in_memory = csv(&["twitter", count, "--rows", "2000", "--seed", "4"]);
    assert_eq!(
        in_file, in_memory,
        "the same rows and seed are the same data"
    );
    assert_ne!(
        in_file,
        csv(&["twitter", count, "--rows", "2000", "--seed", "5"])
    );
    run(&["query", path(&file), "DELETE FROM likes"]).failed(1, &["read-only"]);
}

#[test]
fn generate_fills_a_folder_in_each_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let expected = csv(&[
        "shop",
        "SELECT count(*) AS n, sum(quantity) AS q FROM order_items",
        "--rows",
        "500",
    ]);
    for format in ["csv", "parquet", "json"] {
        let out = folder.path().join(format);
        run(&[
            "generate",
            "shop",
            "--rows",
            "500",
            "--out",
            path(&out),
            "--format",
            format,
        ])
        .well();
        let names: Vec<String> = [
            "categories",
            "order_items",
            "orders",
            "payments",
            "products",
            "users",
        ]
        .iter()
        .map(|table| format!("{table}.{format}"))
        .collect();
        assert_eq!(entries(&out), names);
        if format == "json" {
            let text = std::fs::read_to_string(out.join("categories.json")).expect("readable");
            let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!(json.as_array().map(Vec::len), Some(12));
            assert_eq!(json[0]["name"], "Kitchen");
        } else {
            let sql = "SELECT count(*) AS n, sum(quantity)::BIGINT AS q FROM order_items";
            assert_eq!(csv(&[path(&out), sql]), expected, "{format}");
        }
    }
    assert_eq!(entries(folder.path()), ["csv", "json", "parquet"]);
    run(&[
        "generate",
        "shop",
        "--out",
        path(&folder.path().join("x")),
        "--format",
        "xml",
    ])
    .failed(2, &["xml"]);
}

#[test]
fn generate_takes_an_empty_folder_and_refuses_what_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("there.duckdb");
    std::fs::write(&file, "precious").expect("written");
    run(&["generate", "shop", "--rows", "50", "--out", path(&file)]).failed(2, &["exists already"]);
    assert_eq!(
        std::fs::read_to_string(&file).expect("readable"),
        "precious"
    );
    run(&[
        "generate",
        "shop",
        "--rows",
        "50",
        "--out",
        path(folder.path()),
    ])
    .failed(2, &["not an empty folder"]);
    let plain = folder.path().join("plain");
    std::fs::write(&plain, "precious").expect("written");
    run(&["generate", "shop", "--rows", "50", "--out", path(&plain)])
        .failed(2, &["not an empty folder"]);
    assert_eq!(
        std::fs::read_to_string(&plain).expect("readable"),
        "precious"
    );
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).expect("a folder");
    run(&["generate", "shop", "--rows", "50", "--out", path(&empty)]).well();
    assert_eq!(entries(&empty).len(), 6);
    let new = folder.path().join("new/deep");
    run(&["generate", "shop", "--rows", "50", "--out", path(&new)]).well();
    assert_eq!(entries(&new).len(), 6);
}

#[test]
fn a_failure_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    for out in ["x.duckdb", "x", "deep/x"] {
        let out = folder.path().join(out);
        for rows in ["0", "1000000000000"] {
            run(&["generate", "shop", "--rows", rows, "--out", path(&out)]).failed(1, &["scale"]);
            assert_eq!(
                entries(folder.path()),
                Vec::<String>::new(),
                "{}",
                out.display()
            );
        }
    }
    let nowhere = folder.path().join("no/such/x.duckdb");
    run(&["generate", "shop", "--rows", "50", "--out", path(&nowhere)])
        .failed(1, &["cannot be written to"]);
    assert_eq!(entries(folder.path()), Vec::<String>::new());
}

#[test]
fn query_prints_a_table() {
    let text = run(&[
        "query",
        "shop",
        "SELECT id, name FROM categories ORDER BY id LIMIT 2",
        "--rows",
        "50",
    ])
    .well()
    .text();
    assert_eq!(
        text,
        "+----+----------------+\n| id | name           |\n+----+----------------+\n\
         | 1  | Kitchen        |\n| 2  | Coffee and tea |\n+----+----------------+\n"
    );
}

#[test]
fn query_says_when_a_table_is_cut_off() {
    let done = run(&[
        "query",
        "shop",
        "SELECT range AS n FROM range(10001)",
        "--rows",
        "50",
    ])
    .well();
    assert_eq!(done.text().lines().count(), 10_000 + 4);
    assert!(
        done.stderr.contains("10000 of 10001 rows"),
        "{}",
        done.stderr
    );
    let whole = csv(&[
        "shop",
        "SELECT range AS n FROM range(10001)",
        "--rows",
        "50",
    ]);
    assert_eq!(whole.lines().count(), 10_002);
}

#[test]
fn query_writes_csv_json_and_parquet() {
    let sql = "SELECT id, name, NULL AS gone FROM categories WHERE id <= 2 ORDER BY id";
    assert_eq!(
        csv(&["shop", sql, "--rows", "50"]),
        "id,name,gone\n1,Kitchen,\n2,Coffee and tea,\n"
    );
    let json = run(&["query", "shop", sql, "--rows", "50", "--format", "json"])
        .well()
        .json();
    assert_eq!(
        json,
        serde_json::json!([
            {"id": 1, "name": "Kitchen", "gone": null},
            {"id": 2, "name": "Coffee and tea", "gone": null}
        ])
    );
    let folder = tempfile::tempdir().expect("a folder");
    let parquet = run(&["query", "shop", sql, "--rows", "50", "--format", "parquet"]).well();
    assert!(parquet.stdout.starts_with(b"PAR1") && parquet.stdout.ends_with(b"PAR1"));
    std::fs::write(folder.path().join("a.parquet"), &parquet.stdout).expect("written");
    assert_eq!(
        csv(&[
            path(folder.path()),
            "SELECT sum(id) AS s, count(gone) AS g FROM a"
        ]),
        "s,g\n3,0\n"
    );
}

#[test]
fn query_works_on_sql_files_and_folders_of_csv() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.sql");
    std::fs::write(
        &file,
        "CREATE TABLE a (x INT); CREATE VIEW v AS SELECT x FROM a;",
    )
    .expect("written");
    assert_eq!(csv(&[path(&file), "SELECT count(*) AS n FROM v"]), "n\n0\n");
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("a folder");
    std::fs::write(data.join("the people.csv"), "id,name\n1,Ann\n2,Bob\n").expect("written");
    assert_eq!(
        csv(&[path(&data), "SELECT max(name) AS m FROM \"the people\""]),
        "m\nBob\n"
    );
}

#[test]
fn an_error_in_a_query_tells_its_line_and_what_may_have_been_meant() {
    run(&["query", "shop", "SELECT id\nFROM categoris", "--rows", "50"])
        .failed(1, &["line 2", "categoris", "did you mean categories"]);
    run(&[
        "query",
        "shop",
        "SELECT nmae FROM categories",
        "--rows",
        "50",
    ])
    .failed(1, &["line 1", "nmae", "name"]);
    run(&["query", "shop", "", "--rows", "50"]).failed(1, &["no statement"]);
    run(&["query", "shop", "-- nothing", "--rows", "50"]).failed(1, &["no statement"]);
}

#[test]
fn a_query_reaches_no_file_but_those_of_its_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("secret.csv");
    std::fs::write(&secret, "x\n42\n").expect("written");
    let read = format!("SELECT * FROM read_csv('{}')", path(&secret));
    run(&["query", "shop", &read, "--rows", "50"]).failed(1, &["disabled"]);
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("a folder");
    std::fs::write(data.join("a.csv"), "x\n1\n").expect("written");
    let done = run(&["query", path(&data), &read]).failed(1, &[]);
    assert!(!done.stderr.contains("42"));
    let out = folder.path().join("out.csv");
    let copy = format!("COPY (SELECT 1) TO '{}'", path(&out));
    run(&["query", "shop", &copy, "--rows", "50"]).failed(1, &["disabled"]);
    assert!(!out.exists());
}

#[test]
fn a_scale_that_cannot_be_is_told() {
    run(&["query", "shop", "SELECT 1", "--rows", "0"]).failed(1, &["scale"]);
    run(&["query", "shop", "SELECT 1", "--rows", "1000000000000"]).failed(1, &["scale"]);
}
