//! The rows on screen, and the way that led to them.

use std::sync::Arc;

use super::links::RowLinks;
use crate::engine::{QueryId, QueryJob, QueryPurpose, ResultStore};
use crate::ui_kit::grid::GridState;
use crate::workspace::RowPlace;

/// Rows read for a first look.
const FIRST_ROWS: u64 = 1_000;

/// Rows of a table as they are shown.
pub struct Peek {
    pub place: RowPlace,
    pub store: Arc<ResultStore>,
    pub grid: GridState,
}

/// The rows below the diagram, with a way back and forth like in a browser.
#[derive(Default)]
pub struct Rows {
    pub(super) shown: Option<Peek>,
    /// Where references were followed from, the newest last.
    pub(super) back: Vec<Peek>,
    pub(super) forward: Vec<Peek>,
    /// What hangs together with the selected row.
    pub(super) links: Option<RowLinks>,
}

impl Rows {
    /// The rows on screen.
    pub fn shown(&self) -> Option<&Peek> {
        self.shown.as_ref()
    }

    pub fn is_open(&self) -> bool {
        self.shown.is_some()
    }

    /// The job that reads the rows of a place chosen by hand: the way starts anew.
    pub fn open(&mut self, id: QueryId, pack: &str, place: RowPlace) -> QueryJob {
        self.back.clear();
        self.forward.clear();
        self.shown = None;
        self.read(id, pack, place)
    }

    /// The job that reads the rows a reference leads to: there is a way back.
    pub fn follow(&mut self, id: QueryId, pack: &str, place: RowPlace) -> QueryJob {
        self.back.extend(self.shown.take());
        self.forward.clear();
        self.read(id, pack, place)
    }

    /// The job that reads the rows on screen again, from new data. Rows read before are gone
    /// from the way, since they are of the old data.
    pub fn read_again(&mut self, id: QueryId, pack: &str) -> Option<QueryJob> {
        let place = RowPlace {
            counted: None,
            ..self.shown.as_ref()?.place.clone()
        };
        Some(self.open(id, pack, place))
    }

    fn read(&mut self, id: QueryId, pack: &str, place: RowPlace) -> QueryJob {
        let store = Arc::new(ResultStore::default());
        let sql = place.first_rows_sql(FIRST_ROWS);
        self.links = None;
        self.shown = Some(Peek {
            place,
            store: Arc::clone(&store),
            grid: GridState::default(),
        });
        QueryJob {
            id,
            pack: pack.to_owned(),
            purpose: QueryPurpose::Peek,
            sql,
            parameters: Vec::new(),
            store,
        }
    }

    pub fn can_go_back(&self) -> bool {
        !self.back.is_empty()
    }

    pub fn can_go_forward(&self) -> bool {
        !self.forward.is_empty()
    }

    /// Goes a step back. Returns the table whose rows are shown then.
    pub fn go_back(&mut self) -> Option<&str> {
        let earlier = self.back.pop()?;
        self.forward.extend(self.shown.replace(earlier));
        self.arrived()
    }

    /// Goes back to a step of the way, counted from its start.
    pub fn go_back_to(&mut self, step: usize) -> Option<&str> {
        while self.back.len() > step + 1 {
            self.go_back();
        }
        self.go_back()
    }

    /// Takes a step back again. Returns the table whose rows are shown then.
    pub fn go_forward(&mut self) -> Option<&str> {
        let later = self.forward.pop()?;
        self.back.extend(self.shown.replace(later));
        self.arrived()
    }

    fn arrived(&mut self) -> Option<&str> {
        self.links = None;
        self.shown.as_ref().map(|peek| peek.place.table.as_str())
    }

    /// The job that counts what hangs together with the selected row, if that is to be counted.
    pub fn count_links(&mut self, id: QueryId, pack: &str) -> Option<QueryJob> {
        let links = self.links.as_mut()?;
        let sql = links.count_sql()?;
        let store = Arc::new(ResultStore::default());
        links.counts = Some(Arc::clone(&store));
        Some(QueryJob {
            id,
            pack: pack.to_owned(),
            purpose: QueryPurpose::Links,
            sql,
            parameters: Vec::new(),
            store,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &Rows) -> &str {
        rows.shown().map_or("", |peek| &peek.place.table)
    }

    #[test]
    fn the_way_can_be_walked_back_and_forth() {
        let mut rows = Rows::default();
        rows.open(1, "p", RowPlace::all("orders"));
        rows.follow(2, "p", RowPlace::all("lines"));
        rows.follow(3, "p", RowPlace::all("products"));
        assert_eq!(rows.go_back(), Some("lines"));
        assert_eq!(rows.go_forward(), Some("products"));
        assert_eq!(rows.go_forward(), None);
        assert_eq!(rows.go_back_to(0), Some("orders"));
        assert_eq!(rows.go_back(), None);
        assert_eq!(table(&rows), "orders");
        assert!(rows.can_go_forward());
        rows.follow(4, "p", RowPlace::all("users"));
        assert!(
            !rows.can_go_forward(),
            "a new way takes the place of the old one"
        );
        rows.open(5, "p", RowPlace::all("payments"));
        assert!(!rows.can_go_back(), "a table chosen by hand starts anew");
    }
}
