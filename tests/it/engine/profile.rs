//! Profiles: what is said of values of every type, and how the worker makes them.

use crowsfoot::engine::{
    Amount, ColumnKind, ColumnProfile, EngineError, Event, Job, Profile, ProfileJob, Session,
};

use super::{Bench, PATIENCE, text};
use crate::support::{built, pack, packs, session};

/// A value that takes for ever to count.
const ENDLESS_VIEW: &str = "CREATE VIEW endless AS SELECT a.range + b.range AS n \
                            FROM range(10000000) a, range(10000000) b";

fn with(statements: &str) -> Session {
    let session = session();
    session.execute(statements).expect("the statements work");
    session
}

#[track_caller]
fn profile(session: &Session, column: &str) -> ColumnProfile {
    session
        .column_profile("t", column)
        .expect("every column has a profile")
}

fn counted(value: u64) -> Option<Amount> {
    Some(Amount {
        value,
        is_estimate: false,
    })
}

#[test]
fn numbers_have_a_mean_quartiles_and_steps_that_add_up() {
    let session =
        with("CREATE TABLE t AS SELECT CASE WHEN i <= 100 THEN i END AS n FROM range(1, 121) r(i)");
    let profile = profile(&session, "N");
    assert_eq!(profile.column, "n", "names compare without case");
    assert_eq!(
        (profile.rows, profile.present, profile.nulls()),
        (120, 100, 20)
    );
    assert_eq!(profile.distinct, counted(100));
    assert_eq!(profile.range, Some(("1".into(), "100".into())));
    assert_eq!(profile.mean, Some(50.5));
    let quartiles = profile.quartiles.expect("numbers have quartiles");
    assert_eq!(quartiles.median, "50.5");
    assert!(!quartiles.is_estimate);
    let histogram = profile.histogram.expect("a hundred values have steps");
    assert_eq!(histogram.counts.iter().sum::<u64>(), 100);
    assert_eq!((histogram.below, histogram.above), (0, 0));
}

#[test]
fn few_values_are_counted_one_by_one() {
    let session = with(
        "CREATE TABLE t AS SELECT CASE i % 4 WHEN 0 THEN 'a' WHEN 1 THEN '' WHEN 2 THEN 'a' END AS s FROM range(8) r(i)",
    );
    let profile = profile(&session, "s");
    assert_eq!(profile.kind, ColumnKind::Text);
    assert_eq!(profile.top.values, [("a".into(), 4), (String::new(), 2)]);
    assert_eq!(profile.histogram, None);
    let lengths = profile.lengths.expect("texts have a length");
    assert_eq!((lengths.shortest, lengths.longest), (0, 1));
}

#[test]
fn a_tail_far_from_the_rest_is_counted_but_not_drawn() {
    let session = with(
        "CREATE TABLE t AS SELECT CASE WHEN i = 0 THEN 1e9 ELSE i % 97 END AS x FROM range(1000) r(i)",
    );
    let histogram = profile(&session, "x").histogram.expect("there are steps");
    assert_eq!(histogram.above, 1);
    assert_eq!(histogram.counts.iter().sum::<u64>(), 999);
}

#[test]
fn dates_and_moments_have_steps_of_the_calendar() {
    let session = with(
        "CREATE TABLE t AS SELECT DATE '2025-01-01' + i::INT AS d, \
         TIMESTAMP '2025-01-01' + i * INTERVAL 1 MINUTE AS m, TIME '00:00' + i * INTERVAL 1 MINUTE AS c FROM range(365) r(i)",
    );
    for (column, step, median) in [
        ("d", 1_209_600.0, "2025-07-02"),
        ("m", 900.0, "2025-01-01 03:02:00"),
        ("c", 900.0, "03:02:00"),
    ] {
        let profile = profile(&session, column);
        let histogram = profile.histogram.expect("there are steps");
        assert_eq!(histogram.step, step, "{column}");
        assert_eq!(histogram.counts.iter().sum::<u64>(), 365, "{column}");
        assert_eq!(profile.quartiles.expect("and quartiles").median, median);
    }
}

