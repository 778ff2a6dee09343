//! The form that says how much data to make, with what it will come to.

use egui::{Align, DragValue, Grid, Layout, RichText, ScrollArea, Ui};

use super::data::GenerateForm;
use crate::catalog::Pack;
use crate::datagen;
use crate::engine::Integrity;
use crate::prepare::{self, Preview};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{format, semibold, tokens, widgets};
use crate::workspace::ReadyData;

const SCALES: [u64; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
/// From here on a build is worth a warning.
const MUCH_MEMORY: u64 = 4 << 30;

/// Returns true for make, false for close.
pub(super) fn form_ui(
    ui: &mut Ui,
    form: &mut GenerateForm,
    pack: &Pack,
    ready: Option<&ReadyData>,
) -> Option<bool> {
    ui.label(RichText::new(format!("Data of {}", pack.title)).font(semibold(16.0)));
    let largest = pack
        .recipe
        .as_ref()
        .map_or("largest table", |r| r.largest.as_str());
    widgets::secondary(
        ui,
        format!("About this many rows in {largest}; the other tables follow in proportion"),
    );
    ui.add_space(8.0);
    scale_ui(ui, form);
    let preview = pack.recipe.as_ref().zip(ready).map(|(recipe, ready)| {
        prepare::preview(recipe, &pack.schema, &ready.report, ready.scale, form.scale)
    });
    ui.add_space(6.0);
    match &preview {
        Some(preview) => preview_ui(ui, preview),
        None => {
            widgets::secondary(
                ui,
                "Rows and bytes are shown here once this model has been filled a first time",
            );
        }
    }
    ui.add_space(10.0);
    buttons_ui(ui, pack.recipe.is_some())
}

fn scale_ui(ui: &mut Ui, form: &mut GenerateForm) {
    let choices: Vec<(u64, String)> = SCALES
        .iter()
        .map(|&s| (s, format::short_count(s)))
        .collect();
    let segments: Vec<(u64, &str, &str)> = choices
        .iter()
        .map(|(s, text)| (*s, text.as_str(), "Rows of the largest table"))
        .collect();
    if let Some(scale) = widgets::segmented(ui, form.scale, &segments) {
        form.scale = scale;
    }
    ui.add_space(6.0);
    Grid::new("generate-form")
        .num_columns(2)
        .spacing([12.0, 8.0])
        .show(ui, |ui| {
            let rows = ui.label("Rows");
            let speed = (form.scale / 100).max(1) as f64;
            ui.add(
                DragValue::new(&mut form.scale)
                    .range(100..=datagen::MAX_SCALE)
                    .speed(speed)
                    .custom_formatter(|n, _| format::count(n as u64))
                    .custom_parser(typed_count),
            )
            .labelled_by(rows.id);
            ui.end_row();
            let seed = ui.label("Seed");
            ui.add(DragValue::new(&mut form.seed).range(0..=u32::MAX as u64))
                .labelled_by(seed.id)
                .on_hover_text("The same seed gives the same rows again");
            ui.end_row();
        });
}

/// `250,000`, `250 k`, `2.5M`.
fn typed_count(text: &str) -> Option<f64> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != ',' && *c != '_')
        .collect();
    let (number, times) = match text.to_ascii_lowercase() {
        t if t.ends_with('k') => (t.trim_end_matches('k').to_owned(), 1e3),
        t if t.ends_with('m') => (t.trim_end_matches('m').to_owned(), 1e6),
        t => (t, 1.0),
    };
    Some(number.parse::<f64>().ok()? * times)
}

/// What the build will come to, table by table.
fn preview_ui(ui: &mut Ui, preview: &Preview) {
    let t = tokens(ui);
    widgets::section(ui, "What it will come to");
    ScrollArea::vertical()
        .max_height(224.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            for table in &preview.tables {
                ui.horizontal(|ui| {
                    ui.label(RichText::new(&table.table).size(12.0));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        // One text of equal letters, so that both columns stand in line.
                        let (rows, bytes) = (format::count(table.rows), format::bytes(table.bytes));
                        let text = format!("{rows:>13}{bytes:>11}");
                        ui.label(
                            RichText::new(text)
                                .monospace()
                                .size(11.5)
                                .color(t.text_secondary),
                        );
                    });
                });
            }
        });
    ui.add_space(4.0);
    let bound = if preview.is_upper_bound {
        "at most"
    } else {
        "about"
    };
    ui.label(format!(
        "About {}, {bound} {} and {}",
        format::counted(preview.rows(), "row"),
        format::bytes(preview.bytes()),
        format::duration(preview.elapsed),
    ));
    widgets::secondary(
        ui,
        match preview.integrity {
            Integrity::Enforced => {
                "DuckDB enforces keys, references and checks on every row as it comes in."
            }
            Integrity::Verified => {
                "At this size rows are loaded without constraints, which is several times faster; queries then prove every key, reference and check."
            }
        },
    );
    if preview.bytes() > MUCH_MEMORY {
        ui.label(
            RichText::new(
                "What does not fit in memory goes to a temporary folder. The data that is there stays until the new rows are complete; it can be cancelled.",
            )
            .color(t.warning),
        );
    }
}

fn buttons_ui(ui: &mut Ui, has_recipe: bool) -> Option<bool> {
    let mut decision = None;
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, Sign::Database, "Make the data", has_recipe).clicked() {
            decision = Some(true);
        }
        if ui.button("Close").clicked() {
            decision = Some(false);
        }
    });
    decision
}

#[cfg(test)]
mod tests {
    use super::typed_count;

    #[track_caller]
    fn check(text: &str, expected: Option<f64>) {
        assert_eq!(typed_count(text), expected, "{text}");
    }

    #[test]
    fn rows_can_be_typed_the_way_they_are_shown_and_said() {
        check("250000", Some(250_000.0));
        check("250,000", Some(250_000.0));
        check("250 k", Some(250_000.0));
        check("2.5M", Some(2_500_000.0));
        check("many", None);
        check("", None);
    }
}
