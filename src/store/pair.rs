//! Saved pairs: two documents, their segments and beads. A changed version keeps what a person has confirmed.

use crate::align::Bead;
use crate::align::translation::Link;
use crate::document::Document;
use crate::memory::key::{fingerprint, mix};
use crate::memory::{Status, TranslationUnit};
use crate::store::unit::{self, Languages};
use crate::store::{Error, Result, Store, action, index};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use std::collections::{BTreeMap, BTreeSet};

/// What saving a pair did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The pair's number.
    pub pair: i64,
    /// Whether anything was written: saving the same pair twice changes nothing.
    pub changed: bool,
    /// Confirmed beads of an earlier version that hold in this one.
    pub kept: usize,
    /// Units that are new in the memory.
    pub added: usize,
}

/// A bead as it lies in the memory.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredBead {
    /// Its number in the memory.
    pub id: i64,
    /// Source segments, indices from 0, ascending.
    pub source: Vec<usize>,
    /// Target segments.
    pub target: Vec<usize>,
    /// The aligner's probability.
    pub score: f64,
    /// Whether somebody has looked at it.
    pub status: Status,
    /// The unit made of it.
    pub unit: Option<i64>,
}

impl StoredBead {
    /// A bead of the aligner, or one that a person has pinned.
    fn new(bead: &Bead, pinned: &[Link]) -> StoredBead {
        let is_pinned = pinned.iter().any(|link| link.source == bead.source && link.target == bead.target);
        let status = if is_pinned { Status::Confirmed } else { Status::Proposed };
        StoredBead { id: 0, source: bead.source.clone(), target: bead.target.clone(), score: bead.score, status, unit: None }
    }

    fn links_the_same(&self, other: &StoredBead) -> bool {
        self.source == other.source && self.target == other.target
    }

    /// Whether both speak of some segment: a pin of one side alone contests every other bead of its segment too.
    fn contests(&self, other: &StoredBead) -> bool {
        self.source.iter().any(|segment| other.source.contains(segment)) || self.target.iter().any(|segment| other.target.contains(segment))
    }

    fn makes_a_unit(&self) -> bool {
        self.status != Status::Rejected && !self.source.is_empty() && !self.target.is_empty()
    }
}

impl Store {
    /// Saves an aligned pair in one transaction. The same pair again changes nothing; a changed version of either document
    /// replaces the earlier one, keeps every bead a person has confirmed whose sentences still stand, and takes the units
    /// that only the aligner had proposed out of the memory where they no longer hold.
    pub fn save_pair(&mut self, source: &Document, target: &Document, beads: &[Bead]) -> Result<Saved> {
        self.save_pinned_pair(source, target, beads, &[])
    }

    /// The same, where a person has made some of the beads: these are confirmed by it.
    pub fn save_pinned_pair(&mut self, source: &Document, target: &Document, beads: &[Bead], pinned: &[Link]) -> Result<Saved> {
        let beads = beads.iter().map(|bead| StoredBead::new(bead, pinned)).collect();
        let result = self.write_pair(source, target, beads);
        self.named(result)
    }

    /// The beads that a person has confirmed for these documents, or for earlier versions of them, as far as their
    /// sentences still stand.
    pub fn confirmed_links(&self, source: &Document, target: &Document) -> Result<Vec<Link>> {
        let earlier = self.named(Earlier::find(&self.connection, source, target))?;
        let carried = carried(&earlier, source, target).into_iter().filter(|bead| bead.status == Status::Confirmed);
        Ok(carried.map(|bead| Link { source: bead.source, target: bead.target }).collect())
    }

