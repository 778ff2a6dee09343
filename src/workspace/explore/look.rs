//! What stands out in the diagram of a model: what is hovered, selected, and around it.

use egui::Ui;

use super::model::{Explore, ExploreState, Selected};
use crate::diagram::{Edge, Scene};
use crate::ui_kit::tokens;
use crate::workspace::WorkspaceContext;
use crate::workspace::picture::Look;

pub fn look<'a>(
    ui: &Ui,
    scene: &Scene,
    explore: &Explore,
    state: &ExploreState,
    ctx: &WorkspaceContext<'_>,
) -> Look<'a> {
    let selected_table = state
        .selected
        .as_ref()
        .and_then(Selected::table)
        .and_then(|name| scene.table_index(name));
    let selected_relation = match state.selected {
        Some(Selected::Relation(relation)) => Some(relation),
        _ => None,
    };
    let around = |table: usize| {
        let mut all = scene.neighbours(table);
        all.push(table);
        all
    };
    let lit = explore.hovered_table.map(around).or_else(|| {
        let edge = scene.edges.get(explore.hovered_edge?)?;
        Some(vec![edge.from, edge.to])
    });
    let stands_out = |index: usize, edge: &Edge| {
        let touches = |table: Option<usize>| table.is_some_and(|t| edge.from == t || edge.to == t);
        explore.hovered_edge == Some(index)
            || (selected_relation.is_some() && edge.relation == selected_relation)
            || touches(explore.hovered_table)
            || (lit.is_none() && touches(selected_table))
    };
    let front = scene
        .edges
        .iter()
        .enumerate()
        .map(|(index, edge)| stands_out(index, edge))
        .collect();
    let tables = scene.tables.iter();
    Look {
        t: tokens(ui),
        selected_table,
        hovered_table: explore.hovered_table,
        front,
        rows: tables.map(|t| ctx.data.rows_of(&t.name)).collect(),
        marks: Vec::new(),
        lit,
    }
}
