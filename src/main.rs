//! The `crowsfoot` program: the window, or one of the commands.

use std::process::ExitCode;

fn main() -> ExitCode {
    crowsfoot::cli::main()
}
