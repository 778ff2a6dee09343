//! Labs that are wrong are reported with file and key, all at once.

use crowsfoot::catalog::Catalog;

/// A pack with one lab, and what is wrong with it.
fn problems(lab: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pack = folder.path().join("shelf");
    let place = pack.join("labs/order");
    std::fs::create_dir_all(&place).expect("made");
    let write = |name: &str, text: &str| std::fs::write(pack.join(name), text).expect("written");
    write(
        "schema.sql",
        "CREATE TABLE book (book_id BIGINT PRIMARY KEY, title STRING);",
    );
    write(
        "pack.toml",
        "title = \"Shelf\"\nsummary = \"s\"\nsource = \"s\"\npurpose = \"p\"\n",
    );
    write(
        "data.toml",
        "now = \"2026-07-01 00:00:00\"\nstart = \"2025-05-01 00:00:00\"\nlargest = \"book\"\n[[step]]\ntable = \"book\"\nrows = { per = 1 }\n[step.columns]\nbook_id = \"@row\"\ntitle = \"'T'\"\n",
    );
    write(
        "queries.sql",
        "-- name: all\n-- title: All\n-- question: All?\n-- notice: all\nSELECT * FROM book;\n",
    );
    std::fs::write(place.join("lab.toml"), lab).expect("written");
    let catalog = Catalog::from_pack_folder(&pack);
    catalog.problems.iter().map(ToString::to_string).collect()
}

const GOOD: &str = r#"
title = "Order"
question = "Which order?"
summary = "s"
source = "s"
topic = "storage"
expect = "e"
why = "w"
elsewhere = "e"

[[layout]]
id = "plain"
title = "Plain"
summary = "s"
keeps = ["book"]

[[layout]]
id = "sorted"
title = "Sorted"
summary = "s"
build = "CREATE TABLE book AS FROM base.book ORDER BY title"

[[layout.note]]
table = "book"
column = "title"
kind = "copied"
from = "book.title"
text = "t"

[[read]]
id = "one"
title = "One"
question = "q"
notice = "n"
param = ["book BIGINT = 1"]
sql.all = "SELECT title FROM book WHERE book_id = $book"

[[read]]
id = "two"
title = "Two"
question = "q"
notice = "n"
sql.plain = "SELECT count(title) AS n FROM book"
cannot.sorted = "no"

[[read]]
id = "three"
title = "Three"
question = "q"
notice = "n"
sql.all = "SELECT max(title) AS t FROM book"
"#;

#[track_caller]
fn check(change: (&str, &str), expected: &[&str]) {
    assert!(GOOD.contains(change.0), "{}", change.0);
    let found = problems(&GOOD.replacen(change.0, change.1, 1));
    let expected: Vec<String> = expected
        .iter()
        .map(|e| format!("shelf/labs/order/lab.toml{e}"))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_right_lab_has_no_problem() {
    assert_eq!(problems(GOOD), Vec::<String>::new());
}

#[test]
fn what_is_missing_is_named() {
    check(
        ("question = \"Which order?\"\n", ""),
        &[": question: is missing"],
    );
    check(
        ("topic = \"storage\"", "topic = \"weather\""),
        &[
            ": topic: unknown variant `weather`, expected one of `copies`, `precomputed`, `history`, `shape`, `storage`, `distribution`",
            ": topic: is one of copies, precomputed, history, shape, storage, distribution",
        ],
    );
    check(
        ("cannot.sorted = \"no\"\n", ""),
        &[
            ": read two: has no statement for sorted: write sql.sorted, or why there is none as cannot.sorted",
        ],
    );
}

#[test]
fn names_that_lead_nowhere_are_reported() {
    check(
        ("keeps = [\"book\"]", "keeps = [\"boook\"]"),
        &[": layout plain, keeps: the model has no table boook"],
    );
    check(
        ("from = \"book.title\"", "from = \"book.tite\""),
        &[": layout sorted, note on book: the model has no book.tite"],
    );
    check(
        ("sql.plain", "sql.plan"),
        &[
            ": read two, sql: the lab has no layout plan",
            ": read two: has no statement for plain: write sql.plain, or why there is none as cannot.plain",
        ],
    );
    check(
        ("= $book", "= $boook"),
        &[
            ": read one: uses $boook, which no param declares",
            ": read one: does not use $book",
        ],
    );
}

#[test]
fn a_layout_and_a_reason_why_there_is_none_contradict_each_other() {
    check(
        (
            "cannot.sorted = \"no\"",
            "sql.sorted = \"SELECT 1 AS n\"\ncannot.sorted = \"no\"",
        ),
        &[": read two, cannot: sorted has a statement as well"],
    );
}

#[test]
fn too_few_layouts_and_ids_given_twice_are_reported() {
    check(
        ("id = \"sorted\"", "id = \"plain\""),
        &[
            ": layout plain: the id is taken by an earlier one",
            ": read two, cannot: the lab has no layout sorted",
        ],
    );
    check(
        ("id = \"sorted\"", "id = \"base\""),
        &[
            ": layout base: an id has small letters, digits and _ only, and is none of all, base, memory, temp, system",
            ": read two, cannot: the lab has no layout sorted",
            ": read two: has no statement for base: write sql.base, or why there is none as cannot.base",
        ],
    );
}

#[test]
fn a_text_that_is_no_toml_is_reported_with_its_line() {
    let found = problems("title = \"x\"\nquestion = \n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("shelf/labs/order/lab.toml:2: "),
        "{found:?}"
    );
}

#[test]
fn one_bad_entry_does_not_take_the_others_with_it() {
    check(
        ("title = \"Two\"\n", ""),
        &[
            ": read 2: missing field `title`",
            ": read: a lab asks three questions or more",
        ],
    );
}
