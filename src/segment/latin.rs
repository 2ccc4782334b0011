//! What a full stop after a Latin word means: the end of a sentence, or of an abbreviation.

use super::words::Words;
use crate::text::is_hangul;
use std::sync::LazyLock;

static ABBREVIATIONS: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("abbreviations.txt")));
static OPENERS: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("openers.txt")));
static SPEECH: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("speech.txt")));

/// How an abbreviation binds to what follows it; the sections of `abbreviations.txt`, and two that have a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Something always follows: a title, "vs.".
    Binds,
    /// A number follows.
    Number,
    /// A number follows, or it is a word.
    Word,
    /// A day or a year follows.
    Month,
    /// It ends a sentence if an opener follows.
    Either,
    /// It ends a sentence if a capital follows.
    End,
    /// "a.m.", "p.m.".
    Time,
    /// A single capital: "J."
    Initial,
    /// A dotted row of letters: "U.S."
    Acronym,
}

/// What follows a stop: its first letter or digit, and the word that it begins.
#[derive(Clone, Copy, Debug)]
pub struct Following<'a> {
    /// The text from the first letter or digit, past quotation marks and brackets.
    pub rest: &'a str,
    /// The first character that is not white space.
    pub first: char,
    /// The first character past quotation marks and brackets.
    pub letter: char,
}

impl<'a> Following<'a> {
    /// Looks at a text that begins with no white space.
    pub fn of(text: &'a str) -> Following<'a> {
        let opening = text.chars().take(4).take_while(|&character| "\"'“‘([「『〈《【〔„".contains(character));
        let rest = &text[opening.map(char::len_utf8).sum()..];
        let first = text.chars().next().unwrap_or(' ');
        Following { rest, first, letter: rest.chars().next().unwrap_or(' ') }
    }

    /// The Latin word at its start, without marks; at most 24 bytes of it.
    pub fn word(&self) -> &'a str {
        let end = self.rest.bytes().take(24).take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'-').count();
        &self.rest[..end]
    }
}

/// The bytes that may stand before a stop and belong to its word.
const LONGEST: usize = 40;

/// The token before a byte: up to white space or a mark that never stands inside an abbreviation.
pub fn token_before(text: &str, end: usize) -> &str {
    let bytes = &text.as_bytes()[..end];
    let floor = end.saturating_sub(LONGEST);
    let length = bytes[floor..].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b".'&-!".contains(byte)).count();
    &text[end - length..end]
}

/// Whether a single full stop after a Latin letter ends the sentence `text[start..]`; `stop` is its byte.
pub fn ends(text: &str, start: usize, stop: usize, following: Following) -> bool {
    let token = token_before(text, stop);
    if text[..stop - token.len()].ends_with(['°', 'º']) {
        return true;
    }
    match class(token) {
        None => true,
        Some(class) => ends_after(class, &text[start..stop], following),
    }
}

/// Whether a line ends with an abbreviation after which something must come: "p.", "No.", "Dr.".
pub fn ends_bound(line: &str) -> bool {
    let Some(line) = line.strip_suffix('.') else { return false };
    let class = class(token_before(line, line.len()));
    matches!(class, Some(Class::Binds | Class::Number | Class::Word | Class::Month | Class::Initial))
}

/// Whether a line ends with a dotted acronym: "Trust in the U.S."
pub fn ends_with_acronym(line: &str) -> bool {
    line.strip_suffix('.').is_some_and(|line| is_dotted(token_before(line, line.len())))
}

/// Whether an exclamation mark belongs to a name (Yahoo!), and what follows does not open a sentence.
pub fn is_marked_name(text: &str, stop: usize, following: Following) -> bool {
    text.as_bytes()[stop] == b'!' && ABBREVIATIONS.section(token_before(text, stop + 1)).is_some() && !opens(following, false)
}

fn ends_after(class: Class, sentence: &str, following: Following) -> bool {
    let numbered = following.letter.is_ascii_digit();
    match class {
        Class::Binds => false,
        Class::Number if numbered || is_roman(following.word()) || following.word().len() == 1 => false,
        Class::Month if numbered => false,
        Class::Month if ends_at_month(sentence, following) => true,
        Class::Word => !is_counted(following),
        Class::Time => ends_after_time(sentence, following),
        Class::End => following.letter.is_uppercase() || is_hangul(following.letter),
        Class::Initial => opens(following, false) || is_lettered(sentence),
        Class::Acronym if ends_with_place_or_era(sentence) => following.letter.is_uppercase(),
        Class::Acronym => opens(following, true) && following.first != '(',
        Class::Number | Class::Month | Class::Either => opens(following, false) && following.first != '(',
    }
}

