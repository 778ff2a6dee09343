//! Proves that a pack works: its rows, its promises, its queries.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::source;
use crate::catalog::{
    Catalog, Drill, DrillKind, FINGERPRINT, Fingerprint, Lab, Pack, Problem, drill_file, lab_file,
};
use crate::datagen::{self, Lists, Promise, Recipe, Request};
use crate::engine::{EngineError, Session};
use crate::lab::{self, Effort, LabRequest};
use crate::practice;
use crate::prepare;

/// Rows and seed of each round: small data finds empty answers, another seed finds luck.
const ROUNDS: [(u64, u64); 4] = [(1_000, 1), (1_000, 2), (100_000, 1), (100_000, 2)];
/// Rows and seed of each run of a lab.
const LAB_ROUNDS: [(u64, u64); 2] = [(1_000, 2), (20_000, 1)];
/// The round fingerprints are taken in.
const FINGERPRINTED: Request = Request {
    scale: 100_000,
    seed: 1,
};
/// No query of a pack may take longer at 100,000 rows.
const SLOW: Duration = Duration::from_secs(2);

/// Makes the pack's tables and data at several scales and seeds, proves what its recipe
/// promises, compares the stored fingerprint, runs every query and lab, and proves every drill.
pub fn check_pack(pack: &Pack, catalog: &Catalog, problems: &mut Vec<Problem>) {
    let lists = &catalog.lists;
    for (scale, seed) in ROUNDS {
        let before = problems.len();
        let request = Request { scale, seed };
        let mut round = Round {
            pack,
            request,
            problems,
        };
        if let Err(found) = prepare::plan_of(pack, lists, request) {
            for problem in found {
                round.report("data.toml", problem.key, None, problem.message);
            }
        } else {
            match built(pack, lists, request) {
                Ok(session) => round.check(&session),
                Err(error) => round.report("data.toml", String::new(), None, error.message),
            }
        }
        // The same fault at every scale is told once.
        if problems.len() > before {
            break;
        }
    }
    for lab in &pack.labs {
        check_lab(pack, lab, lists, problems);
    }
    for drill in &pack.drills {
        check_drill(pack, drill, catalog, problems);
    }
}

/// Proves a drill: on all variants of its data, or with all its right and wrong designs.
pub fn check_drill(pack: &Pack, drill: &Drill, catalog: &Catalog, problems: &mut Vec<Problem>) {
    let found = match &drill.kind {
        DrillKind::Sql(_) => practice::prove(pack, drill, &catalog.lists),
        DrillKind::Design(_) => {
            practice::design::check_design(pack, drill, &catalog.lists, &catalog.synonyms)
        }
    };
    problems.extend(found.into_iter().map(|(key, message)| Problem {
        pack: pack.id.clone(),
        file: drill_file(&drill.id),
        key,
        line: None,
        message,
    }));
}

/// Runs a lab with little effort at two scales and seeds: layouts build, answers agree or differ
/// as announced, contradictions are as many as planted.
fn check_lab(pack: &Pack, lab: &Lab, lists: &Lists, problems: &mut Vec<Problem>) {
    let shared = Arc::new(lab.clone());
    for (scale, seed) in LAB_ROUNDS {
        let mut request = LabRequest::new(scale, seed);
        request.reads = Effort::Rounds(1);
        request.writes = Effort::Rounds(1);
        let found = match lab::run(pack, &shared, lists, &request, &mut ()) {
            Ok((_, report)) => lab::problems(lab, &report),
            Err(error) => vec![(String::new(), error.message)],
        };
        let is_faulty = !found.is_empty();
        problems.extend(found.into_iter().map(|(key, message)| Problem {
            pack: pack.id.clone(),
            file: lab_file(&lab.id),
            key,
            line: None,
            message: format!("{message} (rows {scale}, seed {seed})"),
        }));
        if is_faulty {
            break;
        }
    }
}

/// What the rows of a pack add up to at the scale and seed that are stored.
pub fn take_fingerprint(pack: &Pack, lists: &Lists) -> Result<Fingerprint, EngineError> {
    let session = built(pack, lists, FINGERPRINTED)?;
    prepare::fingerprint(&session, pack, FINGERPRINTED)
}

