//! The lexicon learnt from the units: made anew, added to after a pair was saved, and read for the words of a text.

use crate::learn::lesson::{Lesson, distinct};
use crate::learn::model::{Link, Model, Words};
use crate::learn::{Counterpart, Learnt, Tally};
use crate::store::{Result, Store};
use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeSet;

/// What was learnt from how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Learning {
    /// Units learnt from: confirmed ones, and proposed ones of which the aligner is sure.
    pub units: u64,
    /// Units that taught something the built-in lexicon does not know.
    pub lessons: u64,
    /// Units that wait for `jjak learn`, since they were too many to be learnt from beside a saved pair.
    pub waiting: u64,
}

/// A learnt link.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LearntLink {
    /// The Korean word.
    pub source: String,
    /// The English stem.
    pub target: String,
    /// Trust in it, 0 to 1, beside 1 for a link of the built-in lexicon.
    pub quality: f32,
    /// Units that left both words unexplained.
    pub together: u32,
    /// In how many of these they are expected to stand for each other.
    pub aligned: f32,
}

/// Most units that are learnt from, the newest.
const MOST_UNITS: i64 = 200_000;
/// So many new units are learnt from at once when a pair is saved; more wait for `jjak learn`.
const MOST_AT_ONCE: usize = 2_000;
/// A proposed bead teaches from this probability on.
const SURE: f64 = 0.9;

/// The units to learn from behind a number: Korean to English, confirmed or proposed with certainty.
const TEACHERS: &str = "SELECT units.id, units.source, units.target FROM units \
     JOIN languages AS s ON s.id = source_language JOIN languages AS t ON t.id = target_language \
     WHERE units.id > ?1 AND s.tag LIKE 'ko%' AND t.tag LIKE 'en%' AND (status = 0 OR status = 1 AND EXISTS \
     (SELECT 1 FROM beads JOIN pairs ON pairs.id = pair WHERE beads.unit = units.id AND replaced_by IS NULL AND score >= ?2)) \
     ORDER BY units.id";

impl Store {
    /// Learns anew from all units, so that those that have been removed since are forgotten.
    pub fn learn(&mut self) -> Result<Learning> {
        let result = self.learn_anew();
        self.named(result)
    }

    /// Learns from what has come since; a saved pair calls it at its end.
    pub fn learn_new(&mut self) -> Result<Learning> {
        let result = self.learn_further();
        self.named(result)
    }

    /// What is known of the Korean words given. Costs nothing where nothing has been learnt.
    pub fn learnt(&self, words: &BTreeSet<String>) -> Result<Learnt> {
        self.named(read(&self.connection, words))
    }

    /// Whether anything has been learnt.
    pub fn has_learnt(&self) -> Result<bool> {
        self.named(state(&self.connection).map(|(units, _)| units > 0))
    }

    /// The links that are trusted, the surest first.
    pub fn learnt_links(&self) -> Result<Vec<LearntLink>> {
        self.named(all_links(&self.connection))
    }

    fn learn_anew(&mut self) -> Result<Learning> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let after: i64 = transaction
            .query_row("SELECT id FROM units ORDER BY id DESC LIMIT 1 OFFSET ?", [MOST_UNITS], |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        let (lessons, last, units) = lessons(&transaction, after, usize::MAX)?;
        let model = Model::train(&lessons);
        transaction.execute_batch("DELETE FROM learnt_words; DELETE FROM learnt_links; DELETE FROM learnt_from")?;
        write(&transaction, &model)?;
        transaction.execute("INSERT INTO learnt_from (units, last_unit) VALUES (?, ?)", (model.units, last))?;
        transaction.commit()?;
        Ok(Learning { units, lessons: lessons.len() as u64, waiting: 0 })
    }

    fn learn_further(&mut self) -> Result<Learning> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (known, last) = state(&transaction)?;
        let sql = "SELECT count(*) FROM (SELECT 1 FROM units WHERE id > ? LIMIT ?)";
        let new: i64 = transaction.query_row(sql, (last, MOST_AT_ONCE as i64 + 1), |row| row.get(0))?;
        if new > MOST_AT_ONCE as i64 {
            return Ok(Learning { waiting: new as u64, ..Learning::default() });
        }
        let (lessons, newest, units) = lessons(&transaction, last, MOST_AT_ONCE)?;
        let mut model = load(&transaction, known, &lessons)?;
        lessons.iter().for_each(|lesson| model.add(lesson));
        write(&transaction, &model)?;
        transaction.execute("DELETE FROM learnt_from", [])?;
        transaction.execute("INSERT INTO learnt_from (units, last_unit) VALUES (?, ?)", (model.units, newest))?;
        transaction.commit()?;
        Ok(Learning { units, lessons: lessons.len() as u64, waiting: 0 })
    }
}

/// From how many units was learnt, and up to which.
fn state(connection: &Connection) -> Result<(u32, i64)> {
    let sql = "SELECT units, last_unit FROM learnt_from";
    let state = connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(state.unwrap_or((0, 0)))
}

/// What the units behind a number teach, the number of the last, and how many they are.
fn lessons(connection: &Connection, after: i64, most: usize) -> Result<(Vec<Lesson>, i64, u64)> {
    let mut statement = connection.prepare_cached(TEACHERS)?;
    let mut rows = statement.query((after, SURE))?;
    let mut texts: Vec<(String, String)> = Vec::new();
    let (mut lessons, mut units) = (Vec::new(), 0);
    let teach = |texts: &mut Vec<(String, String)>, lessons: &mut Vec<Lesson>| {
        let taught: Vec<Lesson> = texts.par_iter().map(|(source, target)| Lesson::of(source, target)).collect();
        lessons.extend(taught.into_iter().filter(|lesson| !lesson.is_empty()));
        texts.clear();
    };
    while let Some(row) = rows.next()? {
        texts.push((row.get(1)?, row.get(2)?));
        units += 1;
        if texts.len() >= BATCH {
            teach(&mut texts, &mut lessons);
        }
        if units >= most as u64 {
            break;
        }
    }
    teach(&mut texts, &mut lessons);
    let last = connection.query_row("SELECT coalesce(max(id), 0) FROM units", [], |row| row.get(0))?;
    Ok((distinct(lessons), last, units))
}

