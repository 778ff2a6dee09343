//! Today: what to do now, why, and how far one is.
//!
//! [`welcome`] is shown until something was done; [`queue`] is the day's session, [`standing`]
//! the topics and the days to come.

mod queue;
mod standing;
mod welcome;

use egui::{Align, CentralPanel, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui, Vec2};

use super::{Agenda, Practice, PracticeAction, PracticeState, PracticeView};
use crate::practice::LENGTHS;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, semibold, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext};

/// Of the page, and of the column on its right, in points.
const PAGE_WIDTH: f32 = 1_080.0;
const SIDE_WIDTH: f32 = 330.0;
/// Of the row that starts a session, in points.
const START_HEIGHT: f32 = 32.0;
/// Below this width the columns stand under each other.
const NARROW: f32 = 720.0;

/// What the parts of the page read.
struct Page<'a> {
    agenda: &'a Agenda,
    view: PracticeView<'a>,
    ctx: &'a WorkspaceContext<'a>,
}

impl Page<'_> {
    fn ask(&self, action: PracticeAction) {
        self.ctx.actions.push(Action::Practice(action));
    }
}

/// Draws the page.
pub fn ui(
    ui: &mut Ui,
    practice: &mut Practice,
    state: &mut PracticeState,
    view: PracticeView<'_>,
    ctx: &WorkspaceContext<'_>,
) {
    // The agenda was made before anything is drawn.
    let Some(agenda) = &practice.agenda else {
        return;
    };
    let page = Page { agenda, view, ctx };
    let panel = Frame::new().fill(tokens(ui).panel);
    let mut is_read = false;
    CentralPanel::no_frame().frame(panel).show(ui, |ui| {
        ScrollArea::vertical()
            .id_salt("today")
            .auto_shrink(false)
            .show(ui, |ui| {
                Frame::new()
                    .inner_margin(Margin {
                        left: 24,
                        right: 24,
                        top: 16,
                        bottom: 32,
                    })
                    .show(ui, |ui| {
                        ui.set_max_width(PAGE_WIDTH.min(ui.available_width()));
                        head(ui, &page);
                        if let Some(text) = &practice.ended {
                            is_read = ended(ui, text);
                        }
                        if view.progress.is_new() && state.session.is_none() {
                            welcome::ui(ui, state, &page);
                        } else {
                            columns(ui, state, &page);
                        }
                    });
            });
    });
    if is_read {
        practice.ended = None;
    }
}

fn head(ui: &mut Ui, page: &Page<'_>) {
    let t = tokens(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new("Today").font(semibold(22.0)));
        let streak = page.agenda.standing.streak;
        if streak > 0 {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let text = match streak {
                    1 => "1 day of practice".to_owned(),
                    days => format!("{days} days in a row"),
                };
                ui.label(RichText::new(text).color(t.text_secondary));
                ui.label(icons::rich(Sign::Flame, 15.0, t.warning));
            });
        }
    });
}

/// What became of the session. Returns whether it was read.
fn ended(ui: &mut Ui, text: &str) -> bool {
    let t = tokens(ui);
    let mut is_read = false;
    widgets::callout(ui, Sign::CircleCheck, t.success, |ui| {
        ui.horizontal(|ui| {
            ui.add(Label::new(text).wrap());
            is_read = widgets::small_icon_button(ui, Sign::X, "Close the message").clicked();
        });
    });
    ui.add_space(6.0);
    is_read
}

fn columns(ui: &mut Ui, state: &mut PracticeState, page: &Page<'_>) {
    let width = ui.available_width();
    if width < NARROW {
        queue::ui(ui, state, page);
        standing::ui(ui, page);
        return;
    }
    let gap = 32.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        let sides = [width - SIDE_WIDTH - gap, SIDE_WIDTH];
        for (place, side) in sides.into_iter().enumerate() {
            let layout = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(Vec2::new(side, 0.0), layout, |ui| {
                ui.set_width(side);
                ui.spacing_mut().item_spacing.x = 8.0;
                if place == 0 {
                    queue::ui(ui, state, page);
                } else {
                    standing::ui(ui, page);
                }
            });
        }
    });
}

/// The length of a session to choose, and the button that starts it.
fn start_ui(ui: &mut Ui, state: &mut PracticeState, page: &Page<'_>, text: &str, minutes: u32) {
    let row = Vec2::new(ui.available_width(), START_HEIGHT);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(row, layout, |ui| {
        ui.set_min_height(START_HEIGHT);
        let padding = ui.spacing().button_padding;
        ui.spacing_mut().button_padding = Vec2::new(12.0, 6.0);
        if widgets::primary_button(ui, Sign::Play, text, true).clicked() {
            page.ask(PracticeAction::Start(minutes));
        }
        ui.spacing_mut().button_padding = padding;
        let names = LENGTHS.map(|length| format!("{length} min"));
        let choices: Vec<(u32, &str, &str)> = LENGTHS
            .iter()
            .zip(&names)
            .map(|(length, name)| (*length, name.as_str(), "How long a day's session takes"))
            .collect();
        if let Some(length) = widgets::segmented(ui, state.minutes, &choices) {
            state.minutes = length;
            page.ctx.actions.push(Action::Changed);
        }
    });
}

/// So many items, in about so many minutes.
fn items_and_minutes(items: usize, minutes: u32) -> String {
    format!(
        "{}, about {minutes} min",
        format::counted(items as u64, "item")
    )
}
