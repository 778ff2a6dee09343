//! `prove`: a drill that cannot tell right from wrong is told so.

use crowsfoot::practice::prove;

use super::*;

/// Problems of a drill, as `key: message`.
fn problems(drill: &str) -> Vec<String> {
    let (_folder, catalog) = library(&[("tried", drill)]);
    assert_eq!(catalog.problems, []);
    let (pack, drill) = catalog.drill("tried").expect("it was read");
    prove(pack, drill, &catalog.lists)
        .into_iter()
        .map(|(key, message)| format!("{key}: {message}"))
        .collect()
}

/// Each problem contains the parts of the expected one between `…`.
#[track_caller]
fn check(drill: &str, expected: &[&str]) {
    let found = problems(drill);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        for part in expected.split('…') {
            assert!(found.contains(part), "{found}\nshould say {part}");
        }
    }
}

#[test]
fn good_drills_have_no_problems() {
    for (_, drill) in DRILLS {
        check(drill, &[]);
    }
}

#[test]
fn a_reference_that_fails_is_told() {
    check(
        &LONGEST.replace(
            "SELECT id, title, pages FROM book ORDER BY pages DESC, id LIMIT 5",
            "SELECT id, titel FROM book",
        ),
        &["the reference on the variant base: …titel"],
    );
}

#[test]
fn columns_of_the_reference_are_those_expected() {
    let text = LONGEST
        .replace("id, title, pages FROM", "id, title, pages AS length FROM")
        .replace(
            "ORDER BY pages DESC, id LIMIT",
            "ORDER BY length DESC, id LIMIT",
        );
    let found = problems(&text);
    assert!(
        found[0].contains("reference: its columns are id, title, length, not id, title, pages"),
        "{found:#?}"
    );
}

#[test]
fn a_reference_that_depends_on_storage_is_told() {
    let found = problems(&LONGEST.replace(
        "ORDER BY pages DESC, id LIMIT 5",
        "ORDER BY pages DESC LIMIT 5",
    ));
    assert!(
        found
            .iter()
            .any(|p| p == "reference: it depends on the order rows are stored in"),
        "{found:#?}"
    );
}

#[test]
fn an_alternative_that_is_wrong_and_a_wrong_answer_that_is_right_are_told() {
    let text = CITIES
        .replace("book.id IS NULL AND city IS NOT NULL", "book.id IS NULL")
        .replace(
            "id NOT IN (SELECT author_id FROM book)",
            "id NOT IN (SELECT author_id FROM book WHERE author_id IS NOT NULL)",
        );
    check(
        &text,
        &[
            "alternative Anti join: on the variant …1 of … should not be there",
            "wrong NOT IN: passes on all variants",
        ],
    );
}

#[test]
fn a_wrong_answer_that_fails_is_told() {
    check(
        &CITIES.replace(
            "SELECT DISTINCT upper(city) AS city FROM author WHERE",
            "SELECT DISTINCT upper(town) AS city FROM author WHERE",
        ),
        &["wrong NOT IN: …fails instead of giving other rows: …town"],
    );
}

#[test]
fn a_mutant_no_variant_kills_is_told_until_it_is_explained_or_killed() {
    // No book has more than 499 pages, so < and <= are one on all automatic variants.
    let text = CITIES.replace(
        "WHERE b.author_id = a.id)\n",
        "WHERE b.author_id = a.id AND b.pages < 1000)\n",
    );
    let survivors = [
        "reference: no variant kills the mutant predicate dropped (4): b.pages < 1000",
        "reference: no variant kills the mutant < → <= (1): b.pages < 1000",
    ];
    check(&text, &survivors);
    let explained = format!(
        "{text}\n[[equivalent]]\nmutant = '< → <= (1)'\nbecause = 'no book is that long'\n"
    );
    check(&explained, &survivors[..1]);
    let both = format!(
        "{text}\n[[variant]]\nid = 'long'\ntext = 'all books of one author have 1000 pages'\nsql = 'DELETE FROM author WHERE id > 9; DELETE FROM book WHERE author_id > 9; UPDATE book SET pages = 1000 WHERE author_id = 2'\n"
    );
    // The others did not look at pages, so they part now; the mutants are killed.
    let found = problems(&both);
    assert!(!found.iter().any(|p| p.contains("mutant")), "{found:#?}");
    assert!(
        found.iter().any(|p| p.starts_with("alternative ")),
        "{found:#?}"
    );
}

