//! Units that a memory is better without: found in one pass, removed only on request, kept in the history.

use crate::memory::Status;
use crate::memory::key::{folded, mix};
use crate::store::unit::{self, Languages};
use crate::store::{Result, Store, action};
use crate::text::{is_hangul, is_hanja};
use rusqlite::{Connection, TransactionBehavior};
use serde::Serialize;
use std::cmp::Reverse;

/// What can be wrong with a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// Another unit has the same texts, but for white space and composition.
    Duplicate,
    /// One side has no letter and no digit, the other has.
    Empty,
    /// A side holds what no text has: control characters, or the sign for a character that was lost in conversion.
    Broken,
    /// Another, newer unit translates the same text otherwise.
    Conflict,
    /// Both sides are the same.
    Untranslated,
    /// The Korean side has no Korean and the other side has.
    Swapped,
}

impl Fault {
    /// Every fault, in the order in which they are told.
    pub const ALL: [Fault; 6] = [Fault::Duplicate, Fault::Empty, Fault::Broken, Fault::Conflict, Fault::Untranslated, Fault::Swapped];

    /// Those that no memory needs: what is removed unless the user names others.
    pub const CERTAIN: [Fault; 3] = [Fault::Duplicate, Fault::Empty, Fault::Broken];

    /// The name used in JSON and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Duplicate => "duplicate",
            Fault::Empty => "empty",
            Fault::Broken => "broken",
            Fault::Conflict => "conflict",
            Fault::Untranslated => "untranslated",
            Fault::Swapped => "swapped",
        }
    }

    /// A line on it, for the help.
    pub fn about(self) -> &'static str {
        match self {
            Fault::Duplicate => "Another unit has the same texts",
            Fault::Empty => "One side says nothing",
            Fault::Broken => "Characters that were lost in conversion",
            Fault::Conflict => "A newer unit translates the same text otherwise",
            Fault::Untranslated => "Both sides are the same",
            Fault::Swapped => "The Korean is on the English side",
        }
    }
}

/// A unit with a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Faulty {
    /// The unit's number.
    pub unit: i64,
    /// What is wrong with it.
    pub fault: Fault,
    /// The unit that is better, of duplicates and conflicts.
    pub better: Option<i64>,
}

impl Store {
    /// Every unit with a fault: by fault, then by number. A unit has one fault, the first that fits.
    pub fn faulty(&self) -> Result<Vec<Faulty>> {
        self.named(find(&self.connection))
    }

    /// Removes the units that have one of these faults, in one transaction. Gives what was removed.
    pub fn clean(&mut self, faults: &[Fault]) -> Result<Vec<Faulty>> {
        let result = self.write_cleaning(faults);
        self.named(result)
    }

    fn write_cleaning(&mut self, faults: &[Fault]) -> Result<Vec<Faulty>> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut faulty = find(&transaction)?;
        faulty.retain(|faulty| faults.contains(&faulty.fault));
        if faulty.is_empty() {
            return Ok(faulty);
        }
        let names: Vec<&str> = faults.iter().map(|fault| fault.name()).collect();
        let action = action::begin(&transaction, "clean", &names.join(", "))?;
        for faulty in &faulty {
            unit::remove(&transaction, faulty.unit, action)?;
        }
        transaction.commit()?;
        Ok(faulty)
    }
}

/// What is compared of a unit: fingerprints of its texts with their languages, then what makes it the better one.
type Compared = (u64, u64, Status, Reverse<Option<i64>>, i64);

fn find(connection: &Connection) -> Result<Vec<Faulty>> {
    let languages = Languages::load(connection)?;
    let mut statement = connection.prepare(
        "SELECT id, source, target, source_language, target_language, status, coalesce(changed, created) FROM units \
         WHERE status <> 2",
    )?;
    let mut rows = statement.query([])?;
    let (mut faulty, mut compared): (Vec<Faulty>, Vec<Compared>) = Default::default();
    while let Some(row) = rows.next()? {
        let (source, target) = (row.get_ref(1)?.as_str().unwrap_or(""), row.get_ref(2)?.as_str().unwrap_or(""));
        let tags = [languages.tag(row.get(3)?), languages.tag(row.get(4)?)];
        let unit = row.get(0)?;
        let found = fault_alone(source, target, [&tags[0], &tags[1]]);
        faulty.extend(found.map(|fault| Faulty { unit, fault, better: None }));
        if found.is_none_or(|fault| !Fault::CERTAIN.contains(&fault)) {
            let (source, target) = (digest(source, &tags[0]), digest(target, &tags[1]));
            compared.push((source, target, unit::status(row.get(5)?), Reverse(row.get(6)?), unit));
        }
    }
    faulty.extend(against_others(compared));
    faulty.sort_by_key(|faulty| (faulty.unit, faulty.fault));
    faulty.dedup_by_key(|faulty| faulty.unit);
    faulty.sort_by_key(|faulty| (faulty.fault, faulty.unit));
    Ok(faulty)
}

fn digest(text: &str, tag: &str) -> u64 {
    let words: Vec<&str> = text.split_whitespace().collect();
    let language = tag.split('-').next().unwrap_or("");
    mix(folded(&words.join(" ")).as_bytes()).wrapping_add(mix(language.as_bytes()))
}

/// Faults that a unit shows by itself.
fn fault_alone(source: &str, target: &str, tags: [&str; 2]) -> Option<Fault> {
    let says = |text: &str| text.chars().any(char::is_alphanumeric);
    let is_broken =
        |text: &str| text.contains('\u{FFFD}') || text.chars().any(|character| character.is_control() && !character.is_whitespace());
    let is_korean = |text: &str| text.chars().any(|character| is_hangul(character) || is_hanja(character));
    match () {
        () if says(source) != says(target) => Some(Fault::Empty),
        () if is_broken(source) || is_broken(target) => Some(Fault::Broken),
        () if tags[0].starts_with("ko") && tags[1].starts_with("en") && !is_korean(source) && is_korean(target) => Some(Fault::Swapped),
        () if source.trim() == target.trim() && says(source) => Some(Fault::Untranslated),
        () => None,
    }
}

/// Faults that show beside other units: of those alike the confirmed, then the newest stays.
fn against_others(mut compared: Vec<Compared>) -> Vec<Faulty> {
    compared.sort_unstable();
    let mut faulty = Vec::new();
    for of_one_source in compared.chunk_by(|left, right| left.0 == right.0) {
        let mut distinct: Vec<&Compared> = Vec::new();
        for alike in of_one_source.chunk_by(|left, right| left.1 == right.1) {
            distinct.push(&alike[0]);
            let others = alike[1..].iter();
            faulty.extend(others.map(|other| Faulty { unit: other.4, fault: Fault::Duplicate, better: Some(alike[0].4) }));
        }
        let Some(newest) = distinct.iter().min_by_key(|unit| (unit.2, unit.3, Reverse(unit.4))).map(|unit| unit.4) else { continue };
        let others = distinct.into_iter().filter(|unit| unit.4 != newest);
        faulty.extend(others.map(|other| Faulty { unit: other.4, fault: Fault::Conflict, better: Some(newest) }));
    }
    faulty
}
