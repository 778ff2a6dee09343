//! What the documents declare is enforced, not only drawn.

use crowsfoot::engine::EngineError;
use crowsfoot::model::{Key, Relation, Table, TypeKind};

use crate::support::{built, pack, packs, refused, rows};

use super::*;

/// A UUID that no row has.
const NOBODY: &str = "0badbeef-0000-4000-8000-000000000000";

/// A pack's tables with rows, and what its documents declare of them.
struct Probe {
    id: &'static str,
    session: Session,
}

impl Probe {
    fn new(id: &'static str) -> Self {
        let session = built(id, 1_000, 1, 2);
        Self { id, session }
    }

    /// Adds a copy of an existing row, with some columns replaced.
    ///
    /// Keys none of whose columns is replaced get a new value, except `kept`.
    fn insert_copy(
        &self,
        table: &Table,
        replaced: &[(&str, &str)],
        kept: Option<&Key>,
    ) -> Result<(), EngineError> {
        let mut values: Vec<(String, String)> = replaced
            .iter()
            .map(|(column, sql)| ((*column).to_owned(), (*sql).to_owned()))
            .collect();
        for key in keys(table).filter(|key| kept != Some(*key)) {
            let touched = values.iter().any(|(column, _)| key.names(column));
            if touched {
                continue;
            }
            if let Some(column) = self.free_column(table, key, kept) {
                values.push((column.clone(), fresh(table, &column)));
            }
        }
        let list: Vec<String> = values
            .iter()
            .map(|(c, sql)| format!("{sql} AS \"{c}\""))
            .collect();
        let replace = if list.is_empty() {
            String::new()
        } else {
            format!(" REPLACE ({})", list.join(", "))
        };
        // NULL in a unique key is no duplicate: take a row without any.
        let filter: Vec<String> = keys(table)
            .flat_map(|key| key.columns().unwrap_or_default())
            .map(|column| format!("\"{column}\" IS NOT NULL"))
            .collect();
        let filter = if filter.is_empty() {
            "true".to_owned()
        } else {
            filter.join(" AND ")
        };
        self.session.execute(&format!(
            "INSERT INTO \"{0}\" SELECT *{replace} FROM \"{0}\" WHERE {filter} LIMIT 1",
            table.name
        ))
    }

    /// Adds a copy with one value replaced, or replaces it in a row that is there where a copy
    /// would break a key.
    fn put(&self, table: &Table, column: &str, sql: &str) -> Result<(), EngineError> {
        let can_be_copied = keys(table)
            .all(|key| key.names(column) || self.free_column(table, key, None).is_some());
        if can_be_copied {
            return self.insert_copy(table, &[(column, sql)], None);
        }
        self.session.execute(&format!(
            "UPDATE \"{0}\" SET \"{column}\" = {sql} WHERE rowid = (SELECT min(rowid) FROM \"{0}\")",
            table.name
        ))
    }

    /// A column of a key that no reference, no check and no kept key needs.
    fn free_column(&self, table: &Table, key: &Key, kept: Option<&Key>) -> Option<String> {
        let names: Vec<&String> = table.columns.iter().map(|c| &c.name).collect();
        names
            .into_iter()
            .rev()
            .find(|name| {
                key.names(name)
                    && !kept.is_some_and(|k| k.names(name))
                    && !table.checks.iter().any(|c| c.columns.contains(name))
                    && !pack(self.id)
                        .schema
                        .relations_from(&table.name)
                        .any(|r| r.is_declared() && r.from_columns.contains(name))
            })
            .cloned()
    }
}

/// Whether DuckDB watches over a declared reference.
fn is_enforced(id: &str, relation: &Relation) -> bool {
    let end = format!("REFERENCES {} (", relation.to);
    pack(id).script.constraints.iter().any(|c| {
        c.table == relation.from
            && c.shown.starts_with("FOREIGN KEY")
            && c.shown.contains(&end)
            && relation
                .from_columns
                .iter()
                .all(|column| c.shown.contains(column))
    })
}

