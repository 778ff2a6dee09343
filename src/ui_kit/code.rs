//! A code editor: colours by class, line numbers, and a mark under what is wrong.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align2, Color32, FontId, Galley, Id, Response, ScrollArea, Stroke, TextBuffer, TextEdit, Ui,
    Vec2,
};

use super::{Tokens, tokens};

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeClass {
    Plain,
    Keyword,
    Function,
    Text,
    Number,
    Comment,
    Parameter,
}

/// Splits a text into classed byte ranges; what no range covers is plain.
pub type Highlighter<'a> = &'a dyn Fn(&str) -> Vec<(Range<usize>, CodeClass)>;

/// Longer texts are shown without colours: splitting them every frame would be felt.
const MAX_COLOURED_BYTES: usize = 200_000;
const FONT_SIZE: f32 = 13.0;

/// What the editor shows.
pub struct CodeEditor<'a> {
    pub id: Id,
    /// For screen readers, and tests.
    pub name: &'a str,
    pub highlighter: Highlighter<'a>,
    /// Bytes to underline as wrong.
    pub error: Option<Range<usize>>,
}

impl CodeEditor<'_> {
    /// Fills the space there is; scrolls both ways.
    pub fn ui(&self, ui: &mut Ui, text: &mut String) -> Response {
        let t = tokens(ui);
        let lines = text.lines().count().max(1) + usize::from(text.ends_with('\n'));
        let gutter = 14.0 + 8.0 * (lines.to_string().len() as f32);
        let size = ui.available_size();
        ScrollArea::both()
            .id_salt(self.id)
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 0.0;
                    let (gutter_rect, _) =
                        ui.allocate_exact_size(Vec2::new(gutter, 0.0), egui::Sense::hover());
                    let output = TextEdit::multiline(text)
                        .id(self.id)
                        .code_editor()
                        .frame(egui::Frame::new().inner_margin(egui::Margin::symmetric(6, 6)))
                        .desired_width(f32::INFINITY)
                        .min_size(Vec2::new(0.0, size.y - 4.0))
                        .layouter(&mut |ui: &Ui, buffer: &dyn TextBuffer, _width: f32| {
                            self.layout(ui, buffer.as_str())
                        })
                        .show(ui);
                    let response = output.response.response;
                    response.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::MultilineTextInput, true, self.name)
                    });
                    let bad_line = self.error.as_ref().map(|e| line_of(text, e.start));
                    for (number, row) in line_starts(&output.galley) {
                        let ink = if bad_line == Some(number) {
                            t.danger
                        } else {
                            t.text_faint
                        };
                        ui.painter().text(
                            egui::pos2(gutter_rect.right() - 6.0, output.galley_pos.y + row),
                            Align2::RIGHT_TOP,
                            number,
                            FontId::monospace(11.5),
                            ink,
                        );
                    }
                    response
                })
                .inner
            })
            .inner
    }

    fn layout(&self, ui: &Ui, text: &str) -> Arc<Galley> {
        let job = highlight(tokens(ui), text, self.highlighter, self.error.clone());
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// Code to read, not to edit: coloured, selectable, as tall and as wide as it needs. Put it into
/// something that scrolls sideways.
pub fn code_block(ui: &mut Ui, text: &str, highlighter: Highlighter<'_>) -> Response {
    code_block_marked(ui, text, highlighter, &[])
}

/// Code in a frame as wide as there is room, which scrolls sideways.
pub fn code_card(
    ui: &mut Ui,
    salt: impl std::hash::Hash + std::fmt::Debug,
    text: &str,
    highlighter: Highlighter<'_>,
) {
    let t = tokens(ui);
    egui::Frame::new()
        .fill(t.raised)
        .stroke(Stroke::new(1.0, t.border))
        .corner_radius(egui::CornerRadius::same(6))
        .inner_margin(egui::Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ScrollArea::horizontal()
                .id_salt(salt)
                .show(ui, |ui| code_block(ui, text, highlighter));
        });
}

