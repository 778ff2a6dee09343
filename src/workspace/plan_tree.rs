//! A plan as a tree: what each operator took, made, and was expected to make.

use egui::{Align2, Color32, CornerRadius, FontId, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2};

use crate::engine::{Plan, PlanNode};
use crate::ui_kit::{Tokens, format, medium, tokens};

const ROW: f32 = 42.0;
const INDENT: f32 = 12.0;
/// An estimate off by this factor is worth a look.
const MISJUDGED: f64 = 10.0;

/// Draws the tree from the last operator down to the scans.
///
/// The ground of an operator is the deeper the more of the time it took.
pub fn plan_tree(ui: &mut Ui, name: &str, plan: &Plan) {
    let total = plan.root.total_ms();
    let mut rows = Vec::new();
    flatten(&plan.root, 0, &mut rows);
    for (depth, node) in rows {
        row(ui, name, depth, node, total);
    }
}

fn flatten<'a>(node: &'a PlanNode, depth: usize, rows: &mut Vec<(usize, &'a PlanNode)>) {
    // Projections only pass columns on: they are left out where they cost nothing.
    let is_plain = node.kind == "PROJECTION" && node.children.len() == 1 && node.time_ms < 0.05;
    if !is_plain {
        rows.push((depth, node));
    }
    let depth = if is_plain { depth } else { depth + 1 };
    for child in &node.children {
        flatten(child, depth, rows);
    }
}

fn row(ui: &mut Ui, name: &str, depth: usize, node: &PlanNode, total_ms: f64) {
    let t = tokens(ui);
    let share = if total_ms > 0.0 {
        (node.time_ms / total_ms) as f32
    } else {
        0.0
    };
    let size = Vec2::new(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let title = title(node);
    let figures = figures(node);
    response.widget_info(|| {
        let text = format!(
            "{name}, {title}: {:.0} % of the time, {figures}",
            share * 100.0
        );
        WidgetInfo::labeled(Role::Label, true, text)
    });
    let left = rect.left() + INDENT * depth.min(8) as f32;
    let card = Rect::from_min_max(
        pos2(left, rect.top()),
        pos2(rect.right(), rect.bottom() - 4.0),
    );
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.rect_filled(card, CornerRadius::same(5), t.raised);
    painter.rect_filled(card, CornerRadius::same(5), heat(t, share));
    let right = painter.text(
        pos2(card.right() - 8.0, card.top() + 10.0),
        Align2::RIGHT_CENTER,
        format!("{:.0} %", share * 100.0),
        medium(11.5),
        t.text,
    );
    let clip = card.with_max_x(right.left() - 6.0);
    painter.with_clip_rect(clip.intersect(ui.clip_rect())).text(
        pos2(card.left() + 8.0, card.top() + 10.0),
        Align2::LEFT_CENTER,
        &title,
        medium(12.0),
        t.text,
    );
    let ink = if node.is_misjudged(MISJUDGED) {
        t.warning
    } else {
        t.text_secondary
    };
    painter.text(
        pos2(card.left() + 8.0, card.top() + 27.0),
        Align2::LEFT_CENTER,
        &figures,
        FontId::proportional(11.0),
        ink,
    );
    response.on_hover_ui(|ui| details(ui, node));
}

/// `Table scan posts`.
fn title(node: &PlanNode) -> String {
    let what = node
        .table()
        .or_else(|| node.fact("Join Type"))
        .unwrap_or_default();
    format!("{} {}", node.title(), what.to_lowercase())
        .trim()
        .to_owned()
}

fn figures(node: &PlanNode) -> String {
    let mut parts = vec![format!("{} out", format::short_count(node.rows))];
    if let Some(estimated) = node.estimated {
        parts.push(format!("{} expected", format::short_count(estimated)));
    }
    if let Some((read, all)) = node.row_groups.filter(|_| node.files.is_none()) {
        parts.push(format!("{read}/{all} row groups"));
    }
    if let Some((read, all)) = node.files {
        parts.push(format!("{read}/{all} files"));
    }
    parts.join(" · ")
}

fn details(ui: &mut Ui, node: &PlanNode) {
    ui.strong(node.title());
    ui.label(format!("{:.2} ms in this operator alone", node.time_ms));
    ui.label(format!("{} handed on", format::counted(node.rows, "row")));
    if let Some(estimated) = node.estimated {
        ui.label(format!("{} expected", format::counted(estimated, "row")));
    }
    if let Some(scanned) = node.rows_scanned {
        ui.label(format!("{} looked at", format::counted(scanned, "row")));
    }
    for (fact, value) in &node.facts {
        let value: String = value.chars().take(400).collect();
        ui.label(format!("{fact}: {value}"));
    }
}

/// From nothing to a clear ground.
fn heat(t: &Tokens, share: f32) -> Color32 {
    t.warning.gamma_multiply(0.45 * share.clamp(0.0, 1.0))
}
