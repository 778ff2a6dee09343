//! The line above the diagram: what is open, and how it is shown.

use egui::{Align, Layout, RichText, Ui};

use super::Panels;
use super::model::{DetailChoice, Explore, ExploreState};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{semibold, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext};

pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    panels: &mut Panels,
    ctx: &WorkspaceContext<'_>,
) {
    let t = tokens(ui);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        panel_buttons(ui, panels, ctx);
        ui.separator();
        view_buttons(ui, explore, state, ctx);
        ui.separator();
        let details = [
            (DetailChoice::Names, "Names", "Only the tables' names"),
            (DetailChoice::Keys, "Keys", "Keys and references"),
            (
                DetailChoice::Full,
                "Columns",
                "All columns with their types",
            ),
        ];
        if let Some(detail) = widgets::segmented(ui, state.detail, &details) {
            state.detail = detail;
            state.camera = None;
            ctx.actions.push(Action::Changed);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(
                egui::Label::new(RichText::new(&ctx.pack.title).font(semibold(15.0))).truncate(),
            );
            ui.add(
                egui::Label::new(RichText::new(&ctx.pack.source).small().color(t.text_faint))
                    .truncate(),
            );
        });
    });
}

fn panel_buttons(ui: &mut Ui, panels: &mut Panels, ctx: &WorkspaceContext<'_>) {
    let window_width = ui.ctx().content_rect().width();
    let before = panels.clone();
    let button = |ui: &mut Ui, sign, name, is_open| {
        widgets::icon_button_enabled(ui, sign, name, true, is_open).clicked()
    };
    if button(
        ui,
        Sign::PanelRight,
        "Inspector (Ctrl+I)",
        panels.inspector_open,
    ) {
        panels.inspector_open = !panels.inspector_open;
    }
    if button(ui, Sign::PanelBottom, "Rows (Ctrl+J)", panels.rows_open) {
        panels.rows_open = !panels.rows_open;
    }
    let is_open = panels.is_documentation_open(window_width);
    if button(ui, Sign::BookOpenText, "Documentation (Ctrl+D)", is_open) {
        panels.toggle_documentation(window_width);
    }
    if *panels != before {
        ctx.actions.push(Action::Changed);
    }
}

fn view_buttons(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    ctx: &WorkspaceContext<'_>,
) {
    if widgets::icon_button(ui, Sign::Image, "Save the diagram as SVG…").clicked() {
        ctx.actions.push(Action::ExportSvg);
    }
    let arranged = !state.pinned.is_empty();
    if widgets::icon_button_enabled(
        ui,
        Sign::Network,
        "Arrange again: let the program place all tables",
        arranged,
        false,
    )
    .clicked()
    {
        explore.arrange_again(state);
        ctx.actions.push(Action::Changed);
    }
    let implied = widgets::icon_button_enabled(
        ui,
        Sign::Spline,
        "Implied relations: references that names give away but nothing declares",
        true,
        state.implied_shown,
    );
    if implied.clicked() {
        state.implied_shown = !state.implied_shown;
        ctx.actions.push(Action::Changed);
    }
    if widgets::icon_button(ui, Sign::Maximize, "Fit the diagram (F)").clicked() {
        state.camera = None;
    }
}
