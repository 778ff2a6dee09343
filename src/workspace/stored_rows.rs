//! A result as the rows of a grid.

use std::sync::Arc;

use crate::engine::{Cell, ResultStore};
use crate::ui_kit::grid::{GridColumn, GridSource};

/// The rows of a result, as they came or in another order.
pub struct StoredRows<'a> {
    store: Arc<ResultStore>,
    columns: Vec<GridColumn>,
    rows: usize,
    order: Option<&'a [u32]>,
}

impl<'a> StoredRows<'a> {
    /// `order`: for each place the number of the row that stands there.
    pub fn new(store: &Arc<ResultStore>, order: Option<&'a [u32]>) -> Self {
        Self {
            columns: store
                .columns()
                .into_iter()
                .map(|c| GridColumn {
                    name: c.name,
                    type_name: c.type_name,
                    is_numeric: c.is_numeric,
                })
                .collect(),
            rows: store.row_count(),
            store: Arc::clone(store),
            order,
        }
    }

    fn row(&self, row: usize) -> usize {
        // Rows that arrived after the sort stand behind it.
        self.order
            .and_then(|order| order.get(row))
            .map_or(row, |&original| original as usize)
    }
}

impl GridSource for StoredRows<'_> {
    fn columns(&self) -> &[GridColumn] {
        &self.columns
    }

    fn row_count(&self) -> usize {
        self.rows
    }

    fn cell(&self, row: usize, column: usize) -> Option<String> {
        text(self.store.cell(self.row(row), column))
    }

    fn full_cell(&self, row: usize, column: usize) -> Option<String> {
        text(self.store.value(self.row(row), column))
    }
}

fn text(cell: Cell) -> Option<String> {
    match cell {
        Cell::Null => None,
        Cell::Text(text) => Some(text),
        Cell::Unreadable => Some("(cannot be read)".to_owned()),
    }
}
