//! The screens. Each owns what the user selected, typed or scrolled, reads the rest through
//! [`WorkspaceContext`] and asks for changes by pushing an [`Action`]. They do not know each other.

pub mod compare;
mod context;
pub mod explore;
pub mod picture;
mod plan_tree;
pub mod practice;
pub mod query;
mod row_place;
mod sql_highlight;
mod stored_rows;
mod text_table;

pub use context::{Action, Actions, DataStatus, PackData, ReadyData, WorkspaceContext};
pub use plan_tree::plan_tree;
pub use row_place::{Condition, RowPlace};
pub use sql_highlight::highlight_sql;
pub use stored_rows::StoredRows;
pub use text_table::text_table;
