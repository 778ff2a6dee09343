//! What stands behind the columns of a table: partitions, clusters, options.
//!
//! Read word by word and never an error: engines differ most here, and a clause nobody
//! knows must not cost the table.

use crate::model::{PartitionKey, Physical};

use super::clause::Clause;
use super::column;
use super::element::{self, Element};
use super::lex::Kind;

/// What the clauses behind the columns say.
#[derive(Default)]
pub(super) struct Tail<'a> {
    pub physical: Physical,
    pub comment: Option<String>,
    pub inherits: Vec<Vec<String>>,
    /// The query of `AS SELECT …`.
    pub query: Option<Clause<'a>>,
    /// Columns that a partition clause declares.
    pub declared: Vec<Declared<'a>>,
}

/// A column of a partition clause: what is said about it, and where, for the comment behind it.
pub(super) struct Declared<'a> {
    pub name: String,
    pub note: Option<String>,
    pub clause: Clause<'a>,
}

pub(super) fn read(clause: Clause<'_>) -> Tail<'_> {
    let mut tail = Tail::default();
    let mut at = 0;
    while at < clause.len() {
        let next = tail.read_clause(clause, at);
        at = next.max(at + 1);
    }
    tail
}

impl<'a> Tail<'a> {
    /// Reads the clause that starts at this place and returns the place behind it.
    fn read_clause(&mut self, all: Clause<'a>, at: usize) -> usize {
        if let Some(query) = query_at(all, at) {
            self.query = Some(query);
            return all.len();
        }
        if all.says(at, &["PARTITIONED", "BY"]) || all.says(at, &["PARTITION", "BY"]) {
            return self.partition(all, at + 2);
        }
        if all.says(at, &["CLUSTER", "BY"]) || all.says(at, &["ZORDER", "BY"]) {
            let (columns, next) = bare_list(all, at + 2);
            self.physical
                .cluster_by
                .extend(columns.iter().map(|c| c.to_sql()));
            return next;
        }
        if all.says(at, &["CLUSTERED", "BY"]) {
            let (columns, next) = bare_list(all, at + 2);
            self.physical
                .cluster_by
                .extend(columns.iter().map(|c| c.to_sql()));
            return next;
        }
        if all.says(at, &["INTO"]) && all.says(at + 2, &["BUCKETS"]) {
            self.physical.buckets = all.source(at + 1).parse().ok();
            return at + 3;
        }
        if all.says(at, &["CLUSTERING", "ORDER", "BY"]) {
            let (columns, next) = bare_list(all, at + 3);
            self.physical
                .clustering_order
                .extend(columns.iter().map(|c| c.to_sql()));
            return next;
        }
        if all.says(at, &["INHERITS"])
            && let Some((inside, next)) = all.brackets(at + 1)
        {
            let parents = inside.list();
            self.inherits.extend(
                parents
                    .iter()
                    .filter_map(|p| p.path(0).map(|(path, _)| path)),
            );
            return next;
        }
        if all.says(at, &["COMMENT"]) {
            let value = at + 1 + usize::from(all.source(at + 1) == "=");
            self.comment = all.value(value).or(self.comment.take());
            return value + 1;
        }
        self.property(all, at)
    }

    fn partition(&mut self, all: Clause<'a>, start: usize) -> usize {
        let mut at = start;
        let mut method = Vec::new();
        while all.says_any(at, &["RANGE", "LIST", "HASH", "KEY", "LINEAR", "COLUMNS"])
            && !(all.says(at, &["RANGE"]) && all.source(at + 1) == ",")
        {
            method.push(all.source(at).to_ascii_uppercase());
            at += 1;
        }
        if !method.is_empty() {
            self.add_property("PARTITION BY", method.join(" "));
        }
        let (keys, mut next) = bare_list(all, at);
        for key in keys {
            self.partition_key(key);
        }
        if all.says(next, &["PARTITIONS"]) {
            self.add_property("PARTITIONS", all.source(next + 1).to_owned());
            next += 2;
        }
        // `(PARTITION p0 VALUES …)`: the pieces themselves are no part of the model.
        match all.brackets(next) {
            Some((_, behind)) => behind,
            None => next,
        }
    }

    fn partition_key(&mut self, key: Clause<'a>) {
        let is_declaration = key.name(0).is_some()
            && key
                .token(1)
                .is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Quoted));
        let declared = is_declaration.then(|| element::read(key).ok()).flatten();
        let Some(Element::Column(definition)) = declared else {
            let sql = match key.len() {
                1 => key.name(0).unwrap_or_else(|| key.to_sql()),
                _ => key.to_sql(),
            };
            self.physical.partition_by.push(PartitionKey {
                sql,
                declares: None,
            });
            return;
        };
        let read = column::column(&definition, key.line());
        self.declared.push(Declared {
            name: read.column.name.clone(),
            note: read.column.note,
            clause: key,
        });
        self.physical.partition_by.push(PartitionKey {
            sql: read.column.name,
            declares: Some(read.column.data_type),
        });
    }

    /// `NAME = value`, `NAME value`, `NAME (name = value, …)`.
    fn property(&mut self, all: Clause<'a>, at: usize) -> usize {
        let is_list = all.says_any(at, &["WITH", "OPTIONS", "TBLPROPERTIES", "SERDEPROPERTIES"]);
        if is_list && let Some((inside, next)) = all.brackets(at + 1) {
            for option in inside.list() {
                self.option(option);
            }
            return next;
        }
        if all.says(at, &["TTL"]) {
            return self.ttl_expression(all, at + 1);
        }
        if all.says_any(at, &["WITH", "AND", "DEFAULT", "AS"]) || all.name(at).is_none() {
            return at + 1;
        }
        if all.says(at, &["ON"]) || all.says(at, &["TEXTIMAGE_ON"]) {
            return at + 2;
        }
        if all.says(at, &["WITHOUT", "ROWID"])
            || all.says(at, &["STORED", "AS"])
            || all.says(at, &["ORDER", "BY"])
            || all.says(at, &["SORTED", "BY"])
            || all.says(at, &["DISTRIBUTED", "BY"])
            || all.says(at, &["PRIMARY", "KEY"])
        {
            let name = all.range(at, at + 2).to_sql().to_ascii_uppercase();
            return self.named_value(all, &name, at + 2);
        }
        if all.says(at, &["CHARACTER", "SET"]) {
            return self.named_value(
                all,
                "CHARSET",
                at + 2 + usize::from(all.source(at + 2) == "="),
            );
        }
        if all.says(at, &["ROW", "FORMAT"]) {
            let ends = [
                "STORED",
                "LOCATION",
                "TBLPROPERTIES",
                "AS",
                "PARTITIONED",
                "CLUSTERED",
            ];
            let end = (at..all.len()).find(|i| all.says_any(*i, &ends));
            let end = end.unwrap_or(all.len());
            self.add_property("ROW FORMAT", all.range(at + 2, end).to_sql());
            return end;
        }
        let name = all.source(at).to_owned();
        let value = at + 1 + usize::from(all.source(at + 1) == "=");
        let takes_value = value > at + 1
            || all.says_any(
                at,
                &[
                    "USING",
                    "LOCATION",
                    "TABLESPACE",
                    "ENGINE",
                    "COLLATE",
                    "DISTKEY",
                    "SORTKEY",
                    "DISTSTYLE",
                ],
            );
        if takes_value {
            self.named_value(all, &name, value)
        } else {
            self.add_property(&name.to_ascii_uppercase(), String::new());
            at + 1
        }
    }

    fn named_value(&mut self, all: Clause<'a>, name: &str, at: usize) -> usize {
        if name == "WITHOUT ROWID" {
            self.add_property(name, String::new());
            return at;
        }
        if let Some((inside, next)) = all.brackets(at) {
            self.add_property(name, inside.to_sql());
            return next;
        }
        if let Some(value) = all.value(at) {
            self.set(name, value);
        }
        match all.brackets(at + 1) {
            // `ENGINE = MergeTree()`
            Some((_, next)) => next,
            None => at + 1,
        }
    }

    fn option(&mut self, option: Clause<'_>) {
        let end = option.find(&["="]).unwrap_or(option.len());
        let name = match end {
            1 => option.value(0).unwrap_or_default(),
            _ => option.range(0, end).to_sql(),
        };
        let value = option.from(end + 1);
        let value = match value.len() {
            1 => value.value(0).unwrap_or_else(|| value.to_sql()),
            _ => value.to_sql(),
        };
        if !name.is_empty() {
            self.set(&name, value);
        }
    }

    /// Keeps name and value; a time to live, a number of buckets and a description are understood.
    fn set(&mut self, name: &str, value: String) {
        let key = name.to_ascii_lowercase();
        match key.as_str() {
            // Where the counter stands, not what the table is.
            "auto_increment" => return,
            "comment" | "description" => {
                self.comment = Some(value);
                return;
            }
            "buckets" | "bucket_count" | "num_buckets" => {
                self.physical.buckets = value.parse().ok()
            }
            _ => {}
        }
        if let Some(seconds) = ttl_secs(&key, &value) {
            self.physical.ttl_secs = Some(seconds);
        }
        self.add_property(name, value);
    }

    /// `TTL event_time + INTERVAL 90 DAY`
    fn ttl_expression(&mut self, all: Clause<'a>, start: usize) -> usize {
        for at in start..all.len() {
            if all.says(at, &["INTERVAL"]) {
                let number = all.value(at + 1).unwrap_or_default();
                let text = format!("{number} {}", all.source(at + 2));
                self.physical.ttl_secs = duration_secs(&text, 1);
                self.add_property("TTL", all.range(start, at + 3).to_sql());
                return at + 3;
            }
        }
        start
    }

    fn add_property(&mut self, name: &str, value: String) {
        self.physical.properties.push((name.to_owned(), value));
    }
}

