//! What the values of a column look like, in the inspector.

use egui::{Key, Modifiers, Role};

use super::{Start, Window};

fn orders() -> Window {
    Window::open(Start {
        size: (1280.0, 1600.0),
        state: r#"{"theme":"light","scale":2000,"pack":"shop",
            "packs":{"shop":{"explore":{"selected":{"Table":"orders"}}}}}"#,
        ..Start::default()
    })
}

#[test]
fn each_column_has_a_line_about_its_values() {
    let mut window = orders();
    assert!(window.shows("all different · 1 … 2000") || window.shows_part("all different"));
    assert!(window.shows_part("4 distinct"), "{:?}", window.labels());
    window.click_role(Role::Button, "A line about the values of each column");
    assert!(!window.shows_part("4 distinct"), "the lines can be hidden");
}

#[test]
fn a_column_of_few_values_shows_how_often_each_occurs() {
    let mut window = orders();
    window.click_role(Role::ListItem, "Column status");
    window.settle();
    assert!(window.shows("NULL: none"), "{:?}", window.labels());
    assert!(window.shows("Distinct: 4"));
    assert!(window.shows("All values"));
    assert!(window.shows_part("delivered: "));
    window.click_role(Role::Button, "Copy delivered");
    assert_eq!(
        notice(&window).as_deref(),
        Some("The value is on the clipboard")
    );
    window.click_role(Role::ListItem, "Column status");
    assert!(!window.shows("All values"), "a second click hides it");
}

#[test]
fn a_column_of_numbers_shows_its_distribution() {
    let mut window = orders();
    window.click_role(Role::ListItem, "Column total_amount");
    window.settle();
    assert!(
        window.shows_part("Distribution of total_amount: "),
        "{:?}",
        window.labels()
    );
    for fact in ["Min: ", "Max: ", "Mean: ", "Median: ", "Quartiles: "] {
        assert!(window.shows_part(fact), "{fact}");
    }
    window.click_role(Role::Button, "Copy the profile of total_amount");
    let said = notice(&window).unwrap_or_default();
    assert!(said.contains("total_amount is on the clipboard"), "{said}");
}

#[test]
fn the_rows_of_a_value_are_a_click_away() {
    let mut window = orders();
    window.click_role(Role::ListItem, "Column status");
    window.settle();
    let label = window
        .labels()
        .into_iter()
        .find(|l| l.starts_with("delivered: "))
        .unwrap_or_default();
    window.click_role(Role::Button, &label);
    window.settle();
    assert!(
        window.shows_part("Rows of orders where status = delivered"),
        "{:?}",
        window.labels()
    );
    assert!(window.shows("All values"), "the profile stays");
}

#[test]
fn new_data_is_counted_anew() {
    let mut window = orders();
    window.click_role(Role::ListItem, "Column id");
    window.settle();
    let rows = |window: &Window| window.labels().into_iter().find(|l| l.starts_with("Max: "));
    let before = rows(&window).expect("the profile is there");
    window.press(Modifiers::COMMAND, Key::G);
    window.click_role(Role::RadioButton, "10 k");
    window.click_role(Role::Button, "Make the data");
    window.settle();
    let after = rows(&window).expect("the profile is there again");
    assert_ne!(before, after);
}

#[test]
fn the_selected_column_survives_a_restart() {
    let window = Window::open(Start {
        size: (1280.0, 1600.0),
        state: r#"{"scale":2000,"pack":"shop","packs":{"shop":{"explore":
            {"selected":{"Column":{"table":"orders","column":"status"}}}}}}"#,
        ..Start::default()
    });
    assert!(window.shows("All values"), "{:?}", window.labels());
}

fn notice(window: &Window) -> Option<String> {
    window.app(|app| app.notice().map(str::to_owned))
}
