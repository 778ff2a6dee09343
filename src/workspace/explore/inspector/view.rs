//! A view: what it reads, and how it is defined.

use egui::{ScrollArea, Ui};

use super::{heading, jump};
use crate::model::View;
use crate::ui_kit::{code, widgets};
use crate::workspace::explore::model::{Explore, ExploreState};
use crate::workspace::{WorkspaceContext, highlight_sql};

pub fn ui(
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
        code::code_block(ui, &view.sql, &highlight_sql);
    });
}