/// `AS SELECT`, or a SELECT alone as MySQL allows.
fn query_at(all: Clause<'_>, at: usize) -> Option<Clause<'_>> {
    let start = if all.says(at, &["AS"]) { at + 1 } else { at };
    let opens = (start..all.len()).find(|i| all.source(*i) != "(")?;
    let is_query = all.says(opens, &["SELECT"])
        || (start > at && all.says_any(opens, &["WITH", "FROM", "VALUES", "TABLE"]));
    if !is_query || (opens > start && start == at) {
        return None;
    }
    Some(without_query_options(all.from(start)))
}

/// Cuts `WITH NO DATA`, `WITH CHECK OPTION` and their like off the end of a query.
pub(super) fn without_query_options(query: Clause<'_>) -> Clause<'_> {
    let behind = query.len().saturating_sub(5);
    let cut = (behind..query.len()).find(|at| {
        query.says(*at, &["WITH"])
            && query.says_any(
                *at + 1,
                &["NO", "DATA", "CHECK", "LOCAL", "CASCADED", "READ"],
            )
    });
    query.range(0, cut.unwrap_or(query.len()))
}

/// The items of `(a, b)`, or of `a, f(b)` without brackets, and the place behind them.
fn bare_list(all: Clause<'_>, at: usize) -> (Vec<Clause<'_>>, usize) {
    if let Some((inside, next)) = all.brackets(at) {
        let items = inside
            .list()
            .into_iter()
            .filter(|i| !i.is_empty())
            .collect();
        return (items, next);
    }
    let mut items = Vec::new();
    let mut start = at;
    loop {
        let Some((_, mut next)) = all.path(start) else {
            return (items, start);
        };
        if let Some((_, behind)) = all.brackets(next) {
            next = behind;
        }
        items.push(all.range(start, next));
        if all.source(next) != "," {
            return (items, next);
        }
        start = next + 1;
    }
}

/// Seconds a row lives, if the option says so.
fn ttl_secs(name: &str, value: &str) -> Option<u64> {
    let unit = match name {
        "partition_expiration_days" | "retention_days" | "ttl_days" => 86_400,
        "ttl_hours" => 3600,
        "default_time_to_live" | "ttl" | "ttl_seconds" | "ttl_secs" | "retention" => 1,
        _ => return None,
    };
    duration_secs(value, unit)
}

/// `7776000`, `90 days` or `12h`, in seconds; a bare number counts units of that many seconds.
fn duration_secs(text: &str, unit: u64) -> Option<u64> {
    let text = text.trim().trim_matches('\'').trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: u64 = text.get(..digits)?.parse().ok()?;
    let word = text.get(digits..)?.trim().to_ascii_lowercase();
    let unit = match word.trim_end_matches('s') {
        "" if word.is_empty() => unit,
        "" | "ec" | "second" => 1,
        "m" | "min" | "minute" => 60,
        "h" | "hour" => 3600,
        "d" | "day" => 86_400,
        "w" | "week" => 604_800,
        "month" => 2_592_000,
        "y" | "year" => 31_536_000,
        _ => return None,
    };
    number.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<u64>) {
        assert_eq!(duration_secs(text, 1), expected);
    }

    #[test]
    fn durations_are_read_in_seconds() {
        check("7776000", Some(7_776_000));
        check("'90 days'", Some(7_776_000));
        check("12h", Some(43_200));
        check("30 s", Some(30));
    }

    #[test]
    fn a_duration_without_a_number_or_beyond_all_time_is_none() {
        check("soon", None);
        check("", None);
        check("5 parsecs", None);
        check("99999999999999999999", None);
        check("18446744073709551615 years", None);
    }
}
