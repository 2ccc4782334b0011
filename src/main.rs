//! Runs the command line, prints an error, and says by the exit code how it went.

use jjak::cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run().unwrap_or_else(|error| cli::failure::report(&error))
}
