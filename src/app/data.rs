//! Making the data of a pack: when, with which scale and seed, and the job.

use egui::Context;

use super::{App, AppState, generate_form};
use crate::catalog::Pack;
use crate::datagen::{self, Request};
use crate::engine::{BuildJob, EngineError, Job};
use crate::prepare;
use crate::ui_kit::widgets;
use crate::workspace::DataStatus;

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
        let ready = self.data.get(&pack.id).and_then(|d| d.ready.as_ref());
        let mut decision = None;
        let modal = widgets::dialog(ctx, "generate", 420.0, |ui| {
            decision = generate_form::form_ui(ui, &mut form, &pack, ready);
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
