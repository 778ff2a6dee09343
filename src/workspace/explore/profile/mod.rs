//! What the values of the selected table and column look like.

mod card;
mod chart;
mod fact;
mod line;
mod words;

use std::collections::BTreeMap;

use crate::engine::{
    ColumnProfile, EngineError, Event, Profile, ProfileJob, QueryId, TableProfile,
};
use crate::workspace::{Action, DataStatus, WorkspaceContext};

pub(super) use card::ui as card_ui;
pub(super) use line::ui as line_ui;

/// A table, or one of its columns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    pack: String,
    table: String,
    column: Option<String>,
}

/// Profiles that were made, until the data they are of is made again.
#[derive(Default)]
pub struct Profiles {
    made: BTreeMap<Key, Profile>,
    failed: BTreeMap<Key, EngineError>,
    running: Option<(QueryId, Key)>,
}

/// What there is to show.
pub enum Look<'a, T> {
    Made(&'a T),
    /// Asked for, or about to be.
    Running,
    /// There is no data to look at.
    NoData,
    Failed(&'a EngineError),
}

impl Profiles {
    /// Asks for a profile of the column and then for the lines of its table, each once and one
    /// after the other: the worker keeps one wish.
    pub(super) fn want(
        &mut self,
        table: &str,
        column: Option<&str>,
        with_lines: bool,
        ctx: &WorkspaceContext<'_>,
    ) {
        if ctx.data.ready.is_none() || ctx.data.status == DataStatus::Making {
            return;
        }
        let column = column.map(|c| key(ctx, table, Some(c)));
        let lines = with_lines.then(|| key(ctx, table, None));
        let wanted: Vec<Key> = column.into_iter().chain(lines).collect();
        if let Some((_, running)) = &self.running
            && wanted.first() == Some(running)
        {
            return;
        }
        let next = wanted
            .into_iter()
            .find(|key| !self.made.contains_key(key) && !self.failed.contains_key(key));
        if let Some(key) = next
            && self
                .running
                .as_ref()
                .is_none_or(|(_, running)| *running != key)
        {
            ctx.actions.push(Action::Profile {
                table: key.table,
                column: key.column,
            });
        }
    }

    /// The job that makes a profile. It takes the place of one that is running.
    pub fn start(
        &mut self,
        id: QueryId,
        pack: &str,
        table: String,
        column: Option<String>,
    ) -> ProfileJob {
        let key = Key {
            pack: pack.to_owned(),
            table: table.clone(),
            column: column.clone(),
        };
        self.failed.remove(&key);
        self.running = Some((id, key));
        ProfileJob {
            id,
            pack: pack.to_owned(),
            table,
            column,
        }
    }

    /// Takes in what the worker says of a profile.
    pub fn handle(&mut self, event: Event) {
        let (id, outcome) = match event {
            Event::Profiled { id, profile } => (id, Ok(profile)),
            Event::ProfileFailed { id, error } => (id, Err(error)),
            _ => return,
        };
        // An older wish that was replaced meanwhile.
        let Some((_, key)) = self.running.take_if(|(running, _)| *running == id) else {
            return;
        };
        match outcome {
            Ok(profile) => {
                self.made.insert(key, profile);
            }
            Err(error) => {
                self.failed.insert(key, error);
            }
        }
    }

    /// The data of a pack is another now.
    pub fn forget(&mut self, pack: &str) {
        self.made.retain(|key, _| key.pack != pack);
        self.failed.retain(|key, _| key.pack != pack);
        self.running.take_if(|(_, key)| key.pack == pack);
    }

    /// Whether a profile is on its way.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    fn look(&self, key: &Key, ctx: &WorkspaceContext<'_>) -> Look<'_, Profile> {
        if let Some(profile) = self.made.get(key) {
            return Look::Made(profile);
        }
        if let Some(error) = self.failed.get(key) {
            return Look::Failed(error);
        }
        if ctx.data.ready.is_none() {
            return Look::NoData;
        }
        Look::Running
    }

    fn column(
        &self,
        table: &str,
        column: &str,
        ctx: &WorkspaceContext<'_>,
    ) -> Look<'_, ColumnProfile> {
        match self.look(&key(ctx, table, Some(column)), ctx) {
            Look::Made(Profile::Column(profile)) => Look::Made(profile),
            Look::Made(Profile::Table(_)) | Look::NoData => Look::NoData,
            Look::Running => Look::Running,
            Look::Failed(error) => Look::Failed(error),
        }
    }

    /// The lines of a table, once they are there.
    fn lines(&self, table: &str, ctx: &WorkspaceContext<'_>) -> Option<&TableProfile> {
        match self.look(&key(ctx, table, None), ctx) {
            Look::Made(Profile::Table(profile)) => Some(profile),
            _ => None,
        }
    }
}

fn key(ctx: &WorkspaceContext<'_>, table: &str, column: Option<&str>) -> Key {
    Key {
        pack: ctx.pack.id.clone(),
        table: table.to_owned(),
        column: column.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(id: QueryId) -> Event {
        Event::Profiled {
            id,
            profile: Profile::Table(TableProfile::default()),
        }
    }

    #[test]
    fn only_the_newest_wish_is_answered_and_new_data_forgets_the_old() {
        let mut profiles = Profiles::default();
        profiles.start(1, "shop", "orders".into(), None);
        profiles.start(2, "shop", "users".into(), None);
        profiles.handle(made(1));
        assert!(
            profiles.made.is_empty(),
            "nobody waits for the first any more"
        );
        profiles.handle(made(2));
        assert_eq!(profiles.made.len(), 1);
        assert!(!profiles.is_running());
        profiles.forget("twitter");
        assert_eq!(profiles.made.len(), 1);
        profiles.forget("shop");
        assert!(profiles.made.is_empty());
    }
}
