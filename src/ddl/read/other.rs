//! CREATE INDEX, VIEW and TYPE, and COMMENT ON.

use sqlparser::ast::{Statement, UserDefinedTypeRepresentation};

use crate::model::{DataType, Index, TypeKind, View, same_name};

use super::clause::Clause;
use super::column::{self, index_part};
use super::comments::Comments;
use super::draft::Draft;
use super::names::{path, reads_of};
use super::parse;
use super::physical::without_query_options;

/// Reads CREATE INDEX; `at` is the place behind the word INDEX.
pub(super) fn create_index(
    draft: &mut Draft,
    clause: Clause<'_>,
    at: usize,
    comments: &Comments<'_>,
) {
    let line = clause.line();
    let unique = clause.range(0, at).find(&["UNIQUE"]).is_some();
    let kind = ["FULLTEXT", "SPATIAL"]
        .into_iter()
        .find(|k| clause.says(1, &[k]));
    // What comes before INDEX and behind the columns differs by engine; the middle does not.
    let Some(end) = index_end(clause, at) else {
        draft.problem(line, "CREATE INDEX: expected columns in brackets");
        return;
    };
    let parsed = match parse::statement("CREATE INDEX ", clause.range(at, end), "") {
        Ok(Statement::CreateIndex(index)) => index,
        Ok(_) => return,
        Err(failure) => {
            draft.failure("CREATE INDEX", failure);
            return;
        }
    };
    let target = path(&parsed.table_name);
    let name = parsed.name.as_ref().and_then(|n| path(n).pop());
    let index = Index {
        name: name.clone(),
        unique,
        parts: parsed.columns.iter().map(index_part).collect(),
        method: parsed
            .using
            .map(|u| u.to_string())
            .or(kind.map(str::to_owned))
            .map(|m| m.to_ascii_lowercase()),
        filter: parsed.predicate.map(|p| p.to_string()),
        note: comments
            .behind(clause, usize::MAX)
            .or_else(|| comments.above(line)),
    };
    if let Some(table) = draft.table_mut(&target) {
        table.indexes.push(index);
    } else if draft.is_known_otherwise(&target) {
        draft.skip(line, "CREATE INDEX of a view or partition");
    } else {
        let name = name.unwrap_or_else(|| "without a name".to_owned());
        draft.problem(
            line,
            format!(
                "the index `{name}` is on `{}`, which does not exist",
                target.join(".")
            ),
        );
    }
}

/// The place behind the columns, and behind USING and WHERE where they follow.
fn index_end(clause: Clause<'_>, at: usize) -> Option<usize> {
    let open = (at..clause.len()).find(|i| clause.source(*i) == "(")?;
    let (_, mut end) = clause.brackets(open)?;
    if clause.says(end, &["USING"]) && !clause.says(end + 1, &["INDEX"]) {
        end += 2;
    }
    let filter = clause.find(&["WHERE"]).filter(|w| *w >= end);
    let Some(filter) = filter else {
        return Some(end);
    };
    let behind = (filter..clause.len())
        .find(|i| clause.says(*i, &["WITH", "("]) || clause.says(*i, &["TABLESPACE"]));
    if filter == end {
        behind.or(Some(clause.len()))
    } else {
        Some(end)
    }
}

/// Reads CREATE VIEW; `at` is the place behind the word VIEW.
pub(super) fn create_view(
    draft: &mut Draft,
    clause: Clause<'_>,
    at: usize,
    comments: &Comments<'_>,
) {
    let line = clause.line();
    let materialized = clause.range(0, at).find(&["MATERIALIZED"]).is_some();
    let at = if clause.says(at, &["IF", "NOT", "EXISTS"]) {
        at + 3
    } else {
        at
    };
    let query_at = clause.find(&["AS"]).map(|at| at + 1);
    let (Some((path, next)), Some(query_at)) = (clause.path(at), query_at) else {
        draft.problem(line, "CREATE VIEW: expected a name and AS SELECT");
        return;
    };
    let query = without_query_options(clause.from(query_at));
    let shown = path.join(".");
    let parsed = match parse::query(query) {
        Ok(parsed) => parsed,
        Err(failure) => {
            draft.failure(&format!("view `{shown}`"), failure);
            return;
        }
    };
    let name = path.last().cloned().unwrap_or_default();
    draft.schema.views.retain(|v| !same_name(&v.name, &name));
    if draft.schema.table(&name).is_some() {
        draft.problem(
            line,
            format!("the view `{name}` is called like a table; the table is kept"),
        );
        return;
    }
    let reads = reads_of(&parsed);
    let columns = clause.brackets(next).map(|(inside, _)| inside);
    let view = View {
        sql: with_column_names(query.as_written(), columns),
        materialized,
        reads: reads
            .iter()
            .map(|r| {
                draft
                    .resolve(r)
                    .or_else(|| r.last().cloned())
                    .unwrap_or_default()
            })
            .collect(),
        note: comments.above(line),
        name,
    };
    draft.schema.views.push(view);
}

