//! The state of Practice: which page and item is open, and what is on screen.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::{Agenda, CardDesk, Designing, GuideState, Session};
use crate::catalog::Catalog;
use crate::engine::{Answer, EngineError};
use crate::practice::progress::{EarlierRecord, Item, Progress, Rating};
use crate::practice::{DrillData, Now, PracticeEvent, Verdict, Ways};

/// How long the screen may stay away before its time no longer counts: the window was hidden, or
/// another screen was open.
const AWAY: Duration = Duration::from_secs(60);

/// Minutes of a session nobody has chosen yet.
const DEFAULT_MINUTES: u32 = 20;

/// What survives a restart. What was done is kept elsewhere: in the practice file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PracticeState {
    /// `None`: nobody has chosen a page yet.
    pub page: Option<PracticePage>,
    /// The id of the open SQL drill.
    pub drill: Option<String>,
    /// The id of the open design drill.
    pub design: Option<String>,
    /// The id of the open card.
    pub card: Option<String>,
    /// The pack that was open when the drill was chosen.
    pub chosen_in: Option<String>,
    /// How long a day's session is to take.
    pub minutes: u32,
    /// The session that is going on.
    pub session: Option<Session>,
    pub guide: GuideState,
    /// What programs before the practice file kept here; taken over by it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub records: BTreeMap<String, EarlierRecord>,
}

impl Default for PracticeState {
    fn default() -> Self {
        Self {
            page: None,
            drill: None,
            design: None,
            card: None,
            chosen_in: None,
            minutes: DEFAULT_MINUTES,
            session: None,
            guide: GuideState::default(),
            records: BTreeMap::new(),
        }
    }
}

/// A page of Practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PracticePage {
    Today,
    Sql,
    Design,
    Cards,
    Guide,
}

impl PracticePage {
    pub const ALL: [Self; 5] = [
        Self::Today,
        Self::Sql,
        Self::Design,
        Self::Cards,
        Self::Guide,
    ];

    /// As it stands in the list.
    pub fn title(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Sql => "SQL drills",
            Self::Design => "Design drills",
            Self::Cards => "Cards",
            Self::Guide => "Which database?",
        }
    }
}

impl PracticeState {
    /// The open page. Whoever had a drill open before there were pages finds it again.
    pub fn page(&self) -> PracticePage {
        self.page.unwrap_or(match self.drill {
            Some(_) => PracticePage::Sql,
            None => PracticePage::Today,
        })
    }

    /// The id of the drill that is open on a page of drills.
    pub fn drill_of(&self, page: PracticePage) -> Option<&str> {
        match page {
            PracticePage::Design => self.design.as_deref(),
            _ => self.drill.as_deref(),
        }
    }

    /// The item on screen.
    pub fn open_item(&self) -> Option<Item> {
        match self.page() {
            PracticePage::Sql => self.drill.as_ref().map(Item::drill),
            PracticePage::Design => self.design.as_ref().map(Item::drill),
            PracticePage::Cards => self.card.as_ref().map(Item::card),
            PracticePage::Today | PracticePage::Guide => None,
        }
    }
}

/// What the pages read besides the catalogue.
#[derive(Clone, Copy)]
pub struct PracticeView<'a> {
    pub progress: &'a Progress,
    pub now: Now,
    /// What the thread of the drills does: `Grading`.
    pub activity: Option<&'static str>,
}

