//! Writes a part of the index, in bounded memory.
//!
//! What is known of each text (length, fingerprints, unit) stays in memory, some 15 bytes; its features come back sorted, a range
//! at a time.

use super::gather::{Gathered, Gathering};
use super::spill::Spill;
use super::{ENTRIES_PER_ROW, LONGEST, Shelf, key, list_row, pairs_to_bytes, reference_to_bytes};
use crate::memory::key::mix;
use crate::memory::postings::{self, push};
use crate::store::Result;
use rusqlite::{CachedStatement, Connection, OptionalExtension};
use std::cell::Cell;

/// Lists of up to this many bytes are stored in one piece, about: a few fill a page of the file.
const WHOLE: usize = 3_000;

/// Bytes of words in a row of `index_words`.
const WORDS_PER_ROW: usize = 60_000;

/// Entries in a row of `index_hashes`, about: few enough to go through one by one.
const HASHES_PER_ROW: u32 = 100;

/// Writes a part for the units gathered. The caller holds the transaction.
pub(super) fn build(connection: &Connection, gathering: Gathering) -> Result<()> {
    let place = free_place(connection)?;
    let (first, last) = gathering.range();
    let sql = "INSERT INTO index_parts (place, first_unit, last_unit) VALUES (?, ?, ?)";
    let part = connection.prepare_cached(sql)?.insert((place, first, last))?;
    let written = Cell::new(Written::default());
    for (shelf, gathered) in Shelf::BOTH.into_iter().zip(gathering.shelves) {
        Writer { connection, part, place, shelf, written: &written }.write(gathered)?;
    }
    let Written { bytes, digest } = written.get();
    connection.execute("UPDATE index_parts SET bytes = ?, digest = ? WHERE id = ?", (bytes as i64, digest as i64, part))?;
    Ok(())
}

/// What is known of the blobs of a part: their bytes, and the sum of their fingerprints, whatever their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) bytes: u64,
    pub(super) digest: u64,
}

impl Written {
    /// Counts a blob.
    pub(super) fn add(&mut self, key: i64, blob: &[u8]) {
        self.bytes += blob.len() as u64;
        self.digest = self.digest.wrapping_add(mix(blob) ^ mix(&key.to_le_bytes()));
    }
}

