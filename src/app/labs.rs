//! Labs in the window: what is asked of their thread, and what becomes of its answers.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use super::{App, WorkspaceKind};
use crate::lab::kept::{keep, runs_of};
use crate::lab::{LabJob, LabRequest, LabSubject, export};
use crate::workspace::compare::{CompareAction, Item, RunStatus, SaveForm};

impl App {
    /// Goes to Compare, on a lab of the open pack where it has one.
    pub(super) fn open_compare(&mut self) {
        self.state.workspace = WorkspaceKind::Compare;
        let compare = &self.state.compare;
        let is_known = |id: &str| self.catalog.lab(id).is_some();
        let is_stale = compare.chosen_in != self.state.pack;
        let current = compare.lab.clone().filter(|id| is_known(id));
        let pack = self.state.pack.clone();
        let labs = self.catalog.labs();
        let of_pack = labs.iter().find(|(p, _)| Some(&p.id) == pack.as_ref());
        let of_pack = of_pack.map(|(_, lab)| lab.id.clone());
        let first = labs.first().map(|(_, lab)| lab.id.clone());
        let wanted = match (current, of_pack) {
            (Some(current), None) => Some(current),
            (Some(current), Some(_)) if !is_stale => Some(current),
            (_, Some(of_pack)) => Some(of_pack),
            (None, None) => first,
        };
        if let Some(id) = wanted {
            self.open_lab(&id);
        }
    }

    /// Opens a lab, and measures it when nothing of it is on screen yet.
    pub(super) fn open_lab(&mut self, id: &str) {
        if self.catalog.lab(id).is_none() {
            return;
        }
        self.state.workspace = WorkspaceKind::Compare;
        self.state.compare.lab = Some(id.to_owned());
        self.state.compare.chosen_in = self.state.pack.clone();
        self.saver.changed();
        let earlier = self
            .runs_folder
            .as_deref()
            .map_or_else(Vec::new, |folder| runs_of(folder, id));
        self.compare.turn_to(id, earlier);
        if self.compare.status == RunStatus::NotAsked {
            self.run_lab();
        }
    }

    fn lab_subject(&self) -> Option<LabSubject> {
        let (pack, lab) = self.catalog.lab(self.state.compare.lab.as_deref()?)?;
        Some(LabSubject {
            pack: Arc::clone(pack),
            lab: Arc::new(lab.clone()),
            lists: Arc::clone(&self.catalog.lists),
        })
    }

    /// Measures the open lab.
    pub(super) fn run_lab(&mut self) {
        let Some(subject) = self.lab_subject() else {
            return;
        };
        let Some(worker) = &self.labs else { return };
        let request = LabRequest::new(self.state.compare.rows, self.state.seed);
        self.compare.status = RunStatus::Running;
        self.compare.answers.clear();
        worker.submit(LabJob::Run { subject, request });
    }

    pub(super) fn sweep_lab(&mut self) {
        let Some(subject) = self.lab_subject() else {
            return;
        };
        let Some(worker) = &self.labs else { return };
        let requests = subject.lab.sweep.iter().map(|rows| LabRequest {
            reads_only: true,
            ..LabRequest::new(*rows, self.state.seed)
        });
        let requests = requests.collect();
        self.compare.sweep.clear();
        self.compare.sweep_status = RunStatus::Running;
        self.state.compare.open_item(&subject.lab.id, Item::Sweep);
        worker.submit(LabJob::Sweep { subject, requests });
    }

    pub(super) fn compare_action(&mut self, ctx: &Context, action: CompareAction) {
        match action {
            CompareAction::Run => self.run_lab(),
            CompareAction::Sweep => self.sweep_lab(),
            CompareAction::Cancel => self.cancel_labs(),
            CompareAction::Ask(question) => {
                self.compare.answers.remove(&question.id);
                if let Some(worker) = &self.labs {
                    worker.submit(LabJob::Ask(question));
                }
            }
            CompareAction::SetRows(rows) => {
                self.state.compare.rows = rows;
                self.saver.changed();
                self.run_lab();
            }
            CompareAction::Save(form) => self.save_figures(ctx, form),
            CompareAction::ShowModel => {
                let pack = self.lab_subject().map(|s| s.pack.id.clone());
                if let Some(pack) = pack {
                    self.open_pack(&pack);
                    self.state.workspace = WorkspaceKind::Explore;
                }
            }
            CompareAction::RemoveOwn(id) => self.remove_own(&id),
        }
    }

    fn remove_own(&mut self, id: &str) {
        let Some(lab) = self.state.compare.lab.clone() else {
            return;
        };
        if let Some((place, draft)) = self.state.compare.remove_own(&lab, id) {
            self.notices.say(format!(
                "“{}” was taken away: Ctrl+Z brings it back",
                draft.title
            ));
            self.compare.removed = Some((lab, place, draft));
            self.saver.changed();
        }
    }

    /// Brings the question of the user's own back that was taken away last.
    pub(super) fn restore_own(&mut self) {
        if let Some((lab, place, draft)) = self.compare.removed.take() {
            let item = Item::Own(draft.id.clone());
            let drafts = self.state.compare.own.entry(lab.clone()).or_default();
            drafts.insert(place.min(drafts.len()), draft);
            self.state.compare.open_item(&lab, item);
        }
    }

    pub(super) fn cancel_labs(&mut self) {
        if let Some(worker) = &self.labs {
            worker.cancel();
        }
        if self.compare.sweep_status == RunStatus::Running {
            self.compare.sweep_status = RunStatus::Cancelled;
        }
    }

    /// Takes in everything the labs' thread has said since the last frame.
    pub(super) fn poll_labs(&mut self) {
        while let Some(event) = self.labs.as_ref().and_then(|w| w.poll()) {
            let Some(complete) = self.compare.handle(event) else {
                continue;
            };
            let Some(folder) = &self.runs_folder else {
                continue;
            };
            if let Err(err) = keep(folder, &complete) {
                self.notices.error(format!(
                    "The run could not be kept in {}: {err}",
                    folder.display()
                ));
            }
            if complete.lab == self.compare.lab() {
                self.compare.earlier = runs_of(folder, &complete.lab);
            }
        }
    }

    fn save_figures(&mut self, ctx: &Context, form: SaveForm) {
        let (Some(subject), Some(report)) = (self.lab_subject(), &self.compare.report) else {
            self.notices.say("There are no figures to save yet");
            return;
        };
        let all = vec![(subject.lab, report.as_ref().clone())];
        let name = format!("{}.{}", report.lab, form.extension());
        self.save_with(ctx, name, "The figures", move |path| {
            export::write(path, &all)
        });
    }
}

/// Where complete runs are kept: beside the state.
pub fn runs_folder(state_file: Option<&std::path::Path>) -> Option<PathBuf> {
    Some(state_file?.parent()?.join("runs"))
}