#[test]
fn equivalents_that_are_killed_or_not_there_are_told() {
    let text = format!(
        "{CITIES}\n[[equivalent]]\nmutant = 'DISTINCT dropped (1)'\nbecause = 'x'\n[[equivalent]]\nmutant = 'SUM → AVG (1)'\nbecause = 'x'\n"
    );
    check(
        &text,
        &[
            "equivalent DISTINCT dropped (1): the variant …kills it",
            "equivalent SUM → AVG (1): the reference has no such mutant; there are DISTINCT dropped (1), …",
        ],
    );
}

#[test]
fn a_reference_nobody_can_mutate_is_told() {
    let text = LONGEST.replace(
        "reference = \"SELECT id, title, pages FROM book ORDER BY pages DESC, id LIMIT 5\"",
        "reference = \"SELECT id, title, pages FROM book WHERE len([x for x in [id] if x > 0]) = 1 ORDER BY pages DESC, id LIMIT 5\"",
    );
    let found = problems(&text);
    assert!(
        found
            .iter()
            .any(|p| p.starts_with("reference: no mutants can be made of it")),
        "{found:#?}"
    );
}

#[test]
fn a_variant_that_fails_is_told() {
    let text =
        format!("{CITIES}\n[[variant]]\nid = 'odd'\ntext = 't'\nsql = 'UPDATE town SET x = 1'\n");
    check(&text, &["the variant odd: …town"]);
}

#[test]
fn variants_of_a_drill_are_made_quickly() {
    let started = std::time::Instant::now();
    let ground = ground("books_of_authors");
    let elapsed = started.elapsed();
    let ids: Vec<&str> = ground.variants().iter().map(|v| v.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "base",
            "seed",
            "reversed",
            "nulls",
            "ties",
            "unmatched",
            "duplicates",
            "few",
            "empty"
        ]
    );
    assert!(elapsed.as_secs() < 5, "{elapsed:?}");
}

#[test]
fn variants_hold_what_they_say() {
    let ground = ground("books_of_authors");
    let value = |variant: &str, sql: &str| {
        let answer = ground
            .answer(variant, sql)
            .unwrap_or_else(|err| unreachable!("{err:?}"));
        answer.rows[0][0].clone().unwrap_or_default()
    };
    let orphans = "SELECT count(*) FROM book WHERE author_id IS NOT NULL AND author_id NOT IN (SELECT id FROM author)";
    for variant in ground.variants() {
        assert_eq!(value(&variant.id, orphans), "0", "{}", variant.id);
    }
    assert_eq!(value("base", "SELECT count(*) FROM book"), "1000");
    assert_eq!(value("few", "SELECT count(*) FROM author"), "3");
    assert_eq!(value("empty", "SELECT count(*) FROM book"), "0");
    assert_eq!(value("reversed", "SELECT first(id) FROM book"), "1000");
    assert_eq!(
        value("nulls", "SELECT count(*) FROM book WHERE title IS NULL"),
        "0"
    );
    let unknown = "SELECT count(*) FROM author WHERE city IS NULL";
    let (base, nulls) = (value("base", unknown), value("nulls", unknown));
    assert!(
        nulls.parse::<u32>().ok() > base.parse().ok(),
        "{base} {nulls}"
    );
    let lengths = "SELECT count(DISTINCT pages) FROM book";
    let (base, ties) = (value("base", lengths), value("ties", lengths));
    assert!(
        ties.parse::<u32>().ok() < base.parse().ok(),
        "{base} {ties}"
    );
    let childless = "SELECT count(*) FROM author WHERE id NOT IN (SELECT author_id FROM book WHERE author_id IS NOT NULL)";
    assert_eq!(value("base", childless), "28");
    assert_ne!(value("unmatched", childless), "0");
    assert_eq!(value("unmatched", "SELECT count(*) FROM book"), "666");
    assert_eq!(
        value("duplicates", "SELECT count(*) FROM book"),
        "1000",
        "it has a key"
    );
}
