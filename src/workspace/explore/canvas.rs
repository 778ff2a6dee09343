//! The diagram under the pointer: pan, zoom, hover, select and drag.

use egui::{CursorIcon, Key, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use super::look::look;
use super::model::{Explore, ExploreState, Selected};

use crate::diagram::{self, BoxKind, Point, RowKind, Scene};
use crate::ui_kit::icons::Sign;
use crate::ui_kit::widgets;
use crate::workspace::picture::{Camera, paint};
use crate::workspace::{Action, WorkspaceContext};

/// How near, in screen points, the pointer must be to a line.
const EDGE_TOLERANCE: f32 = 6.0;
const KEY_PAN: f32 = 60.0;

pub fn ui(
    ui: &mut Ui,
    explore: &mut Explore,
    state: &mut ExploreState,
    ctx: &WorkspaceContext<'_>,
) {
    let canvas = ui.available_rect_before_wrap();
    if ctx.pack.schema.tables.is_empty() {
        widgets::empty_state(
            ui,
            Sign::Table2,
            "This model has no tables",
            "Its schema.sql could not be read: the problems are listed in the status bar",
        );
        return;
    }
    if explore.scene.is_none() {
        widgets::empty_state(ui, Sign::Network, "Placing the tables…", "");
        return;
    }
    let response = ui.allocate_rect(canvas, Sense::click_and_drag());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Canvas, true, format!("Diagram of {}", ctx.pack.title))
    });
    let Some(scene) = &explore.scene else { return };
    let mut camera = state
        .camera
        .unwrap_or_else(|| Camera::fit(scene.bounds, canvas));
    if explore.reveal_selected {
        reveal(&mut camera, scene, state, canvas);
        state.camera = Some(camera);
        explore.reveal_selected = false;
    }
    navigate(ui, &response, &mut camera, state, canvas);
    hover(ui, &response, explore, &camera, canvas);
    drag(ui, &response, explore, state, &mut camera, canvas, ctx);
    select(&response, explore, state, ctx);
    if let Some(scene) = &explore.scene {
        let look = look(ui, scene, explore, state, ctx);
        paint(ui.painter(), canvas, &camera, scene, &look);
        describe_tables(ui, canvas, &camera, scene);
        tooltip(&response, explore, scene, &camera, canvas, ctx);
    }
    legend(ui, canvas, &camera);
}

/// Moves the picture so that the selected table is in it, without changing the zoom much.
fn reveal(camera: &mut Camera, scene: &Scene, state: &ExploreState, canvas: Rect) {
    let Some(table) = state
        .selected
        .as_ref()
        .and_then(Selected::table)
        .and_then(|name| scene.table_index(name))
    else {
        return;
    };
    let rect = scene.tables[table].rect;
    if camera.zoom < 0.45 {
        camera.zoom = 0.8;
    }
    if !canvas
        .shrink(20.0)
        .contains_rect(camera.screen_rect(canvas, rect))
    {
        let center = rect.center();
        camera.center = (center.x, center.y);
    }
}

/// Wheel and pinch zoom, dragging the ground pans, so do Shift + wheel and the arrow keys.
fn navigate(
    ui: &Ui,
    response: &Response,
    camera: &mut Camera,
    state: &mut ExploreState,
    canvas: Rect,
) {
    let mut moved = false;
    if let Some(pointer) = response.hover_pos() {
        let (scroll, pinch, shift) =
            ui.input(|i| (i.smooth_scroll_delta, i.zoom_delta(), i.modifiers.shift));
        if shift && scroll != Vec2::ZERO {
            camera.pan(scroll);
            moved = true;
        } else if scroll.y != 0.0 || (pinch - 1.0).abs() > 1e-4 {
            camera.zoom_at(canvas, pointer, pinch * (scroll.y / 240.0).exp());
            moved = true;
        }
    }
    if response.has_focus() {
        let step = ui.input(|i| {
            let axis = |minus, plus| {
                f32::from(i8::from(i.key_down(minus))) - f32::from(i8::from(i.key_down(plus)))
            };
            Vec2::new(
                axis(Key::ArrowLeft, Key::ArrowRight),
                axis(Key::ArrowUp, Key::ArrowDown),
            )
        });
        if step != Vec2::ZERO {
            camera.pan(step * KEY_PAN * 0.2);
            moved = true;
        }
        ui.memory_mut(|m| {
            m.set_focus_lock_filter(
                response.id,
                egui::EventFilter {
                    horizontal_arrows: true,
                    vertical_arrows: true,
                    ..Default::default()
                },
            );
        });
    }
    if moved {
        state.camera = Some(*camera);
    }
}

