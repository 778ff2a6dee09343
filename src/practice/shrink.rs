//! The smallest data on which an answer is wrong: rows are deleted as long as it stays wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::compare::{Demand, Miss, SHOWN, compare};
use super::ground::{Ground, Refusal};
use super::verdict::{Counterexample, NamedTable};
use crate::datagen::dialect::name as quoted;
use crate::engine::{Answer, EngineError, TextTable};

/// How long rows may be deleted.
const BUDGET: Duration = Duration::from_millis(300);
/// Where the rows that are left stand.
const SMALLEST: &str = "smallest";

/// What is wrong on one variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Miss(Miss),
    Error(EngineError),
}

impl Fault {
    pub fn miss(&self) -> Option<&Miss> {
        match self {
            Self::Miss(miss) => Some(miss),
            Self::Error(_) => None,
        }
    }

    /// Whether smaller data shows the same fault, and not another one.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Miss(a), Self::Miss(b)) => {
                a.kind.is_of_order() == b.kind.is_of_order() && !b.kind.is_of_columns()
            }
            (Self::Error(a), Self::Error(b)) => a.kind == b.kind,
            _ => false,
        }
    }
}

/// The smallest counterexample found; `None` where the columns are at fault, which no data shows.
pub fn counterexample(
    ground: &Ground,
    sql: &str,
    faults: Vec<(usize, Fault)>,
) -> Option<Counterexample> {
    let tables = ground.tables_of(&[&ground.sql().reference, sql]);
    let size = |index: &usize| -> u64 {
        let variant = ground.variants().get(*index);
        let rows = variant.map(|v| v.tables.as_slice()).unwrap_or_default();
        rows.iter()
            .filter(|(name, _)| tables.contains(name))
            .map(|(_, rows)| rows)
            .sum()
    };
    let (index, fault) = faults
        .into_iter()
        .filter(|(_, fault)| fault.miss().is_none_or(|miss| !miss.kind.is_of_columns()))
        .min_by_key(|(index, _)| size(index))?;
    let variant = ground.variants().get(index)?;
    let mut found = Counterexample {
        variant: variant.id.clone(),
        variant_text: variant.text.clone(),
        ..Counterexample::default()
    };
    let shrink = Shrink {
        ground,
        variant: &variant.id,
        sql,
        demand: ground.demand(),
        fault,
        deadline: Instant::now() + BUDGET,
    };
    // A counterexample is a help: an answer that cannot be shrunk is refused all the same.
    let result = shrink.run(tables, &mut found);
    ground
        .execute(&format!("DROP SCHEMA IF EXISTS {SMALLEST} CASCADE"))
        .ok();
    result.ok().filter(|shown| *shown).map(|_| found)
}

/// Row numbers of each table that are left.
type Kept = BTreeMap<String, Vec<u64>>;

struct Shrink<'a> {
    ground: &'a Ground,
    variant: &'a str,
    sql: &'a str,
    demand: Demand,
    fault: Fault,
    deadline: Instant,
}

/// What both statements say on some rows.
struct Outcome {
    expected: Answer,
    given: Result<Answer, EngineError>,
    fault: Fault,
}

