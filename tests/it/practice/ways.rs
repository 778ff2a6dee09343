//! The ways to an answer, measured beside each other.

use crowsfoot::catalog::Catalog;
use crowsfoot::practice::{Ways, YOURS, measure_ways};

fn measured(own: Option<&str>) -> Ways {
    let catalog = Catalog::built_in();
    let (pack, drill) = catalog.drill("first_order").expect("the drill");
    measure_ways(pack, drill, &catalog.lists, own, &mut |_| {}).expect("measured")
}

#[test]
fn every_way_has_times_and_a_plan_and_is_held_against_the_first() {
    let catalog = Catalog::built_in();
    let (_, drill) = catalog.drill("first_order").expect("the drill");
    let sql = drill.sql().expect("a SQL drill");
    let ways = measured(Some(&sql.alternatives[0].sql)).ways;
    assert_eq!(ways.len(), 2 + sql.alternatives.len());
    assert_eq!(ways[0].title, YOURS);
    assert!(ways[0].against_first.is_none());
    for way in &ways {
        assert_eq!(way.cannot, None);
        assert!(
            way.spread.runs >= 7 && way.spread.median_ms > 0.0,
            "{way:?}"
        );
        assert!(
            way.plan.as_ref().is_some_and(|p| p.rows_scanned() > 0),
            "{}",
            way.title
        );
    }
    assert!(ways.iter().skip(1).all(|w| w.against_first.is_some()));
}

#[test]
fn a_way_that_never_ends_says_so_and_the_others_have_times() {
    let ways = measured(Some(
        "SELECT count(*) FROM range(1000000000000) AS a, range(1000) AS b",
    ))
    .ways;
    assert_eq!(ways[0].cannot.as_deref(), Some("It takes longer than 2 s"));
    assert!(ways.iter().skip(1).all(|w| w.spread.runs >= 7));
}
