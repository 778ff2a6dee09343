//! The few places where engines differ, as DuckDB writes them.
//!
//! Everything else in a recipe is SQL that Spark and PostgreSQL read as well; a second engine
//! is a second set of these functions.

/// A query with one BIGINT column `_i` counting from 1 to `rows`.
pub fn row_source(rows: u64) -> String {
    format!("SELECT i AS _i FROM range(1, {rows} + 1) AS r(i)")
}

/// For each row of `source`, `times` rows with a counter `_n` from 1.
pub fn repeat_rows(source: &str, times: &str) -> String {
    format!("SELECT *, unnest(range(1, CAST({times} AS BIGINT) + 1)) AS _n FROM (\n{source}\n)")
}

/// A whole number as a DOUBLE.
pub fn double(sql: &str) -> String {
    format!("CAST({sql} AS DOUBLE)")
}

/// A TIMESTAMP literal from `YYYY-MM-DD HH:MM:SS`.
pub fn timestamp(text: &str) -> String {
    format!("TIMESTAMP '{text}'")
}

/// Seconds from one moment to another, as DOUBLE.
pub fn seconds_between(from: &str, to: &str) -> String {
    format!("(epoch({to}) - epoch({from}))")
}

/// The Monday 00:00 at or before a moment.
pub fn week_start(moment: &str) -> String {
    format!("CAST(date_trunc('week', {moment}) AS TIMESTAMP)")
}

/// A whole number as lower-case hexadecimal digits, padded with zeros.
pub fn hex(number: &str, digits: u8) -> String {
    format!("lower(lpad(to_hex({number}), {digits}, '0'))")
}

/// Element `index` (from 0) of a list of text literals.
pub fn element(words: &[String], index: &str) -> String {
    let list: Vec<String> = words.iter().map(|w| text(w)).collect();
    format!("([{}])[({index}) + 1]", list.join(", "))
}

/// A text literal.
pub fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// A quoted name.
pub fn name(value: &str) -> String {
    format!("\"{}\"", value.replace('"', "\"\""))
}
