//! A relation: its kind, its cardinality, its columns, and the join it stands for.

use egui::{RichText, ScrollArea, Ui};

use super::{bullet, heading, jump};
use crate::model::Relation;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{code, widgets};
use crate::workspace::explore::model::{Explore, ExploreState};
use crate::workspace::{Action, WorkspaceContext, highlight_sql};

pub fn ui(
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
        code::code_block(ui, &join, &highlight_sql);
    });
    if widgets::text_button(ui, Sign::Copy, "Copy the join", true).clicked() {
        ctx.actions.push(Action::Copy {
            text: join,
            what: "The join".to_owned(),
        });
    }
}
