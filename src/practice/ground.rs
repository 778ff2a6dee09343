//! Where answers are tried: a locked DuckDB with every variant of a drill's data.

use std::collections::BTreeMap;
use std::time::Duration;

use super::compare::Demand;
use super::statement::words;
use super::variants::{Automatic, StoredColumn, rows_of, without_orphans};
use crate::catalog::{Drill, Pack, SqlDrill};
use crate::datagen::dialect::name as quoted;
use crate::datagen::{Lists, Request};
use crate::ddl::Purpose;
use crate::engine::{Answer, EngineError, Interrupter, Session, Settings, within};
use crate::prepare;

/// The most rows an answer may have.
pub const MOST_ROWS: usize = 10_000;
/// How long a statement may take.
pub const TIME_LIMIT: Duration = Duration::from_secs(2);
/// Rows of the pack's largest table, about.
const SCALE: u64 = 1_000;
/// Where the pack is built before its rows are copied.
const WORKSHOP: &str = "workshop";

/// The variants of one drill, ready to be asked.
///
/// All of them stand in one instance in memory, each in a schema of its own, in tables without
/// keys. It has no file, network or extension access.
pub struct Ground {
    session: Session,
    drill: String,
    sql: SqlDrill,
    variants: Vec<Variant>,
    /// Tables of the pack, and which of them are views.
    pub(super) layout: Layout,
}

/// What stands in every variant.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub tables: Vec<String>,
    pub views: Vec<String>,
    pub view_statements: Vec<String>,
    /// References between tables: child, its columns, parent, its columns.
    pub relations: Vec<(String, Vec<String>, String, Vec<String>)>,
}

/// One variant, and what the reference says on it.
#[derive(Clone, Debug)]
pub struct Variant {
    pub id: String,
    pub text: String,
    /// Rows of each table, in documented order.
    pub tables: Vec<(String, u64)>,
    pub expected: Answer,
}

/// Why a statement gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It takes longer than [`TIME_LIMIT`].
    TooSlow,
    /// It has more than [`MOST_ROWS`] rows.
    TooManyRows,
    /// DuckDB refuses it, or somebody stopped it.
    Failed(EngineError),
}

impl Refusal {
    /// In one sentence.
    pub fn message(&self) -> String {
        match self {
            Self::TooSlow => format!("It takes longer than {} s", TIME_LIMIT.as_secs()),
            Self::TooManyRows => "It has more than 10,000 rows".to_owned(),
            Self::Failed(error) => error.message.clone(),
        }
    }
}

impl Ground {
    /// Makes all variants of a drill and asks the reference on each of them.
    ///
    /// Fails when the pack cannot be built, when a variant's own statements fail, or when the
    /// reference does: a faulty drill, which `crowsfoot check` tells as such.
    pub fn prepare(pack: &Pack, drill: &Drill, lists: &Lists) -> Result<Self, EngineError> {
        let Some(sql) = drill.sql() else {
            return Err(EngineError::new(format!("{} is no SQL drill", drill.id)));
        };
        let session = Session::in_memory(&Settings {
            // Rows of thousands: a second thread costs more than it brings, and mixes the order.
            threads: Some(1),
            ..Settings::default()
        })?;
        let mut ground = Self {
            session,
            drill: drill.id.clone(),
            sql: sql.clone(),
            variants: Vec::new(),
            layout: layout(pack),
        };
        ground.make_automatic(pack, lists)?;
        ground.make_own()?;
        for index in 0..ground.variants.len() {
            ground.count_rows(index)?;
            let variant = &ground.variants[index];
            let expected = ground
                .answer(&variant.id, &sql.reference)
                .map_err(|refusal| {
                    EngineError::new(format!(
                        "the reference on the variant {}: {}",
                        variant.id,
                        refusal.message()
                    ))
                })?;
            ground.variants[index].expected = expected;
        }
        Ok(ground)
    }

    /// The id of the drill.
    pub fn drill(&self) -> &str {
        &self.drill
    }

    /// What it is graded by.
    pub fn sql(&self) -> &SqlDrill {
        &self.sql
    }

