//! Packs with faults: what is right is loaded, the rest is told with file and key or line.

use crowsfoot::catalog::{Catalog, Problem};

use super::write_pack;

pub const PACK: &str = "title = 'Test'\nsummary = 's'\nsource = 'd'\npurpose = 'p'\n";
pub const SCHEMA: &str = "CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT NOT NULL);\n";
pub const DATA: &str = "now = '2026-07-01 00:00:00'
start = '2025-05-01 00:00:00'
largest = 'item'
[[step]]
table = 'item'
rows = { per = 1 }
columns = { id = '@row', name = \"'n' || @row\" }
";
pub const QUERIES: &str = "-- name: all-items
-- title: All
-- question: Which items are there?
-- notice: All of them.
SELECT id, name FROM item ORDER BY id;
";

/// A pack in a folder of its own, one of its files replaced.
fn load(file: &str, text: &str) -> Catalog {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("pack.toml", PACK),
        ("schema.sql", SCHEMA),
        ("data.toml", DATA),
        ("queries.sql", QUERIES),
    ]
    .map(|(name, whole)| (name, if name == file { text } else { whole }));
    write_pack(&folder.path().join("test"), &files);
    Catalog::from_folder(folder.path())
}

/// `file:line: key: message` of each problem starts and ends as expected: `start … end`.
#[track_caller]
fn check(file: &str, text: &str, expected: &[&str]) -> Catalog {
    let catalog = load(file, text);
    let told: Vec<String> = catalog.problems.iter().map(Problem::to_string).collect();
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        for part in expected.split('…') {
            assert!(told.contains(part), "{told}\nshould say {part}");
        }
    }
    assert_eq!(catalog.packs.len(), 1, "the pack is there all the same");
    catalog
}

#[test]
fn a_whole_pack_has_no_problems() {
    let catalog = check("pack.toml", PACK, &[]);
    let pack = catalog.pack("test").expect("loaded");
    assert_eq!(pack.queries.len(), 1);
    assert_eq!(pack.schema.tables.len(), 1);
    assert!(pack.recipe.is_some());
}

#[test]
fn malformed_toml_is_told_with_its_line_and_the_rest_loads() {
    let catalog = check(
        "pack.toml",
        "title = 'Test'\nsummary = = 's'\n",
        &["test/pack.toml:2: "],
    );
    let pack = catalog.pack("test").expect("loaded");
    assert_eq!(pack.title, "test", "the id stands for the title");
    assert_eq!(pack.schema.tables.len(), 1);
    assert_eq!(pack.queries.len(), 1);
    let catalog = check("data.toml", "now = 1\n\n[[step]\n", &["test/data.toml:3: "]);
    assert!(catalog.pack("test").expect("loaded").recipe.is_none());
}

#[test]
fn unknown_keys_are_told_by_name() {
    check(
        "pack.toml",
        &format!("{PACK}colour = 'red'\n[[review]]\nquestion = 'q'\nanswer = 'a'\nanswr = 'x'\n"),
        &[
            "test/pack.toml: review 1: …answr",
            "test/pack.toml: colour: ",
        ],
    );
    check(
        "data.toml",
        &DATA.replace("largest", "speed = 1\nlargest"),
        &["test/data.toml: …speed"],
    );
    check(
        "data.toml",
        &DATA.replace("rows =", "row ="),
        &["test/data.toml: step 1: …row"],
    );
}

#[test]
fn one_bad_review_among_good_ones_costs_only_itself() {
    let text = format!(
        "{PACK}[[review]]\nquestion = 'one'\nanswer = 'a'\n[[review]]\nquestion = 2\nanswer = 'b'\n[[review]]\nquestion = 'three'\nanswer = 'c'\n"
    );
    let catalog = check("pack.toml", &text, &["test/pack.toml: review 2: "]);
    let reviews = &catalog.pack("test").expect("loaded").reviews;
    let questions: Vec<&str> = reviews.iter().map(|r| r.question.as_str()).collect();
    assert_eq!(questions, ["one", "three"]);
}

#[test]
fn missing_keys_and_wrong_values_are_told() {
    check(
        "pack.toml",
        "title = 'Test'\nsource = 'd'\npurpose = 7\npath = 'nowhere'\n",
        &[
            "test/pack.toml: summary: is missing",
            "test/pack.toml: path: …nowhere",
            "test/pack.toml: purpose: ",
        ],
    );
}

#[test]
fn links_that_lead_nowhere_are_told() {
    check(
        "pack.toml",
        &format!(
            "{PACK}
[[requirement]]\nid = 'r'\ntext = 'never answered'
[[review]]\nquestion = 'q'\nanswer = 'a'\nquery = 'nope'
[[note]]\ntable = 'item'\ncolumn = 'colour'\ntext = 't'
[[note]]\ntable = 'items'\ntext = 't'
[[concept]]\nname = 'c'\ntext = 't'\ntables = ['item', 'lost']
[[relation]]\nfrom = 'item(id)'\nto = 'lost(id)'
[[relation]]\nfrom = 'item'\nto = 'item(id)'
[[not_a_relation]]\nfrom = 'item(id)'\nto = 'item(name)'\n"
        ),
        &[
            "relation 1: …lost(id)",
            "relation 2: …table(column)",
            "not_a_relation 1: ",
            "requirement 1: …no query answers r",
            "review 1, query: …nope",
            "note 1: …no column colour",
            "note 2: …no table items",
            "concept 1, tables: …lost",
        ],
    );
}

