//! The index inside the memory's file: what it is made of and how its rows are numbered.

mod build;
mod concordance;
mod examine;
mod gather;
mod hashes;
mod known;
mod lists;
mod nearest;
mod search;
mod spill;
mod tail;
mod tidy;

pub(super) use examine::examine;
pub(super) use gather::Gathering;
pub(super) use known::{Known, Sides, units_with_source};
pub(super) use search::Searcher;
pub(super) use tidy::{FEW_UNITS, MOST_UNITS, covered, forget, tidy};

use crate::memory::Metric;
use crate::store::Result;
use rusqlite::Connection;

/// Which texts lie together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shelf {
    /// Korean texts, measured in syllables.
    Korean,
    /// All others, measured in words.
    Other,
}

impl Shelf {
    pub(super) const BOTH: [Shelf; 2] = [Shelf::Korean, Shelf::Other];

    /// The shelf of a language tag.
    pub(super) fn of_tag(tag: &str) -> Shelf {
        let language = tag.split(['-', '_']).next().unwrap_or("");
        if language.eq_ignore_ascii_case("ko") { Shelf::Korean } else { Shelf::Other }
    }

    pub(super) fn metric(self) -> Metric {
        match self {
            Shelf::Korean => Metric::Syllables,
            Shelf::Other => Metric::Words,
        }
    }

    pub(super) fn other(self) -> Shelf {
        match self {
            Shelf::Korean => Shelf::Other,
            Shelf::Other => Shelf::Korean,
        }
    }
}

/// Which language numbers mean Korean.
#[derive(Clone, Debug)]
pub(super) struct Shelves {
    korean: Vec<i64>,
}

impl Shelves {
    pub(super) fn load(connection: &Connection) -> Result<Shelves> {
        let mut statement = connection.prepare_cached("SELECT id, tag FROM languages")?;
        let tags = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let tags: Vec<(i64, String)> = tags.collect::<Result<_, _>>()?;
        let korean = tags.into_iter().filter(|(_, tag)| Shelf::of_tag(tag) == Shelf::Korean);
        Ok(Shelves { korean: korean.map(|(id, _)| id).collect() })
    }

    pub(super) fn shelf(&self, language: i64) -> Shelf {
        if self.korean.contains(&language) { Shelf::Korean } else { Shelf::Other }
    }
}

/// A side of a unit: the unit's number and whether it is the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) unit: i64,
    pub(super) is_target: bool,
}

/// A part of the index.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) id: i64,
    pub(super) place: i64,
    pub(super) first_unit: i64,
    pub(super) last_unit: i64,
    pub(super) shelves: [Shelved; 2],
}

/// What is always at hand of a shelf of a part.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelved {
    pub(super) entries: u32,
    /// Lengths and the first ordinal of each, rising.
    lengths: Vec<(u32, u32)>,
    /// Features whose lists are stored page by page, rising, and how long those are.
    frequent: Vec<(u32, u32)>,
}

impl Shelved {
    /// The ordinals of texts with one of these lengths.
    pub(super) fn ordinals(&self, lengths: &std::ops::RangeInclusive<usize>) -> std::ops::Range<u32> {
        let first = |length: usize| {
            let at = self.lengths.partition_point(|(known, _)| (*known as usize) < length);
            self.lengths.get(at).map_or(self.entries, |(_, first)| *first)
        };
        // Lengths are kept in 16 bits; whatever is longer counts as the longest.
        let low = first((*lengths.start()).min(LONGEST));
        let high = if *lengths.end() >= LONGEST { self.entries } else { first(lengths.end() + 1) };
        low..high.max(low)
    }

    /// The length of the text at an ordinal.
    pub(super) fn length(&self, ordinal: u32) -> usize {
        let at = self.lengths.partition_point(|(_, first)| *first <= ordinal);
        at.checked_sub(1).map_or(0, |at| self.lengths[at].0 as usize)
    }

