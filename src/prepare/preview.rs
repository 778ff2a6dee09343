//! How much a build will make, told from the build before it.

use std::time::Duration;

use crate::datagen::{Recipe, Step};
use crate::engine::{BuildReport, Integrity};
use crate::model::same_name;

use super::integrity_at;

/// What a build at another scale will come to. Everything but the rows of tables that are simply
/// counted is in proportion to what was measured: say "about".
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// In the order of the model.
    pub tables: Vec<TablePreview>,
    pub integrity: Integrity,
    pub elapsed: Duration,
    /// Whether the measured build enforced its constraints and this one will not: it takes less
    /// than `elapsed` then, and less than these bytes.
    pub is_upper_bound: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablePreview {
    pub table: String,
    pub rows: u64,
    pub bytes: u64,
}

impl Preview {
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|t| t.rows).sum()
    }

    pub fn bytes(&self) -> u64 {
        self.tables.iter().map(|t| t.bytes).sum()
    }
}

/// Scales a finished build from its scale (`from`) to another (`to`), both 1 or more.
pub fn preview(recipe: &Recipe, measured: &BuildReport, from: u64, to: u64) -> Preview {
    let tables: Vec<TablePreview> = measured
        .tables
        .iter()
        .map(|table| {
            let growth = growth(recipe, &table.table, from, to);
            TablePreview {
                table: table.table.clone(),
                rows: scaled(table.rows, growth),
                bytes: scaled(table.bytes, growth),
            }
        })
        .collect();
    let before: u64 = measured.tables.iter().map(|t| t.rows).sum();
    let after: u64 = tables.iter().map(|t| t.rows).sum();
    let integrity = integrity_at(to);
    Preview {
        tables,
        integrity,
        elapsed: measured
            .elapsed
            .mul_f64(after as f64 / before.max(1) as f64),
        is_upper_bound: measured.integrity == Integrity::Enforced
            && integrity == Integrity::Verified,
    }
}

fn scaled(count: u64, growth: f64) -> u64 {
    (count as f64 * growth).round() as u64
}

/// How many times the rows of a table grow from one scale to another.
fn growth(recipe: &Recipe, table: &str, from: u64, to: u64) -> f64 {
    let steps: Vec<&Step> = recipe
        .steps
        .iter()
        .filter(|s| same_name(&s.table, table))
        .collect();
    let counted: Option<Vec<(u64, u64)>> = steps
        .iter()
        .map(|step| {
            let rows = root(recipe, step)?.rows?;
            Some((rows.at(from), rows.at(to)))
        })
        .collect();
    match counted {
        Some(rows) if !rows.is_empty() => {
            let before: u64 = rows.iter().map(|r| r.0).sum();
            let after: u64 = rows.iter().map(|r| r.1).sum();
            after as f64 / before.max(1) as f64
        }
        // What a query gives is anybody's guess: in proportion.
        _ => to as f64 / from.max(1) as f64,
    }
}

/// The step at the beginning of a chain of `each`: its rows multiply through.
fn root<'a>(recipe: &'a Recipe, step: &'a Step) -> Option<&'a Step> {
    let mut step = step;
    // No chain is longer than the recipe; a circle ends here too.
    for _ in 0..=recipe.steps.len() {
        let Some(parent) = &step.each else {
            return Some(step);
        };
        step = recipe.steps.iter().find(|s| s.id() == parent)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::TableRows;

    const RECIPE: &str = r#"
        now = "2026-07-01 00:00:00"
        start = "2025-05-01 00:00:00"
        largest = "line"
        [[step]]
        table = "kind"
        rows = 12
        [[step]]
        table = "orders"
        rows = { per = 0.1, min = 50 }
        [[step]]
        table = "line"
        each = "orders"
        times = "4"
        at_most = 4
        [[step]]
        table = "total"
        query = "SELECT 1"
    "#;

    fn measured() -> BuildReport {
        let table = |name: &str, rows, bytes| TableRows {
            table: name.to_owned(),
            rows,
            bytes,
        };
        BuildReport {
            tables: vec![
                table("kind", 12, 240),
                table("orders", 100, 4_000),
                table("line", 400, 8_000),
                table("total", 10, 100),
            ],
            integrity: Integrity::Enforced,
            elapsed: Duration::from_millis(522),
        }
    }

    #[track_caller]
    fn check(to: u64, expected: [(u64, u64); 4]) -> Preview {
        let recipe: Recipe = toml::from_str(RECIPE).expect("a recipe");
        let found = preview(&recipe, &measured(), 1_000, to);
        let rows: Vec<(u64, u64)> = found.tables.iter().map(|t| (t.rows, t.bytes)).collect();
        assert_eq!(rows, expected);
        found
    }

    #[test]
    fn fixed_tables_stay_and_groups_grow_with_the_table_they_belong_to() {
        let found = check(
            10_000,
            [(12, 240), (1_000, 40_000), (4_000, 80_000), (100, 1_000)],
        );
        assert_eq!(found.rows(), 5_112);
        assert_eq!(found.bytes(), 121_240);
        assert_eq!(found.integrity, Integrity::Enforced);
        assert!(!found.is_upper_bound);
        let times = found.elapsed.as_secs_f64() / 0.522;
        assert!((times - 5_112.0 / 522.0).abs() < 1e-6, "{times}");
    }

    #[test]
    fn a_least_number_of_rows_holds_in_the_preview_too() {
        check(100, [(12, 240), (50, 2_000), (200, 4_000), (1, 10)]);
    }

    #[test]
    fn a_large_build_without_enforced_keys_is_told_as_at_most() {
        let recipe: Recipe = toml::from_str(RECIPE).expect("a recipe");
        let found = preview(&recipe, &measured(), 1_000, 1_000_000);
        assert_eq!(found.integrity, Integrity::Verified);
        assert!(found.is_upper_bound);
    }
}
