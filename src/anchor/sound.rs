//! How alike a Hangul word and a Latin word sound, across romanisations, personal spellings and loanwords.
//!
//! Letters are aligned with jamo by dynamic programming; each jamo has the Latin spellings it may have, with their costs.

use crate::word::conjugation::Syllable;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A Latin spelling of a jamo and its cost in hundredths of a lost consonant.
type Spelling = (&'static str, u16);

/// Spellings of the initial consonants ㄱ … ㅎ, in the order of Unicode.
const INITIALS: [&[Spelling]; 19] = [
    &[("g", 0), ("k", 0), ("c", 0), ("q", 5), ("gh", 0), ("gg", 0), ("gu", 15), ("kh", 20), ("ck", 5), ("x", 40)],
    &[("kk", 0), ("k", 0), ("c", 0), ("g", 5), ("q", 5), ("qu", 10), ("gg", 0), ("cc", 0)],
    &[("n", 0), ("nn", 0), ("kn", 0), ("gn", 5), ("ny", 5), ("r", 40), ("l", 45)],
    &[("d", 0), ("t", 0), ("dd", 0), ("th", 15), ("dh", 0), ("tt", 5)],
    &[("tt", 0), ("t", 0), ("dd", 0), ("d", 5), ("th", 5)],
    &[("r", 0), ("l", 0), ("rr", 0), ("ll", 0), ("rh", 0), ("lh", 5), ("wr", 5), ("n", 45)],
    &[("m", 0), ("mm", 0), ("mb", 10)],
    &[("b", 0), ("p", 0), ("v", 0), ("bb", 0), ("bh", 0), ("w", 35), ("f", 40), ("pp", 10)],
    &[("pp", 0), ("p", 0), ("b", 5), ("bb", 0)],
    &[
        ("s", 0),
        ("ss", 0),
        ("c", 0),
        ("sh", 0),
        ("sc", 0),
        ("sch", 5),
        ("x", 10),
        ("z", 30),
        ("th", 15),
        ("ch", 20),
        ("ts", 30),
        ("sz", 5),
        ("ps", 10),
        ("sk", 40),
        ("j", 45),
        ("ti", 40),
        ("t", 50),
    ],
    &[("ss", 0), ("s", 0), ("c", 10), ("x", 10), ("sh", 10), ("z", 30)],
    &[],
    &[
        ("j", 0),
        ("z", 0),
        ("ch", 5),
        ("g", 10),
        ("zh", 0),
        ("dj", 0),
        ("dg", 5),
        ("gi", 15),
        ("ge", 20),
        ("c", 25),
        ("zz", 5),
        ("ts", 20),
        ("s", 35),
        ("dz", 5),
        ("x", 35),
        ("tz", 15),
        ("di", 30),
        ("d", 50),
        ("ss", 45),
        ("y", 45),
        ("cz", 20),
        ("k", 30),
    ],
    &[("jj", 0), ("zz", 5), ("tz", 5), ("j", 5), ("ts", 10), ("tch", 10), ("ch", 10), ("z", 10), ("tr", 25), ("c", 25)],
    &[
        ("ch", 0),
        ("c", 10),
        ("tch", 0),
        ("ts", 5),
        ("cz", 0),
        ("tsch", 0),
        ("q", 10),
        ("tz", 5),
        ("t", 40),
        ("z", 20),
        ("j", 25),
        ("ti", 25),
        ("cc", 10),
        ("cs", 0),
        ("č", 0),
        ("tc", 10),
        ("x", 35),
        ("sh", 40),
    ],
    &[
        ("k", 0),
        ("c", 0),
        ("ck", 0),
        ("q", 0),
        ("ch", 5),
        ("kh", 0),
        ("cc", 0),
        ("kk", 0),
        ("x", 30),
        ("g", 35),
        ("qu", 15),
        ("cq", 5),
        ("h", 50),
    ],
    &[("t", 0), ("th", 0), ("tt", 0), ("d", 35), ("pt", 10)],
    &[("p", 0), ("f", 0), ("ph", 0), ("ff", 0), ("pp", 0), ("pf", 5), ("v", 25), ("b", 35), ("gh", 20)],
    &[("h", 0), ("hh", 0), ("wh", 0), ("gh", 20), ("kh", 10), ("x", 15), ("j", 15), ("f", 25), ("ch", 10), ("g", 15), ("k", 45), ("", 55)],
];

/// Spellings of the vowels ㅏ … ㅣ.
const VOWELS: [&[Spelling]; 21] = [
    &[
        ("a", 0),
        ("ah", 0),
        ("aa", 0),
        ("u", 12),
        ("o", 15),
        ("au", 20),
        ("ar", 5),
        ("e", 25),
        ("ha", 10),
        ("ea", 20),
        ("ai", 25),
        ("y", 35),
        ("aw", 15),
        ("agh", 15),
        ("uh", 12),
        ("i", 25),
    ],
    &[
        ("ae", 0),
        ("a", 0),
        ("e", 0),
        ("ai", 0),
        ("ay", 5),
        ("ea", 10),
        ("eh", 0),
        ("ei", 8),
        ("i", 25),
        ("aa", 10),
        ("ä", 0),
        ("oe", 20),
        ("air", 10),
        ("u", 35),
    ],
    &[("ya", 0), ("ia", 5), ("ja", 5), ("yah", 0), ("ea", 15), ("a", 20), ("ua", 30), ("y", 25), ("yu", 15)],
    &[("yae", 0), ("ye", 5), ("ya", 8), ("ia", 15)],
    &[
        ("eo", 0),
        ("u", 3),
        ("o", 3),
        ("er", 0),
        ("or", 3),
        ("ur", 0),
        ("ir", 3),
        ("e", 10),
        ("a", 15),
        ("ou", 8),
        ("oo", 15),
        ("aw", 15),
        ("au", 15),
        ("ough", 15),
        ("uh", 0),
        ("ear", 8),
        ("ow", 20),
        ("ar", 15),
        ("i", 30),
        ("uo", 10),
        ("oe", 15),
        ("eu", 12),
        ("ŏ", 0),
        ("oh", 8),
        ("urr", 5),
        ("eoh", 0),
    ],
    &[
        ("e", 0),
        ("a", 10),
        ("ae", 5),
        ("ai", 8),
        ("ay", 8),
        ("ea", 8),
        ("ei", 5),
        ("eh", 0),
        ("i", 20),
        ("ee", 20),
        ("ie", 15),
        ("he", 8),
        ("ey", 10),
        ("es", 25),
        ("et", 25),
        ("oe", 15),
        ("y", 25),
        ("ue", 20),
    ],
    &[
        ("yeo", 0),
        ("yo", 5),
        ("you", 5),
        ("yu", 8),
        ("ye", 5),
        ("io", 10),
        ("yŏ", 0),
        ("eo", 15),
        ("yoo", 12),
        ("ia", 20),
        ("ie", 15),
        ("yuh", 5),
        ("yer", 8),
        ("you", 5),
        ("ya", 15),
        ("yeu", 10),
        ("ire", 5),
        ("iu", 20),
    ],
    &[("ye", 0), ("ie", 0), ("je", 5), ("ya", 20), ("yea", 5), ("e", 15), ("ia", 25), ("yae", 5), ("ae", 20), ("hye", 10)],
    &[
        ("o", 0),
        ("oh", 0),
        ("oa", 3),
        ("ow", 5),
        ("au", 5),
        ("aw", 5),
        ("or", 3),
        ("oe", 5),
        ("ou", 8),
        ("u", 15),
        ("a", 20),
        ("oo", 15),
        ("ough", 10),
        ("eau", 5),
        ("eo", 15),
        ("ore", 5),
        ("ho", 8),
        ("aux", 15),
        ("al", 20),
        ("all", 25),
        ("e", 35),
        ("oor", 10),
        ("ot", 20),
    ],
    &[
        ("wa", 0),
        ("oi", 5),
        ("oa", 5),
        ("ua", 5),
        ("wha", 5),
        ("oua", 5),
        ("va", 25),
        ("hua", 10),
        ("wo", 12),
        ("uo", 20),
        ("owa", 5),
        ("oy", 15),
        ("oir", 10),
        ("ois", 15),
        ("w", 35),
    ],
    &[("wae", 0), ("we", 5), ("wa", 10), ("wai", 5), ("uae", 5), ("ue", 10)],
    &[
        ("oe", 0),
        ("oi", 5),
        ("we", 0),
        ("ö", 0),
        ("eu", 10),
        ("oy", 10),
        ("wae", 10),
        ("oui", 10),
        ("ue", 15),
        ("wei", 8),
        ("o", 15),
        ("uei", 10),
        ("e", 25),
        ("ou", 20),
        ("i", 35),
    ],
    &[("yo", 0), ("io", 5), ("eo", 8), ("jo", 5), ("yoh", 0), ("iao", 8), ("yeo", 12), ("o", 20), ("yao", 8), ("you", 10)],
    &[
        ("u", 0),
        ("oo", 0),
        ("ou", 0),
        ("w", 5),
        ("ew", 5),
        ("o", 12),
        ("ue", 8),
        ("wu", 0),
        ("uh", 3),
        ("ui", 20),
        ("oe", 15),
        ("woo", 0),
        ("ough", 15),
        ("wo", 15),
        ("y", 25),
        ("uu", 0),
        ("oh", 20),
        ("eu", 12),
        ("v", 30),
        ("üh", 10),
        ("au", 25),
        ("e", 40),
    ],
    &[
        ("wo", 0),
        ("weo", 0),
        ("wa", 10),
        ("uo", 5),
        ("wor", 5),
        ("won", 40),
        ("o", 20),
        ("ua", 15),
        ("wu", 10),
        ("hua", 20),
        ("wer", 5),
        ("war", 8),
        ("wuo", 5),
        ("we", 20),
        ("ou", 20),
        ("w", 30),
    ],
    &[
        ("we", 0),
        ("whe", 5),
        ("ue", 5),
        ("wei", 5),
        ("wai", 10),
        ("way", 8),
        ("wa", 12),
        ("ve", 25),
        ("uai", 15),
        ("oue", 5),
        ("wae", 5),
        ("w", 25),
    ],
    &[
        ("wi", 0),
        ("ui", 0),
        ("we", 10),
        ("ue", 5),
        ("wee", 0),
        ("uy", 8),
        ("ü", 0),
        ("wie", 5),
        ("whi", 5),
        ("u", 15),
        ("vi", 20),
        ("oui", 5),
        ("wy", 5),
        ("y", 20),
        ("ei", 25),
        ("uee", 10),
        ("wh", 25),
    ],
    &[
        ("yu", 0),
        ("u", 5),
        ("ew", 5),
        ("you", 3),
        ("yoo", 0),
        ("iu", 5),
        ("eu", 8),
        ("ju", 5),
        ("ue", 8),
        ("yew", 3),
        ("iou", 10),
        ("ou", 15),
        ("iew", 8),
        ("y", 25),
        ("yuu", 0),
        ("ieu", 12),
    ],
    &[("eu", 0), ("u", 3), ("", 3), ("e", 8), ("o", 20), ("a", 22), ("i", 20), ("ue", 15), ("ŭ", 0), ("oo", 20), ("y", 25), ("ou", 20)],
    &[("ui", 0), ("eui", 0), ("e", 10), ("i", 8), ("ee", 8), ("wi", 15), ("yi", 8), ("uy", 8), ("ey", 15), ("hi", 20)],
    &[
        ("i", 0),
        ("ee", 0),
        ("y", 0),
        ("e", 8),
        ("ea", 5),
        ("ie", 3),
        ("ey", 5),
        ("ei", 8),
        ("yi", 3),
        ("ih", 0),
        ("ye", 20),
        ("j", 20),
        ("hi", 8),
        ("ii", 0),
        ("is", 15),
        ("it", 20),
        ("ia", 30),
        ("ij", 10),
        ("eigh", 15),
        ("u", 25),
        ("a", 30),
        ("ui", 15),
        ("igh", 20),
        ("", 32),
        ("ae", 30),
        ("oy", 35),
    ],
];

/// Spellings of the final consonants, 0 none … 27 ㅎ.
const FINALS: [&[Spelling]; 28] = [
    &[],
    &[
        ("k", 0),
        ("g", 0),
        ("c", 0),
        ("ck", 0),
        ("q", 5),
        ("kk", 0),
        ("cc", 5),
        ("gg", 5),
        ("x", 10),
        ("ch", 20),
        ("kh", 10),
        ("ke", 5),
        ("que", 5),
        ("ct", 15),
        ("gh", 10),
        ("", 60),
    ],
    &[("kk", 0), ("k", 0), ("ck", 0), ("g", 5)],
    &[("k", 5), ("ks", 0), ("x", 0)],
    &[("n", 0), ("nn", 0), ("ne", 3), ("ng", 30), ("m", 30), ("nh", 5), ("nd", 15), ("gn", 10), ("in", 30), ("", 70)],
    &[("n", 5), ("nj", 0)],
    &[("n", 0), ("nh", 0)],
    &[("t", 0), ("d", 0)],
    &[("l", 0), ("r", 0), ("ll", 0), ("rr", 5), ("le", 3), ("lh", 5), ("re", 10), ("hl", 5), ("", 55)],
    &[("l", 5), ("lk", 0), ("k", 10)],
    &[("m", 0), ("lm", 0)],
    &[("l", 0), ("lb", 0)],
    &[("l", 0)],
    &[("l", 0)],
    &[("p", 0), ("lp", 0)],
    &[("l", 0)],
    &[("m", 0), ("mm", 0), ("me", 3), ("mb", 5), ("n", 30), ("", 70)],
    &[("p", 0), ("b", 0), ("pp", 0), ("bb", 0), ("f", 35), ("v", 30), ("pe", 5), ("ph", 25), ("", 60)],
    &[("p", 0)],
    &[
        ("t", 0),
        ("d", 0),
        ("s", 10),
        ("tt", 0),
        ("dd", 0),
        ("th", 10),
        ("te", 5),
        ("dt", 0),
        ("ss", 20),
        ("ts", 15),
        ("gh", 30),
        ("ch", 35),
        ("z", 30),
        ("tch", 25),
        ("sh", 30),
        ("", 50),
    ],
    &[("t", 0), ("s", 5), ("ss", 5)],
    &[("ng", 0), ("n", 10), ("nk", 15), ("gn", 15), ("nh", 20), ("ngh", 5), ("m", 45), ("", 60), ("nn", 20)],
    &[("t", 0), ("j", 10), ("ch", 10)],
    &[("t", 0), ("ch", 5)],
    &[("k", 0)],
    &[("t", 0), ("th", 0), ("d", 5)],
    &[("p", 0), ("f", 5)],
    &[("", 5), ("h", 0), ("t", 20)],
];

/// What it costs to leave out a jamo: hardly anything for the vowel that Korean puts between consonants.
const LOST_CONSONANT: u16 = 100;
const LOST_VOWEL: u16 = 55;
/// 이 and 우 after another vowel are the second half of a diphthong: 아이 ↔ i, 오우 ↔ o.
const LOST_GLIDE: u16 = 12;

/// A jamo to be spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Jamo {
    class: Class,
    index: u8,
    /// Its number among all.
    number: u8,
    lost: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Initial,
    Vowel,
    Final,
}

