//! Looks for one thing in a design and says where it was found, or what is missing.

use super::matching::{How, Mapping};
use super::names::Likeness;
use super::proof::QuestionOutcome;
use super::{keys, paths, shape};
use crate::catalog::{DesignDrill, Probe, Subject, subject};
use crate::model::{Column, Table, TypeKind};

/// Whether something was found, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub holds: bool,
    /// A phrase: where it was found, or what is missing.
    pub place: String,
}

impl Evidence {
    pub fn found(place: impl Into<String>) -> Self {
        Self {
            holds: true,
            place: place.into(),
        }
    }

    pub fn missing(place: impl Into<String>) -> Self {
        Self {
            holds: false,
            place: place.into(),
        }
    }
}

/// What is looked at.
pub struct View<'a> {
    pub drill: &'a DesignDrill,
    pub mapping: &'a Mapping,
    /// What became of the business questions.
    pub outcomes: &'a [QuestionOutcome],
}

impl<'a> View<'a> {
    /// The table of an entity, or the sentence that there is none.
    pub fn table(&self, entity: &str) -> Result<&'a Table, Evidence> {
        self.mapping
            .table(entity)
            .ok_or_else(|| Evidence::missing(format!("there is no table for {}", words(entity))))
    }

    /// The columns of attributes in the entity's own table.
    pub fn columns(
        &self,
        entity: &str,
        attributes: &[String],
    ) -> Result<Vec<&'a Column>, Evidence> {
        let table = self.table(entity)?;
        let column = |attribute: &String| {
            let name = self.mapping.column(entity, attribute);
            name.and_then(|n| table.column(n)).ok_or_else(|| {
                let missing = words(attribute);
                Evidence::missing(format!("`{}` has no column for {missing}", table.name))
            })
        };
        attributes.iter().map(column).collect()
    }
}

/// `order_line` for people: order line.
pub fn words(id: &str) -> String {
    id.replace('_', " ")
}

/// Looks for what a probe names.
pub fn look(view: &View<'_>, probe: &Probe) -> Evidence {
    match probe {
        Probe::All(probes) => all(view, probes),
        Probe::Any(probes) => any(view, probes),
        Probe::Not(inner) => {
            let evidence = look(view, inner);
            Evidence {
                holds: !evidence.holds,
                place: evidence.place,
            }
        }
        Probe::Answers(id) => answers(view, id),
        other => other
            .subject()
            .and_then(subject)
            .and_then(|subject| simple(view, other, &subject))
            .unwrap_or_else(|| Evidence::missing("the drill is faulty here")),
    }
}

/// All of them; the first that is missing is told.
fn all(view: &View<'_>, probes: &[Probe]) -> Evidence {
    let mut places = Vec::new();
    for probe in probes {
        let evidence = look(view, probe);
        if !evidence.holds {
            return evidence;
        }
        if !evidence.place.is_empty() && !places.contains(&evidence.place) {
            places.push(evidence.place);
        }
    }
    Evidence::found(places.join("; "))
}

/// The first that holds; otherwise what the first one misses.
pub fn any(view: &View<'_>, probes: &[Probe]) -> Evidence {
    let mut first_missing = None;
    for probe in probes {
        let evidence = look(view, probe);
        if evidence.holds {
            return evidence;
        }
        first_missing.get_or_insert(evidence);
    }
    first_missing.unwrap_or_else(|| Evidence::missing("nothing was looked for"))
}

