//! What DuckDB did for a statement: the operators, what each read and made, and how long it took.

use serde::{Deserialize, Serialize};

use super::{EngineError, Session};

/// The plan of a statement that was run, from the last operator to the scans.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub root: PlanNode,
    /// Bytes read from files. 0 where DuckDB had all of it in memory.
    pub bytes_read: u64,
}

/// One operator.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanNode {
    /// As DuckDB calls it: `HASH_JOIN`, `TABLE_SCAN`.
    pub kind: String,
    /// Time in this operator alone, added up over threads, in milliseconds.
    pub time_ms: f64,
    /// Rows it handed on.
    pub rows: u64,
    /// Rows the optimizer expected; `None` where it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimated: Option<u64>,
    /// Scans: rows that were looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_scanned: Option<u64>,
    /// Scans: row groups that were read, and all there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_groups: Option<(u64, u64)>,
    /// Scans of files: files that were read, and all there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<(u64, u64)>,
    /// What DuckDB says of it, by name: `Conditions`, `Filters`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<PlanNode>,
}

impl PlanNode {
    /// This operator and all below it, from the top, each before its children.
    pub fn all(&self) -> Vec<&PlanNode> {
        let mut all = vec![self];
        for child in &self.children {
            all.extend(child.all());
        }
        all
    }

    /// Milliseconds in this operator and all below it.
    pub fn total_ms(&self) -> f64 {
        self.all().iter().map(|n| n.time_ms).sum()
    }

    /// The value of a fact.
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.facts
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// The table a scan reads, without its database and schema.
    pub fn table(&self) -> Option<&str> {
        let name = self.fact("Table")?;
        Some(name.rsplit_once('.').map_or(name, |(_, table)| table))
    }

    /// Columns a scan hands on.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let columns = self.fact("Projections").unwrap_or_default();
        columns.split(", ").filter(|c| !c.is_empty())
    }

    /// `Hash join`, `Table scan`.
    pub fn title(&self) -> String {
        let words = self.kind.to_lowercase().replace('_', " ");
        let mut letters = words.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())
            .unwrap_or_default()
    }

    /// Whether the optimizer was off by the factor or more, in either direction.
    pub fn is_misjudged(&self, factor: f64) -> bool {
        let Some(estimated) = self.estimated else {
            return false;
        };
        let (a, b) = (estimated.max(1) as f64, self.rows.max(1) as f64);
        (a / b).max(b / a) >= factor
    }
}

impl Plan {
    /// Rows all scans looked at.
    pub fn rows_scanned(&self) -> u64 {
        self.root.all().iter().filter_map(|n| n.rows_scanned).sum()
    }

    /// Row groups all scans read, and all they could have read.
    pub fn row_groups(&self) -> (u64, u64) {
        let all = self.root.all();
        let pairs = all.iter().filter_map(|n| n.row_groups);
        pairs.fold((0, 0), |(a, b), (read, total)| (a + read, b + total))
    }

    /// Files all scans read, and all they could have read; `None` without files.
    pub fn files(&self) -> Option<(u64, u64)> {
        let all = self.root.all();
        all.iter()
            .filter_map(|n| n.files)
            .reduce(|(a, b), (read, total)| (a + read, b + total))
    }
}

impl Session {
    /// Runs a statement and says what DuckDB did for it.
    ///
    /// `None` where DuckDB tells nothing: DuckDB 2.0 has no plan for a count it answers from what
    /// it knows of a table.
    pub fn plan(&self, sql: &str) -> Result<Option<Plan>, EngineError> {
        let told = self.rows(&format!("EXPLAIN (ANALYZE, FORMAT JSON) {sql}"))?;
        let batch = told
            .iter()
            .find(|b| b.num_rows() > 0 && b.num_columns() > 1)
            .ok_or_else(|| EngineError::new("DuckDB gives no plan"))?;
        let text = arrow::util::display::array_value_to_string(batch.column(1), 0)?;
        Ok(parse(&text))
    }
}

/// Operators around the statement's own.
const WRAPPERS: [&str; 3] = ["RESULT_COLLECTOR", "EXPLAIN_ANALYZE", "EXECUTE"];
/// Facts that stand in fields of their own, or say what others say.
const TOLD: [&str; 5] = [
    "Estimated Cardinality",
    "Scanning Files",
    "Total Files Read",
    "Filename(s)",
    "Type",
];

