//! Translation units in the memory: adding, reading and removing them.

use crate::memory::{Details, Status, TranslationUnit};
use crate::store::{Error, Result, Store, action};
use rusqlite::{Connection, OptionalExtension, Row, Statement};
use serde::Serialize;
use std::borrow::Cow;

/// A unit as it lies in the memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredUnit {
    /// Its number. Numbers rise and are never used twice.
    pub id: i64,
    /// The unit itself.
    pub unit: TranslationUnit,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a unit came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The action that brought it.
    pub action: i64,
    /// What that action was: `import`, `save`, `add`.
    pub kind: String,
    /// The file or document.
    pub name: String,
    /// When, in seconds since 1970.
    pub at: i64,
}

/// Every column that a unit is read from, in the order of [`from_row`].
pub(super) const COLUMNS: &str = "units.id, source, target, source_language, target_language, status, created, changed, context, key, details, \
     origin, kind, name, at";

/// Whence [`COLUMNS`] are selected.
pub(super) const TABLES: &str = "units JOIN actions ON actions.id = units.origin";

/// Every column of `units` and `removed_units` but the number.
pub(super) const BARE_COLUMNS: &str =
    "source, target, source_language, target_language, status, origin, restored_by, created, changed, context, key, details, identity";

/// Language tags by the number that stands in their place.
#[derive(Clone, Debug, Default)]
pub(super) struct Languages {
    tags: Vec<(i64, String)>,
}

impl Languages {
    pub(super) fn load(connection: &Connection) -> Result<Languages> {
        let mut statement = connection.prepare_cached("SELECT id, tag FROM languages ORDER BY id")?;
        let tags = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Languages { tags: tags.collect::<Result<_, _>>()? })
    }

    /// The number of a tag, given one if it is new.
    pub(super) fn number(&mut self, connection: &Connection, tag: &str) -> Result<i64> {
        if let Some((id, _)) = self.tags.iter().find(|(_, known)| known == tag) {
            return Ok(*id);
        }
        let id = connection.query_row(
            "INSERT INTO languages (tag) VALUES (?) ON CONFLICT (tag) DO UPDATE SET tag = tag RETURNING id",
            [tag],
            |row| row.get(0),
        )?;
        self.tags.push((id, tag.to_string()));
        Ok(id)
    }

    pub(super) fn tag(&self, id: i64) -> Cow<'static, str> {
        match (id, self.tags.iter().find(|(known, _)| *known == id)) {
            (0, _) => Cow::Borrowed("ko"),
            (1, _) => Cow::Borrowed("en"),
            (_, Some((_, tag))) => Cow::Owned(tag.clone()),
            (_, None) => Cow::Borrowed("und"),
        }
    }
}

/// Puts a unit into the table; the caller holds the transaction.
pub(super) fn insert(connection: &Connection, languages: &mut Languages, unit: &TranslationUnit, origin: i64) -> Result<i64> {
    let mut rows = Rows::new(connection, 1)?;
    rows.add(unit, languages, origin)
}

/// Units on their way into the table, several to a statement: the numbering of rows, which is kept in a table of its own, is
/// then asked and written once for all of them. The caller holds the transaction.
pub(super) struct Rows<'a> {
    connection: &'a Connection,
    /// Rows of a statement.
    many: usize,
    /// The number of the next unit.
    next: i64,
    waiting: Vec<NewRow<'a>>,
}

/// A unit with its number, its languages and its origin.
struct NewRow<'a> {
    id: i64,
    unit: &'a TranslationUnit,
    languages: (i64, i64),
    origin: i64,
}

/// Columns of a new row.
const NEW_COLUMNS: usize = 12;

impl<'a> Rows<'a> {
    /// `many` units go into the table at once.
    pub(super) fn new(connection: &'a Connection, many: usize) -> Result<Rows<'a>> {
        let sql = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'units'), 0) + 1";
        let next = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(Rows { connection, many, next, waiting: Vec::with_capacity(many) })
    }

    /// Takes a unit and gives its number. Until the next [`Rows::write`] it may not be in the table.
    pub(super) fn add(&mut self, unit: &'a TranslationUnit, languages: &mut Languages, origin: i64) -> Result<i64> {
        let source = languages.number(self.connection, &unit.source_language)?;
        let target = languages.number(self.connection, &unit.target_language)?;
        let id = self.next;
        self.next += 1;
        self.waiting.push(NewRow { id, unit, languages: (source, target), origin });
        if self.waiting.len() >= self.many {
            self.write()?;
        }
        Ok(id)
    }

    /// Writes all that wait.
    pub(super) fn write(&mut self) -> Result<()> {
        let at_once = if self.waiting.len() == self.many { self.many } else { 1 };
        let places = vec![format!("(?{})", ", ?".repeat(NEW_COLUMNS - 1)); at_once].join(", ");
        let mut statement = self.connection.prepare_cached(&format!(
            "INSERT INTO units (id, source, target, source_language, target_language, status, origin, created, changed, context, key, \
             details) VALUES {places}"
        ))?;
        for rows in self.waiting.chunks(at_once) {
            for (row, first) in rows.iter().zip((1..).step_by(NEW_COLUMNS)) {
                row.bind(&mut statement, first)?;
            }
            statement.raw_execute()?;
        }
        self.waiting.clear();
        Ok(())
    }
}

