//! Profiles in words: for lines, facts and the clipboard.

use crate::engine::{Amount, ColumnKind, ColumnLine, ColumnProfile, Histogram, Quartiles};
use crate::ui_kit::format;

/// Characters of a value where there is little room.
const SHORT: usize = 22;
/// Characters of the day in a moment.
const DAY: usize = 10;

/// `3,000`, `about 3,000`.
pub fn amount(amount: Amount) -> String {
    let value = format::count(amount.value);
    if amount.is_estimate {
        format!("about {value}")
    } else {
        value
    }
}

/// A value in one line of at most so many characters.
pub fn cut(value: &str, chars: usize) -> String {
    let line = value.split(['\n', '\r']).next().unwrap_or_default();
    match line.char_indices().nth(chars) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None if line.len() < value.len() => format!("{line}…"),
        None => line.to_owned(),
    }
}

/// A value for people: an empty text can be seen.
pub fn shown(value: &str, chars: usize) -> String {
    if value.is_empty() {
        "(empty)".to_owned()
    } else if value.trim().is_empty() {
        format!("({} spaces)", value.chars().count())
    } else {
        cut(value, chars)
    }
}

/// A column in one line: `4.2 % NULL · 12 distinct · 1 … 99`.
pub fn line(line: &ColumnLine, rows: u64) -> String {
    if rows == 0 {
        return "no rows".to_owned();
    }
    if line.present == 0 {
        return "always NULL".to_owned();
    }
    let nulls = rows.saturating_sub(line.present);
    let mut parts = Vec::new();
    if nulls > 0 {
        parts.push(format!("{} NULL", format::share(nulls, rows)));
    }
    if let Some(distinct) = line.distinct {
        parts.push(if !distinct.is_estimate && distinct.value == line.present {
            "all different".to_owned()
        } else {
            format!("{} distinct", amount(distinct))
        });
    }
    if let Some((min, max)) = &line.range {
        // Of moments the day says enough here; the ends of the alphabet say nothing of texts.
        let day = |value: &str| value.chars().take(DAY).collect::<String>();
        if min == max {
            parts.push(format!("always {}", shown(min, SHORT)));
        } else if line.kind == ColumnKind::Timestamp {
            parts.push(format!("{} … {}", day(min), day(max)));
        } else if line.kind != ColumnKind::Text {
            parts.push(format!("{} … {}", shown(min, SHORT), shown(max, SHORT)));
        }
    }
    parts.join(" · ")
}

/// Names and values of a column, as they are listed.
pub fn facts(profile: &ColumnProfile) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let share = format::share(profile.nulls(), profile.rows);
    facts.push((
        "NULL",
        match profile.nulls() {
            0 => "none".to_owned(),
            nulls => format!("{share}, {}", format::counted(nulls, "row")),
        },
    ));
    if let Some(distinct) = profile.distinct {
        let is_key =
            !distinct.is_estimate && distinct.value == profile.present && profile.present > 1;
        facts.push((
            "Distinct",
            if is_key {
                format!("{}, all different", amount(distinct))
            } else {
                amount(distinct)
            },
        ));
    }
    if let Some((min, max)) = &profile.range {
        facts.push(("Min", min.clone()));
        facts.push(("Max", max.clone()));
    }
    facts.extend(profile.mean.map(|mean| ("Mean", format::number(mean))));
    if let Some(quartiles) = &profile.quartiles {
        facts.extend(quartile_facts(quartiles, profile.kind));
    }
    if let Some(lengths) = profile.lengths {
        let unit = match profile.kind {
            ColumnKind::Text => "characters",
            ColumnKind::Map => "entries",
            _ => "elements",
        };
        let text = if lengths.shortest == lengths.longest {
            format!("{} {unit}", format::count(lengths.longest))
        } else {
            format!(
                "{} to {} {unit}, mean {}",
                format::count(lengths.shortest),
                format::count(lengths.longest),
                format::number((lengths.mean * 10.0).round() / 10.0)
            )
        };
        facts.push(("Length", text));
    }
    facts
}

fn quartile_facts(quartiles: &Quartiles, kind: ColumnKind) -> Vec<(&'static str, String)> {
    let about = if quartiles.is_estimate { "about " } else { "" };
    let text = |value: &str| match value.parse::<f64>() {
        Ok(number) if kind.is_number() => format::number(number),
        _ => value.to_owned(),
    };
    let [first, median, third] =
        [&quartiles.first, &quartiles.median, &quartiles.third].map(|v| text(v));
    let median = ("Median", format!("{about}{median}"));
    if kind.is_number() {
        return vec![median, ("Quartiles", format!("{about}{first} and {third}"))];
    }
    // Two moments are too long for one line.
    vec![
        ("Quartile 1", format!("{about}{first}")),
        median,
        ("Quartile 3", format!("{about}{third}")),
    ]
}

