//! Design drills: a task somebody answers with a schema, and what it is graded by.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::statement;

/// A task answered by a design.
///
/// What a design has to hold is said of *entities* and their *attributes*, whatever tables and
/// columns a design calls them; see `DRILLS.md`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DesignDrill {
    /// What the interviewer says when asked: volumes, rates, consistency.
    pub given: Vec<String>,
    pub entities: Vec<Entity>,
    pub constraints: Vec<Constraint>,
    pub questions: Vec<BusinessQuestion>,
    /// Right designs; the first is the reference.
    pub accepted: Vec<AcceptedDesign>,
    /// Typical wrong designs.
    pub wrong: Vec<WrongDesign>,
    pub follow_ups: Vec<FollowUp>,
}

impl DesignDrill {
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.entities.iter().find(|e| e.id == id)
    }

    pub fn question(&self, id: &str) -> Option<&BusinessQuestion> {
        self.questions.iter().find(|q| q.id == id)
    }

    /// Constraints of the task, and of one of its follow-ups.
    pub fn constraints_with<'a>(
        &'a self,
        follow_up: Option<&'a FollowUp>,
    ) -> impl Iterator<Item = &'a Constraint> {
        let own = follow_up.into_iter().flat_map(|f| &f.constraints);
        self.constraints.iter().chain(own)
    }
}

/// Something the task speaks of, and how its rows are told from the pack's tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    pub id: String,
    /// What one of it is: the grain.
    pub text: String,
    /// Names of tables it goes by, besides its id and common synonyms.
    #[serde(default)]
    pub names: Vec<String>,
    /// Entities it connects: a junction is known by what it refers to.
    #[serde(default)]
    pub between: Vec<String>,
    /// A SELECT over the pack's tables with one column for each attribute; `None`: the reference
    /// data says nothing of it, and a table for it stays empty.
    #[serde(default)]
    pub rows: Option<String>,
    pub attributes: BTreeMap<String, Attribute>,
}

/// A fact about an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "RawAttribute")]
pub struct Attribute {
    /// Names of columns it goes by, besides its id and common synonyms.
    pub names: Vec<String>,
    /// The entity it refers to.
    pub refers: Option<String>,
}

/// `["name", …]`, or a table that also says what is referred to.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawAttribute {
    Names(Vec<String>),
    Whole {
        #[serde(default)]
        names: Vec<String>,
        #[serde(default)]
        refers: Option<String>,
    },
}

impl From<RawAttribute> for Attribute {
    fn from(raw: RawAttribute) -> Self {
        match raw {
            RawAttribute::Names(names) => Self {
                names,
                refers: None,
            },
            RawAttribute::Whole { names, refers } => Self { names, refers },
        }
    }
}

/// Something a design has to hold, and what it is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constraint {
    pub id: String,
    /// Its share of the points; shares are made to add up to 100.
    pub weight: u32,
    /// The design fails without it, whatever the rest is worth.
    #[serde(default)]
    pub must: bool,
    /// What is looked for, as an interviewer would say it.
    pub text: String,
    /// Why it matters.
    pub why: String,
    /// One of these has to hold.
    pub look: Vec<Probe>,
}

/// A thing to look for in a design. `entity.attribute`, `entity(attribute, …)` and
/// `entity -> entity` are written as text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Probe {
    /// All of them hold.
    All(Vec<Probe>),
    /// One of them holds.
    Any(Vec<Probe>),
    /// It does not hold.
    Not(Box<Probe>),
    /// A table stands for the entity.
    Table(String),
    /// The entity's own table has the attribute.
    Column(String),
    /// The attribute can be read from the entity's table or along its references.
    Known(String),
    /// The table has a primary key; with attributes, exactly these are a primary or unique key.
    Key(String),
    /// These are unique, at least among the rows of a unique index with a WHERE.
    UniqueAmong(String),
    /// The primary key is one column that says nothing about the entity.
    Surrogate(String),
    /// The table refers to the other directly, declared or by its names.
    Refers(String),
    /// The same, declared with REFERENCES.
    Declared(String),
    /// The other is reached over at most three references.
    Reaches(String),
    /// A table between two entities refers to both: `a <-> b`.
    Junction(String),
    /// The same, and no pair can stand there twice.
    JunctionOnce(String),
    /// A key or an index starts with these attributes, in this order.
    Index(String),
    /// The table is partitioned, clustered, bucketed or sharded by the attribute.
    Partition(String),
    /// The column holds exact numbers.
    Exact(String),
    /// The column holds a moment, not only a day.
    Moment(String),
    /// The column is NOT NULL.
    Required(String),
    /// A CHECK or an enum guards the column.
    Checked(String),
    /// No other table repeats the attribute.
    OnlyAt(String),
    /// Earlier states of the entity are kept.
    History(String),
    /// No column holds several values (a list, numbered columns, JSON): of the entity's table, or
    /// of any with `*`.
    Single(String),
    /// Every table hangs together with another: `*`.
    Connected(String),
    /// A business question is answered from the filled design.
    Answers(String),
}

