//! The same library without a window.
//!
//! Results go to stdout, everything else to stderr. Exit codes: 0, 1 (problems found, or the
//! work failed), 2 (the command was not understood, or there is no screen for the window).

mod check;
mod check_pack;
mod generate;
mod grade;
mod grade_design;
mod lab;
mod layout;
mod packs;
mod query;
mod schema;
mod source;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::app::{self, AppOptions};
use crate::catalog::Catalog;

pub use check_pack::check_pack;

/// A data-modeling explorer: documented models drawn, filled with data and ready to be queried.
#[derive(Debug, Parser)]
#[command(name = "crowsfoot", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// A folder of your own packs, read beside the built-in ones
    #[arg(long, global = true, value_name = "DIR")]
    packs: Option<PathBuf>,
    /// Where the window keeps its state
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the packs
    Packs(packs::PacksArgs),
    /// Load packs, make their tables and data, run every query, and list all problems
    Check(check::CheckArgs),
    /// Write a schema in another language
    Schema(schema::SchemaArgs),
    /// Place the tables of a schema
    Layout(layout::LayoutArgs),
    /// Make the data of a pack and write it to a file or folder
    Generate(generate::GenerateArgs),
    /// Run a query on a pack, a DuckDB file, or a folder of CSV or Parquet files
    Query(query::QueryArgs),
    /// Lay a pack's rows out in several ways, and measure what each costs
    Lab(lab::LabArgs),
    /// Grade an answer to a drill
    Grade(grade::GradeArgs),
}

/// How much data a pack gets, and which.
#[derive(Clone, Copy, Debug, Args)]
pub struct DataArgs {
    /// Rows of the largest table, about
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    rows: u64,
    /// The same seed gives the same rows
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
}

/// Why a command ended without its result.
#[derive(Debug)]
pub enum Failure {
    /// Said in one sentence; exit code 1.
    Failed(String),
    /// The command asks for something that is not there; exit code 2.
    Usage(String),
    /// Problems were listed; exit code 1.
    ProblemsFound,
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.to_string())
    }
}

type Outcome = Result<(), Failure>;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("CROWSFOOT_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error")),
        )
        .with_writer(std::io::stderr)
        .init();
    let cli = Cli::parse();
    let outcome = match &cli.command {
        None => window(&cli),
        Some(command) => run(command, &cli),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::ProblemsFound) => ExitCode::from(1),
        // A reader that has seen enough (`| head`) is no failure.
        Err(Failure::Failed(message)) if message.contains("Broken pipe") => ExitCode::SUCCESS,
        Err(Failure::Failed(message)) => say(&message, 1),
        Err(Failure::Usage(message)) => say(&message, 2),
    }
}

fn say(message: &str, code: u8) -> ExitCode {
    writeln!(std::io::stderr(), "crowsfoot: {message}").ok();
    ExitCode::from(code)
}

fn run(command: &Command, cli: &Cli) -> Outcome {
    let catalog = catalog(cli);
    let mut out = std::io::stdout();
    match command {
        Command::Packs(args) => packs::run(args, &catalog, &mut out),
        Command::Check(args) => check::run(args, &catalog, &mut out),
        Command::Schema(args) => schema::run(args, &catalog, &mut out),
        Command::Layout(args) => layout::run(args, &catalog, &mut out),
        Command::Generate(args) => generate::run(args, &catalog),
        Command::Query(args) => query::run(args, &catalog, std::io::stdout()),
        Command::Lab(args) => lab::run(args, &catalog, &mut out),
        Command::Grade(args) => grade::run(args, &catalog, &mut out),
    }
}

fn catalog(cli: &Cli) -> Catalog {
    match packs_folder(cli) {
        Some(folder) => Catalog::with_folder(&folder),
        None => Catalog::built_in(),
    }
}

/// The folder that was named, or the platform's for the program's data.
fn packs_folder(cli: &Cli) -> Option<PathBuf> {
    cli.packs.clone().or_else(|| {
        let folders = directories::ProjectDirs::from("", "", "crowsfoot")?;
        Some(folders.data_dir().join("packs"))
    })
}

fn window(cli: &Cli) -> Outcome {
    if app::is_display_missing() {
        return Err(Failure::Usage(
            "there is no screen to open a window on: start it in a desktop session (or set DISPLAY or WAYLAND_DISPLAY), or use a command without a window, see crowsfoot --help".to_owned(),
        ));
    }
    let options = AppOptions {
        state_file: cli.state.clone().or_else(app::state_file),
        packs_folder: packs_folder(cli),
        now_secs: None,
    };
    app::run(options).map_err(|err| {
        Failure::Usage(format!(
            "the window could not be opened ({err}): a screen with OpenGL is needed; the commands of crowsfoot --help work without one"
        ))
    })
}
