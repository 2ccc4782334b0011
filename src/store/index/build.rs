//! Makes a part of the index from the units of a range, in bounded memory.
//!
//! The units are read once, in order. What is known of each text (length, fingerprints, unit) stays in memory, some 15 bytes;
//! its features go into partitions by value, which spill into a temporary table when they grow. Then each partition is read
//! back by itself, sorted and written.

use super::{ENTRIES_PER_ROW, LONGEST, Shelf, Shelves, key, list_row, pairs_to_bytes};
use crate::memory::features::{self, Seen};
use crate::memory::imprint::Press;
use crate::memory::key::{folded, mix};
use crate::memory::postings::{List, pull, push};
use crate::store::Result;
use rusqlite::{CachedStatement, Connection, OptionalExtension};
use rustc_hash::FxHashSet;
use std::cell::Cell;

/// Lists of up to this many bytes are stored in one piece: it fills a page of the file.
const WHOLE: usize = 3_900;

/// Bytes of words in a row of `index_words`.
const WORDS_PER_ROW: usize = 60_000;

/// Entries in a row of `index_hashes`, about: a row fills a page of the file.
const HASHES_PER_ROW: u32 = 400;

/// Features of a partition, about: what is held at once when lists are made.
const FEATURES_PER_PARTITION: usize = 2_000_000;

/// Features of a unit, about: measured on a million sentences of 30 syllables and 15 words.
const FEATURES_PER_UNIT: usize = 45;

/// Writes a part for the units from `first` to `last`. The caller holds the transaction.
pub(super) fn build(connection: &Connection, first: i64, last: i64) -> Result<()> {
    let place = free_place(connection)?;
    let sql = "INSERT INTO index_parts (place, first_unit, last_unit) VALUES (?, ?, ?)";
    let part = connection.prepare_cached(sql)?.insert((place, first, last))?;
    let mut shelves = gather(connection, first, last)?;
    let written = Cell::new(Written::default());
    for shelf in Shelf::BOTH {
        let gathered = std::mem::take(&mut shelves[shelf as usize]);
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

/// What one shelf is made of, in the order of the units.
#[derive(Default)]
struct Gathered {
    lengths: Vec<u16>,
    references: Vec<u32>,
    /// Fingerprints: masked, exact, and of the text on the other side.
    hashes: Vec<(u32, u16, u16)>,
    words: Vocabulary,
    spill: Spill,
}

/// Distinct words, in the order in which they came.
struct Vocabulary {
    known: FxHashSet<u32>,
    words: String,
    /// Features seen lately, by their lowest bits: most words are common ones, and this stays in the processor's cache.
    lately: Vec<u32>,
}

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        Vocabulary { known: FxHashSet::default(), words: String::new(), lately: vec![0; 1 << 15] }
    }
}

impl Vocabulary {
    fn add(&mut self, feature: u32, word: &str) {
        let lately = &mut self.lately[feature as usize & ((1 << 15) - 1)];
        if std::mem::replace(lately, feature) != feature && self.known.insert(feature) {
            self.words.extend(word.chars().flat_map(char::to_lowercase));
            self.words.push('\n');
        }
    }
}

fn gather(connection: &Connection, first: i64, last: i64) -> Result<[Gathered; 2]> {
    let count = units_between(connection, first, last)?;
    let shelves_of = Shelves::load(connection)?;
    let mut shelves = [Gathered::default(), Gathered::default()];
    for (shelf, gathered) in shelves.iter_mut().enumerate() {
        gathered.spill = Spill::new(connection, shelf, sample(connection, first, last, count, &shelves_of, shelf)?)?;
    }
    let mut press = Press::default();
    let mut statement = connection.prepare_cached(UNITS)?;
    let mut rows = statement.query((first, last))?;
    while let Some(row) = rows.next()? {
        let reference = (row.get::<_, i64>(0)? - first) as u32 * 2;
        let texts = [row.get_ref(1)?.as_str().unwrap_or(""), row.get_ref(2)?.as_str().unwrap_or("")];
        let languages = [row.get(3)?, row.get(4)?];
        for side in [0, 1] {
            let shelf = shelves_of.shelf(languages[side]);
            let other = mix(texts[1 - side].as_bytes()) as u16;
            shelves[shelf as usize].add(connection, &mut press, shelf, texts[side], (reference + side as u32, other))?;
        }
    }
    Ok(shelves)
}

const UNITS: &str = "SELECT id, source, target, source_language, target_language FROM units WHERE id BETWEEN ? AND ?";