/// Reads DuckDB's JSON. `None` when it has another shape.
fn parse(text: &str) -> Option<Plan> {
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    let mut top = json.get("operator")?.as_array()?.first()?;
    while WRAPPERS.contains(&top.get("type")?.as_str()?) {
        match top.get("children").and_then(|c| c.as_array()?.first()) {
            Some(inner) => top = inner,
            None => break,
        }
    }
    Some(Plan {
        root: node(top)?,
        bytes_read: json
            .pointer("/io/total_bytes_read")
            .and_then(serde_json::Value::as_u64)
            .unwrap_or(0),
    })
}

fn node(json: &serde_json::Value) -> Option<PlanNode> {
    let number = |key: &str| json.get(key).and_then(serde_json::Value::as_u64);
    let extra = json.get("extra_info").and_then(|e| e.as_object());
    let fact = |name: &str| extra.and_then(|e| e.get(name)).map(words);
    let children = json.get("children").and_then(|c| c.as_array());
    Some(PlanNode {
        kind: json.get("type")?.as_str()?.trim().to_owned(),
        time_ms: json.get("timing").and_then(|t| t.as_f64()).unwrap_or(0.0) * 1e3,
        rows: number("intermediate_rows").unwrap_or(0),
        estimated: fact("Estimated Cardinality").and_then(|n| n.parse().ok()),
        rows_scanned: number("rows_scanned"),
        row_groups: number("row_groups_scanned").zip(number("total_row_groups_to_scan")),
        files: fact("Scanning Files").and_then(|text| {
            let (read, all) = text.split_once('/')?;
            Some((read.trim().parse().ok()?, all.trim().parse().ok()?))
        }),
        facts: extra
            .into_iter()
            .flatten()
            .filter(|(name, _)| !TOLD.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), words(value)))
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        children: children.into_iter().flatten().filter_map(node).collect(),
    })
}

/// A text, or a list of texts with commas.
fn words(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(parts) => parts.iter().map(words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Settings;

    #[test]
    fn a_plan_names_its_scans_and_what_they_read() {
        let session = Session::in_memory(&Settings::default()).expect("DuckDB starts");
        session
            .execute("CREATE TABLE t AS SELECT i, i % 10 AS k FROM range(500000) r(i)")
            .expect("a table");
        let plan = session
            .plan("SELECT k, count(*) FROM t WHERE i < 1000 GROUP BY k")
            .expect("it runs")
            .expect("a plan");
        let scan = plan.root.all().into_iter().find(|n| n.table().is_some());
        let scan = scan.expect("a scan");
        assert_eq!(scan.table(), Some("t"));
        assert_eq!(scan.rows, 1_000);
        // One of five row groups has numbers below a thousand.
        assert_eq!(plan.row_groups(), (1, 5));
        assert_eq!(plan.files(), None);
        assert!(plan.root.total_ms() > 0.0);
    }

    #[test]
    fn what_is_no_plan_is_refused() {
        assert_eq!(parse("{}"), None);
        assert_eq!(parse("nonsense"), None);
        let session = Session::in_memory(&Settings::default()).expect("DuckDB starts");
        assert!(session.plan("SELECT nothing").is_err());
    }

    #[test]
    fn a_count_answered_without_a_scan_has_no_plan() {
        let session = Session::in_memory(&Settings::default()).expect("DuckDB starts");
        session
            .execute("CREATE TABLE t AS SELECT 1 AS a")
            .expect("a table");
        assert_eq!(session.plan("SELECT count(*) FROM t"), Ok(None));
    }

    #[test]
    fn an_estimate_off_by_ten_is_misjudged() {
        let node = |estimated, rows| PlanNode {
            estimated,
            rows,
            ..PlanNode::default()
        };
        assert!(node(Some(1_000), 100).is_misjudged(10.0));
        assert!(node(Some(10), 100).is_misjudged(10.0));
        assert!(!node(Some(99), 10).is_misjudged(10.0));
        assert!(!node(None, 10).is_misjudged(10.0));
    }
}
