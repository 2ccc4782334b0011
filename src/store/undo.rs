//! Taking back what an action did. An undo is an action itself and can be undone.

use crate::memory::TranslationUnit;
use crate::store::index::{Known, Sides};
use crate::store::term;
use crate::store::unit::{self, BARE_COLUMNS, Languages};
use crate::store::{Action, Error, Result, Store, action};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

/// What an undo did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The undo's own number.
    pub action: i64,
    /// What was taken back.
    pub undone: Action,
    /// Units that it had brought and that are gone now.
    pub removed: u64,
    /// Units that it had removed and that are back.
    pub restored: u64,
    /// Terms, pairs and judgements that are as they were before it.
    pub changed: u64,
}

/// Units that are restored at a time.
const BATCH: usize = 10_000;

impl Store {
    /// Takes an action back: the newest one that is no undo and has not been undone, or the one of this number. All of it in one
    /// transaction. What somebody uses otherwise by now (units in pairs that still hold) stays.
    pub fn undo(&mut self, id: Option<i64>) -> Result<Undone> {
        let result = self.write_undo(id);
        self.named(result)
    }

    fn write_undo(&mut self, id: Option<i64>) -> Result<Undone> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let undone = to_undo(&transaction, id)?;
        let name = format!("{} {} {}", undone.id, undone.kind, undone.name);
        let action = action::begin(&transaction, "undo", &name)?;
        let mut undo = Undo::new(&transaction, undone.id, action)?;
        undo.mark()?;
        let mut removed = 0;
        let mut changed = undo.take_back_changes(&mut removed)?;
        changed += undo.swap_pairs()?;
        changed += term::remove_of(&transaction, undone.id, action)? + undo.restore_terms()?;
        removed += undo.remove_units()?;
        let restored = undo.restore_units()?;
        transaction.commit()?;
        self.tidy()?;
        Ok(Undone { action, undone, removed, restored, changed })
    }
}

fn to_undo(connection: &Connection, id: Option<i64>) -> Result<Action> {
    let newest = "SELECT id FROM actions WHERE undone_by IS NULL AND kind <> 'undo' ORDER BY id DESC LIMIT 1";
    let id = match id {
        Some(id) => id,
        None => connection
            .query_row(newest, [], |row| row.get(0))
            .optional()?
            .ok_or_else(|| Error::NotFound("expected an action to undo, found none; `jjak log` shows what was done".into()))?,
    };
    // Undoing what did something again is undoing that something.
    let mut id = id;
    while let Some(first) = undoes(connection, id)?.map(|undone| undoes(connection, undone)).transpose()?.flatten() {
        id = first;
    }
    let action = Action::read(connection, id)?.ok_or_else(|| {
        Error::NotFound(format!("action {id}: expected the number of an action, found none of that number; `jjak log` shows them"))
    })?;
    match action.undone_by {
        Some(by) => Err(Error::NotFound(format!("action {id}: undone already; `jjak undo {by}` does it again"))),
        None => Ok(action),
    }
}

/// The action that an undo took back.
fn undoes(connection: &Connection, id: i64) -> Result<Option<i64>> {
    let sql = "SELECT undoes FROM actions WHERE id = ?";
    Ok(connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?.flatten())
}

/// An undo under way.
struct Undo<'a> {
    connection: &'a Connection,
    /// The action that is taken back.
    of: i64,
    /// What that action took back, if it was an undo itself: what it brought back was removed by this one at first.
    undoes: Option<i64>,
    /// The undo's own number.
    action: i64,
    known: Known,
    languages: Languages,
}

