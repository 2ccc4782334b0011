//! The glossary: house terms, look-up, groups of countries.

use jjak::anchor::gloss::harvest_korean;
use jjak::glossary::countries::{Group, english_groups, groups};
use jjak::glossary::{Glossary, Matcher, Status, built_in, table};
use jjak::text::{Language, Span};
use std::collections::BTreeMap;

fn written(text: &str, groups: &[Group]) -> String {
    let one = |group: &Group| {
        let codes: Vec<&str> = group.countries().iter().map(|country| country.names().code).collect();
        format!("{}={}", group.span.of(text), codes.join("+"))
    };
    groups.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Every case of a data file, with the ones that fail.
fn check_groups(cases: &str, find: fn(&str) -> Vec<Group>) {
    let mut wrong = Vec::new();
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let [text, expected, reason] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
        let found = written(text, &find(text));
        if found != expected {
            wrong.push(format!("{text}: expected {expected:?}, found {found:?} ({reason})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn groups_of_countries_are_read_by_syllables_and_never_inside_other_words() {
    check_groups(include_str!("groups.tsv"), groups);
}

#[test]
fn groups_of_countries_are_read_in_english() {
    check_groups(include_str!("english-groups.tsv"), english_groups);
}

#[test]
fn the_house_tables_are_well_formed() {
    let mut sources: BTreeMap<String, &str> = BTreeMap::new();
    for (field, text) in built_in::TABLES {
        let table = table::read(field, text).unwrap();
        assert_eq!(table.problems, [], "{field}");
        assert_eq!(table.concepts.len(), table::house(text).len(), "{field}");
        for concept in &table.concepts {
            assert!(!concept.headword().is_empty() && concept.target().next().is_some(), "{concept:?}");
            assert_eq!(concept.target().filter(|term| term.status == Status::Preferred).count(), 1, "{}", concept.headword());
            for term in concept.source() {
                let key = term.text.replace([' ', '·'], "");
                assert_eq!(sources.insert(key, field), None, "{} stands twice", term.text);
            }
        }
    }
    assert!(sources.len() >= 800);
}

#[test]
fn every_table_of_the_folder_is_built_in() {
    let mut files: Vec<String> =
        std::fs::read_dir("glossary/terms").unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    let mut built_in: Vec<String> = built_in::TABLES.iter().map(|(name, _)| format!("{name}.tsv")).collect();
    built_in.sort();
    assert_eq!(files, built_in);
}

fn first(query: &str) -> (String, String) {
    let found = Glossary::built_in().look_up(query);
    let concept = &found.first().unwrap_or_else(|| panic!("{query} is found")).concept;
    (concept.headword().to_string(), concept.target().next().unwrap().text.clone())
}

#[test]
fn a_look_up_forgives_spaces_particles_case_order_and_slips() {
    for (query, source, target) in [
        ("북러", "북러", "DPRK-Russia"),
        ("DPRK-Russia", "북러", "DPRK-Russia"),
        ("전작권", "전시작전통제권", "wartime operational control"),
        ("전시 작전 통제권을", "전시작전통제권", "wartime operational control"),
        ("EXTENDED DETERRENCE", "확장억제", "extended deterrence"),
        ("한미동맹은", "한미동맹", "ROK-U.S. alliance"),
        ("U.S.-South Korea alliance", "한미동맹", "ROK-U.S. alliance"),
        ("확장억지", "확장억제", "extended deterrence"),
        ("extnded deterrence", "확장억제", "extended deterrence"),
        ("unification minstry", "통일부", "Ministry of Unification"),
        ("전작권 전한", "전시작전통제권 전환", "OPCON transition"),
        ("nll", "북방한계선", "Northern Limit Line"),
        ("韓美", "한미", "ROK-U.S."),
        ("한·인도", "한·인도", "ROK-India"),
        ("dprk russia", "북러", "DPRK-Russia"),
        ("north korea russia", "북러", "DPRK-Russia"),
        ("us china", "미중", "U.S.-China"),
        ("한 미 일", "한미일", "ROK-U.S.-Japan"),
        ("전시작전권", "전시작전통제권", "wartime operational control"),
        ("extendd", "확장억제", "extended deterrence"),
        ("ㅎㅁㄷㅁ", "한미동맹", "ROK-U.S. alliance"),
        ("ghkrwkddjrwp", "확장억제", "extended deterrence"),
        ("ㅜㅣㅣ", "북방한계선", "Northern Limit Line"),
    ] {
        assert_eq!(first(query), (source.to_string(), target.to_string()), "{query}");
    }
    assert!(Glossary::built_in().look_up("ㅁㄴㅇㄹ").is_empty());
    assert!(Glossary::built_in().look_up(" ").is_empty());
    let near =
        |query: &str| Glossary::built_in().look_up(query).into_iter().map(|found| found.concept.headword().to_string()).collect::<Vec<_>>();
    assert!(!near("defence industry").contains(&"미국 무역대표부".to_string()), "industry holds no USTR");
    assert!(!near("nuclear consultative group").contains(&"영사".to_string()), "consultative holds no consul");
}

/// A line without its brackets, and the bytes that stood in them.
fn unmarked(line: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for (index, part) in line.split(['[', ']']).enumerate() {
        let start = text.len();
        text.push_str(part);
        if index % 2 == 1 {
            spans.push(Span::new(start, text.len()));
        }
    }
    (text, spans)
}

/// Goals of the labelled samples: this share of the marked occurrences is found, and of the found ones is marked.
const GOAL: f64 = 0.98;

fn check_occurrences(sample: &str, language: Language) {
    let matcher = Matcher::new(&Glossary::built_in());
    let (mut right, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for line in sample.lines().filter(|line| !line.starts_with('#')) {
        let (text, marked) = unmarked(line);
        let found: Vec<Span> = matcher.find(&text, language).into_iter().map(|occurrence| occurrence.span).collect();
        right += marked.iter().filter(|span| found.contains(span)).count();
        let name = |span: &Span| format!("{} in {text}", span.of(&text));
        missed.extend(marked.iter().filter(|span| !found.contains(span)).map(name));
        wrong.extend(found.iter().filter(|span| !marked.contains(span)).map(name));
    }
    let recall = right as f64 / (right + missed.len()) as f64;
    let precision = right as f64 / (right + wrong.len()) as f64;
    println!("{language:?}: {right} right, recall {recall:.3}, precision {precision:.3}");
    println!("missed:\n{}\nwrong:\n{}", missed.join("\n"), wrong.join("\n"));
    assert!(recall >= GOAL && precision >= GOAL, "recall {recall:.3}, precision {precision:.3}");
}

#[test]
fn terms_are_found_in_running_korean_text() {
    check_occurrences(include_str!("occurrences.txt"), Language::Korean);
}

#[test]
fn terms_are_found_in_running_english_text() {
    check_occurrences(include_str!("occurrences.en.txt"), Language::English);
}

#[test]
fn glosses_are_harvested_in_every_form() {
    let mut wrong = Vec::new();
    for line in include_str!("glosses.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [text, expected, form] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
        let is_latin = |form: &String| form.chars().any(|letter| letter.is_ascii_alphabetic());
        let glosses = harvest_korean(text).into_iter().filter(|gloss| gloss.english.iter().any(is_latin));
        let found = glosses.map(|gloss| format!("{}={}", gloss.korean, gloss.english.join("; "))).next();
        if found.as_deref().unwrap_or("-") != expected {
            wrong.push(format!("{text}: expected {expected}, found {found:?} ({form})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_word_without_end_costs_no_more_than_its_length() {
    let matcher = Matcher::new(&Glossary::built_in());
    let seconds = |word: &str, times: usize| {
        let text = word.repeat(times);
        let started = std::time::Instant::now();
        matcher.find(&text, Language::Korean);
        started.elapsed().as_secs_f64()
    };
    for word in ["한미동맹", "주한미군북핵"] {
        // Eight times as much takes eight times as long; by the square of the length it would take 64 times.
        let (short, long) = (seconds(word, 200), seconds(word, 1_600));
        assert!(long < 30.0 * short, "{word}: {short} and {long} seconds");
    }
}

#[test]
fn a_table_of_others_is_read_as_they_meant_it() {
    let cases = [
        ("source,target\n\"한미\n동맹\",\"ROK-U.S.\nalliance\"\n", "한미 동맹=ROK-U.S. alliance", "a cell broken into lines is one term"),
        (
            "한국어,영어,상태\n방위비,defense cost,preferred\n방위비,defence cost,admitted\n방위비,protection cost,금지\n",
            "방위비=defense cost|defence cost?|protection cost!",
            "a term a row: the rows of a concept belong together",
        ),
        (
            "ko\ten\tstatus\n조선\tJoseon\tpreferred\n조선\tshipbuilding\tpreferred\n조선\tship building\tforbidden\n",
            "조선=Joseon 조선=shipbuilding|ship building!",
            "a second preferred term is another concept",
        ),
        ("ko\ten\n조선\tJoseon\n조선\tshipbuilding\n", "조선=Joseon 조선=shipbuilding", "without a status each row is a concept"),
    ];
    let written = |concept: &jjak::glossary::Concept| {
        let mark = |status| ["", "?", "?", "!"][status as usize];
        let terms: Vec<String> = concept.target().map(|term| format!("{}{}", term.text, mark(term.status))).collect();
        format!("{}={}", concept.headword(), terms.join("|"))
    };
    for (text, expected, reason) in cases {
        let table = table::read("others.csv", text).unwrap();
        assert_eq!(table.concepts.iter().map(written).collect::<Vec<_>>().join(" "), expected, "{reason}");
        assert_eq!(table.problems, [], "{reason}");
    }
}
