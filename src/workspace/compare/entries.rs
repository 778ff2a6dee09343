//! What there is to look at in a lab, with its figure.

use egui::{Align, Color32, Label, Layout, RichText, ScrollArea, Ui};

use super::{Bench, Compare, CompareState, Item, RunStatus};
use crate::lab::{LabReport, ReadFigures, Verdict, verdict};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{Tokens, format, medium, tokens, widgets};
use crate::workspace::Action;

pub fn ui(ui: &mut Ui, compare: &Compare, state: &mut CompareState, bench: &Bench<'_>) {
    let lab = bench.lab;
    let open = state.item(&lab.id);
    let mut clicked = None;
    let mut add = false;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let report = compare.report.as_deref();
        let mut line = |ui: &mut Ui, item: Item, sign: Sign, text: &str, figure: Figure| {
            if row(ui, &open, &item, sign, text, figure) {
                clicked = Some(item);
            }
        };
        let none = Figure::default();
        line(ui, Item::Overview, Sign::LayoutDashboard, "Overview", none);
        widgets::section(ui, "Questions");
        for read in &lab.reads {
            let figures = report.and_then(|r| r.read(&read.id));
            let figure = Figure::of_read(tokens(ui), figures);
            let item = Item::Read(read.id.clone());
            line(ui, item, Sign::CircleQuestionMark, &read.title, figure);
        }
        for draft in state.own_of(&lab.id) {
            let item = Item::Own(draft.id.clone());
            let figures = compare.answers.get(&draft.id).and_then(|a| a.as_ref().ok());
            let figure = Figure::of_read(tokens(ui), figures);
            line(ui, item, Sign::UserRound, &draft.title, figure);
        }
        add = widgets::list_row(ui, "Ask your own question", false, 28.0, |ui| {
            let t = tokens(ui);
            ui.label(icons::rich(Sign::Plus, 13.0, t.accent));
            ui.label(RichText::new("Ask your own").color(t.accent));
        })
        .on_hover_text("A statement for each layout, proven to give one answer, and measured")
        .clicked();
        if !lab.writes.is_empty() {
            widgets::section(ui, "Changes");
        }
        for write in &lab.writes {
            let figure = Figure::of_write(tokens(ui), report, &write.id);
            let item = Item::Write(write.id.clone());
            line(ui, item, Sign::PencilLine, &write.title, figure);
        }
        if !lab.checks.is_empty() || !lab.anomalies.is_empty() {
            widgets::section(ui, "What can go wrong");
        }
        for check in &lab.checks {
            let figure = Figure::of_check(tokens(ui), report, &check.id);
            let item = Item::Check(check.id.clone());
            line(ui, item, Sign::Scale, &check.title, figure);
        }
        for anomaly in &lab.anomalies {
            let item = Item::Anomaly(anomaly.id.clone());
            line(
                ui,
                item,
                Sign::TriangleAlert,
                &anomaly.title,
                Figure::default(),
            );
        }
        if !lab.simulations.is_empty() {
            widgets::section(ui, "Simulated");
        }
        for simulation in &lab.simulations {
            let item = Item::Simulation(simulation.id.clone());
            line(
                ui,
                item,
                Sign::ChartColumn,
                &simulation.title,
                Figure::default(),
            );
        }
        widgets::section(ui, "Scale");
        let swept = Figure {
            text: match compare.sweep_status {
                RunStatus::Running => "…".to_owned(),
                _ if compare.sweep.is_empty() => String::new(),
                _ => format!("{} points", compare.sweep.len()),
            },
            ..Figure::default()
        };
        line(ui, Item::Sweep, Sign::ChartLine, "At other scales", swept);
    });
    if add {
        state.add_own(lab, None);
        bench.ctx.actions.push(Action::Changed);
    } else if let Some(item) = clicked {
        state.open_item(&lab.id, item);
        bench.ctx.actions.push(Action::Changed);
    }
}

/// A short figure at the end of a line.
#[derive(Clone, Default)]
struct Figure {
    text: String,
    ink: Option<Color32>,
}

impl Figure {
    /// The clearest difference of all layouts against the first.
    fn of_read(t: &Tokens, read: Option<&ReadFigures>) -> Self {
        let Some(read) = read else {
            return Self::default();
        };
        if !read.as_expected {
            return Self {
                text: "answers differ".to_owned(),
                ink: Some(t.danger),
            };
        }
        let compared = read.layouts.iter().filter_map(|l| l.against_first);
        let clear = compared.filter(|c| c.verdict() != Verdict::NoClearDifference);
        let strength = |ratio: f64| ratio.ln().abs();
        let strongest = clear.max_by(|a, b| strength(a.ratio).total_cmp(&strength(b.ratio)));
        match strongest {
            None => Self {
                text: "≈".to_owned(),
                ink: Some(t.text_faint),
            },
            Some(c) if c.ratio >= 1.0 => Self {
                text: format!("↑ {} ×", verdict::ratio(c.ratio)),
                ink: Some(t.success),
            },
            Some(c) => Self {
                text: format!("↓ {} ×", verdict::ratio(1.0 / c.ratio)),
                ink: Some(t.warning),
            },
        }
    }

    fn of_write(t: &Tokens, report: Option<&LabReport>, id: &str) -> Self {
        let layouts = report
            .and_then(|r| r.write(id))
            .map(|w| w.layouts.as_slice());
        let rows: Vec<u64> = layouts
            .unwrap_or_default()
            .iter()
            .filter(|l| l.cannot.is_none())
            .map(|l| l.rows_written)
            .collect();
        let (Some(least), Some(most)) = (rows.iter().min(), rows.iter().max()) else {
            return Self::default();
        };
        let text = if least == most {
            format!("{} each", format::short_count(*most))
        } else {
            format!(
                "{} : {}",
                format::short_count(*least),
                format::short_count(*most)
            )
        };
        Self {
            text,
            ink: Some(t.text_secondary),
        }
    }

    fn of_check(t: &Tokens, report: Option<&LabReport>, id: &str) -> Self {
        let check = report.and_then(|r| r.checks.iter().find(|c| c.id == id));
        let found = check
            .into_iter()
            .flat_map(|c| &c.layouts)
            .filter_map(|l| l.found)
            .max();
        match found {
            None => Self::default(),
            Some(0) => Self {
                text: "0".to_owned(),
                ink: Some(t.success),
            },
            Some(n) => Self {
                text: format::short_count(n.unsigned_abs()),
                ink: Some(t.warning),
            },
        }
    }
}

fn row(ui: &mut Ui, open: &Item, item: &Item, sign: Sign, text: &str, figure: Figure) -> bool {
    let t = tokens(ui);
    let is_open = open == item;
    widgets::list_row(ui, text, is_open, 28.0, |ui| {
        let ink = if is_open { t.accent } else { t.text_faint };
        ui.label(icons::rich(sign, 13.0, ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if !figure.text.is_empty() {
                let ink = figure.ink.unwrap_or(t.text_faint);
                let text = RichText::new(&figure.text).font(medium(11.5)).color(ink);
                ui.add(Label::new(text).selectable(false));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = RichText::new(text).size(12.5);
                ui.add(Label::new(text).truncate().selectable(false));
            });
        });
    })
    .on_hover_text(text)
    .clicked()
}