fn units_between(connection: &Connection, first: i64, last: i64) -> Result<usize> {
    let sql = "SELECT count(*) FROM units WHERE id BETWEEN ? AND ?";
    Ok(connection.query_row(sql, (first, last), |row| row.get::<_, i64>(0))? as usize)
}

impl Gathered {
    fn add(&mut self, connection: &Connection, press: &mut Press, shelf: Shelf, text: &str, (reference, other): (u32, u16)) -> Result<()> {
        let folded = folded(text);
        let (words, spill) = (&mut self.words, &mut self.spill);
        let imprint = press.press(&folded, shelf.metric(), |seen| match seen {
            Seen::Piece(_) => {}
            Seen::Pair(feature) => spill.push(feature),
            Seen::Word(feature, word) => {
                words.add(feature, word);
                spill.push(feature);
            }
        });
        self.lengths.push((imprint.length as usize).min(LONGEST) as u16);
        self.references.push(reference);
        self.hashes.push((imprint.masked, imprint.exact, other));
        self.spill.end(connection)
    }
}

/// Which partition a feature belongs to, by its highest bits: chosen from a sample so that partitions are about equal.
struct Partition {
    of: Vec<u8>,
    count: usize,
}

const PARTITION_BITS: u32 = 14;

fn sample(connection: &Connection, first: i64, last: i64, count: usize, shelves: &Shelves, shelf: usize) -> Result<Partition> {
    let wanted = (count * FEATURES_PER_UNIT / FEATURES_PER_PARTITION).clamp(1, 64);
    let mut weights = vec![0_usize; 1 << PARTITION_BITS];
    let step = (count / 2_000).max(1) as i64;
    let mut statement = connection.prepare_cached(UNITS)?;
    let mut total = 0;
    for from in (first..=last).step_by(step as usize * 50).filter(|_| wanted > 1) {
        let mut rows = statement.query((from, (from + 49).min(last)))?;
        while let Some(row) = rows.next()? {
            for side in [1, 2] {
                if shelves.shelf(row.get(side + 2)?) as usize == shelf {
                    let text = folded(row.get_ref(side)?.as_str().unwrap_or("")).into_owned();
                    features::each_feature(&text, |feature, _| {
                        weights[(feature >> (32 - PARTITION_BITS)) as usize] += 1;
                        total += 1;
                    });
                }
            }
        }
    }
    let mut sum = 0;
    let of = weights.iter().map(|weight| {
        let partition = (sum * wanted).checked_div(total).unwrap_or(0).min(wanted - 1);
        sum += weight;
        partition as u8
    });
    Ok(Partition { of: of.collect(), count: wanted })
}

/// Features by partition: for each the distance to its text from the text before, then the feature itself.
struct Spill {
    partition: Partition,
    shelf: usize,
    buffers: Vec<Buffer>,
    texts: u32,
}

/// What a partition holds in memory, and the last text in it.
#[derive(Clone, Default)]
struct Buffer {
    bytes: Vec<u8>,
    last: u32,
}

impl Default for Spill {
    fn default() -> Spill {
        Spill { partition: Partition { of: vec![0; 1 << PARTITION_BITS], count: 1 }, shelf: 0, buffers: vec![Buffer::default()], texts: 0 }
    }
}

/// Bytes after which a buffer is put aside, so that all buffers together stay small.
const BUFFER: usize = 128 * 1024;

impl Spill {
    fn new(connection: &Connection, shelf: usize, partition: Partition) -> Result<Spill> {
        connection.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS index_spill (shelf INTEGER, partition INTEGER, number INTEGER, bytes BLOB, \
             PRIMARY KEY (shelf, partition, number))",
        )?;
        connection.prepare_cached("DELETE FROM temp.index_spill WHERE shelf = ?")?.execute([shelf as i64])?;
        let buffers = vec![Buffer::default(); partition.count];
        Ok(Spill { partition, shelf, buffers, texts: 0 })
    }

    #[inline]
    fn push(&mut self, feature: u32) {
        let partition = self.partition.of[(feature >> (32 - PARTITION_BITS)) as usize];
        let buffer = &mut self.buffers[usize::from(partition)];
        push(&mut buffer.bytes, self.texts - buffer.last);
        buffer.bytes.extend(feature.to_le_bytes());
        buffer.last = self.texts;
    }

    /// Ends a text, and puts full buffers aside now and then.
    fn end(&mut self, connection: &Connection) -> Result<()> {
        self.texts += 1;
        if self.texts.is_multiple_of(64) && self.partition.count > 1 {
            for (partition, buffer) in self.buffers.iter_mut().enumerate().filter(|(_, buffer)| buffer.bytes.len() >= BUFFER) {
                put_aside(connection, self.shelf, partition, &mut buffer.bytes)?;
            }
        }
        Ok(())
    }

    /// All pairs of a feature and the ordinal of a text that has it, sorted. They are gone afterwards.
    fn take(&mut self, connection: &Connection, partition: usize, ordinals: &[u32]) -> Result<Vec<u64>> {
        let mut pairs = Pairs { ordinals, text: 0, pairs: Vec::new() };
        let sql = "SELECT bytes FROM temp.index_spill WHERE shelf = ? AND partition = ? ORDER BY number";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query((self.shelf as i64, partition as i64))?;
        while let Some(row) = rows.next()? {
            pairs.add(row.get_ref(0)?.as_blob().unwrap_or(&[]));
        }
        pairs.add(&std::mem::take(&mut self.buffers[partition].bytes));
        Ok(sorted(pairs.pairs))
    }
}

