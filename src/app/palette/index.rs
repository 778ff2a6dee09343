//! Everything that can be found: commands, and all packs with what is in them.

use crate::app::Command;
use crate::catalog::{Catalog, GuideDatabase, Pack};
use crate::ui_kit::icons::Sign;
use crate::workspace::explore::Place;

use super::score::Needle;

/// Lines shown at once; more are reached by typing more.
const MAX_HITS: usize = 60;

/// What an entry is. Of equally good ones the earlier kind stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Model,
    Table,
    View,
    Query,
    Lab,
    Drill,
    Card,
    Database,
    Concept,
    Column,
    Requirement,
    Review,
    Command,
}

impl Kind {
    /// In words, as it stands behind a hit.
    pub fn text(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Table => "table",
            Self::View => "view",
            Self::Query => "query",
            Self::Lab => "lab",
            Self::Drill => "drill",
            Self::Card => "card",
            Self::Database => "kind of database",
            Self::Concept => "concept",
            Self::Column => "column",
            Self::Requirement => "requirement",
            Self::Review => "review question",
            Self::Command => "command",
        }
    }

    pub fn sign(self) -> Sign {
        match self {
            Self::Model => Sign::BookOpen,
            Self::Table => Sign::Table2,
            Self::View => Sign::Eye,
            Self::Query => Sign::CircleQuestionMark,
            Self::Lab => Sign::FlaskConical,
            Self::Drill => Sign::Dumbbell,
            Self::Card => Sign::Layers,
            Self::Database => Sign::Signpost,
            Self::Concept => Sign::Lightbulb,
            Self::Column => Sign::Columns2,
            Self::Requirement => Sign::ListChecks,
            Self::Review => Sign::MessageCircleQuestionMark,
            Self::Command => Sign::Keyboard,
        }
    }
}

/// Where a hit leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    Command(Command),
    /// The pack itself.
    Pack,
    Table(String),
    Column {
        table: String,
        column: String,
    },
    /// By name.
    Query(String),
    /// By id.
    Lab(String),
    /// By id.
    Drill(String),
    /// By id.
    Card(String),
    /// A database of the guide, by id.
    Database(String),
    Read(Place),
}

/// Something that can be found.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub kind: Kind,
    /// As it is shown.
    pub text: String,
    pub detail: String,
    /// Id and title; empty for commands.
    pub pack: String,
    pub pack_title: String,
    pub target: Target,
    /// What it may be called, in small letters.
    names: Vec<String>,
    /// Detail, kind and pack in small letters.
    description: [String; 3],
}

/// All entries, made once for a catalogue.
#[derive(Clone, Debug, Default)]
pub struct Index {
    entries: Vec<Entry>,
    /// Entries shown while nothing is typed: models and commands come first.
    unasked: usize,
}

impl Index {
    pub fn new(catalog: &Catalog) -> Self {
        let models = catalog.packs.iter().map(|pack| {
            let mut entry = Entry::new(Kind::Model, pack, &pack.title, &pack.summary, Target::Pack);
            entry.names.push(pack.id.to_lowercase());
            entry
        });
        let commands = Command::ALL
            .iter()
            .filter(|c| **c != Command::Palette)
            .map(|&command| Entry::command(command));
        let mut entries: Vec<Entry> = models.chain(commands).collect();
        let unasked = entries.len();
        for pack in &catalog.packs {
            schema_entries(pack, &mut entries);
            documentation_entries(pack, &mut entries);
        }
        entries.extend(catalog.guide.databases.iter().map(Entry::database));
        Self { entries, unasked }
    }

    pub fn entry(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }

    /// The entries that fit best, best first; of equally good ones those of the open pack.
    pub fn find(&self, text: &str, open_pack: &str) -> Vec<usize> {
        let needle = Needle::new(text);
        if needle.is_empty() {
            return (0..self.unasked.min(MAX_HITS)).collect();
        }
        let mut scored: Vec<(u32, usize)> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| {
                let description = entry.description.each_ref().map(String::as_str);
                let names = entry.names.iter().map(String::as_str);
                Some((needle.score(names, &description)?, index))
            })
            .collect();
        let key = |&(score, index): &(u32, usize)| {
            let entry = self.entries.get(index);
            let is_elsewhere = entry.is_none_or(|e| e.pack != open_pack && !e.pack.is_empty());
            (
                std::cmp::Reverse(score),
                is_elsewhere,
                entry.map(|e| e.kind),
                entry.map_or(0, |e| e.text.len()),
                index,
            )
        };
        scored.sort_by_cached_key(key);
        scored
            .into_iter()
            .take(MAX_HITS)
            .map(|(_, index)| index)
            .collect()
    }
}

impl Entry {
    fn new(kind: Kind, pack: &Pack, text: &str, detail: &str, target: Target) -> Self {
        // One line is shown, and what is not shown is not looked for either.
        let detail = detail.lines().next().unwrap_or_default();
        Self {
            kind,
            names: vec![text.to_lowercase()],
            description: [
                detail.to_lowercase(),
                kind.text().to_owned(),
                pack.title.to_lowercase(),
            ],
            text: text.to_owned(),
            detail: detail.to_owned(),
            pack: pack.id.clone(),
            pack_title: pack.title.clone(),
            target,
        }
    }

    fn database(database: &GuideDatabase) -> Self {
        let detail = database.products.join(", ");
        let kind = Kind::Database;
        Self {
            kind,
            names: std::iter::once(&database.title)
                .chain(&database.products)
                .map(|name| name.to_lowercase())
                .collect(),
            description: [detail.to_lowercase(), kind.text().to_owned(), String::new()],
            text: database.title.clone(),
            detail,
            pack: String::new(),
            pack_title: String::new(),
            target: Target::Database(database.id.clone()),
        }
    }

