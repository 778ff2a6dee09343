//! `crowsfoot lab`.

use super::{path, run};

#[test]
fn labs_are_listed_with_their_question() {
    let list = run(&["lab", "--list"]).well().text();
    assert_eq!(list.lines().count(), 21);
    assert!(
        list.lines()
            .any(|l| l.starts_with("embed_author") && l.ends_with('?'))
    );
}

#[test]
fn figures_come_as_json_with_the_documented_fields() {
    let run = run(&[
        "lab",
        "embed_author",
        "--rows",
        "2000",
        "--runs",
        "2",
        "--json",
    ])
    .well();
    let json = run.json();
    assert_eq!(json["lab"], "embed_author");
    assert_eq!(json["rows"], 2_000);
    assert_eq!(json["seed"], 1);
    assert_eq!(json["layouts"], serde_json::json!(["normalized", "copied"]));
    let read = &json["reads"][0];
    assert_eq!(read["answers_equal"], true);
    for field in ["id", "ratio", "ratio_low", "ratio_high", "verdict"] {
        assert!(!read[field].is_null(), "{field}: {read}");
    }
    let layout = &read["layouts"][1];
    for field in [
        "id",
        "median_ms",
        "low_ms",
        "high_ms",
        "rows_scanned",
        "bytes_read",
    ] {
        assert!(!layout[field].is_null(), "{field}: {layout}");
    }
    assert_eq!(layout["runs"], 2);
    let stored = &json["storage"][0];
    for field in ["layout", "table", "bytes"] {
        assert!(!stored[field].is_null(), "{field}: {stored}");
    }
    let write = &json["writes"][0]["layouts"][0];
    for field in ["id", "rows_written", "median_ms"] {
        assert!(!write[field].is_null(), "{field}: {write}");
    }
}

#[test]
fn figures_are_written_in_every_form() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, start) in [
        ("a.md", "# The author's name in every post"),
        ("a.csv", "lab,rows,seed,kind,entry,layout,figure,value"),
        ("a.json", "["),
        ("a.svg", "<svg"),
    ] {
        let file = folder.path().join(name);
        let args = [
            "lab",
            "embed_author",
            "--rows",
            "1000",
            "--runs",
            "1",
            "--out",
            path(&file),
        ];
        run(&args).well();
        let text = std::fs::read_to_string(&file).expect("the file is there");
        assert!(text.starts_with(start), "{name}: {text}");
    }
    let file = folder.path().join("a.png");
    let args = [
        "lab",
        "embed_author",
        "--rows",
        "1000",
        "--runs",
        "1",
        "--out",
        path(&file),
    ];
    run(&args).well();
    let picture = image::open(&file).expect("a picture");
    assert!(picture.width() > 800 && picture.height() > 400);
}

#[test]
fn several_scales_give_a_report_each() {
    let args = [
        "lab",
        "embed_author",
        "--sweep",
        "--rows",
        "100000",
        "--runs",
        "1",
        "--json",
    ];
    let json = run(&args).well().json();
    let rows: Vec<u64> = json
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|r| r["rows"].as_u64())
        .collect();
    assert_eq!(rows, [10_000, 100_000]);
}

#[test]
fn what_is_no_lab_is_a_usage_error() {
    run(&["lab", "nonsense"]).failed(2, &["no lab nonsense", "--list"]);
}

#[test]
fn an_unknown_form_of_file_is_said_before_it_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("a.docx");
    let args = [
        "lab",
        "embed_author",
        "--rows",
        "1000",
        "--runs",
        "1",
        "--json",
        "--out",
        path(&file),
    ];
    let run = run(&args);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains(".md"), "{}", run.stderr);
    assert!(!file.exists());
}
