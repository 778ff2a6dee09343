//! The bar at the top: where one is, the search, the scale, the theme.

use egui::{Align, Align2, CornerRadius, Layout, RichText, Sense, Stroke, StrokeKind, Ui, Vec2};
use egui::{Role, WidgetInfo};

use super::data::GenerateForm;
use super::{App, Command, WorkspaceKind};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, medium, semibold, tokens, widgets};

impl App {
    pub(super) fn top_bar_ui(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let library = widgets::icon_button_enabled(
                ui,
                Sign::PanelLeft,
                "Library (Ctrl+B)",
                true,
                self.state.library_open,
            );
            if library.clicked() {
                self.run_command(ui.ctx(), Command::ToggleLibrary);
            }
            ui.add_space(2.0);
            ui.label(
                RichText::new("Crowsfoot")
                    .font(semibold(15.0))
                    .color(t.text),
            );
            ui.add_space(14.0);
            for (kind, text, command) in [
                (WorkspaceKind::Explore, "Explore", Command::Explore),
                (WorkspaceKind::Query, "Query", Command::Query),
                (WorkspaceKind::Compare, "Compare", Command::Compare),
                (WorkspaceKind::Practice, "Practice", Command::Practice),
            ] {
                if tab(ui, text, self.state.workspace == kind) {
                    self.run_command(ui.ctx(), command);
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if widgets::icon_button(ui, Sign::Keyboard, "Keyboard shortcuts (F1)").clicked() {
                    self.run_command(ui.ctx(), Command::Help);
                }
                let dark = ui.visuals().dark_mode;
                let (sign, name) = if dark {
                    (Sign::Sun, "Light theme (Ctrl+Shift+L)")
                } else {
                    (Sign::Moon, "Dark theme (Ctrl+Shift+L)")
                };
                if widgets::icon_button(ui, sign, name).clicked() {
                    self.run_command(ui.ctx(), Command::ToggleTheme);
                }
                ui.add_space(4.0);
                // Labs and drills have scales of their own.
                let kind = self.state.workspace;
                if matches!(kind, WorkspaceKind::Explore | WorkspaceKind::Query) {
                    self.scale_button(ui);
                    ui.add_space(4.0);
                }
                if search_field(ui) {
                    self.run_command(ui.ctx(), Command::Palette);
                }
            });
        });
    }

    /// Shows the scale of the data and opens the form that changes it.
    fn scale_button(&mut self, ui: &mut Ui) {
        let text = format!("{} rows", format::short_count(self.state.scale));
        if widgets::text_button(ui, Sign::Database, &text, true)
            .on_hover_text("Rows of the largest table, and the seed they are made from (Ctrl+G)")
            .clicked()
        {
            self.generate_open = Some(GenerateForm::new(&self.state));
        }
    }
}

fn tab(ui: &mut Ui, text: &str, is_open: bool) -> bool {
    let t = tokens(ui);
    let ink = if is_open { t.text } else { t.text_secondary };
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), medium(13.5), ink);
    let size = Vec2::new(galley.size().x + 22.0, 46.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_open, text));
    if response.hovered() && !is_open {
        let back = rect.shrink2(Vec2::new(2.0, 9.0));
        ui.painter()
            .rect_filled(back, CornerRadius::same(6), t.hover);
    }
    widgets::focus_ring(ui, &response);
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, ink);
    if is_open {
        let line = rect
            .with_min_y(rect.bottom() - 2.5)
            .shrink2(Vec2::new(9.0, 0.0));
        ui.painter()
            .rect_filled(line, CornerRadius::same(1), t.accent);
    }
    response.clicked()
}

/// Looks like a field, opens the palette.
fn search_field(ui: &mut Ui) -> bool {
    let t = tokens(ui);
    let width = (ui.available_width() - 12.0).clamp(120.0, 300.0);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 28.0), Sense::click());
    let name = Command::Palette.label();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let edge = if response.hovered() {
        t.border_strong
    } else {
        t.border
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(7),
        t.canvas,
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
    widgets::focus_ring(ui, &response);
    let font = egui::FontId::proportional(12.5);
    let painter = ui.painter().with_clip_rect(rect);
    let left = rect.left_center() + Vec2::new(10.0, 0.0);
    painter.text(
        left,
        Align2::LEFT_CENTER,
        icons::sign(Sign::Search),
        icons::font(14.0),
        t.text_faint,
    );
    painter.text(
        left + Vec2::new(22.0, 0.0),
        Align2::LEFT_CENTER,
        name,
        font.clone(),
        t.text_faint,
    );
    painter.text(
        rect.right_center() - Vec2::new(10.0, 0.0),
        Align2::RIGHT_CENTER,
        "Ctrl+K",
        font,
        t.text_faint,
    );
    response.clicked()
}
