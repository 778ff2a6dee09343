//! Inter for the screen, JetBrains Mono for code, Lucide for icons.

use std::sync::Arc;

use egui::epaint::text::VariationCoords;
use egui::{Context, FontData, FontDefinitions, FontFamily, FontId, FontTweak};

const INTER: &str = "inter";
const INTER_MEDIUM: &str = "inter-medium";
const INTER_SEMIBOLD: &str = "inter-semibold";
const JETBRAINS_MONO: &str = "jetbrains-mono";
pub(super) const LUCIDE: &str = "lucide";

/// Installs the fonts; egui's own stay behind them for signs they lack.
pub fn install_fonts(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    for (name, weight) in [
        (INTER, 400.0),
        (INTER_MEDIUM, 500.0),
        (INTER_SEMIBOLD, 600.0),
    ] {
        let data = FontData::from_static(ttf_inter::REGULAR).tweak(FontTweak {
            coords: VariationCoords::new([(b"wght", weight)]),
            ..FontTweak::default()
        });
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    }
    fonts.font_data.insert(
        JETBRAINS_MONO.to_owned(),
        Arc::new(FontData::from_static(truce_font::JETBRAINS_MONO)),
    );
    fonts.font_data.insert(
        LUCIDE.to_owned(),
        Arc::new(FontData::from_static(lucide_icons::LUCIDE_FONT_BYTES)),
    );
    let fallback = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let family = |first: &str| {
        let mut names = vec![first.to_owned()];
        names.extend(fallback.iter().cloned());
        names
    };
    fonts
        .families
        .insert(FontFamily::Proportional, family(INTER));
    fonts
        .families
        .insert(FontFamily::Monospace, family(JETBRAINS_MONO));
    for name in [INTER_MEDIUM, INTER_SEMIBOLD, LUCIDE] {
        fonts
            .families
            .insert(FontFamily::Name(name.into()), family(name));
    }
    ctx.set_fonts(fonts);
}

/// A font a little heavier than the text around it: names, tabs.
pub fn medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(INTER_MEDIUM.into()))
}

/// The font of headings.
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(INTER_SEMIBOLD.into()))
}
