//! The rows that answer, how many and how fast, and what to notice in them.

use egui::{Align, Frame, Layout, Margin, RichText, Ui};

use super::model::{Query, QueryState, Run, RunStatus};
use crate::engine::{ExportFormat, StopReason};
use crate::ui_kit::grid::{GridSource, grid_ui};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, medium, tokens, widgets};
use crate::workspace::{Action, DataStatus, StoredRows, WorkspaceContext};

pub fn ui(ui: &mut Ui, query: &mut Query, state: &QueryState, ctx: &WorkspaceContext<'_>) {
    if query.shown.is_none() {
        nothing_yet(ui, query, ctx);
        return;
    }
    let is_sorting = query.is_sorting();
    Frame::new()
        .inner_margin(Margin {
            left: 14,
            right: 8,
            top: 4,
            bottom: 4,
        })
        .show(ui, |ui| {
            if let Some(run) = &query.shown {
                summary(ui, query, run, is_sorting, ctx);
                notice(ui, run, state, ctx);
            }
        });
    let Some(run) = &query.shown else { return };
    let source = StoredRows::new(&run.store, query.order.as_deref());
    if source.columns().is_empty() {
        return;
    }
    let action = grid_ui(ui, "Result", &mut query.grid, &source);
    drop(source);
    if let Some(column) = action.sort_by {
        let ctx = ui.ctx().clone();
        query.sort_by(column, move || ctx.request_repaint());
    }
}

fn nothing_yet(ui: &mut Ui, query: &Query, ctx: &WorkspaceContext<'_>) {
    match (&ctx.data.status, query.newest().map(|run| &run.status)) {
        (_, Some(RunStatus::Done(summary))) => widgets::empty_state(
            ui,
            Sign::Check,
            "Done",
            &format!(
                "The statement gives no rows. It took {}",
                format::duration(summary.elapsed)
            ),
        ),
        (_, Some(RunStatus::Failed(error))) if error.is_cancelled => {
            widgets::empty_state(
                ui,
                Sign::CircleStop,
                "Cancelled",
                "Run it again with Ctrl+Enter",
            );
        }
        (_, Some(RunStatus::Failed(_))) => widgets::empty_state(
            ui,
            Sign::CircleAlert,
            "No rows",
            "The statement could not run: the reason stands below the editor",
        ),
        (DataStatus::Making, _) => widgets::empty_state(
            ui,
            Sign::LoaderCircle,
            "The data is being made",
            "The query runs as soon as the tables are there",
        ),
        (_, Some(RunStatus::Waiting | RunStatus::Running)) => {
            widgets::empty_state(ui, Sign::LoaderCircle, "Running…", "Cancel with Esc");
        }
        (_, None) => widgets::empty_state(
            ui,
            Sign::Play,
            "No rows yet",
            "Run the query with Ctrl+Enter, or pick a question on the left",
        ),
    }
}

fn summary(ui: &mut Ui, query: &Query, run: &Run, is_sorting: bool, ctx: &WorkspaceContext<'_>) {
    let t = tokens(ui);
    let rows = format::counted(run.store.row_count() as u64, "row");
    ui.horizontal(|ui| {
        ui.label(RichText::new(&rows).font(medium(13.0)));
        let text = match (&run.status, run.store.stopped()) {
            (RunStatus::Done(done), Some((StopReason::TooLarge(bytes), _))) => {
                ui.label(
                    RichText::new(format!(
                        "stopped after {} of result on disk: there are more rows",
                        format::bytes(bytes)
                    ))
                    .color(t.warning),
                );
                format::duration(done.elapsed)
            }
            (RunStatus::Done(done), _) if done.elapsed > done.first_rows * 2 => format!(
                "all of them in {}, the first after {}",
                format::duration(done.elapsed),
                format::duration(done.first_rows)
            ),
            (RunStatus::Done(done), _) => {
                format!("all of them in {}", format::duration(done.elapsed))
            }
            (RunStatus::Failed(error), _) if error.is_cancelled => {
                "cancelled: these are the rows that had arrived".to_owned()
            }
            (RunStatus::Failed(error), _) => format!("then it failed: {}", error.message),
            _ => "so far…".to_owned(),
        };
        widgets::faint(ui, text);
        if is_sorting {
            widgets::faint(ui, "sorting…");
        }
        if let Some(error) = &query.sort_error {
            ui.label(RichText::new(&error.message).small().color(t.danger));
        }
        if query.run.is_some() {
            widgets::faint(ui, "(of the run before)");
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            save_menu(ui, ctx)
        });
    });
}

fn save_menu(ui: &mut Ui, ctx: &WorkspaceContext<'_>) {
    let ink = tokens(ui).text_secondary;
    let label = icons::with_text(
        Sign::Download,
        "Save",
        egui::FontId::proportional(13.0),
        ink,
    );
    let menu = ui.menu_button(label, |ui| {
        for (format, text) in [
            (ExportFormat::Csv, "As CSV…"),
            (ExportFormat::Json, "As JSON…"),
            (ExportFormat::Parquet, "As Parquet…"),
        ] {
            if ui.button(text).clicked() {
                ctx.actions.push(Action::Export(format));
                ui.close();
            }
        }
    });
    menu.response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Save the result"));
}

/// What the author of the query wants one to see in the rows.
fn notice(ui: &mut Ui, run: &Run, state: &QueryState, ctx: &WorkspaceContext<'_>) {
    let t = tokens(ui);
    let is_documented = !state.drafts.contains_key(&run.key);
    if let Some(entry) = ctx.pack.query(&run.key).filter(|_| is_documented)
        && !entry.notice.is_empty()
    {
        ui.horizontal_top(|ui| {
            ui.label(icons::rich(Sign::Lightbulb, 14.0, t.warning));
            ui.add(egui::Label::new(RichText::new(&entry.notice).color(t.text_secondary)).wrap());
        });
        ui.add_space(2.0);
    }
}
