//! What of a design drill lives only while the window is open.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::engine::EngineError;
use crate::practice::design::{Compared, DesignEvent, DesignVerdict, Drawing};
use crate::workspace::picture::Camera;

/// What stands below the diagram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DesignTab {
    #[default]
    Findings,
    Points,
    Questions,
    Reference,
}

/// The design on screen.
#[derive(Default)]
pub struct Designing {
    pub is_ready: bool,
    pub failed: Option<EngineError>,
    /// The newest drawing; it may be a moment behind the editor.
    pub drawing: Option<Arc<Drawing>>,
    /// The text the newest drawing was asked for.
    pub drawn: Option<String>,
    /// `None`: all of the diagram is shown.
    pub camera: Option<Camera>,
    pub verdict: Option<Arc<DesignVerdict>>,
    /// The text that was graded.
    pub graded: String,
    pub tab: DesignTab,
    pub compared: Option<Arc<Compared>>,
    /// The accepted design that is looked at; `None`: the nearest.
    pub accepted: Option<usize>,
    /// What a comparison was asked for.
    pub compared_for: Option<(String, Option<usize>)>,
    /// The follow-up the design is graded under.
    pub follow_up: Option<usize>,
    /// Whether the interviewer's facts, the steps, and rows of questions are open.
    pub is_given_open: bool,
    pub are_steps_open: bool,
    pub open_questions: BTreeSet<usize>,
    pub hinted: BTreeSet<usize>,
}

impl Designing {
    /// Takes in what the worker says of the drill. Returns a verdict that is to be noted, with
    /// its text.
    pub fn handle(
        &mut self,
        event: DesignEvent,
        drill: &str,
    ) -> Option<(String, String, Box<DesignVerdict>)> {
        match event {
            DesignEvent::Ready { drill: of } if of == drill => self.is_ready = true,
            DesignEvent::Failed { drill: of, error } if of == drill => self.failed = Some(error),
            DesignEvent::Drawn { drill: of, drawing } if of == drill => {
                self.drawing = Some(drawing);
            }
            DesignEvent::Compared {
                drill: of,
                compared,
            } if of == drill => {
                self.compared = Some(compared);
            }
            DesignEvent::Checked {
                drill: of,
                text,
                verdict,
            } => {
                if of == drill {
                    self.verdict = Some(Arc::new((*verdict).clone()));
                    self.graded.clone_from(&text);
                    self.tab = DesignTab::Points;
                }
                // A verdict that was stopped is none.
                return (!verdict.proof.was_stopped).then_some((of, text, verdict));
            }
            _ => {}
        }
        None
    }
}
