//! How much a build will make, told from the build before it.

use std::time::Duration;

use crate::datagen::{Recipe, Step};
use crate::engine::{BuildReport, Integrity};
use crate::model::{Schema, same_name};

use super::integrity_at;

/// From so many rows on a table's memory is mostly rows: smaller ones are mostly the block that
/// DuckDB sets aside for each column at once.
const TELLING_ROWS: u64 = 20_000;
/// Bytes of a value where no table is large enough to tell: a number takes 4 to 8, a text 16 and
/// its letters.
const UNKNOWN_CELL: f64 = 16.0;

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
pub fn preview(
    recipe: &Recipe,
    schema: &Schema,
    measured: &BuildReport,
    from: u64,
    to: u64,
) -> Preview {
    let columns = |table: &str| schema.table(table).map_or(1, |t| t.columns.len().max(1)) as f64;
    let cell = bytes_per_cell(measured, &columns);
    let tables: Vec<TablePreview> = measured
        .tables
        .iter()
        .map(|table| {
            let rows = scaled(table.rows, growth(recipe, &table.table, from, to));
            let row_bytes = if table.rows >= TELLING_ROWS {
                table.bytes as f64 / table.rows as f64
            } else {
                cell * columns(&table.table)
            };
            TablePreview {
                table: table.table.clone(),
                rows,
                bytes: (rows as f64 * row_bytes).round() as u64,
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

/// What a value takes on average in the tables that are large enough to tell.
fn bytes_per_cell(measured: &BuildReport, columns: &dyn Fn(&str) -> f64) -> f64 {
    let telling = measured.tables.iter().filter(|t| t.rows >= TELLING_ROWS);
    let (bytes, cells) = telling.fold((0.0, 0.0), |(bytes, cells), table| {
        (
            bytes + table.bytes as f64,
            cells + table.rows as f64 * columns(&table.table),
        )
    });
    if cells > 0.0 {
        bytes / cells
    } else {
        UNKNOWN_CELL
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
    use crate::ddl;
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

    /// Lines are many enough to tell their width, the others are not.
    fn measured() -> BuildReport {
        let table = |name: &str, rows, bytes| TableRows {
            table: name.to_owned(),
            rows,
            bytes,
        };
        BuildReport {
            tables: vec![
                table("kind", 12, 500_000),
                table("orders", 10_000, 900_000),
                table("line", 40_000, 800_000),
                table("total", 10, 500_000),
            ],
            integrity: Integrity::Enforced,
            elapsed: Duration::from_millis(522),
        }
    }

    fn preview_at(to: u64) -> Preview {
        let recipe: Recipe = toml::from_str(RECIPE).expect("a recipe");
        let schema = ddl::read(
            "CREATE TABLE kind (id INT, name TEXT); CREATE TABLE orders (id INT, kind INT, day DATE);
             CREATE TABLE line (id INT, price INT); CREATE TABLE total (day DATE);",
        )
        .schema;
        preview(&recipe, &schema, &measured(), 100_000, to)
    }

    #[track_caller]
    fn check(to: u64, expected: [(u64, u64); 4]) {
        let found = preview_at(to);
        let tables: Vec<(u64, u64)> = found.tables.iter().map(|t| (t.rows, t.bytes)).collect();
        assert_eq!(tables, expected);
    }

    #[test]
    fn fixed_tables_stay_and_groups_grow_with_the_table_they_belong_to() {
        // A line takes 20 bytes in two columns: 10 for each value of the small tables.
        check(
            200_000,
            [(12, 240), (20_000, 600_000), (80_000, 1_600_000), (20, 200)],
        );
    }

    #[test]
    fn a_least_number_of_rows_holds_in_the_preview_too() {
        check(100, [(12, 240), (50, 1_500), (200, 4_000), (0, 0)]);
    }

    #[test]
    fn time_grows_with_the_rows() {
        let found = preview_at(200_000);
        assert_eq!(found.rows(), 100_032);
        assert_eq!(found.bytes(), 240 + 600_000 + 1_600_000 + 200);
        let times = found.elapsed.as_secs_f64() / 0.522;
        assert!((times - 100_032.0 / 50_022.0).abs() < 1e-6, "{times}");
        assert_eq!(found.integrity, Integrity::Enforced);
        assert!(!found.is_upper_bound);
    }

    #[test]
    fn a_large_build_without_enforced_keys_is_told_as_at_most() {
        let found = preview_at(1_000_000);
        assert_eq!(found.integrity, Integrity::Verified);
        assert!(found.is_upper_bound);
    }
}
