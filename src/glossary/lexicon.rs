//! The built-in lexicon: Korean headwords and their English equivalents, used in place as the build step laid them out.

use super::compound::is_word_character;
use crate::text::{Span, is_hangul, is_hanja};
use crate::word::conjugation::Class;
use crate::word::hanja;
use crate::word::korean::{Rest, Tail, follows, is_particle_of, syllable_at};
use fst::raw::{Fst, Node, Output};
use std::cmp::Ordering;
use std::sync::LazyLock;

/// A headword of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry(u32);

/// An English stem that occurs in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stem(pub u32);

/// A headword found in a Korean text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which.
    pub entry: Entry,
    /// First byte of the surface in the text given.
    pub start: usize,
    /// Byte after the surface: endings and particles are not part of it.
    pub end: usize,
    /// Trust in the reading, 0 to 1: 1 for the best reading of its eojeol, less for a rival and for a word inside a longer one.
    pub quality: f32,
}

static SURFACES: LazyLock<Fst<&'static [u8]>> =
    LazyLock::new(|| Fst::new(&include_bytes!(concat!(env!("OUT_DIR"), "/surfaces.fst"))[..]).expect("built with the program"));
/// For each Hangul syllable the number of its first record in [`HEADS`].
static FIRSTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/firsts.bin"));
/// Where one and two syllables lead in [`SURFACES`]: the second syllable counted from 1 or 0 for none, the node, what is
/// added up on the way.
static HEADS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/heads.bin"));
static STEMS: LazyLock<fst::Map<&'static [u8]>> =
    LazyLock::new(|| fst::Map::new(&include_bytes!(concat!(env!("OUT_DIR"), "/stems.fst"))[..]).expect("built with the program"));
static POSTINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/postings.bin"));
static ENTRIES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/entries.bin"));
static EQUIVALENTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/equivalents.bin"));
static HEADWORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/headwords.txt"));

static PROPER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/proper.bin"));

/// The number of headwords.
pub fn len() -> usize {
    ENTRIES.len() / 8 - 1
}

/// The names of the compiled tables and their bytes.
pub fn tables() -> [(&'static str, usize); 8] {
    [
        ("surfaces", SURFACES.as_bytes().len()),
        ("heads", FIRSTS.len() + HEADS.len()),
        ("stems", STEMS.as_fst().as_bytes().len()),
        ("postings", POSTINGS.len()),
        ("entries", ENTRIES.len()),
        ("equivalents", EQUIVALENTS.len()),
        ("headwords", HEADWORDS.len()),
        ("proper", PROPER.len()),
    ]
}

/// The number of an English stem, if any equivalent has it.
pub fn stem(stem: &str) -> Option<Stem> {
    STEMS.get(stem).map(|number| Stem(number as u32))
}

impl Stem {
    /// Whether the lexicon only knows it with a capital: the name of a person, place or organisation.
    pub fn is_proper(self) -> bool {
        PROPER.get(self.0 as usize).is_some_and(|bits| bits & 1 == 1)
    }

    /// Whether some headword is called by this name and nothing else.
    pub fn is_name(self) -> bool {
        PROPER.get(self.0 as usize) == Some(&3)
    }
}

impl Entry {
    /// Its number, below [`len`].
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The headword, in dictionary form.
    pub fn headword(self) -> &'static str {
        &HEADWORDS[number(ENTRIES, self.index() * 2)..number(ENTRIES, self.index() * 2 + 2)]
    }

    /// Its equivalents, each as the stems of its content words, in the order of the lexicon.
    pub fn equivalents(self) -> impl Iterator<Item = impl Iterator<Item = Stem> + Clone> {
        let mut at = number(ENTRIES, self.index() * 2 + 1);
        let end = number(ENTRIES, self.index() * 2 + 3);
        std::iter::from_fn(move || {
            (at < end).then(|| {
                let first = at + 1;
                at = first + number(EQUIVALENTS, at);
                (first..at).map(|index| Stem(number(EQUIVALENTS, index) as u32))
            })
        })
    }
}

