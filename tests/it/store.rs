//! The memory on disk: migrations, pairs, kills, and files that are not what they should be.

use crate::lines::document;
use jjak::align::Bead;
use jjak::document::Document;
use jjak::memory::{Query, Status, TranslationUnit};
use jjak::store::{Answer, Asked, Error, Form, MIGRATIONS, Store, Term};
use jjak::text::Language;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.jjak");
    (folder, path)
}

fn korean(lines: &[&str]) -> Document {
    document("brief.ko.txt", Language::Korean, lines)
}

fn english(lines: &[&str]) -> Document {
    document("brief.en.txt", Language::English, lines)
}

fn beads(links: &[(&[usize], &[usize])]) -> Vec<Bead> {
    links
        .iter()
        .map(|(source, target)| Bead { source: source.to_vec(), target: target.to_vec(), score: 0.5, evidence: Vec::new() })
        .collect()
}

fn links(store: &Store, pair: i64) -> Vec<(Vec<usize>, Vec<usize>, Status)> {
    store.beads(pair).unwrap().into_iter().map(|bead| (bead.source, bead.target, bead.status)).collect()
}

fn targets(store: &Store) -> Vec<String> {
    let mut targets = Vec::new();
    store
        .each_unit::<Error>(|unit| {
            targets.push(unit.unit.target);
            Ok(())
        })
        .unwrap();
    targets
}

fn find(store: &Store, text: &str) -> Result<Vec<Answer>, Error> {
    store.look_up()?.find(&mut Query::new(text, None), &Asked::default())
}

#[test]
fn saving_a_pair_twice_changes_nothing() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let (source, target) = (korean(&["조약을 맺었다.", "병력을 보냈다."]), english(&["They signed a treaty.", "They sent troops."]));
    let beads = beads(&[(&[0], &[0]), (&[1], &[1])]);
    let first = store.save_pair(&source, &target, &beads).unwrap();
    assert!(first.changed && first.added == 2);
    let before = store.statistics().unwrap();
    let second = store.save_pair(&source, &target, &beads).unwrap();
    assert!(!second.changed && second.pair == first.pair);
    assert_eq!(store.statistics().unwrap().actions, before.actions);
}

#[test]
fn a_changed_version_keeps_what_was_confirmed_and_drops_what_no_longer_holds() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let source = korean(&["조약을 맺었다.", "병력을 보냈다.", "회담이 열렸다."]);
    let target = english(&["They signed a treaty.", "They sent troops.", "Talks were held."]);
    let first = store.save_pair(&source, &target, &beads(&[(&[0], &[1]), (&[1], &[0]), (&[2], &[2])])).unwrap();
    let wrong = store.beads(first.pair).unwrap();
    let confirmed = wrong.iter().find(|bead| bead.source == [1]).unwrap();
    store.judge_bead(confirmed.id, Status::Confirmed).unwrap();

    let source = korean(&["새 문장이다.", "조약을 맺었다.", "병력을 보냈다.", "회담이 열렸다."]);
    let target = english(&["They signed a treaty.", "They sent troops.", "Talks took place."]);
    let second = store.save_pair(&source, &target, &beads(&[(&[0], &[]), (&[1], &[0]), (&[2], &[1]), (&[3], &[2])])).unwrap();
    assert_eq!(second.kept, 1);
    assert_eq!(
        links(&store, second.pair),
        [
            (vec![0], vec![], Status::Proposed),
            (vec![1], vec![], Status::Proposed),
            (vec![2], vec![0], Status::Confirmed),
            (vec![], vec![1], Status::Proposed),
            (vec![3], vec![2], Status::Proposed),
        ]
        .into_iter()
        .collect::<Vec<_>>()
    );
    assert_eq!(targets(&store), ["They signed a treaty.", "Talks took place."]);
}

