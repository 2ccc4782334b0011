//! Speed of reading anchors: numerals, dates, and all kinds, over sentences that hold the forms of the tables.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jjak::anchor::reading::Reading;
use jjak::anchor::{self, Context, date, numeral, words};
use jjak::document::Kind;
use jjak::text::Language;

fn main() {
    divan::main();
}

const LANGUAGES: &[Language] = &[Language::Korean, Language::English];

/// Sentences of a policy brief, each with one form of the table in its middle.
fn sentences(language: Language) -> Vec<String> {
    let (table, before, after) = match language {
        Language::Korean => (
            include_str!("../tests/it/anchor/korean.tsv"),
            "정부는 주변국과의 협의를 거쳐 마련한 새로운 방침을 발표하면서",
            "등의 수치를 근거로 들었으나 전문가들은 이러한 설명이 충분하지 않다고 지적하였다.",
        ),
        Language::English => (
            include_str!("../tests/it/anchor/english.tsv"),
            "When it announced the guidelines that had been prepared with its neighbors, the government pointed to",
            "among other figures, but observers said that explanations of this kind were hardly sufficient.",
        ),
    };
    let rows = table.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    rows.filter_map(|line| line.split('\t').next()).map(|form| format!("{before} {form} {after}")).collect()
}

fn bytes(sentences: &[String]) -> BytesCount {
    BytesCount::new(sentences.iter().map(String::len).sum::<usize>())
}

#[divan::bench(args = LANGUAGES)]
fn numerals(bencher: Bencher, language: Language) {
    let sentences = sentences(language);
    bencher.counter(bytes(&sentences)).bench_local(|| {
        let count = |text: &String| match language {
            Language::Korean => numeral::korean::numerals(black_box(text)).len(),
            Language::English => numeral::english::numerals(text, &words::words(black_box(text))).len(),
        };
        sentences.iter().map(count).sum::<usize>()
    });
}

#[divan::bench(args = LANGUAGES)]
fn numerals_and_dates(bencher: Bencher, language: Language) {
    let sentences = sentences(language);
    let context = Context::default();
    bencher.counter(bytes(&sentences)).bench_local(|| {
        let count = |text: &String| {
            let mut reading = Reading::new(black_box(text), language, Kind::Sentence, &context);
            date::find(&mut reading);
            reading.finish().len()
        };
        sentences.iter().map(count).sum::<usize>()
    });
}

#[divan::bench(args = LANGUAGES)]
fn all_kinds(bencher: Bencher, language: Language) {
    let sentences = sentences(language);
    let context = Context::default();
    bencher.counter(bytes(&sentences)).bench_local(|| {
        let count = |text: &String| anchor::find_in_text(black_box(text), language, Kind::Sentence, &context).len();
        sentences.iter().map(count).sum::<usize>()
    });
}