/// A probe of one thing; `None` where the text does not fit the probe.
fn simple(view: &View<'_>, probe: &Probe, subject: &Subject) -> Option<Evidence> {
    if let Subject::Pair(a, b) = subject {
        return Some(match probe {
            Probe::Refers(_) => paths::refers(view, a, b, false),
            Probe::Declared(_) => paths::refers(view, a, b, true),
            Probe::Reaches(_) => paths::reaches(view, a, b),
            Probe::Junction(_) => paths::junction(view, a, b, false),
            Probe::JunctionOnce(_) => paths::junction(view, a, b, true),
            _ => return None,
        });
    }
    let (entity, attributes) = match subject {
        Subject::Everything => ("*", &[][..]),
        Subject::Entity { entity, attributes } => (entity.as_str(), attributes.as_slice()),
        Subject::Pair(..) => return None,
    };
    Some(match probe {
        Probe::Table(_) => table(view, entity),
        Probe::Column(_) => on_column(view, entity, attributes, |_, _| true, ""),
        Probe::Known(_) => paths::known(view, entity, attributes.first()?),
        Probe::Key(_) => keys::key(view, entity, attributes),
        Probe::UniqueAmong(_) => keys::unique_among(view, entity, attributes),
        Probe::Surrogate(_) => keys::surrogate(view, entity),
        Probe::Index(_) => keys::index(view, entity, attributes),
        Probe::Partition(_) => keys::partition(view, entity, attributes.first()?),
        Probe::Exact(_) => on_column(
            view,
            entity,
            attributes,
            |_, c| is_exact(c),
            "holds no exact numbers",
        ),
        Probe::Moment(_) => on_column(
            view,
            entity,
            attributes,
            |_, c| is_moment(c),
            "holds no moment",
        ),
        Probe::Required(_) => {
            on_column(view, entity, attributes, |_, c| !c.nullable, "may be NULL")
        }
        Probe::Checked(_) => {
            let fits = |table: &Table, column: &Column| is_checked(view, table, column);
            let fault = "takes any value: no CHECK, no ENUM, no reference";
            on_column(view, entity, attributes, fits, fault)
        }
        Probe::OnlyAt(_) => shape::only_at(view, entity, attributes.first()?),
        Probe::History(_) => shape::history(view, entity),
        Probe::Single(_) => shape::single(view, entity),
        Probe::Connected(_) => shape::connected(view),
        _ => return None,
    })
}

fn table(view: &View<'_>, entity: &str) -> Evidence {
    let Some(found) = view.mapping.entities.get(entity) else {
        let text = view.drill.entity(entity).map_or("", |e| e.text.as_str());
        return Evidence::missing(format!("no table stands for {}: {text}", words(entity)));
    };
    let by = match found.how {
        How::Name(Likeness::Alike) => format!(", read as {}", words(entity)),
        How::Name(_) => String::new(),
        How::Columns => format!(", taken for {} by its columns", words(entity)),
        How::References => format!(", taken for {} by what it refers to", words(entity)),
    };
    Evidence::found(format!("table `{}`{by}", found.table))
}

/// All of the columns are there and `fits`.
fn on_column(
    view: &View<'_>,
    entity: &str,
    attributes: &[String],
    fits: impl Fn(&Table, &Column) -> bool,
    fault: &str,
) -> Evidence {
    let (table, columns) = match (view.table(entity), view.columns(entity, attributes)) {
        (Ok(table), Ok(columns)) => (table, columns),
        (Err(evidence), _) | (_, Err(evidence)) => return evidence,
    };
    if let Some(column) = columns.iter().find(|c| !fits(table, c)) {
        return Evidence::missing(format!("`{}.{}` {fault}", table.name, column.name));
    }
    let places: Vec<String> = columns
        .iter()
        .map(|c| format!("`{}.{}`", table.name, c.name))
        .collect();
    Evidence::found(places.join(", "))
}

fn is_exact(column: &Column) -> bool {
    matches!(
        column.data_type.kind,
        TypeKind::Integer { .. } | TypeKind::Decimal { .. }
    )
}

fn is_moment(column: &Column) -> bool {
    matches!(column.data_type.kind, TypeKind::Timestamp { .. })
}

/// A CHECK, an enum or a reference to a table of values.
fn is_checked(view: &View<'_>, table: &Table, column: &Column) -> bool {
    let is_it = |name: &String| name.eq_ignore_ascii_case(&column.name);
    let is_enum = matches!(column.data_type.kind, TypeKind::Enum(_) | TypeKind::Boolean);
    let mut relations = view.mapping.schema.relations_from(&table.name);
    is_enum
        || table.checks.iter().any(|c| c.columns.iter().any(is_it))
        || relations.any(|r| r.is_declared() && r.from_columns.iter().any(is_it))
}

fn answers(view: &View<'_>, id: &str) -> Evidence {
    let outcome = view.outcomes.iter().find(|o| o.id == id);
    match outcome {
        Some(outcome) if outcome.answered => Evidence::found(outcome.message.clone()),
        Some(outcome) => Evidence::missing(outcome.message.clone()),
        None => Evidence::missing("it was not tried"),
    }
}
