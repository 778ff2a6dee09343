//! Cards and the guide: read, linked, and told where they are wrong.

use crowsfoot::catalog::{Area, CardKind, Catalog, Leads, Problem, See};
use tempfile::TempDir;

use super::{BOOKS_OF_AUTHORS, write_library};
use crate::support::catalog;

/// A card without anything that may be missing.
const PLAIN: &str = "[[card]]
id = 'why_an_outer_join'
kind = 'pitfall'
question = 'Why an outer join?'
source = 'Models, section 1'
answer = 'Authors without a book stay.'
[[card.look_for]]
area = 'design'
text = 'names the rows that would be gone'
";

/// The pack of the tests with these cards, and one drill.
fn with_cards(cards: &str) -> (TempDir, Catalog) {
    let folder = tempfile::tempdir().expect("a folder");
    write_library(folder.path(), &[("tried", BOOKS_OF_AUTHORS)]);
    std::fs::write(folder.path().join("library/cards.toml"), cards).expect("written");
    let catalog = Catalog::from_folder(folder.path());
    (folder, catalog)
}

/// Each problem is in the file of the cards and contains the parts between `…`.
#[track_caller]
fn check(cards: &str, expected: &[&str]) -> Catalog {
    let (_folder, catalog) = with_cards(cards);
    let told: Vec<String> = catalog.problems.iter().map(Problem::to_string).collect();
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with("library/cards.toml"), "{told}");
        for part in expected.split('…') {
            assert!(told.contains(part), "{told}\nshould say {part}");
        }
    }
    catalog
}

#[test]
fn a_card_is_read_with_all_it_says() {
    let head = PLAIN.replace(
        "answer =",
        "minutes = 4\nconcepts = ['Outer join']\nfollow_ups = ['And without one?']\nsee = ['pack:library', 'drill:tried', 'query:library/all-books', 'pack:shop', 'guide:relational']\nanswer =",
    );
    let catalog = check(&head, &[]);
    let (pack, card) = catalog.card("why_an_outer_join").expect("it is there");
    assert_eq!((&*pack.id, &*card.pack), ("library", "library"));
    assert_eq!((card.kind, card.minutes), (CardKind::Pitfall, Some(4)));
    assert_eq!(card.look_for[0].area, Area::Design);
    assert_eq!(card.follow_ups, ["And without one?"]);
    assert_eq!(card.see.len(), 5);
    assert_eq!(
        card.see[1].title(&catalog).as_deref(),
        Some("Books of authors")
    );
    assert_eq!(catalog.cards().len(), 1);
    assert!(catalog.card("unheard_of").is_none());
}

#[test]
fn a_pack_needs_no_cards() {
    let folder = tempfile::tempdir().expect("a folder");
    write_library(folder.path(), &[]);
    let catalog = Catalog::from_folder(folder.path());
    assert_eq!(catalog.problems, []);
    assert!(catalog.cards().is_empty());
}

#[test]
fn one_bad_card_does_not_take_the_others_with_it() {
    let catalog = check(
        &format!("[[card]]\nid = 'Loud!'\n{PLAIN}"),
        &["card 1, id: has small letters"],
    );
    assert_eq!(catalog.cards().len(), 1);
    let catalog = check("[[card]]\nid = = 1\n", &["cards.toml:2: "]);
    assert!(catalog.cards().is_empty());
}

#[test]
fn everything_that_is_wrong_is_told_with_its_card() {
    check(
        "[[card]]\nid = 'bare'\n",
        &[
            "card bare, kind: is missing",
            "card bare, question: is missing",
            "card bare, source: is missing",
            "card bare, answer: is missing",
            "card bare, look_for: an answer is held against one point or more",
        ],
    );
    check(
        &PLAIN.replace("kind = 'pitfall'", "kind = 'riddle'\nsongs = 1"),
        &["kind: …riddle", "songs: is no key of a card"],
    );
    check(
        &PLAIN.replace("area = 'design'", "area = 'taste'"),
        &["look_for 1: …taste", "look_for: an answer is held"],
    );
}

#[test]
fn links_that_lead_nowhere_are_told() {
    let with = |see: &str| PLAIN.replace("answer =", &format!("see = ['{see}']\nanswer ="));
    check(&with("song:a"), &["see: a link is pack:ID…not song:a"]);
    for see in [
        "pack:nowhere",
        "lab:nowhere",
        "drill:nowhere",
        "query:library/nowhere",
        "query:nowhere/all-books",
        "guide:nowhere",
    ] {
        check(&with(see), &[&format!("see: there is no {see}")]);
    }
}

#[test]
fn ids_are_taken_once_over_cards_drills_and_labs() {
    check(
        &format!("{PLAIN}{PLAIN}"),
        &["the id is taken by a card of library"],
    );
    check(
        &PLAIN.replace("why_an_outer_join", "tried"),
        &["card tried: the id is taken by a drill of library"],
    );
}

#[test]
fn every_built_in_card_and_the_guide_link_to_things_that_exist() {
    let catalog = catalog();
    assert_eq!(catalog.problems, []);
    let cards = catalog.cards();
    let of_cards = cards.iter().flat_map(|(_, card)| &card.see);
    let of_guide = catalog.guide.databases.iter().flat_map(|d| &d.see);
    for see in of_cards.chain(of_guide) {
        assert!(see.title(catalog).is_some(), "{see}");
    }
}

#[test]
fn every_answer_of_the_guide_leads_to_a_question_or_a_database() {
    let guide = &catalog().guide;
    let mut open = vec![guide.step(&guide.start).expect("the first step")];
    let mut reached = 0;
    while let Some(step) = open.pop() {
        for choice in &step.choices {
            match &choice.leads {
                Leads::Step(id) => open.push(guide.step(id).expect("a step")),
                Leads::Database(id) => {
                    guide.database(id).expect("a database");
                    reached += 1;
                }
            }
        }
    }
    assert!(reached >= guide.databases.len());
}

#[test]
fn a_link_knows_the_name_of_what_it_leads_to() {
    let title = |text: &str| See::parse(text).expect("a link").title(catalog());
    assert_eq!(title("pack:shop").as_deref(), Some("Online shop"));
    assert_eq!(title("pack:nowhere"), None);
}

#[test]
fn a_pack_alone_keeps_its_problems_and_its_labs() {
    let only = catalog().only("content_catalog").expect("a pack");
    assert_eq!(only.packs.len(), 1);
    assert!(
        only.labs()
            .iter()
            .all(|(pack, _)| pack.id == "content_catalog")
    );
    assert!(catalog().only("nowhere").is_none());
}