    fn write_pair(&mut self, source: &Document, target: &Document, proposed: Vec<StoredBead>) -> Result<Saved> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let earlier = Earlier::find(&transaction, source, target)?;
        let (merged, kept) = merge(&earlier, proposed, source, target);
        if let Some(pair) = earlier.pair.filter(|_| earlier.says_the_same(&merged)) {
            return Ok(Saved { pair, changed: false, kept, added: 0 });
        }
        let mut writing = Writing::begin(&transaction, source, target)?;
        let (pair, added) = writing.write(&earlier, &merged)?;
        transaction.commit()?;
        self.tidy()?;
        Ok(Saved { pair, changed: true, kept, added })
    }

    /// The beads of a saved pair, in order.
    pub fn beads(&self, pair: i64) -> Result<Vec<StoredBead>> {
        self.named(read_beads(&self.connection, pair))
    }

    /// Says what a person thinks of a bead, and of the unit made of it.
    pub fn judge_bead(&mut self, bead: i64, status: Status) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let action = action::begin(&transaction, "judge", &format!("bead {bead} {}", status.name()))?;
        let note = "INSERT INTO changes (action, what, id, before)";
        transaction.execute(
            &format!("{note} SELECT ?1, 'unit', units.id, units.status FROM units JOIN beads ON beads.unit = units.id WHERE beads.id = ?2"),
            (action, bead),
        )?;
        transaction.execute(&format!("{note} SELECT ?1, 'bead', id, status FROM beads WHERE id = ?2"), (action, bead))?;
        let changed = transaction.execute("UPDATE beads SET status = ? WHERE id = ?", (status as i64, bead))?;
        if changed == 0 {
            return Err(Error::NotFound(format!("bead {bead}: expected the number of a bead in the memory, found none of that number")));
        }
        transaction.execute("UPDATE units SET status = ? WHERE id = (SELECT unit FROM beads WHERE id = ?)", (status as i64, bead))?;
        transaction.commit()?;
        Ok(())
    }
}

/// The version of a pair that is being replaced, or nothing.
#[derive(Default)]
struct Earlier {
    pair: Option<i64>,
    /// Whether both its documents are the very same.
    same_documents: bool,
    source: Vec<String>,
    target: Vec<String>,
    beads: Vec<StoredBead>,
}

impl Earlier {
    fn find(connection: &Connection, source: &Document, target: &Document) -> Result<Earlier> {
        let documents = (document_id(connection, source)?, document_id(connection, target)?);
        if let (Some(source_id), Some(target_id)) = documents {
            let sql = "SELECT id FROM pairs WHERE source = ? AND target = ? AND replaced_by IS NULL";
            if let Some(pair) = connection.prepare_cached(sql)?.query_row((source_id, target_id), |row| row.get(0)).optional()? {
                return Earlier::load(connection, pair, true);
            }
        }
        let sql = "SELECT pairs.id FROM pairs JOIN documents AS s ON s.id = source JOIN documents AS t ON t.id = target \
                   WHERE s.path = ? AND t.path = ? AND replaced_by IS NULL ORDER BY pairs.id DESC";
        match connection.prepare_cached(sql)?.query_row((&source.path, &target.path), |row| row.get(0)).optional()? {
            Some(pair) => Earlier::load(connection, pair, false),
            None => Ok(Earlier::default()),
        }
    }

    fn load(connection: &Connection, pair: i64, same_documents: bool) -> Result<Earlier> {
        let (source, target) =
            connection.query_row("SELECT source, target FROM pairs WHERE id = ?", [pair], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Earlier {
            pair: Some(pair),
            same_documents,
            source: segment_texts(connection, source)?,
            target: segment_texts(connection, target)?,
            beads: read_beads(connection, pair)?,
        })
    }

    fn says_the_same(&self, beads: &[StoredBead]) -> bool {
        let alike = |(old, new): (&StoredBead, &StoredBead)| old.links_the_same(new) && old.status == new.status && old.score == new.score;
        self.same_documents && self.beads.len() == beads.len() && self.beads.iter().zip(beads).all(alike)
    }
}

/// The document with this very text, under whatever name.
fn document_id(connection: &Connection, document: &Document) -> Result<Option<i64>> {
    let sql = "SELECT id FROM documents WHERE digest = ? AND text = ? ORDER BY path = ? DESC, id";
    let digest = mix(document.text.as_bytes()) as i64;
    Ok(connection.prepare_cached(sql)?.query_row((digest, &document.text, &document.path), |row| row.get(0)).optional()?)
}

fn segment_texts(connection: &Connection, document: i64) -> Result<Vec<String>> {
    let text: String = connection.query_row("SELECT text FROM documents WHERE id = ?", [document], |row| row.get(0))?;
    let mut statement = connection.prepare_cached("SELECT first, last FROM segments WHERE document = ? ORDER BY number")?;
    let spans = statement.query_map([document], |row| Ok((row.get::<_, i64>(0)? as usize, row.get::<_, i64>(1)? as usize)))?;
    spans.map(|span| span.map(|(first, last)| text.get(first..last).unwrap_or("").to_string()).map_err(Into::into)).collect()
}

