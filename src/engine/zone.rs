//! Timestamps with a zone, as an offset every reader knows.
//!
//! DuckDB names the zone (`Etc/UTC`); Arrow reads names only with a table of all zones.
//! Without its ICU extension DuckDB knows no zone but UTC, so the offset is always zero.

use std::sync::Arc;

use arrow::array::{ArrayData, make_array};
use arrow::datatypes::{DataType, Field, FieldRef, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;

use super::EngineError;

const UTC: &str = "+00:00";

/// The schema with zero offsets in place of zone names.
pub(super) fn schema_in_utc(schema: &SchemaRef) -> SchemaRef {
    let fields: Vec<FieldRef> = schema.fields().iter().map(field_in_utc).collect();
    Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()))
}

/// A batch for such a schema; the values are the same.
pub(super) fn batch_in_utc(
    batch: RecordBatch,
    schema: &SchemaRef,
) -> Result<RecordBatch, EngineError> {
    if batch.schema().fields() == schema.fields() {
        return Ok(batch);
    }
    let columns = batch
        .columns()
        .iter()
        .zip(schema.fields())
        .map(|(column, field)| {
            if column.data_type() == field.data_type() {
                Ok(Arc::clone(column))
            } else {
                Ok(make_array(retyped(column.to_data(), field.data_type())?))
            }
        })
        .collect::<Result<Vec<_>, EngineError>>()?;
    Ok(RecordBatch::try_new(Arc::clone(schema), columns)?)
}

fn field_in_utc(field: &FieldRef) -> FieldRef {
    let data_type = type_in_utc(field.data_type());
    if data_type == *field.data_type() {
        return Arc::clone(field);
    }
    Arc::new(Field::clone(field).with_data_type(data_type))
}

fn type_in_utc(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Timestamp(unit, Some(_)) => DataType::Timestamp(*unit, Some(UTC.into())),
        DataType::List(f) => DataType::List(field_in_utc(f)),
        DataType::LargeList(f) => DataType::LargeList(field_in_utc(f)),
        DataType::FixedSizeList(f, n) => DataType::FixedSizeList(field_in_utc(f), *n),
        DataType::Map(f, sorted) => DataType::Map(field_in_utc(f), *sorted),
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(field_in_utc).collect()),
        other => other.clone(),
    }
}

fn retyped(data: ArrayData, data_type: &DataType) -> Result<ArrayData, EngineError> {
    let children: Vec<&DataType> = match data_type {
        DataType::List(f)
        | DataType::LargeList(f)
        | DataType::FixedSizeList(f, _)
        | DataType::Map(f, _) => vec![f.data_type()],
        DataType::Struct(fields) => fields.iter().map(|f| f.data_type()).collect(),
        _ => Vec::new(),
    };
    let child_data = if children.is_empty() {
        data.child_data().to_vec()
    } else {
        data.child_data()
            .iter()
            .zip(children)
            .map(|(child, data_type)| retyped(child.clone(), data_type))
            .collect::<Result<_, _>>()?
    };
    Ok(data
        .into_builder()
        .data_type(data_type.clone())
        .child_data(child_data)
        .build()?)
}
