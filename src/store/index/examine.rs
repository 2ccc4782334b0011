//! Whether the index says what the units say.

use super::build::Written;
use super::{Part, REFERENCE, Shelf, key, reference_from_bytes};
use crate::store::Result;
use rusqlite::Connection;
use rustc_hash::FxHashSet;

/// What is wrong with the index, a sentence each; nothing where all is well.
pub(in crate::store) fn examine(connection: &Connection) -> Result<Vec<String>> {
    let mut parts = Part::load_all(connection)?;
    parts.sort_by_key(|part| part.first_unit);
    let mut wrong = Vec::new();
    let mut before = 0;
    for part in &parts {
        if part.first_unit <= before || part.last_unit < part.first_unit {
            wrong.push(format!("the part of units {} to {} overlaps another", part.first_unit, part.last_unit));
        }
        let unindexed = units_between(connection, before + 1, part.first_unit - 1)?;
        if unindexed > 0 {
            wrong.push(format!("{unindexed} units before number {} are in no part", part.first_unit));
        }
        before = before.max(part.last_unit);
        wrong.extend(examine_part(connection, part)?);
    }
    Ok(wrong)
}

fn units_between(connection: &Connection, first: i64, last: i64) -> Result<i64> {
    Ok(connection.query_row("SELECT count(*) FROM units WHERE id BETWEEN ? AND ?", (first, last), |row| row.get(0))?)
}

fn examine_part(connection: &Connection, part: &Part) -> Result<Option<String>> {
    let name = format!("the part of units {} to {}", part.first_unit, part.last_unit);
    let sql = "SELECT bytes, digest FROM index_parts WHERE id = ?";
    let (bytes, digest): (i64, Option<i64>) = connection.query_row(sql, [part.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let written = written(connection, part)?;
    if digest.is_some_and(|digest| Written { bytes: bytes as u64, digest: digest as u64 } != written) {
        return Ok(Some(format!("{name} is not as it was written")));
    }
    let missing = missing(connection, part)?;
    Ok((missing > 0).then(|| format!("{name} lacks {missing} of them")))
}

/// The sum of all blobs of a part, as it was made when they were written.
fn written(connection: &Connection, part: &Part) -> Result<Written> {
    let mut written = Written::default();
    let (first, last) = (key(part.place, Shelf::Korean, 0), key(part.place + 1, Shelf::Korean, 0) - 1);
    for (table, column) in [("lists", "list"), ("entries", "entries"), ("hashes", "hashes"), ("words", "CAST(words AS BLOB)")] {
        let sql = format!("SELECT key, {column} FROM index_{table} WHERE key BETWEEN ? AND ?");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query((first, last))?;
        while let Some(row) = rows.next()? {
            written.add(row.get::<_, i64>(0)? & ((1 << 49) - 1), row.get_ref(1)?.as_blob().unwrap_or(&[]));
        }
    }
    let mut statement = connection.prepare_cached("SELECT shelf, lengths, frequent FROM index_shelves WHERE part = ?")?;
    let mut rows = statement.query([part.id])?;
    while let Some(row) = rows.next()? {
        for column in [1, 2] {
            written.add(row.get(0)?, row.get_ref(column)?.as_blob().unwrap_or(&[]));
        }
    }
    Ok(written)
}

/// How many units of the part's range it does not hold on both sides.
fn missing(connection: &Connection, part: &Part) -> Result<usize> {
    let mut held = FxHashSet::default();
    let mut statement = connection.prepare_cached("SELECT entries FROM index_entries WHERE key BETWEEN ? AND ?")?;
    let mut rows = statement.query((key(part.place, Shelf::Korean, 0), key(part.place + 1, Shelf::Korean, 0) - 1))?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(0)?.as_blob().unwrap_or(&[]);
        held.extend(bytes.as_chunks::<REFERENCE>().0.iter().map(reference_from_bytes));
    }
    let mut statement = connection.prepare_cached("SELECT id FROM units WHERE id BETWEEN ? AND ?")?;
    let mut rows = statement.query((part.first_unit, part.last_unit))?;
    let mut missing = 0;
    while let Some(row) = rows.next()? {
        let reference = (row.get::<_, i64>(0)? - part.first_unit) as u32 * 2;
        missing += usize::from(!held.contains(&reference) || !held.contains(&(reference + 1)));
    }
    Ok(missing)
}
