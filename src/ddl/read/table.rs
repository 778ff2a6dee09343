//! CREATE TABLE.

use crate::model::{Column, Key, Table, same_name};

use super::clause::Clause;
use super::column::{self, ReadColumn, apply_constraint, set_primary_key};
use super::comments::Comments;
use super::draft::{Added, Draft};
use super::element::{self, Element};
use super::parse::{self, Failure};
use super::physical::{self, Tail};

/// Reads the statement; `at` is the place behind the word TABLE.
pub(super) fn create(draft: &mut Draft, clause: Clause<'_>, at: usize, comments: &Comments<'_>) {
    let line = clause.line();
    let if_not_exists = clause.says(at, &["IF", "NOT", "EXISTS"]);
    let at = if if_not_exists { at + 3 } else { at };
    let Some((path, next)) = clause.path(at) else {
        draft.problem(
            line,
            format!(
                "CREATE TABLE: expected a name, found `{}`",
                clause.source(at)
            ),
        );
        return;
    };
    let shown = path.join(".");
    if clause.says(next, &["PARTITION", "OF"]) {
        partition_of(draft, clause, &path, next + 2);
        return;
    }
    let replace = clause.says(1, &["OR", "REPLACE"]);
    let mut table = Table {
        name: shown.clone(),
        note: comments.above(line),
        ..Table::default()
    };
    let Ok((body, tail)) = body_and_tail(clause, next) else {
        draft.problem(line, format!("`{shown}`: a bracket is never closed"));
        return;
    };
    let problems_before = draft.problems.len();
    let references_before = draft.references.len();
    let ends_at = clause
        .token(clause.len() - tail.len() - 1)
        .map_or(usize::MAX, |t| t.start);
    read_body(draft, &mut table, body, ends_at, comments);
    read_tail(draft, &mut table, physical::read(tail), comments);
    if table.note.is_none() {
        table.note = comments.behind(clause.range(0, next), body_start(body, tail));
    }
    if table.note.is_none() && tail.is_empty() {
        table.note = comments.behind(clause.from(clause.len().saturating_sub(1)), usize::MAX);
    }
    if table.columns.is_empty() && table.query.is_none() {
        draft.references.truncate(references_before);
        if draft.problems.len() == problems_before {
            draft.problem(line, format!("`{shown}` has no columns"));
        }
        return;
    }
    // Set aside: adding a table takes away the references of the one it replaces.
    let mut references = draft.references.split_off(references_before);
    match draft.add_table(&path, line, table, replace) {
        Added::New(name) => {
            for reference in &mut references {
                reference.from.clone_from(&name);
            }
            draft.references.append(&mut references);
        }
        Added::Duplicate { first_line } => {
            draft.problems.truncate(problems_before);
            if if_not_exists {
                draft.skip(line, "CREATE TABLE IF NOT EXISTS");
            } else {
                draft.problem(
                    line,
                    format!("`{shown}` exists already (line {first_line}); the first one is kept"),
                );
            }
        }
    }
}

fn body_start(body: Clause<'_>, tail: Clause<'_>) -> usize {
    let first = body.tokens.first().or(tail.tokens.first());
    first.map_or(usize::MAX, |t| t.start)
}

/// The elements between the brackets and what stands behind them.
fn body_and_tail(clause: Clause<'_>, at: usize) -> Result<(Clause<'_>, Clause<'_>), ()> {
    let opens = clause.source(at) == "(";
    if !opens || clause.says_any(at + 1, &["SELECT", "WITH"]) {
        return Ok((clause.range(at, at), clause.from(at)));
    }
    let (body, next) = clause.brackets(at).ok_or(())?;
    Ok((body, clause.from(next)))
}

fn read_body(
    draft: &mut Draft,
    table: &mut Table,
    body: Clause<'_>,
    ends_at: usize,
    comments: &Comments<'_>,
) {
    let elements = body.list();
    for (at, element) in elements.iter().enumerate() {
        if element.is_empty() {
            continue;
        }
        if element.says(0, &["LIKE"]) {
            copy_columns(draft, table, *element, 1);
            continue;
        }
        let next_starts = elements
            .iter()
            .skip(at + 1)
            .find_map(|e| e.tokens.first())
            .map_or(ends_at, |t| t.start);
        let note = comments.behind(*element, next_starts);
        add_element(draft, table, *element, note);
    }
}

