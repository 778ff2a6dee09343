//! Packs: documented models as files, read, linked and checked.
//!
//! [`source`] finds the files (built in, or a folder), [`raw`] reads what they say, [`resolve`]
//! links it into a [`Pack`]. A half-right pack loads what is right; the rest is reported as
//! [`Problem`]s with file and key, all at once.

mod cards;
mod drills;
mod fingerprint;
mod guide;
mod labs;
mod pack;
mod problem;
mod queries;
mod raw;
mod resolve;
mod see;
mod source;
mod synonyms;

pub use cards::{Area, Card, CardKind, LookFor};
pub use drills::{
    AcceptedDesign, Alternative, Attribute, BusinessQuestion, Constraint, DesignDrill, Drill,
    DrillColumn, DrillKind, DrillVariant, Entity, Equivalent, FollowUp, OrderKey, Probe, SqlDrill,
    Subject, WrongAnswer, WrongDesign, subject,
};
pub use fingerprint::{Fingerprint, TableFingerprint};
pub use guide::{Counter, Guide, GuideChoice, GuideDatabase, GuideStep, GuideTable, Leads};
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
pub use see::See;
pub use source::{FINGERPRINT, Origin, PackFiles, drill_file, lab_file};
pub use synonyms::{Group, Synonyms};

use crate::datagen::Lists;
use problem::Reporter;

use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;

/// What the guide is called where its problems are told.
const GUIDE: &str = "guide.toml";
const GUIDE_TEXT: &str = include_str!("../../assets/guide.toml");

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
    /// Which database for what. Empty where only packs of a folder are read.
    pub guide: Arc<Guide>,
    /// The labs by topic and place: of each its pack and its place in it.
    lab_order: Vec<(usize, usize)>,
}

impl Catalog {
    /// The packs built into the program.
    pub fn built_in() -> Self {
        let mut catalog = Self::from_files(source::built_in(), Some(GUIDE_TEXT));
        catalog.check_links(&|_| false);
        catalog
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
        Self::beside_built_in(files, Some(GUIDE_TEXT)).after(problems)
    }

    /// Only the packs of a folder, without the guide. What they link to may be built in.
    pub fn from_folder(folder: &Path) -> Self {
        let mut problems = Vec::new();
        let files = source::folder(folder, &mut problems);
        Self::beside_built_in(files, None).after(problems)
    }

    /// One pack from its own folder, for checking it while it is written.
    pub fn from_pack_folder(folder: &Path) -> Self {
        let mut problems = Vec::new();
        let files = source::pack_folder(folder, &mut problems);
        Self::beside_built_in(files.into_iter().collect(), None).after(problems)
    }

    /// Packs of which some may be missing that are built in: what links to those leads to
    /// something elsewhere, or hidden by a user's pack, and is no fault of who links.
    fn beside_built_in(files: Vec<PackFiles>, guide: Option<&str>) -> Self {
        let mut catalog = Self::from_files(files, guide);
        // Read only where a link leads nowhere: it takes a while.
        let built_in = OnceCell::new();
        catalog.check_links(&|see| see.title(built_in.get_or_init(Self::built_in)).is_some());
        catalog
    }

    /// The catalogue with problems that were found before its own.
    fn after(mut self, mut problems: Vec<Problem>) -> Self {
        problems.append(&mut self.problems);
        Self { problems, ..self }
    }

    fn from_files(files: Vec<PackFiles>, guide: Option<&str>) -> Self {
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
        cards::check_ids(&packs, &mut problems);
        let guide = guide.map(|text| guide::read(text, &mut of_guide(&mut problems)));
        let lab_order = lab_order(&packs);
        Self {
            packs,
            problems,
            lists,
            synonyms,
            lab_order,
            guide: Arc::new(guide.unwrap_or_default()),
        }
    }

    /// Reports links that lead nowhere, neither here nor elsewhere.
    fn check_links(&mut self, is_elsewhere: &dyn Fn(&See) -> bool) {
        let is_there = |see: &See| see.title(self).is_some() || is_elsewhere(see);
        let mut found = Vec::new();
        cards::check_links(&self.packs, is_there, &mut found);
        // Without steps there is no guide: only packs of a folder were read.
        if !self.guide.steps.is_empty() {
            guide::check(&self.guide, is_there, &mut of_guide(&mut found));
        }
        self.problems.append(&mut found);
    }

    /// The catalogue with that pack alone, and its problems.
    pub fn only(&self, id: &str) -> Option<Self> {
        let pack = Arc::clone(self.pack(id)?);
        let of_pack = |problem: &&Problem| problem.pack == id;
        let packs = vec![pack];
        Some(Self {
            lab_order: lab_order(&packs),
            packs,
            problems: self.problems.iter().filter(of_pack).cloned().collect(),
            lists: Arc::clone(&self.lists),
            synonyms: Arc::clone(&self.synonyms),
            guide: Arc::clone(&self.guide),
        })
    }

    pub fn pack(&self, id: &str) -> Option<&Arc<Pack>> {
        self.packs.iter().find(|p| p.id == id)
    }

    /// All labs with their packs, by topic and place.
    pub fn labs(&self) -> Vec<(&Arc<Pack>, &Lab)> {
        let labs = self.lab_order.iter().filter_map(|(pack, lab)| {
            let pack = self.packs.get(*pack)?;
            Some((pack, pack.labs.get(*lab)?))
        });
        labs.collect()
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

    /// All cards with their packs, pack by pack.
    pub fn cards(&self) -> Vec<(&Arc<Pack>, &Card)> {
        self.packs
            .iter()
            .flat_map(|pack| pack.cards.iter().map(move |card| (pack, card)))
            .collect()
    }

    /// The card of that id, with its pack.
    pub fn card(&self, id: &str) -> Option<(&Arc<Pack>, &Card)> {
        self.packs
            .iter()
            .find_map(|pack| Some((pack, pack.cards.iter().find(|card| card.id == id)?)))
    }

    /// The drill of that id, with its pack.
    pub fn drill(&self, id: &str) -> Option<(&Arc<Pack>, &Drill)> {
        self.packs
            .iter()
            .find_map(|pack| Some((pack, pack.drills.iter().find(|drill| drill.id == id)?)))
    }
}

fn of_guide(problems: &mut Vec<Problem>) -> Reporter<'_> {
    Reporter {
        pack: GUIDE,
        file: "",
        problems,
    }
}

fn lab_order(packs: &[Arc<Pack>]) -> Vec<(usize, usize)> {
    let labs = packs.iter().enumerate().flat_map(|(place, pack)| {
        let labs = pack.labs.iter().enumerate();
        labs.map(move |(index, lab)| (lab, (place, index)))
    });
    let mut labs: Vec<_> = labs.collect();
    labs.sort_by(|(a, _), (b, _)| (a.topic, a.place, &a.title).cmp(&(b.topic, b.place, &b.title)));
    labs.into_iter().map(|(_, place)| place).collect()
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
