//! The documentation of a model, beside its diagram.

mod mentions;
mod model_parts;
mod reading;
mod reviews;
mod section;
mod text;

use egui::{Align, Frame, Margin, RichText, ScrollArea, Ui};

pub use reading::{Place, Reading};
pub use section::Section;

use super::Panels;
use super::model::{Explore, ExploreState, Selected};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{medium, semibold, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext};
use mentions::{Mention, Names};

/// Lines longer than this are hard to follow, in points.
const TEXT_WIDTH: f32 = 660.0;

/// What the parts of the page need, and what a click in them wants.
pub(super) struct Page<'a> {
    pub ctx: &'a WorkspaceContext<'a>,
    pub names: Names<'a>,
    pub reading: &'a mut Reading,
    /// The table or column that was clicked.
    pub clicked: Option<Mention>,
}

pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    panels: &mut Panels,
    ctx: &WorkspaceContext<'_>,
) {
    let sections = Section::of(ctx.pack);
    Frame::new()
        .inner_margin(Margin {
            left: 16,
            right: 8,
            top: 6,
            bottom: 6,
        })
        .show(ui, |ui| {
            head(ui, panels, ctx);
            contents_ui(ui, &mut explore.reading, &sections);
        });
    let line = ui.cursor().top();
    ui.painter().hline(
        ui.max_rect().x_range(),
        line,
        egui::Stroke::new(1.0, tokens(ui).border),
    );
    let mut page = Page {
        ctx,
        names: Names::new(&ctx.pack.schema),
        reading: &mut explore.reading,
        clicked: None,
    };
    // Text to read, not controls to hit: rows as tall as their letters.
    ui.spacing_mut().interact_size.y = 18.0;
    ui.spacing_mut().item_spacing.y = 5.0;
    ScrollArea::vertical()
        .id_salt(("documentation", &ctx.pack.id))
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin {
                    left: 16,
                    right: 18,
                    top: 10,
                    bottom: 40,
                })
                .show(ui, |ui| {
                    ui.set_max_width(TEXT_WIDTH.min(ui.available_width()));
                    page.ui(ui, &sections);
                });
        });
    if let Some(mention) = page.clicked {
        state.selected = Some(match mention.column {
            Some(column) => Selected::Column {
                table: mention.table,
                column,
            },
            None => Selected::Table(mention.table),
        });
        explore.reveal_selected = true;
        explore.reveal_column = true;
        ctx.actions.push(Action::Changed);
    }
}

fn head(ui: &mut Ui, panels: &mut Panels, ctx: &WorkspaceContext<'_>) {
    let title = RichText::new("Documentation").font(semibold(14.0));
    let is_closed = widgets::title_row(ui, title, 30.0, |ui| {
        widgets::icon_button(ui, Sign::X, "Close the documentation").clicked()
    });
    if is_closed {
        panels.documentation_open = Some(false);
        ctx.actions.push(Action::Changed);
    }
}

/// The table of contents: a click goes there, and where one is stands out.
fn contents_ui(ui: &mut Ui, reading: &mut Reading, sections: &[Section]) {
    let t = tokens(ui);
    // Before the row begins: its height is that of a control.
    ui.spacing_mut().item_spacing = egui::vec2(1.0, 2.0);
    ui.spacing_mut().button_padding = egui::vec2(5.0, 2.0);
    ui.spacing_mut().interact_size.y = 20.0;
    ui.horizontal_wrapped(|ui| {
        for section in sections {
            let is_here = reading.current == *section;
            let ink = if is_here { t.accent } else { t.text_secondary };
            let fill = if is_here {
                t.accent_soft
            } else {
                egui::Color32::TRANSPARENT
            };
            let text = RichText::new(section.short()).font(medium(11.5)).color(ink);
            let button = egui::Button::new(text)
                .fill(fill)
                .stroke(egui::Stroke::NONE)
                .small();
            let response = ui.add(button);
            response.widget_info(|| {
                egui::WidgetInfo::selected(
                    egui::Role::Button,
                    true,
                    is_here,
                    format!("Contents: {}", section.title()),
                )
            });
            if response.on_hover_text(section.title()).clicked() {
                reading.go(Place::Section(*section));
            }
        }
    });
}

impl Page<'_> {
    fn ui(&mut self, ui: &mut Ui, sections: &[Section]) {
        let mut current = None;
        for (index, &section) in sections.iter().enumerate() {
            let top = ui.cursor().top();
            // The section whose head is at the top edge or above it is the one being read.
            if index == 0 || top <= ui.clip_rect().top() + 70.0 {
                current = Some(section);
            }
            self.section_ui(ui, section);
        }
        if let Some(current) = current {
            let is_scrolling = ui.input(|i| i.smooth_scroll_delta.y != 0.0 || i.pointer.any_down());
            self.reading.follow(current, is_scrolling);
        }
    }

    fn section_ui(&mut self, ui: &mut Ui, section: Section) {
        self.place(ui, Place::Section(section), |page, ui| {
            page.heading(ui, section);
        });
        match section {
            Section::Purpose => self.purpose(ui),
            Section::Requirements => self.requirements(ui),
            Section::AccessPatterns => self.access_patterns(ui),
            Section::TradeOffs => self.trade_offs(ui),
            Section::Labs => self.labs(ui),
            Section::Concepts => self.concepts(ui),
            Section::Reviews => self.reviews(ui),
            Section::Notes => self.notes(ui),
            Section::Adaptations => self.adaptations(ui),
        }
        ui.add_space(8.0);
    }

    fn heading(&self, ui: &mut Ui, section: Section) {
        if section == Section::Purpose {
            ui.label(RichText::new(&self.ctx.pack.title).font(semibold(19.0)));
            widgets::faint(ui, &self.ctx.pack.source);
            return;
        }
        ui.add_space(8.0);
        ui.label(RichText::new(section.title()).font(semibold(15.0)));
        ui.add_space(2.0);
    }

    /// Something one can be sent to: scrolls there when it is wanted, and marks it then.
    fn place<R>(
        &mut self,
        ui: &mut Ui,
        place: Place,
        contents: impl FnOnce(&mut Self, &mut Ui) -> R,
    ) -> R {
        let shown = ui.scope(|ui| contents(self, ui));
        let rect = shown.response.rect;
        if self.reading.arrive(&place) {
            let above = rect.with_min_y(rect.top() - 8.0);
            ui.scroll_to_rect(above, Some(Align::TOP));
            ui.ctx().request_repaint();
        }
        if self.reading.is_marked(&place) {
            let line = rect.left() - 9.0;
            ui.painter().vline(
                line,
                rect.y_range(),
                egui::Stroke::new(3.0, tokens(ui).accent),
            );
        }
        shown.inner
    }
}
