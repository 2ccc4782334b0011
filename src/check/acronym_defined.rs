//! `acronym-defined`: an acronym that the text does not explain, explains twice, or spells in two ways.

use super::marks::{Mark, Marks};
use super::passage::{passages, segment_at};
use super::{Examination, Finding, Place, Severity};
use crate::anchor::words::{Shape, Word, words};
use crate::document::{Document, Kind};
use crate::glossary::lexicon;
use crate::text::Span;
use crate::word::english::{self, is_function_word};
use std::collections::{BTreeMap, BTreeSet};

/// Reports acronyms, each once.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    let mut uses = uses(document);
    define(document, &mut uses);
    let known = |acronym: &str| KNOWN.lines().any(|line| line == acronym);
    for (acronym, used) in &uses {
        findings.extend(defined_twice(document, acronym, used, known(acronym)));
        if used.definitions.is_empty() && !known(acronym) && !used.places.is_empty() {
            let slips = exchanged(acronym).into_iter().filter_map(|other| uses.get_key_value(&other));
            let near = slips
                .into_iter()
                .find(|(other, of_other)| is_surer(used, of_other, known(other)) && (known(other) || is_apart(document, used, of_other)));
            findings.extend(match near {
                Some((other, of_other)) => Some(slip(document, acronym, used, (other, of_other), known(other))),
                None => (!used.is_written_out).then(|| undefined(document, acronym, used)),
            });
        }
    }
}

/// Acronyms that every reader knows.
const KNOWN: &str = include_str!("acronyms.txt");

/// Where an acronym stands.
#[derive(Default)]
struct Used {
    places: Vec<Span>,
    /// Brackets that define it: the whole of the bracket, and the words before or in it.
    definitions: Vec<(Span, String)>,
    /// Whether words with these initials stand somewhere: International Court of Justice, ICJ.
    is_written_out: bool,
}

/// Acronyms by their letters.
fn uses(document: &Document) -> BTreeMap<String, Used> {
    let mut found: BTreeMap<String, Used> = BTreeMap::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for passage in passages(document).filter(|passage| passage.kind != Kind::Furniture) {
        let text = passage.text();
        let words = words(text);
        names.extend(initials_of_names(text, &words));
        for (index, word) in words.iter().enumerate() {
            let written = word.of(text);
            let letters = written.strip_suffix('s').filter(|_| word.shape == Shape::Mixed).unwrap_or(written);
            if is_acronym(letters) && !is_joined(text, word.start, word.end) && !is_shouted(text, &words, index) {
                found.entry(letters.to_string()).or_default().places.push(passage.original(word.span()));
            }
        }
    }
    for (acronym, used) in &mut found {
        used.is_written_out = names.contains(acronym);
    }
    found
}

/// The initials of names of three words and more, with and without the small words inside them.
fn initials_of_names(text: &str, words: &[Word]) -> Vec<String> {
    let is_small = |word: &Word| ["of", "and", "the", "for", "on", "in", "to"].contains(&word.of(text));
    let mut found = Vec::new();
    for name in words.split(|word| !(word.is_capitalised() || word.shape == Shape::Mixed || is_small(word))) {
        let initials = |words: &mut dyn Iterator<Item = &Word>| -> String {
            words.filter_map(|word| word.of(text).chars().next()).flat_map(char::to_uppercase).collect()
        };
        for start in (0..name.len()).filter(|&start| !is_small(&name[start])).take(NAME) {
            let rest = &name[start..name.len().min(start + NAME)];
            let (all, capitals) = (initials(&mut rest.iter()), initials(&mut rest.iter().filter(|word| !is_small(word))));
            for whole in [all, capitals].iter().filter(|whole| whole.is_ascii()) {
                found.extend((3..=whole.len().min(6)).map(|length| whole[..length].to_string()));
            }
        }
    }
    found
}

/// Words of the longest name whose initials are looked at.
const NAME: usize = 9;

/// A word in capitals that is no acronym: an everyday word (THE MOB), one among such words, or the place of a report (ROME, Italy).
fn is_shouted(text: &str, words: &[Word], index: usize) -> bool {
    let is_word = |word: &Word| {
        let lower = word.of(text).to_lowercase();
        let is_everyday = || lexicon::stem(&english::stem(&lower)).is_some_and(|stem| !stem.is_proper());
        word.shape == Shape::Upper && (is_function_word(&lower) || is_everyday())
    };
    let is_long = |word: &Word| word.shape == Shape::Upper && word.end - word.start > 3 && !word.of(text).contains('.');
    let beside = |other: Option<&Word>| {
        other.is_some_and(|other| is_long(other) && is_long(&words[index]) || other.end - other.start > 2 && is_word(other))
    };
    let is_before = |other: &&Word| &text[other.end..words[index].start] == " ";
    let is_after = |other: &&Word| &text[words[index].end..other.start] == " ";
    let before = index.checked_sub(1).and_then(|before| words.get(before)).filter(is_before);
    let is_place = words[index].start == 0 && text[words[index].end..].starts_with([',', '(']);
    is_place || is_word(&words[index]) || beside(before) || beside(words.get(index + 1).filter(is_after))
}

/// Three letters to six, all capitals: two are too often initials, and words of more are shouted.
fn is_acronym(letters: &str) -> bool {
    (3..=6).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase()) && !is_roman(letters)
}

fn is_roman(letters: &str) -> bool {
    letters.bytes().all(|byte| b"IVXLCDM".contains(&byte))
}

