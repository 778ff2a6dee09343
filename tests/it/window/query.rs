//! Query: questions, an editor, rows and errors.

use crowsfoot::app::App;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;

use super::{Start, Window};

fn open() -> Window {
    let mut window = Window::open(Start::default());
    window.press(Modifiers::COMMAND, Key::Num2);
    window.settle();
    window
}

#[test]
fn going_to_query_answers_the_first_question_at_once() {
    let window = open();
    assert!(window.shows_part("Result, "), "{:?}", window.labels());
    assert!(
        window.shows_part("episode_title 1: "),
        "{:?}",
        window.labels()
    );
    assert!(window.shows_part("all of them in "));
}

#[test]
fn picking_a_question_runs_it() {
    let mut window = open();
    window.click_role(Role::ListItem, "Titles of a genre");
    window.settle();
    let title = window.app(|app| app.state().packs["content_catalog"].query.open.clone());
    assert!(title.is_some());
    assert!(window.shows_part("Result, "), "{:?}", window.labels());
}

#[test]
fn a_misspelt_column_is_named_with_its_line_and_mended_by_a_click() {
    let mut window = open();
    window.run_sql("SELECT title_id\nFROM title\nWHERE tipe = 'SHOW'\nLIMIT 3");
    assert!(window.shows_part("Line 3: "), "{:?}", window.labels());
    assert!(window.shows("Did you mean"), "{:?}", window.labels());
    window.click_role(Role::Button, "type");
    window.settle();
    assert!(window.shows("Result, 3 rows"), "{:?}", window.labels());
}

#[test]
fn the_last_good_rows_stay_while_a_statement_fails() {
    let mut window = open();
    window.run_sql("SELECT 1 AS one");
    assert!(window.shows("Result, 1 row"));
    window.run_sql("SELEC 2");
    assert!(window.shows("Result, 1 row"), "{:?}", window.labels());
    assert!(window.shows("(of the run before)"));
}

#[test]
fn an_empty_result_shows_its_columns() {
    let mut window = open();
    window.run_sql("SELECT 1 AS lonely WHERE false");
    assert!(window.shows("Result, 0 rows"), "{:?}", window.labels());
    assert!(window.shows("Sort by lonely"), "{:?}", window.labels());
}

#[test]
fn an_edit_is_kept_with_its_question_and_can_be_thrown_away() {
    let mut window = open();
    window.write_sql("SELECT 42 AS answer");
    let drafts = |window: &Window| {
        window.app(|app| app.state().packs["content_catalog"].query.drafts.clone())
    };
    assert_eq!(drafts(&window).len(), 1);
    window.click_role(Role::Button, "Documented text");
    assert!(drafts(&window).is_empty());
}

#[test]
fn a_long_query_is_cancelled_with_escape_and_the_next_one_runs() {
    let mut window = open();
    window.write_sql("SELECT count(*) FROM range(3000000) a, range(3000000) b");
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait_for("the query to run", |w| w.shows("Cancel"));
    window.press(Modifiers::NONE, Key::Escape);
    window.settle();
    window.run_sql("SELECT 7 AS seven");
    assert!(window.shows("seven 1: 7"), "{:?}", window.labels());
}

#[test]
fn a_click_on_a_head_sorts_up_then_down_then_not() {
    let mut window = open();
    window.run_sql("SELECT x FROM (VALUES (2), (NULL), (3), (1)) t(x)");
    let first = |window: &Window, value: &str| window.shows(&format!("x 1: {value}"));
    assert!(first(&window, "2"));
    for (value, what) in [("1", "up"), ("3", "down"), ("2", "as they came")] {
        let head = window.harness.get_by_label("Sort by x").rect().center();
        window.harness.hover_at(head);
        window.harness.run_steps(1);
        window.harness.drag_at(head);
        window.harness.run_steps(1);
        window.harness.drop_at(head);
        window.harness.run_steps(2);
        window.wait_for(what, |w| w.shows(&format!("x 1: {value}")));
    }
}

#[test]
fn a_result_is_saved_with_all_its_rows() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("out.csv");
    let mut window = open();
    window.run_sql("SELECT i, 'a,b' AS t FROM range(1000) r(i)");
    window.app_mut(|app| app.save_to = Some(file.clone()));
    window.press(Modifiers::COMMAND, Key::S);
    window.wait_for("the file", |w| w.app(App::is_idle) && file.exists());
    let text = std::fs::read_to_string(&file).expect("written");
    assert_eq!(text.lines().count(), 1001);
    assert_eq!(text.lines().next(), Some("i,t"));
    assert_eq!(text.lines().last(), Some("999,\"a,b\""));
}

#[test]
fn saving_where_one_may_not_write_says_so() {
    let mut window = open();
    window.run_sql("SELECT 1");
    window.app_mut(|app| app.save_to = Some("/nowhere/at/all/out.csv".into()));
    window.press(Modifiers::COMMAND, Key::S);
    window.wait_for("a message", |w| w.app(|app| app.notice().is_some()));
    let notice = window
        .app(|app| app.notice().map(str::to_owned))
        .unwrap_or_default();
    assert!(notice.contains("/nowhere/at/all/out.csv"), "{notice}");
}

#[test]
fn nothing_outside_the_model_can_be_reached() {
    let mut window = open();
    window.run_sql("SELECT * FROM read_text('/etc/hostname')");
    assert!(
        window.shows_part("file system operations are disabled"),
        "{:?}",
        window.labels()
    );
}
