//! Chinese characters read as Hangul: 北核 as 북핵, 勞動 as 노동, 經濟 as 경제.

use super::conjugation::Syllable;
use crate::text::is_hanja;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

static READINGS: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
    let table = include_str!("hanja.txt").lines().take_while(|line| *line != "[alone]").filter(|line| !line.starts_with('#'));
    let rows = table.filter_map(|line| line.split_once(' '));
    rows.flat_map(|(reading, characters)| characters.chars().zip(reading.chars().cycle())).collect()
});

/// A text with its Chinese characters in Hangul, byte for byte in the same places; nothing when it has none.
/// Characters without a known reading stay.
pub fn read(text: &str) -> Option<String> {
    // Chinese characters begin with the bytes E3 to E9, Hangul with EA to ED.
    if !text.bytes().any(|byte| (0xE3..=0xE9).contains(&byte)) || !text.chars().any(is_hanja) {
        return None;
    }
    let mut written = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let reading = READINGS.get(&character).and_then(|&reading| Syllable::of(reading));
        let read = reading.map(|reading| sounded(character, reading, written.chars().next_back(), characters.peek()).character());
        written.push(read.filter(|read| read.len_utf8() == character.len_utf8()).unwrap_or(character));
    }
    Some(written)
}

const N: u32 = 2;
const D: u32 = 3;
const L: u32 = 5;
const SILENT: u32 = 11;
const J: u32 = 12;
const LAST_N: u32 = 4;

/// A reading as its neighbours make it sound (standard orthography, articles 10 to 12): 女 is 녀, at the start of a word 여;
/// 率 is 률, behind a vowel or ㄴ 율; 不 is 불, before ㄷ and ㅈ 부.
fn sounded(character: char, reading: Syllable, before: Option<char>, after: Option<&char>) -> Syllable {
    let is_bright = matches!(reading.vowel, 2 | 3 | 6 | 7 | 12 | 17 | 20);
    match before.and_then(Syllable::of) {
        None if reading.initial == L || reading.initial == N => Syllable { initial: if is_bright { SILENT } else { N }, ..reading },
        Some(before) if matches!(reading.character(), '률' | '렬') && matches!(before.last, 0 | LAST_N) => {
            Syllable { initial: SILENT, ..reading }
        }
        _ if character == '不' && after.is_some_and(begins_with_d_or_j) => Syllable { last: 0, ..reading },
        _ => reading,
    }
}

fn begins_with_d_or_j(character: &char) -> bool {
    let reading = READINGS.get(character).unwrap_or(character);
    Syllable::of(*reading).is_some_and(|syllable| matches!(syllable.initial, D | J))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_are_read_in_place() {
        for (written, read_as) in [
            ("北核", "북핵"),
            ("勞動", "노동"),
            ("女性", "여성"),
            ("歷史의", "역사의"),
            ("比率", "비율"),
            ("法律", "법률"),
            ("不足", "부족"),
            ("不法", "불법"),
            ("對北制裁", "대북제재"),
            ("경제(經濟)", "경제(경제)"),
        ] {
            let read = read(written).unwrap();
            assert_eq!((read.as_str(), read.len()), (read_as, written.len()));
        }
        assert_eq!(read("경제"), None);
        assert_eq!(read("魑魅"), Some("魑魅".to_string()));
    }
}
