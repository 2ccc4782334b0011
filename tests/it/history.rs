//! Nothing is ever lost: the log, undo, cleaning, backups, and a memory that is examined and mended.

use crate::lines::document;
use jjak::align::Bead;
use jjak::memory::{Query, TranslationUnit};
use jjak::store::{Asked, Diagnosis, Error, Fault, Form, Store, Term, rescue};
use jjak::text::Language;
use proptest::prelude::*;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.jjak");
    (folder, path)
}

fn unit(number: usize) -> TranslationUnit {
    TranslationUnit::new(format!("제{number}조는 평화를 말한다."), format!("Article {number} speaks of peace."))
}

fn import(store: &mut Store, name: &str, numbers: std::ops::Range<usize>) {
    let mut import = store.import(name).unwrap();
    numbers.for_each(|number| import.add(unit(number)).unwrap());
    import.finish().unwrap();
}

/// The texts of all units, sorted.
fn texts(store: &Store) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    store
        .each_unit::<Error>(|stored| {
            texts.push((stored.unit.source, stored.unit.target));
            Ok(())
        })
        .unwrap();
    texts.sort();
    texts
}

/// Saves a version of a pair, a sentence for each number.
fn save(store: &mut Store, numbers: &[usize]) {
    let units: Vec<TranslationUnit> = numbers.iter().map(|number| unit(*number)).collect();
    let source: Vec<String> = units.iter().map(|unit| unit.source.clone()).collect();
    let target: Vec<String> = units.iter().map(|unit| unit.target.clone()).collect();
    let bead = |line| Bead { source: vec![line], target: vec![line], score: 0.9, evidence: Vec::new() };
    let beads: Vec<Bead> = (0..numbers.len()).map(bead).collect();
    let documents = (document("a.ko.txt", Language::Korean, &source), document("a.en.txt", Language::English, &target));
    store.save_pair(&documents.0, &documents.1, &beads).unwrap();
}

fn found(store: &Store, number: usize) -> bool {
    let answers = store.look_up().unwrap().find(&mut Query::new(&unit(number).source, None), &Asked::default()).unwrap();
    answers.first().is_some_and(|answer| answer.unit.unit.source == unit(number).source)
}

#[test]
fn an_import_is_undone_and_done_again() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    import(&mut store, "first.tsv", 0..700);
    import(&mut store, "second.tsv", 650..1_400);
    let all = texts(&store);
    let undone = store.undo(None).unwrap();
    assert_eq!((undone.undone.name.as_str(), undone.removed, undone.restored), ("second.tsv", 700, 0));
    assert!(found(&store, 10) && !found(&store, 800));
    assert!(store.undo(Some(undone.undone.id)).is_err_and(|error| error.to_string().contains("undone already")));
    let again = store.undo(Some(undone.action)).unwrap();
    assert_eq!((again.removed, again.restored), (0, 700));
    assert_eq!(texts(&store), all);
    assert!(found(&store, 10) && found(&store, 800));
    let statistics = store.statistics().unwrap();
    assert_eq!((statistics.units, statistics.removed), (1_400, 0));
    assert_eq!(statistics.documents[0].units + statistics.documents[1].units, 1_400);
    assert!(store.examine().unwrap().is_well());
}

#[test]
fn a_new_version_of_a_pair_is_undone_to_the_one_before() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    save(&mut store, &[1, 2, 3]);
    let first = texts(&store);
    save(&mut store, &[2, 3, 4]);
    let second = texts(&store);
    let undone = store.undo(None).unwrap();
    assert_eq!(texts(&store), first);
    store.undo(Some(undone.action)).unwrap();
    assert_eq!(texts(&store), second);
    assert_eq!(store.statistics().unwrap().pairs, 1);
    // The version that was undone and done again is the one that a further version replaces.
    save(&mut store, &[2, 3, 5]);
    assert_eq!(texts(&store), texts_of(&[2, 3, 5]));
}

fn texts_of(numbers: &[usize]) -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = numbers.iter().map(|number| (unit(*number).source, unit(*number).target)).collect();
    texts.sort();
    texts
}

