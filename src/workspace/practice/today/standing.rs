//! How far one is on each topic, and how many things come back on the days to come.

use egui::{
    Align2, CornerRadius, FontId, Label, Rect, RichText, Role, Sense, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

use super::Page;
use crate::practice::{DAY, Topic};
use crate::ui_kit::{Tokens, format, medium, tokens, widgets};

const BAR_HEIGHT: f32 = 8.0;
const FORECAST_HEIGHT: f32 = 96.0;
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

pub fn ui(ui: &mut Ui, page: &Page<'_>) {
    widgets::section(ui, "Topics");
    for topic in &page.agenda.standing.topics {
        topic_ui(ui, topic);
    }
    widgets::section(ui, "Coming back in the next 7 days");
    forecast(ui, page);
}

fn topic_ui(ui: &mut Ui, topic: &Topic) {
    let t = tokens(ui);
    let Topic {
        path,
        items,
        seen,
        known,
        due,
    } = *topic;
    let due = if due > 0 {
        format!(" · {due} due")
    } else {
        String::new()
    };
    let words = format!("{known} of {items} known{due}");
    ui.horizontal(|ui| {
        ui.add(Label::new(RichText::new(path.title()).font(medium(12.5))).selectable(false));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(RichText::new(&words).size(11.5).color(t.text_faint));
        });
    });
    let size = vec2(ui.available_width(), BAR_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let name = format!("{}: {words}, {seen} tried", path.title());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &name));
    let radius = CornerRadius::same(4);
    let part = |count: u32| rect.width() * count as f32 / items.max(1) as f32;
    let painter = ui.painter();
    painter.rect_filled(rect, radius, t.header);
    if seen > 0 {
        let tried = rect.with_max_x(rect.left() + part(seen));
        painter.rect_filled(tried, radius, t.border_strong);
    }
    if known > 0 {
        let sure = rect.with_max_x(rect.left() + part(known));
        painter.rect_filled(sure, radius, t.success);
    }
    response.on_hover_text(format!("{seen} tried, {words}"));
    ui.add_space(4.0);
}

/// A bar for each day, from today on.
fn forecast(ui: &mut Ui, page: &Page<'_>) {
    let t = tokens(ui);
    let counts = page.agenda.standing.forecast;
    let now = page.view.now;
    let size = vec2(ui.available_width(), FORECAST_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let names: Vec<String> = (0..counts.len())
        .map(|ahead| match ahead {
            0 => "Today".to_owned(),
            _ => weekday(now.day() + ahead as i64).to_owned(),
        })
        .collect();
    let parts = names.iter().zip(counts);
    let parts: Vec<String> = parts
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Image,
            true,
            format!("Coming back: {}", parts.join(", ")),
        )
    });
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f32;
    let step = rect.width() / counts.len() as f32;
    for (place, (name, count)) in names.iter().zip(counts).enumerate() {
        let left = rect.left() + step * place as f32;
        let slot = Rect::from_min_size(pos2(left, rect.top()), Vec2::new(step, rect.height()));
        day_ui(ui, t, slot, name, count, count as f32 / most);
    }
    let last = now.local_secs(now.secs) + (counts.len() as f64 - 1.0) * DAY as f64;
    response.on_hover_text(format!("Up to {}", format::day(last)));
}

fn day_ui(ui: &Ui, t: &Tokens, slot: Rect, name: &str, count: u32, share: f32) {
    let painter = ui.painter();
    let base = slot.bottom() - 18.0;
    let room = base - slot.top() - 18.0;
    let top = base - (room * share).max(2.0);
    let bar = Rect::from_min_max(pos2(slot.left() + 5.0, top), pos2(slot.right() - 5.0, base));
    let fill = if count > 0 { t.accent } else { t.border };
    painter.rect_filled(bar, CornerRadius::same(3), fill);
    let middle = slot.center().x;
    if count > 0 {
        painter.text(
            pos2(middle, top - 3.0),
            Align2::CENTER_BOTTOM,
            count,
            medium(11.5),
            t.text_secondary,
        );
    }
    painter.text(
        pos2(middle, slot.bottom()),
        Align2::CENTER_BOTTOM,
        name,
        FontId::proportional(11.5),
        t.text_faint,
    );
}

/// The weekday of a day since 1970, which began on a Thursday.
fn weekday(day: i64) -> &'static str {
    let place = usize::try_from(day.rem_euclid(7)).unwrap_or(0);
    WEEKDAYS.get(place).copied().unwrap_or_default()
}
