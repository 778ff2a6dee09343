//! Where in the documentation one is, and where one wants to go.

use std::collections::BTreeSet;

use super::Section;

/// A place in the documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Section(Section),
    /// By id.
    Requirement(String),
    /// By name.
    Concept(String),
    /// By position.
    Review(usize),
}

impl Place {
    /// The section it is in.
    pub fn section(&self) -> Section {
        match self {
            Self::Section(section) => *section,
            Self::Requirement(_) => Section::Requirements,
            Self::Concept(_) => Section::Concepts,
            Self::Review(_) => Section::Reviews,
        }
    }
}

/// Frames a place is scrolled to: the first may still find texts of unknown height.
const ARRIVING_FRAMES: u8 = 3;

/// What the reader does.
#[derive(Default)]
pub struct Reading {
    /// The pack of the wanted place; empty for the one on screen.
    pack: String,
    wanted: Option<(Place, u8)>,
    marked: Option<Place>,
    /// The section being read.
    pub(super) current: Section,
    /// A section was chosen by name, and nobody has scrolled since.
    is_held: bool,
    /// Review questions whose answer is shown.
    pub(super) open_reviews: BTreeSet<usize>,
}

impl Reading {
    /// The same reader in another pack: only a place wanted there is kept.
    pub(in super::super) fn in_pack(self, pack: &str) -> Self {
        let is_wanted = self.wanted.is_some() && self.pack == pack;
        Self {
            wanted: self.wanted.filter(|_| is_wanted),
            marked: self.marked.filter(|_| is_wanted),
            open_reviews: if is_wanted {
                self.open_reviews
            } else {
                BTreeSet::new()
            },
            current: if is_wanted {
                self.current
            } else {
                Section::default()
            },
            is_held: is_wanted,
            ..Self::default()
        }
    }

    /// Goes to a place of a pack, as soon as it is on screen.
    pub(in super::super) fn go_in(&mut self, pack: &str, place: Place) {
        if self.pack != pack {
            self.open_reviews.clear();
        }
        pack.clone_into(&mut self.pack);
        self.go(place);
    }

    /// Goes to a place of the pack on screen.
    pub fn go(&mut self, place: Place) {
        self.current = place.section();
        self.marked = match &place {
            Place::Section(_) => None,
            other => Some(other.clone()),
        };
        if let Place::Review(index) = place {
            self.open_reviews.insert(index);
        }
        self.wanted = Some((place, ARRIVING_FRAMES));
        self.is_held = true;
    }

    /// Whether this place is wanted and must be scrolled to now.
    pub(super) fn arrive(&mut self, place: &Place) -> bool {
        let Some((wanted, frames)) = &mut self.wanted else {
            return false;
        };
        if wanted != place {
            return false;
        }
        *frames -= 1;
        if *frames == 0 {
            self.wanted = None;
        }
        true
    }

    pub(super) fn is_marked(&self, place: &Place) -> bool {
        self.marked.as_ref() == Some(place)
    }

    /// The section at the top edge is being read, unless one was chosen by name since the last
    /// scrolling: a short one at the end never reaches the top edge.
    pub(super) fn follow(&mut self, at_top: Section, is_scrolling: bool) {
        if is_scrolling && self.wanted.is_none() {
            self.is_held = false;
        }
        if !self.is_held {
            self.current = at_top;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_another_model_waits_for_it() {
        let mut reading = Reading::default();
        reading.go_in("shop", Place::Review(2));
        let mut reading = reading.in_pack("shop");
        assert!(reading.arrive(&Place::Review(2)));
        assert!(!reading.arrive(&Place::Review(1)));
        assert!(reading.open_reviews.contains(&2), "its answer is shown");
        let mut elsewhere = reading.in_pack("twitter");
        assert!(!elsewhere.arrive(&Place::Review(2)));
    }

    #[test]
    fn a_chosen_section_stays_named_until_the_page_is_scrolled() {
        let mut reading = Reading::default();
        reading.go(Place::Section(Section::Notes));
        while reading.arrive(&Place::Section(Section::Notes)) {}
        reading.follow(Section::Reviews, false);
        assert_eq!(reading.current, Section::Notes);
        reading.follow(Section::Reviews, true);
        assert_eq!(reading.current, Section::Reviews);
    }
}
