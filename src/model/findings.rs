//! What a careful reader would say of a schema: the usual faults, found without knowing its purpose.
//!
//! Each [`Finding`] names its place and what to do. None of them is an error: a design may have
//! its reasons.

use std::collections::BTreeMap;

use super::{Column, Schema, Table, TypeKind, same_name};

/// Something to think about, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: FindingKind,
    pub table: String,
    /// The columns it is about; empty: the table as a whole.
    pub columns: Vec<String>,
    /// What is found, as a phrase with names in backticks.
    pub message: String,
    /// What one would do.
    pub advice: &'static str,
}

/// What kind of thing is found, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    NoKey,
    ListColumn,
    NumberedColumns,
    ReferenceType,
    Alone,
    UnindexedReference,
    UndeclaredReference,
    MoneyAsFloat,
    TimeAsText,
    Secret,
    ManyNullable,
    MixedNames,
    RepeatedTable,
}

impl FindingKind {
    /// Whether it breaks answers, or only costs time and care.
    pub fn is_grave(self) -> bool {
        self <= Self::Alone
    }
}

/// All findings of a schema, table by table, the gravest of each first.
pub fn findings(schema: &Schema) -> Vec<Finding> {
    let mut found = Vec::new();
    for table in &schema.tables {
        let mut of_table = Vec::new();
        let mut add = |kind, columns: Vec<String>, message: String, advice| {
            of_table.push(Finding {
                kind,
                table: table.name.clone(),
                columns,
                message,
                advice,
            });
        };
        of_keys(schema, table, &mut add);
        of_columns(table, &mut add);
        of_references(schema, table, &mut add);
        of_names(table, &mut add);
        of_table.sort_by_key(|f| f.kind);
        found.extend(of_table);
    }
    repeated_tables(schema, &mut found);
    found
}

type Add<'a> = dyn FnMut(FindingKind, Vec<String>, String, &'static str) + 'a;

fn of_keys(schema: &Schema, table: &Table, add: &mut Add<'_>) {
    if table.primary_key.is_none() && table.query.is_none() && table.uniques.is_empty() {
        add(
            FindingKind::NoKey,
            Vec::new(),
            format!("`{}` has no key", table.name),
            "Say what makes a row one of its kind: PRIMARY KEY (…). Without it rows can come twice, and nothing can refer to them.",
        );
    }
    let is_alone = schema.tables.len() > 1
        && schema.relations_from(&table.name).next().is_none()
        && schema.relations_to(&table.name).next().is_none()
        && table.query.is_none();
    if is_alone {
        add(
            FindingKind::Alone,
            Vec::new(),
            format!("`{}` hangs together with no other table", table.name),
            "Add the column that says which row of another table it belongs to, with REFERENCES.",
        );
    }
}

fn of_columns(table: &Table, add: &mut Add<'_>) {
    for column in &table.columns {
        let place = format!("`{}.{}`", table.name, column.name);
        let name = column.name.to_lowercase();
        let names = vec![column.name.clone()];
        if is_list(column) {
            add(
                FindingKind::ListColumn,
                names,
                format!("{place} holds several values in one column"),
                "One row for each value, in a table of its own: a list cannot be joined, keyed or constrained.",
            );
        } else if is_money(&name) && matches!(column.data_type.kind, TypeKind::Float { .. }) {
            add(
                FindingKind::MoneyAsFloat,
                names,
                format!("{place} keeps money as a floating-point number"),
                "DECIMAL(p, 2), or whole cents: sums of floating-point numbers drift.",
            );
        } else if is_time(&name) && matches!(column.data_type.kind, TypeKind::Text { .. }) {
            add(
                FindingKind::TimeAsText,
                names,
                format!("{place} keeps a time as text"),
                "TIMESTAMP or DATE: text sorts wrongly in most formats and takes any value.",
            );
        } else if name == "password" || name == "card_number" || name == "cvv" {
            add(
                FindingKind::Secret,
                names,
                format!("{place} would hold a secret in the clear"),
                "Keep a hash of a password, and a token of a payment provider instead of a card.",
            );
        }
    }
    for (stem, columns) in numbered(table) {
        add(
            FindingKind::NumberedColumns,
            columns.clone(),
            format!("`{}` repeats {stem} in {}", table.name, columns.join(", ")),
            "One row for each, in a table of its own: the next one would need another column, and every question asks all of them.",
        );
    }
    let nullable = table.columns.iter().filter(|c| c.nullable).count();
    if table.columns.len() >= 6 && nullable + 1 >= table.columns.len() {
        add(
            FindingKind::ManyNullable,
            Vec::new(),
            format!("`{}` says NOT NULL of almost nothing", table.name),
            "Say what must be there: NOT NULL is the cheapest constraint and the first to be missed.",
        );
    }
}

