//! What a recipe promises of its rows, as queries that give one number each.
//!
//! Constraints of the model are the engine's business. This is the rest: histories that do not
//! overlap, implied references that find their rows, and the shape of distributions.

use serde::Deserialize;

use crate::ddl::orphans;
use crate::model::{Relation, Schema, Table, same_name};

use super::{Recipe, RecipeProblem, dialect};

/// `[[history]]`: rows of a table that are versions of one thing (SCD2).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    pub table: String,
    /// What the versions share.
    pub key: Vec<String>,
    /// The column from which on a version holds.
    pub from: String,
    /// The column up to which it holds; NULL: it still does. `None`: until the next version.
    pub to: Option<String>,
    /// Whether `to` is the last moment that counts, not the first that does not.
    #[serde(default)]
    pub inclusive: bool,
}

/// `[[orphans]]`: references that find no row, on purpose.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlantedOrphans {
    /// `table(column, …)`.
    pub from: String,
    pub why: String,
}

/// `[[expect]]`: a query of one number, and between what it lies.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    pub text: String,
    pub sql: String,
    /// Lowest and highest, both allowed.
    pub between: [f64; 2],
}

/// One number the rows must give.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// Where in data.toml: `history 1`; the reference for a promise nobody wrote.
    pub key: String,
    pub text: String,
    pub sql: String,
    pub low: f64,
    pub high: f64,
    /// Whether it holds for any number of rows, not just where chance evens out.
    pub is_exact: bool,
}

/// Everything the recipe promises, or what is wrong with how it says so.
pub fn promises(recipe: &Recipe, schema: &Schema) -> Result<Vec<Promise>, Vec<RecipeProblem>> {
    let mut problems = Vec::new();
    let mut found = Vec::new();
    for (index, history) in recipe.history.iter().enumerate() {
        let key = format!("history {}", index + 1);
        match overlap(history, schema) {
            Ok(sql) => found.push(Promise {
                text: format!("no two versions of {} overlap", history.table),
                sql,
                low: 0.0,
                high: 0.0,
                is_exact: true,
                key,
            }),
            Err(message) => problems.push(RecipeProblem::new(key, message)),
        }
    }
    for (index, planted) in recipe.orphans.iter().enumerate() {
        if !implied(schema).any(|r| is_end(&planted.from, &r.from, &r.from_columns)) {
            problems.push(RecipeProblem::new(
                format!("orphans {}, from", index + 1),
                format!("the model has no implied reference from {}", planted.from),
            ));
        }
    }
    for references in references(schema) {
        found.push(reference(recipe, &references));
    }
    for (index, expect) in recipe.expect.iter().enumerate() {
        let [low, high] = expect.between;
        if !low.is_finite() || !high.is_finite() || low > high {
            problems.push(RecipeProblem::new(
                format!("expect {}, between", index + 1),
                format!("write the lowest and the highest number, not [{low}, {high}]"),
            ));
        }
        found.push(Promise {
            key: format!("expect {}", index + 1),
            text: expect.text.clone(),
            sql: expect.sql.clone(),
            low,
            high,
            is_exact: false,
        });
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(problems)
    }
}

/// That rows find their parents, or that some do not on purpose.
fn reference(recipe: &Recipe, references: &[&Relation]) -> Promise {
    let (table, columns) = references
        .first()
        .map_or(("", &[] as &[String]), |r| (&r.from, &r.from_columns));
    let planted = recipe
        .orphans
        .iter()
        .find(|o| is_end(&o.from, table, columns));
    let from = format!("{table}({})", columns.join(", "));
    let parents: Vec<(&str, &[String])> = references
        .iter()
        .map(|r| (r.to.as_str(), r.to_columns.as_slice()))
        .collect();
    let names: Vec<&str> = parents.iter().map(|(parent, _)| *parent).collect();
    Promise {
        key: format!("reference {from}"),
        text: match planted {
            Some(orphans) => format!("some {from} find no row on purpose: {}", orphans.why),
            None => format!("every {from} finds its row in {}", names.join(" or ")),
        },
        sql: orphans(table, columns, &parents),
        low: if planted.is_some() { 1.0 } else { 0.0 },
        high: if planted.is_some() {
            f64::INFINITY
        } else {
            0.0
        },
        // A planted handful may be missing from a thousand rows.
        is_exact: planted.is_none(),
    }
}

