//! Units that are newer than the last part of the index: compared one by one.

use super::{Entry, Shelf, Shelves};
use crate::store::Result;
use rusqlite::{Connection, Statement};

/// The newest units, held in memory.
pub(super) struct Tail<'a> {
    newer: Statement<'a>,
    last: i64,
    texts: Vec<(Shelf, Entry, Box<str>)>,
}

impl<'a> Tail<'a> {
    pub(super) fn new(connection: &'a Connection) -> Result<Tail<'a>> {
        let newer =
            connection.prepare("SELECT id, source, target, source_language, target_language FROM units WHERE id > ? ORDER BY id")?;
        Ok(Tail { newer, last: 0, texts: Vec::new() })
    }

    /// Forgets everything up to the last unit that is in a part.
    pub(super) fn starts_after(&mut self, covered: i64) {
        self.texts.retain(|(_, entry, _)| entry.unit > covered);
        self.last = self.last.max(covered);
    }

    /// Reads what has been added since.
    pub(super) fn refresh(&mut self, shelves: &Shelves) -> Result<()> {
        let mut rows = self.newer.query([self.last])?;
        while let Some(row) = rows.next()? {
            let unit = row.get(0)?;
            for (is_target, column) in [(false, 1), (true, 2)] {
                let shelf = shelves.shelf(row.get(column + 2)?);
                let text = row.get_ref(column)?.as_str().unwrap_or("").into();
                self.texts.push((shelf, Entry { unit, is_target }, text));
            }
            self.last = unit;
        }
        Ok(())
    }

    /// The texts of a shelf.
    pub(super) fn texts(&self, shelf: Shelf) -> impl Iterator<Item = (Entry, &str)> {
        self.texts.iter().filter(move |(on, _, _)| *on == shelf).map(|(_, entry, text)| (*entry, &**text))
    }
}
