//! Bars: rows by steps of the value, and rows of the most frequent values.

use egui::{Align, CornerRadius, Label, Layout, Rect, RichText, Role, Sense, Stroke, Ui, Vec2};
use egui::{WidgetInfo, pos2};

use super::words;
use crate::engine::{ColumnProfile, Histogram};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{format, tokens, widgets};
use crate::workspace::{Action, Condition, RowPlace, WorkspaceContext};

const HEIGHT: f32 = 72.0;
/// Longer values were cut, and cannot be looked for.
const WHOLE_CHARS: usize = 1_000;

/// Rows by steps. The step under the pointer is told.
pub fn histogram(ui: &mut Ui, profile: &ColumnProfile, histogram: &Histogram) {
    let t = tokens(ui);
    let size = Vec2::new(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let count = histogram.counts.len();
    let (first, last) = (
        words::edge(histogram, 0, profile.kind),
        words::edge(histogram, count, profile.kind),
    );
    response.widget_info(|| {
        let text = format!(
            "Distribution of {}: {count} steps from {first} to {last}",
            profile.column
        );
        WidgetInfo::labeled(Role::Image, true, text)
    });
    let highest = histogram.counts.iter().copied().max().unwrap_or(0).max(1);
    let width = rect.width() / count.max(1) as f32;
    let under = response.hover_pos().map(|pos| {
        (((pos.x - rect.left()) / width).max(0.0) as usize).min(count.saturating_sub(1))
    });
    for (index, &rows) in histogram.counts.iter().enumerate() {
        let left = rect.left() + width * index as f32;
        let gap = if width > 4.0 { 1.0 } else { 0.0 };
        // A step with few rows is still seen to have some.
        let share = rows as f32 / highest as f32;
        let height = if rows == 0 {
            0.0
        } else {
            (share * (rect.height() - 2.0)).max(1.5)
        };
        let bar = Rect::from_min_max(
            pos2(left + gap / 2.0, rect.bottom() - height),
            pos2(left + width - gap / 2.0, rect.bottom()),
        );
        let is_under = under == Some(index);
        let fill = if is_under {
            t.accent
        } else {
            t.accent.gamma_multiply(0.62)
        };
        ui.painter().rect_filled(bar, CornerRadius::ZERO, fill);
    }
    ui.painter().hline(
        rect.x_range(),
        rect.bottom() + 0.5,
        Stroke::new(1.0, t.border_strong),
    );
    if let Some(index) = under {
        let rows = histogram.counts.get(index).copied().unwrap_or(0);
        response.on_hover_text_at_pointer(format!(
            "{}\n{}, {}",
            words::step(histogram, index, profile.kind),
            format::counted(rows, "row"),
            format::share(rows, profile.rows)
        ));
    }
    ui.horizontal(|ui| {
        widgets::faint(ui, first);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            widgets::faint(ui, last)
        });
    });
    tail(ui, profile, histogram);
}

/// What is far from the rest, and left out of the bars.
fn tail(ui: &mut Ui, profile: &ColumnProfile, histogram: &Histogram) {
    let parts = [
        (histogram.below, "below", 0),
        (histogram.above, "above", histogram.counts.len()),
    ];
    for (rows, side, index) in parts {
        if rows > 0 {
            let edge = words::edge(histogram, index, profile.kind);
            widgets::faint(
                ui,
                format!(
                    "{} ({}) {side} {edge} not drawn",
                    format::counted(rows, "row"),
                    format::share(rows, profile.rows)
                ),
            );
        }
    }
}

/// The most frequent values. A click shows their rows, the sign behind it copies the value.
pub fn top_values(ui: &mut Ui, profile: &ColumnProfile, ctx: &WorkspaceContext<'_>) {
    let most = profile.top.values.iter().map(|(_, rows)| *rows).max();
    for (value, rows) in &profile.top.values {
        let share = *rows as f32 / most.unwrap_or(1).max(1) as f32;
        value_row(ui, profile, value, *rows, share, ctx);
    }
    let shown = profile.top.values.len() as u64;
    let listed: u64 = profile.top.values.iter().map(|(_, rows)| rows).sum();
    if let Some(distinct) = profile.distinct
        && distinct.value > shown
        && profile.present > listed
    {
        let about = if distinct.is_estimate { "about " } else { "" };
        widgets::faint(
            ui,
            format!(
                "{about}{} in {}",
                format::counted(distinct.value - shown, "other value"),
                format::counted(profile.present - listed, "row")
            ),
        );
    }
}

fn value_row(
    ui: &mut Ui,
    profile: &ColumnProfile,
    value: &str,
    rows: u64,
    share: f32,
    ctx: &WorkspaceContext<'_>,
) {
    let t = tokens(ui);
    let text = words::shown(value, 80);
    let counted = format::counted(rows, "row");
    let percent = format::share(rows, profile.rows);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let size = Vec2::new((ui.available_width() - 22.0).max(40.0), 22.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let name = format!("{text}: {counted}, {percent}");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let inner = rect.shrink2(Vec2::new(0.0, 1.0));
        let fill = if response.hovered() {
            t.hover
        } else {
            t.stripe
        };
        ui.painter().rect_filled(inner, CornerRadius::same(4), fill);
        let mut bar = inner;
        bar.set_width((inner.width() * share).max(2.0));
        ui.painter()
            .rect_filled(bar, CornerRadius::same(4), t.accent_soft);
        widgets::focus_ring(ui, &response);
        let mut inside = ui.new_child(
            egui::UiBuilder::new()
                .max_rect(rect.shrink2(Vec2::new(7.0, 0.0)))
                .layout(Layout::right_to_left(Align::Center)),
        );
        let amount = RichText::new(format!("{}  {percent}", format::count(rows)));
        inside.add(Label::new(amount.size(11.5).color(t.text_secondary)).selectable(false));
        inside.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let label = RichText::new(&text).size(12.0).color(t.text);
            ui.add(Label::new(label).truncate().selectable(false));
        });
        let is_whole = value.chars().count() < WHOLE_CHARS;
        let hint = if is_whole {
            format!("{name}\nClick to show these rows")
        } else {
            name.clone()
        };
        if response.on_hover_text(hint).clicked() && is_whole {
            ctx.actions.push(Action::Follow(RowPlace {
                table: profile.table.clone(),
                conditions: vec![Condition {
                    column: profile.column.clone(),
                    value: value.to_owned(),
                }],
                counted: Some(rows),
            }));
        }
        if widgets::small_icon_button(ui, Sign::Copy, &format!("Copy {text}")).clicked() {
            ctx.actions.push(Action::Copy {
                text: value.to_owned(),
                what: "The value".to_owned(),
            });
        }
    });
}
