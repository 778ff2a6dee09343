use super::*;

/// Names of the mutants, with their statements; those that make no sense have `-`.
#[track_caller]
fn check_ordered(sql: &str, is_ordered: bool, expected: &[(&str, &str)]) {
    let context = Context {
        is_ordered,
        is_nullable: &|name| name == "note",
    };
    let (_, found) = mutants(sql, &context).expect("it can be read");
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|m| (m.name.as_str(), m.sql.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn check(sql: &str, expected: &[(&str, &str)]) {
    check_ordered(sql, false, expected);
}

#[test]
fn joins_are_turned_into_each_other() {
    check(
        "SELECT 1 FROM a JOIN b USING (x) LEFT JOIN c ON c.y = b.y",
        &[
            (
                "INNER JOIN → LEFT JOIN (1)",
                "SELECT 1 FROM a LEFT JOIN b USING(x) LEFT JOIN c ON c.y = b.y",
            ),
            (
                "LEFT JOIN → INNER JOIN (1)",
                "SELECT 1 FROM a JOIN b USING(x) INNER JOIN c ON c.y = b.y",
            ),
            ("= → <> (1)", "-"),
        ],
    );
}

#[test]
fn bounds_are_moved_by_one_and_predicates_dropped() {
    check(
        "SELECT 1 FROM a WHERE x < 1 AND y >= 2",
        &[
            ("predicate dropped (1)", "SELECT 1 FROM a WHERE y >= 2"),
            ("predicate dropped (2)", "SELECT 1 FROM a WHERE x < 1"),
            ("< → <= (1)", "SELECT 1 FROM a WHERE x <= 1 AND y >= 2"),
            (">= → > (1)", "SELECT 1 FROM a WHERE x < 1 AND y > 2"),
        ],
    );
    check(
        "SELECT x FROM a GROUP BY x HAVING x = 'k'",
        &[
            ("predicate dropped (1)", "SELECT x FROM a GROUP BY x"),
            ("= → <> (1)", "SELECT x FROM a GROUP BY x HAVING x <> 'k'"),
        ],
    );
}

#[test]
fn a_join_keeps_one_condition_at_least() {
    check(
        "SELECT 1 FROM a JOIN b ON a.x = b.x AND b.y <> 3",
        &[
            (
                "INNER JOIN → LEFT JOIN (1)",
                "SELECT 1 FROM a LEFT JOIN b ON a.x = b.x AND b.y <> 3",
            ),
            (
                "predicate dropped (1)",
                "SELECT 1 FROM a JOIN b ON b.y <> 3",
            ),
            (
                "predicate dropped (2)",
                "SELECT 1 FROM a JOIN b ON a.x = b.x",
            ),
            ("= → <> (1)", "-"),
            (
                "<> → = (1)",
                "SELECT 1 FROM a JOIN b ON a.x = b.x AND b.y = 3",
            ),
        ],
    );
}

#[test]
fn aggregates_are_exchanged() {
    check(
        "SELECT sum(x), MIN(y), count(DISTINCT z), count(z) FROM a",
        &[
            (
                "SUM → AVG (1)",
                "SELECT AVG(x), MIN(y), count(DISTINCT z), count(z) FROM a",
            ),
            (
                "MIN → MAX (1)",
                "SELECT sum(x), MAX(y), count(DISTINCT z), count(z) FROM a",
            ),
            (
                "DISTINCT dropped (1)",
                "SELECT sum(x), MIN(y), count(z), count(z) FROM a",
            ),
            (
                "COUNT(col) → COUNT(*) (1)",
                "SELECT sum(x), MIN(y), count(DISTINCT z), count(*) FROM a",
            ),
        ],
    );
}

#[test]
fn rows_are_counted_by_a_column_that_may_be_null() {
    check(
        "SELECT COUNT(*) FROM a LEFT JOIN b ON b.x = a.x",
        &[
            (
                "LEFT JOIN → INNER JOIN (1)",
                "SELECT COUNT(*) FROM a INNER JOIN b ON b.x = a.x",
            ),
            (
                "COUNT(*) → COUNT(col) (1)",
                "SELECT COUNT(b.x) FROM a LEFT JOIN b ON b.x = a.x",
            ),
            ("= → <> (1)", "-"),
        ],
    );
    check(
        "SELECT note, COUNT(*) FROM a GROUP BY note",
        &[(
            "COUNT(*) → COUNT(col) (1)",
            "SELECT note, COUNT(note) FROM a GROUP BY note",
        )],
    );
    // Nothing there can be NULL: the place keeps its number, and has no mutant.
    check(
        "SELECT x, COUNT(*) FROM a GROUP BY x",
        &[("COUNT(*) → COUNT(col) (1)", "-")],
    );
    check(
        "SELECT note, COUNT(*) FROM a WHERE note > 0 GROUP BY note",
        &[
            (
                "predicate dropped (1)",
                "SELECT note, COUNT(*) FROM a GROUP BY note",
            ),
            ("COUNT(*) → COUNT(col) (1)", "-"),
            (
                "> → >= (1)",
                "SELECT note, COUNT(*) FROM a WHERE note >= 0 GROUP BY note",
            ),
        ],
    );
}

#[test]
fn sorting_is_turned_where_it_means_something() {
    let sql = "SELECT x FROM a ORDER BY x DESC, y";
    check(sql, &[]);
    check_ordered(
        sql,
        true,
        &[
            ("DESC → ASC (1)", "SELECT x FROM a ORDER BY x ASC, y"),
            ("ASC → DESC (1)", "SELECT x FROM a ORDER BY x DESC, y DESC"),
        ],
    );
    check(
        "SELECT x FROM a ORDER BY x LIMIT 3",
        &[
            ("ASC → DESC (1)", "SELECT x FROM a ORDER BY x DESC LIMIT 3"),
            ("LIMIT n → n+1 (1)", "SELECT x FROM a ORDER BY x LIMIT 4"),
        ],
    );
    check(
        "SELECT row_number() OVER (PARTITION BY x ORDER BY y DESC) FROM a",
        &[(
            "DESC → ASC (1)",
            "SELECT row_number() OVER (PARTITION BY x ORDER BY y ASC) FROM a",
        )],
    );
}

#[test]
fn unions_keep_and_lose_repeated_rows() {
    check(
        "SELECT 1 UNION SELECT 2 UNION ALL SELECT 3",
        &[
            (
                "UNION → UNION ALL (1)",
                "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3",
            ),
            (
                "UNION ALL → UNION (1)",
                "SELECT 1 UNION SELECT 2 UNION SELECT 3",
            ),
        ],
    );
}

#[test]
fn places_of_a_kind_are_numbered_through_the_whole_statement() {
    let context = Context {
        is_ordered: false,
        is_nullable: &|_| false,
    };
    let sql = "WITH c AS (SELECT x FROM a WHERE x < 1) SELECT x FROM c WHERE x < 2 AND EXISTS (SELECT 1 FROM b WHERE b.x < 3)";
    let (_, found) = mutants(sql, &context).expect("it can be read");
    let bounds: Vec<&str> = found
        .iter()
        .filter(|m| m.name.starts_with("< "))
        .map(|m| m.shown.as_str())
        .collect();
    assert_eq!(
        bounds,
        [
            "< → <= (1): x < 1",
            "< → <= (2): x < 2",
            "< → <= (3): b.x < 3"
        ]
    );
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let context = Context {
        is_ordered: false,
        is_nullable: &|_| false,
    };
    assert!(mutants("SELECT 1 +", &context).is_err());
    assert!(mutants("SELECT 1; SELECT 2", &context).is_err());
}
