//! Fuzzy look-up in a part: counts the query's features in the lists, then compares the texts that share most.

use super::lists::Lists;
use super::{Part, Shelf};
use crate::memory::Query;
use crate::memory::counter::{Counter, MOST_LISTS};
use crate::memory::similarity::{lengths, similarity};
use crate::store::Result;
use std::ops::Range;

/// How much work a look-up may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Entries of frequent lists that are counted; rare lists are always counted.
    pub(super) entries: u64,
    /// Texts that are compared.
    pub(super) texts: usize,
}

impl Effort {
    /// Measured on a million units, see benches/records.
    pub(super) const USUAL: Effort = Effort { entries: 200_000, texts: 150 };

    /// Where a filter throws most hits away, nothing may be skipped.
    pub(super) const ALL: Effort = Effort { entries: u64::MAX, texts: usize::MAX };
}

/// A text at seven tenths of similarity has about half of the query's features even if its edits are spread evenly, each
/// taking two; one with less than this share of those counted has next to no chance. Measured, see benches/records.
const SHARE: f64 = 0.3;

/// Lists of rare features that are counted of a long query, chosen evenly: a text that is near shares about half of any choice,
/// and every list costs a look into the file.
const MOST_RARE: usize = 80;

/// Lists that are counted of a long query in all, the most frequent features being left out.
const MOST_COUNTED: usize = 120;

/// Texts that are compared one after the other without a hit before the rest is given up: so many over the lists counted, within
/// the bounds beside it. The more lists are counted, the surer it is that what is nearest comes first. Measured, see benches/records.
const PATIENCE: usize = 3_000;
const PATIENCE_BOUNDS: (usize, usize) = (25, 150);

/// If texts may answer that share no feature at all, so many of them are compared for want of a better way.
const FEW: usize = 2_000;

/// What counting has found.
pub(super) struct Counted {
    /// Ordinals with a length that can answer.
    ordinals: Range<u32>,
    /// Lists that were counted.
    lists: usize,
    /// The highest count.
    highest: u8,
}

/// Counts the features of a query in the lists of a part.
pub(super) fn count(
    lists: &mut Lists,
    counter: &mut Counter,
    part: &Part,
    shelf: Shelf,
    query: &Query,
    least: f64,
    effort: Effort,
) -> Result<Counted> {
    let shelved = part.shelved(shelf);
    let ordinals = shelved.ordinals(&lengths(least, query.length()));
    counter.reset(ordinals.start, ordinals.end);
    let mut counted = 0;
    let mut frequent = Vec::new();
    let mut rare = Vec::new();
    for &feature in query.features() {
        match shelved.frequent(feature) {
            Some(count) => frequent.push((count, feature)),
            None => rare.push(feature),
        }
    }
    let step = if effort.texts == usize::MAX { 1.0 } else { (rare.len() as f64 / MOST_RARE as f64).max(1.0) };
    let chosen = (0..).map(|rank| (f64::from(rank) * step) as usize).take_while(|at| *at < rare.len()).take(MOST_LISTS);
    for at in chosen {
        lists.whole(part, shelf, rare[at], &ordinals, |ordinal| counter.add(ordinal))?;
        counted += 1;
    }
    frequent.sort_unstable();
    let mut spent = 0;
    let most = if effort.texts == usize::MAX { MOST_LISTS } else { MOST_COUNTED };
    for (count, feature) in frequent {
        spent += u64::from(count) * u64::from(ordinals.end - ordinals.start) / u64::from(shelved.entries.max(1));
        if counted >= most || counted > 0 && spent > effort.entries {
            break;
        }
        lists.paged(part, shelf, feature, &ordinals, |ordinal| counter.add(ordinal))?;
        counted += 1;
    }
    Ok(Counted { ordinals, lists: counted, highest: counter.sweep() })
}

/// What bounds the similarity of a text, from its length and its count alone.
pub(super) struct Bounds<'a> {
    part: &'a Part,
    shelf: Shelf,
    length: usize,
    features_per_edit: usize,
}

impl<'a> Bounds<'a> {
    pub(super) fn new(part: &'a Part, shelf: Shelf, query: &Query) -> Bounds<'a> {
        Bounds { part, shelf, length: query.length(), features_per_edit: query.features_per_edit() }
    }

    /// The fewest edits between the query and a text that has `count` of the `lists` features counted.
    fn edits(&self, lists: usize, count: u8) -> usize {
        lists.saturating_sub(usize::from(count)).div_ceil(self.features_per_edit)
    }

    /// The most that any text at so many edits can be alike: one that is longer by them.
    fn highest(&self, edits: usize) -> f64 {
        similarity(edits, self.length, self.length + edits)
    }

    /// The most that the text at an ordinal can be alike.
    fn highest_at(&self, ordinal: u32, edits: usize) -> f64 {
        let other = self.part.shelved(self.shelf).length(ordinal);
        similarity(edits.max(self.length.abs_diff(other)), self.length, other)
    }
}

/// Hands on the ordinals that may answer, most promising first. `compare` compares the text and gives the similarity that the
/// next one must have to matter, and whether this one is a hit.
pub(super) fn visit(
    counted: &Counted,
    counter: &Counter,
    bounds: &Bounds,
    mut least: f64,
    effort: Effort,
    mut compare: impl FnMut(u32) -> Result<(f64, bool)>,
) -> Result<()> {
    let (mut compared, mut in_vain) = (0, 0);
    let patience = counted.patience(effort);
    let mut level = Vec::new();
    for count in (0..=counted.highest).rev() {
        let edits = bounds.edits(counted.lists, count);
        if bounds.highest(edits) < least {
            return Ok(());
        }
        if usize::from(count) < counted.fewest() {
            return Ok(());
        }
        counted.level(counter, count, &mut level);
        for &ordinal in &level {
            if bounds.highest_at(ordinal, edits) < least {
                continue;
            }
            if compared >= effort.texts || in_vain >= patience {
                return Ok(());
            }
            let (bar, is_hit) = compare(ordinal)?;
            least = bar;
            compared += 1;
            in_vain = if is_hit { 0 } else { in_vain + 1 };
        }
    }
    Ok(())
}

impl Counted {
    /// How many texts are compared without a hit; where they are few, all are.
    fn patience(&self, effort: Effort) -> usize {
        let (least, most) = PATIENCE_BOUNDS;
        if effort.texts == usize::MAX || self.ordinals.len() <= most {
            usize::MAX
        } else {
            (PATIENCE / self.lists.max(1)).clamp(least, most)
        }
    }

    /// The count below which texts are not worth comparing; where they are few, all are.
    fn fewest(&self) -> usize {
        if self.ordinals.len() <= FEW { 0 } else { (self.lists as f64 * SHARE).ceil() as usize }
    }

    /// The ordinals with a count, rising; those that share nothing only where they are few.
    fn level(&self, counter: &Counter, count: u8, level: &mut Vec<u32>) {
        level.clear();
        if count > 0 {
            counter.counted(count, level);
        } else if self.ordinals.len() <= FEW {
            level.extend(self.ordinals.clone().filter(|ordinal| counter.count(*ordinal) == 0));
        }
    }
}
