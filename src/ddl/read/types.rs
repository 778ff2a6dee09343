//! Type names of any dialect → what they mean.

use sqlparser::ast::{
    ArrayElemTypeDef, CharacterLength, DataType as Ast, EnumMember, ExactNumberInfo, TimezoneInfo,
};

use crate::model::{DataType, TypeKind};

/// The type as written, in capitals, and its meaning.
pub(super) fn data_type(ast: &Ast) -> DataType {
    let written = capitals(&ast.to_string());
    let documented = written.strip_prefix("PUBLIC.").unwrap_or(&written);
    DataType {
        documented: documented.to_owned(),
        kind: kind(ast),
    }
}

/// Capitals outside quotes, one space behind commas.
fn capitals(text: &str) -> String {
    let mut quoted = false;
    let mut written = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        quoted ^= c == '\'';
        match c {
            '"' | '`' if !quoted => {}
            ',' if !quoted => {
                written.push(',');
                if chars.peek().is_some_and(|next| *next != ' ') {
                    written.push(' ');
                }
            }
            _ if quoted => written.push(c),
            _ => written.extend(c.to_uppercase()),
        }
    }
    written
}

pub(in crate::ddl) fn kind(ast: &Ast) -> TypeKind {
    number(ast)
        .or_else(|| text_or_binary(ast))
        .or_else(|| moment(ast))
        .unwrap_or_else(|| other(ast))
}

fn integer(bits: u8) -> TypeKind {
    TypeKind::Integer {
        bits,
        unsigned: false,
    }
}

fn unsigned(bits: u8) -> TypeKind {
    TypeKind::Integer {
        bits,
        unsigned: true,
    }
}

fn number(ast: &Ast) -> Option<TypeKind> {
    Some(match ast {
        // MySQL has no other boolean.
        Ast::TinyInt(Some(1)) | Ast::Bool | Ast::Boolean | Ast::Bit(None | Some(1)) => {
            TypeKind::Boolean
        }
        Ast::TinyInt(_) => integer(8),
        Ast::SmallInt(_) | Ast::Int2(_) | Ast::Int16 => integer(16),
        Ast::Int(_)
        | Ast::Integer(_)
        | Ast::Int4(_)
        | Ast::MediumInt(_)
        | Ast::Int32
        | Ast::Signed
        | Ast::SignedInteger => integer(32),
        Ast::BigInt(_) | Ast::Int8(_) | Ast::Int64 => integer(64),
        Ast::Int128 | Ast::Int256 | Ast::HugeInt => integer(128),
        Ast::TinyIntUnsigned(_) | Ast::UTinyInt | Ast::UInt8 => unsigned(8),
        Ast::SmallIntUnsigned(_) | Ast::USmallInt | Ast::Int2Unsigned(_) | Ast::UInt16 => {
            unsigned(16)
        }
        Ast::IntUnsigned(_)
        | Ast::IntegerUnsigned(_)
        | Ast::Int4Unsigned(_)
        | Ast::MediumIntUnsigned(_)
        | Ast::UInt32
        | Ast::Unsigned
        | Ast::UnsignedInteger => unsigned(32),
        Ast::BigIntUnsigned(_) | Ast::UBigInt | Ast::Int8Unsigned(_) | Ast::UInt64 => unsigned(64),
        Ast::UInt128 | Ast::UInt256 | Ast::UHugeInt => unsigned(128),
        Ast::Numeric(size)
        | Ast::Decimal(size)
        | Ast::Dec(size)
        | Ast::DecimalUnsigned(size)
        | Ast::DecUnsigned(size)
        | Ast::BigNumeric(size)
        | Ast::BigDecimal(size) => decimal(*size),
        Ast::Float(size) | Ast::FloatUnsigned(size) => match size {
            ExactNumberInfo::Precision(bits) if *bits > 24 => TypeKind::Float { bits: 64 },
            _ => TypeKind::Float { bits: 32 },
        },
        Ast::Float4 | Ast::Float32 | Ast::Real | Ast::RealUnsigned => TypeKind::Float { bits: 32 },
        Ast::Float8
        | Ast::Float64
        | Ast::Double(_)
        | Ast::DoublePrecision
        | Ast::DoubleUnsigned(_)
        | Ast::DoublePrecisionUnsigned => TypeKind::Float { bits: 64 },
        _ => return None,
    })
}

