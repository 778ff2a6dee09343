//! What repeated times support, and what they do not.
//!
//! Times of one statement are skewed and come in bursts of other work on the machine. So medians
//! instead of means, ratios of times taken right after each other instead of ratios of medians,
//! and an interval that assumes no distribution.

use serde::{Deserialize, Serialize};

/// How sure the interval of a ratio is, at least.
pub const CONFIDENCE: f64 = 0.95;
/// Ratios this near to 1 are no difference anybody would feel, however sure they are.
///
/// Two copies of one table differ by a few per cent for as long as they live, only because of
/// where they happen to lie.
pub const INDIFFERENCE: f64 = 0.05;

/// The median; the mean of the two middle values where their number is even. 0 for none.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// A quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996).
///
/// `q` from 0 to 1. 0 for no values.
pub fn quantile(values: &[f64], q: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else {
        return 0.0;
    };
    let place = q.clamp(0.0, 1.0) * last as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    sorted[below] + (sorted[above] - sorted[below]) * (place - place.floor())
}

/// How many times as long one layout takes as another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The median of the paired ratios.
    pub ratio: f64,
    /// The interval that covers the true median with [`CONFIDENCE`].
    pub ratio_low: f64,
    pub ratio_high: f64,
}

/// What an interval supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Clearly takes less time than the first.
    Faster,
    /// Clearly takes more.
    Slower,
    NoClearDifference,
}

impl Comparison {
    /// Compares times that were taken in turn: `base[i]` and `other[i]` right after each other.
    ///
    /// The ratio is `base / other`: 2 means that the other takes half as long. The interval is
    /// that of the sign test: order statistics of the paired ratios, exact for any distribution
    /// (Conover, Practical Nonparametric Statistics, 1999, section 3.2). With fewer than six
    /// pairs even the widest one is less sure than [`CONFIDENCE`].
    pub fn of(base: &[f64], other: &[f64]) -> Option<Self> {
        let mut ratios: Vec<f64> = base
            .iter()
            .zip(other)
            .filter(|(_, b)| **b > 0.0)
            .map(|(a, b)| a / b)
            .collect();
        ratios.sort_by(f64::total_cmp);
        let skip = values_outside(ratios.len());
        let low = *ratios.get(skip)?;
        let high = *ratios.get(ratios.len().checked_sub(1 + skip)?)?;
        Some(Self {
            ratio: median(&ratios),
            ratio_low: low,
            ratio_high: high,
        })
    }

    /// What the interval supports of the other layout.
    pub fn verdict(&self) -> Verdict {
        if self.ratio_low > 1.0 + INDIFFERENCE {
            Verdict::Faster
        } else if self.ratio_high < 1.0 / (1.0 + INDIFFERENCE) {
            Verdict::Slower
        } else {
            Verdict::NoClearDifference
        }
    }
}

/// How many of `n` sorted values lie outside the interval on each side.
///
/// The largest k with P(Binomial(n, 1/2) < k) at most half of what is left of [`CONFIDENCE`],
/// so that the k-th value from each end still covers the median.
fn values_outside(n: usize) -> usize {
    let tail = (1.0 - CONFIDENCE) / 2.0;
    let mut probability = 0.5_f64.powi(i32::try_from(n).unwrap_or(i32::MAX));
    let mut below = 0.0;
    let mut k = 0;
    while k < n / 2 {
        below += probability;
        if below > tail {
            break;
        }
        k += 1;
        probability *= (n - k + 1) as f64 / k as f64;
    }
    k.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_textbook() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.25), 2.0);
        assert_eq!(median(&[]), 0.0);
    }

    /// Ranks of the 95 % interval of a median, from the tables of the binomial distribution.
    #[test]
    fn the_interval_takes_the_ranks_of_the_sign_test() {
        for (n, rank) in [
            (6, 1),
            (7, 1),
            (9, 2),
            (12, 3),
            (15, 4),
            (20, 6),
            (25, 8),
            (31, 10),
        ] {
            assert_eq!(values_outside(n) + 1, rank, "{n}");
        }
    }

    #[test]
    fn a_gap_beyond_the_spread_is_found_and_noise_is_not() {
        let base = [10.0, 10.4, 9.8, 10.1, 10.2, 9.9, 10.0];
        let half: Vec<f64> = base.iter().rev().map(|x| x / 2.0).collect();
        let found = Comparison::of(&base, &half).expect("pairs");
        assert_eq!(found.verdict(), Verdict::Faster);
        assert!((found.ratio - 2.0).abs() < 0.1, "{found:?}");
        let back = Comparison::of(&half, &base).expect("pairs");
        assert_eq!(back.verdict(), Verdict::Slower);
        let same = Comparison::of(&base, &[10.2, 9.7, 10.3, 10.0, 10.1, 10.2, 9.9]);
        assert_eq!(same.expect("pairs").verdict(), Verdict::NoClearDifference);
    }

    #[test]
    fn a_sure_difference_of_two_per_cent_is_none() {
        let base = [1.0; 9];
        let other = [0.98; 9];
        let found = Comparison::of(&base, &other).expect("pairs");
        assert_eq!(found.verdict(), Verdict::NoClearDifference);
    }

    #[test]
    fn one_burst_of_other_work_does_not_decide() {
        let base = [10.0, 10.0, 10.0, 10.0, 90.0, 10.0, 10.0, 10.0, 10.0];
        let other = [10.0; 9];
        let found = Comparison::of(&base, &other).expect("pairs");
        assert_eq!(found.ratio, 1.0);
        assert_eq!(found.verdict(), Verdict::NoClearDifference);
    }

    #[test]
    fn no_times_no_comparison() {
        assert_eq!(Comparison::of(&[], &[]), None);
        assert_eq!(Comparison::of(&[1.0], &[0.0]), None);
    }
}
