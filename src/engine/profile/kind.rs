//! What can be said of a type.

/// Types by what can be said of their values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Whole numbers.
    Integer,
    /// Numbers with a fraction.
    Number,
    Date,
    Timestamp,
    Time,
    Boolean,
    Text,
    /// An ENUM, a UUID, JSON, an interval, bytes: equal or not, and no more.
    Label,
    /// `T[]`: as many elements as it has.
    List,
    Map,
    /// Fixed-size arrays, structs and unions.
    Nested,
}

impl ColumnKind {
    /// The kind of a type in DuckDB's words.
    pub fn of(data_type: &str) -> Self {
        let upper = data_type.trim().to_ascii_uppercase();
        if upper.ends_with("[]") {
            return Self::List;
        }
        if upper.ends_with(']') {
            return Self::Nested;
        }
        let head = upper.split(['(', ' ', '_']).next().unwrap_or_default();
        match head {
            "TINYINT" | "SMALLINT" | "INTEGER" | "BIGINT" | "HUGEINT" | "UTINYINT"
            | "USMALLINT" | "UINTEGER" | "UBIGINT" | "UHUGEINT" => Self::Integer,
            "DECIMAL" | "FLOAT" | "DOUBLE" => Self::Number,
            "DATE" => Self::Date,
            "TIMESTAMP" => Self::Timestamp,
            // A time with a zone has no one place on the clock.
            "TIME" if !upper.contains("ZONE") => Self::Time,
            "BOOLEAN" => Self::Boolean,
            "MAP" => Self::Map,
            "VARCHAR" => Self::Text,
            "STRUCT" | "UNION" | "VARIANT" | "GEOMETRY" => Self::Nested,
            _ => Self::Label,
        }
    }

    pub fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Number)
    }

    /// Whether values stand on a scale of time.
    pub fn is_moment(self) -> bool {
        matches!(self, Self::Date | Self::Timestamp | Self::Time)
    }

    /// Whether a value has a length: characters, elements, entries.
    pub fn has_length(self) -> bool {
        matches!(self, Self::Text | Self::List | Self::Map)
    }

    /// Whether a smallest and a largest value say something.
    pub fn has_order(self) -> bool {
        self.is_number() || self.is_moment() || matches!(self, Self::Boolean | Self::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_kind() {
        for (text, kind) in [
            ("BIGINT", ColumnKind::Integer),
            ("UHUGEINT", ColumnKind::Integer),
            ("DECIMAL(10,2)", ColumnKind::Number),
            ("DATE", ColumnKind::Date),
            ("TIMESTAMP WITH TIME ZONE", ColumnKind::Timestamp),
            ("TIMESTAMP_NS", ColumnKind::Timestamp),
            ("TIME", ColumnKind::Time),
            ("TIME WITH TIME ZONE", ColumnKind::Label),
            ("VARCHAR", ColumnKind::Text),
            ("JSON", ColumnKind::Label),
            ("UUID", ColumnKind::Label),
            ("ENUM('a[]', 'b')", ColumnKind::Label),
            ("VARCHAR[]", ColumnKind::List),
            ("MAP(VARCHAR, BIGINT)", ColumnKind::Map),
            ("FLOAT[256]", ColumnKind::Nested),
            ("STRUCT(x BIGINT, y VARCHAR[])", ColumnKind::Nested),
            ("STRUCT(x BIGINT)[]", ColumnKind::List),
            ("\"NULL\"", ColumnKind::Label),
            ("", ColumnKind::Label),
        ] {
            assert_eq!(ColumnKind::of(text), kind, "{text}");
        }
    }
}
