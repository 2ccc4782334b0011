//! What a memory teaches: learnt from its units, forgotten with them, and used by align and check.

use jjak::align::evidence::Matrix;
use jjak::align::{Bead, Side};
use jjak::anchor::Given;
use jjak::document::Document;
use jjak::glossary::lexicon;
use jjak::learn::{Learnt, lesson};
use jjak::memory::TranslationUnit;
use jjak::store::Store;
use jjak::{read, segment};
use std::sync::Arc;
use tempfile::TempDir;

/// Words that no lexicon has, each with a partner.
const PARTNERS: [(&str, &str); 8] = [
    ("뷁뷁", "snorkeloid"),
    ("쀍쀍", "glimmerat"),
    ("뛟뛟", "farbulance"),
    ("쐛쐛", "wuzzlement"),
    ("쫣쫣", "trindlefex"),
    ("꿿꿿", "blorpitude"),
    ("쀓쀓", "quibblestone"),
    ("뜗뜗", "zarfination"),
];

/// A unit for each two of the first `count` words.
fn units(count: usize) -> Vec<TranslationUnit> {
    let pairs = (0..count).flat_map(|first| (first + 1..count).map(move |second| (PARTNERS[first], PARTNERS[second])));
    let unit = |(first, second): ((&str, &str), (&str, &str))| {
        TranslationUnit::new(
            format!("정부는 {}을 {}으로 바꾼다.", first.0, second.0),
            format!("The government changes the {} into a {}.", first.1, second.1),
        )
    };
    pairs.map(unit).collect()
}

fn filled(count: usize) -> (TempDir, Store) {
    let folder = TempDir::new().unwrap();
    let mut store = Store::open(folder.path().join("memory.jjak")).unwrap();
    let mut import = store.import("units.tsv").unwrap();
    units(count).into_iter().for_each(|unit| import.add(unit).unwrap());
    import.finish().unwrap();
    (folder, store)
}

fn document(text: &str) -> Document {
    segment::segment(read::text("brief.txt", text).unwrap())
}

/// What a memory knows of a Korean text.
fn learnt(store: &Store, text: &str) -> Learnt {
    let words = lesson::words(text, &lexicon::find(text)).into_iter().map(|word| word.form.to_string()).collect();
    store.learnt(&words).unwrap()
}

#[test]
fn partners_are_learnt_and_nothing_else() {
    let (_folder, mut store) = filled(8);
    assert!(!store.has_learnt().unwrap());
    let learning = store.learn().unwrap();
    assert_eq!((learning.units, learning.lessons), (28, 28));
    let mut links: Vec<(String, String)> = store.learnt_links().unwrap().into_iter().map(|link| (link.source, link.target)).collect();
    links.sort();
    let mut expected: Vec<(String, String)> =
        PARTNERS.iter().map(|(korean, english)| (korean.to_string(), jjak::word::english::stem(english))).collect();
    expected.sort();
    assert_eq!(links, expected);
}

#[test]
fn learning_twice_gives_the_same_and_what_is_removed_is_forgotten() {
    let (_folder, mut store) = filled(8);
    store.learn().unwrap();
    let first = store.learnt_links().unwrap();
    store.learn().unwrap();
    assert_eq!(store.learnt_links().unwrap(), first);
    store.undo(None).unwrap();
    assert_eq!(store.learn().unwrap().units, 0);
    assert_eq!(store.learnt_links().unwrap(), []);
    assert!(!store.has_learnt().unwrap());
}

#[test]
fn a_saved_pair_is_learnt_from_at_once() {
    let (_folder, mut store) = filled(7);
    store.learn().unwrap();
    assert!(learnt(&store, "뜗뜗을").is_empty());
    let (source, target): (Vec<String>, Vec<String>) =
        units(8).into_iter().filter(|unit| unit.source.contains("뜗뜗")).map(|unit| (unit.source, unit.target)).unzip();
    let (source, target) = (document(&source.join("\n\n")), document(&target.join("\n\n")));
    let bead = |index, score| Bead { source: vec![index], target: vec![index], score, evidence: Vec::new() };
    let doubtful: Vec<Bead> = (0..7).map(|index| bead(index, 0.5)).collect();
    store.save_pair(&source, &target, &doubtful).unwrap();
    assert_eq!(store.learn_new().unwrap().units, 0, "doubtful beads teach nothing");
    let (_folder, mut store) = filled(7);
    store.learn().unwrap();
    let sure: Vec<Bead> = (0..7).map(|index| bead(index, 0.95)).collect();
    store.save_pair(&source, &target, &sure).unwrap();
    assert_eq!(store.learn_new().unwrap().units, 7);
    assert_eq!(store.learn_new().unwrap().units, 0, "only once");
    assert_eq!(learnt(&store, "뜗뜗을").counterparts("뜗뜗")[0].stem, jjak::word::english::stem("zarfination"));
}

#[test]
fn what_was_learnt_is_evidence() {
    let (_folder, mut store) = filled(8);
    store.learn().unwrap();
    let (korean, english) = ("뷁뷁은 끝났다.\n\n쀍쀍이 온다.", "The snorkeloid is over.\n\nA glimmerat comes.");
    let kinds = |learnt: Learnt| {
        let given = Given { learnt: Arc::new(learnt), ..Given::default() };
        let (source, target) = Side::pair(read::text("a.ko.txt", korean).unwrap(), read::text("a.en.txt", english).unwrap(), &given);
        let matrix = Matrix::new(&source, &target);
        let evidence = (0..2).flat_map(|index| matrix.evidence(&[index], index));
        evidence.filter(|evidence| evidence.kind == "learnt").map(|evidence| evidence.value).collect::<Vec<_>>()
    };
    assert_eq!(kinds(learnt(&store, korean)), ["뷁뷁", "쀍쀍"]);
    assert_eq!(kinds(Learnt::default()), [""; 0]);
}
