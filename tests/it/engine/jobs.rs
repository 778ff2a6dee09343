//! What runs, what waits, what is stopped.

use std::time::Instant;

use super::*;

#[test]
fn rows_can_be_read_before_the_query_is_done() {
    let bench = Bench::new();
    let store = bench.submit(1, "SELECT range AS n FROM range(100000000000)");
    while store.row_count() < 50_000 {
        bench
            .wakes
            .recv_timeout(PATIENCE)
            .expect("the worker wakes the window while rows arrive");
        assert_eq!(store.stopped(), None, "the query is still running");
    }
    assert_eq!(text(&store, 0, 0), "0");
    assert_eq!(text(&store, 49_999, 0), "49999");
    bench.engine.cancel();
    assert!(bench.outcome(1).expect_err("cancelled").is_cancelled);
    let stopped = store.stopped().expect("it has ended").0;
    assert_eq!(stopped, StopReason::Cancelled);
    let last = store.row_count() - 1;
    assert_eq!(text(&store, last, 0), last.to_string(), "what came stays");
}

#[test]
fn cancel_ends_a_long_query_and_the_next_one_runs() {
    let bench = Bench::new();
    bench.submit(1, ENDLESS);
    bench.started(1);
    let asked = Instant::now();
    bench.engine.cancel();
    let error = bench.outcome(1).expect_err("cancelled");
    assert!(error.is_cancelled, "{error}");
    assert!(asked.elapsed().as_secs() < 20, "cancel takes effect soon");
    assert_eq!(bench.rows("SELECT count(*) FROM nation"), [["3"]]);
}

#[test]
fn cancel_with_nothing_running_does_not_harm_the_next_query() {
    let bench = Bench::new();
    bench.engine.cancel();
    assert_eq!(bench.rows("SELECT 1"), [["1"]]);
}

#[test]
fn a_newer_query_replaces_one_that_waits_and_interrupts_one_that_runs() {
    let bench = Bench::new();
    let first = bench.submit(1, ENDLESS);
    bench.started(1);
    let second = bench.submit(2, "SELECT 2");
    let third = bench.submit(3, "SELECT 3");
    let mut seen = Vec::new();
    loop {
        match bench.event() {
            Event::QueryFailed { id, error } => {
                assert!(error.is_cancelled, "query {id}: {error}");
                seen.push(id);
            }
            Event::QueryDone { id: 3, .. } => break,
            Event::QueryDone { id, .. } => seen.push(id),
            _ => {}
        }
    }
    assert!(seen.contains(&1), "the running one was interrupted");
    assert_eq!(
        first.stopped().map(|s| s.0),
        Some(StopReason::Cancelled),
        "and says so"
    );
    assert_eq!(text(&third, 0, 0), "3");
    // Whether the second began before the third came is a matter of luck; it never ends after.
    assert!(second.row_count() <= 1);
    assert_eq!(bench.rows("SELECT 'still here'"), [["still here"]]);
}

#[test]
fn a_query_that_waits_behind_a_build_is_replaced_and_never_starts() {
    let bench = Bench::new();
    bench.submit_build("p", &["CREATE TABLE nation (id BIGINT)", ENDLESS]);
    while bench.engine.activity().is_none_or(|a| !a.is_build) {
        bench
            .wakes
            .recv_timeout(PATIENCE)
            .expect("the build begins");
    }
    bench.submit(1, "SELECT 1");
    bench.submit(2, "SELECT 2");
    bench.submit_with(3, QueryPurpose::Peek, "SELECT 3", &[]);
    // A newer build ends the endless one.
    bench.submit_build("p", &["CREATE TABLE nation (id BIGINT)"]);
    let mut started = Vec::new();
    let mut done = 0;
    while done < 2 {
        match bench.event() {
            Event::QueryStarted { id } => started.push(id),
            Event::QueryDone { .. } => done += 1,
            Event::QueryFailed { id, error } => unreachable!("query {id}: {error}"),
            _ => {}
        }
    }
    started.sort_unstable();
    assert_eq!(started, [2, 3], "a peek does not replace the workbench");
}

#[test]
fn cancel_takes_back_the_query_that_waits() {
    let bench = Bench::new();
    bench.submit_build("p", &["CREATE TABLE nation (id BIGINT)", ENDLESS]);
    while bench.engine.activity().is_none_or(|a| !a.is_build) {
        bench
            .wakes
            .recv_timeout(PATIENCE)
            .expect("the build begins");
    }
    let store = bench.submit(1, "SELECT 1");
    bench.engine.cancel();
    assert!(bench.outcome(1).expect_err("taken back").is_cancelled);
    assert_eq!(store.stopped().map(|s| s.0), Some(StopReason::Cancelled));
    assert_eq!(bench.rows("SELECT count(*) FROM nation"), [["3"]]);
}

