//! The manual pages of the checks: every example runs through the whole flow and finds what its block says.
//!
//! `BLESS=1 cargo test pages` writes the findings into the pages.

use jjak::align::Side;
use jjak::align::evidence::Matrix;
use jjak::anchor::Given;
use jjak::check::{self, CHECKS, Check, Examination, Finding, Place, Profile};
use jjak::document::Document;
use jjak::{read, support};
use std::fmt::Write;

/// A line of a page, or a fenced block of it.
enum Part<'a> {
    Line(&'a str),
    Block { language: &'a str, text: String },
}

fn parts(page: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        match line.strip_prefix("```") {
            Some(language) => {
                let text = lines.by_ref().take_while(|line| *line != "```").collect::<Vec<_>>().join("\n");
                parts.push(Part::Block { language, text });
            }
            None => parts.push(Part::Line(line)),
        }
    }
    parts
}

fn document(path: &str, text: &str) -> Document {
    read::text(path, text).expect("plain text is readable")
}

/// Everything a check finds in a pair, or in the English alone, a finding a line.
fn found(check: &Check, source: Option<&str>, target: &str) -> String {
    let (source, target) = match source {
        Some(source) => {
            let (source, target) = Side::pair(document("source.txt", source), document("target.txt", target), &Given::default());
            (Some(source), target)
        }
        None => (None, Side::alone(document("target.txt", target), &Given::default())),
    };
    let matrix = source.as_ref().map(|source| Matrix::new(source, &target));
    let ledger = matrix.as_ref().map(support::ledger).unwrap_or_default();
    let examination = matrix.as_ref().map_or_else(|| Examination::alone(&target), |matrix| Examination::of(matrix, &ledger));
    let findings = check::run_in(&examination, Profile::Strict);
    findings.iter().filter(|finding| finding.check == check.name).map(line).collect::<Vec<_>>().join("\n")
}

fn line(finding: &Finding) -> String {
    let place = if finding.place == Place::Target { "target" } else { "source" };
    let severity = serde_json::to_string(&finding.severity).expect("a severity is a word");
    format!("{place} {} {}: {}", finding.segment_index + 1, severity.trim_matches('"'), finding.message)
}

/// The page with the findings of its examples as they are now.
fn run(check: &Check) -> String {
    let mut page = String::new();
    let (mut source, mut target): (Option<String>, Option<String>) = (None, None);
    for part in parts(check.page) {
        match part {
            Part::Line(line) => writeln!(page, "{line}").expect("a string can be written"),
            Part::Block { language, text } => {
                let text = match language {
                    "findings" => found(check, source.take().as_deref(), &target.take().expect("English before its findings")),
                    _ => text,
                };
                match language {
                    "ko" => source = Some(text.clone()),
                    "en" => target = Some(text.clone()),
                    _ => {}
                }
                let end = if text.is_empty() { "" } else { "\n" };
                write!(page, "```{language}\n{text}{end}```\n").expect("a string can be written");
            }
        }
    }
    page
}

#[test]
fn every_example_finds_what_its_page_says() {
    let mut wrong = Vec::new();
    for check in CHECKS {
        let page = run(check);
        if page == check.page {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            let path = format!("{}/src/check/{}.md", env!("CARGO_MANIFEST_DIR"), check.name);
            std::fs::write(&path, &page).expect("the page can be written");
        } else {
            let differ = check.page.lines().zip(page.lines()).find(|(is, now)| is != now);
            wrong.push(format!("{}: {:?}", check.name, differ));
        }
    }
    assert!(wrong.is_empty(), "the findings of these pages have changed (BLESS=1 writes them):\n{}", wrong.join("\n"));
}

#[test]
fn every_page_says_what_is_found_and_what_is_left_alone() {
    for check in CHECKS {
        let title = format!("# {}: ", check.name);
        assert!(check.page.starts_with(&title), "{} begins with its title", check.name);
        for heading in ["\n## Found\n", "\n## Left alone\n"] {
            assert!(check.page.contains(heading), "{} has the heading {}", check.name, heading.trim());
        }
    }
}
