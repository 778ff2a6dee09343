//! A report as a picture: bars of times, storage and changed rows, for slides.

use std::fmt::Write;

use super::{conditions, milliseconds};
use crate::catalog::Lab;
use crate::diagram::TextKind;
use crate::format::{bytes, counted};
use crate::lab::LabReport;
use crate::lab::verdict::{self, title};

const WIDTH: f32 = 960.0;
const MARGIN: f32 = 28.0;
const NAMES: f32 = 250.0;
const FIGURES: f32 = 260.0;
const BAR: f32 = 18.0;
const ROW: f32 = 24.0;
/// One for each layout, in their order; the first is the one the others are measured against.
const COLORS: [&str; 6] = [
    "#64748b", "#2a5fd8", "#0e8a6d", "#b45309", "#8b3fd1", "#c0264b",
];

/// The picture as SVG.
pub fn picture(lab: &Lab, report: &LabReport) -> String {
    let mut canvas = Canvas {
        y: MARGIN + 8.0,
        ..Canvas::default()
    };
    canvas.text(MARGIN, 20.0, 700, "#171c26", &lab.title);
    canvas.y += 22.0;
    canvas.text(MARGIN, 12.5, 400, "#4c5667", &conditions(report));
    canvas.y += 12.0;
    for read in &report.reads {
        canvas.head(&read.title);
        let most = read
            .layouts
            .iter()
            .map(|l| l.time.high_ms)
            .fold(0.0, f64::max);
        for (index, layout) in read.layouts.iter().enumerate() {
            let name = title(lab, &layout.id);
            if layout.cannot.is_some() {
                canvas.bar(index, name, None, "no answer");
                continue;
            }
            let time = milliseconds(layout.time.median_ms);
            let figure = match verdict::of_layout(layout) {
                Some(words) => format!("{time} · {words}"),
                None => time,
            };
            canvas.bar(index, name, share(layout.time.median_ms, most), &figure);
        }
    }
    for write in &report.writes {
        canvas.head(&format!("{}: rows written", write.title));
        let most = write.layouts.iter().map(|l| l.rows_written).max();
        for (index, layout) in write.layouts.iter().enumerate() {
            let part = share(layout.rows_written as f64, most.unwrap_or(0) as f64);
            canvas.bar(
                index,
                title(lab, &layout.id),
                part,
                &counted(layout.rows_written, "row"),
            );
        }
    }
    if !report.builds.is_empty() {
        canvas.head("Storage");
    }
    let most = report.builds.iter().map(|b| b.bytes).max().unwrap_or(0);
    for (index, build) in report.builds.iter().enumerate() {
        let part = share(build.bytes as f64, most as f64);
        canvas.bar(index, title(lab, &build.layout), part, &bytes(build.bytes));
    }
    canvas.finish()
}

fn share(value: f64, most: f64) -> Option<f32> {
    (most > 0.0).then(|| (value / most) as f32)
}

#[derive(Default)]
struct Canvas {
    body: String,
    y: f32,
}

impl Canvas {
    fn text(&mut self, x: f32, size: f32, weight: u32, ink: &str, text: &str) {
        writeln!(
            self.body,
            r#"<text x="{x}" y="{}" font-size="{size}" font-weight="{weight}" fill="{ink}">{}</text>"#,
            self.y,
            escaped(text)
        )
        .ok();
    }

    fn head(&mut self, text: &str) {
        self.y += 32.0;
        self.text(MARGIN, 13.5, 600, "#171c26", text);
        self.y += 8.0;
    }

    fn bar(&mut self, index: usize, name: &str, part: Option<f32>, figure: &str) {
        let color = COLORS[index % COLORS.len()];
        let room = WIDTH - 2.0 * MARGIN - NAMES - FIGURES;
        let length = part.unwrap_or(0.0).clamp(0.0, 1.0) * room;
        // What is there at all can be seen.
        let length = if part.is_some() { length.max(1.5) } else { 0.0 };
        let top = self.y;
        self.y += BAR * 0.5 + 4.5;
        self.text(MARGIN, 12.0, 400, "#4c5667", &fitting(name));
        writeln!(
            self.body,
            r#"<rect x="{}" y="{top}" width="{length}" height="{BAR}" rx="3" fill="{color}"/>"#,
            MARGIN + NAMES
        )
        .ok();
        self.text(MARGIN + NAMES + length + 8.0, 12.0, 400, "#171c26", figure);
        self.y = top + ROW;
    }

    fn finish(self) -> String {
        let height = self.y + MARGIN;
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" font-family="Inter, system-ui, sans-serif"><rect width="{WIDTH}" height="{height}" fill="#ffffff"/>
{}</svg>
"##,
            self.body
        )
    }
}

/// As much of a name as there is room for.
fn fitting(name: &str) -> String {
    crate::diagram::text::fitted(name, TextKind::Name, NAMES - 12.0)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::estimate_width;
    use crate::diagram::png::to_png;
    use crate::lab::BuildFigures;

    #[test]
    fn names_are_cut_and_signs_are_escaped() {
        let report = LabReport {
            builds: vec![BuildFigures {
                layout: "a < b & c".repeat(20),
                bytes: 1024,
                ..BuildFigures::default()
            }],
            ..LabReport::default()
        };
        let svg = picture(&Lab::default(), &report);
        assert!(svg.contains("a &lt; b &amp; c"));
        assert!(svg.contains("1.0 KB"));
        assert!(to_png(&svg, 1.0).is_ok());
        assert!(estimate_width(&fitting(&"wide ".repeat(40)), TextKind::Name) < NAMES);
    }
}