impl Class {
    /// How many jamo are numbered before those of this class.
    fn before(self) -> usize {
        match self {
            Class::Initial => 0,
            Class::Vowel => INITIALS.len(),
            Class::Final => INITIALS.len() + VOWELS.len(),
        }
    }
}

/// A spelling as it is compared: all its letters at once.
#[derive(Clone, Copy)]
struct Packed {
    /// Up to four letters, the first in the lowest byte.
    letters: u32,
    /// Ones where there is a letter.
    mask: u32,
    length: u8,
    price: u16,
}

/// The spellings of every jamo by their first letter; those without any letter stand with every letter and with none.
struct Spellings {
    all: Vec<Packed>,
    /// For each jamo and first letter (a to z, then the end of the word) the index of its first spelling; one more at the end.
    first: Vec<u16>,
}

/// What the letters of a jamo's spellings tell before it is spelled.
#[derive(Clone, Copy, Default)]
struct Outline {
    /// The letters with which a spelling begins, a being the lowest bit.
    starts: u32,
    /// The same of spellings that cost no more than [`CHEAP`].
    cheap: u32,
    /// All letters of all spellings.
    letters: u32,
    /// The least price of a spelling without letters; [`FAR`] where there is none.
    unspelled: u16,
    /// The least price of a spelling that costs more than [`CHEAP`].
    dear: u16,
}