/// The whole profile as tab-separated lines.
pub fn for_clipboard(profile: &ColumnProfile) -> String {
    let mut lines = vec![
        format!("Column\t{}.{}", profile.table, profile.column),
        format!("Type\t{}", profile.data_type),
        format!("Rows\t{}", profile.rows),
    ];
    let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    lines.extend(
        facts(profile)
            .iter()
            .map(|(name, value)| format!("{name}\t{}", plain(value))),
    );
    if let Some(histogram) = &profile.histogram {
        lines.extend(
            histogram
                .counts
                .iter()
                .enumerate()
                .map(|(index, rows)| format!("{}\t{rows}", step(histogram, index, profile.kind))),
        );
    }
    lines.extend(
        profile
            .top
            .values
            .iter()
            .map(|(value, rows)| format!("{}\t{rows}", plain(value))),
    );
    lines.join("\n")
}

/// A step of a histogram: `120 to 140`.
pub fn step(histogram: &Histogram, index: usize, kind: ColumnKind) -> String {
    let from = histogram.start + histogram.step * index as f64;
    let is_single = kind == ColumnKind::Integer && (histogram.step - 1.0).abs() < f64::EPSILON;
    let is_day = kind == ColumnKind::Date && (histogram.step - 86_400.0).abs() < 1.0;
    if is_single || is_day {
        return edge(histogram, index, kind);
    }
    // The upper edge of whole numbers and days is not part of the step.
    let last = match kind {
        ColumnKind::Integer => from + histogram.step - 1.0,
        ColumnKind::Date => from + histogram.step - 86_400.0,
        _ => from + histogram.step,
    };
    format!(
        "{} to {}",
        edge(histogram, index, kind),
        place(last, histogram.step, kind)
    )
}

/// The lower edge of a step; that of the step behind the last is the end of the axis.
pub fn edge(histogram: &Histogram, index: usize, kind: ColumnKind) -> String {
    let at = histogram.start + histogram.step * index as f64;
    place(at, histogram.step, kind)
}

fn place(at: f64, step: f64, kind: ColumnKind) -> String {
    match kind {
        ColumnKind::Date => format::day(at),
        ColumnKind::Timestamp if step >= 86_400.0 => format::day(at),
        ColumnKind::Timestamp => format::moment(at),
        // The end of the day is not its beginning.
        ColumnKind::Time if at >= 86_400.0 => "24:00".to_owned(),
        ColumnKind::Time => format::clock(at),
        // Sums of steps are not as round as the steps.
        _ => format::number((at / step * 1e6).round() / 1e6 * step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column_line(present: u64, distinct: Amount, range: Option<(&str, &str)>) -> ColumnLine {
        ColumnLine {
            name: "c".into(),
            kind: ColumnKind::Integer,
            present,
            distinct: Some(distinct),
            range: range.map(|(a, b)| (a.into(), b.into())),
        }
    }

    #[test]
    fn a_line_says_what_is_estimated_and_what_is_missing() {
        let counted = |value| Amount {
            value,
            is_estimate: false,
        };
        let about = Amount {
            value: 3_000,
            is_estimate: true,
        };
        let text = |l: ColumnLine, rows| line(&l, rows);
        assert_eq!(
            text(column_line(90, counted(12), Some(("1", "99"))), 100),
            "10 % NULL · 12 distinct · 1 … 99"
        );
        assert_eq!(
            text(column_line(100, counted(100), None), 100),
            "all different"
        );
        assert_eq!(
            text(column_line(9_000, about, Some(("a", "a"))), 9_000),
            "about 3,000 distinct · always a"
        );
        assert_eq!(text(column_line(0, counted(0), None), 5), "always NULL");
        assert_eq!(text(column_line(0, counted(0), None), 0), "no rows");
    }

    #[test]
    fn steps_are_named_by_what_is_in_them() {
        let histogram = |start, step| Histogram {
            start,
            step,
            counts: vec![1, 2],
            below: 0,
            above: 0,
        };
        let name = |h: &Histogram, kind| step(h, 1, kind);
        assert_eq!(name(&histogram(0.0, 5.0), ColumnKind::Integer), "5 to 9");
        assert_eq!(name(&histogram(3.0, 1.0), ColumnKind::Integer), "4");
        assert_eq!(name(&histogram(0.0, 0.1), ColumnKind::Number), "0.1 to 0.2");
        assert_eq!(
            name(&histogram(0.0, 7.0 * 86_400.0), ColumnKind::Date),
            "1970-01-08 to 1970-01-14"
        );
        assert_eq!(
            name(&histogram(0.0, 3_600.0), ColumnKind::Timestamp),
            "1970-01-01 01:00 to 1970-01-01 02:00"
        );
        assert_eq!(
            name(&histogram(0.0, 43_200.0), ColumnKind::Time),
            "12:00 to 24:00"
        );
    }
}