/// Reads one element and puts it into the table. References wait in the draft.
pub(super) fn add_element(
    draft: &mut Draft,
    table: &mut Table,
    element: Clause<'_>,
    note: Option<String>,
) {
    if element.says(0, &["PERIOD", "FOR"]) || element.says(0, &["SUPPLEMENTAL", "LOG"]) {
        return;
    }
    let line = element.line();
    match element::read(element) {
        Ok(Element::Column(definition)) => {
            let mut read = column::column(&definition, line);
            read.column.note = read.column.note.or(note);
            add_column(draft, table, read, line);
        }
        Ok(Element::Constraint(constraint)) => {
            match apply_constraint(table, &constraint, line, note) {
                Ok(Some(mut reference)) => {
                    reference.from.clone_from(&table.name);
                    draft.references.push(reference);
                }
                Ok(None) => {}
                Err(message) => draft.problem(line, message),
            }
        }
        Err(Failure { line, message }) => {
            draft.problem(line, format!("`{}`: {message}", table.name));
        }
    }
}

fn add_column(draft: &mut Draft, table: &mut Table, read: ReadColumn, line: usize) {
    let name = read.column.name.clone();
    if table.column(&name).is_some() {
        draft.problem(
            line,
            format!(
                "`{}` has the column `{name}` already; the first one is kept",
                table.name
            ),
        );
        return;
    }
    table.columns.push(read.column);
    add_column_constraints(draft, table, read.is_key, read.unique, &name, line);
    table.checks.extend(read.checks);
    for mut reference in read.references {
        reference.from.clone_from(&table.name);
        draft.references.push(reference);
    }
}

pub(super) fn add_column_constraints(
    draft: &mut Draft,
    table: &mut Table,
    is_key: bool,
    unique: Option<Option<String>>,
    name: &str,
    line: usize,
) {
    if is_key && let Err(message) = set_primary_key(table, Key::of([name])) {
        draft.problem(line, message);
    }
    if let Some(key_name) = unique {
        table.uniques.push(Key {
            name: key_name,
            ..Key::of([name])
        });
    }
}

fn read_tail(draft: &mut Draft, table: &mut Table, tail: Tail<'_>, comments: &Comments<'_>) {
    for path in tail.inherits.iter().rev() {
        inherit(draft, table, path);
    }
    for key in &tail.physical.partition_by {
        let Some(data_type) = &key.declares else {
            continue;
        };
        if table.column(&key.sql).is_none() {
            let declared = tail.declared.iter().find(|d| d.name == key.sql);
            table.columns.push(Column {
                name: key.sql.clone(),
                data_type: data_type.clone(),
                nullable: true,
                note: declared.and_then(|d| {
                    d.note
                        .clone()
                        .or_else(|| comments.behind(d.clause, usize::MAX))
                }),
                ..Column::default()
            });
        }
    }
    // Elements may have left hints of their own.
    let own = std::mem::replace(&mut table.physical, tail.physical);
    table.physical.properties.extend(own.properties);
    table.note = tail.comment.or(table.note.take());
    let Some(query) = tail.query else {
        return;
    };
    match parse::query(query) {
        Ok(_) => table.query = Some(query.as_written().to_owned()),
        Err(failure) => draft.failure(&format!("`{}`", table.name), failure),
    }
}

/// `LIKE other`: the columns of a table that is known by now.
fn copy_columns(draft: &mut Draft, table: &mut Table, clause: Clause<'_>, at: usize) {
    let Some((path, _)) = clause.path(at) else {
        return;
    };
    match draft.table_mut(&path) {
        Some(other) => table.columns.extend(other.columns.iter().cloned()),
        None => draft.problem(
            clause.line(),
            format!(
                "`{}` is to be like `{}`, which does not exist",
                table.name,
                path.join(".")
            ),
        ),
    }
}

/// INHERITS: the columns of the parent come first.
fn inherit(draft: &mut Draft, table: &mut Table, parent: &[String]) {
    let Some(parent) = draft.table_mut(parent) else {
        return;
    };
    let own = std::mem::take(&mut table.columns);
    table.columns.clone_from(&parent.columns);
    for column in own {
        match table
            .columns
            .iter_mut()
            .find(|c| same_name(&c.name, &column.name))
        {
            Some(inherited) => *inherited = column,
            None => table.columns.push(column),
        }
    }
}

fn partition_of(draft: &mut Draft, clause: Clause<'_>, path: &[String], at: usize) {
    let parent = clause.path(at);
    let bounds = clause
        .find(&["FOR", "VALUES"])
        .map(|at| clause.from(at).to_sql())
        .unwrap_or_default();
    let known = parent.is_some_and(|(parent, _)| draft.add_partition(&parent, path, &bounds));
    if !known {
        draft.problem(
            clause.line(),
            format!(
                "`{}` is a partition of a table that does not exist",
                path.join(".")
            ),
        );
    }
}