/// A price that does not tell words apart.
const CHEAP: u16 = 8;

static OUTLINES: LazyLock<Vec<Outline>> =
    LazyLock::new(|| INITIALS.iter().chain(&VOWELS).chain(&FINALS).map(|all| Outline::of(all)).collect());

impl Outline {
    fn of(spellings: &[Spelling]) -> Outline {
        let mut outline = Outline { unspelled: FAR, dear: FAR, ..Outline::default() };
        for &(spelling, price) in spellings.iter().filter(|(spelling, _)| spelling.len() <= 4) {
            let start = spelling.bytes().next().map_or(0, bit);
            outline.starts |= start;
            outline.letters |= spelling.bytes().map(bit).fold(0, |all, bit| all | bit);
            if spelling.is_empty() {
                outline.unspelled = outline.unspelled.min(price);
            } else if price <= CHEAP {
                outline.cheap |= start;
            } else {
                outline.dear = outline.dear.min(price);
            }
        }
        outline
    }

    /// What a jamo costs at least among some letters, lost or spelled.
    fn at_least(self, lost: u16, letters: u32) -> u16 {
        let spelled = match (self.cheap & letters, self.starts & letters) {
            (0, 0) => FAR,
            (0, _) => self.dear,
            _ => 0,
        };
        spelled.min(lost).min(self.unspelled)
    }
}