fn read_beads(connection: &Connection, pair: i64) -> Result<Vec<StoredBead>> {
    let mut statement = connection.prepare_cached("SELECT id, score, status, unit FROM beads WHERE pair = ? ORDER BY number")?;
    let beads = statement.query_map([pair], |row| {
        let status = unit::status(row.get(2)?);
        Ok(StoredBead { id: row.get(0)?, source: Vec::new(), target: Vec::new(), score: row.get(1)?, status, unit: row.get(3)? })
    })?;
    let mut beads: Vec<StoredBead> = beads.collect::<Result<_, _>>()?;
    let mut statement = connection.prepare_cached("SELECT side, segment FROM bead_segments WHERE bead = ? ORDER BY side, segment")?;
    for bead in &mut beads {
        let mut rows = statement.query([bead.id])?;
        while let Some(row) = rows.next()? {
            let side = if row.get::<_, i64>(0)? == 0 { &mut bead.source } else { &mut bead.target };
            side.push(row.get::<_, i64>(1)? as usize);
        }
    }
    Ok(beads)
}

/// The beads of an earlier version that a person has judged and whose segments still stand, by their places in this one.
fn carried(earlier: &Earlier, source: &Document, target: &Document) -> Vec<StoredBead> {
    let places = (Places::new(&earlier.source, source), Places::new(&earlier.target, target));
    let judged = earlier.beads.iter().filter(|bead| bead.status != Status::Proposed);
    let carried = judged.filter_map(|bead| {
        let (source, target) = (places.0.carry(&bead.source)?, places.1.carry(&bead.target)?);
        Some(StoredBead { source, target, ..bead.clone() })
    });
    carried.collect()
}

/// The new version's beads: those that are pinned now, those a person judged before and whose segments still stand, then
/// what is proposed for the rest. Also how many that were confirmed before were kept.
fn merge(earlier: &Earlier, beads: Vec<StoredBead>, source: &Document, target: &Document) -> (Vec<StoredBead>, usize) {
    let (pinned, proposed): (Vec<_>, Vec<_>) = beads.into_iter().partition(|bead| bead.status == Status::Confirmed);
    let (mut confirmed, rejected): (Vec<_>, Vec<_>) =
        carried(earlier, source, target).into_iter().partition(|bead| bead.status == Status::Confirmed);
    confirmed.retain(|bead| pinned.iter().all(|pinned| !pinned.contests(bead)));
    let kept = confirmed.len();
    confirmed.extend(pinned);
    let mut merged = without_claimed(proposed, &confirmed);
    for bead in &mut merged {
        if rejected.iter().any(|rejected| rejected.links_the_same(bead)) {
            bead.status = Status::Rejected;
        }
    }
    let is_lost = |rejected: &StoredBead| merged.iter().chain(&confirmed).all(|bead| !bead.links_the_same(rejected));
    let lost: Vec<StoredBead> = rejected.into_iter().filter(is_lost).collect();
    merged.extend(confirmed);
    merged.extend(lost);
    merged.sort_by(|left, right| (&left.target, &left.source).cmp(&(&right.target, &right.source)));
    (merged, kept)
}

/// Takes out of proposed beads the segments that confirmed ones hold. In a summary a source segment may serve several
/// targets, so there only targets are taken.
fn without_claimed(proposed: Vec<StoredBead>, confirmed: &[StoredBead]) -> Vec<StoredBead> {
    let mut seen = BTreeSet::new();
    let is_summary = proposed.iter().flat_map(|bead| &bead.source).any(|segment| !seen.insert(*segment));
    let sources: BTreeSet<usize> = confirmed.iter().flat_map(|bead| bead.source.clone()).collect();
    let targets: BTreeSet<usize> = confirmed.iter().flat_map(|bead| bead.target.clone()).collect();
    let trimmed = proposed.into_iter().map(|mut bead| {
        bead.target.retain(|segment| !targets.contains(segment));
        let claimed_alone = bead.target.is_empty() || !is_summary;
        bead.source.retain(|segment| !claimed_alone || !sources.contains(segment));
        bead
    });
    trimmed.filter(|bead| !bead.source.is_empty() || !bead.target.is_empty()).collect()
}

/// Where the segments of an earlier version stand in a later one: the same text, of several the one of the same rank.
struct Places {
    places: Vec<Option<usize>>,
}

