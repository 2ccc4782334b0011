//! What Korean says about the end of a sentence: endings, quotation particles, verbs of saying.

use super::words::Words;
use crate::text::is_hangul;
use std::sync::LazyLock;

static PARTICLES: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("particles.txt")));
static SPEECH: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("speech.txt")));

/// The most bytes of a clause that names the speaker after a quotation ("그가 덧붙였다").
const LONGEST_SPEAKER: usize = 300;

/// Syllables that end a Korean sentence: finite endings, and the nominal ones of official style.
const FINAL: &str = "다요까죠오네지라자군걸음함임됨됨남짐옴감";

/// The Hangul word at the start of a text, of at most ten syllables.
fn word(text: &str) -> &str {
    let end = text.char_indices().take(11).find(|&(_, character)| !is_hangul(character)).map(|(at, _)| at);
    end.map_or(if text.len() <= 30 { text } else { "" }, |end| &text[..end])
}

/// Whether a syllable ends sentences.
pub fn is_final(syllable: char) -> bool {
    FINAL.contains(syllable)
}

/// Whether the word at the start opens sentences.
pub fn is_opener(text: &str) -> bool {
    PARTICLES.has("opener", word(text))
}

/// Whether what follows a closing quotation mark (and a space) carries the sentence on: a particle, a verb of saying,
/// or a short clause with the speaker.
pub fn carries_quotation(text: &str, alone: bool) -> bool {
    let word = word(text);
    if word.is_empty() {
        return false;
    }
    // "고 말했다", but not "고 김 전 대통령은" (the late …)
    let said = word == "고" && says(self::word(text[word.len()..].trim_start()));
    said || PARTICLES.has("quoted", word) || says(word) || alone && is_speaker(text)
}

/// Whether what follows a bare question or exclamation carries the sentence on.
pub fn carries_question(text: &str) -> bool {
    PARTICLES.has("asked", word(text))
}

/// Whether a word begins with the stem of a verb of saying.
fn says(word: &str) -> bool {
    word.char_indices().skip(1).map(|(at, _)| &word[..at]).chain([word]).any(|stem| SPEECH.has("korean", stem))
}

/// Ends of a word before a verb of saying that show what is said, or point to what follows.
const OBJECTS: &[&str] = &["고", "며", "서", "을", "를", "만", "이렇게", "그렇게", "같이", "이처럼", "대해", "바를"];

/// A clause that ends in a verb of saying without an object of its own: "그가 말했다." A line end inside it may stand
/// inside a word; it is read both ways, and an object found either way counts.
fn is_speaker(text: &str) -> bool {
    let limit = (0..=LONGEST_SPEAKER.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let stop = ["다.", "요."].iter().filter_map(|end| text[..limit].find(end)).min();
    let Some(clause) = stop.map(|stop| &text[..stop + "다".len()]).filter(|clause| !clause.contains(['"', '“', '”', '‘'])) else {
        return false;
    };
    let readings = [saying(clause), if clause.contains('\n') { saying(&clause.replace('\n', "")) } else { None }];
    readings.contains(&Some(Saying::Speaker)) && !readings.contains(&Some(Saying::Object))
}

/// What stands before a verb of saying.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Saying {
    Speaker,
    Object,
}

/// What stands before the verb of saying at the end of a clause, if there is one.
fn saying(clause: &str) -> Option<Saying> {
    let mut words = clause.split_ascii_whitespace().rev();
    let verb = words.next()?;
    let object = words.next().is_none_or(|word| OBJECTS.iter().any(|end| word.ends_with(end)));
    says(verb).then_some(if object { Saying::Object } else { Saying::Speaker })
}
