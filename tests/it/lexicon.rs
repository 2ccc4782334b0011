//! The built-in lexicon: its files are well formed, sorted, and hold every headword once.

use jjak::glossary::lexicon;
use std::collections::BTreeMap;

/// Every file with its lines, by name.
fn files() -> Vec<(String, String)> {
    let folder = std::fs::read_dir("glossary/lexicon").unwrap().map(|entry| entry.unwrap());
    let mut files: Vec<(String, String)> =
        folder.map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap())).collect();
    files.sort();
    files
}

/// The complaints about every line that is not as wanted.
fn complaints(wrong: fn(headword: &str, equivalents: &[&str]) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in files() {
        for (line_number, line) in (1..).zip(text.lines()).skip(1) {
            let complaint = match line.split_once('\t') {
                Some((headword, equivalents)) => wrong(headword, &equivalents.split("; ").collect::<Vec<_>>()),
                None => Some("no tab".to_string()),
            };
            found.extend(complaint.map(|complaint| format!("{name}:{line_number}: {complaint}: {line}")));
        }
    }
    found
}

fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_file_opens_with_what_it_holds_and_is_sorted() {
    for (name, text) in files() {
        assert!(name.ends_with(".tsv") && text.ends_with('\n') && text.starts_with("# "), "{name}");
        assert!(text.lines().skip(1).all(|line| !line.is_empty() && !line.starts_with('#')), "{name} holds lines that are no entries");
        let headwords: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
        let unsorted = headwords.windows(2).find(|pair| pair[0] > pair[1]);
        assert_eq!(unsorted, None, "{name}");
    }
}

#[test]
fn a_headword_stands_once_in_all_files() {
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for (name, text) in files() {
        for headword in text.lines().skip(1).filter_map(|line| line.split('\t').next()) {
            let known = places.insert(headword.to_string(), name.clone());
            assert_eq!(known, None, "{headword} stands in {name} too");
        }
    }
    assert!(places.len() >= 8_000);
    assert_eq!(places.len(), lexicon::len());
}

#[test]
fn a_headword_is_hangul_latin_or_digits_with_single_spaces() {
    assert_none(&complaints(|headword, _| {
        let is_word =
            |word: &str| !word.is_empty() && word.chars().all(|character| character.is_alphanumeric() || "·.&+-".contains(character));
        (!headword.split(' ').all(is_word)).then(|| "form of the headword".to_string())
    }));
}

#[test]
fn equivalents_are_plain_words_without_article_or_repetition() {
    assert_none(&complaints(|_, equivalents| {
        let is_plain = |text: &&&str| {
            let characters = text.chars().all(|character| character.is_alphanumeric() || " '’.&/%$-".contains(character));
            characters && text.split(' ').all(|word| !word.is_empty()) && text.split(' ').count() <= 8
        };
        let opens_badly = |text: &&&str| ["to ", "the ", "a ", "an "].iter().any(|article| text.starts_with(article));
        match equivalents {
            _ if equivalents.len() > 15 => Some("more equivalents than a phrase number holds".to_string()),
            _ if !equivalents.iter().all(|text| is_plain(&text)) => Some("form of an equivalent".to_string()),
            _ if equivalents.iter().any(|text| opens_badly(&text)) => Some("article or to".to_string()),
            _ => (1..equivalents.len()).find(|&at| equivalents[..at].contains(&equivalents[at])).map(|_| "an equivalent twice".to_string()),
        }
    }));
}
