//! `jjak silence`: puts a finding to rest, with a reason, in a file that is kept with the texts.

mod baseline;
mod file;
mod sorted;

pub use baseline::Baseline;
pub use file::{File, today};
pub use sorted::Sorted;

use super::config::{self, Config};
use super::nearby;
use super::note::note;
use crate::anchor::date::Day;
use anyhow::{Result, bail};
use clap::Args;
use file::Entry;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The name of the file.
pub const FILE: &str = "jjak-silences.toml";

/// Put a finding to rest: it was looked at and is right
#[derive(Args)]
#[command(
    after_help = "Examples:\n  jjak silence 43dd1b9a6ea3fb06 --in brief.en.txt --why \"the ministry corrected the figure later\"\n  jjak silence 43dd1b9a6ea3fb06 --why \"being asked\" --until 2026-12-31\n\njjak check prints the id of each finding. jjak explain configuration tells of the file, and of marks in Markdown"
)]
pub struct Arguments {
    /// The ids of findings, as jjak check prints them
    #[arg(required = true, value_name = "ID", value_parser = id)]
    ids: Vec<String>,
    /// Why it is right as it is
    #[arg(long, value_name = "REASON")]
    why: String,
    /// The last day on which it is silent
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::pair::day)]
    until: Option<Day>,
    /// The English text it was found in, so that a silence that is no longer needed is noticed there
    #[arg(long = "in", value_name = "TARGET")]
    target: Option<String>,
    /// The configuration beside which the silences are kept, instead of the nearest jjak.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

fn id(text: &str) -> Result<String, String> {
    let text = text.to_ascii_lowercase();
    let is_id = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id { Ok(text) } else { Err("expected the 16 letters and figures that jjak check prints under a finding".to_string()) }
}

/// Adds entries to the file of silences.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    if arguments.why.trim().is_empty() {
        bail!("--why: expected a reason that those who come later understand, found nothing");
    }
    if arguments.until.is_some_and(|until| until.number() < today()) {
        bail!("--until: expected a day to come, found one that has passed");
    }
    let target = arguments.target.as_deref();
    let path = match found(arguments.config.as_deref(), target) {
        Some(path) => path,
        None => new_place(arguments.config.as_deref(), target),
    };
    let mut file = File::read(path)?;
    for id in &arguments.ids {
        let target = target.and_then(|target| file.name_of(target));
        file.add(&Entry { id: id.clone(), why: arguments.why.trim().to_string(), until: arguments.until, target, line: 0 })?;
    }
    file.write()?;
    note(format_args!("{} silenced in {}", arguments.ids.len(), file.path.display()));
    Ok(ExitCode::SUCCESS)
}

/// The file of silences that a check of that text obeys: beside the configuration that is named, or the nearest one.
pub fn found(config: Option<&Path>, target: Option<&str>) -> Option<PathBuf> {
    let beside = config.map(|config| config.with_file_name(FILE)).filter(|path| path.is_file());
    beside.or_else(|| nearby::find(FILE, target))
}

fn new_place(config: Option<&Path>, target: Option<&str>) -> PathBuf {
    let config = config.map(Path::to_path_buf).or_else(|| nearby::find(config::FILE, target));
    config.map_or_else(|| PathBuf::from(FILE), |config| config.with_file_name(FILE))
}

impl Config {
    /// The silences that a check of that text obeys.
    pub fn silences(&self, target: &str) -> Result<File> {
        match found(self.path.as_deref(), Some(target)) {
            Some(path) => File::read(path),
            None => Ok(File::default()),
        }
    }
}
