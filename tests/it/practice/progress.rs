//! What was done survives whatever happens to the program and to its file.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crowsfoot::practice::progress::{
    Attempt, Entry, How, Item, Journal, Logbook, Progress, Rating, Review,
};

/// Names the file to the process that is killed.
const WRITES_TO: &str = "CROWSFOOT_TEST_WRITES_TO";
/// The number it begins with.
const BEGINS_AT: &str = "CROWSFOOT_TEST_BEGINS_AT";
const KILLS: usize = 30;

/// What happens as number `n`: drafts mostly, as while somebody types.
fn happening(n: u64) -> Entry {
    let item = Item::drill(format!("d{}", n % 3));
    match n % 7 {
        3 => Entry::Attempt {
            item,
            attempt: Attempt {
                at: n,
                text: format!("attempt {n}"),
                ..Attempt::default()
            },
        },
        5 => Entry::Review {
            item,
            review: Review {
                at: n,
                rating: Rating::Good,
                how: How::Graded,
            },
            replaces: false,
        },
        // Longer than a page of memory, so that a write can be cut in two.
        _ => Entry::Draft {
            item,
            text: format!("{n} {}", "SELECT ".repeat(1 + (n % 1_500) as usize)),
        },
    }
}

/// Not a test of its own: the process that writes until it is killed, and says of each thing
/// that it is written.
#[test]
fn a_process_that_writes_until_it_is_killed() {
    let Some(path) = std::env::var_os(WRITES_TO) else {
        return;
    };
    let begin = std::env::var(BEGINS_AT).expect("a number");
    let (mut logbook, _) = Logbook::open(Some(Path::new(&path)), 1);
    let mut out = std::io::stdout();
    for n in begin.parse::<u64>().expect("a number").. {
        assert_eq!(logbook.note(happening(n)), None);
        // The end of a line, so that half a number is never read as one.
        if writeln!(out, "written {n}")
            .and_then(|()| out.flush())
            .is_err()
        {
            return;
        }
    }
}

#[test]
fn a_killed_program_loses_no_draft_no_answer_and_no_review() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("practice.jsonl");
    let mut next = 0_u64;
    let mut chance = 12_345_u64;
    let mut torn = 0;
    // Numbers between two processes: they may have been written without being said, or not.
    let mut between: BTreeSet<u64> = BTreeSet::new();
    for kill in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args([
                "practice::progress::a_process_that_writes_until_it_is_killed",
                "--exact",
                "--nocapture",
            ])
            .env(WRITES_TO, &path)
            .env(BEGINS_AT, next.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a process");
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let patience = 1 + (chance >> 33) % 60;
        let lines = BufReader::new(child.stdout.take().expect("its words")).lines();
        let mut written = Vec::new();
        let mut is_killed = false;
        // All it says until it is gone counts, also what came after the signal was sent.
        for line in lines {
            let line = line.unwrap_or_default();
            let Some((_, n)) = line.split_once("written ") else {
                continue;
            };
            written.push(n.parse::<u64>().expect("a number"));
            if !is_killed && written.len() as u64 >= patience {
                child.kill().expect("it can be killed");
                is_killed = true;
            }
        }
        child.wait().expect("it is gone");
        assert!(is_killed, "it ended by itself after {written:?}");

        let (logbook, messages) = Logbook::open(Some(&path), 2);
        torn += usize::from(!messages.is_empty());
        let last = *written.last().expect("something was written");
        let said = (0..=last).filter(|n| !between.contains(n));
        check_all_there(logbook.progress(), said, kill);
        drop(logbook);
        let (_, messages) = Logbook::open(Some(&path), 3);
        assert_eq!(messages, Vec::<String>::new(), "the file is whole again");
        between.insert(last + 1);
        next = last + 2;
    }
    writeln!(
        std::io::stderr(),
        "{KILLS} kills, {torn} torn lines, {next} entries"
    )
    .expect("told");
}

/// All of these are there, and of each drill its newest draft.
#[track_caller]
fn check_all_there(progress: &Progress, said: impl Iterator<Item = u64>, kill: usize) {
    let mut drafts: BTreeMap<Item, u64> = BTreeMap::new();
    for n in said {
        match happening(n) {
            Entry::Draft { item, .. } => {
                drafts.insert(item, n);
            }
            Entry::Attempt { item, .. } => {
                let record = progress.record(&item).expect("a record");
                let there = record.attempts.iter().any(|a| a.at == n);
                assert!(there, "attempt {n} after kill {kill}");
            }
            Entry::Review { item, .. } => {
                let record = progress.record(&item).expect("a record");
                let there = record.reviews.iter().any(|r| r.at == n);
                assert!(there, "review {n} after kill {kill}");
            }
            _ => {}
        }
    }
    for (item, n) in drafts {
        let draft = &progress.record(&item).expect("a record").draft;
        let there: u64 = draft
            .split(' ')
            .next()
            .and_then(|n| n.parse().ok())
            .expect("a numbered draft");
        assert!(
            there >= n,
            "the draft of {item} is {there}, not {n}, after kill {kill}"
        );
    }
}

