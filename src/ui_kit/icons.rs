//! Icons by what they stand for.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, FontFamily, FontId, RichText};
use lucide_icons::Icon;

use super::fonts::LUCIDE;

pub use lucide_icons::Icon as Sign;

/// An icon as a sign of the icon font.
pub fn sign(icon: Icon) -> String {
    icon.unicode().to_string()
}

/// The icon font. Other fonts have signs of their own at the same code points.
pub fn font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(LUCIDE.into()))
}

/// An icon as text of a size and colour.
pub fn rich(icon: Icon, size: f32, color: Color32) -> RichText {
    RichText::new(sign(icon)).font(font(size)).color(color)
}

/// An icon and words behind it, for a button.
pub fn with_text(icon: Icon, text: &str, text_font: FontId, color: Color32) -> LayoutJob {
    let mut job = LayoutJob::default();
    let format = |font_id| TextFormat {
        valign: Align::Center,
        ..TextFormat::simple(font_id, color)
    };
    job.append(&sign(icon), 0.0, format(font(text_font.size + 1.5)));
    job.append(text, 6.0, format(text_font));
    job
}