    /// How often a feature occurs, if its list is stored page by page.
    pub(super) fn frequent(&self, feature: u32) -> Option<u32> {
        let at = self.frequent.binary_search_by_key(&feature, |(feature, _)| *feature).ok()?;
        Some(self.frequent[at].1)
    }

    /// Features of a range whose lists are stored page by page, rising, and how often each occurs.
    fn frequent_between(&self, (first, last): (u32, u32)) -> &[(u32, u32)] {
        let start = self.frequent.partition_point(|(feature, _)| *feature < first);
        let end = self.frequent.partition_point(|(feature, _)| *feature <= last);
        &self.frequent[start..end.max(start)]
    }
}

/// The greatest length that is told apart.
const LONGEST: usize = u16::MAX as usize;

/// Ordinals in a row of `index_entries`.
const ENTRIES_PER_ROW: u32 = 1000;

/// Bytes of a reference to a text: enough for parts of [`MOST_UNITS`].
const REFERENCE: usize = 3;

fn reference_to_bytes(reference: u32) -> [u8; REFERENCE] {
    let [first, second, third, _] = reference.to_le_bytes();
    [first, second, third]
}

fn reference_from_bytes(&[first, second, third]: &[u8; REFERENCE]) -> u32 {
    u32::from_le_bytes([first, second, third, 0])
}

impl Part {
    /// Every part, the largest first.
    pub(super) fn load_all(connection: &Connection) -> Result<Vec<Part>> {
        let mut statement = connection
            .prepare_cached("SELECT id, place, first_unit, last_unit FROM index_parts ORDER BY last_unit - first_unit DESC, id")?;
        let parts = statement.query_map([], |row| {
            Ok(Part { id: row.get(0)?, place: row.get(1)?, first_unit: row.get(2)?, last_unit: row.get(3)?, shelves: Default::default() })
        })?;
        let mut parts: Vec<Part> = parts.collect::<Result<_, _>>()?;
        let mut statement = connection.prepare_cached("SELECT shelf, entries, lengths, frequent FROM index_shelves WHERE part = ?")?;
        for part in &mut parts {
            let mut rows = statement.query([part.id])?;
            while let Some(row) = rows.next()? {
                let shelved = Shelved {
                    entries: row.get::<_, i64>(1)? as u32,
                    lengths: pairs(row.get_ref(2)?.as_blob().unwrap_or(&[])),
                    frequent: pairs(row.get_ref(3)?.as_blob().unwrap_or(&[])),
                };
                part.shelves[usize::from(row.get::<_, i64>(0)? != 0)] = shelved;
            }
        }
        Ok(parts)
    }

    pub(super) fn shelved(&self, shelf: Shelf) -> &Shelved {
        &self.shelves[shelf as usize]
    }

    /// The key of a row of this part: `what` has 48 bits.
    pub(super) fn key(&self, shelf: Shelf, what: u64) -> i64 {
        key(self.place, shelf, what)
    }

    fn entry(&self, reference: u32) -> Entry {
        Entry { unit: self.first_unit + i64::from(reference >> 1), is_target: reference & 1 == 1 }
    }
}

fn key(place: i64, shelf: Shelf, what: u64) -> i64 {
    place << 49 | (shelf as i64) << 48 | what as i64
}

/// What a row of `index_lists` is: page of a list plus one, or 0 for a list in one piece.
fn list_row(feature: u32, page_plus_one: u32) -> u64 {
    u64::from(feature) << 16 | u64::from(page_plus_one)
}

fn pairs(bytes: &[u8]) -> Vec<(u32, u32)> {
    let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes"));
    bytes.chunks_exact(8).map(|pair| (number(&pair[..4]), number(&pair[4..]))).collect()
}

fn pairs_to_bytes(pairs: &[(u32, u32)]) -> Vec<u8> {
    pairs.iter().flat_map(|(left, right)| [left.to_le_bytes(), right.to_le_bytes()].concat()).collect()
}