/// Texts that are read at once.
const BATCH: usize = 4_096;

/// What is known of the words of some lessons.
fn load(connection: &Connection, units: u32, lessons: &[Lesson]) -> Result<Model> {
    let mut model = Model { units, ..Model::default() };
    let source = load_words(connection, 0, lessons.iter().flat_map(|lesson| &lesson.source), &mut model.source)?;
    let target = load_words(connection, 1, lessons.iter().flat_map(|lesson| &lesson.target), &mut model.target)?;
    let mut statement = connection.prepare_cached("SELECT together, aligned FROM learnt_links WHERE source = ? AND target = ?")?;
    for lesson in lessons {
        for (one, other) in lesson.source.iter().flat_map(|one| lesson.target.iter().map(move |other| (one, other))) {
            let (Some(&(one, first)), Some(&(other, second))) = (source.get(one.as_str()), target.get(other.as_str())) else { continue };
            let link = statement.query_row((first, second), |row| Ok(Link { together: row.get(0)?, aligned: row.get(1)? })).optional()?;
            if let Some(link) = link {
                model.links.insert((one, other), link);
            }
        }
    }
    Ok(model)
}

/// The numbers, in the model and in the memory, of the words that are known already.
fn load_words<'a>(
    connection: &Connection,
    side: i64,
    of_lessons: impl Iterator<Item = &'a String>,
    words: &mut Words,
) -> Result<FxHashMap<&'a str, (u32, i64)>> {
    let mut statement = connection.prepare_cached("SELECT id, units FROM learnt_words WHERE side = ? AND word = ?")?;
    let mut known = FxHashMap::default();
    for word in of_lessons {
        if !known.contains_key(word.as_str()) {
            let found = statement.query_row((side, word), |row| Ok((row.get(0)?, row.get::<_, u32>(1)?))).optional()?;
            if let Some((id, units)) = found {
                known.insert(word.as_str(), (words.enter(word, units), id));
            }
        }
    }
    Ok(known)
}

/// Puts what a model knows in the place of what was known of these words.
fn write(connection: &Connection, model: &Model) -> Result<()> {
    let (source, target) = (write_words(connection, 0, &model.source)?, write_words(connection, 1, &model.target)?);
    let mut links: Vec<(i64, i64, Link)> =
        model.links.iter().map(|(&(one, other), &link)| (source[one as usize], target[other as usize], link)).collect();
    links.retain(|link| link.2.is_kept());
    links.sort_unstable_by_key(|link| (link.0, link.1));
    let sql = "INSERT OR REPLACE INTO learnt_links (source, target, together, aligned) VALUES (?, ?, ?, ?)";
    let mut statement = connection.prepare_cached(sql)?;
    for (source, target, link) in links {
        statement.execute((source, target, link.together, link.aligned))?;
    }
    Ok(())
}

/// The numbers of a model's words in the memory, by their numbers in the model.
fn write_words(connection: &Connection, side: i64, words: &Words) -> Result<Vec<i64>> {
    let sql = "INSERT INTO learnt_words (side, word, units) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET units = excluded.units RETURNING id";
    let mut statement = connection.prepare_cached(sql)?;
    let ids = words.all().into_iter().map(|(word, _, units)| statement.query_row((side, word, units), |row| row.get(0)));
    Ok(ids.collect::<Result<_, _>>()?)
}

/// A link as it is read: its counts, and those of its words.
const LINKS: &str = "SELECT s.word, t.word, s.units, t.units, together, aligned FROM learnt_words AS s \
     JOIN learnt_links ON learnt_links.source = s.id JOIN learnt_words AS t ON t.id = learnt_links.target \
     WHERE s.side = 0 AND together > 1";

fn link(row: &rusqlite::Row, units: u32) -> rusqlite::Result<LearntLink> {
    let tally = Tally { units, source: row.get(2)?, target: row.get(3)?, together: row.get(4)?, aligned: row.get(5)? };
    let (source, target) = (row.get(0)?, row.get(1)?);
    Ok(LearntLink { source, target, quality: tally.quality(), together: tally.together, aligned: tally.aligned })
}

fn read(connection: &Connection, words: &BTreeSet<String>) -> Result<Learnt> {
    let (units, _) = state(connection)?;
    if units == 0 {
        return Ok(Learnt::default());
    }
    let mut statement = connection.prepare_cached(&format!("{LINKS} AND s.word = ?"))?;
    let mut found = Vec::new();
    for word in words {
        for link in statement.query_map([word], |row| link(row, units))? {
            let link = link?;
            if link.quality > 0.0 {
                found.push((link.source, Counterpart { stem: link.target, quality: link.quality }));
            }
        }
    }
    Ok(Learnt::new(found))
}

fn all_links(connection: &Connection) -> Result<Vec<LearntLink>> {
    let (units, _) = state(connection)?;
    let mut statement = connection.prepare_cached(LINKS)?;
    let links: Vec<LearntLink> = statement.query_map([], |row| link(row, units))?.collect::<Result<_, _>>()?;
    let mut links: Vec<LearntLink> = links.into_iter().filter(|link| link.quality > 0.0).collect();
    links.sort_by(|a, b| b.quality.total_cmp(&a.quality).then_with(|| (&a.source, &a.target).cmp(&(&b.source, &b.target))));
    Ok(links)
}
