//! The documentation stands beside the diagram, and leads into it.

use crowsfoot::app::WorkspaceKind;
use crowsfoot::workspace::explore::Selected;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;

use super::{Start, Window};

fn shop(size: (f32, f32)) -> Window {
    Window::open(Start {
        size,
        state: r#"{"theme":"light","scale":2000,"pack":"shop"}"#,
        ..Start::default()
    })
}

fn selected(window: &Window) -> Option<Selected> {
    window.app(|app| app.state().packs.get("shop")?.explore.selected.clone())
}

#[test]
fn the_documentation_opens_beside_the_diagram() {
    let mut window = shop((1280.0, 800.0));
    assert!(!window.shows("Close the documentation"));
    window.press(Modifiers::COMMAND, Key::D);
    window.settle();
    let page = window
        .harness
        .get_by_label("Close the documentation")
        .rect();
    let diagram = window.harness.get_by_label("Diagram of Online shop").rect();
    assert!(page.right() <= diagram.left(), "{page} beside {diagram}");
    assert!(
        diagram.width() >= 200.0,
        "the diagram keeps room: {diagram}"
    );
    for section in ["Requirements", "Concepts", "What a reviewer would ask"] {
        assert!(
            window.shows(&format!("Contents: {section}")),
            "{:?}",
            window.labels()
        );
    }
    window.press(Modifiers::COMMAND, Key::D);
    assert!(!window.shows("Close the documentation"));
}

#[test]
fn a_wide_window_shows_the_documentation_without_being_asked() {
    let window = shop((1920.0, 1080.0));
    assert!(window.shows("Close the documentation"));
    assert!(window.shows("Diagram of Online shop"));
}

#[test]
fn whether_the_documentation_is_open_survives_a_restart() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let start = || Start {
        folder: Some(folder.path()),
        ..Start::default()
    };
    let mut window = Window::open(start());
    window.press(Modifiers::COMMAND, Key::D);
    window.settle();
    window.app_mut(crowsfoot::app::App::save_now);
    drop(window);
    let mut window = Window::open(start());
    assert!(window.shows("Close the documentation"));
    // And it is open for every model.
    window.go_to("Viewing history");
    assert!(window.shows("Diagram of Viewing history"));
    assert!(window.shows("Close the documentation"));
}

#[test]
fn the_overview_leads_into_a_section() {
    let mut window = shop((1280.0, 1200.0));
    window.click_role(Role::ListItem, "Read Concepts");
    window.settle();
    window.wait_for("the section", |w| {
        let page = w.harness.query_by_label("Close the documentation");
        let concept = w.harness.query_all_by_label("Idempotency").next();
        page.zip(concept).is_some_and(|(page, concept)| {
            let below = concept.rect().top() - page.rect().bottom();
            (0.0..400.0).contains(&below)
        })
    });
}

#[test]
fn tables_named_in_the_documentation_are_selected_with_a_click() {
    let mut window = shop((1280.0, 3000.0));
    window.press(Modifiers::COMMAND, Key::D);
    window.settle();
    // In the running text of the purpose.
    press(&mut window, "payments.order_id");
    assert_eq!(
        selected(&window),
        Some(Selected::Column {
            table: "payments".into(),
            column: "order_id".into()
        })
    );
    // Under a concept.
    press(&mut window, "Show the table order_items");
    assert_eq!(
        selected(&window),
        Some(Selected::Table("order_items".into()))
    );
    assert!(window.shows("Back to the model"), "the inspector follows");
}

#[test]
fn a_review_question_shows_its_answer_the_repair_and_its_query() {
    let mut window = shop((1280.0, 1400.0));
    window.press(Modifiers::COMMAND, Key::D);
    window
        .harness
        .get_by_label("Contents: What a reviewer would ask")
        .click();
    window.settle();
    assert!(!window.shows("Copy the repaired SQL"));
    press(&mut window, "Can two customers buy the last piece?");
    press(&mut window, "Copy the repaired SQL");
    let notice = window.app(|app| app.notice().map(str::to_owned));
    assert_eq!(
        notice.as_deref(),
        Some("The repaired SQL is on the clipboard")
    );
    press(&mut window, "Open the query Low stock against recent sales");
    window.settle();
    assert_eq!(
        window.app(|app| app.state().workspace),
        WorkspaceKind::Query
    );
    assert!(window.shows_part("Result, "), "{:?}", window.labels());
}

/// Presses the last thing of that name, also one that is scrolled out of view.
fn press(window: &mut Window, label: &str) {
    window
        .harness
        .get_all_by_label(label)
        .last()
        .unwrap_or_else(|| unreachable!("there is no {label}"))
        .click_accesskit();
    window.harness.run_steps(3);
}
