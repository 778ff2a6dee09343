//! The languages a schema can be written in.

use std::str::FromStr;

use crate::model::Schema;

use super::dialect::{MYSQL, POSTGRES, SPARK, SQLITE};
use super::{dbml, duck, json, markdown, mermaid, sql};

/// A language to write a schema in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    DuckDb,
    Postgres,
    MySql,
    Sqlite,
    Spark,
    Dbml,
    Mermaid,
    Markdown,
    Json,
}

/// The name is none of [`Target::ALL`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no target; there are {}", Target::ALL.map(Target::name).join(", "))]
pub struct UnknownTarget {
    pub name: String,
}

impl Target {
    pub const ALL: [Target; 9] = [
        Target::DuckDb,
        Target::Postgres,
        Target::MySql,
        Target::Sqlite,
        Target::Spark,
        Target::Dbml,
        Target::Mermaid,
        Target::Markdown,
        Target::Json,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Target::DuckDb => "duckdb",
            Target::Postgres => "postgres",
            Target::MySql => "mysql",
            Target::Sqlite => "sqlite",
            Target::Spark => "spark",
            Target::Dbml => "dbml",
            Target::Mermaid => "mermaid",
            Target::Markdown => "markdown",
            Target::Json => "json",
        }
    }
}

impl FromStr for Target {
    type Err = UnknownTarget;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Target::ALL
            .into_iter()
            .find(|t| t.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownTarget {
                name: name.to_owned(),
            })
    }
}

/// Writes the schema in that language. What the language cannot say is left out or a comment;
/// JSON comes without problems, see [`to_json`](super::to_json).
pub fn write(schema: &Schema, target: Target) -> String {
    match target {
        Target::DuckDb => duck::to_duckdb(schema).to_sql(),
        Target::Postgres => sql::write(schema, &POSTGRES),
        Target::MySql => sql::write(schema, &MYSQL),
        Target::Sqlite => sql::write(schema, &SQLITE),
        Target::Spark => sql::write(schema, &SPARK),
        Target::Dbml => dbml::write(schema),
        Target::Mermaid => mermaid::write(schema),
        Target::Markdown => markdown::write(schema),
        Target::Json => json::to_json(schema, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_found_by_its_name() {
        for target in Target::ALL {
            assert_eq!(target.name().parse(), Ok(target));
        }
    }

    #[test]
    fn an_unknown_target_names_the_known_ones() {
        let message = "oracle".parse::<Target>().map_err(|e| e.to_string());
        let expected = "`oracle` is no target; there are duckdb, postgres, mysql, sqlite, spark, \
                        dbml, mermaid, markdown, json";
        assert_eq!(message, Err(expected.to_owned()));
    }
}
