//! Two texts, cut apart at the first form feed, through the whole flow: every sentence has a row, every finding names bytes
//! of the segment that it is in, and the target is checked by itself too.

#![no_main]

use jjak::align::evidence::Matrix;
use jjak::align::{Side, align};
use jjak::anchor::Given;
use jjak::check::{self, Examination, Place, Profile};
use jjak::document::Document;
use jjak::{read, support};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: &str| {
    let (source, target) = texts.split_once('\u{C}').unwrap_or((texts, texts));
    let Some(target) = document("target.txt", target) else { return };
    examine(&Examination::alone(&Side::alone(target.clone(), &Given::default())));
    let Some(source) = document("source.txt", source) else { return };
    let (source, target) = Side::pair(source, target, &Given::default());
    let matrix = Matrix::new(&source, &target);
    for bead in align(&matrix, None).beads {
        assert!(bead.source.iter().all(|&index| index < source.document.segments.len()));
        assert!(bead.target.iter().all(|&index| index < target.document.segments.len()));
    }
    let ledger = support::ledger(&matrix);
    assert!(ledger.iter().all(|row| (0.0..=1.0).contains(&row.support)));
    examine(&Examination::of(&matrix, &ledger));
});

fn document(path: &str, text: &str) -> Option<Document> {
    read::text(path, text).ok()
}

fn examine(examination: &Examination) {
    for finding in check::run_in(examination, Profile::Strict) {
        let side = if finding.place == Place::Target { Some(examination.target) } else { examination.source };
        let document = &side.expect("a finding lies in a document that is there").document;
        let segment = document.segments[finding.segment_index].span;
        assert!(document.text.get(finding.span.start..finding.span.end).is_some(), "{} {:?}", finding.check, finding.span);
        assert!(segment.contains(finding.span), "{} {:?} {segment:?}", finding.check, finding.span);
    }
}