fn number(table: &[u8], index: usize) -> usize {
    let bytes = table[index * 4..index * 4 + 4].try_into().expect("four bytes");
    u32::from_le_bytes(bytes) as usize
}

/// Every headword of a folded Korean text, in text order. Chinese characters are read.
pub fn find(text: &str) -> Vec<Hit> {
    let read = hanja::read(text);
    let (text, written) = (read.as_deref().unwrap_or(text), read.as_ref().map(|_| text));
    let mut hits = Vec::new();
    let mut covered = 0;
    for (start, end) in eojeols(text) {
        if start >= covered && !is_loose_particle(text, start, end) {
            covered = Lattice::of(text, written, start, end).read(&mut hits);
            covered = covered.max(construction(text, start, end, &mut hits));
        }
    }
    hits
}

/// Adds the construction that the end of an eojeol begins and the next one ends: 강화해-야 한다. Answers how far the text
/// is read.
fn construction(text: &str, start: usize, end: usize, hits: &mut Vec<Hit>) -> usize {
    if !text[end..].starts_with(' ') {
        return end;
    }
    // No construction begins with more than three syllables of an ending.
    let places: Vec<usize> = text[start..end].char_indices().rev().take(3).map(|(at, _)| start + at).collect();
    for place in places.into_iter().rev() {
        let found: Vec<_> = surfaces_from(Some(b'-'), text, place, end, true).filter(|&(surface_end, _)| surface_end > end).collect();
        for (surface_end, posting) in found.into_iter().rev() {
            let tail = letters_from(text, surface_end);
            let stands = |&(_, class): &(Entry, Class)| follows(class, &text[place..surface_end], tail);
            if let Some((entry, _)) = entries(posting).find(stands) {
                hits.push(Hit { entry, start: place, end: surface_end, quality: 1.0 });
                return surface_end + tail.len();
            }
        }
    }
    end
}

/// The letters and digits from a byte on.
fn letters_from(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    &rest[..rest.find(|character: char| !is_word_character(character)).unwrap_or(rest.len())]
}

/// Whether an eojeol is the particle of what stands before it in brackets or quotation marks: ’는, ”라고, )의.
fn is_loose_particle(text: &str, start: usize, end: usize) -> bool {
    let glued = text[..start].chars().next_back().is_some_and(|character| "’”)]』」》〉>'\"%".contains(character));
    glued && crate::word::korean::is_particle(&text[start..end])
}

/// The runs of Hangul and alphanumeric characters of a text.
pub fn eojeols(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_word_character)?;
        let end = text[start..].find(|character: char| !is_word_character(character)).map_or(text.len(), |length| start + length);
        at = end;
        Some((start, end))
    })
}

/// A surface found at a place in an eojeol.
#[derive(Clone, Copy)]
struct Edge {
    start: usize,
    end: usize,
    posting: usize,
    /// Whether it is a single syllable, which is right less often.
    is_syllable: bool,
    /// Cheapest way from `start` to the end of the eojeol through this surface.
    cost: f32,
}

/// All ways to read one eojeol as known words, unknown syllables and a tail.
struct Lattice<'a> {
    text: &'a str,
    /// The text before its Chinese characters were read, where it has any.
    written: Option<&'a str>,
    start: usize,
    end: usize,
    edges: Vec<Edge>,
    /// Cheapest reading from each byte (relative to `start`) to the end.
    onward: Vec<f32>,
    /// What the eojeol is from each byte (relative to `start`) on behind a noun, as far as it was asked.
    rests: Vec<Option<Rest>>,
}

