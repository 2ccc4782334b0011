//! Which units are in the memory already: by the index where it reaches, by fingerprints held in memory for the newest ones.

use super::hashes::Hashes;
use super::{Part, Shelf, covered};
use crate::memory::TranslationUnit;
use crate::memory::imprint::{Imprint, Press};
use crate::memory::key::mix;
use crate::store::Result;
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;

/// Which units are in the memory already.
#[derive(Default)]
pub(in crate::store) struct Known {
    parts: Vec<Part>,
    covered: i64,
    last: i64,
    /// Units that no part holds yet: number by fingerprint.
    newest: FxHashMap<u64, i64>,
    press: Press,
}

impl Known {
    /// Takes note of what other processes have written. The caller holds the transaction.
    pub(in crate::store) fn refresh(&mut self, connection: &Connection) -> Result<()> {
        let covered = covered(connection)?;
        if covered != self.covered {
            self.newest.retain(|_, unit| *unit > covered);
            self.covered = covered;
            self.last = self.last.max(covered);
        }
        self.parts = Part::load_all(connection)?;
        let mut statement = connection.prepare_cached("SELECT id, source, target FROM units WHERE id > ? ORDER BY id")?;
        let mut rows = statement.query([self.last])?;
        while let Some(row) = rows.next()? {
            let (source, target) = (row.get_ref(1)?.as_str().unwrap_or(""), row.get_ref(2)?.as_str().unwrap_or(""));
            self.last = row.get(0)?;
            self.newest.insert(fingerprint(source, target), self.last);
        }
        Ok(())
    }

    /// How many units no part holds yet.
    pub(in crate::store) fn newest(&self) -> usize {
        self.newest.len()
    }

    /// Takes note of a unit that has just been added.
    pub(in crate::store) fn add(&mut self, unit: &TranslationUnit, id: i64) {
        self.newest.insert(fingerprint(&unit.source, &unit.target), id);
        self.last = id;
    }

    /// The unit with the same texts among the newest ones.
    pub(in crate::store) fn newest_like(&self, unit: &TranslationUnit) -> Option<i64> {
        self.newest.get(&fingerprint(&unit.source, &unit.target)).copied()
    }

    /// For each unit the one with the same texts that a part holds.
    pub(in crate::store) fn find(&mut self, connection: &Connection, units: &[TranslationUnit]) -> Result<Vec<Option<i64>>> {
        let mut found = vec![None; units.len()];
        if self.parts.is_empty() {
            return Ok(found);
        }
        let mut order: Vec<(Shelf, Imprint, usize)> = units
            .iter()
            .enumerate()
            .map(|(index, unit)| {
                let shelf = Shelf::of_tag(&unit.source_language);
                (shelf, self.press.imprint(&unit.source, shelf.metric()), index)
            })
            .collect();
        // In the order of the rows, so that each row is read once.
        order.sort_unstable_by_key(|(shelf, imprint, _)| (*shelf as u8, *imprint));
        let mut hashes = Hashes::new(connection)?;
        for part in &self.parts {
            for (shelf, imprint, index) in &order {
                if found[*index].is_none() {
                    found[*index] = same_texts(connection, hashes.alike(part, *shelf, imprint)?, imprint, &units[*index])?;
                }
            }
        }
        Ok(found)
    }
}

fn fingerprint(source: &str, target: &str) -> u64 {
    mix(source.as_bytes()).rotate_left(1) ^ mix(target.as_bytes())
}

fn same_texts(connection: &Connection, found: &[super::hashes::Found], imprint: &Imprint, unit: &TranslationUnit) -> Result<Option<i64>> {
    let other = mix(unit.target.as_bytes()) as u16;
    let sql = "SELECT 1 FROM units WHERE id = ? AND source = ? AND target = ?";
    for found in found.iter().filter(|found| found.exact == imprint.exact && found.other == other && !found.entry.is_target) {
        let same = connection.prepare_cached(sql)?.query_row((found.entry.unit, &unit.source, &unit.target), |_| Ok(())).optional()?;
        if same.is_some() {
            return Ok(Some(found.entry.unit));
        }
    }
    Ok(None)
}

/// The units with this very source text.
pub(in crate::store) fn units_with_source(connection: &Connection, source: &str) -> Result<Vec<i64>> {
    let mut units = Vec::new();
    let mut press = Press::default();
    let mut hashes = Hashes::new(connection)?;
    for part in &Part::load_all(connection)? {
        for shelf in Shelf::BOTH {
            let imprint = press.imprint(source, shelf.metric());
            let found = hashes.alike(part, shelf, &imprint)?.iter().filter(|found| found.exact == imprint.exact && !found.entry.is_target);
            let candidates: Vec<i64> = found.map(|found| found.entry.unit).collect();
            for unit in candidates {
                let sql = "SELECT 1 FROM units WHERE id = ? AND source = ?";
                units.extend(connection.prepare_cached(sql)?.query_row((unit, source), |_| Ok(unit)).optional()?);
            }
        }
    }
    let mut statement = connection.prepare_cached("SELECT id FROM units WHERE id > ? AND source = ?")?;
    let newest = statement.query_map((covered(connection)?, source), |row| row.get(0))?;
    units.extend(newest.collect::<Result<Vec<i64>, _>>()?);
    units.sort_unstable();
    units.dedup();
    Ok(units)
}
