//! Looking after a memory: examining it, making the index again from the units, saving what can be read, and backups.

use crate::store::{APPLICATION, Error, Result, Store, index};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What an examination found; nothing in any list where all is well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// What SQLite says is wrong with the pages of the file and the order of its own indexes.
    pub file: Vec<String>,
    /// Rows that speak of others that are not there.
    pub orphans: u64,
    /// Where the index does not say what the units say.
    pub index: Vec<String>,
    /// Actions whose count of units is not what is there.
    pub counts: u64,
}

impl Diagnosis {
    /// Whether nothing is wrong.
    pub fn is_well(&self) -> bool {
        *self == Diagnosis::default()
    }
}

/// Where the count of an action's units is not what is there.
const WRONG_COUNTS: &str = "FROM actions LEFT JOIN (SELECT origin, count(*) AS units, sum(octet_length(source) + octet_length(target)) AS bytes \
                            FROM units GROUP BY origin) AS counted ON counted.origin = actions.id \
                            WHERE actions.units <> coalesce(counted.units, 0) OR actions.bytes <> coalesce(counted.bytes, 0)";

/// Findings about the file that are told.
const MOST_FINDINGS: usize = 20;

impl Store {
    /// Reads the whole file and compares what is derived with what it is derived from.
    pub fn examine(&self) -> Result<Diagnosis> {
        match self.named(self.diagnose()) {
            Err(Error::Damaged { detail, .. }) => Ok(Diagnosis { file: vec![detail], ..Diagnosis::default() }),
            diagnosis => diagnosis,
        }
    }

    fn diagnose(&self) -> Result<Diagnosis> {
        let mut statement = self.connection.prepare(&format!("PRAGMA integrity_check({MOST_FINDINGS})"))?;
        let file = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        let file: Vec<String> = file.into_iter().filter(|finding| finding != "ok").collect();
        if file.iter().any(|finding| !is_mendable(finding)) {
            return Ok(Diagnosis { file, ..Diagnosis::default() });
        }
        let count = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|count| count as u64);
        Ok(Diagnosis {
            file,
            orphans: count("SELECT count(*) FROM pragma_foreign_key_check")?,
            index: index::examine(&self.connection)?,
            counts: count(&format!("SELECT count(*) {WRONG_COUNTS}"))?,
        })
    }

    /// Mends what is derived from units: the index, SQLite's own indexes, the counts. Fails with [`Error::Damaged`] where the
    /// units themselves cannot be relied on.
    pub fn mend(&mut self, diagnosis: &Diagnosis) -> Result<()> {
        if let Some(detail) = diagnosis.file.iter().find(|finding| !is_mendable(finding)) {
            return Err(Error::Damaged { path: self.path.clone(), detail: detail.clone() });
        }
        let result = self.mend_what_is_derived(diagnosis);
        self.named(result)
    }

    fn mend_what_is_derived(&mut self, diagnosis: &Diagnosis) -> Result<()> {
        if !diagnosis.file.is_empty() {
            self.connection.execute_batch("REINDEX")?;
        }
        if diagnosis.counts > 0 {
            self.connection.execute_batch(&count_again())?;
        }
        if !diagnosis.index.is_empty() {
            index::forget(&mut self.connection)?;
            index::tidy(&mut self.connection, 0, None)?;
        }
        Ok(())
    }

    /// Copies the memory as it is at this moment to another file, which is there whole or not at all. Others may go on writing.
    pub fn back_up(&self, to: &Path) -> Result<u64> {
        refuse_to_overwrite(to, &self.path)?;
        let part = beside(to);
        let result = self.copy_to(&part).map_err(|error| error.at(&part));
        if let Err(error) = result {
            let _ = std::fs::remove_file(&part);
            return Err(error);
        }
        std::fs::rename(&part, to).map_err(|error| Error::Unopenable { path: to.to_path_buf(), detail: error.to_string() })?;
        Ok(std::fs::metadata(to).map_or(0, |data| data.len()))
    }

    fn copy_to(&self, part: &Path) -> Result<()> {
        let _ = std::fs::remove_file(part);
        let mut copy = Connection::open(part)?;
        let backup = Backup::new(&self.connection, &mut copy)?;
        // All pages in one step, so that no writer can make the copy begin anew.
        while backup.step(-1)? != StepResult::Done {
            std::thread::sleep(Duration::from_millis(50));
        }
        drop(backup);
        // The copy needs no journal beside it.
        copy.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
        Ok(())
    }
}

/// Findings that concern only what SQLite derives itself.
fn is_mendable(finding: &str) -> bool {
    finding.contains("missing from index")
        || finding.contains("wrong # of entries in index")
        || finding.contains("non-unique entry in index")
}