/// An unknown syllable costs one; a known word costs less, and the fewer the better.
const KNOWN_WORD: f32 = 0.6;
/// A word of one syllable is right less often.
const KNOWN_SYLLABLE: f32 = 0.95;
/// A suffix is dearer than a known word and cheaper than a known syllable: 안보·정책, but 경제·력.
const SUFFIX: f32 = 0.65;
/// Particles behind an unknown word.
const PARTICLES: f32 = 0.2;
/// Readings that cost this much more than the best are kept as rivals.
const RIVAL: f32 = 0.3;
/// A reading looks at no more than so many characters of one eojeol, so that hostile text costs linear time.
const LONGEST_EOJEOL: usize = 40;

impl<'a> Lattice<'a> {
    fn of(text: &'a str, written: Option<&'a str>, start: usize, end: usize) -> Lattice<'a> {
        let end = text[start..end].char_indices().nth(LONGEST_EOJEOL).map_or(end, |(at, _)| start + at);
        let mut lattice = Lattice {
            text,
            written,
            start,
            end,
            edges: Vec::new(),
            onward: vec![f32::INFINITY; end - start + 1],
            rests: vec![None; end - start + 1],
        };
        lattice.onward[end - start] = 0.0;
        for (at, character) in text[start..end].char_indices().rev() {
            lattice.step(start + at, character);
        }
        lattice
    }

    /// Fills in what is known of the readings from `place` on; all later places are done.
    fn step(&mut self, place: usize, character: char) {
        let after = place + character.len_utf8();
        let onward = self.onward[after - self.start];
        // Particles cost something; where as little is to pay anyway they need not be looked for.
        let mut best = 1.0 + if onward > PARTICLES { onward.min(self.tail(after)) } else { onward };
        let found = self.edges.len();
        self.add_edges(place, after);
        for edge in &self.edges[found..] {
            best = best.min(edge.cost);
        }
        self.onward[place - self.start] = best;
    }

    /// Nothing where an unknown word may end with the rest as its particles.
    fn tail(&self, at: usize) -> f32 {
        if is_particle_of(&self.text[self.start..at], &self.text[at..self.end]) { PARTICLES } else { f32::INFINITY }
    }

    /// Adds the surfaces that can stand at a place; its first character ends at byte `after`.
    fn add_edges(&mut self, place: usize, after: usize) {
        let text: &'a str = self.text;
        let read = surfaces_from(None, text, place, self.end, place == self.start).map(|(end, posting)| (end, posting, end == after));
        for (end, posting, is_syllable) in read.chain(self.sign_at(place)) {
            let own = if is_syllable { KNOWN_SYLLABLE } else { KNOWN_WORD };
            let mut onward = f32::INFINITY;
            for class in classes(posting) {
                onward = onward.min(self.after(class, place, end, is_syllable));
            }
            if onward.is_finite() {
                self.edges.push(Edge { start: place, end, posting, is_syllable, cost: own + onward });
            }
        }
    }

    /// What a Chinese character stands for by itself: 美 for 미국.
    fn sign_at(&self, place: usize) -> Option<(usize, usize, bool)> {
        let sign = self.written?[place..].chars().next().filter(|&character| is_hanja(character))?;
        let posting = SURFACES.get(sign.encode_utf8(&mut [0; 4]).as_bytes())?;
        Some((place + sign.len_utf8(), posting.value() as usize, false))
    }

    /// What is left to pay after a surface of this class; without end where it cannot stand here.
    fn after(&mut self, class: Class, start: usize, end: usize, is_syllable: bool) -> f32 {
        // Of one syllable, a form of a verb begins its eojeol: 트 in 웨스트 is none.
        if is_syllable && class != Class::Noun && start > self.start {
            return f32::INFINITY;
        }
        if class == Class::Prefix {
            return if start == self.start { self.words_from(end) } else { f32::INFINITY };
        }
        if end > self.end {
            return self.after_idiom(class, start, end);
        }
        let (surface, rest) = (&self.text[start..end], &self.text[end..self.end]);
        let tail = match class {
            Class::Noun => self.rests[end - self.start].get_or_insert_with(|| Rest::of(rest)).behind(surface, rest),
            _ => follows(class, surface, rest).then_some(Tail::Plain),
        };
        let tail = match tail {
            Some(Tail::Plain) => 0.0,
            Some(Tail::Suffixed) => SUFFIX,
            None => f32::INFINITY,
        };
        // A single syllable is a word only with nothing but a tail after it; a verb needs its ending.
        if class == Class::Noun && !is_syllable { tail.min(self.onward[end - self.start]) } else { tail }
    }

    /// The cheapest reading from a place on that begins with a known word of two syllables or more.
    fn words_from(&self, place: usize) -> f32 {
        let words = self.edges.iter().filter(|edge| edge.start == place && !edge.is_syllable && edge.end <= self.end);
        words.map(|edge| edge.cost).fold(f32::INFINITY, f32::min)
    }

    /// A surface that reaches into a later eojeol must end with that eojeol's tail.
    fn after_idiom(&self, class: Class, start: usize, end: usize) -> f32 {
        if follows(class, &self.text[start..end], letters_from(self.text, end)) { 0.0 } else { f32::INFINITY }
    }

    /// Adds the hits of the best reading, of its rivals, and of words inside longer ones; answers how far the text is read.
    fn read(&self, hits: &mut Vec<Hit>) -> usize {
        let mut reached = vec![(f32::INFINITY, false); self.onward.len()];
        reached[0] = (0.0, true);
        let best = self.onward[0];
        let mut covered = self.end;
        for offset in 0..self.onward.len() {
            let place = self.start + offset;
            let (spent, after_word) = reached[offset];
            if !spent.is_finite() || !self.text.is_char_boundary(place) {
                continue;
            }
            if let Some(character) = self.text[place..self.end].chars().next() {
                // Digits and Latin letters are words to what follows them: 2차, FTA는.
                reach(&mut reached[offset + character.len_utf8()], spent + 1.0, !is_hangul(character));
            }
            for edge in self.edges.iter().filter(|edge| edge.start == place) {
                if edge.end <= self.end {
                    reach(&mut reached[edge.end - self.start], spent + if edge.is_syllable { KNOWN_SYLLABLE } else { KNOWN_WORD }, true);
                }
                let excess = spent + edge.cost - best;
                if excess < RIVAL {
                    covered = covered.max(edge.end);
                    // A syllable behind an unknown word is rather a part of it: 트 in 웨스트.
                    if after_word || !edge.is_syllable {
                        self.keep(edge, if excess < 0.01 { 1.0 } else { 0.6 }, hits);
                    }
                } else if self.inside_longer(edge, best, &reached) {
                    self.keep(edge, 0.5, hits);
                }
            }
        }
        covered
    }

    /// Whether a longer word of the best reading holds this one of two syllables or more.
    fn inside_longer(&self, edge: &Edge, best: f32, reached: &[(f32, bool)]) -> bool {
        let long_enough = self.text[edge.start..edge.end].chars().nth(1).is_some();
        long_enough
            && self.edges.iter().any(|longer| {
                longer.start <= edge.start
                    && edge.end <= longer.end
                    && longer.end - longer.start > edge.end - edge.start
                    && reached[longer.start - self.start].0 + longer.cost - best < 0.01
            })
    }

    fn keep(&self, edge: &Edge, quality: f32, hits: &mut Vec<Hit>) {
        let (surface, tail) = (&self.text[edge.start..edge.end], self.text.get(edge.end..self.end.max(edge.end)).unwrap_or(""));
        let is_noun = || entries(edge.posting).any(|(_, class)| class == Class::Noun) && follows(Class::Noun, surface, tail);
        for (entry, class) in entries(edge.posting) {
            let stands = match class {
                Class::Prefix => edge.start == self.start && self.words_from(edge.end).is_finite(),
                Class::Noun if !edge.is_syllable => true,
                _ => edge.end > self.end || follows(class, surface, tail),
            };
            if stands && !(yields(class, edge.is_syllable, tail) && is_noun()) {
                hits.push(Hit { entry, start: edge.start, end: edge.end, quality });
            }
        }
    }
}