/// Whether what follows "No." or "App." is a number or a letter that counts: "No. 19", "Doc. No. S/2024/215", "App. B."
fn is_counted(following: Following) -> bool {
    let token = following.rest.split_ascii_whitespace().next().unwrap_or("");
    let letter = token.len() == 2 && token.as_bytes()[0].is_ascii_uppercase() && token.ends_with(['.', ',', ')', ';']);
    let number = token.starts_with(|first: char| first.is_ascii_alphanumeric()) && token.bytes().any(|byte| byte.is_ascii_digit());
    letter || number || ["No.", "Nos."].contains(&token)
}

/// "Washington, D.C.", "37 B.C.": an acronym that hardly ever stands before the name of something.
fn ends_with_place_or_era(sentence: &str) -> bool {
    const ERAS: &[&str] = &["B.C", "A.D", "B.C.E", "C.E"];
    let place = sentence.strip_suffix("D.C").is_some_and(|before| before.trim_end().trim_end_matches(',').ends_with("Washington"));
    let era = ERAS.iter().find_map(|era| sentence.strip_suffix(era));
    place || era.is_some_and(|before| before.trim_end().ends_with(|last: char| last.is_ascii_digit()))
}

/// "… will remain closed until Oct. President Park was …": a month that a preposition leads up to, late in a sentence. Style
/// books cut months short only before a day, so that a capital after such a month is seldom an attribute of it.
fn ends_at_month(sentence: &str, following: Following) -> bool {
    const LEADS: &[&str] = &["in", "until", "till", "by", "since", "through", "from", "of"];
    let mut words = sentence.split_ascii_whitespace().rev().skip(1);
    let led = words.next().is_some_and(|word| LEADS.contains(&word));
    let word = following.word();
    let date = OPENERS.has("zone", &word.to_ascii_lowercase());
    led && words.nth(5).is_some() && following.letter.is_ascii_uppercase() && !date && !is_capitals(word)
}

/// Whether the last capital of a sentence is the label of the word before it: "Annex A".
fn is_lettered(sentence: &str) -> bool {
    let before = sentence[..sentence.len() - 1].trim_end();
    super::look::is_lettered(&token_before(before, before.len()).to_ascii_lowercase())
}

/// Whether the next word opens sentences. After an acronym names may too: "… with the U.S. Moscow wants …".
pub fn opens(following: Following, names: bool) -> bool {
    if is_hangul(following.letter) {
        return super::hangul::is_opener(following.rest);
    }
    let word = following.word();
    if !word.starts_with(|first: char| first.is_ascii_uppercase()) {
        return false;
    }
    match OPENERS.section(&word.to_ascii_lowercase()) {
        Some("any") => !is_capitals(word),
        Some("acronym") => names && !is_capitals(word),
        _ => false,
    }
}

/// Whether a capitalised word opens a sentence even where no full stop stands before it: "… on the board But the …".
pub fn opens_bare(word: &str) -> bool {
    OPENERS.has("bare", &word.to_ascii_lowercase()) && !is_capitals(word)
}

/// Whether a text begins with a word that opens sentences, in any place: no pronoun of the writer or the reader, nor a word that names a choice ("None", "Yes").
pub fn opens_headless(text: &str) -> bool {
    let end = text.bytes().take(16).take_while(u8::is_ascii_alphabetic).count();
    let word = &text[..end];
    let apart = text[end..].starts_with([' ', ',', '\n']);
    apart
        && !["I", "You", "Not", "None", "Yes", "No"].contains(&word)
        && !is_capitals(word)
        && OPENERS.section(&word.to_ascii_lowercase()) == Some("any")
}

/// Whether a word is a preposition that stands inside titles.
pub fn is_title_preposition(word: &str) -> bool {
    OPENERS.has("title", &word.to_ascii_lowercase())
}