fn hover(ui: &Ui, response: &Response, explore: &mut Explore, camera: &Camera, canvas: Rect) {
    if explore.drag.is_some() {
        return;
    }
    let under = response
        .hover_pos()
        .map(|pos| camera.scene_from_screen(canvas, pos));
    let Some(scene) = &explore.scene else { return };
    explore.hovered_table = under.and_then(|p| scene.table_at(p));
    explore.hovered_edge = match (explore.hovered_table, under) {
        (None, Some(p)) => scene.edge_at(p, EDGE_TOLERANCE / camera.zoom),
        _ => None,
    };
    if explore.hovered_table.is_some() || explore.hovered_edge.is_some() {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
}

fn drag(
    ui: &Ui,
    response: &Response,
    explore: &mut Explore,
    state: &mut ExploreState,
    camera: &mut Camera,
    canvas: Rect,
    ctx: &WorkspaceContext<'_>,
) {
    if response.drag_started() {
        response.request_focus();
        let origin = ui.input(|i| i.pointer.press_origin());
        let grabbed =
            origin.and_then(|origin| grab(explore.scene.as_ref()?, camera, canvas, origin));
        if grabbed.is_some() {
            explore.before_move(state);
            // The picture must not jump to another fit while a table grows its bounds.
            state.camera = Some(*camera);
        }
        explore.drag = grabbed;
    }
    if response.dragged() {
        match (explore.drag, response.interact_pointer_pos()) {
            (Some((table, hold)), Some(pos)) => {
                let p = camera.scene_from_screen(canvas, pos);
                if let Some(scene) = &mut explore.scene {
                    scene.move_table(table, Point::new(p.x - hold.x, p.y - hold.y));
                    diagram::reroute(scene, &[table]);
                }
                ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
            }
            _ => {
                camera.pan(response.drag_delta());
                state.camera = Some(*camera);
                ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
            }
        }
    }
    if response.drag_stopped()
        && let Some((table, _)) = explore.drag.take()
    {
        explore.pin(state, table);
        ctx.actions.push(Action::Changed);
    }
}

/// The table under a point, and where in it the point is.
fn grab(scene: &Scene, camera: &Camera, canvas: Rect, pos: Pos2) -> Option<(usize, Point)> {
    let p = camera.scene_from_screen(canvas, pos);
    let table = scene.table_at(p)?;
    let rect = scene.tables[table].rect;
    Some((table, Point::new(p.x - rect.x, p.y - rect.y)))
}

fn select(
    response: &Response,
    explore: &mut Explore,
    state: &mut ExploreState,
    ctx: &WorkspaceContext<'_>,
) {
    if response.clicked() {
        response.request_focus();
        let Some(scene) = &explore.scene else { return };
        state.selected = match (explore.hovered_table, explore.hovered_edge) {
            (Some(table), _) => Some(Selected::Table(scene.tables[table].name.clone())),
            (None, Some(edge)) => scene.edges[edge].relation.map(Selected::Relation),
            (None, None) => None,
        };
        ctx.actions.push(Action::Changed);
    }
    if response.double_clicked()
        && let (Some(table), Some(scene)) = (explore.hovered_table, &explore.scene)
    {
        let rect = scene.tables[table].rect;
        let center = rect.center();
        state.camera = Some(Camera {
            center: (center.x, center.y),
            zoom: 1.0,
        });
    }
}

/// A node for each table in view, so that screen readers and tests find them by name.
fn describe_tables(ui: &Ui, canvas: Rect, camera: &Camera, scene: &Scene) {
    for table in &scene.tables {
        let rect = camera.screen_rect(canvas, table.rect).intersect(canvas);
        if rect.is_positive() {
            let columns = table
                .rows
                .iter()
                .filter(|r| r.kind == RowKind::Column)
                .count();
            let kind = if table.kind == BoxKind::View {
                "view"
            } else {
                "table"
            };
            let name = format!("{kind} {}, {columns} columns", table.name);
            ui.interact(
                rect,
                ui.scope_id().with(("table", &table.name)),
                Sense::hover(),
            )
            .widget_info(|| WidgetInfo::labeled(Role::Figure, true, &name));
        }
    }
}

fn tooltip(
    response: &Response,
    explore: &Explore,
    scene: &Scene,
    camera: &Camera,
    canvas: Rect,
    ctx: &WorkspaceContext<'_>,
) {
    if explore.drag.is_some() {
        return;
    }
    let Some(pos) = response.hover_pos() else {
        return;
    };
    let p = camera.scene_from_screen(canvas, pos);
    if let Some(edge) = explore.hovered_edge.and_then(|e| scene.edges.get(e)) {
        if let Some(relation) = edge.relation.and_then(|r| ctx.pack.schema.relations.get(r)) {
            let kind = if relation.is_declared() {
                "declared"
            } else {
                "implied by its name"
            };
            response.clone().on_hover_text_at_pointer(format!(
                "{} ({}) → {} ({})\n{kind}",
                relation.from,
                relation.from_columns.join(", "),
                relation.to,
                relation.to_columns.join(", "),
            ));
        }
        return;
    }
    let Some((table, row)) = scene.row_at(p) else {
        return;
    };
    let boxed = &scene.tables[table];
    let Some(row) = boxed.rows.get(row).filter(|r| r.kind == RowKind::Column) else {
        return;
    };
    let column = ctx
        .pack
        .schema
        .table(&boxed.name)
        .and_then(|t| t.column(&row.name));
    let mut lines = vec![format!(
        "{} {}{}",
        row.name,
        row.type_text,
        if row.nullable {
            ", may be NULL"
        } else {
            ", not NULL"
        }
    )];
    lines.extend(row.markers.iter().map(|m| m.meaning().to_owned()));
    lines.extend(column.and_then(|c| c.note.clone()));
    lines.extend(
        ctx.pack
            .notes_on(&boxed.name, Some(&row.name))
            .map(|n| n.text.clone()),
    );
    response.clone().on_hover_text_at_pointer(lines.join("\n"));
}

/// What the lines mean, and how large the picture is, in the lower left corner.
fn legend(ui: &Ui, canvas: Rect, camera: &Camera) {
    let t = crate::ui_kit::tokens(ui);
    let text = format!(
        "{:.0} %    solid: declared    dashed: implied by name    dotted: read by a view",
        camera.zoom * 100.0
    );
    let font = egui::FontId::proportional(11.0);
    let layout = |text| {
        ui.painter()
            .layout_no_wrap(text, font.clone(), t.text_faint)
    };
    let mut galley = layout(text);
    if galley.size().x + 28.0 > canvas.width() {
        // Beside the documentation there may be room for the zoom only.
        galley = layout(format!("{:.0} %", camera.zoom * 100.0));
    }
    let corner = canvas.left_bottom() + Vec2::new(14.0, -galley.size().y - 10.0);
    let back = Rect::from_min_size(corner, galley.size()).expand2(Vec2::new(8.0, 4.0));
    ui.painter().rect_filled(
        back,
        egui::CornerRadius::same(6),
        t.canvas.gamma_multiply(0.85),
    );
    ui.painter().galley(corner, galley, t.text_faint);
}
