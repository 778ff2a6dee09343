//! All packs at 100,000 rows in the largest table: made, filled and asked every query.
//!
//! `cargo bench --bench packs [-- ROWS]`. The limit is 2 s for each pack, together, on two cores.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crowsfoot::catalog::{Catalog, Pack};
use crowsfoot::datagen::Request;
use crowsfoot::engine::{EngineError, Session, Settings};
use crowsfoot::prepare::{answer, build_of};

const LIMIT_PER_PACK: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let rows: u64 = std::env::args()
        .find_map(|arg| arg.parse().ok())
        .unwrap_or(100_000);
    let catalog = Catalog::built_in();
    let mut total = Duration::ZERO;
    println!(
        "{:<18} {:>10} {:>9} {:>10} {:>9}  slowest query",
        "pack", "rows", "build s", "rows/s", "queries s"
    );
    for pack in &catalog.packs {
        match measure(&catalog, pack, rows) {
            Ok(elapsed) => total += elapsed,
            Err(error) => {
                println!("{:<18} {error}", pack.id);
                return ExitCode::FAILURE;
            }
        }
    }
    let limit = LIMIT_PER_PACK * u32::try_from(catalog.packs.len()).unwrap_or(u32::MAX);
    let share = total.as_secs_f64() / limit.as_secs_f64();
    println!(
        "together {:.2} s, {share:.2} of the limit of {} s",
        total.as_secs_f64(),
        limit.as_secs()
    );
    if rows == 100_000 && total > limit {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn measure(catalog: &Catalog, pack: &Pack, scale: u64) -> Result<Duration, EngineError> {
    let started = Instant::now();
    let build = build_of(
        pack,
        &catalog.lists,
        Request { scale, seed: 1 },
        Some(pack.id.clone()),
    )?;
    let session = Session::in_memory(&Settings {
        threads: std::thread::available_parallelism()
            .ok()
            .map(std::num::NonZero::get),
        ..Settings::default()
    })?;
    let report = session.build(&build, &mut |_| true)?;
    let built = started.elapsed();
    let mut slowest = (Duration::ZERO, "");
    for query in &pack.queries {
        let begun = Instant::now();
        answer(&session, query)?;
        slowest = slowest.max((begun.elapsed(), &query.name));
    }
    let all = started.elapsed();
    let rows: u64 = report.tables.iter().map(|t| t.rows).sum();
    println!(
        "{:<18} {rows:>10} {:>9.2} {:>10.0} {:>9.2}  {} {:.0} ms",
        pack.id,
        built.as_secs_f64(),
        rows as f64 / built.as_secs_f64(),
        (all - built).as_secs_f64(),
        slowest.1,
        slowest.0.as_secs_f64() * 1e3
    );
    Ok(all)
}
