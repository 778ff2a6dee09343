//! `crowsfoot schema` and `crowsfoot layout` on every kind of source.

use super::*;

const SHOP: &str = "CREATE TABLE customer (id INT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE bill (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customer(id), total NUMERIC(10,2));\n";

fn sql_file(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(name);
    std::fs::write(&file, text).expect("written");
    path(&file).to_owned()
}

/// Table names of `schema --to json`.
fn names(json: &serde_json::Value) -> Vec<&str> {
    let tables = json["tables"].as_array().expect("tables");
    tables
        .iter()
        .map(|t| t["name"].as_str().expect("a name"))
        .collect()
}

#[test]
fn a_pack_is_written_in_all_nine_languages() {
    for (target, words) in [
        (
            "duckdb",
            &[
                "CREATE TABLE tweets",
                "VARCHAR",
                "PRIMARY KEY (follower_id, followee_id)",
            ][..],
        ),
        ("postgres", &["CREATE TABLE tweets", "REFERENCES users"]),
        ("mysql", &["CREATE TABLE tweets", "VARCHAR(50)"]),
        ("sqlite", &["CREATE TABLE tweets"]),
        ("spark", &["CREATE TABLE tweets", "STRING"]),
        ("dbml", &["Table tweets {", "Ref"]),
        ("mermaid", &["erDiagram", "tweets"]),
        ("markdown", &["tweets", "| "]),
        ("json", &["\"tables\"", "\"tweets\""]),
    ] {
        let text = run(&["schema", "twitter", "--to", target]).well().text();
        for word in words {
            assert!(text.contains(word), "{target} should say {word}:\n{text}");
        }
        for table in ["users", "tweets", "follows", "likes"] {
            assert!(text.contains(table), "{target}: {table}");
        }
    }
}

#[test]
fn what_is_written_for_an_engine_is_read_back_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let original = run(&["schema", "twitter", "--to", "json"]).well().json();
    for target in ["duckdb", "postgres", "mysql", "sqlite"] {
        let text = run(&["schema", "twitter", "--to", target]).well().text();
        let file = sql_file(folder.path(), &format!("{target}.sql"), &text);
        let json = run(&["schema", &file, "--to", "json"]).well().json();
        assert_eq!(json["problems"], serde_json::json!([]), "{target}");
        assert_eq!(names(&json), names(&original), "{target}");
        let keys = |json: &serde_json::Value| -> Vec<serde_json::Value> {
            let tables = json["tables"].as_array().expect("tables");
            tables.iter().map(|t| t["primary_key"].clone()).collect()
        };
        assert_eq!(keys(&json), keys(&original), "{target}");
    }
}

#[test]
fn json_has_the_promised_fields() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = sql_file(
        folder.path(),
        "a.sql",
        &format!("{SHOP}CREATE TABLE broken (x INT NOT);\n"),
    );
    let done = run(&["schema", &file, "--to", "json"]).well();
    assert!(done.stderr.starts_with("line 3: "), "{}", done.stderr);
    let json = done.json();
    check_fields(&json, &["tables", "relations", "problems"]);
    let bill = &json["tables"][1];
    check_fields(bill, &["name", "columns", "primary_key"]);
    assert_eq!(bill["primary_key"], serde_json::json!(["id"]));
    check_fields(&bill["columns"][0], &["name", "type", "nullable"]);
    assert_eq!(bill["columns"][1]["nullable"], false);
    assert_eq!(bill["columns"][2]["nullable"], true);
    assert_eq!(
        json["relations"],
        serde_json::json!([{"from": "bill", "from_columns": ["customer_id"], "to": "customer", "to_columns": ["id"], "declared": true}])
    );
    assert_eq!(json["problems"][0]["line"], 3);
    check_fields(&json["problems"][0], &["line", "message"]);
}

#[test]
fn several_sql_files_are_one_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = SHOP.split_once(";\n").expect("two statements");
    let one = sql_file(folder.path(), "one.sql", &format!("{first};"));
    let two = sql_file(folder.path(), "two.sql", second);
    let json = run(&["schema", &two, &one, "--to", "json"]).well().json();
    assert_eq!(names(&json), ["bill", "customer"]);
    assert_eq!(json["relations"][0]["to"], "customer");
    assert_eq!(json["problems"], serde_json::json!([]));
}

#[test]
fn a_file_without_a_table_ends_with_one_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = sql_file(folder.path(), "a.sql", "SELECT 1;\n");
    let done = run(&["schema", &file]);
    assert_eq!(done.code, 1);
    assert!(done.stderr.contains("creates no table"), "{}", done.stderr);
    run(&["layout", &file]).failed(1, &["no tables"]);
}

#[test]
fn a_file_that_is_no_utf8_is_read_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("latin.sql");
    std::fs::write(&file, b"-- gr\xf6\xdfe\nCREATE TABLE a (x INT);\n").expect("written");
    let json = run(&["schema", path(&file), "--to", "json"]).well().json();
    assert_eq!(names(&json), ["a"]);
}

