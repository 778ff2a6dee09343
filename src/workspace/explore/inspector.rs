//! What there is to know about the selected table, relation, or the model as a whole.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui};

use super::about;
use super::model::{Explore, ExploreState, Selected};
use crate::model::{Relation, Table, View, same_name};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{format, markdown, medium, semibold, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext, highlight_sql};

pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    ctx: &WorkspaceContext<'_>,
) {
    let selected = state.selected.clone();
    // Text to read, not controls to hit: rows as tall as their letters.
    ui.spacing_mut().interact_size.y = 18.0;
    ui.spacing_mut().item_spacing.y = 4.0;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| match selected {
            None => about::ui(ui, ctx),
            Some(Selected::Relation(index)) => match ctx.pack.schema.relations.get(index) {
                Some(relation) => relation_ui(ui, explore, state, ctx, relation),
                None => about::ui(ui, ctx),
            },
            Some(Selected::Table(name) | Selected::Column { table: name, .. }) => {
                let schema = &ctx.pack.schema;
                if let Some(table) = schema.table(&name) {
                    table_ui(ui, explore, state, ctx, table);
                } else if let Some(view) = schema.views.iter().find(|v| same_name(&v.name, &name)) {
                    view_ui(ui, explore, state, ctx, view);
                }
            }
        });
}

fn heading(ui: &mut Ui, state: &mut ExploreState, name: &str, sub: &str) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(name).font(semibold(16.0)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if widgets::icon_button(ui, Sign::X, "Back to the model").clicked() {
                state.selected = None;
            }
        });
    });
    widgets::faint(ui, sub);
}

fn table_ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
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
    widgets::section(ui, "Columns");
    for column in &table.columns {
        column_ui(ui, ctx, table, &column.name);
    }
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

fn column_ui(ui: &mut Ui, ctx: &WorkspaceContext<'_>, table: &Table, name: &str) {
    let pack = ctx.pack;
    let t = tokens(ui);
    let Some(column) = table.column(name) else {
        return;
    };
    let own = std::slice::from_ref(&column.name);
    let refers = |declared: bool| {
        pack.schema.relations_from(&table.name).any(|r| {
            r.is_declared() == declared && r.from_columns.iter().any(|c| same_name(c, name))
        })
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        ui.add(Label::new(RichText::new(name).font(medium(13.0))).truncate());
        if table.is_in_primary_key(name) {
            widgets::badge(ui, "PK", t.key_primary).on_hover_text("Part of the primary key");
        }
        if refers(true) {
            widgets::badge(ui, "FK", t.key_foreign).on_hover_text("Declared reference");
        } else if refers(false) {
            widgets::badge(ui, "FK?", t.text_faint)
                .on_hover_text("Implied by its name, not declared");
        }
        if table.uniques.iter().any(|k| k.is_exactly(own)) {
            widgets::badge(ui, "U", t.key_unique).on_hover_text("Unique");
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let null = if column.nullable { "NULL" } else { "NOT NULL" };
            ui.label(RichText::new(null).size(10.5).color(t.text_faint));
            ui.add(
                Label::new(
                    RichText::new(&column.data_type.documented)
                        .monospace()
                        .size(11.5)
                        .color(t.text_secondary),
                )
                .truncate(),
            );
        });
    });
    // A note of the pack says what the comment in the DDL says, and more.
    let notes: Vec<&str> = pack
        .notes_on(&table.name, Some(name))
        .map(|n| n.text.as_str())
        .collect();
    let comment = column.note.as_deref().filter(|_| notes.is_empty());
    for note in comment.into_iter().chain(notes) {
        widgets::faint(ui, note);
    }
    external_ui(ui, ctx, table, name);
    if let Some(default) = &column.default {
        widgets::faint(ui, format!("Default {default}"));
    }
}

