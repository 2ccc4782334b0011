//! What the memory holds, in numbers.

use crate::store::{Result, Store};
use serde::Serialize;

/// What the memory holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// Bytes of the file.
    pub bytes: u64,
    /// Translation units.
    pub units: u64,
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
}

impl Store {
    /// Counts what the memory holds.
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
            units: one("SELECT count(*) FROM units")?,
            pairs: one("SELECT count(*) FROM pairs WHERE replaced_by IS NULL")?,
            terms: one("SELECT count(*) FROM terms")?,
            actions: one("SELECT count(*) FROM actions")?,
            first,
            last,
        })
    }
}
