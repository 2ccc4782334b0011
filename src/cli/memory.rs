//! Which memory a command uses.

use crate::cli::note::note;
use crate::store::{BUSY_SECONDS, Error, Store};
use anyhow::{Context, Result};
use clap::Args;
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use std::path::PathBuf;

/// Which memory a command uses.
#[derive(Args, Clone, Debug)]
pub struct Memory {
    /// The memory, an SQLite file; by default memory.jjak in your data directory
    #[arg(long, value_name = "FILE", env = "JJAK_MEMORY")]
    memory: Option<PathBuf>,
}

impl Memory {
    /// The file.
    pub fn path(&self) -> Result<PathBuf> {
        match &self.memory {
            Some(path) => Ok(path.clone()),
            None => default_path(),
        }
    }

    /// Opens it for writing; it is made if there is none.
    pub fn open(&self) -> Result<Store> {
        open(self.path()?)
    }

    /// Opens it for writing; an error if there is none, since what is asked for makes no sense without one.
    pub fn open_existing(&self) -> Result<Store> {
        let path = self.path()?;
        if !path.exists() {
            return Err(Error::Missing { path }.into());
        }
        open(path)
    }

    /// Opens it for reading; `None` if there is none yet and nobody named one.
    pub fn open_to_read(&self) -> Result<Option<Store>> {
        match Store::open_read_only(self.path()?) {
            Ok(store) => Ok(Some(store)),
            Err(Error::Missing { .. }) if self.memory.is_none() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Opens a memory for writing, and says so where that has to wait.
fn open(path: PathBuf) -> Result<Store> {
    let store = Store::open(path)?;
    if store.is_being_written()? {
        note(format_args!("{}: another process is writing; waiting for up to {BUSY_SECONDS} seconds", store.path().display()));
    }
    Ok(store)
}

fn default_path() -> Result<PathBuf> {
    let names = AppStrategyArgs { app_name: "jjak".into(), ..Default::default() };
    let strategy = choose_app_strategy(names).context("expected a home directory, found none; name a memory with --memory")?;
    Ok(strategy.in_data_dir("memory.jjak"))
}
