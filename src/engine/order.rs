//! The order of a result's rows by one column, by Polars.

use polars::prelude::{Series, SortOptions};

use super::{EngineError, ResultStore, frame};

/// Row numbers in the order of a column, NULLs last, equal values in their first order.
///
/// Holds that one column in memory. Results of more than four billion rows are refused.
pub fn row_order(
    store: &ResultStore,
    column: usize,
    descending: bool,
) -> Result<Vec<u32>, EngineError> {
    if u32::try_from(store.row_count()).is_err() {
        return Err(EngineError::new(
            "too many rows to sort here: add ORDER BY to the query",
        ));
    }
    let mut whole: Option<Series> = None;
    store.for_each_part(&mut |batch| {
        let Some(array) = batch.columns().get(column) else {
            return Err(EngineError::new("the result has no such column"));
        };
        let part = frame::series("values", array)?;
        match &mut whole {
            Some(series) => {
                series.append(&part)?;
            }
            None => whole = Some(part),
        }
        Ok(())
    })?;
    let Some(values) = whole else {
        return Ok(Vec::new());
    };
    let options = SortOptions::default()
        .with_order_descending(descending)
        .with_nulls_last(true)
        .with_maintain_order(true);
    Ok(values.arg_sort(options).into_no_null_iter().collect())
}