fn of_references(schema: &Schema, table: &Table, add: &mut Add<'_>) {
    for relation in schema.relations_from(&table.name) {
        let columns = relation.from_columns.clone();
        let shown = columns.join(", ");
        let place = format!("`{}`({shown})", table.name);
        let target = schema.table(&relation.to);
        let meets = columns.iter().zip(&relation.to_columns).all(|(from, to)| {
            let from = table.column(from).map(|c| &c.data_type.kind);
            let to = target.and_then(|t| t.column(to)).map(|c| &c.data_type.kind);
            match (from, to) {
                (Some(from), Some(to)) => is_same_kind(from, to),
                _ => true,
            }
        });
        if !meets {
            add(
                FindingKind::ReferenceType,
                columns.clone(),
                format!(
                    "{place} and the key of `{}` have different types",
                    relation.to
                ),
                "Give both the same type: a join would cast every row, and most databases refuse the reference.",
            );
        }
        if !relation.is_declared() {
            add(
                FindingKind::UndeclaredReference,
                columns.clone(),
                format!(
                    "{place} names a row of `{}` and nothing enforces it",
                    relation.to
                ),
                "REFERENCES, or a sentence why not (an event stream that must not wait).",
            );
        }
        if !starts_a_key(table, &columns) {
            add(
                FindingKind::UnindexedReference,
                columns,
                format!("No index of `{}` starts with {shown}", table.name),
                "CREATE INDEX on the referring column: joins from the parent and deletes of it search by it.",
            );
        }
    }
}

fn of_names(table: &Table, add: &mut Add<'_>) {
    let is_camel =
        |name: &str| name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
    let camel = table.columns.iter().any(|c| is_camel(&c.name));
    let snake = table.columns.iter().any(|c| c.name.contains('_'));
    if camel && snake {
        add(
            FindingKind::MixedNames,
            Vec::new(),
            format!("`{}` mixes camelCase and snake_case", table.name),
            "One spelling for all names: everybody who writes a query has to guess otherwise.",
        );
    }
}

/// Tables with a number or a year at the end and the same columns.
fn repeated_tables(schema: &Schema, found: &mut Vec<Finding>) {
    let mut groups: BTreeMap<String, Vec<&Table>> = BTreeMap::new();
    for table in &schema.tables {
        let stem = table
            .name
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
        if stem.len() < table.name.len() && !stem.is_empty() {
            groups.entry(stem.to_lowercase()).or_default().push(table);
        }
    }
    for tables in groups.values().filter(|t| t.len() > 1) {
        let Some(first) = tables.first() else {
            continue;
        };
        let names: Vec<String> = tables.iter().map(|t| format!("`{}`", t.name)).collect();
        found.push(Finding {
            kind: FindingKind::RepeatedTable,
            table: first.name.clone(),
            columns: Vec::new(),
            message: format!("{} are one table cut by hand", names.join(", ")),
            advice: "One table with a column for what the number means, partitioned by it where that is needed.",
        });
    }
}

/// Whether a primary key, unique key or index begins with these columns, in any order.
fn starts_a_key(table: &Table, columns: &[String]) -> bool {
    let starts = |parts: &[String]| {
        parts.len() >= columns.len()
            && parts
                .iter()
                .take(columns.len())
                .all(|p| columns.iter().any(|c| same_name(p, c)))
    };
    let keys = table.primary_key.iter().chain(&table.uniques);
    let by_key = keys.filter_map(|k| k.columns()).any(|k| starts(&k));
    let by_index = table.indexes.iter().any(|i| {
        let parts: Vec<String> = i
            .parts
            .iter()
            .map(|p| p.sql.trim_matches(['"', '`']).to_owned())
            .collect();
        starts(&parts)
    });
    by_key || by_index
}

/// Arrays, structures, and texts whose name says that they hold many.
fn is_list(column: &Column) -> bool {
    let name = column.name.to_lowercase();
    let many = [
        "_ids", "_list", "_array", "_csv", "_items", "_names", "_keys",
    ];
    let is_named = many.iter().any(|m| name.ends_with(m))
        || [
            "genres",
            "tags",
            "items",
            "products",
            "phones",
            "followers",
            "likes",
            "devices",
            "roles",
        ]
        .contains(&name.as_str());
    match column.data_type.kind {
        // An embedding is one value.
        TypeKind::Array(_) => !["embedding", "vector", "feature"]
            .iter()
            .any(|w| name.contains(w)),
        TypeKind::Json | TypeKind::Text { .. } | TypeKind::Other => is_named,
        _ => false,
    }
}

fn is_money(name: &str) -> bool {
    [
        "price", "amount", "amt", "cost", "total", "fee", "balance", "revenue", "fare", "payment",
        "refund",
    ]
    .iter()
    .any(|w| name.split('_').any(|part| part == *w))
}

fn is_time(name: &str) -> bool {
    ["_at", "_time", "_date", "timestamp"]
        .iter()
        .any(|e| name.ends_with(e))
        || name == "date"
}

/// Columns that differ in a number only: phone1, phone2.
fn numbered(table: &Table) -> Vec<(String, Vec<String>)> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for column in &table.columns {
        let digits: String = column.name.chars().filter(char::is_ascii_digit).collect();
        let stem: String = column
            .name
            .chars()
            .filter(|c| !c.is_ascii_digit())
            .collect();
        if !digits.is_empty() && digits.len() <= 2 && !stem.trim_matches('_').is_empty() {
            groups
                .entry(stem.to_lowercase())
                .or_default()
                .push(column.name.clone());
        }
    }
    groups
        .into_iter()
        .filter(|(_, columns)| columns.len() > 1)
        .map(|(stem, columns)| (stem.trim_matches('_').to_owned(), columns))
        .collect()
}

/// Whether a value of one can be a value of the other without a cast worth a word.
fn is_same_kind(a: &TypeKind, b: &TypeKind) -> bool {
    use TypeKind::{Integer, Other, Text, Uuid};
    matches!(
        (a, b),
        (Integer { .. }, Integer { .. })
            | (Text { .. } | Uuid, Text { .. } | Uuid)
            | (Other, _)
            | (_, Other)
    ) || std::mem::discriminant(a) == std::mem::discriminant(b)
}
