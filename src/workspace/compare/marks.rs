//! Where the columns of a layout come from, as marks on its diagram.

use std::collections::BTreeSet;

use egui::Color32;

use crate::catalog::{Layout, LayoutNote, OriginKind, Pack};
use crate::diagram::{RowKind, Scene, TableBox};
use crate::engine::Plan;
use crate::model::same_name;
use crate::ui_kit::Tokens;
use crate::workspace::picture::{RowMark, TableMarks};

/// The colour of a table of the pack, the same in every layout. The first colour is left to
/// what comes from nowhere in particular.
pub fn table_color(t: &Tokens, pack: &Pack, table: &str) -> Option<Color32> {
    let place = pack
        .schema
        .tables
        .iter()
        .position(|p| same_name(&p.name, table))?;
    Some(t.series_color(1 + place % (t.series.len() - 1)))
}

/// Columns a plan reads, by table; without a column the whole table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Touched {
    tables: BTreeSet<String>,
    columns: BTreeSet<(String, String)>,
}

impl Touched {
    /// What the scans of a plan hand on and filter by.
    pub fn by(plan: &Plan) -> Self {
        let mut touched = Self::default();
        for node in plan.root.all() {
            let Some(table) = node.table() else { continue };
            let table = table.to_lowercase();
            for column in node.columns() {
                let column = column.trim_matches('"').to_lowercase();
                touched.columns.insert((table.clone(), column));
            }
            touched.tables.insert(table);
        }
        touched
    }

    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    fn has_table(&self, table: &str) -> bool {
        self.tables.contains(&table.to_lowercase())
    }

    fn has_column(&self, table: &str, column: &str) -> bool {
        let key = (table.to_lowercase(), column.to_lowercase());
        self.columns.contains(&key)
    }

    /// Boxes that are touched; `None` where nothing is looked at.
    pub fn lit(&self, scene: &Scene) -> Option<Vec<usize>> {
        if self.is_empty() {
            return None;
        }
        let tables = scene.tables.iter().enumerate();
        let lit: Vec<usize> = tables
            .filter(|(_, table)| self.has_table(&table.name))
            .map(|(index, _)| index)
            .collect();
        // A view over files is scanned as files: then all of it is looked at.
        (!lit.is_empty()).then_some(lit)
    }
}

/// Marks of all boxes of a layout.
pub fn marks(
    t: &Tokens,
    pack: &Pack,
    layout: &Layout,
    scene: &Scene,
    touched: &Touched,
) -> Vec<TableMarks> {
    let one = |table: &TableBox| TableMarks {
        band: table_color(t, pack, &table.name),
        rows: table
            .rows
            .iter()
            .map(|row| {
                if row.kind != RowKind::Column {
                    return RowMark::default();
                }
                let mut mark = origin(t, pack, layout, &table.name, &row.name);
                mark.is_read = touched.has_column(&table.name, &row.name);
                mark
            })
            .collect(),
    };
    scene.tables.iter().map(one).collect()
}

fn origin(t: &Tokens, pack: &Pack, layout: &Layout, table: &str, column: &str) -> RowMark {
    let mut mark = RowMark::default();
    for note in notes_on(layout, table, Some(column)).chain(notes_on(layout, table, None)) {
        let color = note
            .from_table()
            .and_then(|from| table_color(t, pack, from))
            .unwrap_or(t.series[0]);
        match note.kind {
            OriginKind::Copied => mark.hatch = Some(color),
            OriginKind::Derived => mark.derived = Some(color),
            OriginKind::Split => mark.moved = Some(color),
            OriginKind::Plain => continue,
        }
        // What is said of a column goes before what is said of its table.
        break;
    }
    mark
}

/// Notes on a column, or on a table as a whole.
pub fn notes_on<'a>(
    layout: &'a Layout,
    table: &'a str,
    column: Option<&'a str>,
) -> impl Iterator<Item = &'a LayoutNote> {
    layout.notes.iter().filter(move |note| {
        same_name(&note.table, table)
            && match (&note.column, column) {
                (Some(a), Some(b)) => same_name(a, b),
                (None, None) => true,
                _ => false,
            }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::PlanNode;

    #[test]
    fn what_a_plan_scans_is_touched() {
        let scan = PlanNode {
            kind: "TABLE_SCAN".to_owned(),
            facts: vec![
                ("Table".to_owned(), "copied.main.posts".to_owned()),
                ("Projections".to_owned(), "id, \"user\"".to_owned()),
            ],
            ..PlanNode::default()
        };
        let plan = Plan {
            root: PlanNode {
                kind: "TOP_N".to_owned(),
                children: vec![scan],
                ..PlanNode::default()
            },
            bytes_read: 0,
        };
        let touched = Touched::by(&plan);
        assert!(touched.has_table("Posts"));
        assert!(touched.has_column("posts", "USER"));
        assert!(!touched.has_column("posts", "title"));
    }
}