#[test]
fn a_duckdb_file_gives_its_tables_keys_and_relations() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("t.duckdb");
    run(&["generate", "twitter", "--rows", "200", "--out", path(&file)]).well();
    let json = run(&["schema", path(&file), "--to", "json"]).well().json();
    assert_eq!(json["problems"], serde_json::json!([]));
    let mut found = names(&json);
    found.sort_unstable();
    assert_eq!(found, ["follows", "likes", "tweets", "users"]);
    let declared = json["relations"]
        .as_array()
        .expect("relations")
        .iter()
        .filter(|r| r["declared"] == true);
    assert_eq!(declared.count(), 5);
    let layout = run(&["layout", path(&file)]).well().json();
    assert_eq!(layout["tables"].as_array().map(Vec::len), Some(4));
}

#[test]
fn a_folder_of_data_files_gives_a_table_for_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("data");
    run(&["generate", "shop", "--rows", "100", "--out", path(&out)]).well();
    std::fs::write(out.join("extra.csv"), "when,who\n2026-01-01,Ann\n").expect("written");
    std::fs::write(out.join("readme.txt"), "no data").expect("written");
    let json = run(&["schema", path(&out), "--to", "json"]).well().json();
    assert_eq!(
        names(&json),
        [
            "categories",
            "extra",
            "order_items",
            "orders",
            "payments",
            "products",
            "users"
        ]
    );
    let extra = &json["tables"][1];
    let column = |at: usize| {
        (
            extra["columns"][at]["name"].as_str(),
            extra["columns"][at]["type"].as_str(),
        )
    };
    assert_eq!(column(0), (Some("when"), Some("DATE")));
    assert_eq!(column(1), (Some("who"), Some("VARCHAR")));
}

#[test]
fn a_folder_without_data_and_a_file_that_is_no_database_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    run(&["schema", path(folder.path())]).failed(2, &["no .csv or .parquet"]);
    let file = folder.path().join("a.duckdb");
    std::fs::write(&file, "this is no database, however long the text may be").expect("written");
    run(&["schema", path(&file)]).failed(1, &["a.duckdb"]);
}

#[test]
fn layout_prints_boxes_and_lines() {
    let json = run(&["layout", "shop", "--json"]).well().json();
    let mut names = fields(&json);
    names.sort_unstable();
    assert_eq!(names, ["edges", "elapsed_ms", "tables"]);
    assert!(json["elapsed_ms"].is_number());
    let tables = json["tables"].as_array().expect("tables");
    assert_eq!(tables.len(), 6);
    for table in tables {
        let side = |name: &str| table[name].as_f64().expect("a number");
        assert!(side("w") > 0.0 && side("h") > 0.0, "{table}");
        assert!(side("x").is_finite() && side("y").is_finite(), "{table}");
    }
    let edges = json["edges"].as_array().expect("edges");
    assert_eq!(edges.len(), 5);
    for edge in edges {
        assert!(tables.iter().any(|t| t["name"] == edge["from"]), "{edge}");
        assert!(tables.iter().any(|t| t["name"] == edge["to"]), "{edge}");
        let points = edge["points"].as_array().expect("points");
        assert!(points.len() >= 2, "{edge}");
        assert!(
            points
                .iter()
                .all(|p| p.as_array().is_some_and(|p| p.len() == 2)),
            "{edge}"
        );
    }
    let again = run(&["layout", "shop"]).well().json();
    assert_eq!(
        again["tables"], json["tables"],
        "the same every time, --json or not"
    );
    assert_eq!(again["edges"], json["edges"]);
}

#[test]
fn layout_writes_a_picture() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("shop.svg");
    let done = run(&["layout", "shop", "--svg", path(&file)]).well();
    assert_eq!(done.text(), "", "the picture is the result");
    let svg = std::fs::read_to_string(&file).expect("a picture");
    assert!(
        svg.starts_with("<svg") || svg.starts_with("<?xml"),
        "{}",
        &svg[..80]
    );
    assert!(svg.trim_end().ends_with("</svg>"));
    for table in ["users", "order_items", "payments"] {
        assert!(svg.contains(table), "{table}");
    }
    let dark = folder.path().join("dark.svg");
    run(&["layout", "shop", "--svg", path(&dark), "--dark"]).well();
    assert_ne!(std::fs::read_to_string(&dark).expect("a picture"), svg);
    let both = run(&["layout", "shop", "--json", "--svg", path(&dark)])
        .well()
        .json();
    assert!(both["tables"].is_array());
    run(&[
        "layout",
        "shop",
        "--svg",
        path(&folder.path().join("no/such/x.svg")),
    ])
    .failed(1, &["x.svg"]);
}

#[test]
fn layout_writes_pixels_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("shop.png");
    let done = run(&["layout", "shop", "--png", path(&file)]).well();
    assert_eq!(done.text(), "", "the picture is the result");
    let picture = image::open(&file).expect("a picture").to_rgba8();
    let json = run(&["layout", "shop"]).well().json();
    let right_end = json["tables"]
        .as_array()
        .expect("tables")
        .iter()
        .filter_map(|t| Some(t["x"].as_f64()? + t["w"].as_f64()?))
        .fold(0.0, f64::max);
    assert!(
        f64::from(picture.width()) > 2.0 * right_end,
        "two pixels for each point"
    );
    let colours: std::collections::HashSet<[u8; 4]> = picture.pixels().map(|p| p.0).collect();
    assert!(colours.len() > 50, "boxes, lines and smooth text");
    run(&[
        "layout",
        "shop",
        "--png",
        path(&folder.path().join("no/such/x.png")),
    ])
    .failed(1, &["x.png"]);
}