fn count_again() -> String {
    format!(
        "UPDATE actions SET units = wrong.units, bytes = wrong.bytes FROM (SELECT actions.id AS id, coalesce(counted.units, 0) AS units, \
         coalesce(counted.bytes, 0) AS bytes {WRONG_COUNTS}) AS wrong WHERE actions.id = wrong.id"
    )
}

/// A backup may replace an older one, but neither the memory itself nor a file of another kind.
fn refuse_to_overwrite(to: &Path, memory: &Path) -> Result<()> {
    if !to.exists() {
        return Ok(());
    }
    if to.canonicalize().ok().is_some_and(|to| Some(to) == memory.canonicalize().ok()) {
        return Err(Error::NotFound(format!("{}: expected another file than the memory itself; name one for the copy", to.display())));
    }
    drop(Store::open_read_only(to).map_err(|_| {
        Error::NotFound(format!("{}: expected a new file or an older backup, found something else; name another one", to.display()))
    })?);
    Ok(())
}

/// The name under which a file is written before it is whole.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// What could be saved of a damaged memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rescued {
    /// Rows that were copied, by table.
    pub rows: Vec<(&'static str, u64)>,
    /// Rows, or runs of rows, that could not be read.
    pub lost: u64,
}

/// What is copied: everything but the index, parents first, with the column by which rows are found one by one.
const TABLES: &[(&str, Option<&str>)] = &[
    ("languages", Some("id")),
    ("actions", Some("id")),
    ("documents", Some("id")),
    ("segments", None),
    ("pairs", Some("id")),
    ("beads", Some("id")),
    ("bead_segments", None),
    ("units", Some("id")),
    ("removed_units", Some("id")),
    ("terms", Some("id")),
    ("term_forms", None),
    ("removed_terms", Some("id")),
    ("changes", Some("rowid")),
];

/// Copies whatever can be read of a damaged memory into a new one and makes its index.
pub fn rescue(from: &Path, to: &Path) -> Result<Rescued> {
    if to.exists() {
        return Err(Error::NotFound(format!("{}: expected no such file yet; name a new one", to.display())));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let damaged = Connection::open_with_flags(from, flags).map_err(|error| Error::from(error).at(from))?;
    // Otherwise SQLite reads nothing at all of a file that is shorter than its own header says.
    damaged.pragma_update(None, "writable_schema", true).map_err(|error| Error::from(error).at(from))?;
    let application: i64 =
        damaged.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(|error| Error::from(error).at(from))?;
    if application != APPLICATION {
        return Err(Error::Foreign { path: from.to_path_buf(), found: "the database of another program".into() });
    }
    let mut store = Store::open(to)?;
    let result = copy_all(&damaged, &mut store);
    let rescued = store.named(result)?;
    store.optimise()?;
    Ok(rescued)
}

fn copy_all(damaged: &Connection, store: &mut Store) -> Result<Rescued> {
    store.connection.pragma_update(None, "foreign_keys", false)?;
    let transaction = store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute("DELETE FROM languages", [])?;
    let mut rescued = Rescued::default();
    for (table, key) in TABLES {
        let Some(mut copy) = Copy::new(damaged, &transaction, table, *key)? else { continue };
        match key {
            Some(_) => copy.range(1, copy.last())?,
            None => copy.all()?,
        }
        rescued.rows.push((*table, copy.copied));
        rescued.lost += copy.lost;
    }
    transaction.execute("INSERT OR IGNORE INTO languages VALUES (0, 'ko'), (1, 'en')", [])?;
    adopt(&transaction)?;
    transaction.execute_batch(&count_again())?;
    transaction.commit()?;
    store.connection.pragma_update(None, "foreign_keys", true)?;
    Ok(rescued)
}

/// Gives rows whose origin could not be read an origin, and drops those that make no sense without others.
fn adopt(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "INSERT INTO actions (id, at, kind, name) SELECT DISTINCT origin, 0, 'import', 'rescued' FROM \
         (SELECT origin FROM units UNION SELECT origin FROM removed_units UNION SELECT origin FROM terms UNION SELECT removed_by FROM \
         removed_units UNION SELECT saved_by FROM pairs) WHERE origin NOT IN (SELECT id FROM actions)",
    )?;
    loop {
        let mut statement = connection.prepare("SELECT DISTINCT \"table\", rowid FROM pragma_foreign_key_check WHERE rowid IS NOT NULL")?;
        let orphans = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        let orphans: Vec<(String, i64)> = orphans.collect::<Result<_, _>>()?;
        if orphans.is_empty() {
            break;
        }
        for (table, row) in orphans {
            connection.execute(&format!("DELETE FROM {table} WHERE rowid = ?"), [row])?;
        }
    }
    connection.execute_batch(
        "DELETE FROM segments WHERE document NOT IN (SELECT id FROM documents); \
         DELETE FROM bead_segments WHERE bead NOT IN (SELECT id FROM beads); \
         DELETE FROM term_forms WHERE term NOT IN (SELECT id FROM terms); \
         DELETE FROM changes WHERE rowid NOT IN (SELECT min(rowid) FROM changes GROUP BY action, what, id, before);",
    )?;
    Ok(())
}