impl Shrink<'_> {
    /// Deletes what can be deleted and notes what is left. Says whether the fault still shows.
    fn run(&self, tables: Vec<String>, found: &mut Counterexample) -> Result<bool, EngineError> {
        self.ground.execute(&format!(
            "DROP SCHEMA IF EXISTS {SMALLEST} CASCADE; CREATE SCHEMA {SMALLEST}; USE {SMALLEST}"
        ))?;
        let mut kept = Kept::new();
        for table in &tables {
            kept.insert(table.clone(), self.row_numbers(table)?);
        }
        let mut filled = Kept::new();
        self.fill(&mut filled, &kept)?;
        // Views need all of their tables; where only tables are read, some may be missing.
        if tables.len() == self.ground.layout.tables.len() {
            self.ground.make_views()?;
        }
        if self.outcome().is_none() {
            return Ok(false);
        }
        self.delete_rows(&tables, &self.parents(&tables)?, &mut kept, &mut filled)?;
        self.fill(&mut filled, &kept)?;
        let Some(outcome) = self.outcome() else {
            return Ok(false);
        };
        for table in tables {
            let rows = self.ground.answer_within(
                &format!("SELECT * FROM {}", quoted(&table)),
                super::TIME_LIMIT,
            );
            found.tables.push(NamedTable {
                name: table,
                rows: rows.map(|a| a.first_rows(SHOWN)).unwrap_or_default(),
            });
        }
        found.expected = outcome.expected.first_rows(SHOWN);
        found.given = outcome
            .given
            .map_or_else(|_| TextTable::default(), |given| given.first_rows(SHOWN));
        match outcome.fault {
            Fault::Miss(miss) => found.tell(miss),
            Fault::Error(error) => found.message = error.message,
        }
        Ok(true)
    }

    /// Tries to delete ever smaller runs of rows, table by table, until nothing more can go.
    fn delete_rows(
        &self,
        tables: &[String],
        parents: &[ChildOf],
        kept: &mut Kept,
        filled: &mut Kept,
    ) -> Result<(), EngineError> {
        let mut run = kept.values().map(Vec::len).max().unwrap_or(0);
        while run > 0 {
            let mut has_shrunk = false;
            for table in tables {
                let mut start = 0;
                while let Some(left) = kept.get(table).filter(|left| start < left.len()) {
                    if Instant::now() >= self.deadline {
                        return Ok(());
                    }
                    let end = (start + run).min(left.len());
                    let mut fewer = kept.clone();
                    if let Some(rows) = fewer.get_mut(table) {
                        rows.drain(start..end);
                    }
                    follow(parents, kept, &mut fewer);
                    if self.is_still_wrong(filled, &fewer)? {
                        *kept = fewer;
                        has_shrunk = true;
                    } else {
                        start = end;
                    }
                }
            }
            // Single rows are gone through again as long as one of them went.
            if run > 1 || !has_shrunk {
                run /= 2;
            }
        }
        Ok(())
    }

    /// Whether the fault still shows on fewer rows.
    ///
    /// Not in a transaction to roll back: an answer that fails would end it.
    fn is_still_wrong(&self, filled: &mut Kept, fewer: &Kept) -> Result<bool, EngineError> {
        self.fill(filled, fewer)?;
        Ok(self.outcome().is_some())
    }

    /// What both say on the rows that are left; `None` when the fault does not show there.
    fn outcome(&self) -> Option<Outcome> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        let limit = left.max(Duration::from_millis(50));
        let ask = |sql: &str| self.ground.answer_within(sql, limit);
        let expected = ask(&self.ground.sql().reference).ok()?;
        let (given, fault) = match ask(self.sql) {
            Ok(given) => {
                let miss = compare(&expected, &given, &self.demand)?;
                (Ok(given), Fault::Miss(miss))
            }
            Err(Refusal::Failed(error)) => (Err(error.clone()), Fault::Error(error)),
            Err(_) => return None,
        };
        self.fault.is_like(&fault).then_some(Outcome {
            expected,
            given,
            fault,
        })
    }

    /// Makes the tables hold the wanted rows; `filled` is what they hold.
    fn fill(&self, filled: &mut Kept, wanted: &Kept) -> Result<(), EngineError> {
        for (table, rows) in wanted {
            if filled.get(table) != Some(rows) {
                let name = quoted(table);
                self.ground.execute(&format!(
                    "CREATE OR REPLACE TABLE {SMALLEST}.{name} AS SELECT * FROM {}.{name} WHERE {}",
                    quoted(self.variant),
                    are_among(rows)
                ))?;
                filled.insert(table.clone(), rows.clone());
            }
        }
        Ok(())
    }

    fn row_numbers(&self, table: &str) -> Result<Vec<u64>, EngineError> {
        let sql = format!(
            "SELECT rowid FROM {}.{} ORDER BY rowid",
            quoted(self.variant),
            quoted(table)
        );
        Ok(numbers(&self.ask(&sql)?)
            .into_iter()
            .filter_map(|row| row.first().copied())
            .collect())
    }

    /// Which rows refer to which.
    fn parents(&self, tables: &[String]) -> Result<Vec<ChildOf>, EngineError> {
        let has = |name: &str| tables.iter().find(|t| t.eq_ignore_ascii_case(name));
        let mut found = Vec::new();
        for (from, from_columns, to, to_columns) in &self.ground.layout.relations {
            let (Some(child), Some(parent)) = (has(from), has(to)) else {
                continue;
            };
            let schema = quoted(self.variant);
            let pairs: Vec<String> = from_columns
                .iter()
                .zip(to_columns)
                .map(|(a, b)| format!("p.{} = c.{}", quoted(b), quoted(a)))
                .collect();
            let pairs = self.ask(&format!(
                "SELECT c.rowid, p.rowid FROM {schema}.{} AS c JOIN {schema}.{} AS p ON {}",
                quoted(child),
                quoted(parent),
                pairs.join(" AND ")
            ))?;
            let mut rows: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
            for pair in numbers(&pairs) {
                if let [child, parent] = pair.as_slice() {
                    rows.entry(*child).or_default().push(*parent);
                }
            }
            found.push(ChildOf {
                child: child.clone(),
                parent: parent.clone(),
                rows,
            });
        }
        Ok(found)
    }

    fn ask(&self, sql: &str) -> Result<Answer, EngineError> {
        self.ground.rows(sql)
    }
}