/// Whether a form of a verb gives way to a noun that is written the same: 이름 is rarely of 이르다, 말 of 말다, 차 of 차다.
fn yields(class: Class, is_syllable: bool, tail: &str) -> bool {
    class == Class::FusedM || tail.is_empty() && (class == Class::FusedL || is_syllable && class == Class::Connective)
}

/// Takes a cheaper way to a place.
fn reach(place: &mut (f32, bool), cost: f32, after_word: bool) {
    if cost < place.0 {
        *place = (cost, after_word);
    }
}

/// The surfaces that begin at `place`, each with its end and its posting; with a `first` byte those that have it before.
/// Only from the start of an eojeol may a surface run over spaces: an idiom holds them itself, and 정상회담 also stands
/// for 정상 회담.
fn surfaces_from(first: Option<u8>, text: &str, place: usize, end: usize, from_start: bool) -> impl Iterator<Item = (usize, usize)> + '_ {
    let fst: &'static Fst<&'static [u8]> = &SURFACES;
    let mut state = Some((fst.root(), Output::zero()));
    if let Some(byte) = first {
        state = step(fst, state, byte);
    }
    let mut at = place;
    let mut head = if first.is_none() { syllable_at(text, place).map(|syllable| (syllable, None)) } else { None };
    std::iter::from_fn(move || {
        while at < end || from_start {
            if let Some((one, two)) = head {
                state = head_state(fst, one, two);
                at += SYLLABLE;
                head = two.is_none().then(|| syllable_at(text, at)).flatten().map(|two| (one, Some(two)));
            } else {
                let byte = *text.as_bytes().get(at)?;
                at += 1;
                match step(fst, state, byte) {
                    None if byte == b' ' && from_start && at - 1 - place >= 6 => continue,
                    stepped => state = stepped,
                }
            }
            let (node, value) = state?;
            if node.is_final() {
                return Some((at, value.cat(node.final_output()).value() as usize));
            }
        }
        None
    })
}