#[test]
fn large_tables_say_what_is_estimated() {
    let session = with(
        "CREATE TABLE t AS SELECT i AS id, i % 1000 AS few, 'v' || (i % 7) AS s FROM range(1200000) r(i)",
    );
    let id = profile(&session, "id");
    let distinct = id.distinct.expect("integers can be compared");
    assert!(distinct.is_estimate);
    assert!(distinct.value.abs_diff(1_200_000) < 120_000, "{distinct:?}");
    assert!(distinct.value <= id.present);
    assert!(id.quartiles.is_some_and(|q| q.is_estimate));
    assert!(id.top.is_skipped, "nearly every row has a value of its own");
    let text = profile(&session, "s");
    assert_eq!(text.top.values.len(), 7);
    assert!(
        !text.top.is_estimate,
        "seven values are counted all the same"
    );
    let lines = session.table_profile("t").expect("lines");
    assert_eq!(lines.rows, 1_200_000);
    assert_eq!(
        lines.column("few").and_then(|c| c.range.clone()),
        Some(("0".into(), "999".into()))
    );
}

#[test]
fn every_type_has_a_profile_and_none_is_an_error() {
    let session = with(
        "CREATE TYPE mood AS ENUM ('low', 'high');
         CREATE TABLE t AS SELECT
           i::TINYINT AS tiny, i::UHUGEINT AS huge, (i / 3)::DECIMAL(38, 10) AS dec, i::FLOAT AS f,
           CASE i WHEN 3 THEN 'inf'::DOUBLE WHEN 4 THEN 'nan'::DOUBLE ELSE i * 1e307 END AS d,
           1.7e308::DOUBLE AS edge,
           CASE WHEN i = 2 THEN 'infinity'::DATE ELSE DATE '2024-01-01' + i::INT END AS dt,
           CASE WHEN i = 2 THEN '-infinity'::TIMESTAMP ELSE TIMESTAMP '2024-01-01' + i * INTERVAL 1 HOUR END AS ts,
           TIMESTAMP '2024-01-01'::TIMESTAMPTZ AS tz, '2024-01-01'::TIMESTAMP_NS AS tns,
           TIME '10:00' + i * INTERVAL 1 MINUTE AS tm, '10:00:00+01'::TIMETZ AS tmz, INTERVAL (i) DAY AS iv,
           i % 2 = 0 AS b, uuid() AS u, '{\"a\":1}'::JSON AS j, 'low'::mood AS e,
           [1, 2, i] AS li, [i, 2]::FLOAT[2] AS ar, {'x': i, 'y': 'z'} AS st, MAP {'k': i} AS mp,
           '\\xAA'::BLOB AS bl, '101'::BIT AS bt, union_value(num := i) AS un, NULL AS nu,
           [{'a': [i]}] AS ln, repeat('long ', 1000) AS long, 'a' || chr(10) || 'b' AS \"odd \"\"name\"
         FROM range(30) r(i)",
    );
    let lines = session.table_profile("t").expect("all lines");
    assert_eq!(lines.columns.len(), 28);
    for line in &lines.columns {
        let profile = profile(&session, &line.name);
        assert_eq!(profile.present, line.present, "{}", line.name);
        assert_eq!(profile.range, line.range, "{}", line.name);
        assert!(profile.mean.is_none_or(f64::is_finite), "{}", line.name);
        if profile.present > 0 {
            assert!(!profile.top.values.is_empty(), "{}", line.name);
            assert!(profile.distinct.is_some(), "{}", line.name);
        }
        for (value, _) in &profile.top.values {
            assert!(value.chars().count() <= 1_000, "{}", line.name);
        }
    }
    assert_eq!(profile(&session, "li").lengths.map(|l| l.longest), Some(3));
    assert_eq!(profile(&session, "nu").present, 0);
    let with_infinity = profile(&session, "d");
    assert_eq!(with_infinity.present, 30);
}

#[test]
fn an_empty_table_has_lines_and_profiles_too() {
    let session = with("CREATE TABLE t (n BIGINT, d DATE, l VARCHAR[])");
    assert_eq!(session.table_profile("t").expect("lines").rows, 0);
    for column in ["n", "d", "l"] {
        let profile = profile(&session, column);
        assert_eq!((profile.rows, profile.present), (0, 0));
        assert_eq!(profile.range, None);
        assert!(profile.histogram.is_none() && profile.top.values.is_empty());
    }
}

#[test]
fn what_is_not_there_is_named_in_the_error() {
    let session = with("CREATE TABLE t (n BIGINT)");
    let message = |result: Result<ColumnProfile, EngineError>| {
        result.expect_err("there is no such thing").message
    };
    assert_eq!(
        message(session.column_profile("t", "x")),
        "t has no column x"
    );
    assert!(message(session.column_profile("nowhere", "x")).contains("nowhere"));
}

