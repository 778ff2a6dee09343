//! Lower rooms never name higher ones, and some words stay out of some rooms.

use std::path::{Path, PathBuf};

/// Rooms from the ground up. A room may name those before it.
const ROOMS: [&str; 15] = [
    "format",
    "model",
    "ddl",
    "datagen",
    "catalog",
    "engine",
    "diagram",
    "prepare",
    "measure",
    "lab",
    "practice",
    "ui_kit",
    "workspace",
    "app",
    "cli",
];

/// Words a room must not know, apart from the rooms above it.
const FORBIDDEN: [(&str, &[&str]); 9] = [
    ("model", &["duckdb::", "egui", "std::fs", "std::thread"]),
    ("ddl", &["duckdb::", "egui", "std::fs", "std::thread"]),
    ("datagen", &["duckdb::", "egui", "std::fs", "std::thread"]),
    ("catalog", &["duckdb::", "egui"]),
    ("engine", &["egui"]),
    ("diagram", &["duckdb::", "egui", "std::fs"]),
    ("lab", &["duckdb::", "egui"]),
    ("practice", &["duckdb::", "egui", "crate::lab"]),
    ("cli", &["egui::"]),
];

/// Rooms that stand beside each other and must not know each other.
const NEIGHBOURS: [(&str, &[&str]); 6] = [
    (
        "workspace/explore",
        &["workspace::query", "super::query", "workspace::compare"],
    ),
    (
        "workspace/query",
        &["workspace::explore", "super::explore", "workspace::compare"],
    ),
    (
        "workspace/compare",
        &["workspace::explore", "workspace::query"],
    ),
    (
        "workspace/picture",
        &[
            "workspace::explore",
            "workspace::query",
            "workspace::compare",
        ],
    ),
    (
        "ui_kit",
        &[
            "crate::model",
            "crate::ddl",
            "crate::datagen",
            "crate::catalog",
            "crate::engine",
            "crate::diagram",
            "crate::prepare",
            "crate::lab",
            "crate::practice",
        ],
    ),
    (
        "diagram",
        &[
            "crate::ddl",
            "crate::datagen",
            "crate::catalog",
            "crate::engine",
        ],
    ),
];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All files of a room: `model/…` or `prepare.rs`.
fn files(room: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let single = src().join(format!("{room}.rs"));
    if single.is_file() {
        found.push(single);
    }
    let mut folders = vec![src().join(room)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found
}

/// Lines of code that contain the word; comments may speak of anything.
fn mentions(room: &str, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for file in files(room) {
        let text = std::fs::read_to_string(&file).expect("source is readable");
        for (number, line) in text.lines().enumerate() {
            if !line.trim_start().starts_with("//") && line.contains(word) {
                found.push(format!(
                    "{}:{}: {}",
                    file.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    found
}

#[test]
fn lower_rooms_never_name_higher_ones() {
    for (index, room) in ROOMS.iter().enumerate() {
        assert!(
            !files(room).is_empty(),
            "the room {room} is empty: is the list up to date?"
        );
        for higher in &ROOMS[index + 1..] {
            let word = format!("crate::{higher}");
            assert_eq!(
                mentions(room, &word),
                Vec::<String>::new(),
                "{room} names {higher}"
            );
        }
    }
}

#[test]
fn every_module_of_the_library_is_a_listed_room() {
    let lib = std::fs::read_to_string(src().join("lib.rs")).expect("lib.rs is readable");
    let modules: Vec<&str> = lib
        .lines()
        .filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    for module in modules {
        assert!(
            ROOMS.contains(&module),
            "{module} has no place among the rooms"
        );
    }
}

#[test]
fn rooms_stay_free_of_what_they_must_not_know() {
    for (room, words) in FORBIDDEN.iter().chain(&NEIGHBOURS) {
        for word in *words {
            assert_eq!(
                mentions(room, word),
                Vec::<String>::new(),
                "{room} knows {word}"
            );
        }
    }
}
