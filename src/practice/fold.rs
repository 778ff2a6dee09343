//! Texts without what people overlook: capitals, accents, spaces.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in small letters, without accents, with single spaces.
pub fn folded(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_accents_and_spaces_make_no_difference() {
        assert_eq!(folded("  Café\u{a0}CRÈME "), "cafe creme");
        assert_eq!(folded("naïve"), folded("NAI\u{308}VE"));
        assert_ne!(folded("resume"), folded("resumes"));
    }
}