/// Implied relations by where they start: several from the same columns are polymorphic.
fn references(schema: &Schema) -> Vec<Vec<&Relation>> {
    let mut groups: Vec<Vec<&Relation>> = Vec::new();
    for relation in implied(schema) {
        let same = groups.iter_mut().find(|group| {
            group.first().is_some_and(|first| {
                same_name(&first.from, &relation.from)
                    && first.from_columns == relation.from_columns
            })
        });
        match same {
            Some(group) => group.push(relation),
            None => groups.push(vec![relation]),
        }
    }
    groups
}

/// Relations inside the model that nothing enforces, between tables with rows of their own.
fn implied(schema: &Schema) -> impl Iterator<Item = &Relation> {
    schema.relations.iter().filter(|r| {
        !r.is_declared() && schema.table(&r.from).is_some() && schema.table(&r.to).is_some()
    })
}

/// Whether `table(a, b)` names this end of a relation.
fn is_end(text: &str, table: &str, columns: &[String]) -> bool {
    let Some((name, rest)) = text.split_once('(') else {
        return false;
    };
    let named: Vec<&str> = rest
        .trim_end()
        .trim_end_matches(')')
        .split(',')
        .map(str::trim)
        .collect();
    same_name(name.trim(), table)
        && named.len() == columns.len()
        && named.iter().zip(columns).all(|(a, b)| same_name(a, b))
}

/// Counts the versions that begin before the one before them ends, or end before they begin.
fn overlap(history: &History, schema: &Schema) -> Result<String, String> {
    let table = schema
        .table(&history.table)
        .ok_or_else(|| format!("the model has no table {}", history.table))?;
    if let Some(missing) = history
        .key
        .iter()
        .chain([&history.from])
        .chain(&history.to)
        .find(|c| table.column(c).is_none())
    {
        return Err(format!("the table {} has no column {missing}", table.name));
    }
    if history.key.is_empty() {
        return Err("`key` names the columns the versions share".to_owned());
    }
    Ok(overlap_sql(history, table))
}

