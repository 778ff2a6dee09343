//! Small pieces that look the same everywhere.

use egui::{
    Align, Align2, Button, Color32, CornerRadius, FontId, Frame, Label, Layout, Margin, Response,
    RichText, Role, Sense, Stroke, Ui, Vec2, WidgetInfo,
};

use super::icons::{self, Sign};
use super::{medium, semibold, tokens};

/// A button that is only an icon; `name` is its tooltip and its accessible name.
pub fn icon_button(ui: &mut Ui, icon: Sign, name: &str) -> Response {
    icon_button_enabled(ui, icon, name, true, false)
}

/// A small icon button for lines of text.
pub fn small_icon_button(ui: &mut Ui, icon: Sign, name: &str) -> Response {
    sized_icon_button(ui, icon, name, true, false, 20.0)
}

/// An icon button that may be off (`enabled`) or pressed in (`active`).
pub fn icon_button_enabled(
    ui: &mut Ui,
    icon: Sign,
    name: &str,
    enabled: bool,
    active: bool,
) -> Response {
    sized_icon_button(ui, icon, name, enabled, active, 28.0)
}

fn sized_icon_button(
    ui: &mut Ui,
    icon: Sign,
    name: &str,
    enabled: bool,
    active: bool,
    side: f32,
) -> Response {
    let t = tokens(ui);
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), sense);
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, active, name));
    let (fill, ink) = match (enabled, active) {
        (false, _) => (Color32::TRANSPARENT, t.border_strong),
        (true, true) => (t.accent_soft, t.accent),
        (true, false) if response.hovered() => (t.hover, t.text),
        (true, false) => (Color32::TRANSPARENT, t.text_secondary),
    };
    ui.painter().rect_filled(rect, CornerRadius::same(6), fill);
    focus_ring(ui, &response);
    let size = if side < 24.0 { 13.0 } else { 16.0 };
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        icons::sign(icon),
        icons::font(size),
        ink,
    );
    response.on_hover_text(name)
}

/// A line with a text on the left and buttons on the right, in the middle of its height.
pub fn title_row<R>(
    ui: &mut Ui,
    text: RichText,
    height: f32,
    buttons: impl FnOnce(&mut Ui) -> R,
) -> R {
    let size = Vec2::new(ui.available_width(), height);
    let row = ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_size(size);
        let result = buttons(ui);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(text).truncate());
        });
        result
    });
    row.inner
}

/// A ring around what has the keyboard.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            response.rect.expand(1.0),
            CornerRadius::same(7),
            Stroke::new(1.5, tokens(ui).accent),
            egui::StrokeKind::Outside,
        );
    }
}

/// The one button of a screen that leads on.
pub fn primary_button(ui: &mut Ui, icon: Sign, text: &str, enabled: bool) -> Response {
    let t = tokens(ui);
    let ink = if enabled { t.accent_text } else { t.text_faint };
    let label = icons::with_text(icon, text, medium(13.0), ink);
    let fill = if enabled { t.accent } else { t.header };
    let response = ui.add_enabled(enabled, Button::new(label).fill(fill).stroke(Stroke::NONE));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
    response
}

/// A button with an icon before its words.
pub fn text_button(ui: &mut Ui, icon: Sign, text: &str, enabled: bool) -> Response {
    let t = tokens(ui);
    let ink = if enabled { t.text } else { t.text_faint };
    let label = icons::with_text(icon, text, FontId::proportional(13.0), ink);
    let response = ui.add_enabled(enabled, Button::new(label));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
    response
}

/// One of a few choices, side by side. Returns the choice clicked.
pub fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    current: T,
    choices: &[(T, &str, &str)],
) -> Option<T> {
    let t = tokens(ui);
    let mut clicked = None;
    Frame::new()
        .fill(t.header)
        .corner_radius(CornerRadius::same(7))
        .inner_margin(Margin::same(2))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.horizontal(|ui| {
                let mut show = |ui: &mut Ui, (value, text, hint): &(T, &str, &str)| {
                    if segment(ui, text, *value == current)
                        .on_hover_text(*hint)
                        .clicked()
                    {
                        clicked = Some(*value);
                    }
                };
                // A row that fills from the right would turn the choices round.
                if ui.layout().prefer_right_to_left() {
                    choices.iter().rev().for_each(|choice| show(ui, choice));
                } else {
                    choices.iter().for_each(|choice| show(ui, choice));
                }
            });
        });
    clicked
}

fn segment(ui: &mut Ui, text: &str, is_on: bool) -> Response {
    let t = tokens(ui);
    let ink = if is_on { t.text } else { t.text_secondary };
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), medium(12.5), ink);
    let size = Vec2::new(galley.size().x + 18.0, 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_on, text));
    if is_on {
        ui.painter().rect(
            rect,
            CornerRadius::same(5),
            t.raised,
            Stroke::new(1.0, t.border),
            egui::StrokeKind::Inside,
        );
    } else if response.hovered() {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(5), t.hover);
    }
    focus_ring(ui, &response);
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, ink);
    response
}

/// A line of a list: full width, selectable. The closure draws inside.
pub fn list_row<R>(
    ui: &mut Ui,
    name: &str,
    is_selected: bool,
    height: f32,
    contents: impl FnOnce(&mut Ui) -> R,
) -> Response {
    let t = tokens(ui);
    let size = Vec2::new(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_selected, name));
    if is_selected {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(6), t.accent_soft);
    } else if response.hovered() {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(6), t.hover);
    }
    focus_ring(ui, &response);
    inside_row(ui, rect, contents);
    response
}

