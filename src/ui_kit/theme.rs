//! Colours by meaning, for both themes, and egui's style made from them.

use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle,
    Theme, Ui, Vec2, Visuals,
};

/// Colours by what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Behind everything, and the diagram's ground.
    pub canvas: Color32,
    /// Dots of the diagram's ground.
    pub canvas_dot: Color32,
    /// Side panels and bars.
    pub panel: Color32,
    /// Cards, boxes and menus on top of a panel or the canvas.
    pub raised: Color32,
    /// Headers of boxes and grids.
    pub header: Color32,
    /// Every second row, and a hovered one.
    pub stripe: Color32,
    pub hover: Color32,
    pub border: Color32,
    pub border_strong: Color32,
    pub text: Color32,
    pub text_secondary: Color32,
    pub text_faint: Color32,
    /// What is selected, active or leads on.
    pub accent: Color32,
    pub accent_text: Color32,
    /// Behind something selected.
    pub accent_soft: Color32,
    pub key_primary: Color32,
    pub key_foreign: Color32,
    pub key_unique: Color32,
    pub edge: Color32,
    pub edge_implied: Color32,
    pub edge_highlight: Color32,
    pub hint: Color32,
    pub success: Color32,
    pub warning: Color32,
    pub danger: Color32,
    pub danger_soft: Color32,
    pub code_keyword: Color32,
    pub code_text: Color32,
    pub code_number: Color32,
    pub code_comment: Color32,
    pub code_function: Color32,
    pub code_parameter: Color32,
    /// Things of one kind told apart: layouts, tables, lines of a chart. The first is the one the
    /// others are measured against.
    pub series: [Color32; 8],
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const LIGHT: Tokens = Tokens {
    canvas: rgb(0xF4_F6F9),
    canvas_dot: rgb(0xD9_DEE6),
    panel: rgb(0xFC_FCFD),
    raised: rgb(0xFF_FFFF),
    header: rgb(0xEE_F1F6),
    stripe: rgb(0xF7_F9FB),
    hover: rgb(0xEB_EFF5),
    border: rgb(0xE1_E5EC),
    border_strong: rgb(0xC6_CDD8),
    text: rgb(0x17_1C26),
    text_secondary: rgb(0x4C_5667),
    text_faint: rgb(0x5C_6677),
    accent: rgb(0x2A_5FD8),
    accent_text: rgb(0xFF_FFFF),
    accent_soft: rgb(0xE2_EBFD),
    key_primary: rgb(0x94_5C00),
    key_foreign: rgb(0x2A_5FD8),
    key_unique: rgb(0x7A_4FC4),
    edge: rgb(0x7B_8798),
    edge_implied: rgb(0x96_A0B0),
    edge_highlight: rgb(0x2A_5FD8),
    hint: rgb(0x0B_7A75),
    success: rgb(0x17_7540),
    warning: rgb(0x8E_5900),
    danger: rgb(0xC4_2B2B),
    danger_soft: rgb(0xFD_ECEC),
    code_keyword: rgb(0x2A_5FD8),
    code_text: rgb(0x17_7540),
    code_number: rgb(0x9A_5200),
    code_comment: rgb(0x5C_6677),
    code_function: rgb(0x7A_4FC4),
    code_parameter: rgb(0xB0_2A73),
    series: [
        rgb(0x5F_6B7C),
        rgb(0x2A_5FD8),
        rgb(0x0B_7A75),
        rgb(0xB4_5F06),
        rgb(0x7A_4FC4),
        rgb(0xB0_2A73),
        rgb(0x4D_7C0F),
        rgb(0x8A_4B2A),
    ],
};

const DARK: Tokens = Tokens {
    canvas: rgb(0x13_161B),
    canvas_dot: rgb(0x29_2F39),
    panel: rgb(0x19_1D24),
    raised: rgb(0x20_252E),
    header: rgb(0x2A_303B),
    stripe: rgb(0x1D_222A),
    hover: rgb(0x2B_323E),
    border: rgb(0x2E_3541),
    border_strong: rgb(0x47_5161),
    text: rgb(0xE7_EAF0),
    text_secondary: rgb(0xAE_B7C6),
    text_faint: rgb(0x8A_94A5),
    accent: rgb(0x6F_A3FF),
    accent_text: rgb(0x0E_1626),
    accent_soft: rgb(0x24_3556),
    key_primary: rgb(0xE9_B44C),
    key_foreign: rgb(0x7F_AEFF),
    key_unique: rgb(0xBB_9AF7),
    edge: rgb(0x7C_889B),
    edge_implied: rgb(0x66_7183),
    edge_highlight: rgb(0x7F_AEFF),
    hint: rgb(0x5C_C7BF),
    success: rgb(0x5F_C98A),
    warning: rgb(0xE9_B44C),
    danger: rgb(0xFF_7B7B),
    danger_soft: rgb(0x44_2428),
    code_keyword: rgb(0x7F_AEFF),
    code_text: rgb(0x7F_D1A0),
    code_number: rgb(0xE9_B270),
    code_comment: rgb(0x8A_94A5),
    code_function: rgb(0xC3_A6FF),
    code_parameter: rgb(0xF2_8FC2),
    series: [
        rgb(0x9A_A5B6),
        rgb(0x7F_AEFF),
        rgb(0x5C_C7BF),
        rgb(0xE9_B270),
        rgb(0xC3_A6FF),
        rgb(0xF2_8FC2),
        rgb(0xA9_D46A),
        rgb(0xD7_A58A),
    ],
};

