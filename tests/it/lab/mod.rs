//! Labs: layouts of the same rows, proven equal and measured.

mod broken;
mod figures;
mod proofs;
mod thread;

use std::collections::BTreeMap;
use std::sync::Arc;

use crowsfoot::catalog::{Check, Lab, Layout, Read, Statements, Write};
use crowsfoot::engine::EngineError;
use crowsfoot::lab::{Bench, Effort, LabReport, LabRequest, run};

use crate::support::{catalog, pack};

/// A layout of the posts pack.
fn layout(id: &str, keeps: &[&str], build: &str) -> Layout {
    Layout {
        id: id.to_owned(),
        title: id.to_owned(),
        keeps: keeps.iter().map(|t| (*t).to_owned()).collect(),
        build: build.to_owned(),
        ..Layout::default()
    }
}

/// `layout: statement` pairs.
fn statements(sql: &[(&str, &str)]) -> Statements {
    let sql = sql.iter().map(|(l, s)| ((*l).to_owned(), (*s).to_owned()));
    Statements {
        sql: sql.collect(),
        cannot: BTreeMap::new(),
    }
}

fn read(id: &str, sql: &[(&str, &str)]) -> Read {
    Read {
        id: id.to_owned(),
        title: id.to_owned(),
        statements: statements(sql),
        ..Read::default()
    }
}

fn write(id: &str, sql: &[(&str, &str)]) -> Write {
    Write {
        id: id.to_owned(),
        title: id.to_owned(),
        statements: statements(sql),
        ..Write::default()
    }
}

fn check(id: &str, sql: &[(&str, &str)]) -> Check {
    Check {
        id: id.to_owned(),
        title: id.to_owned(),
        statements: statements(sql),
        ..Check::default()
    }
}

/// Posts with their authors joined, and posts that carry a copy of the name.
fn copies() -> Lab {
    Lab {
        id: "copies".to_owned(),
        pack: "posts".to_owned(),
        title: "Copies".to_owned(),
        layouts: vec![
            layout("joined", &["users", "posts"], ""),
            layout(
                "copied",
                &["users"],
                "CREATE TABLE posts AS SELECT p.*, u.username FROM base.posts p JOIN base.users u ON u.id = p.user_id ORDER BY p.id",
            ),
        ],
        reads: vec![read(
            "newest",
            &[
                (
                    "joined",
                    "SELECT p.id, u.username FROM posts p JOIN users u ON u.id = p.user_id ORDER BY p.id DESC LIMIT 10",
                ),
                (
                    "copied",
                    "SELECT id, username FROM posts ORDER BY id DESC LIMIT 10",
                ),
            ],
        )],
        writes: vec![write(
            "rename",
            &[
                ("joined", "UPDATE users SET username = 'x' WHERE id = 1"),
                (
                    "copied",
                    "UPDATE users SET username = 'x' WHERE id = 1; UPDATE posts SET username = 'x' WHERE user_id = 1",
                ),
            ],
        )],
        checks: vec![check(
            "stale",
            &[(
                "copied",
                "SELECT count(*) FROM posts p JOIN users u ON u.id = p.user_id WHERE p.username <> u.username",
            )],
        )],
        ..Lab::default()
    }
}

/// A quick run at so many rows.
fn quick(rows: u64, seed: u64) -> LabRequest {
    let mut request = LabRequest::new(rows, seed);
    request.reads = Effort::Rounds(1);
    request.writes = Effort::Rounds(1);
    request
}

fn ran(lab: &Lab, request: &LabRequest) -> Result<(Bench, LabReport), EngineError> {
    let lab = Arc::new(lab.clone());
    run(pack(&lab.pack), &lab, &catalog().lists, request, &mut ())
}

/// What a lab that cannot run says.
#[track_caller]
fn refused(lab: &Lab) -> String {
    match ran(lab, &quick(1_000, 1)) {
        Err(error) => error.message,
        Ok(_) => unreachable!("the lab should have been refused"),
    }
}
