//! What the figures of an entry say, in words that promise no more than they support.

use super::report::{LabReport, ReadFigures, ReadLayout, WriteFigures};
use crate::catalog::Lab;
use crate::format::{count, counted};
use crate::measure::statistics::{Comparison, Verdict};

/// `1.23`, `2.4`, `12`, `340`: a ratio in as many digits as it deserves.
pub fn ratio(value: f64) -> String {
    if value < 2.0 {
        format!("{value:.2}")
    } else if value < 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}

/// `1.9 × faster (1.8 to 2.0)`, `2.1 × slower (1.9 to 2.4)`, `no clear difference (0.95 to 1.02)`.
pub fn of_comparison(comparison: &Comparison) -> String {
    let Comparison {
        ratio: value,
        ratio_low,
        ratio_high,
    } = *comparison;
    match comparison.verdict() {
        Verdict::Faster => format!(
            "{} × faster ({} to {})",
            ratio(value),
            ratio(ratio_low),
            ratio(ratio_high)
        ),
        Verdict::Slower => format!(
            "{} × slower ({} to {})",
            ratio(1.0 / value),
            ratio(1.0 / ratio_high),
            ratio(1.0 / ratio_low)
        ),
        Verdict::NoClearDifference => {
            format!("no clear difference ({ratio_low:.2} to {ratio_high:.2})")
        }
    }
}

/// What a layout's figures say against the first that answers.
pub fn of_layout(layout: &ReadLayout) -> Option<String> {
    let comparison = layout.against_first.as_ref()?;
    Some(of_comparison(comparison))
}

/// One line for a question: each other layout against the first.
pub fn of_read(lab: &Lab, read: &ReadFigures) -> String {
    let parts: Vec<String> = read
        .layouts
        .iter()
        .filter_map(|l| {
            let title = title(lab, &l.id);
            match &l.cannot {
                Some(_) => Some(format!("{title}: has no answer")),
                None => Some(format!("{title}: {}", of_layout(l)?)),
            }
        })
        .collect();
    parts.join("; ")
}

/// One line for a change: rows written in each layout.
pub fn of_write(lab: &Lab, write: &WriteFigures) -> String {
    let parts: Vec<String> = write
        .layouts
        .iter()
        .map(|l| {
            let title = title(lab, &l.id);
            match &l.cannot {
                Some(_) => format!("{title}: cannot"),
                None => format!("{title}: {}", counted(l.rows_written, "row")),
            }
        })
        .collect();
    parts.join("; ")
}

/// Why figures of two runs must not be compared one to one; `None` when they may.
pub fn differs_in(a: &LabReport, b: &LabReport) -> Option<String> {
    let mut reasons = Vec::new();
    if a.rows != b.rows {
        reasons.push(format!("{} rows against {}", count(b.rows), count(a.rows)));
    }
    if a.seed != b.seed {
        reasons.push(format!("seed {} against {}", b.seed, a.seed));
    }
    if a.machine != b.machine {
        reasons.push("another machine or version".to_owned());
    }
    (!reasons.is_empty()).then(|| reasons.join(", "))
}

/// The title of a layout.
pub fn title<'a>(lab: &'a Lab, layout: &'a str) -> &'a str {
    lab.layout(layout).map_or(layout, |l| l.title.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ratio: f64, low: f64, high: f64, expected: &str) {
        let comparison = Comparison {
            ratio,
            ratio_low: low,
            ratio_high: high,
        };
        assert_eq!(of_comparison(&comparison), expected);
    }

    #[test]
    fn only_what_the_interval_supports_is_called_faster() {
        check(1.9, 1.8, 2.0, "1.90 × faster (1.80 to 2.0)");
        check(0.5, 0.4, 0.6, "2.0 × slower (1.67 to 2.5)");
        check(1.2, 0.97, 1.5, "no clear difference (0.97 to 1.50)");
        check(1.03, 1.02, 1.04, "no clear difference (1.02 to 1.04)");
        check(231.4, 198.2, 260.0, "231 × faster (198 to 260)");
    }

    #[test]
    fn runs_are_compared_with_what_sets_them_apart() {
        let run = LabReport {
            rows: 100_000,
            seed: 1,
            ..LabReport::default()
        };
        let other = LabReport {
            rows: 1_000_000,
            ..run.clone()
        };
        assert_eq!(differs_in(&run, &run), None);
        assert_eq!(
            differs_in(&run, &other).as_deref(),
            Some("1,000,000 rows against 100,000")
        );
    }
}
