//! Sessions, cards and the guide, driven by what a person reads in them.

use std::path::Path;

use crowsfoot::catalog::Leads;
use crowsfoot::practice::progress::{Entry, Item, Logbook, Rating, Review};
use crowsfoot::practice::schedule::Memory;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;

use super::{Start, Window};
use crate::support::catalog;

const DAY: u64 = 86_400;
/// A morning.
const NOW: u64 = 20_000 * DAY + 9 * 3_600;

const CARDS: &str = "[[card]]
id = 'tried_card'
kind = 'question'
question = 'What is a grain?'
source = 'Models, section 1'
minutes = 2
answer = 'What one row stands for.'
follow_ups = ['And of a fact table?']
see = ['pack:shop', 'drill:first_order', 'guide:GUIDE', 'query:shop/QUERY', 'lab:embed_author']
[[card.look_for]]
area = 'design'
text = 'says what one row is'
[[card.look_for]]
area = 'communication'
text = 'says it before anything else'
[[card]]
id = 'tried_other'
kind = 'pitfall'
question = 'Why not SELECT DISTINCT?'
source = 'Models, section 2'
answer = 'It hides a fan-out.'
[[card.look_for]]
area = 'design'
text = 'names the fan-out'
";

/// A pack with two cards, beside the built-in ones.
fn packs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("tried_pack");
    std::fs::create_dir(&pack).expect("made");
    let guide = &catalog().guide.databases[0].id;
    let query = &catalog().pack("shop").expect("a pack").queries[0].name;
    let cards = CARDS.replace("GUIDE", guide).replace("QUERY", query);
    for (name, text) in [
        ("schema.sql", "CREATE TABLE thing (id BIGINT PRIMARY KEY);"),
        (
            "pack.toml",
            "title = 'Tried'\nsummary = 's'\nsource = 's'\npurpose = 'p'\npath = 'core_entities'\nplace = 0\n",
        ),
        ("queries.sql", ""),
        (
            "data.toml",
            "now = '2026-07-01 00:00:00'\nstart = '2025-05-01 00:00:00'\nlargest = 'thing'\n[[step]]\ntable = 'thing'\nrows = { per = 1 }\n[step.columns]\nid = '@row'\n",
        ),
        ("cards.toml", &cards),
    ] {
        std::fs::write(pack.join(name), text).expect("written");
    }
    folder
}

fn state(practice: &str) -> String {
    format!(
        r#"{{"theme":"light","scale":1000,"pack":"shop","workspace":"practice","practice":{{{practice}}}}}"#
    )
}

fn open(practice: &str, folder: Option<&Path>, packs: Option<&Path>, now: u64) -> Window {
    Window::open(Start {
        state: &state(practice),
        folder,
        packs,
        now_secs: Some(now),
        ..Start::default()
    })
}

/// When a card comes back, in seconds since 1970.
fn due_at(window: &Window, card: &str) -> Option<u64> {
    window.app(|app| {
        let record = app.progress().card(card)?;
        Memory::of(&record.reviews).map(|memory| memory.due_at)
    })
}

fn key(window: &mut Window, key: Key) {
    window.press(Modifiers::NONE, key);
}

/// The place in a session: `2 of 8`.
fn place(window: &Window) -> String {
    window.app(|app| {
        let session = app.state().practice.session.as_ref();
        session.map_or_else(String::new, |s| {
            format!("{} of {}", s.at + 1, s.queue.len())
        })
    })
}

#[test]
fn the_first_start_says_what_practice_is_and_offers_a_session() {
    let mut window = open("", None, None, NOW);
    assert!(window.shows_part("Drills are graded for real"));
    assert!(window.shows_part("Cards are interview questions"));
    assert!(window.shows("Start a session"));
    assert!(
        window.shows_part("new: Core entities"),
        "{:?}",
        window.labels()
    );
    window.click_role(Role::RadioButton, "10 min");
    assert_eq!(window.app(|app| app.state().practice.minutes), 10);
    window.click_role(Role::Button, "Start a session");
    window.settle();
    assert!(window.shows_part("1 of "));
    assert!(window.shows_part("min left"));
}

