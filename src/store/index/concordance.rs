//! Concordance in a part: the texts that hold a piece, shortest first, by the lists of what every such text has.

use super::lists::Lists;
use super::{Part, Shelf};
use crate::memory::features::word_feature;
use crate::memory::needle::{Wanted, WordPart};
use crate::memory::postings::page;
use crate::store::Result;
use std::ops::{ControlFlow, Range};

/// Ordinals that are looked at in the first go, about: short sentences come first and mostly suffice. Each further go takes twice
/// as many, so that a piece that nothing holds costs a dozen readings of its lists and not hundreds.
const WINDOW: u32 = 4_096;

/// If a part of a word fits more words than this, it says too little to look by.
const MOST_WORDS: usize = 2_000;

/// Lists that are intersected at most; texts are compared anyway.
const MOST_SOURCES: usize = 5;

/// A list so short that nothing else is needed.
const RARE: usize = 64;

/// Nanoseconds, about: of comparing a text, of reading a row of a list, and of an ordinal in it. They say whether candidates are
/// compared or thinned out by a further list.
const TEXT: u64 = 1_500;
const ROW: u64 = 1_500;
const ORDINAL: u64 = 4;

/// Texts that are looked at one by one when there is no list to go by and none of them holds the needle, before the caller reads
/// all in the order of the file.
const MOST_BLIND: u32 = 20_000;

/// A syllable that so many texts have is sought in the lists of the shortest texts first: the last of them has this ordinal.
const LATE: u32 = 40_000;

/// Where the texts that have one of some features are found.
#[derive(Default)]
struct Source {
    /// Ordinals from lists in one piece, rising.
    whole: Vec<u32>,
    /// Features whose lists are stored page by page.
    paged: Vec<u32>,
    /// A range of features, those stored page by page left out, whose ordinals are not in `whole` yet.
    late: Option<(u32, u32)>,
    /// How many ordinals, about.
    count: usize,
}

/// Hands on ordinals of texts that may hold the needle, shortest first and of one length the newest first, until told to
/// stop; `take` says whether the text holds it. Says whether all were seen; if not, only reading every text can tell.
pub(super) fn visit(
    lists: &mut Lists,
    part: &Part,
    shelf: Shelf,
    wanted: &[Wanted],
    mut take: impl FnMut(&mut Lists, u32) -> Result<ControlFlow<(), bool>>,
) -> Result<bool> {
    let mut holding = false;
    let Some(mut sources) = sources(lists, part, shelf, wanted)? else { return Ok(true) };
    sources.sort_by_key(|source| source.count);
    let entries = part.shelved(shelf).entries;
    let (mut start, mut window) = (0, WINDOW);
    while start < entries {
        let end = window_end(part, shelf, start, window);
        window = window.saturating_mul(2);
        let candidates = candidates(lists, part, shelf, &mut sources, &(start..end))?;
        for group in candidates.chunk_by(|left, right| part.shelved(shelf).length(*left) == part.shelved(shelf).length(*right)) {
            for &ordinal in group.iter().rev() {
                match take(lists, ordinal)? {
                    ControlFlow::Continue(holds) => holding |= holds,
                    ControlFlow::Break(()) => return Ok(true),
                }
            }
        }
        if sources.is_empty() && !holding && end >= MOST_BLIND && end < entries {
            return Ok(false);
        }
        start = end;
    }
    Ok(true)
}

/// The first ordinal of a length that is at least a window further on.
fn window_end(part: &Part, shelf: Shelf, start: u32, window: u32) -> u32 {
    let shelved = part.shelved(shelf);
    let least = start.saturating_add(window);
    shelved.lengths.iter().map(|(_, first)| *first).find(|first| *first >= least).unwrap_or(shelved.entries)
}

/// Sources for the rarest of what is wanted; `None` if something wanted is nowhere. Parts of words and ranges are looked up
/// only where nothing simpler is rare.
fn sources(lists: &mut Lists, part: &Part, shelf: Shelf, wanted: &[Wanted]) -> Result<Option<Vec<Source>>> {
    let frequency = |wanted: &Wanted| match wanted {
        Wanted::Feature(feature) => part.shelved(shelf).frequent(*feature).unwrap_or(0),
        Wanted::Word(_) => u32::MAX - 1,
        Wanted::Range(..) => u32::MAX,
    };
    let mut wanted: Vec<&Wanted> = wanted.iter().collect();
    wanted.sort_by_key(|wanted| frequency(wanted));
    let mut sources: Vec<Source> = Vec::new();
    for wanted in wanted {
        if sources.len() >= MOST_SOURCES || sources.iter().any(|source| source.count <= RARE) {
            break;
        }
        let source = match wanted {
            Wanted::Feature(feature) => source(lists, part, shelf, &[*feature])?,
            Wanted::Range(first, last) => source_of_range(lists, part, shelf, (*first, *last))?,
            Wanted::Word(word) => match lists.known_words(part, shelf, word, words)? {
                Some(features) => source(lists, part, shelf, &features)?,
                None => continue,
            },
        };
        if source.count == 0 {
            return Ok(None);
        }
        sources.push(source);
    }
    Ok(Some(sources))
}

