//! The command line: a file per subcommand, each parsing, calling the rooms and printing.

mod align;
mod check;
mod config;
mod explain;
mod export;
mod find;
mod import;
mod memory;
mod pair;
mod segment;
mod stats;
mod term;
mod terminal;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Translation memory and aligner for Korean-English policy briefs.
#[derive(Parser)]
#[command(name = "jjak", version, about, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Segment(segment::Arguments),
    Align(align::Arguments),
    Check(check::Arguments),
    Find(find::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Term(term::Arguments),
    Explain(explain::Arguments),
    Stats(stats::Arguments),
}

/// Runs the command line; the error is printed by the caller and means exit code 2.
pub fn run() -> anyhow::Result<ExitCode> {
    match Arguments::parse().command {
        Command::Segment(arguments) => segment::run(&arguments),
        Command::Align(arguments) => align::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Find(arguments) => find::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Term(arguments) => term::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Stats(arguments) => stats::run(&arguments),
    }
}
