//! Draws every screen in its main states to files, so that anyone can look.
//!
//! The pictures are in `gallery/` of the target folder: `cargo test --release gallery`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crowsfoot::practice::along_the_path;
use crowsfoot::practice::progress::{Entry, How, Logbook, Rating, Review};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;

use super::{Start, Window};

fn folder() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the target folder");
    let folder = target.join("gallery");
    std::fs::create_dir_all(&folder).expect("the gallery can be made");
    folder
}

/// A window of one theme and size, and the names its pictures get.
struct Painter {
    window: Window,
    suffix: String,
}

impl Painter {
    fn open(theme: &str, size: (f32, f32), packs: Option<&Path>, pack: &str) -> Self {
        let state = format!(r#"{{"theme":"{theme}","scale":100000,"pack":"{pack}"}}"#);
        Self::start(theme, size, packs, &state)
    }

    fn start(theme: &str, size: (f32, f32), packs: Option<&Path>, state: &str) -> Self {
        let start = Start {
            size,
            state,
            packs,
            ..Start::default()
        };
        Self::of(theme, size, start)
    }

    fn of(theme: &str, size: (f32, f32), start: Start<'_>) -> Self {
        Self {
            window: Window::open(start),
            suffix: format!("{theme}-{}x{}", size.0, size.1),
        }
    }

    /// Draws the window as it is. A picture with few colours is a screen that stayed empty.
    fn picture(&mut self, name: &str) {
        let image = self
            .window
            .harness
            .render()
            .expect("the frame can be drawn");
        let colours: BTreeSet<[u8; 4]> = image.pixels().map(|p| p.0).collect();
        assert!(
            colours.len() > 60,
            "{name} {}: {} colours",
            self.suffix,
            colours.len()
        );
        let path = folder().join(format!("{name}-{}.png", self.suffix));
        image.save(&path).expect("the picture can be written");
    }

    fn explore(&mut self) {
        self.picture("explore-model");
        self.window.press(Modifiers::COMMAND, Key::K);
        self.window.harness.run_steps(4);
        self.picture("palette");
        self.window
            .harness
            .get_by_label("Search")
            .type_text("playback_session");
        self.window.harness.run_steps(3);
        self.window.press(Modifiers::NONE, Key::Enter);
        self.window.settle();
        self.picture("explore-table");
        self.window.press(Modifiers::COMMAND, Key::G);
        self.window.harness.run_steps(4);
        self.picture("generate");
        self.window.press(Modifiers::NONE, Key::Escape);
        self.window.press(Modifiers::NONE, Key::F1);
        self.window.harness.run_steps(4);
        self.picture("shortcuts");
        self.window.press(Modifiers::NONE, Key::Escape);
        self.window.harness.run_steps(2);
    }

    fn query(&mut self) {
        self.window.press(Modifiers::COMMAND, Key::Num2);
        self.window.settle();
        self.picture("query-result");
        self.window.run_sql(
            "SELECT profile_id, count(*) AS sessions\nFROM playback_sesion\nGROUP BY profile_id",
        );
        self.picture("query-failed");
        self.window
            .write_sql("SELECT count(*) FROM range(9000000) a, range(9000000) b");
        self.window.press(Modifiers::COMMAND, Key::Enter);
        self.window
            .wait_for("the query to run", |w| w.shows_part("Running the query"));
        self.picture("query-running");
        self.window.press(Modifiers::NONE, Key::Escape);
        self.window.settle();
        self.window.click_role(Role::ListItem, "Free SQL");
        self.window.settle();
        self.picture("query-empty");
    }

    /// Goes to what a search finds first, and waits until it has come to rest.
    fn find(&mut self, text: &str) {
        self.window.go_to(text);
        self.window.harness.run_steps(30);
    }

    fn reading(&mut self) {
        self.find("idempotency");
        self.picture("documentation-concept");
        self.find("last piece");
        self.picture("documentation-review");
        let contents = "Contents: Requirements";
        self.window.harness.get_by_label(contents).click();
        self.window.harness.run_steps(30);
        self.picture("documentation-requirements");
        self.window.press(Modifiers::COMMAND, Key::K);
        self.window
            .harness
            .get_by_label("Search")
            .type_text("order");
        self.window.harness.run_steps(3);
        self.picture("palette-found");
        self.window.press(Modifiers::NONE, Key::Escape);
        self.find("order_items");
        self.picture("documentation-and-table");
        self.window
            .harness
            .get_by_label("Close the documentation")
            .click();
        self.window.settle();
    }

    fn values(&mut self) {
        for (column, name) in [
            ("orders.total_amount", "column-numbers"),
            ("orders.created_at", "column-moments"),
            ("orders.status", "column-values"),
            ("users.email", "column-texts"),
        ] {
            self.find(column);
            self.picture(name);
        }
    }

    fn following(&mut self) {
        self.find("order_items");
        self.window.select_cell("order_id", 3);
        self.picture("rows-links");
        self.window.follow("order_id to orders: ");
        self.window.select_cell("id", 1);
        self.window.follow("order_items by order_id: ");
        self.window.select_cell("product_id", 2);
        self.picture("rows-followed");
    }

    /// Data that is being made, and a wish that is taken back.
    fn making(&mut self) {
        self.window.press(Modifiers::COMMAND, Key::Num1);
        self.window.press(Modifiers::COMMAND, Key::G);
        self.window.click_role(Role::RadioButton, "10 M");
        self.window.click_role(Role::Button, "Make the data");
        self.window
            .wait_for("the data to be made", |w| w.shows_part("Generating"));
        self.picture("explore-making");
        self.window.press(Modifiers::NONE, Key::Escape);
        self.window.settle();
        self.picture("explore-cancelled");
    }
}

/// A pack without tables and one whose recipe is wrong.
fn broken_packs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (id, schema, data) in [
        ("no_tables", "SELECT 1;", "now = 1"),
        (
            "bad_recipe",
            "CREATE TABLE person (person_id BIGINT PRIMARY KEY, name STRING);",
            "now = \"2026-07-01 00:00:00\"\nstart = \"2025-05-01 00:00:00\"\nlargest = \"person\"\n[[step]]\ntable = \"person\"\nrows = 10\n[step.columns]\nperson_id = \"@rwo\"\n",
        ),
    ] {
        let pack = folder.path().join(id);
        std::fs::create_dir(&pack).expect("made");
        std::fs::write(pack.join("schema.sql"), schema).expect("written");
        std::fs::write(pack.join("data.toml"), data).expect("written");
        std::fs::write(
            pack.join("pack.toml"),
            format!("title = \"{id}\"\nsummary = \"s\"\nsource = \"s\"\npurpose = \"p\"\n"),
        )
        .expect("written");
    }
    folder
}

