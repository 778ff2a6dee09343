//! `crowsfoot check`

use super::*;

const PACK: &str = "title = 'Test'\nsummary = 's'\nsource = 'd'\npurpose = 'p'\n";
const SCHEMA: &str = "CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT NOT NULL);\n";
const DATA: &str = "now = '2026-07-01 00:00:00'\nstart = '2025-05-01 00:00:00'\nlargest = 'item'
[[step]]\ntable = 'item'\nrows = { per = 1 }\ncolumns = { id = '@row', name = \"'n' || @row\" }\n";
const QUERIES: &str = "-- name: all-items\n-- title: All\n-- question: ?\n-- notice: n
-- param: least BIGINT = SELECT min(id) FROM item\nSELECT id FROM item WHERE id >= $least;\n";

fn write(folder: &Path, id: &str, files: [&str; 4]) {
    let folder = folder.join(id);
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, text) in ["pack.toml", "schema.sql", "data.toml", "queries.sql"]
        .iter()
        .zip(files)
    {
        std::fs::write(folder.join(name), text).expect("written");
    }
}

#[test]
fn a_good_pack_of_ones_own_passes_in_silence() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "mine", [PACK, SCHEMA, DATA, QUERIES]);
    for named in [folder.path().to_owned(), folder.path().join("mine")] {
        let done = run(&["check", path(&named)]).well();
        assert_eq!(done.text(), "");
        assert!(
            done.stderr.contains("1 packs, 0 problems"),
            "{}",
            done.stderr
        );
    }
    let json = run(&["check", "--json", path(folder.path())]).well().json();
    assert_eq!(json, serde_json::json!([]));
    let beside = run(&["check", "mine", "--packs", path(folder.path())]).well();
    assert!(beside.stderr.contains("1 packs, 0 problems"));
}

#[test]
fn faults_of_every_kind_are_listed_at_once_with_file_and_key_or_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = folder.path();
    write(all, "a_toml", ["title = = 1\n", SCHEMA, DATA, QUERIES]);
    write(
        all,
        "b_key",
        [&format!("{PACK}colour = 1\n"), SCHEMA, DATA, QUERIES],
    );
    write(
        all,
        "c_schema",
        [
            PACK,
            &format!("{SCHEMA}CREATE TABL x (y INT);\n"),
            DATA,
            QUERIES,
        ],
    );
    write(
        all,
        "d_column",
        [
            PACK,
            SCHEMA,
            &DATA.replace("name =", "colour = 1, name ="),
            QUERIES,
        ],
    );
    write(
        all,
        "e_macro",
        [PACK, SCHEMA, &DATA.replace("'@row'", "'@unheard'"), QUERIES],
    );
    write(
        all,
        "f_sql",
        [
            PACK,
            SCHEMA,
            DATA,
            &QUERIES.replace("SELECT id", "SELECT idd"),
        ],
    );
    write(
        all,
        "g_empty",
        [
            PACK,
            SCHEMA,
            DATA,
            &QUERIES.replace("id >=", "id < 0 AND id >="),
        ],
    );
    write(
        all,
        "h_rows",
        [PACK, SCHEMA, &DATA.replace("'@row'", "7"), QUERIES],
    );
    write(
        all,
        "i_default",
        [PACK, SCHEMA, DATA, &QUERIES.replace("min(id)", "min(nope)")],
    );
    write(
        all,
        "j_dollar",
        [
            PACK,
            SCHEMA,
            DATA,
            &QUERIES.replace("WHERE id", "WHERE $lost = 1 AND id"),
        ],
    );
    let done = run(&["check", path(all)]);
    assert_eq!(done.code, 1);
    let text = done.text();
    for (start, word) in [
        ("a_toml/pack.toml:1: ", ""),
        ("b_key/pack.toml: colour: ", "no key"),
        ("c_schema/schema.sql:2: ", "CREATE TABL"),
        (
            "d_column/data.toml: step 1 (item), columns.colour: ",
            "no column colour",
        ),
        ("e_macro/data.toml: step 1 (item), columns.id: ", "@unheard"),
        ("f_sql/queries.sql:1: query all-items: ", "idd"),
        ("g_empty/queries.sql:1: query all-items: ", "no rows"),
        ("h_rows/data.toml: ", "duplicate key"),
        ("i_default/queries.sql:1: query all-items: ", "nope"),
        ("j_dollar/queries.sql:1: query all-items", "$lost"),
    ] {
        let told = text
            .lines()
            .any(|line| line.starts_with(start) && line.contains(word));
        assert!(told, "{start}…{word} is missing in\n{text}");
    }
    assert!(done.stderr.contains("10 packs"), "{}", done.stderr);
    let json = run(&["check", "--json", path(all)]);
    assert_eq!(json.code, 1);
    let json = json.json();
    let problems = json.as_array().expect("an array");
    assert_eq!(problems.len(), text.lines().count());
    for problem in problems {
        check_fields(problem, &["pack", "file", "key", "line", "message"]);
    }
}

