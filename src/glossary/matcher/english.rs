//! Terms in English text: in any case, hyphenated or not, singular or plural, at word boundaries.

use super::squeezed::{Marks, Squeezed};
use super::{Matcher, Occurrence, What};
use crate::glossary::{Case, Term, countries};
use crate::text::{Language, Span};

/// The forms under which an English term is looked for: singular and plural.
pub fn keys(term: &Term) -> Vec<String> {
    if term.language == Language::Korean {
        return Vec::new();
    }
    let term = term.text.as_str();
    let mut written = vec![term.to_string()];
    written.extend(numbers(term));
    if let Some((head, rest)) =
        [" of ", " for ", " to "].iter().find_map(|word| term.split_once(word).map(|(head, _)| (head, &term[head.len()..])))
    {
        written.extend(numbers(head).into_iter().map(|head| format!("{head}{rest}")));
    }
    let mut keys: Vec<String> = written.iter().map(|term| Squeezed::of(term, &MARKS).text).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// The other number of the last word: plural of a singular, singular of a plural.
fn numbers(term: &str) -> Vec<String> {
    let last = term.rsplit([' ', '-']).next().unwrap_or("");
    if last.len() < 2 || !last.ends_with(|character: char| character.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let ends = |ending: &str| last.ends_with(ending);
    let changed = |cut: usize, ending: &str| vec![format!("{}{ending}", &term[..term.len() - cut])];
    match last {
        _ if ends("ies") && last.len() > 4 => changed(3, "y"),
        _ if ends("sses") || ends("xes") || ends("ches") || ends("shes") => changed(2, ""),
        _ if ends("s") && !ends("ss") && !ends("us") && !ends("is") && last.len() > 3 => changed(1, ""),
        _ if ends("ss") || ends("x") || ends("ch") || ends("sh") => changed(0, "es"),
        _ if ends("y") && !ends("ay") && !ends("ey") && !ends("oy") && !ends("uy") => changed(1, "ies"),
        _ if ends("s") => Vec::new(),
        _ => changed(0, "s"),
    }
}

/// Everything that is no letter or digit is left out; gaps are judged afterwards.
static MARKS: Marks = Marks { may_begin: no_letters(), is_mark };

fn is_mark(character: char) -> bool {
    !character.is_alphanumeric() && !matches!(character, '+' | '&' | '%')
}

/// All first bytes but those of ASCII letters and digits.
const fn no_letters() -> [bool; 256] {
    let mut table = [true; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = !(byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
}

/// Candidates that stand as words; they may overlap.
pub fn find(matcher: &Matcher, text: &str) -> Vec<Occurrence> {
    let mut found = terms(matcher, text);
    for group in countries::english_groups(text) {
        found.push(Occurrence { span: group.span, what: What::Countries(group.countries()) });
    }
    found
}

fn terms(matcher: &Matcher, text: &str) -> Vec<Occurrence> {
    let automaton = matcher.english();
    let Some(scan) = &automaton.scan else { return Vec::new() };
    let squeezed = Squeezed::of(text, &MARKS);
    let mut back = squeezed.back();
    let mut found = Vec::new();
    for hit in scan.find_overlapping_iter(&squeezed.text) {
        let inner = Span::new(hit.start(), hit.end());
        let span = back.original(inner);
        if !is_word(text, span) || !is_joined(text, &squeezed, inner) {
            continue;
        }
        if let Some((concept_index, term_index)) = best(matcher, &automaton.forms[hit.value() as usize].terms, span.of(text)) {
            let span = with_last_point(text, span, &matcher.concepts[concept_index].terms[term_index].text);
            found.push(Occurrence { span, what: What::Term { concept_index, term_index } });
        }
    }
    found
}

/// The term meant among those with the same letters: the one spelled exactly so, or of the weightiest concept the best.
fn best(matcher: &Matcher, terms: &[(u32, u32)], written: &str) -> Option<(usize, usize)> {
    let pairs = terms.iter().map(|&(concept, term)| (concept as usize, term as usize));
    let term = |(concept, term): (usize, usize)| (&matcher.concepts[concept], &matcher.concepts[concept].terms[term]);
    let fits = pairs.filter(|&pair| is_case(written, &term(pair).1.text, term(pair).0.case));
    fits.min_by_key(|&pair| (term(pair).1.text != written, std::cmp::Reverse(pair.0), term(pair).1.status))
}

fn is_word(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Whether the gaps inside are spaces, hyphens and dashes, points of initials, or an apostrophe: no end of a sentence.
fn is_joined(text: &str, squeezed: &Squeezed, inner: Span) -> bool {
    let mut before: Option<Span> = None;
    squeezed.pieces(inner).all(|piece| {
        let gap = before.map(|before| &text[before.end..piece.start]);
        let initial = before.is_some_and(|before| before.len() == 1);
        before = Some(piece);
        gap.is_none_or(|gap| match gap {
            "." | ". " => initial,
            ".-" | ".–" => initial,
            _ => gap.chars().all(|character| matches!(character, ' ' | '-' | '–' | '‐' | '‑' | '\'' | '’' | '/')),
        })
    })
}

/// Acronyms must be written as such, and everything where the concept says so; a plural s may follow.
fn is_case(written: &str, term: &str, case: Case) -> bool {
    let is_acronym = term.chars().filter(|character| character.is_uppercase()).count() >= 2 && !term.chars().any(char::is_lowercase);
    if case == Case::Usual && !is_acronym {
        return true;
    }
    let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    let (written, term) = (letters(written), letters(term));
    written == term || written.strip_suffix('s') == Some(&term)
}

/// The last point of "U.S." is part of the term.
fn with_last_point(text: &str, span: Span, term: &str) -> Span {
    let has_point = term.ends_with('.') && text[span.end..].starts_with('.');
    Span::new(span.start, span.end + usize::from(has_point))
}