fn small_journal(path: &Path) -> Vec<Entry> {
    let (card, drill) = (Item::card("c"), Item::drill("d"));
    let entries = vec![
        Entry::Draft {
            item: drill.clone(),
            text: "SELECT 'Città' -- «é»\n".to_owned(),
        },
        Entry::Attempt {
            item: drill,
            attempt: Attempt {
                at: 5,
                text: "SELECT 1".to_owned(),
                ..Attempt::default()
            },
        },
        Entry::Ticked {
            item: card.clone(),
            points: [0, 2].into(),
        },
        Entry::Review {
            item: card,
            review: Review {
                at: 9,
                rating: Rating::Easy,
                how: How::Oneself,
            },
            replaces: false,
        },
        Entry::Session {
            at: 10,
            minutes: 20,
        },
    ];
    let mut opened = Journal::open(path, 1);
    opened.journal.append(&entries).expect("written");
    entries
}

#[test]
fn a_file_torn_at_any_byte_keeps_all_whole_lines_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole.jsonl");
    let entries = small_journal(&whole);
    let bytes = std::fs::read(&whole).expect("the file");
    for cut in 0..=bytes.len() {
        let there = &bytes[..cut];
        let path = folder.path().join(format!("cut-{cut}.jsonl"));
        std::fs::write(&path, there).expect("written");
        let opened = Journal::open(&path, 1);
        assert!(opened.journal.is_kept());
        // A line that lacks nothing but its end is whole.
        let feeds = there.iter().filter(|b| **b == b'\n').count();
        let lacks_only_its_end = bytes.get(cut) == Some(&b'\n');
        let lines = feeds + usize::from(lacks_only_its_end);
        let expected = &entries[..lines.saturating_sub(1)];
        assert_eq!(opened.entries, expected, "cut at {cut}");
        let is_clean = cut == 0 || there.ends_with(b"\n") || lacks_only_its_end;
        assert_eq!(
            opened.messages.is_empty(),
            is_clean,
            "cut at {cut}: {:?}",
            opened.messages
        );
        drop(opened);

        // It can be added to, and is whole at the next start.
        let mut again = Journal::open(&path, 1);
        assert!(
            again.messages.is_empty(),
            "cut at {cut}: {:?}",
            again.messages
        );
        let more = Entry::Session { at: 99, minutes: 1 };
        again.journal.append([&more]).expect("written");
        drop(again);
        let last = Journal::open(&path, 1);
        assert_eq!(last.entries.len(), expected.len() + 1, "cut at {cut}");
        assert!(last.messages.is_empty());
    }
    writeln!(std::io::stderr(), "{} places to tear at", bytes.len() + 1).expect("told");
}

#[test]
fn what_was_torn_is_kept_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("practice.jsonl");
    small_journal(&path);
    let mut bytes = std::fs::read(&path).expect("the file");
    bytes.extend(b"{\"kind\":\"draft\",\"item\":\"drill:d\",\"te");
    std::fs::write(&path, &bytes).expect("written");
    let opened = Journal::open(&path, 88);
    let aside = folder.path().join("practice.torn-88.jsonl");
    let kept = std::fs::read_to_string(&aside).expect("it is kept");
    assert_eq!(kept, "{\"kind\":\"draft\",\"item\":\"drill:d\",\"te");
    assert!(opened.messages[0].contains("practice.torn-88.jsonl"));
}

#[test]
fn a_file_of_a_newer_version_is_left_alone_byte_for_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("practice.jsonl");
    let bytes = b"{\"crowsfoot\":\"practice\",\"version\":2}\n{\"song\":1}\nhalf a li";
    std::fs::write(&path, bytes).expect("written");
    let (mut logbook, messages) = Logbook::open(Some(&path), 1);
    assert_eq!(messages.len(), 1);
    assert!(messages[0].contains("newer version"), "{messages:?}");
    // Practising goes on.
    let problem = logbook.note(happening(3));
    assert_eq!(problem, None);
    assert_eq!(logbook.progress().records().count(), 1);
    drop(logbook);
    assert_eq!(std::fs::read(&path).expect("the file"), bytes);
    let files = std::fs::read_dir(folder.path())
        .expect("the folder")
        .count();
    assert_eq!(files, 2, "the file and its lock");
}
