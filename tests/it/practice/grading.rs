//! Right answers pass in any form, wrong ones are refused with what is wrong.

use crowsfoot::practice::{MissKind, grade};

use super::*;

#[track_caller]
fn check_passes(drill: &str, answer: &str) {
    let verdict = graded(drill, answer);
    assert!(verdict.passed, "{verdict:#?}");
    assert_eq!(verdict.score, 1.0);
    assert_eq!((verdict.miss, verdict.because), (None, None));
    assert_eq!(verdict.counterexample, None);
}

/// It is refused for that kind of miss, with those words.
#[track_caller]
fn check_miss(drill: &str, answer: &str, kind: MissKind, words: &str) -> Verdict {
    let verdict = graded(drill, answer);
    assert!(!verdict.passed);
    assert!(verdict.score < 1.0);
    assert_eq!(verdict.miss, Some(kind), "{verdict:#?}");
    assert!(verdict.message.contains(words), "{}", verdict.message);
    verdict
}

#[test]
fn references_and_alternatives_of_another_shape_pass() {
    for (id, _) in DRILLS {
        let ground = ground(id);
        let sql = ground.sql().clone();
        let right = sql.alternatives.iter().map(|a| a.sql.as_str());
        for answer in right.chain([sql.reference.as_str()]) {
            let verdict = grade(&ground, answer);
            assert!(verdict.passed, "{answer}\n{verdict:#?}");
        }
    }
}

#[test]
fn comments_and_a_semicolon_are_no_fault() {
    check_passes(
        "longest",
        "-- the longest\nSELECT ID, Title, PAGES FROM book /* all */ ORDER BY pages DESC, id LIMIT 5; -- done",
    );
}

#[test]
fn an_order_nobody_asked_for_is_no_fault() {
    check_passes(
        "cities",
        "SELECT upper(city) AS city FROM author WHERE city IS NOT NULL AND id NOT IN (SELECT author_id FROM book WHERE author_id IS NOT NULL) GROUP BY 1 ORDER BY 1 DESC",
    );
}

#[test]
fn a_view_of_the_pack_can_be_asked() {
    check_passes(
        "longest",
        "SELECT id, title, pages FROM long_book ORDER BY pages DESC, id LIMIT 5",
    );
    let verdict = check_miss(
        "longest",
        "SELECT id, title, pages FROM long_book ORDER BY pages, id LIMIT 5",
        MissKind::Rows,
        "should not be there",
    );
    assert!(
        verdict.counterexample.is_some(),
        "its view is there as well"
    );
}

#[test]
fn a_missing_order_by_is_refused_even_if_the_rows_are_stored_in_order() {
    let verdict = check_miss(
        "books_of_authors",
        "SELECT a.id, COUNT(b.id) AS books FROM author AS a LEFT JOIN book AS b ON b.author_id = a.id GROUP BY a.id",
        MissKind::Order,
        "The rows are right, their order is not",
    );
    assert!(missed(&verdict).contains(&"base"));
}

#[test]
fn an_order_that_leaves_ties_open_is_told_as_such() {
    check_miss(
        "books_of_authors",
        "SELECT a.id, COUNT(b.id) AS books FROM author AS a LEFT JOIN book AS b ON b.author_id = a.id GROUP BY a.id ORDER BY books DESC, a.id DESC",
        MissKind::Ties,
        "sorted by books, but rows equal in that are not sorted by id",
    );
}

#[test]
fn a_limit_through_ties_is_told_as_such() {
    let verdict = check_miss(
        "longest",
        "SELECT id, title, pages FROM (SELECT *, row_number() OVER (ORDER BY pages DESC, id DESC) AS n FROM book) WHERE n <= 5 ORDER BY pages DESC, id",
        MissKind::Cut,
        "among rows equal in pages others were taken",
    );
    assert_eq!(verdict.because, None);
}

