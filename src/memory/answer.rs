//! What a look-up is asked and what it answers.

use crate::memory::features;
use crate::memory::key::{Key, Metric, View, folded};
use crate::memory::similarity::{Figures, Matcher, figures, most_edits, similarity};
use crate::text::Language;
use std::cmp::Ordering;

/// A sentence that is looked up, made ready for comparing.
#[derive(Clone, Debug)]
pub struct Query {
    /// As the user wrote it.
    pub text: String,
    /// Its language, which says in which side of the memory to look.
    pub language: Language,
    /// What it is compared by.
    pub metric: Metric,
    /// The fingerprint of the sentence before it, where that is known.
    pub context: Option<u32>,
    key: Key,
    masked: Key,
    matcher: Matcher,
    other: Key,
    features: Vec<u32>,
}

impl Query {
    /// Makes a sentence ready.
    pub fn new(text: &str, context: Option<u32>) -> Query {
        Query::in_language(text, Language::detect(text).unwrap_or(Language::English), context)
    }

    /// Makes a sentence of a known language ready: "THAAD" in a Korean document is looked for among the Korean texts.
    pub fn in_language(text: &str, language: Language, context: Option<u32>) -> Query {
        let metric = if language == Language::Korean { Metric::Syllables } else { Metric::Words };
        let key = Key::new(text, metric);
        let masked = Key::seen(text, metric, View::Masked);
        let matcher = Matcher::new(&key);
        let features = features::distinct(&folded(text));
        Query { text: text.to_string(), language, metric, context, key, masked, matcher, other: Key::default(), features }
    }

    /// Its distinct features, ascending (see [`crate::memory::features`]).
    pub fn features(&self) -> &[u32] {
        &self.features
    }

    /// The most features of the query that one edit can take away.
    pub fn features_per_edit(&self) -> usize {
        match self.metric {
            Metric::Words if !self.features.iter().any(|feature| features::is_pair(*feature)) => 1,
            _ => features::most_per_edit(&folded(&self.text)),
        }
    }

    /// Its length in tokens.
    pub fn length(&self) -> usize {
        self.key.tokens.len()
    }

    /// Whether a text of these tokens is at least `least` alike.
    pub fn is_near(&mut self, tokens: &[u32], least: f64) -> bool {
        self.matcher.distance(tokens, most_edits(least, self.key.tokens.len(), tokens.len())).is_some()
    }

    /// How alike a text is, if it is at least `least` alike or differs in numbers alone.
    pub fn compare(&mut self, text: &str, least: f64) -> Option<(Class, f64)> {
        self.other.fill(text, self.metric, View::Plain);
        let (length, other_length) = (self.length(), self.other.tokens.len());
        let most = most_edits(least, length, other_length);
        match self.matcher.distance(&self.other.tokens, most) {
            Some(0) if same(&self.text, text) => Some((Class::Exact, 1.0)),
            Some(edits) => Some((self.class(text), similarity(edits, length, other_length).min(LOOKS_DIFFERENT))),
            None if self.differs_in_numbers(text) => {
                let edits = self.matcher.distance(&self.other.tokens, length.max(other_length))?;
                Some((Class::Numbers, similarity(edits, length, other_length).min(LOOKS_DIFFERENT)))
            }
            None => None,
        }
    }

    fn class(&mut self, text: &str) -> Class {
        if self.differs_in_numbers(text) { Class::Numbers } else { Class::Fuzzy }
    }

    fn differs_in_numbers(&mut self, text: &str) -> bool {
        if !text.bytes().any(|byte| byte.is_ascii_digit()) || self.masked == self.key {
            return false;
        }
        self.other.fill(text, self.metric, View::Masked);
        let alike = self.other == self.masked;
        self.other.fill(text, self.metric, View::Plain);
        alike && self.other != self.key
    }

    /// Whether it is looked up among the Korean texts.
    pub fn is_korean(&self) -> bool {
        self.language == Language::Korean
    }

    /// All three figures against a text.
    pub fn figures(&self, text: &str) -> Figures {
        figures(&self.text, text, self.metric)
    }
}

/// The most that a text gets which has the same tokens but not the same characters (case, punctuation).
const LOOKS_DIFFERENT: f64 = 0.99;

/// Whether two texts are the same but for composition, kinds of white space and its amount.
fn same(left: &str, right: &str) -> bool {
    left == right || folded(left).split(' ').filter(|word| !word.is_empty()).eq(folded(right).split(' ').filter(|word| !word.is_empty()))
}

/// In what way a unit answers, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The same sentence after the same sentence.
    InContext,
    /// The same sentence.
    Exact,
    /// The same sentence with other numbers.
    Numbers,
    /// A similar sentence.
    Fuzzy,
    /// A sentence that has the query in it.
    Concordance,
    /// A sentence that has all words of the query in it, not side by side.
    Words,
}

