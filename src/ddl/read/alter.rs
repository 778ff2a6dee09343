//! ALTER TABLE.

use crate::model::{Table, same_name};

use super::clause::Clause;
use super::column::{self, set_default};
use super::draft::Draft;
use super::element::{self, Element};
use super::parse;
use super::table::{add_column_constraints, add_element};

/// Reads the statement; `at` is the place behind the word TABLE.
pub(super) fn alter(draft: &mut Draft, clause: Clause<'_>, at: usize) {
    let line = clause.line();
    let at = at
        + if clause.says(at, &["IF", "EXISTS"]) {
            2
        } else {
            0
        };
    let at = at + usize::from(clause.says(at, &["ONLY"]));
    let Some((path, next)) = clause.path(at) else {
        draft.problem(line, "ALTER TABLE: expected a name");
        return;
    };
    let next = next + usize::from(clause.source(next) == "*");
    let actions = actions(clause.from(next));
    if !actions.iter().any(|a| a.changes_schema()) {
        draft.skip(
            line,
            format!("ALTER TABLE {}", clause.source(next).to_ascii_uppercase())
                .trim_end()
                .to_owned(),
        );
        return;
    }
    let Some(name) = draft.resolve(&path) else {
        if draft.is_known_otherwise(&path) {
            draft.skip(line, "ALTER TABLE of a view or partition");
        } else {
            draft.problem(
                line,
                format!("`{}` is altered but never created", path.join(".")),
            );
        }
        return;
    };
    // The table is worked on outside the draft: references and problems go there meanwhile.
    let Some(mut table) = draft.schema.table(&name).cloned() else {
        return;
    };
    let mut new_name = None;
    for action in actions {
        new_name = apply(draft, &mut table, &path, &action).or(new_name);
    }
    if let Some(place) = draft.schema.table_mut(&name) {
        *place = table;
    }
    if let Some(new_name) = new_name {
        draft.rename_table(&name, &new_name);
    }
}

/// What one action of the list does, and its words.
struct Action<'a> {
    verb: Verb,
    clause: Clause<'a>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Add,
    AlterColumn,
    Modify,
    Change,
    Drop,
    Rename,
    Attach,
    Other,
}

impl Action<'_> {
    fn changes_schema(&self) -> bool {
        self.verb != Verb::Other
    }
}

