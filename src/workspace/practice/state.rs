//! The state of Practice: answers, attempts and hints that are kept, and what is on screen.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::engine::{Answer, EngineError};
use crate::practice::{DrillData, PracticeEvent, Verdict};

/// What survives a restart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PracticeState {
    /// The id of the open drill.
    pub drill: Option<String>,
    /// The pack that was open when the drill was chosen.
    pub chosen_in: Option<String>,
    /// What was done with each drill.
    pub records: BTreeMap<String, DrillRecord>,
}

/// What was done with one drill.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DrillRecord {
    /// The answer as it stands in the editor.
    pub draft: String,
    /// Hints that were asked for, of three.
    pub hints: usize,
    /// Seconds the drill was open, until it was passed first.
    pub seconds: u64,
    /// Every answer that was handed in, oldest first.
    pub attempts: Vec<Attempt>,
    /// Whether the reference was looked at before the drill was passed.
    pub gave_up: bool,
}

/// An answer that was handed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attempt {
    /// Seconds since 1970, UTC.
    pub at_secs: u64,
    pub passed: bool,
    pub sql: String,
}

impl DrillRecord {
    pub fn has_passed(&self) -> bool {
        self.attempts.iter().any(|a| a.passed)
    }

    /// Whether the reference and other solutions may be shown.
    pub fn is_open(&self) -> bool {
        self.has_passed() || self.gave_up
    }
}

impl PracticeState {
    pub fn record(&self, drill: &str) -> Option<&DrillRecord> {
        self.records.get(drill)
    }

    pub fn record_mut(&mut self, drill: &str) -> &mut DrillRecord {
        self.records.entry(drill.to_owned()).or_default()
    }

    /// Notes an answer that was graded.
    pub fn graded(&mut self, drill: &str, sql: &str, verdict: &Verdict) {
        let at_secs = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |d| d.as_secs());
        self.record_mut(drill).attempts.push(Attempt {
            at_secs,
            passed: verdict.passed,
            sql: sql.to_owned(),
        });
    }
}

/// What Practice asks the app to do.
#[derive(Clone, Debug, PartialEq)]
pub enum PracticeAction {
    /// Run the editor's text on the data that is shown.
    Run,
    /// Hand the answer in.
    Submit,
    Cancel,
}

/// What stands below the editor.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Outcome {
    #[default]
    Nothing,
    Rows(Answer, Duration),
    Failed(EngineError),
    Graded(Box<Verdict>),
}

/// What lives only while the window is open.
#[derive(Default)]
pub struct Practice {
    drill: String,
    pub data: Option<Arc<DrillData>>,
    pub failed: Option<EngineError>,
    pub outcome: Outcome,
    /// The text that gave the outcome: places in errors speak of it.
    pub asked: String,
    /// Since when the drill is open, for its clock.
    pub since: Option<Instant>,
    /// Whether the rows that are asked for are shown.
    pub expected_shown: bool,
    /// The drill the list has scrolled to.
    pub listed: String,
}

impl Practice {
    /// Turns to a drill: nothing of another one stays.
    pub fn turn_to(&mut self, drill: &str) -> bool {
        if self.drill == drill {
            return false;
        }
        *self = Self {
            drill: drill.to_owned(),
            since: Some(Instant::now()),
            listed: std::mem::take(&mut self.listed),
            ..Self::default()
        };
        true
    }

    pub fn drill(&self) -> &str {
        &self.drill
    }

    /// Takes in what the worker says. Returns a verdict that is to be noted, with its answer.
    pub fn handle(&mut self, event: PracticeEvent) -> Option<(String, String, Box<Verdict>)> {
        match event {
            PracticeEvent::Ready { drill, shown } if drill == self.drill => {
                self.data = Some(shown);
            }
            PracticeEvent::Failed { drill, error } if drill == self.drill => {
                self.failed = Some(error);
            }
            PracticeEvent::Ran { drill, outcome } if drill == self.drill => {
                self.outcome = match outcome {
                    Ok((answer, elapsed)) => Outcome::Rows(answer, elapsed),
                    Err(error) => Outcome::Failed(error),
                };
            }
            PracticeEvent::Graded {
                drill,
                sql,
                verdict,
            } => {
                if drill == self.drill {
                    self.outcome = Outcome::Graded(verdict.clone());
                }
                // A verdict that was stopped is none.
                return (!verdict.was_stopped).then_some((drill, sql, verdict));
            }
            _ => {}
        }
        None
    }

    /// Seconds since the clock was last read.
    pub fn take_seconds(&mut self) -> u64 {
        let Some(since) = self.since else { return 0 };
        let seconds = since.elapsed().as_secs();
        self.since = Some(since + Duration::from_secs(seconds));
        seconds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(passed: bool, was_stopped: bool) -> Box<Verdict> {
        Box::new(Verdict {
            passed,
            was_stopped,
            ..Verdict::default()
        })
    }

    #[test]
    fn every_answer_that_was_graded_is_kept() {
        let mut state = PracticeState::default();
        state.graded("a", "SELECT 1", &verdict(false, false));
        state.graded("a", "SELECT 2", &verdict(true, false));
        let record = state.record("a").expect("a record");
        assert_eq!(record.attempts.len(), 2);
        assert!(record.has_passed() && record.is_open());
        assert_eq!(record.attempts[0].sql, "SELECT 1");
    }

    #[test]
    fn a_grading_that_was_stopped_is_no_attempt() {
        let mut practice = Practice::default();
        practice.turn_to("a");
        let event = |was_stopped| PracticeEvent::Graded {
            drill: "a".to_owned(),
            sql: "SELECT 1".to_owned(),
            verdict: verdict(false, was_stopped),
        };
        assert!(practice.handle(event(true)).is_none());
        assert!(practice.handle(event(false)).is_some());
    }

    #[test]
    fn answers_about_another_drill_do_not_come_on_screen() {
        let mut practice = Practice::default();
        practice.turn_to("b");
        practice.handle(PracticeEvent::Ran {
            drill: "a".to_owned(),
            outcome: Err(EngineError::new("late")),
        });
        assert_eq!(practice.outcome, Outcome::Nothing);
    }
}