fn built(pack: &Pack, lists: &Lists, request: Request) -> Result<Session, EngineError> {
    let build = prepare::build_of(pack, lists, request, Some(pack.id.clone()))?;
    let session = Session::in_memory(&source::all_cores())?;
    let report = session.build(&build, &mut |_| true)?;
    match report.tables.iter().find(|t| t.rows == 0) {
        Some(empty) => Err(EngineError::new(format!(
            "the table {} has no rows",
            empty.table
        ))),
        None => Ok(session),
    }
}

/// One scale and seed.
struct Round<'a> {
    pack: &'a Pack,
    request: Request,
    problems: &'a mut Vec<Problem>,
}

impl Round<'_> {
    fn report(&mut self, file: &str, key: String, line: Option<usize>, message: String) {
        let Request { scale, seed } = self.request;
        self.problems.push(Problem {
            pack: self.pack.id.clone(),
            file: file.to_owned(),
            key,
            line,
            message: format!("{message} (rows {scale}, seed {seed})"),
        });
    }

    fn check(&mut self, session: &Session) {
        self.check_promises(session);
        self.check_fingerprint(session);
        self.check_queries(session);
    }

    fn check_promises(&mut self, session: &Session) {
        let Some(Ok(promises)) = self
            .pack
            .recipe
            .as_ref()
            .map(|recipe| datagen::promises(recipe, &self.pack.schema))
        else {
            // What is wrong with them was told when the pack was loaded.
            return;
        };
        let is_large = self.request.scale >= Recipe::EXPECT_FROM;
        for promise in promises.iter().filter(|p| p.is_exact || is_large) {
            if let Err(message) = kept(session, promise) {
                self.report("data.toml", promise.key.clone(), None, message);
            }
        }
    }

    fn check_fingerprint(&mut self, session: &Session) {
        let Some(stored) = &self.pack.fingerprint else {
            return;
        };
        let at = Request {
            scale: stored.rows,
            seed: stored.seed,
        };
        if at != self.request {
            return;
        }
        match prepare::fingerprint(session, self.pack, at) {
            Ok(now) => {
                for (table, message) in stored.differences(&now) {
                    self.report(
                        FINGERPRINT,
                        table,
                        None,
                        format!(
                            "{message}; if the recipe was changed on purpose, store it anew with `crowsfoot check DIR --write-fingerprints`"
                        ),
                    );
                }
            }
            Err(error) => self.report(FINGERPRINT, String::new(), None, error.message),
        }
    }

    fn check_queries(&mut self, session: &Session) {
        let pack = self.pack;
        for query in &pack.queries {
            let started = Instant::now();
            let rows = prepare::answer(session, query)
                .map(|batches| batches.iter().map(|b| b.num_rows()).sum::<usize>());
            let elapsed = started.elapsed();
            let message = match rows {
                Err(error) => error.message,
                Ok(0) if !query.may_be_empty => "the answer has no rows".to_owned(),
                Ok(_) if elapsed > SLOW => format!("takes {:.1} s", elapsed.as_secs_f64()),
                Ok(_) => continue,
            };
            self.report(
                "queries.sql",
                format!("query {}", query.name),
                Some(query.line),
                message,
            );
        }
    }
}

/// Whether the rows give the number that was promised; else what they give instead.
fn kept(session: &Session, promise: &Promise) -> Result<(), String> {
    let text = session
        .text_value(&promise.sql)
        .map_err(|err| format!("{}: {}", promise.text, err.message))?;
    let found = text.as_deref().and_then(|t| t.parse::<f64>().ok());
    match found {
        Some(found) if (promise.low..=promise.high).contains(&found) => Ok(()),
        _ => {
            let found = text.unwrap_or_else(|| "NULL".to_owned());
            let wanted = if promise.low == promise.high {
                promise.low.to_string()
            } else {
                format!("{} to {}", promise.low, promise.high)
            };
            Err(format!("{}: {found}, promised is {wanted}", promise.text))
        }
    }
}
