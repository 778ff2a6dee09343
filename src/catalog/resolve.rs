//! Links the files of a pack into a [`Pack`].

use std::collections::BTreeSet;

use crate::datagen::{self, Recipe, Step};
use crate::ddl;
use crate::model::{Relation, RelationOrigin, Schema, same_name};

use super::cards::{self, Card};
use super::drills::{self, Drill, check_drills};
use super::fingerprint::Fingerprint;
use super::labs::{self, Lab, check_labs};
use super::pack::{ExternalRelation, Pack};
use super::problem::{Problem, Reporter};
use super::queries::{self, Query};
use super::raw::{self, RawPack, RawRelation};
use super::source::{CARDS, FILES, FINGERPRINT, PackFiles, drill_of_file, lab_of_file};

/// Reads and links all files of a pack. Never fails: what is wrong is reported and left out.
pub(super) fn resolve(files: &PackFiles, problems: &mut Vec<Problem>) -> Pack {
    let text = |name: &str| files.files.get(name).map(String::as_str);
    for file in FILES {
        if text(file).is_none() && !files.unreadable.iter().any(|f| f == file) {
            Reporter {
                pack: &files.id,
                file,
                problems,
            }
            .report("", "the file is missing");
        }
    }
    check_id(&files.id, problems);
    let mut pack_toml = Reporter {
        pack: &files.id,
        file: "pack.toml",
        problems,
    };
    let raw = text("pack.toml").map_or_else(RawPack::default, |t| raw::read(t, &mut pack_toml));
    let documented_sql = text("schema.sql").unwrap_or_default().to_owned();
    let mut schema = schema(&files.id, &documented_sql, problems);
    let mut pack_toml = Reporter {
        pack: &files.id,
        file: "pack.toml",
        problems,
    };
    let external = link_relations(&mut schema, &raw, &mut pack_toml);
    let script = ddl::to_duckdb(&schema);
    let recipe = text("data.toml").and_then(|t| {
        recipe(
            t,
            &mut Reporter {
                pack: &files.id,
                file: "data.toml",
                problems,
            },
        )
    });
    if let Some(Err(found)) = recipe.as_ref().map(|r| datagen::promises(r, &schema)) {
        let mut reporter = Reporter {
            pack: &files.id,
            file: "data.toml",
            problems,
        };
        for problem in found {
            reporter.report(problem.key, problem.message);
        }
    }
    let queries = text("queries.sql").map_or_else(Vec::new, |t| {
        queries::read(
            t,
            &mut Reporter {
                pack: &files.id,
                file: "queries.sql",
                problems,
            },
        )
    });
    let labs = labs(files, problems);
    let drills = drills(files, problems);
    let cards = cards(files, problems);
    let fingerprint = text(FINGERPRINT).and_then(|t| {
        let mut reporter = Reporter {
            pack: &files.id,
            file: FINGERPRINT,
            problems,
        };
        fingerprint(t, &mut reporter)
    });
    let pack = Pack {
        id: files.id.clone(),
        origin: files.origin.clone(),
        title: raw.title.unwrap_or_else(|| files.id.clone()),
        summary: raw.summary,
        source: raw.source,
        path: raw.path,
        place: raw.place.unwrap_or(u32::MAX),
        purpose: raw.purpose,
        requirements: raw.requirements,
        access_patterns: raw.access_patterns,
        trade_offs: raw.trade_offs,
        concepts: raw.concepts,
        reviews: raw.reviews,
        notes: raw.notes,
        external,
        schema,
        script,
        recipe,
        fingerprint,
        queries,
        labs,
        drills,
        cards,
        documented_sql,
    };
    check_links(&pack, problems);
    check_labs(&pack, problems);
    check_drills(&pack, problems);
    pack
}

fn check_id(id: &str, problems: &mut Vec<Problem>) {
    let fits = id
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && id.starts_with(|c: char| c.is_ascii_lowercase());
    if !fits {
        problems.push(Problem {
            pack: id.to_owned(),
            file: String::new(),
            key: String::new(),
            line: None,
            message: "the folder's name is the id: small letters, digits and _ only".to_owned(),
        });
    }
}

fn schema(id: &str, sql: &str, problems: &mut Vec<Problem>) -> Schema {
    let reading = ddl::read(sql);
    let mut reporter = Reporter {
        pack: id,
        file: "schema.sql",
        problems,
    };
    for problem in reading.problems {
        reporter.report_at(Some(problem.line), "", problem.message);
    }
    reading.schema
}

