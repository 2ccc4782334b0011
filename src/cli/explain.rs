//! `jjak explain`: the manual page of a check.

use crate::check::CHECKS;
use anyhow::{Result, bail};
use clap::Args;
use std::process::ExitCode;

/// The manual page of a check
#[derive(Args)]
#[command(after_help = "Examples:\n  jjak explain unsupported\n  jjak explain          lists the checks")]
pub struct Arguments {
    /// The check; without one, all are listed
    name: Option<String>,
}

/// Prints a page, or the list of pages.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let Some(name) = &arguments.name else {
        for check in CHECKS {
            anstream::println!("{:<14} {}", check.name, check.summary);
        }
        return Ok(ExitCode::SUCCESS);
    };
    match CHECKS.iter().find(|check| check.name == name) {
        Some(check) => anstream::print!("{}", check.page),
        None => bail!("no page called {name:?}; expected one of {}", CHECKS.iter().map(|check| check.name).collect::<Vec<_>>().join(", ")),
    }
    Ok(ExitCode::SUCCESS)
}
