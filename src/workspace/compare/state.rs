//! The state of Compare: what survives a restart, and what is on screen.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalog::Lab;
use crate::engine::EngineError;
use crate::lab::kept::KeptRun;
use crate::lab::{LabEvent, LabReport, LayoutPicture, OwnQuestion, ReadFigures};

/// Rows a lab is opened with.
pub const DEFAULT_ROWS: u64 = 100_000;

/// What survives a restart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CompareState {
    /// The id of the open lab.
    pub lab: Option<String>,
    /// The pack that was open when the lab was chosen.
    pub chosen_in: Option<String>,
    /// What of each lab is looked at.
    pub items: BTreeMap<String, Item>,
    /// Rows of the largest table of the pack.
    pub rows: u64,
    pub diagrams_open: bool,
    /// Questions of the user's own, by lab.
    pub own: BTreeMap<String, Vec<OwnDraft>>,
}

impl Default for CompareState {
    fn default() -> Self {
        Self {
            lab: None,
            chosen_in: None,
            items: BTreeMap::new(),
            rows: DEFAULT_ROWS,
            diagrams_open: true,
            own: BTreeMap::new(),
        }
    }
}

impl CompareState {
    /// What is looked at in a lab.
    pub fn item(&self, lab: &str) -> Item {
        self.items.get(lab).cloned().unwrap_or_default()
    }

    pub fn open_item(&mut self, lab: &str, item: Item) {
        self.items.insert(lab.to_owned(), item);
    }

    /// The questions of the user's own of a lab.
    pub fn own_of(&self, lab: &str) -> &[OwnDraft] {
        self.own.get(lab).map_or(&[], Vec::as_slice)
    }

    pub fn draft_mut(&mut self, lab: &str, id: &str) -> Option<&mut OwnDraft> {
        self.own.get_mut(lab)?.iter_mut().find(|d| d.id == id)
    }

    /// Adds a question of the user's own, made from one of the lab or empty, and opens it.
    pub fn add_own(&mut self, lab: &Lab, from: Option<&str>) -> String {
        let drafts = self.own.entry(lab.id.clone()).or_default();
        let number = drafts
            .iter()
            .filter_map(OwnDraft::number)
            .max()
            .unwrap_or(0)
            + 1;
        let read = from.and_then(|id| lab.reads.iter().find(|r| r.id == id));
        let sql = lab.layouts.iter().map(|layout| {
            let text = read.and_then(|r| r.statements.of(&layout.id));
            (layout.id.clone(), text.unwrap_or_default().to_owned())
        });
        let draft = OwnDraft {
            id: format!("own-{number}"),
            title: match read {
                Some(read) => format!("{} (mine)", read.title),
                None => format!("My question {number}"),
            },
            based_on: read.map(|r| r.id.clone()),
            sql: sql.collect(),
        };
        let id = draft.id.clone();
        drafts.push(draft);
        self.open_item(&lab.id, Item::Own(id.clone()));
        id
    }

    /// Takes a question of the user's own away; returns it, so that it can be put back.
    pub fn remove_own(&mut self, lab: &str, id: &str) -> Option<(usize, OwnDraft)> {
        let drafts = self.own.get_mut(lab)?;
        let place = drafts.iter().position(|d| d.id == id)?;
        self.items.insert(lab.to_owned(), Item::Overview);
        Some((place, drafts.remove(place)))
    }
}

/// Something of a lab that can be looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    #[default]
    Overview,
    Read(String),
    Write(String),
    Check(String),
    Anomaly(String),
    Simulation(String),
    Sweep,
    /// A question of the user's own.
    Own(String),
}

/// A question of the user's own, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnDraft {
    pub id: String,
    pub title: String,
    /// The question of the lab it was made from: its parameters can be used.
    pub based_on: Option<String>,
    /// By layout.
    pub sql: BTreeMap<String, String>,
}

