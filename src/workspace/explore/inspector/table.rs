//! A table: size, notes, columns, constraints, references, physical design.

use egui::{RichText, Ui};

use super::{bullet, columns, heading, jump};
use crate::model::{Relation, Table};
use crate::ui_kit::{format, markdown, widgets};
use crate::workspace::WorkspaceContext;
use crate::workspace::explore::Panels;
use crate::workspace::explore::model::{Explore, ExploreState};

pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    panels: &mut Panels,
    ctx: &WorkspaceContext<'_>,
    table: &Table,
) {
    let rows = ctx.data.rows_of(&table.name);
    let size = match rows {
        Some(rows) => format!(
            "{} · {} columns",
            format::counted(rows, "row"),
            table.columns.len()
        ),
        None => format!("{} columns", table.columns.len()),
    };
    heading(ui, state, &table.name, &size);
    for text in table
        .note
        .iter()
        .chain(ctx.pack.notes_on(&table.name, None).map(|n| &n.text))
    {
        ui.add_space(4.0);
        widgets::secondary(ui, text);
    }
    columns::ui(ui, explore, state, panels, ctx, table);
    constraints_ui(ui, table);
    references_ui(ui, explore, state, ctx, &table.name);
    physical_ui(ui, table);
    let adaptations: Vec<&str> = ctx
        .pack
        .adaptations_of(&table.name)
        .map(|a| a.message.as_str())
        .collect();
    if !adaptations.is_empty() {
        widgets::section(ui, "Changed for DuckDB");
        for text in adaptations {
            markdown(ui, text);
        }
    }
}

fn constraints_ui(ui: &mut Ui, table: &Table) {
    let mut lines: Vec<(&str, String)> = Vec::new();
    lines.extend(
        table
            .primary_key
            .iter()
            .map(|k| ("Primary key", k.to_sql())),
    );
    lines.extend(table.uniques.iter().map(|k| ("Unique", k.to_sql())));
    lines.extend(table.checks.iter().map(|c| ("Check", c.sql.clone())));
    lines.extend(table.indexes.iter().map(|i| {
        let parts: Vec<String> = i
            .parts
            .iter()
            .map(|p| {
                if p.descending {
                    format!("{} DESC", p.sql)
                } else {
                    p.sql.clone()
                }
            })
            .collect();
        (
            if i.unique { "Unique index" } else { "Index" },
            format!("({})", parts.join(", ")),
        )
    }));
    if lines.is_empty() {
        return;
    }
    widgets::section(ui, "Constraints and indexes");
    for (kind, text) in lines {
        ui.horizontal_wrapped(|ui| {
            widgets::secondary(ui, kind);
            ui.label(RichText::new(text).monospace().size(12.0));
        });
    }
}

fn references_ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    ctx: &WorkspaceContext<'_>,
    table: &str,
) {
    let schema = &ctx.pack.schema;
    let out: Vec<&Relation> = schema.relations_from(table).collect();
    let into: Vec<&Relation> = schema
        .relations_to(table)
        .filter(|r| !r.is_self_reference())
        .collect();
    for (title, relations, outward) in [("Refers to", out, true), ("Referred to by", into, false)] {
        if relations.is_empty() {
            continue;
        }
        widgets::section(ui, title);
        for relation in relations {
            let other = if outward {
                &relation.to
            } else {
                &relation.from
            };
            let text = format!("{other}  ({})", relation.from_columns.join(", "));
            let text = if relation.is_declared() {
                text
            } else {
                format!("{text}  implied")
            };
            jump(ui, explore, state, other, &text);
        }
    }
}

fn physical_ui(ui: &mut Ui, table: &Table) {
    let p = &table.physical;
    if p.is_empty() {
        return;
    }
    widgets::section(ui, "Physical design");
    let partition: Vec<String> = p
        .partition_by
        .iter()
        .map(|k| match &k.declares {
            Some(data_type) => format!("{} {data_type}", k.sql),
            None => k.sql.clone(),
        })
        .collect();
    let mut lines = Vec::new();
    if !partition.is_empty() {
        lines.push(format!("Partitioned by {}", partition.join(", ")));
    }
    if !p.cluster_by.is_empty() {
        lines.push(format!("Clustered by {}", p.cluster_by.join(", ")));
    }
    lines.extend(p.buckets.map(|n| format!("{n} buckets")));
    if !p.clustering_order.is_empty() {
        lines.push(format!(
            "Rows within a partition by {}",
            p.clustering_order.join(", ")
        ));
    }
    lines.extend(
        p.ttl_secs
            .map(|s| format!("Rows live for {} days", s / 86_400)),
    );
    lines.extend(
        p.properties
            .iter()
            .map(|(name, value)| format!("{name} = {value}")),
    );
    for line in lines {
        bullet(ui, &line);
    }
}
