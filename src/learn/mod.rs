//! What a memory teaches the aligner: which words of its units stand for each other beyond the built-in lexicon.

pub mod lesson;
pub mod model;

use crate::glossary::lexicon;
use rustc_hash::{FxHashMap, FxHashSet};

/// What must be known of a link to judge it: how often its words were left unexplained, alone and together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tally {
    /// Units that the memory has learnt from.
    pub units: u32,
    /// Of these, those in which the Korean word was left unexplained.
    pub source: u32,
    /// Those in which the English word was.
    pub target: u32,
    /// Those in which both were.
    pub together: u32,
    /// In how many of these the two stand for each other, as the model expects.
    pub aligned: f32,
}

/// Units that must have both words: once may be chance.
const FEWEST: u32 = 2;
/// The log-likelihood ratio from which two words meet too often for chance: p = 0.0001, since many pairs are looked at.
const SIGNIFICANT: f64 = 15.0;
/// A learnt link is trusted this far beside one of the built-in lexicon; measured: see benches/records/align.md.
const TRUST: f32 = 0.3;
/// A counterpart that is trusted less than this share of its word's best is left out.
const BESIDE_BEST: f32 = 0.5;

impl Tally {
    /// Trust in the link, 0 to 1; 0 where it may be chance.
    pub fn quality(&self) -> f32 {
        if self.together < FEWEST || self.likelihood_ratio() < SIGNIFICANT {
            return 0.0;
        }
        let forward = self.aligned / self.source as f32;
        let reverse = self.aligned / self.target as f32;
        TRUST * (forward * reverse).sqrt().min(1.0)
    }

    /// Dunning's log-likelihood ratio of the two words being independent; 0 where they meet less often than by chance.
    pub fn likelihood_ratio(&self) -> f64 {
        let (units, source, target) = (f64::from(self.units), f64::from(self.source), f64::from(self.target));
        let together = f64::from(self.together);
        if together * units <= source * target {
            return 0.0;
        }
        let cells = [
            (together, source * target),
            (source - together, source * (units - target)),
            (target - together, (units - source) * target),
            (units - source - target + together, (units - source) * (units - target)),
        ];
        let share = |(seen, margins): (f64, f64)| if seen > 0.0 { seen * (seen * units / margins).ln() } else { 0.0 };
        2.0 * cells.into_iter().map(share).sum::<f64>()
    }
}

/// An English word that a Korean one can stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterpart {
    /// Its stem.
    pub stem: String,
    /// Trust in it, 0 to 1.
    pub quality: f32,
}

/// What a memory knows of the Korean words of a text.
#[derive(Clone, Debug, Default)]
pub struct Learnt {
    words: FxHashMap<String, Vec<Counterpart>>,
    stems: FxHashSet<String>,
}

impl Learnt {
    /// A lexicon of Korean words with their counterparts, best first.
    pub fn new(links: impl IntoIterator<Item = (String, Counterpart)>) -> Learnt {
        let mut learnt = Learnt::default();
        for (word, counterpart) in links {
            learnt.stems.insert(counterpart.stem.clone());
            learnt.words.entry(word).or_default().push(counterpart);
        }
        for list in learnt.words.values_mut() {
            list.sort_by(|a, b| b.quality.total_cmp(&a.quality).then_with(|| a.stem.cmp(&b.stem)));
            let least = BESIDE_BEST * list[0].quality;
            list.retain(|counterpart| counterpart.quality >= least);
        }
        learnt
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What a Korean word can stand for, best first.
    pub fn counterparts(&self, word: &str) -> &[Counterpart] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// What an English stem is matched by, if either lexicon has it.
    pub fn key(&self, stem: &str) -> Option<u64> {
        match lexicon::stem(stem) {
            Some(known) => Some(u64::from(known.0)),
            None => self.stems.contains(stem).then(|| key(stem)),
        }
    }
}

/// The key of a stem that the built-in lexicon does not have: apart from its numbers, and from the keys of anchors.
fn key(stem: &str) -> u64 {
    crate::text::fnv(stem.bytes()) >> 2 | 1 << 62
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_meet_by_chance_are_not_trusted() {
        let tally = |together, aligned| Tally { units: 1_000, source: 20, target: 20, together, aligned };
        assert_eq!(tally(1, 1.0).quality(), 0.0, "once is chance");
        assert_eq!(Tally { source: 400, target: 400, together: 170, aligned: 100.0, units: 1_000 }.quality(), 0.0);
        assert_eq!(Tally { units: 50, ..tally(2, 2.0) }.quality(), 0.0, "in few units, twice is too");
        assert!(tally(15, 14.0).quality() > tally(15, 5.0).quality());
        assert!(tally(20, 20.0).quality() <= 1.0);
    }
}
