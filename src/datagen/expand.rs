//! Writes the macros of a recipe out as SQL.

use std::collections::{BTreeMap, BTreeSet};

use super::arithmetic::{
    moment_between, numbered, positive_key, power_of_two, quoted_rounds, uniform, weighted, whole,
};
use super::builder::ColumnSet;
use super::random::{PRIME, Salt, scatter_multiplier};
use super::recipe::{Recipe, Step};
use super::scan::{Piece, scan, split_top};
use super::{Lists, dialect};

/// How deep `@value` may follow from step to step.
const MAX_DEPTH: usize = 12;

/// What every expression of a recipe can see.
pub struct Environment<'a> {
    pub recipe: &'a Recipe,
    pub lists: &'a Lists,
    pub seed: u64,
    pub scale: u64,
    /// Steps that are kept for the steps that have them as parent, with the columns asked for.
    pub kept: BTreeMap<String, BTreeSet<String>>,
    /// Steps before the current one by id, with their number of rows where it is known.
    pub steps: BTreeMap<String, (&'a Step, Option<u64>)>,
}

/// Whose row an expression speaks of.
#[derive(Clone, Debug)]
struct Frame<'a> {
    step: &'a Step,
    /// The column being made: part of the name of its draws.
    column: String,
    /// The BIGINT column that numbers the row.
    key: String,
    /// Whether the row is of another step, reached by `@value`.
    foreign: bool,
    draws: usize,
    depth: usize,
}

/// Expands the expressions of one step into a [`ColumnSet`].
pub struct Expander<'a> {
    env: &'a Environment<'a>,
    step: &'a Step,
    pub columns: ColumnSet,
    /// Columns of the parent row that were asked for.
    pub parent_columns: BTreeSet<String>,
    /// The column that numbers the rows.
    key: &'static str,
    helpers: usize,
    shared: BTreeMap<String, String>,
}

impl<'a> Expander<'a> {
    pub fn new(env: &'a Environment<'a>, step: &'a Step, key: &'static str) -> Self {
        Self {
            env,
            step,
            columns: ColumnSet::default(),
            parent_columns: BTreeSet::new(),
            key,
            helpers: 0,
            shared: BTreeMap::new(),
        }
    }

    /// Expands the expression of a column of the step.
    pub fn expression(&mut self, column: &str, sql: &str) -> Result<String, String> {
        let mut frame = Frame {
            step: self.step,
            column: column.to_owned(),
            key: self.key.to_owned(),
            foreign: false,
            draws: 0,
            depth: 0,
        };
        self.expand(sql, &mut frame)
    }

    /// Expands the few macros a whole query may use: those that need no row.
    pub fn query(&mut self, sql: &str) -> Result<String, String> {
        let mut out = String::new();
        for piece in scan(sql)? {
            match piece {
                Piece::Text(text) | Piece::Name { text, .. } => out.push_str(&text),
                Piece::Macro { name, args } => match (name.as_str(), args.as_slice()) {
                    ("hash", [key]) => out.push_str(&self.inline_hash(&self.query_text(key)?)),
                    _ => out.push_str(&self.constant(&name, &args)?.ok_or_else(|| {
                        format!("@{name} needs a row: a query can use @now, @start, @today, @scale, @rows(step) and @hash(key)")
                    })?),
                },
            }
        }
        Ok(out)
    }

    fn query_text(&self, sql: &str) -> Result<String, String> {
        Expander::new(self.env, self.step, self.key).query(sql)
    }

