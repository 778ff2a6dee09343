//! What an answer may not do, and that it is told so clearly.

use super::*;

/// It is refused with those words, and nothing was compared.
#[track_caller]
fn check(answer: &str, words: &str) -> Verdict {
    let verdict = graded("longest", answer);
    assert!(!verdict.passed);
    assert_eq!((verdict.score, verdict.miss), (0.0, None), "{verdict:#?}");
    assert!(verdict.message.contains(words), "{}", verdict.message);
    verdict
}

#[test]
fn a_text_without_a_statement_is_refused() {
    check("", "There is no statement yet");
    check("  \n ; \n", "no statement");
    check("-- SELECT 1", "only comments");
}

#[test]
fn several_statements_are_refused() {
    check("SELECT 1; SELECT 2", "There are 2 statements");
}

#[test]
fn changes_are_refused_and_change_nothing() {
    let ground = ground("longest");
    let right = "SELECT id, title, pages FROM book ORDER BY pages DESC, id LIMIT 5";
    for (answer, words) in [
        ("DELETE FROM book", "DELETE changes the data"),
        ("UPDATE book SET pages = 1", "UPDATE changes the data"),
        (
            "INSERT INTO book SELECT * FROM book",
            "INSERT changes the data",
        ),
        ("DROP TABLE book", "DROP changes the data"),
        ("CREATE TABLE mine AS SELECT 1", "CREATE changes the data"),
        (
            "WITH b AS (SELECT 1) DELETE FROM book",
            "DELETE changes the data",
        ),
        ("COPY book TO 'x.csv'", "begins with COPY"),
        ("SET threads = 8", "begins with SET"),
        ("PRAGMA version", "begins with PRAGMA"),
        ("EXPLAIN SELECT 1", "begins with EXPLAIN"),
        ("ATTACH 'x.db'", "begins with ATTACH"),
    ] {
        let verdict = grade(&ground, answer);
        assert!(!verdict.passed);
        assert!(
            verdict.message.contains(words),
            "{answer}: {}",
            verdict.message
        );
        assert_eq!(missed(&verdict), ["statement"], "{answer}");
    }
    assert!(grade(&ground, right).passed);
}

#[test]
fn a_change_the_reader_does_not_see_is_stopped_by_the_engine() {
    let ground = ground("longest");
    assert!(
        ground.answer("base", "DELETE FROM book").is_err(),
        "answers run in transactions that only read"
    );
    let right = "SELECT id, title, pages FROM book ORDER BY pages DESC, id LIMIT 5";
    assert!(grade(&ground, right).passed);
}

#[test]
fn files_and_other_databases_are_out_of_reach() {
    let verdict = check("SELECT * FROM read_text('/etc/hostname')", "disabled");
    assert_eq!(missed(&verdict), ["base"], "once is enough");
}

#[test]
fn names_that_are_not_there_are_told_with_their_place() {
    let answer = "-- longest\nSELECT id, titel, pages FROM book";
    let verdict = check(answer, "titel");
    let place = verdict.place.expect("a place");
    assert_eq!(&answer[place.start..place.end], "titel");
    assert_eq!(missed(&verdict), ["base"], "the others say the same");
}

#[test]
fn an_answer_of_too_many_rows_is_stopped() {
    let verdict = check(
        "SELECT a.id, a.title, a.pages FROM book AS a, book AS b",
        "more than 10,000 rows",
    );
    assert_eq!(missed(&verdict), ["base"]);
}

#[test]
fn ten_thousand_rows_are_not_too_many() {
    let verdict = graded(
        "longest",
        "SELECT range AS id, 'x' AS title, 1 AS pages FROM range(10000)",
    );
    assert!(verdict.message.contains("10,000") || verdict.message.contains("10000"));
    assert!(verdict.miss.is_some(), "they were compared");
}

#[test]
fn an_answer_that_takes_too_long_is_stopped() {
    let started = std::time::Instant::now();
    let verdict = check(
        "SELECT count(*) AS id, 'x' AS title, 1 AS pages FROM range(1000000000) AS a, range(1000000000) AS b WHERE a.range * b.range % 7 = 1",
        "longer than 2 s",
    );
    assert_eq!(missed(&verdict), ["base"]);
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn an_error_only_some_rows_cause_is_shown_on_them() {
    let verdict = graded(
        "longest",
        "SELECT id, title, CAST(CASE WHEN id % 7 = 0 THEN 'many' ELSE pages::TEXT END AS INTEGER) AS pages FROM book ORDER BY pages DESC, id LIMIT 5",
    );
    assert!(!verdict.passed);
    assert!(missed(&verdict).contains(&"base"));
    assert!(!missed(&verdict).contains(&"empty"), "{verdict:#?}");
    let shown = verdict.counterexample.expect("rows that cause it");
    assert!(shown.message.contains("many"), "{}", shown.message);
    assert_eq!(shown.tables[0].rows.rows.len(), 1, "{shown:#?}");
}