/// The bit of a letter from a to z; none for anything else.
fn bit(letter: u8) -> u32 {
    if letter.is_ascii_lowercase() { 1 << (letter - b'a') } else { 0 }
}

/// Letters that a spelling may begin with, and the end of the word.
const STARTS: usize = 27;

static SPELLINGS: LazyLock<Spellings> = LazyLock::new(Spellings::read);

impl Spellings {
    fn read() -> Spellings {
        let mut spellings = Spellings { all: Vec::new(), first: vec![0] };
        for jamo in INITIALS.iter().chain(&VOWELS).chain(&FINALS) {
            for start in 0..STARTS {
                let begins = |spelling: &str| spelling.bytes().next().is_none_or(|letter| usize::from(letter.wrapping_sub(b'a')) == start);
                let fitting = jamo.iter().filter(|(spelling, _)| spelling.len() <= 4 && begins(spelling));
                spellings.all.extend(fitting.map(|&(spelling, price)| Packed::of(spelling.as_bytes(), price)));
                spellings.first.push(spellings.all.len() as u16);
            }
        }
        spellings
    }

    /// The spellings of a jamo that may stand at a place.
    fn at(&self, jamo: Jamo, letter: Option<&u8>) -> &[Packed] {
        let start = letter.map_or(STARTS - 1, |letter| usize::from(letter.wrapping_sub(b'a')).min(STARTS - 1));
        let at = usize::from(jamo.number) * STARTS + start;
        &self.all[usize::from(self.first[at])..usize::from(self.first[at + 1])]
    }
}

impl Packed {
    fn of(spelling: &[u8], price: u16) -> Packed {
        let mask = (1_u64 << (8 * spelling.len())) as u32;
        Packed { letters: pack(spelling), mask: mask.wrapping_sub(1), length: spelling.len() as u8, price }
    }
}

