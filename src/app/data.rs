//! Making the data of a pack: the form that says how much, and the job.

use egui::{Context, DragValue, Grid, RichText, Ui};

use super::{App, AppState};
use crate::catalog::Pack;
use crate::datagen::{self, Request};
use crate::engine::{BuildJob, EngineError, Job};
use crate::prepare;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{format, semibold, tokens, widgets};
use crate::workspace::DataStatus;

const SCALES: [u64; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// What the user is choosing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GenerateForm {
    pub scale: u64,
    pub seed: u64,
}

impl GenerateForm {
    pub fn new(state: &AppState) -> Self {
        Self {
            scale: state.scale,
            seed: state.seed,
        }
    }
}

/// The build of a pack at a scale, or everything that is wrong with its recipe.
pub fn build_job(
    pack: &Pack,
    lists: &datagen::Lists,
    request: Request,
) -> Result<BuildJob, EngineError> {
    let build = prepare::build_of(pack, lists, request, Some(pack.id.clone()))?;
    Ok(BuildJob {
        pack: pack.id.clone(),
        title: pack.title.clone(),
        build,
        scale: request.scale,
        seed: request.seed,
    })
}

impl App {
    /// Asks the worker for the data of the open pack at the chosen scale.
    pub(super) fn generate(&mut self) {
        let Some(pack) = self.pack() else { return };
        let request = Request {
            scale: self.state.scale,
            seed: self.state.seed,
        };
        let job = build_job(&pack, &self.catalog.lists, request);
        let data = self.data.entry(pack.id.clone()).or_default();
        match (job, &self.engine) {
            (Ok(job), Some(engine)) => {
                data.status = DataStatus::Making;
                engine.submit(Job::Build(Box::new(job)));
            }
            (Err(error), _) => data.status = DataStatus::Failed(error),
            (Ok(_), None) => {
                data.status = DataStatus::Failed(EngineError::new("The database is not running"));
            }
        }
    }

    /// The data of the open pack, when it was never asked for or has another scale or seed.
    pub(super) fn generate_if_stale(&mut self) {
        let Some(pack) = self.pack() else { return };
        let (scale, seed) = (self.state.scale, self.state.seed);
        let is_fresh = self.data.get(&pack.id).is_some_and(|data| {
            data.status == DataStatus::Making
                || data
                    .ready
                    .as_ref()
                    .is_some_and(|r| r.scale == scale && r.seed == seed)
        });
        if !is_fresh {
            self.generate();
        }
    }

    pub(super) fn generate_dialog(&mut self, ctx: &Context) {
        let Some(mut form) = self.generate_open else {
            return;
        };
        let Some(pack) = self.pack() else { return };
        let mut decision = None;
        let modal = widgets::dialog(ctx, "generate", 380.0, |ui| {
            decision = form_ui(ui, &mut form, &pack);
        });
        self.generate_open = Some(form);
        if modal.should_close() {
            decision = decision.or(Some(false));
        }
        match decision {
            Some(true) => {
                self.generate_open = None;
                self.state.scale = form.scale;
                self.state.seed = form.seed;
                self.saver.changed();
                self.generate();
            }
            Some(false) => self.generate_open = None,
            None => {}
        }
    }
}

/// Returns true for make, false for close.
fn form_ui(ui: &mut Ui, form: &mut GenerateForm, pack: &Pack) -> Option<bool> {
    let t = tokens(ui);
    let mut decision = None;
    ui.label(RichText::new(format!("Data of {}", pack.title)).font(semibold(16.0)));
    let largest = pack
        .recipe
        .as_ref()
        .map_or("largest table", |r| r.largest.as_str());
    widgets::secondary(
        ui,
        format!("About this many rows in {largest}; the other tables follow in proportion"),
    );
    ui.add_space(8.0);
    let choices: Vec<(u64, String)> = SCALES
        .iter()
        .map(|&s| (s, format::short_count(s)))
        .collect();
    let segments: Vec<(u64, &str, &str)> = choices
        .iter()
        .map(|(s, text)| (*s, text.as_str(), "Rows of the largest table"))
        .collect();
    if let Some(scale) = widgets::segmented(ui, form.scale, &segments) {
        form.scale = scale;
    }
    ui.add_space(6.0);
    Grid::new("generate-form")
        .num_columns(2)
        .spacing([12.0, 8.0])
        .show(ui, |ui| {
            let rows = ui.label("Rows");
            let speed = (form.scale / 100).max(1) as f64;
            ui.add(
                DragValue::new(&mut form.scale)
                    .range(100..=datagen::MAX_SCALE)
                    .speed(speed),
            )
            .labelled_by(rows.id);
            ui.end_row();
            let seed = ui.label("Seed");
            ui.add(DragValue::new(&mut form.seed).range(0..=u32::MAX as u64))
                .labelled_by(seed.id)
                .on_hover_text("The same seed gives the same rows again");
            ui.end_row();
        });
    if form.scale > 20_000_000 {
        ui.label(
            RichText::new("This may take minutes and many gigabytes; it can be cancelled")
                .color(t.warning),
        );
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, Sign::Database, "Make the data", pack.recipe.is_some())
            .clicked()
        {
            decision = Some(true);
        }
        if ui.button("Close").clicked() {
            decision = Some(false);
        }
    });
    decision
}