/// A reference, row by row.
struct ChildOf {
    child: String,
    parent: String,
    /// Of each child that has them, its parents: several where the key is there twice.
    rows: BTreeMap<u64, Vec<u64>>,
}

/// Deletes rows whose parents are gone, so that what is left looks like data of the model. Rows
/// that had no parent before stay.
fn follow(references: &[ChildOf], before: &Kept, kept: &mut Kept) {
    loop {
        let mut has_changed = false;
        for reference in references {
            let Some(parents) = kept.get(&reference.parent) else {
                continue;
            };
            if before.get(&reference.parent).map(Vec::len) == Some(parents.len()) {
                continue;
            }
            let parents: BTreeSet<u64> = parents.iter().copied().collect();
            let is_left = |child: &u64| {
                let own = reference.rows.get(child);
                own.is_none_or(|own| own.iter().any(|p| parents.contains(p)))
            };
            if let Some(children) = kept.get_mut(&reference.child) {
                let count = children.len();
                children.retain(is_left);
                has_changed |= children.len() < count;
            }
        }
        if !has_changed {
            return;
        }
    }
}

/// The condition that picks rows, in spans: most of them stand side by side.
fn are_among(rows: &[u64]) -> String {
    let mut spans: Vec<(u64, u64)> = Vec::new();
    for row in rows {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => spans.push((*row, *row)),
        }
    }
    if spans.is_empty() {
        return "false".to_owned();
    }
    // Beyond some spans a list is quicker to decide than a chain of comparisons.
    if spans.len() > 16 {
        let numbers: Vec<String> = rows.iter().map(u64::to_string).collect();
        return format!("rowid IN ({})", numbers.join(", "));
    }
    let spans: Vec<String> = spans
        .iter()
        .map(|(first, last)| format!("rowid BETWEEN {first} AND {last}"))
        .collect();
    spans.join(" OR ")
}

fn numbers(answer: &Answer) -> Vec<Vec<u64>> {
    let number = |value: &Option<String>| value.as_ref().and_then(|text| text.parse().ok());
    answer
        .rows
        .iter()
        .filter_map(|row| row.iter().map(number).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_picked_in_spans() {
        assert_eq!(are_among(&[]), "false");
        assert_eq!(are_among(&[7]), "rowid BETWEEN 7 AND 7");
        assert_eq!(
            are_among(&[0, 1, 2, 5, 6]),
            "rowid BETWEEN 0 AND 2 OR rowid BETWEEN 5 AND 6"
        );
        let odd: Vec<u64> = (0..40).filter(|n| n % 2 == 1).collect();
        assert!(are_among(&odd).starts_with("rowid IN (1, 3, 5, "));
    }

    #[test]
    fn children_follow_their_parents_and_rows_without_one_stay() {
        let reference = ChildOf {
            child: "book".to_owned(),
            parent: "author".to_owned(),
            rows: BTreeMap::from([(0, vec![0]), (1, vec![1]), (2, vec![0, 1])]),
        };
        let kept = |authors: &[u64], books: &[u64]| {
            Kept::from([
                ("author".to_owned(), authors.to_vec()),
                ("book".to_owned(), books.to_vec()),
            ])
        };
        let before = kept(&[0, 1], &[0, 1, 2, 3]);
        let mut fewer = kept(&[1], &[0, 1, 2, 3]);
        follow(&[reference], &before, &mut fewer);
        assert_eq!(fewer, kept(&[1], &[1, 2, 3]));
    }
}
