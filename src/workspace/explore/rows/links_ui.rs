//! The list beside the rows: where the selected row leads.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui};

use super::links::{Direction, ExternalLink, LinkCount, RowLink, RowLinks, Target};
use crate::ui_kit::icons::{self, Sign};
use crate::ui_kit::{format, medium, semibold, tokens, widgets};
use crate::workspace::{Action, WorkspaceContext};

pub fn ui(ui: &mut Ui, links: &RowLinks, ctx: &WorkspaceContext<'_>) {
    ui.spacing_mut().interact_size.y = 18.0;
    ui.spacing_mut().item_spacing.y = 2.0;
    let title = if links.key.is_empty() {
        format!("Row {}", format::count(links.row as u64 + 1))
    } else {
        format!(
            "Row {} · {}",
            format::count(links.row as u64 + 1),
            links.key
        )
    };
    ui.add(Label::new(RichText::new(title).font(semibold(12.5))).truncate());
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (direction, heading) in [
            (Direction::Parent, "Refers to"),
            (Direction::Children, "Referred to by"),
        ] {
            let mut of_it = links
                .links
                .iter()
                .enumerate()
                .filter(|(_, link)| link.direction == direction)
                .peekable();
            if of_it.peek().is_some() {
                widgets::section(ui, heading);
            }
            for (index, link) in of_it {
                link_ui(ui, links, index, link, ctx);
            }
        }
        if !links.external.is_empty() {
            widgets::section(ui, "In other models");
        }
        for link in &links.external {
            external_ui(ui, link, ctx);
        }
        if links.links.is_empty() && links.external.is_empty() {
            ui.add_space(6.0);
            widgets::secondary(ui, "No relation starts or ends at this table");
        }
    });
}

/// What stands at the end of a line.
struct End {
    text: String,
    is_wrong: bool,
    leads_on: bool,
}

impl End {
    fn of(links: &RowLinks, index: usize, link: &RowLink) -> Self {
        let quiet = |text: &str| Self {
            text: text.to_owned(),
            is_wrong: false,
            leads_on: false,
        };
        match (&link.target, links.count(index), link.direction) {
            (Target::Null, _, Direction::Parent) => quiet("NULL: refers to nothing"),
            (Target::Null, _, Direction::Children) => quiet("NULL: nothing refers to it"),
            (Target::Unreadable(kind), _, _) => quiet(&format!("{kind} values cannot be followed")),
            (Target::Rows(_), LinkCount::Rows(0), Direction::Parent) => Self {
                is_wrong: true,
                ..quiet(&format!("no such row in {}", link.table))
            },
            (Target::Rows(_), LinkCount::Rows(0), Direction::Children) => quiet("no rows"),
            (Target::Rows(_), LinkCount::Rows(rows), _) => Self {
                leads_on: true,
                ..quiet(&format::counted(rows, "row"))
            },
            (Target::Rows(_), LinkCount::NotKnown, _) => Self {
                leads_on: true,
                ..quiet("counting…")
            },
            (Target::Rows(_), LinkCount::Failed(message), _) => Self {
                is_wrong: true,
                leads_on: true,
                ..quiet(&message)
            },
        }
    }
}

fn link_ui(
    ui: &mut Ui,
    links: &RowLinks,
    index: usize,
    link: &RowLink,
    ctx: &WorkspaceContext<'_>,
) {
    let t = tokens(ui);
    let end = End::of(links, index, link);
    let columns = link.columns.join(", ");
    let contents = |ui: &mut Ui| {
        let (sign, ink) = match (end.leads_on, link.direction) {
            (false, _) => (Sign::Unlink, t.text_faint),
            (true, Direction::Parent) => (Sign::ArrowRight, t.accent),
            (true, Direction::Children) => (Sign::CornerDownRight, t.accent),
        };
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(icons::rich(sign, 13.0, ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let ink = if end.is_wrong {
                t.danger
            } else {
                t.text_secondary
            };
            ui.add(Label::new(RichText::new(&end.text).size(12.0).color(ink)).selectable(false));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let name = RichText::new(&link.table).font(medium(12.5));
                ui.add(Label::new(name).truncate().selectable(false));
                let by = if link.is_declared {
                    columns.clone()
                } else {
                    format!("{columns} (implied)")
                };
                let by = RichText::new(by).size(11.5).color(t.text_faint);
                ui.add(Label::new(by).truncate().selectable(false));
            });
        });
    };
    let way = match link.direction {
        Direction::Parent => format!("{columns} to {}", link.table),
        Direction::Children => format!("{} by {columns}", link.table),
    };
    let name = format!("{way}: {}", end.text);
    let row = widgets::list_row_enabled(ui, &name, end.leads_on, 26.0, contents);
    if row.clicked()
        && let Some(place) = links.place(index)
    {
        ctx.actions.push(Action::Follow(place));
    }
}

/// A reference whose rows are in another model: says so, and offers to go there.
fn external_ui(ui: &mut Ui, link: &ExternalLink, ctx: &WorkspaceContext<'_>) {
    if link.is_null {
        widgets::faint(ui, format!("{}: refers to nothing", link.reference));
        return;
    }
    let Some(pack) = ctx.catalog.pack(&link.pack) else {
        widgets::faint(
            ui,
            format!(
                "{} names a row of {} in the model {}, which is not here",
                link.reference, link.table, link.pack
            ),
        );
        return;
    };
    widgets::faint(
        ui,
        format!(
            "{} names a row of {} in {}: its rows are not among these",
            link.reference, link.table, pack.title
        ),
    );
    let text = format!("Open {} in {}", link.table, pack.title);
    if ui.link(RichText::new(text).small()).clicked() {
        ctx.actions.push(Action::OpenTable {
            pack: pack.id.clone(),
            table: link.table.clone(),
        });
    }
}
