//! What Korean says about the end of a sentence: endings, quotation particles, verbs of saying.

use super::words::{Words, floor};
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
    said || PARTICLES.has("quoted", word) || says(word) || alone && (is_speaker(text) || is_speaker_of_clause(text))
}

/// Whether a text begins with a word that names what stands before it as a row: 등, 등의, 따위의.
pub fn ends_row(text: &str) -> bool {
    PARTICLES.has("row", word(text))
}

/// Whether a text begins with a particle that makes the name of a table before it a word of the sentence: <표 1>에서.
pub fn carries_label(text: &str) -> bool {
    PARTICLES.has("label", word(text))
}

/// Whether what follows a bare question or exclamation carries the sentence on.
pub fn carries_question(text: &str) -> bool {
    PARTICLES.has("asked", word(text))
}

/// Whether the last syllable of a word, three bytes, is one of those with which a bare sentence may end.
pub fn may_end(syllable: &[u8]) -> bool {
    ["다", "요", "죠", "까"].iter().any(|ending| ending.as_bytes() == syllable) || syllable.starts_with(&[0xE3, 0x85])
}

/// Whether a sentence without a full stop ends between a text and what follows its white space.
pub fn ends_bare(before: &str, after: &str) -> bool {
    let next = after.trim_start();
    let wrapped = after.starts_with(['\n', '\r']);
    match Ending::of(before) {
        None => false,
        Some(ending) if wrapped && ending != Ending::Marked && next.starts_with(|first: char| ATTACHED.contains(first)) => false,
        Some(ending) => begins_after(ending, next),
    }
}

/// Syllables that may go on with a word in -다 which was wrapped inside: 했다\n면, 한다\n는.
const ATTACHED: &str = "고는면며라가만니지던더든음마시싶손";

/// The finite endings after which a sentence may lack its full stop, by how sure they are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// "-습니다", "-ㅂ니까", "-어요": final but for a quotation.
    Formal,
    /// "-었다", "-겠다": also before "-다 하더라도", "갔다 오다".
    Past,
    /// "-한다", "-이다": also in a compound, a name or a noun.
    Present,
    /// With letters of laughter or tears after it, as mail has them.
    Marked,
}

impl Ending {
    /// The ending of the last word of a text.
    fn of(text: &str) -> Option<Ending> {
        let bare = text.trim_end_matches(|letter: char| "ㅋㅎㅠㅜ".contains(letter));
        let mut syllables = bare.chars().rev().take_while(|&letter| is_hangul(letter));
        let (last, before) = (syllables.next()?, syllables.next()?);
        let marked = bare.len() < text.len();
        let ending = match last {
            '다' if before == '니' => (final_consonant(syllables.next()?) == Some(BIEUP)).then_some(Ending::Formal),
            '까' if before == '니' => (final_consonant(syllables.next()?) == Some(BIEUP)).then_some(Ending::Formal),
            '다' if final_consonant(before) == Some(DOUBLE_SIOT) => Some(Ending::Past),
            '다' if PRESENT.contains(before) => Some(Ending::Present),
            '요' | '죠' if POLITE.contains(before) || last == '죠' => Some(Ending::Formal),
            _ => None,
        };
        if marked { ending.map(|_| Ending::Marked) } else { ending }
    }
}

/// Syllables before "다" that are hardly ever part of a noun (캐나다, 우간다).
const PRESENT: &str = "한된이는인진온없같";

/// Syllables before "요" that are hardly ever part of a noun (필요, 주요, 수요).
const POLITE: &str = "어아여해세에예네군데게구려져돼와워까";

/// The places of final consonants among the 28.
const BIEUP: u32 = 17;
const DOUBLE_SIOT: u32 = 20;

fn final_consonant(syllable: char) -> Option<u32> {
    ('가'..='힣').contains(&syllable).then(|| (syllable as u32 - '가' as u32) % 28)
}

/// Whether a text can begin a sentence after such an ending.
fn begins_after(ending: Ending, next: &str) -> bool {
    let Some(first) = next.chars().next() else { return false };
    if !is_hangul(first) {
        let begins = first.is_ascii_uppercase() || first.is_ascii_digit() || "“‘".contains(first);
        return ending == Ending::Marked || begins && ending == Ending::Formal;
    }
    if ending == Ending::Marked {
        return true;
    }
    let word = word(next);
    if PARTICLES.has("quoted", word) || PARTICLES.has("bare", word) || says(word) || word.starts_with("하더라") || word.starts_with("할지")
    {
        return false;
    }
    match ending {
        Ending::Formal | Ending::Marked => !word.is_empty() || next.len() > 30,
        Ending::Past => is_opener(next) || is_nominal(word),
        Ending::Present => is_opener(next) && !["그리고", "또한", "또", "한편", "등"].contains(&word),
    }
}