/// What Practice asks the app to do.
#[derive(Clone, Debug, PartialEq)]
pub enum PracticeAction {
    /// Run the editor's text on the data that is shown.
    Run,
    /// Hand the answer in.
    Submit,
    Cancel,
    /// Draw the design of the editor; `is_anew` arranges all tables again.
    Draw {
        is_anew: bool,
    },
    /// Lay an accepted design beside the editor's.
    CompareDesign,
    /// Measure the ways to answer the open drill.
    MeasureWays,
    /// Show the solution of the open drill; it counts as not known.
    GiveUp,
    /// Try the open drill from the start again.
    Begin,
    Page(PracticePage),
    /// Start a session of so many minutes.
    Start(u32),
    /// Go on to the next item, whatever became of this one.
    Next,
    /// Go to the item the session has come to.
    Resume,
    End,
    /// Rate an item; `replaces` the rating before, where the user thinks again.
    Rate {
        item: Item,
        rating: Rating,
        replaces: bool,
    },
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
    /// The text of the editor. Every change of it is noted before the frame ends.
    pub draft: String,
    /// How long the drill is open in this round, in seconds.
    pub seconds: u64,
    pub data: Option<Arc<DrillData>>,
    pub failed: Option<EngineError>,
    pub outcome: Outcome,
    /// The text that gave the outcome: places in errors speak of it.
    pub asked: String,
    /// Since when the drill is open, for its clock.
    pub since: Option<Instant>,
    /// Whether the rows that are asked for are shown.
    pub expected_shown: bool,
    /// The ways to answer the drill, measured.
    pub ways: Option<Result<Arc<Ways>, EngineError>>,
    /// Whether they were asked for.
    pub ways_asked: bool,
    /// Of each way, by its place, whether its plan is shown.
    pub plans_shown: std::collections::BTreeSet<usize>,
    /// The open design.
    pub designing: Designing,
    /// What the list has scrolled to.
    pub listed: String,
    /// The open card.
    pub card: CardDesk,
    /// The counter-questions of the guide whose answers are shown.
    pub counters: std::collections::BTreeSet<usize>,
    /// What to do now and how far one is.
    pub agenda: Option<Agenda>,
    /// What to say of the session that ended last.
    pub ended: Option<String>,
}

impl Practice {
    /// Turns to a drill: nothing of another one stays.
    pub fn turn_to(&mut self, drill: &str, progress: &Progress) -> bool {
        if self.drill == drill {
            return false;
        }
        let record = progress.record_or_empty(&Item::drill(drill));
        *self = Self {
            drill: drill.to_owned(),
            draft: record.draft.clone(),
            seconds: record.seconds,
            since: Some(Instant::now()),
            listed: std::mem::take(&mut self.listed),
            card: std::mem::take(&mut self.card),
            agenda: self.agenda.take(),
            counters: std::mem::take(&mut self.counters),
            ended: self.ended.take(),
            ..Self::default()
        };
        true
    }

    /// Takes the drill from the start again.
    pub fn begin_again(&mut self) {
        self.draft.clear();
        self.seconds = 0;
        self.since = Some(Instant::now());
        self.outcome = Outcome::Nothing;
        self.asked.clear();
        self.expected_shown = false;
        self.ways = None;
        self.ways_asked = false;
        self.designing = Designing {
            is_ready: self.designing.is_ready,
            ..Designing::default()
        };
    }

    pub fn drill(&self) -> &str {
        &self.drill
    }

    /// Makes the agenda where it is another than before.
    pub fn refresh(&mut self, catalog: &Catalog, view: PracticeView<'_>, minutes: u32) {
        let is_fresh = |a: &Agenda| a.is_of(view.progress, view.now, minutes);
        if !self.agenda.as_ref().is_some_and(is_fresh) {
            self.agenda = Some(Agenda::of(catalog, view.progress, view.now, minutes));
        }
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
            PracticeEvent::Measured { drill, outcome } if drill == self.drill => {
                self.ways = Some(outcome);
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

    /// Adds the seconds since the clock was last read, unless the screen was away.
    pub fn count_seconds(&mut self) {
        let Some(since) = self.since else { return };
        let elapsed = since.elapsed();
        if elapsed > AWAY {
            self.since = Some(Instant::now());
            return;
        }
        self.seconds += elapsed.as_secs();
        self.since = Some(since + Duration::from_secs(elapsed.as_secs()));
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
    fn a_grading_that_was_stopped_is_no_attempt() {
        let mut practice = Practice::default();
        practice.turn_to("a", &Progress::default());
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
        practice.turn_to("b", &Progress::default());
        practice.handle(PracticeEvent::Ran {
            drill: "a".to_owned(),
            outcome: Err(EngineError::new("late")),
        });
        assert_eq!(practice.outcome, Outcome::Nothing);
    }

    #[test]
    fn who_had_a_drill_open_before_there_were_pages_finds_it_again() {
        let earlier: PracticeState =
            serde_json::from_str(r#"{"drill":"first_order"}"#).expect("a state");
        assert_eq!(earlier.page(), PracticePage::Sql);
        assert_eq!(PracticeState::default().page(), PracticePage::Today);
    }
}
