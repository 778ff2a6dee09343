//! Drills that are answered with a schema: the task, an editor, the diagram as one types, and what
//! the grader says.
//!
//! [`task`] is what is wanted and how the time goes, [`editor`] the statements, [`diagram`] their
//! picture; below it [`findings`], [`points`], [`questions`] and [`reference`](mod@reference).

mod diagram;
mod editor;
mod findings;
mod points;
mod questions;
mod reference;
mod state;
mod task;

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

pub use state::{DesignTab, Designing};

use super::Practice;
use super::desk::Desk;
use crate::ui_kit::{tokens, widgets};

/// Draws the screen of a design drill.
pub fn ui(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    let t = tokens(ui);
    let Some(design) = desk.drill.design() else {
        return;
    };
    let panel = Frame::new().fill(t.panel);
    let width = ui.available_width();
    Panel::left("design-task")
        .frame(panel)
        .default_size((width * 0.29).clamp(260.0, 440.0))
        .size_range(220.0..=(width - 480.0).max(221.0))
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt(("design-task", &desk.drill.id))
                .auto_shrink(false)
                .show(ui, |ui| {
                    inside(16, 10, 24).show(ui, |ui| task::ui(ui, practice, design, desk));
                });
        });
    let width = ui.available_width();
    Panel::left("design-editor")
        .frame(panel)
        .default_size((width * 0.47).max(260.0))
        .size_range(220.0..=(width - 240.0).max(221.0))
        .show(ui, |ui| editor::ui(ui, practice, desk));
    let height = ui.available_height();
    Panel::top("design-diagram")
        .frame(Frame::new().fill(t.canvas))
        .resizable(true)
        .default_size((height * 0.45).max(160.0))
        .size_range(110.0..=(height - 140.0).max(111.0))
        .show(ui, |ui| diagram::ui(ui, practice, desk));
    CentralPanel::no_frame().frame(panel).show(ui, |ui| {
        Frame::new()
            .inner_margin(Margin::symmetric(12, 8))
            .show(ui, |ui| tabs(ui, &mut practice.designing));
        let tab = practice.designing.tab;
        ScrollArea::vertical()
            .id_salt(("design-outcome", &desk.drill.id, tab as u8))
            .auto_shrink(false)
            .show(ui, |ui| {
                inside(14, 2, 20).show(ui, |ui| match tab {
                    DesignTab::Findings => findings::ui(ui, practice),
                    DesignTab::Points => points::ui(ui, practice, desk),
                    DesignTab::Questions => questions::ui(ui, practice),
                    DesignTab::Reference => reference::ui(ui, practice, design, desk),
                });
            });
    });
}

fn inside(side: i8, top: i8, bottom: i8) -> Frame {
    Frame::new().inner_margin(Margin {
        left: side,
        right: side,
        top,
        bottom,
    })
}

fn tabs(ui: &mut Ui, designing: &mut Designing) {
    let findings = designing
        .drawing
        .as_ref()
        .map_or(0, |d| d.findings.len() + d.problems.len());
    let findings = match findings {
        0 => "Findings".to_owned(),
        n => format!("Findings {n}"),
    };
    let points = match &designing.verdict {
        Some(verdict) => format!("Points {:.0}", verdict.score * 100.0),
        None => "Points".to_owned(),
    };
    let clicked = widgets::segmented(
        ui,
        designing.tab,
        &[
            (
                DesignTab::Findings,
                &findings,
                "What a reviewer would say of these tables, as you type",
            ),
            (
                DesignTab::Points,
                &points,
                "What was looked for, and where it was found",
            ),
            (
                DesignTab::Questions,
                "Questions",
                "The business questions, asked of your design filled with data",
            ),
            (
                DesignTab::Reference,
                "Reference",
                "Accepted designs, and how yours differs",
            ),
        ],
    );
    if let Some(tab) = clicked {
        designing.tab = tab;
    }
}
