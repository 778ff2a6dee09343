//! Bars under each other: one value for each thing, with its spread and what it was before.

use egui::{
    Align2, Color32, CornerRadius, FontId, Rect, Response, Role, Sense, Stroke, Ui, Vec2,
    WidgetInfo, pos2,
};

use super::{Tokens, medium, tokens};

const ROW: f32 = 26.0;
const BAR: f32 = 14.0;
/// What is there at all can be seen.
const LEAST: f32 = 2.0;

/// One bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    pub name: String,
    pub color: Color32,
    /// In the same unit for all bars. `None`: there is no value, and `text` says why.
    pub value: Option<f64>,
    /// The middle half of the values.
    pub spread: Option<(f64, f64)>,
    /// The same value of another run.
    pub earlier: Option<f64>,
    /// The value in words.
    pub text: String,
    /// Behind the value, fainter.
    pub note: String,
}

/// Draws the bars to one scale that begins at 0.
pub fn bars(ui: &mut Ui, label: &str, bars: &[Bar]) -> Response {
    bars_to(ui, label, bars, 0.0)
}

/// [`bars`] to a scale that reaches to `least_most` at least, so that several groups can be
/// compared.
pub fn bars_to(ui: &mut Ui, label: &str, bars: &[Bar], least_most: f64) -> Response {
    let t = tokens(ui);
    let size = Vec2::new(ui.available_width(), ROW * bars.len() as f32);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| {
        let parts: Vec<String> = bars
            .iter()
            .map(|b| {
                format!("{} {} {}", b.name, b.text, b.note)
                    .trim()
                    .to_owned()
            })
            .collect();
        WidgetInfo::labeled(Role::Image, true, format!("{label}: {}", parts.join(", ")))
    });
    let name_width = name_width(ui, bars, rect.width());
    let text_width = bars
        .iter()
        .map(|b| width(ui, &b.text, medium(12.0)) + width(ui, &b.note, FontId::proportional(11.5)))
        .fold(0.0, f32::max);
    // Figures stand in a column of their own, so that they can be read under each other.
    let room = (rect.width() - name_width - text_width - 30.0).max(36.0);
    let most = bars
        .iter()
        .flat_map(|b| {
            [b.value, b.spread.map(|s| s.1), b.earlier]
                .into_iter()
                .flatten()
        })
        .fold(least_most, f64::max);
    for (index, bar) in bars.iter().enumerate() {
        let top = rect.top() + ROW * index as f32;
        let row = Rect::from_min_size(pos2(rect.left(), top), Vec2::new(rect.width(), ROW));
        draw(ui, t, bar, row, name_width, room, most);
    }
    response
}

fn draw(ui: &Ui, t: &Tokens, bar: &Bar, row: Rect, name_width: f32, room: f32, most: f64) {
    let painter = ui.painter().with_clip_rect(row.intersect(ui.clip_rect()));
    let middle = row.center().y;
    let clip = row.with_max_x(row.left() + name_width - 8.0);
    painter.with_clip_rect(clip.intersect(ui.clip_rect())).text(
        pos2(row.left(), middle),
        Align2::LEFT_CENTER,
        &bar.name,
        FontId::proportional(12.5),
        t.text_secondary,
    );
    let left = row.left() + name_width;
    let place = |value: f64| {
        let share = if most > 0.0 { value / most } else { 0.0 };
        left + (share as f32) * room
    };
    if let Some(value) = bar.value {
        let right = place(value).max(left + LEAST);
        let shape = Rect::from_min_max(
            pos2(left, middle - BAR / 2.0),
            pos2(right, middle + BAR / 2.0),
        );
        let fill = if value > 0.0 {
            bar.color
        } else {
            t.border_strong
        };
        painter.rect_filled(shape, CornerRadius::same(3), fill);
    }
    if let Some((low, high)) = bar.spread {
        let stroke = Stroke::new(1.5, t.text);
        let (low, high) = (place(low), place(high));
        painter.hline(low..=high, middle, stroke);
        painter.vline(low, middle - 4.0..=middle + 4.0, stroke);
        painter.vline(high, middle - 4.0..=middle + 4.0, stroke);
    }
    if let Some(earlier) = bar.earlier {
        let x = place(earlier);
        let stroke = Stroke::new(2.0, t.warning);
        painter.vline(x, row.top() + 2.0..=row.bottom() - 2.0, stroke);
    }
    let ink = if bar.value.is_some() {
        t.text
    } else {
        t.text_faint
    };
    let text = painter.text(
        pos2(left + room + 10.0, middle),
        Align2::LEFT_CENTER,
        &bar.text,
        medium(12.0),
        ink,
    );
    painter.text(
        pos2(text.right() + 8.0, middle),
        Align2::LEFT_CENTER,
        &bar.note,
        FontId::proportional(11.5),
        t.text_secondary,
    );
}

fn name_width(ui: &Ui, bars: &[Bar], all: f32) -> f32 {
    let widest = bars
        .iter()
        .map(|b| width(ui, &b.name, FontId::proportional(12.5)))
        .fold(0.0, f32::max);
    (widest + 14.0).min(all * 0.42)
}

fn width(ui: &Ui, text: &str, font: FontId) -> f32 {
    if text.is_empty() {
        return 0.0;
    }
    ui.painter()
        .layout_no_wrap(text.to_owned(), font, Color32::BLACK)
        .size()
        .x
}
