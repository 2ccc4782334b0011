//! Which units are in the memory already: by the index where it reaches, by fingerprints held in memory for the newest ones.

use super::hashes::Hashes;
use super::{Part, Shelf, covered};
use crate::exchange::language::base;
use crate::memory::TranslationUnit;
use crate::memory::imprint::{Imprint, Press};
use crate::memory::key::mix;
use crate::store::Result;
use crate::store::unit::Languages;
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
    pub(in crate::store) fn refresh(&mut self, connection: &Connection, languages: &Languages) -> Result<()> {
        let covered = covered(connection)?;
        if covered != self.covered {
            self.newest.retain(|_, unit| *unit > covered);
            self.covered = covered;
            self.last = self.last.max(covered);
        }
        self.parts = Part::load_all(connection)?;
        let sql = "SELECT id, source, target, source_language, target_language FROM units WHERE id > ? ORDER BY id";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([self.last])?;
        while let Some(row) = rows.next()? {
            let (source, target) = (row.get_ref(1)?.as_str().unwrap_or(""), row.get_ref(2)?.as_str().unwrap_or(""));
            let (source_language, target_language) = (languages.tag(row.get(3)?), languages.tag(row.get(4)?));
            self.last = row.get(0)?;
            self.newest.insert(fingerprint((source, &source_language), (target, &target_language)), self.last);
        }
        Ok(())
    }

    /// How many units no part holds yet.
    pub(in crate::store) fn newest(&self) -> usize {
        self.newest.len()
    }

    /// Takes note of a unit that has just been added.
    pub(in crate::store) fn add(&mut self, unit: &TranslationUnit, id: i64) {
        self.newest.insert(of_unit(unit), id);
        self.last = id;
    }

    /// The unit with the same texts among the newest ones.
    pub(in crate::store) fn newest_like(&self, unit: &TranslationUnit) -> Option<i64> {
        self.newest.get(&of_unit(unit)).copied()
    }

    /// For each unit the one with the same texts that a part holds.
    pub(in crate::store) fn find(
        &mut self,
        connection: &Connection,
        units: &[TranslationUnit],
        languages: &Languages,
    ) -> Result<Vec<Option<i64>>> {
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
                    let wanted = Wanted { unit: &units[*index], imprint, languages };
                    found[*index] = wanted.among(connection, hashes.alike(part, *shelf, imprint)?)?;
                }
            }
        }
        Ok(found)
    }
}

/// A fingerprint of two texts with their languages; "ko" and "ko-KR" are the same.
fn fingerprint(source: (&str, &str), target: (&str, &str)) -> u64 {
    let side = |(text, language): (&str, &str)| mix(text.as_bytes()).wrapping_add(mix(base(language).as_bytes()));
    side(source).rotate_left(1) ^ side(target)
}

fn of_unit(unit: &TranslationUnit) -> u64 {
    fingerprint((&unit.source, &unit.source_language), (&unit.target, &unit.target_language))
}

/// A unit and what is compared of it.
struct Wanted<'a> {
    unit: &'a TranslationUnit,
    imprint: &'a Imprint,
    languages: &'a Languages,
}

impl Wanted<'_> {
    fn among(&self, connection: &Connection, found: &[super::hashes::Found]) -> Result<Option<i64>> {
        let other = mix(self.unit.target.as_bytes()) as u16;
        let alike = found.iter().filter(|found| found.exact == self.imprint.exact && found.other == other && !found.entry.is_target);
        for found in alike {
            if self.is(connection, found.entry.unit)? {
                return Ok(Some(found.entry.unit));
            }
        }
        Ok(None)
    }

    /// Whether the unit of a number has the same texts and languages.
    fn is(&self, connection: &Connection, id: i64) -> Result<bool> {
        let sql = "SELECT source_language, target_language FROM units WHERE id = ? AND source = ? AND target = ?";
        let mut statement = connection.prepare_cached(sql)?;
        let row = statement.query_row((id, &self.unit.source, &self.unit.target), |row| Ok((row.get(0)?, row.get(1)?)));
        let same = |number: i64, tag: &str| base(&self.languages.tag(number)) == base(tag);
        Ok(row
            .optional()?
            .is_some_and(|(source, target)| same(source, &self.unit.source_language) && same(target, &self.unit.target_language)))
    }
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
