//! IBM Model 1 in both directions, each pair of words weighed by what the two directions agree on (Liang, Taskar and Klein 2006).
//!
//! What is counted stays additive, so that a further unit can be added to what is known without reading the others again.

use super::lesson::Lesson;
use rustc_hash::FxHashMap;

/// What is known of a link between a Korean and an English word, by their numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Link {
    /// Units that leave both unexplained.
    pub together: u32,
    /// In how many of these they are expected to stand for each other.
    pub aligned: f32,
}

impl Link {
    /// Whether it is worth remembering.
    pub fn is_kept(&self) -> bool {
        self.aligned >= FORGOTTEN
    }
}

/// The words of one side: each with its number, and in how many units it was left unexplained.
#[derive(Clone, Debug, Default)]
pub struct Words {
    numbers: FxHashMap<String, u32>,
    /// For each word how many units have it.
    units: Vec<u32>,
}

impl Words {
    /// The number of a word, given one if it is new.
    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = self.units.len() as u32;
        self.numbers.insert(word.to_string(), number);
        self.units.push(0);
        number
    }

    /// Every word with its number and its units, by number.
    pub fn all(&self) -> Vec<(&str, u32, u32)> {
        let mut all: Vec<_> = self.numbers.iter().map(|(word, &number)| (word.as_str(), number, self.units[number as usize])).collect();
        all.sort_unstable_by_key(|word| word.1);
        all
    }

    /// Enters a word that is known already.
    pub fn enter(&mut self, word: &str, units: u32) -> u32 {
        let number = self.number(word);
        self.units[number as usize] = units;
        number
    }
}

/// What has been counted.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Units that were learnt from.
    pub units: u32,
    /// Korean words.
    pub source: Words,
    /// English stems.
    pub target: Words,
    /// Links by the numbers of their words.
    pub links: FxHashMap<(u32, u32), Link>,
}

/// Rounds of expectation and maximisation: the links are stable after five.
const ROUNDS: usize = 5;
/// A word stands for nothing with this weight against those it may stand for.
const NOTHING: f32 = 0.05;
/// What a link nobody has seen yet is worth, and how slowly that is forgotten.
const UNSEEN: f32 = 0.1;
/// A link that is expected less often than this is forgotten.
const FORGOTTEN: f32 = 0.02;

/// A lesson by the numbers of its words.
struct Numbered {
    source: Vec<u32>,
    target: Vec<u32>,
}

impl Model {
    /// Learns from all lessons at once.
    pub fn train(lessons: &[Lesson]) -> Model {
        let mut model = Model::default();
        let numbered: Vec<Numbered> = lessons.iter().map(|lesson| model.enter(lesson)).collect();
        for link in model.links.values_mut() {
            link.aligned = link.together as f32;
        }
        for _ in 0..ROUNDS {
            let mut aligned: FxHashMap<(u32, u32), f32> = FxHashMap::default();
            for lesson in &numbered {
                for (link, share) in model.expect(lesson) {
                    *aligned.entry(link).or_default() += share;
                }
            }
            for (link, known) in &mut model.links {
                known.aligned = aligned.get(link).copied().unwrap_or(0.0);
            }
        }
        model.links.retain(|_, link| link.is_kept());
        model
    }

    /// Adds one lesson to what is known.
    pub fn add(&mut self, lesson: &Lesson) {
        let numbered = self.enter(lesson);
        for (link, share) in self.expect(&numbered) {
            self.links.entry(link).or_default().aligned += share;
        }
    }

    /// Counts a lesson's words, alone and together.
    fn enter(&mut self, lesson: &Lesson) -> Numbered {
        let count = |words: &mut Words, side: &[String]| {
            let numbers: Vec<u32> = side.iter().map(|word| words.number(word)).collect();
            numbers.iter().for_each(|&number| words.units[number as usize] += 1);
            numbers
        };
        let numbered = Numbered { source: count(&mut self.source, &lesson.source), target: count(&mut self.target, &lesson.target) };
        for &source in &numbered.source {
            for &target in &numbered.target {
                self.links.entry((source, target)).or_default().together += 1;
            }
        }
        self.units += 1;
        numbered
    }

    /// For each pair of a lesson's words the chance that they stand for each other, by what is known: what both directions
    /// say, multiplied.
    fn expect(&self, lesson: &Numbered) -> Vec<((u32, u32), f32)> {
        let (rows, columns) = (lesson.source.len(), lesson.target.len());
        let (mut forward, mut reverse) = (Vec::with_capacity(rows * columns), Vec::with_capacity(rows * columns));
        let (mut of_targets, mut of_sources) = (vec![NOTHING; columns], vec![NOTHING; rows]);
        for (row, &source) in lesson.source.iter().enumerate() {
            for (column, &target) in lesson.target.iter().enumerate() {
                let aligned = self.links.get(&(source, target)).map_or(0.0, |link| link.aligned) + UNSEEN;
                let share = |units: u32| aligned / (units as f32 + 1.0);
                let (there, back) = (share(self.source.units[source as usize]), share(self.target.units[target as usize]));
                of_targets[column] += there;
                of_sources[row] += back;
                forward.push(there);
                reverse.push(back);
            }
        }
        let pairs = (0..rows * columns).map(|at| {
            let (row, column) = (at / columns, at % columns);
            let share = forward[at] / of_targets[column] * reverse[at] / of_sources[row];
            ((lesson.source[row], lesson.target[column]), share)
        });
        pairs.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(source: &[&str], target: &[&str]) -> Lesson {
        let words = |side: &[&str]| side.iter().map(|word| word.to_string()).collect();
        Lesson { source: words(source), target: words(target) }
    }

    /// What is expected of two words.
    fn aligned(model: &Model, source: &str, target: &str) -> f32 {
        let numbers = (model.source.numbers.get(source), model.target.numbers.get(target));
        let (Some(&source), Some(&target)) = numbers else { return 0.0 };
        model.links.get(&(source, target)).map_or(0.0, |link| link.aligned)
    }

    #[test]
    fn words_that_stay_together_while_others_change_stand_for_each_other() {
        let lessons = [
            lesson(&["가가", "나나"], &["a", "b"]),
            lesson(&["가가", "다다"], &["a", "c"]),
            lesson(&["가가", "라라"], &["a", "d"]),
            lesson(&["나나", "다다"], &["b", "c"]),
        ];
        let whole = Model::train(&lessons);
        let mut bit_by_bit = Model::train(&lessons[..1]);
        lessons[1..].iter().for_each(|lesson| bit_by_bit.add(lesson));
        for model in [&whole, &bit_by_bit] {
            assert!(aligned(model, "가가", "a") > 2.0 * aligned(model, "가가", "b"), "{model:?}");
            assert!(aligned(model, "가가", "a") > 2.0 * aligned(model, "나나", "a"), "{model:?}");
        }
        assert!(aligned(&whole, "가가", "a") > 2.0);
    }
}