#[test]
fn a_card_is_answered_with_keys_and_comes_back_when_it_should() {
    let packs = packs();
    let mut window = open(
        r#""page":"cards","card":"tried_card""#,
        None,
        Some(packs.path()),
        NOW,
    );
    assert!(window.shows("What is a grain?"));
    assert!(!window.shows_part("What one row stands for"));
    key(&mut window, Key::Num3);
    assert_eq!(
        due_at(&window, "tried_card"),
        None,
        "not before the answer is seen"
    );
    key(&mut window, Key::Space);
    assert!(window.shows_part("says what one row is"));
    assert!(window.shows("Performance and scale") || window.shows("Communication"));
    window.click_role(Role::CheckBox, "says what one row is");
    assert!(window.shows_part("1 of 2 points"));
    key(&mut window, Key::Num3);
    assert_eq!(due_at(&window, "tried_card"), Some(NOW + 2 * DAY));
    assert!(
        window.shows_part("Comes back in 2 d"),
        "{:?}",
        window.labels()
    );
    // Thought better of it.
    key(&mut window, Key::Num4);
    assert_eq!(due_at(&window, "tried_card"), Some(NOW + 8 * DAY));
    window.app(|app| {
        let record = app.progress().card("tried_card").expect("a record");
        assert_eq!(record.reviews.len(), 1);
    });
    key(&mut window, Key::Enter);
    assert!(window.shows("Show the answer"), "the next card");
    assert!(!window.shows("What is a grain?") || window.shows_part("Why not SELECT DISTINCT?"));
}

#[test]
fn notes_are_on_disk_with_every_letter_and_shown_the_next_time() {
    let packs = packs();
    let folder = tempfile::tempdir().expect("a folder");
    let practice = r#""page":"cards","card":"tried_card""#;
    let mut window = open(practice, Some(folder.path()), Some(packs.path()), NOW);
    window.harness.get_by_label("Your notes").focus();
    window.harness.run_steps(1);
    window
        .harness
        .get_by_label("Your notes")
        .type_text("one row = 1 order");
    window.harness.run_steps(1);
    // The program is killed: nothing is saved on the way out.
    drop(window);
    let mut window = open(practice, Some(folder.path()), Some(packs.path()), NOW);
    let notes = |window: &Window| window.app(|app| app.progress().card("tried_card").cloned());
    assert_eq!(notes(&window).expect("a record").draft, "one row = 1 order");
    window.click_role(Role::Button, "Show the answer");
    window.click_role(Role::Button, "Good, 2 d");
    let record = notes(&window).expect("a record");
    assert_eq!(
        (&*record.draft, &*record.earlier_notes),
        ("", "one row = 1 order")
    );
}

