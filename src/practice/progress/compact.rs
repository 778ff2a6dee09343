//! Which lines of a practice file say nothing any more.

use std::collections::BTreeSet;

use super::read::Line;
use super::{Entry, Item};

/// Files smaller than this are left as they are.
const WORTH_BYTES: usize = 32 * 1024;

/// What of an item a later line takes the place of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Draft,
    Hints,
    Seconds,
    Ticked,
    FollowUps,
}

/// Tells of each line whether it is needed: not when a later one takes its place before anything
/// else was done with the item.
pub fn needed(lines: &[Line]) -> Vec<bool> {
    let mut replaced: BTreeSet<(&Item, Slot)> = BTreeSet::new();
    let mut needed: Vec<bool> = Vec::with_capacity(lines.len());
    for line in lines.iter().rev() {
        needed.push(match &line.entry {
            Entry::Draft { item, .. } => replaced.insert((item, Slot::Draft)),
            Entry::Hints { item, .. } => replaced.insert((item, Slot::Hints)),
            Entry::Seconds { item, .. } => replaced.insert((item, Slot::Seconds)),
            Entry::Ticked { item, .. } => replaced.insert((item, Slot::Ticked)),
            Entry::FollowUps { item, .. } => replaced.insert((item, Slot::FollowUps)),
            Entry::Attempt { item, .. }
            | Entry::Review { item, .. }
            | Entry::GaveUp { item, .. }
            | Entry::Begun { item, .. } => {
                replaced.retain(|(of, _)| *of != item);
                true
            }
            Entry::Session { .. } | Entry::TakenOver { .. } | Entry::Unknown => true,
        });
    }
    needed.reverse();
    needed
}

/// Whether writing the file anew is worth it: more than half of it is not needed.
pub fn is_worth_it(lines: &[Line], needed: &[bool]) -> bool {
    let bytes = |wanted: bool| -> usize {
        let lines = lines.iter().zip(needed);
        lines
            .filter(|(_, needed)| **needed == wanted)
            .map(|(line, _)| line.bytes.len())
            .sum()
    };
    let spare = bytes(false);
    spare > WORTH_BYTES && spare > bytes(true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Attempt, How, Progress, Rating, Review};
    use super::*;

    /// Something that happens with one of two items.
    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        let one = (0_u8..9, any::<bool>(), 0_u64..40).prop_map(|(what, is_card, n)| {
            let item = if is_card {
                Item::card("c")
            } else {
                Item::drill("d")
            };
            match what {
                0 | 1 => Entry::Draft {
                    item,
                    text: format!("text {n}"),
                },
                2 => Entry::Attempt {
                    item,
                    attempt: Attempt {
                        at: n,
                        hints: (n % 4) as usize,
                        seconds: n,
                        ..Attempt::default()
                    },
                },
                3 => Entry::Review {
                    item,
                    review: Review {
                        at: n,
                        rating: Rating::Good,
                        how: How::Oneself,
                    },
                    replaces: n % 3 == 0,
                },
                4 => Entry::Hints {
                    item,
                    shown: (n % 4) as usize,
                },
                5 => Entry::Seconds { item, total: n },
                6 => Entry::Begun { item, at: n },
                7 => Entry::Ticked {
                    item,
                    points: [n as usize].into(),
                },
                _ => Entry::FollowUps {
                    item,
                    done: [n as usize].into(),
                },
            }
        });
        prop::collection::vec(one, 0..60)
    }

    proptest! {
        #[test]
        fn lines_that_are_not_needed_change_nothing(entries in entries()) {
            let whole: Progress = entries.iter().collect();
            let lines: Vec<Line> = entries
                .into_iter()
                .map(|entry| Line { bytes: 0..1, entry })
                .collect();
            let needed = needed(&lines);
            let kept = lines.iter().zip(&needed).filter(|(_, needed)| **needed);
            let compact: Progress = kept.map(|(line, _)| &line.entry).collect();
            prop_assert_eq!(compact, whole);
        }
    }
}
