//! Where a run was made: figures of different machines are not compared without saying so.

use serde::{Deserialize, Serialize};

use crate::engine::Session;

/// What times depend on besides the data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Machine {
    /// `linux x86_64`.
    pub system: String,
    /// Cores the program may use.
    pub cores: usize,
    /// Threads DuckDB worked on.
    pub threads: usize,
    pub duckdb: String,
    pub crowsfoot: String,
}

impl Machine {
    /// This machine, and the DuckDB of the session.
    pub fn here(session: &Session) -> Self {
        let value = |sql: &str| session.text_value(sql).ok().flatten().unwrap_or_default();
        Self {
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            cores: std::thread::available_parallelism().map_or(1, |n| n.get()),
            threads: value("SELECT current_setting('threads')")
                .parse()
                .unwrap_or(1),
            duckdb: value("SELECT version()").trim_start_matches('v').to_owned(),
            crowsfoot: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}
