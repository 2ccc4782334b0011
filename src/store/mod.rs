//! The memory on disk: one SQLite file with documents, pairs, units and terms, safe against kills and full disks.

mod action;
mod clean;
mod doctor;
mod error;
mod filter;
mod fragment;
mod import;
mod index;
mod learn;
mod look_up;
mod migrate;
mod oracle;
mod pair;
mod statistics;
mod term;
mod undo;
mod unit;

pub use action::Action;
pub use clean::{Fault, Faulty};
pub use doctor::{Diagnosis, Rescued, rescue};
pub use error::{BUSY_SECONDS, Error, Result};
pub use filter::Filter;
pub use fragment::{Fragment, MOST_SENTENCES};
pub use import::{Import, Imported, Merge};
pub use learn::{Learning, LearntLink};
pub use look_up::{Answer, Asked, LookUp};
pub use migrate::{APPLICATION, MIGRATIONS};
pub use pair::{Saved, StoredBead, segment_text};
pub use statistics::{Source, Statistics};
pub use term::{Form, Term};
pub use undo::Undone;
pub use unit::{Origin, StoredUnit};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// An open memory.
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

/// Bytes of a page. Chosen when a file is made; larger ones make long posting lists cheaper to read and single changes dearer.
const PAGE: i64 = 16384;

/// Pages of the journal after which a writer puts them into the file, which waits for the disk: 64 MB. Commands do so at their end,
/// so that hardly ever the adding of a single unit has to.
const JOURNALED: i64 = 4_096;

/// Kilobytes of the file that a reader keeps.
const CACHED: i64 = 64 * 1024;

/// Bytes of the file that a reader looks at where the system holds them, rather than have them copied: as many as SQLite allows.
/// Of such pages the system maps whole neighbourhoods, which a single question is not worth.
const MAPPED: i64 = i64::MAX;

/// Kilobytes of the file that are kept for a single question.
const CACHED_LITTLE: i64 = 8 * 1024;

/// Files up to this many bytes are checked whole when they are opened; larger ones by `jjak doctor`.
const CHECKED_ON_OPENING: u64 = 256 * 1024;

/// Tries again while another process is in the way, up to [`BUSY_SECONDS`]. SQLite waits by itself, but not for the change to WAL,
/// where two that wait for each other would never end.
fn patiently(mut step: impl FnMut() -> rusqlite::Result<()>) -> rusqlite::Result<()> {
    let began = std::time::Instant::now();
    loop {
        match step() {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && began.elapsed().as_secs() < BUSY_SECONDS => {
                std::thread::sleep(Duration::from_millis(5));
            }
            done => return done,
        }
    }
}