/// `CREATE VIEW v (a, b) AS …`: the names go into the query, the view has no other place.
fn with_column_names(query: &str, columns: Option<Clause<'_>>) -> String {
    let names: Vec<&str> = columns
        .iter()
        .flat_map(Clause::list)
        .map(|c| c.source(0))
        .collect();
    if names.is_empty() {
        return query.to_owned();
    }
    format!(
        "WITH named ({}) AS (
{query}
) SELECT * FROM named",
        names.join(", ")
    )
}

/// Reads CREATE TYPE and CREATE DOMAIN: an ENUM and a type under another name are kept.
pub(super) fn create_type(draft: &mut Draft, clause: Clause<'_>, at: usize) {
    let line = clause.line();
    let Some((path, next)) = clause.path(at) else {
        draft.skip(line, "CREATE TYPE");
        return;
    };
    let key = path
        .last()
        .map(|n| n.to_ascii_uppercase())
        .unwrap_or_default();
    let next = next + usize::from(clause.says(next, &["AS"]));
    if clause.says(next, &["ENUM"]) {
        if let Some(values) = enum_values(clause) {
            draft.types.insert(
                key.clone(),
                DataType {
                    documented: key,
                    kind: TypeKind::Enum(values),
                },
            );
        } else {
            draft.problem(
                line,
                format!("the values of the type `{}` cannot be read", path.join(".")),
            );
        }
        return;
    }
    let end = (next..clause.len())
        .find(|i| clause.says_any(*i, &["CHECK", "NOT", "DEFAULT", "CONSTRAINT", "COLLATE"]))
        .unwrap_or(clause.len());
    let base = parse::statement("CREATE TABLE t (x ", clause.range(next, end), "\n)");
    if let Ok(Statement::CreateTable(parsed)) = base
        && let Some(definition) = parsed.columns.first()
    {
        let kind = column::column(definition, line).column.data_type.kind;
        if kind != TypeKind::Other {
            draft.types.insert(
                key.clone(),
                DataType {
                    documented: key,
                    kind,
                },
            );
            return;
        }
    }
    draft.skip(line, "CREATE TYPE");
}

fn enum_values(clause: Clause<'_>) -> Option<Vec<String>> {
    let parsed = parse::statement("", clause, "").ok()?;
    let Statement::CreateType {
        representation: Some(UserDefinedTypeRepresentation::Enum { labels }),
        ..
    } = parsed
    else {
        return None;
    };
    Some(super::names::strings(&labels))
}

/// Reads COMMENT ON TABLE, VIEW and COLUMN.
pub(super) fn comment_on(draft: &mut Draft, clause: Clause<'_>) {
    let line = clause.line();
    let at = 2 + usize::from(clause.says(2, &["MATERIALIZED"]));
    let (Some(is), Some((mut path, _))) = (clause.find(&["IS"]), clause.path(at + 1)) else {
        draft.skip(line, "COMMENT ON");
        return;
    };
    let text = if clause.says(is + 1, &["NULL"]) {
        None
    } else {
        clause.value(is + 1)
    };
    if clause.says(at, &["COLUMN"]) {
        let name = path.pop().unwrap_or_default();
        let is_view = draft.is_known_otherwise(&path);
        let table = draft.table_mut(&path);
        let column = table.and_then(|t| t.columns.iter_mut().find(|c| same_name(&c.name, &name)));
        match column {
            Some(column) => column.note = text,
            None if is_view => draft.skip(line, "COMMENT ON COLUMN of a view"),
            None => draft.problem(
                line,
                format!(
                    "the comment is on `{}.{name}`, which does not exist",
                    path.join(".")
                ),
            ),
        }
    } else if clause.says_any(at, &["TABLE", "VIEW"]) {
        let view = draft
            .schema
            .views
            .iter_mut()
            .find(|v| path.last().is_some_and(|n| same_name(n, &v.name)));
        if let Some(view) = view {
            view.note = text;
        } else if let Some(table) = draft.table_mut(&path) {
            table.note = text;
        } else if !draft.is_known_otherwise(&path) {
            draft.problem(
                line,
                format!(
                    "the comment is on `{}`, which does not exist",
                    path.join(".")
                ),
            );
        }
    } else {
        draft.skip(
            line,
            format!("COMMENT ON {}", clause.source(2).to_ascii_uppercase()),
        );
    }
}
