//! A name and a value that can be copied.

use egui::{Align, Label, Layout, RichText, Role, Sense, Ui, WidgetInfo};

use super::words;
use crate::ui_kit::tokens;
use crate::workspace::{Action, WorkspaceContext};

/// Characters of a value that are shown; all of it is copied.
const SHOWN_CHARS: usize = 120;

/// A line of the list of facts. A click copies the value.
pub fn ui(ui: &mut Ui, name: &str, value: &str, ctx: &WorkspaceContext<'_>) {
    let t = tokens(ui);
    ui.horizontal(|ui| {
        let width = 66.0;
        ui.allocate_ui_with_layout(
            egui::vec2(width, 18.0),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.set_min_width(width);
                let text = RichText::new(name).size(12.0).color(t.text_secondary);
                ui.add(Label::new(text).selectable(false));
            },
        );
        let text = RichText::new(words::shown(value, SHOWN_CHARS))
            .size(12.5)
            .color(t.text);
        let label = ui.add(
            Label::new(text)
                .truncate()
                .selectable(false)
                .sense(Sense::click()),
        );
        label.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {value}")));
        crate::ui_kit::widgets::focus_ring(ui, &label);
        let label = label.on_hover_cursor(egui::CursorIcon::Copy);
        if label
            .on_hover_text(format!("{value}\nClick to copy"))
            .clicked()
        {
            ctx.actions.push(Action::Copy {
                text: value.to_owned(),
                what: name.to_owned(),
            });
        }
    });
}
