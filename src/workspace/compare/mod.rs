//! Compare: the layouts of a lab side by side, and what each costs.
//!
//! [`state`] is what is kept and what is on screen, [`labs`] the list in the library's place,
//! [`header`] the lab and its run, [`entries`] what there is to look at, and each page one of it.

mod anomaly_page;
mod check_page;
mod diagrams;
mod diff;
mod earlier;
mod entries;
mod header;
mod labs;
mod marks;
mod overview;
mod own_page;
mod parts;
mod read_page;
mod simulation_page;
mod state;
mod sweep_page;
mod to_scale;
mod write_page;

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

pub use labs::labs_ui;
pub use state::{Compare, CompareAction, CompareState, Item, OwnDraft, RunStatus, SaveForm};

use super::WorkspaceContext;
use crate::catalog::{Lab, Pack};
use crate::lab::LabActivity;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{tokens, widgets};

/// What the pages read.
pub struct Bench<'a> {
    pub lab: &'a Lab,
    pub pack: &'a Pack,
    pub activity: Option<&'a LabActivity>,
    pub ctx: &'a WorkspaceContext<'a>,
}

impl Bench<'_> {
    /// Asks the app for something.
    fn ask(&self, action: CompareAction) {
        self.ctx.actions.push(super::Action::Compare(action));
    }
}

/// Draws the workspace into the space between the list of labs and the status bar.
pub fn ui(
    ui: &mut Ui,
    compare: &mut Compare,
    state: &mut CompareState,
    activity: Option<&LabActivity>,
    ctx: &WorkspaceContext<'_>,
) {
    let t = tokens(ui);
    let found = state.lab.as_deref().and_then(|id| ctx.catalog.lab(id));
    let Some((pack, lab)) = found else {
        CentralPanel::default().show(ui, |ui| {
            widgets::empty_state(
                ui,
                Sign::FlaskConical,
                "No lab is open",
                "Pick one on the left (Ctrl+B shows the list)",
            );
        });
        return;
    };
    let bench = Bench {
        lab,
        pack,
        activity: activity.filter(|a| a.lab == lab.id),
        ctx,
    };
    let panel = Frame::new().fill(t.panel);
    Panel::top("lab-header")
        .frame(panel.inner_margin(Margin::symmetric(14, 8)))
        .show(ui, |ui| header::ui(ui, compare, state, &bench));
    Panel::left("lab-entries")
        .frame(panel.inner_margin(Margin::symmetric(8, 6)))
        .default_size(232.0)
        .size_range(170.0..=360.0)
        .show(ui, |ui| entries::ui(ui, compare, state, &bench));
    if state.diagrams_open && !compare.pictures.is_empty() {
        let height = ui.available_height();
        Panel::top("lab-diagrams")
            .frame(Frame::new().fill(t.canvas))
            .resizable(true)
            .default_size((height * 0.34).clamp(150.0, 300.0))
            .size_range(110.0..=(height - 160.0).max(111.0))
            .show(ui, |ui| diagrams::ui(ui, compare, state, &bench));
    }
    CentralPanel::no_frame()
        .frame(Frame::new().fill(t.panel))
        .show(ui, |ui| {
            let item = state.item(&lab.id);
            ScrollArea::vertical()
                .id_salt(("lab-page", &lab.id, &item))
                .auto_shrink(false)
                .show(ui, |ui| {
                    Frame::new()
                        .inner_margin(Margin {
                            left: 16,
                            right: 18,
                            top: 10,
                            bottom: 18,
                        })
                        .show(ui, |ui| page(ui, &item, compare, state, &bench));
                });
        });
}

fn page(
    ui: &mut Ui,
    item: &Item,
    compare: &mut Compare,
    state: &mut CompareState,
    bench: &Bench<'_>,
) {
    match item {
        Item::Overview => overview::ui(ui, compare, state, bench),
        Item::Read(id) => match bench.lab.reads.iter().find(|r| r.id == *id) {
            Some(read) => read_page::ui(ui, read, compare, state, bench),
            None => gone(ui),
        },
        Item::Write(id) => match bench.lab.writes.iter().find(|w| w.id == *id) {
            Some(write) => write_page::ui(ui, write, compare, bench),
            None => gone(ui),
        },
        Item::Check(id) => match bench.lab.checks.iter().find(|c| c.id == *id) {
            Some(check) => check_page::ui(ui, check, compare, bench),
            None => gone(ui),
        },
        Item::Anomaly(id) => match bench.lab.anomalies.iter().find(|a| a.id == *id) {
            Some(anomaly) => anomaly_page::ui(ui, anomaly, compare, bench),
            None => gone(ui),
        },
        Item::Simulation(id) => match bench.lab.simulations.iter().find(|s| s.id == *id) {
            Some(simulation) => simulation_page::ui(ui, simulation, compare, bench),
            None => gone(ui),
        },
        Item::Sweep => sweep_page::ui(ui, compare, bench),
        Item::Own(id) => own_page::ui(ui, id, compare, state, bench),
    }
}

/// An entry from an earlier session that the lab no longer has.
fn gone(ui: &mut Ui) {
    widgets::empty_state(
        ui,
        Sign::CircleQuestionMark,
        "This lab no longer has that entry",
        "Pick another one on the left",
    );
}
