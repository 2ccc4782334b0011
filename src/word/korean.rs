//! What may follow a Korean word inside its eojeol: particles, endings, suffixes, light verbs. No dictionary analyser is needed.

use super::conjugation::{Class, Syllable, surfaces};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Longest tail looked at, in bytes: no particle or ending chain is longer than twelve syllables.
const LONGEST_TAIL: usize = 36;

/// Whether `tail` can follow a noun: nothing, particles, the copula, suffixes, light verbs with their endings.
pub fn follows_noun(tail: &str) -> bool {
    tail.is_empty() || tail.len() <= LONGEST_TAIL && TAILS.follows_noun("", tail, 3)
}

/// Whether `tail` can follow `surface`, which is of this class.
pub fn follows(class: Class, surface: &str, tail: &str) -> bool {
    match class {
        Class::Noun => tail.is_empty() || tail.len() <= LONGEST_TAIL && TAILS.follows_noun(surface, tail, 3),
        _ => tail.len() <= LONGEST_TAIL && TAILS.follows_verb(class, tail, 3),
    }
}

/// What stands behind a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// Nothing, particles, or a light verb: 경제-를, 강화-했다.
    Plain,
    /// A suffix first: 경제-력이.
    Suffixed,
}

/// What a tail is, whatever the noun before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    is_empty: bool,
    is_particle: bool,
    /// What it is if it is no particle.
    other: Option<Tail>,
}

impl Rest {
    /// What `tail` is.
    pub fn of(tail: &str) -> Rest {
        let may_be = !tail.is_empty() && tail.len() <= LONGEST_TAIL;
        let other = || match TAILS.is_light(tail, 3) {
            true => Some(Tail::Plain),
            false => TAILS.is_suffixed(tail, 3).then_some(Tail::Suffixed),
        };
        Rest { is_empty: tail.is_empty(), is_particle: is_particle(tail), other: if may_be { other() } else { None } }
    }

    /// What it is behind a noun; none where it cannot follow. `tail` is what it was made of.
    pub fn behind(self, noun: &str, tail: &str) -> Option<Tail> {
        if self.is_empty || self.is_particle && suits(noun, tail) { Some(Tail::Plain) } else { self.other }
    }
}

/// Whether `tail` is a chain of particles or the copula in the form that the end of `word` asks for.
pub fn is_particle_of(word: &str, tail: &str) -> bool {
    is_particle(tail) && suits(word, tail)
}

/// Whether a particle has the form that the end of the word before it asks for: 은 after a consonant, 는 after a vowel.
/// What does not end in Hangul asks for none.
fn suits(word: &str, particle: &str) -> bool {
    let Some(end) = word.chars().next_back().and_then(Syllable::of) else { return true };
    let begins = |list: &[&str]| list.iter().any(|beginning| particle.starts_with(beginning));
    match end.last {
        0 => particle != "이" && !begins(&["은", "을", "과", "으로", "이랑"]),
        LAST_L if particle.starts_with('로') => true,
        _ => {
            !begins(&["는", "가", "를", "와", "로", "랑", "란", "라", "다", "며", "고", "나", "여", "였", "든", "야", "자", "지만", "예요"])
        }
    }
}

/// The final ㄹ, after which 로 follows as after a vowel.
const LAST_L: u32 = 8;

/// Whether `tail` is a chain of particles or the copula, and nothing else.
pub fn is_particle(tail: &str) -> bool {
    TAILS.particles.contains(tail)
}

/// A noun without the particles it may carry: every prefix of `word` whose rest is a particle, longest rest first,
/// and `word` itself. What is left has two syllables at least.
pub fn without_particles(word: &str) -> Vec<&str> {
    let cuts = word.char_indices().skip(2).map(|(at, _)| at);
    let mut stems: Vec<&str> = cuts.filter(|&at| is_particle(&word[at..])).map(|at| &word[..at]).collect();
    stems.push(word);
    stems
}

static TAILS: LazyLock<Tails> = LazyLock::new(Tails::read);

struct Tails {
    particles: Particles,
    suffixed: Beginnings,
    lit: Beginnings,
    endings: FxHashMap<Class, FxHashSet<&'static str>>,
    suffixes: FxHashSet<&'static str>,
    light: FxHashMap<String, Vec<Class>>,
    auxiliary: FxHashMap<String, Vec<Class>>,
}

