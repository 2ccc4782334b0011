//! English words: tokens, their stems, and which of them carry content.
//!
//! The build step includes this file too, so that the lexicon is stemmed by the code that later looks words up.

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// A word of an English text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text given.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it is matched by: see [`stem`].
    pub stem: String,
    /// Whether it carries content: not a function word.
    pub is_content: bool,
}

/// The words of a text, in order. Hyphenated words are cut at the hyphens; "U.S." and "1,000.5" are one word each.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        if !character.is_alphanumeric() {
            at += character.len_utf8();
            continue;
        }
        let end = at + word_length(&text[at..]);
        let word = &text[at..end];
        if !word.chars().any(|character| matches!(character, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}')) {
            found.push(Token { start: at, end, stem: stem(word), is_content: !is_function_word(word) });
        }
        at = end;
    }
    found
}

/// Bytes of the word at the start of `text`: letters and digits, with apostrophes, points and commas where a word has them.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map_or(' ', |&(_, next)| next);
        let inside = match character {
            _ if character.is_alphanumeric() => true,
            '\'' | '’' => before.is_alphabetic() && next.is_alphabetic(),
            ',' => before.is_ascii_digit() && next.is_ascii_digit(),
            '.' => before.is_ascii_digit() && next.is_ascii_digit() || is_initial(text, at, before, next),
            _ => false,
        };
        if !inside {
            break;
        }
        end = at + character.len_utf8();
        before = character;
    }
    end
}

/// Whether the point at byte `at` belongs to an abbreviation of single letters such as "U.S." or "a.m.".
fn is_initial(text: &str, at: usize, before: char, next: char) -> bool {
    let single = before.is_alphabetic() && text[..at - before.len_utf8()].chars().next_back().is_none_or(|character| character == '.');
    single
        && (next.is_alphabetic() && text[at + 1..].chars().nth(1).is_none_or(|after| !after.is_alphanumeric()) || text[..at].contains('.'))
}

/// What a word is matched by: lower case without possessive, irregular forms led back to their base, then the Snowball stem.
/// Acronyms are not stemmed, and "US" is "u.s.", so that it is never the pronoun.
pub fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    if is_acronym(word) {
        return acronym_key(word);
    }
    let lower = word.to_lowercase().replace('’', "'");
    let irregular = IRREGULAR.binary_search_by_key(&lower.as_str(), |&(form, _)| form).ok().map(|at| IRREGULAR[at].1);
    let base = irregular.or_else(|| positive(&lower)).map_or_else(|| regular(&lower), Cow::Borrowed);
    if base.bytes().any(|byte| !byte.is_ascii_lowercase()) {
        return base.to_string();
    }
    Stemmer::create(Algorithm::English).stem(&base).into_owned()
}

/// Endings of words and of their bases.
const ENDINGS: &[(&str, &str)] = &[
    ("ced", "ce"),
    ("cing", "ce"),
    ("ffed", "ff"),
    ("ffing", "ff"),
    ("ise", "ize"),
    ("ises", "ize"),
    ("ised", "ize"),
    ("ising", "ize"),
    ("isation", "ization"),
    ("isations", "ization"),
];

/// The base of forms that the Snowball stemmer leaves apart from it: experience of experienced, staff of staffed, mobilize of
/// mobilised.
fn regular(word: &str) -> Cow<'_, str> {
    let parts = ENDINGS.iter().find_map(|(ending, base)| Some((word.strip_suffix(ending).filter(|front| front.len() >= 3)?, base)));
    match parts {
        Some((front, base)) if !base.starts_with("iz") || NATIVE.binary_search(&format!("{front}ise").as_str()).is_err() => {
            Cow::Owned(format!("{front}{base}"))
        }
        _ => Cow::Borrowed(word),
    }
}

/// The adjective of which a word is the comparative or superlative: high of higher, big of biggest, early of earliest.
fn positive(word: &str) -> Option<&'static str> {
    let front = word.strip_suffix("er").or_else(|| word.strip_suffix("est")).filter(|front| front.len() >= 2 && front.is_ascii())?;
    let known = |base: &str| GRADED.binary_search(&base).ok().map(|at| GRADED[at]);
    let (shorter, last) = front.split_at(front.len() - 1);
    let of_y = || known(&format!("{shorter}y")).filter(|_| last == "i");
    let of_doubled = || known(shorter).filter(|_| shorter.ends_with(last));
    known(front).or_else(|| known(&format!("{front}e"))).or_else(of_y).or_else(of_doubled)
}

/// Two capitals or more (a plural s aside), or letters with points.
fn is_acronym(word: &str) -> bool {
    let trimmed = word.strip_suffix('s').unwrap_or(word);
    let capitals = trimmed.chars().filter(|character| character.is_uppercase()).count();
    capitals >= 2 && trimmed.chars().all(|character| !character.is_lowercase())
        || word.len() >= 3 && word.as_bytes()[1] == b'.' && word.as_bytes()[0].is_ascii_alphabetic()
}

fn acronym_key(word: &str) -> String {
    let letters = word.trim_end_matches('s').replace('.', "").to_lowercase();
    match letters.as_str() {
        "us" | "usa" => "u.s.".to_string(),
        "uk" => "u.k.".to_string(),
        _ => letters,
    }
}

/// Whether a word only builds sentences: articles, pronouns, prepositions, auxiliaries.
pub fn is_function_word(word: &str) -> bool {
    if word.len() > 12 || is_acronym(word) {
        return false;
    }
    let lower = word.to_ascii_lowercase().replace('’', "'");
    let is_listed = |word: &str| FUNCTION_WORDS.binary_search(&word).is_ok();
    // Contractions: don't, it's, they'll. "can't" keeps its content as "cannot" does.
    is_listed(&lower)
        || lower.strip_suffix("n't").is_some_and(|verb| verb != "ca")
        || lower.split_once('\'').is_some_and(|(front, ending)| is_listed(front) && CONTRACTED.contains(&ending))
}

/// What an auxiliary shrinks to behind a pronoun.
const CONTRACTED: &[&str] = &["s", "m", "re", "ve", "ll", "d"];

/// Words that carry no content, sorted.
pub const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "above", "after", "again", "against", "all", "also", "am", "among", "an", "and", "another", "any", "are", "as", "at",
    "be", "because", "been", "before", "being", "below", "between", "both", "but", "by", "can", "could", "did", "do", "does", "doing",
    "done", "down", "during", "each", "either", "even", "every", "few", "for", "from", "further", "had", "has", "have", "having", "he",
    "hence", "her", "here", "hers", "herself", "him", "himself", "his", "how", "however", "i", "if", "in", "into", "is", "it", "its",
    "itself", "just", "let", "many", "may", "me", "might", "more", "most", "much", "must", "my", "no", "nor", "not", "of", "off", "on",
    "once", "one", "only", "onto", "or", "other", "others", "our", "ours", "out", "over", "own", "per", "rather", "same", "shall", "she",
    "should", "since", "so", "some", "such", "than", "that", "that's", "the", "their", "theirs", "them", "then", "there", "these", "they",
    "this", "those", "though", "through", "thus", "to", "too", "toward", "towards", "under", "until", "up", "upon", "us", "very", "was",
    "we", "were", "what", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without",
    "would", "yet", "you", "your",
];

include!("irregular.rs");
