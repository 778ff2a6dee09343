//! Statements run in turn, so that whatever else the machine does meets all of them alike.
//!
//! [`statistics`] says what the times support.

pub mod statistics;

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::engine::EngineError;
use statistics::quantile;
pub use statistics::{Comparison, Verdict};

/// Rounds every measurement has at least.
pub const MIN_ROUNDS: usize = 7;

/// How often a statement is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// At least `min` rounds, then more while they fit into the time, `max` at most.
    Adaptive {
        min: usize,
        max: usize,
        time: Duration,
    },
    /// Exactly so many rounds.
    Rounds(usize),
}

impl Effort {
    /// What the window and the command line do unless they are told otherwise.
    pub const READS: Self = Self::Adaptive {
        min: MIN_ROUNDS,
        max: 31,
        time: Duration::from_millis(1_500),
    };
    /// Changes take longer than reads and vary less.
    pub const WRITES: Self = Self::Adaptive {
        min: MIN_ROUNDS,
        max: 15,
        time: Duration::from_millis(800),
    };

    fn goes_on(self, rounds: usize, spent: Duration) -> bool {
        match self {
            Self::Rounds(wanted) => rounds < wanted,
            Self::Adaptive { min, max, time } => rounds < min || (rounds < max && spent < time),
        }
    }
}

/// Median and middle half of some times, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Spread {
    pub median_ms: f64,
    /// A quarter of the runs is below.
    pub low_ms: f64,
    /// A quarter of the runs is above.
    pub high_ms: f64,
    pub runs: usize,
}

impl Spread {
    /// From times in milliseconds.
    pub fn of(times: &[f64]) -> Self {
        Self {
            median_ms: quantile(times, 0.5),
            low_ms: quantile(times, 0.25),
            high_ms: quantile(times, 0.75),
            runs: times.len(),
        }
    }
}

/// Runs `count` things in interleaved rounds and returns the times of each in milliseconds, round
/// by round.
///
/// `once` runs thing number `i` and says how long it took. The order turns round after every
/// round (A B, B A, …), so that being first is nobody's advantage.
pub fn interleaved(
    count: usize,
    effort: Effort,
    once: &mut dyn FnMut(usize) -> Result<Duration, EngineError>,
) -> Result<Vec<Vec<f64>>, EngineError> {
    let mut times = vec![Vec::new(); count];
    let started = Instant::now();
    let mut rounds = 0;
    while effort.goes_on(rounds, started.elapsed()) {
        for place in 0..count {
            let thing = if rounds % 2 == 0 {
                place
            } else {
                count - 1 - place
            };
            let time = once(thing)?;
            times[thing].push(time.as_secs_f64() * 1e3);
        }
        rounds += 1;
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_round_runs_all_and_the_order_turns() {
        let mut order = Vec::new();
        let times = interleaved(2, Effort::Rounds(3), &mut |thing| {
            order.push(thing);
            Ok(Duration::from_millis(1))
        });
        assert_eq!(order, [0, 1, 1, 0, 0, 1]);
        assert_eq!(times.map(|t| t[0].len()), Ok(3));
    }

    #[test]
    fn slow_statements_get_the_least_rounds_and_quick_ones_the_most() {
        let rounds = |spent| {
            let mut effort = 0;
            while Effort::READS.goes_on(effort, spent) {
                effort += 1;
            }
            effort
        };
        assert_eq!(rounds(Duration::from_secs(60)), MIN_ROUNDS);
        assert_eq!(rounds(Duration::ZERO), 31);
    }

    #[test]
    fn an_error_ends_the_measurement() {
        let failed = interleaved(1, Effort::READS, &mut |_| Err(EngineError::cancelled()));
        assert!(failed.is_err_and(|e| e.is_cancelled));
    }
}
