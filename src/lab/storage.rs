//! What the tables of a layout take on disk.

use super::bench::{Bench, LabError, size_of_folder};
use super::report::{BuildFigures, TableBytes};
use crate::datagen::dialect::{name as quoted, text};

/// Bytes of each table of a layout, of its files, and of the rest of its database.
///
/// A table's bytes are those of its segments: DuckDB tells where in a block each begins, and it
/// ends where the next one does. What is left of the blocks in use (indexes, the catalogue, room
/// between segments) is the rest.
pub fn storage(bench: &Bench, build: &BuildFigures) -> Result<Vec<TableBytes>, LabError> {
    let layout = &build.layout;
    bench.enter(layout)?;
    let session = bench.session();
    let mut found = Vec::new();
    let mut told = 0;
    let tables = session.text_values(&format!(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = {}",
        text(layout)
    ))?;
    let tables: Vec<String> = tables.into_iter().flatten().collect();
    let block_size = session
        .count(&format!(
            "SELECT block_size FROM pragma_database_size() WHERE database_name = {}",
            text(layout)
        ))?
        .unwrap_or(0);
    if !tables.is_empty() {
        let segments: Vec<String> = tables
            .iter()
            .map(|table| {
                format!(
                    "SELECT {} AS t, block_id, block_offset, additional_block_ids FROM pragma_storage_info({})",
                    text(table),
                    text(&quoted(table))
                )
            })
            .collect();
        let segments = segments.join(" UNION ALL ");
        let sql = format!(
            "WITH s AS ({segments}),
             parts AS (
               SELECT t, coalesce(lead(block_offset) OVER (PARTITION BY block_id ORDER BY block_offset), {block_size}) - block_offset AS bytes
               FROM (SELECT DISTINCT t, block_id, block_offset FROM s WHERE block_id >= 0)
               UNION ALL
               SELECT t, {block_size} FROM (SELECT DISTINCT t, unnest(additional_block_ids) AS b FROM s)
             )
             SELECT t || '/' || CAST(CAST(sum(bytes) AS BIGINT) AS VARCHAR) FROM parts GROUP BY t"
        );
        let sums = session.text_values(&sql)?;
        for table in &tables {
            let bytes = sums.iter().flatten().find_map(|line| {
                let (name, bytes) = line.rsplit_once('/')?;
                (name == table).then(|| bytes.parse::<u64>().ok())?
            });
            let bytes = bytes.unwrap_or(0);
            told += bytes;
            found.push(line(layout, table, bytes));
        }
    }
    let (_, files) = size_of_folder(&bench.files_of(layout))?;
    if files > 0 {
        found.push(line(layout, TableBytes::FILES, files));
    }
    let rest = build.bytes.saturating_sub(told + files);
    found.push(line(layout, TableBytes::REST, rest));
    Ok(found)
}

fn line(layout: &str, table: &str, bytes: u64) -> TableBytes {
    TableBytes {
        layout: layout.to_owned(),
        table: table.to_owned(),
        bytes,
    }
}
