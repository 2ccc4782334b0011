//! Checks on any text whatever, and with a glossary of the user's own.

use jjak::align::Side;
use jjak::align::evidence::Matrix;
use jjak::anchor::Given;
use jjak::check::{Examination, Finding, Place, Profile, run_in};
use jjak::document::Document;
use jjak::glossary::{Glossary, Matcher, table};
use jjak::{read, support};
use proptest::prelude::*;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn document(path: &str, text: &str) -> Option<Document> {
    read::text(path, text).ok()
}

/// Everything that is found in a text alone; nothing where it cannot be read.
fn alone(text: &str) -> Vec<Finding> {
    let Some(document) = document("target.txt", text) else { return Vec::new() };
    let target = Side::alone(document, &Given::default());
    let findings = run_in(&Examination::alone(&target), Profile::Strict);
    for finding in &findings {
        let segment = target.document.segments[finding.segment_index].span;
        assert!(finding.span.end <= target.document.text.len() && segment.start <= finding.span.end, "{finding:?}");
        assert!(!finding.span.of(&target.document.text).is_empty(), "{finding:?}");
    }
    findings
}

/// Everything that is found in a pair, with terms.
fn pair(source: &str, target: &str, terms: Option<Arc<Matcher>>) -> Vec<Finding> {
    let given = Given { terms, ..Given::default() };
    let (Some(source), Some(target)) = (document("source.txt", source), document("target.txt", target)) else { return Vec::new() };
    let (source, target) = Side::pair(source, target, &given);
    let matrix = Matrix::new(&source, &target);
    let ledger = support::ledger(&matrix);
    let findings = run_in(&Examination::of(&matrix, &ledger).with_terms(given.terms), Profile::Strict);
    for finding in &findings {
        let text = if finding.place == Place::Target { &target.document.text } else { &source.document.text };
        assert!(finding.span.end <= text.len() && !finding.span.of(text).is_empty(), "{finding:?}");
    }
    findings
}

/// What checks look for, in any order.
const PIECES: &[&str] = &[
    "(",
    ")",
    "「",
    "』",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "the ",
    "the the ",
    "DMZ ",
    "MDZ ",
    "(NLL) ",
    "NLL",
    "Northern Limit Line ",
    "Kim Jong-un ",
    "Kim Jong Un ",
    "three reasons",
    ": ",
    "a, b and c",
    "First, ",
    "Second, ",
    ". ",
    ".e ",
    "\n",
    "\n\n",
    "1. ",
    "II. ",
    "Table 2. ",
    "http://",
    "www.",
    "한국",
    "이다.",
    "(딥페이크) ",
    "deepfakes ",
    "â€™",
    "Ã©",
    "ÅëÀÏ",
    "\u{FFFD}",
    "\u{E000}",
    "&amp;",
    "  ",
    " ,",
    "，",
    "U.S.-ROK ",
    "North Korea-Russia ",
    "60 percent ",
    "the remaining 30 percent ",
    "a total of 7 ",
    "12 ",
    "English Summary of ",
    "2024-19",
    "é",
    "\u{301}",
    "- ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_checked(text in ".{0,200}") {
        alone(&text);
    }

    #[test]
    fn any_text_of_what_checks_look_for_can_be_checked(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        alone(&text);
        pair(&text, &text, None);
    }
}

/// A check that compares everything with everything would take far longer.
#[test]
fn hostile_text_is_checked_in_no_time() {
    for piece in PIECES.iter().chain(&["A b. ", "Ab-cd Ef ", "Xyz ", "ABC (", "“a” ", "(a) ", "가 a ", "Abcdef \""]) {
        let text = piece.repeat(30_000 / piece.len() + 1);
        let Some(document) = document("target.txt", &text) else { continue };
        let target = Side::alone(document, &Given::default());
        let start = Instant::now();
        run_in(&Examination::alone(&target), Profile::Strict);
        assert!(start.elapsed() < Duration::from_secs(3), "{piece:?}: {:?}", start.elapsed());
    }
}

const KOREAN: &str = "한미는 전략적 인내 정책을 포기했다.\n정부는 대북 지원 사업을 시작했다.\n국회는 예산을 심의했다.";

fn glossary(rows: &str) -> Option<Arc<Matcher>> {
    let table = table::read("own.tsv", &format!("source\tpreferred\tforbidden\n{rows}")).expect("a table of terms");
    Some(Arc::new(Matcher::new(&Glossary::empty().with_concepts(table.concepts))))
}

fn messages(findings: &[Finding], check: &str) -> Vec<String> {
    findings.iter().filter(|finding| finding.check == check).map(|finding| finding.message.clone()).collect()
}

#[test]
fn a_glossary_forbids_where_the_korean_has_the_concept_and_everywhere_without_the_korean() {
    let terms = glossary("전략적 인내\tstrategic patience\tstrategic endurance\n");
    let english = "The allies gave up their policy of strategic endurance.\nThe government began an aid project for North Korea.\nThe Assembly deliberated.";
    let expected = ["“strategic endurance” is not to be used for 전략적 인내; write “strategic patience”"];
    assert_eq!(messages(&pair(KOREAN, english, terms.clone()), "term"), expected);
    let target = Side::alone(document("target.txt", english).expect("text"), &Given { terms: terms.clone(), ..Given::default() });
    assert_eq!(messages(&run_in(&Examination::alone(&target).with_terms(terms.clone()), Profile::Draft), "term"), Vec::<String>::new());
    assert_eq!(messages(&run_in(&Examination::alone(&target).with_terms(terms), Profile::Publication), "term"), expected);
}

#[test]
fn a_term_of_the_glossary_that_is_rendered_in_other_words_is_reported() {
    let terms = glossary("지원 사업\tsupport scheme\t\n");
    let english = "The allies gave up strategic patience.\nThe government began an aid project for North Korea.\nThe Assembly deliberated on the budget.";
    assert_eq!(messages(&pair(KOREAN, english, terms.clone()), "term"), ["“aid project” for 지원 사업; the glossary has “support scheme”"]);
    let short = english.replace("an aid project", "the scheme");
    assert_eq!(messages(&pair(KOREAN, &short, terms), "term"), Vec::<String>::new());
}

#[test]
fn two_terms_of_the_glossary_for_one_concept_are_reported() {
    let terms = glossary("지원 사업\tsupport scheme\taid project\n");
    let english = "The support scheme began. The aid project was slow. Critics of the support scheme wait.";
    let target = Side::alone(document("target.txt", english).expect("text"), &Given { terms: terms.clone(), ..Given::default() });
    let found = run_in(&Examination::alone(&target).with_terms(terms), Profile::Publication);
    assert_eq!(messages(&found, "term-variants"), ["“aid project” (1) stands here, “support scheme” (2) elsewhere"]);
}

#[test]
fn the_known_acronyms_are_sorted_and_written_as_acronyms() {
    let list = include_str!("../../src/check/acronyms.txt");
    let lines: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.is_sorted() && lines.len() > 50);
    assert!(lines.iter().all(|line| (3..=6).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_uppercase())));
}
