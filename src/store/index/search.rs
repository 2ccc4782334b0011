//! A look-up over all parts of the index and the newest units.

use super::concordance;
use super::hashes::Hashes;
use super::lists::Lists;
use super::nearest::{self, Effort};
use super::tail::Tail;
use super::{Entry, Part, Shelf, Shelves, covered};
use crate::memory::answer::Best;
use crate::memory::counter::Counter;
use crate::memory::imprint::Press;
use crate::memory::key::Key;
use crate::memory::{Class, Hit, Needle, Query};
use crate::store::Result;
use crate::store::filter::{Allowed, Facts};
use crate::store::look_up::{Asked, Needles};
use rusqlite::{Connection, Statement};
use std::ops::ControlFlow;

/// Texts that differ from the query in numbers alone and are compared: of "제1조" a memory may have thousands.
const MOST_ALIKE: usize = 500;

/// Looks up, again and again, with its statements prepared and what it has read at hand.
pub(in crate::store) struct Searcher<'a> {
    connection: &'a Connection,
    begin: Statement<'a>,
    end: Statement<'a>,
    version: Statement<'a>,
    texts: Texts<'a>,
    lists: Lists<'a>,
    hashes: Hashes<'a>,
    tail: Tail<'a>,
    shelves: Shelves,
    parts: Vec<Part>,
    seen: Option<i64>,
    counter: Counter,
    press: Press,
}