fn decimal(size: ExactNumberInfo) -> TypeKind {
    let small = |n: u64| u8::try_from(n).ok();
    match size {
        ExactNumberInfo::None => TypeKind::Decimal {
            precision: None,
            scale: None,
        },
        ExactNumberInfo::Precision(p) => TypeKind::Decimal {
            precision: small(p),
            scale: None,
        },
        ExactNumberInfo::PrecisionAndScale(p, s) => TypeKind::Decimal {
            precision: small(p),
            scale: u8::try_from(s).ok(),
        },
    }
}

fn text_or_binary(ast: &Ast) -> Option<TypeKind> {
    let text = |length: Option<u64>| TypeKind::Text {
        length: length.and_then(|n| u32::try_from(n).ok()),
    };
    Some(match ast {
        Ast::Character(n) | Ast::Char(n) => text(Some(characters(*n).unwrap_or(1))),
        Ast::CharacterVarying(n) | Ast::CharVarying(n) | Ast::Varchar(n) | Ast::Nvarchar(n) => {
            text(characters(*n))
        }
        Ast::Text
        | Ast::TinyText
        | Ast::MediumText
        | Ast::LongText
        | Ast::String(None)
        | Ast::Clob(_)
        | Ast::CharacterLargeObject(_)
        | Ast::CharLargeObject(_) => text(None),
        Ast::String(n) => text(*n),
        Ast::FixedString(n) => text(Some(*n)),
        Ast::Binary(_)
        | Ast::Varbinary(_)
        | Ast::Blob(_)
        | Ast::TinyBlob
        | Ast::MediumBlob
        | Ast::LongBlob
        | Ast::Bytes(_)
        | Ast::Bytea => TypeKind::Binary,
        Ast::JSON | Ast::JSONB => TypeKind::Json,
        Ast::Uuid => TypeKind::Uuid,
        _ => return None,
    })
}

fn characters(length: Option<CharacterLength>) -> Option<u64> {
    match length? {
        CharacterLength::IntegerLength { length, .. } => Some(length),
        CharacterLength::Max => None,
    }
}

fn moment(ast: &Ast) -> Option<TypeKind> {
    let with_zone =
        |zone: &TimezoneInfo| matches!(zone, TimezoneInfo::WithTimeZone | TimezoneInfo::Tz);
    Some(match ast {
        Ast::Date | Ast::Date32 => TypeKind::Date,
        Ast::Time(..) => TypeKind::Time,
        Ast::Timestamp(_, zone) => TypeKind::Timestamp {
            with_zone: with_zone(zone),
        },
        Ast::TimestampNtz(_) | Ast::Datetime(_) | Ast::Datetime64(..) => {
            TypeKind::Timestamp { with_zone: false }
        }
        Ast::Interval { .. } => TypeKind::Interval,
        _ => return None,
    })
}

fn other(ast: &Ast) -> TypeKind {
    match ast {
        Ast::Enum(members, _) => TypeKind::Enum(members.iter().map(member).collect()),
        Ast::Array(element) => array(element),
        Ast::Nullable(inner) | Ast::LowCardinality(inner) => kind(inner),
        Ast::Custom(name, arguments) => {
            let name = name.0.last().map(ToString::to_string).unwrap_or_default();
            named(name.trim_matches(['"', '`']), arguments)
        }
        _ => TypeKind::Other,
    }
}

fn member(member: &EnumMember) -> String {
    match member {
        EnumMember::Name(name) | EnumMember::NamedValue(name, _) => name.clone(),
    }
}

