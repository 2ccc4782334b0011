//! Alignment: the cases of `align/cases.txt`, and what must hold for any texts.

use jjak::align::evidence::Matrix;
use jjak::align::explain::explain;
use jjak::align::translation::{Costs, Link, Pins};
use jjak::align::{Alignment, Bead, Mode, Options, Side, align_with};
use jjak::anchor::Given;
use jjak::read;
use std::time::{Duration, Instant};

/// A case: what is asked, the two texts, the beads.
struct Case {
    reason: &'static str,
    options: Options,
    source: String,
    target: String,
    beads: Vec<Link>,
}

fn cases() -> impl Iterator<Item = Case> {
    include_str!("align/cases.txt").split("\n#: ").skip(1).map(case)
}

fn case(text: &'static str) -> Case {
    let (reason, rest) = text.split_once('\n').expect("a case has a text");
    let mut parts = rest.split("\n--\n");
    let mut options = Options::default();
    let mut source = Vec::new();
    for line in parts.next().expect("Korean").lines() {
        match line.split_once(' ') {
            Some(("mode", mode)) => options.mode = Some(if mode == "summary" { Mode::Summary } else { Mode::Translation }),
            Some(("pins", pins)) => options.pins = Pins::new(pins.split(' ').map(link).collect()),
            _ => source.push(line),
        }
    }
    let target = paragraphs(parts.next().expect("English").lines().collect());
    let beads = parts.next().expect("beads").lines().filter(|line| !line.is_empty()).map(link).collect();
    Case { reason, options, source: paragraphs(source), target, beads }
}

fn paragraphs(lines: Vec<&str>) -> String {
    lines.join("\n\n")
}

/// Reads 12:9 or 12,13:9.
fn link(text: &str) -> Link {
    let (source, target) = text.split_once(':').expect("a colon");
    let indices =
        |side: &str| side.split(',').filter(|number| !number.is_empty()).map(|number| number.parse::<usize>().unwrap() - 1).collect();
    Link { source: indices(source), target: indices(target) }
}

fn sides(source: &str, target: &str) -> (Side, Side) {
    let document = |path: &str, text: &str| read::text(path, text).expect("a case is text");
    Side::pair(document("case.ko.txt", source), document("case.en.txt", target), &Given::default())
}

fn written(beads: &[Link]) -> Vec<String> {
    let numbers = |indices: &[usize]| indices.iter().map(|index| (index + 1).to_string()).collect::<Vec<_>>().join(",");
    let mut written: Vec<String> = beads.iter().map(|bead| format!("{}:{}", numbers(&bead.source), numbers(&bead.target))).collect();
    written.sort();
    written
}

fn links(alignment: &Alignment) -> Vec<Link> {
    alignment.beads.iter().map(|bead| Link { source: bead.source.clone(), target: bead.target.clone() }).collect()
}

#[test]
fn the_cases_are_aligned_as_they_say() {
    for case in cases() {
        let (source, target) = sides(&case.source, &case.target);
        let matrix = Matrix::around(&source, &target, &case.options.pins.pairs());
        assert_eq!(written(&links(&align_with(&matrix, &case.options))), written(&case.beads), "{}", case.reason);
    }
}

#[test]
fn the_shares_of_an_explanation_are_the_score() {
    for case in cases() {
        let (source, target) = sides(&case.source, &case.target);
        let matrix = Matrix::new(&source, &target);
        let alignment = align_with(&matrix, &case.options);
        for target_index in 0..matrix.targets.len() {
            let explanation = explain(&matrix, &alignment, target_index).expect("every segment stands in a bead");
            let sum: f32 = explanation.shares.iter().map(|share| share.nats).sum();
            let slight = 0.05 * (matrix.targets[target_index].items.len() + 60) as f32;
            assert!((sum - explanation.nats).abs() < slight, "{}: {sum} for {}", case.reason, explanation.nats);
            assert!(!explanation.remedy().is_empty());
        }
        assert!(explain(&matrix, &alignment, matrix.targets.len()).is_none());
    }
}

#[test]
fn costs_decide_how_much_is_linked() {
    let case = cases().nth(2).expect("the case with nulls");
    let (source, target) = sides(&case.source, &case.target);
    let matrix = Matrix::new(&source, &target);
    let linked = |null: f32| {
        let options = Options { mode: Some(Mode::Translation), costs: Costs { null, ..Costs::default() }, ..Options::default() };
        links(&align_with(&matrix, &options)).iter().filter(|link| link.is_linked()).count()
    };
    assert!(linked(50.0) > linked(1.0), "dear nulls link what does not belong together");
}

/// Aligns texts that mean no good and checks that nothing is lost.
fn survives(source: &str, target: &str) {
    let started = Instant::now();
    let (source, target) = sides(source, target);
    let matrix = Matrix::new(&source, &target);
    for mode in [Mode::Translation, Mode::Summary] {
        let alignment = align_with(&matrix, &Options { mode: Some(mode), ..Options::default() });
        let mut seen = (vec![false; matrix.sources.len()], vec![false; matrix.targets.len()]);
        for Bead { source, target, score, .. } in &alignment.beads {
            source.iter().for_each(|&index| seen.0[index] = true);
            target.iter().for_each(|&index| seen.1[index] = true);
            assert!((0.0..=1.0).contains(score));
        }
        assert!(seen.0.iter().chain(&seen.1).all(|seen| *seen), "a segment vanished");
    }
    assert!(started.elapsed() < Duration::from_secs(120), "it took {:?}", started.elapsed());
}

#[test]
fn hostile_texts_are_aligned_in_bounded_time() {
    let line = "정부는 새 계획을 발표했다.\n\n";
    let english = "The government announced a new plan.\n\n";
    survives(&line.repeat(1_500), &english.repeat(1_500));
    survives(&line.trim_end().repeat(400), &english.trim_end().repeat(400));
    survives(&"7".repeat(50_000), &"7 ".repeat(10_000));
    survives("가", "7");
}
