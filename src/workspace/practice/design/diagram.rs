//! The design, drawn as one types.

use egui::{Rect, Sense, Ui, Vec2, WidgetInfo};

use super::{Designing, Practice};
use crate::practice::design::Drawing;
use crate::ui_kit::icons::Sign;
use crate::ui_kit::{tokens, widgets};
use crate::workspace::picture::{Camera, Look, paint};
use crate::workspace::practice::PracticeAction;
use crate::workspace::practice::desk::Desk;

pub fn ui(ui: &mut Ui, practice: &mut Practice, desk: &Desk<'_>) {
    let canvas = ui.available_rect_before_wrap();
    // A panel is as large as what stands in it.
    ui.expand_to_include_rect(canvas);
    let drawing = practice.designing.drawing.clone();
    let Some(drawing) = drawing.filter(|d| !d.scene.tables.is_empty()) else {
        let tables = practice
            .designing
            .drawing
            .as_ref()
            .map_or(0, |d| d.schema.tables.len());
        let text = if tables > 0 {
            format!("{tables} tables are too many to be drawn while you type")
        } else {
            "CREATE TABLE … in any dialect is drawn as you type".to_owned()
        };
        widgets::empty_state(ui, Sign::PencilRuler, "No table yet", &text);
        return;
    };
    let response = ui.allocate_rect(canvas, Sense::click_and_drag());
    response.widget_info(|| {
        let names: Vec<&str> = drawing
            .scene
            .tables
            .iter()
            .map(|t| t.name.as_str())
            .collect();
        let text = format!("Diagram of your design: {}", names.join(", "));
        WidgetInfo::labeled(egui::Role::Image, true, text)
    });
    let camera = moved(ui, &mut practice.designing, &drawing, canvas, &response);
    let scene = &drawing.scene;
    let look = Look {
        t: tokens(ui),
        selected_table: None,
        hovered_table: None,
        lit: None,
        front: vec![false; scene.edges.len()],
        rows: vec![None; scene.tables.len()],
        marks: Vec::new(),
    };
    paint(ui.painter(), canvas, &camera, scene, &look);
    let corner = Rect::from_min_size(
        canvas.right_top() + Vec2::new(-68.0, 6.0),
        Vec2::new(62.0, 26.0),
    );
    ui.scope_builder(egui::UiBuilder::new().max_rect(corner), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if widgets::small_icon_button(ui, Sign::Maximize, "Show all of the diagram").clicked() {
                practice.designing.camera = None;
            }
            if widgets::small_icon_button(ui, Sign::Workflow, "Arrange the tables anew").clicked() {
                practice.designing.camera = None;
                desk.ask(PracticeAction::Draw { is_anew: true });
            }
        });
    });
}

/// The camera after this frame's dragging and scrolling; without any it shows everything.
fn moved(
    ui: &Ui,
    designing: &mut Designing,
    drawing: &Drawing,
    canvas: Rect,
    response: &egui::Response,
) -> Camera {
    let fitted = Camera::fit_within(drawing.scene.bounds, canvas, 16.0);
    let mut camera = designing.camera.unwrap_or(fitted);
    let mut is_moved = false;
    if response.dragged() {
        camera.pan(response.drag_delta());
        is_moved = true;
    }
    if let Some(pointer) = response.hover_pos() {
        let (scroll, pinch) = ui.input(|i| (i.smooth_scroll_delta().y, i.zoom_delta()));
        let factor = pinch * (scroll * 0.004).exp();
        if (factor - 1.0).abs() > 1e-4 {
            camera.zoom_at(canvas, pointer, factor);
            is_moved = true;
        }
    }
    if response.double_clicked() {
        designing.camera = None;
        return fitted;
    }
    if is_moved {
        designing.camera = Some(camera);
    }
    camera
}