/// A line of a list that leads somewhere, or does not (`enabled`) and then only says so.
pub fn list_row_enabled<R>(
    ui: &mut Ui,
    name: &str,
    enabled: bool,
    height: f32,
    contents: impl FnOnce(&mut Ui) -> R,
) -> Response {
    if enabled {
        return list_row(ui, name, false, height, contents);
    }
    let size = Vec2::new(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, false, name));
    inside_row(ui, rect, contents);
    response
}

fn inside_row<R>(ui: &mut Ui, rect: egui::Rect, contents: impl FnOnce(&mut Ui) -> R) {
    let mut inside = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(rect.shrink2(Vec2::new(8.0, 2.0)))
            .layout(Layout::left_to_right(Align::Center)),
    );
    inside.set_clip_rect(rect.intersect(ui.clip_rect()));
    // A text that can be selected would take the click that is meant for the row.
    inside.style_mut().interaction.selectable_labels = false;
    contents(&mut inside);
}

/// A dialog over a dimmed window, in the upper part of it where the eye is.
pub fn dialog<R>(
    ctx: &egui::Context,
    name: &str,
    width: f32,
    contents: impl FnOnce(&mut Ui) -> R,
) -> egui::ModalResponse<R> {
    let id = egui::Id::unique(name.to_owned());
    let area = egui::Modal::default_area(id).anchor(Align2::CENTER_TOP, [0.0, 76.0]);
    let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::same(18));
    egui::Modal::new(id)
        .area(area)
        .frame(frame)
        .show(ctx, |ui| {
            ui.set_width(width);
            contents(ui)
        })
}

/// A small heading above a group.
pub fn section(ui: &mut Ui, text: &str) {
    let t = tokens(ui);
    ui.add_space(10.0);
    ui.label(
        RichText::new(text)
            .font(semibold(12.0))
            .color(t.text_secondary),
    );
    ui.add_space(1.0);
}

/// A line that opens to show more, as long as it needs to be. Whoever calls keeps what is open.
pub fn disclosure_head(ui: &mut Ui, title: &str, is_open: bool) -> Response {
    let t = tokens(ui);
    let sign = if is_open {
        Sign::ChevronDown
    } else {
        Sign::ChevronRight
    };
    let head = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        ui.label(icons::rich(sign, 14.0, t.text_faint));
        ui.add(
            Label::new(RichText::new(title).font(medium(13.0)))
                .wrap()
                .selectable(false),
        );
    });
    let id = ui.make_persistent_id(("disclosure", title));
    let response = ui.interact(head.response.rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, title));
    focus_ring(ui, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A label in a rounded box: a type, a key, a state.
pub fn badge(ui: &mut Ui, text: &str, ink: Color32) -> Response {
    let t = tokens(ui);
    Frame::new()
        .fill(t.header)
        .corner_radius(CornerRadius::same(4))
        .inner_margin(Margin::symmetric(5, 1))
        .show(ui, |ui| {
            let text = RichText::new(text).font(medium(11.0)).color(ink);
            ui.add(Label::new(text).selectable(false).extend());
        })
        .response
}

/// Secondary text.
pub fn secondary(ui: &mut Ui, text: impl Into<String>) -> Response {
    let color = tokens(ui).text_secondary;
    ui.label(RichText::new(text.into()).color(color))
}

/// The faintest text that can still be read.
pub fn faint(ui: &mut Ui, text: impl Into<String>) -> Response {
    let color = tokens(ui).text_faint;
    ui.label(RichText::new(text.into()).small().color(color))
}

/// What stands where there is nothing yet: why, and what to do.
pub fn empty_state(ui: &mut Ui, icon: Sign, title: &str, text: &str) {
    let t = tokens(ui);
    let height = ui.available_height();
    ui.vertical_centered(|ui| {
        ui.add_space((height * 0.5 - 60.0).max(12.0));
        ui.label(icons::rich(icon, 28.0, t.text_faint));
        ui.add_space(4.0);
        ui.label(RichText::new(title).font(semibold(14.0)));
        ui.label(RichText::new(text).color(t.text_secondary));
    });
}

/// A message box with an icon: an error, a warning.
pub fn callout(ui: &mut Ui, icon: Sign, ink: Color32, contents: impl FnOnce(&mut Ui)) {
    let t = tokens(ui);
    let fill = if ink == t.danger {
        t.danger_soft
    } else {
        t.header
    };
    Frame::new()
        .fill(fill)
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(12, 9))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                ui.label(icons::rich(icon, 15.0, ink));
                ui.vertical(contents);
            });
        });
}

/// A thin progress bar; `None` shows that nobody can tell how far it is.
pub fn progress(ui: &mut Ui, fraction: Option<f32>, width: f32) {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 6.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, "Progress"));
    let radius = CornerRadius::same(3);
    ui.painter().rect_filled(rect, radius, t.header);
    let mut bar = rect;
    match fraction {
        Some(part) => bar.set_width(rect.width() * part.clamp(0.0, 1.0)),
        None => {
            let phase = (ui.input(|i| i.time) * 0.8).fract() as f32;
            bar.set_width(rect.width() * 0.3);
            bar = bar.translate(Vec2::new(rect.width() * 0.7 * phase, 0.0));
        }
    }
    ui.painter().rect_filled(bar, radius, t.accent);
}
