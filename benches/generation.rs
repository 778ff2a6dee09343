//! How fast event tables are made, against a hand-written `CREATE TABLE … AS SELECT … FROM range()`
//! with the same columns in the same run, on one thread.
//!
//! `cargo bench --bench generation`. Limits: 0.6 of the hand-written speed, and a million rows a
//! second and core.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use criterion::Criterion;
use crowsfoot::catalog::Catalog;
use crowsfoot::datagen::{Plan, PlannedStep, Request};
use crowsfoot::ddl::{self, Options};
use crowsfoot::engine::{Build, EngineError, Integrity, Session, Settings};
use crowsfoot::prepare;

const ROWS: u64 = 1_000_000;
const LEAST_RATIO: f64 = 0.6;
const LEAST_ROWS_PER_SECOND: f64 = 1e6;

/// An event table, and what somebody would write by hand to fill it.
struct Peer {
    pack: &'static str,
    by_hand: &'static str,
}

const PEERS: [Peer; 3] = [
    Peer {
        pack: "engagement",
        by_hand: "CREATE TABLE by_hand AS SELECT
            CAST(1 + hash(i) % 20000 AS BIGINT) AS profile_id,
            CAST(1 + (hash(i) % 20000) // 3 AS BIGINT) AS account_id,
            (['US', 'BR', 'IN', 'MX', 'DE', 'GB'])[CAST(1 + hash(i, 1) % 6 AS BIGINT)] AS region,
            (['login', 'foreground', 'heartbeat'])[CAST(1 + hash(i, 2) % 3 AS BIGINT)] AS event_name,
            TIMESTAMP '2025-05-01' + CAST(hash(i, 3) % 36806400 AS BIGINT) * INTERVAL '1' SECOND AS event_time,
            CAST(TIMESTAMP '2025-05-01' + CAST(hash(i, 3) % 36806400 AS BIGINT) * INTERVAL '1' SECOND AS DATE) AS dt
            FROM range(ROWS) AS r(i)",
    },
    Peer {
        pack: "viewing_history",
        by_hand: "CREATE TABLE by_hand AS SELECT
            md5(CAST(i // 9 AS VARCHAR)) AS session_id,
            TIMESTAMP '2025-05-01' + CAST(hash(i // 9, 1) % 36806400 AS BIGINT) * INTERVAL '1' SECOND + (i % 9) * INTERVAL '97' SECOND AS event_time,
            (['PLAY', 'PAUSE', 'SEEK', 'BITRATE_CHANGE', 'END', 'ERROR'])[CAST(1 + hash(i, 2) % 6 AS BIGINT)] AS event_type,
            CAST((i % 9) * 97 AS INT) AS position_sec,
            CASE WHEN hash(i, 4) % 2 = 0 THEN CAST(560 + hash(i, 5) % 15440 AS INT) END AS bitrate_kbps
            FROM range(ROWS) AS r(i)",
    },
    Peer {
        pack: "streaming_quality",
        by_hand: "CREATE TABLE by_hand AS SELECT
            md5(CAST(i // 12 AS VARCHAR)) AS session_id,
            TIMESTAMP '2025-05-01' + CAST(hash(i // 12, 1) % 36806400 AS BIGINT) * INTERVAL '1' SECOND + (i % 12) * INTERVAL '61' SECOND AS event_time,
            (['STARTUP', 'BUFFERING_START', 'BUFFERING_END', 'BITRATE_CHANGE', 'ERROR'])[CAST(1 + hash(i, 2) % 5 AS BIGINT)] AS q_event,
            CAST((i % 12) * 61 AS INT) AS position_sec,
            CAST(560 + hash(i, 5) % 15440 AS INT) AS bitrate_kbps,
            (['cdn-a', 'cdn-b', 'cdn-c'])[CAST(1 + hash(i // 12, 3) % 3 AS BIGINT)] AS cdn,
            CASE WHEN hash(i, 6) % 100 = 0 THEN (['SEGMENT_404', 'NETWORK_TIMEOUT'])[CAST(1 + hash(i, 7) % 2 AS BIGINT)] END AS error_code,
            CAST(TIMESTAMP '2025-05-01' + CAST(hash(i // 12, 1) % 36806400 AS BIGINT) * INTERVAL '1' SECOND AS DATE) AS dt
            FROM range(ROWS) AS r(i)",
    },
];

fn main() -> ExitCode {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .measurement_time(Duration::from_secs(10))
        .warm_up_time(Duration::from_secs(2))
        .configure_from_args();
    let mut is_well = true;
    for peer in &PEERS {
        match compare(&mut criterion, peer) {
            Ok(fits) => is_well &= fits,
            Err(error) => {
                println!("{}: {error}", peer.pack);
                return ExitCode::FAILURE;
            }
        }
    }
    if is_well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Times both ways in turns and prints the ratio of their medians.
fn compare(criterion: &mut Criterion, peer: &Peer) -> Result<bool, EngineError> {
    let recipe = Prepared::new(peer.pack)?;
    let mut group = criterion.benchmark_group(peer.pack);
    let mut recipe_times = Vec::new();
    group.bench_function("recipe", |b| {
        b.iter_custom(|times| run(times, &mut recipe_times, &mut || recipe.fill()));
    });
    let mut hand_times = Vec::new();
    let by_hand = peer.by_hand.replace("ROWS", &ROWS.to_string());
    group.bench_function("by_hand", |b| {
        b.iter_custom(|times| {
            run(times, &mut hand_times, &mut || {
                recipe.session.execute("DROP TABLE IF EXISTS by_hand")?;
                let started = Instant::now();
                recipe.session.execute(&by_hand)?;
                Ok((ROWS, started.elapsed()))
            })
        });
    });
    group.finish();
    let (recipe, by_hand) = (median(&mut recipe_times), median(&mut hand_times));
    let ratio = recipe / by_hand;
    println!(
        "{}: {recipe:.0} rows/s on one core, by hand {by_hand:.0}, ratio {ratio:.2} (least {LEAST_RATIO})",
        peer.pack
    );
    Ok(ratio >= LEAST_RATIO && recipe >= LEAST_ROWS_PER_SECOND)
}

/// Rows a second of each run goes to `speeds`.
fn run(
    times: u64,
    speeds: &mut Vec<f64>,
    fill: &mut dyn FnMut() -> Result<(u64, Duration), EngineError>,
) -> Duration {
    let mut total = Duration::ZERO;
    for _ in 0..times {
        match fill() {
            Ok((rows, elapsed)) => {
                speeds.push(rows as f64 / elapsed.as_secs_f64());
                total += elapsed;
            }
            Err(error) => println!("{error}"),
        }
    }
    total
}

fn median(speeds: &mut [f64]) -> f64 {
    speeds.sort_by(f64::total_cmp);
    speeds.get(speeds.len() / 2).copied().unwrap_or(0.0)
}

/// A pack with everything in place but its largest table.
struct Prepared {
    session: Session,
    table: String,
    create: String,
    steps: Vec<PlannedStep>,
}

impl Prepared {
    fn new(id: &str) -> Result<Self, EngineError> {
        let catalog = Catalog::built_in();
        let missing = || EngineError::new(format!("there is no pack {id} with a recipe"));
        let pack = catalog.pack(id).ok_or_else(missing)?;
        let table = pack.recipe.as_ref().ok_or_else(missing)?.largest.clone();
        let request = Request {
            scale: ROWS,
            seed: 1,
        };
        let plan = prepare::plan_of(pack, &catalog.lists, request)
            .map_err(|problems| EngineError::new(format!("{problems:?}")))?;
        let (steps, mut others): (Vec<PlannedStep>, Vec<PlannedStep>) =
            plan.steps.into_iter().partition(|s| s.table == table);
        // What is made of the largest table comes out empty here; what it is made of stays.
        others.iter_mut().for_each(|step| step.drops.clear());
        let script = ddl::to_duckdb_with(&pack.schema, Options { enforce: false });
        let create = script
            .statements
            .iter()
            .find(|s| s.table.as_deref() == Some(&table))
            .map(|s| s.sql.clone())
            .ok_or_else(missing)?;
        let session = Session::in_memory(&Settings {
            threads: Some(1),
            ..Settings::default()
        })?;
        let ready = Plan {
            steps: others,
            cleanup: Vec::new(),
        };
        // Temporary tables stay: the largest table is made from them.
        let build = Build::new(None, &script, Integrity::Verified, ready, Vec::new());
        session.build(
            &Build {
                proofs: Vec::new(),
                after: Vec::new(),
                ..build
            },
            &mut |_| true,
        )?;
        Ok(Self {
            session,
            table,
            create,
            steps,
        })
    }

    /// Makes the largest table anew: its rows, and the time without dropping and creating it.
    fn fill(&self) -> Result<(u64, Duration), EngineError> {
        self.session
            .execute(&format!("DROP TABLE IF EXISTS \"{}\"", self.table))?;
        self.session.execute(&self.create)?;
        let started = Instant::now();
        for step in &self.steps {
            self.session.execute(&step.sql)?;
        }
        let elapsed = started.elapsed();
        let rows = format!("SELECT count(*) FROM \"{}\"", self.table);
        Ok((self.session.count(&rows)?.unwrap_or(0), elapsed))
    }
}