/// A fixed number of 32-bit floats is an embedding.
fn array(element: &ArrayElemTypeDef) -> TypeKind {
    match element {
        ArrayElemTypeDef::None => TypeKind::Array(Box::new(TypeKind::Other)),
        ArrayElemTypeDef::AngleBracket(inner) | ArrayElemTypeDef::Parenthesis(inner) => {
            TypeKind::Array(Box::new(kind(inner)))
        }
        ArrayElemTypeDef::SquareBracket(inner, size) | ArrayElemTypeDef::Qualified(inner, size) => {
            match (kind(inner), size) {
                (TypeKind::Float { bits: 32 }, Some(size)) => TypeKind::Vector {
                    dimensions: u32::try_from(*size).ok(),
                },
                (inner, _) => TypeKind::Array(Box::new(inner)),
            }
        }
    }
}

/// Types sqlparser keeps by name only.
fn named(name: &str, arguments: &[String]) -> TypeKind {
    let argument = |at: usize| {
        arguments
            .get(at)
            .and_then(|a| a.split_whitespace().next()?.parse::<u32>().ok())
    };
    let small = |at: usize| argument(at).and_then(|n| u8::try_from(n).ok());
    match name.to_ascii_uppercase().as_str() {
        "SERIAL" | "SERIAL4" | "ROWID" => integer(32),
        "BIGSERIAL" | "SERIAL8" | "LONG" | "COUNTER" => integer(64),
        "SMALLSERIAL" | "SERIAL2" | "SHORT" | "YEAR" => integer(16),
        "BYTE" => integer(8),
        "BYTEINT" => integer(8),
        "NUMBER" => match (small(0), small(1)) {
            (Some(precision), None | Some(0)) if precision <= 18 => {
                integer(if precision <= 9 { 32 } else { 64 })
            }
            (precision, scale) => TypeKind::Decimal { precision, scale },
        },
        "MONEY" | "SMALLMONEY" => TypeKind::Decimal {
            precision: Some(19),
            scale: Some(4),
        },
        "UTINYINT" => unsigned(8),
        "USMALLINT" => unsigned(16),
        "UINTEGER" => unsigned(32),
        "UBIGINT" => unsigned(64),
        "UHUGEINT" => unsigned(128),
        "HUGEINT" => integer(128),
        "BINARY_FLOAT" => TypeKind::Float { bits: 32 },
        "BINARY_DOUBLE" | "FLOAT64" => TypeKind::Float { bits: 64 },
        "VARCHAR2" | "NVARCHAR2" | "NCHAR" | "BPCHAR" => TypeKind::Text {
            length: argument(0),
        },
        "CITEXT" | "NTEXT" | "NCLOB" | "XML" | "NAME" | "ASCII" | "INET" | "SYSNAME" => {
            TypeKind::Text { length: None }
        }
        "IMAGE" | "RAW" | "ROWVERSION" => TypeKind::Binary,
        "TIMESTAMPTZ" | "TIMESTAMP_TZ" | "TIMESTAMP_LTZ" | "DATETIMEOFFSET" => {
            TypeKind::Timestamp { with_zone: true }
        }
        "DATETIME2" | "SMALLDATETIME" | "TIMESTAMP_NTZ" | "TIMESTAMP_S" | "TIMESTAMP_MS"
        | "TIMESTAMP_NS" => TypeKind::Timestamp { with_zone: false },
        "TIMETZ" => TypeKind::Time,
        "UNIQUEIDENTIFIER" | "GUID" | "TIMEUUID" => TypeKind::Uuid,
        "VARIANT" | "OBJECT" => TypeKind::Json,
        "VECTOR" | "HALFVEC" => TypeKind::Vector {
            dimensions: arguments
                .iter()
                .enumerate()
                .find_map(|(at, _)| argument(at)),
        },
        _ => TypeKind::Other,
    }
}

/// Whether the type makes the engine count.
pub(super) fn counts(ast: &Ast) -> bool {
    matches!(ast, Ast::Custom(name, _) if matches!(
        name.to_string().to_ascii_uppercase().as_str(),
        "SERIAL" | "BIGSERIAL" | "SMALLSERIAL" | "SERIAL2" | "SERIAL4" | "SERIAL8"
    ))
}
