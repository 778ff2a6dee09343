//! Runs that were kept, to be laid beside the newest.

use egui::{RichText, Ui};

use super::Compare;
use crate::lab::LabReport;
use crate::lab::verdict::differs_in;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, tokens};

/// Runs shown in the menu: older ones stay on disk.
const SHOWN: usize = 12;

/// Chooses the run the figures are laid beside.
pub fn menu(ui: &mut Ui, compare: &mut Compare) {
    let newest = compare.report.as_ref().map(|r| r.started_secs);
    let others: Vec<_> = compare
        .earlier
        .iter()
        .filter(|run| Some(run.report.started_secs) != newest)
        .take(SHOWN)
        .cloned()
        .collect();
    if others.is_empty() {
        return;
    }
    let ink = tokens(ui).text_secondary;
    let label = match &compare.beside {
        Some(report) => format!("Beside: {}", when(report)),
        None => "Earlier runs".to_owned(),
    };
    let font = egui::FontId::proportional(12.0);
    let text = icons::with_text(Sign::History, &label, font, ink);
    let menu = ui.menu_button(text, |ui| {
        if compare.beside.is_some() && ui.button("None").clicked() {
            compare.beside = None;
            ui.close();
        }
        for run in others {
            let report = &run.report;
            let text = format!(
                "{} · {} rows",
                when(report),
                format::short_count(report.rows)
            );
            if ui.button(text).clicked() {
                compare.beside = Some(std::sync::Arc::new(report.clone()));
                ui.close();
            }
        }
    });
    menu.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, "Lay an earlier run beside")
    });
}

/// Says what sets the run beside apart, where one is shown.
pub fn remark(ui: &mut Ui, compare: &Compare) {
    let (Some(now), Some(beside)) = (&compare.report, &compare.beside) else {
        return;
    };
    let t = tokens(ui);
    ui.horizontal(|ui| {
        ui.label(icons::rich(Sign::History, 13.0, t.warning));
        let differs = differs_in(now, beside);
        let text = match differs {
            None => format!("The upright marks are the run of {}", when(beside)),
            Some(reasons) => format!(
                "The upright marks are the run of {}: {reasons}, so the times are not of one kind",
                when(beside)
            ),
        };
        ui.label(RichText::new(text).small().color(t.text_secondary));
    });
}

/// How long ago a run was, or its day.
fn when(report: &LabReport) -> String {
    let then = std::time::UNIX_EPOCH + std::time::Duration::from_secs(report.started_secs);
    let minutes = then.elapsed().map_or(0, |d| d.as_secs() / 60);
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{} ago", format::counted(minutes, "minute")),
        60..1_440 => format!("{} ago", format::counted(minutes / 60, "hour")),
        _ => {
            let text = humantime::format_rfc3339_seconds(then).to_string();
            text.chars().take(10).collect()
        }
    }
}
