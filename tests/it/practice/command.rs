//! `crowsfoot grade`, and drills in `check` and `packs`.

use std::io::Write;
use std::process::{Command, Stdio};

use super::*;

fn run(folder: &Path, args: &[&str], stdin: &str) -> (i32, String, String) {
    let home = std::env::temp_dir().join("crowsfoot-test-home-that-is-not-there");
    let mut child = Command::new(env!("CARGO_BIN_EXE_crowsfoot"))
        .args(args)
        .arg("--packs")
        .arg(folder)
        .env("HOME", &home)
        .env("XDG_DATA_HOME", &home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    // A program that does not read it is no fault of the test.
    pipe.write_all(stdin.as_bytes()).ok();
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    (
        output.status.code().expect("it ends by itself"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

const RIGHT: &str = "SELECT id, title, pages FROM book ORDER BY pages DESC, id LIMIT 5";
const WRONG: &str = "SELECT id, title, pages FROM book ORDER BY pages, id LIMIT 5";

#[test]
fn a_right_answer_ends_with_nought_and_a_wrong_one_with_one() {
    let (folder, _) = library(&DRILLS);
    let file = folder.path().join("answer.sql");
    std::fs::write(&file, RIGHT).expect("written");
    let name = file.to_str().expect("a plain path");
    let (code, text, errors) = run(folder.path(), &["grade", "longest", name], "");
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(text.starts_with("longest: passed."), "{text}");
    let (code, text, _) = run(folder.path(), &["grade", "longest", "-"], WRONG);
    assert_eq!(code, 1);
    assert!(text.starts_with("longest: not passed."), "{text}");
    assert!(text.contains("These are the shortest."), "{text}");
    assert!(
        text.contains("expected (5 rows)") || text.contains("expected ("),
        "{text}"
    );
}

#[test]
fn json_holds_the_whole_verdict() {
    let (folder, _) = library(&DRILLS);
    let (code, text, _) = run(folder.path(), &["grade", "longest", "-", "--json"], WRONG);
    assert_eq!(code, 1);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON, and nothing else");
    assert_eq!(
        (&json["drill"], &json["passed"]),
        (&"longest".into(), &false.into())
    );
    assert!(json["score"].as_f64().is_some_and(|score| score < 1.0));
    let findings = json["findings"].as_array().expect("a list");
    assert_eq!(findings[0]["id"], "statement");
    assert_eq!(findings.len(), 10);
    for finding in findings {
        assert!(finding["passed"].is_boolean() && finding["message"].is_string());
    }
    assert!(json["counterexample"]["tables"].is_array());
    let verdict: Verdict = serde_json::from_str(&text).expect("it reads back");
    assert_eq!(verdict.because.as_deref(), Some("These are the shortest."));
    let (code, text, _) = run(folder.path(), &["grade", "longest", "-", "--json"], RIGHT);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((code, &json["score"]), (0, &1.0.into()));
}

#[test]
fn what_is_not_there_ends_with_two() {
    let (folder, _) = library(&DRILLS);
    for (args, word) in [
        (&["grade", "unheard_of", "-"][..], "unheard_of"),
        (&["grade", "longest", "nowhere.sql"], "nowhere.sql"),
        (&["grade", "longest"], "ANSWER.sql"),
        (&["grade"], "DRILL"),
    ] {
        let (code, text, errors) = run(folder.path(), args, RIGHT);
        assert_eq!((code, text.as_str()), (2, ""), "{args:?}");
        assert!(errors.contains(word), "{errors}");
    }
}

#[test]
fn drills_are_listed() {
    let (folder, _) = library(&DRILLS);
    let (code, text, _) = run(folder.path(), &["grade", "--list"], "");
    assert_eq!(code, 0);
    for (id, _) in DRILLS {
        assert!(text.lines().any(|line| line.starts_with(id)), "{text}");
    }
    let (_, text, _) = run(folder.path(), &["packs", "--json"], "");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let packs = json.as_array().expect("a list");
    let library = packs.iter().find(|p| p["id"] == "library").expect("listed");
    assert_eq!(
        library["drills"],
        serde_json::json!(["books_of_authors", "longest", "cities"])
    );
}

#[test]
fn check_proves_drills() {
    let faulty = LONGEST
        .replace("of equally long ones", "of long ones")
        .replace(
            "SELECT id, title, pages FROM book ORDER BY pages, id LIMIT 5",
            "SELECT id, title, pages FROM book ORDER BY pages DESC, id LIMIT 5",
        );
    let (folder, _) = library(&[("faulty", &faulty), ("cities", CITIES)]);
    let named = folder.path().to_str().expect("a plain path");
    for args in [&["check", named][..], &["check", named, "--drills"]] {
        let (code, text, errors) = run(folder.path(), args, "");
        assert_eq!(code, 1, "{text}{errors}");
        assert_eq!(
            text,
            "library/drills/faulty/drill.toml: wrong Shortest: passes on all variants\n"
        );
    }
}

#[test]
fn a_design_is_graded_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let design = "CREATE TABLE users (id BIGINT PRIMARY KEY, username TEXT NOT NULL UNIQUE, email TEXT NOT NULL UNIQUE);";
    let args = ["grade", "design_twitter", "-", "--json"];
    let (code, text, errors) = run(folder.path(), &args, design);
    assert_eq!(code, 1, "{errors}");
    let verdict: serde_json::Value = serde_json::from_str(&text).expect("JSON, and nothing else");
    assert_eq!(verdict["drill"], "design_twitter");
    assert_eq!(verdict["passed"], false);
    let findings = verdict["findings"].as_array().expect("a list");
    let of = |id: &str| {
        findings
            .iter()
            .find(|f| f["id"] == id)
            .expect("it is there")
    };
    assert_eq!(of("unique_names")["passed"], true);
    assert_eq!(of("follow_pairs")["passed"], false);
    assert!(
        of("author")["message"]
            .as_str()
            .is_some_and(|m| !m.is_empty())
    );
}

#[test]
fn a_follow_up_nobody_knows_and_one_of_a_sql_drill_are_usage_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    for (drill, expected) in [
        (
            "design_twitter",
            "the drill has no follow-up nothing; there are erase_a_person",
        ),
        (
            "first_order",
            "first_order is a SQL drill: only designs have follow-ups",
        ),
    ] {
        let args = ["grade", drill, "-", "--follow-up", "nothing"];
        let (code, _, errors) = run(folder.path(), &args, "");
        assert_eq!(code, 2, "{errors}");
        assert!(errors.contains(expected), "{errors}");
    }
}
