//! Short Markdown texts.

use std::sync::{Arc, Mutex, PoisonError};

use egui::{Id, Ui};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use super::tokens;

/// Shows a text in the colour of secondary text, as wide as there is room.
pub fn markdown(ui: &mut Ui, text: &str) {
    let ink = tokens(ui).text_secondary;
    // What the viewer has parsed is kept between frames, by the window rather than by a global.
    let cache: Arc<Mutex<CommonMarkCache>> = ui.data_mut(|d| {
        d.get_temp_mut_or_default::<Arc<Mutex<CommonMarkCache>>>(Id::unique("markdown"))
            .clone()
    });
    let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
    ui.scope(|ui| {
        ui.visuals_mut().override_text_color = Some(ink);
        CommonMarkViewer::new().show(ui, &mut cache, text.trim());
    });
}