/// The same with some of its bytes on a ground of their own: what differs from another text.
pub fn code_block_marked(
    ui: &mut Ui,
    text: &str,
    highlighter: Highlighter<'_>,
    marks: &[Range<usize>],
) -> Response {
    let t = tokens(ui);
    let mut job = highlight(t, text, highlighter, None);
    mark(&mut job, marks, t.accent_soft);
    ui.add(egui::Label::new(job).selectable(true).extend())
}

/// Gives the marked bytes a ground, splitting pieces where marks begin and end.
fn mark(job: &mut LayoutJob, marks: &[Range<usize>], ground: Color32) {
    let pieces = std::mem::take(&mut job.sections);
    for piece in pieces {
        let (start, end) = (piece.byte_range.start.0, piece.byte_range.end.0);
        let mut cuts: Vec<usize> = marks.iter().flat_map(|m| [m.start, m.end]).collect();
        cuts.retain(|c| start < *c && *c < end);
        cuts.extend([start, end]);
        cuts.sort_unstable();
        cuts.dedup();
        for (index, part) in cuts.windows(2).enumerate() {
            let mut section = piece.clone();
            section.byte_range = part[0].into()..part[1].into();
            if index > 0 {
                section.leading_space = 0.0;
            }
            let is_marked = marks.iter().any(|m| m.start <= part[0] && part[1] <= m.end);
            if is_marked {
                section.format.background = ground;
            }
            job.sections.push(section);
        }
    }
}

/// The text with its colours, and the wrong part underlined.
fn highlight(
    t: &Tokens,
    text: &str,
    highlighter: Highlighter<'_>,
    error: Option<Range<usize>>,
) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = f32::INFINITY;
    let ranges = if text.len() > MAX_COLOURED_BYTES {
        Vec::new()
    } else {
        highlighter(text)
    };
    let mut at = 0;
    for (range, class) in ranges {
        if range.start >= at && range.end <= text.len() {
            append(&mut job, text, at..range.start, t.text, t, error.as_ref());
            append(
                &mut job,
                text,
                range.clone(),
                ink(t, class),
                t,
                error.as_ref(),
            );
            at = range.end;
        }
    }
    append(&mut job, text, at..text.len(), t.text, t, error.as_ref());
    job
}

fn ink(t: &Tokens, class: CodeClass) -> Color32 {
    match class {
        CodeClass::Plain => t.text,
        CodeClass::Keyword => t.code_keyword,
        CodeClass::Function => t.code_function,
        CodeClass::Text => t.code_text,
        CodeClass::Number => t.code_number,
        CodeClass::Comment => t.code_comment,
        CodeClass::Parameter => t.code_parameter,
    }
}

/// Appends a range, split where the wrong part begins and ends.
fn append(
    job: &mut LayoutJob,
    text: &str,
    range: Range<usize>,
    color: Color32,
    t: &Tokens,
    error: Option<&Range<usize>>,
) {
    let mut cuts = vec![range.start, range.end];
    if let Some(error) = error {
        cuts.extend(
            [error.start, error.end]
                .iter()
                .filter(|c| range.contains(c)),
        );
    }
    cuts.sort_unstable();
    for piece in cuts.windows(2) {
        let Some(part) = text.get(piece[0]..piece[1]).filter(|p| !p.is_empty()) else {
            continue;
        };
        let is_wrong = error.is_some_and(|e| e.start <= piece[0] && piece[1] <= e.end);
        let mut format = TextFormat::simple(FontId::monospace(FONT_SIZE), color);
        format.line_height = Some(20.0);
        if is_wrong {
            format.underline = Stroke::new(2.0, t.danger);
            format.background = t.danger_soft;
        }
        job.append(part, 0.0, format);
    }
}

/// The line, from 1, of a byte offset.
fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|b| *b == b'\n').count()
}

/// For each line of the text its number and how far below the top it starts.
fn line_starts(galley: &Galley) -> Vec<(usize, f32)> {
    let mut number = 1;
    let mut starts = Vec::new();
    let mut is_start = true;
    for row in &galley.rows {
        if is_start {
            starts.push((number, row.min_y() + 3.0));
            number += 1;
        }
        is_start = row.ends_with_newline;
    }
    starts
}