    fn command(command: Command) -> Self {
        let text = command.label();
        Self {
            kind: Kind::Command,
            names: vec![text.to_lowercase()],
            description: Default::default(),
            text: text.to_owned(),
            detail: String::new(),
            pack: String::new(),
            pack_title: String::new(),
            target: Target::Command(command),
        }
    }

    /// How it is read out: `orders, table of Online shop`.
    pub fn spoken(&self) -> String {
        match self.kind {
            Kind::Command => self.text.clone(),
            Kind::Model => format!("{}, model", self.text),
            Kind::Database => format!("{}, {}", self.text, self.kind.text()),
            kind => format!("{}, {} of {}", self.text, kind.text(), self.pack_title),
        }
    }
}

fn schema_entries(pack: &Pack, entries: &mut Vec<Entry>) {
    for table in &pack.schema.tables {
        let note = table.note.as_deref();
        let note = note.or_else(|| pack.notes_on(&table.name, None).next().map(|n| &*n.text));
        let target = Target::Table(table.name.clone());
        let detail = note.unwrap_or_default();
        entries.push(Entry::new(Kind::Table, pack, &table.name, detail, target));
        entries.extend(table.columns.iter().map(|column| {
            let text = format!("{}.{}", table.name, column.name);
            let detail = column.data_type.to_string();
            let target = Target::Column {
                table: table.name.clone(),
                column: column.name.clone(),
            };
            let mut entry = Entry::new(Kind::Column, pack, &text, &detail, target);
            // Alone first: `user_id` is what one types.
            entry.names.insert(0, column.name.to_lowercase());
            entry
        }));
    }
    entries.extend(pack.schema.views.iter().map(|view| {
        let target = Target::Table(view.name.clone());
        let detail = view.note.as_deref().unwrap_or_default();
        Entry::new(Kind::View, pack, &view.name, detail, target)
    }));
}

fn documentation_entries(pack: &Pack, entries: &mut Vec<Entry>) {
    entries.extend(pack.queries.iter().map(|query| {
        let target = Target::Query(query.name.clone());
        let mut entry = Entry::new(Kind::Query, pack, &query.title, &query.question, target);
        entry.names.push(query.name.to_lowercase());
        entry
    }));
    entries.extend(pack.labs.iter().map(|lab| {
        let target = Target::Lab(lab.id.clone());
        let mut entry = Entry::new(Kind::Lab, pack, &lab.title, &lab.question, target);
        entry.names.push(lab.id.to_lowercase());
        entry
    }));
    entries.extend(pack.drills.iter().map(|drill| {
        let target = Target::Drill(drill.id.clone());
        let detail = drill.concepts.join(", ");
        let mut entry = Entry::new(Kind::Drill, pack, &drill.title, &detail, target);
        entry.names.push(drill.id.to_lowercase());
        entry
    }));
    entries.extend(pack.cards.iter().map(|card| {
        let target = Target::Card(card.id.clone());
        let detail = card.concepts.join(", ");
        let mut entry = Entry::new(Kind::Card, pack, &card.question, &detail, target);
        entry.names.push(card.id.to_lowercase());
        entry
    }));
    entries.extend(pack.concepts.iter().map(|concept| {
        let target = Target::Read(Place::Concept(concept.name.clone()));
        Entry::new(Kind::Concept, pack, &concept.name, &concept.text, target)
    }));
    entries.extend(pack.requirements.iter().map(|requirement| {
        let target = Target::Read(Place::Requirement(requirement.id.clone()));
        let mut entry = Entry::new(Kind::Requirement, pack, &requirement.text, "", target);
        entry.names.push(requirement.id.to_lowercase());
        entry
    }));
    entries.extend(pack.reviews.iter().enumerate().map(|(index, review)| {
        let target = Target::Read(Place::Review(index));
        Entry::new(Kind::Review, pack, &review.question, "", target)
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, open: &str) -> Vec<String> {
        let index = Index::new(&Catalog::built_in());
        let spoken = index
            .find(text, open)
            .into_iter()
            .filter_map(|hit| index.entry(hit))
            .map(Entry::spoken);
        spoken.collect()
    }

    #[test]
    fn everything_of_all_models_is_found_with_its_kind_and_model() {
        for (text, open, first) in [
            ("order_items", "shop", "order_items, table of Online shop"),
            ("idempotency", "shop", "Idempotency, concept of Online shop"),
            (
                "resume_state.profile_id",
                "viewing_history",
                "resume_state.profile_id, column of Viewing history",
            ),
            (
                "orders of a customer",
                "twitter",
                "Orders of a customer, query of Online shop",
            ),
            ("shop", "twitter", "Online shop, model"),
            (
                "A customer signs in by email",
                "twitter",
                "A customer signs in by email, however it is capitalised, requirement of Online shop",
            ),
            (
                "Can two customers buy the last piece?",
                "twitter",
                "Can two customers buy the last piece?, review question of Online shop",
            ),
            ("zoom in", "twitter", "Zoom in"),
        ] {
            let found = found(text, open);
            assert_eq!(
                found.first().map(String::as_str),
                Some(first),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn of_equally_good_hits_the_open_model_comes_first() {
        let first = |open| found("users", open).into_iter().next();
        assert_eq!(
            first("shop").as_deref(),
            Some("users, table of Online shop")
        );
        assert_eq!(
            first("twitter").as_deref(),
            Some("users, table of Twitter-like app")
        );
    }

    #[test]
    fn without_words_the_models_and_commands_are_listed() {
        let found = found("", "shop");
        assert!(found.first().is_some_and(|f| f.ends_with(", model")));
        assert!(found.iter().any(|f| f == "Fit the diagram"));
    }
}
