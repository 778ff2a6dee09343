//! Explore: a model is drawn, filled, and can be looked into.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;

use super::{Start, Window};

#[test]
fn the_first_screen_shows_a_model_with_its_tables_and_rows() {
    let window = Window::open(Start::default());
    assert!(window.shows("Diagram of Content catalog"));
    for table in [
        "title",
        "season",
        "episode",
        "genre",
        "title_genre",
        "localized_metadata",
    ] {
        assert!(
            window.shows_part(&format!("table {table}, ")),
            "{:?}",
            window.labels()
        );
    }
    assert!(
        window.shows_part("rows in 6 tables"),
        "{:?}",
        window.labels()
    );
}

#[test]
fn another_model_opens_with_a_click_and_is_filled() {
    let mut window = Window::open(Start {
        size: (1280.0, 1400.0),
        ..Start::default()
    });
    window.click_role(Role::ListItem, "Viewing history");
    window.settle();
    assert!(window.shows("Diagram of Viewing history"));
    assert!(window.shows_part("table resume_state, 5 columns"));
    assert!(window.shows_part("rows in 6 tables"));
}

#[test]
fn a_table_found_by_name_shows_columns_constraints_and_first_rows() {
    let mut window = Window::open(Start {
        size: (1280.0, 1500.0),
        ..Start::default()
    });
    window.press(Modifiers::COMMAND, Key::K);
    window
        .harness
        .get_by_label("Search")
        .type_text("resume_state");
    window.harness.run_steps(3);
    window.press(Modifiers::NONE, Key::Enter);
    window.settle();
    assert!(window.shows("Changed for DuckDB"), "{:?}", window.labels());
    assert!(window.shows("(profile_id, COALESCE(episode_id, title_id))"));
    assert!(window.shows_part("First rows, "), "{:?}", window.labels());
    assert!(
        window.shows_part("last_position_sec 1: "),
        "{:?}",
        window.labels()
    );
}

#[test]
fn a_table_without_data_yet_says_so_instead_of_an_empty_grid() {
    let mut window = Window::open_busy(Start {
        state: r#"{"scale":300000,"pack":"content_catalog","packs":{"content_catalog":{"explore":{"selected":{"Table":"title"}}}}}"#,
        ..Start::default()
    });
    window.wait_for("the diagram", |w| w.shows("Diagram of Content catalog"));
    assert!(!window.shows_part("First rows, "));
    window.settle();
    assert!(window.shows_part("First rows, "));
}

#[test]
fn a_model_opened_again_after_many_others_has_its_data() {
    let mut window = Window::open(Start {
        state: r#"{"scale":1000,"pack":"content_catalog"}"#,
        ..Start::default()
    });
    for model in [
        "Online shop",
        "Twitter-like app",
        "Viewing history",
        "Engagement metrics",
        "Content catalog",
    ] {
        window.go_to(model);
    }
    window.click_role(Role::ListItem, "Table genre");
    window.settle();
    assert!(window.shows_part("First rows, "), "{:?}", window.labels());
}

#[test]
fn detail_levels_change_how_much_of_a_table_is_drawn() {
    let mut window = Window::open(Start::default());
    assert!(window.shows("table title, 6 columns"));
    window.press(Modifiers::ALT, Key::Num1);
    window.settle();
    assert!(
        window.shows("table title, 0 columns"),
        "{:?}",
        window.labels()
    );
    window.press(Modifiers::ALT, Key::Num2);
    window.settle();
    assert!(
        window.shows("table title, 1 columns"),
        "{:?}",
        window.labels()
    );
}

#[test]
fn a_dragged_table_stays_where_it_was_put_and_the_move_can_be_undone() {
    let mut window = Window::open(Start::default());
    let position = |window: &Window| {
        window.app(|app| {
            app.state()
                .packs
                .get("content_catalog")
                .and_then(|p| p.explore.pinned.get("genre").copied())
        })
    };
    assert_eq!(position(&window), None);
    let from = window
        .harness
        .get_by_label("table genre, 2 columns")
        .rect()
        .center();
    window.harness.hover_at(from);
    window.harness.run_steps(2);
    window.harness.drag_at(from);
    window.harness.run_steps(1);
    for step in 1..=5 {
        window
            .harness
            .hover_at(from + egui::vec2(12.0, 18.0) * step as f32);
        window.harness.run_steps(1);
    }
    window.harness.drop_at(from + egui::vec2(60.0, 90.0));
    window.settle();
    assert!(position(&window).is_some(), "the place is kept");
    window.press(Modifiers::COMMAND, Key::Z);
    window.settle();
    assert_eq!(position(&window), None, "undone");
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.settle();
    assert!(position(&window).is_some(), "done again");
}

#[test]
fn a_tiny_window_does_not_break_any_screen() {
    let mut window = Window::open(Start {
        size: (320.0, 200.0),
        ..Start::default()
    });
    window.press(Modifiers::COMMAND, Key::Num2);
    window.settle();
    window.harness.set_size(egui::vec2(1.0, 1.0));
    window.harness.run_steps(3);
    window.press(Modifiers::COMMAND, Key::Num1);
    window.harness.run_steps(3);
}