#[test]
fn a_rejected_link_stays_rejected() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let (source, target) = (korean(&["조약을 맺었다."]), english(&["They sent troops."]));
    let first = store.save_pair(&source, &target, &beads(&[(&[0], &[0])])).unwrap();
    store.judge_bead(store.beads(first.pair).unwrap()[0].id, Status::Rejected).unwrap();
    let target = english(&["They sent troops.", "More."]);
    let second = store.save_pair(&source, &target, &beads(&[(&[0], &[0]), (&[], &[1])])).unwrap();
    assert_eq!(links(&store, second.pair)[0].2, Status::Rejected);
    assert!(find(&store, "조약을 맺었다.").unwrap().is_empty());
}

#[test]
fn terms_come_back_as_they_went_in_and_do_not_double() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let form = |text: &str, status: &str| Form { text: text.into(), status: status.into() };
    let target = vec![form("DPRK-Russia", "preferred"), form("North Korea-Russia", "forbidden")];
    let term = Term { id: 0, source: vec![form("북러", "preferred")], target, note: "order as in Korean".into(), origin: String::new() };
    assert_eq!(store.add_terms(&[term.clone(), term.clone()], "house.tsv").unwrap(), 1);
    assert_eq!(store.add_terms(std::slice::from_ref(&term), "house.tsv").unwrap(), 0);
    assert_eq!(store.terms().unwrap(), [Term { id: 1, origin: "house.tsv".into(), ..term }]);
}

#[test]
fn every_old_schema_is_brought_up_to_date_with_its_units() {
    for age in 1..=MIGRATIONS.len() {
        let (_folder, path) = folder();
        let connection = Connection::open(&path).unwrap();
        for (_, sql) in &MIGRATIONS[..age] {
            connection.execute_batch(sql).unwrap();
        }
        connection.pragma_update(None, "user_version", age as i64).unwrap();
        connection.pragma_update(None, "application_id", jjak::store::APPLICATION).unwrap();
        connection
            .execute_batch(
                "INSERT INTO actions (at, kind, name) VALUES (1, 'import', 'old.tsv'); \
                 INSERT INTO units (source, target, source_language, target_language, status, origin) VALUES ('조약', 'treaty', 0, 1, 0, 1);",
            )
            .unwrap();
        drop(connection);
        let store = Store::open_read_only(&path).unwrap();
        assert_eq!(targets(&store), ["treaty"]);
        let answers = find(&store, "조약").unwrap();
        assert_eq!(answers[0].hit.score, 1.0, "schema {age}");
    }
}

#[test]
fn files_that_are_no_memory_are_named_as_what_they_are() {
    let (_folder, path) = folder();
    assert!(matches!(Store::open_read_only(&path), Err(Error::Missing { .. })));

    std::fs::write(&path, "북러 조약\n".repeat(200)).unwrap();
    assert!(matches!(Store::open(&path), Err(Error::Foreign { .. })));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "북러 조약\n".repeat(200));

    std::fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    assert!(matches!(Store::open(&path), Err(Error::Foreign { .. })));

    std::fs::remove_file(&path).unwrap();
    drop(Store::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 999).unwrap();
    assert!(matches!(Store::open(&path), Err(Error::Newer { found: 999, .. })));
}

fn filled(path: &Path, count: usize) {
    let mut store = Store::open(path).unwrap();
    let mut import = store.import("filled").unwrap();
    for number in 0..count {
        import.add(TranslationUnit::new(format!("제{number}조는 평화를 말한다."), format!("Article {number} speaks of peace."))).unwrap();
    }
    import.finish().unwrap();
}

#[test]
fn a_truncated_or_overwritten_file_is_called_damaged() {
    let (_folder, path) = folder();
    filled(&path, 5_000);
    let whole = std::fs::read(&path).unwrap();

    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(Store::open_read_only(&path), Err(Error::Damaged { .. })));

    let mut broken = whole.clone();
    broken[4096..].fill(0xA5);
    std::fs::write(&path, broken).unwrap();
    let answer = Store::open_read_only(&path).and_then(|store| find(&store, "제7조"));
    assert!(matches!(answer, Err(Error::Damaged { .. })), "{answer:?}");
}
