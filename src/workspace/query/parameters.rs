//! One field for each parameter of the query.

use egui::{RichText, TextEdit, Ui};

use super::model::{Query, QueryState};
use crate::catalog;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{tokens, widgets};
use crate::workspace::{Action, WorkspaceContext};

/// Draws the fields. An empty one means the default, which stands in it in grey.
pub fn ui(
    ui: &mut Ui,
    query: &Query,
    state: &mut QueryState,
    entry: &catalog::Query,
    ctx: &WorkspaceContext<'_>,
) {
    if entry.parameters.is_empty() {
        return;
    }
    let t = tokens(ui);
    ui.horizontal_wrapped(|ui| {
        for parameter in &entry.parameters {
            let label = ui.label(
                RichText::new(format!("${}", parameter.name))
                    .monospace()
                    .size(12.0)
                    .color(t.code_parameter),
            );
            let known = query
                .defaults
                .get(&(entry.name.clone(), parameter.name.clone()));
            let hint = match known {
                Some(value) => value.clone(),
                None if parameter.default_is_query() => "found in the data".to_owned(),
                None => parameter.default.trim_matches('\'').to_owned(),
            };
            let typed = state.parameters.entry(entry.name.clone()).or_default();
            let mut text = typed.get(&parameter.name).cloned().unwrap_or_default();
            let field = ui
                .add(
                    TextEdit::singleline(&mut text)
                        .hint_text(hint)
                        .desired_width(130.0),
                )
                .labelled_by(label.id)
                .on_hover_text(format!(
                    "{}; empty: {}",
                    parameter.data_type, parameter.default
                ));
            if field.changed() {
                if text.is_empty() {
                    typed.remove(&parameter.name);
                } else {
                    typed.insert(parameter.name.clone(), text.clone());
                }
                ctx.actions.push(Action::Changed);
            }
            if field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter)) {
                ctx.actions.push(Action::RunQuery);
            }
            if !text.is_empty() {
                let name = format!("Take the default of ${}", parameter.name);
                if widgets::icon_button(ui, Sign::Undo2, &name).clicked() {
                    typed.remove(&parameter.name);
                    ctx.actions.push(Action::Changed);
                }
            }
            ui.add_space(6.0);
        }
    });
}