fn source(lists: &mut Lists, part: &Part, shelf: Shelf, features: &[u32]) -> Result<Source> {
    let mut source = Source::default();
    for &feature in features {
        match part.shelved(shelf).frequent(feature) {
            Some(count) => {
                source.paged.push(feature);
                source.count += count as usize;
            }
            None => lists.whole(part, shelf, feature, &(0..u32::MAX), |ordinal| source.whole.push(ordinal))?,
        }
    }
    source.finish();
    Ok(source)
}

fn source_of_range(lists: &mut Lists, part: &Part, shelf: Shelf, features: (u32, u32)) -> Result<Source> {
    let mut source = Source { late: Some(features), ..Source::default() };
    for &(feature, count) in part.shelved(shelf).frequent_between(features) {
        source.paged.push(feature);
        source.count += count as usize;
    }
    if source.count < LATE as usize {
        source.load(lists, part, shelf)?;
    }
    Ok(source)
}

impl Source {
    fn finish(&mut self) {
        self.whole.sort_unstable();
        self.whole.dedup();
        self.count += self.whole.len();
    }

    /// Reads what comes late, all at once.
    fn load(&mut self, lists: &mut Lists, part: &Part, shelf: Shelf) -> Result<()> {
        if let Some(features) = self.late.take() {
            lists.wholes_between(part, shelf, features, &(0..u32::MAX), |ordinal| self.whole.push(ordinal))?;
            self.finish();
        }
        Ok(())
    }

    /// Marks its ordinals within a range.
    fn mark(&mut self, lists: &mut Lists, part: &Part, shelf: Shelf, range: &Range<u32>, marks: &mut Marks) -> Result<()> {
        marks.reset(range);
        match self.late {
            Some(features) if range.end <= LATE => lists.wholes_between(part, shelf, features, range, |ordinal| marks.set(ordinal))?,
            _ => self.load(lists, part, shelf)?,
        }
        let first = self.whole.partition_point(|ordinal| *ordinal < range.start);
        let end = self.whole.partition_point(|ordinal| *ordinal < range.end);
        self.whole[first..end].iter().for_each(|ordinal| marks.set(*ordinal));
        self.paged.iter().try_for_each(|&feature| lists.paged(part, shelf, feature, range, |ordinal| marks.set(ordinal)))
    }

    /// What marking takes, in nanoseconds, about, where `share` of all ordinals are in the range.
    fn cost(&self, range: &Range<u32>, share: f64) -> u64 {
        let pages = 1 + u64::from(page(range.end) - page(range.start));
        self.paged.len() as u64 * pages * ROW + (self.count as f64 * share) as u64 * ORDINAL
    }
}

/// Ordinals of a range as bits.
#[derive(Default)]
struct Marks {
    first: u32,
    bits: Vec<u64>,
}

impl Marks {
    fn reset(&mut self, range: &Range<u32>) {
        self.first = range.start;
        self.bits.clear();
        self.bits.resize((range.len()).div_ceil(64), 0);
    }

    #[inline]
    fn set(&mut self, ordinal: u32) {
        let at = (ordinal - self.first) as usize;
        self.bits[at / 64] |= 1 << (at % 64);
    }

    fn has(&self, ordinal: u32) -> bool {
        let at = (ordinal - self.first) as usize;
        self.bits[at / 64] >> (at % 64) & 1 == 1
    }

    /// All of them, rising.
    fn ordinals(&self) -> Vec<u32> {
        let mut ordinals = Vec::new();
        for (&bits, first) in self.bits.iter().zip((self.first..).step_by(64)) {
            let mut bits = bits;
            while bits != 0 {
                ordinals.push(first + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
        ordinals
    }
}

fn candidates(lists: &mut Lists, part: &Part, shelf: Shelf, sources: &mut [Source], range: &Range<u32>) -> Result<Vec<u32>> {
    let Some((first, rest)) = sources.split_first_mut() else { return Ok(range.clone().collect()) };
    let share = range.len() as f64 / f64::from(part.shelved(shelf).entries.max(1));
    let mut marks = Marks::default();
    first.mark(lists, part, shelf, range, &mut marks)?;
    let mut candidates = marks.ordinals();
    for source in rest {
        if candidates.len() as u64 * TEXT <= source.cost(range, share) {
            break;
        }
        source.mark(lists, part, shelf, range, &mut marks)?;
        candidates.retain(|ordinal| marks.has(*ordinal));
    }
    Ok(candidates)
}

/// Features of all words of a shelf that a part of a word fits; `None` if there are too many.
fn words(lists: &mut Lists, part: &Part, shelf: Shelf, word: &WordPart) -> Result<Option<Vec<u32>>> {
    let finder = memchr::memmem::Finder::new(word.letters.as_bytes());
    let mut features = Vec::new();
    lists.words(part, shelf, |block| {
        let mut from = 0;
        while features.len() <= MOST_WORDS {
            let Some(at) = finder.find(&block.as_bytes()[from..]) else { break };
            let start = block[..from + at].rfind('\n').map_or(0, |before| before + 1);
            let end = block[from + at..].find('\n').map_or(block.len(), |after| from + at + after);
            if word.fits(&block[start..end]) {
                features.push(word_feature(&block[start..end]));
            }
            from = end;
        }
    })?;
    features.sort_unstable();
    features.dedup();
    Ok((features.len() <= MOST_WORDS).then_some(features))
}
