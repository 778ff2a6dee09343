//! Steps that refer to other steps, and what they keep.

use crate::support::{check_near, number, rows, value};

use super::macros::{FRAME, column};
use super::*;

/// Parents with a few columns, for steps that refer to them.
const PARENTS: &str = "[[step]]
table = 'parent'
rows = 1000
[step.columns]
id = '1000 + @row'
kind = \"@pick(1: 'x', 2: 'y')\"
born = '@moment(@start, @now)'
_hidden = '@u'
level = 'CASE WHEN _hidden < 0.5 THEN 1 ELSE 2 END'
";
const PARENT_TABLE: &str =
    "CREATE TABLE parent (id BIGINT PRIMARY KEY, kind TEXT, born TIMESTAMP, level INT);";

/// A child table of three columns over the parents.
fn child(table: &str, step: &str) -> Session {
    let recipe = format!("{FRAME}{PARENTS}[[step]]\ntable = 't'\n{step}");
    made(
        &format!("{PARENT_TABLE} CREATE TABLE t ({table})"),
        &recipe,
        100_000,
        3,
    )
}

#[test]
fn a_computed_value_agrees_with_the_stored_one() {
    let session = child(
        "k BIGINT, kind TEXT, born TIMESTAMP, level INT",
        "rows = { per = 0.2 }
         [step.columns]
         _who = '@any(parent)'
         k = '1000 + _who'
         kind = '@value(parent.kind, _who)'
         born = '@value(parent.born, _who)'
         level = '@value(parent.level, _who)'",
    );
    let agree = "SELECT count(*) FROM t JOIN parent AS p ON p.id = t.k
                 AND p.kind = t.kind AND p.born = t.born AND p.level = t.level";
    assert_eq!(number(&session, agree), 20_000.0);
    let different = number(&session, "SELECT count(DISTINCT (kind, level)) FROM t");
    assert_eq!(different, 4.0, "the values differ from row to row");
}

#[test]
fn any_row_is_as_likely_as_another() {
    let session = child(
        "k BIGINT",
        "rows = { per = 1 }\n[step.columns]\nk = '@any(parent)'",
    );
    assert_eq!(
        rows(&session, "SELECT min(k), max(k), count(DISTINCT k) FROM t"),
        [["1", "1000", "1000"]]
    );
    // 100 each; six deviations of a Poisson number are 60.
    let most = number(
        &session,
        "SELECT max(n) FROM (SELECT count(*) AS n FROM t GROUP BY k)",
    );
    assert!(most < 165.0, "{most}");
}

#[test]
fn popular_rows_follow_zipf_s_law() {
    let session = child(
        "a BIGINT, b BIGINT",
        "rows = { per = 1 }\n[step.columns]\na = '@popular(parent)'\nb = '@popular(parent, other)'",
    );
    for column in ["a", "b"] {
        let of_top = |n: u32| {
            number(
                &session,
                &format!(
                    "SELECT sum(n) / 100000 FROM (SELECT count(*) AS n FROM t GROUP BY {column} ORDER BY n DESC LIMIT {n})"
                ),
            )
        };
        // The share of the first n ranks of 1000 is ln(n + 1) / ln(1001).
        for n in [1_u32, 10, 100] {
            let expected = f64::from(n + 1).ln() / 1001_f64.ln();
            check_near(&format!("top {n} by {column}"), of_top(n), expected, 0.015);
        }
        let bounds = format!("SELECT min({column}) >= 1 AND max({column}) <= 1000 FROM t");
        assert_eq!(value(&session, &bounds), "true");
    }
    let top = |column: &str| value(&session, &format!("SELECT mode({column}) FROM t"));
    assert_ne!(top("a"), top("b"), "another tag has other favourites");
}

#[test]
fn each_parent_gets_its_number_of_children() {
    let session = child(
        "id BIGINT PRIMARY KEY, parent_id BIGINT REFERENCES parent, n INT, of INT, born TIMESTAMP",
        "each = 'parent'
         times = \"CASE WHEN p.kind = 'x' THEN 0 ELSE @int(1, 9) END\"
         at_most = 4
         [step.columns]
         id = '@row'
         parent_id = 'p.id'
         n = '@n'
         of = '@siblings'
         born = \"p.born + @n * INTERVAL '1' DAY\"",
    );
    let of_x = "SELECT count(*) FROM t JOIN parent AS p ON p.id = parent_id WHERE kind = 'x'";
    assert_eq!(number(&session, of_x), 0.0, "none where times is 0");
    let groups =
        "SELECT parent_id, count(*) AS c, min(n) AS lo, max(n) AS hi, count(DISTINCT n) AS d,
                  min(of) AS of_lo, max(of) AS of_hi FROM t GROUP BY parent_id";
    let wrong = format!(
        "SELECT count(*) FROM ({groups}) WHERE NOT (lo = 1 AND hi = c AND d = c AND of_lo = c AND of_hi = c AND c <= 4)"
    );
    assert_eq!(number(&session, &wrong), 0.0);
    let others = number(&session, "SELECT count(*) FROM parent WHERE kind = 'y'");
    assert_eq!(
        number(&session, &format!("SELECT count(*) FROM ({groups})")),
        others
    );
    // 1, 2, 3 and six times 4 of nine: 30 / 9 on average.
    check_near(
        "mean",
        number(&session, &format!("SELECT avg(c) FROM ({groups})")),
        30.0 / 9.0,
        0.2,
    );
    let late = "SELECT count(*) FROM t JOIN parent AS p ON p.id = parent_id
                WHERE t.born <> p.born + n * INTERVAL 1 DAY";
    assert_eq!(
        number(&session, late),
        0.0,
        "a parent's column is the stored one"
    );
}

#[test]
fn distinct_keeps_the_first_row_and_where_drops_rows() {
    let session = child(
        "id BIGINT, a INT, b INT",
        "rows = 5000
         distinct = ['a', 'b']
         where = 'a <> 3'
         [step.columns]
         id = '@row'
         a = '@int(1, 5)'
         b = '@int(1, 4)'",
    );
    assert_eq!(
        rows(
            &session,
            "SELECT count(*), count(DISTINCT (a, b)), count(*) FILTER (a = 3) FROM t"
        ),
        [["16", "16", "0"]]
    );
    // Of so many draws the first of each pair comes early.
    assert!(number(&session, "SELECT max(id) FROM t") < 400.0);
}

#[test]
fn help_columns_and_help_tables_are_not_stored() {
    let recipe = format!(
        "{FRAME}[[step]]
         table = '_work'
         rows = 10
         columns = {{ w = '@row' }}
         [[step]]
         table = 't'
         query = 'SELECT count(*) AS n, sum(w) AS total FROM _work WHERE w < 4'"
    );
    let session = made("CREATE TABLE t (n BIGINT, total BIGINT)", &recipe, 10, 1);
    assert_eq!(rows(&session, "SELECT n, total FROM t"), [["3", "6"]]);
    let left = rows(&session, "SELECT table_name FROM duckdb_tables()");
    assert_eq!(left, [["t"]]);
    let session = column("DOUBLE", "@normal(0, 1) + @u");
    let columns = rows(
        &session,
        "SELECT column_name FROM duckdb_columns() WHERE table_name = 't'",
    );
    assert_eq!(columns, [["id"], ["v"]]);
}
