//! From row to row along references, and back.

use std::path::Path;

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;

use super::{Start, Window};

fn shop(table: &str) -> Window {
    Window::open(Start {
        state: &format!(
            r#"{{"scale":2000,"pack":"shop","packs":{{"shop":{{"explore":{{"selected":{{"Table":"{table}"}}}}}}}}}}"#
        ),
        ..Start::default()
    })
}

#[test]
fn a_row_leads_to_its_parent_to_its_children_and_back() {
    let mut window = shop("order_items");
    assert!(window.shows("Select a row to follow its references"));
    window.select_cell("order_id", 1);
    assert!(
        window.shows("order_id to orders: 1 row"),
        "{:?}",
        window.labels()
    );
    window.follow("order_id to orders: ");
    let title = window.label_with("Rows of orders where id = ");
    assert!(title.ends_with(", 1 row"), "{title}");
    assert!(
        window.shows("Remove the filter id = 1") || window.shows_part("Remove the filter id = ")
    );
    assert!(
        window.shows("Back to the model"),
        "the inspector shows the parent"
    );
    window.select_cell("id", 1);
    window.follow("order_items by order_id: ");
    assert!(window.shows_part("Rows of order_items where order_id = "));
    window.press(Modifiers::ALT, Key::ArrowLeft);
    window.settle();
    assert!(window.shows_part("Rows of orders where id = "));
    window.press(Modifiers::ALT, Key::ArrowRight);
    window.settle();
    assert!(window.shows_part("Rows of order_items where order_id = "));
    window.click_role(Role::Link, "Back to order_items");
    window.settle();
    assert!(window.shows_part("First rows, "), "the start of the way");
}

#[test]
fn a_filter_is_taken_away_with_a_click() {
    let mut window = shop("order_items");
    window.select_cell("order_id", 1);
    window.follow("order_id to orders: ");
    let chip = window.label_with("Remove the filter id = ");
    window.click_role(Role::Button, &chip);
    window.settle();
    assert!(!window.shows_part("Remove the filter"));
    assert!(window.shows_part("First rows, "));
    assert!(window.shows_part("first 1,000 of ") || window.shows_part("all "));
}

#[test]
fn enter_on_a_reference_goes_where_it_leads() {
    let mut window = shop("order_items");
    window.select_cell("product_id", 2);
    window.press(Modifiers::NONE, Key::Enter);
    window.settle();
    assert!(
        window.shows_part("Rows of products where id = "),
        "{:?}",
        window.labels()
    );
}

/// A shelf of two columns, books on it and off it, and readers of another model.
fn library(folder: &Path) {
    let pack = folder.join("library");
    std::fs::create_dir_all(&pack).expect("made");
    for (file, text) in [
        (
            "pack.toml",
            "title = \"Library\"\nsummary = \"s\"\nsource = \"s\"\npurpose = \"p\"\n\
             [[relation]]\nfrom = \"book(room, shelf)\"\nto = \"shelf(room, shelf)\"\n\
             [[relation]]\nfrom = \"book(sequel_to)\"\nto = \"book(book_id)\"\n\
             [[relation]]\nfrom = \"book(seen_in)\"\nto = \"title(title_id)\"\npack = \"content_catalog\"\n",
        ),
        (
            "schema.sql",
            "CREATE TABLE shelf (room STRING, shelf BIGINT, label STRING, PRIMARY KEY (room, shelf));\n\
             CREATE TABLE book (book_id BIGINT PRIMARY KEY, room STRING, shelf BIGINT, sequel_to BIGINT, seen_in BIGINT);",
        ),
        (
            "data.toml",
            r#"
now = "2026-07-01 00:00:00"
start = "2025-05-01 00:00:00"
largest = "book"
[[step]]
table = "shelf"
rows = 2
[step.columns]
room = "'it''s'"
shelf = "@row"
label = "'l'"
[[step]]
table = "book"
rows = 4
[step.columns]
book_id = "@row"
room = "CASE WHEN @row < 4 THEN 'it''s' END"
shelf = "1"
sequel_to = "CASE @row WHEN 2 THEN 1 WHEN 3 THEN 99 END"
seen_in = "CASE WHEN @row = 1 THEN 7 END"
"#,
        ),
        ("queries.sql", ""),
    ] {
        std::fs::write(pack.join(file), text).expect("written");
    }
}

fn books() -> Window {
    let folder = tempfile::tempdir().expect("a temporary folder");
    library(folder.path());
    Window::open(Start {
        size: (1400.0, 1000.0),
        state: r#"{"scale":1000,"pack":"library","packs":{"library":{"explore":{"selected":{"Table":"book"}}}}}"#,
        packs: Some(folder.path()),
        ..Start::default()
    })
}

#[test]
fn composite_keys_are_followed_by_all_their_columns() {
    let mut window = books();
    window.select_cell("book_id", 1);
    window.follow("room, shelf to shelf: 1 row");
    assert!(
        window.shows("Rows of shelf where room = it's and shelf = 1, 1 row"),
        "{:?}",
        window.labels()
    );
    window.select_cell("label", 1);
    assert!(
        window.shows("book by room, shelf: 3 rows"),
        "{:?}",
        window.labels()
    );
}

#[test]
fn null_and_dangling_references_say_what_they_are() {
    let mut window = books();
    window.select_cell("book_id", 4);
    assert!(
        window.shows("room, shelf to shelf: NULL: refers to nothing"),
        "{:?}",
        window.labels()
    );
    window.select_cell("book_id", 3);
    assert!(
        window.shows("sequel_to to book: no such row in book"),
        "{:?}",
        window.labels()
    );
    window.select_cell("sequel_to", 3);
    window.press(Modifiers::NONE, Key::Enter);
    window.settle();
    assert!(window.shows("No such row in book"), "{:?}", window.labels());
    assert!(window.shows("None has book_id = 99"));
    window.press(Modifiers::ALT, Key::ArrowLeft);
    window.settle();
    assert!(window.shows_part("First rows, "));
}

#[test]
fn references_into_another_model_name_it_and_lead_there() {
    let mut window = books();
    window.select_cell("book_id", 1);
    assert!(
        window.shows_part("seen_in = 7 names a row of title in Content catalog"),
        "{:?}",
        window.labels()
    );
    let way = "Open title in Content catalog";
    window.harness.get_by_label(way).click_accesskit();
    window.settle();
    assert!(window.shows("Diagram of Content catalog"));
    assert!(window.shows_part("First rows, "));
}

#[test]
fn new_data_ends_the_way_and_shows_the_same_place_again() {
    let mut window = shop("order_items");
    window.select_cell("order_id", 1);
    window.follow("order_id to orders: ");
    window.press(Modifiers::COMMAND, Key::G);
    window.click_role(Role::Button, "Make the data");
    window.settle();
    assert!(
        window.shows_part("Rows of orders where id = "),
        "{:?}",
        window.labels()
    );
    assert!(
        !window.shows("Back (Alt+Left)"),
        "rows of the old data are gone"
    );
}
