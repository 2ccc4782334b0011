//! Brings the schema of a memory up to date, one numbered file at a time.

use crate::store::{Error, Result};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// The schema, in the order in which it grew. The position from 1 is the `user_version` that stands in the file afterwards.
pub const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_memory.sql", include_str!("schema/0001_memory.sql")),
    ("0002_index.sql", include_str!("schema/0002_index.sql")),
    ("0003_history.sql", include_str!("schema/0003_history.sql")),
    ("0004_learnt.sql", include_str!("schema/0004_learnt.sql")),
    ("0005_lists.sql", include_str!("schema/0005_lists.sql")),
    ("0006_joints.sql", include_str!("schema/0006_joints.sql")),
];

/// Marks a file as a memory of jjak: the letters "jjak".
pub const APPLICATION: i64 = 0x6A6A_616B;

/// Runs whatever the file has not seen yet, each migration in a transaction of its own: a kill leaves the file before it or after it.
pub fn migrate(connection: &mut Connection, path: &Path) -> Result<()> {
    while version(connection, path)? < MIGRATIONS.len() {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version = version(&transaction, path)?;
        if let Some((_, sql)) = MIGRATIONS.get(version) {
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", version as i64 + 1)?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

/// The schema a memory has. Fails on databases of other programs and of newer versions of this one.
pub fn version(connection: &Connection, path: &Path) -> Result<usize> {
    // All three from one moment: another process may be making the file.
    let _moment = connection.is_autocommit().then(|| connection.unchecked_transaction()).transpose()?;
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?.max(0) as usize);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (tables > 0 || version > 0) {
        return Err(Error::Foreign { path: path.to_path_buf(), found: "the database of another program".into() });
    }
    if version > MIGRATIONS.len() {
        return Err(Error::Newer { path: path.to_path_buf(), known: MIGRATIONS.len(), found: version });
    }
    Ok(version)
}
