//! Terms in Korean text: under particles, in compounds, spaced or not, but never inside another word.

use super::squeezed::Squeezed;
use super::{Matcher, Occurrence, What};
use crate::glossary::compound::{is_tail, reads_as_bare_words, reads_as_words};
use crate::glossary::{Case, countries, lexicon};
use crate::text::{Span, is_hangul};
use crate::word::korean::follows_noun;

/// The forms under which a Korean term is looked for.
pub fn keys(term: &str) -> Vec<String> {
    vec![Squeezed::of(term, is_mark).text]
}

/// Marks that Korean spelling puts or leaves out inside a term.
fn is_mark(character: char) -> bool {
    matches!(character, ' ' | '·' | 'ㆍ' | '‧' | '•' | '∙' | '・' | '･' | '․' | '-' | '–' | '‐' | '‑')
}

/// Candidates that stand as words; they may overlap.
pub fn find(matcher: &Matcher, text: &str) -> Vec<Occurrence> {
    let mut found = terms(matcher, text);
    for group in countries::groups(text) {
        found.push(Occurrence { span: group.span, what: What::Countries(group.countries()) });
    }
    found
}

fn terms(matcher: &Matcher, text: &str) -> Vec<Occurrence> {
    let Some(scan) = &matcher.korean.scan else { return Vec::new() };
    let squeezed = Squeezed::of(text, is_mark);
    let mut found = Vec::new();
    for hit in scan.find_overlapping_iter(&squeezed.text) {
        let span = Span::new(hit.start(), hit.end());
        let place = Place { text, span: squeezed.original(span) };
        if !place.begins() || !place.is_whole(&squeezed, span) {
            continue;
        }
        for &(concept_index, term_index) in matcher.korean.forms[hit.value() as usize].terms.iter().rev() {
            let (concept_index, term_index) = (concept_index as usize, term_index as usize);
            let concept = &matcher.concepts[concept_index];
            let term = &concept.terms[term_index].text;
            if place.is_case(term, concept.case) && !place.is_apart(&concept.apart) && place.stands() {
                found.push(Occurrence { span: place.span, what: What::Term { concept_index, term_index } });
                break;
            }
        }
    }
    found
}

/// A place in a text where the letters of a term stand.
struct Place<'a> {
    text: &'a str,
    span: Span,
}

/// Syllables that go before a noun without making another word of it: 대정부, 신정부, 반정부.
const PREFIXES: &[char] = &[
    '대', '신', '구', '반', '친', '탈', '범', '비', '재', '초', '전', '현', '미', '중', '일', '북', '한', '러', '양', '총', '주', '제',
    '준', '고', '저', '핵', '군', '각', '본', '타', '동', '서', '남', '옛', '역', '무', '불', '몰', '유', '韓', '美', '中', '日', '北',
    '新', '對',
];

