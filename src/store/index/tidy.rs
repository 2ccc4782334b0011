//! Keeps the index up: makes a part of new units and joins parts that have become small beside them.

use super::build::build;
use super::{Gathering, Part, Shelf};
use crate::store::Result;
use rusqlite::{Connection, TransactionBehavior};

/// The most units of a part: what is held in memory while it is made stays below 120 MB, and fingerprints of so many units fill
/// the room for two million that a hash table takes.
pub(in crate::store) const MOST_UNITS: i64 = 1_800_000;

/// Fewer new units than this are left to be compared one by one.
pub(in crate::store) const FEW_UNITS: i64 = 512;

/// A part is joined with the newer one after it once it is less than so many times as large: so the parts are few, and each
/// unit is written a few times only.
const TIMES: i64 = 3;

/// The number of the last unit that is in a part.
pub(in crate::store) fn covered(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row("SELECT coalesce(max(last_unit), 0) FROM index_parts", [], |row| row.get(0))?)
}

/// Makes parts of all units that have none, if there are more than `few`, and joins parts; one transaction for each part, so
/// that an interruption leaves the index as it was before that part. What was gathered of new units need not be read again if
/// a part is made of just those. Says how many parts were written.
pub(in crate::store) fn tidy(connection: &mut Connection, few: i64, mut gathered: Option<Gathering>) -> Result<usize> {
    let mut written = 0;
    while let Some(range) = next_range(connection, few)? {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        if next_range(&transaction, few)? != Some(range) {
            continue;
        }
        remove_between(&transaction, range)?;
        let gathering = match gathered.take() {
            Some(gathering) if gathering.range() == range => gathering,
            _ => Gathering::read(&transaction, range.0, range.1)?,
        };
        build(&transaction, gathering)?;
        transaction.commit()?;
        written += 1;
    }
    Ok(written)
}

/// Drops the whole index, which can be made again from the units.
pub(in crate::store) fn forget(connection: &mut Connection) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for table in ["lists", "entries", "hashes", "words", "shelves", "parts"] {
        transaction.execute(&format!("DELETE FROM index_{table}"), [])?;
    }
    transaction.commit()?;
    Ok(())
}

/// The range of units to make a part of, if any.
fn next_range(connection: &Connection, few: i64) -> Result<Option<(i64, i64)>> {
    let covered = covered(connection)?;
    let last: i64 = connection.query_row("SELECT coalesce(max(id), 0) FROM units", [], |row| row.get(0))?;
    if last - covered <= few.max(0) {
        return Ok(None);
    }
    let mut range = (covered + 1, last.min(covered + MOST_UNITS));
    let mut parts = Part::load_all(connection)?;
    parts.sort_by_key(|part| std::cmp::Reverse(part.last_unit));
    for part in parts {
        let (units, after) = (part.last_unit - part.first_unit + 1, range.1 - range.0 + 1);
        if units >= after * TIMES || units + after > MOST_UNITS {
            break;
        }
        range.0 = part.first_unit;
    }
    Ok(Some(range))
}

/// Takes away every part that lies within a range of units.
pub(super) fn remove_between(connection: &Connection, range: (i64, i64)) -> Result<()> {
    let sql = "SELECT place FROM index_parts WHERE first_unit >= ? AND last_unit <= ?";
    let places: Vec<i64> = connection.prepare(sql)?.query_map(range, |row| row.get(0))?.collect::<Result<_, _>>()?;
    for place in places {
        let (first, last) = (super::key(place, Shelf::Korean, 0), super::key(place + 1, Shelf::Korean, 0) - 1);
        for table in ["index_lists", "index_entries", "index_hashes", "index_words"] {
            connection.execute(&format!("DELETE FROM {table} WHERE key BETWEEN ? AND ?"), (first, last))?;
        }
        connection.execute("DELETE FROM index_parts WHERE place = ?", [place])?;
    }
    Ok(())
}
