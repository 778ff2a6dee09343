//! SVG text → PNG, for places that take no vector pictures.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Options, Tree, fontdb};

/// The longest side of a picture, in pixels: larger ones are made smaller, so that a diagram of
/// a thousand tables does not take gigabytes.
pub const MAX_SIDE: f32 = 16_000.0;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    #[error("the picture could not be read back: {0}")]
    Svg(#[from] usvg::Error),
    #[error("the picture is too large for the memory")]
    Size,
    #[error("the picture could not be packed: {0}")]
    Encoding(String),
}

/// Draws an SVG of [`super::svg::to_svg`] at `scale` pixels per point, smaller where a side
/// would pass [`MAX_SIDE`]. Text is set in the program's own font: no system font is needed.
pub fn to_png(svg: &str, scale: f32) -> Result<Vec<u8>, PngError> {
    let tree = Tree::from_str(svg, &options())?;
    let size = tree.size();
    let longest = size.width().max(size.height()).max(1.0);
    let scale = scale.min(MAX_SIDE / longest);
    let side = |points: f32| (points * scale).ceil().max(1.0) as u32;
    let mut picture = Pixmap::new(side(size.width()), side(size.height())).ok_or(PngError::Size)?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut picture.as_mut(),
    );
    picture
        .encode_png()
        .map_err(|err| PngError::Encoding(err.to_string()))
}

fn options() -> Options<'static> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(ttf_inter::REGULAR.to_vec());
    // Every name in the SVG's list of families ends at the one font there is.
    let family = fonts
        .faces()
        .next()
        .and_then(|face| face.families.first())
        .map(|(name, _)| name.clone())
        .unwrap_or_default();
    fonts.set_sans_serif_family(&family);
    Options {
        font_family: family,
        fontdb: Arc::new(fonts),
        ..Options::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"><rect width="10" height="20" fill="#ff0000"/></svg>"##;

    fn size_of(png: &[u8]) -> (u32, u32) {
        let picture = Pixmap::decode_png(png).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn a_picture_has_the_asked_pixels_per_point() {
        let png = to_png(SQUARE, 2.0).unwrap();
        assert_eq!(size_of(&png), (20, 40));
        let picture = Pixmap::decode_png(&png).unwrap();
        let pixel = picture.pixel(5, 5).unwrap();
        assert_eq!((pixel.red(), pixel.green()), (255, 0));
    }

    #[test]
    fn a_picture_that_would_be_huge_is_made_smaller() {
        let wide = SQUARE.replace("width=\"10\"", "width=\"40000\"");
        let (width, height) = size_of(&to_png(&wide, 2.0).unwrap());
        assert_eq!((width, height), (16_000, 8));
    }

    #[test]
    fn text_is_drawn_without_any_font_of_the_system() {
        let text = r#"<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20" font-family="Inter, system-ui, sans-serif"><text x="2" y="15" font-size="14" font-weight="600">orders</text></svg>"#;
        let picture = Pixmap::decode_png(&to_png(text, 1.0).unwrap()).unwrap();
        assert!(picture.pixels().iter().any(|p| p.alpha() > 200));
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        assert!(matches!(to_png("SELECT 1", 1.0), Err(PngError::Svg(_))));
    }
}
