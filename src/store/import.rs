//! Bringing many units into the memory: in batches, each a transaction, without doubling what is there.

use crate::memory::TranslationUnit;
use crate::store::index::{self, Known, Sides};
use crate::store::unit::{self, Languages, Rows};
use crate::store::{Result, Store, action};
use rusqlite::{Connection, TransactionBehavior};

/// What happens to a unit that is like one that is there. A unit with the very same texts and languages is never doubled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Merge {
    /// Different translations of one text stay side by side.
    #[default]
    KeepAll,
    /// Of units with the same source text and languages the newest stays.
    NewestText,
    /// Of units with the same key (the `tuid` of TMX) and languages the newest stays.
    NewestKey,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The action in the log; `None` when nothing was new.
    pub action: Option<i64>,
    /// Units that are new.
    pub added: u64,
    /// Units that were there already.
    pub known: u64,
    /// Units that gave way to a newer one; they stay in the history.
    pub replaced: u64,
    /// Units that were left out since a newer one is there.
    pub outdated: u64,
    /// Units without text on one of their sides, left out.
    pub empty: u64,
    /// The number of the last unit that was handed in and is there now.
    pub last: Option<i64>,
}

/// An import under way. What has been handed in is safe from the next full batch or [`Import::finish`] on.
pub struct Import<'a> {
    store: &'a mut Store,
    kind: &'static str,
    name: String,
    merge: Merge,
    languages: Languages,
    waiting: Vec<TranslationUnit>,
    /// Bytes of the texts that are waiting.
    bytes: usize,
    known: Known,
    imported: Imported,
}

/// The kind of action that brings the index up to date at its end.
const INDEXED: &str = "import";

/// Units that go into the table with one statement.
const ROWS: usize = 20;

/// Units from which on a batch is large.
const MANY: usize = 100;

/// Units in a transaction: large enough that committing costs nothing, small enough that a kill loses little.
const BATCH: usize = 10_000;

/// Bytes of texts in a transaction, for units of monstrous length.
const BATCH_BYTES: usize = 16 * 1024 * 1024;

impl Store {
    /// Starts an import from a named file.
    pub fn import(&mut self, name: &str) -> Result<Import<'_>> {
        self.import_as(INDEXED, name)
    }

    pub(super) fn import_as(&mut self, kind: &'static str, name: &str) -> Result<Import<'_>> {
        let languages = Languages::default();
        let (waiting, known) = (Vec::new(), if kind == INDEXED { Known::gathering() } else { Known::default() });
        let (merge, imported) = (Merge::default(), Imported::default());
        Ok(Import { store: self, kind, name: name.to_string(), merge, languages, waiting, bytes: 0, known, imported })
    }
}