/// Up to four letters as one number, the first in the lowest byte.
fn pack(letters: &[u8]) -> u32 {
    letters.iter().take(4).rev().fold(0, |packed, letter| packed << 8 | u32::from(*letter))
}

/// A Latin word made ready to be compared with many Hangul words.
#[derive(Clone, Debug)]
pub struct Latin {
    letters: Vec<u8>,
    /// At each place the next four letters, packed; one more at the end.
    windows: Vec<u32>,
    /// What it costs that each letter is not heard.
    prices: Vec<u16>,
    /// The letters it has, a being the lowest bit.
    set: u32,
}

impl Latin {
    /// Makes letters ready, as [`letters`] gives them.
    pub fn of(letters: &str) -> Latin {
        let letters = letters.as_bytes();
        let windows = (0..=letters.len()).map(|at| pack(&letters[at..])).collect();
        let prices = (0..letters.len()).map(|at| silence(letters, at)).collect();
        let set = letters.iter().map(|letter| bit(*letter)).fold(0, |set, bit| set | bit);
        Latin { letters: letters.to_vec(), windows, prices, set }
    }

    /// What it costs that no letter but these is heard.
    fn silent(&self, heard: u32) -> u16 {
        if self.set & !heard == 0 {
            return 0;
        }
        let silent = self.letters.iter().zip(&self.prices).filter(|(letter, _)| bit(**letter) & heard == 0);
        silent.fold(0, |cost, (_, price)| cost.saturating_add(*price))
    }
}

/// A Hangul word taken apart, with the places where it may end.
#[derive(Clone, Debug, Default)]
pub struct Hangul {
    jamo: Vec<Jamo>,
    /// For each syllable the number of jamo up to its end.
    ends: Vec<usize>,
}

impl Hangul {
    /// Takes a word apart; anything but Hangul syllables is left out.
    pub fn of(word: &str) -> Hangul {
        let mut hangul = Hangul::default();
        let mut after_open_vowel = false;
        let mut last_final = 0;
        for syllable in word.chars().filter_map(Syllable::of) {
            let doubled_l = last_final == 8 && syllable.initial == 5;
            if syllable.initial != 11 && !doubled_l {
                hangul.push(Class::Initial, syllable.initial, LOST_CONSONANT);
            } else if doubled_l {
                hangul.push(Class::Initial, syllable.initial, 0);
            }
            let glide = after_open_vowel && syllable.initial == 11 && matches!(syllable.vowel, 13 | 18 | 20);
            let lost = match syllable.vowel {
                18 => 3,
                20 if !glide => 32,
                _ if glide => LOST_GLIDE,
                _ => LOST_VOWEL,
            };
            hangul.push(Class::Vowel, syllable.vowel, lost);
            if syllable.last != 0 {
                hangul.push(Class::Final, syllable.last, LOST_CONSONANT);
            }
            after_open_vowel = syllable.last == 0;
            last_final = syllable.last;
            hangul.ends.push(hangul.jamo.len());
        }
        hangul
    }

    fn push(&mut self, class: Class, index: u32, lost: u16) {
        self.jamo.push(Jamo { class, index: index as u8, number: class.before() as u8 + index as u8, lost });
    }

    /// How many syllables it has.
    pub fn syllables(&self) -> usize {
        self.ends.len()
    }
}

/// A Latin word as it is spelled out: lower case, without marks on letters and without anything else.
pub fn letters(word: &str) -> String {
    let mut found = String::with_capacity(word.len());
    for character in word.chars() {
        match character {
            'a'..='z' => found.push(character),
            'A'..='Z' => found.push(character.to_ascii_lowercase()),
            'ø' | 'Ø' => found.push('o'),
            'å' | 'Å' => found.push('o'),
            'ł' | 'Ł' => found.push('w'),
            'ğ' | 'Ğ' => {}
            'č' | 'Č' | 'ć' | 'Ć' => found.push_str("ch"),
            'š' | 'Š' | 'ş' | 'Ş' | 'ș' | 'Ș' | 'ś' | 'Ś' => found.push_str("sh"),
            'ž' | 'Ž' | 'ź' | 'ż' | 'Ż' => found.push_str("zh"),
            'ţ' | 'Ţ' | 'ț' | 'Ț' => found.push_str("ts"),
            'ą' | 'Ą' => found.push_str("on"),
            'ę' | 'Ę' => found.push_str("en"),
            'ř' | 'Ř' => found.push_str("rz"),
            'ı' => found.push('i'),
            'đ' | 'Đ' => found.push('d'),
            'ß' => found.push_str("ss"),
            'æ' | 'Æ' => found.push_str("ae"),
            'œ' | 'Œ' => found.push_str("oe"),
            _ if character.is_alphabetic() => {
                found.extend(std::iter::once(character).nfd().map(|part| part.to_ascii_lowercase()).filter(char::is_ascii_lowercase))
            }
            _ => {}
        }
    }
    found
}

