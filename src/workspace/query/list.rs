//! The queries of the pack, and one editor that belongs to none.

use egui::{Label, RichText, ScrollArea, TextEdit, Ui};

use super::model::{Query, QueryState, SCRATCH};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{medium, semibold, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext};

pub fn ui(ui: &mut Ui, query: &mut Query, state: &mut QueryState, ctx: &WorkspaceContext<'_>) {
    let t = tokens(ui);
    ui.add_space(2.0);
    ui.label(RichText::new(format!("Questions · {}", ctx.pack.title)).font(semibold(13.0)));
    if ctx.pack.queries.len() > 7 {
        let filter = TextEdit::singleline(&mut query.filter)
            .hint_text("Filter questions")
            .desired_width(f32::INFINITY);
        ui.add(filter);
    }
    ui.add_space(2.0);
    let open = state.key(ctx.pack);
    let needle = query.filter.to_lowercase();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let mut shown = 0;
        for entry in &ctx.pack.queries {
            let text = format!("{} {}", entry.title, entry.question).to_lowercase();
            if !text.contains(&needle) {
                continue;
            }
            shown += 1;
            let is_draft = state.drafts.contains_key(&entry.name);
            let row = widgets::list_row(ui, &entry.title, open == entry.name, 30.0, |ui| {
                ui.label(icons::rich(Sign::CircleQuestionMark, 14.0, t.text_faint));
                ui.add(
                    Label::new(RichText::new(&entry.title).font(medium(13.0)))
                        .truncate()
                        .selectable(false),
                );
                if is_draft {
                    ui.label(RichText::new("edited").small().color(t.warning));
                }
            });
            if row.on_hover_text(&entry.question).clicked() {
                state.open = Some(entry.name.clone());
                ctx.actions.push(Action::Changed);
                ctx.actions.push(Action::RunQuery);
            }
        }
        if shown == 0 {
            widgets::faint(ui, "No question has these words");
        }
        ui.add_space(8.0);
        let row = widgets::list_row(ui, "Free SQL", open == SCRATCH, 30.0, |ui| {
            ui.label(icons::rich(Sign::SquareTerminal, 14.0, t.text_faint));
            ui.add(Label::new(RichText::new("Free SQL").font(medium(13.0))).selectable(false));
        });
        if row
            .on_hover_text("An editor of your own on the same data")
            .clicked()
        {
            state.open = Some(SCRATCH.to_owned());
            query.focus_editor = true;
            ctx.actions.push(Action::Changed);
        }
    });
}