impl Tails {
    fn read() -> Tails {
        let particles = sections(include_str!("particles.txt"));
        let suffixes = sections(include_str!("suffixes.txt"));
        let endings = sections(include_str!("endings.txt"));
        let light = paradigms(&suffixes["light"]);
        Tails {
            suffixed: Beginnings::of(suffixes["suffix"].iter().copied()),
            lit: Beginnings::of(light.keys().map(String::as_str)),
            particles: Particles::of(&particles["first"], &particles["second"], &particles["copula"]),
            endings: CLASSES
                .iter()
                .map(|&(name, class)| (class, endings[name].iter().map(|&ending| if ending == "-" { "" } else { ending }).collect()))
                .collect(),
            suffixes: suffixes["suffix"].iter().copied().collect(),
            light,
            auxiliary: paradigms(&suffixes["auxiliary"]),
        }
    }

    fn follows_noun(&self, before: &str, tail: &str, depth: usize) -> bool {
        if tail.is_empty() || self.particles.contains(tail) && suits(before, tail) {
            return true;
        }
        depth > 0 && (self.is_suffixed(tail, depth) || self.is_light(tail, depth))
    }

    /// Whether a tail is a suffix with what may follow it.
    fn is_suffixed(&self, tail: &str, depth: usize) -> bool {
        self.suffixed.cuts(tail).any(|at| {
            let (front, rest) = tail.split_at(at);
            self.suffixes.contains(front) && self.follows_noun(front, rest, depth - 1)
        })
    }

    /// Whether a tail is a light verb with its endings.
    fn is_light(&self, tail: &str, depth: usize) -> bool {
        self.lit.cuts(tail).any(|at| {
            let (front, rest) = tail.split_at(at);
            self.light.get(front).is_some_and(|classes| classes.iter().any(|&class| self.follows_verb(class, rest, depth - 1)))
        })
    }

    fn follows_verb(&self, class: Class, tail: &str, depth: usize) -> bool {
        if self.endings.get(&class).is_some_and(|endings| endings.contains(tail)) {
            return true;
        }
        match class {
            Class::FusedM => self.particles.contains(tail),
            Class::Stem => tail.strip_prefix('기').is_some_and(|rest| self.particles.contains(rest)),
            Class::Connective if depth > 0 => cuts(tail).any(|at| {
                let (front, rest) = tail.split_at(at);
                self.auxiliary.get(front).is_some_and(|classes| classes.iter().any(|&class| self.follows_verb(class, rest, depth - 1)))
            }),
            _ => false,
        }
    }
}

const CLASSES: [(&str, Class); 9] = [
    ("stem", Class::Stem),
    ("dropped-l", Class::DroppedL),
    ("fused-n", Class::FusedN),
    ("fused-l", Class::FusedL),
    ("fused-m", Class::FusedM),
    ("fused-b", Class::FusedB),
    ("connective", Class::Connective),
    ("past", Class::Past),
    ("eu", Class::Eu),
];

/// The character boundaries after the first character, the end included.
fn cuts(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().skip(1).map(|(at, _)| at).chain(std::iter::once(text.len()))
}

/// The words of a data file by section.
fn sections(text: &'static str) -> FxHashMap<&'static str, Vec<&'static str>> {
    let mut found: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    let mut section = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => section = name,
            None => found.entry(section).or_default().extend(line.split_whitespace()),
        }
    }
    found
}

/// For each Hangul syllable whether one of some words begins with it: most tails are told by that to be none of them.
struct Beginnings {
    begins: Vec<bool>,
    /// Bytes of the longest word.
    longest: usize,
}

impl Beginnings {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Beginnings {
        let (mut begins, mut longest) = (vec![false; SYLLABLES], 0);
        for word in words {
            longest = longest.max(word.len());
            if let Some(syllable) = syllable_at(word, 0) {
                begins[syllable] = true;
            }
        }
        Beginnings { begins, longest }
    }

    /// Whether a text may begin with one of the words.
    fn begin(&self, text: &str) -> bool {
        syllable_at(text, 0).is_none_or(|syllable| self.begins[syllable])
    }

    /// The bytes at which one of the words may end at the start of a text.
    fn cuts<'a>(&self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let longest = if self.begin(text) { self.longest } else { 0 };
        cuts(text).take_while(move |&at| at <= longest)
    }
}

/// Hangul syllables that Unicode has as one character each, of three bytes.
pub const SYLLABLES: usize = 11_172;

/// The Hangul syllable at a byte of a text, counted from 0; none where another character or none stands.
#[inline]
pub fn syllable_at(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(at..)?.first_chunk::<3>()?;
    let [first, second, third] = bytes.map(|byte| usize::from(byte & 0x3F));
    let index = ((first & 0xF) << 12 | second << 6 | third).checked_sub(0xAC00)?;
    (bytes[0] & 0xF0 == 0xE0 && index < SYLLABLES).then_some(index)
}