impl Import<'_> {
    /// Says what happens to units that are like others.
    pub fn merging(mut self, merge: Merge) -> Self {
        self.merge = merge;
        self
    }

    /// Hands in a unit.
    pub fn add(&mut self, unit: TranslationUnit) -> Result<()> {
        if unit.source.trim().is_empty() || unit.target.trim().is_empty() {
            self.imported.empty += 1;
            return Ok(());
        }
        self.bytes += unit.source.len() + unit.target.len();
        self.waiting.push(unit);
        if self.waiting.len() >= BATCH || self.bytes >= BATCH_BYTES { self.write() } else { Ok(()) }
    }

    /// Units handed in so far.
    pub fn count(&self) -> u64 {
        self.imported.added + self.imported.known + self.imported.outdated + self.imported.empty + self.waiting.len() as u64
    }

    /// Writes what is still waiting, brings the index up to date, and tells what was done.
    pub fn finish(mut self) -> Result<Imported> {
        self.write()?;
        if self.kind == INDEXED {
            self.make_index()?;
        }
        Ok(self.imported)
    }

    fn make_index(&mut self) -> Result<()> {
        let written = index::tidy(&mut self.store.connection, index::FEW_UNITS, std::mem::take(&mut self.known).into_gathering());
        self.store.named(written)?;
        Ok(())
    }

    fn write(&mut self) -> Result<()> {
        // Languages and actions are made by the batch itself; asking for them with every unit takes a tenth of an import.
        let is_checked = self.merge != Merge::KeepAll || self.waiting.len() < MANY;
        self.store.connection.pragma_update(None, "foreign_keys", is_checked)?;
        let result = self.write_batch();
        self.store.connection.pragma_update(None, "foreign_keys", true)?;
        self.waiting.clear();
        self.bytes = 0;
        self.store.named(result)?;
        if self.known.newest() >= index::MOST_UNITS as usize {
            self.make_index()?;
            self.known = Known::gathering();
        }
        Ok(())
    }

    fn write_batch(&mut self) -> Result<()> {
        let transaction = self.store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        self.languages = Languages::load(&transaction)?;
        let only = if let [unit] = &self.waiting[..] { Some(unit.source.as_str()) } else { None };
        self.known.refresh(&transaction, &self.languages, only)?;
        let found = self.known.find(&transaction, &self.waiting, &self.languages)?;
        let mut batch =
            Batch { connection: &transaction, merge: self.merge, languages: &mut self.languages, imported: self.imported.clone() };
        let mut rows = Rows::new(&transaction, if self.merge == Merge::KeepAll { ROWS } else { 1 })?;
        let mut bytes = 0;
        for (unit, found) in self.waiting.iter().zip(found) {
            let sides = Sides::of(unit);
            // The same unit may stand in the batch twice.
            let known = found.or_else(|| self.known.newest_like(&sides));
            if let Some(known) = known {
                batch.imported.known += 1;
                batch.imported.last = Some(known);
                continue;
            }
            let action = match batch.imported.action {
                Some(action) => action,
                None => *batch.imported.action.insert(action::begin(&transaction, self.kind, &self.name)?),
            };
            if batch.gives_way(unit, action)? {
                batch.imported.outdated += 1;
                continue;
            }
            let id = rows.add(unit, batch.languages, action)?;
            self.known.add(&sides, id)?;
            bytes += unit.source.len() + unit.target.len();
            batch.imported.last = Some(id);
            batch.imported.added += 1;
        }
        rows.write()?;
        drop(rows);
        let imported = batch.imported;
        if let Some(action) = imported.action {
            action::count(&transaction, action, (imported.added - self.imported.added) as usize, bytes)?;
        }
        transaction.commit()?;
        self.imported = imported;
        Ok(())
    }
}

/// A batch being written.
struct Batch<'a> {
    connection: &'a Connection,
    merge: Merge,
    languages: &'a mut Languages,
    imported: Imported,
}

impl Batch<'_> {
    /// Removes the units that the merge rule replaces by this one. Says whether one of them is newer, so that this one gives way.
    fn gives_way(&mut self, unit: &TranslationUnit, action: i64) -> Result<bool> {
        let rivals = match self.merge {
            Merge::KeepAll => return Ok(false),
            Merge::NewestText => index::units_with_source(self.connection, &unit.source)?,
            Merge::NewestKey => units_with_key(self.connection, unit.key.as_deref())?,
        };
        let languages = (
            self.languages.number(self.connection, &unit.source_language)?,
            self.languages.number(self.connection, &unit.target_language)?,
        );
        let rivals: Vec<i64> = rivals.into_iter().filter(|rival| self.has_languages(*rival, languages).unwrap_or(false)).collect();
        let at = unit.changed.or(unit.created);
        for &rival in &rivals {
            let sql = "SELECT coalesce(changed, created) FROM units WHERE id = ?";
            let rival_at: Option<i64> = self.connection.prepare_cached(sql)?.query_row([rival], |row| row.get(0))?;
            if rival_at.zip(at).is_some_and(|(rival_at, at)| rival_at > at) {
                return Ok(true);
            }
        }
        for rival in rivals {
            self.imported.replaced += u64::from(unit::remove(self.connection, rival, action)?);
        }
        Ok(false)
    }

    fn has_languages(&self, unit: i64, languages: (i64, i64)) -> Result<bool> {
        let sql = "SELECT source_language = ? AND target_language = ? FROM units WHERE id = ?";
        Ok(self.connection.prepare_cached(sql)?.query_row((languages.0, languages.1, unit), |row| row.get(0))?)
    }
}

fn units_with_key(connection: &Connection, key: Option<&str>) -> Result<Vec<i64>> {
    let Some(key) = key else { return Ok(Vec::new()) };
    let mut statement = connection.prepare_cached("SELECT id FROM units WHERE key = ?")?;
    let units = statement.query_map([key], |row| row.get(0))?;
    Ok(units.collect::<Result<_, _>>()?)
}
