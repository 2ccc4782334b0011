//! Features of many texts, sorted within bounded memory: kept by ranges of features in a file that nobody else sees, then read
//! back and sorted a range at a time.

use crate::memory::postings::{pull, push};
use crate::store::{Error, Result};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The features of texts, which are numbered from 0 as they come.
#[derive(Default)]
pub(super) struct Spill {
    texts: u32,
    /// Pairs of feature and text, until there are enough of them to choose partitions by.
    early: Vec<u64>,
    /// For each value of the highest bits of a feature its partition; empty until they are chosen.
    of: Vec<u8>,
    partitions: Vec<Partition>,
    scratch: Option<Scratch>,
}

/// The features of a range.
#[derive(Clone, Default)]
struct Partition {
    /// For each feature the distance to its text from the text before, then the feature itself.
    bytes: Vec<u8>,
    last: u32,
    count: usize,
    /// Where in the scratch file what came before lies, with its length.
    pieces: Vec<(u64, usize)>,
}

/// The highest bits of a feature that say in which partition it is.
const PARTITION_BITS: u32 = 14;

/// Partitions: so many that one of two million units can be sorted in the processor's cache, about.
const PARTITIONS: usize = 64;

/// Pairs after which partitions are chosen, those of some 15,000 texts.
const EARLY: usize = 400_000;

/// Bytes after which a partition's buffer goes to the file: all of them together stay in the processor's cache.
const BUFFER: usize = 16 * 1024;

/// Pairs that are sorted at once, should the first texts have told nothing of the later ones.
const MOST_PAIRS: usize = 2_500_000;

impl Spill {
    /// Takes a feature of the text that is being read.
    #[inline]
    pub(super) fn push(&mut self, feature: u32) {
        let Some(&partition) = self.of.get((feature >> (32 - PARTITION_BITS)) as usize) else {
            self.early.push(pair(feature, self.texts));
            return;
        };
        let partition = &mut self.partitions[usize::from(partition)];
        partition.push(feature, self.texts);
    }

    /// Ends a text, and puts full buffers aside now and then.
    pub(super) fn end(&mut self) -> Result<()> {
        self.texts += 1;
        if self.early.len() >= EARLY {
            self.choose_partitions();
        }
        if self.texts.is_multiple_of(32) { self.put_aside() } else { Ok(()) }
    }

    fn choose_partitions(&mut self) {
        let bucket = |pair: u64| (pair >> (64 - PARTITION_BITS)) as usize;
        let mut weights = vec![0; 1 << PARTITION_BITS];
        self.early.iter().for_each(|pair| weights[bucket(*pair)] += 1);
        let mut sum = 0;
        for weight in weights {
            self.of.push((sum * PARTITIONS / self.early.len()).min(PARTITIONS - 1) as u8);
            sum += weight;
        }
        self.partitions = vec![Partition::default(); PARTITIONS];
        for pair in std::mem::take(&mut self.early) {
            self.partitions[usize::from(self.of[bucket(pair)])].push((pair >> 32) as u32, pair as u32);
        }
    }

    fn put_aside(&mut self) -> Result<()> {
        for partition in self.partitions.iter_mut().filter(|partition| partition.bytes.len() >= BUFFER) {
            let scratch = match &mut self.scratch {
                Some(scratch) => scratch,
                scratch => scratch.insert(Scratch::new()?),
            };
            partition.pieces.push((scratch.write(&partition.bytes)?, partition.bytes.len()));
            partition.bytes.clear();
        }
        Ok(())
    }

    /// Hands on all pairs of a feature and the ordinal of a text that has it, sorted, in groups none of which cuts a feature.
    pub(super) fn each_group(self, ordinals: &[u32], take: impl FnMut(&[u64]) -> Result<()>) -> Result<()> {
        self.each_group_of(MOST_PAIRS, ordinals, take)
    }

    fn each_group_of(mut self, most: usize, ordinals: &[u32], mut take: impl FnMut(&[u64]) -> Result<()>) -> Result<()> {
        let mut sorter = Sorter::default();
        if self.of.is_empty() {
            let pairs = std::mem::take(&mut self.early).into_iter();
            sorter.pairs.extend(pairs.map(|early| pair((early >> 32) as u32, ordinals[early as u32 as usize])));
            return take(sorter.sorted());
        }
        for partition in std::mem::take(&mut self.partitions) {
            for range in self.ranges(&partition, most)? {
                sorter.pairs.clear();
                self.read(&partition, |feature, text| {
                    if range.contains(&feature) {
                        sorter.pairs.push(pair(feature, ordinals.get(text as usize).copied().unwrap_or(0)));
                    }
                })?;
                take(sorter.sorted())?;
            }
        }
        Ok(())
    }

    /// Ranges of features in which a partition is sorted: all at once, or in several goes where there are more than `most`.
    fn ranges(&mut self, partition: &Partition, most: usize) -> Result<Vec<RangeInclusive<u32>>> {
        if partition.count <= most {
            return Ok(vec![0..=u32::MAX]);
        }
        let mut weights = vec![0; 1 << PARTITION_BITS];
        self.read(partition, |feature, _| weights[(feature >> (32 - PARTITION_BITS)) as usize] += 1)?;
        let (mut ranges, mut start, mut sum) = (Vec::new(), 0, 0);
        for (bucket, weight) in (0_u32..).zip(weights) {
            let first = bucket << (32 - PARTITION_BITS);
            if sum > 0 && sum + weight > most {
                ranges.push(start..=first - 1);
                (start, sum) = (first, 0);
            }
            sum += weight;
        }
        ranges.push(start..=u32::MAX);
        Ok(ranges)
    }