/// The recipe with the steps that could be read; `None` when its frame cannot.
fn recipe(text: &str, reporter: &mut Reporter<'_>) -> Option<Recipe> {
    let mut table = match text.parse::<toml::Table>() {
        Ok(table) => table,
        Err(err) => {
            let line = err.span().map(|span| raw::line_of(text, span.start));
            reporter.report_at(line, "", err.message());
            return None;
        }
    };
    let steps: Vec<Step> = raw::list(&mut table, "step", reporter);
    let history = raw::list(&mut table, "history", reporter);
    let orphans = raw::list(&mut table, "orphans", reporter);
    let expect = raw::list(&mut table, "expect", reporter);
    table.insert("step".to_owned(), toml::Value::Array(Vec::new()));
    match table.try_into::<Recipe>() {
        Ok(recipe) => Some(Recipe {
            steps,
            history,
            orphans,
            expect,
            ..recipe
        }),
        Err(err) => {
            reporter.report("", err.message());
            None
        }
    }
}

/// The labs whose files can be read.
fn labs(files: &PackFiles, problems: &mut Vec<Problem>) -> Vec<Lab> {
    let mut labs = Vec::new();
    for (file, text) in &files.files {
        let Some(id) = lab_of_file(file) else {
            continue;
        };
        check_id(id, problems);
        let mut reporter = Reporter {
            pack: &files.id,
            file,
            problems,
        };
        labs.extend(labs::read(id, &files.id, text, &mut reporter));
    }
    labs
}

/// The drills whose files can be read, by place and title.
fn drills(files: &PackFiles, problems: &mut Vec<Problem>) -> Vec<Drill> {
    let mut drills = Vec::new();
    for (file, text) in &files.files {
        let Some(id) = drill_of_file(file) else {
            continue;
        };
        check_id(id, problems);
        let mut reporter = Reporter {
            pack: &files.id,
            file,
            problems,
        };
        drills.extend(drills::read(id, &files.id, text, &mut reporter));
    }
    drills.sort_by(|a, b| (a.place, &a.title).cmp(&(b.place, &b.title)));
    drills
}

/// The cards that can be read; a pack need not have any.
fn cards(files: &PackFiles, problems: &mut Vec<Problem>) -> Vec<Card> {
    let Some(text) = files.files.get(CARDS) else {
        return Vec::new();
    };
    let mut reporter = Reporter {
        pack: &files.id,
        file: CARDS,
        problems,
    };
    cards::read(&files.id, text, &mut reporter)
}

fn fingerprint(text: &str, reporter: &mut Reporter<'_>) -> Option<Fingerprint> {
    toml::from_str(text)
        .map_err(|err| {
            let line = err.span().map(|span| raw::line_of(text, span.start));
            reporter.report_at(line, "", err.message());
        })
        .ok()
}

/// Adds relations the names do not give away, and drops those they suggest by mistake.
fn link_relations(
    schema: &mut Schema,
    raw: &RawPack,
    reporter: &mut Reporter<'_>,
) -> Vec<ExternalRelation> {
    let mut external = Vec::new();
    for (index, entry) in raw.relations.iter().enumerate() {
        let key = format!("relation {}", index + 1);
        let Some((from, from_columns, to, to_columns)) = ends(entry) else {
            reporter.report(
                key,
                "write `from = \"table(column)\"` and `to = \"table(column)\"`",
            );
            continue;
        };
        if !has_columns(schema, &from, &from_columns) {
            reporter.report(key, format!("the model has no {}", entry.from));
        } else if let Some(pack) = &entry.pack {
            external.push(ExternalRelation {
                from,
                from_columns,
                pack: pack.clone(),
                to,
                to_columns,
            });
        } else if !has_columns(schema, &to, &to_columns) {
            reporter.report(key, format!("the model has no {}", entry.to));
        } else if !schema.relations.iter().any(|r| {
            same_name(&r.from, &from) && r.from_columns == from_columns && same_name(&r.to, &to)
        }) {
            schema.relations.push(Relation {
                from,
                from_columns,
                to,
                to_columns,
                origin: RelationOrigin::Implied,
                name: None,
                on_delete: None,
                on_update: None,
            });
        }
    }
    for (index, entry) in raw.not_relations.iter().enumerate() {
        let before = schema.relations.len();
        if let Some((from, from_columns, to, _)) = ends(entry) {
            schema.relations.retain(|r| {
                r.is_declared()
                    || !(same_name(&r.from, &from)
                        && r.from_columns == from_columns
                        && same_name(&r.to, &to))
            });
        }
        if schema.relations.len() == before {
            reporter.report(
                format!("not_a_relation {}", index + 1),
                "there is no such implied relation",
            );
        }
    }
    external
}

