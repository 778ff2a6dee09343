//! The native window around [`App`].

use egui::{Ui, ViewportBuilder};

use super::{App, AppOptions, persist};

/// The smallest window the screens are made for, in points.
const MIN_SIZE: [f32; 2] = [900.0, 560.0];
const DEFAULT_SIZE: [f32; 2] = [1360.0, 860.0];

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let size = ui.ctx().content_rect().size();
        self.state.window = Some((size.x, size.y));
        self.frame_ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.save_now();
    }
}

/// Whether there is no screen to open a window on. Only asked on systems where that can be.
pub fn is_display_missing() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    cfg!(all(unix, not(target_os = "macos")))
        && !set("DISPLAY")
        && !set("WAYLAND_DISPLAY")
        && !set("WAYLAND_SOCKET")
}

/// Opens the window and returns when it is closed.
pub fn run(options: AppOptions) -> eframe::Result {
    let size = options
        .state_file
        .as_deref()
        .and_then(persist::window_size)
        .unwrap_or(DEFAULT_SIZE);
    let native = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Crowsfoot")
            .with_app_id("crowsfoot")
            .with_inner_size(size)
            .with_min_inner_size(MIN_SIZE),
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    eframe::run_native(
        "Crowsfoot",
        native,
        Box::new(move |cc| Ok(Box::new(App::new(&cc.egui_ctx, &options)))),
    )
}
