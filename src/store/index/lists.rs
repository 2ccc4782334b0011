//! Reading rows of the index.

use super::{ENTRIES_PER_ROW, Entry, Part, REFERENCE, Shelf, list_row, reference_from_bytes};
use crate::memory::needle::WordPart;
use crate::memory::postings::{PAGE_BITS, each};
use crate::store::Result;
use rusqlite::{Connection, Statement};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::rc::Rc;

/// The statements that read the index, prepared once.
pub(super) struct Lists<'a> {
    list: Statement<'a>,
    pages: Statement<'a>,
    range: Statement<'a>,
    entries: Statement<'a>,
    words: Statement<'a>,
    /// Rows of `index_entries` that were read before, by their key; keys of replaced parts are dropped with [`Lists::forget`].
    known: FxHashMap<i64, Box<[u32]>>,
    /// Features of the words that a part of a word fits, where they were looked up before: of a part of the index, by its place.
    fitting: FxHashMap<(i64, bool, WordPart), Fitting>,
}

/// Features of words; `None` where they are too many.
type Fitting = Option<Rc<[u32]>>;

/// Rows of entries that are kept: 16 MB.
const MOST_KNOWN: usize = 4_000;

/// Parts of words whose features are kept: 8 MB at most.
const MOST_FITTING: usize = 1_000;

impl<'a> Lists<'a> {
    pub(super) fn new(connection: &'a Connection) -> Result<Lists<'a>> {
        Ok(Lists {
            list: connection.prepare("SELECT list FROM index_lists WHERE key = ?")?,
            pages: connection.prepare("SELECT key, list FROM index_lists WHERE key BETWEEN ? AND ?")?,
            range: connection.prepare("SELECT list FROM index_lists WHERE key BETWEEN ? AND ?")?,
            entries: connection.prepare("SELECT entries FROM index_entries WHERE key = ?")?,
            words: connection.prepare("SELECT words FROM index_words WHERE key BETWEEN ? AND ?")?,
            known: FxHashMap::default(),
            fitting: FxHashMap::default(),
        })
    }

    /// Forgets rows of parts that may be gone.
    pub(super) fn forget(&mut self) {
        self.known.clear();
        self.fitting.clear();
    }

    /// Calls back for the ordinals within `range` of a list stored in one piece.
    pub(super) fn whole(&mut self, part: &Part, shelf: Shelf, feature: u32, range: &Range<u32>, take: impl FnMut(u32)) -> Result<()> {
        let mut rows = self.list.query([part.key(shelf, list_row(feature, 0))])?;
        if let Some(row) = rows.next()? {
            each(row.get_ref(0)?.as_blob().unwrap_or(&[]), 0, range.start, range.end, take);
        }
        Ok(())
    }

    /// Calls back for the ordinals within `range` of a list stored page by page.
    pub(super) fn paged(&mut self, part: &Part, shelf: Shelf, feature: u32, range: &Range<u32>, mut take: impl FnMut(u32)) -> Result<()> {
        let page = |ordinal: u32| part.key(shelf, list_row(feature, (ordinal >> PAGE_BITS) + 1));
        let mut rows = self.pages.query((page(range.start), page(range.end.saturating_sub(1))))?;
        while let Some(row) = rows.next()? {
            let base = page_base(row.get(0)?);
            each(row.get_ref(1)?.as_blob().unwrap_or(&[]), base, range.start, range.end, &mut take);
        }
        Ok(())
    }

    /// Calls back for the ordinals within `range` of every feature between two that has a list in one piece. Lists stored page by
    /// page are stepped over.
    pub(super) fn wholes_between(
        &mut self,
        part: &Part,
        shelf: Shelf,
        (first, last): (u32, u32),
        range: &Range<u32>,
        mut take: impl FnMut(u32),
    ) -> Result<()> {
        let mut next = first;
        for &(frequent, _) in part.shelved(shelf).frequent_between((first, last)) {
            self.wholes(part, shelf, next..frequent, range, &mut take)?;
            next = frequent + 1;
        }
        self.wholes(part, shelf, next..last.saturating_add(1), range, &mut take)
    }

    /// The same where none is stored page by page.
    fn wholes(&mut self, part: &Part, shelf: Shelf, features: Range<u32>, range: &Range<u32>, take: &mut impl FnMut(u32)) -> Result<()> {
        if features.is_empty() {
            return Ok(());
        }
        let row = |feature| part.key(shelf, list_row(feature, 0));
        let mut rows = self.range.query((row(features.start), row(features.end - 1)))?;
        while let Some(row) = rows.next()? {
            each(row.get_ref(0)?.as_blob().unwrap_or(&[]), 0, range.start, range.end, &mut *take);
        }
        Ok(())
    }

    /// The text behind an ordinal.
    pub(super) fn entry(&mut self, part: &Part, shelf: Shelf, ordinal: u32) -> Result<Option<Entry>> {
        let key = part.key(shelf, u64::from(ordinal / ENTRIES_PER_ROW));
        if !self.known.contains_key(&key) {
            let references = self.read_entries(key)?;
            if self.known.len() >= MOST_KNOWN {
                self.known.clear();
            }
            self.known.insert(key, references);
        }
        let reference = self.known[&key].get((ordinal % ENTRIES_PER_ROW) as usize);
        Ok(reference.map(|reference| part.entry(*reference)))
    }

    fn read_entries(&mut self, key: i64) -> Result<Box<[u32]>> {
        let mut rows = self.entries.query([key])?;
        let Some(row) = rows.next()? else { return Ok(Box::default()) };
        let bytes = row.get_ref(0)?.as_blob().unwrap_or(&[]);
        Ok(bytes.as_chunks::<REFERENCE>().0.iter().map(reference_from_bytes).collect())
    }

    /// Features of the words that a part of a word fits, as `look_up` finds them the first time.
    pub(super) fn known_words(
        &mut self,
        part: &Part,
        shelf: Shelf,
        word: &WordPart,
        look_up: impl FnOnce(&mut Lists<'a>, &Part, Shelf, &WordPart) -> Result<Option<Vec<u32>>>,
    ) -> Result<Fitting> {
        let key = (part.place, shelf == Shelf::Korean, word.clone());
        if let Some(features) = self.fitting.get(&key) {
            return Ok(features.clone());
        }
        let features: Fitting = look_up(self, part, shelf, word)?.map(Rc::from);
        if self.fitting.len() >= MOST_FITTING {
            self.fitting.clear();
        }
        self.fitting.insert(key, features.clone());
        Ok(features)
    }

    /// Calls back for every block of distinct words of a shelf, a word a line.
    pub(super) fn words(&mut self, part: &Part, shelf: Shelf, mut take: impl FnMut(&str)) -> Result<()> {
        let mut rows = self.words.query((part.key(shelf, 0), part.key(shelf, (1 << 48) - 1)))?;
        while let Some(row) = rows.next()? {
            take(row.get_ref(0)?.as_str().unwrap_or(""));
        }
        Ok(())
    }
}

fn page_base(key: i64) -> u32 {
    (((key & 0xFFFF) as u32).saturating_sub(1)) << PAGE_BITS
}
