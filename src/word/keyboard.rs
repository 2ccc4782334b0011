//! What was meant by a word typed with the keyboard in the other language: gksal for 한미, ㅜㅣㅣ for nll.
//!
//! The keys are those of the Korean standard layout of two sets (KS X 5002).

use super::conjugation::Syllable;

/// The letters of the Korean keyboard with their keys.
const KEYS: [(char, char); 33] = [
    ('ㄱ', 'r'),
    ('ㄲ', 'R'),
    ('ㄴ', 's'),
    ('ㄷ', 'e'),
    ('ㄸ', 'E'),
    ('ㄹ', 'f'),
    ('ㅁ', 'a'),
    ('ㅂ', 'q'),
    ('ㅃ', 'Q'),
    ('ㅅ', 't'),
    ('ㅆ', 'T'),
    ('ㅇ', 'd'),
    ('ㅈ', 'w'),
    ('ㅉ', 'W'),
    ('ㅊ', 'c'),
    ('ㅋ', 'z'),
    ('ㅌ', 'x'),
    ('ㅍ', 'v'),
    ('ㅎ', 'g'),
    ('ㅏ', 'k'),
    ('ㅐ', 'o'),
    ('ㅑ', 'i'),
    ('ㅒ', 'O'),
    ('ㅓ', 'j'),
    ('ㅔ', 'p'),
    ('ㅕ', 'u'),
    ('ㅖ', 'P'),
    ('ㅗ', 'h'),
    ('ㅛ', 'y'),
    ('ㅜ', 'n'),
    ('ㅠ', 'b'),
    ('ㅡ', 'm'),
    ('ㅣ', 'l'),
];

/// Initials, vowels and finals in the order of Unicode; a final or vowel of two letters is written with both.
const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS: &str = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ";
const FINALS: &str = "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ";

/// A word as it would stand with the keyboard in the other language; none where the keys make no word there.
pub fn other_language(word: &str) -> Option<String> {
    match word.chars().next()? {
        first if first.is_ascii_alphabetic() => korean(word),
        _ => english(word),
    }
}

/// The consonant a Hangul syllable begins with, as a letter of its own.
pub fn initial(character: char) -> Option<char> {
    INITIALS.chars().nth(Syllable::of(character)?.initial as usize)
}

/// Whether a character is a consonant that may begin a syllable, standing alone.
pub fn is_initial(character: char) -> bool {
    INITIALS.contains(character)
}

/// Hangul for Latin letters. A capital that is no key of its own is meant as the small one.
fn korean(word: &str) -> Option<String> {
    let letter_of = |key: char| KEYS.iter().find(|(_, known)| *known == key).map(|&(letter, _)| letter);
    let letters: Vec<char> =
        word.chars().map(|key| letter_of(key).or_else(|| letter_of(key.to_ascii_lowercase()))).collect::<Option<_>>()?;
    let mut written = String::new();
    let mut rest = letters.as_slice();
    while !rest.is_empty() {
        let (syllable, length) = syllable(rest)?;
        written.push(syllable);
        rest = &rest[length..];
    }
    Some(written)
}

/// The syllable that letters begin with, and how many of them it takes: a consonant before a vowel is the next one's.
fn syllable(letters: &[char]) -> Option<(char, usize)> {
    let initial = INITIALS.chars().position(|letter| letter == letters[0])?;
    let consonants = |from: usize| letters[from..].iter().take_while(|&&letter| is_initial(letter)).count();
    let vowels = letters[1..].iter().take_while(|&&letter| !is_initial(letter)).count().min(2);
    let (vowel, taken) = (1..=vowels).rev().find_map(|count| Some((place(VOWELS, &letters[1..=count])?, count)))?;
    let after = 1 + taken;
    let run = consonants(after);
    let free = if after + run < letters.len() { run.saturating_sub(1) } else { run };
    let found = (1..=free.min(2)).rev().find_map(|count| Some((place(FINALS, &letters[after..after + count])? + 1, count)));
    let (last, count) = found.unwrap_or((0, 0));
    let syllable = Syllable { initial: initial as u32, vowel: vowel as u32, last: last as u32 };
    Some((syllable.character(), after + count))
}

