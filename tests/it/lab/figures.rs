//! What a run of a lab finds, and what it leaves alone.

use std::collections::BTreeMap;

use crowsfoot::catalog::{Anomaly, Parameter, Simulation};
use crowsfoot::lab::{Effort, TableBytes};

use super::{copies, layout, quick, ran, read, write};

#[test]
fn rows_written_are_those_of_all_statements_and_are_taken_back() {
    let (bench, report) = ran(&copies(), &quick(10_000, 1)).expect("it runs");
    let rename = &report.writes[0];
    let written: Vec<u64> = rename.layouts.iter().map(|l| l.rows_written).collect();
    assert_eq!(written[0], 1);
    assert!(written[1] > 1, "the author and all posts: {written:?}");
    assert!(
        rename.layouts.iter().all(|l| l.bytes_written > 0),
        "{rename:?}"
    );
    assert!(rename.layouts[1].bytes_written > rename.layouts[0].bytes_written);
    for layout in ["joined", "copied"] {
        let sql = "SELECT count(*) FROM users WHERE username = 'x'";
        let left = bench.answer("a test", layout, sql).expect("an answer");
        assert_eq!(left.rows, [[Some("0".to_owned())]], "{layout}");
    }
}

#[test]
fn a_large_insert_counts_the_blocks_that_go_past_the_log() {
    let mut lab = copies();
    let many =
        "CREATE TABLE many AS SELECT p.id, n FROM posts p CROSS JOIN range(600) AS copies(n)";
    lab.writes = vec![write("many", &[("all", many)])];
    let (_, report) = ran(&lab, &quick(10_000, 1)).expect("it runs");
    let layout = &report.writes[0].layouts[0];
    assert!(layout.rows_written >= 600_000, "{layout:?}");
    assert!(layout.bytes_written > 200_000, "{layout:?}");
}

#[test]
fn bytes_of_tables_add_up_to_those_of_the_layout() {
    // A copy of some weight: a table takes whole blocks of 256 KB.
    let mut lab = copies();
    let build = &mut lab.layouts[1].build;
    *build = build.replace(
        "u.username",
        "u.username, md5(CAST(p.id AS VARCHAR)) AS weight",
    );
    let (_, report) = ran(&lab, &quick(200_000, 1)).expect("it runs");
    for build in &report.builds {
        let lines = report.storage.iter().filter(|s| s.layout == build.layout);
        let sum: u64 = lines.clone().map(|s| s.bytes).sum();
        assert_eq!(sum, build.bytes, "{}", build.layout);
        assert!(lines.clone().any(|s| s.table == "posts" && s.bytes > 0));
        assert!(lines.clone().any(|s| s.table == TableBytes::REST));
    }
    let posts = |layout: &str| {
        let mut lines = report.storage.iter();
        lines
            .find(|s| s.layout == layout && s.table == "posts")
            .map(|s| s.bytes)
    };
    assert!(posts("copied") > posts("joined"), "a copy takes room");
}

#[test]
fn a_plan_says_what_was_read_and_a_cold_run_reads_from_disk() {
    let (_, report) = ran(&copies(), &quick(20_000, 1)).expect("it runs");
    let [joined, copied] = report.reads[0].layouts.as_slice() else {
        unreachable!("two layouts")
    };
    let scans = |layout: &crowsfoot::lab::ReadLayout| {
        let plan = layout.plan.as_ref().expect("a plan");
        let mut tables: Vec<String> = plan
            .root
            .all()
            .iter()
            .filter_map(|n| n.table())
            .map(str::to_owned)
            .collect();
        tables.sort();
        tables.dedup();
        tables
    };
    assert_eq!(scans(joined), ["posts", "users"]);
    assert_eq!(scans(copied), ["posts"]);
    assert!(joined.rows_scanned > 0 && joined.row_groups >= joined.row_groups_scanned);
    assert!(joined.bytes_read > 0 && copied.bytes_read > 0);
    assert!(joined.cold_ms > 0.0 && joined.time.runs == 1);
}

#[test]
fn runs_are_as_many_as_were_asked_for_and_seven_at_least() {
    let mut request = quick(1_000, 1);
    request.reads = Effort::READS;
    let (_, report) = ran(&copies(), &request).expect("it runs");
    for layout in &report.reads[0].layouts {
        assert!((7..=31).contains(&layout.time.runs), "{layout:?}");
    }
    request.reads = Effort::Rounds(3);
    let (_, report) = ran(&copies(), &request).expect("it runs");
    assert!(report.reads[0].layouts.iter().all(|l| l.time.runs == 3));
}

