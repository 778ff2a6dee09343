//! The model as a whole: what it is for, what it must answer, and what a reviewer would ask.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::catalog::{Requirement, Review};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{markdown, medium, semibold, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext, highlight_sql};

pub fn ui(ui: &mut Ui, ctx: &WorkspaceContext<'_>) {
    let pack = ctx.pack;
    ui.label(RichText::new(&pack.title).font(semibold(16.0)));
    widgets::faint(ui, &pack.source);
    ui.add_space(4.0);
    markdown(ui, &pack.purpose);
    if !pack.requirements.is_empty() {
        widgets::section(ui, "Must answer");
        for requirement in &pack.requirements {
            requirement_ui(ui, ctx, requirement);
        }
    }
    if !pack.reviews.is_empty() {
        widgets::section(ui, "What a reviewer would ask");
        for review in &pack.reviews {
            widgets::disclosure(ui, &review.question, |ui| review_ui(ui, ctx, review));
        }
    }
    trade_offs(ui, ctx);
    access_patterns(ui, ctx);
    if !pack.concepts.is_empty() {
        widgets::section(ui, "Concepts it shows");
        for concept in &pack.concepts {
            ui.label(RichText::new(&concept.name).font(medium(13.0)));
            markdown(ui, &concept.text);
            ui.add_space(2.0);
        }
    }
    if !pack.script.adaptations.is_empty() {
        widgets::section(ui, "Changed for DuckDB");
        for adaptation in &pack.script.adaptations {
            markdown(
                ui,
                &format!("`{}`: {}", adaptation.table, adaptation.message),
            );
        }
    }
}

/// What must be answered, and the queries that do.
fn requirement_ui(ui: &mut Ui, ctx: &WorkspaceContext<'_>, requirement: &Requirement) {
    let t = tokens(ui);
    ui.horizontal_top(|ui| {
        ui.label(icons::rich(Sign::CircleCheck, 14.0, t.text_faint));
        ui.vertical(|ui| {
            ui.label(&requirement.text);
            ui.horizontal_wrapped(|ui| {
                let answering = ctx
                    .pack
                    .queries
                    .iter()
                    .filter(|q| q.answers.contains(&requirement.id));
                for query in answering {
                    let link = ui.link(RichText::new(&query.title).small());
                    if link.on_hover_text(&query.question).clicked() {
                        ctx.actions.push(Action::OpenQuery {
                            name: query.name.clone(),
                        });
                    }
                }
            });
        });
    });
}

fn review_ui(ui: &mut Ui, ctx: &WorkspaceContext<'_>, review: &Review) {
    markdown(ui, &review.answer);
    if let Some(sql) = &review.repaired {
        ui.add_space(4.0);
        widgets::faint(ui, "Repaired");
        ScrollArea::horizontal()
            .id_salt(("repaired", &review.question))
            .show(ui, |ui| {
                crate::ui_kit::code::code_block(ui, sql.trim(), &highlight_sql);
            });
    }
    if let Some(query) = review.query.as_ref().and_then(|name| ctx.pack.query(name))
        && ui
            .link(format!("See it in rows: {}", query.title))
            .clicked()
    {
        ctx.actions.push(Action::OpenQuery {
            name: query.name.clone(),
        });
    }
}

fn trade_offs(ui: &mut Ui, ctx: &WorkspaceContext<'_>) {
    let t = tokens(ui);
    if ctx.pack.trade_offs.is_empty() {
        return;
    }
    widgets::section(ui, "Trade-offs");
    for trade_off in &ctx.pack.trade_offs {
        ui.label(RichText::new(&trade_off.choice).font(medium(13.0)));
        for (sign, ink, text) in [
            (Sign::Plus, t.success, &trade_off.gain),
            (Sign::Minus, t.warning, &trade_off.cost),
        ] {
            ui.horizontal_top(|ui| {
                ui.label(icons::rich(sign, 13.0, ink));
                ui.add(Label::new(RichText::new(text).color(t.text_secondary)).wrap());
            });
        }
        ui.add_space(4.0);
    }
}

fn access_patterns(ui: &mut Ui, ctx: &WorkspaceContext<'_>) {
    if ctx.pack.access_patterns.is_empty() {
        return;
    }
    widgets::section(ui, "Access patterns");
    for pattern in &ctx.pack.access_patterns {
        ui.label(&pattern.text);
        widgets::faint(ui, format!("Served by {}", pattern.served_by));
    }
}