fn ends(entry: &RawRelation) -> Option<(String, Vec<String>, String, Vec<String>)> {
    let (from, from_columns) = end(&entry.from)?;
    let (to, to_columns) = end(&entry.to)?;
    Some((from, from_columns, to, to_columns))
}

/// `table(a, b)` → the table and its columns.
fn end(text: &str) -> Option<(String, Vec<String>)> {
    let (table, rest) = text.split_once('(')?;
    let columns = rest.trim_end().strip_suffix(')')?;
    let columns: Vec<String> = columns.split(',').map(|c| c.trim().to_owned()).collect();
    (!table.trim().is_empty()).then(|| (table.trim().to_owned(), columns))
}

fn has_columns(schema: &Schema, table: &str, columns: &[String]) -> bool {
    schema
        .table(table)
        .is_some_and(|t| columns.iter().all(|c| t.column(c).is_some()))
}

/// Everything that names something else of the pack names something that is there.
fn check_links(pack: &Pack, problems: &mut Vec<Problem>) {
    let mut reporter = Reporter {
        pack: &pack.id,
        file: "queries.sql",
        problems,
    };
    let mut names = BTreeSet::new();
    for query in &pack.queries {
        let at = |key: &str| format!("query {}{key}", query.name);
        if !names.insert(&query.name) {
            reporter.report_at(
                Some(query.line),
                at(""),
                "the name is taken by an earlier query",
            );
        }
        for id in &query.answers {
            if !pack.requirements.iter().any(|r| r.id == *id) {
                reporter.report_at(
                    Some(query.line),
                    at(", answers"),
                    format!("pack.toml has no requirement {id}"),
                );
            }
        }
        check_parameters(query, &mut reporter);
    }
    let mut reporter = Reporter {
        pack: &pack.id,
        file: "pack.toml",
        problems,
    };
    for (index, requirement) in pack.requirements.iter().enumerate() {
        if !pack
            .queries
            .iter()
            .any(|q| q.answers.contains(&requirement.id))
        {
            reporter.report(
                format!("requirement {}", index + 1),
                format!("no query answers {}", requirement.id),
            );
        }
    }
    for (index, review) in pack.reviews.iter().enumerate() {
        if let Some(query) = review.query.as_ref().filter(|q| pack.query(q).is_none()) {
            reporter.report(
                format!("review {}, query", index + 1),
                format!("queries.sql has no query {query}"),
            );
        }
    }
    let has_table = |name: &str| {
        pack.schema.table(name).is_some()
            || pack.schema.views.iter().any(|v| same_name(&v.name, name))
    };
    for (index, note) in pack.notes.iter().enumerate() {
        let key = format!("note {}", index + 1);
        if !has_table(&note.table) {
            reporter.report(key, format!("the model has no table {}", note.table));
        } else if let (Some(column), Some(table)) = (&note.column, pack.schema.table(&note.table))
            && table.column(column).is_none()
        {
            reporter.report(
                key,
                format!("the table {} has no column {column}", note.table),
            );
        }
    }
    for (index, concept) in pack.concepts.iter().enumerate() {
        for table in concept.tables.iter().filter(|t| !has_table(t)) {
            reporter.report(
                format!("concept {}, tables", index + 1),
                format!("the model has no table {table}"),
            );
        }
    }
}

fn check_parameters(query: &Query, reporter: &mut Reporter<'_>) {
    let used = queries::used_parameters(&query.sql);
    for name in &used {
        if !query.parameters.iter().any(|p| p.name == *name) {
            reporter.report_at(
                Some(query.line),
                format!("query {}", query.name),
                format!("the SQL uses ${name}, which no param line declares"),
            );
        }
    }
    for parameter in &query.parameters {
        if !used.contains(parameter.name.as_str()) {
            reporter.report_at(
                Some(query.line),
                format!("query {}, param {}", query.name, parameter.name),
                format!("the SQL does not use ${}", parameter.name),
            );
        }
    }
}