/// How alike a Hangul word and a Latin word sound, 0 to 1.
pub fn similarity(hangul: &str, latin: &str) -> f32 {
    let hangul = Hangul::of(hangul);
    let syllables = hangul.syllables();
    best(&hangul, &letters(latin), &[syllables]).map_or(0.0, |(_, score)| score)
}

/// The best of the places at which the Hangul word may end (in syllables), and how alike the two then sound, 0 to 1.
pub fn best(hangul: &Hangul, letters: &str, cuts: &[usize]) -> Option<(usize, f32)> {
    best_from(hangul, &Latin::of(letters), cuts, 0.0, &mut Rows::default())
}

/// The same, if the likeness is at least so much: unlike words are given up early.
pub fn best_from(hangul: &Hangul, latin: &Latin, cuts: &[usize], least: f32, rows: &mut Rows) -> Option<(usize, f32)> {
    let letters = latin.letters.len();
    let limit = |cut: usize| (((1.0 - least) * length(cut, letters) * SCALE) as u16).saturating_add(1).min(FAR - 1);
    let longest = longest(hangul, latin, cuts, limit)?;
    spell_out(&hangul.jamo[..hangul.ends[longest - 1]], latin, limit(longest), rows);
    let mut found: Option<(usize, f32)> = None;
    for &cut in cuts.iter().filter(|&&cut| cut > 0 && cut <= longest) {
        let cost = rows.totals.get(hangul.ends[cut - 1]).copied().unwrap_or(FAR);
        let score = score(cost, cut, letters);
        if score >= least && found.is_none_or(|(_, best)| score > best) {
            found = Some((cut, score));
        }
    }
    found
}

/// The last place at which a word may end and cost no more than its limit as far as the mere sets of letters tell: jamo of
/// which no spelling begins with any of the letters are lost, and letters that are in no spelling are silent.
fn longest(hangul: &Hangul, latin: &Latin, cuts: &[usize], limit: impl Fn(usize) -> u16) -> Option<usize> {
    let outlines = &*OUTLINES;
    let (mut cost, mut spelled, mut start, mut found) = (0_u16, 0, 0, None);
    for (cut, &end) in (1..).zip(&hangul.ends) {
        for jamo in &hangul.jamo[start..end] {
            let outline = outlines[usize::from(jamo.number)];
            spelled |= outline.letters;
            cost = cost.saturating_add(outline.at_least(jamo.lost, latin.set));
        }
        start = end;
        if cuts.contains(&cut) && cost.saturating_add(latin.silent(spelled)) <= limit(cut) {
            found = Some(cut);
        }
    }
    found
}

/// Cost by the length of what is compared.
fn score(cost: u16, syllables: usize, letters: usize) -> f32 {
    (1.0 - f32::from(cost) / (length(syllables, letters) * SCALE)).max(0.0)
}

fn length(syllables: usize, letters: usize) -> f32 {
    syllables as f32 * 2.2 + letters as f32
}

/// Cost in hundredths per jamo or letter at which nothing is left of the likeness.
const SCALE: f32 = 22.0;
const FAR: u16 = 20_000;

/// Rows of the table in which a word is spelled out, kept from word to word.
#[derive(Default)]
pub struct Rows {
    before: Row,
    row: Row,
    next: Row,
    /// For each number of jamo the least cost of spelling them with all the letters.
    totals: Vec<u16>,
}

/// The costs of spelling some jamo with the letters before each place.
#[derive(Default)]
struct Row {
    costs: Vec<u16>,
    /// Only places from here …
    first: usize,
    /// … to before here are reached within the limit.
    end: usize,
}

impl Row {
    /// No place is reached.
    fn clear(&mut self, letters: usize) {
        self.costs.clear();
        self.costs.resize(letters + 1, FAR);
        (self.first, self.end) = (letters + 1, 0);
    }

    /// A place is reached at a cost.
    fn reach(&mut self, at: usize, cost: u16) {
        self.costs[at] = self.costs[at].min(cost);
        self.first = self.first.min(at);
        self.end = self.end.max(at + 1);
    }

    /// Lets letters be silent, at a price, and leaves out what costs more than the limit.
    fn skip_letters(&mut self, prices: &[u16], limit: u16) {
        let mut at = self.first;
        while at < self.end {
            if at < prices.len() && self.costs[at] <= limit {
                let cost = self.costs[at] + prices[at];
                if cost <= limit {
                    self.reach(at + 1, cost);
                }
            }
            at += 1;
        }
        while self.first < self.end && self.costs[self.first] > limit {
            self.first += 1;
        }
    }
}