    /// The automatic ones in their order, then the drill's own.
    pub fn variants(&self) -> &[Variant] {
        &self.variants
    }

    pub fn variant(&self, id: &str) -> Option<&Variant> {
        self.variants.iter().find(|v| v.id == id)
    }

    /// What of the order is demanded.
    pub fn demand(&self) -> Demand {
        Demand {
            order: self.sql.order_places(),
        }
    }

    /// A way to stop what runs here, from another thread.
    pub fn interrupter(&self) -> Interrupter {
        self.session.interrupter()
    }

    /// Runs a statement on a variant, in a transaction that only reads.
    pub fn answer(&self, variant: &str, sql: &str) -> Result<Answer, Refusal> {
        let failed = |err: EngineError| Refusal::Failed(err);
        self.session
            .execute(&format!(
                "USE {}; BEGIN TRANSACTION READ ONLY",
                quoted(variant)
            ))
            .map_err(failed)?;
        let answer = self.answer_within(sql, TIME_LIMIT);
        self.session.execute("ROLLBACK").map_err(failed)?;
        answer
    }

    /// Runs a statement where the session stands.
    pub(super) fn answer_within(&self, sql: &str, limit: Duration) -> Result<Answer, Refusal> {
        let interrupter = self.session.interrupter();
        let (answer, is_late) = within(
            limit,
            || interrupter.interrupt(),
            || self.session.answer(sql, MOST_ROWS),
        );
        match answer {
            Ok(answer) if answer.rows.len() > MOST_ROWS => Err(Refusal::TooManyRows),
            Ok(answer) => Ok(answer),
            Err(err) if err.is_cancelled && is_late => Err(Refusal::TooSlow),
            Err(err) => Err(Refusal::Failed(reworded(err))),
        }
    }

    /// Runs statements whose rows nobody wants; for those who build beside the variants.
    pub(super) fn execute(&self, sql: &str) -> Result<(), EngineError> {
        self.session.execute(sql)
    }

    /// All rows of a question about the data itself.
    pub(super) fn rows(&self, sql: &str) -> Result<Answer, EngineError> {
        self.session.answer(sql, usize::MAX)
    }

    /// Tables the statements read, in documented order; all of them where a view is read.
    pub(super) fn tables_of(&self, statements: &[&str]) -> Vec<String> {
        let words: Vec<String> = statements.iter().flat_map(|sql| words(sql)).collect();
        let is_named = |name: &String| words.contains(&name.to_lowercase());
        let reads_view = self.layout.views.iter().any(is_named);
        self.layout
            .tables
            .iter()
            .filter(|table| reads_view || is_named(table))
            .cloned()
            .collect()
    }

    fn make_automatic(&mut self, pack: &Pack, lists: &Lists) -> Result<(), EngineError> {
        for (seed, target) in [(1, Automatic::Base), (2, Automatic::Seed)] {
            self.build(pack, lists, seed)?;
            let columns = self.stored_columns()?;
            self.make(pack, target, &columns, WORKSHOP)?;
            self.execute(&format!("DROP SCHEMA {WORKSHOP} CASCADE"))?;
            if target == Automatic::Base {
                for variant in Automatic::ALL {
                    if !matches!(variant, Automatic::Base | Automatic::Seed) {
                        self.make(pack, variant, &columns, Automatic::Base.id())?;
                    }
                }
            }
        }
        let place = |id: &str| Automatic::ALL.iter().position(|a| a.id() == id);
        self.variants.sort_by_key(|v| place(&v.id));
        Ok(())
    }

    /// Builds the pack in the workshop, without keys: that is several times faster.
    fn build(&self, pack: &Pack, lists: &Lists, seed: u64) -> Result<(), EngineError> {
        let request = Request { scale: SCALE, seed };
        let mut build = prepare::rows_alone(pack, lists, request, Some(WORKSHOP.to_owned()))?;
        // Each variant has views of its own.
        build.after.clear();
        self.session.build(&build, &mut |_| true)?;
        Ok(())
    }