/// Particles and the copula, alone and the one behind the other.
struct Particles {
    first: FxHashSet<&'static str>,
    /// What may stand behind one of the first.
    second: FxHashSet<&'static str>,
    /// What the first begin with.
    opening: Beginnings,
    /// What the second begin with.
    closing: Beginnings,
}

impl Particles {
    fn of(first: &[&'static str], second: &[&'static str], copula: &[&'static str]) -> Particles {
        let first: FxHashSet<&str> = first.iter().copied().collect();
        let second: FxHashSet<&str> = second.iter().chain(copula).copied().collect();
        let (opening, closing) = (Beginnings::of(first.iter().copied()), Beginnings::of(second.iter().copied()));
        Particles { first, second, opening, closing }
    }

    fn contains(&self, tail: &str) -> bool {
        let is_stacked =
            |at: usize| self.closing.begin(&tail[at..]) && self.first.contains(&tail[..at]) && self.second.contains(&tail[at..]);
        let is_alone =
            |words: &FxHashSet<&str>, begins: &Beginnings| tail.len() <= begins.longest && begins.begin(tail) && words.contains(tail);
        is_alone(&self.first, &self.opening)
            || is_alone(&self.second, &self.closing)
            || tail.len() <= self.opening.longest + self.closing.longest && self.opening.cuts(tail).any(is_stacked)
    }
}

fn paradigms(stems: &[&str]) -> FxHashMap<String, Vec<Class>> {
    let mut found: FxHashMap<String, Vec<Class>> = FxHashMap::default();
    for (surface, class) in stems.iter().flat_map(|stem| surfaces(stem)) {
        found.entry(surface).or_default().push(class);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether an eojeol is a form of the verb with this stem.
    fn is_form(stem: &str, eojeol: &str) -> bool {
        surfaces(stem)
            .iter()
            .any(|(surface, class)| eojeol.strip_prefix(surface.as_str()).is_some_and(|tail| follows(*class, surface, tail)))
    }

    #[test]
    fn irregular_verbs_are_led_back_to_their_stems() {
        let forms = [
            ("밝히", "밝혔다"),
            ("돕", "도와"),
            ("짓", "지어"),
            ("흐르", "흘러"),
            ("어렵", "어려운"),
            ("듣", "들었다"),
            ("만들", "만든"),
            ("따르", "따라"),
            ("이르", "이르렀다"),
            ("그렇", "그런"),
            ("되", "됐다"),
            ("하", "했습니다"),
            ("쓰", "썼고"),
            ("주", "줬다"),
            ("오", "왔으며"),
            ("낮", "낮아졌다"),
            ("이어지", "이어질"),
            ("먹", "먹으며"),
            ("열", "열린다고"),
            ("깨닫", "깨달은"),
        ];
        for (stem, form) in forms {
            assert!(is_form(stem, form) || form == "열린다고", "{form} is a form of {stem}다");
        }
        assert!(!is_form("열", "열린다고"), "열리다 is another verb");
    }

    #[test]
    fn tails_of_nouns_are_particles_suffixes_and_light_verbs() {
        for tail in [
            "",
            "은",
            "에서는",
            "까지도",
            "들이",
            "적인",
            "적으로",
            "화하고",
            "했다",
            "되었으며",
            "시키기",
            "이었다",
            "으로부터",
            "들에게서",
        ] {
            assert!(follows_noun(tail), "{tail}");
        }
        for tail in ["군", "미군이", "쿵", "회담"] {
            assert!(!is_particle(tail), "{tail}");
        }
    }

    #[test]
    fn a_syllable_is_told_from_any_other_character() {
        for character in ('\0'..='\u{2FFF}').chain('\u{A000}'..='\u{FFFF}').chain(['\u{1F600}']) {
            let index = (character as usize).checked_sub(0xAC00).filter(|&index| index < SYLLABLES);
            assert_eq!(syllable_at(&format!(".{character}."), 1), index, "{character:?}");
        }
        assert_eq!(syllable_at("가", 3), None);
    }

    #[test]
    fn a_particle_is_stripped_only_where_two_syllables_are_left() {
        assert_eq!(without_particles("회의"), ["회의"]);
        assert_eq!(without_particles("한미동맹을"), ["한미동맹", "한미동맹을"]);
    }
}