/// Pairs being read back.
struct Pairs<'a> {
    /// The ordinal of each text.
    ordinals: &'a [u32],
    text: u32,
    pairs: Vec<u64>,
}

impl Pairs<'_> {
    fn add(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while at + 4 < bytes.len() {
            self.text += pull(bytes, &mut at);
            let Some(feature) = bytes[at..].first_chunk::<4>() else { return };
            let ordinal = self.ordinals.get(self.text as usize).copied().unwrap_or(0);
            self.pairs.push(u64::from(u32::from_le_bytes(*feature)) << 32 | u64::from(ordinal));
            at += 4;
        }
    }
}

/// Sorts numbers byte by byte from the lowest, leaving out bytes in which all are the same: three times as fast as comparing.
fn sorted(mut numbers: Vec<u64>) -> Vec<u64> {
    let differing = numbers.iter().fold(0, |differing, number| differing | number ^ numbers[0]);
    let mut other = vec![0; numbers.len()];
    for shift in (0..64).step_by(8).filter(|shift| differing >> shift & 0xFF != 0) {
        let mut starts = [0_usize; 257];
        numbers.iter().for_each(|number| starts[(number >> shift & 0xFF) as usize + 1] += 1);
        (1..257).for_each(|at| starts[at] += starts[at - 1]);
        for &number in &numbers {
            let start = &mut starts[(number >> shift & 0xFF) as usize];
            other[*start] = number;
            *start += 1;
        }
        std::mem::swap(&mut numbers, &mut other);
    }
    numbers
}

fn put_aside(connection: &Connection, shelf: usize, partition: usize, buffer: &mut Vec<u8>) -> Result<()> {
    let sql = "INSERT INTO temp.index_spill SELECT ?1, ?2, count(*), ?3 FROM temp.index_spill WHERE shelf = ?1 AND partition = ?2";
    connection.prepare_cached(sql)?.execute((shelf as i64, partition as i64, &buffer[..]))?;
    buffer.clear();
    Ok(())
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
        let frequent = self.write_lists(&mut gathered.spill, &order)?;
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
            let bytes: Vec<u8> = ordinals.iter().flat_map(|&entry| references[entry as usize].to_le_bytes()).collect();
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
                bytes.extend(other.to_le_bytes());
                push(&mut bytes, reference);
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
    fn write_lists(&self, spill: &mut Spill, order: &[u32]) -> Result<Vec<(u32, u32)>> {
        let mut frequent = Vec::new();
        let mut ordinals = vec![0; order.len()];
        order.iter().enumerate().for_each(|(ordinal, &entry)| ordinals[entry as usize] = ordinal as u32);
        let mut list = List::default();
        for partition in 0..spill.partition.count {
            let pairs = spill.take(self.connection, partition, &ordinals)?;
            for members in pairs.chunk_by(|left, right| left >> 32 == right >> 32) {
                let feature = (members[0] >> 32) as u32;
                list.clear();
                members.iter().for_each(|pair| list.add(*pair as u32));
                if list.bytes().len() > WHOLE {
                    frequent.push((feature, list.count()));
                }
                self.write_list(feature, &list)?;
            }
        }
        Ok(frequent)
    }

    fn write_list(&self, feature: u32, list: &List) -> Result<()> {
        let mut statement = self.connection.prepare_cached("INSERT INTO index_lists (key, list) VALUES (?, ?)")?;
        if list.bytes().len() <= WHOLE {
            self.insert(&mut statement, list_row(feature, 0), list.bytes())?;
            return Ok(());
        }
        for (page, bytes) in list.pages() {
            self.insert(&mut statement, list_row(feature, page + 1), &bytes)?;
        }
        Ok(())
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
