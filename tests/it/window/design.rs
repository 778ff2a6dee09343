//! Design drills, driven by what a person reads in them.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;

use super::{Start, Window};
use crate::support::catalog;

const DRILL: &str = "design_twitter";

/// A window on the design drill.
pub fn open(theme: &str, folder: Option<&std::path::Path>) -> Window {
    let state = format!(
        r#"{{"theme":"{theme}","scale":1000,"pack":"twitter","workspace":"practice","practice":{{"page":"design","design":"{DRILL}","chosen_in":"twitter"}}}}"#
    );
    Window::open(Start {
        state: &state,
        folder,
        ..Start::default()
    })
}

pub fn accepted(place: usize) -> String {
    let (_, drill) = catalog().drill(DRILL).expect("a drill");
    drill.design().expect("a design drill").accepted[place]
        .sql
        .clone()
}

/// Replaces the design by another.
pub fn write(window: &mut Window, sql: &str) {
    window.harness.get_by_label("Design editor").focus();
    window.harness.run_steps(2);
    window.press(Modifiers::COMMAND, Key::A);
    window.harness.get_by_label("Design editor").type_text(sql);
    window.harness.run_steps(2);
    window.settle();
}

#[test]
fn the_diagram_and_the_findings_follow_the_typing() {
    let mut window = open("light", None);
    assert!(window.shows("No table yet"), "{:?}", window.labels());
    write(&mut window, "CREATE TABLE users (name TEXT)");
    assert!(window.shows_part("Diagram of your design: users"));
    assert!(window.shows_part("has no key"), "{:?}", window.labels());
    write(
        &mut window,
        "CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT)",
    );
    assert!(!window.shows_part("has no key"));
    write(&mut window, "CREATE TABLE users (id BIGINT PRIMARY KEY,");
    assert!(window.shows_part("Line 1: "), "{:?}", window.labels());
}

#[test]
fn a_right_design_passes_and_opens_the_reference_and_the_follow_ups() {
    let mut window = open("light", None);
    assert!(window.shows_part("Follow-ups come once the design stands"));
    write(&mut window, &accepted(1));
    window.click_role(Role::Button, "Check");
    window.settle();
    assert!(window.shows("Passed"), "{:?}", window.labels());
    assert!(window.shows("100 of 100"));
    window.click_role(Role::RadioButton, "Questions");
    assert!(window.shows_part("Answered from the filled design"));
    window.click_role(Role::RadioButton, "Reference");
    window.settle();
    assert!(
        window.shows_part("nearest to yours"),
        "{:?}",
        window.labels()
    );
    assert!(window.shows_part("What to take along"));
    let passed = window.app(|app| app.progress().drill(DRILL).is_some_and(|r| r.has_passed()));
    assert!(passed);
}

#[test]
fn what_is_missing_is_told_with_its_reason_and_the_reference_stays_hidden() {
    let mut window = open("light", None);
    write(
        &mut window,
        "CREATE TABLE users (id BIGINT PRIMARY KEY, username TEXT)",
    );
    window.click_role(Role::Button, "Check");
    window.settle();
    assert!(window.shows("Not yet"), "{:?}", window.labels());
    assert!(window.shows("Each tweet refers to its author"));
    assert!(window.shows_part("Missing: "));
    window.click_role(Role::RadioButton, "Reference");
    window.settle();
    assert!(!window.shows_part("nearest to yours"));
    window.click_role(Role::Button, "Show the reference");
    window.settle();
    assert!(
        window.shows_part("nearest to yours"),
        "{:?}",
        window.labels()
    );
    let record = window.app(|app| app.progress().drill(DRILL).cloned());
    assert!(record.is_some_and(|r| r.gave_up && !r.has_passed()));
}

#[test]
fn a_follow_up_is_answered_by_changing_the_design() {
    let mut window = open("light", None);
    write(&mut window, &accepted(0));
    window.click_role(Role::Button, "Check");
    window.settle();
    window.click_role(Role::ListItem, "Delete a person's data");
    window.settle();
    window.click_role(Role::Button, "Check the change");
    window.settle();
    assert!(window.shows("Not yet"), "{:?}", window.labels());
    let changed = format!(
        "{}\nALTER TABLE users ADD COLUMN deleted_at TIMESTAMP;",
        accepted(0)
    );
    write(&mut window, &changed);
    window.click_role(Role::Button, "Check the change");
    window.settle();
    assert!(window.shows("Passed"), "{:?}", window.labels());
    let done = window.app(|app| {
        let record = app.progress().drill(DRILL);
        record.map(|r| r.follow_ups.iter().copied().collect::<Vec<_>>())
    });
    assert_eq!(done, Some(vec![0]));
}

#[test]
fn a_draft_is_there_at_the_next_start_without_a_farewell() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut window = open("light", Some(folder.path()));
    write(&mut window, "CREATE TABLE users (id BIGINT PRIMARY KEY)");
    // The program is killed: nothing is saved on the way out.
    drop(window);
    let window = open("light", Some(folder.path()));
    assert!(
        window.shows_part("Diagram of your design: users"),
        "{:?}",
        window.labels()
    );
}

#[test]
fn a_thousand_tables_are_read_without_being_drawn() {
    let mut window = open("light", None);
    let many: String = (0..1_000)
        .map(|n| format!("CREATE TABLE t{n} (id INT PRIMARY KEY);"))
        .collect();
    write(&mut window, &many);
    assert!(
        window.shows_part("1000 tables are too many to be drawn"),
        "{:?}",
        window.labels()
    );
    window.click_role(Role::Button, "Check");
    window.settle();
    assert!(window.shows("Not yet"));
}
