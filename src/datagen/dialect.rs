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

/// The text of a UUID from whole numbers and their widths in bits, the highest first; the widths
/// add up to 128 and none crosses the middle.
///
/// One 128-bit number and one cast: putting hexadecimal texts together takes ten times as long.
pub fn uuid(fields: &[(String, u32)]) -> String {
    let mut left = 128_u32;
    let mut halves = [Vec::new(), Vec::new()];
    for (sql, bits) in fields {
        let half = usize::from(left <= 64);
        left = left.saturating_sub(*bits);
        let factor = 1_u64 << (left % 64);
        halves[half].push(format!("CAST({sql} AS UBIGINT) * {factor}"));
    }
    let [high, low] = halves.map(|half| half.join(" + "));
    format!(
        "CAST(CAST(CAST({high} AS UHUGEINT) * CAST('18446744073709551616' AS UHUGEINT) + ({low}) AS UUID) AS VARCHAR)"
    )
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
