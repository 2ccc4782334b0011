//! What was done to the memory and when: every change has one of these as its origin.

use crate::store::{Result, Store, now};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

/// One command that changed something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Action {
    /// Its number, rising.
    pub id: i64,
    /// Seconds since 1970.
    pub at: i64,
    /// What was done: `import`, `save`, `add`, `remove` …
    pub kind: String,
    /// The file or document it came from.
    pub name: String,
    /// The action that took it back, if one did.
    pub undone_by: Option<i64>,
    /// Units of it that are in the memory now.
    pub units: i64,
    /// Units that it removed and that are still gone.
    pub removed: i64,
}

impl Action {
    pub(super) const COLUMNS: &str = "id, at, kind, name, undone_by, units, \
         (SELECT count(*) FROM removed_units WHERE removed_by = actions.id)";

    pub(super) fn from_row(row: &Row) -> rusqlite::Result<Action> {
        let (id, at, kind, name, undone_by) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        Ok(Action { id, at, kind, name, undone_by, units: row.get(5)?, removed: row.get(6)? })
    }

    /// One action.
    pub(super) fn read(connection: &Connection, id: i64) -> Result<Option<Action>> {
        let sql = format!("SELECT {} FROM actions WHERE id = ?", Action::COLUMNS);
        Ok(connection.prepare_cached(&sql)?.query_row([id], Action::from_row).optional()?)
    }
}

/// Notes that something is being done, within the transaction that does it.
pub(super) fn begin(connection: &Connection, kind: &str, name: &str) -> Result<i64> {
    let mut statement = connection.prepare_cached("INSERT INTO actions (at, kind, name) VALUES (?, ?, ?)")?;
    Ok(statement.insert((now(), kind, name))?)
}

/// Counts units that an action has brought into the memory, and the bytes of their texts.
pub(super) fn count(connection: &Connection, action: i64, units: usize, bytes: usize) -> Result<()> {
    let mut statement = connection.prepare_cached("UPDATE actions SET units = units + ?, bytes = bytes + ? WHERE id = ?")?;
    statement.execute((units as i64, bytes as i64, action))?;
    Ok(())
}

impl Store {
    /// The newest actions, newest first.
    pub fn actions(&self, limit: usize) -> Result<Vec<Action>> {
        let sql = format!("SELECT {} FROM actions ORDER BY id DESC LIMIT ?", Action::COLUMNS);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let actions = statement.query_map([limit as i64], Action::from_row)?;
        Ok(actions.collect::<Result<_, _>>()?)
    }

    /// One action.
    pub fn action(&self, id: i64) -> Result<Option<Action>> {
        self.named(Action::read(&self.connection, id))
    }
}