impl Places {
    fn new(earlier: &[String], later: &Document) -> Places {
        let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for index in 0..later.segments.len() {
            by_text.entry(later.segment_text(index)).or_default().push(index);
        }
        let mut rank: BTreeMap<&str, usize> = BTreeMap::new();
        let places = earlier.iter().map(|text| {
            let rank = rank.entry(text).or_default();
            *rank += 1;
            by_text.get(text.as_str()).and_then(|places| places.get(*rank - 1)).copied()
        });
        Places { places: places.collect() }
    }

    fn carry(&self, segments: &[usize]) -> Option<Vec<usize>> {
        let mut carried: Vec<usize> = segments.iter().map(|&segment| self.places.get(segment).copied().flatten()).collect::<Option<_>>()?;
        carried.sort_unstable();
        Some(carried)
    }
}

/// A pair being written.
struct Writing<'a> {
    transaction: &'a Transaction<'a>,
    source: &'a Document,
    target: &'a Document,
    action: i64,
    languages: Languages,
}

impl<'a> Writing<'a> {
    fn begin(transaction: &'a Transaction<'a>, source: &'a Document, target: &'a Document) -> Result<Writing<'a>> {
        let action = action::begin(transaction, "save", &format!("{} = {}", source.path, target.path))?;
        Ok(Writing { transaction, source, target, action, languages: Languages::load(transaction)? })
    }

    fn write(&mut self, earlier: &Earlier, beads: &[StoredBead]) -> Result<(i64, usize)> {
        let (source, target) = (self.document(self.source)?, self.document(self.target)?);
        if let Some(earlier) = earlier.pair {
            self.transaction.execute("UPDATE pairs SET replaced_by = ? WHERE id = ?", (self.action, earlier))?;
        }
        let sql = "INSERT INTO pairs (source, target, saved_by) VALUES (?, ?, ?)";
        let pair = self.transaction.prepare_cached(sql)?.insert((source, target, self.action))?;
        let mut known = known_units(earlier);
        let mut added = 0;
        let mut used = BTreeSet::new();
        for (number, bead) in beads.iter().enumerate() {
            let unit = if bead.makes_a_unit() { Some(self.unit(bead, &mut known, &mut added)?) } else { None };
            used.extend(unit);
            self.bead(pair, number, bead, unit)?;
        }
        self.remove_unused(earlier, &used)?;
        Ok((pair, added))
    }

    fn document(&self, document: &Document) -> Result<i64> {
        if let Some(id) = document_id(self.transaction, document)? {
            let same_cut: i64 = self.transaction.query_row("SELECT count(*) FROM segments WHERE document = ?", [id], |row| row.get(0))?;
            if same_cut as usize == document.segments.len() && self.same_segments(id, document)? {
                return Ok(id);
            }
        }
        let sql = "INSERT INTO documents (path, language, digest, text) VALUES (?, ?, ?, ?)";
        let digest = mix(document.text.as_bytes()) as i64;
        let id = self.transaction.prepare_cached(sql)?.insert((&document.path, document.language.code(), digest, &document.text))?;
        let sql = "INSERT INTO segments (document, number, kind, first, last) VALUES (?, ?, ?, ?, ?)";
        let mut statement = self.transaction.prepare_cached(sql)?;
        for (number, segment) in document.segments.iter().enumerate() {
            let (first, last) = (segment.span.start as i64, segment.span.end as i64);
            statement.execute((id, number as i64, segment.kind.name(), first, last))?;
        }
        Ok(id)
    }

    fn same_segments(&self, id: i64, document: &Document) -> Result<bool> {
        let mut statement = self.transaction.prepare_cached("SELECT first, last FROM segments WHERE document = ? ORDER BY number")?;
        let spans = statement.query_map([id], |row| Ok((row.get::<_, i64>(0)? as usize, row.get::<_, i64>(1)? as usize)))?;
        let spans: Vec<(usize, usize)> = spans.collect::<Result<_, _>>()?;
        Ok(spans.into_iter().eq(document.segments.iter().map(|segment| (segment.span.start, segment.span.end))))
    }

    fn bead(&self, pair: i64, number: usize, bead: &StoredBead, unit: Option<i64>) -> Result<()> {
        let sql = "INSERT INTO beads (pair, number, score, status, unit) VALUES (?, ?, ?, ?, ?)";
        let id = self.transaction.prepare_cached(sql)?.insert((pair, number as i64, bead.score, bead.status as i64, unit))?;
        let mut statement = self.transaction.prepare_cached("INSERT INTO bead_segments (bead, side, segment) VALUES (?, ?, ?)")?;
        for (side, segments) in [&bead.source, &bead.target].into_iter().enumerate() {
            for &segment in segments {
                statement.execute((id, side as i64, segment as i64))?;
            }
        }
        Ok(())
    }

    /// The unit of a bead: the one that an earlier version or another document made of the same texts, or a new one.
    fn unit(&mut self, bead: &StoredBead, known: &mut BTreeMap<(String, String), i64>, added: &mut usize) -> Result<i64> {
        let texts = (joined(self.source, &bead.source), joined(self.target, &bead.target));
        let existing = match known.get(&texts) {
            Some(&unit) => Some(unit),
            None => self.with_texts(&texts)?,
        };
        let id = match existing {
            Some(id) => {
                if bead.status == Status::Confirmed {
                    self.confirm(id)?;
                }
                id
            }
            None => {
                *added += 1;
                let context = bead.source[0].checked_sub(1).map(|before| fingerprint(&segment_text(self.source, before)));
                let unit = TranslationUnit { status: bead.status, context, ..TranslationUnit::new(&texts.0, &texts.1) };
                action::count(self.transaction, self.action, 1, unit.source.len() + unit.target.len())?;
                unit::insert(self.transaction, &mut self.languages, &unit, self.action)?
            }
        };
        known.insert(texts, id);
        Ok(id)
    }

    /// Makes a unit confirmed that was only proposed.
    fn confirm(&self, unit: i64) -> Result<()> {
        let proposed = Status::Proposed as i64;
        let note = "INSERT INTO changes (action, what, id, before) SELECT ?1, 'unit', id, status FROM units WHERE id = ?2 AND status = ?3";
        self.transaction.prepare_cached(note)?.execute((self.action, unit, proposed))?;
        let update = "UPDATE units SET status = ?1 WHERE id = ?2 AND status = ?3";
        self.transaction.prepare_cached(update)?.execute((Status::Confirmed as i64, unit, proposed))?;
        Ok(())
    }

    fn with_texts(&self, texts: &(String, String)) -> Result<Option<i64>> {
        let mut statement = self.transaction.prepare_cached("SELECT 1 FROM units WHERE id = ? AND target = ?")?;
        for unit in index::units_with_source(self.transaction, &texts.0)? {
            if statement.exists((unit, &texts.1))? {
                return Ok(Some(unit));
            }
        }
        Ok(None)
    }

    /// Units that only the aligner had proposed for the earlier version and that no bead uses any more.
    fn remove_unused(&self, earlier: &Earlier, used: &BTreeSet<i64>) -> Result<()> {
        let sql = "SELECT units.status = 1 AND NOT EXISTS (SELECT 1 FROM beads JOIN pairs ON pairs.id = pair \
                   WHERE beads.unit = units.id AND replaced_by IS NULL) FROM units WHERE units.id = ?";
        let mut unused = self.transaction.prepare_cached(sql)?;
        for unit in earlier.beads.iter().filter_map(|bead| bead.unit).filter(|unit| !used.contains(unit)) {
            if unused.query_row([unit], |row| row.get(0)).optional()?.unwrap_or(false) {
                unit::remove(self.transaction, unit, self.action)?;
            }
        }
        Ok(())
    }
}

/// The units of an earlier version by their texts.
fn known_units(earlier: &Earlier) -> BTreeMap<(String, String), i64> {
    let text = |segments: &[usize], texts: &[String]| {
        let texts: Vec<String> = segments.iter().filter_map(|&segment| texts.get(segment).map(|text| one_line(text))).collect();
        texts.join(" ")
    };
    let beads = earlier.beads.iter().filter_map(|bead| Some((bead, bead.unit?)));
    beads.map(|(bead, unit)| ((text(&bead.source, &earlier.source), text(&bead.target, &earlier.target)), unit)).collect()
}

fn joined(document: &Document, segments: &[usize]) -> String {
    let texts: Vec<String> = segments.iter().map(|&segment| segment_text(document, segment)).collect();
    texts.join(" ")
}

/// A segment as a unit has it: without mark-up, on one line.
pub fn segment_text(document: &Document, segment_index: usize) -> String {
    let span = document.segments[segment_index].span;
    let text = span.of(&document.text);
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    for mark in document.markup_within(span) {
        plain.push_str(&text[at..mark.start]);
        at = mark.end;
    }
    plain.push_str(&text[at..]);
    one_line(&plain)
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