#[test]
fn every_column_of_every_pack_has_a_profile() {
    for id in packs() {
        let session = built(id, 2_000, 1, 2);
        let schema = &pack(id).schema;
        let tables = schema.tables.iter().map(|t| &t.name);
        for table in tables.chain(schema.views.iter().map(|v| &v.name)) {
            let lines = session.table_profile(table).expect("lines");
            for line in lines.columns {
                session
                    .column_profile(table, &line.name)
                    .unwrap_or_else(|err| unreachable!("{id}.{table}.{}: {err}", line.name));
            }
        }
    }
}

impl Bench {
    fn profile(&self, id: u64, table: &str, column: Option<&str>) {
        self.engine.submit(Job::Profile(Box::new(ProfileJob {
            id,
            pack: "p".into(),
            table: table.into(),
            column: column.map(str::to_owned),
        })));
    }

    /// Waits until a profile is running.
    fn profiling(&self) {
        let is_profile = || {
            self.engine
                .activity()
                .is_some_and(|a| a.label == "Profiling")
        };
        while !is_profile() {
            self.wakes
                .recv_timeout(PATIENCE)
                .expect("the profile begins");
        }
    }

    fn profiled(&self, wanted: u64) -> Result<Profile, EngineError> {
        loop {
            match self.event() {
                Event::Profiled { id, profile } if id == wanted => return Ok(profile),
                Event::ProfileFailed { id, error } if id == wanted => return Err(error),
                _ => {}
            }
        }
    }
}

#[test]
fn the_worker_profiles_a_table_and_a_column() {
    let bench = Bench::new();
    bench.profile(1, "nation", None);
    let Ok(Profile::Table(lines)) = bench.profiled(1) else {
        unreachable!("lines were asked for");
    };
    assert_eq!(lines.rows, 3);
    bench.profile(2, "nation", Some("name"));
    let Ok(Profile::Column(profile)) = bench.profiled(2) else {
        unreachable!("a column was asked for");
    };
    assert_eq!(profile.range, Some(("Japan".into(), "Peru".into())));
}

#[test]
fn a_query_passes_a_running_profile_which_then_goes_on() {
    let bench = Bench::new();
    bench
        .build("p", &[ENDLESS_VIEW, "CREATE TABLE nation (id BIGINT)"])
        .expect("built");
    bench.profile(7, "endless", None);
    bench.profiling();
    let store = bench.submit(8, "SELECT 42");
    bench
        .outcome(8)
        .expect("the query does not wait for the profile");
    assert_eq!(text(&store, 0, 0), "42");
    bench.profiling();
    bench.engine.cancel();
    let error = bench.profiled(7).expect_err("the same profile went on");
    assert!(error.is_cancelled);
    assert_eq!(bench.rows("SELECT 'still here'"), [["still here"]]);
}

#[test]
fn a_newer_profile_takes_the_place_of_a_running_one() {
    let bench = Bench::new();
    bench
        .build(
            "p",
            &[ENDLESS_VIEW, "CREATE TABLE nation AS SELECT 1 AS id"],
        )
        .expect("built");
    bench.profile(1, "endless", Some("n"));
    bench.profiling();
    bench.profile(2, "nation", Some("id"));
    assert!(bench.profiled(2).is_ok());
}

#[test]
fn a_profile_of_a_pack_without_data_says_so() {
    let bench = Bench::new();
    bench.engine.submit(Job::Profile(Box::new(ProfileJob {
        id: 1,
        pack: "elsewhere".into(),
        table: "t".into(),
        column: None,
    })));
    let error = bench.profiled(1).expect_err("there is no data");
    assert!(error.message.contains("not made yet"), "{error}");
}

#[test]
fn the_data_of_a_pack_not_looked_at_for_long_is_dropped_and_said_so() {
    let bench = Bench::new();
    for pack in ["q", "r"] {
        bench
            .build(pack, &["CREATE TABLE nation (id BIGINT)"])
            .expect("built");
    }
    bench.submit_build("s", &["CREATE TABLE nation (id BIGINT)"]);
    loop {
        match bench.event() {
            Event::Dropped { pack } => {
                assert_eq!(pack, "p", "the one used longest ago");
                return;
            }
            Event::Built { pack, .. } => unreachable!("{pack} was built and nothing dropped"),
            _ => {}
        }
    }
}
