//! What the memory holds, in numbers.

use crate::store::{Result, Store};
use serde::Serialize;

/// What the memory holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes of the units' texts.
    pub text_bytes: u64,
    /// Bytes of the look-up's index.
    pub index_bytes: u64,
    /// Translation units.
    pub units: u64,
    /// Units that the index does not hold yet; they are compared one by one.
    pub unindexed: u64,
    /// Units that were removed and are kept in the history.
    pub removed: u64,
    /// Aligned pairs of documents, old versions not counted.
    pub pairs: u64,
    /// Terms.
    pub terms: u64,
    /// Actions in the log.
    pub actions: u64,
    /// The time of the first and the last action, in seconds since 1970.
    pub first: Option<i64>,
    /// The time of the last action.
    pub last: Option<i64>,
    /// The files and documents that most units came from, most first.
    pub documents: Vec<Source>,
}

/// A file or document, and what came from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// How it came: `import`, `save`, `add`.
    pub kind: String,
    /// Units of it.
    pub units: u64,
    /// When the last of them came, in seconds since 1970.
    pub last: i64,
}

/// Files and documents that are named.
const MOST_SOURCES: usize = 10;

impl Store {
    /// Counts what the memory holds, from the log and not from the units.
    pub fn statistics(&self) -> Result<Statistics> {
        self.named(self.count())
    }

    /// Bytes of each table and index, the largest first.
    pub fn sizes(&self) -> Result<Vec<(String, u64)>> {
        let mut statement = self.connection.prepare("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC")?;
        let sizes = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?;
        Ok(sizes.collect::<Result<_, _>>()?)
    }

    fn count(&self) -> Result<Statistics> {
        let one = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|count| count as u64);
        let (first, last) = self.connection.query_row("SELECT min(at), max(at) FROM actions", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Statistics {
            bytes: std::fs::metadata(&self.path).map_or(0, |data| data.len()),
            text_bytes: one("SELECT coalesce(sum(bytes), 0) FROM actions")?,
            index_bytes: one("SELECT coalesce(sum(bytes), 0) FROM index_parts")?,
            units: one("SELECT coalesce(sum(units), 0) FROM actions")?,
            unindexed: one("SELECT count(*) FROM units WHERE id > (SELECT coalesce(max(last_unit), 0) FROM index_parts)")?,
            removed: one("SELECT count(*) FROM removed_units INDEXED BY removed_units_by_action")?,
            pairs: one("SELECT count(*) FROM pairs WHERE replaced_by IS NULL")?,
            terms: one("SELECT count(*) FROM terms")?,
            actions: one("SELECT count(*) FROM actions")?,
            first,
            last,
            documents: self.sources()?,
        })
    }

    fn sources(&self) -> Result<Vec<Source>> {
        let sql =
            "SELECT name, kind, sum(units), max(at) FROM actions WHERE units > 0 GROUP BY name, kind ORDER BY 3 DESC, 4 DESC, name LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let sources = statement.query_map([MOST_SOURCES as i64], |row| {
            Ok(Source { name: row.get(0)?, kind: row.get(1)?, units: row.get::<_, i64>(2)? as u64, last: row.get(3)? })
        })?;
        Ok(sources.collect::<Result<_, _>>()?)
    }
}