/// Whether a word is more likely a noun or its modifier than a verb that goes on with "-다" (닫았다 다시 열다, 갔다 오다).
fn is_nominal(word: &str) -> bool {
    let mut ends = word.chars().rev();
    let (Some(last), Some(before)) = (ends.next(), ends.next()) else {
        return "그이두세네양각몇저전현".contains(word) && !word.is_empty();
    };
    let verb = "고며면니다지던려아어여가".contains(last) || last == '서' && before != '에' || last == '도' && "아어라해".contains(before);
    !verb && !["다시", "마는"].contains(&word)
}

/// Whether a word begins with the stem of a verb of saying.
fn says(word: &str) -> bool {
    word.char_indices().skip(1).map(|(at, _)| &word[..at]).chain([word]).any(|stem| SPEECH.has("korean", stem))
}

/// Whether a text breaks off after a particle, a connective ending or a comma, so that its verb is still to come.
pub fn awaits_predicate(text: &str) -> bool {
    let mut ends = text.chars().rev();
    match (ends.next(), ends.next()) {
        (Some(','), Some(before)) => is_hangul(before) || "’”'\"".contains(before),
        (Some(last), Some(before)) => (is_hangul(before) || "’”'\"".contains(before)) && "은는이가을를도서에의로와과며고".contains(last),
        _ => false,
    }
}

/// Whether a clause begins with a subject or topic of its own ("본 의원은 …", "서방 세계가 …"): then it is no predicate of what
/// stands before it. A line end may stand inside a word; it is read both ways.
pub fn has_subject(text: &str) -> bool {
    let head = &text[..floor(text, 60)];
    opens_with_subject(head) && (!head.contains('\n') || opens_with_subject(&head.replace('\n', "")))
}

fn opens_with_subject(text: &str) -> bool {
    const MODIFIERS: &[&str] = &["같은", "하는", "있는", "이라는", "라는", "이런", "그런"];
    for word in text.split_ascii_whitespace().take(3) {
        if word.ends_with(['은', '는', '이', '가']) && word.chars().nth(1).is_some() && !MODIFIERS.contains(&word) {
            return true;
        }
        let bare =
            !word.ends_with(['에', '서', '를', '을', '로', '와', '과', '다', '고', '며', '도', '게', '서', '은', '는', '한', ',', '.']);
        if !(bare || word.ends_with('의')) {
            return false;
        }
    }
    false
}

/// Ends of a word before a verb of saying that show what is said, or point to what follows.
const OBJECTS: &[&str] = &[
    "다고",
    "라고",
    "자고",
    "냐고",
    "다며",
    "라며",
    "자며",
    "냐며",
    "다면서",
    "라면서",
    "자면서",
    "냐면서",
    "대해서",
    "관해서",
    "을",
    "를",
    "만",
    "대해",
    "관해",
];

/// Words before a verb of saying that point to what is said: to what follows, if that is a quotation.
const POINTERS: &[&str] = &["이렇게", "그렇게", "같이", "이처럼"];

/// A clause that ends in a verb of saying without an object of its own: "그가 말했다." A line end inside it may stand
/// inside a word; it is read both ways, and an object found either way counts.
fn is_speaker(text: &str) -> bool {
    let limit = floor(text, LONGEST_SPEAKER);
    let stop = ["다.", "요."].iter().filter_map(|end| text[..limit].find(end)).min();
    let Some(clause) = stop.map(|stop| &text[..stop + "다".len()]).filter(|clause| !clause.contains(['"', '“', '”', '‘'])) else {
        return false;
    };
    let quotes = text[clause.len()..].trim_start_matches(['.', ':']).trim_start().starts_with(['"', '“', '‘', '\'']);
    let readings = [saying(clause, quotes), if clause.contains('\n') { saying(&clause.replace('\n', ""), quotes) } else { None }];
    readings.contains(&Some(Saying::Speaker)) && !readings.contains(&Some(Saying::Object))
}

/// A clause that names the speaker and goes on: "그가 묻자 대사는 …", "장관이 말하며 일어섰다".
fn is_speaker_of_clause(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace().take(5);
    let Some(named) = words.by_ref().take(3).find(|word| word.ends_with(['가', '이', '은', '는'])) else { return false };
    let next = words.find(|word| !POINTERS.contains(word)).unwrap_or("");
    named.starts_with(is_hangul) && says(next) && next.ends_with(['자', '며', '고', '니', '서'])
}

/// What stands before a verb of saying.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Saying {
    Speaker,
    Object,
}

/// What stands before the verb of saying at the end of a clause, if there is one; `quotes` if a quotation follows.
fn saying(clause: &str, quotes: bool) -> Option<Saying> {
    let mut words = clause.split_ascii_whitespace().rev();
    let verb = words.next()?;
    let has = |ends: &[&str], word: &str| ends.iter().any(|end| word.ends_with(end));
    let object = words.next().is_none_or(|word| has(OBJECTS, word) || quotes && has(POINTERS, word));
    says(verb).then_some(if object { Saying::Object } else { Saying::Speaker })
}
