use super::super::{Attempt, How, Item, Progress, Rating, Review};
use super::*;

fn draft(text: &str) -> Entry {
    Entry::Draft {
        item: Item::drill("a"),
        text: text.to_owned(),
    }
}

fn review(item: Item, at: u64) -> Entry {
    Entry::Review {
        item,
        review: Review {
            at,
            rating: Rating::Good,
            how: How::Oneself,
        },
        replaces: false,
    }
}

fn attempt(at: u64, text: &str) -> Entry {
    Entry::Attempt {
        item: Item::drill("a"),
        attempt: Attempt {
            at,
            text: text.to_owned(),
            ..Attempt::default()
        },
    }
}

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("practice.jsonl")
    }

    fn open(&self) -> Opened {
        Journal::open(&self.path(), 77)
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.path()).expect("the file")
    }

    /// Names of files that were kept aside.
    fn aside(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.folder.path()).expect("the folder");
        let names = files.map(|f| f.expect("a file").file_name());
        let names = names.map(|name| name.to_string_lossy().into_owned());
        let mut aside: Vec<String> = names.filter(|n| n.contains("77")).collect();
        aside.sort();
        aside
    }
}

#[test]
fn what_is_added_is_there_at_the_next_start() {
    let place = Place::new();
    let entries = [
        draft("SELECT 1"),
        attempt(5, "SELECT 1"),
        review(Item::card("c"), 9),
    ];
    let mut opened = place.open();
    for entry in &entries {
        opened.journal.append([entry]).expect("written");
    }
    drop(opened);
    let again = place.open();
    assert_eq!(again.entries, entries);
    assert!(again.messages.is_empty() && place.aside().is_empty());
}

#[test]
fn things_of_a_later_program_stay_in_the_file() {
    let place = Place::new();
    place.open();
    let mut bytes = place.bytes();
    bytes.extend(b"{\"kind\":\"song\",\"tune\":\"a b c\"}\n");
    std::fs::write(place.path(), &bytes).expect("written");
    let opened = place.open();
    assert_eq!(opened.entries, [Entry::Unknown]);
    assert!(opened.messages.is_empty());
    assert_eq!(place.bytes(), bytes);
}

#[test]
fn a_broken_line_is_skipped_told_and_kept_aside() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append([&draft("one")]).expect("written");
    drop(opened);
    let mut bytes = place.bytes();
    bytes.extend(b"{\"kind\":\"draft\",\"item\":7}\n\xFF\xFE\n");
    let last = serde_json::to_vec(&draft("two")).expect("a line");
    bytes.extend(&last);
    bytes.push(b'\n');
    std::fs::write(place.path(), &bytes).expect("written");

    let opened = place.open();
    assert_eq!(opened.entries, [draft("one"), draft("two")]);
    assert!(
        opened.messages[0].contains("2 lines"),
        "{:?}",
        opened.messages
    );
    assert_eq!(place.aside(), ["practice.broken-77.jsonl"]);
    drop(opened);
    // The older draft of the same drill was written over, and went with the mending.
    let again = place.open();
    assert_eq!(again.entries, [draft("two")]);
    assert!(again.messages.is_empty(), "told once");
}

#[test]
fn a_file_that_is_something_else_is_kept_aside() {
    let place = Place::new();
    std::fs::write(place.path(), "shopping\nmilk\n").expect("written");
    let mut opened = place.open();
    assert!(opened.entries.is_empty() && opened.messages.len() == 1);
    opened.journal.append([&draft("one")]).expect("written");
    drop(opened);
    assert_eq!(place.open().entries, [draft("one")]);
    let aside = place.folder.path().join("practice.broken-77.jsonl");
    assert_eq!(std::fs::read(aside).expect("kept"), b"shopping\nmilk\n");
}

#[test]
fn drafts_that_were_written_over_go_and_nothing_else() {
    let place = Place::new();
    let mut opened = place.open();
    let long = "SELECT * FROM somewhere ".repeat(20);
    for round in 0..3 {
        for n in 0..60 {
            let text = format!("{long}{round} {n}");
            opened.journal.append([&draft(&text)]).expect("written");
        }
        let at = round * 10;
        opened.journal.append([&attempt(at, "x")]).expect("written");
        opened
            .journal
            .append([&review(Item::drill("a"), at)])
            .expect("written");
    }
    drop(opened);
    let before = place.bytes().len();
    let opened = place.open();
    let whole: Progress = opened.entries.iter().collect();
    drop(opened);
    assert!(place.bytes().len() < before / 10);
    let again = place.open();
    assert_eq!(
        again.entries.len(),
        9,
        "a draft, an attempt and a review of each round"
    );
    let compact: Progress = again.entries.iter().collect();
    assert_eq!(compact.drill("a"), whole.drill("a"));
}

#[test]
fn a_second_window_writes_to_the_same_file_and_neither_loses_a_line() {
    let place = Place::new();
    let mut first = place.open();
    let long = "SELECT * FROM somewhere ".repeat(200);
    for n in 0..40 {
        let text = format!("{long} {n}");
        first.journal.append([&draft(&text)]).expect("written");
    }
    // Most of the file could go, but the first window still adds to it.
    let mut second = place.open();
    for n in 0..5 {
        first
            .journal
            .append([&attempt(n, "first")])
            .expect("written");
        second
            .journal
            .append([&attempt(n, "second")])
            .expect("written");
    }
    drop((first, second));
    let all = place.open();
    let progress: Progress = all.entries.iter().collect();
    let attempts = &progress.drill("a").expect("a record").attempts;
    for name in ["first", "second"] {
        assert_eq!(attempts.iter().filter(|a| a.text == name).count(), 5);
    }
    assert!(all.messages.is_empty());
}

#[test]
fn a_place_that_cannot_be_written_is_told_and_practising_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "x").expect("written");
    // A folder of that name cannot be: it is a file.
    let opened = Journal::open(&file.join("practice.jsonl"), 1);
    assert!(!opened.journal.is_kept());
    assert_eq!(opened.messages.len(), 1);
    // A file of that name cannot be: it is a folder.
    let taken = folder.path().join("practice.jsonl");
    std::fs::create_dir(&taken).expect("made");
    let mut opened = Journal::open(&taken, 1);
    assert!(!opened.journal.is_kept());
    assert_eq!(opened.messages.len(), 1, "{:?}", opened.messages);
    opened.journal.append([&draft("x")]).expect("nothing to do");
}

#[test]
fn a_line_of_half_is_ended_before_the_next_is_written() {
    let place = Place::new();
    let mut opened = place.open();
    opened.journal.append([&draft("one")]).expect("written");
    // As after a full disk: half a line is there, and its whole waits.
    let file = OpenOptions::new().append(true).open(place.path());
    file.expect("open")
        .write_all(b"{\"kind\":\"dr")
        .expect("written");
    opened.journal.is_mid_line = true;
    opened.journal.append([&draft("two")]).expect("written");
    opened.journal.append([&draft("three")]).expect("written");
    drop(opened);
    let again = place.open();
    assert_eq!(again.entries, [draft("one"), draft("two"), draft("three")]);
}
