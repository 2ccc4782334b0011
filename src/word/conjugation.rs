//! The written forms of Korean verbs and adjectives: each as a surface and the class of endings that may follow it.
//!
//! The build step includes this file too: the lexicon is stored by surfaces, so that finding a verb is a look-up.
//! Rules after the National Institute of Korean Language's standard orthography, chapter 4 section 2 (articles 15–18).

/// Which endings may follow a surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A noun or other uninflected word: particles, light verbs, suffixes.
    Noun = 0,
    /// The bare stem: 밝히-고.
    Stem = 1,
    /// With fused ㄴ: 밝힌, 밝힌-다.
    FusedN = 2,
    /// With fused ㄹ: 밝힐, 밝힐-지.
    FusedL = 3,
    /// With fused ㅁ, a noun: 밝힘-으로.
    FusedM = 4,
    /// With fused ㅂ: 밝힙-니다.
    FusedB = 5,
    /// The 아/어 form: 밝혀, 밝혀-서, 밝혀-졌다.
    Connective = 6,
    /// The past: 밝혔-다.
    Past = 7,
    /// The 으 form of a consonant stem: 먹으-며, 도우-면.
    Eu = 8,
    /// A stem in ㄹ without it, before ㄴ, ㅂ, ㅅ and 오: 아-는, 만드-시고.
    DroppedL = 9,
    /// A prefix: a known word follows without a space, 핵-위협.
    Prefix = 10,
}

impl Class {
    /// The class of a number, as the lexicon stores it.
    pub fn of(number: u8) -> Class {
        const ALL: [Class; 11] = [
            Class::Noun,
            Class::Stem,
            Class::FusedN,
            Class::FusedL,
            Class::FusedM,
            Class::FusedB,
            Class::Connective,
            Class::Past,
            Class::Eu,
            Class::DroppedL,
            Class::Prefix,
        ];
        ALL[usize::from(number).min(10)]
    }
}

/// A Hangul syllable as the indices of its initial, vowel and final (0 = no final).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syllable {
    /// 0 ㄱ … 18 ㅎ.
    pub initial: u32,
    /// 0 ㅏ … 20 ㅣ.
    pub vowel: u32,
    /// 0 none … 27 ㅎ.
    pub last: u32,
}

impl Syllable {
    /// Takes a composed syllable apart.
    pub fn of(character: char) -> Option<Syllable> {
        let index = (character as u32).checked_sub(0xAC00).filter(|&index| index < 11_172)?;
        Some(Syllable { initial: index / 588, vowel: index / 28 % 21, last: index % 28 })
    }

    /// Puts it together.
    pub fn character(self) -> char {
        char::from_u32(0xAC00 + self.initial * 588 + self.vowel * 28 + self.last).unwrap_or('\u{FFFD}')
    }

    /// The same with another vowel.
    pub fn with_vowel(self, vowel: u32) -> Syllable {
        Syllable { vowel, ..self }
    }

    /// The same with another final.
    pub fn with_last(self, last: u32) -> Syllable {
        Syllable { last, ..self }
    }
}

const A: u32 = 0;
const AE: u32 = 1;
const YA: u32 = 2;
const EO: u32 = 4;
const E: u32 = 5;
const YEO: u32 = 6;
const YE: u32 = 7;
const O: u32 = 8;
const WA: u32 = 9;
const WAE: u32 = 10;
const OE: u32 = 11;
const U: u32 = 13;
const WO: u32 = 14;
const EU: u32 = 18;
const I: u32 = 20;
const LAST_N: u32 = 4;
const LAST_D: u32 = 7;
const LAST_L: u32 = 8;
const LAST_LM: u32 = 10;
const LAST_M: u32 = 16;
const LAST_B: u32 = 17;
const LAST_S: u32 = 19;
const LAST_SS: u32 = 20;
const LAST_H: u32 = 27;
const INITIAL_L: u32 = 5;

/// Stems in ㅂ that keep it (잡아, 입어); all others turn it into 우.
const KEEP_B: &[&str] = &["잡", "입", "뽑", "좁", "씹", "업", "접", "집", "꼽", "수줍"];
/// Stems in ㅂ of two verbs, one of which keeps it: 굽은 is bent, 구운 is baked.
const EITHER_B: &[&str] = &["굽"];
/// Stems in ㄷ that turn it into ㄹ before a vowel.
const CHANGE_D: &[&str] = &["듣", "걷", "묻", "닫", "싣", "컫", "긷"];
/// Words whose last syllable looks like the irregular ones above but which are regular.
const KEEP_D: &[&str] = &["닫", "여닫", "묻", "걷", "파묻"];
/// Stems in ㅅ that drop it before a vowel.
const DROP_S: &[&str] = &["짓", "잇", "낫", "긋", "붓", "젓"];
/// Stems in ㅎ that keep it.
const KEEP_H: &[&str] = &["좋", "놓", "낳", "넣", "쌓", "닿", "찧", "땋"];
/// Stems in 르 that only drop the vowel (따라, 치러).
const PLAIN_REU: &[&str] = &["따르", "치르", "들르", "우러르", "다다르", "잠그"];
/// Stems in 르 that add 러 (이르러, 푸르러).
const ADD_REO: &[&str] = &["이르", "푸르", "누르"];