    fn make(
        &mut self,
        pack: &Pack,
        variant: Automatic,
        columns: &BTreeMap<String, Vec<StoredColumn>>,
        source: &str,
    ) -> Result<(), EngineError> {
        self.session.enter_schema(variant.id())?;
        for table in &pack.schema.tables {
            let own = columns.get(&table.name.to_lowercase());
            let own = own.map(Vec::as_slice).unwrap_or_default();
            let rows = rows_of(variant, table, own, source, &pack.schema);
            self.execute(&format!("CREATE TABLE {} AS {rows}", quoted(&table.name)))?;
        }
        if matches!(variant, Automatic::Few | Automatic::Unmatched) {
            // Grandchildren follow in the next round.
            for _ in 0..pack.schema.tables.len().min(6) {
                for statement in without_orphans(&pack.schema) {
                    self.execute(&statement)?;
                }
            }
        }
        self.make_views()?;
        self.variants.push(Variant {
            id: variant.id().to_owned(),
            text: variant.text().to_owned(),
            tables: Vec::new(),
            expected: Answer::default(),
        });
        Ok(())
    }

    /// The drill's own variants: copies of base, changed by its statements.
    fn make_own(&mut self) -> Result<(), EngineError> {
        for own in self.sql.variants.clone() {
            self.session.enter_schema(&own.id)?;
            for table in &self.layout.tables {
                let name = quoted(table);
                self.execute(&format!("CREATE TABLE {name} AS SELECT * FROM base.{name}"))?;
            }
            self.make_views()?;
            self.execute(&own.sql).map_err(|err| {
                EngineError::new(format!("the variant {}: {}", own.id, err.message))
            })?;
            self.variants.push(Variant {
                id: own.id,
                text: own.text,
                tables: Vec::new(),
                expected: Answer::default(),
            });
        }
        Ok(())
    }

    pub(super) fn make_views(&self) -> Result<(), EngineError> {
        self.layout
            .view_statements
            .iter()
            .try_for_each(|view| self.execute(view))
    }

    fn stored_columns(&self) -> Result<BTreeMap<String, Vec<StoredColumn>>, EngineError> {
        let found = self.session.answer(
            "SELECT table_name, column_name, data_type FROM duckdb_columns()
             WHERE schema_name = current_schema() ORDER BY table_name, column_index",
            usize::MAX,
        )?;
        let mut columns: BTreeMap<String, Vec<StoredColumn>> = BTreeMap::new();
        for row in found.rows {
            if let [Some(table), Some(name), Some(data_type)] = row.as_slice() {
                columns
                    .entry(table.to_lowercase())
                    .or_default()
                    .push(StoredColumn {
                        name: name.clone(),
                        data_type: data_type.clone(),
                    });
            }
        }
        Ok(columns)
    }

    fn count_rows(&mut self, index: usize) -> Result<(), EngineError> {
        let Some(variant) = self.variants.get_mut(index) else {
            return Ok(());
        };
        self.session
            .execute(&format!("USE {}", quoted(&variant.id)))?;
        let counts = self.session.row_counts(&self.layout.tables)?;
        variant.tables = counts.into_iter().map(|t| (t.table, t.rows)).collect();
        Ok(())
    }
}

/// What tables there are, and how they hang together.
fn layout(pack: &Pack) -> Layout {
    let views = pack
        .script
        .statements
        .iter()
        .filter(|s| s.purpose == Purpose::View);
    Layout {
        tables: pack.schema.tables.iter().map(|t| t.name.clone()).collect(),
        views: views.clone().filter_map(|s| s.table.clone()).collect(),
        view_statements: views.map(|s| s.sql.clone()).collect(),
        relations: pack
            .schema
            .relations
            .iter()
            .filter(|r| !r.to_columns.is_empty())
            .map(|r| {
                (
                    r.from.clone(),
                    r.from_columns.clone(),
                    r.to.clone(),
                    r.to_columns.clone(),
                )
            })
            .collect(),
    }
}

/// A write that was not seen before it ran is told in the words of a drill.
fn reworded(error: EngineError) -> EngineError {
    if error.message.contains("read-only mode") {
        EngineError::new("This changes the data: an answer is one SELECT")
    } else {
        error
    }
}
