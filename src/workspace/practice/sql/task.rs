//! What is wanted: the task, the expected columns, the tables, and hints in steps.

use egui::{Label, RichText, Sense, Ui, Vec2};

use crate::catalog::SqlDrill;
use crate::engine::TextTable;
use crate::practice::progress::Entry;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, markdown, medium, semibold, tokens, widgets};
use crate::workspace::picture::{Camera, Look, paint};
use crate::workspace::practice::Practice;
use crate::workspace::practice::desk::Desk;
use crate::workspace::text_table;

const DIAGRAM_HEIGHT: f32 = 210.0;
/// Rows of the expected answer that are shown.
const EXPECTED_ROWS: usize = 8;

pub fn ui(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    let drill = desk.drill;
    ui.add(Label::new(RichText::new(&drill.title).font(semibold(18.0))).wrap());
    ui.horizontal_wrapped(|ui| {
        let t = tokens(ui);
        widgets::badge(ui, &format!("Level {}", drill.level), t.accent);
        for concept in &drill.concepts {
            widgets::badge(ui, concept, t.text_secondary);
        }
    });
    clock(ui, practice, desk);
    ui.add_space(4.0);
    markdown(ui, &drill.task);
    let Some(sql) = drill.sql() else { return };
    columns(ui, sql);
    expected(ui, practice);
    tables(ui, practice, desk);
    hints(ui, desk);
}

/// How long the drill is open, against the time to aim for.
fn clock(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    let record = desk.record();
    let spent = desk.clock(ui, practice);
    let aim = desk.drill.minutes.map_or_else(String::new, |minutes| {
        format!(", {} to aim for", format::counted(minutes.into(), "minute"))
    });
    let text = match record.has_passed_in_round() {
        true => format!("Passed after {spent}"),
        false => format!("{spent}{aim}"),
    };
    widgets::faint(ui, format!("{text} · {}", desk.pack.title));
}

fn columns(ui: &mut Ui, sql: &SqlDrill) {
    let t = tokens(ui);
    widgets::section(ui, "Expected columns");
    for column in &sql.columns {
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(&column.name).monospace().color(t.text));
            ui.add(Label::new(RichText::new(&column.text).color(t.text_secondary)).wrap());
        });
    }
    let keys: Vec<String> = sql
        .order
        .iter()
        .map(|key| {
            let direction = if key.descending { ", descending" } else { "" };
            format!("{}{direction}", key.column)
        })
        .collect();
    let order = if keys.is_empty() {
        "In any order".to_owned()
    } else {
        format!("Ordered by {}", keys.join(", then "))
    };
    widgets::secondary(ui, order);
}

/// The rows that are asked for, on the data that is shown: they settle what words leave open.
fn expected(ui: &mut Ui, practice: &mut Practice) {
    let Some(data) = &practice.data else { return };
    let rows = data.expected.rows.len() as u64;
    let title = format!("Expected rows: {}", format::count(rows));
    if widgets::disclosure_head(ui, &title, practice.expected_shown).clicked() {
        practice.expected_shown = !practice.expected_shown;
    }
    if practice.expected_shown {
        let table = TextTable {
            columns: data.expected.columns.clone(),
            rows: data
                .expected
                .rows
                .iter()
                .take(EXPECTED_ROWS)
                .cloned()
                .collect(),
            total: data.expected.rows.len(),
        };
        text_table(ui, "expected", &table);
    }
}

fn tables(ui: &mut Ui, practice: &Practice, desk: &Desk<'_>) {
    widgets::section(ui, "Tables");
    if let Some(error) = &practice.failed {
        widgets::callout(ui, Sign::CircleAlert, tokens(ui).danger, |ui| {
            ui.add(Label::new(format!("The drill cannot be prepared: {}", error.message)).wrap());
        });
        return;
    }
    let Some(data) = &practice.data else {
        widgets::secondary(ui, "The data is being made…");
        return;
    };
    let t = tokens(ui);
    let size = Vec2::new(ui.available_width(), DIAGRAM_HEIGHT);
    let (canvas, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| {
        let text = format!("Diagram of {}", desk.drill.tables.join(", "));
        egui::WidgetInfo::labeled(egui::Role::Image, true, text)
    });
    let scene = &data.scene;
    let rows_of = |name: &str| data.tables.iter().find(|(t, _)| t == name).map(|(_, n)| *n);
    let look = Look {
        t,
        selected_table: None,
        hovered_table: None,
        lit: None,
        front: vec![false; scene.edges.len()],
        rows: scene.tables.iter().map(|b| rows_of(&b.name)).collect(),
        marks: Vec::new(),
    };
    let camera = Camera::fit_within(scene.bounds, canvas, 12.0);
    paint(ui.painter(), canvas, &camera, scene, &look);
    for table in &desk.drill.tables {
        let Some(table) = desk.pack.schema.table(table) else {
            continue;
        };
        ui.push_id(&table.name, |ui| {
            egui::CollapsingHeader::new(RichText::new(&table.name).font(medium(12.5))).show(
                ui,
                |ui| {
                    for column in &table.columns {
                        let null = if column.nullable { ", may be NULL" } else { "" };
                        let note = column.note.as_deref().unwrap_or_default();
                        ui.horizontal_wrapped(|ui| {
                            ui.label(RichText::new(&column.name).monospace());
                            widgets::faint(ui, format!("{}{null}", column.data_type));
                            if !note.is_empty() {
                                widgets::secondary(ui, note);
                            }
                        });
                    }
                },
            );
        });
    }
}

fn hints(ui: &mut Ui, desk: &Desk<'_>) {
    let t = tokens(ui);
    let hints = &desk.drill.hints;
    let record = desk.record();
    widgets::section(ui, "Hints");
    for hint in hints.iter().take(record.hints) {
        ui.horizontal_top(|ui| {
            ui.label(icons::rich(Sign::Lightbulb, 13.0, t.warning));
            ui.vertical(|ui| markdown(ui, hint));
        });
    }
    if record.hints < hints.len() {
        let text = format!("Show hint {} of {}", record.hints + 1, hints.len());
        if widgets::text_button(ui, Sign::Lightbulb, &text, true).clicked() {
            desk.note(Entry::Hints {
                item: desk.item(),
                shown: record.hints + 1,
            });
        }
    }
}
