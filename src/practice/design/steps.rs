//! The eight steps of a data-modeling answer, and how long each may take.
//!
//! The steps and the budget of five to ten minutes for a schema are those of the essentials
//! (section 7); the shares of time are ours.

/// A step of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// As a heading.
    pub title: &'static str,
    /// What one says or draws.
    pub text: &'static str,
    /// Its share of the time, in percent; all add up to 100.
    pub share: u32,
}

/// In their order.
pub const STEPS: [Step; 8] = [
    Step {
        title: "Choose the kind of database",
        text: "Relational unless a requirement speaks against it, and say which one would.",
        share: 5,
    },
    Step {
        title: "List the core entities",
        text: "The nouns of the requirements. For each: what is one row? Say the grain aloud.",
        share: 20,
    },
    Step {
        title: "Give each a primary key",
        text: "A surrogate key, unless a value is given once, never changes and never comes back.",
        share: 10,
    },
    Step {
        title: "Map the relationships",
        text: "One to many: a reference on the many side. Many to many: a table between them.",
        share: 20,
    },
    Step {
        title: "Add constraints",
        text: "NOT NULL, UNIQUE, CHECK: the rules that must hold even when the application errs.",
        share: 15,
    },
    Step {
        title: "Index for the questions",
        text: "Each WHERE, JOIN and ORDER BY that is asked often: which key or index starts with it?",
        share: 15,
    },
    Step {
        title: "Denormalize only where it pays",
        text: "Which read is too dear, how often does the copy change, and who repairs it when it drifts?",
        share: 10,
    },
    Step {
        title: "Shard if the data is massive",
        text: "Does it fit on one machine? If not: by the key that most questions carry.",
        share: 5,
    },
];

/// The step one should be at after that many seconds of a budget; the last one when it is over.
pub fn step_at(seconds: u64, budget_secs: u64) -> usize {
    let done = seconds.saturating_mul(100) / budget_secs.max(1);
    let mut until = 0;
    STEPS
        .iter()
        .position(|step| {
            until += u64::from(step.share);
            done < until
        })
        .unwrap_or(STEPS.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_fill_the_time_in_their_order() {
        assert_eq!(STEPS.iter().map(|s| s.share).sum::<u32>(), 100);
        assert_eq!(step_at(0, 600), 0);
        assert_eq!(step_at(31, 600), 1);
        assert_eq!(step_at(599, 600), 7);
        assert_eq!(step_at(6_000, 600), 7);
        assert_eq!(step_at(10, 0), 7);
    }
}
