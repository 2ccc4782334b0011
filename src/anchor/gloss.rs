//! Terms that the text itself explains in the other language: 북방한계선(NLL: Northern Limit Line).

use super::reading::Reading;
use super::{Anchor, Fact, key};
use crate::glossary::lexicon;
use crate::text::{Language, Span, is_hangul};
use crate::word::english::tokens;
use rustc_hash::FxHashMap;

/// A Korean term with the English forms that the text gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gloss {
    /// The Korean term as it stands before the bracket.
    pub korean: String,
    /// English forms: the full name, the acronym.
    pub english: Vec<String>,
}

/// The terms that a pair explains, with an index of their forms, so that a segment is read once however many there are.
#[derive(Default)]
pub struct Glosses {
    glosses: Vec<Gloss>,
    korean: Forms,
    english: Forms,
}

impl Glosses {
    /// Indexes glosses; of equal forms the first counts.
    pub fn new(glosses: Vec<Gloss>) -> Glosses {
        let korean = Forms::of(glosses.iter().map(|gloss| std::slice::from_ref(&gloss.korean)));
        let english = Forms::of(glosses.iter().map(|gloss| gloss.english.as_slice()));
        Glosses { glosses, korean, english }
    }
}

/// Forms by their first two characters.
#[derive(Default)]
struct Forms {
    by_start: FxHashMap<(char, Option<char>), Vec<Form>>,
}

/// A form in an index of forms.
struct Form {
    text: String,
    /// The number of its gloss.
    gloss: usize,
    /// Its place in the order in which forms take words.
    rank: usize,
}

impl Forms {
    fn of<'a>(glosses: impl Iterator<Item = &'a [String]>) -> Forms {
        let mut forms = Forms::default();
        let all = glosses.enumerate().flat_map(|(gloss, forms)| forms.iter().map(move |form| (gloss, form)));
        for (rank, (gloss, text)) in all.enumerate() {
            let mut characters = text.chars();
            let Some(first) = characters.next() else { continue };
            let alike = forms.by_start.entry((first, characters.next())).or_default();
            if !alike.iter().any(|known| known.text == *text) {
                alike.push(Form { text: text.clone(), gloss, rank });
            }
        }
        forms
    }

    /// Where forms stand as whole words, with the numbers of their glosses, in the order in which they take words.
    fn occurrences(&self, text: &str) -> Vec<(usize, Span)> {
        let mut found: Vec<(usize, usize, Span)> = Vec::new();
        for (at, first) in text.char_indices().filter(|_| !self.by_start.is_empty()) {
            let second = text[at + first.len_utf8()..].chars().next();
            let starts = std::iter::once((first, None)).chain(second.map(|second| (first, Some(second))));
            for form in starts.filter_map(|start| self.by_start.get(&start)).flatten() {
                let span = Span::new(at, at + form.text.len());
                if text[at..].starts_with(&form.text) && stands(text, span) {
                    found.push((form.rank, form.gloss, span));
                }
            }
        }
        found.sort_by_key(|&(rank, ..)| rank);
        found.into_iter().map(|(_, gloss, span)| (gloss, span)).collect()
    }
}

/// Adds the glossed terms of a segment.
pub fn find(reading: &mut Reading) {
    let glosses = reading.context.glosses();
    let forms = match reading.language {
        Language::Korean => &glosses.korean,
        Language::English => &glosses.english,
    };
    for (number, span) in forms.occurrences(reading.text) {
        if reading.is_free(span) {
            let gloss = &glosses.glosses[number];
            let mut keys = vec![key(7, number as u64)];
            if reading.language == Language::Korean {
                keys.extend(gloss.english.iter().flat_map(|form| name_keys(form)));
            }
            reading.add("gloss", span, gloss.korean.clone(), keys, Fact::Gloss(number));
        }
    }
}

/// The keys of the names in an English form, by which a part of it (Putin, NLL) is recognised.
fn name_keys(form: &str) -> Vec<u64> {
    let words = form.split([' ', '-']).filter(|word| word.len() > 1 && word.starts_with(|letter: char| letter.is_uppercase()));
    words.flat_map(|word| super::name::keys(word).into_iter().chain(super::latin::keys(word).into_iter().take(1))).collect()
}

/// Whether both are the same term, or the target is a part of its English.
pub fn agree(source: &Anchor, target: &Anchor) -> f32 {
    match (&source.fact, &target.fact) {
        (Fact::Gloss(one), Fact::Gloss(other)) if one == other => 1.0,
        _ if source.keys.iter().any(|key| target.keys.contains(key)) => 0.9,
        _ => 0.0,
    }
}