impl Tokens {
    /// The colour of thing number `index`; they come round again after the last.
    pub fn series_color(&self, index: usize) -> Color32 {
        self.series[index % self.series.len()]
    }
}

/// The colours of the theme in use.
pub fn tokens(ui: &Ui) -> &'static Tokens {
    of(ui.visuals().dark_mode)
}

fn of(is_dark: bool) -> &'static Tokens {
    if is_dark { &DARK } else { &LIGHT }
}

/// Gives egui the style of both themes. Once, at the start.
pub fn apply(ctx: &Context) {
    ctx.style_mut_of(Theme::Light, |style| {
        restyle(style, &LIGHT, Visuals::light())
    });
    ctx.style_mut_of(Theme::Dark, |style| restyle(style, &DARK, Visuals::dark()));
}

fn restyle(style: &mut Style, t: &Tokens, visuals: Visuals) {
    let text = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, text(11.5)),
        (TextStyle::Body, text(13.0)),
        (TextStyle::Button, text(13.0)),
        (TextStyle::Heading, super::semibold(17.0)),
        (
            TextStyle::Monospace,
            FontId::new(12.0, FontFamily::Monospace),
        ),
    ]
    .into();
    style.spacing.item_spacing = Vec2::new(8.0, 6.0);
    style.spacing.button_padding = Vec2::new(9.0, 4.0);
    style.spacing.interact_size = Vec2::new(28.0, 26.0);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(14);
    style.spacing.scroll.floating = true;
    style.spacing.tooltip_width = 420.0;
    style.animation_time = 0.09;
    style.visuals = visuals;
    let v = &mut style.visuals;
    v.override_text_color = None;
    v.hyperlink_color = t.accent;
    v.faint_bg_color = t.stripe;
    v.extreme_bg_color = t.raised;
    v.text_edit_bg_color = Some(t.raised);
    v.code_bg_color = t.header;
    v.warn_fg_color = t.warning;
    v.error_fg_color = t.danger;
    v.panel_fill = t.panel;
    v.window_fill = t.raised;
    v.window_stroke = Stroke::new(1.0, t.border_strong);
    v.window_corner_radius = CornerRadius::same(10);
    v.menu_corner_radius = CornerRadius::same(8);
    let shade = if v.dark_mode { 110 } else { 36 };
    v.window_shadow = shadow(12, 32, shade);
    v.popup_shadow = shadow(6, 18, shade);
    v.selection.bg_fill = t.accent_soft;
    v.selection.stroke = Stroke::new(1.0, t.accent);
    v.weak_text_color = Some(t.text_faint);
    let w = &mut v.widgets;
    let radius = CornerRadius::same(6);
    for (state, fill, stroke, fg) in [
        (&mut w.noninteractive, t.panel, t.border, t.text),
        (&mut w.inactive, t.raised, t.border_strong, t.text),
        (&mut w.hovered, t.hover, t.border_strong, t.text),
        (&mut w.active, t.accent_soft, t.accent, t.text),
        (&mut w.open, t.hover, t.border_strong, t.text),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, stroke);
        state.fg_stroke = Stroke::new(1.0, fg);
        state.corner_radius = radius;
        state.expansion = 0.0;
    }
}

fn shadow(offset: i8, blur: u8, alpha: u8) -> Shadow {
    Shadow {
        offset: [0, offset],
        blur,
        spread: 0,
        color: Color32::from_black_alpha(alpha),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast ratio of WCAG 2.2, 1 to 21.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |c: Color32| {
            let channel = |v: u8| {
                let v = f32::from(v) / 255.0;
                if v <= 0.04045 {
                    v / 12.92
                } else {
                    ((v + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * channel(c.r()) + 0.7152 * channel(c.g()) + 0.0722 * channel(c.b())
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_every_ground_it_stands_on() {
        for (name, t) in [("light", &LIGHT), ("dark", &DARK)] {
            let inks = [
                t.text,
                t.text_secondary,
                t.text_faint,
                t.accent,
                t.key_primary,
                t.key_foreign,
                t.key_unique,
                t.hint,
                t.success,
                t.warning,
                t.danger,
                t.code_keyword,
                t.code_text,
                t.code_number,
                t.code_comment,
                t.code_function,
                t.code_parameter,
            ];
            for ground in [t.canvas, t.panel, t.raised, t.stripe] {
                for (i, color) in t.series.iter().enumerate() {
                    // Shapes need 3:1 (WCAG 2.2, 1.4.11).
                    let ratio = contrast(*color, ground);
                    assert!(ratio >= 3.0, "{name}: series {i} on {ground:?}: {ratio:.2}");
                }
                for (i, ink) in inks.iter().enumerate() {
                    let ratio = contrast(*ink, ground);
                    assert!(ratio >= 4.5, "{name}: ink {i} on {ground:?}: {ratio:.2}");
                }
            }
            assert!(
                contrast(t.accent_text, t.accent) >= 4.5,
                "{name}: text on the accent"
            );
            assert!(
                contrast(t.text, t.accent_soft) >= 4.5,
                "{name}: text on a selection"
            );
        }
    }
}