impl<'a> Undo<'a> {
    fn new(connection: &'a Connection, of: i64, action: i64) -> Result<Undo<'a>> {
        let undoes = undoes(connection, of)?;
        Ok(Undo { connection, of, undoes, action, known: Known::default(), languages: Languages::default() })
    }

    /// Says of the action that it is undone; if it was an undo itself, what that took back is valid again.
    fn mark(&self) -> Result<()> {
        self.connection.execute("UPDATE actions SET undone_by = NULL WHERE undone_by = ?", [self.of])?;
        self.connection.execute("UPDATE actions SET undone_by = ? WHERE id = ?", (self.action, self.of))?;
        self.connection.execute("UPDATE actions SET undoes = ? WHERE id = ?", (self.of, self.action))?;
        Ok(())
    }

    /// Notes what a value was before the undo.
    fn note(&self, what: &str, id: i64, before: Option<i64>) -> Result<()> {
        let sql = "INSERT INTO changes (action, what, id, before) VALUES (?, ?, ?, ?)";
        self.connection.prepare_cached(sql)?.execute((self.action, what, id, before))?;
        Ok(())
    }

    /// Gives pairs, beads and units the values that they had before the action.
    fn take_back_changes(&self, removed: &mut u64) -> Result<u64> {
        let mut statement = self.connection.prepare("SELECT what, id, before FROM changes WHERE action = ? ORDER BY rowid DESC")?;
        let rows = statement.query_map([self.of], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?;
        let changes: Vec<(String, i64, Option<i64>)> = rows.collect::<Result<_, _>>()?;
        let mut count = 0;
        for (what, id, before) in changes {
            let first = self.undoes.unwrap_or(self.action);
            let (table, column) = match what.as_str() {
                "pair" => ("pairs", "replaced_by"),
                "bead" => ("beads", "status"),
                "unit" => ("units", "status"),
                "term" => {
                    count += u64::from(term::remove(self.connection, id, first)?);
                    continue;
                }
                _ => {
                    *removed += u64::from(self.remove_again(id, first)?);
                    continue;
                }
            };
            let now =
                self.connection.query_row(&format!("SELECT {column} FROM {table} WHERE id = ?"), [id], |row| row.get(0)).optional()?;
            let Some(now) = now else { continue };
            self.note(&what, id, now)?;
            self.connection.execute(&format!("UPDATE {table} SET {column} = ? WHERE id = ?"), (before, id))?;
            count += 1;
        }
        Ok(count)
    }

    /// Removes a unit that the action had brought back, as the action before it had removed it.
    fn remove_again(&self, identity: i64, first: i64) -> Result<bool> {
        let sql = "SELECT id FROM units WHERE identity = ?1 UNION SELECT id FROM units WHERE id = ?1";
        let unit = self.connection.prepare_cached(sql)?.query_row([identity], |row| row.get(0)).optional()?;
        unit.map_or(Ok(false), |unit| unit::remove(self.connection, unit, first))
    }

    /// Puts the version of a pair that the action saved out of sight, and the one before it back in its place.
    fn swap_pairs(&self) -> Result<u64> {
        let saved = self.pairs("saved_by = ? AND replaced_by IS NOT ?")?;
        let replaced = self.pairs("replaced_by = ? AND saved_by IS NOT ?")?;
        let place = saved.first().and_then(|(_, replaced_by)| *replaced_by);
        let update = "UPDATE pairs SET replaced_by = ? WHERE id = ?";
        for (pair, replaced_by) in &replaced {
            self.note("pair", *pair, *replaced_by)?;
            self.connection.execute(update, (place, pair))?;
        }
        let live = saved.iter().filter(|(_, replaced_by)| replaced_by.is_none());
        for (pair, _) in live.clone() {
            self.note("pair", *pair, None)?;
            self.connection.execute(update, (self.action, pair))?;
        }
        Ok((replaced.len() + live.count()) as u64)
    }

    fn pairs(&self, condition: &str) -> Result<Vec<(i64, Option<i64>)>> {
        let mut statement = self.connection.prepare(&format!("SELECT id, replaced_by FROM pairs WHERE {condition} ORDER BY id"))?;
        let pairs = statement.query_map([self.of, self.of], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(pairs.collect::<Result<_, _>>()?)
    }

    fn restore_terms(&self) -> Result<u64> {
        let restored = term::restore(self.connection, self.of)?;
        restored.iter().try_for_each(|term| self.note("term", *term, None))?;
        Ok(restored.len() as u64)
    }

    /// Moves the units that the action brought to the removed ones, unless a pair that holds uses them.
    fn remove_units(&self) -> Result<u64> {
        const OF: &str = "units.origin = ?1 AND NOT EXISTS \
                          (SELECT 1 FROM beads JOIN pairs ON pairs.id = beads.pair WHERE beads.unit = units.id AND replaced_by IS NULL)";
        let count = format!(
            "UPDATE actions SET units = actions.units - counted.units, bytes = actions.bytes - counted.bytes FROM (SELECT origin, count(*) AS units, \
             sum(octet_length(source) + octet_length(target)) AS bytes FROM units WHERE {OF} GROUP BY origin) AS counted \
             WHERE counted.origin = actions.id"
        );
        self.connection.execute(&count, [self.of])?;
        let copy = format!(
            "INSERT OR REPLACE INTO removed_units (id, {BARE_COLUMNS}, removed_by) SELECT id, {BARE_COLUMNS}, ?2 FROM units WHERE {OF}"
        );
        self.connection.execute(&copy, (self.of, self.action))?;
        Ok(self.connection.execute(&format!("DELETE FROM units WHERE {OF}"), [self.of])? as u64)
    }

    /// Brings back the units that the action removed, under new numbers, since the index holds a number's text for ever.
    fn restore_units(&mut self) -> Result<u64> {
        self.languages = Languages::load(self.connection)?;
        self.known.refresh(self.connection, &self.languages, None)?;
        let (mut restored, mut last) = (0, 0);
        loop {
            let batch = self.removed_after(last)?;
            let Some((id, _)) = batch.last() else { return Ok(restored) };
            last = *id;
            let units: Vec<TranslationUnit> = batch.iter().map(|(_, unit)| unit.clone()).collect();
            let found = self.known.find(self.connection, &units, &self.languages)?;
            for ((id, unit), found) in batch.iter().zip(found) {
                if found.is_none() && self.known.newest_like(&Sides::of(unit)).is_none() {
                    self.restore(*id, unit)?;
                    restored += 1;
                }
            }
        }
    }

    /// The next units that the action removed and whose own origin is valid.
    fn removed_after(&self, last: i64) -> Result<Vec<(i64, TranslationUnit)>> {
        let sql = format!(
            "SELECT {} FROM removed_units AS units JOIN actions ON actions.id = units.origin \
             WHERE removed_by = ? AND units.id > ? AND undone_by IS NULL ORDER BY units.id LIMIT ?",
            unit::COLUMNS
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let units = statement.query_map((self.of, last, BATCH as i64), |row| unit::from_row(row, &self.languages))?;
        units.map(|unit| unit.map(|stored| (stored.id, stored.unit)).map_err(Into::into)).collect()
    }

    fn restore(&mut self, id: i64, unit: &TranslationUnit) -> Result<()> {
        let columns = BARE_COLUMNS.replace("restored_by", "?2").replace("identity", "coalesce(identity, id)");
        let copy = format!("INSERT INTO units ({BARE_COLUMNS}) SELECT {columns} FROM removed_units WHERE id = ?1");
        let new = self.connection.prepare_cached(&copy)?.insert((id, self.action))?;
        self.connection.prepare_cached("UPDATE beads SET unit = ? WHERE unit = ?")?.execute((new, id))?;
        self.connection.prepare_cached("DELETE FROM removed_units WHERE id = ?")?.execute([id])?;
        let sql = "SELECT origin, identity FROM units WHERE id = ?";
        let (origin, identity) = self.connection.prepare_cached(sql)?.query_row([new], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.note("restored", identity, None)?;
        action::count(self.connection, origin, 1, unit.source.len() + unit.target.len())?;
        self.known.add(&Sides::of(unit), new)?;
        Ok(())
    }
}
