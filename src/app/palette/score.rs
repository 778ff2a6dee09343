//! How well a name fits what was typed.

/// Points of a whole name that is what was typed, or starts with it.
const EXACT: u32 = 1_000;
const PREFIX: u32 = 800;
/// Points of a word, by where it was found.
const WORD: u32 = 600;
const WORD_START: u32 = 500;
const INSIDE: u32 = 300;
const TYPO: u32 = 200;
const LETTERS: u32 = 120;
const DETAIL: u32 = 60;
/// Shorter words are too easily found by their letters alone.
const MIN_FUZZY_CHARS: usize = 3;
const MIN_TYPO_CHARS: usize = 4;

/// What was typed, in small letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    whole: String,
    words: Vec<String>,
}

impl Needle {
    pub fn new(text: &str) -> Self {
        let words: Vec<String> = text
            .to_lowercase()
            .split_whitespace()
            // `card: keys` names a kind, as hits are written.
            .map(|word| word.trim_end_matches(':').to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        Self {
            whole: words.join(" "),
            words,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The points of something with these names and that description, all in small letters.
    /// `None`: one of the words is nowhere.
    ///
    /// Exact names come first, then names that start with what was typed, then words, starts of
    /// words, parts of words; letters in order and words with one slip are found last.
    pub fn score<'a>(
        &self,
        names: impl Iterator<Item = &'a str>,
        description: &[&str],
    ) -> Option<u32> {
        names
            .filter_map(|name| self.score_name(name, description))
            .max()
    }

    fn score_name(&self, name: &str, description: &[&str]) -> Option<u32> {
        if name == self.whole {
            return Some(EXACT);
        }
        if name.starts_with(&self.whole) {
            return Some(PREFIX);
        }
        let mut total = 0;
        for word in &self.words {
            total += in_name(name, word).or_else(|| {
                description
                    .iter()
                    .any(|d| d.contains(word.as_str()))
                    .then_some(DETAIL)
            })?;
        }
        let count = u32::try_from(self.words.len()).unwrap_or(1).max(1);
        Some(total / count)
    }
}

fn in_name(name: &str, word: &str) -> Option<u32> {
    let mut parts = name.split(|c: char| !c.is_alphanumeric());
    let mut starts = false;
    for part in parts.by_ref() {
        if part == word {
            return Some(WORD);
        }
        starts |= part.starts_with(word);
    }
    // Also `order_items` and `orders.user_id`, which are several words to the eye.
    if starts || (word.contains(['_', '.']) && name.starts_with(word)) {
        return Some(WORD_START);
    }
    if name.contains(word) {
        return Some(INSIDE);
    }
    let chars = word.chars().count();
    let words = || name.split(|c: char| !c.is_alphanumeric());
    if chars >= MIN_TYPO_CHARS && words().any(|part| is_one_slip_away(part, word)) {
        return Some(TYPO);
    }
    (chars >= MIN_FUZZY_CHARS && has_letters(name, word)).then_some(LETTERS)
}

/// Whether the letters stand in the name in that order, the first at the start of a word, and
/// without more between them than there are of them.
fn has_letters(name: &str, letters: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let starts = (0..name.len()).filter(|&i| {
        i == 0
            || name
                .get(i - 1)
                .is_some_and(|before| !before.is_alphanumeric())
    });
    for start in starts {
        let mut at = start;
        let mut gaps = 0;
        let mut found = 0;
        for letter in letters.chars() {
            let Some(ahead) = name
                .get(at..)
                .and_then(|rest| rest.iter().position(|c| *c == letter))
            else {
                break;
            };
            if found == 0 && ahead > 0 {
                break;
            }
            gaps += ahead;
            at += ahead + 1;
            found += 1;
        }
        let wanted = letters.chars().count();
        if found == wanted && gaps <= wanted {
            return true;
        }
    }
    false
}

/// Whether one letter more, less or other, or two letters swapped, make one word the other.
fn is_one_slip_away(a: &str, b: &str) -> bool {
    strsim::osa_distance(a, b) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(name: &str, typed: &str) -> Option<u32> {
        Needle::new(typed).score(std::iter::once(name), &[])
    }

    #[test]
    fn exact_beats_prefix_beats_word_beats_part_beats_letters() {
        let order = [
            ("play", "the name itself"),
            ("playback_event", "the start of the name"),
            ("next play", "a word of it"),
            ("next playback", "the start of a word"),
            ("display", "the middle of a word"),
            ("pxlay", "a slip"),
            ("p_l_a_y", "letters in order"),
        ];
        for pair in order.windows(2) {
            let [(better, how), (worse, _)] = pair else {
                continue;
            };
            assert!(
                score(better, "play") > score(worse, "play"),
                "{how}: {better} against {worse}"
            );
        }
        assert_eq!(score("zebra", "play"), None);
    }

    #[test]
    fn every_word_must_be_found_somewhere() {
        assert!(score("resume_state.profile_id", "resume prof").is_some());
        assert_eq!(score("resume_state.profile_id", "resume zebra"), None);
        let in_description =
            Needle::new("orders shop").score(std::iter::once("orders"), &["table", "online shop"]);
        assert!(in_description.is_some());
    }

    #[test]
    fn names_with_underscores_are_found_by_letters_and_with_slips() {
        assert!(score("order_items", "ordit").is_some());
        assert!(score("payments", "paymnets").is_some(), "swapped");
        assert!(score("payments", "payment").is_some());
        assert!(score("payments", "paymentts").is_some(), "one too many");
        assert!(score("users", "xyz").is_none());
        assert_eq!(score("öäü", "ööö"), None);
    }
}