impl<'a> Searcher<'a> {
    pub(in crate::store) fn new(connection: &'a Connection) -> Result<Searcher<'a>> {
        Ok(Searcher {
            connection,
            begin: connection.prepare("BEGIN")?,
            end: connection.prepare("COMMIT")?,
            version: connection.prepare("PRAGMA data_version")?,
            texts: Texts::new(connection)?,
            lists: Lists::new(connection)?,
            hashes: Hashes::new(connection)?,
            tail: Tail::new(connection)?,
            shelves: Shelves::load(connection)?,
            parts: Vec::new(),
            seen: None,
            counter: Counter::default(),
            press: Press::default(),
        })
    }

    /// The best hits, best first, all from one state of the memory whatever is written meanwhile.
    pub(in crate::store) fn find(&mut self, query: &mut Query, asked: &Asked, needles: &Needles, allowed: &Allowed) -> Result<Vec<Hit>> {
        if allowed.is_nothing() {
            return Ok(Vec::new());
        }
        self.begin.execute([])?;
        let hits = self.refresh().and_then(|()| self.find_now(query, asked, needles, allowed));
        self.end.execute([])?;
        hits
    }

    /// Takes note of what has been written since the last look-up.
    fn refresh(&mut self) -> Result<()> {
        let version = self.version.query_row([], |row| row.get(0))?;
        if self.seen != Some(version) {
            self.shelves = Shelves::load(self.connection)?;
            self.parts = Part::load_all(self.connection)?;
            self.lists.forget();
            self.hashes.forget();
            self.tail.starts_after(covered(self.connection)?);
            self.tail.refresh(&self.shelves)?;
            self.seen = Some(version);
        }
        Ok(())
    }

    fn find_now(&mut self, query: &mut Query, asked: &Asked, needles: &Needles, allowed: &Allowed) -> Result<Vec<Hit>> {
        let mut best = Best::new(asked.limit, asked.least);
        if asked.whole {
            let shelf = if query.is_korean() { Shelf::Korean } else { Shelf::Other };
            self.compare_tail(query, shelf, &mut best, allowed)?;
            for part in 0..self.parts.len() {
                self.exact(query, shelf, part, &mut best, allowed)?;
            }
            // Where every place is taken by the very same sentence, no other comes nearer.
            let is_settled = best.is_full() && best.hits().last().is_some_and(|hit| hit.class.is_exact());
            for part in (0..self.parts.len()).filter(|_| !is_settled) {
                self.nearest(query, shelf, part, &mut best, allowed)?;
            }
        }
        for (needle, shelf) in needles.each() {
            if best.is_full() {
                break;
            }
            self.concordance(needle, shelf, &mut best, allowed)?;
        }
        Ok(best.into_hits())
    }

    fn compare_tail(&mut self, query: &mut Query, shelf: Shelf, best: &mut Best, allowed: &Allowed) -> Result<()> {
        for (entry, text) in self.tail.texts(shelf) {
            if let Some((class, score)) = query.compare(text, best.bar()) {
                best.add_some(self.texts.hit(entry, query, class, score, allowed)?);
            }
        }
        Ok(())
    }

    fn exact(&mut self, query: &mut Query, shelf: Shelf, part: usize, best: &mut Best, allowed: &Allowed) -> Result<()> {
        let imprint = self.press.imprint(&query.text, shelf.metric());
        let found = self.hashes.alike(&self.parts[part], shelf, &imprint)?;
        for found in found.iter().take(MOST_ALIKE) {
            self.texts.compare(found.entry, query, best, allowed)?;
        }
        Ok(())
    }

    fn nearest(&mut self, query: &mut Query, shelf: Shelf, part: usize, best: &mut Best, allowed: &Allowed) -> Result<()> {
        if query.length() == 0 {
            return Ok(());
        }
        let effort = if allowed.is_everything() { Effort::USUAL } else { Effort::ALL };
        let part = &self.parts[part];
        let counted = nearest::count(&mut self.lists, &mut self.counter, part, shelf, query, best.bar(), effort)?;
        let (texts, lists) = (&mut self.texts, &mut self.lists);
        let bounds = nearest::Bounds::new(part, shelf, query);
        nearest::visit(&counted, &self.counter, &bounds, best.bar(), effort, |ordinal| {
            let is_hit = match lists.entry(part, shelf, ordinal)? {
                Some(entry) => texts.compare(entry, query, best, allowed)?,
                None => false,
            };
            Ok((best.bar(), is_hit))
        })
    }

    fn concordance(&mut self, needle: &Needle, shelf: Shelf, best: &mut Best, allowed: &Allowed) -> Result<()> {
        let measure = Measure::new(needle, shelf);
        for (entry, text) in self.tail.texts(shelf) {
            if let Some(score) = measure.score(text).filter(|score| best.has_room_for(needle.class(), *score)) {
                best.add_some(self.texts.allowed_hit(entry, needle.class(), score, allowed)?);
            }
        }
        let wanted = needle.wanted(shelf.metric());
        let mut all_seen = true;
        for part in &self.parts {
            let texts = &mut self.texts;
            all_seen &= concordance::visit(&mut self.lists, part, shelf, &wanted, |lists, ordinal| {
                let score = Needle::score(measure.length, part.shelved(shelf).length(ordinal));
                if !best.has_room_for(needle.class(), score) {
                    return Ok(ControlFlow::Break(()));
                }
                let Some(entry) = lists.entry(part, shelf, ordinal)? else { return Ok(ControlFlow::Continue(false)) };
                let hit = texts.hold(entry, &measure, allowed)?;
                let holds = hit.is_some();
                best.add_some(hit);
                Ok(ControlFlow::Continue(holds))
            })?;
        }
        if all_seen { Ok(()) } else { self.read_all(&measure, shelf, best, allowed) }
    }

    /// Reads every text in the order of the file, for needles that nothing in the index helps to find.
    fn read_all(&mut self, measure: &Measure, shelf: Shelf, best: &mut Best, allowed: &Allowed) -> Result<()> {
        let mut statement = self.connection.prepare_cached("SELECT id, source, target, source_language, target_language FROM units")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for (is_target, column) in [(false, 1), (true, 2)] {
                if self.shelves.shelf(row.get(column + 2)?) != shelf {
                    continue;
                }
                let text = row.get_ref(column)?;
                if !text.as_bytes().is_ok_and(|bytes| measure.needle.may_be_in(bytes)) {
                    continue;
                }
                let text = text.as_str().unwrap_or("");
                if let Some(score) = measure.score(text).filter(|score| best.has_room_for(measure.needle.class(), *score)) {
                    let entry = Entry { unit: row.get(0)?, is_target };
                    best.add_some(self.texts.allowed_hit(entry, measure.needle.class(), score, allowed)?);
                }
            }
        }
        Ok(())
    }
}

