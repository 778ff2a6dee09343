//! Which functions engines know, and what they call the present moment.

use super::dialect::Id;
use super::rewrite::Place;
use super::words;

/// Whether the engine has a function of that name, in lower case.
///
/// Of DuckDB's 900 functions the ones that documents use; one that is missing here costs a
/// default, a check or a view and is reported, one too many would break the script.
/// PostgreSQL and Spark are taken at the word of the document.
pub(super) fn is_known(id: Id, name: &str) -> bool {
    match id {
        Id::DuckDb => is_in(words::DUCKDB_FUNCTIONS, name),
        Id::MySql => is_in(words::COMMON_FUNCTIONS, name) || is_in(words::MYSQL_FUNCTIONS, name),
        Id::Sqlite => is_in(words::COMMON_FUNCTIONS, name) || is_in(words::SQLITE_FUNCTIONS, name),
        Id::Spark => !name.contains("uuid"),
        Id::Postgres => true,
    }
}

fn is_in(words: &str, name: &str) -> bool {
    words.split_ascii_whitespace().any(|word| word == name)
}

/// The call for the present moment or a new UUID, which every engine names differently.
/// `name` is in lower case and was called without arguments.
pub(super) fn moment(name: &str, id: Id, place: Place) -> Option<&'static str> {
    match name {
        "now"
        | "current_timestamp"
        | "getdate"
        | "sysdate"
        | "sysdatetime"
        | "getutcdate"
        | "sysutcdatetime"
        | "localtimestamp"
        | "systimestamp"
        | "utc_timestamp"
        | "transaction_timestamp"
        | "statement_timestamp"
        | "clock_timestamp" => Some(match id {
            // DuckDB takes CURRENT_TIMESTAMP for a column outside a DEFAULT and a query.
            Id::DuckDb if matches!(place, Place::Check | Place::Index) => "now()",
            Id::Spark => "current_timestamp()",
            _ => "CURRENT_TIMESTAMP",
        }),
        "current_date" | "curdate" | "today" => Some(match (id, place) {
            // DuckDB has CURRENT_DATE and today() only in its ICU extension, which is not there.
            (Id::DuckDb, _) => "CAST(CAST(now() AS TIMESTAMP) AS DATE)",
            (Id::Spark, _) => "current_date()",
            (Id::MySql, Place::Default) => "(CURRENT_DATE)",
            _ => "CURRENT_DATE",
        }),
        "gen_random_uuid" | "uuid" | "uuid_generate_v4" | "newid" | "newsequentialid"
        | "generateuuidv4" | "generate_uuid" | "sys_guid" => match id {
            Id::DuckDb | Id::Postgres => Some("gen_random_uuid()"),
            Id::MySql => Some("(uuid())"),
            // Spark wants the same default for every row, SQLite has no UUIDs.
            Id::Spark | Id::Sqlite => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_functions_are_known_and_foreign_ones_are_not() {
        assert!(is_known(Id::DuckDb, "coalesce") && is_known(Id::DuckDb, "date_trunc"));
        assert!(
            !is_known(Id::DuckDb, "transform_qos_events") && !is_known(Id::Sqlite, "date_trunc")
        );
    }

    #[test]
    fn every_engine_has_a_word_for_now() {
        assert_eq!(
            moment("getdate", Id::DuckDb, Place::Default),
            Some("CURRENT_TIMESTAMP")
        );
        assert_eq!(moment("now", Id::DuckDb, Place::Check), Some("now()"));
        assert_eq!(
            moment("current_date", Id::DuckDb, Place::Query),
            Some("CAST(CAST(now() AS TIMESTAMP) AS DATE)")
        );
        assert_eq!(moment("lower", Id::DuckDb, Place::Check), None);
    }
}