impl OwnDraft {
    fn number(&self) -> Option<u32> {
        self.id.strip_prefix("own-")?.parse().ok()
    }

    /// As the worker is asked.
    pub fn question(&self, lab: &str) -> OwnQuestion {
        OwnQuestion {
            lab: lab.to_owned(),
            id: self.id.clone(),
            title: self.title.clone(),
            based_on: self.based_on.clone(),
            sql: self.sql.clone(),
        }
    }
}

/// What Compare asks the app to do.
#[derive(Clone, Debug, PartialEq)]
pub enum CompareAction {
    /// Measure the open lab again.
    Run,
    Sweep,
    /// Measure a question of the user's own.
    Ask(OwnQuestion),
    Cancel,
    /// Rows the labs are measured with from now on.
    SetRows(u64),
    Save(SaveForm),
    /// Shows the model of the lab in Explore.
    ShowModel,
    /// Takes a question of the user's own away.
    RemoveOwn(String),
}

/// How figures are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveForm {
    Markdown,
    Csv,
    Json,
    Svg,
    Png,
}

impl SaveForm {
    pub const ALL: [Self; 5] = [Self::Markdown, Self::Csv, Self::Json, Self::Svg, Self::Png];

    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Markdown => "As Markdown…",
            Self::Csv => "As CSV…",
            Self::Json => "As JSON…",
            Self::Svg => "As a picture, SVG…",
            Self::Png => "As a picture, PNG…",
        }
    }
}

/// How the newest run of the open lab is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RunStatus {
    #[default]
    NotAsked,
    Running,
    Done,
    Cancelled,
    Failed(EngineError),
}

/// What lives only while the window is open.
#[derive(Default)]
pub struct Compare {
    /// The lab all below is of.
    lab: String,
    /// The lab the list has scrolled to.
    pub listed: String,
    /// The newest figures: of the run before until a new one has some.
    pub report: Option<Arc<LabReport>>,
    /// Whether the figures are of the small run that comes first.
    pub is_preview: bool,
    pub status: RunStatus,
    pub pictures: Arc<Vec<LayoutPicture>>,
    /// Answers to the user's own questions.
    pub answers: BTreeMap<String, Result<ReadFigures, EngineError>>,
    /// Points of the sweep, by rows.
    pub sweep: BTreeMap<u64, Arc<LabReport>>,
    pub sweep_status: RunStatus,
    /// Runs of this lab that were kept.
    pub earlier: Vec<KeptRun>,
    /// The run the figures are laid beside.
    pub beside: Option<Arc<LabReport>>,
    /// The layout whose diagram has all the room.
    pub enlarged: Option<String>,
    /// How many steps of an anomaly are shown.
    pub anomaly_step: usize,
    /// A step has just been added: bring it into view.
    pub anomaly_grew: bool,
    /// The question whose times the sweep shows.
    pub sweep_read: Option<String>,
    /// A question of the user's own that was taken away last: its lab, place and text.
    pub removed: Option<(String, usize, OwnDraft)>,
}

impl Compare {
    /// Turns to a lab: nothing of another one stays.
    pub fn turn_to(&mut self, lab: &str, earlier: Vec<KeptRun>) {
        if self.lab != lab {
            *self = Self {
                lab: lab.to_owned(),
                removed: self.removed.take(),
                listed: std::mem::take(&mut self.listed),
                ..Self::default()
            };
        }
        self.earlier = earlier;
    }

    pub fn lab(&self) -> &str {
        &self.lab
    }

    pub fn is_running(&self) -> bool {
        self.status == RunStatus::Running || self.sweep_status == RunStatus::Running
    }