/// Fills in the totals; the list ends where every way costs more than the limit.
fn spell_out(hangul: &[Jamo], latin: &Latin, limit: u16, rows: &mut Rows) {
    let Latin { letters, prices, set, .. } = latin;
    let Rows { before, row, next, totals } = rows;
    before.clear(letters.len());
    row.clear(letters.len());
    row.reach(0, 0);
    row.skip_letters(prices, limit);
    totals.clear();
    totals.push(row.costs[letters.len()]);
    for (index, jamo) in hangul.iter().enumerate() {
        next.clear(letters.len());
        spell(*jamo, latin, row, next, limit);
        if set & bit(b'x') != 0 && index > 0 && is_x(hangul[index - 1], *jamo) {
            for at in (before.first..before.end).filter(|&at| letters.get(at) == Some(&b'x')) {
                next.reach(at + 1, before.costs[at]);
            }
        }
        next.skip_letters(prices, limit);
        if next.first >= next.end {
            break;
        }
        std::mem::swap(before, row);
        std::mem::swap(row, next);
        totals.push(row.costs[letters.len()]);
    }
}

/// One row from the one before: the jamo is lost, or spelled by the letters at each place.
fn spell(jamo: Jamo, latin: &Latin, row: &Row, next: &mut Row, limit: u16) {
    let spellings = &*SPELLINGS;
    for at in row.first..row.end {
        let cost = row.costs[at];
        if cost > limit {
            continue;
        }
        next.reach(at, cost + jamo.lost);
        let window = latin.windows[at];
        for spelling in spellings.at(jamo, latin.letters.get(at)) {
            if window & spelling.mask == spelling.letters {
                next.reach(at + usize::from(spelling.length), cost + spelling.price);
            }
        }
    }
}

/// Whether two jamo are what Korean makes of an x: 맥신, Maxine.
fn is_x(first: Jamo, second: Jamo) -> bool {
    first.class == Class::Final && first.index == 1 && second.class == Class::Initial && matches!(second.index, 9 | 10)
}

