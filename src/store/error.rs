//! What can go wrong with a memory: the file, what was expected, and the remedy.

use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// Why a memory cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such file and it was to be read only.
    #[error("{path}: expected a memory, found no file; save or import something first, or name the file with --memory")]
    Missing {
        /// The memory.
        path: PathBuf,
    },
    /// It is a folder.
    #[error("{path}: expected a memory, found a folder; name a file in it, such as {}", path.join("memory.jjak").display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// It is some other file.
    #[error("{path}: expected a memory of jjak, found {found}; check the name given with --memory")]
    Foreign {
        /// The memory.
        path: PathBuf,
        /// What it seems to be.
        found: String,
    },
    /// A later version wrote it.
    #[error("{path}: expected schema {known} or older, found {found}; a newer jjak wrote it, so update this one")]
    Newer {
        /// The memory.
        path: PathBuf,
        /// The newest schema this version knows.
        known: usize,
        /// The schema of the file.
        found: usize,
    },
    /// Its pages contradict each other.
    #[error("{path}: the file is damaged ({detail}); restore the last backup, or save what can be read with `jjak doctor --rescue NEW`")]
    Damaged {
        /// The memory.
        path: PathBuf,
        /// What SQLite says.
        detail: String,
    },
    /// Another process writes.
    #[error("{path}: another process has been writing for more than {} seconds; try again when it is done", BUSY_SECONDS)]
    Busy {
        /// The memory.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("{path}: the disk is full; nothing that was saved before is lost, make room and run the command again")]
    Full {
        /// The memory.
        path: PathBuf,
    },
    /// The system refuses to write more of it.
    #[error(
        "{path}: cannot be written further ({detail}); nothing that was saved before is lost, make room or raise the limit and run the command again"
    )]
    Unwritable {
        /// The memory.
        path: PathBuf,
        /// What SQLite says.
        detail: String,
    },
    /// What is put aside while an index is made finds no room.
    #[error("{path}: temporary files cannot be written ({detail}); make room there, or name another folder with TMPDIR")]
    Temporary {
        /// The temporary file.
        path: PathBuf,
        /// The system's reason.
        detail: String,
    },
    /// It may not be written.
    #[error("{path}: expected to write, but the file or its folder is read-only ({detail}); check permissions or name another --memory")]
    ReadOnly {
        /// The memory.
        path: PathBuf,
        /// What SQLite says.
        detail: String,
    },
    /// The system does not hand the file over.
    #[error("{path}: cannot be opened ({detail}); check the name and the permissions")]
    Unopenable {
        /// The memory.
        path: PathBuf,
        /// The system's reason.
        detail: String,
    },
    /// What was asked for is not there.
    #[error("{0}")]
    NotFound(String),
    /// Anything else that SQLite says.
    #[error("the memory could not be used: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

/// How long a command waits for another one that writes.
pub const BUSY_SECONDS: u64 = 30;

/// The result of everything that touches a memory.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Says of which file a failure speaks, and what it means there.
    pub fn at(self, path: &Path) -> Error {
        let Error::Sqlite(error) = self else { return self };
        let (path, detail) = (path.to_path_buf(), error.to_string());
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Error::Foreign { path, found: "a file that is no SQLite database".into() },
            Some(ErrorCode::DatabaseCorrupt) => Error::Damaged { path, detail },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy { path },
            Some(ErrorCode::DiskFull) => Error::Full { path },
            Some(ErrorCode::SystemIoFailure | ErrorCode::FileLockingProtocolFailed) => Error::Unwritable { path, detail },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Error::ReadOnly { path, detail },
            Some(ErrorCode::CannotOpen) => Error::Unopenable { path, detail },
            _ => Error::Sqlite(error),
        }
    }
}
