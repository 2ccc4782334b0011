//! Words as they are matched: Korean texts to the headwords of their reading, English forms to their base.

use jjak::glossary::lexicon;
use jjak::text::Folded;
use jjak::word::english::{is_function_word, stem};
use std::collections::BTreeSet;

/// The rows of a table of three columns.
fn rows(table: &'static str) -> Vec<[&'static str; 3]> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("three columns: {line}"))).collect()
}

#[test]
fn korean_words_are_led_back_to_their_dictionary_forms() {
    let rows = rows(include_str!("korean.tsv"));
    assert!(rows.len() >= 250);
    let mut wrong = Vec::new();
    for [text, expected, reason] in rows {
        let hits = lexicon::find(Folded::new(text).text());
        let found: BTreeSet<&str> = hits.iter().filter(|hit| hit.quality == 1.0).map(|hit| hit.entry.headword()).collect();
        let is_right = |headword: &str| headword.strip_prefix('!').map_or(found.contains(headword), |other| !found.contains(other));
        if !expected.split('+').all(is_right) {
            wrong.push(format!("{text}: expected {expected}, found {found:?} ({reason})"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn english_forms_are_led_back_to_their_base() {
    let rows = rows(include_str!("english.tsv"));
    assert!(rows.len() >= 150);
    let mut wrong = Vec::new();
    for [form, base, reason] in rows {
        let is_right = match base.strip_prefix('!') {
            Some(other) => stem(form) != stem(other),
            None if base == "-" => is_function_word(form),
            None => stem(form) == stem(base) && !is_function_word(form),
        };
        if !is_right {
            wrong.push(format!("{form}: expected {base}, found {} ({reason})", stem(form)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
