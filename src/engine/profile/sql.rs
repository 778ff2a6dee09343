//! The statements behind a profile, as text. Every value comes back as VARCHAR.

use super::bins::Steps;
use super::kind::ColumnKind;
use crate::datagen::dialect::name as quoted;

/// Characters of a value that are kept.
const VALUE_CHARS: usize = 1_000;
/// Most frequent values that are listed.
pub const TOP_VALUES: usize = 10;

/// A column, and how it is counted.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub table: &'a str,
    pub column: &'a str,
    pub kind: ColumnKind,
    /// Count every value, or estimate.
    pub is_exact: bool,
}

impl Asked<'_> {
    fn name(&self) -> String {
        quoted(self.column)
    }

    fn distinct(&self) -> String {
        if self.is_exact {
            format!("count(DISTINCT {})", self.name())
        } else {
            format!("approx_count_distinct({})", self.name())
        }
    }

    /// The smallest and the largest value; NULL where there is no order.
    fn range(&self) -> [String; 2] {
        if self.kind.has_order() {
            ["min", "max"]
                .map(|f| format!("left(CAST({f}({}) AS VARCHAR), {VALUE_CHARS})", self.name()))
        } else {
            ["NULL".to_owned(), "NULL".to_owned()]
        }
    }

    /// The value as a finite DOUBLE, or NULL: the number itself, or seconds.
    fn place(&self) -> String {
        let name = self.name();
        match self.kind {
            ColumnKind::Time => format!("epoch({name})"),
            kind if kind.is_moment() => {
                format!("CASE WHEN isfinite({name}) THEN epoch({name}) END")
            }
            _ => format!(
                "CASE WHEN isfinite(CAST({name} AS DOUBLE)) THEN CAST({name} AS DOUBLE) END"
            ),
        }
    }
}

/// Rows, values, distinct values, smallest and largest of one column.
pub fn basics(asked: &Asked<'_>) -> String {
    let [min, max] = asked.range();
    format!(
        "SELECT count(*), count({}), {}, {min}, {max} FROM {}",
        asked.name(),
        asked.distinct(),
        quoted(asked.table)
    )
}

/// Extremes, quantiles 0.01 and 0.99, quartiles and mean of numbers and moments.
///
/// The quartiles of moments are of their own type, so that a median is a date and not a number
/// of seconds; those of numbers are DOUBLE.
pub fn spread(asked: &Asked<'_>) -> String {
    let quantiles = match (asked.is_exact, asked.kind.is_moment()) {
        (false, _) => "approx_quantile",
        (true, true) => "quantile_disc",
        (true, false) => "quantile_cont",
    };
    let own = if asked.kind.is_moment() { "own" } else { "x" };
    format!(
        "SELECT lowest, highest, tails[1], tails[2], \
         CAST(quarters[1] AS VARCHAR), CAST(quarters[2] AS VARCHAR), CAST(quarters[3] AS VARCHAR), mean \
         FROM (SELECT min(x) AS lowest, max(x) AS highest, avg(x) AS mean, \
         {quantiles}(x, [0.01, 0.99]) AS tails, {quantiles}({own}, [0.25, 0.5, 0.75]) AS quarters \
         FROM (SELECT {} AS own, {} AS x FROM {}))",
        asked.name(),
        asked.place(),
        quoted(asked.table)
    )
}

/// Shortest, mean and longest, of texts and lists.
pub fn lengths(asked: &Asked<'_>) -> String {
    let name = asked.name();
    let length = match asked.kind {
        ColumnKind::Map => "cardinality",
        _ => "length",
    };
    format!(
        "SELECT min(n), avg(n), max(n) FROM (SELECT {length}({name}) AS n FROM {})",
        quoted(asked.table)
    )
}

/// Rows by step: -1 for those below the first, the number of steps for those above the last.
pub fn histogram(asked: &Asked<'_>, steps: &Steps) -> String {
    let Steps { start, step, count } = steps;
    format!(
        "SELECT greatest(-1, least({count}, floor((x - ({start:e})) / {step:e}))) AS bar, count(*) \
         FROM (SELECT {} AS x FROM {}) WHERE x IS NOT NULL GROUP BY bar ORDER BY bar",
        asked.place(),
        quoted(asked.table)
    )
}

/// The most frequent values with their rows.
pub fn top_values(asked: &Asked<'_>) -> String {
    let name = asked.name();
    format!(
        "SELECT left(CAST({name} AS VARCHAR), {VALUE_CHARS}) AS value, count(*) AS rows FROM {} \
         WHERE {name} IS NOT NULL GROUP BY {name} \
         ORDER BY rows DESC, CAST({name} AS VARCHAR) LIMIT {TOP_VALUES}",
        quoted(asked.table)
    )
}

/// The same where counting every value would take too long: candidates are estimated, and only
/// those are counted.
pub fn estimated_top_values(asked: &Asked<'_>) -> String {
    let (name, table) = (asked.name(), quoted(asked.table));
    format!(
        "SELECT left(CAST({name} AS VARCHAR), {VALUE_CHARS}) AS value, count(*) AS rows FROM {table} \
         WHERE {name} IN (SELECT unnest(approx_top_k({name}, {TOP_VALUES})) FROM {table}) \
         GROUP BY {name} ORDER BY rows DESC, CAST({name} AS VARCHAR)"
    )
}

/// Rows, and for each column its values, distinct values, smallest and largest: one statement
/// over the table.
pub fn lines(columns: &[Asked<'_>], table: &str) -> String {
    let mut parts = vec!["count(*)".to_owned()];
    for asked in columns {
        let [min, max] = asked.range();
        parts.extend([
            format!("count({})", asked.name()),
            asked.distinct(),
            min,
            max,
        ]);
    }
    format!("SELECT {} FROM {}", parts.join(", "), quoted(table))
}