/// Whether a form stands as a whole word; Korean may go on with particles.
fn stands(text: &str, span: Span) -> bool {
    let latin = span.of(text).is_ascii();
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    let open = before.is_none_or(|character| !character.is_alphanumeric() || !latin && !is_hangul(character));
    open && (!latin || after.is_none_or(|after| !after.is_alphanumeric() || is_hangul(after)))
}

/// The glosses of a Korean text.
pub fn harvest_korean(text: &str) -> Vec<Gloss> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|at| at + from) {
        from = open + 1;
        let Some(close) = text[from..].find([')', '(', '\n']).map(|at| at + from).filter(|&at| text[at..].starts_with(')')) else {
            continue;
        };
        let (head, inner) = (&text[..open], &text[from..close]);
        if inner.replace("이하", "").chars().any(is_hangul) {
            found.extend(reversed(head, inner));
        } else {
            found.extend(gloss(head, inner));
        }
        from = close;
    }
    found
}

/// NLL(북방한계선): the Latin form stands first.
fn reversed(head: &str, inner: &str) -> Option<Gloss> {
    let start = head
        .rfind(|character: char| !(character.is_ascii_alphanumeric() || matches!(character, '-' | '&' | ' ')))
        .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    let latin = head[start..].trim();
    let korean = inner.trim();
    let plain = korean.chars().all(|character| is_hangul(character) || character == ' ')
        && korean.chars().count() >= 3
        && korean.split(' ').count() <= 5;
    (plain && latin.len() >= 2 && latin.bytes().any(|byte| byte.is_ascii_uppercase()))
        .then(|| Gloss { korean: korean.to_string(), english: vec![latin.to_string()] })
}

fn gloss(head: &str, inner: &str) -> Vec<Gloss> {
    if inner.contains("://") {
        return Vec::new();
    }
    let english: Vec<String> = inner
        .split([':', ',', ';', '·', '/'])
        .map(|piece| piece.trim().trim_start_matches("이하 ").trim())
        .filter(|piece| is_term(piece))
        .map(str::to_string)
        .collect();
    if english.is_empty() {
        return Vec::new();
    }
    let Some(korean) = head_term(head.trim_end(), &english) else { return Vec::new() };
    let mut found = parts(&korean, &english);
    found.insert(0, Gloss { korean, english });
    found
}

/// Whether a piece inside brackets is a term: letters, words, no address, no bare unit.
fn is_term(piece: &str) -> bool {
    let letters = piece.chars().filter(|character| character.is_alphabetic()).count();
    letters >= 2
        && piece.len() <= 120
        && piece.starts_with(|character: char| character.is_alphanumeric())
        && !piece.contains(['@', '=', '%', '<', '>'])
        && !piece.starts_with("http")
        && !super::measure::is_symbol(piece)
        && piece.chars().all(|character| !is_hangul(character))
}

/// The Korean term before the bracket: what stands in quotation marks, or as many eojeols as the English explains.
fn head_term(head: &str, english: &[String]) -> Option<String> {
    for (open, close) in [('「', '」'), ('『', '』'), ('‘', '’'), ('“', '”'), ('<', '>'), ('《', '》')] {
        if let Some(inner) = head.strip_suffix(close) {
            let start = inner.rfind(open)? + open.len_utf8();
            return Some(inner[start..].to_string()).filter(|term| term.chars().any(is_hangul) && term.chars().count() <= 40);
        }
    }
    let start = line_start(head);
    let words: Vec<&str> = head[start..].split(' ').filter(|word| !word.is_empty()).collect();
    let last = *words.last()?;
    let last = &last[last
        .rfind(|character: char| !(character.is_alphanumeric() || matches!(character, '·' | '-')))
        .map_or(0, |at| at + last[at..].chars().next().map_or(1, char::len_utf8))..];
    if !last.ends_with(is_hangul) {
        return None;
    }
    let mut term = last.to_string();
    let whole = last.len() == words.last()?.len();
    if whole {
        for word in words.iter().rev().skip(1).take(4) {
            if !belongs(word, english) {
                break;
            }
            term = format!("{word} {term}");
        }
    }
    let syllables = term.chars().filter(|character| is_hangul(*character)).count();
    let long = english.iter().any(|form| form.split(' ').count() >= 2);
    (syllables >= 3 || syllables == 2 && (!long || sounds_like_a_word(&term, &english[0]))).then_some(term)
}