/// What it costs that a letter is not heard.
fn silence(letters: &[u8], at: usize) -> u16 {
    let letter = letters[at];
    let before = at.checked_sub(1).map(|before| letters[before]);
    let after = letters.get(at + 1).copied();
    let vowel = |letter: Option<u8>| letter.is_some_and(|letter| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    match letter {
        b'e' if after.is_none() => 5,
        b'r' if !vowel(after) => 8,
        b'h' if before.is_some() && !vowel(after) => 8,
        b'h' => 35,
        _ if before == Some(letter) => 5,
        b'a' | b'e' | b'i' | b'o' | b'u' => 38,
        b'y' | b'w' => 35,
        b's' | b't' | b'd' if after.is_none() => 45,
        b'g' if before == Some(b'n') => 20,
        b'd' | b't' | b'c' | b'p' if !vowel(after) => 55,
        _ => 100,
    }
}

/// Consonant classes by which words that sound alike are found: up to three, then the end.
///
/// A key is the digits of the classes; 0 stands for the end of the word.
pub mod skeleton {
    use super::{Class, Hangul};

    const K: u8 = 1;
    const T: u8 = 2;
    const P: u8 = 3;
    const S: u8 = 4;
    const M: u8 = 5;
    const N: u8 = 6;
    const L: u8 = 7;

    /// How many consonants a key has.
    const DEPTH: usize = 3;

    fn key(classes: &[u8]) -> u32 {
        (0..DEPTH).fold(0, |key, at| key * 8 + u32::from(classes.get(at).copied().unwrap_or(0)))
    }

    /// The keys of a Hangul word that ends after so many syllables: with and without an ㄹ that stands for a mere r, an ㅎ
    /// that stands for an f, a doubled consonant.
    pub fn of_hangul(hangul: &Hangul, syllables: usize) -> Vec<u32> {
        let end = hangul.ends[syllables - 1];
        let mut ways: Vec<Vec<u8>> = vec![Vec::new()];
        let mut last = 0;
        for at in 0..end {
            let (class, doubtful) = consonant(hangul, at, last);
            if class != 0 && !(class == L && last == L) {
                let without = if doubtful { ways.clone() } else { Vec::new() };
                ways.iter_mut().filter(|way| way.len() < DEPTH).for_each(|way| way.push(class));
                ways.extend(without);
                ways.truncate(6);
            }
            if hangul.jamo[at].class != Class::Vowel {
                last = class;
            } else if hangul.jamo.get(at + 1).is_none_or(|next| next.class != Class::Final) {
                last = 0;
            }
        }
        let mut keys: Vec<u32> = ways.iter().map(|way| key(way)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The class of the jamo at a place, 0 for none, and whether it may not be spelled.
    fn consonant(hangul: &Hangul, at: usize, last: u8) -> (u8, bool) {
        let jamo = hangul.jamo[at];
        let vowel = hangul.jamo.get(at + 1).filter(|next| next.class == Class::Vowel).map_or(99, |next| next.index);
        match (jamo.class, jamo.index) {
            (Class::Vowel, _) => (0, false),
            (Class::Initial, 18) if vowel == 13 => (P, true),
            (Class::Initial, index) => {
                let class = [K, K, N, T, T, L, M, P, P, S, S, 0, S, S, S, K, T, P, 0][usize::from(index)];
                // A bare 르 stands for an r that English does not speak; ㄴㄴ and ㅁㅁ for one letter.
                (class, class == L && vowel == 18 || class == last && matches!(class, N | M))
            }
            (Class::Final, index) => {
                let class = match index {
                    1..=3 | 24 => K,
                    4..=6 | 21 => N,
                    8 | 9 | 11..=13 | 15 => L,
                    10 | 16 => M,
                    14 | 17 | 18 | 26 => P,
                    27 => 0,
                    _ => T,
                };
                (class, index == 19)
            }
        }
    }

    /// The keys of a Latin word: one for each way its doubtful letters may be heard.
    pub fn of_latin(letters: &str) -> Vec<u32> {
        let bytes = letters.as_bytes();
        let mut ways: Vec<Vec<u8>> = vec![Vec::new()];
        let mut at = 0;
        while at < bytes.len() {
            let (options, length) = heard(bytes, at);
            let open: Vec<Vec<u8>> = ways.iter().filter(|way| way.len() < DEPTH).cloned().collect();
            let closed = ways.into_iter().filter(|way| way.len() >= DEPTH);
            let mut next: Vec<Vec<u8>> = closed.collect();
            for way in open {
                next.extend(options.iter().map(|option| way.iter().chain(*option).copied().collect()));
            }
            next.sort();
            next.dedup();
            next.truncate(48);
            ways = next;
            at += length;
        }
        let mut keys: Vec<u32> = ways.iter().map(|way| key(way)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// How the letters at a place may be heard, and how many they are.
    fn heard(bytes: &[u8], at: usize) -> (&'static [&'static [u8]], usize) {
        let rest = &bytes[at..];
        let vowel = |at: usize| bytes.get(at).is_some_and(|letter| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
        let is_last = at + 1 == bytes.len();
        for (start, options) in CLUSTERS {
            if rest.starts_with(start.as_bytes()) {
                return (options, start.len());
            }
        }
        let front = matches!(bytes.get(at + 1), Some(b'e' | b'i' | b'y'));
        let options: &'static [&'static [u8]] = match rest[0] {
            b'k' => &[&[K]],
            b'q' => &[&[K], &[S]],
            b'c' if front => &[&[S], &[K]],
            b'c' => &[&[K], &[S]],
            b'g' if front => &[&[K], &[S], &[]],
            b'g' => &[&[K], &[]],
            b't' if is_last => &[&[T], &[]],
            b't' => &[&[T], &[S]],
            b'd' if is_last => &[&[T], &[]],
            b'd' => &[&[T], &[S]],
            b'p' | b'b' | b'f' | b'v' => &[&[P]],
            b'w' => &[&[], &[P]],
            b's' if is_last => &[&[S], &[], &[T]],
            b's' => &[&[S]],
            b'z' => &[&[S], &[T]],
            b'j' => &[&[S], &[]],
            b'x' => &[&[K, S], &[S], &[]],
            b'm' => &[&[M]],
            b'n' => &[&[N]],
            b'l' => &[&[L]],
            b'r' if vowel(at + 1) => &[&[L]],
            b'r' => &[&[], &[L]],
            _ => &[&[]],
        };
        (options, 1)
    }

    /// Groups of letters that are heard as one.
    const CLUSTERS: &[(&str, &[&[u8]])] = &[
        ("tsch", &[&[S]]),
        ("sch", &[&[S], &[S, K]]),
        ("tch", &[&[S]]),
        ("ough", &[&[], &[P]]),
        ("augh", &[&[], &[P]]),
        ("igh", &[&[], &[K]]),
        ("ng", &[&[N], &[N, K], &[N, S]]),
        ("nn", &[&[N]]),
        ("mm", &[&[M]]),
        ("ch", &[&[S], &[K], &[]]),
        ("ck", &[&[K]]),
        ("cc", &[&[K], &[K, S], &[S]]),
        ("kh", &[&[K], &[]]),
        ("gh", &[&[K], &[], &[P]]),
        ("gg", &[&[K], &[S]]),
        ("kk", &[&[K]]),
        ("kn", &[&[N], &[K, N]]),
        ("gn", &[&[N], &[K, N]]),
        ("th", &[&[T], &[S]]),
        ("tt", &[&[T]]),
        ("ts", &[&[S], &[T, S]]),
        ("tz", &[&[S]]),
        ("dd", &[&[T]]),
        ("dt", &[&[T]]),
        ("dj", &[&[S]]),
        ("dg", &[&[S], &[T, K]]),
        ("ph", &[&[P]]),
        ("pp", &[&[P]]),
        ("ff", &[&[P]]),
        ("bb", &[&[P]]),
        ("ps", &[&[S], &[P, S]]),
        ("sh", &[&[S]]),
        ("sz", &[&[S]]),
        ("cz", &[&[S]]),
        ("sc", &[&[S], &[S, K]]),
        ("ss", &[&[S], &[T]]),
        ("zz", &[&[S], &[T, S]]),
        ("zh", &[&[S]]),
        ("ll", &[&[L], &[]]),
        ("rr", &[&[L]]),
        ("rh", &[&[L], &[]]),
        ("wr", &[&[L]]),
    ];
}
