//! Names and texts as SQL writes them.

/// A name, in quotes only where the words alone would not do.
///
/// `reserved` are words in lower case, separated by spaces. A quote inside the name is doubled.
pub(super) fn quoted(name: &str, quote: char, reserved: &str) -> String {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let lower = name.to_ascii_lowercase();
    if starts_well && is_word && !reserved.split_ascii_whitespace().any(|word| word == lower) {
        return name.to_owned();
    }
    // No engine takes a NUL in a name.
    let doubled = name
        .replace('\0', "")
        .replace(quote, &format!("{quote}{quote}"));
    format!("{quote}{doubled}{quote}")
}

/// A text in single quotes, for dialects where a backslash is a plain character.
pub(super) fn text(value: &str) -> String {
    format!("'{}'", value.replace('\0', "").replace('\'', "''"))
}

/// A text in single quotes, for dialects where a backslash escapes.
pub(super) fn escaped_text(value: &str) -> String {
    text(&value.replace('\\', "\\\\"))
}

/// Letters, digits and underscores only: for names we make up and for diagram languages.
pub(super) fn cleaned(name: &str) -> String {
    let cleaned: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c
            } else {
                '_'
            }
        })
        .collect();
    match cleaned.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("_{cleaned}"),
        Some(_) => cleaned,
        None => "_".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(quoted(name, '"', "group order"), expected);
    }

    #[test]
    fn plain_names_stay_bare() {
        check("user_id", "user_id");
        check("_UserId2", "_UserId2");
    }

    #[test]
    fn reserved_and_strange_names_are_quoted() {
        check("Order", "\"Order\"");
        check("2nd", "\"2nd\"");
        check("my name", "\"my name\"");
        check("a\"b", "\"a\"\"b\"");
        check("größe", "\"größe\"");
        check("", "\"\"");
    }

    #[test]
    fn texts_double_their_quotes() {
        assert_eq!(text("it's"), "'it''s'");
        assert_eq!(escaped_text(r"a\b'c"), r"'a\\b''c'");
    }

    #[test]
    fn cleaned_names_are_one_word() {
        assert_eq!(cleaned("a.b c"), "a_b_c");
        assert_eq!(cleaned("1st"), "_1st");
        assert_eq!(cleaned(""), "_");
    }
}
