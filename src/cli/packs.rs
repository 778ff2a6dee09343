//! `crowsfoot packs`

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::Outcome;
use crate::catalog::Catalog;

#[derive(Debug, Args)]
pub struct PacksArgs {
    #[arg(long)]
    json: bool,
}

pub fn run(args: &PacksArgs, catalog: &Catalog, out: &mut impl Write) -> Outcome {
    if args.json {
        let packs: Vec<_> = catalog
            .packs
            .iter()
            .map(|pack| {
                json!({
                    "id": pack.id,
                    "title": pack.title,
                    "tables": pack.schema.tables.iter().map(|t| &t.name).collect::<Vec<_>>(),
                    "queries": pack.queries.iter().map(|q| &q.name).collect::<Vec<_>>(),
                    "labs": pack.labs.iter().map(|lab| &lab.id).collect::<Vec<_>>(),
                    "drills": pack.drills.iter().map(|drill| &drill.id).collect::<Vec<_>>(),
                })
            })
            .collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&packs)?)?;
        return Ok(());
    }
    let width = catalog.packs.iter().map(|p| p.id.len()).max().unwrap_or(0);
    for pack in &catalog.packs {
        writeln!(
            out,
            "{:width$}  {} · {} tables · {} queries",
            pack.id,
            pack.title,
            pack.schema.tables.len(),
            pack.queries.len()
        )?;
    }
    Ok(())
}
