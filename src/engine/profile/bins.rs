//! Steps of a histogram: round edges, few enough to be told apart.

/// Steps a histogram has at most.
const MAX_STEPS: f64 = 28.0;
/// A tail longer than this many times the middle 98 % is left out, and counted.
const LONG_TAIL: f64 = 2.0;

/// Round lengths of time, in seconds.
const TIME_STEPS: [f64; 16] = [
    1.0,
    5.0,
    15.0,
    30.0,
    60.0,
    300.0,
    900.0,
    1_800.0,
    3_600.0,
    10_800.0,
    21_600.0,
    43_200.0,
    86_400.0,
    604_800.0,
    1_209_600.0,
    2_419_200.0,
];
const DAY: f64 = 86_400.0;

/// What a histogram is made over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub min: f64,
    pub max: f64,
    /// Quantiles 0.01 and 0.99.
    pub low: f64,
    pub high: f64,
}

/// What the values are, for the choice of round steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    Whole,
    Real,
    /// Seconds; `days`: no step below a day.
    Seconds {
        days: bool,
    },
}

/// First edge, step and number of steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steps {
    pub start: f64,
    pub step: f64,
    pub count: usize,
}

/// The steps over a span; `None` when there is no span to divide.
pub fn steps(span: Span, scale: Scale) -> Option<Steps> {
    let Span {
        min,
        max,
        low,
        high,
    } = span;
    let all = [min, max, low, high];
    if all.iter().any(|v| !v.is_finite()) || max <= min {
        return None;
    }
    let middle = high - low;
    let cut = |tail: f64| middle > 0.0 && tail > middle * LONG_TAIL;
    let from = if cut(low - min) { low } else { min };
    let to = if cut(max - high) { high } else { max };
    let wanted = (to - from) / MAX_STEPS;
    let mut step = match scale {
        Scale::Whole => round_up(wanted).max(1.0),
        Scale::Real => round_up(wanted),
        Scale::Seconds { days } => time_step(wanted, days),
    };
    // Beyond 2^53 neighbouring numbers are more than a step apart: wider steps until they fit.
    while step.is_finite() && (from + step <= from || to + step <= to) {
        step *= 2.0;
    }
    if !step.is_finite() || step <= 0.0 {
        return None;
    }
    let start = (from / step).floor() * step;
    // The upper edge belongs to the next step, so the last one must reach beyond the largest.
    let count = ((to - start) / step).floor() + 1.0;
    (start.is_finite() && (1.0..=4.0 * MAX_STEPS).contains(&count)).then_some(Steps {
        start,
        step,
        count: count as usize,
    })
}

/// The next of 1, 2, 2.5, 5, 10 times a power of ten.
fn round_up(wanted: f64) -> f64 {
    let power = 10_f64.powf(wanted.abs().log10().floor());
    let factor = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .find(|f| f * power >= wanted * 0.999_999)
        .unwrap_or(10.0);
    // Whole steps of 2.5 would put some numbers between two bars.
    if power == 1.0 && factor == 2.5 {
        5.0
    } else {
        factor * power
    }
}

fn time_step(wanted: f64, days: bool) -> f64 {
    let least = if days { DAY } else { 0.0 };
    TIME_STEPS
        .into_iter()
        .find(|s| *s >= wanted.max(least))
        .unwrap_or_else(|| round_up(wanted / DAY) * DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(min: f64, max: f64) -> Span {
        Span {
            min,
            max,
            low: min,
            high: max,
        }
    }

    #[track_caller]
    fn check(span: Span, scale: Scale, start: f64, step: f64, count: usize) {
        assert_eq!(
            steps(span, scale),
            Some(Steps { start, step, count }),
            "{span:?}"
        );
    }

    #[test]
    fn edges_are_round_and_every_value_has_a_step() {
        check(span(1.0, 100.0), Scale::Whole, 0.0, 5.0, 21);
        check(span(3.0, 40.0), Scale::Whole, 2.0, 2.0, 20);
        check(span(0.0, 1.0), Scale::Real, 0.0, 0.05, 21);
        check(span(-7.0, 7.0), Scale::Whole, -7.0, 1.0, 15);
    }

    #[test]
    fn time_is_divided_by_the_clock_and_the_calendar() {
        let year = 365.0 * DAY;
        check(
            span(0.0, year),
            Scale::Seconds { days: true },
            0.0,
            14.0 * DAY,
            27,
        );
        check(
            span(0.0, 3600.0),
            Scale::Seconds { days: false },
            0.0,
            300.0,
            13,
        );
        check(span(0.0, DAY), Scale::Seconds { days: true }, 0.0, DAY, 2);
    }

    #[test]
    fn a_long_tail_does_not_press_the_rest_into_one_bar() {
        let tailed = Span {
            min: 1.0,
            max: 1e6,
            low: 1.0,
            high: 90.0,
        };
        let made = steps(tailed, Scale::Real).expect("there is a span");
        assert!(
            made.start + made.step * (made.count as f64) < 120.0,
            "{made:?}"
        );
    }

    #[test]
    fn spans_that_cannot_be_divided_have_no_steps() {
        assert_eq!(steps(span(4.0, 4.0), Scale::Whole), None);
        assert_eq!(steps(span(f64::NAN, 4.0), Scale::Real), None);
        assert_eq!(steps(span(0.0, f64::INFINITY), Scale::Real), None);
        assert_eq!(steps(span(-1.7e308, 1.7e308), Scale::Real), None);
        let tiny = steps(span(0.0, 1e-300), Scale::Real);
        assert!(tiny.is_none_or(|s| s.count <= 112), "{tiny:?}");
        let far = steps(span(9.0e18, 9.0e18 + 4096.0), Scale::Whole);
        assert!(far.is_none_or(|s| s.count <= 112), "{far:?}");
    }
}
