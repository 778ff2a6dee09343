//! How wide text is, without asking a font.

/// What a piece of text is for; each kind has its size and weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// A table's name.
    Header,
    /// A column's name.
    Name,
    /// A column's type, and the constraints below the columns.
    Type,
    /// The second line of a header.
    Hint,
}

impl TextKind {
    /// The font size in points.
    pub fn size(self) -> f32 {
        match self {
            Self::Header => 13.5,
            Self::Name => 12.5,
            Self::Type => 11.5,
            Self::Hint => 11.0,
        }
    }
}

/// The width in points of text set in a common sans-serif such as Inter.
///
/// Good to a few per cent, and slightly too wide rather than too narrow.
pub fn estimate_width(text: &str, kind: TextKind) -> f32 {
    let em: f32 = text.chars().map(em_of).sum();
    let weight = if kind == TextKind::Header { 1.04 } else { 1.0 };
    em * kind.size() * weight
}

fn em_of(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '\'' | '.' | ',' | ':' | ';' | '|' | '!' => 0.27,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | 'I' | '/' | '-' | '·' => 0.375,
        'm' | 'M' | 'w' | 'W' | '@' | '%' => 0.9,
        'A'..='Z' => 0.69,
        '0'..='9' => 0.62,
        c if c.is_ascii() => 0.585,
        // Wide scripts take a full square.
        c if u32::from(c) >= 0x1100 => 1.0,
        _ => 0.65,
    }
}

/// The text, or as much of it as fits into the width with an ellipsis behind it.
pub fn fitted(text: &str, kind: TextKind, width: f32) -> String {
    if estimate_width(text, kind) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if estimate_width(&kept, kind) + kind.size() > width {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}

/// How much of a row's room its name and its type get, in points.
///
/// Both get what they need where that fits. Otherwise the type gives way, but keeps some room.
pub fn shared_room(name_width: f32, type_width: f32, room: f32) -> (f32, f32) {
    const GAP: f32 = 8.0;
    let type_room = (room - name_width - GAP).max(0.4 * room).min(type_width);
    (room - type_room - GAP, type_room)
}
