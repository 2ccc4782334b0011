//! Anchors: the tables of forms with their values, and properties that hold for every text.

use jjak::anchor::{self, Anchor, Context};
use jjak::document::Kind;
use jjak::text::Language;

fn read(text: &str, language: Language) -> Vec<Anchor> {
    anchor::find_in_text(jjak::text::Folded::new(text).text(), language, Kind::Sentence, &Context::default())
}

/// The anchors of some kinds in a text, as a table writes them.
fn written(text: &str, language: Language, kinds: &[&str]) -> String {
    let found = read(text, language).into_iter().filter(|anchor| kinds.contains(&anchor.kind));
    let values: Vec<String> = found.map(|anchor| format!("{} {}", anchor.kind, anchor.value)).collect();
    if values.is_empty() { "-".to_string() } else { values.join("; ") }
}

/// Compares every row of a table: text, expected anchors, reason.
fn holds(table: &str, language: Language, kinds: &[&str]) {
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [text, expected, reason] = columns[..] else { panic!("expected text, anchors and reason: {line}") };
        let found = written(text, language, kinds);
        if found != expected {
            wrong.push(format!("{text}: expected {expected}, found {found} ({reason})"));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

const FIGURES: &[&str] = &["number", "date", "money", "measure", "article"];

#[test]
fn korean_figures_have_the_values_of_the_table() {
    holds(include_str!("anchor/korean.tsv"), Language::Korean, FIGURES);
}

#[test]
fn english_figures_have_the_values_of_the_table() {
    holds(include_str!("anchor/english.tsv"), Language::English, FIGURES);
}
