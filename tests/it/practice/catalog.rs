//! What is wrong in a drill's file is told with file and key, and what is right loads.

use crowsfoot::catalog::Problem;

use super::*;

/// Problems of the drill's file start with their key and contain the parts between `…`.
#[track_caller]
fn check(text: &str, expected: &[&str]) -> Catalog {
    let (_folder, catalog) = library(&[("tried", text)]);
    let told: Vec<String> = catalog.problems.iter().map(Problem::to_string).collect();
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(
            told.starts_with("library/drills/tried/drill.toml"),
            "{told}"
        );
        for part in expected.split('…') {
            assert!(told.contains(part), "{told}\nshould say {part}");
        }
    }
    catalog
}

#[test]
fn a_drill_is_read_with_all_it_says() {
    let catalog = check(BOOKS_OF_AUTHORS, &[]);
    let (pack, drill) = catalog.drill("tried").expect("it is there");
    assert_eq!(
        (pack.id.as_str(), drill.pack.as_str()),
        ("library", "library")
    );
    assert_eq!(
        (drill.level, drill.minutes, drill.hints.len()),
        (2, Some(5), 3)
    );
    let sql = drill.sql().expect("a SQL drill");
    assert_eq!(sql.column_names(), ["id", "books"]);
    assert_eq!(sql.order_places(), [1, 0]);
    assert!(sql.order[0].descending && !sql.order[1].descending);
    assert!(sql.reference.starts_with("SELECT a.id") && sql.reference.ends_with("a.id"));
    assert_eq!((sql.alternatives.len(), sql.wrong.len()), (2, 3));
    assert_eq!(catalog.drills().len(), 1);
}

#[test]
fn drills_are_listed_by_place() {
    let ids: Vec<&str> = shared()
        .drills()
        .iter()
        .map(|(_, d)| d.id.as_str())
        .collect();
    assert_eq!(ids, ["books_of_authors", "longest", "cities"]);
    assert!(shared().drill("unheard_of").is_none());
}

#[test]
fn malformed_toml_is_told_with_its_line() {
    let catalog = check("kind = 'sql'\ntitle = = 1\n", &["drill.toml:2: "]);
    assert!(catalog.drills().is_empty());
}

#[test]
fn a_kind_nobody_knows_is_told() {
    check("title = 't'\n", &["kind: is missing"]);
    check(
        "kind = 'song'\ntitle = 't'\n",
        &["kind: is sql or design, not song"],
    );
}

#[test]
fn a_design_drill_that_names_nothing_is_told_what_it_needs() {
    let text = "kind = 'design'\ntitle = 't'\nlevel = 1\nconcepts = ['c']\ntask = 't'\nhints = ['1', '2', '3']\nexplain = 'e'\ngiven = ['g']\n";
    check(
        text,
        &[
            "entity: name what the task speaks of: write [[entity]]",
            "constraint: is missing",
            "accepted: a drill has three accepted designs or more",
            "wrong: a drill has five wrong designs or more",
        ],
    );
}

#[test]
fn what_a_design_drill_names_has_to_be_there() {
    let text = "kind = 'design'\ntitle = 't'\nlevel = 1\nconcepts = ['c']\ntask = 't'\nhints = ['1', '2', '3']\nexplain = 'e'\ngiven = ['g']
[[entity]]\nid = 'a'\ntext = 'an a'\n[entity.attributes]\nid = []\nb = { refers = 'nobody' }
[[question]]\nid = 'q'\ntext = 'q'\nneeds = ['a.c']\nsql = 'SELECT 1'
[[constraint]]\nid = 'k'\nweight = 0\ntext = 't'\nwhy = 'w'\nlook = [{ index = 'a(z)' }, { answers = 'other' }]
[[wrong]]\ntitle = 'w'\nmisses = ['x']\nsql = 's'\n";
    check(
        text,
        &[
            "entity a: there is no entity nobody",
            "question q: needs a.c, which is no entity.attribute",
            "constraint k: is worth nothing: give it a weight",
            "constraint k: a(z) is nothing the drill names",
            "constraint k: other is nothing the drill names",
            "accepted: a drill has three accepted designs or more",
            "wrong: a drill has five wrong designs or more",
            "wrong w: there is no constraint x",
            "constraint k: no wrong design misses it: nothing shows that it can be missed",
        ],
    );
}

#[test]
fn everything_missing_is_told_at_once() {
    let catalog = check(
        "kind = 'sql'\n",
        &[
            "reference: is missing",
            "title: is missing",
            "level: is 1, 2 or 3",
            "concepts: is missing",
            "tables: is missing",
            "task: is missing",
            "hints: is missing",
            "explain: is missing",
            "column: …[[column]]",
            "alternative: …two",
            "wrong: …three",
        ],
    );
    assert_eq!(catalog.drills().len(), 1, "it is there all the same");
}

#[test]
fn links_that_lead_nowhere_are_told() {
    let text = LONGEST
        .replace(
            "tables = [\"book\"]",
            "tables = [\"book\", \"shelf\"]\nrequirement = \"shelves\"",
        )
        .replace("\"pages DESC\"", "\"length DESC\"");
    check(
        &text,
        &[
            "tables: the model has no table shelf",
            "requirement: pack.toml has no requirement shelves",
            "order: length is no column of the answer",
        ],
    );
}

#[test]
fn views_are_tables_a_drill_can_be_about() {
    check(
        &LONGEST.replace("tables = [\"book\"]", "tables = [\"long_book\"]"),
        &[],
    );
}

#[test]
fn unknown_keys_and_wrong_values_are_told() {
    let text = LONGEST
        .replace("level = 1", "level = 4\ncolour = \"red\"")
        .replace("\"pages DESC\"", "\"pages DESC NULLS LAST\"")
        .replace("text = \"its pages\"", "txt = \"its pages\"")
        .replace("because = \"These are the shortest.\"", "");
    check(
        &text,
        &[
            "column 3: …txt",
            "order: …`column` or `column DESC`, not `pages DESC NULLS LAST`",
            "level: is 1, 2 or 3",
            "colour: is no key of drill.toml",
            "wrong Shortest, because: is missing",
        ],
    );
}

#[test]
fn two_hints_are_told() {
    let text = LONGEST.replace("[\"one\", \"two\", \"three\"]", "[\"one\", \"two\"]");
    check(&text, &["hints: are three steps, not 2"]);
}

#[test]
fn variants_have_ids_of_their_own() {
    let variant = |id: &str| format!("[[variant]]\nid = '{id}'\ntext = 't'\nsql = 'SELECT 1'\n");
    let text = format!(
        "{LONGEST}{}{}{}{}",
        variant("late"),
        variant("late"),
        variant("ties"),
        variant("Two words")
    );
    check(
        &text,
        &[
            "variant late: is there twice",
            "variant ties: the id means something already",
            "variant Two words: an id has small letters",
        ],
    );
}

#[test]
fn the_same_id_in_two_packs_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = tempfile::tempdir().expect("a folder");
    write_library(folder.path(), &[("longest", LONGEST)]);
    write_library(other.path(), &[("longest", LONGEST)]);
    std::fs::rename(other.path().join("library"), folder.path().join("second")).expect("moved");
    let catalog = Catalog::from_folder(folder.path());
    let told: Vec<String> = catalog.problems.iter().map(Problem::to_string).collect();
    assert_eq!(
        told,
        ["second/drills/longest/drill.toml: the id is taken by a drill of library"]
    );
}