impl Store {
    /// Opens a memory for reading and writing, makes it if there is none, and brings its schema up to date.
    pub fn open(path: impl AsRef<Path>) -> Result<Store> {
        let path = path.as_ref();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| Error::Unopenable { path: path.to_path_buf(), detail: error.to_string() })?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Store::opened(path, flags, true).map_err(|error| error.at(path))
    }

    /// Opens a memory for reading alone. Fails with [`Error::Missing`] if there is none.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Store> {
        let path = path.as_ref();
        if !path.exists() {
            return Err(Error::Missing { path: path.to_path_buf() });
        }
        let store = Store::opened_to_read(path).map_err(|error| error.at(path))?;
        match migrate::version(&store.connection, path).map_err(|error| error.at(path))? {
            version if version == MIGRATIONS.len() => Ok(store),
            // An older schema is brought up to date first, which reading alone cannot do.
            _ => Store::open(path),
        }
    }

    /// Even a reader may have to finish what a killed writer left in the journal, so the file is opened for writing if it can
    /// be, and the connection then forbidden to change anything. A file in a folder that nobody may write to is read as it is.
    fn opened_to_read(path: &Path) -> Result<Store> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let store = match Store::opened(path, flags, false) {
            Err(Error::Sqlite(error)) if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) && !journal(path).exists() => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
                let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
                Store::opened(Path::new(&format!("file:{escaped}?immutable=1")), flags, false)
            }
            store => store,
        }?;
        store.connection.pragma_update(None, "query_only", true)?;
        store.connection.pragma_update(None, "cache_size", -CACHED)?;
        Ok(Store { path: path.to_path_buf(), ..store })
    }

    fn opened(path: &Path, flags: OpenFlags, writing: bool) -> Result<Store> {
        if path.is_dir() {
            return Err(Error::Folder { path: path.to_path_buf() });
        }
        check_length(path)?;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(Duration::from_secs(BUSY_SECONDS))?;
        let mut store = Store { connection, path: path.to_path_buf() };
        if writing {
            store.prepare()?;
        }
        store.check_small()?;
        Ok(store)
    }

    /// What a connection that writes needs: WAL so that readers never wait, foreign keys, and the newest schema.
    fn prepare(&mut self) -> Result<()> {
        let version = migrate::version(&self.connection, &self.path)?;
        if version == 0 {
            self.connection.pragma_update(None, "page_size", PAGE)?;
        }
        patiently(|| self.connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())))?;
        self.connection.pragma_update(None, "synchronous", "NORMAL")?;
        self.connection.pragma_update(None, "wal_autocheckpoint", JOURNALED)?;
        self.connection.pragma_update(None, "foreign_keys", true)?;
        if version < MIGRATIONS.len() {
            migrate::migrate(&mut self.connection, &self.path)?;
            index::tidy(&mut self.connection, index::FEW_UNITS, None)?;
        }
        Ok(())
    }

    fn check_small(&self) -> Result<()> {
        if std::fs::metadata(&self.path).map_or(0, |data| data.len()) > CHECKED_ON_OPENING {
            return Ok(());
        }
        let detail: String = self.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if detail == "ok" { Ok(()) } else { Err(Error::Damaged { path: self.path.clone(), detail }) }
    }

    /// Reads the file where the system holds it, for question after question.
    fn map(&self) -> Result<()> {
        Ok(self.connection.pragma_update(None, "mmap_size", MAPPED)?)
    }

    /// Keeps little of the file in memory, for a single question; looking up is made ready before.
    pub fn keep_little(&self) -> Result<()> {
        let little = self.connection.pragma_update(None, "mmap_size", 0);
        let little = little.and_then(|()| self.connection.pragma_update(None, "cache_size", -CACHED_LITTLE));
        self.named(little.map_err(Error::from))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether another process is writing at this moment: whoever writes too will wait for up to [`BUSY_SECONDS`].
    pub fn is_being_written(&self) -> Result<bool> {
        self.connection.busy_timeout(Duration::ZERO)?;
        let tried = self.connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK");
        self.connection.busy_timeout(Duration::from_secs(BUSY_SECONDS))?;
        match tried {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(true),
            tried => self.named(tried.map(|()| false).map_err(Error::from)),
        }
    }

    /// Brings the index up to date, so that nothing is left to compare one by one. Says how many parts were written.
    pub fn optimise(&mut self) -> Result<usize> {
        let written = index::tidy(&mut self.connection, 0, None);
        self.named(written)
    }

    /// The same if much is new; what changes the memory calls it at its end.
    pub fn tidy(&mut self) -> Result<usize> {
        let written = index::tidy(&mut self.connection, index::FEW_UNITS, None);
        let emptied = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        self.named(written.and_then(|written| emptied.map(|()| written).map_err(Error::from)))
    }

    /// Says of which file a failure speaks.
    fn named<T>(&self, result: Result<T>) -> Result<T> {
        result.map_err(|error| error.at(&self.path))
    }
}

/// A file shorter than its own header says has lost its end. While a journal stands beside it, only SQLite can tell.
fn check_length(path: &Path) -> Result<()> {
    let (Ok(mut file), false) = (File::open(path), journal(path).exists()) else { return Ok(()) };
    let mut header = [0_u8; 32];
    if file.read_exact(&mut header).is_err() || !header.starts_with(b"SQLite format 3\0") {
        return Ok(());
    }
    let page = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65536,
        size => u64::from(size),
    };
    let expected = page * u64::from(u32::from_be_bytes([header[28], header[29], header[30], header[31]]));
    let found = file.metadata().map_or(expected, |data| data.len());
    if found >= expected {
        return Ok(());
    }
    Err(Error::Damaged { path: path.to_path_buf(), detail: format!("{expected} bytes expected, {found} found") })
}

/// The journal that stands beside a memory while it is in use or after a kill.
fn journal(path: &Path) -> PathBuf {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    journal.into()
}

/// Seconds since 1970.
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}
