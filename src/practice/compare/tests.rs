use proptest::prelude::*;

use super::*;

fn answer(columns: &str, rows: &[&[&str]]) -> Answer {
    let value = |v: &&str| (*v != "NULL").then(|| (*v).to_owned());
    Answer {
        columns: columns.split(' ').map(str::to_owned).collect(),
        rows: rows.iter().map(|r| r.iter().map(value).collect()).collect(),
    }
}

const EXPECTED: &[&[&str]] = &[&["Ana", "3"], &["Bo", "2"], &["Cy", "2"]];

/// `EXPECTED` under `name n`, ordered by n, then name, against another answer.
#[track_caller]
fn check(columns: &str, rows: &[&[&str]], expected: Option<(MissKind, &str)>) {
    let demand = Demand { order: vec![1, 0] };
    let miss = compare(&answer("name n", EXPECTED), &answer(columns, rows), &demand);
    let told = miss.as_ref().map(|m| (m.kind, m.message.as_str()));
    assert_eq!(told, expected);
}

#[test]
fn the_expected_rows_pass_under_names_in_any_case() {
    check("name n", EXPECTED, None);
    check("NAME N", EXPECTED, None);
}

#[test]
fn only_the_demanded_keys_decide_the_order() {
    let demand = Demand { order: vec![1] };
    let swapped: &[&[&str]] = &[&["Ana", "3"], &["Cy", "2"], &["Bo", "2"]];
    let (wanted, given) = (answer("name n", EXPECTED), answer("name n", swapped));
    assert_eq!(compare(&wanted, &given, &demand), None);
    let any = Demand::default();
    let turned = answer("name n", &[EXPECTED[2], EXPECTED[1], EXPECTED[0]]);
    assert_eq!(compare(&wanted, &turned, &any), None);
}

#[test]
fn right_rows_in_the_wrong_order_are_told_from_rows_that_tie() {
    check(
        "name n",
        &[EXPECTED[1], EXPECTED[2], EXPECTED[0]],
        Some((
            MissKind::Order,
            "The rows are right, their order is not: it differs from row 1 on",
        )),
    );
    check(
        "name n",
        &[EXPECTED[0], EXPECTED[2], EXPECTED[1]],
        Some((
            MissKind::Ties,
            "The rows are right and sorted by n, but rows equal in that are not sorted by name",
        )),
    );
}

#[test]
fn columns_in_another_order_are_a_near_miss_only_when_the_rows_are_right() {
    check(
        "n name",
        &[&["3", "Ana"], &["2", "Bo"], &["2", "Cy"]],
        Some((
            MissKind::ColumnOrder,
            "The columns are n, name instead of name, n: only their order differs",
        )),
    );
    check(
        "n name",
        &[&["3", "Ana"], &["2", "Bo"]],
        Some((
            MissKind::ColumnOrder,
            "The columns are n, name instead of name, n: and 1 of 3 rows are missing",
        )),
    );
}

#[test]
fn other_names_over_the_right_values_are_a_near_miss() {
    check(
        "name count",
        EXPECTED,
        Some((
            MissKind::ColumnNames,
            "Only names of columns differ: count should be n",
        )),
    );
    check(
        "name count",
        &[&["Ana", "4"]],
        Some((
            MissKind::Columns,
            "Columns have other names: count should be n",
        )),
    );
    check(
        "name",
        &[&["Ana"]],
        Some((MissKind::Columns, "The columns are name instead of name, n")),
    );
}

#[test]
fn texts_that_differ_in_case_accents_or_spaces_are_a_near_miss() {
    let message = "The rows are right but for capitals, accents or spaces of texts";
    for name in ["ana", "Aná", " Ana"] {
        check(
            "name n",
            &[&[name, "3"], EXPECTED[1], EXPECTED[2]],
            Some((MissKind::Texts, message)),
        );
    }
    check(
        "name n",
        &[&["Anna", "3"], EXPECTED[1], EXPECTED[2]],
        Some((
            MissKind::Rows,
            "1 of 3 rows are missing, 1 of 3 should not be there",
        )),
    );
}

#[test]
fn a_limit_through_rows_that_tie_is_a_near_miss() {
    let message =
        "The rows are right but for the last places: among rows equal in n others were taken";
    check(
        "name n",
        &[EXPECTED[0], EXPECTED[1], &["Di", "2"]],
        Some((MissKind::Cut, message)),
    );
    check(
        "name n",
        &[EXPECTED[0], EXPECTED[1], &["Di", "1"]],
        Some((
            MissKind::Rows,
            "1 of 3 rows are missing, 1 of 3 should not be there",
        )),
    );
}

#[test]
fn a_missing_distinct_is_told_as_rows_too_often() {
    check(
        "name n",
        &[EXPECTED[0], EXPECTED[0], EXPECTED[1], EXPECTED[2]],
        Some((
            MissKind::Repeats,
            "The rows are right, but some come too often: 1 too many",
        )),
    );
}

#[test]
fn null_is_neither_a_text_nor_zero() {
    for value in ["", "0", "null"] {
        let given = answer("a", &[&[value]]);
        let miss = compare(&answer("a", &[&["NULL"]]), &given, &Demand::default());
        assert_eq!(miss.map(|m| m.kind), Some(MissKind::Rows), "{value:?}");
    }
}

#[test]
fn midnight_and_its_date_are_one_value() {
    let date = answer("d", &[&["2026-03-01"]]);
    let moment = answer("d", &[&["2026-03-01T00:00:00"]]);
    let later = answer("d", &[&["2026-03-01T00:00:01"]]);
    assert_eq!(compare(&date, &moment, &Demand::default()), None);
    assert!(compare(&date, &later, &Demand::default()).is_some());
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let value = prop_oneof![Just(None), "[ab]{0,2}".prop_map(Some)];
    prop::collection::vec(prop::collection::vec(value, 3), 0..12)
}

proptest! {
    #[test]
    fn neither_the_order_of_rows_nor_the_case_of_columns_matters(
        rows in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        capitals in prop::collection::vec(any::<bool>(), 3),
    ) {
        let columns: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let cased = columns.iter().zip(&capitals).map(|(name, capital)| {
            if *capital { name.to_uppercase() } else { name.clone() }
        });
        let wanted = Answer { columns: columns.clone(), rows: rows.0 };
        let given = Answer { columns: cased.collect(), rows: rows.1 };
        prop_assert_eq!(compare(&wanted, &given, &Demand::default()), None);
    }

    #[test]
    fn a_row_more_or_less_is_always_seen(rows in rows(), place in any::<prop::sample::Index>()) {
        prop_assume!(!rows.is_empty());
        let columns: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let mut fewer = rows.clone();
        fewer.remove(place.index(rows.len()));
        let whole = Answer { columns: columns.clone(), rows };
        let part = Answer { columns, rows: fewer };
        let any_order = Demand::default();
        prop_assert!(compare(&whole, &part, &any_order).is_some());
        prop_assert!(compare(&part, &whole, &any_order).is_some());
    }

    #[test]
    fn rows_sorted_by_the_keys_pass_whatever_order_ties_have(
        rows in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let columns: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let sorted = |mut rows: Vec<Row>| { rows.sort_by(|x, y| x[0].cmp(&y[0])); rows };
        let wanted = Answer { columns: columns.clone(), rows: sorted(rows.0) };
        let given = Answer { columns, rows: sorted(rows.1) };
        prop_assert_eq!(compare(&wanted, &given, &Demand { order: vec![0] }), None);
    }
}
