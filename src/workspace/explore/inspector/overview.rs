//! The model in brief: what it is, its tables, and what there is to read about it.

use egui::{Align, Label, Layout, RichText, Ui};

use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, medium, semibold, tokens, widgets};
use crate::workspace::explore::Panels;
use crate::workspace::explore::docs::{Place, Section};
use crate::workspace::explore::model::{Explore, ExploreState, Selected};
use crate::workspace::{Action, WorkspaceContext};

pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    panels: &mut Panels,
    ctx: &WorkspaceContext<'_>,
) {
    let pack = ctx.pack;
    ui.label(RichText::new(&pack.title).font(semibold(16.0)));
    widgets::faint(ui, &pack.source);
    ui.add_space(4.0);
    widgets::secondary(ui, &pack.summary);
    documentation(ui, explore, panels, ctx);
    tables(ui, explore, state, ctx);
}

/// What there is to read, as ways into the documentation.
fn documentation(
    ui: &mut Ui,
    explore: &mut Explore,
    panels: &mut Panels,
    ctx: &WorkspaceContext<'_>,
) {
    let t = tokens(ui);
    widgets::section(ui, "Documentation");
    for section in Section::of(ctx.pack) {
        let title = section.title();
        let count = match section {
            Section::Purpose => String::new(),
            other => other.count(ctx.pack).to_string(),
        };
        let row = widgets::list_row(ui, &format!("Read {title}"), false, 26.0, |ui| {
            ui.label(icons::rich(sign(section), 13.0, t.text_faint));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(RichText::new(count).small().color(t.text_faint));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(title).truncate().selectable(false));
                });
            });
        });
        if row.clicked() {
            panels.documentation_open = Some(true);
            explore.reading.go(Place::Section(section));
            ctx.actions.push(Action::Changed);
        }
    }
}

fn sign(section: Section) -> Sign {
    match section {
        Section::Purpose => Sign::BookOpenText,
        Section::Requirements => Sign::ListChecks,
        Section::AccessPatterns => Sign::Route,
        Section::TradeOffs => Sign::Scale,
        Section::Labs => Sign::FlaskConical,
        Section::Concepts => Sign::Lightbulb,
        Section::Reviews => Sign::MessageCircleQuestionMark,
        Section::Notes => Sign::StickyNote,
        Section::Adaptations => Sign::Wrench,
    }
}

/// All tables and views, with their rows.
fn tables(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    ctx: &WorkspaceContext<'_>,
) {
    let schema = &ctx.pack.schema;
    if schema.tables.is_empty() {
        return;
    }
    let t = tokens(ui);
    widgets::section(ui, "Tables");
    let tables = schema.tables.iter().map(|t| (&t.name, Sign::Table2));
    let views = schema.views.iter().map(|v| (&v.name, Sign::Eye));
    for (name, sign) in tables.chain(views) {
        let rows = ctx.data.rows_of(name);
        let row = widgets::list_row(ui, &format!("Table {name}"), false, 26.0, |ui| {
            ui.label(icons::rich(sign, 13.0, t.text_faint));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if let Some(rows) = rows {
                    let text = RichText::new(format::counted(rows, "row"));
                    ui.label(text.small().color(t.text_faint));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = RichText::new(name).font(medium(12.5));
                    ui.add(Label::new(text).truncate().selectable(false));
                });
            });
        });
        if row.clicked() {
            state.selected = Some(Selected::Table(name.clone()));
            explore.reveal_selected = true;
            ctx.actions.push(Action::Changed);
        }
    }
}
