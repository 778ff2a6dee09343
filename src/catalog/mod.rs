//! Packs: documented models as files, read, linked and checked.
//!
//! [`source`] finds the files (built in, or a folder), [`raw`] reads what they say, [`resolve`]
//! links it into a [`Pack`]. A half-right pack loads what is right; the rest is reported as
//! [`Problem`]s with file and key, all at once.

mod drills;
mod fingerprint;
mod labs;
mod pack;
mod problem;
mod queries;
mod raw;
mod resolve;
mod source;
mod synonyms;

pub use drills::{
    AcceptedDesign, Alternative, Attribute, BusinessQuestion, Constraint, DesignDrill, Drill,
    DrillColumn, DrillKind, DrillVariant, Entity, Equivalent, FollowUp, OrderKey, Probe, SqlDrill,
    Subject, WrongAnswer, WrongDesign, subject,
};
pub use fingerprint::{Fingerprint, TableFingerprint};
pub use labs::{
    Anomaly, ChartKind, Check, DEFAULT_SWEEP, Lab, LabTopic, Layout, LayoutNote, OriginKind, Read,
    Simulation, Statements, Write,
};
pub use pack::{
    AccessPattern, Concept, ExternalRelation, LearningPath, Note, Pack, Requirement, Review,
    TradeOff,
};
pub use problem::Problem;
pub use queries::{Parameter, Query};
pub use source::{FINGERPRINT, Origin, PackFiles, drill_file, lab_file};
pub use synonyms::{Group, Synonyms};

use crate::datagen::Lists;

use std::path::Path;
use std::sync::Arc;

/// All packs that could be loaded, and everything that was wrong with them.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// In order of the learning path.
    pub packs: Vec<Arc<Pack>>,
    pub problems: Vec<Problem>,
    /// Word lists shared by all recipes.
    pub lists: Arc<Lists>,
    /// Names that mean the same, for matching designs.
    pub synonyms: Arc<Synonyms>,
}

impl Catalog {
    /// The packs built into the program.
    pub fn built_in() -> Self {
        Self::from_files(source::built_in())
    }

    /// The built-in packs, and those of a user's folder; a user's pack hides a built-in one
    /// of the same id. A folder that does not exist is no problem: there are just no packs in it.
    pub fn with_folder(folder: &Path) -> Self {
        let mut files = source::built_in();
        let mut problems = Vec::new();
        if folder.is_dir() {
            let own = source::folder(folder, &mut problems);
            files.retain(|f| own.iter().all(|o| o.id != f.id));
            files.extend(own);
        }
        let mut catalog = Self::from_files(files);
        problems.append(&mut catalog.problems);
        catalog.problems = problems;
        catalog
    }

    /// Only the packs of a folder.
    pub fn from_folder(folder: &Path) -> Self {
        let mut problems = Vec::new();
        let files = source::folder(folder, &mut problems);
        let mut catalog = Self::from_files(files);
        problems.append(&mut catalog.problems);
        catalog.problems = problems;
        catalog
    }

    /// One pack from its own folder, for checking it while it is written.
    pub fn from_pack_folder(folder: &Path) -> Self {
        let mut problems = Vec::new();
        let files = source::pack_folder(folder, &mut problems);
        let mut catalog = Self::from_files(files.into_iter().collect());
        problems.append(&mut catalog.problems);
        catalog.problems = problems;
        catalog
    }

    fn from_files(files: Vec<PackFiles>) -> Self {
        let mut problems = Vec::new();
        let lists = Arc::new(source::shared_lists(&mut problems));
        let synonyms = Arc::new(source::synonyms(&mut problems));
        let mut packs = Vec::with_capacity(files.len());
        for (pack, mut found) in resolve_all(&files) {
            packs.push(Arc::new(pack));
            problems.append(&mut found);
        }
        packs.sort_by(|a, b| (a.path, a.place, &a.title).cmp(&(b.path, b.place, &b.title)));
        drills::check_ids(&packs, &mut problems);
        Self {
            packs,
            problems,
            lists,
            synonyms,
        }
    }

    pub fn pack(&self, id: &str) -> Option<&Arc<Pack>> {
        self.packs.iter().find(|p| p.id == id)
    }

    /// All labs with their packs, by topic and place.
    pub fn labs(&self) -> Vec<(&Arc<Pack>, &Lab)> {
        let mut labs: Vec<_> = self
            .packs
            .iter()
            .flat_map(|pack| pack.labs.iter().map(move |lab| (pack, lab)))
            .collect();
        labs.sort_by(|(_, a), (_, b)| {
            (a.topic, a.place, &a.title).cmp(&(b.topic, b.place, &b.title))
        });
        labs
    }

    /// The lab of that id, with its pack.
    pub fn lab(&self, id: &str) -> Option<(&Arc<Pack>, &Lab)> {
        self.packs
            .iter()
            .find_map(|pack| Some((pack, pack.labs.iter().find(|lab| lab.id == id)?)))
    }

    /// All drills with their packs, pack by pack.
    pub fn drills(&self) -> Vec<(&Arc<Pack>, &Drill)> {
        self.packs
            .iter()
            .flat_map(|pack| pack.drills.iter().map(move |drill| (pack, drill)))
            .collect()
    }

    /// The drill of that id, with its pack.
    pub fn drill(&self, id: &str) -> Option<(&Arc<Pack>, &Drill)> {
        self.packs
            .iter()
            .find_map(|pack| Some((pack, pack.drills.iter().find(|drill| drill.id == id)?)))
    }
}

/// Reads all packs, a share on each core: the window waits for them before its first frame.
fn resolve_all(files: &[PackFiles]) -> Vec<(Pack, Vec<Problem>)> {
    let one = |files: &PackFiles| {
        let mut problems = Vec::new();
        let pack = resolve::resolve(files, &mut problems);
        (pack, problems)
    };
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let share = files.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(share)
            .map(|part| {
                (
                    part,
                    scope.spawn(move || part.iter().map(one).collect::<Vec<_>>()),
                )
            })
            .collect();
        workers
            .into_iter()
            // A worker that panicked is a fault of ours; its packs are tried again here, in view.
            .flat_map(|(part, worker)| {
                worker
                    .join()
                    .unwrap_or_else(|_| part.iter().map(one).collect())
            })
            .collect()
    })
}
