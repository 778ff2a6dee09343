//! Numbers and times for people.

use std::time::Duration;

/// `1234567` → `1,234,567`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 row`, `12,000 rows`.
pub fn counted(n: u64, one: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{} {one}s", count(n))
    }
}

/// A phrase as a sentence begins: the first letter large, unless it is a quoted name.
pub fn sentence(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// `1000` → `1 k`, `2500000` → `2.5 M`: for controls with little room.
pub fn short_count(n: u64) -> String {
    let (value, unit) = match n {
        0..1_000 => return n.to_string(),
        1_000..1_000_000 => (n as f64 / 1e3, "k"),
        1_000_000..1_000_000_000 => (n as f64 / 1e6, "M"),
        _ => (n as f64 / 1e9, "G"),
    };
    let text = if value.fract() < 0.05 || value >= 100.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.1}")
    };
    format!("{text} {unit}")
}

/// `850 µs`, `12.4 ms`, `3.21 s`, `2 min 5 s`.
pub fn duration(d: Duration) -> String {
    let secs = d.as_secs_f64();
    match secs {
        s if s < 0.001 => format!("{:.0} µs", s * 1e6),
        s if s < 0.1 => format!("{:.1} ms", s * 1e3),
        s if s < 1.0 => format!("{:.0} ms", s * 1e3),
        s if s < 60.0 => format!("{s:.2} s"),
        s => format!("{} min {} s", (s / 60.0) as u64, (s % 60.0) as u64),
    }
}

/// `512 B`, `3.4 MB`: powers of 1024.
pub fn bytes(n: u64) -> String {
    let mut value = n as f64;
    let mut unit = "B";
    for next in ["KB", "MB", "GB", "TB"] {
        if value < 1024.0 {
            break;
        }
        value /= 1024.0;
        unit = next;
    }
    if unit == "B" {
        format!("{n} B")
    } else {
        format!("{value:.1} {unit}")
    }
}

/// A part of a whole: `0 %`, `< 0.1 %`, `4.2 %`, `> 99.9 %`, `100 %`. Only what is nothing or
/// everything is said to be so.
pub fn share(part: u64, whole: u64) -> String {
    if part == 0 || whole == 0 {
        return "0 %".to_owned();
    }
    if part >= whole {
        return "100 %".to_owned();
    }
    let percent = part as f64 / whole as f64 * 100.0;
    match percent {
        p if p < 0.1 => "< 0.1 %".to_owned(),
        p if p > 99.9 => "> 99.9 %".to_owned(),
        p if p < 10.0 => format!("{p:.1} %"),
        p => format!("{p:.0} %"),
    }
}

/// A number in at most six digits that say something: `1,234.57`, `0.0123`, `1.5e300`.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return value.to_string();
    }
    if size >= 1e15 || (size > 0.0 && size < 1e-5) {
        return format!("{value:.3e}");
    }
    let whole_digits = if size < 1.0 {
        0
    } else {
        size.log10().floor() as usize + 1
    };
    let decimals = match whole_digits {
        0 if size > 0.0 => (4.0 - size.log10().floor()) as usize,
        n => 6_usize.saturating_sub(n),
    };
    let text = format!("{size:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let grouped = whole
        .parse::<u64>()
        .map_or_else(|_| whole.to_owned(), count);
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0.0 && (grouped != "0" || !fraction.is_empty()) {
        "-"
    } else {
        ""
    };
    if fraction.is_empty() {
        format!("{sign}{grouped}")
    } else {
        format!("{sign}{grouped}.{fraction}")
    }
}

/// Seconds since 1970 as a day: `2026-07-01`.
pub fn day(secs: f64) -> String {
    let (year, month, day) = civil((secs / 86_400.0).floor() as i64);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Seconds since 1970 as a moment: `2026-07-01 14:05`.
pub fn moment(secs: f64) -> String {
    format!("{} {}", day(secs), clock(secs))
}

/// Seconds since midnight, or since 1970, as a time of day: `14:05`, `14:05:30`.
pub fn clock(secs: f64) -> String {
    let of_day = secs.rem_euclid(86_400.0) as u32;
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    if second == 0 {
        format!("{hour:02}:{minute:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}")
    }
}

/// Year, month and day of a number of days since 1970, by Howard Hinnant's algorithm.
fn civil(days: i64) -> (i64, u32, u32) {
    // Far beyond any calendar DuckDB knows; keeps the arithmetic from overflowing.
    let shifted = days.clamp(-4_000_000_000, 4_000_000_000) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month as u32, day as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_by_three() {
        for (n, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(count(n), text);
        }
        assert_eq!(counted(1, "row"), "1 row");
        assert_eq!(counted(0, "row"), "0 rows");
    }

    #[test]
    fn short_counts_keep_one_decimal_only_where_it_says_something() {
        for (n, text) in [
            (950, "950"),
            (1_000, "1 k"),
            (2_500, "2.5 k"),
            (100_000, "100 k"),
            (10_000_000, "10 M"),
            (2_500_000_000, "2.5 G"),
        ] {
            assert_eq!(short_count(n), text);
        }
    }

    #[test]
    fn durations_take_the_unit_that_fits() {
        for (micros, text) in [
            (850, "850 µs"),
            (12_400, "12.4 ms"),
            (640_000, "640 ms"),
            (3_210_000, "3.21 s"),
            (125_000_000, "2 min 5 s"),
        ] {
            assert_eq!(duration(Duration::from_micros(micros)), text);
        }
    }

    #[test]
    fn only_nothing_is_zero_and_only_everything_is_a_hundred_percent() {
        for (part, whole, text) in [
            (0, 10, "0 %"),
            (0, 0, "0 %"),
            (1, 1_000_000, "< 0.1 %"),
            (42, 1_000, "4.2 %"),
            (1, 3, "33 %"),
            (999_999, 1_000_000, "> 99.9 %"),
            (7, 7, "100 %"),
        ] {
            assert_eq!(share(part, whole), text);
        }
    }

    #[test]
    fn numbers_keep_the_digits_that_say_something() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (5.0, "5"),
            (1_234.567_8, "1,234.57"),
            (-1_234_567.0, "-1,234,567"),
            (0.012_345_6, "0.012346"),
            (2.5, "2.5"),
            (1.5e300, "1.500e300"),
            (-3.2e-9, "-3.200e-9"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn seconds_are_days_and_times() {
        assert_eq!(day(0.0), "1970-01-01");
        assert_eq!(day(1_782_864_000.0), "2026-07-01");
        assert_eq!(day(-1.0), "1969-12-31");
        assert_eq!(day(951_782_400.0), "2000-02-29");
        assert_eq!(moment(1_782_914_700.0), "2026-07-01 14:05");
        assert_eq!(clock(86_399.0), "23:59:59");
        // Nothing breaks far from home.
        assert!(!day(f64::MAX).is_empty());
        assert!(!day(f64::NAN).is_empty());
    }
}
