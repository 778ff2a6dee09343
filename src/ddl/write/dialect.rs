//! What the SQL dialects call things. Meaning lives elsewhere: here are only names.

use crate::ddl::names;
use crate::model::{DataType, TypeKind};

use super::words;

/// The words of one dialect.
pub(super) struct Dialect {
    pub id: Id,
    /// The name of the engine, for readers.
    pub engine: &'static str,
    pub quote: char,
    pub backslash_escapes: bool,
    /// Words that are no plain names, in lower case, separated by spaces.
    pub reserved: &'static str,
    types: TypeNames,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Id {
    DuckDb,
    Postgres,
    MySql,
    Sqlite,
    Spark,
}

struct TypeNames {
    boolean: &'static str,
    /// Of 8, 16, 32, 64 and 128 bits.
    integers: [&'static str; 5],
    float: &'static str,
    double: &'static str,
    decimal: &'static str,
    text: &'static str,
    /// With `(n)` behind it. `None`: lengths mean nothing.
    sized_text: Option<&'static str>,
    binary: &'static str,
    date: &'static str,
    time: &'static str,
    timestamp: &'static str,
    timestamp_with_zone: &'static str,
    interval: &'static str,
    uuid: &'static str,
    json: &'static str,
    most_digits: u8,
}

pub(super) static DUCKDB: Dialect = Dialect {
    id: Id::DuckDb,
    engine: "DuckDB",
    quote: '"',
    backslash_escapes: false,
    reserved: words::DUCKDB_NAMES,
    types: TypeNames {
        boolean: "BOOLEAN",
        integers: ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"],
        float: "FLOAT",
        double: "DOUBLE",
        decimal: "DECIMAL",
        text: "VARCHAR",
        sized_text: None,
        binary: "BLOB",
        date: "DATE",
        time: "TIME",
        timestamp: "TIMESTAMP",
        timestamp_with_zone: "TIMESTAMPTZ",
        interval: "INTERVAL",
        uuid: "UUID",
        json: "JSON",
        most_digits: 38,
    },
};

pub(super) static POSTGRES: Dialect = Dialect {
    id: Id::Postgres,
    engine: "PostgreSQL",
    quote: '"',
    backslash_escapes: false,
    reserved: words::COMMON_NAMES,
    types: TypeNames {
        boolean: "BOOLEAN",
        integers: ["SMALLINT", "SMALLINT", "INTEGER", "BIGINT", "NUMERIC(39)"],
        float: "REAL",
        double: "DOUBLE PRECISION",
        decimal: "NUMERIC",
        text: "TEXT",
        sized_text: Some("VARCHAR"),
        binary: "BYTEA",
        date: "DATE",
        time: "TIME",
        timestamp: "TIMESTAMP",
        timestamp_with_zone: "TIMESTAMPTZ",
        interval: "INTERVAL",
        uuid: "UUID",
        json: "JSONB",
        most_digits: 255,
    },
};

pub(super) static MYSQL: Dialect = Dialect {
    id: Id::MySql,
    engine: "MySQL",
    quote: '`',
    backslash_escapes: true,
    reserved: words::COMMON_NAMES,
    types: TypeNames {
        boolean: "BOOLEAN",
        integers: ["TINYINT", "SMALLINT", "INT", "BIGINT", "DECIMAL(39, 0)"],
        float: "FLOAT",
        double: "DOUBLE",
        decimal: "DECIMAL",
        text: "TEXT",
        sized_text: Some("VARCHAR"),
        binary: "LONGBLOB",
        date: "DATE",
        time: "TIME",
        timestamp: "DATETIME",
        timestamp_with_zone: "TIMESTAMP",
        interval: "VARCHAR(64)",
        uuid: "CHAR(36)",
        json: "JSON",
        most_digits: 65,
    },
};

pub(super) static SQLITE: Dialect = Dialect {
    id: Id::Sqlite,
    engine: "SQLite",
    quote: '"',
    backslash_escapes: false,
    reserved: words::COMMON_NAMES,
    types: TypeNames {
        boolean: "BOOLEAN",
        integers: ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "NUMERIC"],
        float: "FLOAT",
        double: "DOUBLE",
        decimal: "DECIMAL",
        text: "TEXT",
        sized_text: Some("VARCHAR"),
        binary: "BLOB",
        date: "DATE",
        time: "TIME",
        timestamp: "TIMESTAMP",
        timestamp_with_zone: "TIMESTAMPTZ",
        interval: "TEXT",
        uuid: "CHAR(36)",
        json: "JSON",
        most_digits: 255,
    },
};

pub(super) static SPARK: Dialect = Dialect {
    id: Id::Spark,
    engine: "Spark",
    quote: '`',
    backslash_escapes: true,
    reserved: words::COMMON_NAMES,
    types: TypeNames {
        boolean: "BOOLEAN",
        integers: ["TINYINT", "SMALLINT", "INT", "BIGINT", "DECIMAL(38, 0)"],
        float: "FLOAT",
        double: "DOUBLE",
        decimal: "DECIMAL",
        text: "STRING",
        sized_text: Some("VARCHAR"),
        binary: "BINARY",
        date: "DATE",
        time: "STRING",
        timestamp: "TIMESTAMP_NTZ",
        timestamp_with_zone: "TIMESTAMP",
        interval: "STRING",
        uuid: "STRING",
        json: "STRING",
        most_digits: 38,
    },
};

impl Dialect {
    pub fn name(&self, name: &str) -> String {
        names::quoted(name, self.quote, self.reserved)
    }

