//! The screens. Each owns what the user selected, typed or scrolled, reads the rest through
//! [`WorkspaceContext`] and asks for changes by pushing an [`Action`]. They do not know each other.

mod context;
pub mod explore;
pub mod query;
mod row_place;
mod sql_highlight;
mod stored_rows;

pub use context::{Action, Actions, DataStatus, PackData, ReadyData, WorkspaceContext};
pub use row_place::{Condition, RowPlace};
pub use sql_highlight::highlight_sql;
pub use stored_rows::StoredRows;