#[test]
fn gallery_of_every_screen() {
    let packs = broken_packs();
    for theme in ["light", "dark"] {
        for size in [(1280.0, 800.0), (1920.0, 1080.0)] {
            let mut painter = Painter::open(theme, size, None, "viewing_history");
            painter.explore();
            painter.query();
            painter.making();
        }
        let size = (1280.0, 800.0);
        for pack in ["content_catalog", "shop", "twitter", "engagement"] {
            Painter::open(theme, size, None, pack).picture(&format!("explore-{pack}"));
        }
        Painter::open(theme, size, Some(packs.path()), "no_tables").picture("explore-empty");
        let mut failed = Painter::open(theme, size, Some(packs.path()), "bad_recipe");
        failed.picture("explore-failed");
        let problems = failed.window.app(|app| app.problem_count());
        failed
            .window
            .click_role(Role::Button, &format!("{problems} problems"));
        failed.window.harness.run_steps(3);
        failed.picture("problems");
    }
}

#[test]
fn gallery_of_reading_values_and_references() {
    for theme in ["light", "dark"] {
        for size in [(1280.0, 800.0), (1920.0, 1080.0)] {
            let mut painter = Painter::open(theme, size, None, "shop");
            painter.picture("explore-shop-first");
            painter.reading();
            painter.values();
            painter.following();
        }
    }
}