#[test]
fn parameters_are_asked_of_the_pack_and_are_the_same_for_every_layout() {
    let mut lab = copies();
    let sql = "SELECT count(*) AS n FROM posts WHERE user_id = $author".to_owned();
    lab.reads[0].statements.sql = BTreeMap::from([("all".to_owned(), sql)]);
    lab.reads[0].parameters = vec![Parameter {
        name: "author".to_owned(),
        data_type: "BIGINT".to_owned(),
        default: "SELECT user_id FROM posts GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
            .to_owned(),
    }];
    let (_, report) = ran(&lab, &quick(1_000, 1)).expect("it runs");
    let [a, b] = report.reads[0].layouts.as_slice() else {
        unreachable!("two layouts")
    };
    assert_eq!(a.sql, b.sql);
    assert!(!a.sql.contains('$'), "{}", a.sql);
}

#[test]
fn an_anomaly_shows_before_and_after_and_is_taken_back() {
    let mut lab = copies();
    let names = "SELECT count(DISTINCT username) AS names FROM posts WHERE user_id = 1".to_owned();
    lab.anomalies = vec![Anomaly {
        id: "half".to_owned(),
        layout: "copied".to_owned(),
        before: names.clone(),
        change: "UPDATE posts SET username = 'new' WHERE id = (SELECT min(id) FROM posts WHERE user_id = 1)".to_owned(),
        after: names.clone(),
        ..Anomaly::default()
    }];
    let (bench, report) = ran(&lab, &quick(20_000, 1)).expect("it runs");
    let found = &report.anomalies[0];
    assert_eq!(found.rows_changed, 1);
    assert_eq!(found.before.rows, [[Some("1".to_owned())]]);
    assert_eq!(found.after.rows, [[Some("2".to_owned())]]);
    let now = bench.answer("a test", "copied", &names).expect("an answer");
    assert_eq!(now.rows, found.before.rows);
}

#[test]
fn a_simulation_reads_the_packs_own_tables() {
    let mut lab = copies();
    lab.simulations = vec![Simulation {
        id: "shards".to_owned(),
        sql: "SELECT 'modulo' AS series, user_id % 4 AS label, count(*) AS value FROM base.posts GROUP BY ALL ORDER BY 2".to_owned(),
        ..Simulation::default()
    }];
    let (_, report) = ran(&lab, &quick(10_000, 1)).expect("it runs");
    let values = &report.simulations[0].values;
    let labels: Vec<&str> = values.iter().map(|v| v.label.as_str()).collect();
    assert_eq!(labels, ["0", "1", "2", "3"]);
    let posts: f64 = values.iter().map(|v| v.value).sum();
    let rows = report.builds[0].tables.iter().find(|(t, _)| t == "posts");
    assert_eq!(rows.map(|(_, n)| *n as f64), Some(posts));
}

#[test]
fn a_layout_on_files_is_weighed_and_counted_by_its_files() {
    let mut lab = copies();
    lab.layouts[1] = layout(
        "copied",
        &[],
        "COPY (SELECT id, user_id, user_id % 5 AS part, content FROM base.posts) TO '$dir/posts' (FORMAT parquet, PARTITION_BY (part));
         CREATE VIEW posts AS SELECT * FROM read_parquet('$dir/posts/**/*.parquet', hive_partitioning = true)",
    );
    let one = "SELECT count(*) AS n FROM posts WHERE user_id % 5 = 3";
    let pruned = "SELECT count(*) AS n FROM posts WHERE part = 3";
    lab.reads = vec![read("part", &[("joined", one), ("copied", pruned)])];
    lab.checks.clear();
    lab.writes = vec![write(
        "again",
        &[
            (
                "joined",
                "UPDATE posts SET content = content WHERE user_id % 5 = 3",
            ),
            (
                "copied",
                "COPY (SELECT id, user_id, part, content FROM posts WHERE part = 3) TO '$dir/posts' (FORMAT parquet, PARTITION_BY (part), OVERWRITE_OR_IGNORE)",
            ),
        ],
    )];
    let (bench, report) = ran(&lab, &quick(10_000, 1)).expect("it runs");
    assert!(report.reads[0].answers_equal, "{:?}", report.reads[0]);
    let files = &report.builds[1];
    assert_eq!(files.files, 5);
    assert_eq!(report.reads[0].layouts[1].files, Some((1, 5)));
    let weighed = report.storage.iter().find(|s| s.table == TableBytes::FILES);
    assert!(weighed.is_some_and(|s| s.bytes > 0));
    assert!(
        report.writes[0].layouts[1].bytes_written > 0,
        "a file written again counts"
    );
    let folder = bench.folder().to_owned();
    assert!(folder.exists());
    drop(bench);
    assert!(!folder.exists(), "the files go with the bench");
}
