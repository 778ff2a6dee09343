//! The line above the rows: the way here, what is shown, and how much of it.

use egui::{Align, Button, Label, Layout, RichText, Role, Ui, WidgetInfo};

use super::trail::{Peek, Rows};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, semibold, tokens, widgets};
use crate::workspace::explore::Panels;
use crate::workspace::explore::model::{ExploreState, Selected};
use crate::workspace::{Action, RowPlace, WorkspaceContext};

/// Steps of the way that are named; earlier ones are reached by going back.
const NAMED_STEPS: usize = 2;

pub fn ui(
    ui: &mut Ui,
    rows: &mut Rows,
    state: &mut ExploreState,
    panels: &mut Panels,
    ctx: &WorkspaceContext<'_>,
) {
    let size = egui::vec2(ui.available_width(), 36.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.add_space(8.0);
        if widgets::icon_button(ui, Sign::X, "Close the rows").clicked() {
            panels.rows_open = false;
            ctx.actions.push(Action::Changed);
        }
        hint(ui, rows, ctx);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(8.0);
            ui.spacing_mut().item_spacing.x = 6.0;
            let arrived = steps(ui, rows).map(str::to_owned);
            if let Some(table) = arrived {
                state.selected = Some(Selected::Table(table));
            }
            if let Some(peek) = rows.shown() {
                what(ui, peek, ctx);
            }
        });
    });
}

/// Back, forward, and the last steps by name. Returns the table that is shown after a click.
fn steps<'a>(ui: &mut Ui, rows: &'a mut Rows) -> Option<&'a str> {
    let t = tokens(ui);
    let (can_back, can_forward) = (rows.can_go_back(), rows.can_go_forward());
    if !can_back && !can_forward {
        return None;
    }
    ui.spacing_mut().item_spacing.x = 2.0;
    let back =
        widgets::icon_button_enabled(ui, Sign::ArrowLeft, "Back (Alt+Left)", can_back, false);
    let forward = widgets::icon_button_enabled(
        ui,
        Sign::ArrowRight,
        "Forward (Alt+Right)",
        can_forward,
        false,
    );
    ui.spacing_mut().item_spacing.x = 6.0;
    if back.clicked() {
        return rows.go_back();
    }
    if forward.clicked() {
        return rows.go_forward();
    }
    let first = rows.back.len().saturating_sub(NAMED_STEPS);
    let mut wanted = None;
    if first > 0 {
        ui.label(RichText::new("…").color(t.text_faint));
        ui.label(icons::rich(Sign::ChevronRight, 12.0, t.text_faint));
    }
    for (step, peek) in rows.back.iter().enumerate().skip(first) {
        let link = ui.link(RichText::new(&peek.place.table));
        let title = peek.place.title();
        link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Back to {title}")));
        if link.on_hover_text(format!("Back to {title}")).clicked() {
            wanted = Some(step);
        }
        ui.label(icons::rich(Sign::ChevronRight, 12.0, t.text_faint));
    }
    rows.go_back_to(wanted?)
}

/// The table, its filter as a chip that removes it, and how many rows.
fn what(ui: &mut Ui, peek: &Peek, ctx: &WorkspaceContext<'_>) {
    let t = tokens(ui);
    ui.label(RichText::new(&peek.place.table).font(semibold(13.0)));
    if peek.place.is_filtered() {
        let text = peek.place.filter_text();
        let mut job = egui::text::LayoutJob::default();
        let mono = egui::TextFormat::simple(egui::FontId::monospace(11.5), t.text);
        job.append(&text, 0.0, mono);
        let cross = egui::TextFormat::simple(icons::font(12.0), t.text_secondary);
        job.append(&icons::sign(Sign::X), 6.0, cross);
        let chip = ui.add(Button::new(job).fill(t.accent_soft).small());
        let name = format!("Remove the filter {text}");
        chip.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if chip.on_hover_text(&name).clicked() {
            let place = RowPlace::all(peek.place.table.clone());
            ctx.actions.push(Action::Follow(place));
        }
    }
    let text = RichText::new(extent(peek, ctx)).small().color(t.text_faint);
    ui.add(Label::new(text).truncate());
}

/// How many of the rows there are, said in full.
fn extent(peek: &Peek, ctx: &WorkspaceContext<'_>) -> String {
    let shown = peek.store.row_count() as u64;
    if peek.store.stopped().is_none() {
        return "reading…".to_owned();
    }
    let all = if peek.place.is_filtered() {
        peek.place.counted
    } else {
        ctx.data.rows_of(&peek.place.table)
    };
    match all {
        Some(all) if all > shown => format!(
            "first {} of {}",
            format::count(shown),
            format::counted(all, "row")
        ),
        _ if peek.place.is_filtered() => format::counted(shown, "row"),
        _ => format!("all {}", format::counted(shown, "row")),
    }
}

/// What can be done here, while nothing is selected.
fn hint(ui: &mut Ui, rows: &Rows, ctx: &WorkspaceContext<'_>) {
    let Some(peek) = rows.shown() else { return };
    let schema = &ctx.pack.schema;
    let table = &peek.place.table;
    let is_linked = schema.relations_from(table).next().is_some()
        || schema.relations_to(table).next().is_some();
    let is_wide = ui.available_width() > 560.0;
    if is_linked && is_wide && rows.links.is_none() && peek.store.row_count() > 0 {
        widgets::faint(ui, "Select a row to follow its references");
    }
}