fn keys(table: &Table) -> impl Iterator<Item = &Key> {
    table.primary_key.iter().chain(&table.uniques)
}

/// SQL of a value that no row has.
fn fresh(table: &Table, column: &str) -> String {
    match table.column(column).expect("a column").data_type.kind {
        TypeKind::Integer { .. } => {
            format!("(SELECT max(\"{column}\") + 1 FROM \"{}\")", table.name)
        }
        TypeKind::Timestamp { .. } => format!("\"{column}\" + INTERVAL '7777' DAY"),
        TypeKind::Uuid => format!("'{NOBODY}'"),
        TypeKind::Date => format!("CAST(\"{column}\" + INTERVAL '7777' DAY AS DATE)"),
        _ => "'a value nobody has'".to_owned(),
    }
}

#[track_caller]
fn check_refused(outcome: Result<(), EngineError>, words: &[&str], what: &str) {
    let error = match outcome {
        Err(error) => error,
        Ok(()) => unreachable!("{what} was let in"),
    };
    assert!(
        words.iter().any(|word| error.message.contains(word)),
        "{what}: {error:?}"
    );
}

#[test]
fn a_duplicate_of_any_documented_key_is_refused() {
    let mut tried = 0;
    for id in packs() {
        let probe = Probe::new(id);
        for table in &pack(id).schema.tables {
            for key in keys(table) {
                let what = format!("{id}: a duplicate of {}{}", table.name, key.to_sql());
                let outcome = probe.insert_copy(table, &[], Some(key));
                check_refused(outcome, &["Duplicate key"], &what);
                tried += 1;
            }
        }
    }
    assert!(tried >= 25, "only {tried} keys were tried");
}

#[test]
fn a_copy_with_new_keys_is_let_in() {
    // Otherwise the refusals above and below might have another reason.
    let mut tried = 0;
    for id in packs() {
        let probe = Probe::new(id);
        for table in &pack(id).schema.tables {
            let free = |key: &Key| probe.free_column(table, key, None).is_some();
            // A unique index is no key of the model, and forbids the copy all the same.
            let is_free = !table.indexes.iter().any(|index| index.unique);
            if is_free && keys(table).all(free) {
                let outcome = probe.insert_copy(table, &[], None);
                assert_eq!(outcome, Ok(()), "{id}: {}", table.name);
                tried += 1;
            }
        }
    }
    assert!(tried >= 15, "only {tried} tables were tried");
}

#[test]
fn an_orphan_of_any_declared_relation_is_refused() {
    let mut tried = 0;
    for id in packs() {
        let probe = Probe::new(id);
        for relation in pack(id).schema.relations.iter().filter(|r| r.is_declared()) {
            let table = pack(id).schema.table(&relation.from).expect("a table");
            let column = &relation.from_columns[0];
            if !is_enforced(id, relation) {
                let what = format!("The reference `{}`", relation.from_columns.join(", "));
                let told = pack(id)
                    .adaptations_of(&table.name)
                    .any(|a| a.message.starts_with(&what));
                assert!(
                    told,
                    "{id}: {what} of {} is neither enforced nor told",
                    table.name
                );
                continue;
            }
            let nobody = match table.column(column).expect("a column").data_type.kind {
                TypeKind::Integer { .. } => "-987654".to_owned(),
                TypeKind::Uuid => format!("'{NOBODY}'"),
                _ => "'nobody'".to_owned(),
            };
            let what = format!("{id}: an orphan in {}({column})", table.name);
            let outcome = probe.put(table, column, &nobody);
            check_refused(outcome, &["does not exist in the referenced table"], &what);
            tried += 1;
        }
    }
    assert!(tried >= 15, "only {tried} relations were tried");
}