/// The actions between commas. SQL Server names the verb once: `ADD a INT, b INT`.
fn actions(clause: Clause<'_>) -> Vec<Action<'_>> {
    let clause = match () {
        () if clause.says(0, &["WITH", "CHECK"]) || clause.says(0, &["WITH", "NOCHECK"]) => {
            clause.from(2)
        }
        () => clause,
    };
    let mut actions: Vec<Action<'_>> = Vec::new();
    for part in clause.list().into_iter().filter(|p| !p.is_empty()) {
        let (verb, length) = verb(part);
        let repeats = verb == Verb::Other && actions.last().is_some_and(|a| a.verb == Verb::Add);
        if repeats
            && !part.says_any(
                0,
                &["ALGORITHM", "LOCK", "ENGINE", "AUTO_INCREMENT", "COMMENT"],
            )
        {
            actions.push(Action {
                verb: Verb::Add,
                clause: part,
            });
        } else if verb == Verb::Add && part.source(length) == "(" {
            // `ADD (a INT, b INT)` of Oracle and MySQL.
            let inside = part
                .brackets(length)
                .map_or(part.from(length), |(inside, _)| inside);
            let elements = inside.list();
            actions.extend(elements.into_iter().map(|clause| Action { verb, clause }));
        } else {
            actions.push(Action {
                verb,
                clause: part.from(length),
            });
        }
    }
    actions
}

fn verb(part: Clause<'_>) -> (Verb, usize) {
    let column = |at: usize| {
        let at = at + usize::from(part.says(at, &["COLUMN"]));
        at + if part.says(at, &["IF", "NOT", "EXISTS"]) {
            3
        } else {
            0
        }
    };
    match part.source(0).to_ascii_uppercase().as_str() {
        "ADD" if part.says_any(1, &["PARTITION", "IF"]) && part.find(&["PARTITION"]).is_some() => {
            (Verb::Other, 0)
        }
        "ADD" => (Verb::Add, column(1)),
        "ALTER" if part.says(1, &["INDEX"]) => (Verb::Other, 0),
        "ALTER" => (Verb::AlterColumn, column(1)),
        "MODIFY" => (Verb::Modify, column(1)),
        "CHANGE" => (Verb::Change, column(1)),
        "DROP" if part.says_any(1, &["PARTITION"]) => (Verb::Other, 0),
        "DROP" => (Verb::Drop, 1),
        "RENAME" => (Verb::Rename, 1),
        "ATTACH" if part.says(1, &["PARTITION"]) => (Verb::Attach, 2),
        _ => (Verb::Other, 0),
    }
}

/// Applies one action; gives the new name of the table if it is renamed.
fn apply(
    draft: &mut Draft,
    table: &mut Table,
    path: &[String],
    action: &Action<'_>,
) -> Option<String> {
    let clause = action.clause;
    match action.verb {
        Verb::Add => add(draft, table, clause),
        Verb::AlterColumn => alter_column(draft, table, clause),
        Verb::Modify => redefine(draft, table, clause.name(0), clause),
        Verb::Change => redefine(draft, table, clause.name(0), clause.from(1)),
        Verb::Drop => drop_part(draft, table, clause),
        Verb::Rename => return rename(table, clause),
        Verb::Attach => {
            if let Some((partition, next)) = clause.path(0) {
                draft.add_partition(path, &partition, &clause.from(next).to_sql());
                // The draft's copy knows the partition now, and this copy replaces it.
                if let Some(known) = draft.schema.table(&table.name) {
                    table.physical.clone_from(&known.physical);
                }
            }
        }
        Verb::Other => {}
    }
    None
}

fn add(draft: &mut Draft, table: &mut Table, clause: Clause<'_>) {
    if let Some(at) = default_constraint(clause) {
        let value = clause
            .find(&["FOR"])
            .map(|end| (clause.range(at, end), clause.name(end + 1)));
        if let Some((value, Some(name))) = value {
            change_column(draft, table, &name, value.line(), |column| {
                parse::expression(value)
                    .map(|value| set_default(column, &value))
                    .ok();
            });
        }
        return;
    }
    let end = ["NOT VALID", "FIRST", "AFTER"]
        .iter()
        .filter_map(|words| clause.find(&words.split(' ').collect::<Vec<_>>()))
        .filter(|at| *at > 1)
        .min()
        .unwrap_or(clause.len());
    add_element(draft, table, clause.range(0, end), None);
}

/// `CONSTRAINT name DEFAULT value FOR column` of SQL Server: the place of the value.
fn default_constraint(clause: Clause<'_>) -> Option<usize> {
    if clause.says(0, &["DEFAULT"]) {
        return Some(1);
    }
    (clause.says(0, &["CONSTRAINT"]) && clause.says(2, &["DEFAULT"])).then_some(3)
}

fn change_column(
    draft: &mut Draft,
    table: &mut Table,
    name: &str,
    line: usize,
    change: impl FnOnce(&mut crate::model::Column),
) {
    match table.columns.iter_mut().find(|c| same_name(&c.name, name)) {
        Some(column) => change(column),
        None => draft.problem(
            line,
            format!("`{}` has no column `{name}` to change", table.name),
        ),
    }
}

fn alter_column(draft: &mut Draft, table: &mut Table, clause: Clause<'_>) {
    let Some(name) = clause.name(0) else {
        return;
    };
    let line = clause.line();
    let data_type_at = match () {
        () if clause.says(1, &["TYPE"]) => Some(2),
        () if clause.says(1, &["SET", "DATA", "TYPE"]) => Some(4),
        () => None,
    };
    if let Some(at) = data_type_at {
        let end = clause.find(&["USING"]).unwrap_or(clause.len());
        retype(draft, table, &name, clause.range(at, end));
    } else if clause.says(1, &["SET", "NOT", "NULL"]) {
        change_column(draft, table, &name, line, |c| c.nullable = false);
    } else if clause.says(1, &["DROP", "NOT", "NULL"]) {
        change_column(draft, table, &name, line, |c| c.nullable = true);
    } else if clause.says(1, &["DROP", "DEFAULT"]) {
        change_column(draft, table, &name, line, |c| c.default = None);
    } else if clause.says(1, &["ADD", "GENERATED"]) {
        change_column(draft, table, &name, line, |c| c.auto_increment = true);
    } else if clause.says(1, &["SET", "DEFAULT"]) {
        match parse::expression(clause.from(3)) {
            Ok(value) => change_column(draft, table, &name, line, |c| set_default(c, &value)),
            Err(failure) => draft.failure(&format!("`{}`", table.name), failure),
        }
    } else if !clause.says_any(1, &["SET", "DROP", "RESET", "ADD", "RESTART"]) {
        redefine(draft, table, Some(name), clause);
    }
}

fn retype(draft: &mut Draft, table: &mut Table, name: &str, data_type: Clause<'_>) {
    match parse::statement("CREATE TABLE t (x ", data_type, "\n)") {
        Ok(sqlparser::ast::Statement::CreateTable(parsed)) => {
            if let Some(definition) = parsed.columns.first() {
                let read = column::column(definition, data_type.line());
                change_column(draft, table, name, data_type.line(), |c| {
                    c.data_type = read.column.data_type;
                });
            }
        }
        Ok(_) => {}
        Err(failure) => draft.failure(&format!("`{}`", table.name), failure),
    }
}

/// A column gets a new definition at its old place; what is not said again is gone, as in MySQL.
fn redefine(draft: &mut Draft, table: &mut Table, old: Option<String>, clause: Clause<'_>) {
    let line = clause.line();
    let end = ["FIRST", "AFTER"]
        .iter()
        .filter_map(|word| clause.find(&[word]))
        .filter(|at| *at > 1)
        .min()
        .unwrap_or(clause.len());
    let definition = match element::read(clause.range(0, end)) {
        Ok(Element::Column(definition)) => definition,
        Ok(Element::Constraint(_)) => return,
        Err(failure) => {
            draft.failure(&format!("`{}`", table.name), failure);
            return;
        }
    };
    let read = column::column(&definition, line);
    let name = read.column.name.clone();
    let old = old.unwrap_or_else(|| name.clone());
    let mut new = read.column;
    change_column(draft, table, &old, line, |column| {
        new.note = new.note.take().or(column.note.take());
        *column = new;
    });
    add_column_constraints(draft, table, read.is_key, read.unique, &name, line);
}

fn drop_part(draft: &mut Draft, table: &mut Table, clause: Clause<'_>) {
    let at = 1 + if clause.says(1, &["IF", "EXISTS"]) {
        2
    } else {
        0
    };
    let Some(name) = clause.name(at).or_else(|| clause.name(0)) else {
        return;
    };
    let is_called = |n: &Option<String>| n.as_deref().is_some_and(|n| same_name(n, &name));
    if clause.says(0, &["PRIMARY", "KEY"]) {
        table.primary_key = None;
    } else if clause.says_any(0, &["CONSTRAINT", "INDEX", "KEY", "FOREIGN"]) {
        let name = if clause.says(0, &["FOREIGN"]) {
            clause.name(2)
        } else {
            Some(name.clone())
        };
        table.uniques.retain(|k| !is_called(&k.name));
        table.checks.retain(|c| !is_called(&c.name));
        table.indexes.retain(|i| !is_called(&i.name));
        if table
            .primary_key
            .as_ref()
            .is_some_and(|k| is_called(&k.name))
        {
            table.primary_key = None;
        }
        draft
            .references
            .retain(|r| !(same_name(&r.from, &table.name) && r.name.is_some() && r.name == name));
    } else {
        let column = if clause.says(0, &["COLUMN"]) {
            name
        } else {
            clause.name(0).unwrap_or(name)
        };
        table.columns.retain(|c| !same_name(&c.name, &column));
        table.uniques.retain(|k| !k.names(&column));
        draft.references.retain(|r| {
            !(same_name(&r.from, &table.name)
                && r.from_columns.iter().any(|c| same_name(c, &column)))
        });
    }
}

fn rename(table: &mut Table, clause: Clause<'_>) -> Option<String> {
    if clause.says(0, &["TO"]) || clause.says(0, &["AS"]) {
        return clause.path(1).and_then(|(path, _)| path.last().cloned());
    }
    let at = usize::from(clause.says(0, &["COLUMN"]));
    if clause.says_any(0, &["CONSTRAINT", "INDEX", "KEY"]) || !clause.says(at + 1, &["TO"]) {
        return None;
    }
    let (old, new) = (clause.name(at)?, clause.name(at + 2)?);
    let column = table
        .columns
        .iter_mut()
        .find(|c| same_name(&c.name, &old))?;
    column.name = new;
    None
}
