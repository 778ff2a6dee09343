//! Practice, driven by what a person reads in it.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;

use super::{Start, Window};
use crate::support::catalog;

/// A window on a drill, ready to be answered.
fn open(drill: &str, folder: Option<&std::path::Path>) -> Window {
    let (pack, _) = catalog().drill(drill).expect("a drill");
    let state = format!(
        r#"{{"theme":"light","scale":1000,"pack":"{0}","workspace":"practice","practice":{{"drill":"{drill}","chosen_in":"{0}"}}}}"#,
        pack.id
    );
    Window::open(Start {
        state: &state,
        folder,
        ..Start::default()
    })
}

fn reference(drill: &str) -> String {
    let (_, drill) = catalog().drill(drill).expect("a drill");
    drill.sql().expect("a SQL drill").reference.clone()
}

/// Writes an answer and hands it in.
fn submit(window: &mut Window, sql: &str) {
    window.harness.get_by_label("Answer editor").focus();
    window.harness.run_steps(2);
    window.press(Modifiers::COMMAND, Key::A);
    window.harness.get_by_label("Answer editor").type_text(sql);
    window.harness.run_steps(2);
    window.click_role(Role::Button, "Submit");
    window.settle();
}

#[test]
fn a_right_answer_passes_and_opens_the_solutions() {
    let mut window = open("first_order", None);
    assert!(!window.shows_part("What to take along"));
    submit(&mut window, &reference("first_order"));
    assert!(window.shows_part("Passed"), "{:?}", window.labels());
    assert!(window.shows_part("What to take along"));
    // The ways are measured by themselves, once it is right.
    assert!(
        window.shows_part("Time of each way: Yours"),
        "{:?}",
        window.labels()
    );
    assert!(window.shows_part("Plan of Reference: "));
    let passed = window.app(|app| {
        let record = app.progress().drill("first_order");
        record.is_some_and(|r| r.has_passed())
    });
    assert!(passed);
}

#[test]
fn a_wrong_answer_shows_the_smallest_data_that_shows_it() {
    let mut window = open("first_order", None);
    let (_, drill) = catalog().drill("first_order").expect("a drill");
    let wrong = &drill.sql().expect("a SQL drill").wrong[0];
    submit(&mut window, &wrong.sql);
    assert!(window.shows_part("Not yet"));
    assert!(window.shows_part("The smallest data that shows it"));
    assert!(window.shows_part("Expected") && window.shows_part("Yours"));
    assert!(!window.shows_part("What to take along"));
}

#[test]
fn an_answer_that_is_no_select_is_refused_in_words() {
    let mut window = open("first_order", None);
    submit(&mut window, "DROP TABLE users");
    assert!(window.shows_part("Not yet"));
    submit(&mut window, &reference("first_order"));
    assert!(window.shows_part("Passed"), "the data is as it was");
}

#[test]
fn answers_and_attempts_are_there_at_the_next_start_without_a_farewell() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut window = open("first_order", Some(folder.path()));
    submit(&mut window, "SELECT 1 AS a");
    // The program is killed: nothing is saved on the way out.
    drop(window);
    let again = open("first_order", Some(folder.path()));
    again.app(|app| {
        let record = app.progress().drill("first_order").expect("a record");
        assert_eq!(record.draft, "SELECT 1 AS a");
        assert_eq!(record.attempts.len(), 1);
    });
}

#[test]
fn hints_come_one_after_the_other() {
    let mut window = open("first_order", None);
    for number in 1..=3 {
        let text = format!("Show hint {number} of 3");
        let button = window.harness.get_by_role_and_label(Role::Button, &text);
        button.scroll_to_me();
        window.harness.run_steps(3);
        window.click_role(Role::Button, &text);
    }
    assert!(!window.shows_part("Show hint"));
}

#[test]
fn a_drill_is_found_by_search() {
    let mut window = Window::open(Start::default());
    window.go_to("toy_recall");
    assert!(window.shows_part("SQL drills"));
    assert_eq!(
        window
            .app(|app| app.state().practice.drill.clone())
            .as_deref(),
        Some("toy_recall")
    );
}
