//! Acronyms of an English text; a Korean text has them as Latin strings or as names by sound (나토).

use super::Fact;
use super::latin::keys;
use super::reading::Reading;
use super::words::Shape;
use crate::text::Language;

/// Longer words in capitals are shouted, not shortened.
const LONGEST: usize = 7;

/// Adds the acronyms of an English segment.
pub fn find(reading: &mut Reading) {
    if reading.language == Language::Korean || is_shouting(reading) {
        return;
    }
    for word in reading.words.clone() {
        let text = word.of(reading.text);
        let plural =
            text.strip_suffix('s').is_some_and(|letters| letters.len() >= 2 && letters.bytes().all(|byte| byte.is_ascii_uppercase()));
        let is_acronym = word.shape == Shape::Upper && !text.contains('.') && text.len() <= LONGEST || plural;
        if is_acronym && reading.is_free(word.span()) {
            let letters = if plural { &text[..text.len() - 1] } else { text };
            let mut keys = keys(letters);
            keys.extend(super::name::keys(letters));
            reading.add("acronym", word.span(), letters.to_string(), keys, Fact::Text);
        }
    }
}

/// Whether a segment is written in capitals throughout.
fn is_shouting(reading: &Reading) -> bool {
    let letters = reading.words.iter().filter(|word| word.shape != Shape::Digits);
    let (upper, all) = letters.fold((0, 0), |(upper, all), word| (upper + usize::from(word.shape == Shape::Upper), all + 1));
    all >= 3 && upper * 2 > all
}
