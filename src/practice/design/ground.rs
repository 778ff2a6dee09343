//! Where designs are tried: a locked DuckDB with the reference data, entity by entity.

use std::collections::BTreeMap;

use crate::catalog::{DesignDrill, Drill, Pack};
use crate::datagen::dialect::name as quoted;
use crate::datagen::{Lists, Request};
use crate::engine::{Answer, EngineError, Interrupter, Session, Settings};
use crate::prepare;

/// Rows of the pack's largest table, about.
const SCALE: u64 = 1_000;
/// Most rows a business question may have.
const MOST_ROWS: usize = 10_000;

/// The schema the pack is built in, that of the entities' rows, that of the design, and that of
/// the entities as the design tells them.
pub(super) const PACK: &str = "pack";
pub(super) const REFERENCE: &str = "reference";
pub(super) const DESIGN: &str = "design";
pub(super) const ANSWER: &str = "answer";

/// The reference data of one drill, and what its business questions answer on it.
pub struct DesignGround {
    pub(super) session: Session,
    drill: String,
    design: DesignDrill,
    /// Columns of each entity's rows, with their types in DuckDB.
    pub(super) columns: BTreeMap<String, BTreeMap<String, String>>,
    expected: BTreeMap<String, Answer>,
}

impl DesignGround {
    /// Builds the pack and tells its rows as entities. Fails where the drill is faulty.
    pub fn prepare(pack: &Pack, drill: &Drill, lists: &Lists) -> Result<Self, EngineError> {
        let Some(design) = drill.design() else {
            return Err(EngineError::new(format!("{} is no design drill", drill.id)));
        };
        let session = Session::in_memory(&Settings {
            threads: Some(1),
            ..Settings::default()
        })?;
        let mut ground = Self {
            session,
            drill: drill.id.clone(),
            design: design.clone(),
            columns: BTreeMap::new(),
            expected: BTreeMap::new(),
        };
        ground.build(pack, lists)?;
        ground.tell_entities()?;
        for question in &design.questions {
            let expected = ground
                .ask(REFERENCE, &question.sql)
                .map_err(|err| in_place(&format!("question {}", question.id), &err))?;
            ground.expected.insert(question.id.clone(), expected);
        }
        Ok(ground)
    }

    /// The id of the drill.
    pub fn drill(&self) -> &str {
        &self.drill
    }

    /// What it is graded by.
    pub fn design(&self) -> &DesignDrill {
        &self.design
    }

    /// The rows a business question has on the reference data.
    pub fn expected(&self, question: &str) -> Option<&Answer> {
        self.expected.get(question)
    }

    /// A way to stop what runs here, from another thread.
    pub fn interrupter(&self) -> Interrupter {
        self.session.interrupter()
    }

    /// Asks a question of the entities in a schema.
    pub(super) fn ask(&self, schema: &str, sql: &str) -> Result<Answer, EngineError> {
        self.session.execute(&format!("USE {schema}"))?;
        self.session.answer(sql, MOST_ROWS)
    }

    /// Whether the reference data says anything of an attribute.
    pub(super) fn has(&self, entity: &str, attribute: &str) -> bool {
        self.columns
            .get(entity)
            .is_some_and(|columns| columns.contains_key(attribute))
    }

    fn build(&self, pack: &Pack, lists: &Lists) -> Result<(), EngineError> {
        let request = Request {
            scale: SCALE,
            seed: 1,
        };
        let build = prepare::rows_alone(pack, lists, request, Some(PACK.to_owned()))?;
        self.session.build(&build, &mut |_| true)?;
        Ok(())
    }

    fn tell_entities(&mut self) -> Result<(), EngineError> {
        self.session
            .execute(&format!("CREATE SCHEMA {REFERENCE}"))?;
        for entity in &self.design.entities {
            let Some(rows) = &entity.rows else { continue };
            let place = format!("entity {}, rows", entity.id);
            let statement = format!(
                "USE {PACK}; CREATE TABLE {REFERENCE}.{} AS {rows}",
                quoted(&entity.id)
            );
            self.session
                .execute(&statement)
                .map_err(|err| in_place(&place, &err))?;
            let columns = columns_of(&self.session, REFERENCE, &entity.id)?;
            let unknown = columns.keys().find(|c| !entity.attributes.contains_key(*c));
            if let Some(column) = unknown {
                return Err(EngineError::new(format!(
                    "{place}: {column} is no attribute of it"
                )));
            }
            self.columns.insert(entity.id.clone(), columns);
        }
        Ok(())
    }
}

/// Columns of a table and their types, as DuckDB has them.
pub(super) fn columns_of(
    session: &Session,
    schema: &str,
    table: &str,
) -> Result<BTreeMap<String, String>, EngineError> {
    let text = crate::datagen::dialect::text;
    let found = session.answer(
        &format!(
            "SELECT column_name, data_type FROM duckdb_columns()
             WHERE schema_name = {} AND lower(table_name) = lower({})",
            text(schema),
            text(table)
        ),
        usize::MAX,
    )?;
    let pair = |row: Vec<Option<String>>| match <[_; 2]>::try_from(row) {
        Ok([Some(name), Some(data_type)]) => Some((name, data_type)),
        _ => None,
    };
    Ok(found.rows.into_iter().filter_map(pair).collect())
}

fn in_place(place: &str, error: &EngineError) -> EngineError {
    EngineError::new(format!("{place}: {}", error.message))
}
