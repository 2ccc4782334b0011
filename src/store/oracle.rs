//! Look-up by comparing with every unit: slow, simple, and the truth that the index is tested against.
//!
//! All texts are held in memory as tokens, so that a thousand queries over a million units take a minute and not an hour.

use crate::memory::answer::Best;
use crate::memory::key::{Key, View};
use crate::memory::similarity::lengths;
use crate::memory::{Class, Hit, Needle, Query};
use crate::store::Result;
use crate::store::filter::{Allowed, Facts};
use crate::store::index::{Entry, Shelf, Shelves};
use crate::store::look_up::{Asked, Needles};
use rusqlite::Connection;

/// All texts of a memory.
pub(super) struct Oracle {
    version: i64,
    shelves: [Vec<Text>; 2],
    /// Tokens of all texts, one after the other.
    tokens: [Vec<u32>; 2],
}

struct Text {
    entry: Entry,
    facts: Facts,
    text: Box<str>,
    /// Where its tokens begin and end.
    tokens: (usize, usize),
}

impl Oracle {
    /// Reads every text, with the look-up's own tokens. `version` says of which state of the file.
    pub(super) fn load(connection: &Connection, version: i64) -> Result<Oracle> {
        let languages = Shelves::load(connection)?;
        let sql = format!("SELECT id, source, target, source_language, target_language, {} FROM units", Facts::COLUMNS);
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut oracle = Oracle { version, shelves: Default::default(), tokens: Default::default() };
        let mut key = Key::default();
        while let Some(row) = rows.next()? {
            for (is_target, column) in [(false, 1), (true, 2)] {
                let shelf = languages.shelf(row.get(column + 2)?);
                let text = row.get_ref(column)?.as_str().unwrap_or("");
                key.fill(text, shelf.metric(), View::Plain);
                let all = &mut oracle.tokens[shelf as usize];
                let tokens = (all.len(), all.len() + key.tokens.len());
                all.extend_from_slice(&key.tokens);
                let entry = Entry { unit: row.get(0)?, is_target };
                oracle.shelves[shelf as usize].push(Text { entry, facts: Facts::read(row, 5)?, text: text.into(), tokens });
            }
        }
        Ok(oracle)
    }

    /// Of which state of the file it is.
    pub(super) fn version(&self) -> i64 {
        self.version
    }

    /// The best hits, best first.
    pub(super) fn find(&self, query: &mut Query, asked: &Asked, needles: &Needles, allowed: &Allowed) -> Vec<Hit> {
        let mut best = Best::new(asked.limit, asked.least);
        if asked.whole {
            self.compare(query, &mut best, allowed);
        }
        for (needle, shelf) in needles.each() {
            if !best.is_full() {
                self.hold(needle, shelf, &mut best, allowed);
            }
        }
        best.into_hits()
    }

    fn compare(&self, query: &mut Query, best: &mut Best, allowed: &Allowed) {
        let shelf = if query.is_korean() { Shelf::Korean } else { Shelf::Other };
        let has_number = query.text.bytes().any(|byte| byte.is_ascii_digit());
        for text in &self.shelves[shelf as usize] {
            let tokens = &self.tokens[shelf as usize][text.tokens.0..text.tokens.1];
            let near = lengths(best.bar(), query.length()).contains(&tokens.len()) && query.is_near(tokens, best.bar());
            if !near && !has_number || !allowed.allows(&text.facts) {
                continue;
            }
            if let Some((class, score)) = query.compare(&text.text, best.bar()) {
                let in_context = class == Class::Exact && query.context.is_some() && query.context == text.facts.context;
                best.add(Hit { unit: text.entry.unit, class: if in_context { Class::InContext } else { class }, score });
            }
        }
    }

    fn hold(&self, needle: &Needle, shelf: Shelf, best: &mut Best, allowed: &Allowed) {
        let length = needle.length(shelf.metric());
        for text in &self.shelves[shelf as usize] {
            let score = Needle::score(length, text.tokens.1 - text.tokens.0);
            if best.has_room_for(needle.class(), score) && allowed.allows(&text.facts) && needle.is_in(&text.text) {
                best.add(Hit { unit: text.entry.unit, class: needle.class(), score });
            }
        }
    }
}
