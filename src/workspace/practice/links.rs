//! Rows that lead to what shows what a text says.

use egui::{Align, Label, Layout, RichText, Ui};

use crate::catalog::See;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext};

/// Draws the links that lead somewhere, under a heading; nothing when there are none.
pub fn ui(ui: &mut Ui, title: &str, links: &[See], ctx: &WorkspaceContext<'_>) {
    let links = links.iter();
    let links: Vec<(&See, String)> = links
        .filter_map(|see| Some((see, see.title(ctx.catalog)?)))
        .collect();
    if links.is_empty() {
        return;
    }
    widgets::section(ui, title);
    ui.spacing_mut().item_spacing.y = 2.0;
    for (see, title) in links {
        if row(ui, see, &title).clicked() {
            follow(see, ctx);
        }
    }
}

fn row(ui: &mut Ui, see: &See, title: &str) -> egui::Response {
    let t = tokens(ui);
    let name = format!("{}: {title}", see.kind());
    widgets::list_row(ui, &name, false, 30.0, |ui| {
        ui.label(icons::rich(sign(see), 14.0, t.accent));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(icons::rich(Sign::ArrowRight, 13.0, t.text_faint));
            let kind = RichText::new(see.kind()).size(11.5).color(t.text_faint);
            ui.label(kind);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let title = RichText::new(title).font(medium(13.0));
                ui.add(Label::new(title).truncate());
            });
        });
    })
}

fn sign(see: &See) -> Sign {
    match see {
        See::Pack(_) => Sign::Network,
        See::Lab(_) => Sign::FlaskConical,
        See::Drill(_) => Sign::Dumbbell,
        See::Query { .. } => Sign::SquareTerminal,
        See::Guide(_) => Sign::Database,
    }
}

fn follow(see: &See, ctx: &WorkspaceContext<'_>) {
    match see {
        See::Pack(id) => ctx.actions.push(Action::OpenPack(id.clone())),
        See::Lab(id) => ctx.actions.push(Action::OpenLab(id.clone())),
        See::Drill(id) => ctx.actions.push(Action::OpenDrill(id.clone())),
        See::Query { pack, name } => {
            ctx.actions.push(Action::OpenPack(pack.clone()));
            let name = name.clone();
            ctx.actions.push(Action::OpenQuery { name });
        }
        See::Guide(id) => ctx.actions.push(Action::OpenGuide(id.clone())),
    }
}
