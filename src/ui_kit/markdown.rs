//! Short Markdown texts.

use std::sync::{Arc, Mutex, PoisonError};

use egui::{CornerRadius, Frame, Id, Margin, ScrollArea, Stroke, Ui};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use super::code::code_block;
use super::tokens;

/// What begins and ends a block of code.
const FENCE: &str = "```";

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
        for (place, piece) in pieces(text.trim()).into_iter().enumerate() {
            ui.push_id(place, |ui| match piece {
                Piece::Text(text) => {
                    CommonMarkViewer::new().show(ui, &mut cache, text);
                }
                Piece::Code(code) => code_ui(ui, code),
            });
        }
    });
    targets
        .into_iter()
        .find(|target| cache.get_link_hook(target) == Some(true))
        .map(str::to_owned)
}

/// Part of a text.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    Text(&'a str),
    Code(&'a str),
}

/// Blocks of code are drawn as everywhere in the program: those of the viewer have a button
/// whose sign is in none of our fonts.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, (code, after))) = next_code(rest) {
        if !before.trim().is_empty() {
            pieces.push(Piece::Text(before.trim()));
        }
        pieces.push(Piece::Code(code));
        rest = after;
    }
    if !rest.trim().is_empty() {
        pieces.push(Piece::Text(rest.trim()));
    }
    pieces
}

/// What stands before the first block of code, the block, and what comes after it.
fn next_code(text: &str) -> Option<(&str, (&str, &str))> {
    let start = if text.starts_with(FENCE) {
        0
    } else {
        text.find("\n```")? + 1
    };
    let (before, block) = text.split_at_checked(start)?;
    // The rest of the first line names the language.
    let (_, code) = block.split_once('\n')?;
    if let Some(after) = code.strip_prefix(FENCE) {
        return Some((before, ("", after)));
    }
    let (code, after) = code.split_once("\n```")?;
    Some((before, (code, after)))
}

fn code_ui(ui: &mut Ui, code: &str) {
    let t = tokens(ui);
    Frame::new()
        .fill(t.stripe)
        .stroke(Stroke::new(1.0, t.border))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ScrollArea::horizontal().show(ui, |ui| {
                code_block(ui, code, &|_| Vec::new());
            });
        });
    ui.add_space(4.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_code_are_told_from_the_text_around_them() {
        let text = "Before\n\n```sql\nSELECT 1;\n\nSELECT 2;\n```\n\nafter `a`\n```\nx\n```";
        let expected = [
            Piece::Text("Before"),
            Piece::Code("SELECT 1;\n\nSELECT 2;"),
            Piece::Text("after `a`"),
            Piece::Code("x"),
        ];
        assert_eq!(pieces(text), expected);
    }

    #[test]
    fn a_fence_without_an_end_is_text() {
        for text in ["no code", "```sql", "a\n```sql\nSELECT 1", ""] {
            let whole: Vec<Piece<'_>> = Some(Piece::Text(text))
                .filter(|_| !text.is_empty())
                .into_iter()
                .collect();
            assert_eq!(pieces(text), whole, "{text}");
        }
    }
}
