//! A data dictionary in Markdown.

use std::fmt::Write as _;

use crate::model::{Column, Physical, Relation, Schema, Table, View};

pub(super) fn write(schema: &Schema) -> String {
    let mut page = String::from("# Data dictionary\n\n");
    for table in &schema.tables {
        let _infallible = writeln!(page, "- [{}](#{})", plain(&table.name), anchor(&table.name));
    }
    for table in &schema.tables {
        page.push_str(&self::table(schema, table));
    }
    if !schema.views.is_empty() {
        page.push_str("\n## Views\n");
        for view in &schema.views {
            page.push_str(&self::view(view));
        }
    }
    page
}

/// Text of a page: marks that would mean something are taken as they stand.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '`' | '<' | '[' | ']' | '\\' => {
                plain.push('\\');
                plain.push(c);
            }
            '\n' | '\r' => plain.push(' '),
            _ => plain.push(c),
        }
    }
    plain
}

/// Code inside a table cell: a bar would end the cell, a backtick the code.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!(
        "`{}`",
        text.replace('|', "\\|")
            .replace('`', "'")
            .replace(['\n', '\r'], " ")
    )
}

fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn table(schema: &Schema, table: &Table) -> String {
    let mut page = format!("\n## {}\n\n", plain(&table.name));
    if let Some(note) = &table.note {
        let _infallible = writeln!(page, "{}\n", plain(note));
    }
    if !table.columns.is_empty() {
        page.push_str(
            "| Column | Type | Null | Default | Key | Note |\n|---|---|---|---|---|---|\n",
        );
        for column in &table.columns {
            page.push_str(&row(schema, table, column));
        }
        page.push('\n');
    }
    if let Some(query) = &table.query {
        let _infallible = writeln!(page, "Made by a query:\n\n```sql\n{query}\n```\n");
    }
    for fact in facts(schema, table) {
        let _infallible = writeln!(page, "- {fact}");
    }
    page
}

fn row(schema: &Schema, table: &Table, column: &Column) -> String {
    let default = match (&column.default, &column.generated, column.auto_increment) {
        (_, Some(generated), _) => code(&format!("= {generated}")),
        (Some(default), None, _) => code(default),
        (None, None, true) => "counted".to_owned(),
        (None, None, false) => String::new(),
    };
    format!(
        "| {} | {} | {} | {default} | {} | {} |\n",
        code(&column.name),
        code(&column.data_type.documented),
        if column.nullable { "yes" } else { "no" },
        keys(schema, table, column).join(", "),
        plain(column.note.as_deref().unwrap_or_default())
    )
}

fn keys(schema: &Schema, table: &Table, column: &Column) -> Vec<String> {
    let mut keys = Vec::new();
    if table.is_in_primary_key(&column.name) {
        keys.push("primary".to_owned());
    }
    if table.uniques.iter().any(|k| k.names(&column.name)) {
        keys.push("unique".to_owned());
    }
    let refers = |r: &&Relation| {
        r.from_columns
            .iter()
            .any(|c| c.eq_ignore_ascii_case(&column.name))
    };
    for relation in schema.relations_from(&table.name).filter(refers) {
        keys.push(format!("→ {}", plain(&relation.to)));
    }
    keys
}

/// Keys, relations and hints, one line each.
fn facts(schema: &Schema, table: &Table) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(
        table
            .primary_key
            .iter()
            .map(|k| format!("Primary key: {}", code(&k.to_sql()))),
    );
    facts.extend(
        table
            .uniques
            .iter()
            .map(|k| format!("Unique: {}", code(&k.to_sql()))),
    );
    facts.extend(
        table
            .checks
            .iter()
            .map(|c| format!("Check: {}", code(&c.sql))),
    );
    for relation in schema.relations_from(&table.name) {
        let implied = if relation.is_declared() {
            ""
        } else {
            " (implied by the name)"
        };
        let action = relation
            .on_delete
            .as_ref()
            .map(|a| format!(", on delete {}", a.to_lowercase()))
            .unwrap_or_default();
        facts.push(format!(
            "Refers to {} by {}{action}{implied}",
            plain(&relation.to),
            code(&relation.from_columns.join(", "))
        ));
    }
    for relation in schema.relations_to(&table.name) {
        facts.push(format!(
            "Referred to by {} ({})",
            plain(&relation.from),
            code(&relation.from_columns.join(", "))
        ));
    }
    for index in &table.indexes {
        let parts: Vec<String> = index
            .parts
            .iter()
            .map(|p| format!("{}{}", p.sql, if p.descending { " DESC" } else { "" }))
            .collect();
        let kind = if index.unique {
            "Unique index"
        } else {
            "Index"
        };
        let name = index
            .name
            .as_deref()
            .map(|n| format!(" {}", code(n)))
            .unwrap_or_default();
        let filter = index
            .filter
            .as_ref()
            .map(|f| format!(" where {}", code(f)))
            .unwrap_or_default();
        let note = index
            .note
            .as_ref()
            .map(|n| format!(": {}", plain(n)))
            .unwrap_or_default();
        facts.push(format!(
            "{kind}{name} on {}{filter}{note}",
            code(&parts.join(", "))
        ));
    }
    facts.extend(hints(&table.physical));
    facts
}

fn hints(physical: &Physical) -> Vec<String> {
    let mut hints = Vec::new();
    if !physical.partition_by.is_empty() {
        let keys: Vec<&str> = physical
            .partition_by
            .iter()
            .map(|k| k.sql.as_str())
            .collect();
        hints.push(format!("Partitioned by {}", code(&keys.join(", "))));
    }
    if !physical.cluster_by.is_empty() {
        let buckets = physical
            .buckets
            .map(|n| format!(" into {n} buckets"))
            .unwrap_or_default();
        hints.push(format!(
            "Clustered by {}{buckets}",
            code(&physical.cluster_by.join(", "))
        ));
    }
    if !physical.clustering_order.is_empty() {
        hints.push(format!(
            "Sorted by {}",
            code(&physical.clustering_order.join(", "))
        ));
    }
    hints.extend(physical.ttl_secs.map(|s| format!("Rows live {s} seconds")));
    hints.extend(
        physical
            .properties
            .iter()
            .map(|(name, value)| format!("{}: {}", plain(name), code(value))),
    );
    hints
}

fn view(view: &View) -> String {
    let kind = if view.materialized {
        " (materialized)"
    } else {
        ""
    };
    let note = view
        .note
        .as_ref()
        .map(|n| format!("{}\n\n", plain(n)))
        .unwrap_or_default();
    format!(
        "\n### {}{kind}\n\n{note}```sql\n{}\n```\n",
        plain(&view.name),
        view.sql
    )
}