fn overlap_sql(history: &History, table: &Table) -> String {
    let names = |columns: &[String]| {
        let quoted: Vec<String> = columns.iter().map(|c| dialect::name(c)).collect();
        quoted.join(", ")
    };
    let (table, key) = (dialect::name(&table.name), names(&history.key));
    let from = dialect::name(&history.from);
    let Some(to) = history.to.as_ref().map(|to| dialect::name(to)) else {
        return format!(
            "SELECT count(*) FROM (SELECT 1 FROM {table} GROUP BY {key}, {from} HAVING count(*) > 1)"
        );
    };
    // Half-open ranges may meet; ranges that include their end may not.
    let (before, backwards) = if history.inclusive {
        ("<=", "<")
    } else {
        ("<", "<=")
    };
    format!(
        "SELECT count(*) FROM (
           SELECT {from} AS f, {to} AS t, lag({from}) OVER w AS earlier_from, lag({to}) OVER w AS earlier_to
           FROM {table} WINDOW w AS (PARTITION BY {key} ORDER BY {from}, {to} NULLS LAST)
         ) WHERE t {backwards} f OR (earlier_from IS NOT NULL AND (earlier_to IS NULL OR f {before} earlier_to))"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ddl;
    use crate::model::RelationOrigin;

    const SCHEMA: &str = "
        CREATE TABLE customer (customer_sk BIGINT PRIMARY KEY, customer_id BIGINT, city TEXT, valid_from DATE, valid_to DATE);
        CREATE TABLE session (session_id BIGINT PRIMARY KEY);
        CREATE TABLE event (session_id BIGINT, at_ms BIGINT);";
    /// A reference that another column decides on.
    const POLYMORPHIC: &str = "CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (id INT PRIMARY KEY); CREATE TABLE note (kind TEXT, object INT);";
    const FRAME: &str = "now = '2026-07-01 00:00:00'\nstart = '2025-05-01 00:00:00'\nlargest = 'event'\nstep = []\n";

    fn ask(promises: &str) -> Result<Vec<Promise>, Vec<String>> {
        let schema = ddl::read(SCHEMA).schema;
        let recipe: Recipe = toml::from_str(&format!("{FRAME}{promises}")).expect("a recipe");
        super::promises(&recipe, &schema).map_err(|problems| {
            let told = problems.iter();
            told.map(|p| format!("{}: {}", p.key, p.message)).collect()
        })
    }

    #[track_caller]
    fn check_fault(promises: &str, expected: &str) {
        let told = ask(promises).expect_err("a fault");
        assert_eq!(told, [expected]);
    }

    #[test]
    fn an_implied_reference_is_promised_without_a_word() {
        let found = ask("").expect("promises");
        let told: Vec<&str> = found.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(told, ["every event(session_id) finds its row in session"]);
        assert_eq!(
            (found[0].low, found[0].high, found[0].is_exact),
            (0.0, 0.0, true)
        );
    }

    #[test]
    fn a_polymorphic_reference_finds_its_row_in_one_of_several_tables() {
        let mut schema = ddl::read(POLYMORPHIC).schema;
        schema.relations = ["a", "b"]
            .map(|to| Relation {
                from: "note".into(),
                from_columns: vec!["object".into()],
                to: to.into(),
                to_columns: vec!["id".into()],
                origin: RelationOrigin::Implied,
                name: None,
                on_delete: None,
                on_update: None,
            })
            .into();
        let recipe: Recipe = toml::from_str(FRAME).expect("a recipe");
        let found = promises(&recipe, &schema).expect("promises");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "every note(object) finds its row in a or b");
        assert_eq!(
            found[0].sql,
            "SELECT count(*) FROM note AS c WHERE c.object IS NOT NULL AND NOT EXISTS (SELECT 1 FROM a AS p WHERE p.id = c.object) AND NOT EXISTS (SELECT 1 FROM b AS p WHERE p.id = c.object)"
        );
    }

    #[test]
    fn planted_orphans_must_be_there() {
        let found = ask("[[orphans]]\nfrom = 'event(session_id)'\nwhy = 'early events'\n")
            .expect("promises");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].low, found[0].high), (1.0, f64::INFINITY));
        check_fault(
            "[[orphans]]\nfrom = 'event(at_ms)'\nwhy = 'w'\n",
            "orphans 1, from: the model has no implied reference from event(at_ms)",
        );
    }

    #[test]
    fn a_history_names_a_table_and_its_columns() {
        let history = |table: &str, key: &str, to: &str| {
            format!(
                "[[history]]\ntable = '{table}'\nkey = {key}\nfrom = 'valid_from'\nto = '{to}'\n"
            )
        };
        let found = ask(&history("customer", "['customer_id']", "valid_to")).expect("promises");
        assert_eq!(found[0].text, "no two versions of customer overlap");
        let open = "[[history]]\ntable = 'customer'\nkey = ['customer_id']\nfrom = 'valid_from'\n";
        let found = ask(open).expect("promises");
        assert_eq!(
            found[0].sql,
            "SELECT count(*) FROM (SELECT 1 FROM \"customer\" GROUP BY \"customer_id\", \"valid_from\" HAVING count(*) > 1)"
        );
        check_fault(
            &history("client", "['customer_id']", "valid_to"),
            "history 1: the model has no table client",
        );
        check_fault(
            &history("customer", "['customer_id']", "ends"),
            "history 1: the table customer has no column ends",
        );
        check_fault(
            &history("customer", "[]", "valid_to"),
            "history 1: `key` names the columns the versions share",
        );
    }

    #[test]
    fn an_expectation_lies_between_two_numbers() {
        let expect = |between: &str| {
            format!("[[expect]]\ntext = 't'\nsql = 'SELECT 1'\nbetween = {between}\n")
        };
        assert_eq!(ask(&expect("[0.5, 1.5]")).expect("promises").len(), 2);
        check_fault(
            &expect("[2.0, 1.0]"),
            "expect 1, between: write the lowest and the highest number, not [2, 1]",
        );
    }
}