/// A needle and its length as a shelf measures it.
struct Measure<'a> {
    needle: &'a Needle,
    shelf: Shelf,
    length: usize,
}

impl<'a> Measure<'a> {
    fn new(needle: &'a Needle, shelf: Shelf) -> Measure<'a> {
        Measure { needle, shelf, length: needle.length(shelf.metric()) }
    }

    /// The score of a text, if it holds the needle.
    fn score(&self, text: &str) -> Option<f64> {
        self.needle.is_in(text).then(|| Needle::score(self.length, Key::new(text, self.shelf.metric()).tokens.len()))
    }
}

/// Reads single texts with what is needed to judge them.
struct Texts<'a> {
    sources: Statement<'a>,
    targets: Statement<'a>,
}

impl<'a> Texts<'a> {
    fn new(connection: &'a Connection) -> Result<Texts<'a>> {
        let statement = |side: &str| connection.prepare(&format!("SELECT {side}, {} FROM units WHERE id = ?", Facts::COLUMNS));
        Ok(Texts { sources: statement("source")?, targets: statement("target")? })
    }

    /// Calls back with a text, if its unit is still there and allowed.
    fn read<T>(&mut self, entry: Entry, allowed: &Allowed, take: impl FnOnce(&str, &Facts) -> Option<T>) -> Result<Option<T>> {
        let mut rows = self.of(entry).query([entry.unit])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let facts = Facts::read(row, 1)?;
        if !allowed.allows(&facts) {
            return Ok(None);
        }
        Ok(take(row.get_ref(0)?.as_str().unwrap_or(""), &facts))
    }

    /// Takes a text if it is near; says whether it is.
    fn compare(&mut self, entry: Entry, query: &mut Query, best: &mut Best, allowed: &Allowed) -> Result<bool> {
        let bar = best.bar();
        let hit = self.read(entry, allowed, |text, facts| {
            let (class, score) = query.compare(text, bar)?;
            Some(hit(entry, query, class, score, facts))
        })?;
        let is_near = hit.is_some();
        best.add_some(hit);
        Ok(is_near)
    }

    fn hit(&mut self, entry: Entry, query: &Query, class: Class, score: f64, allowed: &Allowed) -> Result<Option<Hit>> {
        self.read(entry, allowed, |_, facts| Some(hit(entry, query, class, score, facts)))
    }

    fn allowed_hit(&mut self, entry: Entry, class: Class, score: f64, allowed: &Allowed) -> Result<Option<Hit>> {
        self.read(entry, allowed, |_, _| Some(Hit { unit: entry.unit, class, score }))
    }

    fn hold(&mut self, entry: Entry, measure: &Measure, allowed: &Allowed) -> Result<Option<Hit>> {
        let mut rows = self.of(entry).query([entry.unit])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        // Most texts do not hold it, so the rest of the row is read afterwards.
        let Some(score) = measure.score(row.get_ref(0)?.as_str().unwrap_or("")) else { return Ok(None) };
        let is_allowed = allowed.allows(&Facts::read(row, 1)?);
        Ok(is_allowed.then(|| Hit { unit: entry.unit, class: measure.needle.class(), score }))
    }

    fn of(&mut self, entry: Entry) -> &mut Statement<'a> {
        if entry.is_target { &mut self.targets } else { &mut self.sources }
    }
}

fn hit(entry: Entry, query: &Query, class: Class, score: f64, facts: &Facts) -> Hit {
    let in_context = class == Class::Exact && query.context.is_some() && query.context == facts.context;
    Hit { unit: entry.unit, class: if in_context { Class::InContext } else { class }, score }
}
