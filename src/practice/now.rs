//! A moment, and the day it falls on where the user is.

/// Seconds of a day.
pub const DAY: u64 = 86_400;

/// The present, as a value: nothing here asks a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Seconds since 1970, UTC.
    pub secs: u64,
    /// Seconds the user's time is ahead of UTC. Past and coming moments are told by the same
    /// offset: around a change of the clocks a day begins an hour early or late.
    pub offset_secs: i32,
}

impl Now {
    /// Days since 1970 in the user's time.
    pub fn day(self) -> i64 {
        self.day_of(self.secs)
    }

    /// The day of another moment, in seconds since 1970.
    pub fn day_of(self, secs: u64) -> i64 {
        let secs = i64::try_from(secs).unwrap_or(i64::MAX);
        secs.saturating_add(self.offset_secs.into())
            .div_euclid(DAY as i64)
    }

    /// The user's time as seconds since 1970, to be written as a date.
    pub fn local_secs(self, secs: u64) -> f64 {
        secs as f64 + f64::from(self.offset_secs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_the_users_midnight() {
        let now = |secs, offset_secs| Now { secs, offset_secs };
        assert_eq!(now(DAY - 1, 0).day(), 0);
        assert_eq!(now(DAY - 1, 1).day(), 1);
        assert_eq!(now(0, -1).day(), -1);
        assert_eq!(now(u64::MAX, 3_600).day(), (i64::MAX) / DAY as i64);
    }
}