#[test]
fn gallery_of_labs() {
    let pages = [
        ("overview", r#""overview""#),
        ("question", r#"{"read":"latest"}"#),
        ("change", r#"{"write":"rename"}"#),
        ("check", r#"{"check":"stale_copies"}"#),
        ("anomaly", r#"{"anomaly":"half_way"}"#),
        ("simulation", r#"{"simulation":"rename_cost"}"#),
        ("sweep", r#""sweep""#),
    ];
    for theme in ["light", "dark"] {
        for size in [(1280.0, 800.0), (1920.0, 1080.0)] {
            for (name, item) in pages {
                let state = format!(
                    r#"{{"theme":"{theme}","scale":1000,"pack":"posts","workspace":"compare","compare":{{"lab":"embed_author","chosen_in":"posts","rows":10000,"items":{{"embed_author":{item}}}}}}}"#
                );
                let mut painter = Painter::start(theme, size, None, &state);
                match name {
                    "anomaly" => {
                        for step in ["Make the change", "Look again"] {
                            painter.window.click_role(Role::Button, step);
                        }
                    }
                    "question" => {
                        painter.picture("compare-question");
                        painter.window.click_role(Role::Button, "Change it");
                        painter.window.settle();
                        painter.window.click_role(Role::Button, "Ask");
                        painter.window.settle();
                        painter.picture("compare-own");
                        continue;
                    }
                    _ => {}
                }
                painter.picture(&format!("compare-{name}"));
            }
        }
    }
}

#[test]
fn gallery_of_drills() {
    let state = |theme: &str| {
        format!(
            r#"{{"theme":"{theme}","scale":1000,"pack":"shop","workspace":"practice","practice":{{"drill":"first_order","chosen_in":"shop","records":{{"first_order":{{"hints":1}}}}}}}}"#
        )
    };
    for theme in ["light", "dark"] {
        for size in [(1280.0, 800.0), (1920.0, 1080.0)] {
            let mut painter = Painter::start(theme, size, None, &state(theme));
            painter.picture("practice-drill");
            let (_, drill) = crate::support::catalog()
                .drill("first_order")
                .expect("a drill");
            let sql = drill.sql().expect("a SQL drill");
            for (answer, name) in [
                (&sql.wrong[0].sql, "practice-wrong"),
                (&sql.reference, "practice-passed"),
            ] {
                painter.window.harness.get_by_label("Answer editor").focus();
                painter.window.harness.run_steps(2);
                painter.window.press(Modifiers::COMMAND, Key::A);
                painter
                    .window
                    .harness
                    .get_by_label("Answer editor")
                    .type_text(answer);
                painter.window.harness.run_steps(2);
                painter.window.click_role(Role::Button, "Submit");
                painter.window.settle();
                painter.picture(name);
            }
        }
    }
}

#[test]
fn gallery_of_designs() {
    use super::design::{accepted, write};
    let state = |theme: &str| {
        format!(
            r#"{{"theme":"{theme}","scale":1000,"pack":"twitter","workspace":"practice","practice":{{"page":"design","design":"design_twitter","chosen_in":"twitter"}}}}"#
        )
    };
    let unfinished = accepted(2)
        .replace(" REFERENCES tweets (id)", "")
        .replace(
            "CREATE INDEX follows_by_follower ON follows (follower_id);",
            "",
        )
        .replace(
            "username   TEXT NOT NULL UNIQUE",
            "username   TEXT NOT NULL",
        )
        .replace("PRIMARY KEY (tweet_id, user_id)", "note TEXT");
    for theme in ["light", "dark"] {
        for size in [(1280.0, 800.0), (1920.0, 1080.0)] {
            let mut painter = Painter::start(theme, size, None, &state(theme));
            painter.picture("design-empty");
            write(&mut painter.window, &unfinished);
            painter.picture("design-findings");
            painter.window.click_role(Role::Button, "Check");
            painter.window.settle();
            painter.picture("design-points");
            painter.window.click_role(Role::RadioButton, "Questions");
            painter.picture("design-questions");
            painter.window.click_role(Role::RadioButton, "Reference");
            painter
                .window
                .click_role(Role::Button, "Show the reference");
            painter.window.settle();
            painter.picture("design-reference");
        }
    }
}

/// What somebody did in two weeks: enough for a queue, topics and a forecast.
fn write_history(folder: &Path) {
    let catalog = crate::support::catalog();
    let (mut logbook, _) = Logbook::open(Some(&folder.join("practice.jsonl")), PRESENT);
    let items = along_the_path(catalog).into_iter().map(|(item, _)| item);
    for (n, item) in items.enumerate().take(34) {
        let days_ago = [12, 9, 6, 5, 3, 2, 1, 1][n % 8];
        let rating = Rating::ALL[(n * 7 + 2) % 4];
        let problem = logbook.note(Entry::Review {
            item,
            review: Review {
                at: PRESENT - days_ago * 86_400,
                rating,
                how: How::Oneself,
            },
            replaces: false,
        });
        assert_eq!(problem, None);
    }
}

/// A Tuesday in June.
const PRESENT: u64 = 1_782_810_000;

#[test]
fn gallery_of_practice_pages() {
    let catalog = crate::support::catalog();
    let card = catalog.cards().first().map_or("", |(_, card)| &card.id);
    let guide = &catalog.guide;
    for theme in ["light", "dark"] {
        for size in [(1280.0, 800.0), (1920.0, 1080.0)] {
            let open = |practice: &str, folder: Option<&Path>| {
                let state = format!(
                    r#"{{"theme":"{theme}","scale":1000,"pack":"shop","workspace":"practice","practice":{{{practice}}}}}"#
                );
                let start = Start {
                    size,
                    state: &state,
                    folder,
                    now_secs: Some(PRESENT),
                    ..Start::default()
                };
                Painter::of(theme, size, start)
            };
            open("", None).picture("practice-first-start");
            let folder = tempfile::tempdir().expect("a folder");
            write_history(folder.path());
            let mut today = open("", Some(folder.path()));
            today.picture("practice-today");
            today.window.click_role(Role::Button, "Start the session");
            today.window.settle();
            today.picture("practice-session");
            let mut cards = open(&format!(r#""page":"cards","card":"{card}""#), None);
            cards.picture("practice-card");
            cards.window.press(Modifiers::NONE, Key::Space);
            cards.picture("practice-card-answer");
            cards.window.press(Modifiers::NONE, Key::Num3);
            cards.picture("practice-card-rated");
            let mut steps = open(r#""page":"guide""#, None);
            steps.picture("practice-guide");
            let last = guide
                .step(&guide.start)
                .and_then(|step| step.choices.last());
            let last = last.expect("a choice");
            steps.window.click_role(Role::Button, &last.label);
            steps.picture("practice-guide-step");
            let database = &guide.databases[0];
            steps.window.go_to(&database.title);
            steps.picture("practice-guide-result");
            if let Some(table) = guide.tables.first() {
                let row = table.columns.join(" · ");
                steps.window.harness.get_by_label(&row).scroll_to_me();
                steps.window.harness.run_steps(30);
                steps.picture("practice-guide-tables");
            }
        }
    }
}