    /// Takes in what the worker says. Returns a run that is complete, to be kept.
    pub fn handle(&mut self, event: LabEvent) -> Option<Arc<LabReport>> {
        match event {
            LabEvent::Progress { report, is_preview } if report.lab == self.lab => {
                // Figures that are there stay until there are newer ones of the same kind.
                let has_figures = !report.reads.is_empty();
                let shows_more = self.report.as_ref().is_none_or(|r| r.is_complete);
                if has_figures || !shows_more || self.report.is_none() {
                    self.is_preview = is_preview;
                    self.report = Some(report);
                }
                None
            }
            LabEvent::Layouts { lab, layouts } if lab == self.lab => {
                self.pictures = layouts;
                None
            }
            LabEvent::Done { report } if report.lab == self.lab => {
                self.status = RunStatus::Done;
                self.is_preview = false;
                self.report = Some(Arc::clone(&report));
                Some(report)
            }
            LabEvent::Failed { lab, error } if lab == self.lab => {
                self.status = if error.is_cancelled {
                    RunStatus::Cancelled
                } else {
                    RunStatus::Failed(error)
                };
                None
            }
            LabEvent::Answered { lab, id, outcome } if lab == self.lab => {
                self.answers.insert(id, outcome.map(|figures| *figures));
                None
            }
            LabEvent::Swept { report } if report.lab == self.lab => {
                self.sweep.insert(report.rows, report);
                None
            }
            LabEvent::SweepEnded { lab, error } if lab == self.lab => {
                self.sweep_status = match error {
                    None => RunStatus::Done,
                    Some(error) if error.is_cancelled => RunStatus::Cancelled,
                    Some(error) => RunStatus::Failed(error),
                };
                None
            }
            // Of a lab that is no longer open. A complete run is worth keeping all the same.
            LabEvent::Done { report } => Some(report),
            _ => None,
        }
    }

    /// The figures of a question, of the lab's or of the user's own.
    pub fn read(&self, item: &Item) -> Option<&ReadFigures> {
        match item {
            Item::Read(id) => self.report.as_ref()?.read(id),
            Item::Own(id) => self.answers.get(id)?.as_ref().ok(),
            _ => None,
        }
    }

    /// The picture of a layout.
    pub fn picture(&self, layout: &str) -> Option<&LayoutPicture> {
        self.pictures.iter().find(|p| p.layout == layout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Layout, Read, Statements};

    fn lab() -> Lab {
        let layout = |id: &str| Layout {
            id: id.to_owned(),
            ..Layout::default()
        };
        Lab {
            id: "copies".to_owned(),
            layouts: vec![layout("a"), layout("b")],
            reads: vec![Read {
                id: "all".to_owned(),
                title: "All".to_owned(),
                statements: Statements {
                    sql: [("all".to_owned(), "SELECT 1".to_owned())].into(),
                    cannot: BTreeMap::new(),
                },
                ..Read::default()
            }],
            ..Lab::default()
        }
    }

    #[test]
    fn a_question_made_from_one_of_the_lab_begins_with_its_statements() {
        let (mut state, lab) = (CompareState::default(), lab());
        let id = state.add_own(&lab, Some("all"));
        let draft = &state.own_of("copies")[0];
        assert_eq!(draft.sql["b"], "SELECT 1");
        assert_eq!(state.item("copies"), Item::Own(id));
    }

    #[test]
    fn numbers_of_own_questions_are_not_given_twice() {
        let (mut state, lab) = (CompareState::default(), lab());
        let first = state.add_own(&lab, None);
        let second = state.add_own(&lab, None);
        state.remove_own("copies", &first);
        let third = state.add_own(&lab, None);
        assert!(second != third && first != second);
    }

    #[test]
    fn figures_of_another_lab_do_not_come_on_screen_but_are_kept() {
        let mut compare = Compare::default();
        compare.turn_to("copies", Vec::new());
        let report = Arc::new(LabReport {
            lab: "other".to_owned(),
            ..LabReport::default()
        });
        let kept = compare.handle(LabEvent::Done {
            report: Arc::clone(&report),
        });
        assert_eq!(kept, Some(report));
        assert_eq!(compare.report, None);
    }
}
