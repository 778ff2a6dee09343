//! `crowsfoot check`: loads packs with the loader of the window and proves that they work.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use clap::Args;

use super::check_pack::{check_drill, check_pack, take_fingerprint};
use super::{Failure, Outcome};
use crate::catalog::{Catalog, FINGERPRINT, Origin, Pack};
use crate::datagen::Lists;

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Packs by id, or folders of packs; none: all packs
    // Not `packs`: clap knows arguments by name, and --packs is one.
    #[arg(value_name = "PACK|DIR")]
    named: Vec<String>,
    #[arg(long)]
    json: bool,
    /// Store what the rows add up to in the folders of the packs, instead of checking
    #[arg(long)]
    write_fingerprints: bool,
    /// Prove the drills and nothing else: for those who write them
    #[arg(long)]
    drills: bool,
    /// Prove one drill and nothing else
    #[arg(long, value_name = "DRILL")]
    drill: Option<String>,
}

pub fn run(args: &CheckArgs, catalog: &Catalog, out: &mut impl Write) -> Outcome {
    let started = Instant::now();
    let chosen = chosen(&args.named, catalog)?;
    if args.write_fingerprints {
        return write_fingerprints(&chosen);
    }
    let mut problems = Vec::new();
    let mut packs = 0;
    for catalog in &chosen {
        problems.extend(catalog.problems.iter().cloned());
        for pack in &catalog.packs {
            packs += 1;
            if args.drills || args.drill.is_some() {
                let is_asked = |id: &str| args.drill.as_deref().is_none_or(|only| only == id);
                for drill in pack.drills.iter().filter(|d| is_asked(&d.id)) {
                    check_drill(pack, drill, catalog, &mut problems);
                }
            } else {
                check_pack(pack, catalog, &mut problems);
            }
        }
    }
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&problems)?)?;
    } else {
        for problem in &problems {
            writeln!(out, "{problem}")?;
        }
    }
    writeln!(
        std::io::stderr(),
        "{packs} packs, {} problems, {:.1} s",
        problems.len(),
        started.elapsed().as_secs_f64()
    )?;
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::ProblemsFound)
    }
}

/// The packs that were named, with the problems of their loading.
fn chosen(names: &[String], catalog: &Catalog) -> Result<Vec<Catalog>, Failure> {
    if names.is_empty() {
        return Ok(vec![catalog.clone()]);
    }
    names
        .iter()
        .map(|name| {
            let path = Path::new(name);
            if let Some(only) = catalog.only(name) {
                Ok(only)
            } else if path.join("pack.toml").is_file() || path.join("schema.sql").is_file() {
                Ok(Catalog::from_pack_folder(path))
            } else if path.is_dir() {
                Ok(Catalog::from_folder(path))
            } else {
                Err(Failure::Usage(format!("there is no pack or folder {name}")))
            }
        })
        .collect()
}

fn write_fingerprints(chosen: &[Catalog]) -> Outcome {
    for catalog in chosen {
        for pack in &catalog.packs {
            write_fingerprint(pack, &catalog.lists)?;
        }
    }
    Ok(())
}

fn write_fingerprint(pack: &Pack, lists: &Lists) -> Outcome {
    let Origin::Folder(folder) = &pack.origin else {
        return Err(Failure::Usage(format!(
            "{} is built in: name the folder of its files to store its fingerprint there",
            pack.id
        )));
    };
    let taken = take_fingerprint(pack, lists)?;
    let path = folder.join(FINGERPRINT);
    let text = format!(
        "# What the rows add up to; made by `crowsfoot check DIR --write-fingerprints`.\n{}",
        toml::to_string(&taken)?
    );
    std::fs::write(&path, text)
        .map_err(|err| Failure::Failed(format!("{} could not be written: {err}", path.display())))
}
