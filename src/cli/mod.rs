//! The command line: a file per subcommand, each parsing, calling the rooms and printing.

mod align;
mod backup;
mod batch;
mod check;
mod clean;
mod completions;
mod config;
mod doctor;
mod explain;
mod export;
pub mod failure;
mod filter;
mod find;
mod format;
mod hit;
mod import;
mod learn;
mod log;
mod man;
mod memory;
mod note;
mod optimise;
mod nearby;
mod pair;
mod progress;
mod pretranslate;
mod segment;
mod silence;
mod stats;
mod term;
mod terminal;
mod terms;
mod undo;

use clap::{ArgAction, Parser, Subcommand};
use std::io;
use std::process::ExitCode;
use tracing::Level;
use tracing_subscriber::fmt::time;

/// A translation memory and bilingual aligner for Korean policy briefs and their English.
#[derive(Parser)]
#[command(name = "jjak", version, about, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Tell on stderr what is done, and when; -vv tells more
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
}

const EXAMPLES: &str = "Examples:
  jjak check brief.ko.txt summary.en.txt     what to look at before publication
  jjak align brief.ko.txt brief.en.txt       the two texts side by side
  jjak align --save brief.ko.txt brief.en.txt
  jjak find \"포괄적 전략동반자 조약\"           how this was said before
  jjak term 북러                             what a term is called in the other language
  jjak explain unsupported                   the manual page of a check

Exit codes: 0 nothing to report, 1 findings or nothing found, 2 the command could not run";

#[derive(Subcommand)]
enum Command {
    Segment(segment::Arguments),
    Align(align::Arguments),
    Check(check::Arguments),
    Find(find::Arguments),
    Pretranslate(pretranslate::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Term(term::Arguments),
    Silence(silence::Arguments),
    Explain(explain::Arguments),
    Learn(learn::Arguments),
    Stats(stats::Arguments),
    Log(log::Arguments),
    Undo(undo::Arguments),
    Clean(clean::Arguments),
    Optimise(optimise::Arguments),
    Doctor(doctor::Arguments),
    Backup(backup::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// Runs the command line; the error is printed by the caller and means exit code 2.
pub fn run() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    tell(arguments.verbose);
    match arguments.command {
        Command::Segment(arguments) => segment::run(&arguments),
        Command::Align(arguments) => align::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Find(arguments) => find::run(&arguments),
        Command::Pretranslate(arguments) => pretranslate::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Term(arguments) => term::run(&arguments),
        Command::Silence(arguments) => silence::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Learn(arguments) => learn::run(&arguments),
        Command::Stats(arguments) => stats::run(&arguments),
        Command::Log(arguments) => log::run(&arguments),
        Command::Undo(arguments) => undo::run(&arguments),
        Command::Clean(arguments) => clean::run(&arguments),
        Command::Optimise(arguments) => optimise::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Backup(arguments) => backup::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    }
}

/// Sends what the rooms tell to stderr, each line with the seconds since the start.
fn tell(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => Level::INFO,
        2 => Level::DEBUG,
        _ => Level::TRACE,
    };
    let told = tracing_subscriber::fmt().with_writer(io::stderr).with_timer(time::uptime()).with_target(false).with_max_level(level);
    // No colour codes: what is told is read in files and mails as often as on a terminal.
    told.with_ansi(false).init();
}
