//! Which units are in the memory already: by the index where it reaches, by fingerprints held in memory for the newest ones.

use super::gather::{Gathering, Text};
use super::hashes::Hashes;
use super::{MOST_UNITS, Part, Shelf, covered};
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
    /// Whether `newest` has those of one text alone.
    is_partial: bool,
    /// Whether units are gathered for the part that will hold them.
    gathers: bool,
    gathering: Option<Gathering>,
}

/// What two texts and their languages are known by.
pub(in crate::store) struct Sides<'a> {
    texts: [Text<'a>; 2],
    fingerprint: u64,
}

impl<'a> Sides<'a> {
    /// Those of a unit.
    pub(in crate::store) fn of(unit: &'a TranslationUnit) -> Sides<'a> {
        Sides::new((&unit.source, &unit.source_language), (&unit.target, &unit.target_language))
    }

    /// Those of two texts, each with its language; "ko" and "ko-KR" are the same.
    fn new(source: (&'a str, &str), target: (&'a str, &str)) -> Sides<'a> {
        let texts = [source, target].map(|(text, language)| Text::new(Shelf::of_tag(language), text));
        let [source, target] =
            [(&texts[0], source.1), (&texts[1], target.1)].map(|(text, language)| text.mixed.wrapping_add(mix(base(language).as_bytes())));
        Sides { texts, fingerprint: source.rotate_left(1) ^ target }
    }
}

impl Known {
    /// Gathers what the part is made of that will hold the newest units.
    pub(in crate::store) fn gathering() -> Known {
        let newest = FxHashMap::with_capacity_and_hasher(MOST_UNITS as usize, Default::default());
        Known { gathers: true, newest, ..Known::default() }
    }

    /// Takes note of what other processes have written. The caller holds the transaction. Where nothing is gathered and only
    /// one text is `wanted`, units with others are not looked at: what is new may be hundreds of them.
    pub(in crate::store) fn refresh(&mut self, connection: &Connection, languages: &Languages, wanted: Option<&str>) -> Result<()> {
        let covered = covered(connection)?;
        if self.last == 0 {
            self.gathering = self.gathers.then(|| Gathering::with_room(covered + 1));
        }
        if covered != self.covered {
            // Of what another process has indexed nothing more need be gathered, and the rest is read again.
            self.gathering = self.gathering.take().filter(|gathering| gathering.range().0 == covered + 1);
            self.newest.retain(|_, unit| *unit > covered);
            self.covered = covered;
            self.last = self.last.max(covered);
        }
        self.parts = Part::load_all(connection)?;
        let wanted = wanted.filter(|_| !self.gathers);
        if std::mem::replace(&mut self.is_partial, wanted.is_some()) || wanted.is_some() {
            self.newest.clear();
            self.last = covered;
        }
        let sql = "SELECT id, source, target, source_language, target_language FROM units WHERE id > ?1 AND (?2 IS NULL OR source = ?2) \
                   ORDER BY id";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query((self.last, wanted))?;
        while let Some(row) = rows.next()? {
            let (source, target) = (row.get_ref(1)?.as_str().unwrap_or(""), row.get_ref(2)?.as_str().unwrap_or(""));
            let (source_language, target_language) = (languages.tag(row.get(3)?), languages.tag(row.get(4)?));
            self.add(&Sides::new((source, &source_language), (target, &target_language)), row.get(0)?)?;
        }
        Ok(())
    }

    /// How many units no part holds yet.
    pub(in crate::store) fn newest(&self) -> usize {
        self.newest.len()
    }

    /// Takes note of a unit that has just been added.
    pub(in crate::store) fn add(&mut self, sides: &Sides, id: i64) -> Result<()> {
        self.newest.insert(sides.fingerprint, id);
        self.last = id;
        match &mut self.gathering {
            Some(gathering) => gathering.add(id, sides.texts),
            None => Ok(()),
        }
    }

    /// The unit with the same texts among the newest ones.
    pub(in crate::store) fn newest_like(&self, sides: &Sides) -> Option<i64> {
        self.newest.get(&sides.fingerprint).copied()
    }

    /// What was gathered of the newest units; all else is forgotten.
    pub(in crate::store) fn into_gathering(self) -> Option<Gathering> {
        self.gathering
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