#[test]
fn a_session_walks_from_item_to_item_and_ends_with_what_was_done() {
    let packs = packs();
    let mut window = open(r#""minutes":10"#, None, Some(packs.path()), NOW);
    window.click_role(Role::Button, "Start a session");
    window.settle();
    assert!(place(&window).starts_with("1 of "), "{}", place(&window));
    // The path begins with the cards of the pack of this test.
    assert!(window.shows("What is a grain?"), "{:?}", window.labels());
    window.click_role(Role::Button, "Show the answer");
    window.click_role(Role::Button, "Good, 2 d");
    window.click_role(Role::Button, "Next");
    window.settle();
    assert!(place(&window).starts_with("2 of "));
    assert!(window.shows("Why not SELECT DISTINCT?"));
    // What was not known comes once more.
    let before = window.app(|app| app.state().practice.session.as_ref().map(|s| s.queue.len()));
    key(&mut window, Key::Space);
    key(&mut window, Key::Num1);
    let after = window.app(|app| app.state().practice.session.as_ref().map(|s| s.queue.len()));
    assert_eq!(after, before.map(|n| n + 1));
    // Elsewhere, there is a way back.
    window.click_role(Role::ListItem, &window.label_with("SQL drills"));
    window.settle();
    window.click_role(Role::Button, "Back to the session");
    window.settle();
    assert!(window.shows("Why not SELECT DISTINCT?"));
    window.click_role(Role::Button, "End");
    window.settle();
    assert!(
        window.shows_part("Session ended: 2 items"),
        "{:?}",
        window.labels()
    );
    assert!(window.shows_part("2 items done today") || window.shows_part("Done for today"));
}

#[test]
fn a_session_that_was_left_is_gone_the_next_day_and_there_on_the_same() {
    let session = format!(
        r#""page":"today","session":{{"queue":[{{"item":"drill:first_order","minutes":8}}],"at":0,"started":{NOW}}}"#
    );
    for (later, expected) in [(3_600, "1 of 1"), (DAY, "")] {
        let window = open(&session, None, None, NOW + later);
        assert_eq!(place(&window), expected, "{later} s later");
    }
}

#[test]
fn three_failed_drills_come_back_the_next_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let drills = ["first_order", "toy_recall"];
    let third = catalog()
        .drills()
        .into_iter()
        .map(|(_, d)| d)
        .find(|d| !d.is_design() && !drills.contains(&&*d.id))
        .expect("a drill");
    let drills = [drills[0], drills[1], &third.id];
    let mut window = open(r#""minutes":40"#, Some(folder.path()), None, NOW);
    for drill in drills {
        window.go_to(drill);
        window.harness.get_by_label("Answer editor").focus();
        window.harness.run_steps(2);
        window
            .harness
            .get_by_label("Answer editor")
            .type_text("SELECT 1 AS a");
        window.harness.run_steps(2);
        window.click_role(Role::Button, "Submit");
        window.settle();
        assert!(
            window.shows_part("Not yet"),
            "{drill}: {:?}",
            window.labels()
        );
    }
    window.click_role(Role::ListItem, &window.label_with("Today"));
    for drill in drills {
        let title = &catalog().drill(drill).expect("a drill").1.title;
        assert!(
            window.shows(&format!("{title}, not right yet")),
            "{:?}",
            window.labels()
        );
    }
    window.app_mut(|app| app.now_secs = Some(NOW + DAY));
    window.harness.run_steps(3);
    for drill in drills {
        let title = &catalog().drill(drill).expect("a drill").1.title;
        let label = format!("{title}, due since yesterday");
        assert!(window.shows(&label), "{:?}", window.labels());
    }
    assert!(window.shows_part("Today 3 due"), "{:?}", window.labels());
}

#[test]
fn a_passed_drill_is_rated_and_comes_back_with_an_empty_editor() {
    let mut window = open(
        r#""page":"sql","drill":"first_order","chosen_in":"shop""#,
        None,
        None,
        NOW,
    );
    let (_, drill) = catalog().drill("first_order").expect("a drill");
    let reference = &drill.sql().expect("a SQL drill").reference;
    window.harness.get_by_label("Answer editor").focus();
    window.harness.run_steps(2);
    window
        .harness
        .get_by_label("Answer editor")
        .type_text(reference);
    window.harness.run_steps(2);
    window.click_role(Role::Button, "Submit");
    window.settle();
    assert!(window.shows_part("Rated Easy"), "{:?}", window.labels());
    let button = window
        .harness
        .get_by_role_and_label(Role::Button, "Good, 2 d");
    button.scroll_to_me();
    window.harness.run_steps(3);
    window.click_role(Role::Button, "Good, 2 d");
    assert!(window.shows_part("Rated Good: it comes back in 2 d"));

    window.app_mut(|app| app.now_secs = Some(NOW + 2 * DAY));
    window.click_role(Role::ListItem, &window.label_with("Today"));
    assert!(
        window.shows(&format!("{}, due today", drill.title)),
        "{:?}",
        window.labels()
    );
    window.click_role(Role::Button, "Start the session");
    window.settle();
    assert!(
        !window.shows_part("What to take along"),
        "the solution is hidden again"
    );
    window.app(|app| {
        let record = app.progress().drill("first_order").expect("a record");
        assert!(record.draft.is_empty() && record.has_passed() && !record.is_open());
    });
    window.click_role(Role::Button, "My last answer");
    window.app(|app| {
        let record = app.progress().drill("first_order").expect("a record");
        assert_eq!(&record.draft, reference);
    });
}

#[test]
fn the_guide_leads_to_a_database_and_back() {
    let guide = &catalog().guide;
    let mut window = open(r#""page":"guide""#, None, None, NOW);
    let mut step = guide.step(&guide.start).expect("the first step");
    let database = loop {
        assert!(window.shows(&step.question), "{:?}", window.labels());
        let choice = step.choices.last().expect("a choice");
        window.click_role(Role::Button, &choice.label);
        match &choice.leads {
            Leads::Step(id) => step = guide.step(id).expect("a step"),
            Leads::Database(id) => break guide.database(id).expect("a database"),
        }
    };
    assert!(window.shows(&database.title));
    assert!(window.shows("How data is laid out in it"));
    if let Some(counter) = database.counters.first() {
        let head = window
            .harness
            .get_by_role_and_label(Role::Button, &counter.question);
        head.scroll_to_me();
        window.harness.run_steps(3);
        window.click_role(Role::Button, &counter.question);
    }
    key(&mut window, Key::Backspace);
    assert!(window.shows(&step.question));
    let taken = window.app(|app| app.state().practice.guide.taken.len());
    window.press(Modifiers::ALT, Key::ArrowLeft);
    let after = window.app(|app| app.state().practice.guide.taken.len());
    assert_eq!(after, taken.saturating_sub(1));
}

#[test]
fn links_of_a_card_lead_to_what_they_name() {
    let packs = packs();
    let guide = &catalog().guide.databases[0];
    let query = &catalog().pack("shop").expect("a pack").queries[0];
    let practice = r#""page":"cards","card":"tried_card""#;
    for link in [
        "Model: Online shop".to_owned(),
        format!(
            "Drill: {}",
            catalog().drill("first_order").expect("a drill").1.title
        ),
        format!("Database: {}", guide.title),
        format!("Query: {}", query.title),
        format!(
            "Lab: {}",
            catalog().lab("embed_author").expect("a lab").1.title
        ),
    ] {
        let mut window = open(practice, None, Some(packs.path()), NOW);
        key(&mut window, Key::Space);
        let row = window.harness.get_by_role_and_label(Role::ListItem, &link);
        row.scroll_to_me();
        window.harness.run_steps(3);
        window.click_role(Role::ListItem, &link);
        window.harness.run_steps(3);
        window.app(|app| {
            let state = app.state();
            let there = match link.split(':').next() {
                Some("Model") => format!("{:?} {:?}", state.workspace, state.pack),
                Some("Drill") => format!("{:?}", state.practice.drill),
                Some("Database") => format!("{:?}", state.practice.guide.database),
                Some("Query") => format!("{:?} {:?}", state.workspace, state.pack),
                _ => format!("{:?}", state.compare.lab),
            };
            let expected = match link.split(':').next() {
                Some("Model") => r#"Explore Some("shop")"#.to_owned(),
                Some("Drill") => r#"Some("first_order")"#.to_owned(),
                Some("Database") => format!("Some({:?})", guide.id),
                Some("Query") => r#"Query Some("shop")"#.to_owned(),
                _ => r#"Some("embed_author")"#.to_owned(),
            };
            assert_eq!(there, expected, "{link}");
        });
    }
}

#[test]
fn cards_and_databases_are_found_by_search() {
    let packs = packs();
    let mut window = open("", None, Some(packs.path()), NOW);
    window.go_to("card: tried_card");
    assert!(window.shows("What is a grain?"), "{:?}", window.labels());
    let guide = &catalog().guide.databases[0];
    window.go_to(&guide.title);
    assert!(
        window.shows("How data is laid out in it"),
        "{:?}",
        window.labels()
    );
}

#[test]
fn every_card_and_every_database_can_be_drawn() {
    let catalog = catalog();
    let mut window = open(r#""page":"cards""#, None, None, NOW);
    for (_, card) in catalog.cards() {
        window.go_to(&card.id);
        window.click_role(Role::Button, "Show the answer");
        assert!(window.shows(&card.question), "{}", card.id);
        assert!(window.shows("What was in your answer?"), "{}", card.id);
    }
    for database in &catalog.guide.databases {
        window.go_to(&database.title);
        assert!(
            window.shows("How data is laid out in it"),
            "{}",
            database.id
        );
        for counter in &database.counters {
            let label = &counter.question;
            let head = window.harness.get_by_role_and_label(Role::Button, label);
            head.scroll_to_me();
            window.harness.run_steps(8);
            window.click_role(Role::Button, label);
        }
    }
}

#[test]
fn what_an_earlier_program_kept_is_taken_over_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = r#""drill":"first_order","chosen_in":"shop","records":{
        "first_order":{"draft":"SELECT 2","hints":1,"seconds":90,"attempts":[
            {"at_secs":1727900000,"passed":false,"sql":"SELECT 1"},
            {"at_secs":1727900100,"passed":true,"sql":"SELECT 2"}],"gave_up":false},
        "toy_recall":{"draft":"SEL","attempts":[],"gave_up":false}}"#;
    let check = |window: &Window| {
        window.app(|app| {
            let first = app.progress().drill("first_order").expect("a record");
            assert_eq!(
                (&*first.draft, first.hints, first.seconds),
                ("SELECT 2", 1, 90)
            );
            assert_eq!(first.attempts.len(), 2);
            assert!(first.has_passed());
            let rating = first.reviews.last().map(|r: &Review| r.rating);
            assert_eq!(rating, Some(Rating::Hard));
            assert_eq!(
                app.progress().drill("toy_recall").expect("a record").draft,
                "SEL"
            );
        });
    };
    let window = open(records, Some(folder.path()), None, NOW);
    check(&window);
    drop(window);
    let text = std::fs::read_to_string(folder.path().join("state.json")).expect("the state");
    assert!(!text.contains("records"), "they are in one place only");
    let window = open(records, Some(folder.path()), None, NOW);
    check(&window);
}

#[test]
fn a_practice_file_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("practice.jsonl");
    let bytes = b"{\"crowsfoot\":\"practice\",\"version\":9}\nwhatever\n";
    std::fs::write(&file, bytes).expect("written");
    let mut window = open("", Some(folder.path()), None, NOW);
    let notice = window.app(|app| app.notice().map(str::to_owned));
    assert!(notice.expect("a message").contains("newer version"));
    window.click_role(Role::Button, "Start a session");
    window.settle();
    drop(window);
    assert_eq!(std::fs::read(&file).expect("the file"), bytes);
}