/// Bytes of a Hangul syllable.
const SYLLABLE: usize = 3;

/// Where a syllable, or two, lead in the tables of surfaces.
fn head_state(fst: &'static Fst<&'static [u8]>, one: usize, two: Option<usize>) -> Option<(Node<'static>, Output)> {
    let second = two.map_or(0, |two| two + 1);
    let (mut low, mut high) = (number(FIRSTS, one), number(FIRSTS, one + 1));
    while low < high {
        let middle = low.midpoint(high);
        match number(HEADS, middle * 3).cmp(&second) {
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
            Ordering::Equal => {
                return Some((fst.node(number(HEADS, middle * 3 + 1)), Output::new(number(HEADS, middle * 3 + 2) as u64)));
            }
        }
    }
    None
}

/// Where a byte leads in the tables of surfaces, and what it adds up to.
fn step(fst: &'static Fst<&'static [u8]>, state: Option<(Node<'static>, Output)>, byte: u8) -> Option<(Node<'static>, Output)> {
    let (node, value) = state?;
    let transition = node.transition(node.find_input(byte)?);
    Some((fst.node(transition.addr), value.cat(transition.out)))
}

/// What a chain of known words of two syllables or more from the start of a run of letters to its end may be, told without
/// reading the run as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// There is none.
    None,
    /// The run is one noun, with what may follow a noun.
    Noun,
    /// There may be one: the run has to be read.
    Doubtful,
}

