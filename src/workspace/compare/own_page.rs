//! A question of the user's own: a statement for each layout, proven and measured.

use egui::{Id, RichText, TextEdit, Ui};

use super::parts::{layout_title, side_by_side};
use super::read_page::figures_ui;
use super::{Bench, Compare, CompareAction, CompareState, RunStatus, parts};
use crate::engine::EngineError;
use crate::ui_kit::code::CodeEditor;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{tokens, widgets};
use crate::workspace::{Action, highlight_sql};

const EDITOR_HEIGHT: f32 = 190.0;

pub fn ui(
    ui: &mut Ui,
    id: &str,
    compare: &mut Compare,
    state: &mut CompareState,
    bench: &Bench<'_>,
) {
    let lab = &bench.lab.id;
    let Some(draft) = state.draft_mut(lab, id) else {
        super::gone(ui);
        return;
    };
    let mut changed = false;
    ui.horizontal(|ui| {
        let name = TextEdit::singleline(&mut draft.title)
            .desired_width((ui.available_width() - 260.0).max(160.0))
            .hint_text("What is asked");
        let response = ui.add(name);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Title of the question")
        });
        changed |= response.changed();
        let is_ready = compare.status == RunStatus::Done && bench.activity.is_none();
        let hint = if is_ready {
            "Prove that all layouts give one answer, and measure it"
        } else {
            "The layouts are not there yet: measure the lab first"
        };
        if widgets::primary_button(ui, Sign::Play, "Ask", is_ready)
            .on_hover_text(hint)
            .clicked()
        {
            bench.ask(CompareAction::Ask(draft.question(lab)));
        }
        if widgets::icon_button(ui, Sign::Trash2, "Take this question away").clicked() {
            bench.ask(CompareAction::RemoveOwn(id.to_owned()));
        }
    });
    let hint = match &draft.based_on {
        Some(read) => format!(
            "One SELECT for each layout. The parameters of the question {read} can be used. Empty: this layout has no answer"
        ),
        None => "One SELECT for each layout. Empty: this layout has no answer".to_owned(),
    };
    widgets::faint(ui, hint);
    side_by_side(ui, bench.lab, |ui, layout| {
        layout_title(ui, bench.lab, layout);
        let text = draft.sql.entry(layout.to_owned()).or_default();
        changed |= editor(ui, id, layout, text);
        tables_hint(ui, compare, layout);
    });
    if changed {
        bench.ctx.actions.push(Action::Changed);
    }
    ui.add_space(6.0);
    match compare.answers.get(id) {
        None if bench.activity.is_some() => parts::waiting(ui, bench),
        None => {}
        Some(Err(error)) => problem(ui, error, bench),
        Some(Ok(figures)) => {
            let figures = figures.clone();
            figures_ui(ui, &figures, compare, bench);
        }
    }
}

fn problem(ui: &mut Ui, error: &EngineError, bench: &Bench<'_>) {
    if error.is_cancelled {
        widgets::secondary(ui, "Cancelled");
    } else {
        parts::failure(ui, error, bench);
    }
}

fn editor(ui: &mut Ui, id: &str, layout: &str, text: &mut String) -> bool {
    let t = tokens(ui);
    let mut changed = false;
    egui::Frame::new()
        .fill(t.raised)
        .stroke(egui::Stroke::new(1.0, t.border))
        .corner_radius(egui::CornerRadius::same(6))
        .show(ui, |ui| {
            ui.set_height(EDITOR_HEIGHT);
            let name = format!("Statement for {layout}");
            let editor = CodeEditor {
                id: Id::unique(format!("own-{id}-{layout}")),
                name: &name,
                highlighter: &highlight_sql,
                error: None,
            };
            changed = editor.ui(ui, text).changed();
        });
    changed
}

/// What can be asked of a layout.
fn tables_hint(ui: &mut Ui, compare: &Compare, layout: &str) {
    let Some(picture) = compare.picture(layout) else {
        return;
    };
    let ink = tokens(ui).text_faint;
    for table in &picture.schema.tables {
        let columns: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        let text = format!("{}({})", table.name, columns.join(", "));
        ui.add(egui::Label::new(RichText::new(text).monospace().size(11.0).color(ink)).wrap());
    }
}