impl NewRow<'_> {
    fn bind(&self, statement: &mut Statement, first: usize) -> Result<()> {
        let unit = self.unit;
        statement.raw_bind_parameter(first, self.id)?;
        statement.raw_bind_parameter(first + 1, unit.source.as_str())?;
        statement.raw_bind_parameter(first + 2, unit.target.as_str())?;
        statement.raw_bind_parameter(first + 3, self.languages.0)?;
        statement.raw_bind_parameter(first + 4, self.languages.1)?;
        statement.raw_bind_parameter(first + 5, unit.status as i64)?;
        statement.raw_bind_parameter(first + 6, self.origin)?;
        statement.raw_bind_parameter(first + 7, unit.created)?;
        statement.raw_bind_parameter(first + 8, unit.changed)?;
        statement.raw_bind_parameter(first + 9, unit.context)?;
        statement.raw_bind_parameter(first + 10, unit.key.as_deref())?;
        statement.raw_bind_parameter(first + 11, details_to_text(unit.details.as_deref()))?;
        Ok(())
    }
}

fn details_to_text(details: Option<&Details>) -> Option<String> {
    let details = details.filter(|details| !details.is_empty())?;
    Some(serde_json::to_string(details).expect("details are strings and lists"))
}

/// Reads a unit from [`COLUMNS`].
pub(super) fn from_row(row: &Row, languages: &Languages) -> rusqlite::Result<StoredUnit> {
    let details: Option<String> = row.get(10)?;
    let unit = TranslationUnit {
        source: row.get(1)?,
        target: row.get(2)?,
        source_language: languages.tag(row.get(3)?),
        target_language: languages.tag(row.get(4)?),
        status: status(row.get(5)?),
        created: row.get(6)?,
        changed: row.get(7)?,
        context: row.get(8)?,
        key: row.get(9)?,
        details: details.and_then(|text| serde_json::from_str(&text).ok()),
    };
    Ok(StoredUnit {
        id: row.get(0)?,
        unit,
        origin: Origin { action: row.get(11)?, kind: row.get(12)?, name: row.get(13)?, at: row.get(14)? },
    })
}

/// The status of a number; what a newer version may have written counts as proposed.
pub(super) fn status(number: i64) -> Status {
    usize::try_from(number).ok().and_then(|index| Status::ALL.get(index).copied()).unwrap_or(Status::Proposed)
}

/// Moves a unit to the removed ones. Says whether it was there.
pub(super) fn remove(connection: &Connection, id: i64, action: i64) -> Result<bool> {
    let count = "UPDATE actions SET units = actions.units - 1, bytes = actions.bytes - gone.bytes FROM (SELECT origin, octet_length(source) + \
                 octet_length(target) AS bytes FROM units WHERE id = ?) AS gone WHERE actions.id = gone.origin";
    connection.prepare_cached(count)?.execute([id])?;
    let copy = format!(
        "INSERT OR REPLACE INTO removed_units (id, {BARE_COLUMNS}, removed_by) SELECT id, {BARE_COLUMNS}, ? FROM units WHERE id = ?"
    );
    connection.prepare_cached(&copy)?.execute((action, id))?;
    Ok(connection.prepare_cached("DELETE FROM units WHERE id = ?")?.execute([id])? > 0)
}

impl Store {
    /// Adds one unit from a named origin, unless a unit with the same texts is there already. Gives its number either way.
    pub fn add_unit(&mut self, unit: &TranslationUnit, name: &str) -> Result<i64> {
        let mut import = self.import_as("add", name)?;
        import.add(unit.clone())?;
        let imported = import.finish()?;
        match imported.last {
            Some(id) => Ok(id),
            None => Err(Error::NotFound("the unit has an empty side".into())),
        }
    }

    /// Removes a unit; it stays in the history. Says whether it was there.
    pub fn remove_unit(&mut self, id: i64, reason: &str) -> Result<bool> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let action = action::begin(&transaction, "remove", reason)?;
        let removed = remove(&transaction, id, action)?;
        if removed {
            transaction.commit()?;
        }
        Ok(removed)
    }

    /// One unit.
    pub fn unit(&self, id: i64) -> Result<Option<StoredUnit>> {
        let languages = Languages::load(&self.connection)?;
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE units.id = ?");
        Ok(self.connection.prepare_cached(&sql)?.query_row([id], |row| from_row(row, &languages)).optional()?)
    }

    /// Every unit, in the order of their numbers, handed on one by one. Stops at the first error of `take`.
    pub fn each_unit<E: From<Error>>(&self, mut take: impl FnMut(StoredUnit) -> Result<(), E>) -> Result<(), E> {
        let languages = Languages::load(&self.connection)?;
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} ORDER BY units.id");
        let mut statement = self.connection.prepare_cached(&sql).map_err(Error::from)?;
        let mut rows = statement.query([]).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(|error| Error::from(error).at(&self.path))? {
            take(from_row(row, &languages).map_err(Error::from)?)?;
        }
        Ok(())
    }

    /// How many units there are.
    pub fn unit_count(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT count(*) FROM units", [], |row| row.get::<_, i64>(0))? as u64)
    }
}
