//! The window, driven by what a person reads in it.

mod compare;
mod design;
mod documentation;
mod explore;
mod follow;
mod gallery;
mod keep;
mod practice;
mod profile;
mod query;
mod search;
mod sessions;

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crowsfoot::app::{App, AppOptions};
use egui::{Key, Modifiers, Role, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::raster::SoftwareRenderer;

/// How long something in the background may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A window without a screen.
pub struct Window {
    pub harness: Harness<'static, ()>,
    app: Rc<RefCell<Option<App>>>,
}

/// How the window is started.
pub struct Start<'a> {
    pub size: (f32, f32),
    /// JSON of the saved state: `{"theme":"dark"}`.
    pub state: &'a str,
    /// Where the state is kept; `None`: a folder that goes away.
    pub folder: Option<&'a Path>,
    /// A folder of packs beside the built-in ones.
    pub packs: Option<&'a Path>,
    /// The present, in seconds since 1970; `None`: as the clock says.
    pub now_secs: Option<u64>,
}

impl Default for Start<'_> {
    fn default() -> Self {
        Self {
            size: (1280.0, 800.0),
            state: r#"{"theme":"light","scale":2000,"pack":"content_catalog"}"#,
            folder: None,
            packs: None,
            now_secs: None,
        }
    }
}

impl Window {
    /// Opens a window and waits until the first model is drawn and filled.
    pub fn open(start: Start<'_>) -> Self {
        let mut window = Self::open_busy(start);
        window.settle();
        window
    }

    /// Opens a window without waiting for anything.
    pub fn open_busy(start: Start<'_>) -> Self {
        let own = tempfile::tempdir().expect("a temporary folder");
        let folder = start.folder.unwrap_or(own.path());
        let state_file = folder.join("state.json");
        if !state_file.exists() {
            std::fs::write(&state_file, start.state).expect("the state can be written");
        }
        let options = AppOptions {
            state_file: Some(state_file),
            packs_folder: start.packs.map(Path::to_owned),
            now_secs: start.now_secs,
        };
        let app: Rc<RefCell<Option<App>>> = Rc::default();
        let (made, drawn) = (Rc::clone(&app), Rc::clone(&app));
        let harness = Harness::builder()
            .with_size(Vec2::new(start.size.0, start.size.1))
            .with_os(egui::os::OperatingSystem::Nix)
            .renderer(SoftwareRenderer::default())
            .with_context_setup(move |ctx| *made.borrow_mut() = Some(App::new(ctx, &options)))
            .build_ui_state(
                move |ui, ()| {
                    if let Some(app) = drawn.borrow_mut().as_mut() {
                        // The harness leaves a margin that the real window does not have.
                        let all = ui.ctx().content_rect();
                        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(all));
                        ui.set_clip_rect(all);
                        app.frame_ui(&mut ui);
                    }
                },
                (),
            );
        Self { harness, app }
    }

    pub fn app<R>(&self, look: impl FnOnce(&App) -> R) -> R {
        look(self.app.borrow().as_ref().expect("the app was made"))
    }

    pub fn app_mut<R>(&self, change: impl FnOnce(&mut App) -> R) -> R {
        change(self.app.borrow_mut().as_mut().expect("the app was made"))
    }

    /// Draws frames until nothing is under way.
    pub fn settle(&mut self) {
        self.wait_for("the window to be idle", |window| window.app(App::is_idle));
        // What came in last is drawn, and what it asks for comes in.
        self.harness.run_steps(3);
        self.wait_for("the window to be idle", |window| window.app(App::is_idle));
        self.harness.run_steps(2);
    }

    /// Draws frames until something is so.
    pub fn wait_for(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let started = Instant::now();
        loop {
            self.harness.step();
            if is_so(self) {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "waited too long for {what}");
            // Nothing to do until a thread says something; this only spares the processor.
            std::thread::sleep(Duration::from_millis(4));
        }
    }

    pub fn click_role(&mut self, role: Role, label: &str) {
        self.harness.get_by_role_and_label(role, label).click();
        self.harness.run_steps(2);
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_steps(2);
    }

    /// Replaces the text of the SQL editor.
    pub fn write_sql(&mut self, sql: &str) {
        self.harness.get_by_label("SQL editor").focus();
        self.harness.run_steps(2);
        self.press(Modifiers::COMMAND, Key::A);
        self.harness.get_by_label("SQL editor").type_text(sql);
        self.harness.run_steps(2);
    }

    pub fn run_sql(&mut self, sql: &str) {
        self.write_sql(sql);
        self.press(Modifiers::COMMAND, Key::Enter);
        self.settle();
    }

    /// Selects the cell of a column in one of the first rows.
    pub fn select_cell(&mut self, column: &str, row: usize) {
        let label = self.label_with(&format!("{column} {row}: "));
        let cell = self.harness.get_by_label(&label).rect().left_center() + egui::vec2(6.0, 0.0);
        self.harness.hover_at(cell);
        self.harness.run_steps(1);
        self.harness.drag_at(cell);
        self.harness.run_steps(1);
        self.harness.drop_at(cell);
        self.settle();
    }

    /// The first label on screen that starts so.
    pub fn label_with(&self, start: &str) -> String {
        self.labels()
            .into_iter()
            .find(|l| l.starts_with(start))
            .unwrap_or_else(|| unreachable!("nothing starts with {start}: {:?}", self.labels()))
    }

    /// Follows a reference of the selected row.
    pub fn follow(&mut self, start: &str) {
        let label = self.label_with(start);
        self.click_role(Role::ListItem, &label);
        self.settle();
    }

    /// Goes to what a search finds first.
    pub fn go_to(&mut self, text: &str) {
        self.press(Modifiers::COMMAND, Key::K);
        let field = self
            .harness
            .get_by_role_and_label(Role::TextInput, "Search");
        field.type_text(text);
        self.harness.run_steps(3);
        self.press(Modifiers::NONE, Key::Enter);
        self.settle();
    }

    /// Whether something with exactly this label is on screen.
    pub fn shows(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    /// Whether something whose label contains this text is on screen.
    pub fn shows_part(&self, text: &str) -> bool {
        self.harness
            .query_all_by_label_contains(text)
            .next()
            .is_some()
    }

    /// All labels on screen, to say what was there when a test fails.
    pub fn labels(&self) -> Vec<String> {
        self.harness
            .root()
            .children_recursive()
            .filter_map(|node| node.accesskit_node().label())
            .collect()
    }
}
