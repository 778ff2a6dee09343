//! Compare, driven by what a person reads in it.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;

use super::{Start, Window};

/// A window on a lab, measured.
fn open(lab: &str, pack: &str, folder: Option<&std::path::Path>) -> Window {
    open_at(lab, pack, r#""overview""#, folder)
}

/// The same on one of its entries.
fn open_at(lab: &str, pack: &str, item: &str, folder: Option<&std::path::Path>) -> Window {
    let state = format!(
        r#"{{"theme":"light","scale":1000,"pack":"{pack}","workspace":"compare","compare":{{"lab":"{lab}","chosen_in":"{pack}","rows":2000,"items":{{"{lab}":{item}}}}}}}"#
    );
    Window::open(Start {
        state: &state,
        folder,
        ..Start::default()
    })
}

#[test]
fn a_lab_is_measured_when_it_is_opened_and_says_how() {
    let window = open("embed_author", "posts", None);
    assert!(window.shows_part("Measured here with 2,000 rows, seed 1"));
    assert!(window.shows_part("Time of each question, warm"));
    assert!(window.shows_part("Rows written by each change"));
    for layout in ["posts JOIN users", "Name and email in posts"] {
        assert!(
            window.shows_part(&format!("Diagram of {layout}")),
            "{layout}: {:?}",
            window.labels()
        );
    }
}

#[test]
fn the_compare_tab_opens_a_lab_of_the_open_model() {
    let state = r#"{"theme":"light","scale":1000,"pack":"twitter","compare":{"rows":1000}}"#;
    let mut window = Window::open(Start {
        state,
        ..Start::default()
    });
    window.click_role(Role::Tab, "Compare");
    window.settle();
    assert!(window.shows_part("Is a timeline put together when it is read"));
}

#[test]
fn a_question_shows_statements_proof_and_plans() {
    let mut window = open("embed_author", "posts", None);
    window.click_role(Role::ListItem, "Newest posts");
    window.settle();
    assert!(window.shows_part("Every layout that answers gives the same 20 rows"));
    assert!(window.shows_part("Time of Newest posts"));
    assert!(window.shows_part("What DuckDB did"));
    assert!(window.shows_part("Table scan posts"));
}

#[test]
fn a_change_shows_its_rows_to_scale() {
    let mut window = open("embed_author", "posts", None);
    window.click_role(
        Role::ListItem,
        "The most productive author takes a new name",
    );
    window.settle();
    assert!(window.shows_part("posts JOIN users: 1 row"));
    assert!(window.shows_part("Bytes the commit writes"));
}

#[test]
fn an_anomaly_is_played_step_by_step() {
    let mut window = open("embed_author", "posts", None);
    window.click_role(Role::ListItem, "A job that stops half way");
    window.settle();
    assert!(window.shows_part("1. Before"));
    assert!(!window.shows_part("2. The change"));
    window.click_role(Role::Button, "Make the change");
    window.harness.run_steps(2);
    assert!(window.shows_part("2. The change"));
    assert!(!window.shows_part("3. After"));
    window.click_role(Role::Button, "Look again");
    window.harness.run_steps(2);
    assert!(window.shows_part("3. After"));
    window.click_role(Role::Button, "From the start");
    window.harness.run_steps(2);
    assert!(!window.shows_part("2. The change"));
}

#[test]
fn a_question_of_ones_own_is_asked_kept_and_brought_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut window = open("embed_author", "posts", Some(folder.path()));
    window.click_role(Role::ListItem, "Newest posts");
    window.settle();
    window.click_role(Role::Button, "Change it");
    window.settle();
    window.click_role(Role::Button, "Ask");
    window.settle();
    assert!(window.shows_part("Every layout that answers gives the same"));
    let drafts = window.app(|app| app.state().compare.own_of("embed_author").len());
    assert_eq!(drafts, 1);
    window.click_role(Role::Button, "Take this question away");
    window.settle();
    assert_eq!(
        window.app(|app| app.state().compare.own_of("embed_author").len()),
        0
    );
    window.press(Modifiers::COMMAND, Key::Z);
    window.settle();
    assert_eq!(
        window.app(|app| app.state().compare.own_of("embed_author").len()),
        1
    );
    window.app_mut(crowsfoot::app::App::save_now);
    drop(window);
    let again = open("embed_author", "posts", Some(folder.path()));
    assert_eq!(
        again.app(|app| app.state().compare.own_of("embed_author").len()),
        1
    );
}

#[test]
fn an_own_question_that_cannot_be_asked_says_why() {
    let mut window = open("embed_author", "posts", None);
    window.click_role(Role::ListItem, "Ask your own question");
    window.settle();
    window
        .harness
        .get_by_label("Statement for normalized")
        .focus();
    window.harness.run_steps(2);
    window
        .harness
        .get_by_label("Statement for normalized")
        .type_text("SELECT nme FROM users");
    window.harness.run_steps(2);
    window.click_role(Role::Button, "Ask");
    window.settle();
    assert!(
        window.shows_part("layout normalized"),
        "{:?}",
        window.labels()
    );
    assert!(window.shows_part("nme"));
}

#[test]
fn a_complete_run_is_kept_and_can_be_laid_beside_the_next() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut window = open("embed_author", "posts", Some(folder.path()));
    let kept = || {
        std::fs::read_dir(folder.path().join("runs")).map_or(0, |entries| entries.flatten().count())
    };
    assert_eq!(kept(), 1);
    // Runs are told apart by the second they began in.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    window.press(Modifiers::COMMAND, Key::Enter);
    window.settle();
    assert_eq!(kept(), 2);
    window.click_role(Role::Button, "Lay an earlier run beside");
    window.harness.run_steps(3);
    window.click_role(Role::Button, "just now · 2 k rows");
    window.harness.run_steps(3);
    assert!(window.shows_part("The upright marks are the run of just now"));
}

#[test]
fn figures_are_saved_as_markdown() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("figures.md");
    let mut window = open("embed_author", "posts", None);
    window.app_mut(|app| app.save_to = Some(file.clone()));
    window.click_role(Role::Button, "Save the figures");
    window.harness.run_steps(3);
    window.click_role(Role::Button, "As Markdown…");
    window.settle();
    let text = std::fs::read_to_string(&file).expect("the file was written");
    assert!(
        text.contains("| Newest posts | posts JOIN users |"),
        "{text}"
    );
    assert!(text.contains("```sql"), "{text}");
}

#[test]
fn the_model_of_a_lab_is_one_click_away() {
    let mut window = open("timeline", "posts", None);
    window.click_role(Role::Button, "Show the model in Explore");
    window.settle();
    assert_eq!(
        window.app(|app| app.state().pack.clone()).as_deref(),
        Some("twitter")
    );
}

#[test]
fn a_sweep_draws_a_point_for_each_scale_and_can_be_cancelled() {
    let mut window = open_at("document", "commerce_core", r#""sweep""#, None);
    window.click_role(Role::Button, "Sweep");
    window.wait_for("the first point", |w| w.shows_part("1,000"));
    window.press(Modifiers::NONE, Key::Escape);
    window.settle();
    assert!(window.shows_part("Sweep again"));
}

#[test]
fn labs_are_found_by_search_and_from_the_documentation() {
    let mut window = Window::open(Start {
        state: r#"{"theme":"light","scale":1000,"pack":"posts","compare":{"rows":1000}}"#,
        ..Start::default()
    });
    window.go_to("like_counts");
    window.settle();
    assert!(window.shows_part("Should the number of likes be counted"));
}