/// What is to be said of a chain that reaches a place where `ends` holds of the rest. Chinese characters are not read here.
pub fn chain(text: &str, ends: fn(&str) -> bool) -> Chain {
    if text.contains(is_hanja) {
        return Chain::Doubtful;
    }
    let mut waiting = vec![0];
    let mut at = 0;
    let mut doubtful = false;
    while at < waiting.len() {
        let start = waiting[at];
        let after = start + text[start..].chars().next().map_or(1, char::len_utf8);
        for (end, posting) in surfaces_from(None, text, start, text.len(), false).filter(|&(end, _)| end > after) {
            let (word, rest) = (&text[start..end], &text[end..]);
            if ends(rest) {
                let is_noun =
                    || classes(posting).any(|class| class == Class::Noun) && Rest::of(rest).behind(word, rest) == Some(Tail::Plain);
                if start == 0 && is_noun() {
                    return Chain::Noun;
                }
                doubtful = true;
            }
            if !waiting.contains(&end) {
                waiting.push(end);
            }
        }
        at += 1;
    }
    if doubtful { Chain::Doubtful } else { Chain::None }
}

/// Whether a surface may hold a part of `span` and a part of what is beside it, or all of it and more: what asks for a whole
/// reading of the word is asked only then.
pub fn may_cut(word: &str, span: Span) -> bool {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || is_hangul(character);
    let places = word[..span.end].char_indices().map(|(at, _)| at).filter(|&at| at <= span.start || span.end < word.len());
    let is_cut = |place: usize| {
        surfaces_from(None, word, place, word.len(), false).any(|(end, posting)| {
            let crosses = if place < span.start { end > span.start } else { end > span.end };
            let stands = |class| matches!(class, Class::Noun | Class::Prefix) || follows(class, &word[place..end], &word[end..]);
            crosses && classes(posting).any(stands)
        })
    };
    !word.chars().all(is_plain) || places.into_iter().any(is_cut)
}

fn entries(posting: usize) -> impl Iterator<Item = (Entry, Class)> {
    let count = number(POSTINGS, posting);
    (posting + 1..=posting + count).map(|index| {
        let packed = number(POSTINGS, index) as u32;
        (Entry(packed >> 4), Class::of((packed & 15) as u8))
    })
}

fn classes(posting: usize) -> impl Iterator<Item = Class> {
    entries(posting).map(|(_, class)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headwords(text: &str) -> Vec<&'static str> {
        let mut found: Vec<_> = find(text).into_iter().filter(|hit| hit.quality == 1.0).map(|hit| hit.entry.headword()).collect();
        found.dedup();
        found
    }

    #[test]
    fn words_are_found_under_particles_and_endings_and_in_compounds() {
        for (text, word) in [
            ("정부는", "정부"),
            ("밝혔다", "밝히다"),
            ("군사협력을", "협력"),
            ("강화해야", "강화"),
            ("정상 회담에서", "정상회담"),
            ("우려했다", "우려"),
            ("높아지고", "높다"),
            ("핵위협을", "핵-"),
            ("친러시아", "친-"),
        ] {
            assert!(headwords(text).contains(&word), "{word} in {text}: {:?}", headwords(text));
        }
    }

    #[test]
    fn every_surface_is_reached_from_its_first_syllables() {
        use fst::{IntoStreamer, Streamer};
        let mut stream = SURFACES.stream().into_stream();
        while let Some((surface, value)) = stream.next() {
            let surface = std::str::from_utf8(surface).unwrap();
            let reached: Vec<_> = surfaces_from(None, surface, 0, surface.len(), true).collect();
            assert!(reached.contains(&(surface.len(), value.value() as usize)), "{surface}");
        }
        for text in ["", "a", "가", "궯궯", "한\u{314B}", "漢字", "한 한"] {
            assert!(surfaces_from(None, text, 0, text.len(), true).all(|(end, _)| text.is_char_boundary(end)), "{text}");
        }
    }

    #[test]
    fn any_text_is_read_without_harm() {
        for text in ["", " ", "가", "ㅋㅋㅋ", "가".repeat(10_000).as_str(), "a가1나", "밝 혔다"] {
            find(text);
        }
    }
}
