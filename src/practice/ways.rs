//! The ways to answer a drill, measured beside each other on more rows than it is graded on.

use std::time::{Duration, Instant};

use super::ground::{Refusal, TIME_LIMIT};
use super::statement::one_select;
use crate::catalog::{Drill, Pack};
use crate::datagen::{Lists, Request};
use crate::engine::{EngineError, Interrupter, Plan, Session, Settings, within};
use crate::measure::{Comparison, Effort, Spread, interleaved};
use crate::prepare;

/// Rows of the pack's largest table: a hundred times what answers are graded on, so that a
/// difference can be seen, and made in a second or two.
pub const SCALE: u64 = 100_000;
/// The title of the candidate's own way.
pub const YOURS: &str = "Yours";
/// At least seven rounds, and more while they take no time.
const EFFORT: Effort = Effort::Adaptive {
    min: 7,
    max: 21,
    time: Duration::from_millis(1_500),
};

/// All ways, the candidate's first where there is one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ways {
    /// Rows of the pack's tables, in all.
    pub rows: u64,
    pub ways: Vec<Way>,
}

/// One way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Way {
    pub title: String,
    pub sql: String,
    pub spread: Spread,
    /// Against the first way that was measured; `None` for itself.
    pub against_first: Option<Comparison>,
    pub plan: Option<Plan>,
    /// Why there are no figures.
    pub cannot: Option<String>,
}

/// Measures the ways of a SQL drill in turn, on one thread.
///
/// `started` is given a way to stop it as soon as there is one.
pub fn measure(
    pack: &Pack,
    drill: &Drill,
    lists: &Lists,
    own: Option<&str>,
    started: &mut dyn FnMut(Interrupter),
) -> Result<Ways, EngineError> {
    let Some(sql) = drill.sql() else {
        return Err(EngineError::new(format!("{} is no SQL drill", drill.id)));
    };
    let session = Session::in_memory(&Settings {
        threads: Some(1),
        ..Settings::default()
    })?;
    started(session.interrupter());
    let rows = build(&session, pack, lists)?;
    let own = own.and_then(|text| one_select(text).ok());
    let mut ways: Vec<Way> = own
        .map(|text| (YOURS, text))
        .into_iter()
        .chain([("Reference", sql.reference.as_str())])
        .chain(
            sql.alternatives
                .iter()
                .map(|a| (a.title.as_str(), a.sql.as_str())),
        )
        .map(|(title, text)| Way {
            title: title.to_owned(),
            sql: text.to_owned(),
            ..Way::default()
        })
        .collect();
    for way in &mut ways {
        match once(&session, &way.sql) {
            Ok(_) => way.plan = session.plan(&way.sql)?,
            Err(Refusal::Failed(error)) if error.is_cancelled => return Err(error),
            Err(refusal) => way.cannot = Some(refusal.message()),
        }
    }
    let able: Vec<usize> = (0..ways.len())
        .filter(|&at| ways.get(at).is_some_and(|w| w.cannot.is_none()))
        .collect();
    let statements: Vec<String> = able
        .iter()
        .filter_map(|&at| Some(ways.get(at)?.sql.clone()))
        .collect();
    let times = interleaved(able.len(), EFFORT, &mut |thing| {
        let sql = statements.get(thing).map_or("", String::as_str);
        once(&session, sql).map_err(|refusal| match refusal {
            Refusal::Failed(error) => error,
            other => EngineError::new(other.message()),
        })
    })?;
    let base = times.first().cloned().unwrap_or_default();
    for (place, (&at, times)) in able.iter().zip(&times).enumerate() {
        if let Some(way) = ways.get_mut(at) {
            way.spread = Spread::of(times);
            way.against_first = (place > 0).then(|| Comparison::of(&base, times)).flatten();
        }
    }
    Ok(Ways { rows, ways })
}

/// Makes the pack's rows; says how many.
fn build(session: &Session, pack: &Pack, lists: &Lists) -> Result<u64, EngineError> {
    let request = Request {
        scale: SCALE,
        seed: 1,
    };
    let build = prepare::rows_alone(pack, lists, request, None)?;
    let report = session.build(&build, &mut |_| true)?;
    Ok(report.tables.iter().map(|t| t.rows).sum())
}

/// Runs a statement to its end and says how long it took.
fn once(session: &Session, sql: &str) -> Result<Duration, Refusal> {
    let interrupter = session.interrupter();
    let started = Instant::now();
    let (rows, is_late) = within(TIME_LIMIT, || interrupter.interrupt(), || session.rows(sql));
    match rows {
        Ok(_) => Ok(started.elapsed()),
        Err(error) if error.is_cancelled && is_late => Err(Refusal::TooSlow),
        Err(error) => Err(Refusal::Failed(error)),
    }
}
