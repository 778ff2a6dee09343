//! Accepted designs, and how the candidate's differs. Only when asked for.

use egui::{Label, RichText, Sense, Ui, Vec2, WidgetInfo};

use super::{Designing, Practice};
use crate::catalog::DesignDrill;
use crate::diagram::{RowKind, Scene};
use crate::model::same_name;
use crate::practice::design::{Compared, DesignDifference, TableDifference};
use crate::ui_kit::code::code_card;
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{Tokens, markdown, medium, tokens, widgets};
use crate::workspace::highlight_sql;
use crate::workspace::picture::{Camera, Look, RowMark, TableMarks, paint};
use crate::workspace::practice::PracticeAction;
use crate::workspace::practice::desk::Desk;

const PICTURE_HEIGHT: f32 = 260.0;

pub fn ui(ui: &mut Ui, practice: &mut Practice, design: &DesignDrill, desk: &Desk<'_>) {
    if !desk.record().is_open() {
        widgets::secondary(
            ui,
            "Accepted designs, and what yours has more or less. Several are right: compare after you have tried.",
        );
        ui.add_space(6.0);
        if widgets::text_button(ui, Sign::Eye, "Show the reference", true)
            .on_hover_text("The drill counts as not passed until you pass it on your own")
            .clicked()
        {
            desk.ask(PracticeAction::GiveUp);
        }
        return;
    }
    choose(ui, practice, design);
    ask(practice, desk);
    let Some(compared) = practice.designing.compared.clone() else {
        widgets::secondary(ui, "The designs are being laid side by side…");
        return;
    };
    markdown(ui, &compared.difference.note);
    picture(ui, &compared);
    legend(ui);
    only_yours(ui, &compared.difference);
    widgets::section(ui, "What to take along");
    markdown(ui, &desk.drill.explain);
    widgets::section(ui, "Its statements");
    let sql = &compared.difference.sql;
    code_card(ui, "reference-sql", sql, &highlight_sql);
}

/// The accepted designs by title.
fn choose(ui: &mut Ui, practice: &mut Practice, design: &DesignDrill) {
    let t = tokens(ui);
    let shown = practice.designing.compared.as_ref().map(|c| c.accepted);
    let is_nearest = practice.designing.accepted.is_none();
    for (index, accepted) in design.accepted.iter().enumerate() {
        let is_on = shown == Some(index);
        let row = widgets::list_row(ui, &accepted.title, is_on, 26.0, |ui| {
            let ink = if is_on { t.accent } else { t.text_faint };
            ui.label(icons::rich(Sign::Table2, 13.0, ink));
            ui.add(Label::new(RichText::new(&accepted.title).font(medium(12.5))).truncate());
        });
        if row.clicked() {
            practice.designing.accepted = Some(index);
        }
    }
    if is_nearest {
        widgets::faint(ui, "The marked one is nearest to yours");
    }
}

/// Asks for the comparison that is to be seen, once.
fn ask(practice: &mut Practice, desk: &Desk<'_>) {
    let Designing {
        accepted,
        compared_for,
        ..
    } = &mut practice.designing;
    let wanted = (practice.draft.clone(), *accepted);
    if compared_for.as_ref() != Some(&wanted) {
        *compared_for = Some(wanted);
        desk.ask(PracticeAction::CompareDesign);
    }
}

fn picture(ui: &mut Ui, compared: &Compared) {
    let t = tokens(ui);
    let scene = &compared.scene;
    let size = Vec2::new(ui.available_width(), PICTURE_HEIGHT);
    let (canvas, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| {
        let text = format!("Diagram of {}", compared.difference.title);
        WidgetInfo::labeled(egui::Role::Image, true, text)
    });
    let look = Look {
        t,
        selected_table: None,
        hovered_table: None,
        lit: None,
        front: vec![false; scene.edges.len()],
        rows: vec![None; scene.tables.len()],
        marks: marks(t, scene, &compared.difference),
    };
    let camera = Camera::fit_within(scene.bounds, canvas, 12.0);
    paint(ui.painter(), canvas, &camera, scene, &look);
}

/// Tables and columns the candidate's design lacks, and those both have.
fn marks(t: &Tokens, scene: &Scene, difference: &DesignDifference) -> Vec<TableMarks> {
    scene
        .tables
        .iter()
        .map(|table| {
            let theirs =
                |d: &&TableDifference| d.theirs.as_ref().is_some_and(|n| same_name(n, &table.name));
            let Some(found) = difference.tables.iter().find(theirs) else {
                return TableMarks::default();
            };
            let has = |column: &str| {
                found.columns.iter().any(|(yours, theirs)| {
                    yours.is_some() && theirs.as_ref().is_some_and(|c| same_name(c, column))
                })
            };
            let row = |name: &str, kind: RowKind| match kind {
                RowKind::Column if has(name) => RowMark {
                    moved: Some(t.success),
                    ..RowMark::default()
                },
                RowKind::Column => RowMark {
                    hatch: Some(t.warning),
                    ..RowMark::default()
                },
                _ => RowMark::default(),
            };
            TableMarks {
                band: Some(if found.yours.is_some() {
                    t.success
                } else {
                    t.warning
                }),
                rows: table.rows.iter().map(|r| row(&r.name, r.kind)).collect(),
            }
        })
        .collect()
}

fn legend(ui: &mut Ui) {
    let t = tokens(ui);
    ui.horizontal_wrapped(|ui| {
        for (ink, text) in [(t.success, "in both"), (t.warning, "only in this one")] {
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(9.0), Sense::hover());
            ui.painter().rect_filled(rect, 2.0, ink);
            widgets::faint(ui, text);
        }
    });
}

fn only_yours(ui: &mut Ui, difference: &DesignDifference) {
    let mut lines: Vec<String> = Vec::new();
    for table in &difference.tables {
        match (&table.yours, &table.theirs) {
            (Some(yours), None) => lines.push(format!("- the table `{yours}`")),
            (Some(yours), Some(_)) => {
                let own: Vec<String> = table
                    .columns
                    .iter()
                    .filter(|(_, theirs)| theirs.is_none())
                    .filter_map(|(yours, _)| Some(format!("`{}`", yours.as_ref()?)))
                    .collect();
                if !own.is_empty() {
                    lines.push(format!("- in `{yours}`: {}", own.join(", ")));
                }
            }
            _ => {}
        }
    }
    if !lines.is_empty() {
        widgets::section(ui, "Only in yours");
        markdown(ui, &lines.join("\n"));
    }
}