/// The place of some letters in a list.
fn place(list: &str, letters: &[char]) -> Option<usize> {
    list.split(' ').position(|known| known.chars().eq(letters.iter().copied()))
}

/// Latin letters for Hangul.
fn english(word: &str) -> Option<String> {
    let mut written = String::new();
    for character in word.chars() {
        let letters = match Syllable::of(character) {
            Some(syllable) => taken_apart(syllable)?,
            None => FINALS
                .split(' ')
                .chain(VOWELS.split(' '))
                .find(|known| is_joined(character, known))
                .map_or(character.to_string(), str::to_string),
        };
        for letter in letters.chars() {
            written.push(KEYS.iter().find(|(known, _)| *known == letter)?.1);
        }
    }
    Some(written)
}

/// Whether a letter is the joined form of two others: ㅘ of ㅗㅏ, ㄳ of ㄱㅅ.
fn is_joined(letter: char, letters: &str) -> bool {
    const JOINED: [(char, &str); 18] = [
        ('ㄳ', "ㄱㅅ"),
        ('ㄵ', "ㄴㅈ"),
        ('ㄶ', "ㄴㅎ"),
        ('ㄺ', "ㄹㄱ"),
        ('ㄻ', "ㄹㅁ"),
        ('ㄼ', "ㄹㅂ"),
        ('ㄽ', "ㄹㅅ"),
        ('ㄾ', "ㄹㅌ"),
        ('ㄿ', "ㄹㅍ"),
        ('ㅀ', "ㄹㅎ"),
        ('ㅄ', "ㅂㅅ"),
        ('ㅘ', "ㅗㅏ"),
        ('ㅙ', "ㅗㅐ"),
        ('ㅚ', "ㅗㅣ"),
        ('ㅝ', "ㅜㅓ"),
        ('ㅞ', "ㅜㅔ"),
        ('ㅟ', "ㅜㅣ"),
        ('ㅢ', "ㅡㅣ"),
    ];
    JOINED.contains(&(letter, letters))
}

fn taken_apart(syllable: Syllable) -> Option<String> {
    let initial = INITIALS.chars().nth(syllable.initial as usize)?;
    let vowel = VOWELS.split(' ').nth(syllable.vowel as usize)?;
    let last = match syllable.last {
        0 => "",
        last => FINALS.split(' ').nth(last as usize - 1)?,
    };
    Some(format!("{initial}{vowel}{last}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_typed_in_the_other_language_is_read() {
        for (typed, meant) in [
            ("gksal", Some("한미")),
            ("qnrfj", Some("북러")),
            ("ghkrwkddjrwp", Some("확장억제")),
            ("wjswkrrnjs", Some("전작권")),
            ("dksqhfl", Some("안보리")),
            ("rkqtdmf", Some("값을")),
            ("Rkfek", Some("깔다")),
            ("ㅜㅣㅣ", Some("nll")),
            ("솜ㅁㅇ", Some("thaad")),
            ("ㅔㄷㅁㅊㄷ", Some("peace")),
            ("summit", None),
            ("북1", None),
            ("", None),
        ] {
            assert_eq!(other_language(typed).as_deref(), meant, "{typed}");
        }
    }

    #[test]
    fn every_syllable_comes_back() {
        for syllable in ('가'..='힣').step_by(7) {
            let keys = other_language(&syllable.to_string()).unwrap();
            assert_eq!(other_language(&keys), Some(syllable.to_string()), "{keys}");
        }
    }

    #[test]
    fn a_syllable_tells_its_initial() {
        assert_eq!("한미동맹a".chars().filter_map(initial).collect::<String>(), "ㅎㅁㄷㅁ");
    }
}
