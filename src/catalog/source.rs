//! Where packs come from: the program itself, or folders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::datagen::Lists;

use super::Problem;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/packs");
const SHARED_LISTS: &str = include_str!("../../assets/lists.toml");

/// What every pack has.
pub(super) const FILES: [&str; 4] = ["pack.toml", "schema.sql", "data.toml", "queries.sql"];
/// What `crowsfoot check --write-fingerprints` adds.
pub const FINGERPRINT: &str = "fingerprint.toml";

/// The folder of a pack's labs, and the file each of them is.
const LABS: &str = "labs";
const LAB: &str = "lab.toml";

/// The file of a lab, from the pack's folder.
pub fn lab_file(id: &str) -> String {
    format!("{LABS}/{id}/{LAB}")
}

/// The id of the lab a file of a pack holds.
pub(super) fn lab_of_file(file: &str) -> Option<&str> {
    file.strip_prefix(LABS)?
        .strip_prefix('/')?
        .strip_suffix(LAB)?
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

/// The packs embedded in the program.
pub(super) fn built_in() -> Vec<PackFiles> {
    BUILT_IN
        .dirs()
        .map(|dir| {
            let labs = dir.get_dir(dir.path().join(LABS));
            let labs = labs.into_iter().flat_map(|d| d.dirs()).filter_map(|lab| {
                let file = lab.get_file(lab.path().join(LAB))?;
                Some((lab_file(&file_name(lab.path())), file))
            });
            PackFiles {
                id: file_name(dir.path()),
                origin: Origin::BuiltIn,
                files: dir
                    .files()
                    .map(|file| (file_name(file.path()), file))
                    .chain(labs)
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
    let names = FILES.into_iter().chain([FINGERPRINT]).map(str::to_owned);
    for name in names.chain(lab_files(folder)) {
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

/// The files of the labs of a pack's folder, in the order of their names.
fn lab_files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join(LABS));
    let mut files: Vec<String> = entries
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter(|e| e.path().is_dir())
        .map(|e| lab_file(&e.file_name().to_string_lossy()))
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
