//! The program itself: what it prints where, and how it ends.

mod check;
mod data;
mod describe;
mod lab;
mod samples;

use std::path::Path;
use std::process::Command;

/// What a run left.
struct Run {
    code: i32,
    stdout: Vec<u8>,
    stderr: String,
}

impl Run {
    #[track_caller]
    fn text(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("UTF-8 on stdout")
    }

    #[track_caller]
    fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.stdout).expect("JSON on stdout, and nothing else")
    }

    /// It worked.
    #[track_caller]
    fn well(self) -> Self {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self
    }

    /// It failed with that code, one sentence on stderr, and nothing on stdout.
    #[track_caller]
    fn failed(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, code, "{}{}", self.text(), self.stderr);
        assert_eq!(self.text(), "", "results only on stdout");
        for word in words {
            assert!(
                self.stderr.contains(word),
                "{}\nshould say {word}",
                self.stderr
            );
        }
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }
}

/// A command of the program, away from the packs and state of whoever runs the tests.
fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crowsfoot"));
    let home = std::env::temp_dir().join("crowsfoot-test-home-that-is-not-there");
    command
        .args(args)
        .env("HOME", &home)
        .env("XDG_DATA_HOME", &home)
        .env_remove("CROWSFOOT_LOG");
    command
}

fn run(args: &[&str]) -> Run {
    finished(&mut command(args))
}

fn finished(command: &mut Command) -> Run {
    let output = command.output().expect("the program starts");
    Run {
        code: output.status.code().expect("it ends by itself"),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
    }
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// Field names of a JSON object.
#[track_caller]
fn fields(value: &serde_json::Value) -> Vec<&str> {
    let object = value.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

#[track_caller]
fn check_fields(value: &serde_json::Value, expected: &[&str]) {
    for field in expected {
        assert!(
            fields(value).contains(field),
            "{field} is missing in {value}"
        );
    }
}

#[test]
fn without_a_screen_the_window_says_what_to_do() {
    let run = finished(
        command(&[])
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET"),
    )
    .failed(2, &["screen", "DISPLAY", "--help"]);
    assert_eq!(run.stderr.trim_end().lines().count(), 1, "{}", run.stderr);
}

#[test]
fn help_and_version_are_results() {
    assert!(run(&["--help"]).well().text().contains("generate"));
    assert!(run(&["--version"]).well().text().starts_with("crowsfoot "));
}

#[test]
fn commands_that_are_not_understood_end_with_two() {
    run(&["unheard-of"]).failed(2, &["unheard-of"]);
    run(&["generate", "shop"]).failed(2, &["--out"]);
    run(&["query", "shop"]).failed(2, &["SQL"]);
    run(&["query", "shop", "SELECT 1", "--rows", "many"]).failed(2, &["many"]);
    run(&["query", "shop", "SELECT 1", "--format", "xml"]).failed(2, &["xml", "parquet"]);
    run(&["schema", "shop", "--to", "oracle"]).failed(2, &["oracle", "mermaid"]);
    run(&["schema"]).failed(2, &["SOURCE"]);
}

#[test]
fn sources_that_are_not_there_end_with_two_and_name_the_packs() {
    for args in [
        &["schema", "nowhere"][..],
        &["layout", "nowhere"],
        &["query", "nowhere", "SELECT 1"],
        &["schema", "nowhere.sql", "elsewhere.sql"],
    ] {
        run(args).failed(2, &["nowhere", "shop"]);
    }
    run(&["check", "nowhere"]).failed(2, &["nowhere"]);
    run(&["generate", "nowhere", "--out", "x.duckdb"]).failed(2, &["nowhere", "twitter"]);
}

#[test]
fn packs_lists_them_for_people_and_for_programs() {
    let text = run(&["packs"]).well().text();
    for id in crate::support::packs() {
        assert!(text.lines().any(|line| line.starts_with(id)), "{text}");
    }
    let json = run(&["packs", "--json"]).well().json();
    let packs = json.as_array().expect("an array");
    assert_eq!(packs.len(), crate::support::packs().count());
    for pack in packs {
        let mut names = fields(pack);
        names.sort_unstable();
        assert_eq!(
            names,
            ["drills", "id", "labs", "queries", "tables", "title"]
        );
    }
    let twitter = packs.iter().find(|p| p["id"] == "twitter").expect("listed");
    assert_eq!(
        twitter["tables"],
        serde_json::json!(["users", "tweets", "follows", "likes"])
    );
    assert!(twitter["queries"].as_array().is_some_and(|q| q.len() >= 6));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    use std::process::Stdio;
    let mut child = command(&[
        "query",
        "shop",
        "SELECT range, repeat('x', 200) FROM range(100000)",
        "--format",
        "csv",
        "--rows",
        "100",
    ])
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