/// The lowest number that no part has: keys have room for 8,192.
fn free_place(connection: &Connection) -> Result<i64> {
    let sql = "SELECT place + 1 FROM index_parts AS here WHERE NOT EXISTS \
               (SELECT 1 FROM index_parts WHERE place = here.place + 1) ORDER BY place LIMIT 1";
    let zero_is_free = connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM index_parts WHERE place = 0)", [], |row| row.get(0))?;
    if zero_is_free {
        return Ok(0);
    }
    Ok(connection.query_row(sql, [], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Writes the rows of one shelf.
struct Writer<'a> {
    connection: &'a Connection,
    part: i64,
    place: i64,
    shelf: Shelf,
    written: &'a Cell<Written>,
}

impl Writer<'_> {
    fn write(&self, mut gathered: Gathered) -> Result<()> {
        let order = by_length(&gathered.lengths);
        let lengths = first_ordinals(&gathered.lengths, &order);
        self.write_entries(&gathered.references, &order)?;
        self.write_hashes(std::mem::take(&mut gathered.hashes), std::mem::take(&mut gathered.references))?;
        self.write_words(&std::mem::take(&mut gathered.words).words)?;
        let frequent = self.write_lists(gathered.spill, &order)?;
        let sql = "INSERT INTO index_shelves (part, shelf, entries, lengths, frequent) VALUES (?, ?, ?, ?, ?)";
        let (lengths, frequent) = (pairs_to_bytes(&lengths), pairs_to_bytes(&frequent));
        self.connection.prepare_cached(sql)?.execute((self.part, self.shelf as i64, order.len() as i64, &lengths, &frequent))?;
        [lengths, frequent].iter().for_each(|blob| self.count(self.shelf as i64, blob));
        Ok(())
    }

    /// Writes a row of a table, given by the statement that inserts it.
    fn insert(&self, statement: &mut CachedStatement, what: u64, blob: &[u8]) -> Result<()> {
        let key = key(self.place, self.shelf, what);
        statement.execute((key, blob))?;
        // Without the place, which says nothing of what lies there.
        self.count(key & ((1 << 49) - 1), blob);
        Ok(())
    }

    fn count(&self, key: i64, blob: &[u8]) {
        let mut written = self.written.get();
        written.add(key, blob);
        self.written.set(written);
    }

    fn write_entries(&self, references: &[u32], order: &[u32]) -> Result<()> {
        let mut statement = self.connection.prepare_cached("INSERT INTO index_entries (key, entries) VALUES (?, ?)")?;
        for (row, ordinals) in order.chunks(ENTRIES_PER_ROW as usize).enumerate() {
            let bytes: Vec<u8> = ordinals.iter().flat_map(|&entry| reference_to_bytes(references[entry as usize])).collect();
            self.insert(&mut statement, row as u64, &bytes)?;
        }
        Ok(())
    }

    fn write_hashes(&self, hashes: Vec<(u32, u16, u16)>, references: Vec<u32>) -> Result<()> {
        let mut rows: Vec<_> = hashes.into_iter().zip(references).collect();
        rows.sort_unstable();
        let mut statement = self.connection.prepare_cached("INSERT INTO index_hashes (key, hashes) VALUES (?, ?)")?;
        let bits = hash_row_bits(rows.len() as u32);
        for members in rows.chunk_by(|left, right| hash_row(left.0.0, bits) == hash_row(right.0.0, bits)) {
            let row = hash_row(members[0].0.0, bits);
            let mut bytes = Vec::with_capacity(members.len() * 9);
            let mut before = (row << (32 - bits)) as u32;
            for &((masked, exact, other), reference) in members {
                push(&mut bytes, masked - before);
                bytes.extend(exact.to_le_bytes());
                bytes.extend(reference_to_bytes(reference));
                // Whether a unit is known is asked of its source.
                if reference & 1 == 0 {
                    bytes.extend(other.to_le_bytes());
                }
                before = masked;
            }
            self.insert(&mut statement, row, &bytes)?;
        }
        Ok(())
    }

    fn write_words(&self, words: &str) -> Result<()> {
        let mut statement = self.connection.prepare_cached("INSERT INTO index_words (key, words) VALUES (?, ?)")?;
        let mut rest = words;
        let mut row = 0;
        while !rest.is_empty() {
            let mut limit = WORDS_PER_ROW.min(rest.len());
            while !rest.is_char_boundary(limit) {
                limit += 1;
            }
            let end = rest[limit..].find('\n').map_or(rest.len(), |at| limit + at + 1);
            statement.execute((key(self.place, self.shelf, row), &rest[..end]))?;
            self.count(key(0, self.shelf, row), &rest.as_bytes()[..end]);
            rest = &rest[end..];
            row += 1;
        }
        Ok(())
    }

    /// Writes all lists; gives the features stored page by page and their counts.
    fn write_lists(&self, spill: Spill, order: &[u32]) -> Result<Vec<(u32, u32)>> {
        let mut frequent = Vec::new();
        let mut ordinals = vec![0; order.len()];
        order.iter().enumerate().for_each(|(ordinal, &entry)| ordinals[entry as usize] = ordinal as u32);
        let (mut list, mut bytes) = (Vec::new(), Vec::new());
        let mut statement = self.connection.prepare_cached("INSERT INTO index_lists (key, list) VALUES (?, ?)")?;
        spill.each_group(&ordinals, |pairs| {
            for members in pairs.chunk_by(|left, right| left >> 32 == right >> 32) {
                let feature = (members[0] >> 32) as u32;
                list.clear();
                list.extend(members.iter().map(|pair| *pair as u32));
                list.dedup();
                if self.write_list(&mut statement, feature, &list, &mut bytes)? {
                    frequent.push((feature, list.len() as u32));
                }
            }
            Ok(())
        })?;
        Ok(frequent)
    }

    /// Writes the list of a feature; says whether page by page.
    fn write_list(&self, statement: &mut CachedStatement, feature: u32, list: &[u32], bytes: &mut Vec<u8>) -> Result<bool> {
        let Some(&last) = list.last() else { return Ok(false) };
        let is_paged = postings::size(list.len(), last) > WHOLE;
        if !is_paged {
            bytes.clear();
            postings::write(list, 0, bytes);
            self.insert(statement, list_row(feature, 0), bytes)?;
            return Ok(false);
        }
        for members in list.chunk_by(|left, right| postings::page(*left) == postings::page(*right)) {
            let page = postings::page(members[0]);
            bytes.clear();
            postings::write(members, page << postings::PAGE_BITS, bytes);
            self.insert(statement, list_row(feature, page + 1), bytes)?;
        }
        Ok(true)
    }
}

/// How many of the highest bits of a masked fingerprint say in which row it is.
pub(super) fn hash_row_bits(entries: u32) -> u32 {
    (entries / HASHES_PER_ROW).max(1).ilog2()
}

/// The row of a masked fingerprint.
pub(super) fn hash_row(masked: u32, bits: u32) -> u64 {
    u64::from(masked) >> (32 - bits)
}

/// Texts by length, shortest first, those of one length as they came.
fn by_length(lengths: &[u16]) -> Vec<u32> {
    let mut starts = vec![0_u32; LONGEST + 2];
    for &length in lengths {
        starts[usize::from(length) + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut order = vec![0; lengths.len()];
    for (entry, &length) in lengths.iter().enumerate() {
        order[starts[usize::from(length)] as usize] = entry as u32;
        starts[usize::from(length)] += 1;
    }
    order
}

fn first_ordinals(lengths: &[u16], order: &[u32]) -> Vec<(u32, u32)> {
    let mut firsts: Vec<(u32, u32)> = Vec::new();
    for (ordinal, &entry) in order.iter().enumerate() {
        let length = u32::from(lengths[entry as usize]);
        if firsts.last().is_none_or(|(last, _)| *last != length) {
            firsts.push((length, ordinal as u32));
        }
    }
    firsts
}
