//! Bringing many units into the memory: in batches, each a transaction, without doubling what is there.

use crate::memory::TranslationUnit;
use crate::memory::key::mix;
use crate::store::unit::{self, Languages};
use crate::store::{Result, Store, action};
use rusqlite::TransactionBehavior;
use rustc_hash::FxHashMap;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The action in the log; `None` when nothing was new.
    pub action: Option<i64>,
    /// Units that are new.
    pub added: u64,
    /// Units that were there already.
    pub known: u64,
    /// Units without text on one of their sides, left out.
    pub empty: u64,
    /// The number of the last unit handed in.
    pub last: Option<i64>,
}

/// An import under way. What has been handed in is safe from the next full batch or [`Import::finish`] on.
pub struct Import<'a> {
    store: &'a mut Store,
    kind: &'static str,
    name: String,
    languages: Languages,
    waiting: Vec<TranslationUnit>,
    known: FxHashMap<u64, i64>,
    imported: Imported,
}

/// Units in a transaction: large enough that committing costs nothing, small enough that a kill loses little.
const BATCH: usize = 10_000;

impl Store {
    /// Starts an import from a named file.
    pub fn import(&mut self, name: &str) -> Result<Import<'_>> {
        self.import_as("import", name)
    }

    pub(super) fn import_as(&mut self, kind: &'static str, name: &str) -> Result<Import<'_>> {
        let known = self.known_units();
        let known = self.named(known)?;
        let languages = Languages::load(&self.connection)?;
        let imported = Imported::default();
        Ok(Import { store: self, kind, name: name.to_string(), languages, waiting: Vec::new(), known, imported })
    }

    fn known_units(&self) -> Result<FxHashMap<u64, i64>> {
        let mut statement = self.connection.prepare_cached("SELECT id, source, target FROM units")?;
        let mut rows = statement.query([])?;
        let mut known = FxHashMap::default();
        while let Some(row) = rows.next()? {
            known.insert(fingerprint(row.get_ref(1)?.as_bytes().unwrap_or(&[]), row.get_ref(2)?.as_bytes().unwrap_or(&[])), row.get(0)?);
        }
        Ok(known)
    }
}

fn fingerprint(source: &[u8], target: &[u8]) -> u64 {
    mix(source).rotate_left(1) ^ mix(target)
}

impl Import<'_> {
    /// Hands in a unit.
    pub fn add(&mut self, unit: &TranslationUnit) -> Result<()> {
        if unit.source.trim().is_empty() || unit.target.trim().is_empty() {
            self.imported.empty += 1;
            return Ok(());
        }
        self.waiting.push(unit.clone());
        if self.waiting.len() >= BATCH { self.write() } else { Ok(()) }
    }

    /// Writes what is still waiting and tells what was done.
    pub fn finish(mut self) -> Result<Imported> {
        self.write()?;
        Ok(self.imported)
    }

    fn write(&mut self) -> Result<()> {
        let result = self.write_batch();
        self.waiting.clear();
        self.store.named(result)
    }

    fn write_batch(&mut self) -> Result<()> {
        let transaction = self.store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for unit in &self.waiting {
            let fingerprint = fingerprint(unit.source.as_bytes(), unit.target.as_bytes());
            if let Some(&id) = self.known.get(&fingerprint) {
                self.imported.known += 1;
                self.imported.last = Some(id);
                continue;
            }
            let action = match self.imported.action {
                Some(action) => action,
                None => action::begin(&transaction, self.kind, &self.name)?,
            };
            self.imported.action = Some(action);
            let id = unit::insert(&transaction, &mut self.languages, unit, action)?;
            self.known.insert(fingerprint, id);
            self.imported.last = Some(id);
            self.imported.added += 1;
        }
        transaction.commit()?;
        Ok(())
    }
}