/// What the model was asked for, as SQL over entities and attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BusinessQuestion {
    pub id: String,
    pub text: String,
    /// The attributes it needs, as `entity.attribute`.
    pub needs: Vec<String>,
    /// A SELECT over the entities as tables.
    pub sql: String,
}

/// A design that is right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptedDesign {
    pub title: String,
    /// When one would choose it.
    pub note: String,
    pub sql: String,
}

/// A design people hand in, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrongDesign {
    pub title: String,
    /// The constraints it misses: exactly these.
    pub misses: Vec<String>,
    pub sql: String,
}

/// A change of the requirements once the design stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    pub id: String,
    pub title: String,
    /// What the interviewer says.
    pub text: String,
    pub hint: String,
    #[serde(rename = "constraint")]
    pub constraints: Vec<Constraint>,
    /// Statements after the reference that answer it; one or more ways.
    pub accepted: Vec<String>,
    /// Shown once it is answered or given up.
    pub explain: String,
}

impl DesignDrill {
    /// Statements without what only the file needs.
    pub(super) fn trimmed(mut self) -> Self {
        for design in &mut self.accepted {
            design.sql = design.sql.trim().to_owned();
        }
        for design in &mut self.wrong {
            design.sql = design.sql.trim().to_owned();
        }
        for question in &mut self.questions {
            question.sql = statement(&question.sql);
        }
        for entity in &mut self.entities {
            entity.rows = entity.rows.as_deref().map(statement);
        }
        self
    }
}

impl Probe {
    /// Calls `visit` for this probe and all inside it.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::All(inner) | Self::Any(inner) => inner.iter().for_each(|p| p.walk(visit)),
            Self::Not(inner) => inner.walk(visit),
            _ => {}
        }
    }

    /// What it speaks of, for probes that are no combination.
    pub fn subject(&self) -> Option<&str> {
        match self {
            Self::All(_) | Self::Any(_) | Self::Not(_) => None,
            Self::Table(s)
            | Self::Column(s)
            | Self::Known(s)
            | Self::Key(s)
            | Self::UniqueAmong(s)
            | Self::Surrogate(s)
            | Self::Refers(s)
            | Self::Declared(s)
            | Self::Reaches(s)
            | Self::Junction(s)
            | Self::JunctionOnce(s)
            | Self::Index(s)
            | Self::Partition(s)
            | Self::Exact(s)
            | Self::Moment(s)
            | Self::Required(s)
            | Self::Checked(s)
            | Self::OnlyAt(s)
            | Self::History(s)
            | Self::Single(s)
            | Self::Connected(s)
            | Self::Answers(s) => Some(s),
        }
    }
}

/// What a probe's text speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// `*`
    Everything,
    /// `entity` or `entity(attribute, …)` or `entity.attribute`.
    Entity {
        entity: String,
        attributes: Vec<String>,
    },
    /// `entity -> entity` or `entity <-> entity`.
    Pair(String, String),
}

/// Reads a probe's text; `None` when it is none of the forms.
pub fn subject(text: &str) -> Option<Subject> {
    let text = text.trim();
    let name = |s: &str| {
        let s = s.trim();
        let fits = !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        fits.then(|| s.to_owned())
    };
    if text == "*" {
        return Some(Subject::Everything);
    }
    for arrow in ["<->", "->"] {
        if let Some((a, b)) = text.split_once(arrow) {
            return Some(Subject::Pair(name(a)?, name(b)?));
        }
    }
    if let Some((entity, rest)) = text.split_once('(') {
        let inside = rest.trim_end().strip_suffix(')')?;
        let attributes: Option<Vec<String>> = inside.split(',').map(name).collect();
        return Some(Subject::Entity {
            entity: name(entity)?,
            attributes: attributes?,
        });
    }
    if let Some((entity, attribute)) = text.split_once('.') {
        return Some(Subject::Entity {
            entity: name(entity)?,
            attributes: vec![name(attribute)?],
        });
    }
    Some(Subject::Entity {
        entity: name(text)?,
        attributes: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<Subject>) {
        assert_eq!(subject(text), expected, "{text}");
    }

    fn entity(entity: &str, attributes: &[&str]) -> Option<Subject> {
        Some(Subject::Entity {
            entity: entity.to_owned(),
            attributes: attributes.iter().map(|a| (*a).to_owned()).collect(),
        })
    }

    #[test]
    fn a_subject_is_an_entity_an_attribute_a_list_of_them_or_a_pair() {
        check("order_line", entity("order_line", &[]));
        check("order_line.price", entity("order_line", &["price"]));
        check("tweet(author, time)", entity("tweet", &["author", "time"]));
        check(
            "a -> b",
            Some(Subject::Pair("a".to_owned(), "b".to_owned())),
        );
        check("a<->b", Some(Subject::Pair("a".to_owned(), "b".to_owned())));
        check("*", Some(Subject::Everything));
    }

    #[test]
    fn anything_else_is_no_subject() {
        for text in ["", "a b", "a(b", "a(,)", "a ->", ".x"] {
            check(text, None);
        }
    }
}
