//! One search for all models and everything in them.

use crowsfoot::app::WorkspaceKind;
use crowsfoot::workspace::explore::Selected;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::{Start, Window};

fn search(window: &mut Window, text: &str) {
    window.press(Modifiers::COMMAND, Key::K);
    window.harness.get_by_label("Search").type_text(text);
    window.harness.run_steps(3);
}

fn open() -> Window {
    Window::open(Start {
        size: (1400.0, 1200.0),
        state: r#"{"theme":"light","scale":2000,"pack":"shop"}"#,
        ..Start::default()
    })
}

/// A window on another model than the one that is searched for.
fn elsewhere() -> Window {
    Window::open(Start {
        size: (1400.0, 1200.0),
        state: r#"{"scale":1000,"pack":"twitter"}"#,
        ..Start::default()
    })
}

#[test]
fn hits_say_what_they_are_and_of_which_model() {
    let mut window = open();
    search(&mut window, "order_id");
    for hit in [
        "order_items.order_id, column of Online shop",
        "payments.order_id, column of Online shop",
    ] {
        assert!(window.shows(hit), "{:?}", window.labels());
    }
}

#[test]
fn a_column_is_selected_and_its_values_shown() {
    let mut window = open();
    window.go_to("payments.status");
    let selected = window.app(|app| app.state().packs["shop"].explore.selected.clone());
    assert_eq!(
        selected,
        Some(Selected::Column {
            table: "payments".into(),
            column: "status".into()
        })
    );
    assert!(window.shows("All values"), "{:?}", window.labels());
}

#[test]
fn a_concept_opens_the_documentation_where_it_stands() {
    let mut window = open();
    window.go_to("idempotency");
    window.wait_for("the concept at the top of the page", |w| {
        let page = w.harness.query_by_label("Close the documentation");
        let concept = w.harness.query_all_by_label("Idempotency").next();
        page.zip(concept).is_some_and(|(page, concept)| {
            let below = concept.rect().top() - page.rect().bottom();
            (0.0..200.0).contains(&below)
        })
    });
    assert!(window.shows("Diagram of Online shop"));
}

#[test]
fn a_review_question_opens_with_its_answer() {
    let mut window = elsewhere();
    window.go_to("last piece");
    assert!(
        window.shows("Copy the repaired SQL"),
        "{:?}",
        window.labels()
    );
}

#[test]
fn a_query_of_another_model_opens_and_runs() {
    let mut window = elsewhere();
    window.go_to("orders of a customer");
    assert_eq!(
        window.app(|app| app.state().workspace),
        WorkspaceKind::Query
    );
    assert!(window.shows_part("Result, "), "{:?}", window.labels());
}

#[test]
fn a_slip_of_the_hand_is_forgiven() {
    let mut window = open();
    search(&mut window, "paymnets");
    assert!(
        window.shows("payments, table of Online shop"),
        "{:?}",
        window.labels()
    );
}

#[test]
fn what_is_nowhere_is_said_to_be_nowhere() {
    let mut window = open();
    search(&mut window, "qqqqzzzz");
    assert!(window.shows("Nothing has these words"));
}