impl Place<'_> {
    /// What stands before in the same word.
    fn before(&self) -> &str {
        let start = self.text[..self.span.start].rfind(|character: char| !character.is_alphanumeric());
        let start = start.map_or(0, |at| at + self.text[at..].chars().next().map_or(1, char::len_utf8));
        &self.text[start..self.span.start]
    }

    /// What follows in the same word.
    fn after(&self) -> &str {
        let rest = &self.text[self.span.end..];
        &rest[..rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len())]
    }

    /// The cheap test: a word begins here, or Hangul or a digit stands before.
    fn begins(&self) -> bool {
        let before = self.text[..self.span.start].chars().next_back();
        let first = self.text[self.span.start..].chars().next();
        match (before, first) {
            (Some(before), Some(first)) if before.is_ascii_alphanumeric() => !first.is_ascii_alphanumeric(),
            _ => true,
        }
    }

    /// Whether gaps in the term fall where spelling allows them: no syllable is cut off at the end or in the middle of a
    /// short term, and what begins inside a word does not run on into the next one.
    fn is_whole(&self, squeezed: &Squeezed, span: Span) -> bool {
        let lengths: Vec<usize> = squeezed.pieces(span).map(|piece| piece.of(self.text).chars().count()).collect();
        if lengths.len() == 1 {
            return true;
        }
        let total: usize = lengths.iter().sum();
        let single = lengths[1..].contains(&1) && !self.span.of(self.text).chars().any(|character| character.is_ascii_alphanumeric());
        let by_points = !self.span.of(self.text).contains(' ');
        total >= 3 && (by_points || !single || total >= 6)
    }

    /// Acronyms must be written as such, and everything where the concept says so.
    fn is_case(&self, term: &str, case: Case) -> bool {
        let has_latin = term.bytes().any(|byte| byte.is_ascii_alphabetic());
        if !has_latin || case == Case::Usual && term.bytes().any(|byte| byte.is_ascii_lowercase()) {
            return true;
        }
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
        letters(self.span.of(self.text)) == letters(term)
    }

    /// Whether one of these other words holds it here.
    fn is_apart(&self, words: &[String]) -> bool {
        words.iter().any(|word| {
            let written = self.span.of(self.text);
            let from_here = |at: usize| {
                let start = self.span.start.checked_sub(at)?;
                self.text.get(start..)?.starts_with(word.as_str()).then_some(())
            };
            word.match_indices(written).any(|(at, _)| from_here(at).is_some())
        })
    }

    /// Whether the letters before and after it in its word let it be a word of its own.
    fn stands(&self) -> bool {
        let (before, after) = (self.before(), self.after());
        if before.is_empty() && is_tail(after) {
            return true;
        }
        opens(before) && self.closes(after) && !self.is_cut(before, after)
    }

    fn closes(&self, after: &str) -> bool {
        let Some(first) = after.chars().next() else { return true };
        !is_hangul(first) && first.is_alphanumeric() && !self.span.of(self.text).ends_with(|last: char| last.is_ascii_alphanumeric())
            || follows_noun(after)
            || reads_as_words(after)
    }

    /// Whether a word of the lexicon holds a part of the term and a part of what is beside it, or makes another word of it
    /// by a syllable: 국회의원 for 회의, 동맹국 for 동맹.
    fn is_cut(&self, before: &str, after: &str) -> bool {
        let (start, end) = (self.span.start - before.len(), self.span.end + after.len());
        let word = &self.text[start..end];
        let (first, last) = (before.len(), self.span.end - start);
        lexicon::find(word).into_iter().filter(|hit| hit.quality == 1.0 && hit.end <= word.len()).any(|hit| {
            let crosses_start = hit.start < first && first < hit.end && hit.end < last;
            let crosses_end = first < hit.start && hit.start < last && last < hit.end;
            let holds = hit.start <= first && last <= hit.end && hit.end - hit.start > last - first;
            crosses_start || crosses_end || holds && !is_made_of(&word[hit.start..first], &word[last..hit.end])
        })
    }
}

/// Whether a longer word of the lexicon is the term and words of their own beside it.
fn is_made_of(before: &str, after: &str) -> bool {
    (before.is_empty() || opens(before)) && (after.is_empty() || reads_as_bare_words(after))
}

/// Whether these letters can stand before a noun in a compound.
fn opens(before: &str) -> bool {
    let mut characters = before.chars();
    match (characters.next(), characters.next()) {
        (None, _) => true,
        (Some(only), None) => PREFIXES.contains(&only) || !is_hangul(only),
        _ => !before.chars().any(is_hangul) || reads_as_bare_words(before) || ends_in_counter(before),
    }
}

/// 제2차, 11월, 3대: digits with their counter.
fn ends_in_counter(before: &str) -> bool {
    let counter: String = before.chars().rev().take_while(|character| is_hangul(*character)).collect();
    let rest = &before[..before.len() - counter.len()];
    counter.chars().count() <= 2 && rest.ends_with(|character: char| character.is_ascii_digit())
}