#[test]
fn not_in_with_a_null_is_refused_and_explained() {
    let verdict = check_miss(
        "cities",
        "SELECT upper(city) AS city FROM author WHERE city IS NOT NULL AND id NOT IN (SELECT author_id FROM book) GROUP BY 1",
        MissKind::Rows,
        "rows are missing",
    );
    let because = verdict
        .because
        .expect("it gives the rows of a known mistake");
    assert!(because.contains("NOT IN unknown"), "{because}");
}

#[test]
fn an_inner_join_that_loses_rows_is_refused_and_explained() {
    let verdict = check_miss(
        "books_of_authors",
        "SELECT author_id AS id, COUNT(*) AS books FROM book WHERE author_id IS NOT NULL GROUP BY author_id ORDER BY 2 DESC, 1",
        MissKind::Rows,
        "28 of 100 rows are missing",
    );
    let because = verdict
        .because
        .expect("it gives the rows of a known mistake");
    assert!(because.contains("inner join drops them"), "{because}");
}

#[test]
fn a_mistake_the_drill_does_not_know_has_no_explanation() {
    let verdict = check_miss(
        "books_of_authors",
        "SELECT id, 0 AS books FROM author ORDER BY id",
        MissKind::Rows,
        "rows are missing",
    );
    assert_eq!(verdict.because, None);
}

#[test]
fn a_missing_distinct_is_told_as_rows_too_often() {
    let verdict = check_miss(
        "cities",
        "SELECT upper(a.city) AS city FROM author AS a WHERE a.city IS NOT NULL AND NOT EXISTS (FROM book AS b WHERE b.author_id = a.id)",
        MissKind::Repeats,
        "come too often",
    );
    assert!(verdict.because.is_some());
}

#[test]
fn only_capitals_accents_or_spaces_are_a_near_miss() {
    for shown in [
        "city",
        "strip_accents(upper(city))",
        "upper(city) || ' '",
        "replace(upper(city), ' ', '  ')",
    ] {
        check_miss(
            "cities",
            &format!(
                "SELECT DISTINCT {shown} AS city FROM author AS a WHERE a.city IS NOT NULL AND NOT EXISTS (FROM book AS b WHERE b.author_id = a.id)"
            ),
            MissKind::Texts,
            "capitals, accents or spaces",
        );
    }
}

#[test]
fn only_the_order_of_columns_is_a_near_miss() {
    let verdict = check_miss(
        "longest",
        "SELECT title, id, pages FROM book ORDER BY pages DESC, id LIMIT 5",
        MissKind::ColumnOrder,
        "only their order differs",
    );
    assert_eq!(verdict.counterexample, None, "no data shows it");
}

#[test]
fn only_names_of_columns_are_a_near_miss() {
    check_miss(
        "longest",
        "SELECT id, title AS name, pages FROM book ORDER BY pages DESC, id LIMIT 5",
        MissKind::ColumnNames,
        "Only names of columns differ: name should be title",
    );
}

#[test]
fn a_fault_only_some_data_shows_names_that_data() {
    let verdict = check_miss(
        "cities",
        "SELECT DISTINCT upper(a.city) AS city FROM author AS a WHERE a.city IS NOT NULL AND a.id > 80 AND NOT EXISTS (FROM book AS b WHERE b.author_id = a.id)",
        MissKind::Rows,
        "Right on the data as it is, but not with this: ",
    );
    assert!(!missed(&verdict).contains(&"base"));
    assert!(verdict.score > 0.0);
}

#[test]
fn one_ground_grades_many_answers_alike() {
    let ground = ground("longest");
    let right = "SELECT id, title, pages FROM book ORDER BY pages DESC, id LIMIT 5";
    let wrong = "SELECT id, title, pages FROM book ORDER BY pages, id LIMIT 5";
    let first = grade(&ground, wrong);
    assert!(grade(&ground, right).passed);
    let again = grade(&ground, wrong);
    assert_eq!(first.findings, again.findings);
    assert_eq!(first.because, again.because);
    assert!(
        grade(&ground, right).passed,
        "a counterexample leaves no traces"
    );
}
