//! The diagrams of all layouts, side by side: what is copied, derived and read.
//!
//! A click gives one of them all the room.

use egui::{Align2, FontId, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2};

use super::marks::{Touched, marks, notes_on};
use super::parts::layout_color;
use super::{Bench, Compare, CompareState, Item};
use crate::catalog::{Layout, OriginKind};
use crate::diagram::{Point, RowKind};
use crate::lab::LayoutPicture;
use crate::ui_kit::{format, medium, tokens};
use crate::workspace::picture::{Camera, Look, paint};

const HEAD: f32 = 26.0;

pub fn ui(ui: &mut Ui, compare: &mut Compare, state: &CompareState, bench: &Bench<'_>) {
    let item = state.item(&bench.lab.id);
    let all = ui.available_rect_before_wrap();
    ui.allocate_rect(all, Sense::hover());
    let enlarged = compare.enlarged.clone();
    let shown: Vec<&Layout> = bench
        .lab
        .layouts
        .iter()
        .filter(|l| enlarged.as_ref().is_none_or(|id| *id == l.id))
        .collect();
    let width = all.width() / shown.len().max(1) as f32;
    for (index, layout) in shown.into_iter().enumerate() {
        let left = all.left() + width * index as f32;
        let rect = Rect::from_min_size(pos2(left, all.top()), Vec2::new(width, all.height()));
        if index > 0 {
            let stroke = Stroke::new(1.0, tokens(ui).border);
            ui.painter().vline(rect.left(), rect.y_range(), stroke);
        }
        let clicked = match compare.picture(&layout.id) {
            Some(picture) => diagram(ui, rect, layout, picture, &item, compare, bench),
            None => false,
        };
        if clicked {
            compare.enlarged = match enlarged {
                Some(_) => None,
                None => Some(layout.id.clone()),
            };
        }
    }
}

fn diagram(
    ui: &mut Ui,
    rect: Rect,
    layout: &Layout,
    picture: &LayoutPicture,
    item: &Item,
    compare: &Compare,
    bench: &Bench<'_>,
) -> bool {
    let t = tokens(ui);
    let canvas = rect
        .with_min_y(rect.top() + HEAD)
        .shrink2(Vec2::new(1.0, 0.0));
    let id = ui.make_persistent_id(("layout-diagram", &bench.lab.id, &layout.id));
    let response = ui.interact(canvas, id, Sense::click());
    response.widget_info(|| {
        let tables: Vec<&str> = picture
            .scene
            .tables
            .iter()
            .map(|t| t.name.as_str())
            .collect();
        let text = format!("Diagram of {}: {}", layout.title, tables.join(", "));
        WidgetInfo::labeled(Role::Image, true, text)
    });
    let touched = compare
        .read(item)
        .and_then(|read| read.layout(&layout.id)?.plan.as_ref())
        .map_or_else(Touched::default, Touched::by);
    let scene = &picture.scene;
    let lit = touched.lit(scene);
    let rows = compare.report.as_ref().and_then(|r| {
        let build = r.builds.iter().find(|b| b.layout == layout.id)?;
        Some(build.tables.clone())
    });
    let rows_of = |name: &str| {
        let found = rows.as_ref()?.iter().find(|(table, _)| table == name);
        found.map(|(_, rows)| *rows)
    };
    let look = Look {
        t,
        selected_table: None,
        hovered_table: None,
        front: vec![false; scene.edges.len()],
        rows: scene.tables.iter().map(|b| rows_of(&b.name)).collect(),
        marks: marks(t, bench.pack, layout, scene, &touched),
        lit,
    };
    let camera = Camera::fit_within(scene.bounds, canvas, 14.0);
    paint(ui.painter(), canvas, &camera, scene, &look);
    head(ui, rect, layout, bench, rows.as_deref());
    let clicked = response.clicked();
    if let Some(pos) = response.hover_pos() {
        let point = camera.scene_from_screen(canvas, pos);
        let hint = if compare.enlarged.is_some() {
            "Click to show all layouts"
        } else {
            "Click to enlarge"
        };
        let text = told(layout, picture, point).unwrap_or_else(|| hint.to_owned());
        response.on_hover_text_at_pointer(text);
    }
    clicked
}

fn head(ui: &Ui, rect: Rect, layout: &Layout, bench: &Bench<'_>, rows: Option<&[(String, u64)]>) {
    let t = tokens(ui);
    let band = rect.with_max_y(rect.top() + HEAD);
    let painter = ui.painter().with_clip_rect(band);
    painter.rect_filled(band.shrink2(Vec2::new(1.0, 0.0)), 0.0, t.panel);
    let color = layout_color(t, bench.lab, &layout.id);
    painter.circle_filled(pos2(band.left() + 14.0, band.center().y), 4.5, color);
    let right = rows.map(|rows| {
        let all: u64 = rows.iter().map(|(_, n)| n).sum();
        painter.text(
            pos2(band.right() - 10.0, band.center().y),
            Align2::RIGHT_CENTER,
            format!("{} rows", format::short_count(all)),
            FontId::proportional(11.5),
            t.text_faint,
        )
    });
    let clip = band.with_max_x(right.map_or(band.right(), |r| r.left() - 8.0));
    painter.with_clip_rect(clip).text(
        pos2(band.left() + 25.0, band.center().y),
        Align2::LEFT_CENTER,
        &layout.title,
        medium(12.5),
        t.text,
    );
}

/// What there is to say about the table or column under the pointer.
fn told(layout: &Layout, picture: &LayoutPicture, point: Point) -> Option<String> {
    let scene = &picture.scene;
    let (table, column) = match scene.row_at(point) {
        Some((table, row)) => {
            let table = &scene.tables[table];
            let row = table.rows.get(row).filter(|r| r.kind == RowKind::Column)?;
            (table.name.as_str(), Some(row.name.as_str()))
        }
        None => (scene.tables[scene.table_at(point)?].name.as_str(), None),
    };
    let notes: Vec<String> = notes_on(layout, table, column)
        .map(|note| {
            let origin = match (note.kind, &note.from) {
                (OriginKind::Copied, Some(from)) => format!("Copied from {from}. "),
                (OriginKind::Derived, Some(from)) => format!("Derived from {from}. "),
                (OriginKind::Split, Some(from)) => format!("Moved out of {from}. "),
                _ => String::new(),
            };
            format!("{origin}{}", note.text)
        })
        .collect();
    (!notes.is_empty()).then(|| notes.join("\n"))
}