#[test]
fn terms_that_were_added_or_removed_come_and_go() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let form = |text: &str| Form { text: text.into(), status: "preferred".into() };
    let term = Term { id: 0, source: vec![form("북러")], target: vec![form("DPRK-Russia")], note: "a".into(), origin: String::new() };
    store.add_terms(&[term], "house.tsv").unwrap();
    let before = store.terms().unwrap();
    assert!(store.remove_term(before[0].id).unwrap());
    let undone = store.undo(None).unwrap();
    assert_eq!(store.terms().unwrap(), before);
    store.undo(Some(undone.action)).unwrap();
    assert!(store.terms().unwrap().is_empty());
    store.undo(None).unwrap();
    assert_eq!(store.terms().unwrap(), before);
    store.undo(None).unwrap();
    assert!(store.terms().unwrap().is_empty());
}

/// What a user can do to a memory.
#[derive(Clone, Debug)]
enum Step {
    Import(usize, usize),
    Remove(usize),
    Save(Vec<usize>),
    Clean,
    Optimise,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0_usize..30, 1_usize..12).prop_map(|(first, count)| Step::Import(first, count)),
        (0_usize..10).prop_map(Step::Remove),
        prop::collection::btree_set(0_usize..40, 1..6).prop_map(|numbers| Step::Save(numbers.into_iter().collect())),
        Just(Step::Clean),
        Just(Step::Optimise),
    ]
}

