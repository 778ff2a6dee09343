//! The columns of a table; a click on one shows what its values look like.

use egui::{Align, Label, Layout, RichText, Ui};

use crate::model::{Column, Table, same_name};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, semibold, tokens, widgets};
use crate::workspace::explore::model::{Explore, ExploreState, Selected};
use crate::workspace::explore::{Panels, profile};
use crate::workspace::{Action, WorkspaceContext};

pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    panels: &mut Panels,
    ctx: &WorkspaceContext<'_>,
    table: &Table,
) {
    head(ui, panels, ctx);
    let open = state.selected.as_ref().and_then(Selected::column);
    let open = open.map(str::to_owned);
    explore
        .profiles
        .want(&table.name, open.as_deref(), panels.column_lines, ctx);
    for column in &table.columns {
        let is_open = open.as_deref().is_some_and(|o| same_name(o, &column.name));
        let row = column_row(ui, ctx, table, column, is_open);
        if is_open && std::mem::take(&mut explore.reveal_column) {
            row.scroll_to_me(Some(Align::Center));
        }
        if row.clicked() {
            state.selected = Some(if is_open {
                Selected::Table(table.name.clone())
            } else {
                Selected::Column {
                    table: table.name.clone(),
                    column: column.name.clone(),
                }
            });
            ctx.actions.push(Action::Changed);
        }
        ui.indent(("column", &column.name), |ui| {
            if panels.column_lines {
                profile::line_ui(ui, &explore.profiles, &table.name, &column.name, ctx);
            }
            remarks(ui, ctx, table, column);
            if is_open {
                profile::card_ui(ui, &explore.profiles, &table.name, &column.name, ctx);
            }
        });
    }
}

fn head(ui: &mut Ui, panels: &mut Panels, ctx: &WorkspaceContext<'_>) {
    let ink = tokens(ui).text_secondary;
    ui.add_space(6.0);
    let title = RichText::new("Columns").font(semibold(12.0)).color(ink);
    let is_toggled = widgets::title_row(ui, title, 24.0, |ui| {
        widgets::icon_button_enabled(
            ui,
            Sign::ChartColumn,
            "A line about the values of each column",
            true,
            panels.column_lines,
        )
        .clicked()
    });
    if is_toggled {
        panels.column_lines = !panels.column_lines;
        ctx.actions.push(Action::Changed);
    }
}

fn column_row(
    ui: &mut Ui,
    ctx: &WorkspaceContext<'_>,
    table: &Table,
    column: &Column,
    is_open: bool,
) -> egui::Response {
    let t = tokens(ui);
    let name = &column.name;
    let own = std::slice::from_ref(name);
    let refers = |declared: bool| {
        ctx.pack.schema.relations_from(&table.name).any(|r| {
            r.is_declared() == declared && r.from_columns.iter().any(|c| same_name(c, name))
        })
    };
    let spoken = format!("Column {name}");
    let row = widgets::list_row(ui, &spoken, is_open, 24.0, |ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let sign = if is_open {
            Sign::ChevronDown
        } else {
            Sign::ChevronRight
        };
        ui.label(icons::rich(sign, 12.0, t.text_faint));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let null = if column.nullable { "NULL" } else { "NOT NULL" };
            ui.add(
                Label::new(RichText::new(null).size(10.5).color(t.text_faint)).selectable(false),
            );
            let data_type = RichText::new(&column.data_type.documented)
                .monospace()
                .size(11.5)
                .color(t.text_secondary);
            ui.add(Label::new(data_type).truncate().selectable(false));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let label = RichText::new(name).font(medium(13.0));
                ui.add(Label::new(label).truncate().selectable(false));
                if table.is_in_primary_key(name) {
                    widgets::badge(ui, "PK", t.key_primary)
                        .on_hover_text("Part of the primary key");
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
            });
        });
    });
    let hint = if is_open {
        "Hide what its values look like"
    } else {
        "Show what its values look like"
    };
    row.on_hover_text(hint)
}

/// Notes, references to other packs, and the default.
fn remarks(ui: &mut Ui, ctx: &WorkspaceContext<'_>, table: &Table, column: &Column) {
    // A note of the pack says what the comment in the DDL says, and more.
    let notes: Vec<&str> = ctx
        .pack
        .notes_on(&table.name, Some(&column.name))
        .map(|n| n.text.as_str())
        .collect();
    let comment = column.note.as_deref().filter(|_| notes.is_empty());
    for note in comment.into_iter().chain(notes) {
        widgets::faint(ui, note);
    }
    external_ui(ui, ctx, table, &column.name);
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