#[test]
fn faults_in_queries_are_told_with_their_line_and_good_ones_stay() {
    let text = format!(
        "{QUERIES}
-- name: second
-- title: Second
-- question: ?
-- answers: unheard-of
-- param: top INTEGER
-- param: unused BIGINT = 1
-- colour: red
-- notice: n
SELECT 1;

-- name: all-items
-- title: Again
-- question: ?
-- notice: n
SELECT 2;

-- name: silent
-- title: No question
-- notice: n
SELECT 3;
"
    );
    let catalog = check(
        "queries.sql",
        &text,
        &[
            "test/queries.sql:11: param: …name TYPE = default",
            "test/queries.sql:13: colour: ",
            "query silent, question: is missing",
            "test/queries.sql:7: query second, answers: …unheard-of",
            "test/queries.sql:7: query second, param unused: …$unused",
            "test/queries.sql:17: query all-items: …taken",
        ],
    );
    let pack = catalog.pack("test").expect("loaded");
    assert!(pack.query("second").is_some() && pack.query("silent").is_some());
    let first = pack.query("all-items").expect("the first of the name");
    assert!(first.sql.contains("FROM item"));
}

#[test]
fn a_query_that_uses_a_parameter_it_does_not_declare_is_told() {
    let text = QUERIES.replace("ORDER BY", "WHERE id > $least ORDER BY");
    check("queries.sql", &text, &["test/queries.sql:1: …$least"]);
}

#[test]
fn a_table_that_cannot_be_read_is_told_with_its_line() {
    let text = format!(
        "{SCHEMA}CREATE TABLE broken (\n  id BIGINT PRIMARY\n);\nCREATE TABLE last (x INT);\n"
    );
    let catalog = check("schema.sql", &text, &["test/schema.sql:3: "]);
    assert!(
        catalog
            .pack("test")
            .expect("loaded")
            .schema
            .table("last")
            .is_some()
    );
}

#[test]
fn a_missing_file_is_told_and_the_others_load() {
    let folder = tempfile::tempdir().expect("a folder");
    write_pack(
        &folder.path().join("half"),
        &[("pack.toml", PACK), ("schema.sql", SCHEMA)],
    );
    let catalog = Catalog::from_folder(folder.path());
    let told: Vec<String> = catalog.problems.iter().map(Problem::to_string).collect();
    assert_eq!(
        told,
        [
            "half/data.toml: the file is missing",
            "half/queries.sql: the file is missing"
        ]
    );
    assert_eq!(catalog.pack("half").expect("loaded").schema.tables.len(), 1);
}

#[test]
fn folders_and_files_that_cannot_be_read_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let odd = folder.path().join("odd");
    write_pack(&odd, &[("pack.toml", PACK), ("schema.sql", SCHEMA)]);
    // A folder where a file should be, and text that is no UTF-8.
    std::fs::create_dir(odd.join("data.toml")).expect("a folder");
    std::fs::write(odd.join("queries.sql"), b"-- name: \xff\xfe\n").expect("written");
    std::fs::create_dir(folder.path().join("empty")).expect("a folder");
    let catalog = Catalog::from_folder(folder.path());
    let told: Vec<String> = catalog.problems.iter().map(Problem::to_string).collect();
    let says = |start: &str, word: &str| {
        told.iter()
            .any(|t| t.starts_with(start) && t.contains(word))
    };
    assert!(says("odd/data.toml: ", "cannot be read"), "{told:#?}");
    assert!(says("odd/queries.sql: ", "cannot be read"), "{told:#?}");
    assert!(says("empty: ", "holds no pack"), "{told:#?}");
    assert!(
        !told.iter().any(|t| t.contains("is missing")),
        "it is there: {told:#?}"
    );
    assert!(catalog.pack("odd").is_some());
    let nowhere = Catalog::from_folder(&folder.path().join("nowhere"));
    assert_eq!(nowhere.problems.len(), 1, "{:?}", nowhere.problems);
    let file = Catalog::from_folder(&odd.join("pack.toml"));
    assert!(file.problems[0].message.contains("cannot be read"));
}

#[test]
fn a_folder_s_name_must_be_an_id() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("pack.toml", PACK),
        ("schema.sql", SCHEMA),
        ("data.toml", DATA),
        ("queries.sql", QUERIES),
    ];
    write_pack(&folder.path().join("My Pack"), &files);
    let catalog = Catalog::from_folder(folder.path());
    assert_eq!(catalog.problems.len(), 1, "{:?}", catalog.problems);
    assert!(catalog.problems[0].message.contains("small letters"));
    assert_eq!(catalog.packs.len(), 1);
}

#[test]
fn a_user_s_pack_stands_beside_the_built_in_ones_and_hides_one_of_its_id() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("pack.toml", PACK),
        ("schema.sql", SCHEMA),
        ("data.toml", DATA),
        ("queries.sql", QUERIES),
    ];
    write_pack(&folder.path().join("shop"), &files);
    write_pack(&folder.path().join("mine"), &files);
    let catalog = Catalog::with_folder(folder.path());
    assert_eq!(catalog.problems, []);
    assert!(catalog.pack("mine").is_some() && catalog.pack("twitter").is_some());
    let shop = catalog.pack("shop").expect("loaded");
    assert_eq!(shop.schema.tables.len(), 1, "the user's");
    assert_eq!(catalog.packs.iter().filter(|p| p.id == "shop").count(), 1);
    let missing = Catalog::with_folder(&folder.path().join("nowhere"));
    assert_eq!(missing.problems, [], "no folder is no problem");
}
