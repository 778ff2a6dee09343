//! Where packs come from: the program itself, or folders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::datagen::Lists;

use super::{Problem, Synonyms};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/packs");
const SHARED_LISTS: &str = include_str!("../../assets/lists.toml");
const SYNONYMS: &str = include_str!("../../assets/synonyms.toml");

/// What every pack has.
pub(super) const FILES: [&str; 4] = ["pack.toml", "schema.sql", "data.toml", "queries.sql"];
/// What `crowsfoot check --write-fingerprints` adds.
pub const FINGERPRINT: &str = "fingerprint.toml";

/// The questions of a pack, where it has any.
pub(super) const CARDS: &str = "cards.toml";

/// The folder of a pack's labs, and the file each of them is.
const LABS: &str = "labs";
const LAB: &str = "lab.toml";

/// The same of its drills.
const DRILLS: &str = "drills";
const DRILL: &str = "drill.toml";

/// The file of a lab, from the pack's folder.
pub fn lab_file(id: &str) -> String {
    format!("{LABS}/{id}/{LAB}")
}

/// The file of a drill, from the pack's folder.
pub fn drill_file(id: &str) -> String {
    format!("{DRILLS}/{id}/{DRILL}")
}

/// The id of the lab a file of a pack holds.
pub(super) fn lab_of_file(file: &str) -> Option<&str> {
    id_of_file(file, LABS, LAB)
}

/// The id of the drill a file of a pack holds.
pub(super) fn drill_of_file(file: &str) -> Option<&str> {
    id_of_file(file, DRILLS, DRILL)
}

/// The folder between a folder and a file.
fn id_of_file<'a>(file: &'a str, folder: &str, name: &str) -> Option<&'a str> {
    file.strip_prefix(folder)?
        .strip_prefix('/')?
        .strip_suffix(name)?
        .strip_suffix('/')
}

/// The text files of one pack, by name.
#[derive(Clone, Debug)]
pub struct PackFiles {
    pub id: String,
    pub origin: Origin,
    pub files: BTreeMap<String, String>,
    /// Files that are there and cannot be read; that is told already.
    pub unreadable: Vec<String>,
}

/// Where a pack was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    BuiltIn,
    Folder(PathBuf),
}

/// The word lists every recipe can use.
pub(super) fn shared_lists(problems: &mut Vec<Problem>) -> Lists {
    Lists::from_toml(SHARED_LISTS).unwrap_or_else(|err| {
        problems.push(problem("lists.toml", err.to_string()));
        Lists::default()
    })
}

/// Names that mean the same in most designs.
pub(super) fn synonyms(problems: &mut Vec<Problem>) -> Synonyms {
    Synonyms::from_toml(SYNONYMS).unwrap_or_else(|err| {
        problems.push(problem("synonyms.toml", err.to_string()));
        Synonyms::default()
    })
}

/// The packs embedded in the program.
pub(super) fn built_in() -> Vec<PackFiles> {
    BUILT_IN
        .dirs()
        .map(|dir| {
            let below = [(LABS, LAB), (DRILLS, DRILL)];
            let below = below.into_iter().flat_map(|(folder, name)| {
                let inner = dir.get_dir(dir.path().join(folder));
                inner
                    .into_iter()
                    .flat_map(|d| d.dirs())
                    .filter_map(move |d| {
                        let file = d.get_file(d.path().join(name))?;
                        Some((format!("{folder}/{}/{name}", file_name(d.path())), file))
                    })
            });
            PackFiles {
                id: file_name(dir.path()),
                origin: Origin::BuiltIn,
                files: dir
                    .files()
                    .map(|file| (file_name(file.path()), file))
                    .chain(below)
                    .filter_map(|(name, file)| Some((name, file.contents_utf8()?.to_owned())))
                    .collect(),
                unreadable: Vec::new(),
            }
        })
        .collect()
}

/// Every sub-folder that looks like a pack. Unreadable ones are reported.
pub(super) fn folder(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PackFiles> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(err) => {
            problems.push(problem(
                &folder.display().to_string(),
                format!("cannot be read: {err}"),
            ));
            return Vec::new();
        }
    };
    let mut folders: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.is_dir())
        .collect();
    folders.sort();
    folders
        .iter()
        .filter_map(|path| pack_folder(path, problems))
        .collect()
}

/// The files of one pack. `None`, and a problem, when the folder cannot be read or holds none.
pub(super) fn pack_folder(folder: &Path, problems: &mut Vec<Problem>) -> Option<PackFiles> {
    let id = folder
        .canonicalize()
        .map_or_else(|_| file_name(folder), |full| file_name(&full));
    let mut files = BTreeMap::new();
    let mut unreadable = Vec::new();
    let names = FILES.into_iter().chain([FINGERPRINT, CARDS]);
    let names = names.map(str::to_owned);
    let labs = files_below(folder, LABS, LAB);
    let drills = files_below(folder, DRILLS, DRILL);
    for name in names.chain(labs).chain(drills) {
        let path = folder.join(&name);
        if !path.exists() {
            continue;
        }
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                files.insert(name, text);
            }
            Err(err) => {
                problems.push(Problem {
                    file: name.clone(),
                    ..problem(&id, format!("cannot be read: {err}"))
                });
                unreadable.push(name);
            }
        }
    }
    if files.is_empty() && unreadable.is_empty() {
        problems.push(problem(
            &id,
            format!(
                "{} holds no pack: a pack is a folder with schema.sql and pack.toml",
                folder.display()
            ),
        ));
        return None;
    }
    Some(PackFiles {
        id,
        origin: Origin::Folder(folder.to_owned()),
        files,
        unreadable,
    })
}

/// The files of that name, one in each folder below one of a pack's folder, by their names.
fn files_below(folder: &Path, below: &str, name: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join(below));
    let mut files: Vec<String> = entries
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter(|e| e.path().is_dir())
        .map(|e| format!("{below}/{}/{name}", e.file_name().to_string_lossy()))
        .collect();
    files.sort();
    files
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn problem(pack: &str, message: String) -> Problem {
    Problem {
        pack: pack.to_owned(),
        file: String::new(),
        key: String::new(),
        line: None,
        message,
    }
}