/// Whether a word is one after which a name may stand: "of The", "in However".
pub fn joins(word: &str) -> bool {
    OPENERS.has("joint", word)
}

/// A word of capitals, more than one.
pub fn is_capitals(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// After "5 a.m." a capital opens a sentence, unless it is a day or a zone, or the sentence is no more than the time
/// ("At 5 a.m. Minister Cho left").
fn ends_after_time(sentence: &str, following: Following) -> bool {
    let word = following.word();
    let zone = OPENERS.has("zone", &word.to_ascii_lowercase());
    let zone = zone || following.rest.split_ascii_whitespace().take(4).any(|word| word.trim_end_matches(['.', ',', ')']) == "Time");
    let long = sentence.len() > 60 || sentence.split_ascii_whitespace().count() > 3;
    following.letter.is_uppercase() && !zone && !is_capitals(word) && long
}

fn class(token: &str) -> Option<Class> {
    if token.is_empty() {
        return None;
    }
    let last = token.rsplit(['-', '&']).next().unwrap_or(token);
    listed(token).or_else(|| listed(last)).or_else(|| shape(last))
}

fn listed(token: &str) -> Option<Class> {
    let section = ABBREVIATIONS.section(token);
    let section = section.or_else(|| is_capitals(token).then(|| ABBREVIATIONS.section(&capitalized(token)))?);
    Some(match section? {
        "binds" | "inner" => Class::Binds,
        "number" => Class::Number,
        "word" => Class::Word,
        "month" => Class::Month,
        "end" => Class::End,
        "time" => Class::Time,
        _ if is_dotted(token) => Class::Acronym,
        _ => Class::Either,
    })
}

/// "GEN" as "Gen".
pub fn capitalized(token: &str) -> String {
    token[..1].to_string() + &token[1..].to_ascii_lowercase()
}

/// What the form of a token tells: "J", "D.P.R.K", "Bldg".
fn shape(token: &str) -> Option<Class> {
    let bytes = token.as_bytes();
    match bytes {
        [letter] if letter.is_ascii_uppercase() => Some(Class::Initial),
        [_] => None,
        _ if is_dotted(token) => Some(Class::Acronym),
        _ if is_clipped(bytes) => Some(Class::Either),
        _ => None,
    }
}

/// Single letters with dots between them, at least one a capital.
fn is_dotted(token: &str) -> bool {
    token.len() >= 3 && token.split('.').all(|part| part.len() == 1 && part.as_bytes()[0].is_ascii_alphabetic())
}

/// A capital and up to four consonants: no word is written like that, only what has been cut short.
fn is_clipped(bytes: &[u8]) -> bool {
    (2..=5).contains(&bytes.len())
        && bytes[0].is_ascii_uppercase()
        && bytes[1..].iter().all(u8::is_ascii_lowercase)
        && !bytes.iter().any(|byte| b"aeiouyAEIOUY".contains(byte))
}

/// A Roman number in capitals.
pub fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 6 && word.bytes().all(|byte| b"IVXLC".contains(&byte))
}

/// Whether a word is a verb that gives a speaker.
pub fn is_speech(word: &str) -> bool {
    SPEECH.has("english", word)
}

/// Whether a text begins with a verb of saying, or with a few words that lead up to one: "said Kim", "she told", "the
/// minister told".
pub fn names_speaker(rest: &str) -> bool {
    for word in rest.split_ascii_whitespace().take(6) {
        if is_speech(word.trim_end_matches([',', '.', ':', ';'])) {
            return true;
        }
        if word.ends_with([',', '.', ';', ':', '!', '?']) {
            return false;
        }
    }
    false
}

/// Whether a question or a quotation is followed by its speaker: "Minister Cho asked", "the Kremlin said".
pub fn is_attribution(rest: &str) -> bool {
    for (names, word) in rest.split_ascii_whitespace().take(7).enumerate() {
        let bare = word.trim_end_matches([',', '.', ';', ':']);
        if SPEECH.has("english", bare) {
            return names > 0;
        }
        let joins = ["of", "the", "de", "van", "von", "al", "The", "his", "her"].contains(&bare);
        let ends = bare.len() != word.len() && !word.ends_with('.');
        if ends || !(joins || bare.starts_with(char::is_uppercase)) {
            return false;
        }
    }
    false
}