/// The surfaces of a verb or adjective, given without its 다, each with its class; none for what is not Hangul.
pub fn surfaces(stem: &str) -> Vec<(String, Class)> {
    let Some(last) = stem.chars().next_back().and_then(Syllable::of) else { return Vec::new() };
    let head = &stem[..stem.len() - last.character().len_utf8()];
    let mut found = vec![(stem.to_string(), Class::Stem)];
    if last.last == 0 {
        open_stem(stem, head, last, &mut found);
    } else {
        closed_stem(stem, head, last, &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn open_stem(stem: &str, head: &str, last: Syllable, found: &mut Vec<(String, Class)>) {
    fuse(head, last, found);
    let previous = head.chars().next_back().and_then(Syllable::of);
    if last.initial == INITIAL_L && last.vowel == EU && !ends(stem, PLAIN_REU) {
        if let Some(previous) = previous.filter(|previous| previous.last == 0) {
            let front = &head[..head.len() - previous.character().len_utf8()];
            let doubled = format!("{front}{}", previous.with_last(LAST_L).character());
            connect(&doubled, last.with_vowel(harmony(previous)), found);
        }
        if ends(stem, ADD_REO) {
            connect(stem, last.with_vowel(EO), found);
        }
        return;
    }
    match last.vowel {
        A if last.initial == 18 => {
            connect(head, last.with_vowel(AE), found);
            connect(stem, Syllable { initial: 11, vowel: YEO, last: 0 }, found);
        }
        A | AE | EO | E | YEO | YE => {
            connect(head, last, found);
            connect(stem, vowel_syllable(EO), found);
        }
        O => {
            connect(head, last.with_vowel(WA), found);
            connect(stem, vowel_syllable(A), found);
        }
        U => {
            connect(head, last.with_vowel(WO), found);
            connect(stem, vowel_syllable(EO), found);
        }
        I => {
            connect(head, last.with_vowel(YEO), found);
            connect(stem, vowel_syllable(EO), found);
        }
        OE => {
            connect(head, last.with_vowel(WAE), found);
            connect(stem, vowel_syllable(EO), found);
        }
        EU => connect(head, last.with_vowel(previous.map_or(EO, harmony)), found),
        _ => connect(stem, vowel_syllable(EO), found),
    }
}

fn closed_stem(stem: &str, head: &str, last: Syllable, found: &mut Vec<(String, Class)>) {
    let bare = last.with_last(0);
    match last.last {
        LAST_L => {
            let open = format!("{head}{}", bare.character());
            found.push((open, Class::DroppedL));
            fuse_as(head, bare, LAST_N, Class::FusedN, found);
            fuse_as(head, bare, LAST_LM, Class::FusedM, found);
            fuse_as(head, bare, LAST_B, Class::FusedB, found);
            found.push((stem.to_string(), Class::FusedL));
            found.push((stem.to_string(), Class::Eu));
            connect(stem, vowel_syllable(harmony(last)), found);
        }
        LAST_B if !ends(stem, KEEP_B) => {
            let open = format!("{head}{}", bare.character());
            let fused = vowel_syllable(U);
            found.push((format!("{open}우"), Class::Eu));
            fuse(&open, fused, found);
            connect(&open, fused.with_vowel(if ["돕", "곱"].contains(&stem) { WA } else { WO }), found);
            if EITHER_B.contains(&stem) {
                eu_forms(stem, harmony(last), found);
            }
        }
        LAST_D if ends(stem, CHANGE_D) => {
            let changed = format!("{head}{}", last.with_last(LAST_L).character());
            eu_forms(&changed, harmony(last), found);
            if KEEP_D.contains(&stem) {
                eu_forms(stem, harmony(last), found);
            }
        }
        LAST_S if ends(stem, DROP_S) => eu_forms(&format!("{head}{}", bare.character()), harmony(last), found),
        LAST_H if !ends(stem, KEEP_H) => {
            fuse(head, bare, found);
            found.push((format!("{head}{}", bare.character()), Class::Eu));
            connect(head, bare.with_vowel(AE), found);
        }
        _ => eu_forms(stem, harmony(last), found),
    }
}

/// The forms of a regular consonant stem: 먹으-, 먹은, 먹을, 먹음, 먹어, 먹었-.
fn eu_forms(stem: &str, vowel: u32, found: &mut Vec<(String, Class)>) {
    found.push((format!("{stem}으"), Class::Eu));
    fuse(stem, vowel_syllable(EU), found);
    connect(stem, vowel_syllable(vowel), found);
}

/// The four fused forms of an open syllable after `head`.
fn fuse(head: &str, syllable: Syllable, found: &mut Vec<(String, Class)>) {
    for (last, class) in [(LAST_N, Class::FusedN), (LAST_L, Class::FusedL), (LAST_M, Class::FusedM), (LAST_B, Class::FusedB)] {
        fuse_as(head, syllable, last, class, found);
    }
}

fn fuse_as(head: &str, syllable: Syllable, last: u32, class: Class, found: &mut Vec<(String, Class)>) {
    found.push((format!("{head}{}", syllable.with_last(last).character()), class));
}

/// The connective ending in `syllable`, and the past made from it.
fn connect(head: &str, syllable: Syllable, found: &mut Vec<(String, Class)>) {
    found.push((format!("{head}{}", syllable.character()), Class::Connective));
    fuse_as(head, syllable, LAST_SS, Class::Past, found);
}

/// ㅏ after ㅏ, ㅑ and ㅗ, else ㅓ.
fn harmony(syllable: Syllable) -> u32 {
    if matches!(syllable.vowel, A | YA | O) { A } else { EO }
}

fn vowel_syllable(vowel: u32) -> Syllable {
    Syllable { initial: 11, vowel, last: 0 }
}

fn ends(stem: &str, list: &[&str]) -> bool {
    list.iter().any(|ending| stem.ends_with(ending))
}
