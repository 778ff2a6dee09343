//! Tables, columns, keys and the physical hints that come with them.

use serde::{Deserialize, Serialize};

use super::{DataType, same_name};

/// A table as documented.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    /// In documented order. A column that only a partition clause names comes last.
    pub columns: Vec<Column>,
    /// `None`: the document declares none. Never invented.
    pub primary_key: Option<Key>,
    /// UNIQUE constraints of one or more columns, also those written behind a column.
    pub uniques: Vec<Key>,
    pub checks: Vec<Check>,
    pub indexes: Vec<Index>,
    pub physical: Physical,
    /// The comment written above or on the table.
    pub note: Option<String>,
    /// The SELECT of a `CREATE TABLE … AS`, as written. Such a table may have no columns here.
    pub query: Option<String>,
}

impl Table {
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|c| same_name(&c.name, name))
    }

    /// Whether the column is one of the parts of the primary key, also inside an expression.
    pub fn is_in_primary_key(&self, column: &str) -> bool {
        self.primary_key.as_ref().is_some_and(|k| k.names(column))
    }

    /// Whether these columns, in any order, are unique by the primary key or a UNIQUE constraint.
    pub fn is_unique(&self, columns: &[String]) -> bool {
        self.primary_key
            .iter()
            .chain(&self.uniques)
            .any(|key| key.is_exactly(columns))
    }
}

/// A column as documented.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub data_type: DataType,
    /// False for NOT NULL and for the plain columns of a primary key.
    pub nullable: bool,
    /// The default as SQL text.
    pub default: Option<String>,
    /// The expression of a generated column, as SQL text.
    pub generated: Option<String>,
    /// An AUTO_INCREMENT, IDENTITY or SERIAL column: the engine counts.
    pub auto_increment: bool,
    /// The comment written behind the column.
    pub note: Option<String>,
}

/// A primary or unique key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Key {
    pub name: Option<String>,
    pub parts: Vec<KeyPart>,
    /// How many leading parts are the partition key of a wide-column store,
    /// as in `PRIMARY KEY ((a, b), c)`. 0: an ordinary key.
    pub partition_parts: usize,
}

/// One part of a key: a column, or an expression over columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum KeyPart {
    Column(String),
    /// SQL text and the columns it names.
    Expression {
        sql: String,
        columns: Vec<String>,
    },
}

impl Key {
    /// A key over plain columns.
    pub fn of<S: Into<String>>(columns: impl IntoIterator<Item = S>) -> Self {
        Self {
            parts: columns
                .into_iter()
                .map(|c| KeyPart::Column(c.into()))
                .collect(),
            ..Self::default()
        }
    }

    /// The column names, or `None` when a part is an expression.
    pub fn columns(&self) -> Option<Vec<String>> {
        self.parts
            .iter()
            .map(|p| match p {
                KeyPart::Column(name) => Some(name.clone()),
                KeyPart::Expression { .. } => None,
            })
            .collect()
    }

    /// Whether any part is or uses the column.
    pub fn names(&self, column: &str) -> bool {
        self.parts.iter().any(|p| match p {
            KeyPart::Column(name) => same_name(name, column),
            KeyPart::Expression { columns, .. } => columns.iter().any(|c| same_name(c, column)),
        })
    }

    /// Whether the key is over these columns and no others, in any order.
    pub fn is_exactly(&self, columns: &[String]) -> bool {
        self.columns().is_some_and(|own| {
            own.len() == columns.len()
                && own.iter().all(|o| columns.iter().any(|c| same_name(o, c)))
        })
    }

    /// The key as one writes it: `(a, COALESCE(b, c))`, `((a, b), c)`.
    pub fn to_sql(&self) -> String {
        let parts: Vec<&str> = self
            .parts
            .iter()
            .map(|p| match p {
                KeyPart::Column(name) => name.as_str(),
                KeyPart::Expression { sql, .. } => sql.as_str(),
            })
            .collect();
        let split = self.partition_parts.min(parts.len());
        if split == 0 {
            return format!("({})", parts.join(", "));
        }
        let mut all = vec![format!("({})", parts[..split].join(", "))];
        all.extend(parts[split..].iter().map(|p| (*p).to_owned()));
        format!("({})", all.join(", "))
    }
}

/// A CHECK constraint: the condition as SQL text and the columns it names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Check {
    pub name: Option<String>,
    pub sql: String,
    pub columns: Vec<String>,
}

/// A secondary index.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Index {
    pub name: Option<String>,
    pub unique: bool,
    pub parts: Vec<IndexPart>,
    /// `gin`, `btree`, …: as written after USING.
    pub method: Option<String>,
    /// The WHERE of a partial index, as SQL text.
    pub filter: Option<String>,
    pub note: Option<String>,
}

/// A column or expression of an index, as SQL text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexPart {
    pub sql: String,
    pub descending: bool,
}

/// How the document lays the table out on disk or over machines.
///
/// DuckDB has no clause for most of it; it is kept, shown, and listed as an adaptation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Physical {
    /// PARTITIONED BY and PARTITION BY.
    pub partition_by: Vec<PartitionKey>,
    /// CLUSTER BY, CLUSTERED BY, Z-ORDER: column names or expressions.
    pub cluster_by: Vec<String>,
    /// The number of buckets, where CLUSTERED BY … INTO n BUCKETS or a document gives one.
    pub buckets: Option<u32>,
    /// CLUSTERING ORDER BY of a wide-column store, as written: `timestamp DESC`.
    pub clustering_order: Vec<String>,
    /// Seconds a row lives, where the document gives a time to live.
    pub ttl_secs: Option<u64>,
    /// Anything else worth keeping, as name and value: `ENGINE` = `InnoDB`.
    pub properties: Vec<(String, String)>,
}

impl Physical {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One key of a partition clause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartitionKey {
    /// A column name or an expression such as `date_trunc('month', time)`.
    pub sql: String,
    /// The type, where the clause itself declares the column (`PARTITIONED BY (dt DATE)`).
    pub declares: Option<DataType>,
}

/// A view: its name and the SELECT as written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct View {
    pub name: String,
    pub sql: String,
    pub materialized: bool,
    /// Tables and views the SELECT reads, as far as they can be told from the text.
    pub reads: Vec<String>,
    pub note: Option<String>,
}
