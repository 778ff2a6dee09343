//! The question, its parameters, and the SQL.

use egui::{Align, Frame, Id, Layout, Margin, RichText, Ui};

use super::model::{Query, QueryState, RunStatus};
use super::parameters;
use crate::engine::EngineError;
use crate::ui_kit::code::CodeEditor;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{semibold, tokens, widgets};
use crate::workspace::{Action, DataStatus, WorkspaceContext, highlight_sql};

pub fn ui(ui: &mut Ui, query: &mut Query, state: &mut QueryState, ctx: &WorkspaceContext<'_>) {
    let t = tokens(ui);
    Frame::new()
        .inner_margin(Margin {
            left: 14,
            right: 14,
            top: 8,
            bottom: 6,
        })
        .show(ui, |ui| {
            head(ui, query, state, ctx);
            if let Some(entry) = state.open_query(ctx.pack) {
                parameters::ui(ui, query, state, entry, ctx);
            }
        });
    let error = failure(query, state, ctx);
    if let Some(error) = error.clone() {
        egui::Panel::bottom("query-error")
            .frame(Frame::new().inner_margin(Margin::symmetric(14, 6)))
            .show(ui, |ui| error_ui(ui, &error, state, ctx));
    }
    Frame::new().fill(t.raised).show(ui, |ui| {
        let mut text = state.text(ctx.pack);
        let editor = CodeEditor {
            id: editor_id(),
            name: "SQL editor",
            highlighter: &highlight_sql,
            error: error.and_then(|e| e.place),
        };
        let response = editor.ui(ui, &mut text);
        if std::mem::take(&mut query.focus_editor) {
            response.request_focus();
        }
        if response.changed() {
            state.set_text(ctx.pack, text);
            ctx.actions.push(Action::Changed);
        }
    });
}

pub fn editor_id() -> Id {
    Id::unique("sql-editor")
}

fn head(ui: &mut Ui, query: &Query, state: &mut QueryState, ctx: &WorkspaceContext<'_>) {
    let entry = state.open_query(ctx.pack);
    let title = entry.map_or("Free SQL", |q| &q.title);
    ui.horizontal(|ui| {
        ui.label(RichText::new(title).font(semibold(15.0)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            run_button(ui, query, ctx);
            let key = state.key(ctx.pack);
            if entry.is_some()
                && state.drafts.contains_key(&key)
                && widgets::text_button(ui, Sign::Undo2, "Documented text", true)
                    .on_hover_text("Throw your edit of this query away")
                    .clicked()
            {
                state.drafts.remove(&key);
                ctx.actions.push(Action::Changed);
            }
        });
    });
    let question = entry.map_or(
        "Ask anything of the tables of this model; nothing outside them can be reached",
        |q| q.question.as_str(),
    );
    widgets::secondary(ui, question);
}

fn run_button(ui: &mut Ui, query: &Query, ctx: &WorkspaceContext<'_>) {
    if query.is_running() {
        if widgets::primary_button(ui, Sign::Square, "Cancel", true)
            .on_hover_text("Stop the query (Esc)")
            .clicked()
        {
            ctx.actions.push(Action::Cancel);
        }
        return;
    }
    let is_ready = ctx.data.ready.is_some() || ctx.data.status == DataStatus::Making;
    let hint = if is_ready {
        "Run (Ctrl+Enter)"
    } else {
        "The data of this model is not made yet"
    };
    if widgets::primary_button(ui, Sign::Play, "Run", is_ready)
        .on_hover_text(hint)
        .clicked()
    {
        ctx.actions.push(Action::RunQuery);
    }
}

/// The error of the newest run, while the text is still the one that failed.
fn failure(query: &Query, state: &QueryState, ctx: &WorkspaceContext<'_>) -> Option<EngineError> {
    let run = query.newest()?;
    let RunStatus::Failed(error) = &run.status else {
        return None;
    };
    let is_current = run.key == state.key(ctx.pack) && run.text == state.text(ctx.pack);
    (is_current && !error.is_cancelled).then(|| error.clone())
}

fn error_ui(ui: &mut Ui, error: &EngineError, state: &mut QueryState, ctx: &WorkspaceContext<'_>) {
    let t = tokens(ui);
    let text = state.text(ctx.pack);
    widgets::callout(ui, Sign::CircleAlert, t.danger, |ui| {
        let place = error
            .line_in(&text)
            .map_or_else(String::new, |line| format!("Line {line}: "));
        ui.label(format!("{place}{}", error.message));
        let Some(range) = error.place.clone().filter(|_| !error.candidates.is_empty()) else {
            return;
        };
        ui.horizontal_wrapped(|ui| {
            widgets::secondary(ui, "Did you mean");
            for candidate in error.candidates.iter().take(4) {
                let name = candidate.trim_matches('"');
                let clicked = ui.button(RichText::new(name).monospace()).clicked();
                if clicked && text.get(range.clone()).is_some() {
                    let mut fixed = text.clone();
                    fixed.replace_range(range.clone(), name);
                    state.set_text(ctx.pack, fixed);
                    ctx.actions.push(Action::Changed);
                    ctx.actions.push(Action::RunQuery);
                }
            }
        });
    });
}
