//! What a column may hold.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A column type: the words of the document and what they mean.
///
/// Two types are alike when their [`TypeKind`] is, whatever dialect named them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataType {
    /// As written, in capitals: `STRING`, `VECTOR(256)`, `NUMERIC(10, 2)`.
    pub documented: String,
    pub kind: TypeKind,
}

impl Default for DataType {
    fn default() -> Self {
        Self {
            documented: String::new(),
            kind: TypeKind::Other,
        }
    }
}

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.documented)
    }
}

/// The meaning of a type, free of dialect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TypeKind {
    Boolean,
    /// Whole numbers of 8, 16, 32, 64 or 128 bits.
    Integer {
        bits: u8,
        unsigned: bool,
    },
    /// Exact numbers. `None`: the engine's default precision.
    Decimal {
        precision: Option<u8>,
        scale: Option<u8>,
    },
    /// Binary floating point of 32 or 64 bits.
    Float {
        bits: u8,
    },
    /// Text. `None`: no limit on its length, in characters.
    Text {
        length: Option<u32>,
    },
    Binary,
    Date,
    Time,
    Timestamp {
        with_zone: bool,
    },
    Interval,
    Uuid,
    Json,
    /// An embedding of that many dimensions.
    Vector {
        dimensions: Option<u32>,
    },
    Array(Box<TypeKind>),
    /// The values of an ENUM, in order.
    Enum(Vec<String>),
    /// Anything else: kept by name only.
    Other,
}