#[test]
fn when_all_is_done_it_says_what_comes_tomorrow() {
    let packs = packs();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("practice.jsonl");
    let (mut logbook, _) = Logbook::open(Some(&file), NOW);
    // So much was done that the day's session is over.
    for (_, card) in catalog().cards().into_iter().take(12) {
        rated(&mut logbook, Item::card(&card.id), Rating::Hard);
    }
    for (_, drill) in catalog().drills().into_iter().take(6) {
        rated(&mut logbook, Item::drill(&drill.id), Rating::Hard);
    }
    drop(logbook);
    let mut window = open(
        r#""minutes":10"#,
        Some(folder.path()),
        Some(packs.path()),
        NOW,
    );
    assert!(window.shows_part("Done for today"), "{:?}", window.labels());
    assert!(window.shows_part("back tomorrow"), "{:?}", window.labels());
    window.click_role(Role::Button, "One more session");
    window.settle();
    assert!(place(&window).starts_with("1 of "));
}

fn rated(logbook: &mut Logbook, item: Item, rating: Rating) {
    let problem = logbook.note(Entry::Review {
        item,
        review: Review {
            at: NOW,
            rating,
            how: crowsfoot::practice::progress::How::Oneself,
        },
        replaces: false,
    });
    assert_eq!(problem, None);
}
