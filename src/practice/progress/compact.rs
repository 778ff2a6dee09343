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