    pub fn names(&self, names: &[String]) -> String {
        let quoted: Vec<String> = names.iter().map(|n| self.name(n)).collect();
        quoted.join(", ")
    }

    pub fn text(&self, value: &str) -> String {
        if self.backslash_escapes {
            names::escaped_text(value)
        } else {
            names::text(value)
        }
    }

    /// The type this dialect keeps such values in.
    pub fn type_name(&self, data_type: &DataType) -> String {
        self.kind_name(&data_type.kind)
    }

    pub fn kind_name(&self, kind: &TypeKind) -> String {
        let types = &self.types;
        match kind {
            TypeKind::Boolean => types.boolean.to_owned(),
            TypeKind::Integer { bits, unsigned } => self.integer(*bits, *unsigned),
            TypeKind::Float { bits } if *bits <= 32 => types.float.to_owned(),
            TypeKind::Float { .. } => types.double.to_owned(),
            TypeKind::Decimal { precision, scale } => self.decimal(*precision, *scale),
            TypeKind::Text {
                length: Some(length),
            } => match types.sized_text {
                Some(name) => format!("{name}({length})"),
                None => types.text.to_owned(),
            },
            TypeKind::Text { length: None } | TypeKind::Other => types.text.to_owned(),
            TypeKind::Binary => types.binary.to_owned(),
            TypeKind::Date => types.date.to_owned(),
            TypeKind::Time => types.time.to_owned(),
            TypeKind::Timestamp { with_zone: true } => types.timestamp_with_zone.to_owned(),
            TypeKind::Timestamp { with_zone: false } => types.timestamp.to_owned(),
            TypeKind::Interval => types.interval.to_owned(),
            TypeKind::Uuid => types.uuid.to_owned(),
            TypeKind::Json => types.json.to_owned(),
            TypeKind::Vector { dimensions } => self.vector(*dimensions),
            TypeKind::Array(inner) => self.array(inner),
            TypeKind::Enum(values) => self.enumeration(values),
        }
    }

    fn integer(&self, bits: u8, unsigned: bool) -> String {
        let step = match bits {
            ..=8 => 0,
            9..=16 => 1,
            17..=32 => 2,
            33..=64 => 3,
            _ => 4,
        };
        let name = |step: usize| {
            self.types
                .integers
                .get(step)
                .copied()
                .unwrap_or(self.types.text)
        };
        match self.id {
            _ if !unsigned => name(step).to_owned(),
            Id::DuckDb => format!("U{}", name(step)),
            Id::MySql if step < 4 => format!("{} UNSIGNED", name(step)),
            // Without unsigned types the next larger one holds all values.
            _ => name((step + 1).min(4)).to_owned(),
        }
    }

    fn decimal(&self, precision: Option<u8>, scale: Option<u8>) -> String {
        let name = self.types.decimal;
        let Some(precision) = precision else {
            return match self.id {
                // What DuckDB takes anyway, said openly.
                Id::DuckDb => format!("{name}(18, 3)"),
                Id::MySql | Id::Spark => format!("{name}(38, 10)"),
                _ => name.to_owned(),
            };
        };
        let precision = precision.clamp(1, self.types.most_digits);
        match scale {
            Some(scale) => format!("{name}({precision}, {})", scale.min(precision)),
            None => format!("{name}({precision})"),
        }
    }

    fn vector(&self, dimensions: Option<u32>) -> String {
        let size = dimensions
            .filter(|d| *d > 0)
            .map(|d| d.to_string())
            .unwrap_or_default();
        match self.id {
            Id::DuckDb => format!("FLOAT[{size}]"),
            Id::Postgres => format!("REAL[{size}]"),
            Id::MySql if size.is_empty() => "VECTOR".to_owned(),
            Id::MySql => format!("VECTOR({size})"),
            Id::Sqlite => "BLOB".to_owned(),
            Id::Spark => "ARRAY<FLOAT>".to_owned(),
        }
    }

    fn array(&self, inner: &TypeKind) -> String {
        match self.id {
            Id::DuckDb | Id::Postgres => format!("{}[]", self.kind_name(inner)),
            Id::Spark => format!("ARRAY<{}>", self.kind_name(inner)),
            Id::MySql | Id::Sqlite => self.types.json.to_owned(),
        }
    }

    fn enumeration(&self, values: &[String]) -> String {
        match self.id {
            Id::DuckDb | Id::MySql if !values.is_empty() => {
                let values: Vec<String> = values.iter().map(|v| self.text(v)).collect();
                format!("ENUM({})", values.join(", "))
            }
            _ => self.types.text.to_owned(),
        }
    }
}