/// Whether a name of two syllables is one of the words of the English: 푸틴(Vladimir Putin).
fn sounds_like_a_word(term: &str, english: &str) -> bool {
    english.split(' ').any(|word| super::sound::similarity(term, word) > 0.6)
}

fn line_start(head: &str) -> usize {
    head.rfind(['\n', '.', ',', '(', ')', '“', '‘', '"']).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8))
}

/// Whether an eojeol before the term is part of it: it says or sounds like a word of the English.
fn belongs(word: &str, english: &[String]) -> bool {
    if !word.chars().all(|character| is_hangul(character) || character == '·') {
        return false;
    }
    let sounds =
        english.iter().flat_map(|form| form.split([' ', '-'])).any(|latin| latin.len() > 1 && super::sound::similarity(word, latin) > 0.7);
    sounds || {
        let stems: Vec<lexicon::Stem> = english
            .iter()
            .flat_map(|form| tokens(form))
            .filter(|token| token.is_content)
            .filter_map(|token| lexicon::stem(&token.stem))
            .collect();
        lexicon::find(word).iter().any(|hit| hit.entry.equivalents().any(|mut equivalent| equivalent.any(|stem| stems.contains(&stem))))
    }
}

/// 블라디미르 푸틴(Vladimir Putin) also teaches 푸틴 and Putin.
fn parts(korean: &str, english: &[String]) -> Vec<Gloss> {
    let words: Vec<&str> = korean.split(' ').collect();
    if let [word] = words[..] {
        let sounding = english.iter().flat_map(|form| form.split(' ')).filter(|latin| english[0].contains(' ') && latin.len() > 2);
        let part = sounding
            .filter(|latin| latin.starts_with(|letter: char| letter.is_uppercase()))
            .find(|latin| super::sound::similarity(word, latin) > 0.7);
        return part.map(|latin| Gloss { korean: word.to_string(), english: vec![latin.to_string()] }).into_iter().collect();
    }
    let Some(latin) =
        english.iter().map(|form| form.split(' ').collect::<Vec<_>>()).find(|latin| latin.len() == words.len() && latin.len() > 1)
    else {
        return Vec::new();
    };
    let pairs = words.iter().zip(latin).filter(|(word, latin)| {
        word.chars().count() >= 2
            && latin.starts_with(|character: char| character.is_uppercase())
            && !is_country(latin)
            && super::sound::similarity(word, latin) > 0.6
    });
    pairs.map(|(word, latin)| Gloss { korean: word.to_string(), english: vec![latin.to_string()] }).collect()
}

/// Whether a word is the name of a country, which a text that explains 우크라이나 퍼실리티 need not explain.
fn is_country(latin: &str) -> bool {
    let words = super::words::words(latin);
    !words.is_empty() && super::country::english_at(latin, &words, 0).is_some()
}

/// The glosses of an English text: Northern Limit Line (NLL) joins the acronym to its expansion; a Korean word in brackets is a gloss.
pub fn harvest_english(text: &str) -> Vec<Gloss> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('(') {
        let Some(close) = text[open..].find(')').map(|at| open + at) else { break };
        let inner = &text[open + 1..close];
        if (2..=8).contains(&inner.len())
            && inner.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
            && let Some(expansion) = expansion(text[..open].trim_end(), inner)
        {
            found.push(Gloss { korean: String::new(), english: vec![expansion.to_string(), inner.to_string()] });
        }
    }
    found
}

/// The words before a bracket whose initials spell the acronym inside it.
fn expansion<'a>(head: &'a str, acronym: &str) -> Option<&'a str> {
    let letters: Vec<char> = acronym.chars().filter(|character| character.is_alphabetic()).collect();
    let mut wanted = letters.len();
    let mut end = head.len();
    while wanted > 0 {
        let start = head[..end].rfind([' ', '-', '\n']).map_or(0, |at| at + 1);
        let word = &head[start..end];
        let initial = word.chars().next()?.to_ascii_uppercase();
        if initial == letters[wanted - 1] {
            wanted -= 1;
        } else if !matches!(word, "of" | "and" | "the" | "for" | "on" | "in" | "to") {
            return None;
        }
        if wanted == 0 {
            return Some(&head[start..]);
        }
        end = start.checked_sub(1)?;
        if head.len() - end > 120 {
            return None;
        }
    }
    None
}