    fn read(&mut self, partition: &Partition, mut take: impl FnMut(u32, u32)) -> Result<()> {
        let (mut text, mut bytes) = (0, Vec::new());
        for &(start, length) in &partition.pieces {
            bytes.resize(length, 0);
            if let Some(scratch) = &mut self.scratch {
                scratch.read(start, &mut bytes)?;
            }
            each(&bytes, &mut text, &mut take);
        }
        each(&partition.bytes, &mut text, &mut take);
        Ok(())
    }
}

impl Partition {
    #[inline]
    fn push(&mut self, feature: u32, text: u32) {
        push(&mut self.bytes, text - self.last);
        self.bytes.extend_from_slice(&feature.to_le_bytes());
        self.last = text;
        self.count += 1;
    }
}

/// Calls back for the features of some bytes and their texts; `text` is the last one before.
fn each(bytes: &[u8], text: &mut u32, take: &mut impl FnMut(u32, u32)) {
    let mut at = 0;
    while at < bytes.len() {
        *text = text.wrapping_add(pull(bytes, &mut at));
        let Some(feature) = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()) else { return };
        take(u32::from_le_bytes(*feature), *text);
        at += 4;
    }
}

fn pair(feature: u32, text: u32) -> u64 {
    u64::from(feature) << 32 | u64::from(text)
}

/// Sorts pairs, using the same room again and again.
#[derive(Default)]
struct Sorter {
    pairs: Vec<u64>,
    other: Vec<u64>,
}

/// Bits by which numbers are sorted in one go.
const DIGIT: u32 = 11;

impl Sorter {
    /// Sorts some bits at a time from the lowest, leaving out those in which all are the same: three times as fast as comparing.
    fn sorted(&mut self) -> &[u64] {
        let Some(&first) = self.pairs.first() else { return &[] };
        let differing = self.pairs.iter().fold(0, |differing, pair| differing | pair ^ first);
        self.other.resize(self.pairs.len(), 0);
        let mut shift = 0;
        while differing.checked_shr(shift).is_some_and(|rest| rest != 0) {
            shift += (differing >> shift).trailing_zeros();
            self.sort_by(shift);
            shift += DIGIT;
        }
        &self.pairs
    }

    fn sort_by(&mut self, shift: u32) {
        let digit = |pair: u64| (pair >> shift) as usize & ((1 << DIGIT) - 1);
        let mut starts = [0_u32; (1 << DIGIT) + 1];
        self.pairs.iter().for_each(|pair| starts[digit(*pair) + 1] += 1);
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        for &pair in &self.pairs {
            let start = &mut starts[digit(pair)];
            self.other[*start as usize] = pair;
            *start += 1;
        }
        std::mem::swap(&mut self.pairs, &mut self.other);
    }
}

/// A file in the folder for temporary files that has no name any more, where the system allows that.
struct Scratch {
    file: File,
    path: PathBuf,
    end: u64,
}

/// Files of this process so far.
static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Scratch {
    fn new() -> Result<Scratch> {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("jjak-{}-{number}.tmp", std::process::id()));
        // What an earlier process of this number left behind.
        let _ = std::fs::remove_file(&path);
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path).map_err(|error| wrong(&path, &error))?;
        // While it is open, it is there; a process that is killed leaves nothing behind.
        let _ = std::fs::remove_file(&path);
        Ok(Scratch { file, path, end: 0 })
    }

    /// Appends bytes; gives their place.
    fn write(&mut self, bytes: &[u8]) -> Result<u64> {
        let start = self.end;
        self.file.write_all(bytes).map_err(|error| wrong(&self.path, &error))?;
        self.end += bytes.len() as u64;
        Ok(start)
    }

    fn read(&mut self, start: u64, bytes: &mut [u8]) -> Result<()> {
        let result = self.file.seek(SeekFrom::Start(start)).and_then(|_| self.file.read_exact(bytes));
        result.map_err(|error| wrong(&self.path, &error))
    }
}

fn wrong(path: &Path, error: &std::io::Error) -> Error {
    Error::Temporary { path: path.to_path_buf(), detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// More than enough for partitions, a feature being rarer the greater it is.
    fn features(text: u32) -> impl Iterator<Item = u32> {
        (0..40).map(move |number| (text.wrapping_mul(0x9E37_79B1).rotate_left(number) >> (number % 20)) ^ number)
    }

    #[test]
    fn all_pairs_come_back_sorted_however_many_are_sorted_at_once() {
        let ordinals: Vec<u32> = (0..20_000).rev().collect();
        let mut expected: Vec<u64> = (0..20_000).flat_map(|text| features(text).map(move |feature| pair(feature, 19_999 - text))).collect();
        expected.sort_unstable();
        for most in [1, 3_000, usize::MAX] {
            let mut spill = Spill::default();
            for text in 0..20_000 {
                features(text).for_each(|feature| spill.push(feature));
                spill.end().unwrap();
            }
            let mut found = Vec::new();
            spill
                .each_group_of(most, &ordinals, |pairs| {
                    found.extend_from_slice(pairs);
                    Ok(())
                })
                .unwrap();
            assert!(found == expected, "{most}");
        }
    }

    #[test]
    fn a_scratch_file_gives_back_what_it_was_given() {
        let mut scratch = Scratch::new().unwrap();
        assert_eq!((scratch.write(b"one").unwrap(), scratch.write(b"two").unwrap()), (0, 3));
        let mut bytes = [0; 3];
        for (start, expected) in [(3, b"two"), (0, b"one")] {
            scratch.read(start, &mut bytes).unwrap();
            assert_eq!(&bytes, expected);
        }
    }
}