#[test]
fn a_built_in_pack_passes() {
    let done = run(&["check", "engagement"]).well();
    assert!(
        done.stderr.contains("1 packs, 0 problems"),
        "{}",
        done.stderr
    );
}

/// One problem is listed, and it begins so.
#[track_caller]
fn check_told(folder: &Path, start: &str) {
    let done = run(&["check", path(folder)]);
    assert_eq!(done.code, 1, "{}", done.stderr);
    let text = done.text();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with(start), "{text}");
}

#[test]
fn what_a_recipe_promises_is_proven() {
    let folder = tempfile::tempdir().expect("a folder");
    let promise = |text: &str, between: &str| {
        format!(
            "{DATA}[[expect]]\ntext = '{text}'\nsql = 'SELECT avg(id % 2) FROM item'\nbetween = {between}\n"
        )
    };
    write(
        folder.path(),
        "mine",
        [
            PACK,
            SCHEMA,
            &promise("half are odd", "[0.49, 0.51]"),
            QUERIES,
        ],
    );
    run(&["check", path(folder.path())]).well();
    write(
        folder.path(),
        "mine",
        [
            PACK,
            SCHEMA,
            &promise("most are odd", "[0.8, 1.0]"),
            QUERIES,
        ],
    );
    check_told(
        folder.path(),
        "mine/data.toml: expect 1: most are odd: 0.5, promised is 0.8 to 1 (rows 100000, seed 1)",
    );
}

#[test]
fn versions_that_overlap_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = "CREATE TABLE item (id BIGINT PRIMARY KEY, thing BIGINT, f INT, t INT);\n";
    let data = |until: &str| {
        format!(
            "now = '2026-07-01 00:00:00'\nstart = '2025-05-01 00:00:00'\nlargest = 'item'
[[step]]\ntable = 'item'\nrows = {{ per = 1 }}\ncolumns = {{ id = '@row', thing = '@row // 2', f = '10 * (@row % 2)', t = '{until}' }}
[[history]]\ntable = 'item'\nkey = ['thing']\nfrom = 'f'\nto = 't'\n"
        )
    };
    write(
        folder.path(),
        "mine",
        [PACK, schema, &data("f + 10"), QUERIES],
    );
    run(&["check", path(folder.path())]).well();
    for overlapping in ["f + 11", "f", "CASE WHEN f > 0 THEN f + 10 END"] {
        write(
            folder.path(),
            "mine",
            [PACK, schema, &data(overlapping), QUERIES],
        );
        check_told(
            folder.path(),
            "mine/data.toml: history 1: no two versions of item overlap: ",
        );
    }
}

#[test]
fn a_stored_fingerprint_tells_that_the_rows_are_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = folder.path().join("mine");
    write(folder.path(), "mine", [PACK, SCHEMA, DATA, QUERIES]);
    run(&["check", path(&mine), "--write-fingerprints"]).well();
    let stored = std::fs::read_to_string(mine.join("fingerprint.toml")).expect("a fingerprint");
    assert!(stored.contains("rows = 100000"), "{stored}");
    run(&["check", path(&mine)]).well();
    let changed = DATA.replace("'n' || @row", "'m' || @row");
    write(folder.path(), "mine", [PACK, SCHEMA, &changed, QUERIES]);
    check_told(
        &mine,
        "mine/fingerprint.toml: item: the rows add up to the checksum ",
    );
    let fewer = DATA.replace("per = 1", "per = 0.5");
    write(folder.path(), "mine", [PACK, SCHEMA, &fewer, QUERIES]);
    check_told(
        &mine,
        "mine/fingerprint.toml: item: 50000 rows, stored are 100000",
    );
    std::fs::write(mine.join("fingerprint.toml"), "rows = ").expect("written");
    check_told(&mine, "mine/fingerprint.toml:1: ");
    run(&["check", "shop", "--write-fingerprints"]).failed(2, &["shop is built in"]);
}
