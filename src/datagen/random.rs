//! Random numbers from portable integer arithmetic.
//!
//! Two linear-congruential and two squaring rounds modulo the prime 2³¹ − 1, in 64-bit integers:
//! only `*`, `+` and `%`, every product below 2⁶², so any SQL engine gives the same number.
//! The squaring rounds add the key (then the first square) back in, because a bare square gives
//! `r` and `p − r` the same value, which would mirror one stretch of rows onto another.

/// The modulus, 2³¹ − 1.
pub const PRIME: u64 = 2_147_483_647;

/// The constants of one draw, spread from a seed and a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt {
    a1: u64,
    c1: u64,
    a2: u64,
    c2: u64,
}

impl Salt {
    /// Constants for `name` under `seed`. Equal names give equal draws.
    pub fn new(seed: u64, name: &str) -> Self {
        let mut state = splitmix(seed ^ fnv(name));
        let mut next = |low: u64| {
            state = splitmix(state);
            // Multipliers keep away from tiny values, which would leave neighbours close.
            low + state % (PRIME - low)
        };
        Self {
            a1: next(1_000_003),
            c1: next(1),
            a2: next(1_000_003),
            c2: next(1),
        }
    }

    /// The four rounds as SQL, each a column over the one before.
    ///
    /// `key` is SQL for a BIGINT column, 0 or more; the result columns are `{name}a`, `{name}b`,
    /// `{name}c` and, the drawn number in [0, 2³¹ − 1), `{name}`.
    pub fn columns(self, key: &str, name: &str) -> [(String, String); 4] {
        let Self { a1, c1, a2, c2 } = self;
        [
            (
                format!("{name}a"),
                format!("(({key} % {PRIME}) * {a1} + {c1}) % {PRIME}"),
            ),
            (
                format!("{name}b"),
                format!("({name}a * {name}a + {key} % {PRIME}) % {PRIME}"),
            ),
            (
                format!("{name}c"),
                format!("({name}b * {a2} + {c2}) % {PRIME}"),
            ),
            (
                name.to_owned(),
                format!("({name}c * {name}c + {name}b) % {PRIME}"),
            ),
        ]
    }

    /// The same number, computed here.
    pub fn draw(self, key: u64) -> u64 {
        let key = key % PRIME;
        let a = (key * self.a1 + self.c1) % PRIME;
        let b = (a * a + key) % PRIME;
        let c = (b * self.a2 + self.c2) % PRIME;
        (c * c + b) % PRIME
    }
}

/// A multiplier that, modulo `n`, visits every number once, far from the identity.
///
/// `n` is at least 1. Starts at the golden section and walks to the next coprime.
pub fn scatter_multiplier(n: u64) -> u64 {
    let start = ((n as f64 * 0.618_033_988_75) as u64).max(1);
    (start..).find(|&a| gcd(a, n) == 1).unwrap_or(1)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Sebastiano Vigna's splitmix64 step, used to spread seeds.
fn splitmix(x: u64) -> u64 {
    let z = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// FNV-1a over the bytes of a name.
fn fnv(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uniforms(seed: u64, name: &str, rows: u64) -> Vec<f64> {
        let salt = Salt::new(seed, name);
        (1..=rows)
            .map(|row| salt.draw(row) as f64 / PRIME as f64)
            .collect()
    }

    fn correlation(a: &[f64], b: &[f64]) -> f64 {
        let n = a.len() as f64;
        let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
        let cov: f64 = a.iter().zip(b).map(|(x, y)| (x - ma) * (y - mb)).sum();
        let va: f64 = a.iter().map(|x| (x - ma).powi(2)).sum();
        let vb: f64 = b.iter().map(|y| (y - mb).powi(2)).sum();
        cov / (va * vb).sqrt()
    }

    #[test]
    fn draws_fill_a_hundred_bins_evenly() {
        for seed in 0..20 {
            let mut bins = [0_f64; 100];
            for u in uniforms(seed, "t.c", 100_000) {
                bins[(u * 100.0) as usize] += 1.0;
            }
            let chi2: f64 = bins.iter().map(|n| (n - 1000.0).powi(2) / 1000.0).sum();
            // 99 degrees of freedom: beyond 170 has a chance below 1 in 100,000.
            assert!(chi2 < 170.0, "seed {seed}: chi² {chi2}");
        }
    }

    #[test]
    fn columns_and_neighbouring_rows_do_not_correlate() {
        for seed in 0..20 {
            let a = uniforms(seed, "t.a", 100_000);
            let b = uniforms(seed, "t.b", 100_000);
            // Standard error 1/√n is 0.0032; five of them.
            assert!(correlation(&a, &b).abs() < 0.016, "columns, seed {seed}");
            for lag in [1, 2, 7] {
                let c = correlation(&a[..100_000 - lag], &a[lag..]);
                assert!(c.abs() < 0.016, "lag {lag}, seed {seed}: {c}");
            }
        }
    }

    #[test]
    fn few_draws_repeat_and_no_stretch_is_mirrored() {
        let salt = Salt::new(1, "t.c");
        let mut draws: Vec<u64> = (1..=1_000_000).map(|row| salt.draw(row)).collect();
        draws.sort_unstable();
        draws.dedup();
        // A random function into 2^31 values repeats about n²/2^32 = 233 times, and a
        // squaring in it at most some times more.
        assert!(draws.len() > 998_500, "{} distinct", draws.len());
    }

    #[test]
    fn scattering_visits_every_row_once() {
        for n in [1_u64, 2, 3, 10, 97, 100, 5000, 6765] {
            let a = scatter_multiplier(n);
            let mut seen: Vec<u64> = (0..n).map(|k| (k * a + 5) % n).collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..n).collect::<Vec<_>>(), "n = {n}");
        }
    }
}
