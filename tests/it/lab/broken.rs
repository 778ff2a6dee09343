//! Labs that cannot run say which lab, layout and statement, and leave nothing behind.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crowsfoot::lab::{Bench, LabReport, Phase, Watcher, run};

use super::{copies, quick, ran, refused};
use crate::support::{catalog, pack};

#[track_caller]
fn check_says(message: &str, words: &[&str]) {
    for word in words {
        assert!(message.contains(word), "{message}\nshould say {word}");
    }
}

#[test]
fn a_layout_that_cannot_be_built_is_named() {
    let mut lab = copies();
    lab.layouts[1].build = "CREATE TABLE posts AS SELECT nothing FROM base.posts".to_owned();
    check_says(
        &refused(&lab),
        &["lab copies", "layout copied", "building it", "nothing"],
    );
}

#[test]
fn a_question_that_cannot_be_asked_is_named() {
    let mut lab = copies();
    let wrong = "SELECT id, nme FROM posts".to_owned();
    lab.reads[0]
        .statements
        .sql
        .insert("copied".to_owned(), wrong);
    check_says(
        &refused(&lab),
        &["lab copies", "layout copied", "read newest", "nme"],
    );
}

#[test]
fn a_change_that_fails_is_named_and_ends_its_transaction() {
    let mut lab = copies();
    let wrong = "UPDATE users SET nme = 'x'".to_owned();
    lab.writes[0]
        .statements
        .sql
        .insert("copied".to_owned(), wrong);
    check_says(&refused(&lab), &["layout copied", "write rename", "nme"]);
}

#[test]
fn a_question_that_writes_is_refused_and_changes_nothing() {
    for sql in [
        "DELETE FROM posts",
        "SELECT 1; DELETE FROM posts",
        "DROP TABLE posts",
        "UPDATE posts SET content = ''",
        "COPY posts TO 'posts.csv'",
    ] {
        let mut lab = copies();
        lab.reads[0].statements.sql = BTreeMap::from([("all".to_owned(), sql.to_owned())]);
        check_says(&refused(&lab), &["read newest", "one SELECT"]);
    }
}

#[test]
fn statements_reach_nothing_outside_the_folder_of_the_lab() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    let file = outside.path().join("stolen.csv");
    let mut lab = copies();
    lab.layouts[1].build = format!("COPY base.posts TO '{}'", file.display());
    check_says(&refused(&lab), &["layout copied"]);
    assert!(!file.exists());
    lab.layouts[1].build = "SET threads = 8".to_owned();
    check_says(&refused(&lab), &["layout copied", "locked"]);
    lab.layouts[1].build = "INSTALL httpfs".to_owned();
    check_says(&refused(&lab), &["layout copied"]);
}

#[test]
fn an_answer_without_end_is_refused_by_its_size() {
    let mut lab = copies();
    let sql = "SELECT * FROM range(200000)".to_owned();
    lab.reads[0].statements.sql = BTreeMap::from([("all".to_owned(), sql)]);
    check_says(&refused(&lab), &["read newest", "200000 rows", "LIMIT"]);
}

#[test]
fn a_parameter_that_finds_no_value_is_named() {
    let mut lab = copies();
    lab.reads[0].parameters = vec![crowsfoot::catalog::Parameter {
        name: "author".to_owned(),
        data_type: "BIGINT".to_owned(),
        default: "SELECT user_id FROM posts WHERE false".to_owned(),
    }];
    check_says(&refused(&lab), &["read newest", "$author", "no value"]);
}

#[test]
fn a_statement_that_never_ends_is_stopped_in_time_and_the_bench_goes_on() {
    let (bench, _) = ran(&copies(), &quick(1_000, 1)).expect("it runs");
    let endless = "SELECT count(*) FROM range(9000000000) a, range(9000000000) b";
    let started = Instant::now();
    let (outcome, is_late) = bench.stopper().within(Duration::from_millis(200), || {
        bench.time("a test", "joined", endless)
    });
    assert!(is_late && outcome.is_err_and(|e| e.is_cancelled));
    assert!(started.elapsed() < Duration::from_secs(20));
    assert!(
        bench.time("a test", "joined", "SELECT 1").is_err(),
        "stopped is stopped"
    );
    bench.resume();
    assert!(bench.time("a test", "joined", "SELECT 1").is_ok());
}

/// Ends a run before step number `end`.
struct Ends {
    end: usize,
    steps: usize,
    folder: RefCell<Option<PathBuf>>,
}

impl Watcher for Ends {
    fn started(&mut self, bench: &Bench) {
        self.folder.replace(Some(bench.folder().to_owned()));
    }

    fn step(&mut self, _phase: &Phase, fraction: f32, _report: &LabReport) -> bool {
        assert!((0.0..=1.0).contains(&fraction));
        self.steps += 1;
        self.steps <= self.end
    }
}

#[test]
fn a_cancel_before_any_step_leaves_nothing_behind() {
    let lab = Arc::new(copies());
    let mut end = 0;
    loop {
        let mut watcher = Ends {
            end,
            steps: 0,
            folder: RefCell::default(),
        };
        let request = quick(1_000, 1);
        let outcome = run(
            pack("posts"),
            &lab,
            &catalog().lists,
            &request,
            &mut watcher,
        );
        let folder = watcher.folder.take().expect("the bench was there");
        match outcome {
            Err(error) => assert!(error.is_cancelled, "step {end}: {error}"),
            Ok((bench, report)) => {
                assert!(report.is_complete && folder.exists());
                drop(bench);
                assert!(!folder.exists());
                break;
            }
        }
        assert!(!folder.exists(), "step {end} left {}", folder.display());
        end += 1;
    }
    assert!(end > 8, "a run has many steps: {end}");
}