    fn expand(&mut self, sql: &str, frame: &mut Frame<'a>) -> Result<String, String> {
        let pieces = scan(sql)?;
        let mut out = String::new();
        let mut at = 0;
        let mut after_as = false;
        while let Some(piece) = pieces.get(at) {
            at += 1;
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Macro { name, args } => {
                    let text = self.macro_text(name, args, frame)?;
                    out.push_str(&text);
                }
                Piece::Name {
                    text,
                    after_dot,
                    before_paren,
                } => {
                    let is_type = std::mem::replace(&mut after_as, text.eq_ignore_ascii_case("as"));
                    if text == "p"
                        && !after_dot
                        && let (Some(Piece::Text(dot)), Some(Piece::Name { text: column, .. })) =
                            (pieces.get(at), pieces.get(at + 1))
                        && dot == "."
                    {
                        out.push_str(&self.parent_column(column, frame)?);
                        at += 2;
                    } else if *after_dot
                        || *before_paren
                        || is_type
                        || !frame.step.columns.contains_key(text)
                    {
                        out.push_str(text);
                    } else {
                        out.push_str(&self.sibling_column(text, frame)?);
                    }
                }
            }
        }
        Ok(out)
    }

    /// A column of the same row.
    fn sibling_column(&mut self, column: &str, frame: &Frame<'a>) -> Result<String, String> {
        if !frame.foreign {
            return Ok(dialect::name(column));
        }
        self.foreign_column(frame.step, column, &frame.key, frame.depth)
    }

    fn parent_column(&mut self, column: &str, frame: &Frame<'a>) -> Result<String, String> {
        let Some(parent) = frame.step.each.as_ref().filter(|_| !frame.foreign) else {
            return Err(format!("p.{column} needs a step with `each`"));
        };
        let (step, _) = self.step_before(parent)?;
        let has_column = step.columns.contains_key(column) || column == "_i";
        if step.query.is_none() && !has_column {
            return Err(format!("the step {parent} has no column {column}"));
        }
        self.parent_columns.insert(column.to_owned());
        Ok(dialect::name(&format!("p.{column}")))
    }

    /// The value another step's column has in the row numbered by the column `key`.
    fn foreign_column(
        &mut self,
        step: &'a Step,
        column: &str,
        key: &str,
        depth: usize,
    ) -> Result<String, String> {
        if depth > MAX_DEPTH {
            return Err(format!(
                "{}.{column} is reached through too many steps",
                step.id()
            ));
        }
        let shared = format!("value {}.{column} of {key}", step.id());
        if let Some(name) = self.shared.get(&shared) {
            return Ok(name.clone());
        }
        let Some(expression) = step.columns.get(column) else {
            return Err(format!("the step {} has no column {column}", step.id()));
        };
        let mut frame = Frame {
            step,
            column: column.to_owned(),
            key: key.to_owned(),
            foreign: true,
            draws: 0,
            depth: depth + 1,
        };
        let sql = self.expand(&expression.sql(), &mut frame)?;
        let name = self.define(sql);
        self.shared.insert(shared, name.clone());
        Ok(name)
    }

    fn step_before(&self, id: &str) -> Result<(&'a Step, Option<u64>), String> {
        self.env.steps.get(id).copied().ok_or_else(|| {
            let known: Vec<&str> = self.env.steps.keys().map(String::as_str).collect();
            format!(
                "no step {id} stands before this one (there are: {})",
                known.join(", ")
            )
        })
    }

    /// How many rows a `rows` step has.
    fn rows_of(&self, id: &str) -> Result<u64, String> {
        let found = match self.step.rows {
            Some(rows) if id == self.step.id() => (self.step, Some(rows.at(self.env.scale))),
            _ => self.step_before(id)?,
        };
        match found {
            (_, Some(0)) => Err(format!(
                "the step {id} has no rows at this scale: give it a `min`"
            )),
            (_, Some(rows)) => Ok(rows),
            (_, None) => Err(format!(
                "the step {id} has no fixed number of rows: only steps with `rows` can be picked from"
            )),
        }
    }

    /// Adds a help column and returns its quoted name.
    fn define(&mut self, sql: String) -> String {
        self.helpers += 1;
        let name = format!("_h{}", self.helpers);
        self.columns.add(&name, sql);
        dialect::name(&name)
    }

    /// A draw of its own, in [0, 2³¹ − 1), as a quoted column name.
    fn draw(&mut self, frame: &mut Frame<'a>) -> String {
        frame.draws += 1;
        let salt = format!("{}.{}#{}", frame.step.id(), frame.column, frame.draws);
        let key = frame.key.clone();
        self.draw_named(&salt, &key)
    }

    fn draw_named(&mut self, salt: &str, key: &str) -> String {
        let shared = format!("draw {salt} of {key}");
        if let Some(name) = self.shared.get(&shared) {
            return name.clone();
        }
        self.helpers += 1;
        let name = format!("_h{}", self.helpers);
        for (column, sql) in quoted_rounds(Salt::new(self.env.seed, salt), key, &name) {
            self.columns.add(&column, sql);
        }
        let quoted = dialect::name(&name);
        self.shared.insert(shared, quoted.clone());
        quoted
    }

    fn inline_hash(&self, key: &str) -> String {
        let mut text = String::new();
        let mut before: Vec<(String, String)> = Vec::new();
        let key = positive_key(key);
        for (name, sql) in Salt::new(self.env.seed, "hash").columns("KEY", "HASH") {
            text = sql;
            for (earlier, full) in before.iter().rev() {
                text = text.replace(earlier.as_str(), &format!("({full})"));
            }
            text = text.replace("KEY", &key);
            before.push((name, text.clone()));
        }
        uniform(&format!("({text})"))
    }

    /// Macros that are the same in every row.
    fn constant(&self, name: &str, args: &[String]) -> Result<Option<String>, String> {
        let recipe = self.env.recipe;
        Ok(Some(match (name, args) {
            ("now", []) => dialect::timestamp(&recipe.now),
            ("start", []) => dialect::timestamp(&recipe.start),
            ("today", []) => format!("CAST({} AS DATE)", dialect::timestamp(&recipe.now)),
            ("scale", []) => self.env.scale.to_string(),
            ("rows", [step]) => self.rows_of(step)?.to_string(),
            _ => return Ok(None),
        }))
    }

    fn macro_text(
        &mut self,
        name: &str,
        args: &[String],
        frame: &mut Frame<'a>,
    ) -> Result<String, String> {
        if let Some(text) = self.constant(name, args)? {
            return Ok(text);
        }
        self.row_macro(name, args, frame).map_err(|err| {
            if err.starts_with('@') {
                err
            } else {
                format!("@{name}: {err}")
            }
        })
    }

    fn row_macro(
        &mut self,
        name: &str,
        args: &[String],
        frame: &mut Frame<'a>,
    ) -> Result<String, String> {
        let arg = |i: usize| args[i].as_str();
        match (name, args.len()) {
            ("row", 0) => Ok(frame.key.clone()),
            ("n" | "siblings", 0) => {
                if frame.foreign || frame.step.each.is_none() {
                    return Err("only a step with `each` has siblings".to_owned());
                }
                Ok(dialect::name(if name == "n" { "_n" } else { "_times" }))
            }
            ("u", 0) => Ok(uniform(&self.draw(frame))),
            ("u", 1) => {
                let salt = format!("{}#{}", frame.step.id(), arg(0));
                let key = frame.key.clone();
                Ok(uniform(&self.draw_named(&salt, &key)))
            }
            ("hash", 1) => {
                let key = self.expand(arg(0), frame)?;
                let key = self.define(positive_key(&key));
                Ok(uniform(&self.draw_named("hash", &key)))
            }
            ("chance", 1) => {
                let share = self.expand(arg(0), frame)?;
                let draw = self.draw(frame);
                Ok(format!("({} < ({share}))", uniform(&draw)))
            }
            ("null", 2) => {
                let share = self.expand(arg(0), frame)?;
                let draw = self.draw(frame);
                let value = self.expand(arg(1), frame)?;
                Ok(format!(
                    "(CASE WHEN {} < ({share}) THEN NULL ELSE {value} END)",
                    uniform(&draw)
                ))
            }
            ("int", 2) => {
                let (low, high) = (self.expand(arg(0), frame)?, self.expand(arg(1), frame)?);
                let draw = self.draw(frame);
                Ok(format!(
                    "(({low}) + {})",
                    whole(&format!("{} * (({high}) - ({low}) + 1)", uniform(&draw)))
                ))
            }
            ("skew", 3) => self.skew(args, frame),
            ("normal", 2) => {
                let z = self.standard_normal(frame);
                let (mean, sd) = (self.expand(arg(0), frame)?, self.expand(arg(1), frame)?);
                Ok(format!("(({mean}) + ({sd}) * {z})"))
            }
            ("lognormal", 2) => {
                let z = self.standard_normal(frame);
                let (median, sigma) = (self.expand(arg(0), frame)?, self.expand(arg(1), frame)?);
                let log2 = self.define(format!(
                    "({sigma}) * {z} * {}",
                    dialect::double("1.4426950408889634")
                ));
                Ok(format!("(({median}) * {})", power_of_two(&log2)))
            }
            ("pick", 1..) => self.pick(args, frame),
            ("item", 1 | 2) => self.item(args, frame),
            ("any", 1) => {
                let rows = self.rows_of(arg(0))?;
                let draw = self.draw(frame);
                Ok(format!(
                    "(1 + {})",
                    whole(&format!("{} * {rows}", uniform(&draw)))
                ))
            }
            ("popular", 1 | 2) => self.popular(args, frame),
            ("value", 2) => self.value(args, frame),
            ("moment", 2) => self.moment(args, frame),
            ("day", 2) => {
                let from = self.expand(arg(0), frame)?;
                let to = self.expand(arg(1), frame)?;
                let from = self.define(format!("CAST({from} AS DATE)"));
                let draw = self.draw(frame);
                Ok(format!(
                    "({from} + CAST(floor({} * (CAST({to} AS DATE) - {from})) AS INT))",
                    uniform(&draw)
                ))
            }
            ("busy", 2) => self.busy(args, frame),
            ("uuid", 0) => Ok(self.uuid(frame)),
            _ => Err(format!(
                "there is no such macro with {} argument{}; see the table of macros in assets/packs/README.md",
                args.len(),
                if args.len() == 1 { "" } else { "s" }
            )),
        }
    }

    fn skew(&mut self, args: &[String], frame: &mut Frame<'a>) -> Result<String, String> {
        let (low, high) = (self.expand(&args[0], frame)?, self.expand(&args[1], frame)?);
        let power: usize = args[2]
            .parse()
            .ok()
            .filter(|p| (1..=8).contains(p))
            .ok_or_else(|| format!("the power is a whole number from 1 to 8, not {}", args[2]))?;
        let draw = self.draw(frame);
        let u = self.define(uniform(&draw));
        let product = vec![u; power].join(" * ");
        Ok(format!("(({low}) + (({high}) - ({low})) * {product})"))
    }

    /// The sum of six uniforms, scaled to mean 0 and deviation 1 (Irwin and Hall).
    fn standard_normal(&mut self, frame: &mut Frame<'a>) -> String {
        let mut terms = Vec::new();
        for _ in 0..3 {
            let draw = self.draw(frame);
            terms.push(uniform(&draw));
            // The low fifteen bits of a draw are as good as a second one.
            terms.push(format!(
                "{} / 32768",
                dialect::double(&format!("({draw} % 32768)"))
            ));
        }
        self.define(format!(
            "({} - 3) * {}",
            terms.join(" + "),
            dialect::double("1.4142135623730951")
        ))
    }

    fn pick(&mut self, args: &[String], frame: &mut Frame<'a>) -> Result<String, String> {
        let mut choices = Vec::new();
        for arg in args {
            let parts = split_top(arg, ':');
            let weight = parts
                .first()
                .and_then(|w| w.parse::<f64>().ok())
                .filter(|w| *w >= 0.0 && w.is_finite());
            let (Some(weight), true) = (weight, parts.len() >= 2) else {
                return Err(format!("a choice is `weight: value`, not `{arg}`"));
            };
            choices.push((weight, self.expand(&parts[1..].join(":"), frame)?));
        }
        let draw = self.draw(frame);
        weighted(&draw, &choices)
    }

    fn item(&mut self, args: &[String], frame: &mut Frame<'a>) -> Result<String, String> {
        let own = &self.env.recipe.lists;
        let words = self.env.lists.get(own, &args[0]).ok_or_else(|| {
            format!(
                "there is no list {} (there are: {})",
                args[0],
                self.env.lists.names(own).join(", ")
            )
        })?;
        if words.is_empty() {
            return Err(format!("the list {} is empty", args[0]));
        }
        let count = words.len();
        let index = match args.get(1) {
            Some(sql) => {
                let index = self.expand(sql, frame)?;
                format!("((({index}) % {count} + {count}) % {count})")
            }
            None => {
                let draw = self.draw(frame);
                whole(&format!("{} * {count}", uniform(&draw)))
            }
        };
        Ok(dialect::element(words, &index))
    }

    /// Zipf's law with exponent 1: the rank is n^u, made of a power of two and a parabola.
    fn popular(&mut self, args: &[String], frame: &mut Frame<'a>) -> Result<String, String> {
        let rows = self.rows_of(&args[0])?;
        let draw = self.draw(frame);
        let log2 = ((rows + 1) as f64).log2();
        let exponent = self.define(format!(
            "{} * {}",
            uniform(&draw),
            dialect::double(&format!("{log2:.12}"))
        ));
        let rank = self.define(format!(
            "LEAST({rows}, {})",
            whole(&power_of_two(&exponent))
        ));
        let tag = args.get(1).map_or("", String::as_str);
        let offset = Salt::new(self.env.seed, &format!("popular {} {tag}", args[0])).draw(1) % rows;
        Ok(format!(
            "(1 + (({rank} - 1) * {} + {offset}) % {rows})",
            scatter_multiplier(rows)
        ))
    }

    fn value(&mut self, args: &[String], frame: &mut Frame<'a>) -> Result<String, String> {
        let Some((id, column)) = args[0].split_once('.') else {
            return Err(format!(
                "write `@value(step.column, row)`, not `{}`",
                args[0]
            ));
        };
        let (step, _) = self.step_before(id.trim())?;
        if step.rows.is_none() {
            return Err(format!(
                "the step {id} is not a `rows` step: its rows cannot be made alone"
            ));
        }
        let row = self.expand(&args[1], frame)?;
        let shared = format!("key {row}");
        let key = match self.shared.get(&shared) {
            Some(key) => key.clone(),
            None => {
                let key = self.define(row);
                self.shared.insert(shared, key.clone());
                key
            }
        };
        self.foreign_column(step, column.trim(), &key, frame.depth)
    }

    fn moment(&mut self, args: &[String], frame: &mut Frame<'a>) -> Result<String, String> {
        let (from, to) = (self.expand(&args[0], frame)?, self.expand(&args[1], frame)?);
        let draw = self.draw(frame);
        let from = self.define(from);
        Ok(moment_between(&from, &to, &draw))
    }

    /// Week by growth, then weekday, hour and second by weight. What falls outside the range
    /// goes to another week; where the range is too short for that it is drawn evenly.
    fn busy(&mut self, args: &[String], frame: &mut Frame<'a>) -> Result<String, String> {
        let season = &self.env.recipe.season;
        let (from, to) = (self.expand(&args[0], frame)?, self.expand(&args[1], frame)?);
        let (from, to) = (self.define(from), self.define(to));
        let monday = self.define(dialect::week_start(&from));
        let weeks = self.define(format!(
            "GREATEST(1, CAST(ceil({} / 604800) AS BIGINT))",
            dialect::seconds_between(&monday, &to)
        ));
        let (u1, u2, mix) = (self.draw(frame), self.draw(frame), self.draw(frame));
        let grown = (season.growth * PRIME as f64) as u64;
        let u = format!("(CASE WHEN {mix} < {grown} THEN GREATEST({u1}, {u2}) ELSE {u1} END)");
        let days: Vec<(f64, String)> = numbered(&season.weekday);
        let hours: Vec<(f64, String)> = numbered(&season.hour);
        let (day, hour, even) = (self.draw(frame), self.draw(frame), self.draw(frame));
        let day = weighted(&day, &days)?;
        let hour = weighted(&hour, &hours)?;
        let in_week = self.define(format!("{day} * 86400 + {hour} * 3600 + {even} % 3600"));
        let moment =
            |week: &str| format!("{monday} + ({week} * 604800 + {in_week}) * INTERVAL '1' SECOND");
        let raw = self.define(moment(&whole(&format!("{} * {weeks}", uniform(&u)))));
        // Only the first and the last week can lie partly outside: the others take its share,
        // each a little, so that no day near the ends stands out.
        let other = self.draw(frame);
        let other = format!(
            "({} + CASE WHEN {raw} < {from} THEN 1 ELSE 0 END)",
            whole(&format!("{} * GREATEST(1, {weeks} - 1)", uniform(&other)))
        );
        let moved = self.define(moment(&other));
        let fallback = moment_between(&from, &to, &even);
        Ok(format!(
            "(CASE WHEN {raw} >= {from} AND {raw} < {to} THEN {raw} \
             WHEN {moved} >= {from} AND {moved} < {to} THEN {moved} ELSE {fallback} END)"
        ))
    }

    /// Ninety-three drawn bits in the shape of a version 4 UUID.
    fn uuid(&mut self, frame: &mut Frame<'a>) -> String {
        let (a, b, c) = (self.draw(frame), self.draw(frame), self.draw(frame));
        dialect::uuid(&[
            (format!("{a} * 2 + {b} % 2"), 32),
            (format!("{b} % 65521"), 16),
            // Version 4, and below the variant of RFC 9562.
            (format!("16384 + {c} % 4093"), 16),
            (format!("32768 + {a} % 16381"), 16),
            (format!("{c} * 2 + {a} % 2"), 32),
            (format!("{b} % 65519"), 16),
        ])
    }
}
