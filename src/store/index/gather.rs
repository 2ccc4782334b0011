//! What a part of the index is made of, gathered unit by unit: while they are imported, or from the file.

use super::spill::Spill;
use super::{LONGEST, MOST_UNITS, Shelf, Shelves};
use crate::memory::features::{Seen, each_joint};
use crate::memory::imprint::Press;
use crate::memory::key::{folded, mix};
use crate::store::Result;
use rusqlite::Connection;
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// What is known of the units of a range, in their order. Each text takes 14 bytes of memory.
pub(in crate::store) struct Gathering {
    first: i64,
    last: i64,
    pub(super) shelves: [Gathered; 2],
    press: Press,
}

/// What one shelf is made of.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) lengths: Vec<u16>,
    pub(super) references: Vec<u32>,
    /// Fingerprints: masked, exact, and of the text on the other side.
    pub(super) hashes: Vec<(u32, u16, u16)>,
    pub(super) words: Vocabulary,
    pub(super) spill: Spill,
}

/// A text of a unit, with its [`mix`].
#[derive(Clone, Copy)]
pub(in crate::store) struct Text<'a> {
    pub(super) shelf: Shelf,
    pub(super) text: &'a str,
    pub(super) mixed: u64,
}

impl<'a> Text<'a> {
    pub(super) fn new(shelf: Shelf, text: &'a str) -> Text<'a> {
        Text { shelf, text, mixed: mix(text.as_bytes()) }
    }
}

impl Gathering {
    /// Of units from `first` on.
    pub(super) fn new(first: i64) -> Gathering {
        Gathering { first, last: first - 1, shelves: Default::default(), press: Press::default() }
    }

    /// The same with room for a whole part, which stays untouched until it is needed: growing would move everything, and leave
    /// holes.
    pub(super) fn with_room(first: i64) -> Gathering {
        let mut gathering = Gathering::new(first);
        gathering.shelves.iter_mut().for_each(|shelf| shelf.reserve(MOST_UNITS as usize));
        gathering
    }

    /// Of the units of a range, read from the file.
    pub(super) fn read(connection: &Connection, first: i64, last: i64) -> Result<Gathering> {
        let shelves = Shelves::load(connection)?;
        let mut gathering = Gathering { last, ..Gathering::new(first) };
        let sql = "SELECT id, source, target, source_language, target_language FROM units WHERE id BETWEEN ? AND ? ORDER BY id";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query((first, last))?;
        while let Some(row) = rows.next()? {
            let text = |column: usize| -> Result<Text> {
                Ok(Text::new(shelves.shelf(row.get(column + 2)?), row.get_ref(column)?.as_str().unwrap_or("")))
            };
            gathering.add(row.get(0)?, [text(1)?, text(2)?])?;
        }
        gathering.last = last;
        Ok(gathering)
    }

    /// Takes note of a unit, its number above those before.
    pub(super) fn add(&mut self, unit: i64, texts: [Text; 2]) -> Result<()> {
        let reference = (unit - self.first) as u32 * 2;
        for (side, text) in texts.iter().enumerate() {
            let other = texts[1 - side].mixed as u16;
            self.shelves[text.shelf as usize].add(&mut self.press, text, (reference + side as u32, other))?;
        }
        self.last = unit;
        Ok(())
    }

    /// The numbers of the first unit and of the last.
    pub(super) fn range(&self) -> (i64, i64) {
        (self.first, self.last)
    }
}

impl Gathered {
    fn reserve(&mut self, texts: usize) {
        self.lengths.reserve(texts);
        self.references.reserve(texts);
        self.hashes.reserve(texts);
    }

    fn add(&mut self, press: &mut Press, text: &Text, (reference, other): (u32, u16)) -> Result<()> {
        let folded = folded(text.text);
        let mixed = if let Cow::Borrowed(_) = folded { text.mixed } else { mix(folded.as_bytes()) };
        let (words, spill) = (&mut self.words, &mut self.spill);
        let imprint = press.press(&folded, mixed, text.shelf.metric(), |seen| match seen {
            Seen::Piece(_) => {}
            Seen::Pair(feature) => spill.push(feature),
            Seen::Word(feature, word) => {
                words.add(feature, word);
                spill.push(feature);
            }
        });
        if text.shelf == Shelf::Other {
            each_joint(&folded, |joint| spill.push(joint));
        }
        self.lengths.push((imprint.length as usize).min(LONGEST) as u16);
        self.references.push(reference);
        self.hashes.push((imprint.masked, imprint.exact, other));
        self.spill.end()
    }
}

/// Distinct words, in the order in which they came.
pub(super) struct Vocabulary {
    known: FxHashSet<u32>,
    pub(super) words: String,
    /// Features seen lately, by their lowest bits: most words are common ones, and this stays in the processor's cache.
    lately: Vec<u32>,
}

/// The lowest bits of features by which those seen lately are kept.
const LATELY: usize = 1 << 13;

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        Vocabulary { known: FxHashSet::default(), words: String::new(), lately: vec![0; LATELY] }
    }
}

impl Vocabulary {
    #[inline]
    fn add(&mut self, feature: u32, word: &str) {
        let lately = &mut self.lately[feature as usize & (LATELY - 1)];
        if std::mem::replace(lately, feature) != feature && self.known.insert(feature) {
            self.words.extend(word.chars().flat_map(char::to_lowercase));
            self.words.push('\n');
        }
    }
}