/// Part of a model or file: KF-21, F-35A, "RS485", @NATO, .PDF.
fn is_joined(text: &str, start: usize, end: usize) -> bool {
    let digit_after = |rest: &str| rest.starts_with(|character: char| character.is_ascii_digit());
    let after = &text[end..];
    let before = text[..start].chars().next_back();
    digit_after(after)
        || digit_after(after.trim_start_matches(['-', '‑', '–'])) && !after.starts_with(' ')
        || before.is_some_and(|before| before.is_ascii_digit() || "@#./_$-&".contains(before))
        || after.starts_with(['@', '/', '_', '&'])
}

/// Adds the brackets in which acronyms are explained: "the Northern Limit Line (NLL)", "NLL (Northern Limit Line)".
fn define(document: &Document, uses: &mut BTreeMap<String, Used>) {
    let text = &document.text;
    for bracket in Marks::of(document).enclosures.iter().filter(|enclosure| enclosure.mark == Mark::Round) {
        let inner = bracket.inner.of(text);
        if inner.len() > LONGEST {
            continue;
        }
        let first = inner.split([',', ';', ':', ' ']).next().unwrap_or("").trim_end_matches('s');
        let before = text[text.floor_char_boundary(bracket.outer.start.saturating_sub(LONGEST))..bracket.outer.start].trim_end();
        let last = before.rsplit([' ', '\n', '(', '“', '"']).next().unwrap_or("").trim_end_matches('s');
        if let Some((used, words)) = uses.get_mut(first).and_then(|used| Some((used, expansion(before, first)?))) {
            used.definitions.push((bracket.outer, words));
        } else if let Some(used) = uses.get_mut(last).filter(|_| inner.contains(' ') && inner.starts_with(&last[..1])) {
            used.definitions.push((bracket.outer, normal(inner)));
        } else if let Some(used) =
            uses.get_mut(inner).filter(|_| before.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase)))
        {
            // The letters may be those of another language: the Agency for Technology (BPPT).
            used.is_written_out = true;
        }
    }
}

/// Bytes of the longest bracket that explains an acronym, and of the words before one.
const LONGEST: usize = 160;

/// The fewest words before a bracket that hold the letters of an acronym in order and begin with its first.
fn expansion(before: &str, acronym: &str) -> Option<String> {
    let words: Vec<&str> = before.split_whitespace().rev().take(acronym.len() + 6).collect();
    let normal_form = |count: usize| normal(&words[..count].iter().rev().copied().collect::<Vec<_>>().join(" "));
    let holds = |text: &str| {
        let mut letters = acronym.chars().map(|letter| letter.to_ascii_lowercase()).peekable();
        for character in text.chars() {
            letters.next_if_eq(&character);
        }
        letters.peek().is_none()
    };
    let begins = |text: &str| text.starts_with(&acronym[..1].to_ascii_lowercase());
    (2..=words.len()).map(normal_form).find(|text| begins(text) && holds(text))
}

/// Words as expansions are compared: small letters, no marks.
fn normal(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The second bracket that explains the same acronym. Behind a place in brackets the known ones name a source: LONDON (CNN).
fn defined_twice(document: &Document, acronym: &str, used: &Used, is_known: bool) -> Option<Finding> {
    let [(first, one), (second, other), ..] = used.definitions.as_slice() else { return None };
    if is_known && one != other {
        return None;
    }
    let message = match one == other {
        true => format!("{acronym} is explained a second time"),
        false => format!("{acronym} is explained twice: “{one}”, then “{other}”"),
    };
    let finding = Finding::in_target("acronym-defined", Severity::Minor, segment_at(document, second.start), *second, message);
    Some(finding.with_related(Place::Target, segment_at(document, first.start), *first))
}

fn undefined(document: &Document, acronym: &str, used: &Used) -> Finding {
    let span = used.places[0];
    let message = format!("{acronym} is not explained; write it out where it first stands");
    Finding::in_target("acronym-defined", Severity::Minor, segment_at(document, span.start), span, message)
}

/// An acronym with each two of its neighbouring letters exchanged: MDZ is DMZ.
fn exchanged(acronym: &str) -> Vec<String> {
    let exchange = |at: usize| format!("{}{}{}{}", &acronym[..at], &acronym[at + 1..at + 2], &acronym[at..at + 1], &acronym[at + 2..]);
    (0..acronym.len() - 1).map(exchange).filter(|other| other != acronym).collect()
}

/// Whether the two do not stand in one sentence, which then means two things: WMP or MWP.
fn is_apart(document: &Document, used: &Used, other: &Used) -> bool {
    let segments = |used: &Used| used.places.iter().map(|place| segment_at(document, place.start)).collect::<BTreeSet<usize>>();
    segments(used).is_disjoint(&segments(other))
}

/// Whether the other acronym is the one that is meant: known, explained, or more frequent.
fn is_surer(used: &Used, other: &Used, is_known: bool) -> bool {
    is_known || !other.definitions.is_empty() || other.places.len() > used.places.len()
}

fn slip(document: &Document, acronym: &str, used: &Used, (other, of_other): (&str, &Used), is_known: bool) -> Finding {
    let (span, place) = (used.places[0], of_other.places[0]);
    let severity = if is_known || !of_other.definitions.is_empty() { Severity::Major } else { Severity::Minor };
    let message = format!("{acronym} stands here, {other} elsewhere ({})", of_other.places.len());
    let finding = Finding::in_target("acronym-defined", severity, segment_at(document, span.start), span, message);
    finding.with_related(Place::Target, segment_at(document, place.start), place).with_suggestion(other)
}
