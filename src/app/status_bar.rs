//! The bar at the bottom: what is running, how it went, and what is wrong.

use std::time::{Duration, Instant};

use egui::{Align, Layout, RichText, Ui};

use super::{App, Command};
use crate::engine::Integrity;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, tokens, widgets};
use crate::workspace::DataStatus;

/// How long a message stays.
const NOTICE_TIME: Duration = Duration::from_secs(8);

/// Messages to the user, newest last.
#[derive(Default)]
pub struct Notices {
    list: Vec<Notice>,
}

pub struct Notice {
    pub text: String,
    pub is_error: bool,
    at: Instant,
}

impl Notices {
    pub fn say(&mut self, text: impl Into<String>) {
        self.push(text.into(), false);
    }

    pub fn error(&mut self, text: impl Into<String>) {
        self.push(text.into(), true);
    }

    fn push(&mut self, text: String, is_error: bool) {
        self.list.push(Notice {
            text,
            is_error,
            at: Instant::now(),
        });
    }

    /// The message to show: errors until they are closed, others for a while.
    pub fn newest(&self) -> Option<&Notice> {
        self.list
            .iter()
            .rev()
            .find(|n| n.is_error || n.at.elapsed() < NOTICE_TIME)
    }

    pub fn close(&mut self) {
        self.list.clear();
    }
}

impl App {
    pub(super) fn status_bar_ui(&mut self, ui: &mut Ui) {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let is_busy = self.activity_ui(ui);
            if !is_busy {
                self.idle_ui(ui);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                self.problems_button(ui);
                self.notice_ui(ui);
            });
        });
    }

    /// What is running, with Cancel. Returns whether something is.
    fn activity_ui(&mut self, ui: &mut Ui) -> bool {
        let t = tokens(ui);
        let Some(activity) = self.engine.as_ref().and_then(|e| e.activity()) else {
            return false;
        };
        // Things that end at once would only flicker.
        if activity.since.elapsed() < Duration::from_millis(120) {
            ui.ctx().request_repaint_after(Duration::from_millis(120));
            return false;
        }
        ui.ctx().request_repaint_after(Duration::from_millis(80));
        ui.label(icons::rich(Sign::LoaderCircle, 14.0, t.accent));
        let text = if activity.detail.is_empty() {
            activity.label.clone()
        } else {
            format!("{} · {}", activity.label, activity.detail)
        };
        ui.label(RichText::new(text).size(12.0));
        widgets::progress(ui, activity.fraction, 120.0);
        ui.label(
            RichText::new(format!("{:.1} s", activity.since.elapsed().as_secs_f32()))
                .monospace()
                .size(11.5)
                .color(t.text_secondary),
        );
        let cancel = egui::Button::new(RichText::new("Cancel").size(12.0)).small();
        if ui.add(cancel).on_hover_text("Cancel (Esc)").clicked() {
            self.run_command(ui.ctx(), Command::Cancel);
        }
        true
    }

    fn idle_ui(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        let Some(pack) = self.pack() else { return };
        let Some(data) = self.data.get(&pack.id) else {
            return;
        };
        let (sign, ink) = match &data.status {
            DataStatus::Failed(_) => (Sign::CircleAlert, t.danger),
            DataStatus::Cancelled => (Sign::CircleStop, t.warning),
            _ if data.ready.is_some() => (Sign::CircleCheck, t.success),
            _ => (Sign::Circle, t.text_faint),
        };
        ui.label(icons::rich(sign, 13.0, ink));
        let made = data.ready.as_ref().map(|ready| {
            format!(
                "{} in {} tables · made in {} · {} · seed {}",
                format::counted(ready.rows.values().sum(), "row"),
                ready.rows.len(),
                format::duration(ready.report.elapsed),
                match ready.report.integrity {
                    Integrity::Enforced => "keys enforced",
                    Integrity::Verified => "keys verified by query",
                },
                ready.seed
            )
        });
        let text = match (&data.status, made) {
            (DataStatus::Failed(error), Some(_)) => {
                format!("{} · the earlier data is still here", error.message)
            }
            (DataStatus::Failed(error), None) => error.message.clone(),
            (DataStatus::Cancelled, Some(made)) => format!("Cancelled · still here: {made}"),
            (DataStatus::Cancelled, None) => "Cancelled: no data was made".to_owned(),
            (_, Some(made)) => made,
            (_, None) => "No data yet".to_owned(),
        };
        ui.add(egui::Label::new(RichText::new(text).size(12.0).color(t.text_secondary)).truncate());
    }

    fn problems_button(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        let count = self.catalog.problems.len();
        if count == 0 {
            return;
        }
        let text = format::counted(count as u64, "problem");
        let font = egui::FontId::proportional(12.0);
        let label = icons::with_text(Sign::TriangleAlert, &text, font, t.warning);
        let button = ui.add(egui::Button::new(label).small());
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &text));
        if button.on_hover_text("What is wrong in the packs").clicked() {
            self.problems_open = true;
        }
    }

    fn notice_ui(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        let Some(notice) = self.notices.newest() else {
            return;
        };
        let (ink, text, is_error) = (
            if notice.is_error {
                t.danger
            } else {
                t.text_secondary
            },
            notice.text.clone(),
            notice.is_error,
        );
        let mut close = false;
        if is_error {
            close = widgets::icon_button(ui, Sign::X, "Close the message").clicked();
        } else {
            ui.ctx().request_repaint_after(NOTICE_TIME);
        }
        ui.add(egui::Label::new(RichText::new(&text).size(12.0).color(ink)).truncate())
            .on_hover_text(&text);
        if close {
            self.notices.close();
        }
    }
}