/// Copying one table out of a damaged file.
struct Copy<'a> {
    damaged: &'a Connection,
    new: &'a Connection,
    table: &'a str,
    key: Option<&'a str>,
    columns: Vec<String>,
    copied: u64,
    lost: u64,
}

impl<'a> Copy<'a> {
    /// `None` where the damaged file, being older, has no such table.
    fn new(damaged: &'a Connection, new: &'a Connection, table: &'a str, key: Option<&'a str>) -> Result<Option<Copy<'a>>> {
        let columns = |connection: &Connection| -> Result<Vec<String>> {
            let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?)")?;
            Ok(statement.query_map([table], |row| row.get(0))?.collect::<Result<_, _>>()?)
        };
        let (old, new_columns) = (columns(damaged).unwrap_or_default(), columns(new)?);
        let columns: Vec<String> = new_columns.into_iter().filter(|column| old.contains(column)).collect();
        Ok((!columns.is_empty()).then_some(Copy { damaged, new, table, key, columns, copied: 0, lost: 0 }))
    }

    /// The greatest key, or one beyond all where even that cannot be read.
    fn last(&self) -> i64 {
        let sql = format!("SELECT coalesce(max({}), 0) FROM {}", self.key.unwrap_or("rowid"), self.table);
        let sequence = "SELECT seq FROM sqlite_sequence WHERE name = ?";
        let last = self.damaged.query_row(&sql, [], |row| row.get(0));
        last.or_else(|_| self.damaged.query_row(sequence, [self.table], |row| row.get(0))).unwrap_or(1 << 32)
    }

    fn all(&mut self) -> Result<()> {
        self.read("", [])
    }

    /// Copies the rows of a range of keys; where one cannot be read, by halves, so that as little as can be is lost.
    fn range(&mut self, first: i64, last: i64) -> Result<()> {
        // Language 0 is the only key below one.
        let first = if first == 1 { 0 } else { first };
        let mut ranges = vec![(first, last)];
        while let Some((first, last)) = ranges.pop() {
            let lost = self.lost;
            let condition = format!("WHERE {} BETWEEN ? AND ?", self.key.unwrap_or("rowid"));
            self.read(&condition, [first, last])?;
            if self.lost > lost && first < last {
                self.lost = lost;
                let middle = first + (last - first) / 2;
                ranges.extend([(middle + 1, last), (first, middle)]);
            }
        }
        Ok(())
    }

    /// Copies what a condition lets through, up to the first row that cannot be read, which counts as lost.
    fn read<const N: usize>(&mut self, condition: &str, keys: [i64; N]) -> Result<()> {
        let columns = self.columns.join(", ");
        let places = vec!["?"; self.columns.len()].join(", ");
        let mut insert = self.new.prepare_cached(&format!("INSERT OR IGNORE INTO {} ({columns}) VALUES ({places})", self.table))?;
        let sql = format!("SELECT {columns} FROM {} {condition}", self.table);
        let Ok(mut statement) = self.damaged.prepare(&sql) else {
            self.lost += 1;
            return Ok(());
        };
        let count = self.columns.len();
        let Ok(mut rows) = statement.query(rusqlite::params_from_iter(keys)) else {
            self.lost += 1;
            return Ok(());
        };
        loop {
            let row = rows.next();
            let values = row.and_then(|row| {
                row.map(|row| (0..count).map(|column| row.get(column)).collect::<Result<Vec<rusqlite::types::Value>, _>>()).transpose()
            });
            match values {
                // A damaged value may not be what the column takes.
                Ok(Some(values)) => match insert.execute(rusqlite::params_from_iter(values)) {
                    Ok(copied) => self.copied += copied as u64,
                    Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {}
                    Err(error) => return Err(error.into()),
                },
                Ok(None) => return Ok(()),
                Err(_) => {
                    self.lost += 1;
                    return Ok(());
                }
            }
        }
    }
}