/// References to tables of other packs, with a way there.
fn external_ui(ui: &mut Ui, ctx: &WorkspaceContext<'_>, table: &Table, column: &str) {
    let external = ctx.pack.external.iter().filter(|e| {
        same_name(&e.from, &table.name) && e.from_columns.iter().any(|c| same_name(c, column))
    });
    for relation in external {
        let Some(pack) = ctx.catalog.pack(&relation.pack) else {
            widgets::faint(
                ui,
                format!("Names {} of the pack {}", relation.to, relation.pack),
            );
            continue;
        };
        let text = RichText::new(format!("{} in {}", relation.to, pack.title)).small();
        if ui.link(text).on_hover_text("Open that model").clicked() {
            ctx.actions.push(Action::OpenTable {
                pack: pack.id.clone(),
                table: relation.to.clone(),
            });
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

/// A line that selects another table.
fn jump(ui: &mut Ui, explore: &mut Explore, state: &mut ExploreState, table: &str, text: &str) {
    let t = tokens(ui);
    let row = widgets::list_row(ui, text, false, 26.0, |ui| {
        ui.label(crate::ui_kit::icons::rich(
            Sign::ArrowRight,
            13.0,
            t.text_faint,
        ));
        ui.add(Label::new(text).truncate().selectable(false));
    });
    if row.clicked() {
        state.selected = Some(Selected::Table(table.to_owned()));
        explore.reveal_selected = true;
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

fn view_ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    ctx: &WorkspaceContext<'_>,
    view: &View,
) {
    heading(
        ui,
        state,
        &view.name,
        if view.materialized {
            "materialized view"
        } else {
            "view"
        },
    );
    for text in view
        .note
        .iter()
        .chain(ctx.pack.notes_on(&view.name, None).map(|n| &n.text))
    {
        ui.add_space(4.0);
        widgets::secondary(ui, text);
    }
    widgets::section(ui, "Reads");
    for table in &view.reads {
        jump(ui, explore, state, table, table);
    }
    widgets::section(ui, "Definition");
    ScrollArea::horizontal().id_salt("view-sql").show(ui, |ui| {
        crate::ui_kit::code::code_block(ui, &view.sql, &highlight_sql);
    });
}

fn relation_ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    ctx: &WorkspaceContext<'_>,
    relation: &Relation,
) {
    let kind = if relation.is_declared() {
        "Declared reference"
    } else {
        "Implied reference: the column names a key, nothing enforces it"
    };
    heading(
        ui,
        state,
        &format!("{} → {}", relation.from, relation.to),
        kind,
    );
    let cardinality = ctx.pack.schema.cardinality(relation);
    let child = if cardinality.child_unique {
        "at most one row"
    } else {
        "any number of rows"
    };
    let parent = if cardinality.parent_optional {
        "one row or none"
    } else {
        "exactly one row"
    };
    widgets::section(ui, "Cardinality");
    bullet(
        ui,
        &format!(
            "Each row of {} belongs to {parent} of {}",
            relation.from, relation.to
        ),
    );
    bullet(
        ui,
        &format!(
            "Each row of {} has {child} of {}",
            relation.to, relation.from
        ),
    );
    widgets::section(ui, "Columns");
    for (from, to) in relation.from_columns.iter().zip(&relation.to_columns) {
        ui.label(
            RichText::new(format!("{}.{from} = {}.{to}", relation.from, relation.to))
                .monospace()
                .size(12.0),
        );
    }
    widgets::section(ui, "Tables");
    for table in [&relation.from, &relation.to] {
        jump(ui, explore, state, table, table);
    }
    let join = format!(
        "SELECT *\nFROM {}\nJOIN {} ON {}",
        relation.from,
        relation.to,
        relation
            .from_columns
            .iter()
            .zip(&relation.to_columns)
            .map(|(from, to)| format!("{}.{from} = {}.{to}", relation.from, relation.to))
            .collect::<Vec<_>>()
            .join("\n AND ")
    );
    widgets::section(ui, "As a join");
    ScrollArea::horizontal().id_salt("join-sql").show(ui, |ui| {
        crate::ui_kit::code::code_block(ui, &join, &highlight_sql);
    });
    if widgets::text_button(ui, Sign::Copy, "Copy the join", true).clicked() {
        ctx.actions.push(Action::Copy {
            text: join,
            what: "The join".to_owned(),
        });
    }
}

fn bullet(ui: &mut Ui, text: &str) {
    let t = tokens(ui);
    ui.horizontal_top(|ui| {
        ui.label(RichText::new("·").color(t.text_faint));
        ui.add(Label::new(RichText::new(text).color(t.text_secondary)).wrap());
    });
}
