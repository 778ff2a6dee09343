//! What the user made is there at the next start.

use egui::{Key, Modifiers};

use super::{Start, Window};

#[test]
fn theme_workspace_and_drafts_survive_a_restart() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let start = || Start {
        folder: Some(folder.path()),
        ..Start::default()
    };
    let mut window = Window::open(start());
    window.press(Modifiers::COMMAND, Key::Num2);
    window.settle();
    window.write_sql("SELECT 'kept' AS draft");
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.app_mut(crowsfoot::app::App::save_now);
    drop(window);
    let window = Window::open(start());
    assert!(window.shows("SQL editor"), "{:?}", window.labels());
    assert!(
        window.shows("Light theme (Ctrl+Shift+L)"),
        "the dark theme is on"
    );
    let drafts = window.app(|app| app.state().packs["content_catalog"].query.drafts.clone());
    assert!(drafts.values().any(|sql| sql == "SELECT 'kept' AS draft"));
}

#[test]
fn a_torn_state_file_is_said_and_the_window_opens_all_the_same() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("state.json"), "{\"scale\": 20").expect("written");
    let mut window = Window::open_busy(Start {
        folder: Some(folder.path()),
        ..Start::default()
    });
    window.wait_for("a diagram", |w| w.shows_part("Diagram of "));
    assert!(window.app(|app| {
        app.notice()
            .is_some_and(|n| n.contains("could not be read"))
    }));
}

#[test]
fn names_the_model_no_longer_has_are_forgotten() {
    let state = r#"{"scale":1000,"pack":"gone","workspace":"query","packs":{"content_catalog":
        {"explore":{"selected":{"Table":"no_such"}},"query":{"open":"no-such-query"}}}}"#;
    let window = Window::open(Start {
        state,
        ..Start::default()
    });
    assert!(window.shows_part("Result, "), "{:?}", window.labels());
}
