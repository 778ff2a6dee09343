//! The smallest data that shows a fault.

use crowsfoot::engine::TextTable;
use crowsfoot::practice::Counterexample;

use super::*;

fn shown(drill: &str, answer: &str) -> Counterexample {
    let verdict = graded(drill, answer);
    assert!(!verdict.passed);
    verdict.counterexample.expect("a counterexample")
}

fn rows<'a>(found: &'a Counterexample, table: &str) -> &'a TextTable {
    let found = found.tables.iter().find(|t| t.name == table);
    &found.expect("a table of the statements").rows
}

#[test]
fn an_inner_join_is_shown_on_one_author_without_books() {
    let found = shown(
        "books_of_authors",
        "SELECT a.id, COUNT(b.id) AS books FROM author AS a JOIN book AS b ON b.author_id = a.id GROUP BY a.id ORDER BY books DESC, a.id",
    );
    assert_eq!(rows(&found, "author").total, 1, "{found:#?}");
    assert_eq!(rows(&found, "book").total, 0);
    assert_eq!(found.expected.total, 1);
    assert_eq!(found.given.total, 0);
    assert_eq!(found.missing, found.expected);
    assert_eq!(found.message, "1 of 1 rows are missing");
}

#[test]
fn not_in_with_a_null_is_shown_on_one_author_and_one_anonymous_book() {
    let found = shown(
        "cities",
        "SELECT DISTINCT upper(city) AS city FROM author WHERE city IS NOT NULL AND id NOT IN (SELECT author_id FROM book)",
    );
    assert_eq!(rows(&found, "author").total, 1, "{found:#?}");
    let books = rows(&found, "book");
    assert_eq!(books.total, 1);
    assert_eq!(books.rows[0][1], None, "the author is unknown");
}

#[test]
fn a_missing_distinct_is_shown_on_two_rows() {
    let found = shown(
        "cities",
        "SELECT upper(a.city) AS city FROM author AS a WHERE a.city IS NOT NULL AND NOT EXISTS (FROM book AS b WHERE b.author_id = a.id)",
    );
    assert_eq!(rows(&found, "author").total, 2, "{found:#?}");
    assert_eq!((found.expected.total, found.given.total), (1, 2));
    assert_eq!(found.extra.total, 1);
}

#[test]
fn a_wrong_order_is_shown_on_two_rows() {
    let found = shown(
        "longest",
        "SELECT id, title, pages FROM (FROM book ORDER BY pages DESC, id LIMIT 5) ORDER BY id",
    );
    assert_eq!(rows(&found, "book").total, 2, "{found:#?}");
    let mut turned = found.given.rows.clone();
    turned.reverse();
    assert_eq!(turned, found.expected.rows);
}

#[test]
fn a_limit_one_too_high_is_shown_on_six_rows() {
    let found = shown(
        "longest",
        "SELECT id, title, pages FROM book ORDER BY pages DESC, id LIMIT 6",
    );
    assert_eq!(rows(&found, "book").total, 6, "{found:#?}");
    assert_eq!((found.expected.total, found.given.total), (5, 6));
}

#[test]
fn what_is_left_keeps_the_references_of_the_model() {
    let found = shown(
        "books_of_authors",
        "SELECT a.id, 2 * COUNT(b.id) AS books FROM author AS a LEFT JOIN book AS b ON b.author_id = a.id GROUP BY a.id ORDER BY books DESC, a.id",
    );
    let (authors, books) = (rows(&found, "author"), rows(&found, "book"));
    assert_eq!((authors.total, books.total), (1, 1), "{found:#?}");
    assert_eq!(books.rows[0][1], authors.rows[0][0]);
}

#[test]
fn only_tables_the_statements_read_are_shown() {
    let found = shown(
        "longest",
        "SELECT id, title, pages FROM book ORDER BY pages, id LIMIT 5",
    );
    let names: Vec<&str> = found.tables.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, ["book"]);
    assert!(!found.variant_text.is_empty());
}

#[test]
fn a_fault_without_any_row_is_shown_on_empty_tables() {
    let found = shown("longest", "SELECT 1 AS id, 'x' AS title, 2 AS pages");
    assert_eq!(found.variant, "empty");
    assert_eq!(rows(&found, "book").total, 0);
    assert_eq!((found.expected.total, found.given.total), (0, 1));
}