#[test]
fn a_failed_rebuild_leaves_the_earlier_data() {
    let bench = Bench::new();
    let error = bench
        .build(
            "p",
            &[
                "CREATE TABLE nation (id BIGINT)",
                "INSERT INTO nowhere VALUES (1)",
            ],
        )
        .expect_err("the second statement fails");
    assert!(error.message.contains("nowhere"), "{error}");
    assert!(
        error.message.contains("nation"),
        "it tells the step: {error}"
    );
    assert_eq!(
        bench.rows("SELECT name FROM nation ORDER BY id"),
        [["Kenya"], ["Peru"], ["Japan"]]
    );
}

#[test]
fn a_cancelled_rebuild_leaves_the_earlier_data() {
    let bench = Bench::new();
    bench.submit_build("p", &["CREATE TABLE nation (id BIGINT)", ENDLESS]);
    while bench
        .engine
        .activity()
        .is_none_or(|a| !a.is_build || a.fraction.is_none_or(|f| f < 0.5))
    {
        bench
            .wakes
            .recv_timeout(PATIENCE)
            .expect("the build goes on");
    }
    bench.engine.cancel();
    let error = loop {
        match bench.event() {
            Event::BuildFailed { error, .. } => break error,
            Event::Built { .. } => unreachable!("the build cannot end"),
            _ => {}
        }
    };
    assert!(error.is_cancelled, "{error}");
    assert_eq!(bench.rows("SELECT count(*) FROM nation"), [["3"]]);
}

#[test]
fn a_rebuild_replaces_the_data_and_counts_it() {
    let bench = Bench::new();
    let report = bench
        .build(
            "p",
            &[
                "CREATE TABLE nation (id BIGINT)",
                "INSERT INTO nation FROM range(7)",
            ],
        )
        .expect("built");
    assert_eq!(report.tables.len(), 1);
    assert_eq!(report.tables[0].rows, 7);
    assert_eq!(bench.rows("SELECT count(*) FROM nation"), [["7"]]);
}

#[test]
fn a_pack_that_is_not_built_is_told_so() {
    let bench = Bench::new();
    let store = Arc::new(ResultStore::default());
    bench.engine.submit(Job::Query(Box::new(QueryJob {
        id: 9,
        pack: "other".into(),
        purpose: QueryPurpose::Workbench,
        sql: "SELECT 1".into(),
        parameters: Vec::new(),
        store: Arc::clone(&store),
    })));
    let error = bench.outcome(9).expect_err("nothing is built");
    assert!(error.message.contains("not made yet"), "{error}");
    assert!(store.stopped().is_some());
}

#[test]
fn packs_do_not_see_each_other() {
    let bench = Bench::new();
    bench
        .build(
            "q",
            &[
                "CREATE TABLE nation (id BIGINT)",
                "CREATE TABLE own (x INT)",
            ],
        )
        .expect("built");
    assert_eq!(bench.rows("SELECT count(*) FROM nation"), [["3"]]);
    assert!(bench.error("SELECT * FROM own").message.contains("own"));
    assert!(bench.error("SELECT * FROM q.nation").message.contains('q'));
}

#[test]
fn dropping_the_engine_ends_what_is_running() {
    let bench = Bench::new();
    bench.submit(1, ENDLESS);
    bench.started(1);
    let asked = Instant::now();
    drop(bench);
    assert!(asked.elapsed().as_secs() < 20);
}

#[test]
fn a_result_larger_than_memory_goes_to_disk_and_every_row_reads_back() {
    let bench = Bench::new();
    let rows = 1_500_000_usize;
    let (store, outcome) = bench.run(
        "SELECT range AS n, 'row number ' || range || repeat('.', 100) AS t FROM range(1500000)",
    );
    assert_eq!(outcome.expect("it fits the disk").rows, rows);
    assert!(store.bytes_on_disk() > 0, "the test must reach the disk");
    let mut next = 0_i64;
    store
        .for_each_part(&mut |batch| {
            let numbers = batch
                .column(0)
                .as_any()
                .downcast_ref::<arrow::array::Int64Array>()
                .expect("BIGINT");
            for n in numbers.values() {
                assert_eq!(*n, next);
                next += 1;
            }
            Ok(())
        })
        .expect("every part is readable");
    assert_eq!(next as usize, rows);
    for row in [0, rows - 1, 1, rows / 2, rows - 16_385, 16_384] {
        let expected = format!("row number {row}{}", ".".repeat(100));
        assert_eq!(text(&store, row, 1), expected);
    }
}
