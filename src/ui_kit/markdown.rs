//! Short Markdown texts.

use std::sync::{Arc, Mutex, PoisonError};

use egui::{Id, Ui};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use super::tokens;

/// Shows a text in the colour of secondary text, as wide as there is room.
pub fn markdown(ui: &mut Ui, text: &str) {
    markdown_with_links(ui, text, std::iter::empty());
}

/// The same with links the program itself follows. Returns the target that was clicked.
pub fn markdown_with_links<'a>(
    ui: &mut Ui,
    text: &str,
    targets: impl Iterator<Item = &'a str> + Clone,
) -> Option<String> {
    let ink = tokens(ui).text_secondary;
    // What the viewer has parsed is kept between frames, by the window rather than by a global.
    let cache: Arc<Mutex<CommonMarkCache>> = ui.data_mut(|d| {
        d.get_temp_mut_or_default::<Arc<Mutex<CommonMarkCache>>>(Id::unique("markdown"))
            .clone()
    });
    let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
    for target in targets.clone() {
        cache.add_link_hook(target);
    }
    ui.scope(|ui| {
        // Not `override_text_color`: it would take the colour of links, too.
        ui.visuals_mut().widgets.noninteractive.fg_stroke.color = ink;
        CommonMarkViewer::new().show(ui, &mut cache, text.trim());
    });
    targets
        .into_iter()
        .find(|target| cache.get_link_hook(target) == Some(true))
        .map(str::to_owned)
}
