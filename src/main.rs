//! Runs the command line, prints an error, and says by the exit code how it went.

use std::process::ExitCode;

fn main() -> ExitCode {
    jjak::cli::run().unwrap_or_else(|error| {
        anstream::eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