fn take(store: &mut Store, step: &Step) {
    match step {
        Step::Import(first, count) => import(store, "some.tsv", *first..first + count),
        Step::Remove(rank) => {
            let mut ids = Vec::new();
            store
                .each_unit::<Error>(|stored| {
                    ids.push(stored.id);
                    Ok(())
                })
                .unwrap();
            if let Some(id) = ids.get(*rank) {
                store.remove_unit(*id, "test").unwrap();
            }
        }
        Step::Save(numbers) => save(store, numbers),
        Step::Clean => drop(store.clean(&Fault::ALL).unwrap()),
        Step::Optimise => drop(store.optimise().unwrap()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 25, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_done_can_be_undone_step_by_step_and_done_again(steps in prop::collection::vec(step(), 1..9)) {
        let (_folder, path) = folder();
        let mut store = Store::open(&path).unwrap();
        let mut states = vec![(0, Vec::new())];
        for step in &steps {
            take(&mut store, step);
            let actions = store.statistics().unwrap().actions;
            if states.last().unwrap().0 != actions {
                states.push((actions, texts(&store)));
            }
        }
        let mut undos = Vec::new();
        for (_, before) in states.iter().rev().skip(1) {
            undos.push(store.undo(None).unwrap().action);
            prop_assert_eq!(&texts(&store), before);
        }
        prop_assert!(matches!(store.undo(None), Err(Error::NotFound(_))));
        for (undo, (_, after)) in undos.into_iter().rev().zip(&states[1..]) {
            store.undo(Some(undo)).unwrap();
            prop_assert_eq!(&texts(&store), after);
        }
        prop_assert_eq!(store.examine().unwrap(), Diagnosis::default());
        prop_assert_eq!(store.statistics().unwrap().units, texts(&store).len() as u64);
    }
}

#[test]
fn faults_are_found_and_only_those_named_are_removed() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let add = |store: &mut Store, source: &str, target: &str, changed: i64| {
        let unit = TranslationUnit { changed: Some(changed), ..TranslationUnit::new(source, target) };
        store.add_unit(&unit, "test").unwrap()
    };
    let good = add(&mut store, "조약을 맺었다.", "They signed a treaty.", 5);
    let duplicate = add(&mut store, "조약을  맺었다.", "They signed a treaty.", 4);
    let conflict = add(&mut store, "조약을 맺었다.", "A treaty was signed.", 3);
    let empty = add(&mut store, "병력을 보냈다.", "…", 1);
    let broken = add(&mut store, "회담이 열\u{FFFD}다.", "Talks were held.", 1);
    let untranslated = add(&mut store, "THAAD", "THAAD", 1);
    let swapped = add(&mut store, "Talks were held.", "회담이 열렸다.", 1);
    let found: Vec<(Fault, i64, Option<i64>)> =
        store.faulty().unwrap().into_iter().map(|faulty| (faulty.fault, faulty.unit, faulty.better)).collect();
    let expected = [
        (Fault::Duplicate, duplicate, Some(good)),
        (Fault::Empty, empty, None),
        (Fault::Broken, broken, None),
        (Fault::Conflict, conflict, Some(good)),
        (Fault::Untranslated, untranslated, None),
        (Fault::Swapped, swapped, None),
    ];
    assert_eq!(found, expected);
    assert_eq!(store.clean(&Fault::CERTAIN).unwrap().len(), 3);
    assert_eq!(store.faulty().unwrap().len(), 3);
    assert!(store.clean(&Fault::CERTAIN).unwrap().is_empty());
    assert_eq!(store.undo(None).unwrap().restored, 3);
    assert_eq!(store.faulty().unwrap().len(), 6);
}

#[test]
fn a_backup_is_a_memory_of_the_moment() {
    let (folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    import(&mut store, "first.tsv", 0..600);
    let copy = folder.path().join("copy.jjak");
    store.back_up(&copy).unwrap();
    import(&mut store, "second.tsv", 600..700);
    assert_eq!(texts(&Store::open_read_only(&copy).unwrap()).len(), 600);
    store.back_up(&copy).unwrap();
    assert_eq!(texts(&Store::open_read_only(&copy).unwrap()), texts(&store));
    assert!(store.back_up(&path).is_err());
    let other = folder.path().join("notes.txt");
    std::fs::write(&other, "notes").unwrap();
    assert!(store.back_up(&other).is_err());
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "notes");
}

/// Changes a memory behind its back.
fn meddle(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn an_index_that_does_not_say_what_the_units_say_is_made_again() {
    let wrongs = [
        "UPDATE index_lists SET list = zeroblob(length(list)) WHERE key = (SELECT max(key) FROM index_lists)",
        "DELETE FROM index_entries WHERE key = (SELECT max(key) FROM index_entries)",
        "UPDATE index_words SET words = 'x' || words",
        "UPDATE index_shelves SET lengths = x'0000000000000000'",
        "UPDATE index_parts SET first_unit = first_unit + 5",
        "DELETE FROM index_hashes; UPDATE index_parts SET digest = NULL; DELETE FROM index_entries",
        "UPDATE actions SET units = units + 1",
    ];
    for sql in wrongs {
        let (_folder, path) = folder();
        let mut store = Store::open(&path).unwrap();
        import(&mut store, "first.tsv", 0..900);
        assert_eq!(store.examine().unwrap(), Diagnosis::default());
        meddle(&path, sql);
        let diagnosis = store.examine().unwrap();
        assert!(!diagnosis.is_well(), "{sql}");
        store.mend(&diagnosis).unwrap();
        assert_eq!(store.examine().unwrap(), Diagnosis::default(), "{sql}");
        assert!(found(&store, 0) && found(&store, 899), "{sql}");
    }
}

#[test]
fn what_can_be_read_of_a_damaged_memory_is_saved() {
    let (folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    import(&mut store, "first.tsv", 0..8_000);
    save(&mut store, &[9_001, 9_002]);
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    // A page of the middle that holds units; the header says how long pages are.
    let page = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let leaf = bytes.windows(30).position(|window| window.starts_with("제4000조는".as_bytes())).unwrap() / page * page;
    bytes[leaf..leaf + page].fill(0xA5);
    std::fs::write(&path, &bytes).unwrap();
    let store = Store::open_read_only(&path).unwrap();
    let diagnosis = store.examine().unwrap();
    assert!(!diagnosis.file.is_empty());
    drop(store);
    assert!(matches!(Store::open(&path).unwrap().mend(&diagnosis), Err(Error::Damaged { .. })));
    let new = folder.path().join("saved.jjak");
    let rescued = rescue(&path, &new).unwrap();
    assert!(rescued.lost > 0);
    let saved = Store::open(&new).unwrap();
    let left = texts(&saved).len();
    assert!((7_700..8_002).contains(&left), "{left} units left");
    for number in [1, 7_999, 9_002] {
        assert!(found(&saved, number), "{number}; {rescued:?}");
    }
    assert_eq!(saved.examine().unwrap(), Diagnosis::default());
    assert!(rescue(&path, &new).is_err());
}
