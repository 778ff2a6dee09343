//! Every lab of the program gives what it announces.

use crowsfoot::lab::problems;

use super::{copies, quick, ran};
use crate::support::catalog;

/// Runs all labs once and collects everything that is not as announced.
fn check_all(rows: u64, seed: u64) {
    let mut found = Vec::new();
    for (_, lab) in catalog().labs() {
        match ran(lab, &quick(rows, seed)) {
            Ok((_, report)) => {
                let wrong = problems(lab, &report);
                found.extend(
                    wrong
                        .into_iter()
                        .map(|(key, m)| format!("{}, {key}: {m}", lab.id)),
                );
            }
            Err(error) => found.push(error.message),
        }
    }
    assert!(found.is_empty(), "{rows} rows, seed {seed}: {found:#?}");
}

#[test]
fn all_labs_answer_alike_and_drift_as_planted_on_a_thousand_rows() {
    check_all(1_000, 1);
    check_all(1_000, 2);
}

#[test]
fn all_labs_answer_alike_and_drift_as_planted_on_twenty_thousand_rows() {
    check_all(20_000, 1);
    check_all(20_000, 2);
}

#[test]
fn every_documented_lab_is_there() {
    let mut ids: Vec<&str> = catalog()
        .labs()
        .iter()
        .map(|(_, l)| l.id.as_str())
        .collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        [
            "daily_rollup",
            "document",
            "downsample",
            "embed_author",
            "event_sourcing",
            "index",
            "keys",
            "lifetime_value",
            "like_counts",
            "localization",
            "medallion",
            "partition",
            "recs_topk",
            "resume_pointer",
            "scd",
            "schema_change",
            "shard_key",
            "sort_order",
            "star_vs_wide",
            "timeline",
            "wide_rows",
        ]
    );
}

#[test]
fn every_lab_has_questions_a_change_and_words_about_them() {
    for (_, lab) in catalog().labs() {
        assert!(lab.reads.len() >= 3, "{}: questions", lab.id);
        assert!(!lab.writes.is_empty(), "{}: changes", lab.id);
        assert!(!lab.checks.is_empty(), "{}: checks", lab.id);
        for text in [&lab.expect, &lab.why, &lab.elsewhere] {
            assert!(text.split_whitespace().count() >= 40, "{}: {text}", lab.id);
        }
    }
}

#[test]
fn a_difference_nobody_announced_is_a_problem() {
    let mut lab = copies();
    let wrong = "SELECT id, username FROM posts ORDER BY id LIMIT 10".to_owned();
    lab.reads[0]
        .statements
        .sql
        .insert("copied".to_owned(), wrong);
    let (_, report) = ran(&lab, &quick(1_000, 1)).expect("it runs");
    assert!(!report.reads[0].answers_equal);
    let difference = report.reads[0].layouts[1].difference.as_ref();
    let difference = difference.expect("rows that differ");
    assert_eq!(difference.missing.columns, ["id", "username"]);
    assert!(!difference.missing.rows.is_empty() && !difference.extra.rows.is_empty());
    let found = problems(&lab, &report);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "read newest");
}

#[test]
fn an_announced_difference_that_is_not_there_is_a_problem() {
    let mut lab = copies();
    let reason = "on purpose".to_owned();
    lab.reads[0].differs.insert("copied".to_owned(), reason);
    let (_, report) = ran(&lab, &quick(1_000, 1)).expect("it runs");
    assert_eq!(problems(&lab, &report)[0].0, "read newest, differs");
}

#[test]
fn a_contradiction_that_was_not_planted_is_a_problem() {
    let mut lab = copies();
    lab.layouts[1]
        .build
        .push_str("; UPDATE posts SET username = 'old' WHERE id <= 3");
    let (_, report) = ran(&lab, &quick(1_000, 1)).expect("it runs");
    assert_eq!(report.checks[0].layouts[1].found, Some(3));
    assert_eq!(report.checks[0].layouts[0].found, None);
    assert!(
        problems(&lab, &report)
            .iter()
            .any(|(key, _)| key == "check stale")
    );
    // The same number, planted, is none.
    lab.checks[0]
        .planted
        .insert("copied".to_owned(), "SELECT 3".to_owned());
    let (_, report) = ran(&lab, &quick(1_000, 1)).expect("it runs");
    assert!(
        !problems(&lab, &report)
            .iter()
            .any(|(key, _)| key == "check stale")
    );
}