impl Class {
    /// The name in JSON: how near, more finely than `kind`.
    pub fn name(self) -> &'static str {
        match self {
            Class::InContext => "in-context",
            Class::Exact => "exact",
            Class::Numbers => "numbers",
            Class::Fuzzy => "fuzzy",
            Class::Concordance => "concordance",
            Class::Words => "words",
        }
    }

    /// The kind in JSON: `exact`, `fuzzy` or `concordance`.
    pub fn kind(self) -> &'static str {
        match self {
            Class::InContext | Class::Exact => "exact",
            Class::Numbers | Class::Fuzzy => "fuzzy",
            Class::Concordance | Class::Words => "concordance",
        }
    }

    /// Whether the whole sentence answers the whole query.
    pub fn is_whole(self) -> bool {
        self.kind() != "concordance"
    }

    /// Whether it is the very same sentence.
    pub fn is_exact(self) -> bool {
        self.kind() == "exact"
    }

    /// Whether it says where the whole query was said before, in one piece.
    pub fn is_near(self) -> bool {
        self != Class::Words
    }

    /// Exact in context, then exact, then the rest by score alone.
    fn rank(self) -> u8 {
        match self {
            Class::InContext => 0,
            Class::Exact => 1,
            Class::Numbers | Class::Fuzzy => 2,
            Class::Concordance => 3,
            Class::Words => 4,
        }
    }
}

/// A unit that answers a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The unit's number in the memory.
    pub unit: i64,
    /// In what way it answers.
    pub class: Class,
    /// How alike it is, 0 to 1; of a concordance hit, the share of the sentence that the query makes up.
    pub score: f64,
}

impl Hit {
    /// Best first: class, score, then the newest unit.
    pub fn order(&self, other: &Hit) -> Ordering {
        let by_score = other.score.total_cmp(&self.score);
        self.class.rank().cmp(&other.class.rank()).then(by_score).then(other.unit.cmp(&self.unit))
    }
}

/// The best hits so far.
#[derive(Clone, Debug)]
pub struct Best {
    limit: usize,
    least: f64,
    hits: Vec<Hit>,
}

impl Best {
    /// Keeps the best `limit` hits that are at least `least` alike.
    pub fn new(limit: usize, least: f64) -> Best {
        Best { limit, least, hits: Vec::with_capacity(limit + 1) }
    }

    /// How alike a hit must be to have a chance: the least asked for, or the score of the last place when all are taken.
    pub fn bar(&self) -> f64 {
        match self.hits.last() {
            Some(last) if self.is_full() && last.class.is_whole() => self.least.max(last.score),
            _ => self.least,
        }
    }

    /// Whether every place is taken.
    pub fn is_full(&self) -> bool {
        self.hits.len() >= self.limit
    }

    /// Whether a hit of this class and score would be kept, were it the newest.
    pub fn has_room_for(&self, class: Class, score: f64) -> bool {
        !self.is_full() || self.hits.last().is_some_and(|last| (last.class.rank(), -last.score) >= (class.rank(), -score))
    }

    /// Takes a hit if it is good enough. A unit that answers in two ways is kept in the better one.
    pub fn add(&mut self, hit: Hit) {
        if let Some(at) = self.hits.iter().position(|known| known.unit == hit.unit) {
            if self.hits[at].order(&hit) != Ordering::Greater {
                return;
            }
            self.hits.remove(at);
        }
        let at = self.hits.partition_point(|known| known.order(&hit) == Ordering::Less);
        if at < self.limit {
            self.hits.insert(at, hit);
            self.hits.truncate(self.limit);
        }
    }

    /// Takes a hit if there is one.
    pub fn add_some(&mut self, hit: Option<Hit>) {
        hit.into_iter().for_each(|hit| self.add(hit));
    }

    /// The hits, best first.
    pub fn into_hits(self) -> Vec<Hit> {
        self.hits
    }

    /// The hits so far, best first.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(query: &str, text: &str) -> Option<(Class, f64)> {
        Query::new(query, None).compare(text, 0.7)
    }

    #[test]
    fn only_the_same_characters_are_exact() {
        assert_eq!(compare("The treaty.", "The  treaty."), Some((Class::Exact, 1.0)));
        assert_eq!(compare("The treaty.", "the treaty"), Some((Class::Fuzzy, 0.99)));
    }

    #[test]
    fn other_numbers_are_a_class_of_their_own_however_many() {
        assert_eq!(compare("12,345명", "7명"), Some((Class::Numbers, 1.0 - 6.0 / 7.0)));
        assert_eq!(compare("In 2023", "In 2024").map(|(class, _)| class), Some(Class::Numbers));
        assert_eq!(compare("병력 3명을 보냈다", "병력 3명을 보냈다."), Some((Class::Fuzzy, 1.0 - 1.0 / 11.0)));
    }

    #[test]
    fn the_best_stay() {
        let mut best = Best::new(2, 0.7);
        for (unit, score) in [(1, 0.7), (2, 0.9), (3, 0.9), (2, 0.9)] {
            best.add(Hit { unit, class: Class::Fuzzy, score });
        }
        assert_eq!(best.bar(), 0.9);
        assert_eq!(best.into_hits().iter().map(|hit| hit.unit).collect::<Vec<_>>(), [3, 2]);
    }
}
