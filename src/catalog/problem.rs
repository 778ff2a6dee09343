//! What is wrong with a pack, and where.

use std::fmt;

use serde::Serialize;

/// Something wrong in a pack: which, in which file, at which key or line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub pack: String,
    /// `pack.toml`, `schema.sql`, …; empty when it is the pack as a whole.
    pub file: String,
    /// `review 2, query`; empty when the file as a whole cannot be read.
    pub key: String,
    /// Counted from 1, where it is known.
    pub line: Option<usize>,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.pack)?;
        if !self.file.is_empty() {
            write!(f, "/{}", self.file)?;
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        f.write_str(": ")?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.message)
    }
}

/// Collects the problems of one file.
pub(super) struct Reporter<'a> {
    pub pack: &'a str,
    pub file: &'a str,
    pub problems: &'a mut Vec<Problem>,
}

impl Reporter<'_> {
    /// Reads one entry of a file: what is reported then is told with the entry's place before
    /// its key.
    pub fn within<T>(&mut self, place: &str, read: impl FnOnce(&mut Reporter<'_>) -> T) -> T {
        let mut problems = Vec::new();
        let value = read(&mut Reporter {
            pack: self.pack,
            file: self.file,
            problems: &mut problems,
        });
        for mut problem in problems {
            problem.key = if problem.key.is_empty() {
                place.to_owned()
            } else {
                format!("{place}, {}", problem.key)
            };
            self.problems.push(problem);
        }
        value
    }

    pub fn report(&mut self, key: impl Into<String>, message: impl Into<String>) {
        self.report_at(None, key, message);
    }

    pub fn report_at(
        &mut self,
        line: Option<usize>,
        key: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.problems.push(Problem {
            pack: self.pack.to_owned(),
            file: self.file.to_owned(),
            key: key.into(),
            line,
            message: message.into(),
        });
    }
}
