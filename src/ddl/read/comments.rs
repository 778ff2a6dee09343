//! Comments → notes.

use super::clause::Clause;
use super::lex::Token;

/// The comments of a statement and the text they stand in.
pub(super) struct Comments<'a> {
    text: &'a str,
    comments: &'a [Token],
}

impl<'a> Comments<'a> {
    pub fn new(text: &'a str, comments: &'a [Token]) -> Self {
        Self { text, comments }
    }

    /// What the comment lines directly above the line say, down to the line itself.
    pub fn above(&self, line: usize) -> Option<String> {
        let mut said = Vec::new();
        let mut below = line;
        for comment in self.comments.iter().rev().filter(|c| c.line < line) {
            let source = self.source(comment);
            let last_line = comment.line + source.matches('\n').count();
            if last_line + 1 != below || !comment.first_on_line {
                break;
            }
            below = comment.line;
            said.push(words_of(source));
        }
        said.reverse();
        joined(said)
    }

    /// What is said behind the element, before the next one starts.
    ///
    /// Lines below count while they are indented further than the element itself: the second
    /// line of a remark, but not a column that was commented out.
    pub fn behind(&self, element: Clause<'_>, next_starts: usize) -> Option<String> {
        let first = element.tokens.first()?;
        let last_line = element.tokens.last()?.line;
        let indent = self.column(first.start);
        let mut line = last_line;
        let mut said = Vec::new();
        for comment in self.comments {
            if comment.start < first.start || comment.start >= next_starts {
                continue;
            }
            let continues = comment.first_on_line
                && comment.line == line + 1
                && self.column(comment.start) > indent
                && !said.is_empty();
            if comment.line <= last_line || continues {
                line = comment.line;
                said.push(words_of(self.source(comment)));
            }
        }
        joined(said)
    }

    fn source(&self, comment: &Token) -> &'a str {
        self.text
            .get(comment.start..comment.end)
            .unwrap_or_default()
    }

    fn column(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        at - before.rfind('\n').map_or(0, |newline| newline + 1)
    }
}

fn joined(said: Vec<String>) -> Option<String> {
    let said: Vec<String> = said.into_iter().filter(|s| !s.is_empty()).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// The words of a comment, or nothing when it is a ruler, a banner or a tool's own remark.
fn words_of(comment: &str) -> String {
    let inner = comment
        .strip_prefix("/*")
        .map_or(comment, |c| c.strip_suffix("*/").unwrap_or(c));
    let words: Vec<&str> = inner
        .lines()
        .map(|line| line.trim().trim_start_matches(['-', '#', '*']).trim())
        .map(|line| line.trim_end_matches(['-', '=', '*', '#']).trim())
        .filter(|line| line.chars().any(char::is_alphanumeric))
        .collect();
    let words = words.join(" ");
    let is_tool_noise = [
        "Table structure for",
        "Dumping data for",
        "Name: ",
        "+goose",
        "SQLINES",
    ]
    .iter()
    .any(|start| words.starts_with(start));
    if is_tool_noise { String::new() } else { words }
}