#[test]
fn null_is_refused_wherever_the_document_says_not_null() {
    let mut tried = 0;
    for id in packs() {
        let probe = Probe::new(id);
        for table in &pack(id).schema.tables {
            for column in table.columns.iter().filter(|c| !c.nullable) {
                let what = format!("{id}: NULL in {}.{}", table.name, column.name);
                let outcome = probe.put(table, &column.name, "NULL");
                // A row that others refer to cannot lose its key either.
                check_refused(outcome, &["NOT NULL", "is still referenced"], &what);
                tried += 1;
            }
        }
    }
    assert!(tried >= 40, "only {tried} columns were tried");
}

#[test]
fn a_value_outside_a_documented_check_is_refused() {
    for (id, table, column, value) in [
        (
            "content_catalog",
            "localized_metadata",
            "object_type",
            "'PERSON'",
        ),
        ("shop", "products", "price", "0"),
        ("shop", "products", "price", "-0.01"),
    ] {
        let probe = Probe::new(id);
        let table = pack(id).schema.table(table).expect("a table");
        assert!(
            table
                .checks
                .iter()
                .any(|c| c.columns.iter().any(|c| c == column)),
            "{id}: {column} is documented with a check"
        );
        let outcome = probe.insert_copy(table, &[(column, value)], None);
        check_refused(
            outcome,
            &["CHECK constraint"],
            &format!("{id}: {column} = {value}"),
        );
    }
}

#[test]
fn a_bookmark_is_unique_by_profile_and_by_episode_or_title() {
    // PRIMARY KEY (profile_id, COALESCE(episode_id, title_id)): a movie and an episode of the
    // same number collide, two movies do not.
    let session = built("viewing_history", 1_000, 1, 2);
    let insert = |title: &str, episode: &str| {
        format!("INSERT INTO resume_state VALUES (101, {title}, {episode}, 1, NULL)")
    };
    session.execute(&insert("-5", "NULL")).expect("a movie");
    session
        .execute(&insert("-6", "NULL"))
        .expect("another movie");
    session.execute(&insert("-6", "-7")).expect("an episode");
    for (title, episode) in [("-5", "NULL"), ("-9", "-5"), ("-9", "-7")] {
        let error = refused(&session, &insert(title, episode));
        assert!(error.message.contains("Duplicate key"), "{error}");
    }
}

#[test]
fn the_parts_of_duckdb_s_own_catalogue_say_the_same() {
    for (id, expected) in [
        (
            "shop",
            &[
                "categories PRIMARY KEY [id]",
                "categories UNIQUE [name]",
                "order_items FOREIGN KEY [order_id] orders",
                "order_items FOREIGN KEY [product_id] products",
                "order_items PRIMARY KEY [id]",
                "orders FOREIGN KEY [user_id] users",
                "orders PRIMARY KEY [id]",
                "payments FOREIGN KEY [order_id] orders",
                "payments PRIMARY KEY [id]",
                "payments UNIQUE [idempotency_key]",
                "payments UNIQUE [order_id]",
                "products CHECK [price]",
                "products FOREIGN KEY [category_id] categories",
                "products PRIMARY KEY [id]",
                "users PRIMARY KEY [id]",
                "users UNIQUE [email]",
            ][..],
        ),
        (
            "viewing_history",
            &[
                "account PRIMARY KEY [account_id]",
                "device PRIMARY KEY [device_id]",
                "playback_event PRIMARY KEY [session_id, event_time]",
                "playback_session FOREIGN KEY [device_id] device",
                "playback_session FOREIGN KEY [profile_id] profile",
                "playback_session PRIMARY KEY [session_id]",
                "profile FOREIGN KEY [account_id] account",
                "profile PRIMARY KEY [profile_id]",
            ][..],
        ),
    ] {
        let session = built(id, 200, 1, 1);
        let found: Vec<String> = rows(
            &session,
            "SELECT table_name || ' ' || constraint_type || ' ' || constraint_column_names::VARCHAR
                    || coalesce(' ' || referenced_table, '')
             FROM duckdb_constraints() WHERE constraint_type <> 'NOT NULL' ORDER BY 1",
        )
        .into_iter()
        .map(|mut row| row.remove(0))
        .collect();
        assert_eq!(found, expected, "{id}");
    }
}
